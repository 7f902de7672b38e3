//! Whatever the text, every metric and tokenizer answers: no panic, no NaN, nothing out of bounds.

mod common;

use std::fs;
use std::path::Path;

use bleuprint::text::{Form, Normalization, Tokens};
use bleuprint::tokenize::{self, Tercom, Tokenize};
use bleuprint::{Metric, Normalized, References, Ter, metrics};
use common::random::Random;

/// The lines of the hostile files, invalid bytes replaced: the library only ever sees strings.
fn hostile_lines() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the hostile files are there")
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    files.sort();
    let mut lines = vec![String::new(), " ".repeat(5000), "\u{301}".repeat(300)];
    for file in files {
        let bytes = fs::read(&file).expect("it can be read");
        lines.extend(String::from_utf8_lossy(&bytes).split('\n').map(str::to_owned));
    }
    let mut random = Random(7);
    lines.extend((0..100).map(|_| random.text(40)));
    lines
}

#[test]
fn every_metric_answers() {
    let lines = hostile_lines();
    let mut turned = lines.clone();
    turned.rotate_left(1);
    for entry in metrics::REGISTRY {
        let metric = metrics::parse(entry.name).expect("it is in the registry");
        for (hypothesis, reference) in lines.iter().zip(&turned) {
            for references in [vec![reference.as_str()], vec![reference, "", hypothesis]] {
                let score = metric.segment(hypothesis, &references).expect("it scores").value();
                assert!(score.is_finite(), "{} of {hypothesis:?}: {score}", entry.name);
            }
        }
        let score = metric.corpus(&lines, &References::single(&turned)).expect("it scores").value();
        assert!(score.is_finite(), "{}: {score}", entry.name);
    }
}

#[test]
fn every_token_is_a_span() {
    let mut tokenizers: Vec<Box<dyn Tokenize>> =
        vec![Box::new(Tercom { normalized: true, no_punct: true, ..Tercom::default() })];
    for (name, _) in tokenize::TOKENIZERS {
        let tokenizer = tokenize::by_name(name).expect("it is listed");
        tokenizers.push(Box::new(Named(tokenizer)));
    }
    let mut tokens = Tokens::traced();
    for text in hostile_lines() {
        for tokenizer in &tokenizers {
            tokenizer.tokenize(&text, &mut tokens);
            for token in 0..tokens.len() {
                assert!(!tokens.get(token).is_empty());
                let origin = tokens.origin(token);
                assert!(text.get(origin.clone()).is_some(), "{origin:?} of {text:?}");
            }
        }
    }
}

/// A shared tokenizer in a box.
#[derive(Debug)]
struct Named(std::sync::Arc<dyn Tokenize>);

impl Tokenize for Named {
    fn name(&self) -> &str {
        self.0.name()
    }
    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        self.0.tokenize(text, tokens);
    }
}

#[test]
fn scripts_of_edits_are_spans() {
    let lines = hostile_lines();
    let ter = Ter::default().normalized(true).no_punct(true).asian_support(true);
    for pair in lines.windows(2) {
        let json =
            serde_json::to_string(&ter.alignment(&pair[0], &pair[1])).expect("it is a value");
        assert!(json.starts_with('{'));
    }
}

#[test]
fn normalization_only_normalizes() {
    for form in [None, Some(Form::Nfc), Some(Form::Nfd), Some(Form::Nfkc), Some(Form::Nfkd)] {
        let normalization = Normalization { form, fold: true };
        for line in hostile_lines() {
            let (mut once, mut twice) = (String::new(), String::new());
            normalization.push(&line, &mut once);
            normalization.push(&once, &mut twice);
            assert_eq!(once, twice, "{form:?} of {line:?}");
        }
        let metric = Normalized::new(metrics::parse("chrf++").expect("known"), normalization);
        let lines = hostile_lines();
        assert!(
            metric.corpus(&lines, &References::single(&lines)).expect("it scores").value() > 99.9
        );
    }
}
