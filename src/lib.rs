//! Machine-translation quality evaluation: BLEU, chrF and TER equal to sacreBLEU's, and what follows from
//! their counts.
//!
//! A metric turns a segment into a row of counts; rows add; a row turns into a score. That one idea
//! gives corpus, document and segment scores, many systems against one set of references, streams
//! over more text than memory, influence, and all pairs, for every metric alike.
//!
//! ```
//! use bleuprint::{Bleu, Metric, References};
//!
//! let hypotheses = ["The cat sat on the mat.", "A dog barked at the moon."];
//! let references = References::single(&["The cat sat on a mat.", "The dog barked at the moon."]);
//!
//! let bleu = Bleu::default();
//! let score = bleu.corpus(&hypotheses, &references)?;
//! println!("{score}  {}", bleu.signature());
//! # Ok::<(), bleuprint::Error>(())
//! ```
//!
//! # Where to start
//!
//! | you want | look at |
//! |---|---|
//! | to choose a metric | [`metrics`], "Which metric should you report?" |
//! | a score | [`Metric::corpus`], [`Metric::segment`] |
//! | many systems on one test set | [`Prepared`] |
//! | scores by document, influence, your own statistics | [`Table`], [`Documents`], [`Aggregation`] |
//! | is the difference real? | [`significance`], "Which test should you use?" |
//! | more text than memory, or threads of your own | [`Stream`] |
//! | all pairs | [`Metric::matrix`] |
//! | a metric chosen at run time | [`metrics::parse`], [`DynMetric`] |
//! | what changed, not only how much | [`Ter::alignment`], [`Attribution`] |
//! | what is wrong, and where | [`diagnose`] |
//! | tokens | [`tokenize`] |
//! | to normalize texts first | [`Normalized`], [`text`] |
//!
//! # What it does not do
//!
//! The library reads no files, clock or environment, prints nothing and keeps no global state; the same
//! configuration and texts give the same bits, on any number of threads. It never panics on a text,
//! and an input that cannot be scored is an [`Error`] that says what, where and what to do.
//!
//! # Features
//!
//! - `parallel` (on by default): segments are measured on rayon's current thread pool.
//! - `mecab`: Japanese and Korean words by MeCab's own dictionaries, which the caller reads; no dependency.
//! - `sentencepiece`: subwords by SentencePiece's own models, which the caller reads; no dependency.

mod aggregate;
pub mod article;
pub mod diagnose;
pub mod distance;
mod documents;
mod error;
mod matrix;
mod metric;
pub mod metrics;
mod normalized;
mod parallel;
mod prepared;
mod references;
mod signature;
pub mod significance;
mod stream;
mod table;
pub mod text;
pub mod tokenize;

pub use aggregate::{Aggregate, Aggregation};
pub use documents::Documents;
pub use error::{Error, Result, did_you_mean};
pub use matrix::Matrix;
pub use metric::{Column, DynMetric, DynReference, DynScratch, Metric, Score};
pub use metrics::{
    Attribution, AttributionScore, Bleu, BleuScore, Chrf, ChrfScore, Smoothing, Ter, TerScore,
};
pub use normalized::{Normalized, NormalizedScratch};
pub use prepared::Prepared;
pub use references::{AsReference, References};
pub use signature::Signature;
pub use stream::Stream;
pub use table::Table;

/// What stands as `version` in signatures: this library and its version, so that nobody takes a number
/// for one of another program.
pub const VERSION: &str = concat!("bleuprint-", env!("CARGO_PKG_VERSION"));

/// The README's examples, which must run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
