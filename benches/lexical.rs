//! NIST, GLEU, RIBES, METEOR, ROUGE and BLEU's dialects on a thousand segments, one thread; answers are asserted first.

use bleuprint::{DynMetric, Metric, References, Score, metrics};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Every metric of this family with its score of [`corpus`].
const SCORES: [(&str, f64); 12] = [
    ("bleu|dialect:nltk", 49.44),
    ("bleu|dialect:hf", 49.44),
    ("gleu", 53.15),
    ("nist", 10.90),
    ("nist|dialect:nltk", 10.90),
    ("ribes", 44.96),
    ("meteor", 42.06),
    ("meteor|dialect:nltk", 71.59),
    ("rouge1", 82.14),
    ("rouge2|stem:porter", 60.60),
    ("rougeL", 44.14),
    ("rougeLsum", 44.14),
];

/// Hypotheses and references of 12 to 37 words: four in ten are frequent words, one in seven is wrong, one in nine is missing.
fn corpus() -> (Vec<String>, Vec<String>) {
    const FREQUENT: [&str; 8] = ["the", "of", "and", "to", "a", "in", "is", "on"];
    const ENDS: [&str; 5] = ["", "s", "ed", "ing", "ation"];
    let mut state = 1_u64;
    let mut below = move |n: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let mut corpus = (Vec::new(), Vec::new());
    for _ in 0..1000 {
        let (mut hypothesis, mut reference) = (Vec::new(), Vec::new());
        for _ in 0..12 + below(26) {
            let rare = format!("w{}{}", below(3000), ENDS[below(5) as usize]);
            let frequent = FREQUENT[below(8) as usize].to_owned();
            let word = if below(10) < 4 { frequent } else { rare };
            match below(9) {
                0 => {}
                1 => hypothesis.push(format!("x{}", below(500))),
                _ => hypothesis.push(word.clone()),
            }
            reference.push(word);
        }
        let middle = hypothesis.len() / 2;
        hypothesis.rotate_left(middle);
        corpus.0.push(hypothesis.join(" "));
        corpus.1.push(reference.join(" "));
    }
    corpus
}

fn lexical(criterion: &mut Criterion) {
    let (hypotheses, references) = corpus();
    let references = References::single(&references);
    let bytes: usize = hypotheses.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("lexical");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    for (name, expected) in SCORES {
        let metric: Box<dyn DynMetric> = metrics::parse(name).expect("it is a metric");
        let score = metric.corpus(&hypotheses, &references).expect("it scores").value();
        assert!((score - expected).abs() < 0.005, "{name} is {score:.2}, not {expected}");
        let mut scratch = Default::default();
        let prepared: Vec<_> = metric.prepare_all(&references).expect("it prepares");
        let mut row = vec![0; metric.columns().len()];
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for (hypothesis, reference) in hypotheses.iter().zip(&prepared) {
                    metric.measure(hypothesis, reference, &mut scratch, &mut row);
                }
                row[0]
            });
        });
    }
    group.finish();
}

criterion_group!(benches, lexical);
criterion_main!(benches);
