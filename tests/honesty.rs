//! Tests of the tests: what significance promises, held against simulated systems of which the truth is known.
//!
//! Everything is drawn from fixed seeds, so the numbers are the same at each run; the bounds are those of chance.

use bleuprint::significance::{
    Alternative, Comparison, Correction, Pairs, Planning, Random, System, Test,
};
use bleuprint::{Documents, Metric, Table, Ter};

const WORDS: u64 = 1000;

/// Rows of a system: errors by segment, of a thousand words each.
fn table(errors: impl Iterator<Item = u64>) -> Table {
    let (ter, columns) = (Ter::default(), Ter::default().columns());
    let unit = columns[1].unit;
    let cells = errors.flat_map(|errors| [errors, WORDS * unit]).collect();
    Table::new(ter.signature(), columns, cells).expect("whole rows")
}

fn system(name: &str, errors: Vec<u64>) -> System {
    System::new(name, table(errors.into_iter()))
}

/// Two equally good systems on `n` segments: each has its own errors, and segments are hard or easy for both.
fn equals(random: &mut Random, n: usize) -> [System; 2] {
    let hardness: Vec<u32> = (0..n).map(|_| random.below(500_000)).collect();
    ["a", "b"].map(|name| {
        let errors = hardness.iter().map(|hard| u64::from(hard + random.below(300_000)));
        system(name, errors.collect())
    })
}

/// The greatest distance between the distribution of p-values and what is uniform on the values that they can have.
fn kolmogorov(mut p: Vec<f64>) -> f64 {
    p.sort_by(f64::total_cmp);
    let n = p.len() as f64;
    let ends = p.iter().enumerate().filter(|(at, value)| p.get(at + 1) != Some(value));
    ends.map(|(at, value)| ((at + 1) as f64 / n - value).abs()).fold(0.0, f64::max)
}

fn p_values(test: Test, segments: usize, side: Alternative) -> Vec<f64> {
    let comparison = Comparison::default().test(test).trials(99).alternative(side);
    let comparison =
        comparison.pairs(Pairs::Baseline).samples(if test == Test::Bootstrap { 99 } else { 1 });
    (0..2000)
        .map(|seed| {
            let systems = equals(&mut Random::new(seed), segments);
            let comparison = comparison.clone().seed(seed + 1_000_000);
            comparison.run(&Ter::default(), &systems).expect("it runs").pairs[0].p
        })
        .collect()
}

#[test]
fn p_is_uniform_when_systems_are_equal() {
    // The 1 % bound of Kolmogorov and Smirnov for 2,000 values.
    let bound = 1.63 / 2000_f64.sqrt();
    for (test, segments) in
        [(Test::Randomization, 25), (Test::SignFlip, 25), (Test::Wilcoxon, 25), (Test::Exact, 9)]
    {
        for side in [Alternative::Different, Alternative::Better] {
            let distance = kolmogorov(p_values(test, segments, side));
            assert!(distance < bound, "{test} {side}: {distance} of {bound}");
        }
    }
    // The bootstrap is only right in the limit.
    let distance = kolmogorov(p_values(Test::Bootstrap, 60, Alternative::Different));
    assert!(distance < 2.0 * bound, "bootstrap: {distance}");
}

#[test]
fn intervals_cover_what_they_promise() {
    // The second system makes 50,000 errors more a segment: 5,000 points of TER.
    let (mut percentile, mut bca, runs) = (0, 0, 600);
    for seed in 0..runs {
        let mut random = Random::new(seed);
        let [a, b] = equals(&mut random, 60);
        let worse = b.runs[0].rows().map(|row| row[0] + 50_000);
        let systems = [a, System::new("b", table(worse))];
        let comparison = Comparison::default().test(Test::Wilcoxon).samples(400).seed(seed);
        let compared = comparison.run(&Ter::default(), &systems).expect("it runs");
        let difference = compared.pairs[0].difference;
        percentile += usize::from(difference.percentile.contains(5000.0));
        bca += usize::from(difference.bca.contains(5000.0));
    }
    for (name, covered) in [("percentile", percentile), ("BCa", bca)] {
        let share = covered as f64 / runs as f64;
        assert!((0.92..0.98).contains(&share), "{name}: {share}");
    }
}

