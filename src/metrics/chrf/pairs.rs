//! All pairs: one alphabet for all references, and the windows of both sides sorted once.

use super::{Chrf, ChrfScratch};
use crate::error::Result;
use crate::matrix::Matrix;
use crate::text::symbols::Symbols;
use crate::text::vocabulary::{Vocabulary, spanned};
use crate::text::windows::{self, LENGTH, Side, Sorter, Window};

/// One text, ready to be compared with any of the other side.
struct Features<W> {
    characters: Vec<W>,
    words: Vec<u128>,
    lengths: [u64; 2],
}

/// The characters and words of all references.
#[derive(Default)]
struct Known {
    alphabet: Symbols,
    vocabulary: Vocabulary,
}

/// The segment scores of all pairs; `None` for orders or vocabularies that windows have no room for.
pub(super) fn matrix<H: AsRef<str> + Sync, R: AsRef<str> + Sync>(
    chrf: &Chrf,
    hypotheses: &[H],
    references: &[R],
) -> Result<Option<Matrix>> {
    if chrf.char_order.max(chrf.word_order) > LENGTH {
        return Ok(None);
    }
    let Known { mut alphabet, mut vocabulary } = Known::default();
    let ChrfScratch { mut lower, mut characters, mut spans, mut words, .. } =
        ChrfScratch::default();
    for reference in references {
        let text = chrf.folded(reference.as_ref(), &mut lower);
        alphabet.insert_all(chrf.spelt(text), chrf.whitespace, &mut characters);
        chrf.words(text, &mut spans);
        words.clear();
        vocabulary.insert_all(spanned(text, &spans), &mut words);
    }
    if vocabulary.len() > u128::symbols() {
        return Ok(None);
    }
    let narrow = alphabet.len() <= u64::symbols();
    let known = Known { alphabet, vocabulary };
    if narrow {
        pairs::<u64, H, R>(chrf, &known, hypotheses, references).map(Some)
    } else {
        pairs::<u128, H, R>(chrf, &known, hypotheses, references).map(Some)
    }
}

fn pairs<W: Window + Send + Sync, H: AsRef<str> + Sync, R: AsRef<str> + Sync>(
    chrf: &Chrf,
    known: &Known,
    hypotheses: &[H],
    references: &[R],
) -> Result<Matrix> {
    let hypotheses = features::<W, H>(chrf, known, hypotheses, Side::Hypothesis)?;
    let references = features::<W, R>(chrf, known, references, Side::Reference)?;
    let width = references.len();
    let mut scores = vec![0.0; hypotheses.len() * width];
    let orders = chrf.orders();
    crate::parallel::fill_rows(
        &mut scores,
        width.max(1),
        || (vec![0; orders], vec![0; 3 * orders]),
        |(matches, row), h, scores| {
            for (score, reference) in scores.iter_mut().zip(&references) {
                let (characters, words) = matches.split_at_mut(chrf.char_order);
                windows::matches(&hypotheses[h].characters, &reference.characters, characters);
                windows::matches(&hypotheses[h].words, &reference.words, words);
                chrf.fill_row(hypotheses[h].lengths, reference.lengths, matches, row);
                *score = chrf.f_score(row);
            }
        },
    );
    Matrix::new(width, scores)
}

fn features<W: Window + Send, T: AsRef<str> + Sync>(
    chrf: &Chrf,
    known: &Known,
    texts: &[T],
    side: Side,
) -> Result<Vec<Features<W>>> {
    let scratch = || (ChrfScratch::default(), Sorter::<W>::default(), Sorter::default());
    crate::parallel::try_map(texts.len(), scratch, |(scratch, by_character, by_word), i| {
        let ChrfScratch { lower, characters, spans, words, .. } = scratch;
        let text = chrf.folded(texts[i].as_ref(), lower);
        known.alphabet.get_all(chrf.spelt(text), chrf.whitespace, characters);
        chrf.words(text, spans);
        known.vocabulary.get_all(spanned(text, spans), words);
        let mut features = Features {
            characters: Vec::new(),
            words: Vec::new(),
            lengths: [characters.len() as u64, words.len() as u64],
        };
        by_character.windows(characters, known.alphabet.len(), side, &mut features.characters);
        by_word.windows(words, known.vocabulary.len(), side, &mut features.words);
        Ok(features)
    })
}
