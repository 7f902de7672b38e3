//! PER, the position-independent error rate.

use std::borrow::Cow;
use std::sync::Arc;

use super::edits::{EditReference, average_name, averaged, is_named};
use super::ratio::{self, Ratio, rate};
use super::words::{Case, Words};
use crate::distance::pairs::shared;
use crate::error::Result;
use crate::metric::{Column, Metric};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::Tokens;
use crate::tokenize::Tokenize;

pub(super) const ENTRY: Entry = Entry {
    name: "per",
    matches: |name| is_named("per", name),
    summary: "word errors per reference word, whatever the order; less is better",
    parse: |signature| Ok(Box::new(Per::from_signature(signature)?)),
};

/// PER: word errors that remain when the order of words is free.
///
/// Beside [`Wer`](super::Wer) it tells how much of the error is order. It can't see order at all: a sentence
/// turned round is perfect. An error rate: 0 is perfect, more than 100 is possible.
///
/// # Definition
///
/// ```text
/// PER = 100 · (max(N, P) − C) / N
/// ```
///
/// for N reference words, P hypothesis words and C words that both bags share, each of the three summed over all segments
/// first; `per-mean` (`avg:segments`) is the mean of the segments' values instead. Of several references the one with
/// the least value counts. Without reference words it is 100 if there are hypothesis words and 0 if not.
///
/// # Parity
///
/// One less Moses' `PER`, which is (C − max(0, P − N)) / N, summed as here; Moses gives 1 without reference words.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, metrics::Per};
///
/// let score = Per::default().segment("sat the cat down", &["the cat sat"])?;
/// assert_eq!(score.to_string(), "PER = 33.33");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// The time of sorting the words.
///
/// # References
///
/// Tillmann, Vogel, Ney, Zubiaga and Sawaf, Eurospeech 1997.
#[derive(Clone, Debug)]
pub struct Per {
    words: Words,
    averaged: bool,
}

impl Default for Per {
    fn default() -> Self {
        Per { words: Words::given(Case::Mixed), averaged: false }
    }
}

impl Per {
    /// What cuts a text into words; by default white space.
    #[must_use]
    pub fn tokenizer(mut self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.words.tokenizer = tokenizer;
        self
    }

    /// Whether letters that differ in case only are equal.
    #[must_use]
    pub fn lowercase(mut self, lowercase: bool) -> Self {
        self.words.case = Case::lower(lowercase);
        self
    }

    /// Whether a corpus has the mean of its segments' values.
    #[must_use]
    pub fn averaged(mut self, averaged: bool) -> Self {
        self.averaged = averaged;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        let averaged = averaged(&mut reader)?;
        let words = Per::default().words.read(&mut reader)?;
        reader.finish()?;
        Ok(Per { words, averaged })
    }
}

/// Errors of these counts: words in common, hypothesis words, reference words.
fn errors([correct, hypothesis, reference]: [u64; 3]) -> u64 {
    hypothesis.max(reference) - correct
}

/// PER's working memory.
#[derive(Debug, Default)]
pub struct PerScratch {
    lower: String,
    tokens: Tokens,
    items: Vec<u32>,
}

impl Metric for Per {
    type Reference = EditReference;
    type Score = Ratio;
    type Scratch = PerScratch;

    fn name(&self) -> Cow<'_, str> {
        "PER".into()
    }

    fn columns(&self) -> Vec<Column> {
        ratio::columns(&["correct", "sys_len", "ref_len"], self.averaged)
    }

    fn signature(&self) -> Signature {
        self.words.sign(Signature::new("PER")).with("avg", average_name(self.averaged))
    }

    fn higher_is_better(&self) -> bool {
        false
    }

    fn prepare(&self, references: &[&str], scratch: &mut PerScratch) -> Result<EditReference> {
        let PerScratch { lower, tokens, .. } = scratch;
        let split = |text: &str, out: &mut Tokens| self.words.split(text, lower, out);
        let mut reference = EditReference::new(references, tokens, split)?;
        reference.targets.iter_mut().for_each(|bag| bag.sort_unstable());
        Ok(reference)
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &EditReference,
        scratch: &mut PerScratch,
        row: &mut [u64],
    ) {
        let PerScratch { lower, tokens, items } = scratch;
        self.words.split(hypothesis, lower, tokens);
        reference.number(tokens, items);
        items.sort_unstable();
        let counts = reference
            .targets
            .iter()
            .map(|bag| [shared(items, bag) as u64, items.len() as u64, bag.len() as u64]);
        let value = |counts: &[u64; 3]| rate(errors(*counts), counts[2]);
        let counts = counts.min_by(|a, b| value(a).total_cmp(&value(b))).unwrap_or_default();
        ratio::write(row, &counts, value(&counts));
    }

    fn score(&self, row: &[u64]) -> Ratio {
        let errors = errors([row[0], row[1], row[2]]);
        ratio::score("PER", &row[3..], rate(errors, row[2]), errors, row[2])
    }
}
