//! CER, the character error rate.

use super::edits::{EditRate, Edits, Rate, entry};
use crate::metrics::Entry;

pub(super) const ENTRY: Entry = entry::<CharacterErrors>(
    "cer",
    "character errors per reference character; 0 is perfect, less is better",
);

/// CER: how many characters are wrong, missing or too much, per hundred reference characters.
///
/// For languages without spaces and for spelling. It says little about translation: two right words in the wrong order
/// cost as much as two wrong ones. An error rate: 0 is perfect, more than 100 is possible.
///
/// # Definition
///
/// ```text
/// CER = 100 · (S + D + I) / (H + S + D)
/// ```
///
/// for the hits, substitutions, deletions and insertions of a shortest edit script over characters, pooled over all segments;
/// `cer-mean` (`avg:segments`, [`averaged`](EditRate::averaged)) is the mean of the segments' rates instead. White space at both
/// ends is nothing. A character is a code point, or a grapheme cluster with [`graphemes`](Cer::graphemes); white space inside
/// counts unless [`spaces`](Cer::spaces) says no.
///
/// # Parity
///
/// Code points with spaces equal jiwer 4.0's `cer`, also on empty references (the number of insertions). Texts are not
/// normalized: `é` in one and in two code points differ, for graphemes too; see [`Normalized`](crate::Normalized).
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, metrics::Cer};
///
/// let score = Cer::default().segment("नमस्ते", &["नमस्त"])?;
/// assert_eq!(score.to_string(), "CER = 20.00");
/// let score = Cer::default().graphemes(true).segment("नमस्ते", &["नमस्त"])?;
/// assert_eq!(score.edits.ref_len(), 3);
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// For n hypothesis and m reference items n·⌈m/64⌉ steps and as many words of memory, up to one MiB, beyond which it is linear.
///
/// # References
///
/// Morris, Maier and Green, Interspeech 2004, section 2; UAX #29 for grapheme clusters.
pub type Cer = EditRate<CharacterErrors>;

/// The formula of [`Cer`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CharacterErrors;

impl Rate for CharacterErrors {
    const NAME: &'static str = "CER";
    const CHARACTERS: bool = true;

    fn rate(edits: &Edits) -> f64 {
        edits.per_reference()
    }
}

impl Cer {
    /// Whether characters are grapheme clusters (what readers call one) instead of code points.
    #[must_use]
    pub fn graphemes(mut self, graphemes: bool) -> Self {
        if let Some((unit, _)) = self.characters() {
            *unit = graphemes;
        }
        self
    }

    /// Whether white space inside a text counts.
    #[must_use]
    pub fn spaces(mut self, spaces: bool) -> Self {
        if let Some((_, unit)) = self.characters() {
            *unit = spaces;
        }
        self
    }
}
