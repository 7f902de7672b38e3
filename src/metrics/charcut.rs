//! CharCut (Lardilleux and Lepage, IWSLT 2017).

use std::borrow::Cow;

use super::edits::{average_name, averaged, is_named};
use super::ratio::{self, Ratio, rate};
use crate::error::{Error, Result};
use crate::metric::{Column, Metric};
use crate::metrics::Entry;
use crate::signature::Signature;

mod order;
mod side;
mod stretches;

pub use side::Side;

pub(super) const ENTRY: Entry = Entry {
    name: "charcut",
    matches: |name| is_named("charcut", name),
    summary: "characters outside common stretches, or inside moved ones, by all characters; less is better",
    parse: |signature| Ok(Box::new(CharCut::from_signature(signature)?)),
};

/// CharCut: how much of both texts is left when their common stretches are cut out, and how much of these has moved.
///
/// It finds what a reader who compares two texts would mark: whole words and phrases, and words that differ in an ending. For
/// languages of many word forms, and to look at single segments. It sees neither meaning nor fluency; a reversed statement
/// costs a few characters. Between 0 and 100; less is better.
///
/// # Definition
///
/// ```text
/// CharCut = 100 · Σ c / Σ (|h| + |r|)
/// ```
///
/// for lengths in characters without white space at the ends. The longest common stretch of at least three characters is
/// matched again and again, where nothing was matched before. It stands between borders of words on both sides, or has no
/// more than one word or piece of one. Then words shorter than that are matched at the very start and the very end.
///
/// Of equally long stretches those are first that one side has more often than the other, then the rarer ones, then the
/// one that the hypothesis has first; places are taken from left to right. Marks behind a text's last word are only
/// matched if not both sides have the same marks before.
///
/// Matches that are neighbours on both sides make a block, and the longest blocks stay where they are, if they cross
/// none that does. The cost c counts every character of either side that isn't matched, and those of the matches that
/// don't stay: once, if they were shifted, twice if that was so far that they are no match: if their length is less
/// than the logarithm of how many characters of the hypothesis lie between.
///
/// The sum is over all segments; `charcut-mean` (`avg:segments`) is the mean of the segments' values instead. Of several
/// references the one with the least value counts.
///
/// # Parity
///
/// | `norm` | the whole | |
/// |---|---|---|
/// | `both` (default) | the lengths of both sides | the published measure, the program's default |
/// | `hyp` | twice the hypothesis' length; c is cut to it | the program's `alt_norm`: an empty hypothesis has 0 |
///
/// Equal to the PyPI package `charcut` 1.1.1 on random texts and on translations in six languages, for all `match_size`s. It
/// is under the GPL: what stands here was found from the paper's abstract and the program's answers alone.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, metrics::CharCut};
///
/// let score = CharCut::default().segment("in Berlin he met the minister", &["he met the ministers in Berlin"])?;
/// assert_eq!((score.to_string().as_str(), score.part, score.whole), ("CharCut = 20.34", 12, 59));
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// `in Berlin` was shifted, and on each side a character and a blank are left.
///
/// # Errors
///
/// No references.
///
/// # Complexity
///
/// Time and memory go with the number of common stretches: for a translation of 170 characters some 20 microseconds, for
/// 6,000 characters 10 milliseconds, for 120,000 (no segment, but a file that was never cut) 15 seconds and half a gigabyte.
///
/// # References
///
/// Lardilleux and Lepage, IWSLT 2017.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharCut {
    least: usize,
    by_hypothesis: bool,
    averaged: bool,
}

impl Default for CharCut {
    fn default() -> Self {
        CharCut { least: 3, by_hypothesis: false, averaged: false }
    }
}

impl CharCut {
    /// How many characters a stretch has at least, one or more; by default three.
    #[must_use]
    pub fn match_size(mut self, least: usize) -> Self {
        self.least = least.max(1);
        self
    }

    /// Whether the whole is twice the hypothesis' length instead of the length of both sides.
    #[must_use]
    pub fn by_hypothesis(mut self, by_hypothesis: bool) -> Self {
        self.by_hypothesis = by_hypothesis;
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
        if !is_named("charcut", reader.name()) {
            return Err(reader.error("is not CharCut's"));
        }
        let averaged = averaged(&mut reader)?;
        let least = reader.number("match", 3)?;
        if least == 0 {
            return Err(reader.error("'match' is at least 1"));
        }
        let by_hypothesis = reader.word("norm", &[("both", false), ("hyp", true)], false)?;
        reader.finish()?;
        Ok(CharCut { least, by_hypothesis, averaged })
    }
}

/// CharCut's working memory.
#[derive(Debug, Default)]
pub struct CharCutScratch {
    hypothesis: Side,
    stretches: stretches::Stretches,
    order: order::Order,
}

impl Metric for CharCut {
    type Reference = Vec<Side>;
    type Score = Ratio;
    type Scratch = CharCutScratch;

    fn name(&self) -> Cow<'_, str> {
        "CharCut".into()
    }

    fn columns(&self) -> Vec<Column> {
        ratio::columns(&["cost", "length"], self.averaged)
    }

    fn signature(&self) -> Signature {
        Signature::new("CharCut")
            .with("match", self.least)
            .with("norm", if self.by_hypothesis { "hyp" } else { "both" })
            .with("avg", average_name(self.averaged))
    }

    fn higher_is_better(&self) -> bool {
        false
    }

    fn prepare(&self, references: &[&str], _: &mut CharCutScratch) -> Result<Vec<Side>> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let read = |text: &&str| {
            let mut side = Side::default();
            side.read(text, self.least);
            side
        };
        Ok(references.iter().map(read).collect())
    }

    fn measure(
        &self,
        hypothesis: &str,
        references: &Vec<Side>,
        scratch: &mut CharCutScratch,
        row: &mut [u64],
    ) {
        let CharCutScratch { hypothesis: side, stretches, order } = scratch;
        side.read(hypothesis, self.least);
        let costs = references.iter().map(|reference| {
            let pair = stretches::Pair { hypothesis: side, reference, least: self.least };
            let matched = stretches.find(pair);
            let characters = matched.iter().map(|stretch| stretch.length).sum::<usize>();
            let both = side.len() + reference.len();
            let cost = both - 2 * characters + order.cost(matched);
            let twice = 2 * side.len();
            let (cost, whole) =
                if self.by_hypothesis { (cost.min(twice), twice) } else { (cost, both) };
            (cost as u64, whole as u64)
        });
        let value = |(cost, whole): &(u64, u64)| rate(*cost, *whole);
        let (cost, whole) = costs.min_by(|a, b| value(a).total_cmp(&value(b))).unwrap_or_default();
        ratio::write(row, &[cost, whole], rate(cost, whole));
    }

    fn score(&self, row: &[u64]) -> Ratio {
        ratio::score("CharCut", &row[2..], rate(row[0], row[1]), row[0], row[1])
    }
}
