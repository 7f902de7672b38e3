//! WER, the word error rate.

use super::edits::{EditRate, Edits, Rate, entry};
use crate::metrics::Entry;
use crate::tokenize::Tokenize;
use std::sync::Arc;

pub(super) const ENTRY: Entry =
    entry::<WordErrors>("wer", "word errors per reference word; 0 is perfect, less is better");

/// WER: how many words are wrong, missing or too much, per hundred reference words.
///
/// It is speech recognition's measure. For translation, where word order is free, [`Ter`](super::Ter) counts a moved phrase
/// once and this counts each of its words twice. An error rate: 0 is perfect, more than 100 is possible.
///
/// # Definition
///
/// ```text
/// WER = 100 · (S + D + I) / (H + S + D)
/// ```
///
/// for the hits, substitutions, deletions and insertions of a shortest edit script, pooled over all segments; `wer-mean`
/// (`avg:segments`, [`averaged`](EditRate::averaged)) is the mean of the segments' rates instead.
///
/// # Parity
///
/// Equal to jiwer 4.0, also in its counts, which depend on which of several shortest edit scripts is
/// taken, and on empty references (WER is then the number of insertions: `""` against `a b` is 200). Words are jiwer's: cut at spaces and at runs of white space, so a lone tab joins
/// two words (`tok:none` cuts at it). jiwer has one reference a segment; of several, the one with the best rate counts, of
/// equal ones the first.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, metrics::Wer};
///
/// let references = References::single(&["the cat sat on the mat", "a dog"]);
/// let score = Wer::default().corpus(&["the cat sat on mat", "a big dog"], &references)?;
/// assert_eq!(score.to_string(), "WER = 25.00");
/// assert_eq!((score.edits.deletions, score.edits.insertions), (1, 1));
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// For n hypothesis and m reference items n·⌈m/64⌉ steps and as many words of memory, up to one MiB, beyond which it is linear.
///
/// # References
///
/// Morris, Maier and Green, Interspeech 2004, section 2.
pub type Wer = EditRate<WordErrors>;

/// The formula of [`Wer`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordErrors;

impl Rate for WordErrors {
    const NAME: &'static str = "WER";

    fn rate(edits: &Edits) -> f64 {
        edits.per_reference()
    }
}

impl Wer {
    /// What cuts a text into words; by default jiwer's rule.
    #[must_use]
    pub fn tokenizer(self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.with_tokenizer(tokenizer)
    }
}
