//! The one idea: a metric turns a segment into a row of counts, rows add, a row turns into a score.
//!
//! [`Metric`] is that sentence as a trait. What a metric's author writes is its first half
//! (columns, prepare, measure, score, signature); everything that users meet (corpus and segment
//! scores, tables, matrices, streams) is provided and the same for all metrics. [`DynMetric`] is its
//! object-safe twin: `Box<dyn DynMetric>` is itself a [`Metric`], so code that chooses a metric at run
//! time goes the same way as code that knows it when it is compiled.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::matrix::Matrix;
use crate::prepared::Prepared;
use crate::references::References;
use crate::signature::Signature;
use crate::significance::sacrebleu::SacreBleu;
use crate::stream::Stream;
use crate::table::Table;

/// A cell of a row: what it counts and in which unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Column {
    /// The name, in the field's words: `sys_len`, `ref_len`, `correct_1`.
    pub name: Cow<'static, str>,
    /// How many of the cell's units make one: 1 for counts, the denominator for fractions.
    pub unit: u64,
}

impl Column {
    /// A column of whole counts.
    pub fn count(name: impl Into<Cow<'static, str>>) -> Self {
        Column { name: name.into(), unit: 1 }
    }

    /// A column of fractions, kept as whole multiples of `1 / unit`.
    pub fn fraction(name: impl Into<Cow<'static, str>>, unit: u64) -> Self {
        Column { name: name.into(), unit }
    }
}

/// What a metric says of a row: a number with its parts.
///
/// [`Display`](fmt::Display) prints as sacreBLEU prints a score, with two decimals.
pub trait Score: fmt::Debug + fmt::Display + Send + Sync {
    /// The name that stands before the number: `BLEU`, `chrF2++`, `TER`.
    fn name(&self) -> Cow<'_, str>;

    /// The number, in the unit that the metric's docs state (0 to 100 for most).
    fn value(&self) -> f64;

    /// What sacreBLEU prints behind the number, if anything.
    fn verbose(&self) -> Option<String> {
        None
    }

    /// The line that sacreBLEU prints, with `width` decimals in the main number.
    fn format(&self, width: usize) -> String {
        let line = format!("{} = {:.width$}", self.name(), self.value());
        match self.verbose() {
            Some(verbose) => format!("{line} {verbose}"),
            None => line,
        }
    }
}

impl Score for Box<dyn Score> {
    fn name(&self) -> Cow<'_, str> {
        (**self).name()
    }
    fn value(&self) -> f64 {
        (**self).value()
    }
    fn verbose(&self) -> Option<String> {
        (**self).verbose()
    }
}

/// A measure of translation quality that is computed from sums of counts.
///
/// A metric is an immutable value that threads share; the working memory of a thread is its
/// [`Scratch`](Metric::Scratch). After warm-up, [`measure`](Metric::measure) allocates nothing.
///
/// # The row
///
/// [`measure`](Metric::measure) turns a segment into a row of unsigned integers as wide as
/// [`columns`](Metric::columns). Rows add, and addition of integers doesn't care about order, so a
/// score depends on nothing but configuration and texts: not on threads, chunks or partitions. That
/// is the law that `tests/laws.rs` checks for each metric of the registry.
///
/// # Which method?
///
/// | you have | call |
/// |---|---|
/// | one corpus | [`corpus`](Metric::corpus) |
/// | one segment | [`segment`](Metric::segment) |
/// | many systems, one set of references | [`prepare_corpus`](Metric::prepare_corpus) |
/// | many systems, any consumer of rows | [`tables`](Metric::tables), [`Prepared::table`] |
/// | more text than memory | [`stream`](Metric::stream) |
/// | all pairs of two lists | [`matrix`](Metric::matrix) |
pub trait Metric: fmt::Debug + Send + Sync {
    /// One segment's references, prepared once for many systems.
    type Reference: Send + Sync + 'static;
    /// The typed score.
    type Score: Score + 'static;
    /// A thread's working memory.
    type Scratch: Default + Send + 'static;

    /// The name as it stands before the score.
    fn name(&self) -> Cow<'_, str>;

    /// The row's cells.
    fn columns(&self) -> Vec<Column>;

    /// The pairs that say how the score is made, but for what only a corpus knows (`nrefs`).
    fn signature(&self) -> Signature;

    /// Prepares the references of one segment.
    ///
    /// # Errors
    ///
    /// No references, or more than the metric can take.
    fn prepare(&self, references: &[&str], scratch: &mut Self::Scratch) -> Result<Self::Reference>;

