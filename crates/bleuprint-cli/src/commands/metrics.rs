//! `bleuprint metrics`: which metric to report, and everything that can be asked for by name.

use std::io::{self, Write};
use std::process::ExitCode;

use bleuprint::metrics::guide::{ADVICE, EXPERIMENT, VARIANTS};
use bleuprint::metrics::{Entry, REGISTRY};
use bleuprint::{Metric, tokenize};
use bleuprint_harness::DATA_TOKENIZERS;

use crate::output;

/// Which metric to report, and every metric and tokenizer with a line each
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Also what each metric cannot see, in words and in numbers, its dialects, signature and columns
    #[arg(long)]
    long: bool,
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let mut out = output::stdout();
        write_advice(self.long, &mut out)?;
        if self.long {
            write_experiment(&mut out)?;
        }
        writeln!(out, "\nMetrics (-m NAME, or a signature as in -m 'BLEU|tok:intl'):")?;
        for entry in REGISTRY {
            writeln!(out, "  {:<12} {}", entry.name, entry.summary)?;
            if self.long {
                write_details(entry, &mut out)?;
            }
        }
        writeln!(out, "\nTokenizers of BLEU (-tok NAME):")?;
        for (name, summary) in tokenize::TOKENIZERS.iter().chain(DATA_TOKENIZERS) {
            writeln!(out, "  {name:<12} {summary}")?;
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn write_advice(long: bool, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Which metric should you report?")?;
    for advice in ADVICE {
        writeln!(out, "  {:<48} {}", advice.question, advice.report.join(", "))?;
        if long {
            writeln!(out, "      blind spot: {}", advice.blind)?;
        }
    }
    Ok(())
}

/// A column a variant of the article, a row a metric.
fn write_experiment(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nWhat they say of one article against its reference, when the text is")?;
    let variants = VARIANTS.iter().copied().chain(["a machine translation"]);
    for (number, variant) in variants.enumerate() {
        writeln!(out, "  {}  {variant}", number + 1)?;
    }
    let numbers: String = (1..=VARIANTS.len() + 1).map(|number| format!("{number:>7}")).collect();
    writeln!(out, "\n  {:<12}{numbers}", "")?;
    for (name, scores) in EXPERIMENT {
        let scores: String = scores.iter().map(|score| format!("{score:>7.1}")).collect();
        writeln!(out, "  {name:<12}{scores}")?;
    }
    Ok(())
}

/// The dialects of a metric, its default signature, and the columns of its rows.
fn write_details(entry: &Entry, out: &mut impl Write) -> anyhow::Result<()> {
    for (dialect, line) in entry.dialects() {
        writeln!(out, "  {:<12}   dialect:{dialect} {line}", "")?;
    }
    let metric = bleuprint::metrics::parse(entry.name)?;
    let columns: Vec<_> = metric.columns().into_iter().map(|column| column.name).collect();
    writeln!(out, "  {:<12}   signature: {}", "", metric.signature())?;
    writeln!(out, "  {:<12}   columns: {}", "", columns.join(" "))?;
    Ok(())
}
