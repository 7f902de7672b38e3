//! The Rust side of the comparison: this library and two crates, timed where they run.
//!
//! Reads one JSON request a line and answers with one line. `{"load": {"hypotheses": [..], "references": [..]}}` sets the
//! texts; `{"run": "bleu", "repeat": 3}` answers with the score and the processor seconds of one pass, measured inside,
//! so that neither side pays for the pipe. `{"tokenizer": "spm", "model": FILE}` makes a tokenizer, `{"tokens": true}`
//! answers with the hypotheses' tokens, and `{"run": "tokens"}` counts them.

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::time::Instant;

use bleuprint::distance::Distance;
use bleuprint::text::Tokens;
use bleuprint::tokenize::Tokenize;
use bleuprint::{Bleu, Chrf, Metric, References, Score, Ter, metrics};
use bleuprint_harness::{TokenizerData, tokenizer};
use serde_json::{Value, json};

#[derive(Default)]
struct Texts {
    hypotheses: Vec<String>,
    references: Vec<String>,
    /// The words of both sides, split before any clock runs.
    words: Vec<[Vec<String>; 2]>,
    tokenizer: Option<Arc<dyn Tokenize>>,
}

/// Seconds on the processor: where the system tells, those of this thread, whatever else the machine does.
fn clock(start: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    spent.map_or_else(|| start.elapsed().as_secs_f64(), |nanoseconds| nanoseconds * 1e-9)
}

impl Texts {
    fn corpus<M: Metric>(&self, metric: &M) -> f64 {
        let references = References::single(&self.references);
        metric.corpus(&self.hypotheses, &references).map_or(f64::NAN, |score| score.value())
    }

    /// The sum of a distance over all pairs of characters.
    fn characters(&self, distance: impl Fn(&str, &str) -> usize) -> f64 {
        let pairs = self.hypotheses.iter().zip(&self.references);
        pairs.map(|(a, b)| distance(a, b)).sum::<usize>() as f64
    }

    fn matrix(&self) -> f64 {
        let matrix = Chrf::default().matrix(&self.hypotheses, &self.references);
        matrix.map_or(f64::NAN, |matrix| (0..matrix.rows()).map(|row| matrix.row_mean(row)).sum())
    }

    /// Calls `each` with the tokens of every hypothesis.
    fn tokens(&self, mut each: impl FnMut(&Tokens)) -> Option<()> {
        let tokenizer = self.tokenizer.as_ref()?;
        let mut tokens = Tokens::new();
        for text in &self.hypotheses {
            tokenizer.tokenize(text, &mut tokens);
            each(&tokens);
        }
        Some(())
    }

    fn count(&self) -> Option<f64> {
        let mut count = 0;
        self.tokens(|tokens| count += tokens.len())?;
        Some(count as f64)
    }

    fn run(&self, name: &str) -> Option<f64> {
        let levenshtein = Distance::Levenshtein;
        Some(match name {
            "bleu" => self.corpus(&Bleu::default()),
            "chrf" => self.corpus(&Chrf::default()),
            "chrf++" => self.corpus(&Chrf::plus_plus()),
            "ter" => self.corpus(&Ter::default()),
            "matrix" => self.matrix(),
            "tokens" => return self.count(),
            "characters" => self.characters(|a, b| levenshtein.between(a, b).distance as usize),
            "characters rapidfuzz" => self.characters(|a, b| {
                rapidfuzz::distance::levenshtein::distance(a.chars(), b.chars())
            }),
            "characters strsim" => self.characters(strsim::levenshtein),
            "words" => {
                let distance = |[a, b]: &[Vec<String>; 2]| levenshtein.of(a, b).distance;
                self.words.iter().map(distance).sum()
            }
            other => return self.by_name(other),
        })
    }

    /// `metric NAME`: the score of a corpus. `distance NAME`: the sum over all pairs of characters.
    fn by_name(&self, name: &str) -> Option<f64> {
        match name.split_once(' ')? {
            ("metric", name) => Some(self.corpus(&metrics::parse(name).ok()?)),
            ("distance", name) => {
                let distance: Distance = name.parse().ok()?;
                let pairs = self.hypotheses.iter().zip(&self.references);
                Some(pairs.map(|(a, b)| distance.between(a, b).distance).sum())
            }
            _ => None,
        }
    }
}

fn strings(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten();
    texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

fn main() {
    let mut texts = Texts::default();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let request: Value = serde_json::from_str(&line).unwrap_or_default();
        let answer = if let Some(load) = request.get("load") {
            let (hypotheses, references) =
                (strings(&load["hypotheses"]), strings(&load["references"]));
            let split = |text: &String| text.split_whitespace().map(str::to_owned).collect();
            let pairs = hypotheses.iter().zip(&references);
            let words = pairs.map(|(a, b)| [split(a), split(b)]).collect();
            texts = Texts { hypotheses, references, words, tokenizer: texts.tokenizer };
            json!({ "segments": texts.hypotheses.len() })
        } else if let Some(name) = request["tokenizer"].as_str() {
            let model = request["model"].as_str().map(Into::into);
            let made = tokenizer(name, &TokenizerData { model, ..TokenizerData::default() });
            let error = made.as_ref().err().map(ToString::to_string);
            texts.tokenizer = made.ok();
            json!({ "error": error })
        } else if request.get("tokens").is_some() {
            let mut lines: Vec<Vec<String>> = Vec::new();
            texts.tokens(|tokens| lines.push(tokens.iter().map(str::to_owned).collect()));
            json!({ "tokens": lines })
        } else {
            let repeat = request["repeat"].as_u64().unwrap_or(1).max(1);
            let name = request["run"].as_str().unwrap_or_default();
            let start = Instant::now();
            let before = clock(start);
            let answers: Option<Vec<f64>> = (0..repeat).map(|_| texts.run(name)).collect();
            let seconds = (clock(start) - before) / repeat as f64;
            json!({ "answer": answers.and_then(|all| all.last().copied()), "seconds": seconds })
        };
        println!("{answer}");
        let _ = std::io::stdout().flush();
    }
}