    /// Takes back prepared references that are done with, so that the next are prepared into their memory.
    ///
    /// Nothing but speed depends on it. By default they are dropped; a metric whose references are worth it
    /// keeps their memory in the scratch.
    fn reclaim(&self, _reference: Self::Reference, _scratch: &mut Self::Scratch) {}

    /// Writes one segment's counts to `row`, which is as wide as [`columns`](Metric::columns);
    /// every cell is written.
    fn measure(
        &self,
        hypothesis: &str,
        reference: &Self::Reference,
        scratch: &mut Self::Scratch,
        row: &mut [u64],
    );

    /// The score of a row or of a sum of rows.
    fn score(&self, row: &[u64]) -> Self::Score;

    /// Whether a greater number is a better translation (not so for error rates).
    fn higher_is_better(&self) -> bool {
        true
    }

    /// How sacreBLEU scores inside its significance tests, for the metrics that it has.
    fn sacrebleu(&self) -> Option<&dyn SacreBleu> {
        None
    }

    /// Whether all references must be known before the first segment is measured, so that a corpus can't be
    /// measured in chunks; [`prepare_all`](Metric::prepare_all) is the metric's own then.
    fn needs_whole_corpus(&self) -> bool {
        false
    }

    /// Prepares the references of all segments. A metric whose references need to know each other
    /// (NIST weighs n-grams by their rarity in all references) does it here; for all others each
    /// segment is prepared alone.
    ///
    /// # Errors
    ///
    /// Those of [`prepare`](Metric::prepare), with the segment named.
    fn prepare_all(&self, references: &References<'_>) -> Result<Vec<Self::Reference>> {
        crate::parallel::try_map(references.len(), Self::Scratch::default, |scratch, segment| {
            self.prepare(references.segment(segment), scratch)
                .map_err(|error| error.at_segment(segment))
        })
    }

