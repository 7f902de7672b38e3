//! Confidence intervals and paired tests, as sacreBLEU prints them.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::Write;

use anyhow::Context;
use bleuprint::significance::sacrebleu::{Kind, Outcome, PairedTest, SEED, confidence};
use bleuprint::{Metric, Score, Signature, Table};

use super::corpus::Corpus;
use super::measure::{self, Measured, Need};
use super::metric::Named;
use super::options::{Args, Format};
use super::python::{json_string, repr};
use super::report::{self, Confidence, Line, Look};
use super::table::{self, Style};
use crate::output::Log;

/// The seed that `SACREBLEU_SEED` names, and its text.
pub(crate) struct Seed {
    pub(crate) number: u64,
    text: String,
}

impl Seed {
    /// 12345 without the variable; `none` is another number each time.
    pub(crate) fn from_environment() -> anyhow::Result<Self> {
        let text = std::env::var("SACREBLEU_SEED").unwrap_or_else(|_| SEED.to_string());
        let text = text.to_lowercase();
        let number = match text.as_str() {
            "none" => RandomState::new().build_hasher().finish(),
            _ => bleuprint::text::trim(&text).parse().with_context(|| {
                format!("SACREBLEU_SEED is 'none' or a number from 0 to 18446744073709551615, not '{text}'")
            })?,
        };
        Ok(Seed { number, text })
    }

    /// As a paired test's signature has it: `7` for `007`.
    fn plain(&self) -> String {
        if self.text == "none" { self.text.clone() } else { self.number.to_string() }
    }
}

impl Args {
    /// One system's bootstrap interval, if it was asked for; one sample makes none.
    pub(super) fn add_confidence(
        &self,
        measured: &Measured,
        named: &Named,
        line: &mut Line,
    ) -> anyhow::Result<()> {
        let samples = usize::try_from(self.confidence_n).unwrap_or(0);
        let (true, true, Some(table)) = (self.confidence, samples > 1, &measured.table) else {
            return Ok(());
        };
        let seed = Seed::from_environment()?;
        let found = confidence(&named.metric, table, samples, seed.number)?;
        line.confidence = Some(Confidence { mean: found.mean, half_width: found.ci });
        line.signature.set("bs", samples);
        line.signature.set("seed", seed.text);
        Ok(())
    }

    fn paired_test(&self, seed: &Seed) -> PairedTest {
        let (kind, trials) = match self.paired_bs {
            true => (Kind::Bootstrap, self.paired_bs_n),
            false => (Kind::Randomization, self.paired_ar_n),
        };
        let mut test = PairedTest::new(kind);
        if let Ok(trials @ 1..) = usize::try_from(trials) {
            test.trials = trials;
        }
        test.seed = seed.number;
        test.compatible = self.compatible;
        test
    }

    /// Paired tests of all systems against the first.
    pub(super) fn paired(
        &self,
        corpus: &mut Corpus,
        metrics: &[Named],
        out: &mut dyn Write,
        log: Log,
    ) -> anyhow::Result<()> {
        let seed = Seed::from_environment()?;
        let grid = measure::measure(corpus, metrics, Need::Tables, log)?;
        let test = self.paired_test(&seed);
        let threads = usize::try_from(self.paired_jobs).unwrap_or(0);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let mut columns = Vec::new();
        for (at, named) in metrics.iter().enumerate() {
            let tables: Vec<&Table> =
                grid.measured.iter().filter_map(|measured| measured[at].table.as_ref()).collect();
            let mut signature = grid.measured[0][at].signature.clone();
            test.sign(&mut signature);
            signature.set("seed", seed.plain());
            columns.push(Column {
                name: named.metric.score(&grid.measured[0][at].total).name().into_owned(),
                signature,
                outcomes: pool.install(|| test.run(&named.metric, &tables))?,
            });
        }
        let report = Report { systems: corpus.systems(), columns: &columns, look: self.look() };
        if self.format() == Format::Json {
            return Ok(writeln!(out, "{}", report.json())?);
        }
        writeln!(out, "{}\n", report.table(self.format()))?;
        let raw = if self.paired_bs { self.paired_bs_n } else { self.paired_ar_n };
        writeln!(out, "{}", report.explanation(test.kind, raw))?;
        report::write_signatures(&report.signatures(), out)
    }
}

/// One metric's outcomes.
struct Column {
    name: String,
    signature: Signature,
    outcomes: Vec<Outcome>,
}

struct Report<'a> {
    systems: &'a [String],
    columns: &'a [Column],
    look: Look,
}

