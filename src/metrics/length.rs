//! The ratio of lengths.

use std::borrow::Cow;
use std::sync::Arc;

use super::ratio::Ratio;
use super::words::{Case, Words};
use crate::error::{Error, Result};
use crate::metric::{Column, Metric};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::Tokens;
use crate::tokenize::Tokenize;

pub(super) const ENTRY: Entry = Entry {
    name: "length",
    matches: |name| name.eq_ignore_ascii_case("length"),
    summary: "hypothesis tokens per hundred reference tokens; 100 is as long",
    parse: |signature| Ok(Box::new(Length::from_signature(signature)?)),
};

/// The length ratio: hypothesis tokens per hundred reference tokens.
///
/// The first thing to look at when a score moved: much below 100 something is missing, much above something was added or
/// is said again and again. It sees nothing else. Neither more nor less is better; 100 is as long as the
/// reference.
///
/// # Definition
///
/// ```text
/// length = 100 · Σ |h| / Σ |r|
/// ```
///
/// over tokens (`13a` by default), where r is the reference whose length is closest, of equally close ones the shorter. It is
/// pooled. Without reference tokens it is 100 if there are no hypothesis tokens, else 100 times their number.
///
/// # Parity
///
/// 100 times the `ratio` that sacreBLEU prints behind BLEU, rounded there to three decimals.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, metrics::Length};
///
/// let score = Length::default().segment("The cat sat.", &["The old cat sat down."])?;
/// assert_eq!((score.to_string().as_str(), score.part, score.whole), ("length = 66.67", 4, 6));
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// Linear in the text.
#[derive(Clone, Debug)]
pub struct Length {
    words: Words,
}

impl Default for Length {
    fn default() -> Self {
        Length { words: Words::western(Case::Mixed) }
    }
}

impl Length {
    /// What cuts a text into tokens; by default `13a`.
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
        let words = Length::default().words.read(&mut reader)?;
        reader.finish()?;
        Ok(Length { words })
    }

    fn length(&self, text: &str, (lower, tokens): &mut LengthScratch) -> u64 {
        self.words.split(text, lower, tokens);
        tokens.len() as u64
    }
}

/// The length ratio's working memory: a text in its case, and its tokens.
type LengthScratch = (String, Tokens);

impl Metric for Length {
    type Reference = Vec<u64>;
    type Score = Ratio;
    type Scratch = LengthScratch;

    fn name(&self) -> Cow<'_, str> {
        "length".into()
    }

    fn columns(&self) -> Vec<Column> {
        vec![Column::count("sys_len"), Column::count("ref_len")]
    }

    fn signature(&self) -> Signature {
        self.words.sign(Signature::new("length"))
    }

    fn prepare(&self, references: &[&str], scratch: &mut LengthScratch) -> Result<Vec<u64>> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        Ok(references.iter().map(|reference| self.length(reference, scratch)).collect())
    }

    fn measure(
        &self,
        hypothesis: &str,
        lengths: &Vec<u64>,
        scratch: &mut LengthScratch,
        row: &mut [u64],
    ) {
        let ours = self.length(hypothesis, scratch);
        let closest = lengths.iter().min_by_key(|theirs| (ours.abs_diff(**theirs), **theirs));
        row.copy_from_slice(&[ours, closest.copied().unwrap_or(0)]);
    }

    fn score(&self, row: &[u64]) -> Ratio {
        let score = match (row[0], row[1]) {
            (0, 0) => 100.0,
            (ours, theirs) => 100.0 * ours as f64 / theirs.max(1) as f64,
        };
        Ratio { name: "length".into(), score, part: row[0], whole: row[1] }
    }
}
