//! `bleuprint compare`: is the difference real?

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use bleuprint::significance::{Alternative, Comparison, Correction, Pairs, Planning, System, Test};
use bleuprint::{Metric, References, Table, metrics};
use bleuprint_harness::{Assignment, Encoding, read_lines};
use bleuprint_report::{comparison, corpus};
use indicatif::{ProgressBar, ProgressStyle};

use super::score::measure::chunk;
use super::score::significance::Seed;
use crate::destination::Destination;
use crate::output::{self, Log};
use crate::page::{self, Measures};

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Tables for a terminal
    Text,
    /// All numbers
    Json,
    /// Tables for a page or an issue
    Markdown,
    /// Tables for a paper (package booktabs)
    Latex,
    /// Pictures: the intervals of all systems, and a matrix of pairs
    Svg,
}

/// Compares systems: is the difference real, how large is it, and what would it take to see it?
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Which test: randomization unless you know better; exact for at most 24 segments or documents; with --docs whenever \
you know the documents. Environment: SACREBLEU_SEED.")]
pub(crate) struct Args {
    /// Reference files, one a reference of every segment
    #[arg(value_name = "REF", required = true)]
    references: Vec<String>,
    /// System outputs; for --pairs baseline, the first is the baseline
    #[arg(short, long, value_name = "FILE", num_args = 1.., required = true)]
    input: Vec<String>,
    /// Metrics by name or signature (`bleuprint metrics` lists them)
    #[arg(short, long, value_name = "METRIC", num_args = 1.., default_values = ["bleu", "chrf"])]
    metrics: Vec<String>,
    /// The encoding of the files
    #[arg(short, long, default_value = "utf-8", value_name = "NAME")]
    encoding: Encoding,
    /// A line a segment with its document: documents are drawn and swapped as a whole
    #[arg(long, value_name = "FILE")]
    docs: Option<String>,
    /// How many files in a row are runs of one system
    #[arg(long, value_name = "N", default_value_t = 1)]
    runs: usize,

    /// randomization, exact, bootstrap, sign-flip or wilcoxon
    #[arg(long, value_name = "TEST", default_value = "randomization", help_heading = "Test")]
    test: Test,
    /// all, baseline (each with the first) or consecutive
    #[arg(long, value_name = "PAIRS", default_value = "all", help_heading = "Test")]
    pairs: Pairs,
    /// none, holm, benjamini-hochberg or benjamini-yekutieli
    #[arg(long, value_name = "HOW", default_value = "holm", help_heading = "Test")]
    correction: Correction,
    /// Ask whether the second of a pair is better, not whether they differ
    #[arg(long, help_heading = "Test")]
    one_sided: bool,
    /// The level of significance; intervals cover the rest
    #[arg(long, value_name = "P", default_value_t = 0.05, help_heading = "Test")]
    alpha: f64,
    /// Randomization trials
    #[arg(long, value_name = "N", default_value_t = 10_000, help_heading = "Test")]
    trials: u64,
    /// Bootstrap samples
    #[arg(long, value_name = "N", default_value_t = 1000, help_heading = "Test")]
    samples: usize,
    /// The seed of NumPy's random stream [default: SACREBLEU_SEED, or 12345]
    #[arg(long, value_name = "N", help_heading = "Test")]
    seed: Option<u64>,
    /// Stop a test when no further trial could change its decision
    #[arg(long, help_heading = "Test")]
    sequential: bool,
    /// sacreBLEU's p-values to the last bit
    #[arg(long, conflicts_with = "sequential", help_heading = "Test")]
    compatible: bool,
    /// Also what this test set can show with this chance, and how large it would have to be
    #[arg(long, value_name = "CHANCE", num_args = 0..=1, default_missing_value = "0.8", help_heading = "Test")]
    power: Option<f64>,

