//! Significance against sacreBLEU, NumPy and SciPy themselves.
//!
//! Needs a Python with `tests/oracle/requirements.txt`, named by `BLEUPRINT_PYTHON`.

mod common;

use bleuprint::significance::sacrebleu::{self, Kind, PairedTest};
use bleuprint::significance::{
    Alternative, Comparison, Random as Stream, System, Test, normal, wilcoxon,
};
use bleuprint::{Bleu, Chrf, DynMetric, Metric, References, Smoothing, Table, Ter};
use common::oracle::{Oracle, cases, seed};
use common::random::Random;
use serde_json::{Value, json};

#[test]
fn numpy_stream() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for case in 0..cases(200) {
        let seed = match case % 4 {
            0 => random.next() % 3,
            1 => u64::MAX - random.next() % 2,
            2 => random.next() % (1 << 32),
            _ => random.next(),
        };
        let (coins, draws) = (random.below(100), random.below(200));
        let n = *random.pick(&[1, 2, 3, 10, 998, 65_536, 3 << 29, (1 << 31) + 1, u32::MAX]);
        let request =
            json!({ "ask": "numpy", "seed": seed, "coins": coins, "n": n, "draws": draws });
        let answer = oracle.ask(&request);
        let mut stream = Stream::new(seed);
        let mut thrown = stream.coins();
        let ours: Vec<u8> = (0..coins).map(|_| thrown.take(1)).collect();
        assert_eq!(json!(ours), answer["coins"], "{request}");
        let ours: Vec<u32> = (0..draws).map(|_| stream.below(n)).collect();
        assert_eq!(json!(ours), answer["drawn"], "{request}");
        assert_eq!(json!(stream.unit()), answer["unit"], "{request}");
    }
}

/// Several systems and references by stream.
struct Field {
    systems: Vec<Vec<String>>,
    streams: Vec<Vec<String>>,
}

impl Field {
    fn random(random: &mut Random) -> Self {
        let segments = *random.pick(&[1, 2, 5, 30, 60]);
        let vocabulary = *random.pick(&[5, 20, 200]);
        let mut systems = vec![Vec::new(); 2 + random.below(2)];
        let mut streams = vec![Vec::new(); 1 + random.below(2)];
        for _ in 0..segments {
            let base = random.words(vocabulary, 15);
            for texts in systems.iter_mut().chain(&mut streams) {
                texts.push(random.disturb(&base, vocabulary, 25).join(" "));
            }
        }
        if random.chance(15) {
            systems[1] = systems[0].clone();
        }
        if random.chance(10) {
            systems[0].iter_mut().for_each(|text| *text = "zzz".to_owned());
        }
        Field { systems, streams }
    }
}

/// A metric in one of its configurations, and how the oracle calls it.
fn metric(random: &mut Random) -> (Box<dyn DynMetric>, &'static str, Value) {
    match random.below(3) {
        0 => {
            let value = *random.pick(&[0.0, 0.1, 0.5, 1.0, 2.5]);
            let (method, smoothing) = *random.pick(&[
                ("none", Smoothing::None),
                ("exp", Smoothing::Exp),
                ("exp", Smoothing::Exp),
                ("floor", Smoothing::Floor(value)),
                ("add-k", Smoothing::AddK(value)),
            ]);
            let (effective, order) = (random.chance(30), *random.pick(&[1, 2, 4, 4, 6]));
            let mut config = json!({
                "smooth_method": method, "effective_order": effective, "max_ngram_order": order,
            });
            if matches!(method, "floor" | "add-k") {
                config["smooth_value"] = value.into();
            }
            let bleu = Bleu::default().effective_order(effective).smoothing(smoothing);
            (
                Box::new(bleu.and_then(|bleu| bleu.max_order(order)).expect("in range")),
                "bleu",
                config,
            )
        }
        1 => {
            let (eps, words) = (random.chance(30), random.below(3));
            let beta = *random.pick(&[1.0, 2.0, 2.0, 3.0]);
            let config = json!({ "eps_smoothing": eps, "word_order": words, "beta": beta as i64 });
            let chrf = Chrf::default().eps_smoothing(eps).word_order(words);
            (Box::new(chrf.and_then(|chrf| chrf.beta(beta)).expect("in range")), "chrf", config)
        }
        _ => (Box::new(Ter::default()), "ter", json!({})),
    }
}

