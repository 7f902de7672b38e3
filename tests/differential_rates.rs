//! Edit distances, error rates and the metrics made of edits against the programs that the field takes for
//! them: RapidFuzz, jiwer, and torchmetrics, charcut and cer as black boxes.
//!
//! Needs what `tests/differential.rs` needs; without torchmetrics its test is skipped.

mod common;

use bleuprint::distance::{Costs, Distance, Op};
use bleuprint::{DynMetric, Metric, References, Score, metrics};
use common::oracle::{Oracle, cases, seed, skipped};
use common::random::Random;
use serde_json::{Value, json};

/// Two texts: random pieces, or words and a disturbed copy.
fn pair(random: &mut Random) -> [String; 2] {
    let vocabulary = *random.pick(&[2, 5, 20, 200]);
    let longest = *random.pick(&[2, 6, 12, 40]);
    if random.chance(30) {
        return [random.text(longest), random.text(longest)];
    }
    let base = random.words(vocabulary, longest);
    let other = random.disturb(&base, vocabulary, 20);
    [base.join(" "), other.join(" ")]
}

/// A script in the names of RapidFuzz's opcodes.
fn opcodes(distance: Distance, a: &[char], b: &[char]) -> Value {
    let script = distance.script(a, b).unwrap_or_default();
    let named = script.edits.iter().map(|edit| {
        let name = match edit.op {
            Op::Keep => "equal",
            Op::Replace => "replace",
            Op::Delete => "delete",
            Op::Insert => "insert",
            Op::Transpose => "transpose",
        };
        json!([name, edit.a.start, edit.a.end, edit.b.start, edit.b.end])
    });
    named.collect()
}

#[test]
fn distances() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    let kinds = [
        ("Levenshtein", Distance::Levenshtein, true),
        ("Levenshtein", Distance::Levenshtein, false),
        ("Indel", Distance::Indel, true),
        ("LCSseq", Distance::Lcs, true),
        ("OSA", Distance::Osa, false),
        ("DamerauLevenshtein", Distance::Damerau, false),
        ("Hamming", Distance::Hamming, true),
        ("Jaro", Distance::Jaro, false),
        ("JaroWinkler", Distance::JaroWinkler, false),
        ("Prefix", Distance::Prefix, false),
        ("Postfix", Distance::Postfix, false),
    ];
    for _ in 0..cases(1000).div_ceil(20) {
        let pairs: Vec<[String; 2]> = (0..20).map(|_| pair(&mut random)).collect();
        for (name, mut distance, script) in kinds {
            let mut request =
                json!({ "ask": "rapidfuzz", "kind": name, "pairs": pairs, "script": script });
            if name == "Levenshtein" && !script {
                let [insert, delete, replace] = [(); 3].map(|()| random.below(4) as u32);
                distance = Distance::Weighted(Costs { insert, delete, replace });
                request["weights"] = json!([insert, delete, replace]);
            }
            let answer = oracle.ask(&request);
            for ([a, b], expected) in
                pairs.iter().zip(answer["answers"].as_array().expect("answers"))
            {
                let value = distance.between(a, b);
                let near = |ours: f64, name: &str| {
                    let theirs = expected[name].as_f64().unwrap_or(f64::NAN);
                    assert!(
                        (ours - theirs).abs() < 1e-12,
                        "{distance} {name} of {a:?} {b:?}: {ours} {theirs}"
                    );
                };
                near(value.distance, "distance");
                near(value.similarity(), "similarity");
                near(value.normalized_distance(), "normalized_distance");
                near(value.normalized_similarity(), "normalized_similarity");
                if script {
                    let chars = |text: &str| text.chars().collect::<Vec<_>>();
                    assert_eq!(
                        opcodes(distance, &chars(a), &chars(b)),
                        expected["script"],
                        "{distance} {a:?} {b:?}"
                    );
                }
            }
        }
    }
}

/// A few segments.
struct Corpus {
    hypotheses: Vec<String>,
    references: Vec<String>,
}

impl Corpus {
    fn random(random: &mut Random, longest: usize) -> Self {
        let pairs = (0..=random.below(longest)).map(|_| pair(random));
        let (hypotheses, references) = pairs.map(|[a, b]| (a, b)).unzip();
        Corpus { hypotheses, references }
    }

    fn score(&self, name: &str) -> f64 {
        let metric: Box<dyn DynMetric> = metrics::parse(name).expect("it is known");
        let references = References::single(&self.references);
        let score = metric.corpus(&self.hypotheses, &references).expect("the lengths agree");
        score.value()
    }

