//! Segments into sums and tables of rows.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use bleuprint::text::normalize::differs_only_by_form;
use bleuprint::{Metric, References, Signature, Table};
use indicatif::{ProgressBar, ProgressStyle};

use super::corpus::{Chunk, Corpus};
use super::metric::Named;
use super::report::Line;
use crate::output::Log;

/// Segments that are in memory at a time, when nothing needs them all: enough to keep each thread busy, few
/// enough to stay near it.
pub(crate) fn chunk() -> usize {
    256 * rayon::current_num_threads()
}

/// How much of the corpus the consumers of its rows need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub(crate) enum Need {
    /// The sums of rows: constant memory.
    Totals,
    /// Each row.
    Tables,
    /// Each row, and the texts.
    Texts,
}

/// What one metric says of one system.
#[derive(Debug)]
pub(crate) struct Measured {
    /// The signature, with the number of references.
    pub(crate) signature: Signature,
    /// The sum of the rows.
    pub(crate) total: Vec<u64>,
    /// The rows, if they were needed.
    pub(crate) table: Option<Table>,
    cells: Vec<u64>,
}

impl Measured {
    fn empty(named: &Named, references: usize) -> Self {
        let columns = named.metric.columns().len();
        Measured::of_row(named, references, &vec![0; columns])
    }

    /// One row, for one segment.
    pub(crate) fn of_row(named: &Named, references: usize, row: &[u64]) -> Self {
        let signature = signature(named, references);
        Measured { signature, total: row.to_vec(), table: None, cells: Vec::new() }
    }

    /// Adds the rows of a chunk to the sum and, if they are kept, to the table.
    fn add(&mut self, rows: &Table, kept: bool) -> anyhow::Result<()> {
        for ((sum, cell), column) in self.total.iter_mut().zip(rows.total()?).zip(rows.columns()) {
            *sum = sum.checked_add(cell).ok_or_else(|| {
                anyhow::anyhow!("the sum of '{}' does not fit in 64 bits", column.name)
            })?;
        }
        if kept {
            self.cells.extend_from_slice(rows.cells());
        }
        Ok(())
    }

    /// The rows that were kept become the table.
    fn finish(&mut self, named: &Named) -> anyhow::Result<()> {
        let cells = std::mem::take(&mut self.cells);
        self.table = Some(Table::new(self.signature.clone(), named.metric.columns(), cells)?);
        Ok(())
    }

    /// The score, as a line of a report.
    pub(crate) fn line(&self, named: &Named) -> Line {
        let score = named.metric.score(&self.total);
        Line::new(&*score, self.signature.clone())
    }
}

fn signature(named: &Named, references: usize) -> Signature {
    let mut signature = named.metric.signature();
    signature.set("nrefs", references);
    signature
}

/// All systems by all metrics.
#[derive(Debug)]
pub(crate) struct Grid {
    /// For each system, what each metric says.
    pub(crate) measured: Vec<Vec<Measured>>,
    /// The texts, if they were needed.
    pub(crate) texts: Option<Chunk>,
}

/// How many segments are read at a time: all where their texts are needed, or where a metric must know them
/// all before it measures one.
pub(crate) fn limit(metrics: &[Named], need: Need) -> usize {
    let chunks = need < Need::Texts && metrics.iter().all(|named| named.streams);
    if chunks { chunk() } else { usize::MAX }
}

