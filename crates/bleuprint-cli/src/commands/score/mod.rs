//! `bleuprint score`: scores, as sacreBLEU's command prints them.
//!
//! | file | idea |
//! |---|---|
//! | `options` | what can be asked |
//! | `corpus` | files into segments, in step |
//! | `metric` | names and options into metrics |
//! | `measure` | segments into sums and tables of rows |
//! | `documents` | rows by document and domain, and the segments that weigh most |
//! | `report` | one system's scores as text and JSON |
//! | `table` | many systems' scores as a table |
//! | `significance` | confidence intervals and paired tests |
//! | `testset` | sacreBLEU's cache of test sets |
//! | `drawn` | the page and the picture |
//! | `python` | numbers and strings as Python prints them |

mod corpus;
mod documents;
mod drawn;
pub(crate) mod measure;
mod metric;
mod options;
mod python;
mod report;
pub(crate) mod significance;
mod table;
mod testset;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::bail;

use self::corpus::Corpus;
use self::measure::{Measured, Need};
use self::metric::Named;
pub(crate) use self::options::Args;
use self::options::Format;
use crate::destination::Destination;
use crate::output::{self, Failure, Log};

/// Output beyond this many bytes is not held back until all input has been read and found in order.
const HELD: usize = 1 << 26;

type Out<'a> = &'a mut dyn Write;

impl Args {
    pub(crate) fn run(mut self) -> anyhow::Result<ExitCode> {
        self.take_environment();
        let log = Log::new(self.quiet);
        let mut out = output::stdout();
        let done = self.work(&mut out, log).and_then(|()| Ok(out.flush()?));
        match done {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(error) if output::is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
            Err(error) => {
                // What was written before the error stands, as far as anyone still reads it.
                let _ = out.flush();
                log.error(format_args!("{error:#}"));
                Ok(ExitCode::from(Failure::code(&error)))
            }
        }
    }

    /// The checks in sacreBLEU's order, then the work.
    fn work(&self, out: Out<'_>, log: Log) -> anyhow::Result<()> {
        if let Some(set) = &self.download {
            bail!(testset::how_to_get(set, self.language_pair.as_deref()));
        }
        if self.list {
            return testset::list(self.test_set.as_deref(), self.language_pair.as_deref(), out);
        }
        if self.sentence_level && self.metrics.len() > 1 {
            bail!("one metric at a time with --sentence-level, not {}", self.metrics.len());
        }
        if self.citation {
            return self.cite(out, log);
        }
        self.check_references()?;
        if let (Some(fields), Some(set), Some(pair)) =
            (&self.echo, &self.test_set, &self.language_pair)
        {
            return testset::echo(set, pair, fields, self.filter(), out);
        }
        let report = self.report.as_deref().map(Destination::new).transpose()?;
        let target = self.target_language()?;
        if self.test_set.is_some() && self.tokenize.as_deref() == Some("none") {
            log.warn("without BLEU's own tokenizer the numbers are not those that others publish");
        }
        let mut corpus = self.corpus(log)?;
        if corpus.systems().is_empty() {
            return self.nobody(&mut corpus, out, log);
        }
        let prepared = self
            .check_modes(&corpus)
            .and_then(|()| self.keep(&mut corpus))
            .and_then(|()| self.named_metrics(target.as_deref(), log));
        let metrics = match prepared {
            Ok(metrics) => metrics,
            // sacreBLEU reads everything first, and what is wrong with the input comes first.
            Err(error) => return Err(corpus.drain().err().unwrap_or(error)),
        };
        if self.sentence_level {
            return self.sentences(&mut corpus, &metrics, out);
        }
        match corpus.systems().len() {
            1 => self.single(&mut corpus, metrics, report.as_ref(), out, log),
            _ => self.several(&mut corpus, metrics, report.as_ref(), out, log),
        }
    }

    /// `-i` without files: no systems, and an empty array of them.
    fn nobody(&self, corpus: &mut Corpus, out: Out<'_>, log: Log) -> anyhow::Result<()> {
        corpus.drain()?;
        self.keep(corpus)?;
        let array = self.format() == Format::Json && !self.sentence_level;
        anyhow::ensure!(array, "no systems: -i has no files");
        log.notice("Found 0 systems.");
        Ok(writeln!(out, "[]")?)
    }

