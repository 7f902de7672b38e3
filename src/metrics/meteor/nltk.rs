//! METEOR of 2007 (Lavie and Agarwal) as NLTK has it.

use std::borrow::Cow;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::metric::{Column, Metric};
use crate::metrics::mean::{self, MeanScore};
use crate::metrics::words::{self, Case, Words};
use crate::signature::Signature;
use crate::text::Tokens;
use crate::text::stem::{self, Stems};
use crate::text::vocabulary::Vocabulary;
use crate::text::windows::UNKNOWN;
use crate::tokenize::Tokenize;

/// METEOR as NLTK computes it: the metric of 2007 with a greedy alignment, without synonyms.
///
/// It is here to reproduce numbers of NLTK and of what calls it (Hugging Face's `meteor`). For new work report
/// [`Meteor`](super::Meteor): on one and the same pair the two can be 25 points apart.
///
/// # Definition
///
/// From the last hypothesis word to the first, each takes the last free reference word that equals it; what is
/// left does the same by Porter's stems. With m matches in c chunks,
///
/// ```text
/// P = m / h,   R = m / r,   METEOR = 100 · P·R / (α·P + (1 − α)·R) · (1 − γ · (c / m)^β),   α 0.9, β 3, γ 0.5
/// ```
///
/// It is a mean over segments; of several references each segment takes the best.
///
/// # Parity
///
/// NLTK 3.10's `meteor_score` with a WordNet that has no word, to 1e-9. Greedy choices don't give the fewest chunks, as the paper
/// asks; that fault is copied here, and `dialect:1.5` has an aligner that looks for them. NLTK is given tokens: the default is `tok:none`.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, metrics::MeteorNltk};
///
/// let references = References::single(&["the cats sat on the mat"]);
/// let score = MeteorNltk::default().corpus(&["on the mat the cat sat"], &references)?;
/// assert_eq!(score.to_string(), "METEOR-nltk = 71.06");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Errors
///
/// No references.
///
/// # Complexity
///
/// Linear; only words without an equal are stemmed, each once.
///
/// # References
///
/// Lavie and Agarwal, WMT 2007.
#[derive(Clone, Debug)]
pub struct MeteorNltk {
    words: Words,
}

/// Words as given, lowercased.
impl Default for MeteorNltk {
    fn default() -> Self {
        MeteorNltk { words: Words::given(Case::Lower) }
    }
}

impl MeteorNltk {
    /// The tokenizer.
    #[must_use]
    pub fn tokenizer(mut self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.words.tokenizer = tokenizer;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        words::dialect(&mut reader, "meteor", &[("nltk", ())])?;
        let words = MeteorNltk::default().words.read(&mut reader)?;
        reader.finish()?;
        Ok(MeteorNltk { words })
    }

    /// The score of one pair, 0 to 1.
    fn pair(scratch: &mut MeteorNltkScratch, side: &Side) -> f64 {
        let MeteorNltkScratch { tokens, words, stems, stemmed, greedy, .. } = scratch;
        let (h, r) = (words.len(), side.words.len());
        greedy.start(h, r);
        greedy.stage(words, &side.words);
        // Only what is left is stemmed.
        let (ours, theirs) = stemmed;
        let mut stem = |free: bool, word: &str| {
            if free { stems.number(word, stem::porter) } else { FREE }
        };
        ours.clear();
        ours.extend(greedy.of.iter().zip(tokens.iter()).map(|(of, word)| stem(*of == FREE, word)));
        theirs.clear();
        let taken = greedy.taken.iter().zip(side.tokens.iter());
        theirs.extend(taken.map(|(taken, word)| stem(!taken, word)));
        greedy.stage(ours, theirs);
        let (matches, chunks) = greedy.count();
        if matches == 0 {
            return 0.0;
        }
        let (precision, recall) = (matches as f64 / h as f64, matches as f64 / r as f64);
        let f = precision * recall / (0.9 * precision + 0.1 * recall);
        (1.0 - 0.5 * (chunks as f64 / matches as f64).powi(3)) * f
    }
}

/// A place that nobody has, and the number of a word that takes no part.
const FREE: u32 = UNKNOWN;

