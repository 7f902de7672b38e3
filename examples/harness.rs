//! A benchmark harness: many systems on several test sets, references prepared once, one table out.
//!
//! ```text
//! cargo run --release --example harness -- fixtures/articles
//! ```
//!
//! Each folder in the one that is named is a test set: `reference.*.txt`, and a system a `machine.*.txt`.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use bleuprint::{Bleu, Chrf, Metric, References, Ter};

/// The files of a folder whose names begin so, sorted.
fn files(folder: &Path, prefix: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(prefix) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn lines(path: &Path) -> io::Result<Vec<String>> {
    Ok(fs::read_to_string(path)?.lines().map(str::to_owned).collect())
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "fixtures/articles".to_owned());
    let (bleu, chrf, ter) = (Bleu::default(), Chrf::plus_plus(), Ter::default());
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:<20} {:<14} {:>7} {:>8} {:>7}",
        "test set", "system", "BLEU", "chrF2++", "TER"
    )?;
    for set in files(Path::new(&folder), "")?.iter().filter(|path| path.is_dir()) {
        let streams: Vec<Vec<String>> =
            files(set, "reference.")?.iter().map(|path| lines(path)).collect::<io::Result<_>>()?;
        let references = References::by_stream(&streams)?;
        let bleu = bleu.prepare_corpus(&references)?;
        let chrf = chrf.prepare_corpus(&references)?;
        let ter = ter.prepare_corpus(&references)?;
        for system in files(set, "machine.")? {
            let hypotheses = lines(&system)?;
            let (set, system) =
                (set.file_name().unwrap_or_default(), system.file_name().unwrap_or_default());
            write!(out, "{:<20} {:<14}", set.to_string_lossy(), system.to_string_lossy())?;
            // A system whose lines don't line up is no reason to lose the others.
            match bleu.corpus(&hypotheses) {
                Err(error) => writeln!(out, " {error}")?,
                Ok(score) => writeln!(
                    out,
                    " {:>7.2} {:>8.2} {:>7.2}",
                    score.score,
                    chrf.corpus(&hypotheses)?.score,
                    ter.corpus(&hypotheses)?.score
                )?,
            }
        }
    }
    Ok(())
}