    /// One line a segment.
    fn sentences(
        &self,
        corpus: &mut Corpus,
        metrics: &[Named],
        out: Out<'_>,
    ) -> anyhow::Result<()> {
        let (named, references) = (&metrics[0], corpus.references());
        let mut held = Some(Vec::new());
        while let Some(chunk) = corpus.chunk(measure::limit(metrics, Need::Totals))? {
            let table = measure::table(named, &chunk, 0)?;
            let mut to: Box<dyn Write + '_> = match &mut held {
                Some(held) => Box::new(held),
                None => Box::new(&mut *out),
            };
            for row in table.rows() {
                let measured = Measured::of_row(named, references, row);
                writeln!(to, "{}", measured.line(named).text(self.look()))?;
            }
            drop(to);
            if let Some(lines) = held.take_if(|lines| lines.len() > HELD) {
                out.write_all(&lines)?;
            }
        }
        out.write_all(&held.unwrap_or_default())?;
        Ok(())
    }

    /// One system: a score line or object for each metric.
    fn single(
        &self,
        corpus: &mut Corpus,
        metrics: Vec<Named>,
        report: Option<&Destination>,
        out: Out<'_>,
        log: Log,
    ) -> anyhow::Result<()> {
        let grid = measure::measure(corpus, &metrics, self.need(), log)?;
        let mut lines = Vec::new();
        for at in sorted(&metrics) {
            let mut line = grid.measured[0][at].line(&metrics[at]);
            self.add_confidence(&grid.measured[0][at], &metrics[at], &mut line)?;
            if let Some(texts) = &grid.texts {
                documents::add(self, &metrics[at], &grid.measured[0][at], texts, &mut line)?;
            }
            lines.push(line);
        }
        let asides: Vec<Vec<String>> =
            lines.iter().map(|line| vec![line.aside(self.look())]).collect();
        if self.draw(corpus, &metrics, &grid, asides, report, out)? {
            return Ok(());
        }
        report::single(&lines, self.look(), self.format(), out)?;
        if self.detail {
            self.subsets(&grid.measured[0], &metrics, out)?;
        }
        Ok(())
    }

    /// Several systems: a table, or an array of objects.
    fn several(
        &self,
        corpus: &mut Corpus,
        metrics: Vec<Named>,
        report: Option<&Destination>,
        out: Out<'_>,
        log: Log,
    ) -> anyhow::Result<()> {
        let systems = corpus.systems().to_vec();
        log.notice(format_args!("Found {} systems.", systems.len()));
        if self.paired_ar || self.paired_bs {
            return self.paired(corpus, &metrics, out, log);
        }
        let grid = measure::measure(corpus, &metrics, self.need(), log)?;
        if self.draw(corpus, &metrics, &grid, Vec::new(), report, out)? {
            return Ok(());
        }
        let order = sorted(&metrics);
        let mut columns = Vec::new();
        for at in &order {
            let mut lines = Vec::new();
            for measured in &grid.measured {
                lines.push(measured[*at].line(&metrics[*at]));
            }
            columns.push(lines);
        }
        report::several(&systems, &columns, self.look(), self.format(), out)
    }

    /// Scores by original language and domain.
    fn subsets(
        &self,
        measured: &[Measured],
        metrics: &[Named],
        out: Out<'_>,
    ) -> anyhow::Result<()> {
        match (&self.test_set, &self.language_pair) {
            (Some(set), Some(pair)) => {
                testset::subsets(set, pair, self.filter(), measured, metrics, self.look(), out)
            }
            _ => Ok(writeln!(
                out,
                "No subset information found. Consider using --origlang argument."
            )?),
        }
    }

    fn cite(&self, out: Out<'_>, log: Log) -> anyhow::Result<()> {
        let Some(set) = &self.test_set else {
            bail!("--citation needs a test set (-t)");
        };
        testset::check_known(set)?;
        log.notice(format_args!(
            "bleuprint does not carry the citation of {set}: cite it as its authors ask, and the \
             signature's paper, which follows"
        ));
        Ok(writeln!(out, "{}", testset::CITATION)?)
    }

    /// What the consumers of rows need of the pass over the corpus.
    fn need(&self) -> Need {
        if self.docs.is_some() || self.influence.is_some() || self.draws() {
            Need::Texts
        } else if self.confidence || self.detail {
            Need::Tables
        } else {
            Need::Totals
        }
    }

    fn look(&self) -> report::Look {
        report::Look {
            width: usize::try_from(self.width).unwrap_or(0),
            short: self.short,
            score_only: self.score_only,
            color: !self.plain() && io::stdout().is_terminal(),
            plain: self.plain(),
        }
    }

    fn plain(&self) -> bool {
        self.no_color || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
    }

    fn format(&self) -> Format {
        if self.detail && self.format == Format::Json { Format::Text } else { self.format }
    }
}

/// The metrics in the order that sacreBLEU prints them in: by name.
fn sorted(metrics: &[Named]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..metrics.len()).collect();
    order.sort_by(|a, b| metrics[*a].key.cmp(&metrics[*b].key));
    order
}
