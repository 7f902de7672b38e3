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
/// Linear but for sorting.
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

    /// The words of a text by number and by their stems' number.
    fn read(
        tokens: &Tokens,
        stems: &mut Stems,
        mut number: impl FnMut(&str, &str) -> [u32; 2],
        out: &mut Side,
    ) {
        out.surfaces.clear();
        out.stems.clear();
        for token in tokens.iter() {
            let [surface, stem] = number(token, stems.of(token, stem::porter));
            out.surfaces.push(surface);
            out.stems.push(stem);
        }
    }

    /// The score of one pair, 0 to 1.
    fn pair(hypothesis: &Side, reference: &Side, scratch: &mut Greedy) -> f64 {
        let (h, r) = (hypothesis.surfaces.len(), reference.surfaces.len());
        scratch.start(h, r);
        scratch.stage(&hypothesis.surfaces, &reference.surfaces);
        scratch.stage(&hypothesis.stems, &reference.stems);
        let aligned = || (0..).zip(&scratch.of).filter(|(_, place)| **place != FREE);
        let matches = aligned().count();
        if matches == 0 {
            return 0.0;
        }
        let follows = |(a, b): &((u32, &u32), (u32, &u32))| b.0 == a.0 + 1 && *b.1 == a.1 + 1;
        let chunks = matches - aligned().zip(aligned().skip(1)).filter(follows).count();
        let (precision, recall) = (matches as f64 / h as f64, matches as f64 / r as f64);
        let f = precision * recall / (0.9 * precision + 0.1 * recall);
        (1.0 - 0.5 * (chunks as f64 / matches as f64).powi(3)) * f
    }
}

/// A place that nobody has.
const FREE: u32 = u32::MAX;

/// NLTK's alignment.
#[derive(Debug, Default)]
struct Greedy {
    /// The reference place of each hypothesis word.
    of: Vec<u32>,
    taken: Vec<bool>,
    /// Free reference words with their places, sorted.
    places: Vec<(u32, u32)>,
    /// How many places of a word, at its first place in `places`, are gone.
    gone: Vec<u32>,
}

impl Greedy {
    fn start(&mut self, hypothesis: usize, reference: usize) {
        self.of.clear();
        self.of.resize(hypothesis, FREE);
        self.taken.clear();
        self.taken.resize(reference, false);
    }

    /// Aligns what is free, from the last word to the first, each to the last place that is free.
    fn stage(&mut self, hypothesis: &[u32], reference: &[u32]) {
        let Greedy { of, taken, places, gone } = self;
        places.clear();
        let free = reference.iter().copied().zip(0..).filter(|(_, at)| !taken[*at as usize]);
        places.extend(free);
        places.sort_unstable();
        gone.clear();
        gone.resize(places.len(), 0);
        for (at, word) in hypothesis
            .iter()
            .enumerate()
            .rev()
            .filter(|(at, _)| of[*at] == FREE)
            .collect::<Vec<_>>()
        {
            let start = places.partition_point(|(known, _)| known < word);
            let end = places.partition_point(|(known, _)| known <= word);
            if start < end && (gone[start] as usize) < end - start {
                let place = places[end - 1 - gone[start] as usize].1;
                gone[start] += 1;
                of[at] = place;
                taken[place as usize] = true;
            }
        }
    }
}

/// One segment's references as NLTK's METEOR sees them.
#[derive(Clone, Debug)]
pub struct MeteorNltkReference {
    surfaces: Vocabulary,
    stems: Vocabulary,
    sides: Vec<Side>,
}

#[derive(Clone, Debug, Default)]
struct Side {
    surfaces: Vec<u32>,
    stems: Vec<u32>,
}

/// Its working memory.
#[derive(Debug, Default)]
pub struct MeteorNltkScratch {
    tokens: Tokens,
    stems: Stems,
    hypothesis: Side,
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
        let (mut surfaces, mut stems) = (Vocabulary::default(), Vocabulary::default());
        let mut sides = Vec::with_capacity(references.len());
        for reference in references {
            self.words.split(reference, &mut scratch.tokens);
            let mut side = Side::default();
            let number = |surface: &str, stem: &str| [surfaces.insert(surface), stems.insert(stem)];
            MeteorNltk::read(&scratch.tokens, &mut scratch.stems, number, &mut side);
            sides.push(side);
        }
        Ok(MeteorNltkReference { surfaces, stems, sides })
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &MeteorNltkReference,
        scratch: &mut MeteorNltkScratch,
        row: &mut [u64],
    ) {
        let MeteorNltkScratch { tokens, stems, hypothesis: words, greedy } = scratch;
        self.words.split(hypothesis, tokens);
        let number = |surface: &str, stem: &str| {
            let surface = reference.surfaces.get(surface).unwrap_or(FREE);
            [surface, reference.stems.get(stem).unwrap_or(FREE)]
        };
        MeteorNltk::read(tokens, stems, number, words);
        let scores = reference.sides.iter().map(|side| MeteorNltk::pair(words, side, greedy));
        mean::write(row, scores.fold(0.0, f64::max));
    }

    fn score(&self, row: &[u64]) -> MeanScore {
        MeanScore::of("METEOR-nltk", row)
    }
}
