//! `bleuprint article`: two articles whose sentences don't line up, aligned and scored.

mod pairs;
mod value;

use std::io::Write;
use std::process::ExitCode;

use bleuprint::article::Alignment;
use bleuprint::diagnose::{Checker, Config, Finding};
use bleuprint::{DynMetric, metrics};
use bleuprint_harness::{Encoding, read_toml};
use bleuprint_report::Format;
use bleuprint_report::article::{Look, Report};

use crate::destination::{self, Destination};
use pairs::{Pair, Paths};

/// Aligns and scores articles whose sentences don't line up with the reference's
///
/// Aligns the sentences of a translated article with those of a human translation, whatever was merged, split,
/// dropped, repeated or moved; says what is missing and what was added; and scores what was linked and
/// the whole.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Translated articles, one a system; or folders of articles, paired with the references by file name
    #[arg(required = true, value_name = "HYP")]
    hypotheses: Vec<String>,
    /// The human translation, or the folder of them
    #[arg(short, long = "ref", visible_alias = "reference", value_name = "REF")]
    reference: String,
    /// What was translated, or the folder of it: its sentences are shown with what translates them, and the checks
    /// that need a source run
    #[arg(short, long = "src", visible_alias = "source", value_name = "SRC")]
    source: Option<String>,
    /// Metrics by name or signature, with commas between them
    #[arg(
        short,
        long,
        value_delimiter = ',',
        default_value = "bleu,chrf,ter",
        value_name = "NAME"
    )]
    metrics: Vec<String>,
    /// How to print: text, json (everything, with spans in code points), markdown, html or svg (a picture: which part of
    /// each translation says which part of the reference)
    #[arg(short, long, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Also a report: one .html file to look at, or .json, .md, .txt or .svg
    #[arg(short = 'o', long, value_name = "FILE")]
    report: Option<String>,
    /// Columns of the text
    #[arg(long, env = "COLUMNS", default_value_t = 110, value_parser = clap::value_parser!(u16).range(40..))]
    width: u16,
    /// Which checks run, and how strictly (TOML, as for `bleuprint check`)
    #[arg(long, value_name = "FILE")]
    config: Option<String>,
    /// The language of the articles (ISO 639)
    #[arg(long, value_name = "CODE")]
    target: Option<String>,
    /// The encoding of the files
    #[arg(short, long, default_value = "utf-8", value_name = "NAME")]
    encoding: String,
}

/// One system's articles, aligned.
struct System {
    name: String,
    articles: Vec<String>,
    alignments: Vec<Alignment>,
    /// What the checks found in each.
    findings: Vec<Vec<Finding>>,
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let encoding: Encoding = self.encoding.parse()?;
        let report = self.report.as_deref().map(Destination::new).transpose()?;
        let metrics: Vec<Box<dyn DynMetric>> =
            self.metrics.iter().map(|name| metrics::parse(name)).collect::<Result<_, _>>()?;
        let checker = self.checker()?;
        let mut systems = Vec::new();
        for hypothesis in &self.hypotheses {
            let paths =
                Paths { hypothesis, reference: &self.reference, source: self.source.as_deref() };
            let pairs = pairs::read(paths, encoding)?;
            let name = hypothesis.clone();
            let articles = pairs.iter().map(|pair| pair.name.clone()).collect();
            let alignments: Vec<Alignment> = pairs.into_iter().map(Pair::align).collect();
            let findings = alignments.iter().map(|alignment| checker.article(alignment)).collect();
            systems.push(System { name, articles, alignments, findings });
        }
        self.check_sentences(&systems)?;
        let drawn = Report {
            title: self.title(),
            language: self.target.clone(),
            systems: value::systems(&systems, &metrics)?,
        };
        if let Some(report) = report {
            report.write(drawn.render(report.format())?.as_bytes())?;
        }
        let look = Look { width: usize::from(self.width), styled: true, whole: false };
        let printed = match self.format {
            Format::Text => drawn.text(look),
            other => drawn.render(other)?,
        };
        // A terminal shows styles; a file has none.
        let mut out = anstream::AutoStream::auto(std::io::stdout());
        out.write_all(printed.as_bytes())?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }

    /// Nothing at all on both sides is a wrong file rather than an article.
    fn check_sentences(&self, systems: &[System]) -> anyhow::Result<()> {
        for system in systems {
            let mut alignments = system.alignments.iter();
            anyhow::ensure!(
                alignments.any(|alignment| !alignment.beads().is_empty()),
                "no sentences: {} and {} are empty",
                system.name,
                self.reference
            );
        }
        Ok(())
    }

    /// What the report is of.
    fn title(&self) -> String {
        let reference = destination::name(&self.reference);
        match self.hypotheses.as_slice() {
            [one] => format!("{} against {reference}", destination::name(one)),
            all => format!("{} translations against {reference}", all.len()),
        }
    }

    /// The checks, as the file and the command line say.
    fn checker(&self) -> anyhow::Result<Checker> {
        let mut config: Config =
            self.config.as_deref().map(read_toml).transpose()?.unwrap_or_default();
        config.target = self.target.clone().or(config.target);
        Ok(Checker::new(config)?)
    }
}
