//! All checks over segments with source and reference, and the attribution of their word errors.
//!
//! The texts are the articles of `fixtures/`; what is found is asserted before it is timed.

use std::hint::black_box;
use std::path::Path;

use bleuprint::diagnose::{Checker, Input};
use bleuprint::{Attribution, Metric, References};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The lines of all articles whose machine translations have the reference's lines.
fn segments() -> Vec<[String; 3]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let Ok(articles) = folder.read_dir() else { return Vec::new() };
    let mut paths: Vec<_> = articles.flatten().map(|article| article.path()).collect();
    paths.sort();
    let read =
        |path: &Path, file: &str| std::fs::read_to_string(path.join(file)).unwrap_or_default();
    let mut segments = Vec::new();
    for path in paths {
        let (source, reference) = (read(&path, "source.txt"), read(&path, "reference.a.txt"));
        for machine in ["machine.1.txt", "machine.2.txt"] {
            let hypothesis = read(&path, machine);
            let lines = hypothesis.lines().zip(reference.lines()).zip(source.lines());
            segments.extend(lines.map(|((h, r), s)| [h.to_owned(), r.to_owned(), s.to_owned()]));
        }
    }
    segments
}

fn checks(criterion: &mut Criterion) {
    let segments = segments();
    let inputs: Vec<Input<'_>> = segments
        .iter()
        .map(|[hypothesis, reference, source]| Input {
            hypothesis,
            reference: Some(reference),
            source: Some(source),
        })
        .collect();
    let checker = Checker::default();
    let all = || -> usize { inputs.iter().map(|input| checker.segment(0, input).len()).sum() };
    assert_eq!(all(), checker.segments(&inputs).len());
    assert!(all() > 100, "faults are planted in these texts");

    let mut group = criterion.benchmark_group("diagnose");
    group.throughput(Throughput::Elements(inputs.len() as u64));
    group.bench_function("all checks, one thread, a segment", |bencher| {
        bencher.iter(|| black_box(all()))
    });

    let hypotheses: Vec<&str> = inputs.iter().map(|input| input.hypothesis).collect();
    let references: Vec<&str> = inputs.iter().filter_map(|input| input.reference).collect();
    let references = References::single(&references);
    let Ok(prepared) = Attribution.prepare_corpus(&references) else { return };
    group.bench_function("attribution, a segment", |bencher| {
        bencher.iter(|| black_box(prepared.table(&hypotheses).map(|table| table.len())));
    });
    group.finish();
}

criterion_group!(benches, checks);
criterion_main!(benches);