    fn request(&self, ask: &str, config: Value) -> Value {
        json!({ "ask": ask, "config": config, "hyps": self.hypotheses, "refs": self.references })
    }

    fn segments(&self) -> impl Iterator<Item = Corpus> {
        self.hypotheses.iter().zip(&self.references).map(|(hypothesis, reference)| Corpus {
            hypotheses: vec![hypothesis.clone()],
            references: vec![reference.clone()],
        })
    }
}

#[test]
fn jiwer() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(1000) {
        let corpus = Corpus::random(&mut random, 3);
        let request = corpus.request("jiwer", json!({}));
        let answer = oracle.ask(&request);
        let rates = [
            ("wer", "words"),
            ("mer", "words"),
            ("wil", "words"),
            ("wip", "words"),
            ("cer", "characters"),
        ];
        let mut means = vec![0.0; rates.len()];
        for segment in corpus.segments() {
            let answer = oracle.ask(&segment.request("jiwer", json!({})));
            for ((name, unit), mean) in rates.iter().zip(&mut means) {
                *mean += answer[unit][name].as_f64().unwrap_or(f64::NAN);
            }
        }
        for ((name, unit), mean) in rates.iter().zip(means) {
            let theirs = 100.0 * answer[unit][name].as_f64().unwrap_or(f64::NAN);
            let ours = corpus.score(name);
            assert!((ours - theirs).abs() < 1e-9, "{name}: {ours} {theirs} {request}");
            let theirs = 100.0 * mean / corpus.hypotheses.len() as f64;
            let ours = corpus.score(&format!("{name}-mean"));
            assert!((ours - theirs).abs() < 1e-9, "{name}-mean: {ours} {theirs} {request}");
        }
        let references = References::single(&corpus.references);
        for (edits, unit) in [
            (metrics::Wer::default().corpus(&corpus.hypotheses, &references), "words"),
            (metrics::Cer::default().corpus(&corpus.hypotheses, &references), "characters"),
        ] {
            let edits = edits.expect("the lengths agree").edits;
            let parts = &answer[unit];
            let theirs =
                ["hits", "substitutions", "deletions", "insertions"].map(|n| parts[n].as_u64());
            let ours = [edits.hits, edits.substitutions, edits.deletions, edits.insertions];
            assert_eq!(ours.map(Some), theirs, "{request}");
        }
    }
}

/// A text whose marks, titles and numbers EED's preparation tears apart and mends.
fn text_for_eed(random: &mut Random) -> String {
    const PIECES: [&str; 30] = [
        "a", "b", "c", " ", " ", "  ", ".", ",", "!", "?", ";", "1", "2", "Dr", "Mrs", "Prof",
        " .", ". ", "e. g.", "i. e.", "U. S.", "i.e.", "é", "ß", "日本", "Ａ", "①", "\u{3000}",
        "\n", "٣",
    ];
    let longest = *random.pick(&[3, 8, 25]);
    (0..random.below(longest)).map(|_| *random.pick(&PIECES)).collect()
}

#[test]
fn eed() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(1000).div_ceil(10) {
        let mut texts = || -> Vec<[String; 3]> {
            let text = |random: &mut Random| text_for_eed(random);
            let segment = |random: &mut Random| match random.below(3) {
                0 => [text(random), text(random), text(random)],
                1 => {
                    let [a, b] = pair(random);
                    [a, b, text(random)]
                }
                _ => {
                    let a = text(random);
                    let mut b: Vec<char> = a.chars().collect();
                    for _ in 0..random.below(5).min(b.len()) {
                        b.remove(random.below(b.len()));
                    }
                    [a, b.iter().collect(), b.iter().rev().collect()]
                }
            };
            (0..10).map(|_| segment(&mut random)).collect()
        };
        let segments = texts();
        let column = |at: usize| segments.iter().map(|s| s[at].clone()).collect::<Vec<_>>();
        for language in ["en", "ja"] {
            let request = json!({
                "ask": "eed", "config": { "language": language },
                "hyps": column(0), "refs": [column(1), column(2)],
            });
            let answer = oracle.ask(&request);
            let Some(values) = answer["values"].as_array() else {
                assert!(answer["error"].as_str().is_some_and(|e| e.contains("ModuleNotFound")));
                return skipped(&answer["error"]);
            };
            let metric =
                metrics::parse(&format!("eed-python|prep:{language}")).expect("it is known");
            for ([hypothesis, first, second], theirs) in segments.iter().zip(values) {
                let ours = metric.segment(hypothesis, &[first, second]).expect("it scores").value();
                let theirs = 100.0 * theirs.as_f64().unwrap_or(f64::NAN);
                assert!(
                    (ours - theirs).abs() < 1e-9,
                    "{language} {hypothesis:?} {first:?} {second:?}: {ours} {theirs}"
                );
            }
        }
    }
}

