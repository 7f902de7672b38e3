//! RIBES, METEOR, NIST and BLEU's dialects against slow models, and what each must say of itself.

#[path = "model/lexical.rs"]
mod model;

use bleuprint::metrics::bleu::{BleuDialect, Dialect};
use bleuprint::metrics::guide::{ADVICE, DIALECTS, EXPERIMENT};
use bleuprint::metrics::{self, CharCut, Character, Meteor, Nist, Ribes, Rouge};
use bleuprint::text::stem;
use bleuprint::tokenize::Plain;
use bleuprint::{Metric, References, Score};
use proptest::prelude::*;
use std::sync::Arc;

/// Words that repeat, some with a common stem.
fn words(longest: usize) -> impl Strategy<Value = Vec<&'static str>> {
    const WORDS: [&str; 10] =
        ["the", "the", "walk", "walks", "walked", "cat", "cats", "on", "happily", "happy"];
    (2..=WORDS.len(), 0..=longest).prop_flat_map(|(vocabulary, length)| {
        proptest::collection::vec(
            proptest::sample::select(WORDS[..vocabulary].to_vec()),
            0..=length,
        )
    })
}

/// A few segments with one to three references each.
fn corpus() -> impl Strategy<Value = Vec<(Vec<&'static str>, Vec<Vec<&'static str>>)>> {
    let segment = (words(12), proptest::collection::vec(words(12), 1..4));
    proptest::collection::vec(segment, 1..5)
}

/// The score of a corpus of words.
fn score<M: Metric>(metric: &M, corpus: &model::Words<'_>) -> f64 {
    let hypotheses: Vec<String> =
        corpus.iter().map(|(hypothesis, _)| hypothesis.join(" ")).collect();
    let join =
        |references: &Vec<Vec<&str>>| references.iter().map(|words| words.join(" ")).collect();
    let references: Vec<Vec<String>> =
        corpus.iter().map(|(_, references)| join(references)).collect();
    let references = References::by_segment(&references);
    metric.corpus(&hypotheses, &references).expect("it scores").value()
}

/// Texts that repeat themselves, words that share pieces, and marks; the other one moved about.
fn texts() -> impl Strategy<Value = [String; 2]> {
    const PIECES: [&str; 12] =
        ["the", " ", "cat", " ", "cats", ", ", "on", " ", "mat", "...", "-", "is"];
    let few = proptest::collection::vec(
        proptest::sample::select("ab., ".chars().collect::<Vec<_>>()),
        0..25,
    );
    let many = proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..40);
    let strings = prop_oneof![
        few.prop_map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>()),
        many.prop_map(|all| all.iter().map(ToString::to_string).collect()),
    ];
    (strings, any::<[prop::sample::Index; 4]>(), any::<bool>()).prop_map(|(pieces, at, drop)| {
        let mut other = pieces.clone();
        if !other.is_empty() {
            other.rotate_left(at[0].index(pieces.len()));
            let half = at[1].index(pieces.len());
            other[half..].rotate_left(at[2].index(pieces.len() - half));
            if drop {
                other.remove(at[3].index(pieces.len()));
            }
        }
        [pieces.concat(), other.concat()]
    })
}

