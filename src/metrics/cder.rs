//! CDER (Leusch, Ueffing and Ney, EACL 2006).

use std::borrow::Cow;
use std::sync::Arc;

use super::edits::{EditReference, average_name, averaged, is_named};
use super::ratio::{self, Ratio, rate};
use super::words::{Case, Words};
use crate::distance::{cder, lcs::Masks};
use crate::error::Result;
use crate::metric::{Column, Metric};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::Tokens;
use crate::tokenize::Tokenize;

pub(super) const ENTRY: Entry = Entry {
    name: "cder",
    matches: |name| is_named("cder", name),
    summary: "edits per reference word where blocks move freely at cost one; less is better",
    parse: |signature| Ok(Box::new(Cder::from_signature(signature)?)),
};

/// CDER: what it costs to cover the reference, from left to right, by pieces of the hypothesis.
///
/// It measures like [`Ter`](super::Ter) but finds the best way exactly and fast: a piece of the hypothesis may be used in
/// any order, again, or not at all, and each jump costs as much as an edit. So it doesn't see words that the hypothesis
/// has too much or twice; do not report it alone. An error rate: 0 is perfect, 100 is as bad as it gets for all but
/// very short references.
///
/// # Definition
///
/// ```text
/// CDER = 100 · Σ d(h, r) / Σ |r|
/// ```
///
/// where d is the least number of steps from before both to behind both: a word of the reference missing, a word of the
/// hypothesis passed over, a word replaced, or a jump to any place of the hypothesis. Pooled over all segments; `cder-mean`
/// (`avg:segments`) is the mean of the segments' values instead. Of several references the one with the least value
/// counts. Without reference words it is 100 if there are steps and 0 if not.
///
/// # Parity
///
/// Equal to the definition, by a slow model that relaxes all steps. Moses' scorer has the same distance but
/// chooses among several references by a number that it cuts to an integer.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, metrics::Cder};
///
/// let score = Cder::default().segment("in Berlin he met the minister", &["he met the minister in Berlin"])?;
/// assert_eq!((score.to_string().as_str(), score.part), ("CDER = 50.00", 3));
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// Three jumps: to `he`, back to `in`, and to the end.
///
/// # Complexity
///
/// For n hypothesis and m reference words m·⌈n/64⌉ steps: a row of the programme has two values only.
///
/// # References
///
/// Leusch, Ueffing and Ney, EACL 2006, section 4.
#[derive(Clone, Debug)]
pub struct Cder {
    words: Words,
    averaged: bool,
}

impl Default for Cder {
    fn default() -> Self {
        Cder { words: Words::given(Case::Mixed), averaged: false }
    }
}

impl Cder {
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
        let words = Cder::default().words.read(&mut reader)?;
        reader.finish()?;
        Ok(Cder { words, averaged })
    }
}

/// CDER's working memory.
#[derive(Debug, Default)]
pub struct CderScratch {
    lower: String,
    tokens: Tokens,
    items: Vec<u32>,
    masks: Masks,
    row: cder::Row,
}

impl Metric for Cder {
    type Reference = EditReference;
    type Score = Ratio;
    type Scratch = CderScratch;

    fn name(&self) -> Cow<'_, str> {
        "CDER".into()
    }

    fn columns(&self) -> Vec<Column> {
        ratio::columns(&["num_edits", "ref_len"], self.averaged)
    }

    fn signature(&self) -> Signature {
        self.words.sign(Signature::new("CDER")).with("avg", average_name(self.averaged))
    }

    fn higher_is_better(&self) -> bool {
        false
    }

    fn prepare(&self, references: &[&str], scratch: &mut CderScratch) -> Result<EditReference> {
        let CderScratch { lower, tokens, .. } = scratch;
        EditReference::new(references, tokens, |text, out| self.words.split(text, lower, out))
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &EditReference,
        scratch: &mut CderScratch,
        row: &mut [u64],
    ) {
        let CderScratch { lower, tokens, items, masks, row: cells } = scratch;
        self.words.split(hypothesis, lower, tokens);
        reference.number(tokens, items);
        masks.reset(items.iter().copied(), reference.vocabulary.len() + 1);
        let costs = reference
            .targets
            .iter()
            .map(|target| (cder::distance(masks, target, cells) as u64, target.len() as u64));
        let value = |(edits, length): &(u64, u64)| rate(*edits, *length);
        let (edits, length) =
            costs.min_by(|a, b| value(a).total_cmp(&value(b))).unwrap_or_default();
        ratio::write(row, &[edits, length], rate(edits, length));
    }

    fn score(&self, row: &[u64]) -> Ratio {
        ratio::score("CDER", &row[2..], rate(row[0], row[1]), row[0], row[1])
    }
}
