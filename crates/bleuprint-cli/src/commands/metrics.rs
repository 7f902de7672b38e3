//! `bleuprint metrics`: everything that can be asked for by name.

use std::io::Write;
use std::process::ExitCode;

use bleuprint::metrics::REGISTRY;
use bleuprint::{Metric, tokenize};
use bleuprint_harness::DATA_TOKENIZERS;

use crate::output;

/// Lists every metric and tokenizer, with a line each
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Also print each metric's default signature and the columns of its rows
    #[arg(long)]
    long: bool,
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let mut out = output::stdout();
        writeln!(out, "Metrics (-m NAME, or a signature as in -m 'BLEU|tok:intl'):")?;
        for entry in REGISTRY {
            writeln!(out, "  {:<12} {}", entry.name, entry.summary)?;
            if self.long {
                let metric = bleuprint::metrics::parse(entry.name)?;
                let columns: Vec<_> =
                    metric.columns().into_iter().map(|column| column.name).collect();
                writeln!(out, "  {:<12}   signature: {}", "", metric.signature())?;
                writeln!(out, "  {:<12}   columns: {}", "", columns.join(" "))?;
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
