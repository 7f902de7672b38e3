//! The table: one row of counts a segment, and what can be asked of it.

use serde::{Deserialize, Serialize};

use crate::documents::Documents;
use crate::error::{Error, Result};
use crate::metric::{Column, Metric, Score, add};
use crate::signature::Signature;

/// One system's counts: a row a segment (or a document, after [`group`](Table::group)).
///
/// Corpus scores, document scores, bootstrap, influence and streams are all sums over a table's rows;
/// a metric turns any such sum into a score. The table knows how it was made, so that two tables
/// are only compared when they belong together, and it travels: it has serde both ways.
///
/// ```
/// use bleuprint::{Bleu, Documents, Metric, References};
///
/// let bleu = Bleu::default().effective_order(true);
/// let references = References::single(&["a b c d e", "f g h i j", "k l m n o"]);
/// let table = bleu.prepare_corpus(&references)?.table(&["a b c d e", "f g x i j", "k l m n p"])?;
///
/// let corpus = bleu.score(&table.total()?);
/// let first = bleu.score(table.row(0));
/// let documents = table.group(&Documents::new(&["one", "two", "two"])?)?;
/// let second_document = bleu.score(documents.row(1));
/// let without_the_second = bleu.score(&table.total_without(1)?);
/// assert!(first.score > corpus.score && without_the_second.score > corpus.score);
/// assert!(second_document.score < corpus.score);
/// # Ok::<(), bleuprint::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Table {
    signature: Signature,
    columns: Vec<Column>,
    rows: Vec<u64>,
}

/// A table as it is read, before its shape is checked.
#[derive(Deserialize)]
struct Parts {
    signature: Signature,
    columns: Vec<Column>,
    rows: Vec<u64>,
}

impl TryFrom<Parts> for Table {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Table::new(parts.signature, parts.columns, parts.rows)
    }
}

impl Table {
    /// A table from its cells, row by row.
    ///
    /// # Errors
    ///
    /// No columns, or another number of cells than whole rows.
    pub fn new(signature: Signature, columns: Vec<Column>, rows: Vec<u64>) -> Result<Self> {
        if columns.is_empty() || !rows.len().is_multiple_of(columns.len()) {
            return Err(Error::tables(format!(
                "{} cells are not a whole number of rows of {} columns",
                rows.len(),
                columns.len()
            )));
        }
        Ok(Table { signature, columns, rows })
    }

    /// How the counts were made.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// What each cell of a row counts.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len() / self.columns.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The counts of one segment.
    ///
    /// # Panics
    ///
    /// When there is no such row, as a slice does.
    pub fn row(&self, segment: usize) -> &[u64] {
        let width = self.columns.len();
        &self.rows[segment * width..(segment + 1) * width]
    }

    /// The rows in order.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, u64> {
        self.rows.chunks_exact(self.columns.len())
    }

    /// All cells, row by row: a matrix for those who want to compute with it themselves.
    pub fn cells(&self) -> &[u64] {
        &self.rows
    }

    /// The sum of all rows.
    ///
    /// # Errors
    ///
    /// A sum that doesn't fit in 64 bits.
    pub fn total(&self) -> Result<Vec<u64>> {
        self.sum(self.rows())
    }

    /// The sum of all rows but one: what the score would be without that segment.
    ///
    /// # Errors
    ///
    /// No such row, or an overflow.
    pub fn total_without(&self, segment: usize) -> Result<Vec<u64>> {
        self.check(segment)?;
        let mut total = self.total()?;
        for (sum, cell) in total.iter_mut().zip(self.row(segment)) {
            *sum -= cell;
        }
        Ok(total)
    }

    /// The sum of chosen rows; one that is chosen twice counts twice.
    ///
    /// # Errors
    ///
    /// No such row, or an overflow.
    pub fn total_of(&self, segments: &[usize]) -> Result<Vec<u64>> {
        segments.iter().try_for_each(|segment| self.check(*segment))?;
        self.sum(segments.iter().map(|segment| self.row(*segment)))
    }

    /// A table of chosen rows, in the order chosen.
    ///
    /// # Errors
    ///
    /// No such row.
    pub fn subset(&self, segments: &[usize]) -> Result<Table> {
        segments.iter().try_for_each(|segment| self.check(*segment))?;
        let rows = segments.iter().flat_map(|segment| self.row(*segment)).copied().collect();
        Ok(Table { signature: self.signature.clone(), columns: self.columns.clone(), rows })
    }

    /// A table with one row a document: the sum of its segments.
    ///
    /// # Errors
    ///
    /// Another number of segments than `documents` has, or an overflow.
    pub fn group(&self, documents: &Documents) -> Result<Table> {
        if documents.segments() != self.len() {
            return Err(Error::tables(format!(
                "{} segments are assigned to documents, but the table has {}",
                documents.segments(),
                self.len()
            )));
        }
        let width = self.columns.len();
        let mut rows = vec![0; width * documents.len()];
        for (row, document) in self.rows().zip(documents.of_segments()) {
            add(&mut rows[document * width..(document + 1) * width], row, &self.columns)?;
        }
        Ok(Table { signature: self.signature.clone(), columns: self.columns.clone(), rows })
    }

    /// What each segment does to the score: the corpus score less the score without the segment.
    /// Positive means that the segment lifts the number.
    ///
    /// # Errors
    ///
    /// An overflow.
    ///
    /// ```
    /// use bleuprint::{Metric, References, Ter};
    ///
    /// let ter = Ter::default();
    /// let references = References::single(&["a b c d", "e f g h"]);
    /// let table = ter.prepare_corpus(&references)?.table(&["a b c d", "e x y z"])?;
    /// // TER is 37.5; without the first segment it would be 75, without the second 0.
    /// assert_eq!(table.influence(&ter)?, [37.5 - 75.0, 37.5]);
    /// # Ok::<(), bleuprint::Error>(())
    /// ```
    pub fn influence<M: Metric>(&self, metric: &M) -> Result<Vec<f64>> {
        let total = self.total()?;
        let whole = metric.score(&total).value();
        let mut without = vec![0; total.len()];
        let influence = |row: &[u64]| {
            for ((rest, sum), cell) in without.iter_mut().zip(&total).zip(row) {
                *rest = sum - cell;
            }
            whole - metric.score(&without).value()
        };
        Ok(self.rows().map(influence).collect())
    }

    /// Checks that `other` counts the same things of the same segments.
    ///
    /// # Errors
    ///
    /// Another signature or another number of rows.
    pub fn check_paired(&self, other: &Table) -> Result<()> {
        if self.signature != other.signature {
            return Err(Error::tables(format!(
                "tables of different metrics can't be compared: {} and {}",
                self.signature, other.signature
            )));
        }
        if self.len() != other.len() {
            return Err(Error::tables(format!(
                "tables of different lengths can't be compared: {} and {} rows",
                self.len(),
                other.len()
            )));
        }
        Ok(())
    }

    fn check(&self, segment: usize) -> Result<()> {
        if segment < self.len() {
            return Ok(());
        }
        Err(Error::tables(format!("no row {segment}: the table has {}", self.len())))
    }

    fn sum<'a>(&self, rows: impl Iterator<Item = &'a [u64]>) -> Result<Vec<u64>> {
        let mut total = vec![0; self.columns.len()];
        for row in rows {
            add(&mut total, row, &self.columns)?;
        }
        Ok(total)
    }
}