#[test]
fn corrections_keep_their_promises() {
    let (runs, n) = (300, 20);
    let mut any = [0; 4];
    for seed in 0..runs {
        let mut random = Random::new(seed);
        let hardness: Vec<u32> = (0..n).map(|_| random.below(500_000)).collect();
        let systems: Vec<System> = (0..5)
            .map(|number| {
                let errors = hardness.iter().map(|hard| u64::from(hard + random.below(300_000)));
                system(&number.to_string(), errors.collect())
            })
            .collect();
        let compared =
            Comparison::default().test(Test::Wilcoxon).samples(1).run(&Ter::default(), &systems);
        let p: Vec<f64> = compared.expect("it runs").pairs.iter().map(|pair| pair.p).collect();
        for (correction, any) in [
            Correction::None,
            Correction::Holm,
            Correction::BenjaminiHochberg,
            Correction::BenjaminiYekutieli,
        ]
        .into_iter()
        .zip(&mut any)
        {
            *any += usize::from(correction.adjust(&p).iter().any(|p| *p <= 0.05));
        }
    }
    let share = any.map(|any| f64::from(any as u32) / runs as f64);
    let error = 3.0 * (0.05 * 0.95 / runs as f64).sqrt();
    assert!(share[0] > 0.15, "ten tests without correction: {share:?}");
    assert!(share[1..].iter().all(|share| *share < 0.05 + error), "{share:?}");
}

/// Two equal systems on documents whose sentences go up and down together.
fn by_document(random: &mut Random, documents: usize, each: usize) -> ([System; 2], Documents) {
    let names: Vec<String> = (0..documents * each).map(|at| (at / each).to_string()).collect();
    let systems = ["a", "b"].map(|name| {
        let errors = (0..documents).flat_map(|_| {
            let topic = random.below(400_000);
            (0..each).map(|_| u64::from(topic + random.below(100_000))).collect::<Vec<_>>()
        });
        system(name, errors.collect())
    });
    (systems, Documents::new(&names).expect("there are segments"))
}

#[test]
fn sentences_of_an_article_are_not_independent() {
    let (runs, mut by_segment, mut as_documents) = (200, 0, 0);
    for seed in 0..runs {
        let (systems, documents) = by_document(&mut Random::new(seed), 12, 15);
        let comparison = Comparison::default().trials(99).samples(1).seed(seed);
        let significant = |comparison: Comparison| {
            comparison.run(&Ter::default(), &systems).expect("it runs").pairs[0].significant
        };
        by_segment += usize::from(significant(comparison.clone()));
        as_documents += usize::from(significant(comparison.documents(documents)));
    }
    // Segments drawn alone call equal systems different in most cases; documents keep the 5 %.
    assert!(by_segment > runs as usize / 2, "{by_segment} of {runs}");
    assert!(as_documents < 22, "{as_documents} of {runs}");
}

#[test]
fn a_planned_test_set_has_the_power_planned() {
    let mut random = Random::new(5);
    let [a, b] = equals(&mut random, 80);
    let worse = b.runs[0].rows().map(|row| row[0] + 20_000);
    let b = System::new("b", table(worse));
    let plan = Planning::default().power(0.8).run(&Ter::default(), &a, &b).expect("it runs");
    let needed = plan.needed.expect("there is a difference");
    let (size, runs) = (needed.value as usize, 300);
    let mut found = 0;
    for seed in 0..runs {
        let mut random = Random::new(seed);
        let drawn: Vec<usize> = (0..size).map(|_| random.below(80) as usize).collect();
        let systems = [&a, &b].map(|system| {
            System::new(&*system.name, system.runs[0].subset(&drawn).expect("they are there"))
        });
        let comparison = Comparison::default().trials(199).samples(1).seed(seed + 1000);
        let compared = comparison.run(&Ter::default(), &systems).expect("it runs");
        found += usize::from(compared.pairs[0].significant);
    }
    let share = f64::from(found as u32) / f64::from(runs as u32);
    assert!((share - 0.8).abs() < 0.08, "{size} segments show it in {share} of cases: {plan:?}");
    assert!(
        (plan.detectable.value - plan.difference.abs()).abs() < plan.difference.abs(),
        "{plan:?}"
    );
}

#[test]
fn stopping_early_never_changes_a_decision() {
    let mut stopped = 0;
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let [a, b] = equals(&mut random, 30);
        let shift = u64::from(random.below(40_000));
        let systems = [a, System::new("b", table(b.runs[0].rows().map(|row| row[0] + shift)))];
        let whole = Comparison::default().trials(3000).samples(1).seed(seed);
        let early = whole.clone().sequential(true).run(&Ter::default(), &systems).expect("it runs");
        let whole = whole.run(&Ter::default(), &systems).expect("it runs");
        let (whole, early) = (&whole.pairs[0], &early.pairs[0]);
        assert_eq!(whole.significant, early.significant, "seed {seed}");
        if let Some([least, most]) = early.bounds {
            assert!(early.trials < 3000 && (least..=most).contains(&whole.p), "seed {seed}");
            stopped += 1;
        }
    }
    assert!(stopped > 20, "{stopped}");
}