    /// The format
    #[arg(short, long, value_enum, default_value = "text", help_heading = "Output")]
    format: Format,
    /// Also a report with every segment: one .html file to look at, or .json, .md, .txt or .svg
    #[arg(short = 'o', long, value_name = "FILE", help_heading = "Output")]
    report: Option<String>,
    /// Decimals
    #[arg(short, long, value_name = "N", default_value_t = 2, help_heading = "Output")]
    width: usize,
    /// Say less on standard error
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        ensure!(self.width <= 100, "--width is at most 100 decimals");
        let report = self.report.as_deref().map(Destination::new).transpose()?;
        let texts = Texts::read(&self)?;
        let (comparison, planning) = self.questions()?;
        let (mut comparisons, mut measured) = (Vec::new(), Vec::new());
        for name in &self.metrics {
            let metric = metrics::parse(name)?;
            let systems = texts.measure(&metric, self.runs)?;
            let bar = Bar::new(self.quiet, &metric);
            let compared =
                comparison.run_watched(&metric, &systems, &mut |at, of| bar.at(at, of))?;
            bar.done();
            let plan = |planning: &Planning| {
                let pairs = compared.pairs.iter();
                pairs
                    .map(|pair| {
                        planning.run(&metric, &systems[pair.baseline], &systems[pair.system])
                    })
                    .collect()
            };
            let plans: bleuprint::Result<Vec<_>> = planning.as_ref().map_or(Ok(Vec::new()), plan);
            comparisons.push(comparison::Comparison { plans: plans?, compared });
            measured.extend(report.is_some().then_some((metric, systems)));
        }
        if let Some(report) = report {
            let drawn = self.drawn(&texts, &measured, comparisons.clone())?;
            report.write(drawn.render(report.format())?.as_bytes())?;
        }
        self.say_what_is_odd(&texts, &comparisons);
        let mut out = output::stdout();
        out.write_all(self.rendered(&comparisons)?.as_bytes())?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The report: of a system that was trained several times, the texts of its first run.
    fn drawn<'a, M: Metric>(
        &self,
        texts: &'a Texts,
        measured: &[(M, Vec<System>)],
        comparisons: Vec<comparison::Comparison>,
    ) -> anyhow::Result<corpus::Report<'a>> {
        let first = texts.systems.iter().step_by(self.runs).map(Vec::as_slice);
        let systems = texts.names.iter().cloned().zip(first).collect();
        let measures = measured.iter().map(|(metric, systems)| {
            let tables = systems.iter().filter_map(|system| system.runs.first()).collect();
            Measures { metric, tables, asides: Vec::new() }
        });
        let measures: Vec<Measures<'_, M>> = measures.collect();
        let assignment = self.docs.as_deref().map(Assignment::read).transpose()?;
        let corpus =
            page::corpus(&texts.references, systems, &measures, assignment.as_ref(), self.width)?;
        let title = page::title(&texts.names, &self.references[0]);
        Ok(corpus::Report { title, comparisons, ..corpus })
    }

    fn questions(&self) -> anyhow::Result<(Comparison, Option<Planning>)> {
        let seed = match self.seed {
            Some(seed) => seed,
            None => Seed::from_environment()?.number,
        };
        let alternative = if self.one_sided { Alternative::Better } else { Alternative::Different };
        let mut comparison = Comparison::default()
            .test(self.test)
            .pairs(self.pairs)
            .correction(self.correction)
            .alternative(alternative)
            .alpha(self.alpha)
            .trials(self.trials)
            .samples(self.samples)
            .seed(seed)
            .sequential(self.sequential)
            .compatible(self.compatible);
        let planning = |power: f64| {
            Planning::default().power(power).alpha(self.alpha).alternative(alternative).seed(seed)
        };
        let mut planning = self.power.map(planning);
        if let Some(file) = &self.docs {
            let documents = Assignment::read(file)?.documents;
            planning = planning.map(|planning| planning.documents(documents.clone()));
            comparison = comparison.documents(documents);
        }
        Ok((comparison, planning))
    }

    fn say_what_is_odd(&self, texts: &Texts, comparisons: &[comparison::Comparison]) {
        let log = Log::new(self.quiet);
        for (at, (name, text)) in self.input.iter().zip(&texts.systems).enumerate() {
            if let Some(same) = texts.systems[..at].iter().position(|other| other == text) {
                log.warn(format_args!("{name} and {} are the same text", self.input[same]));
            }
        }
        let constant = |comparison: &&comparison::Comparison| {
            comparison.compared.systems.len() > 1
                && comparison.compared.pairs.iter().all(|pair| pair.tied == 1.0)
        };
        for comparison in comparisons.iter().filter(constant) {
            let metric = &comparison.compared.metric;
            log.warn(format_args!(
                "{metric} is the same for all systems on every segment: it can't tell them apart"
            ));
        }
    }

    fn rendered(&self, comparisons: &[comparison::Comparison]) -> anyhow::Result<String> {
        Ok(match self.format {
            Format::Text => comparison::text(comparisons, self.width),
            Format::Json => comparison::json(comparisons)?,
            Format::Markdown => comparison::markdown(comparisons, self.width),
            Format::Latex => comparison::latex(comparisons, self.width),
            Format::Svg => comparison::svg(comparisons, self.width),
        })
    }
}

