//! A running sum over segments that come one by one.

use crate::error::Result;
use crate::metric::{Column, Metric, add};
use crate::signature::Signature;

/// The sum of the rows of the segments pushed so far: constant memory for any corpus, and mergeable,
/// so that threads, processes and machines can each sum a part.
///
/// ```
/// use bleuprint::{Bleu, Metric};
///
/// let bleu = Bleu::default();
/// let (mut first, mut second) = (bleu.stream(), bleu.stream());
/// first.push("the cat sat on the mat", &["the cat sat on a mat"])?;
/// second.push("a dog barked at the moon", &["a dog barked at the moon"])?;
/// first.merge(&second)?;
/// assert_eq!(first.len(), 2);
/// println!("{} = {}", first.signature(), first.score());
/// # Ok::<(), bleuprint::Error>(())
/// ```
#[derive(Debug)]
pub struct Stream<'m, M: Metric> {
    metric: &'m M,
    columns: Vec<Column>,
    sum: Vec<u64>,
    row: Vec<u64>,
    scratch: M::Scratch,
    segments: u64,
    references: Count,
}

/// How many references the segments had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Count {
    None,
    All(usize),
    Varies,
}

impl Count {
    fn and(self, other: Count) -> Count {
        match (self, other) {
            (Count::None, count) | (count, Count::None) => count,
            (Count::All(a), Count::All(b)) if a == b => self,
            _ => Count::Varies,
        }
    }
}

impl<'m, M: Metric> Stream<'m, M> {
    pub(crate) fn new(metric: &'m M) -> Self {
        let columns = metric.columns();
        Stream {
            metric,
            sum: vec![0; columns.len()],
            row: vec![0; columns.len()],
            columns,
            scratch: M::Scratch::default(),
            segments: 0,
            references: Count::None,
        }
    }

    /// Adds a segment; returns its row.
    ///
    /// # Errors
    ///
    /// No references, or a sum that overflows: the segment is not added then.
    pub fn push(&mut self, hypothesis: &str, references: &[&str]) -> Result<&[u64]> {
        let reference = self.metric.prepare(references, &mut self.scratch)?;
        self.metric.measure(hypothesis, &reference, &mut self.scratch, &mut self.row);
        self.metric.reclaim(reference, &mut self.scratch);
        add(&mut self.sum, &self.row, &self.columns)?;
        self.segments += 1;
        self.references = self.references.and(Count::All(references.len()));
        Ok(&self.row)
    }

    /// Adds what another stream of an equal metric has summed.
    ///
    /// # Errors
    ///
    /// A stream of another configuration, or a sum that overflows.
    pub fn merge(&mut self, other: &Stream<'_, M>) -> Result<()> {
        let (own, others) = (self.metric.signature(), other.metric.signature());
        if own != others {
            return Err(crate::error::Error::tables(format!(
                "streams of different metrics don't add: {own} and {others}"
            )));
        }
        add(&mut self.sum, &other.sum, &self.columns)?;
        self.segments += other.segments;
        self.references = self.references.and(other.references);
        Ok(())
    }

    /// The number of segments so far.
    pub fn len(&self) -> u64 {
        self.segments
    }

    /// Whether no segment has been pushed.
    pub fn is_empty(&self) -> bool {
        self.segments == 0
    }

    /// The sum of the rows.
    pub fn total(&self) -> &[u64] {
        &self.sum
    }

    /// The score of what has been pushed so far.
    pub fn score(&self) -> M::Score {
        self.metric.score(&self.sum)
    }

    /// The metric's signature with the number of references seen.
    pub fn signature(&self) -> Signature {
        let mut signature = self.metric.signature();
        match self.references {
            Count::None => {}
            Count::All(n) => signature.set("nrefs", n),
            Count::Varies => signature.set("nrefs", "var"),
        }
        signature
    }
}
