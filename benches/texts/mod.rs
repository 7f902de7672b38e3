//! What the benches share: texts in four scripts and three sizes, and the numbers that sacreBLEU gives for them.

#![allow(dead_code, reason = "each bench uses its own part")]

use bleuprint::{Metric, References, Score};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use serde_json::Value;

/// Directories of `fixtures/articles`, one a script.
pub(crate) const SCRIPTS: [(&str, &str); 4] = [
    ("latin", "en-de-rail"),
    ("cyrillic", "en-ru-observatory"),
    ("han", "en-zh-chips"),
    ("devanagari", "en-hi-school"),
];

pub(crate) const SIZES: [&str; 3] = ["sentence", "article", "corpus"];

/// Hypotheses and references, segment by segment.
pub(crate) struct Texts {
    pub(crate) hypotheses: Vec<String>,
    pub(crate) references: Vec<String>,
}

impl Texts {
    /// A sentence; an article as one segment; an article's segments 64 times over.
    pub(crate) fn new(directory: &str, size: &str) -> Self {
        let (hypotheses, references) =
            (lines(directory, "machine.1"), lines(directory, "reference.a"));
        let sized = |lines: Vec<String>| match size {
            "sentence" => vec![lines[1].clone()],
            "article" => vec![lines.join(" ")],
            _ => lines.iter().cycle().take(64 * lines.len()).cloned().collect(),
        };
        Texts { hypotheses: sized(hypotheses), references: sized(references) }
    }

    pub(crate) fn references(&self) -> References<'_> {
        References::single(&self.references)
    }

    /// The bytes of both sides.
    pub(crate) fn bytes(&self) -> Throughput {
        let texts = self.hypotheses.iter().chain(&self.references);
        Throughput::Bytes(texts.map(|text| text.len() as u64).sum())
    }
}

pub(crate) fn lines(directory: &str, name: &str) -> Vec<String> {
    let path = format!("{}/fixtures/articles/{directory}/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().map(str::to_owned).collect()
}

/// What `benches/expected.py` wrote.
pub(crate) fn expected() -> Value {
    serde_json::from_str(include_str!("../expected.json")).expect("it is JSON")
}

/// One metric over all scripts and sizes: the answer, then the time with references prepared before and not.
pub(crate) fn metric<M: Metric>(
    criterion: &mut Criterion,
    name: &str,
    metric: impl Fn(&str) -> M,
    sizes: &[&str],
) {
    let expected = expected();
    let mut group = criterion.benchmark_group(name);
    for (script, directory) in SCRIPTS {
        let metric = metric(script);
        for size in sizes {
            let texts = Texts::new(directory, size);
            let key = format!("{name}/{script}/{size}");
            let wanted = expected[&key].as_f64().unwrap_or_else(|| panic!("no {key}"));
            both(&mut group, &metric, &texts, &format!("{script}/{size}"), wanted);
        }
    }
    group.finish();
}

fn both<M: Metric>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    metric: &M,
    texts: &Texts,
    name: &str,
    expected: f64,
) {
    let references = texts.references();
    let prepared = metric.prepare_corpus(&references).expect("there are references");
    let one_shot = || metric.corpus(&texts.hypotheses, &references).expect("it scores");
    let with_prepared = || prepared.corpus(&texts.hypotheses).expect("it scores");
    assert_eq!(one_shot().value(), expected, "{name}");
    assert_eq!(with_prepared().value(), expected, "{name}");
    group.throughput(texts.bytes());
    group.bench_function(format!("{name}/one-shot"), |bencher| bencher.iter(one_shot));
    group.bench_function(format!("{name}/prepared"), |bencher| bencher.iter(with_prepared));
}
