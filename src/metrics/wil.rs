//! WIL, word information lost.

use super::edits::{EditRate, Edits, Rate, entry};
use crate::metrics::Entry;
use crate::tokenize::Tokenize;
use std::sync::Arc;

pub(super) const ENTRY: Entry =
    entry::<InformationLost>("wil", "word information lost, 0 to 100; less is better");

/// WIL: how much of the information that words carry is lost between reference and hypothesis.
///
/// The complement of [`Wip`](super::Wip): unlike WER it treats both sides alike and stays between 0 and 100.
///
/// # Definition
///
/// ```text
/// WIL = 100 · (1 − H/N · H/P)
/// ```
///
/// for the hits H of a shortest edit script, N reference words and P hypothesis words, pooled over all segments;
/// `wil-mean` (`avg:segments`, [`averaged`](EditRate::averaged)) is the mean of the segments' values instead.
///
/// # Parity
///
/// Equal to jiwer 4.0, also in its counts, which depend on which of several shortest edit scripts is
/// taken, and on empty references (100, or 0 if the hypothesis is empty too). Words are jiwer's: cut at spaces and at runs of white space, so a lone tab joins
/// two words (`tok:none` cuts at it). jiwer has one reference a segment; of several, the one with the best rate counts, of
/// equal ones the first.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, metrics::Wil};
///
/// let score = Wil::default().segment("the cat sat down", &["the cat sat"])?;
/// assert_eq!(score.to_string(), "WIL = 25.00");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// For n hypothesis and m reference items n·⌈m/64⌉ steps and as many words of memory, up to one MiB, beyond which it is linear.
///
/// # References
///
/// Morris, Maier and Green, Interspeech 2004, section 4.
pub type Wil = EditRate<InformationLost>;

/// The formula of [`Wil`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InformationLost;

impl Rate for InformationLost {
    const NAME: &'static str = "WIL";

    fn rate(edits: &Edits) -> f64 {
        1.0 - edits.preserved()
    }
}

impl Wil {
    /// What cuts a text into words; by default jiwer's rule.
    #[must_use]
    pub fn tokenizer(self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.with_tokenizer(tokenizer)
    }
}
