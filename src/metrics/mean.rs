//! The mean of segment scores, as a row: a fixed-point sum and the number of segments.
//!
//! Many metrics are defined on one segment, and a corpus has the mean. Rows must add to the last bit
//! in any order, so a segment's score is kept as a whole multiple of 2⁻⁴⁰; the mean is off by at most
//! 2⁻⁴¹ (5·10⁻¹³) of the unit that the metric's definition has.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::metric::{Column, Score};

/// What makes one.
pub const UNIT: u64 = 1 << 40;

/// The row's cells.
pub(crate) fn columns() -> Vec<Column> {
    vec![Column::fraction("score", UNIT), Column::count("segments")]
}

/// Writes one segment's score, which is not negative, to its row.
pub(crate) fn write(row: &mut [u64], score: f64) {
    row[0] = (score * UNIT as f64).round() as u64;
    row[1] = 1;
}

/// A mean of segment scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeanScore {
    /// The metric's name.
    pub name: Cow<'static, str>,
    /// The mean, times 100.
    pub score: f64,
    /// How many segments it is the mean of.
    pub segments: u64,
}

impl MeanScore {
    /// Of a row or a sum of rows; of no segments the mean is 0.
    pub(crate) fn of(name: impl Into<Cow<'static, str>>, row: &[u64]) -> Self {
        let [sum, segments] = [row[0], row[1]];
        let mean = if segments == 0 { 0.0 } else { sum as f64 / UNIT as f64 / segments as f64 };
        MeanScore { name: name.into(), score: 100.0 * mean, segments }
    }
}

impl Score for MeanScore {
    fn name(&self) -> Cow<'_, str> {
        self.name.as_ref().into()
    }

    fn value(&self) -> f64 {
        self.score
    }
}

impl fmt::Display for MeanScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}