    /// Prepares a set of references for many systems.
    ///
    /// # Errors
    ///
    /// No segments, or a segment that [`prepare`](Metric::prepare) refuses.
    fn prepare_corpus(&self, references: &References<'_>) -> Result<Prepared<'_, Self>>
    where
        Self: Sized,
    {
        Prepared::new(self, references)
    }

    /// The score of a corpus: its rows added, then scored.
    ///
    /// # Errors
    ///
    /// Unequal lengths, no segments, a segment without references.
    ///
    /// ```
    /// use bleuprint::{Chrf, Metric, References};
    ///
    /// let references = References::single(&["The cat sat on the mat."]);
    /// let score = Chrf::default().corpus(&["The cat sat on a mat."], &references)?;
    /// assert_eq!(score.to_string(), "chrF2 = 65.80");
    /// # Ok::<(), bleuprint::Error>(())
    /// ```
    fn corpus<H: AsRef<str> + Sync>(
        &self,
        hypotheses: &[H],
        references: &References<'_>,
    ) -> Result<Self::Score>
    where
        Self: Sized,
    {
        let tables = self.tables(&[hypotheses], references)?;
        Ok(self.score(&tables[0].total()?))
    }

    /// The rows of many systems on one set of references, a table each.
    ///
    /// The same rows as [`prepare_corpus`](Metric::prepare_corpus) and [`Prepared::table`] give, in less memory:
    /// each segment's references are prepared, serve all systems, and are dropped.
    ///
    /// # Errors
    ///
    /// Those of [`corpus`](Metric::corpus).
    ///
    /// ```
    /// use bleuprint::{Chrf, Metric, References};
    ///
    /// let systems = [["The cat sat on a mat."], ["A cat sat on the mat."]];
    /// let references = References::single(&["The cat sat on the mat."]);
    /// let tables = Chrf::default().tables(&systems, &references)?;
    /// assert_eq!(tables[1], Chrf::default().prepare_corpus(&references)?.table(&systems[1])?);
    /// # Ok::<(), bleuprint::Error>(())
    /// ```
    fn tables<H: AsRef<str> + Sync, S: AsRef<[H]> + Sync>(
        &self,
        systems: &[S],
        references: &References<'_>,
    ) -> Result<Vec<Table>>
    where
        Self: Sized,
    {
        crate::prepared::tables(self, systems, references)
    }

    /// The score of one segment against its references.
    ///
    /// # Errors
    ///
    /// No references.
    fn segment(&self, hypothesis: &str, references: &[&str]) -> Result<Self::Score>
    where
        Self: Sized,
    {
        let mut scratch = Self::Scratch::default();
        let reference = self.prepare(references, &mut scratch)?;
        let mut row = vec![0; self.columns().len()];
        self.measure(hypothesis, &reference, &mut scratch, &mut row);
        Ok(self.score(&row))
    }

    /// A running sum for texts that come one by one; streams merge.
    fn stream(&self) -> Stream<'_, Self>
    where
        Self: Sized,
    {
        Stream::new(self)
    }

    /// The segment score of every hypothesis against every reference: row `h`, column `r`.
    ///
    /// Minimum Bayes risk decoding, deduplication and pictures of distances start here. A metric that
    /// can make a hypothesis' features once for all references overrides it with the same answers.
    ///
    /// # Errors
    ///
    /// None of its own: an empty side gives an empty matrix.
    ///
    /// ```
    /// use bleuprint::{Chrf, Metric};
    ///
    /// let candidates = ["a small house", "a little house", "the mouse"];
    /// let matrix = Chrf::default().matrix(&candidates, &candidates)?;
    /// assert_eq!(matrix.at(0, 0), 100.0);
    /// let consensus = (0..3).max_by(|a, b| matrix.row_mean(*a).total_cmp(&matrix.row_mean(*b)));
    /// assert_eq!(consensus, Some(1));
    /// # Ok::<(), bleuprint::Error>(())
    /// ```
    fn matrix<H: AsRef<str> + Sync, R: AsRef<str> + Sync>(
        &self,
        hypotheses: &[H],
        references: &[R],
    ) -> Result<Matrix>
    where
        Self: Sized,
    {
        Matrix::measure(self, hypotheses, references)
    }
}

/// The object-safe twin of [`Metric`], made for every metric by a blanket implementation.
///
/// Use it as `Box<dyn DynMetric>`, which is a [`Metric`] again: prepared references, tables and
/// streams work as they do for a typed metric, and give the same numbers.
///
/// ```
/// use bleuprint::{DynMetric, Metric, References, metrics};
///
/// let hypotheses = ["the cat sat on the mat"];
/// let references = References::single(&["the cat is on the mat"]);
/// for name in ["bleu", "chrf++", "ter"] {
///     let metric: Box<dyn DynMetric> = metrics::parse(name)?;
///     println!("{}", metric.corpus(&hypotheses, &references)?);
/// }
/// # Ok::<(), bleuprint::Error>(())
/// ```
pub trait DynMetric: fmt::Debug + Send + Sync {
    /// See [`Metric::name`].
    fn dyn_name(&self) -> Cow<'_, str>;
    /// See [`Metric::columns`].
    fn dyn_columns(&self) -> Vec<Column>;
    /// See [`Metric::signature`].
    fn dyn_signature(&self) -> Signature;
    /// See [`Metric::prepare`].
    ///
    /// # Errors
    ///
    /// As there.
    fn dyn_prepare(&self, references: &[&str], scratch: &mut DynScratch) -> Result<DynReference>;
    /// See [`Metric::prepare_all`].
    ///
    /// # Errors
    ///
    /// As there.
    fn dyn_prepare_all(&self, references: &References<'_>) -> Result<Vec<DynReference>>;
    /// See [`Metric::reclaim`].
    fn dyn_reclaim(&self, reference: DynReference, scratch: &mut DynScratch);
    /// See [`Metric::measure`].
    fn dyn_measure(
        &self,
        hypothesis: &str,
        reference: &DynReference,
        scratch: &mut DynScratch,
        row: &mut [u64],
    );
    /// See [`Metric::score`].
    fn dyn_score(&self, row: &[u64]) -> Box<dyn Score>;
    /// See [`Metric::higher_is_better`].
    fn dyn_higher_is_better(&self) -> bool;
    /// See [`Metric::sacrebleu`].
    fn dyn_sacrebleu(&self) -> Option<&dyn SacreBleu>;
    /// See [`Metric::needs_whole_corpus`].
    fn dyn_needs_whole_corpus(&self) -> bool;
    /// See [`Metric::matrix`].
    ///
    /// # Errors
    ///
    /// As there.
    fn dyn_matrix(&self, hypotheses: &[&str], references: &[&str]) -> Result<Matrix>;
}

/// The prepared references of a segment, of a metric chosen at run time.
pub struct DynReference(Box<dyn Any + Send + Sync>);

/// The working memory of a metric chosen at run time; made at its first use.
#[derive(Default)]
pub struct DynScratch(Option<Box<dyn Any + Send>>);

impl DynScratch {
    /// The scratch of this type; one of another type (a scratch lent to another metric) is replaced.
    fn of<T: Default + Send + 'static>(&mut self) -> &mut T {
        if !self.0.as_ref().is_some_and(|scratch| scratch.is::<T>()) {
            self.0 = Some(Box::new(T::default()));
        }
        let scratch = self.0.as_mut().and_then(|scratch| scratch.downcast_mut());
        scratch.unwrap_or_else(|| unreachable!("it was made with this type just now"))
    }
}

impl fmt::Debug for DynReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynReference").finish_non_exhaustive()
    }
}

