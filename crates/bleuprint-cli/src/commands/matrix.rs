//! `bleuprint matrix`: every line of one file against every line of another.

use std::io::Write;
use std::process::ExitCode;

use bleuprint::{Bleu, DynMetric, Matrix, Metric, metrics};
use bleuprint_harness::{Encoding, read_lines};

use crate::output;

/// Scores all pairs of lines: a row a hypothesis, a column a reference
///
/// The segment scores of every hypothesis against every reference, for minimum Bayes risk decoding,
/// deduplication and pictures of distances. The plain name `bleu` has effective order here, as in `score -sl`.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// Hypotheses, one a line, `-` for standard input
    #[arg(value_name = "HYPS")]
    hypotheses: String,
    /// References, one a line; without it, the hypotheses themselves
    #[arg(long, value_name = "FILE")]
    refs: Option<String>,
    /// The metric, by name or signature
    #[arg(short, long, default_value = "chrf", value_name = "METRIC")]
    metric: String,
    /// Only the mean of each row: the expected score that minimum Bayes risk decoding maximises
    #[arg(long)]
    mean: bool,
    /// Decimals
    #[arg(short, long, default_value_t = 1, value_name = "N")]
    width: u16,
    /// The format
    #[arg(short, long, default_value = "text", value_enum)]
    format: Format,
    /// The encoding of the files
    #[arg(short, long, default_value = "utf-8", value_name = "NAME")]
    encoding: String,
}

/// How the matrix is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Tabs between the cells of a row
    Text,
    /// An object with the signature and the rows
    Json,
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let metric: Box<dyn DynMetric> = match self.metric.as_str() {
            "bleu" => Box::new(Bleu::default().effective_order(true)),
            name => metrics::parse(name)?,
        };
        let encoding: Encoding = self.encoding.parse()?;
        let hypotheses = read_lines(&self.hypotheses, encoding)?;
        let references = self.refs.as_ref().map(|file| read_lines(file, encoding)).transpose()?;
        let matrix = metric.matrix(&hypotheses, references.as_ref().unwrap_or(&hypotheses))?;
        let rows: Vec<Vec<String>> = (0..matrix.rows()).map(|row| self.row(&matrix, row)).collect();
        let mut out = output::stdout();
        match self.format {
            Format::Text => rows.iter().try_for_each(|row| writeln!(out, "{}", row.join("\t")))?,
            Format::Json => {
                let mut signature = metric.signature();
                signature.set("nrefs", 1);
                let rows: Vec<String> =
                    rows.iter().map(|row| format!("  [{}]", row.join(", "))).collect();
                let rows = rows.join(",\n");
                writeln!(
                    out,
                    "{{\n \"signature\": \"{signature}\",\n \"rows\": [\n{rows}\n ]\n}}"
                )?;
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The cells of a row as text.
    fn row(&self, matrix: &Matrix, row: usize) -> Vec<String> {
        let number = |score: f64| format!("{score:.*}", usize::from(self.width));
        if self.mean {
            return vec![number(matrix.row_mean(row))];
        }
        matrix.row(row).iter().map(|score| number(*score)).collect()
    }
}