#[test]
#[cfg(feature = "parallel")]
fn the_number_of_threads_changes_nothing() {
    let systems = equals(&mut Random::new(1), 100);
    let names: Vec<String> = (0..100).map(|at| (at / 7).to_string()).collect();
    let documents = Documents::new(&names).expect("there are segments");
    let pool =
        |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("it starts");
    for test in [Test::Randomization, Test::Exact, Test::SignFlip, Test::Bootstrap, Test::Wilcoxon]
    {
        let comparison = Comparison::default().test(test).trials(2000).samples(300);
        let comparison = comparison.documents(documents.clone());
        let run = || comparison.run(&Ter::default(), &systems).expect("it runs");
        let one = pool(1).install(run);
        assert_eq!(one, pool(2).install(run), "{test}");
        assert_eq!(one, pool(5).install(run), "{test}");
    }
}

#[test]
fn runs_keep_training_and_test_set_apart() {
    let mut random = Random::new(9);
    let [a, b] = equals(&mut random, 50);
    let noisy = |by: u64, of: &System| table(of.runs[0].rows().map(|row| row[0] + by));
    let systems = [
        System::with_runs("a", vec![noisy(0, &a), noisy(40_000, &a), noisy(80_000, &a)]),
        System::with_runs("b", vec![noisy(0, &b), noisy(0, &b), noisy(0, &b)]),
    ];
    let comparison = Comparison::default().trials(200).samples(200);
    let compared = comparison.run(&Ter::default(), &systems).expect("it runs");
    let [a_runs, b_runs] = [0, 1].map(|at| compared.systems[at].runs.clone().expect("three runs"));
    // 0, 4,000 and 8,000 points more: a standard deviation of 4,000 between runs.
    assert!((a_runs.optimization - 4000.0).abs() < 1e-6 && b_runs.optimization == 0.0);
    assert!(a_runs.selection > 0.0 && (a_runs.selection / b_runs.selection - 1.0).abs() < 0.5);
    let mean = a_runs.scores.iter().sum::<f64>() / 3.0;
    assert!((compared.systems[0].score.value - mean).abs() < 1e-6);
    let uneven = [systems[0].clone(), b];
    let error = comparison.run(&Ter::default(), &uneven).unwrap_err();
    assert!(error.to_string().contains("run with run"), "{error}");
}

#[test]
fn bad_input_has_a_clear_answer() {
    let ter = Ter::default();
    let comparison = Comparison::default().trials(100).samples(50);
    let error = |comparison: &Comparison, systems: &[System]| {
        comparison.run(&ter, systems).unwrap_err().to_string()
    };
    let [a, b] = equals(&mut Random::new(1), 10);
    let one = [system("a", vec![1]), system("b", vec![2])];
    assert!(error(&comparison, &one).contains("at least two segments"));
    let document = Documents::new(&["x"; 10]).expect("there are segments");
    let by_document = comparison.clone().documents(document);
    assert!(error(&by_document, &[a.clone(), b.clone()]).contains("at least two documents"));
    let wrong = comparison.clone().documents(Documents::new(&["x", "y"]).expect("two"));
    assert!(error(&wrong, &[a.clone(), b.clone()]).contains("2 segments are assigned"));
    let pair = [a.clone(), b.clone()];
    assert!(error(&comparison.clone().trials(0), &pair).contains("not 0"));
    assert!(error(&comparison.clone().samples(0), &pair).contains("not 0"));
    assert!(error(&comparison.clone().alpha(1.0), &pair).contains("alpha"));
    assert!(
        error(&comparison.clone().test(Test::Exact), &equals(&mut Random::new(1), 30))
            .contains("at most 24")
    );
    assert!(
        error(&comparison.clone().alternative(Alternative::Better), &pair).contains("one-sided")
    );
    assert!(error(&comparison, &[]).contains("at least one system"));
    assert!(error(&comparison, &[a.clone(), system("b", vec![1, 2])]).contains("lengths"));

    // Identical systems, and a constant metric: p is 1, intervals are points, nothing is NaN.
    for systems in [[a.clone(), a.clone()], [system("a", vec![7; 10]), system("b", vec![7; 10])]] {
        for test in
            [Test::Randomization, Test::Exact, Test::Bootstrap, Test::SignFlip, Test::Wilcoxon]
        {
            let comparison = comparison.clone().test(test).seed(u64::MAX);
            let compared = comparison.run(&ter, &systems).expect("it runs");
            let pair = &compared.pairs[0];
            assert_eq!((pair.p, pair.corrected, pair.significant), (1.0, 1.0, false), "{test}");
            assert_eq!((pair.difference.value, pair.effect, pair.tied), (0.0, 0.0, 1.0));
            assert_eq!((pair.difference.bca.low, pair.difference.bca.high), (0.0, 0.0));
            assert_eq!(compared.ranking[1].cluster, 1);
        }
    }
    let alone = comparison.run(&ter, &[a]).expect("one system has an interval");
    assert!(alone.pairs.is_empty() && alone.systems[0].score.standard_error > 0.0);
}
