//! Texts of uncommon size: answers come in time that is linear, or bounded by what the docs state.
//!
//! Small enough for a debug build; a kernel that turns quadratic makes this file take minutes.

mod common;
mod model;

use bleuprint::metrics::{self, REGISTRY};
use bleuprint::{Bleu, Chrf, Metric, Ter};
use common::random::Random;

/// Metrics whose docs state a cost that grows with the product of the lengths.
fn is_linear(name: &str) -> bool {
    ["bleu", "chrf", "ter", "gleu", "nist"].contains(&name)
}

#[test]
fn one_word_of_a_million_characters() {
    let text = "ab".repeat(500_000);
    let row = Chrf::default().segment(&text, &[&text]).expect("it scores");
    assert_eq!(row.score, 100.0);
    assert_eq!(Bleu::default().segment(&text, &[&text]).expect("it scores").sys_len, 1);
    assert_eq!(Ter::default().segment(&text, &["a"]).expect("it scores").num_edits, 1);
}

#[test]
fn marks_and_spaces_without_end() {
    for unit in [".", " ", "&amp;", "<skipped>", "5.", "-\n", "\u{3000}", "。", "e\u{301}"] {
        let text = unit.repeat(60_000);
        for entry in REGISTRY.iter().filter(|entry| is_linear(entry.name)) {
            let metric = metrics::parse(entry.name).expect("it is known");
            let score = metric.segment(&text, &[&text]).expect("it scores");
            assert!(bleuprint::Score::value(&score).is_finite(), "{}", entry.name);
        }
    }
}

#[test]
fn many_distinct_words() {
    let text = |from: usize| {
        (from..from + 200_000).map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
    };
    let (hypothesis, reference) = (text(0), text(50_000));
    let bleu = Bleu::default().segment(&hypothesis, &[&reference]).expect("it scores");
    assert_eq!((bleu.counts[0], bleu.counts[3]), (150_000.0, 149_997.0));
    let both = [reference.as_str(), hypothesis.as_str()];
    let bleu = Bleu::default().segment(&hypothesis, &both).expect("it scores");
    assert_eq!(bleu.counts, bleu.totals);
    // Every word stands too far away to be moved.
    let ter = Ter::default().segment(&hypothesis, &[&reference]).expect("it scores");
    assert_eq!(ter.num_edits, 200_000);
}

#[test]
fn every_character_of_unicode() {
    let text: String = ('\0'..=char::MAX).collect();
    let reversed: String = text.chars().rev().collect();
    let same = Chrf::default().segment(&text, &[&text]).expect("it scores");
    assert_eq!(same.score, 100.0);
    assert!(Chrf::default().segment(&reversed, &[&text]).expect("it scores").score < 20.0);
}

#[test]
fn ter_of_two_unrelated_texts_of_ten_thousand_words() {
    let mut random = Random(11);
    let mut text = |length: usize| -> Vec<String> {
        (0..length).map(|_| common::random::word(random.below(3000))).collect()
    };
    let (hypothesis, reference) = (text(10_000).join(" "), text(10_000).join(" "));
    let ter = Ter::default().segment(&hypothesis, &[&reference]).expect("it scores");
    assert!(ter.num_edits > 8_000 && ter.num_edits <= 10_000, "{}", ter.num_edits);
    // The same shape, small enough for the model.
    let (hypothesis, reference) = (text(300).join(" "), text(280).join(" "));
    let ter = Ter::default().segment(&hypothesis, &[&reference]).expect("it scores");
    let expected = model::ter::row(Default::default(), &hypothesis, &[&reference]);
    assert_eq!(ter.num_edits, expected[0]);
}