/// Two texts of words, marks and pieces of words, one of them cut, copied and moved about.
fn texts_for_charcut(random: &mut Random) -> [String; 2] {
    const FEW: [&str; 7] = ["a", "b", ".", ",", " ", "-", "ab"];
    const MANY: [&str; 24] = [
        "the",
        " ",
        "cat",
        " ",
        "cats",
        ", ",
        "on",
        " ",
        "mat",
        "...",
        "-",
        "is",
        " sat",
        " in",
        "é",
        "नमस्ते",
        "日本",
        " the cat",
        "!",
        ". ",
        "\u{a0}",
        "x_1",
        "²",
        "\u{301}",
    ];
    let longest = *random.pick(&[3, 8, 25, 60]);
    let few = random.chance(40);
    let piece = |random: &mut Random| *if few { random.pick(&FEW) } else { random.pick(&MANY) };
    let ours: Vec<&str> = (0..random.below(longest)).map(|_| piece(random)).collect();
    let mut theirs = ours.clone();
    for _ in 0..random.below(6) {
        let [a, b] = [(); 2].map(|()| random.below(theirs.len() + 1));
        match random.below(4) {
            0 => theirs.insert(a, piece(random)),
            1 if a < theirs.len() => _ = theirs.remove(a),
            2 => theirs.rotate_left(a),
            _ => theirs[a.min(b)..].rotate_left(a.max(b) - a.min(b)),
        }
    }
    if random.chance(10) {
        theirs = (0..random.below(longest)).map(|_| piece(random)).collect();
    }
    [ours.concat(), theirs.concat()]
}

#[test]
fn charcut() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(1000).div_ceil(50) {
        let pairs: Vec<_> = (0..50).map(|_| texts_for_charcut(&mut random)).collect();
        let column = |at: usize| pairs.iter().map(|pair| pair[at].clone()).collect::<Vec<_>>();
        let least = *random.pick(&[3, 3, 3, 1, 2, 4, 6]);
        let by_hypothesis = random.chance(25);
        let request = json!({
            "ask": "charcut", "hyps": column(0), "refs": column(1),
            "config": { "match_size": least, "alt_norm": by_hypothesis },
        });
        let answer = oracle.ask(&request);
        let values = answer["values"].as_array().unwrap_or_else(|| panic!("{answer} {request}"));
        let metric = metrics::CharCut::default().match_size(least).by_hypothesis(by_hypothesis);
        for ([hypothesis, reference], theirs) in pairs.iter().zip(values) {
            let ours = metric.segment(hypothesis, &[reference]).expect("it scores").score;
            let theirs = 100.0 * theirs.as_f64().unwrap_or(f64::NAN);
            assert!(
                (ours - theirs).abs() < 1e-9,
                "{hypothesis:?} {reference:?} {metric:?}: {ours} {theirs}"
            );
        }
    }
}

#[test]
fn character() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    let metric = metrics::Character::default();
    for _ in 0..cases(1000).div_ceil(50) {
        let mut segment = || {
            let (vocabulary, longest) = (*random.pick(&[3, 8, 20, 200]), *random.pick(&[3, 8, 25]));
            let ours = random.words(vocabulary, longest);
            let mut theirs = random.disturb(&ours, vocabulary, 15);
            for _ in 0..random.below(4) {
                let [a, b] = [(); 2].map(|()| random.below(theirs.len() + 1));
                theirs[a.min(b)..].rotate_left(a.max(b) - a.min(b));
            }
            [ours.join(" "), theirs.join(" ")]
        };
        let pairs: Vec<_> = (0..50).map(|_| segment()).collect();
        let column = |at: usize| pairs.iter().map(|pair| pair[at].clone()).collect::<Vec<_>>();
        let request = json!({ "ask": "character", "hyps": column(0), "refs": column(1) });
        let answer = oracle.ask(&request);
        let values = answer["values"].as_array().unwrap_or_else(|| panic!("{answer} {request}"));
        for ([hypothesis, reference], theirs) in pairs.iter().zip(values) {
            let ours = metric.segment(hypothesis, &[reference]).expect("it scores").score;
            let Some(theirs) = theirs.as_f64() else { continue };
            assert!(
                (ours - 100.0 * theirs).abs() < 1e-9,
                "{hypothesis:?} {reference:?}: {ours} {theirs}"
            );
        }
    }
}
