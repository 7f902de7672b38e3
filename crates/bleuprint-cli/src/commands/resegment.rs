//! `bleuprint resegment`: a stream of words cut to the reference's lines.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;
use bleuprint::Documents;
use bleuprint::article::{Unit, resegment};
use bleuprint_harness::{Encoding, read_lines};
use clap::ValueEnum;

use crate::output;

/// Cuts a stream of words to the lines of the reference
///
/// Prints one line for each line of the reference, so that together they have the smallest edit distance to the
/// reference (Matusov et al. 2005). No character but white space is lost or added.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The translation, its lines however they are; `-` for standard input
    #[arg(default_value = "-", value_name = "HYP")]
    hypothesis: String,
    /// The reference, one segment a line
    #[arg(short, long = "ref", visible_alias = "reference", value_name = "REF")]
    reference: String,
    /// What is matched; `char` for scripts without spaces, such as Chinese and Japanese
    #[arg(short, long, default_value = "word")]
    unit: Name,
    /// The document of each line of the reference (the last column where there are tabs); HYP then has one line for
    /// each document, and nothing is moved from one document to another
    #[arg(short, long, value_name = "FILE")]
    docs: Option<String>,
    /// The encoding of the files
    #[arg(short, long, default_value = "utf-8", value_name = "NAME")]
    encoding: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    Word,
    Char,
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let encoding: Encoding = self.encoding.parse()?;
        let unit = match self.unit {
            Name::Word => Unit::Word,
            Name::Char => Unit::Char,
        };
        let lines = read_lines(&self.hypothesis, encoding)?;
        let reference = read_lines(&self.reference, encoding)?;
        let runs = match &self.docs {
            Some(path) => self.documents(path, &read_lines(path, encoding)?, &lines, &reference)?,
            None => vec![(lines.join(" "), 0..reference.len())],
        };
        let mut out = output::stdout();
        for (text, segments) in runs {
            for span in resegment(&text, &reference[segments], unit) {
                writeln!(out, "{}", &text[span])?;
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The text of each document and the lines of the reference that it is cut to.
    fn documents(
        &self,
        path: &str,
        names: &[String],
        lines: &[String],
        reference: &[String],
    ) -> anyhow::Result<Vec<(String, std::ops::Range<usize>)>> {
        if names.len() != reference.len() {
            bail!(
                "{path} names the document of {} lines, but {} has {}: give one name for each line of the reference",
                names.len(),
                self.reference,
                reference.len()
            );
        }
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<&str> =
            names.iter().map(|name| name.rsplit('\t').next().unwrap_or(name)).collect();
        let starts: Vec<usize> =
            (0..names.len()).filter(|at| *at == 0 || names[*at] != names[at - 1]).collect();
        if Documents::new(&names)?.len() != starts.len() {
            bail!("{path}: the lines of a document must stand together");
        }
        if lines.len() != starts.len() {
            bail!(
                "{} has {} lines but {path} names {} documents: with --docs, give one line for each document",
                self.hypothesis,
                lines.len(),
                starts.len()
            );
        }
        let ends = starts.iter().skip(1).copied().chain([names.len()]);
        Ok(starts
            .iter()
            .zip(ends)
            .zip(lines)
            .map(|((start, end), line)| (line.clone(), *start..end))
            .collect())
    }
}
