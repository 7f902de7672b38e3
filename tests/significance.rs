//! Significance against sacreBLEU, NumPy and SciPy themselves.
//!
//! Needs a Python with `tests/oracle/requirements.txt`, named by `BLEUPRINT_PYTHON`.

mod common;

use bleuprint::significance::Random as Stream;
use bleuprint::significance::sacrebleu::{self, Kind, PairedTest};
use bleuprint::{Bleu, Chrf, DynMetric, Metric, References, Smoothing, Ter};
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
