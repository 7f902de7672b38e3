//! `bleuprint article`: two articles whose sentences don't line up, aligned and scored.

mod json;
mod pairs;
mod text;

use std::io::Write;
use std::process::ExitCode;

use bleuprint::article::Alignment;
use bleuprint::diagnose::{Checker, Config, Finding};
use bleuprint::{DynMetric, metrics};
use bleuprint_harness::{Encoding, read_toml};
use bleuprint_report::article;
use clap::ValueEnum;

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
    /// How to print
    #[arg(short, long, default_value = "text")]
    format: Format,
    /// Also a report to look at: one HTML file that needs nothing else
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

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// Everything, with spans in code points
    Json,
    /// For a page or an issue
    Markdown,
    /// A picture: which part of each translation says which part of the reference
    Svg,
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
        let mut out = anstream::AutoStream::auto(std::io::stdout());
        let value = || json::value(&systems, &metrics);
        if let Some(report) = report {
            report.write(
                article::html(&self.title(), self.target.as_deref(), &value()?)?.as_bytes(),
            )?;
        }
        match self.format {
            Format::Json => json::write(&mut out, &value()?)?,
            Format::Markdown => {
                out.write_all(article::markdown(&self.title(), &value()?)?.as_bytes())?;
            }
            Format::Svg => out.write_all(article::svg(&value()?)?.as_bytes())?,
            Format::Text => text::write(&mut out, &systems, &metrics, self.width)?,
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
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
