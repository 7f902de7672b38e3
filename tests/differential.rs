//! BLEU, chrF, TER and the tokenizers against sacreBLEU itself: random corpora, all options, every bit.
//!
//! Needs a Python with `tests/oracle/requirements.txt`, named by `BLEUPRINT_PYTHON`; `.ci/run` makes one.
//! `BLEUPRINT_CASES` and `BLEUPRINT_SEED` say how many cases and which.

mod common;

use bleuprint::text::Tokens;
use bleuprint::tokenize::{self, Tercom, Tokenize};
use bleuprint::{Bleu, Chrf, Metric, References, Score, Signature, Smoothing, Ter, metrics};
use common::oracle::{Oracle, cases, seed};
use common::random::Random;
use serde_json::{Value, json};

/// Hypotheses, and references by stream, some missing.
struct Corpus {
    hypotheses: Vec<String>,
    streams: Vec<Vec<Option<String>>>,
}

impl Corpus {
    fn random(random: &mut Random) -> Self {
        let segments = 1 + random.below(4);
        let mut streams = vec![Vec::new(); 1 + random.below(4)];
        let mut hypotheses = Vec::new();
        let wild = random.chance(40);
        let vocabulary = *random.pick(&[2, 5, 20, 200]);
        let longest = *random.pick(&[3, 8, 30, 60]);
        for _ in 0..segments {
            let base = random.words(vocabulary, longest);
            hypotheses.push(if wild { random.text(longest) } else { base.join(" ") });
            let present = random.below(streams.len());
            for (stream, references) in streams.iter_mut().enumerate() {
                let text = if wild && random.chance(50) {
                    random.text(longest)
                } else if wild {
                    hypotheses.last().map_or(String::new(), |text| text.replace("a", "b "))
                } else {
                    random.disturb(&base, vocabulary, 20).join(" ")
                };
                let missing = stream != present && random.chance(10);
                references.push(if missing { None } else { Some(text) });
            }
        }
        Corpus { hypotheses, streams }
    }

    fn references(&self) -> References<'_> {
        References::by_stream(&self.streams).expect("the streams are equally long")
    }

    fn request(&self, ask: &str, config: &Value) -> Value {
        json!({ "ask": ask, "config": config, "hyps": self.hypotheses, "refs": self.streams })
    }
}

/// The oracle's signature with our version.
fn signature(answer: &Value, key: &str) -> String {
    let text = answer[key].as_str().unwrap_or_default();
    let at = text.rfind(':').unwrap_or(0);
    let name = answer["name"].as_str().unwrap_or_default();
    format!("{name}|{}:{}", &text[..at], bleuprint::VERSION)
}

/// Runs one metric against the oracle, also by its signature and as a stream.
fn compare<M: Metric>(
    oracle: &mut Oracle,
    ask: &str,
    metric: &M,
    config: &Value,
    corpus: &Corpus,
) -> Value {
    let request = corpus.request(ask, config);
    let answer = oracle.ask(&request);
    let references = corpus.references();
    let prepared = metric.prepare_corpus(&references).expect("every segment has a reference");
    let score = prepared.corpus(&corpus.hypotheses).expect("the lengths agree");
    let expected = answer["score"].as_f64().unwrap_or_else(|| panic!("{request}\n{answer}"));
    let exact = ask != "ter" || references.count().is_some_and(|n| n.is_power_of_two());
    let same =
        if exact { score.value() == expected } else { (score.value() - expected).abs() <= 1e-9 };
    assert!(same, "ours {} theirs {expected}\n{request}\n{answer}", score.value());
    if exact {
        let text = answer["text"].as_str().unwrap_or_default();
        assert_eq!(score.format(2), text, "{request}");
    }
    assert_eq!(prepared.signature().to_string(), signature(&answer, "signature"), "{request}");
    assert_eq!(prepared.signature().short(), signature(&answer, "short"), "{request}");
    let parsed: Signature =
        prepared.signature().short().parse().expect("our own signature is read");
    let again = metrics::from_signature(&parsed).expect("our own signature is a configuration");
    let score = again.corpus(&corpus.hypotheses, &references).expect("the lengths agree");
    if !config.as_object().is_some_and(|config| config.contains_key("smooth_value")) {
        assert!(!exact || score.value() == expected, "by signature: {request}");
    }
    answer
}