impl Report<'_> {
    fn json(&self) -> String {
        let number = |value: Option<f64>| value.map_or("null".to_owned(), repr);
        let outcome = |column: &Column, at: usize| {
            let Outcome { score, p_value, mean, ci } = column.outcomes[at];
            let members =
                [("score", Some(score)), ("p_value", p_value), ("mean", mean), ("ci", ci)];
            let members = members.map(|(key, value)| format!("\"{key}\": {}", number(value)));
            let name = json_string(&column.name, true);
            format!("{name}: {{\n            {}\n        }}", members.join(",\n            "))
        };
        let object = |(at, system): (usize, &String)| {
            let mut members = vec![format!("\"system\": {}", json_string(system, true))];
            members.extend(self.columns.iter().map(|column| outcome(column, at)));
            format!("    {{\n        {}\n    }}", members.join(",\n        "))
        };
        let objects: Vec<String> = self.systems.iter().enumerate().map(object).collect();
        format!("[\n{}\n]", objects.join(",\n"))
    }

    /// Whether the first system's row is marked: it has a name of its own.
    fn baseline(&self) -> Option<&str> {
        self.systems.first().filter(|name| name.starts_with("Baseline:")).map(String::as_str)
    }

    fn cell(&self, outcome: &Outcome, first: bool, format: Format) -> String {
        let (width, color) = (self.look.width, self.look.color);
        let mut cell = format!("{:.width$}", outcome.score);
        if let (Some(mean), Some(ci)) = (outcome.mean, outcome.ci) {
            cell += &format!(" ({mean:.width$} ± {ci:.width$})");
        }
        if let Some(p) = outcome.p_value {
            let text = format!("(p = {p:.4})");
            cell.push(if format == Format::Text { '\n' } else { ' ' });
            cell += &if p > 0.05 { Style::Red.paint(&text, color) } else { format!("{text}*") };
        }
        if first && self.baseline().is_some() { Style::Yellow.paint(&cell, color) } else { cell }
    }

    fn table(&self, format: Format) -> String {
        let mut headers = vec![Style::Cyan.paint("System", self.look.color)];
        let mut names = self.systems.to_vec();
        if self.baseline().is_some() {
            names[0] = Style::Yellow.paint(&names[0], self.look.color);
        }
        let mut cells = vec![names];
        for column in self.columns {
            let bootstrap = column.outcomes.iter().any(|outcome| outcome.mean.is_some());
            let name = format!("{}{}", column.name, if bootstrap { " (μ ± 95% CI)" } else { "" });
            headers.push(Style::Cyan.paint(&name, self.look.color));
            let outcomes = column.outcomes.iter().enumerate();
            cells.push(outcomes.map(|(at, outcome)| self.cell(outcome, at == 0, format)).collect());
        }
        table::render(&headers, cells, format, self.look.width, !self.look.plain)
    }

    /// What sacreBLEU says below its table, word for word.
    fn explanation(&self, kind: Kind, trials: i64) -> String {
        let paint = |style: Style, text: &str| style.paint(text, self.look.color);
        let (test, unit, cells) = match kind {
            Kind::Bootstrap => (
                "bootstrap resampling",
                "resampling trials",
                "Actual system score / bootstrap estimated true mean / 95% CI are provided for each metric.",
            ),
            Kind::Randomization => (
                "approximate randomization",
                "trials",
                "Actual system score is provided for each metric.",
            ),
        };
        let title = format!("Paired {test} test with {trials} {unit}");
        let rule = "-".repeat(title.len());
        let name = paint(Style::Yellow, self.baseline().unwrap_or_default());
        let baseline = paint(Style::Yellow, "baseline");
        let null = paint(Style::Green, "Null hypothesis");
        let lower = null.to_lowercase();
        let red = paint(Style::Red, "highlighted in red");
        format!(
            "{rule}\n{title}\n{rule}
 - Each system is pairwise compared to {name}.
   {cells}

 - {null}: the system and the {baseline} translations are essentially
   generated by the same underlying process. For a given system and the {baseline},
   the p-value is roughly the probability of the absolute score difference (delta)
   or higher occurring due to chance, under the assumption that the {lower} is correct.

 - Assuming a significance threshold of 0.05, the {lower} can be rejected
   for p-values < 0.05 (marked with \"*\"). This means that the delta is unlikely to be attributed
   to chance, hence the system is significantly \"different\" than the {baseline}.
   Otherwise, the p-values are {red}.

 - NOTE: Significance does not tell whether a system is \"better\" than the {baseline} but rather
   emphasizes the \"difference\" of the systems in terms of the replicability of the delta.
"
        )
    }

    fn signatures(&self) -> Vec<(&str, String)> {
        let pairs = |column: &Column| {
            let short = self.look.short;
            let whole = if short { column.signature.short() } else { column.signature.to_string() };
            whole.split_once('|').map_or(String::new(), |(_, pairs)| pairs.to_owned())
        };
        self.columns.iter().map(|column| (column.name.as_str(), pairs(column))).collect()
    }
}