/// What the files hold.
struct Texts {
    references: Vec<Vec<String>>,
    systems: Vec<Vec<String>>,
    names: Vec<String>,
}

impl Texts {
    fn read(args: &Args) -> anyhow::Result<Self> {
        let n = args.input.len();
        ensure!(
            args.runs > 0 && n.is_multiple_of(args.runs),
            "--runs {}: {n} files are not a whole number of systems",
            args.runs
        );
        let read = |files: &[String]| -> anyhow::Result<Vec<Vec<String>>> {
            files.iter().map(|file| Ok(read_lines(file, args.encoding)?)).collect()
        };
        let names = args.input.chunks(args.runs).map(|runs| runs[0].clone());
        let texts = Texts {
            references: read(&args.references)?,
            systems: read(&args.input)?,
            names: short_names(names.collect()),
        };
        let length = texts.references[0].len();
        let files = args.references.iter().chain(&args.input);
        for (file, lines) in files.zip(texts.references.iter().chain(&texts.systems)) {
            ensure!(
                lines.len() == length,
                "{file} has {} lines and {} has {length}: line {} of {} is missing",
                lines.len(),
                args.references[0],
                lines.len().min(length) + 1,
                if lines.len() < length { file } else { &args.references[0] }
            );
        }
        ensure!(length > 0, "no segments: {} and the systems are empty", args.references[0]);
        Ok(texts)
    }

    /// A table of each file, in chunks of segments unless the metric needs the whole corpus: so the rows are in
    /// memory once.
    fn tables<M: Metric>(&self, metric: &M) -> bleuprint::Result<Vec<Table>> {
        let length = self.references[0].len();
        let size = if metric.needs_whole_corpus() { length } else { chunk() };
        let mut signature = metric.signature();
        let mut cells = vec![Vec::new(); self.systems.len()];
        for start in (0..length.max(1)).step_by(size.max(1)) {
            let chunk = start..length.min(start + size);
            let streams: Vec<&[String]> = self
                .references
                .iter()
                .map(|texts| texts.get(chunk.clone()).unwrap_or_default())
                .collect();
            let references = References::by_stream(&streams)?;
            let systems: Vec<&[String]> =
                self.systems.iter().map(|texts| &texts[chunk.clone()]).collect();
            for (table, cells) in metric.tables(&systems, &references)?.iter().zip(&mut cells) {
                signature = table.signature().clone();
                cells.extend_from_slice(table.cells());
            }
        }
        cells
            .into_iter()
            .map(|cells| Table::new(signature.clone(), metric.columns(), cells))
            .collect()
    }

    fn measure<M: Metric>(&self, metric: &M, runs: usize) -> anyhow::Result<Vec<System>> {
        let mut tables = self.tables(metric).context(metric.name().into_owned())?.into_iter();
        let system = |name: &String| System::with_runs(name, tables.by_ref().take(runs).collect());
        Ok(self.names.iter().map(system).collect())
    }
}

/// File names without the folder and extension that all share, unless that leaves nothing or two alike.
fn short_names(paths: Vec<String>) -> Vec<String> {
    let stem = |path: &String| {
        let name = std::path::Path::new(path).file_stem();
        name.map_or(path.clone(), |name| name.to_string_lossy().into_owned())
    };
    let short: Vec<String> = paths.iter().map(stem).collect();
    let distinct: std::collections::BTreeSet<&String> = short.iter().collect();
    if distinct.len() == paths.len() && !distinct.contains(&String::new()) { short } else { paths }
}

/// How far the work is, on standard error, if somebody can see it.
struct Bar(Option<ProgressBar>);

impl Bar {
    fn new(quiet: bool, metric: &impl Metric) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Bar(None);
        }
        let style = ProgressStyle::with_template("{msg} {wide_bar} {percent} % ({eta})");
        let bar = ProgressBar::new(0).with_message(metric.name().into_owned());
        Bar(Some(style.map_or(bar.clone(), |style| bar.with_style(style))))
    }

    fn at(&self, done: u64, of: u64) {
        if let Some(bar) = &self.0 {
            bar.set_length(of);
            bar.set_position(done);
        }
    }

    fn done(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}
