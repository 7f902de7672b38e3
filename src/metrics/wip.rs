//! WIP, word information preserved.

use super::edits::{EditRate, Edits, Rate, entry};
use crate::metrics::Entry;
use crate::tokenize::Tokenize;
use std::sync::Arc;

pub(super) const ENTRY: Entry =
    entry::<InformationPreserved>("wip", "word information preserved, 0 to 100; more is better");

/// WIP: how much of the information that words carry is the same in reference and hypothesis.
///
/// # Definition
///
/// ```text
/// WIP = 100 · H/N · H/P
/// ```
///
/// for the hits H of a shortest edit script, N reference words and P hypothesis words, pooled over all segments;
/// `wip-mean` (`avg:segments`, [`averaged`](EditRate::averaged)) is the mean of the segments' values instead.
///
/// # Parity
///
/// Equal to jiwer 4.0, also in its counts, which depend on which of several shortest edit scripts is
/// taken, and on empty references (0, or 100 if the hypothesis is empty too). Words are jiwer's: cut at spaces and at runs of white space, so a lone tab joins
/// two words (`tok:none` cuts at it). jiwer has one reference a segment; of several, the one with the best rate counts, of
/// equal ones the first.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, metrics::Wip};
///
/// let score = Wip::default().segment("the cat sat down", &["the cat sat"])?;
/// assert_eq!(score.to_string(), "WIP = 75.00");
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
pub type Wip = EditRate<InformationPreserved>;

/// The formula of [`Wip`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InformationPreserved;

impl Rate for InformationPreserved {
    const NAME: &'static str = "WIP";
    const HIGHER_IS_BETTER: bool = true;

    fn rate(edits: &Edits) -> f64 {
        edits.preserved()
    }
}

impl Wip {
    /// What cuts a text into words; by default jiwer's rule.
    #[must_use]
    pub fn tokenizer(self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.with_tokenizer(tokenizer)
    }
}