/// Reads the corpus to its end and measures it, in chunks unless `need` says otherwise.
pub(crate) fn measure(
    corpus: &mut Corpus,
    metrics: &[Named],
    need: Need,
    log: Log,
) -> anyhow::Result<Grid> {
    let (systems, references) = (corpus.systems().len(), corpus.references());
    let empty = || metrics.iter().map(|named| Measured::empty(named, references)).collect();
    let mut grid = Grid { measured: (0..systems).map(|_| empty()).collect(), texts: None };
    let (mut doubts, mut progress) = (vec![Doubts::default(); systems], Progress::new());
    while let Some(chunk) = corpus.chunk(limit(metrics, need))? {
        for (at, named) in metrics.iter().enumerate() {
            let tables = tables(named, &chunk)?;
            for (measured, table) in grid.measured.iter_mut().zip(tables) {
                measured[at].add(&table, need >= Need::Tables)?;
            }
        }
        for (system, doubts) in doubts.iter_mut().enumerate() {
            doubts.look(&chunk, system);
        }
        progress.at(corpus.read());
        if need == Need::Texts {
            grid.texts = Some(chunk);
        } else {
            corpus.recycle(chunk);
        }
    }
    if need >= Need::Tables {
        for measured in &mut grid.measured {
            measured.iter_mut().zip(metrics).try_for_each(|(own, named)| own.finish(named))?;
        }
    }
    progress.done();
    for (doubts, name) in doubts.iter().zip(corpus.systems()) {
        doubts.voice(name, metrics, log);
    }
    Ok(grid)
}

/// The rows of every system.
fn tables(named: &Named, chunk: &Chunk) -> anyhow::Result<Vec<Table>> {
    let references = References::by_stream(&chunk.references)?;
    Ok(named.metric.tables(&chunk.systems, &references)?)
}

/// The rows of one system.
pub(crate) fn table(named: &Named, chunk: &Chunk, system: usize) -> anyhow::Result<Table> {
    let references = References::by_stream(&chunk.references)?;
    let mut tables = named.metric.tables(&chunk.systems[system..=system], &references)?;
    Ok(tables.remove(0))
}

/// What makes one doubt that a system's texts are what they should be.
#[derive(Clone, Copy, Debug, Default)]
struct Doubts {
    /// Segments that end in a stop with a space before it.
    tokenized: usize,
    /// Segments that differ from a reference by normalization form alone.
    forms: usize,
}

impl Doubts {
    fn look(&mut self, chunk: &Chunk, system: usize) {
        let texts = &chunk.systems[system];
        self.tokenized += texts.iter().filter(|text| text.ends_with(" .")).count();
        let differs = |(at, text): &(usize, &String)| {
            let mut streams = chunk.references.iter();
            streams.any(|stream| differs_only_by_form(text, &stream[*at]))
        };
        self.forms += texts.iter().enumerate().filter(differs).count();
    }

    fn voice(self, name: &str, metrics: &[Named], log: Log) {
        if self.tokenized >= 100 {
            for _ in metrics.iter().filter(|named| named.minds_tokens) {
                log.warn("That's 100 lines that end in a tokenized period ('.')");
                log.warn("if the texts are tokenized, detokenize them first: scores of tokenized texts are not comparable");
                log.warn("if they are not, or it doesn't matter, --force leaves this warning out");
            }
        }
        let normalized = |named: &Named| named.metric.signature().get("unicode").is_some();
        if self.forms > 0 && !metrics.iter().all(normalized) {
            let (verb, s) = if self.forms == 1 { ("differs", "") } else { ("differ", "s") };
            log.warn(format_args!(
                "{} segment{s} of {name} {verb} from the reference only by Unicode normalization form, \
                 which every metric counts as errors: --normalize nfc compares them as equal",
                self.forms
            ));
        }
    }
}

/// How far the work is, on standard error, if it takes more than a second and somebody can see it.
struct Progress {
    started: Instant,
    shown: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new() -> Self {
        let shown = std::io::stderr().is_terminal();
        Progress { started: Instant::now(), shown, bar: None }
    }

    fn at(&mut self, segments: usize) {
        if !self.shown || self.started.elapsed() < Duration::from_secs(1) {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{spinner} {human_pos} segments ({elapsed})");
            let bar = ProgressBar::new_spinner();
            style.map_or(bar.clone(), |style| bar.with_style(style))
        });
        bar.set_position(segments as u64);
    }

    fn done(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
