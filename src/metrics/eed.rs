//! EED, the extended edit distance (Stanchev, Wang and Ney, WMT 2019).

use std::borrow::Cow;

use super::mean::{self, MeanScore};
use super::words;
use crate::error::{Error, Result};
use crate::metric::{Column, Metric};
use crate::metrics::Entry;
use crate::signature::Signature;

mod grid;
mod prepare;

pub use prepare::Preparation;

pub(super) const ENTRY: Entry = Entry {
    name: "eed",
    matches: |name| words::is_named(name, "eed"),
    summary: "character edits where blocks may jump at blanks, and uneven coverage; less is better",
    parse: |signature| Ok(Box::new(Eed::from_signature(signature)?)),
};

/// EED: what it costs to write the reference's characters from the hypothesis, where the pen may jump at blanks, and how
/// unevenly that covers the hypothesis.
///
/// For languages of many word forms and free word order: a wrong ending costs a letter, a moved phrase two jumps. It sees neither
/// meaning nor fluency; a reversed statement costs a few letters. An error rate between 0 and 100; less is better.
///
/// # Definition
///
/// ```text
/// EED = 100 · min( 1, (e + α·j + ρ·v) / (|r| + ρ·v) ),   α = 2, ρ = 0.3
/// ```
///
/// A path goes through the reference from left to right, character by character. To write another character, or one that the
/// hypothesis doesn't have here, costs 1; to pass over one of the hypothesis 0.2 (these are e); behind a blank of the
/// reference it may jump to any place of the hypothesis (j times). The path of least cost counts. After each reference
/// character, the place of the hypothesis that is reached at the least cost (the first of equal ones) is visited: v
/// counts the visits of each place beyond one, and one for each place that has none. EED is the mean over segments, and
/// of several references the one with the least value counts. An empty side, which `prep:en` never leaves, has 100.
///
/// Before, both sides are [prepared](Preparation): by default as English, which the authors' program does for every language.
///
/// # Parity
///
/// | | places that v is over |
/// |---|---|
/// | `cpp` (default) | those behind a character of the hypothesis, as in the authors' C++ |
/// | `python` | also the one before all, as in the authors' Python: text that equals its reference has not quite 0 |
///
/// `python` is torchmetrics 1.9's `extended_edit_distance` to 1e-9, for `prep:en` and `prep:ja`, on random texts. The
/// authors' program may not be used commercially and was neither read nor run for this; its preparation is known
/// to turn `i. e.` into `e.g.`, which torchmetrics and this don't.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, metrics::Eed};
///
/// let (hypothesis, reference) = ("in Berlin he met the minister.", "he met the minister in Berlin.");
/// assert_eq!(Eed::default().segment(hypothesis, &[reference])?.to_string(), "EED = 20.90");
/// assert_eq!(Eed::python().segment(hypothesis, &[reference])?.to_string(), "EED = 21.57");
/// assert_eq!(Eed::default().segment(reference, &[reference])?.to_string(), "EED = 0.00");
/// assert_eq!(Eed::python().segment(reference, &[reference])?.to_string(), "EED = 0.90");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Errors
///
/// No references.
///
/// # Complexity
///
/// For n and m characters n·m steps of a few nanoseconds, and a row of n numbers.
///
/// # References
///
/// Stanchev, Wang and Ney, WMT 2019, section 3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Eed {
    start_counts: bool,
    preparation: Preparation,
}

impl Eed {
    /// With the coverage of the authors' Python, which is torchmetrics'.
    pub fn python() -> Self {
        Eed { start_counts: true, ..Eed::default() }
    }

    /// What is done to the texts before.
    #[must_use]
    pub fn preparation(mut self, preparation: Preparation) -> Self {
        self.preparation = preparation;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        let dialects = [("cpp", false), ("python", true)];
        let start_counts = words::dialect(&mut reader, "eed", &dialects)?;
        let preparation = reader.word("prep", &Preparation::NAMES, Preparation::default())?;
        reader.finish()?;
        Ok(Eed { start_counts, preparation })
    }
}

/// EED's working memory.
#[derive(Debug, Default)]
pub struct EedScratch {
    hypothesis: Vec<char>,
    spare: Vec<char>,
    grid: grid::Grid,
}

impl Metric for Eed {
    type Reference = Vec<Vec<char>>;
    type Score = MeanScore;
    type Scratch = EedScratch;

    fn name(&self) -> Cow<'_, str> {
        "EED".into()
    }

    fn columns(&self) -> Vec<Column> {
        mean::columns()
    }

    fn signature(&self) -> Signature {
        Signature::new("EED")
            .with("dialect", if self.start_counts { "python" } else { "cpp" })
            .with("prep", self.preparation.name())
    }

    fn higher_is_better(&self) -> bool {
        false
    }

    fn prepare(&self, references: &[&str], scratch: &mut EedScratch) -> Result<Vec<Vec<char>>> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let prepared = references.iter().map(|text| {
            let mut characters = Vec::new();
            self.preparation.run(text, &mut characters, &mut scratch.spare);
            characters
        });
        Ok(prepared.collect())
    }

    fn measure(
        &self,
        hypothesis: &str,
        references: &Vec<Vec<char>>,
        scratch: &mut EedScratch,
        row: &mut [u64],
    ) {
        let EedScratch { hypothesis: characters, spare, grid } = scratch;
        self.preparation.run(hypothesis, characters, spare);
        let values = references
            .iter()
            .map(|reference| grid.distance(characters, reference, self.start_counts));
        mean::write(row, values.fold(1.0, f64::min));
    }

    fn score(&self, row: &[u64]) -> MeanScore {
        MeanScore::of("EED", row)
    }
}
