//! Sentences, alignment and resegmentation: an article, and a book of 100,000 words. Answers are asserted
//! before they are timed.

use std::hint::black_box;

use bleuprint::article::{Article, Unit, resegment};
use criterion::{Criterion, criterion_group, criterion_main};

const MACHINE: &str = include_str!("../fixtures/articles/de-en-flood/machine.3.txt");
const REFERENCE: &str = include_str!("../fixtures/articles/de-en-flood/reference.a.txt");

/// A book of made words and its translation: each tenth sentence is lost, each seventh word another.
fn book(words: usize) -> (String, Vec<String>) {
    let mut state = 1u64;
    let mut next = move |n: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let (mut text, mut lines, mut count) = (String::new(), Vec::new(), 0);
    while count < words {
        let length = 8 + next(20);
        // Small numbers are frequent words, as in a language.
        let mut word = || format!("w{}", next(20_000) * next(20_000) / 20_000);
        let line: Vec<String> = (0..length).map(|_| word()).collect();
        count += line.len();
        if lines.len() % 10 != 9 {
            for (at, own) in line.iter().enumerate() {
                text.push_str(&if at % 7 == 3 { word() } else { own.clone() });
                text.push_str(if at + 1 < line.len() { " " } else { ". " });
            }
        }
        lines.push(line.join(" ") + ".");
    }
    (text, lines)
}

fn article(criterion: &mut Criterion) {
    let (machine, reference) = (Article::new(MACHINE), Article::new(REFERENCE));
    assert_eq!(machine.align(&reference).missing().len(), 1);
    let mut group = criterion.benchmark_group("article");
    group.bench_function("sentences", |bencher| bencher.iter(|| Article::new(black_box(MACHINE))));
    group.bench_function("align", |bencher| bencher.iter(|| machine.align(black_box(&reference))));

    let (text, lines) = book(100_000);
    let (translation, original) = (Article::new(text.clone()), Article::new(lines.join("\n")));
    let alignment = translation.align(&original);
    assert!(alignment.links().all(|bead| bead.similarity > 0.4));
    assert!(alignment.missing().len().abs_diff(lines.len() / 10) < lines.len() / 50);
    let parts = resegment(&text, &lines, Unit::Word);
    let kept: String = parts.iter().map(|part| &text[part.clone()]).collect();
    assert_eq!(kept.replace(' ', ""), text.replace(' ', ""));
    group.sample_size(10);
    group.bench_function("align a book", |bencher| {
        bencher.iter(|| translation.align(black_box(&original)));
    });
    group.bench_function("resegment a book", |bencher| {
        bencher.iter(|| resegment(black_box(&text), &lines, Unit::Word));
    });
}

criterion_group!(benches, article);
criterion_main!(benches);
