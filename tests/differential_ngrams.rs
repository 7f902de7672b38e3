//! BLEU's dialects, NIST, GLEU, RIBES, METEOR, ROUGE and the stemmers against NLTK, rouge-score, bleuscore and
//! Snowball: random corpora, to 1e-9.
//!
//! Needs a Python with `tests/oracle/requirements.txt`, named by `BLEUPRINT_PYTHON`; `BLEUPRINT_CASES` and
//! `BLEUPRINT_SEED` say how many cases and which.

mod common;

use bleuprint::metrics::bleu::{BleuDialect, Dialect};
use bleuprint::metrics::{self, Gleu, MeteorNltk, Nist, Ribes, Rouge};
use bleuprint::text::stem;
use bleuprint::tokenize::Plain;
use bleuprint::{Chrf, Metric, References, Score, Signature};
use common::oracle::{Oracle, cases, seed};
use common::random::Random;
use serde_json::{Value, json};
use std::sync::Arc;

struct Corpus {
    hypotheses: Vec<String>,
    streams: Vec<Vec<Option<String>>>,
}

impl Corpus {
    fn random(random: &mut Random, segments: usize, streams: usize) -> Self {
        let mut streams = vec![Vec::new(); 1 + random.below(streams)];
        let mut hypotheses = Vec::new();
        let wild = random.chance(20);
        let vocabulary = *random.pick(&[2, 5, 20, 200]);
        let longest = *random.pick(&[3, 8, 30, 60]);
        for _ in 0..1 + random.below(segments) {
            let base: Vec<String> = text(random, vocabulary, longest, wild);
            hypotheses.push(base.join(" "));
            let present = random.below(streams.len());
            for (stream, references) in streams.iter_mut().enumerate() {
                let text = random.disturb(&base, vocabulary, 20).join(" ");
                let missing = stream != present && random.chance(10);
                references.push(if missing { None } else { Some(text) });
            }
        }
        Corpus { hypotheses, streams }
    }

    /// Drops the four ASCII separators, which Python splits at, but Rust (bleuscore) and the regex package
    /// (NLTK's chrF) don't, and line feeds, which bleuscore reads in another way than sacreBLEU's 13a.
    fn drop_separators(&mut self) {
        let texts = self.streams.iter_mut().flatten().flatten().chain(&mut self.hypotheses);
        texts.for_each(|text| text.retain(|c| c != '\n' && !('\u{1c}'..='\u{1f}').contains(&c)));
    }

    fn references(&self) -> References<'_> {
        References::by_stream(&self.streams).expect("the streams are equally long")
    }
}

/// Words of a small vocabulary, English words with endings, or nasty pieces.
fn text(random: &mut Random, vocabulary: usize, longest: usize, wild: bool) -> Vec<String> {
    if wild {
        return random.text(longest).split(' ').map(str::to_owned).collect();
    }
    if random.chance(50) {
        return (0..random.below(longest + 1)).map(|_| english(random, vocabulary)).collect();
    }
    random.words(vocabulary, longest)
}

/// A stem with an ending, so that stems meet.
fn english(random: &mut Random, vocabulary: usize) -> String {
    const STEMS: [&str; 12] = [
        "walk", "happ", "Nation", "relat", "hop", "fl", "agre", "conditi", "the", "on", "oper",
        "gener",
    ];
    const ENDS: [&str; 14] =
        ["", "s", "ed", "ing", "y", "ies", "al", "ation", "ness", "e", "ful", "ly", "izer", "'s"];
    let stem = STEMS[random.below(vocabulary.min(STEMS.len()))];
    let end = random.pick(&ENDS[..vocabulary.min(ENDS.len())]);
    format!("{stem}{end}")
}

/// Runs a metric against the oracle, by its own signature too; an oracle that refuses leaves the case out.
fn compare<M: Metric>(
    oracle: &mut Oracle,
    ask: &str,
    metric: &M,
    config: Value,
    corpus: &Corpus,
) -> Option<Value> {
    let request = json!({
        "ask": ask, "config": config, "hyps": corpus.hypotheses, "refs": corpus.streams,
    });
    let references = corpus.references();
    let score = metric.corpus(&corpus.hypotheses, &references).expect("it scores").value();
    assert!(score.is_finite() && score >= 0.0, "{score} {request}");
    let signature: Signature =
        metric.signature().short().parse().expect("our own signature is read");
    let again = metrics::from_signature(&signature).expect("our own signature is a configuration");
    let again = again.corpus(&corpus.hypotheses, &references).expect("it scores").value();
    assert!(score.to_bits() == again.to_bits(), "by signature {signature}: {request}");
    let answer = oracle.ask(&request);
    if let Some(error) = answer["error"].as_str() {
        assert!(REFUSALS.iter().any(|known| error.contains(known)), "{error}\n{request}");
        return None;
    }
    let expected = answer["score"].as_f64().unwrap_or_else(|| panic!("{request}\n{answer}"));
    assert!((score - expected).abs() <= 1e-9, "{ask}: ours {score} theirs {expected}\n{request}");
    Some(answer)
}

/// What the reference programs say of inputs that they can't score.
const REFUSALS: [&str; 3] = [
    "division by zero",
    "float division",
    "This smoothing method requires non-zero precision for bigrams",
];

/// Cases that an oracle refused are no evidence: they must be few.
fn report(ask: &str, refused: usize, cases: usize) {
    assert!(refused * 2 <= cases, "{ask} refused {refused} of {cases} cases: they test nothing");
}

