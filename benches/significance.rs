//! Resampling: the answer first, then the time.
//!
//! Tables are made up: as many segments, columns and systems as a WMT test set has.

use bleuprint::significance::sacrebleu::{Kind, PairedTest};
use bleuprint::significance::{Comparison, Pairs, Random, System, Test};
use bleuprint::{Bleu, Metric, Table};
use criterion::{Criterion, criterion_group, criterion_main};

const SEGMENTS: usize = 1000;

fn table(random: &mut Random) -> Table {
    let bleu = Bleu::default();
    let mut cells = Vec::new();
    for _ in 0..SEGMENTS {
        let length = 10 + u64::from(random.below(40));
        cells.extend([length, 10 + u64::from(random.below(40))]);
        let mut correct = length;
        for order in 0..4 {
            correct = correct.saturating_sub(1 + u64::from(random.below(4 + order)));
            cells.push(correct);
        }
        cells.extend((0..4).map(|order| length - order));
    }
    Table::new(bleu.signature(), bleu.columns(), cells).expect("whole rows")
}

fn benches(criterion: &mut Criterion) {
    let mut random = Random::new(1);
    let systems: Vec<System> =
        (0..15).map(|number| System::new(number.to_string(), table(&mut random))).collect();
    let tables: Vec<&Table> = systems.iter().map(|system| &system.runs[0]).collect();
    let bleu = Bleu::default();
    let comparison = Comparison::default().pairs(Pairs::Baseline).samples(1).trials(1000);
    let bootstrap =
        Comparison::default().pairs(Pairs::Baseline).test(Test::Bootstrap).samples(1000);

    // sacreBLEU's way of counting differs in ties alone: on whole counts the p-values are the same.
    let mut test = PairedTest::new(Kind::Randomization);
    test.trials = 1000;
    let theirs = test.run(&bleu, &tables).expect("it runs");
    let ours = comparison.run(&bleu, &systems).expect("it runs");
    for (pair, outcome) in ours.pairs.iter().zip(&theirs[1..]) {
        assert!((pair.p - outcome.p_value.expect("it was tested")).abs() < 1.5 / 1001.0);
    }

    let mut group = criterion.benchmark_group("significance/bleu/15x1000");
    group.sample_size(10);
    group.bench_function("randomization-1000", |bencher| {
        bencher.iter(|| comparison.run(&bleu, &systems).expect("it runs"));
    });
    group.bench_function("bootstrap-1000", |bencher| {
        bencher.iter(|| bootstrap.run(&bleu, &systems).expect("it runs"));
    });
    test.kind = Kind::Bootstrap;
    group.bench_function("sacrebleu-bootstrap-1000", |bencher| {
        bencher.iter(|| test.run(&bleu, &tables).expect("it runs"));
    });
    group.bench_function("stream-million", |bencher| {
        bencher.iter(|| {
            let mut random = Random::new(12345);
            (0..1_000_000).map(|_| u64::from(random.below(998))).sum::<u64>()
        });
    });
    group.finish();
}

criterion_group!(significance, benches);
criterion_main!(significance);
