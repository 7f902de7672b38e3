//! Post-edit distance.

use std::borrow::Cow;

use super::edits::{EditReference, EditScratch, average_name, averaged, is_named};
use super::ratio::{self, Ratio, rate};
use crate::distance::levenshtein::Tally;
use crate::error::Result;
use crate::metric::{Column, Metric};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::{Tokens, trim};

pub(super) const ENTRY: Entry = Entry {
    name: "ped",
    matches: |name| is_named("ped", name),
    summary: "post-edit distance: characters edited, of a hundred; less is better",
    parse: |signature| Ok(Box::new(Ped::from_signature(signature)?)),
};

/// What edits are divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Denominator {
    /// The longer of both texts.
    #[default]
    Longer,
    /// The post-edited text.
    Reference,
    /// The machine's text.
    Hypothesis,
    /// Both texts.
    Sum,
}

const DENOMINATORS: [(&str, Denominator); 4] = [
    ("longer", Denominator::Longer),
    ("reference", Denominator::Reference),
    ("hypothesis", Denominator::Hypothesis),
    ("sum", Denominator::Sum),
];

impl Denominator {
    fn of(self, hypothesis: u64, reference: u64) -> u64 {
        match self {
            Denominator::Longer => hypothesis.max(reference),
            Denominator::Reference => reference,
            Denominator::Hypothesis => hypothesis,
            Denominator::Sum => hypothesis + reference,
        }
    }
}

/// PED, the post-edit distance: how many of a hundred characters an editor changed.
///
/// The hypothesis is the machine's text, the reference its post-edited version; against an independent translation it says
/// little. The percentage that offices and tools report under this name differs by what it is divided by, so the
/// denominator stands in the signature. It sees what was changed, not what was hard to see.
///
/// # Definition
///
/// ```text
/// PED = 100 · Σ edits / Σ denominator
/// ```
///
/// with the Levenshtein distance over code points (white space inside counts, at both ends it is nothing) and, by default,
/// the longer of both texts. [`capped`](Ped::capped), no segment has more edits than its denominator. Pooled over all
/// segments; `ped-mean` (`avg:segments`) is the mean of the segments' values instead. Of several references the one with the
/// least value counts. Where the denominator is 0 it is 100 if there are edits and 0 if not.
///
/// # Parity
///
/// With `den:longer` a segment's value is RapidFuzz's normalized Levenshtein distance; with `den:reference` it is
/// [`Cer`](super::Cer).
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, metrics::{Denominator, Ped}};
///
/// let (machine, edited) = ("A small house.", "A little house.");
/// assert_eq!(Ped::default().segment(machine, &[edited])?.to_string(), "PED = 33.33");
/// let by_machine = Ped::default().denominator(Denominator::Hypothesis);
/// assert_eq!(by_machine.segment(machine, &[edited])?.to_string(), "PED = 35.71");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// For n and m characters n·⌈m/64⌉ steps.
///
/// # References
///
/// Levenshtein, Soviet Physics Doklady 10 (1966). HTER, its sibling in words, is a dialect of [`Ter`](super::Ter).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ped {
    denominator: Denominator,
    capped: bool,
    averaged: bool,
}

impl Ped {
    /// What edits are divided by.
    #[must_use]
    pub fn denominator(mut self, denominator: Denominator) -> Self {
        self.denominator = denominator;
        self
    }

    /// Whether a segment can have no more edits than its denominator.
    #[must_use]
    pub fn capped(mut self, capped: bool) -> Self {
        self.capped = capped;
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
        let denominator = reader.word("den", &DENOMINATORS, Denominator::default())?;
        let capped = reader.flag("cap", false)?;
        reader.finish()?;
        Ok(Ped { denominator, capped, averaged })
    }

    fn counts(&self, tally: Tally) -> (u64, u64) {
        let Tally { keep, replace, delete, insert } = tally;
        let (both, edits) = (keep + replace, replace + delete + insert);
        let whole = self.denominator.of(both + insert, both + delete);
        (if self.capped { edits.min(whole) } else { edits }, whole)
    }
}

fn characters(text: &str, tokens: &mut Tokens) {
    let text = trim(text);
    tokens.reset(text);
    text.char_indices().for_each(|(at, c)| tokens.push(at, at + c.len_utf8()));
}

impl Metric for Ped {
    type Reference = EditReference;
    type Score = Ratio;
    type Scratch = EditScratch;

    fn name(&self) -> Cow<'_, str> {
        "PED".into()
    }

    fn columns(&self) -> Vec<Column> {
        ratio::columns(&["num_edits", "denominator"], self.averaged)
    }

    fn signature(&self) -> Signature {
        let named = DENOMINATORS.iter().find(|(_, known)| *known == self.denominator);
        Signature::new("PED")
            .with("den", named.map_or("", |(name, _)| name))
            .with_flag("cap", self.capped)
            .with("avg", average_name(self.averaged))
    }

    fn higher_is_better(&self) -> bool {
        false
    }

    fn prepare(&self, references: &[&str], scratch: &mut EditScratch) -> Result<EditReference> {
        EditReference::new(references, &mut scratch.tokens, characters)
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &EditReference,
        scratch: &mut EditScratch,
        row: &mut [u64],
    ) {
        characters(hypothesis, &mut scratch.tokens);
        let counts = scratch.tallies(reference).map(|tally| self.counts(tally));
        let value = |(edits, whole): &(u64, u64)| rate(*edits, *whole);
        let (edits, whole) =
            counts.min_by(|a, b| value(a).total_cmp(&value(b))).unwrap_or_default();
        ratio::write(row, &[edits, whole], rate(edits, whole));
    }

    fn score(&self, row: &[u64]) -> Ratio {
        ratio::score("PED", &row[2..], rate(row[0], row[1]), row[0], row[1])
    }
}
