//! References prepared once for many systems.

use crate::error::Result;
use crate::metric::Metric;
use crate::references::References;
use crate::signature::Signature;
use crate::table::Table;

/// A corpus of references that a metric has prepared, so that each further system costs only its
/// own side.
///
/// ```
/// use bleuprint::{Bleu, Metric, References};
///
/// let bleu = Bleu::default();
/// let references = References::single(&["the quick brown fox jumps", "over the lazy dog today"]);
/// let prepared = bleu.prepare_corpus(&references)?;
/// let baseline = prepared.corpus(&["the quick brown fox jumped", "over a lazy dog today"])?;
/// let candidate = prepared.corpus(&["the quick brown fox jumps", "over a lazy dog today"])?;
/// assert!(candidate.score > baseline.score);
/// # Ok::<(), bleuprint::Error>(())
/// ```
#[derive(Debug)]
pub struct Prepared<'m, M: Metric> {
    metric: &'m M,
    references: Vec<M::Reference>,
    signature: Signature,
    streams: Option<usize>,
}

impl<'m, M: Metric> Prepared<'m, M> {
    pub(crate) fn new(metric: &'m M, references: &References<'_>) -> Result<Self> {
        references.check(references.len())?;
        Ok(Prepared {
            metric,
            references: metric.prepare_all(references)?,
            signature: signature(metric, references),
            streams: references.streams(),
        })
    }

    /// The metric.
    pub fn metric(&self) -> &'m M {
        self.metric
    }

    /// The number of segments.
    pub fn len(&self) -> usize {
        self.references.len()
    }

    /// Never: references without segments are refused.
    pub fn is_empty(&self) -> bool {
        self.references.is_empty()
    }

    /// The metric's signature with the number of references.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// One system's rows: a segment each.
    ///
    /// # Errors
    ///
    /// Another number of hypotheses than there are references.
    ///
    /// # Complexity
    ///
    /// The metric's own for each segment; segments are measured in parallel with the feature
    /// `parallel`, on the current rayon pool.
    pub fn table<H: AsRef<str> + Sync>(&self, hypotheses: &[H]) -> Result<Table> {
        if hypotheses.len() != self.references.len() {
            let transposed = self.streams.is_some_and(|n| n > 1 && n == hypotheses.len());
            return Err(crate::error::Error::length(
                hypotheses.len(),
                self.references.len(),
                transposed,
            ));
        }
        let columns = self.metric.columns();
        let mut rows = vec![0; columns.len() * hypotheses.len()];
        crate::parallel::fill_rows(
            &mut rows,
            columns.len(),
            M::Scratch::default,
            |scratch, i, row| {
                self.metric.measure(hypotheses[i].as_ref(), &self.references[i], scratch, row);
            },
        );
        Table::new(self.signature.clone(), columns, rows)
    }

    /// One system's score.
    ///
    /// # Errors
    ///
    /// Those of [`table`](Prepared::table), and a sum that overflows.
    pub fn corpus<H: AsRef<str> + Sync>(&self, hypotheses: &[H]) -> Result<M::Score> {
        Ok(self.metric.score(&self.table(hypotheses)?.total()?))
    }

    /// Measures one segment, for callers that keep their own rows and scratch.
    ///
    /// # Panics
    ///
    /// When there is no such segment or `row` has another width than the metric's columns.
    pub fn measure(
        &self,
        segment: usize,
        hypothesis: &str,
        scratch: &mut M::Scratch,
        row: &mut [u64],
    ) {
        self.metric.measure(hypothesis, &self.references[segment], scratch, row);
    }
}

/// The metric's signature, with the number of references.
fn signature<M: Metric>(metric: &M, references: &References<'_>) -> Signature {
    let mut signature = metric.signature();
    signature.set("nrefs", references.count().map_or("var".to_owned(), |n| n.to_string()));
    signature
}

/// A table of each system; a segment's references are prepared, serve all systems and are dropped, so that the
/// memory is one segment's beside the rows.
pub(crate) fn tables<M: Metric, H: AsRef<str> + Sync, S: AsRef<[H]> + Sync>(
    metric: &M,
    systems: &[S],
    references: &References<'_>,
) -> Result<Vec<Table>> {
    for system in systems {
        references.check(system.as_ref().len())?;
    }
    if metric.needs_whole_corpus() {
        let prepared = Prepared::new(metric, references)?;
        return systems.iter().map(|system| prepared.table(system.as_ref())).collect();
    }
    let columns = metric.columns();
    let width = columns.len();
    let every = width * systems.len();
    let mut rows = vec![0; every * references.len()];
    let measure = |scratch: &mut M::Scratch, segment: usize, rows: &mut [u64]| {
        let reference = metric
            .prepare(references.segment(segment), scratch)
            .map_err(|error| error.at_segment(segment))?;
        for (system, row) in systems.iter().zip(rows.chunks_exact_mut(width)) {
            metric.measure(system.as_ref()[segment].as_ref(), &reference, scratch, row);
        }
        metric.reclaim(reference, scratch);
        Ok(())
    };
    crate::parallel::try_fill_rows(&mut rows, every.max(1), M::Scratch::default, measure)?;
    let table = |system: usize| {
        let cells =
            rows.chunks_exact(every.max(1)).flat_map(|rows| &rows[system * width..][..width]);
        Table::new(signature(metric, references), columns.clone(), cells.copied().collect())
    };
    (0..systems.len()).map(table).collect()
}