/// NLTK's alignment.
#[derive(Debug, Default)]
struct Greedy {
    /// The reference place of each hypothesis word.
    of: Vec<u32>,
    taken: Vec<bool>,
    /// The last free place of each word, and the one before each place; nothing between two stages.
    last: Vec<u32>,
    before: Vec<u32>,
}

impl Greedy {
    fn start(&mut self, hypothesis: usize, reference: usize) {
        self.of.clear();
        self.of.resize(hypothesis, FREE);
        self.taken.clear();
        self.taken.resize(reference, false);
        self.before.clear();
        self.before.resize(reference, FREE);
    }

    /// Aligns what is free, from the last word to the first, each to the last place that is free.
    fn stage(&mut self, hypothesis: &[u32], reference: &[u32]) {
        let Greedy { of, taken, last, before } = self;
        let free = |(at, word): &(usize, &u32)| !taken[*at] && **word != FREE;
        for (at, word) in reference.iter().enumerate().filter(free) {
            let word = *word as usize;
            last.resize(last.len().max(word + 1), FREE);
            before[at] = std::mem::replace(&mut last[word], at as u32);
        }
        for (of, word) in of.iter_mut().zip(hypothesis).rev().filter(|(of, _)| **of == FREE) {
            let Some(place) = last.get_mut(*word as usize).filter(|last| **last != FREE) else {
                continue;
            };
            *of = *place;
            taken[*of as usize] = true;
            *place = before[*of as usize];
        }
        for word in reference {
            if let Some(last) = last.get_mut(*word as usize) {
                *last = FREE;
            }
        }
    }

    /// Matches, and runs of them that are neighbours on both sides.
    fn count(&self) -> (u64, u64) {
        let (mut matches, mut chunks, mut next) = (0, 0, FREE);
        for place in &self.of {
            matches += u64::from(*place != FREE);
            chunks += u64::from(*place != FREE && *place != next);
            next = if *place == FREE { FREE } else { place + 1 };
        }
        (matches, chunks)
    }
}

/// One segment's references as NLTK's METEOR sees them.
#[derive(Clone, Debug)]
pub struct MeteorNltkReference {
    vocabulary: Vocabulary,
    sides: Vec<Side>,
}

/// A reference: its words and their numbers.
#[derive(Clone, Debug)]
struct Side {
    tokens: Tokens,
    words: Vec<u32>,
}

/// Its working memory.
#[derive(Debug, Default)]
pub struct MeteorNltkScratch {
    lower: String,
    tokens: Tokens,
    words: Vec<u32>,
    stems: Stems,
    /// The stems of what is left on both sides.
    stemmed: (Vec<u32>, Vec<u32>),
    greedy: Greedy,
}

impl Metric for MeteorNltk {
    type Reference = MeteorNltkReference;
    type Score = MeanScore;
    type Scratch = MeteorNltkScratch;

    fn name(&self) -> Cow<'_, str> {
        "METEOR-nltk".into()
    }

    fn columns(&self) -> Vec<Column> {
        mean::columns()
    }

    fn signature(&self) -> Signature {
        self.words.sign(Signature::new("METEOR").with("dialect", "nltk"))
    }

    fn prepare(
        &self,
        references: &[&str],
        scratch: &mut MeteorNltkScratch,
    ) -> Result<MeteorNltkReference> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let mut vocabulary = Vocabulary::default();
        let mut sides = Vec::with_capacity(references.len());
        for reference in references {
            let mut tokens = Tokens::new();
            self.words.split(reference, &mut scratch.lower, &mut tokens);
            let mut words = Vec::new();
            vocabulary.insert_all(tokens.words(), &mut words);
            sides.push(Side { tokens, words });
        }
        Ok(MeteorNltkReference { vocabulary, sides })
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &MeteorNltkReference,
        scratch: &mut MeteorNltkScratch,
        row: &mut [u64],
    ) {
        let MeteorNltkScratch { lower, tokens, words, stems, .. } = scratch;
        stems.forget();
        self.words.split(hypothesis, lower, tokens);
        reference.vocabulary.get_all(tokens.words(), words);
        let scores = reference.sides.iter().map(|side| MeteorNltk::pair(scratch, side));
        mean::write(row, scores.fold(0.0, f64::max));
    }

    fn score(&self, row: &[u64]) -> MeanScore {
        MeanScore::of("METEOR-nltk", row)
    }
}
