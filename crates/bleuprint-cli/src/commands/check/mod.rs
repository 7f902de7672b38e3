//! `bleuprint check`: what is wrong with a translation, where, and what was expected.

mod json;
mod places;
mod sarif;
mod summary;
mod text;

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use bleuprint::diagnose::{CHECKS, Checker, Config, Finding, Input, Severity, Silences};
use bleuprint_harness::{Assignment, Encoding, read_lines, read_toml};

use crate::output;

/// Findings at or above `--fail-on`.
const FOUND: u8 = 3;
/// Lines without `--docs` that are taken for one document at most.
const ONE_DOCUMENT: usize = 100_000;

/// Says what is wrong with a translation, where, and what was expected
///
/// Line by line; with a source or a reference more can be said, with both it is surer. Exit code 3 if
/// `--fail-on` is given and something as severe was found.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The translation, a segment a line, `-` for standard input
    #[arg(value_name = "HYP", required_unless_present = "list")]
    hypothesis: Option<String>,
    /// A human translation, line by line
    #[arg(long = "ref", value_name = "FILE")]
    reference: Option<String>,
    /// What was translated, line by line
    #[arg(long = "src", value_name = "FILE")]
    source: Option<String>,
    /// The document of each line; without it all lines are one document
    #[arg(long, value_name = "FILE")]
    docs: Option<String>,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Which checks run, how strictly, and lists (TOML)
    #[arg(long, value_name = "FILE")]
    config: Option<String>,
    /// Rules for findings that are right as they are (TOML)
    #[arg(long, value_name = "FILE")]
    silence: Option<String>,
    /// The language of the translation (ISO 639)
    #[arg(long, value_name = "CODE")]
    target: Option<String>,
    /// Only these checks, separated by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    only: Vec<String>,
    /// Terms with their translations, a tab between them
    #[arg(long, value_name = "FILE")]
    terms: Option<String>,
    /// Words that must not occur, one a line
    #[arg(long, value_name = "FILE")]
    profanity: Option<String>,
    /// Exit with 3 if something as severe was found
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    fail_on: Option<Severity>,
    /// The encoding of the files
    #[arg(short, long, default_value = "utf-8", value_name = "NAME")]
    encoding: String,
    /// List the checks and their thresholds
    #[arg(long)]
    list: bool,
}

/// How findings are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Each finding with an excerpt and a caret, then a summary
    Text,
    /// A JSON object a line
    Json,
    /// Counts by check and by document
    Summary,
    /// SARIF 2.1.0, for code hosts
    Sarif,
}

fn severity(name: &str) -> Result<Severity, String> {
    let found = Severity::ALL.into_iter().find(|severity| severity.name() == name);
    found.ok_or_else(|| "known: minor, major, critical".to_owned())
}

/// What was checked and what was found.
struct Checked {
    hypothesis_file: String,
    reference_file: Option<String>,
    source_file: Option<String>,
    hypotheses: Vec<String>,
    references: Option<Vec<String>>,
    sources: Option<Vec<String>>,
    documents: Option<Assignment>,
    findings: Vec<Finding>,
    /// Findings that a rule silences, with its reason.
    silenced: Vec<(Finding, String)>,
}