#[test]
fn bleu() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(1500) {
        let corpus = Corpus::random(&mut random);
        let tokenizer = *random.pick(&["13a", "intl", "zh", "char", "none"]);
        let (lowercase, effective) = (random.chance(30), random.chance(30));
        let order = if random.chance(30) { 1 + random.below(9) } else { 4 };
        let mut config = json!({
            "tokenize": tokenizer, "lowercase": lowercase, "effective_order": effective,
            "max_ngram_order": order,
        });
        let value = *random.pick(&[0.0, 0.01, 0.1, 0.5, 1.0, 2.5]);
        let (method, smoothing) = *random.pick(&[
            ("none", Smoothing::None),
            ("exp", Smoothing::Exp),
            ("floor", Smoothing::Floor(value)),
            ("add-k", Smoothing::AddK(value)),
        ]);
        config["smooth_method"] = method.into();
        if matches!(method, "floor" | "add-k") {
            config["smooth_value"] = value.into();
        }
        let bleu = Bleu::default()
            .tokenizer(tokenize::by_name(tokenizer).expect("it is known"))
            .lowercase(lowercase)
            .effective_order(effective)
            .smoothing(smoothing)
            .and_then(|bleu| bleu.max_order(order))
            .expect("the settings are in range");
        let request = corpus.request("bleu", &config);
        let answer = if order == 4 {
            compare(&mut oracle, "bleu", &bleu, &config, &corpus)
        } else {
            oracle.ask(&request)
        };
        let score = bleu.corpus(&corpus.hypotheses, &corpus.references()).expect("it scores");
        let numbers = |key: &str| -> Vec<f64> {
            answer[key].as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
        };
        assert_eq!(Some(score.score), answer["score"].as_f64(), "{request}");
        assert_eq!(score.counts, numbers("counts"), "{request}");
        assert_eq!(score.totals, numbers("totals"), "{request}");
        assert_eq!(score.precisions, numbers("precisions"), "{request}");
        assert_eq!(Some(score.bp), answer["bp"].as_f64(), "{request}");
        assert_eq!(Some(score.sys_len), answer["sys_len"].as_u64(), "{request}");
        assert_eq!(Some(score.ref_len), answer["ref_len"].as_u64(), "{request}");
    }
}

#[test]
fn chrf() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for _ in 0..cases(1500) {
        let corpus = Corpus::random(&mut random);
        let word_order = random.below(4);
        let char_order = if random.chance(50) { 6 } else { 1 + random.below(10) };
        let beta = *random.pick(&[1.0, 2.0, 2.0, 3.0, 0.5]);
        let flags = [random.chance(30), random.chance(30), random.chance(30)];
        let mut config = json!({
            "char_order": char_order, "word_order": word_order, "beta": beta,
            "lowercase": flags[0], "whitespace": flags[1], "eps_smoothing": flags[2],
        });
        if beta != 0.5 {
            config["beta"] = (beta as i64).into();
        }
        let chrf = Chrf::default()
            .char_order(char_order)
            .and_then(|chrf| chrf.word_order(word_order))
            .and_then(|chrf| chrf.beta(beta))
            .expect("the settings are in range")
            .lowercase(flags[0])
            .whitespace(flags[1])
            .eps_smoothing(flags[2]);
        compare(&mut oracle, "chrf", &chrf, &config, &corpus);
    }
}