#[test]
fn sacrebleus_paired_tests() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(40) {
        let field = Field::random(&mut random);
        let (metric, name, config) = metric(&mut random);
        let mut test = PairedTest::new(*random.pick(&[Kind::Bootstrap, Kind::Randomization]));
        test.trials = 1 + random.below(300);
        test.seed = *random.pick(&[1, 12345, 1 << 40, u64::MAX]);
        test.compatible = random.chance(50);
        if test.kind == Kind::Randomization && random.chance(50) {
            test.confidence = Some(1 + random.below(150));
        }
        let kind = if test.kind == Kind::Bootstrap { "bs" } else { "ar" };
        let request = json!({
            "ask": "paired", "metric": name, "config": config, "kind": kind, "seed": test.seed,
            "trials": test.trials, "confidence": test.confidence.map_or(-1, |n| n as i64),
            "systems": field.systems, "refs": field.streams,
        });
        let answer = oracle.ask(&request);
        let references = References::by_stream(&field.streams).expect("equally long");
        let prepared = metric.prepare_corpus(&references).expect("it has references");
        let tables: Vec<_> =
            field.systems.iter().map(|texts| prepared.table(texts).expect("as long")).collect();
        let outcomes = test.run(&metric, &tables.iter().collect::<Vec<_>>()).expect("it runs");
        for (at, (ours, theirs)) in
            outcomes.iter().zip(answer["results"].as_array().expect("it answers")).enumerate()
        {
            let mut theirs = theirs.clone();
            if at > 0 && !test.compatible && tables[at] == tables[0] {
                theirs["p_value"] = json!(1.0);
            }
            assert_eq!(json!(ours), theirs, "{request}");
        }
        let mut signature = prepared.signature().clone();
        test.sign(&mut signature);
        let (ours, theirs) = (signature.to_string(), answer["signature"].to_string());
        let version = ours.rfind("version").expect("it stands there");
        assert!(
            config.get("max_ngram_order").is_some_and(|order| order != 4)
                || theirs.contains(&ours[ours.find('|').unwrap_or(0) + 1..version]),
            "{ours} {theirs}"
        );
    }
}

#[test]
fn sacrebleus_confidence() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    let mut compared = 0;
    for _ in 0..cases(40) {
        let field = Field::random(&mut random);
        let (metric, name, config) = metric(&mut random);
        let (trials, seed) = (2 + random.below(300), random.next() % 100_000);
        let request = json!({
            "ask": "confidence", "metric": name, "config": config, "seed": seed, "trials": trials,
            "systems": field.systems, "refs": field.streams,
        });
        let answer = oracle.ask(&request);
        let references = References::by_stream(&field.streams).expect("equally long");
        let prepared = metric.prepare_corpus(&references).expect("it has references");
        let table = prepared.table(&field.systems[0]).expect("as long");
        let ours = sacrebleu::confidence(&metric, &table, trials, seed).expect("it runs");
        if answer.get("error").is_some() {
            continue; // a mean of both precisions
        }
        assert_eq!(json!(ours), answer, "{request}");
        compared += 1;
    }
    assert!(compared > 0);
}