fn close(ours: f64, theirs: f64) -> Result<(), TestCaseError> {
    prop_assert!((ours - theirs).abs() < 1e-9, "ours {ours} theirs {theirs}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn ribes_is_its_definition(corpus in corpus()) {
        let best = |(hypothesis, references): &(Vec<&str>, Vec<Vec<&str>>)| {
            references.iter().map(|reference| model::ribes(hypothesis, reference)).fold(0.0, f64::max)
        };
        let mean = 100.0 * corpus.iter().map(best).sum::<f64>() / corpus.len() as f64;
        close(score(&Ribes::default().tokenizer(Arc::new(Plain)), &corpus), mean)?;
    }

    #[test]
    fn nist_is_its_definition(corpus in corpus()) {
        close(score(&Nist::default().tokenizer(Arc::new(Plain)), &corpus), model::nist(&corpus))?;
    }

    #[test]
    fn bleu_dialects_are_their_scripts(corpus in corpus()) {
        let dialect = |dialect| BleuDialect::new(dialect).expect("it exists").tokenizer(Arc::new(Plain));
        close(score(&dialect(Dialect::MtevalV13a { smooth: true }), &corpus), model::mteval(&corpus))?;
        close(score(&dialect(Dialect::MultiBleu), &corpus), model::multi_bleu(&corpus))?;
        close(score(&dialect(Dialect::MtevalV14 { smooth: false }), &corpus), model::multi_bleu(&corpus))?;
        close(score(&dialect(Dialect::SentencePlus1), &corpus), model::sentence_plus_one(&corpus))?;
    }

    #[test]
    fn character_is_its_definition(hypothesis in words(12), reference in words(12)) {
        let ours = Character::default().segment(&hypothesis.join(" "), &[&reference.join(" ")]);
        close(ours.expect("there is a reference").score, 100.0 * model::character(&hypothesis, &reference))?;
    }

    #[test]
    fn charcut_is_its_definition([hypothesis, reference] in texts(), least in 1_usize..6) {
        let ours = CharCut::default().match_size(least).segment(&hypothesis, &[&reference]);
        let cost = ours.expect("there is a reference").part;
        prop_assert_eq!(cost, model::charcut(&hypothesis, &reference, least) as u64);
    }

    #[test]
    fn meteor_aligns_best(hypothesis in words(7), reference in words(7)) {
        let meteor = Meteor::default().tokenizer(Arc::new(Plain));
        let pairs = meteor.alignment(&hypothesis.join(" "), &reference.join(" "));
        let ours = model::worth(&hypothesis, &reference, &pairs);
        prop_assert_eq!(ours, model::best(&hypothesis, &reference, stem::english));
        let exact = Meteor::language("de").expect("it is known").tokenizer(Arc::new(Plain));
        let pairs = exact.alignment(&hypothesis.join(" "), &reference.join(" "));
        let ours = model::worth(&hypothesis, &reference, &pairs);
        prop_assert_eq!(ours, model::best(&hypothesis, &reference, str::to_owned));
    }

    #[test]
    fn meteor_aligns_long_texts_with_the_greatest_weight(hypothesis in words(60), reference in words(60)) {
        let meteor = Meteor::default().tokenizer(Arc::new(Plain));
        let pairs = meteor.alignment(&hypothesis.join(" "), &reference.join(" "));
        let stems = |words: &[&str]| words.iter().map(|word| stem::english(word)).collect::<Vec<_>>();
        prop_assert_eq!(pairs.len(), shared(&stems(&hypothesis), &stems(&reference)));
        let exact = pairs.iter().filter(|(i, j)| hypothesis[*i] == reference[*j]).count();
        prop_assert_eq!(exact, shared(&hypothesis, &reference));
    }
}

/// How many words two lists have in common.
fn shared<T: PartialEq + Clone>(ours: &[T], theirs: &[T]) -> usize {
    let mut left = theirs.to_vec();
    let takes = |word: &T| left.iter().position(|other| other == word).map(|at| left.remove(at));
    ours.iter().filter_map(takes).count()
}

#[test]
fn meteor_takes_milliseconds_for_long_segments() {
    let text = |step: usize| {
        let words =
            (0..1000).map(|n| ["the", "of", "walk", "walks", "a", "cat", "in"][n * step % 7]);
        words.collect::<Vec<_>>().join(" ")
    };
    let (hypothesis, reference) = (text(3), text(5));
    let started = std::time::Instant::now();
    let score = Meteor::default().segment(&hypothesis, &[&reference]).expect("it scores");
    assert!(score.matches > 900, "{score:?}");
    assert!(started.elapsed().as_secs() < 20, "{:?} without optimization", started.elapsed());
}

