//! What metrics share that are a part by a whole: their rows, pooled or averaged, and their score.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::mean;
use crate::metric::{Column, Score};

/// A part by a whole, times 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// The metric's name.
    pub name: Cow<'static, str>,
    /// The ratio, times 100.
    pub score: f64,
    /// The part: edits, or a length.
    pub part: u64,
    /// The whole: a length.
    pub whole: u64,
}

impl Score for Ratio {
    fn name(&self) -> Cow<'_, str> {
        self.name.as_ref().into()
    }

    fn value(&self) -> f64 {
        self.score
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

/// The part by the whole; of nothing, nothing is 0 and something is 1 (100 errors of a hundred), as in TER.
pub(super) fn rate(part: u64, whole: u64) -> f64 {
    match (part, whole) {
        (0, 0) => 0.0,
        (_, 0) => 1.0,
        _ => part as f64 / whole as f64,
    }
}

/// The row of an error rate: its counts, and the mean behind them where one is asked for.
pub(super) fn columns(counts: &[&'static str], averaged: bool) -> Vec<Column> {
    let counts = counts.iter().map(|name| Column::count(*name));
    let means = mean::columns().into_iter().filter(|_| averaged);
    counts.chain(means).collect()
}

/// Writes a segment's counts, and its rate where the row has room for it.
pub(super) fn write(row: &mut [u64], counts: &[u64], rate: f64) {
    let (own, means) = row.split_at_mut(counts.len());
    own.copy_from_slice(counts);
    if !means.is_empty() {
        mean::write(means, rate);
    }
}

/// The score of a row: the mean, where it has one, else the rate of its counts.
pub(super) fn score(name: &'static str, means: &[u64], rate: f64, part: u64, whole: u64) -> Ratio {
    let score =
        if means.is_empty() { 100.0 * rate } else { mean::MeanScore::of(name, means).score };
    Ratio { name: name.into(), score, part, whole }
}
