//! Edit distances, error rates and the metrics made of edits, over the fixture articles.
//!
//! `cargo bench --bench rates`. Each answer is checked before it is timed.

use std::hint::black_box;

use bleuprint::distance::Distance;
use bleuprint::{Metric, References, metrics};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The lines of every English article: a machine's and a reference.
fn pairs() -> (Vec<String>, Vec<String>) {
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles");
    let read = |article: &str, name: &str| {
        let text = std::fs::read_to_string(format!("{articles}/{article}/{name}"));
        text.expect("the fixture is there").lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (mut hypotheses, mut references) = (Vec::new(), Vec::new());
    for article in ["de-en-flood", "ar-en-election", "hi-en-monsoon", "ru-en-harbour"] {
        let (ours, theirs) = (read(article, "machine.1.txt"), read(article, "reference.a.txt"));
        if ours.len() == theirs.len() {
            hypotheses.extend(ours);
            references.extend(theirs);
        }
    }
    (hypotheses, references)
}

fn rates(c: &mut Criterion) {
    let (hypotheses, references) = pairs();
    let references = References::single(&references);
    let mut group = c.benchmark_group("rates");
    group.throughput(Throughput::Elements(hypotheses.len() as u64));
    for name in
        ["wer", "cer", "per", "ped", "cder", "eed", "character", "charcut", "length", "exact"]
    {
        let metric = metrics::parse(name).expect("it is known");
        let prepared = metric.prepare_corpus(&references).expect("there are references");
        let itself: Vec<&str> = references.segments().map(|segment| segment[0]).collect();
        let perfect = prepared.corpus(&itself).expect("the lengths agree");
        assert!(bleuprint::Score::value(&perfect) <= 100.0);
        group.bench_function(name, |b| b.iter(|| prepared.corpus(black_box(&hypotheses))));
    }
}

fn distances(c: &mut Criterion) {
    let (hypotheses, references) = pairs();
    let mut group = c.benchmark_group("distances");
    group.throughput(Throughput::Elements(hypotheses.len() as u64));
    for distance in [Distance::Levenshtein, Distance::Indel, Distance::Osa, Distance::JaroWinkler] {
        for (a, b) in hypotheses.iter().zip(&references) {
            assert_eq!(distance.between(a, a).distance, 0.0);
            assert!(distance.between(a, b).normalized_distance() <= 1.0);
        }
        group.bench_function(distance.to_string(), |bench| {
            bench.iter(|| {
                let pairs = hypotheses.iter().zip(&references);
                pairs.map(|(a, b)| distance.between(black_box(a), b).distance).sum::<f64>()
            });
        });
    }
}

criterion_group!(benches, rates, distances);
criterion_main!(benches);
