//! Exact match.

use std::borrow::Cow;

use super::mean::{self, MeanScore};
use crate::error::{Error, Result};
use crate::metric::{Column, Metric};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::trim;

pub(super) const ENTRY: Entry = Entry {
    name: "exact",
    matches: |name| name.eq_ignore_ascii_case("exact"),
    summary: "segments that equal a reference, of a hundred; more is better",
    parse: |signature| Ok(Box::new(Exact::from_signature(signature)?)),
};

/// Exact match: how many segments of a hundred equal one of their references.
///
/// It answers for software strings, names and templates, where almost right is wrong. Do not report it
/// for running text: nearly every good translation differs from the reference, and scores nothing.
///
/// # Definition
///
/// ```text
/// exact = 100 · |segments that equal a reference| / |segments|
/// ```
///
/// White space at both ends is nothing; by default the case of letters counts. It is a mean over
/// segments.
///
/// # Parity
///
/// None needed: it is string equality.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, metrics::Exact};
///
/// let references = References::single(&["Save file", "Open file"]);
/// let score = Exact::default().corpus(&["Save file", "Open a file"], &references)?;
/// assert_eq!(score.to_string(), "exact = 50.00");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// Linear in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exact {
    lowercase: bool,
}

impl Exact {
    /// Whether letters that differ in case only are equal.
    #[must_use]
    pub fn lowercase(mut self, lowercase: bool) -> Self {
        self.lowercase = lowercase;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        let lowercase = reader.word("case", &[("lc", true), ("mixed", false)], false)?;
        reader.finish()?;
        Ok(Exact { lowercase })
    }

    fn key<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = trim(text);
        if self.lowercase { text.to_lowercase().into() } else { text.into() }
    }
}

impl Metric for Exact {
    type Reference = Vec<String>;
    type Score = MeanScore;
    type Scratch = ();

    fn name(&self) -> Cow<'_, str> {
        "exact".into()
    }

    fn columns(&self) -> Vec<Column> {
        mean::columns()
    }

    fn signature(&self) -> Signature {
        Signature::new("exact").with("case", if self.lowercase { "lc" } else { "mixed" })
    }

    fn prepare(&self, references: &[&str], (): &mut ()) -> Result<Vec<String>> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        Ok(references.iter().map(|reference| self.key(reference).into_owned()).collect())
    }

    fn measure(&self, hypothesis: &str, references: &Vec<String>, (): &mut (), row: &mut [u64]) {
        let hypothesis = self.key(hypothesis);
        let equal = references.iter().any(|reference| *reference == hypothesis);
        mean::write(row, f64::from(u8::from(equal)));
    }

    fn score(&self, row: &[u64]) -> MeanScore {
        MeanScore::of("exact", row)
    }
}
