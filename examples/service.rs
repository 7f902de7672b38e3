//! A service's request handler: a batch of translations comes in, scores go out.
//!
//! The metrics are made once and shared by all threads; a request is answered or refused with an error that
//! the caller can act on. Try it:
//!
//! ```text
//! echo '{"hypotheses": ["the cat sat"], "references": [["the cat sat down", "a cat sat"]]}' \
//!     | cargo run --example service
//! ```

use std::io::{self, BufRead, Write};

use bleuprint::{Metric, References, Result, Score, metrics};
use serde::{Deserialize, Serialize};

/// One list of references a segment.
#[derive(Deserialize)]
struct Request {
    hypotheses: Vec<String>,
    references: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct Answer {
    metric: String,
    score: f64,
    segments: Vec<f64>,
}

fn answer<M: Metric>(metric: &M, request: &Request) -> Result<Answer> {
    let references = References::by_segment(&request.references);
    let prepared = metric.prepare_corpus(&references)?;
    let table = prepared.table(&request.hypotheses)?;
    Ok(Answer {
        metric: prepared.signature().to_string(),
        score: metric.score(&table.total()?).value(),
        segments: table.rows().map(|row| metric.score(row).value()).collect(),
    })
}

fn main() -> io::Result<()> {
    let known = ["chrf", "BLEU|eff:yes"].map(metrics::parse);
    let metrics: Vec<_> = known.into_iter().map(|metric| metric.expect("it is known")).collect();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let request: Request = match serde_json::from_str(&line?) {
            Ok(request) => request,
            Err(error) => {
                writeln!(out, "{}", serde_json::json!({ "error": error.to_string() }))?;
                continue;
            }
        };
        let answers: Result<Vec<Answer>> =
            metrics.iter().map(|metric| answer(metric, &request)).collect();
        match answers {
            Ok(answers) => writeln!(out, "{}", serde_json::to_string(&answers)?)?,
            Err(error) => writeln!(out, "{}", serde_json::json!({ "error": error.to_string() }))?,
        }
    }
    Ok(())
}
