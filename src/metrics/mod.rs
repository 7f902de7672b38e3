//! The metrics, one file each, and the registry that knows them by name.
//!
//! # Which metric should you report?
//!
//! | question | report | it cannot see |
//! |---|---|---|
//! | Rank systems, compare with published numbers | [`Chrf`], [`Bleu`] | meaning: one wrong word costs the same whether it is a synonym or a lie |
//! | Gate a release | [`Chrf`], [`Ter`], [`Exact`] | a single wrong number or name moves them by half a point: check for these apart |
//! | Post-editing effort | [`Ter`] | how hard each edit is |
//! | Speech, text that must be literal | [`Wer`], [`Cer`] | moved phrases: each of their words counts twice |
//! | Whole articles, summaries | [`Chrf`], [`Rouge`] | ROUGE by default anything but ASCII: identical Russian texts have 0; `rouge1` is blind to order |
//! | One segment | [`Chrf`], [`Meteor`], [`Gleu`] | one reference says little about one segment |
//! | Word order between distant languages | [`Ribes`] | missing and superfluous words |
//!
//! What that means, on an article of 14 lines (`fixtures/articles/de-en-flood`) against its first reference; less is better for
//! TER, WER, EED, CharacTER and CharCut:
//!
//! | | itself | a wrong year | "everybody" for "nobody was injured" | words backwards | a sentence left out | another human | a machine |
//! |---|---|---|---|---|---|---|---|
//! | BLEU | 100 | 99.5 | 99.3 | 8.0 | 89.7 | **6.8** | 58.3 |
//! | chrF2 | 100 | 99.8 | 99.6 | 55.2 | 91.9 | 35.0 | 75.2 |
//! | TER | 0 | 0.3 | 0.3 | 92.6 | 9.6 | 92.9 | 32.5 |
//! | NIST | 8.4 | 8.4 | 8.4 | 7.2 | 8.0 | 3.2 | 6.7 |
//! | GLEU | 100 | 99.5 | 99.3 | 31.6 | 90.0 | 14.4 | 59.4 |
//! | RIBES | 100 | 99.9 | 99.9 | 1.7 | 92.9 | 59.9 | 89.7 |
//! | METEOR 1.5 | 68.8 | 68.1 | 68.1 | 42.0 | 62.8 | 20.0 | 45.1 |
//! | METEOR of NLTK | 100 | 99.6 | 99.7 | 50.0 | 92.8 | 19.0 | 76.2 |
//! | ROUGE-1 | 100 | 99.7 | 99.7 | **100** | 92.9 | 41.1 | 80.8 |
//! | ROUGE-L | 100 | 99.7 | 99.7 | 14.3 | 92.9 | 30.1 | 75.5 |
//! | WER | 0 | 0.3 | 0.3 | 96.5 | 9.6 | 97.1 | 36.3 |
//! | EED | 0 | 0.1 | 0.2 | 41.8 | 7.1 | 54.8 | 19.9 |
//! | CharacTER | 0 | 0.1 | 0.2 | 77.4 | 7.1 | 76.2 | 24.8 |
//! | CharCut | 0 | 0.2 | 0.2 | 53.6 | 5.2 | 61.0 | 18.9 |
//!
//! No metric of words or characters minds a reversed statement, all take a second professional translation for a bad one, and
//! a machine that is worded like the reference beats the human who is not. METEOR 1.5 pools its chunks, so a corpus
//! that equals its reference does not have 100. [`guide`] has the tables as data.
//!
//! Report the signature beside every number: without it the number means little (Post, WMT 2018).
//!
//! # A metric by its name
//!
//! [`parse`] makes a metric from a name or a signature; [`REGISTRY`] lists them.
//! To add a metric, write its file and add its line in the list below.

use crate::error::{Error, Result};
use crate::metric::DynMetric;
use crate::signature::Signature;

pub mod edits;
pub mod guide;
pub mod mean;
pub mod ratio;
pub(crate) mod words;

/// Each line is a metric's file: the module, its public types, and its entry in the registry; behind the
/// semicolon the further entries of files that have several names.
macro_rules! metrics {
    ($($module:ident),+; $($more:path),* $(,)?) => {
        $(pub mod $module; pub use $module::*;)+
        /// Every metric, in the order of listings.
        pub const REGISTRY: &[Entry] = &[$($module::ENTRY),+, $($more),*];
    };
}

metrics! {
    bleu,
    chrf,
    ter,
    nist,
    gleu,
    ribes,
    meteor,
    exact,
    wer,
    cer,
    mer,
    wil,
    wip,
    per,
    ped,
    cder,
    eed,
    character,
    charcut,
    length,
    attribution,
    rouge;
    rouge::ROUGE_2, rouge::ROUGE_L, rouge::ROUGE_LSUM,
}

/// A metric as the registry knows it.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The name to ask for: `bleu`.
    pub name: &'static str,
    /// Other spellings, among them those of signatures: `chrF2++`.
    pub matches: fn(&str) -> bool,
    /// One line on what it measures.
    pub summary: &'static str,
    /// Makes the metric from a signature; what the signature leaves out is as by default.
    pub parse: fn(&Signature) -> Result<Box<dyn DynMetric>>,
}

/// The metric of a name (`bleu`, `chrf++`, `ter`) or of a signature, whole or in part
/// (`BLEU|tok:intl|smooth:floor[0.10]`).
///
/// # Errors
///
/// An unknown name, with a suggestion; a key or a value that the metric doesn't have.
///
/// ```
/// use bleuprint::{Metric, metrics};
///
/// let metric = metrics::parse("chrF2++|nrefs:1|case:lc|eff:yes|nc:6|nw:2|space:no|version:2.6.0")?;
/// assert_eq!(metric.name(), "chrF2++");
/// assert_eq!(metric.signature().get("case"), Some("lc"));
/// assert!(metrics::parse("blue").unwrap_err().to_string().contains("did you mean 'bleu'?"));
/// # Ok::<(), bleuprint::Error>(())
/// ```
pub fn parse(text: &str) -> Result<Box<dyn DynMetric>> {
    from_signature(&text.parse()?)
}

/// The metric of a signature.
///
/// # Errors
///
/// As [`parse`].
pub fn from_signature(signature: &Signature) -> Result<Box<dyn DynMetric>> {
    let name = signature.name();
    match REGISTRY.iter().find(|entry| (entry.matches)(name)) {
        Some(entry) => (entry.parse)(signature),
        None => Err(Error::unknown("metric", name, REGISTRY.iter().map(|entry| entry.name))),
    }
}
