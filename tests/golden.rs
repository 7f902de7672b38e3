//! The golden tables, on every path through the library: one-shot, prepared, streamed, merged in random
//! order, by table and groups, on several threads, and by a signature at run time.

mod common;

use bleuprint::{
    Bleu, BleuScore, Chrf, Documents, DynMetric, Metric, References, Score, Signature, Ter,
    TerScore, metrics,
};
use common::random::Random;
use serde::Deserialize;

const TABLE: &str = include_str!("../fixtures/golden/sacrebleu.toml");

#[derive(Deserialize)]
struct File {
    corpus: Vec<Corpus>,
}

#[derive(Deserialize)]
struct Corpus {
    name: String,
    hypotheses: Vec<String>,
    references: Vec<Vec<String>>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    metric: String,
    score: f64,
    text: String,
    signature: String,
    #[serde(default)]
    parts: toml::Table,
}

impl Corpus {
    fn streams(&self) -> Vec<Vec<Option<&str>>> {
        let mut streams = Vec::new();
        for texts in &self.references {
            let present = |text: &String| text != "\0missing";
            streams.push(texts.iter().map(|text| present(text).then_some(text.as_str())).collect());
        }
        streams
    }
}

fn check(corpus: &Corpus, case: &Case, path: &str, score: f64) {
    let place = format!("{} of '{}', {path}", case.metric, corpus.name);
    assert!(score.to_bits() == case.score.to_bits(), "{place}: {score} is not {}", case.score);
}

/// Every way to a score gives the same bits.
fn every_path<M: Metric>(metric: &M, corpus: &Corpus, case: &Case, references: &References<'_>) {
    let score = metric.corpus(&corpus.hypotheses, references).expect("it scores");
    check(corpus, case, "one-shot", score.value());
    assert_eq!(score.format(2), case.text, "{}", corpus.name);

    let prepared = metric.prepare_corpus(references).expect("it prepares");
    let long = prepared.signature().to_string();
    assert_eq!(
        long,
        format!("{}|version:{}", with_extras(&case.signature, &long), bleuprint::VERSION)
    );
    let table = prepared.table(&corpus.hypotheses).expect("the lengths agree");
    check(corpus, case, "table", metric.score(&table.total().expect("it fits")).value());

    let mut random = Random(42);
    let mut parts: Vec<_> = (0..3).map(|_| metric.stream()).collect();
    for (hypothesis, references) in corpus.hypotheses.iter().zip(references.segments()) {
        parts[random.below(3)].push(hypothesis, references).expect("it has references");
    }
    let mut sum = metric.stream();
    while !parts.is_empty() {
        sum.merge(&parts.remove(random.below(parts.len()))).expect("they are of one metric");
    }
    check(corpus, case, "streams merged", sum.score().value());
    assert_eq!(sum.signature(), *prepared.signature());

    let names: Vec<String> = table.rows().map(|_| random.below(4).to_string()).collect();
    let groups =
        table.group(&Documents::new(&names).expect("there are segments")).expect("they fit");
    check(corpus, case, "groups", metric.score(&groups.total().expect("it fits")).value());

    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let score = pool.install(|| prepared.corpus(&corpus.hypotheses)).expect("it scores");
        check(corpus, case, "threads", score.value());
    }
}

/// Our signature may have pairs that sacreBLEU leaves out; they stand at the end.
fn with_extras(theirs: &str, ours: &str) -> String {
    let ours = ours.rsplit_once("|version:").map_or(ours, |(head, _)| head);
    match ours.strip_prefix(theirs) {
        Some(extras) if extras.starts_with("|order:") || extras.is_empty() => ours.to_owned(),
        _ => theirs.to_owned(),
    }
}

#[test]
fn every_case_on_every_path() {
    let file: File = toml::from_str(TABLE).expect("the table is TOML");
    let mut cases = 0;
    for corpus in &file.corpus {
        let streams = corpus.streams();
        let references = References::by_stream(&streams).expect("the streams are equally long");
        for case in &corpus.case {
            let signature: Signature = case.metric.parse().expect("it is a signature");
            let dynamic: Box<dyn DynMetric> = metrics::from_signature(&signature).expect("known");
            every_path(&dynamic, corpus, case, &references);
            match signature.name() {
                "BLEU" => {
                    let bleu = Bleu::from_signature(&signature).expect("it is BLEU's");
                    every_path(&bleu, corpus, case, &references);
                    bleu_parts(
                        &bleu.corpus(&corpus.hypotheses, &references).expect("scores"),
                        case,
                    );
                }
                "TER" => {
                    let ter = Ter::from_signature(&signature).expect("it is TER's");
                    every_path(&ter, corpus, case, &references);
                    ter_parts(&ter.corpus(&corpus.hypotheses, &references).expect("scores"), case);
                }
                _ => {
                    let chrf = Chrf::from_signature(&signature).expect("it is chrF's");
                    every_path(&chrf, corpus, case, &references);
                }
            }
            cases += 1;
        }
    }
    assert!(cases > 800, "only {cases} cases were found");
}

fn numbers(case: &Case, key: &str) -> Vec<f64> {
    let number = |value: &toml::Value| match value {
        toml::Value::Integer(number) => *number as f64,
        other => other.as_float().expect("it is a number"),
    };
    match &case.parts[key] {
        toml::Value::Array(all) => all.iter().map(number).collect(),
        one => vec![number(one)],
    }
}

fn bleu_parts(score: &BleuScore, case: &Case) {
    assert_eq!(score.counts, numbers(case, "counts"));
    assert_eq!(score.totals, numbers(case, "totals"));
    assert_eq!(score.precisions, numbers(case, "precisions"));
    assert_eq!([score.bp], *numbers(case, "bp"));
    assert_eq!([score.sys_len as f64], *numbers(case, "sys_len"));
    assert_eq!([score.ref_len as f64], *numbers(case, "ref_len"));
}

fn ter_parts(score: &TerScore, case: &Case) {
    assert_eq!([score.num_edits as f64], *numbers(case, "num_edits"));
    assert_eq!([score.ref_length], *numbers(case, "ref_length"));
}
