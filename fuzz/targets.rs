//! What a fuzzer may do to the library. The functions panic when something is wrong.
//!
//! They are called by cargo-fuzz (`cargo +nightly fuzz run texts`) and, on stable Rust, by `tests/fuzz.rs`, which
//! replays the corpus and mutations of it.

use bleuprint::article::Article;
use bleuprint::diagnose::{Checker, Finding, Input};
use bleuprint::text::Tokens;
use bleuprint::tokenize::{self, Tercom, Tokenize};
use bleuprint::{Metric, Score, Signature, metrics};

/// Two texts, separated by the first NUL: every tokenizer and every metric must answer.
pub(crate) fn texts(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (hypothesis, reference) = text.split_once('\0').unwrap_or((&text, ""));
    let mut tokens = Tokens::traced();
    for (name, _) in tokenize::TOKENIZERS {
        if let Ok(tokenizer) = tokenize::by_name(name) {
            tokens_are_spans(&*tokenizer, hypothesis, &mut tokens);
        }
    }
    for flags in 0..16_u8 {
        let flag = |bit: u8| flags >> bit & 1 == 1;
        let tercom = Tercom {
            normalized: flag(0),
            no_punct: flag(1),
            asian_support: flag(2),
            case_sensitive: flag(3),
        };
        tokens_are_spans(&tercom, hypothesis, &mut tokens);
    }
    for entry in metrics::REGISTRY {
        if let Ok(metric) = metrics::parse(entry.name) {
            let score = metric.segment(hypothesis, &[reference, hypothesis]);
            let score = score.expect("two references are enough for every metric");
            assert!(score.value().is_finite(), "{} is {}", entry.name, score.value());
        }
    }
}

fn tokens_are_spans(tokenizer: &dyn Tokenize, text: &str, tokens: &mut Tokens) {
    tokenizer.tokenize(text, tokens);
    for token in 0..tokens.len() {
        assert!(!tokens.get(token).is_empty(), "{tokenizer:?}");
        assert!(text.get(tokens.origin(token)).is_some(), "{tokenizer:?}");
    }
}

/// A line: it is no signature, or it prints as something that is read as the same; if it names a metric, the
/// metric's own signature names it again.
pub(crate) fn signatures(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(signature) = text.parse::<Signature>() else { return };
    assert_eq!(signature.to_string().parse(), Ok(signature.clone()));
    if let Ok(metric) = metrics::from_signature(&signature) {
        let own = metric.signature();
        let again = metrics::from_signature(&own).expect("a metric reads its own signature");
        assert_eq!(again.signature(), own);
    }
}

/// A hypothesis, a reference and a source, separated by NULs: the findings of their lines and of the articles that
/// they are have spans of the texts.
pub(crate) fn findings(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let texts: Vec<&str> = text.splitn(3, '\0').collect();
    let lines = |side: usize| texts.get(side).map(|text| text.lines().map(Some));
    let [mut references, mut sources] = [lines(1), lines(2)];
    let mut next = |hypothesis| Input {
        hypothesis,
        reference: references.as_mut().and_then(|lines| lines.next()?),
        source: sources.as_mut().and_then(|lines| lines.next()?),
    };
    let checker = Checker::default();
    let inputs: Vec<Input<'_>> = texts[0].lines().map(&mut next).collect();
    for finding in checker.document(&inputs) {
        let input = inputs[finding.segment];
        spans_are_in(&finding, [Some(input.hypothesis), input.reference, input.source]);
    }
    let [hypothesis, reference] =
        [0, 1].map(|side| Article::new(texts.get(side).copied().unwrap_or_default()));
    let mut alignment = hypothesis.align(&reference);
    if let Some(source) = texts.get(2) {
        alignment = alignment.with_source(Article::new(*source));
    }
    for finding in checker.article(&alignment) {
        spans_are_in(&finding, [Some(texts[0]), texts.get(1).copied(), texts.get(2).copied()]);
    }
}

fn spans_are_in(finding: &Finding, texts: [Option<&str>; 3]) {
    let spans = [&finding.hypothesis, &finding.reference, &finding.source];
    for (span, text) in spans.into_iter().zip(texts) {
        let Some(span) = span else { continue };
        let text = text.unwrap_or_default();
        assert!(text.get(span.clone()).is_some(), "{finding:?} in {text:?}");
    }
}
