//! MER, the match error rate.

use super::edits::{EditRate, Edits, Rate, entry};
use crate::metrics::Entry;
use crate::tokenize::Tokenize;
use std::sync::Arc;

pub(super) const ENTRY: Entry =
    entry::<MatchErrors>("mer", "the share of matches that are errors, 0 to 100; less is better");

/// MER: how many of a hundred pairings of words (right, wrong, missing, too much) are errors.
///
/// WER that cannot exceed 100: insertions stand in the denominator too.
///
/// # Definition
///
/// ```text
/// MER = 100 · (S + D + I) / (H + S + D + I)
/// ```
///
/// for the hits, substitutions, deletions and insertions of a shortest edit script, pooled over all segments; `mer-mean`
/// (`avg:segments`, [`averaged`](EditRate::averaged)) is the mean of the segments' rates instead.
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
/// use bleuprint::{Metric, metrics::Mer};
///
/// let score = Mer::default().segment("the cat sat down", &["the cat sat"])?;
/// assert_eq!(score.to_string(), "MER = 25.00");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// For n hypothesis and m reference items n·⌈m/64⌉ steps and as many words of memory, up to one MiB, beyond which it is linear.
///
/// # References
///
/// Morris, Maier and Green, Interspeech 2004, section 3.
pub type Mer = EditRate<MatchErrors>;

/// The formula of [`Mer`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MatchErrors;

impl Rate for MatchErrors {
    const NAME: &'static str = "MER";

    fn rate(edits: &Edits) -> f64 {
        match edits.ref_len() + edits.insertions {
            0 => 0.0,
            pairings => edits.errors() as f64 / pairings as f64,
        }
    }
}

impl Mer {
    /// What cuts a text into words; by default jiwer's rule.
    #[must_use]
    pub fn tokenizer(self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.with_tokenizer(tokenizer)
    }
}