impl Checked {
    fn input(&self, segment: usize) -> Input<'_> {
        Input {
            hypothesis: &self.hypotheses[segment],
            reference: self.references.as_ref().map(|lines| lines[segment].as_str()),
            source: self.sources.as_ref().map(|lines| lines[segment].as_str()),
        }
    }

    fn inputs(&self) -> Vec<Input<'_>> {
        (0..self.hypotheses.len()).map(|segment| self.input(segment)).collect()
    }
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let mut out = output::stdout();
        if self.list {
            list(&mut out)?;
            out.flush()?;
            return Ok(ExitCode::SUCCESS);
        }
        let checker = Checker::new(self.settings()?)?;
        let checked = self.check(&checker)?;
        match self.format {
            Format::Text => text::write(&mut out, &checked)?,
            Format::Json => json::write(&mut out, &checked)?,
            Format::Summary => summary::write(&mut out, &checked)?,
            Format::Sarif => sarif::write(&mut out, &checker, &checked)?,
        }
        out.flush()?;
        let worst = checked.findings.iter().map(|finding| finding.severity).max();
        let failed = self.fail_on.is_some_and(|limit| worst.is_some_and(|worst| worst >= limit));
        Ok(if failed { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
    }

    /// The configuration: the file's, and what the command line says.
    fn settings(&self) -> anyhow::Result<Config> {
        let mut config: Config =
            self.config.as_deref().map(read_toml).transpose()?.unwrap_or_default();
        config.target = self.target.clone().or(config.target);
        if !self.only.is_empty() {
            config.only.clone_from(&self.only);
        }
        if let Some(path) = &self.terms {
            config
                .read_terms(&read_lines(path, Encoding::default())?.join("\n"))
                .context(path.clone())?;
        }
        if let Some(path) = &self.profanity {
            config.read_profanity(&read_lines(path, Encoding::default())?.join("\n"));
        }
        Ok(config)
    }

    fn check(&self, checker: &Checker) -> anyhow::Result<Checked> {
        let encoding: Encoding = self.encoding.parse()?;
        let read = |path: &String| read_lines(path, encoding);
        let hypothesis_file = self.hypothesis.clone().unwrap_or_default();
        let mut checked = Checked {
            hypotheses: read(&hypothesis_file)?,
            references: self.reference.as_ref().map(read).transpose()?,
            sources: self.source.as_ref().map(read).transpose()?,
            documents: self.docs.as_deref().map(Assignment::read).transpose()?,
            hypothesis_file,
            reference_file: self.reference.clone(),
            source_file: self.source.clone(),
            findings: Vec::new(),
            silenced: Vec::new(),
        };
        checked.check_lengths()?;
        let findings = self.findings(checker, &checked)?;
        let silences: Silences =
            self.silence.as_deref().map(read_toml).transpose()?.unwrap_or_default();
        silences.validate().with_context(|| self.silence.clone().unwrap_or_default())?;
        for finding in findings {
            match silences.find(&finding, &checked.input(finding.segment)) {
                Some(rule) => checked.silenced.push((finding, rule.reason.clone())),
                None => checked.findings.push(finding),
            }
        }
        Ok(checked)
    }

    fn findings(&self, checker: &Checker, checked: &Checked) -> anyhow::Result<Vec<Finding>> {
        let inputs = checked.inputs();
        Ok(match &checked.documents {
            Some(assignment) => checker.documents(&inputs, &assignment.documents)?,
            None if inputs.len() <= ONE_DOCUMENT => checker.document(&inputs),
            None => {
                output::say(format_args!(
                    "bleuprint: {} lines are no one document: checks of documents need --docs",
                    inputs.len()
                ));
                checker.segments(&inputs)
            }
        })
    }
}

impl Checked {
    fn check_lengths(&self) -> anyhow::Result<()> {
        let sides = [(&self.reference_file, &self.references), (&self.source_file, &self.sources)];
        for (name, lines) in sides {
            let (Some(name), Some(lines)) = (name, lines) else { continue };
            ensure!(
                lines.len() == self.hypotheses.len(),
                "{name} has {} lines, but {} has {}: line {} is missing in the shorter one",
                lines.len(),
                self.hypothesis_file,
                self.hypotheses.len(),
                lines.len().min(self.hypotheses.len()) + 1
            );
        }
        Ok(())
    }
}

/// The checks with what they need and their thresholds.
fn list(out: &mut impl Write) -> std::io::Result<()> {
    for check in CHECKS {
        let severity = check.severity.name();
        writeln!(
            out,
            "{:<20} {severity:<9} {} (needs {})",
            check.name,
            check.summary,
            check.needs.name()
        )?;
        for threshold in check.thresholds {
            writeln!(
                out,
                "{:<30}   {} = {}: {}",
                "", threshold.name, threshold.default, threshold.summary
            )?;
        }
    }
    Ok(())
}