impl fmt::Debug for DynScratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynScratch").finish_non_exhaustive()
    }
}

impl<M: Metric> DynMetric for M {
    fn dyn_name(&self) -> Cow<'_, str> {
        self.name()
    }

    fn dyn_columns(&self) -> Vec<Column> {
        self.columns()
    }

    fn dyn_signature(&self) -> Signature {
        self.signature()
    }

    fn dyn_prepare(&self, references: &[&str], scratch: &mut DynScratch) -> Result<DynReference> {
        Ok(DynReference(Box::new(self.prepare(references, scratch.of())?)))
    }

    fn dyn_prepare_all(&self, references: &References<'_>) -> Result<Vec<DynReference>> {
        let prepared = self.prepare_all(references)?;
        Ok(prepared.into_iter().map(|reference| DynReference(Box::new(reference))).collect())
    }

    fn dyn_reclaim(&self, reference: DynReference, scratch: &mut DynScratch) {
        if let Ok(reference) = reference.0.downcast() {
            self.reclaim(*reference, scratch.of());
        }
    }

    /// A reference that another metric prepared gives a row of zeros.
    fn dyn_measure(
        &self,
        hypothesis: &str,
        reference: &DynReference,
        scratch: &mut DynScratch,
        row: &mut [u64],
    ) {
        match reference.0.downcast_ref() {
            Some(reference) => self.measure(hypothesis, reference, scratch.of(), row),
            None => row.fill(0),
        }
    }

    fn dyn_score(&self, row: &[u64]) -> Box<dyn Score> {
        Box::new(self.score(row))
    }

    fn dyn_higher_is_better(&self) -> bool {
        self.higher_is_better()
    }

    fn dyn_needs_whole_corpus(&self) -> bool {
        self.needs_whole_corpus()
    }

    fn dyn_sacrebleu(&self) -> Option<&dyn SacreBleu> {
        self.sacrebleu()
    }

    fn dyn_matrix(&self, hypotheses: &[&str], references: &[&str]) -> Result<Matrix> {
        self.matrix(hypotheses, references)
    }
}

impl Metric for Box<dyn DynMetric> {
    type Reference = DynReference;
    type Score = Box<dyn Score>;
    type Scratch = DynScratch;

    fn name(&self) -> Cow<'_, str> {
        (**self).dyn_name()
    }

    fn columns(&self) -> Vec<Column> {
        (**self).dyn_columns()
    }

    fn signature(&self) -> Signature {
        (**self).dyn_signature()
    }

    fn prepare(&self, references: &[&str], scratch: &mut DynScratch) -> Result<DynReference> {
        (**self).dyn_prepare(references, scratch)
    }

    fn prepare_all(&self, references: &References<'_>) -> Result<Vec<DynReference>> {
        (**self).dyn_prepare_all(references)
    }

    fn reclaim(&self, reference: DynReference, scratch: &mut DynScratch) {
        (**self).dyn_reclaim(reference, scratch);
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &DynReference,
        scratch: &mut DynScratch,
        row: &mut [u64],
    ) {
        (**self).dyn_measure(hypothesis, reference, scratch, row);
    }

    fn score(&self, row: &[u64]) -> Box<dyn Score> {
        (**self).dyn_score(row)
    }

    fn higher_is_better(&self) -> bool {
        (**self).dyn_higher_is_better()
    }

    fn needs_whole_corpus(&self) -> bool {
        (**self).dyn_needs_whole_corpus()
    }

    fn sacrebleu(&self) -> Option<&dyn SacreBleu> {
        (**self).dyn_sacrebleu()
    }

    fn matrix<H: AsRef<str> + Sync, R: AsRef<str> + Sync>(
        &self,
        hypotheses: &[H],
        references: &[R],
    ) -> Result<Matrix> {
        let hypotheses: Vec<&str> = hypotheses.iter().map(AsRef::as_ref).collect();
        let references: Vec<&str> = references.iter().map(AsRef::as_ref).collect();
        (**self).dyn_matrix(&hypotheses, &references)
    }
}

/// Adds `row` to `sum`, cell by cell.
pub(crate) fn add(sum: &mut [u64], row: &[u64], columns: &[Column]) -> Result<()> {
    for ((total, cell), column) in sum.iter_mut().zip(row).zip(columns) {
        *total = total.checked_add(*cell).ok_or_else(|| Error::overflow(&column.name))?;
    }
    Ok(())
}
