//! All pairs of candidates by chrF2 and chrF2++, on one thread.

mod texts;

use bleuprint::{Chrf, Metric};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::json;
use texts::{SCRIPTS, lines};

fn matrix(criterion: &mut Criterion) {
    let expected = texts::expected();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread starts");
    let mut group = criterion.benchmark_group("matrix");
    for (script, directory) in SCRIPTS {
        let candidates = [lines(directory, "machine.1"), lines(directory, "machine.2")].concat();
        for (name, metric) in [("chrf", Chrf::default()), ("chrf++", Chrf::plus_plus())] {
            let matrix = || metric.matrix(&candidates, &candidates).expect("it scores");
            let wanted = &expected[format!("matrix/{name}/{script}")];
            assert_eq!(json!(matrix().row(0)), *wanted, "{name} of {script}");
            group.throughput(Throughput::Elements((candidates.len() * candidates.len()) as u64));
            group.bench_function(format!("{name}/{script}"), |bench| {
                one.install(|| bench.iter(matrix));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, matrix);
criterion_main!(benches);