#[test]
fn bleu_nltk() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    let (cases, mut refused) = (cases(600), 0);
    for case in 0..cases {
        let method = (case % 8) as u8;
        // Methods above 4 look at the last segment of a corpus there.
        let corpus = Corpus::random(&mut random, if method > 4 { 1 } else { 4 }, 4);
        let metric = BleuDialect::new(Dialect::Nltk { method }).expect("it exists");
        let answer =
            compare(&mut oracle, "nltk_bleu", &metric, json!({ "method": method }), &corpus);
        refused += usize::from(answer.is_none());
    }
    report("nltk_bleu", refused, cases);
}

#[test]
fn bleu_hf() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(600) {
        let mut corpus = Corpus::random(&mut random, 4, 4);
        corpus.drop_separators();
        let smooth = random.chance(50);
        let metric = BleuDialect::new(Dialect::Hf { smooth }).expect("it exists");
        compare(&mut oracle, "hf_bleu", &metric, json!({ "smooth": smooth }), &corpus);
    }
}

#[test]
fn nist_nltk() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    let (cases, mut refused) = (cases(600), 0);
    for _ in 0..cases {
        let corpus = Corpus::random(&mut random, 6, 4);
        let answer = compare(&mut oracle, "nltk_nist", &Nist::nltk(), json!({}), &corpus);
        refused += usize::from(answer.is_none());
    }
    report("nltk_nist", refused, cases);
}

#[test]
fn gleu() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(600) {
        let corpus = Corpus::random(&mut random, 4, 4);
        let metric = Gleu::default().tokenizer(Arc::new(Plain));
        compare(&mut oracle, "nltk_gleu", &metric, json!({}), &corpus);
    }
}

#[test]
fn ribes_nltk() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(600) {
        let corpus = Corpus::random(&mut random, 4, 4);
        compare(&mut oracle, "nltk_ribes", &Ribes::nltk(), json!({}), &corpus);
    }
}

#[test]
fn meteor_nltk() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(600) {
        let corpus = Corpus::random(&mut random, 4, 4);
        compare(&mut oracle, "nltk_meteor", &MeteorNltk::default(), json!({}), &corpus);
    }
}

#[test]
fn chrf_eps() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(600) {
        let mut corpus = Corpus::random(&mut random, 1, 1);
        corpus.drop_separators();
        let beta = *random.pick(&[1.0, 2.0, 3.0]);
        let metric = Chrf::default().beta(beta).expect("it is in range").eps_smoothing(true);
        compare(&mut oracle, "nltk_chrf", &metric, json!({ "beta": beta }), &corpus);
    }
}

#[test]
fn rouge() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(800) {
        let mut corpus = Corpus::random(&mut random, 4, 3);
        if random.chance(60) {
            let streams = corpus.streams.iter_mut().flatten().flatten();
            streams.chain(&mut corpus.hypotheses).for_each(|text| lines(text, &mut random));
        }
        let (name, metric) = match random.below(5) {
            0 => ("rouge1", Rouge::ngrams(1)),
            1 => ("rouge2", Rouge::ngrams(2)),
            2 => ("rouge3", Rouge::ngrams(3)),
            3 => ("rougeL", Ok(Rouge::lcs())),
            _ => ("rougeLsum", Ok(Rouge::lsum())),
        };
        let stemmer = random.chance(50);
        let metric = metric.expect("it exists").stemmer(stemmer);
        let config = json!({ "name": name, "stemmer": stemmer });
        let answer =
            compare(&mut oracle, "rouge", &metric, config, &corpus).expect("it never refuses");
        let score = metric.corpus(&corpus.hypotheses, &corpus.references()).expect("it scores");
        for (ours, key) in [(score.precision, "precision"), (score.recall, "recall")] {
            let theirs = answer[key].as_f64().unwrap_or(-1.0);
            assert!(
                (ours - theirs).abs() <= 1e-9,
                "{key} {ours} {theirs} of {:?}",
                corpus.hypotheses
            );
        }
    }
}

/// Puts line feeds for some spaces.
fn lines(text: &mut String, random: &mut Random) {
    let broken = text.chars().map(|c| if c == ' ' && random.chance(20) { '\n' } else { c });
    *text = broken.collect();
}

#[test]
fn stemmers() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(4000).div_ceil(40) {
        let words: Vec<String> = (0..200).map(|_| stemmable(&mut random)).collect();
        let answer = oracle.ask(&json!({ "ask": "stems", "words": words }));
        for (at, word) in words.iter().enumerate() {
            assert_eq!(answer["porter"][at].as_str(), Some(stem::porter(word).as_str()), "{word}");
            assert_eq!(
                answer["english"][at].as_str(),
                Some(stem::english(word).as_str()),
                "{word}"
            );
        }
    }
}

/// Letters, vowels and the endings that rules ask for.
fn stemmable(random: &mut Random) -> String {
    const ENDS: &str = "ational tional enci anci izer abli alli entli eli ousli ization ation ator alism iveness \
        fulness ousness aliti iviti biliti fulli lessli logi icate ative alize iciti ical ful ness al ance ence er ic \
        able ible ant ement ment ent ion ou ism ate iti ous ive ize e ll ed ing eed eedly ingly edly ies ied s ss sses \
        us y 's ' 's' ly gener commun arsen succeed dying news innings skies yy";
    let ends: Vec<&str> = ENDS.split_whitespace().collect();
    let letters: Vec<char> = ('a'..='z').collect();
    let mut word = String::new();
    for _ in 0..1 + random.below(5) {
        match random.below(4) {
            0 => word.push(*random.pick(&letters)),
            1 => word.push(*random.pick(&['a', 'e', 'i', 'o', 'u', 'y'])),
            2 if random.chance(5) => word.push(*random.pick(&['é', 'ß', 'я', '\''])),
            _ => word.push_str(ends[random.below(ends.len())]),
        }
    }
    word
}
