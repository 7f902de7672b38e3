//! A job over files larger than memory: read a chunk in lockstep, score it on all cores, forget it.
//!
//! ```text
//! cargo run --release --example streaming -- REFERENCE HYPOTHESIS
//! ```
//!
//! The sum of rows is all that is kept, so memory doesn't grow with the files, and the score is the same to
//! the last bit as that of the whole.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Lines, Write};

use bleuprint::{Bleu, Metric, References};

const CHUNK: usize = 10_000;

fn open(path: Option<String>) -> Result<Lines<BufReader<File>>, Box<dyn Error>> {
    let path = path.ok_or("usage: streaming REFERENCE HYPOTHESIS")?;
    let file = File::open(&path).map_err(|error| format!("{path}: {error}"))?;
    Ok(BufReader::new(file).lines())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut references, mut hypotheses) = (open(arguments.next())?, open(arguments.next())?);
    let bleu = Bleu::default();
    let mut total = vec![0_u64; bleu.columns().len()];
    let mut segments = 0;
    loop {
        let reference: Vec<String> = references.by_ref().take(CHUNK).collect::<io::Result<_>>()?;
        let hypothesis: Vec<String> = hypotheses.by_ref().take(CHUNK).collect::<io::Result<_>>()?;
        if reference.is_empty() && hypothesis.is_empty() {
            break;
        }
        // Unequal lengths are an error here, in the last chunk.
        let prepared = bleu.prepare_corpus(&References::single(&reference))?;
        let chunk = prepared.table(&hypothesis)?.total()?;
        for (sum, cell) in total.iter_mut().zip(chunk) {
            *sum += cell;
        }
        segments += hypothesis.len();
    }
    writeln!(io::stdout(), "{segments} segments: {}", bleu.score(&total))?;
    Ok(())
}