#[test]
fn names_and_signatures_are_read() {
    for name in [
        "bleu|dialect:mteval-v13a",
        "bleu-mteval-v14",
        "bleu-multi-bleu",
        "BLEU-hf|smooth:plus-1",
        "bleu|dialect:nltk|smooth:7",
        "bleu-sentence+1",
        "bleu|dialect:sacrebleu",
        "chrf|dialect:eps",
        "nist",
        "nist-nltk",
        "gleu|tok:none",
        "ribes|dialect:nltk",
        "ribes",
        "meteor|params:de",
        "meteor-nltk",
        "meteor-1.5",
        "rouge1|tok:unicode",
        "ROUGE2",
        "rouge-l|stem:porter",
        "rougeLsum",
        "rouge9",
    ] {
        let metric = metrics::parse(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let signature = metric.signature();
        let again = metrics::from_signature(&signature).expect("our own signature is read");
        assert_eq!(again.signature(), signature, "{name}");
    }
    for name in [
        "bleu-moses",
        "bleu-nltk|dialect:hf",
        "bleu|dialect:nltk|smooth:8",
        "bleu|dialect:multi-bleu|smooth:exp",
        "nist|dialect:hf",
        "rouge0",
        "rouge10",
        "meteor|params:xx",
        "meteor|function:5-0123456789abcdef",
        "ribes|alpha:x",
        "ribes|alpha:-1|beta:0",
        "rouge1|tok:13a",
        "gleu-nltk",
    ] {
        let error = metrics::parse(name).map(|metric| metric.signature()).expect_err(name);
        assert!(error.is_config(), "{name}: {error}");
    }
}

#[test]
fn rouge_sees_all_scripts_with_unicode_tokens() {
    let score = |metric: Rouge, text: &str| metric.segment(text, &[text]).expect("it scores").score;
    for text in ["Привет, мир!", "你好，世界。", "שלום עולם", "สวัสดี"]
    {
        assert_eq!(score(Rouge::lcs(), text), 0.0, "{text}");
        assert_eq!(score(Rouge::lcs().unicode(true), text), 100.0, "{text}");
    }
    let pair =
        Rouge::ngrams(1).expect("it exists").unicode(true).segment("東京へ行く", &["東京に行く"]);
    assert!((pair.expect("it scores").score - 80.0).abs() < 1e-9);
}

#[test]
fn function_words_are_in_the_signature() {
    let words = ["the", "of"];
    let meteor = Meteor::default().function_words(words);
    let same = Meteor::default().function_words(["OF", "The", "of"]);
    assert_eq!(meteor.signature(), same.signature());
    assert_ne!(meteor.signature(), Meteor::default().signature());
    let score =
        |meteor: &Meteor| meteor.segment("the cat", &["the dog"]).expect("it scores").precision;
    assert_eq!((score(&meteor), score(&Meteor::default())), (25.0, 50.0));
}

#[test]
fn the_guide_says_what_is_so() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles/de-en-flood/");
    let read = |name: &str| -> Vec<String> {
        let text = std::fs::read_to_string(format!("{path}{name}")).expect("the fixture is there");
        text.lines().map(str::to_owned).collect()
    };
    let reference = read("reference.a.txt");
    let replaced = |from: &str, to: &str| -> Vec<String> {
        reference.iter().map(|line| line.replace(from, to)).collect()
    };
    let backwards = |line: &String| line.split(' ').rev().collect::<Vec<_>>().join(" ");
    let mut shorter = reference.clone();
    shorter[7].clear();
    let variants = [
        reference.clone(),
        replaced("1954", "1945"),
        replaced("nobody was", "everybody was"),
        reference.iter().map(backwards).collect(),
        shorter,
        read("reference.b.txt"),
        read("machine.1.txt"),
    ];
    for (name, expected) in EXPERIMENT {
        let metric = metrics::parse(name).expect("it is known");
        for (text, expected) in variants.iter().zip(expected) {
            let score = metric.corpus(text, &References::single(&reference)).expect("it scores");
            assert!(
                (score.value() - expected).abs() <= 0.0501,
                "{name}: {} {expected}",
                score.value()
            );
        }
    }
    for name in ADVICE.iter().flat_map(|advice| advice.report) {
        assert!(metrics::parse(name).is_ok(), "{name}");
    }
    for (metric, dialect, _) in DIALECTS {
        assert!(
            metrics::parse(&format!("{metric}|dialect:{dialect}")).is_ok(),
            "{metric} {dialect}"
        );
    }
}

/// What charcut 1.1.1 says where its rules pull in different directions.
#[test]
fn charcut_agrees_on_what_is_rare() {
    let facts = [
        ("..,.,", ".,,,.,.a,.,", 6),
        ("aa,a,.a,a", "a,a,,a", 5),
        (
            "on cat. sat a, cat-on it mat, on cats-dog",
            "on cat sat, a cat. on, it-mat on cats-dog",
            18,
        ),
        ("in in", "in a in", 6),
        ("-foo bar-", "zz bar y bar qq foo yy", 20),
        ("a ... b y...", "a ... b p...", 4),
        (
            "len mofile gubat vot-gus ga. vo. tuha kegon.",
            "len, mofile vot kegon gus ga vo, tuha.",
            18,
        ),
        (
            "betibi. ricetipi pukanucet lefapudes megutiden. pos mavu, kon, moteden",
            "lefapudes megutiden pos kon. mavu-moteden betibi. ricetipi pukanucet.",
            52,
        ),
        (".,,aa.,,", "a.,,.,,aa", 7),
    ];
    for (hypothesis, reference, cost) in facts {
        let score = CharCut::default().segment(hypothesis, &[reference]).expect("it scores");
        assert_eq!(score.part, cost, "{hypothesis} {reference}");
    }
}

/// What cer 1.2.0 says of words that repeat, and where its floats make it shift once more for nothing.
#[test]
fn character_agrees_on_what_is_rare() {
    let facts = [
        ("cc ddd ddd ddd", "ddd ddd cc ddd", 0.39285714285714285),
        ("bb ooooo ccc nnnn eeeee iiii", "ccc ooooo eeeee iiii bb nnnn", 0.21428571428571427),
        ("dddd iiii mmm ll ccc hhh", "hhh ll dddd iiii ccc mmm", 0.2916666666666667),
        ("a b ddd b", "b b a", 0.5555555555555556),
        ("dddd hhh f dddd", "f dddd dddd hhh", 0.4666666666666667),
    ];
    for (hypothesis, reference, expected) in facts {
        let score = Character::default().segment(hypothesis, &[reference]).expect("it scores");
        assert!((score.score - 100.0 * expected).abs() < 1e-9, "{hypothesis}: {}", score.score);
    }
}