#[test]
fn scipys_wilcoxon() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(60) {
        let n = *random.pick(&[2, 3, 5, 10, 30, 50, 51, 60, 200]);
        let tied = n <= 10 || (n > 50 && random.chance(50));
        let spread = if tied { 5 } else { 1 << 40 };
        let difference =
            |random: &mut Random| random.below(2 * spread) as f64 - spread as f64 + 0.5;
        let mut differences: Vec<f64> = (0..n).map(|_| difference(&mut random)).collect();
        if n > 60 {
            differences.push(0.0);
        }
        let side = *random.pick(&[Alternative::Different, Alternative::Better]);
        let method = if n <= 50 { "exact" } else { "asymptotic" };
        let request = json!({
            "ask": "wilcoxon", "differences": differences, "side": side, "method": method,
        });
        let answer = oracle.ask(&request);
        let p = answer["p"].as_f64().unwrap_or_else(|| panic!("{request}\n{answer}"));
        let ours = wilcoxon(&differences, side);
        assert!((ours - p).abs() <= 1e-12 * p.max(1e-3), "{ours} {p} {request}");
    }
}

#[test]
fn scipys_normal_distribution() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    let unit = |random: &mut Random| (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
    let z: Vec<f64> = (0..500).map(|_| 40.0 * unit(&mut random) - 20.0).collect();
    let p: Vec<f64> = (0..500).map(|at| unit(&mut random).powi(1 + at % 30)).collect();
    let answer = oracle.ask(&json!({ "ask": "normal", "z": z, "p": p }));
    for (at, z) in z.iter().enumerate() {
        let theirs = answer["cdf"][at].as_f64().expect("a number");
        assert!((normal::cdf(*z) / theirs - 1.0).abs() < 1e-12, "{z} {theirs}");
    }
    for (at, p) in p.iter().enumerate() {
        let theirs = answer["quantile"][at].as_f64().expect("a number");
        assert!(
            (normal::quantile(*p) - theirs).abs() < 1e-10 * theirs.abs().max(1.0),
            "{p} {theirs}"
        );
    }
}

/// TER's counts made up: edits and reference words.
fn counts(random: &mut Random, rows: usize, more: usize) -> Vec<[u64; 2]> {
    let row = |random: &mut Random| {
        let words = 5 + random.below(40);
        [(random.below(words) + random.below(more + 1)) as u64, words as u64]
    };
    (0..rows).map(|_| row(random)).collect()
}

fn ter_table(rows: &[[u64; 2]]) -> Table {
    let ter = Ter::default();
    let columns = ter.columns();
    let cells = rows.iter().flat_map(|[edits, words]| [*edits, words * columns[1].unit]).collect();
    Table::new(ter.signature(), columns, cells).expect("whole rows")
}

#[test]
fn scipys_intervals() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(30) {
        let n = *random.pick(&[2, 5, 20, 80]);
        let (first, second) = (counts(&mut random, n, 0), counts(&mut random, n, 5));
        let (samples, seed) = (50 + random.below(300), random.next() % 1000);
        let alpha = *random.pick(&[0.05, 0.1, 0.3]);
        let systems = [System::new("a", ter_table(&first)), System::new("b", ter_table(&second))];
        let comparison = Comparison::default().test(Test::Wilcoxon).samples(samples);
        let compared =
            comparison.seed(seed).alpha(alpha).run(&Ter::default(), &systems).expect("it runs");
        let mut check = |tables: Value, ours: bleuprint::significance::Estimate| {
            let request = json!({
                "ask": "intervals", "tables": tables, "samples": samples, "alpha": alpha, "seed": seed,
            });
            let answer = oracle.ask(&request);
            let near = |a: f64, b: &Value| b.as_f64().is_some_and(|b| (a - b).abs() < 1e-9);
            let (percentile, bca) = (&answer["percentile"], &answer["BCa"]);
            assert!(near(ours.standard_error, &answer["error"]), "{ours:?} {answer} {request}");
            assert!(near(ours.percentile.low, &percentile[0]), "{ours:?} {answer} {request}");
            assert!(near(ours.percentile.high, &percentile[1]), "{ours:?} {answer} {request}");
            if !bca[0].is_null() {
                assert!(near(ours.bca.low, &bca[0]), "{ours:?} {answer} {request}");
                assert!(near(ours.bca.high, &bca[1]), "{ours:?} {answer} {request}");
            }
        };
        check(json!([first]), compared.systems[0].score);
        check(json!([first, second]), compared.pairs[0].difference);
    }
}
