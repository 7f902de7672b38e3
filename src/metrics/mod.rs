//! The metrics, one file each, and the registry that knows them by name.
//!
//! # Which metric should you report?
//!
//! | question | report | it cannot see |
//! |---|---|---|
//! | Compare with published numbers | [`Bleu`] with its signature | meaning; one right word for another is as wrong as any |
//! | Rank systems, morphologically rich languages | [`Chrf`] (chrF2, chrF2++) | word order beyond a few characters |
//! | How much would an editor have to change? | [`Ter`] | how hard each change is |
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
    length,
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