#[test]
fn ter() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    // The oracle takes seconds for a long pair: some thirty of them, however many cases there are.
    let cases = cases(600);
    for case in 0..cases {
        let mut corpus = Corpus::random(&mut random);
        if case % (cases / 30).max(1) == 0 {
            corpus = long_pair(&mut random);
        }
        let flags: Vec<bool> = (0..4).map(|_| random.chance(30)).collect();
        let config = json!({
            "normalized": flags[0], "no_punct": flags[1], "asian_support": flags[2],
            "case_sensitive": flags[3],
        });
        let ter = Ter::default()
            .normalized(flags[0])
            .no_punct(flags[1])
            .asian_support(flags[2])
            .case_sensitive(flags[3]);
        let answer = compare(&mut oracle, "ter", &ter, &config, &corpus);
        let score = ter.corpus(&corpus.hypotheses, &corpus.references()).expect("it scores");
        assert_eq!(Some(score.num_edits as f64), answer["num_edits"].as_f64());
        let length = answer["ref_length"].as_f64().unwrap_or(-1.0);
        assert!((score.ref_length - length).abs() < 1e-9);
        for (hypothesis, reference) in corpus.hypotheses.iter().zip(&corpus.streams[0]) {
            let Some(reference) = reference else { continue };
            let edits = ter.segment(hypothesis, &[reference]).expect("it scores").num_edits;
            assert_eq!(ter.alignment(hypothesis, reference).edits() as u64, edits);
        }
    }
}

/// A pair that is long for its vocabulary (the cap of candidates) or lopsided (the band).
fn long_pair(random: &mut Random) -> Corpus {
    let (vocabulary, length) = *random.pick(&[(3, 90), (12, 160), (60, 220), (400, 150)]);
    let base: Vec<String> =
        (0..length).map(|_| common::random::word(random.below(vocabulary))).collect();
    let other = match random.below(4) {
        0 => random.disturb(&base, vocabulary, 60),
        1 => base[..random.below(6)].to_vec(),
        2 => (0..length).map(|_| common::random::word(random.below(vocabulary))).collect(),
        _ => random.disturb(&base, vocabulary, 15),
    };
    let (hypothesis, reference) = if random.chance(50) { (base, other) } else { (other, base) };
    Corpus {
        hypotheses: vec![hypothesis.join(" ")],
        streams: vec![vec![Some(reference.join(" "))]],
    }
}

#[test]
fn tokenizers() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    let mut tokens = Tokens::traced();
    for _ in 0..cases(2000).div_ceil(20) {
        let texts: Vec<String> = (0..20).map(|_| random.text(14)).collect();
        for name in ["13a", "intl", "zh", "char", "none"] {
            let tokenizer = tokenize::by_name(name).expect("it is known");
            let request = json!({ "ask": "tokenize", "name": name, "texts": texts });
            check_tokens(&mut tokens, &*tokenizer, &texts, &oracle.ask(&request));
        }
        for flags in 0..16_u8 {
            let flag = |bit: u8| flags >> bit & 1 == 1;
            let config = json!({
                "normalized": flag(0), "no_punct": flag(1), "asian_support": flag(2),
                "case_sensitive": flag(3),
            });
            let tokenizer = Tercom {
                normalized: flag(0),
                no_punct: flag(1),
                asian_support: flag(2),
                case_sensitive: flag(3),
            };
            let request = json!({ "ask": "tercom", "config": config, "texts": texts });
            check_tokens(&mut tokens, &tokenizer, &texts, &oracle.ask(&request));
        }
    }
}

fn check_tokens(tokens: &mut Tokens, tokenizer: &dyn Tokenize, texts: &[String], answer: &Value) {
    for (text, expected) in texts.iter().zip(answer["tokens"].as_array().into_iter().flatten()) {
        tokenizer.tokenize(text, tokens);
        let ours: Vec<&str> = tokens.iter().collect();
        assert_eq!(json!(ours), *expected, "{tokenizer:?} of {text:?}");
        for token in 0..tokens.len() {
            let span = tokens.origin(token);
            assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
        }
    }
}
