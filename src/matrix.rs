//! Every hypothesis against every reference.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::metric::{Metric, Score};

/// Segment scores of all pairs: one row a hypothesis, one column a reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    width: usize,
    scores: Vec<f64>,
}

impl Matrix {
    /// A matrix from its cells, row by row.
    ///
    /// # Errors
    ///
    /// Another number of cells than whole rows of `width`.
    pub fn new(width: usize, scores: Vec<f64>) -> Result<Self> {
        if (width == 0 && !scores.is_empty()) || (width > 0 && !scores.len().is_multiple_of(width))
        {
            return Err(Error::tables(format!(
                "{} cells are not a whole number of rows of {width}",
                scores.len()
            )));
        }
        Ok(Matrix { width, scores })
    }

    /// The provided way for every metric: each reference prepared once, each pair measured.
    pub(crate) fn measure<M: Metric, H: AsRef<str> + Sync, R: AsRef<str> + Sync>(
        metric: &M,
        hypotheses: &[H],
        references: &[R],
    ) -> Result<Matrix> {
        let prepared =
            crate::parallel::try_map(references.len(), M::Scratch::default, |scratch, i| {
                metric.prepare(&[references[i].as_ref()], scratch)
            })?;
        let width = references.len();
        let columns = metric.columns().len();
        let mut scores = vec![0.0; hypotheses.len() * width];
        crate::parallel::fill_rows(
            &mut scores,
            width.max(1),
            || (M::Scratch::default(), vec![0; columns]),
            |(scratch, row), h, scores| {
                for (score, reference) in scores.iter_mut().zip(&prepared) {
                    metric.measure(hypotheses[h].as_ref(), reference, scratch, row);
                    *score = metric.score(row).value();
                }
            },
        );
        Matrix::new(width, scores)
    }

    /// The number of hypotheses.
    pub fn rows(&self) -> usize {
        self.scores.len().checked_div(self.width).unwrap_or(0)
    }

    /// The number of references.
    pub fn columns(&self) -> usize {
        self.width
    }

    /// One score.
    ///
    /// # Panics
    ///
    /// When there is no such row or column.
    pub fn at(&self, hypothesis: usize, reference: usize) -> f64 {
        self.row(hypothesis)[reference]
    }

    /// A hypothesis' scores against every reference.
    ///
    /// # Panics
    ///
    /// When there is no such row.
    pub fn row(&self, hypothesis: usize) -> &[f64] {
        &self.scores[hypothesis * self.width..(hypothesis + 1) * self.width]
    }

    /// The mean of a row: the expected score that minimum Bayes risk decoding maximises (0 for a row
    /// without cells).
    ///
    /// # Panics
    ///
    /// When there is no such row.
    pub fn row_mean(&self, hypothesis: usize) -> f64 {
        let row = self.row(hypothesis);
        if row.is_empty() { 0.0 } else { row.iter().sum::<f64>() / row.len() as f64 }
    }
}
