//! The library against the models of `tests/model`: the same rows on any text, with any option.
//!
//! Kernels change, the models don't. Random cases are seeded (`BLEUPRINT_SEED`, `BLEUPRINT_CASES`).

mod common;
mod model;

use bleuprint::text::Tokens;
use bleuprint::tokenize::{self, Tokenize};
use bleuprint::{Bleu, Chrf, Metric, Ter};
use common::oracle::{cases, seed};
use common::random::Random;
use proptest::prelude::*;

const TOKENIZERS: [&str; 5] = ["13a", "intl", "zh", "char", "none"];

/// The row of one segment.
fn row<M: Metric>(
    metric: &M,
    hypothesis: &str,
    references: &[&str],
    scratch: &mut M::Scratch,
) -> Vec<u64> {
    // Every cell is written, whatever stood there.
    let mut row = vec![u64::MAX; metric.columns().len()];
    let reference = metric.prepare(references, scratch).expect("there are references");
    metric.measure(hypothesis, &reference, scratch, &mut row);
    row
}

/// A hypothesis and references: wild text, or words of a small vocabulary with disturbed copies.
fn segment(random: &mut Random, longest: usize) -> (String, Vec<String>) {
    let references = 1 + random.below(4);
    if random.chance(40) {
        let base = random.text(longest);
        let mut texts: Vec<String> = (0..references).map(|_| random.text(longest)).collect();
        if random.chance(50) {
            texts[0] = base.replace("the", "b ").replace('a', "");
        }
        return (base, texts);
    }
    let vocabulary = *random.pick(&[2, 5, 20, 200]);
    let base = random.words(vocabulary, longest);
    let copy = |_| random.disturb(&base, vocabulary, 20).join(" ");
    let texts = (0..references).map(copy).collect();
    (base.join(" "), texts)
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

#[test]
fn bleu_is_its_model() {
    let mut random = Random(seed());
    let mut scratch = Default::default();
    for case in 0..cases(1500) {
        let model = model::bleu::Bleu {
            tokenizer: random.pick::<&str>(&TOKENIZERS),
            lowercase: random.chance(30),
            order: if random.chance(50) { 4 } else { 1 + random.below(9) },
        };
        let bleu = Bleu::default()
            .tokenizer(tokenize::by_name(model.tokenizer).expect("it is known"))
            .lowercase(model.lowercase)
            .max_order(model.order)
            .expect("it is in range");
        let (hypothesis, texts) = segment(&mut random, if case % 50 == 0 { 600 } else { 40 });
        let references = borrowed(&texts);
        assert_eq!(
            row(&bleu, &hypothesis, &references, &mut scratch),
            model.row(&hypothesis, &references),
            "{model:?}\n{hypothesis:?}\n{references:?}"
        );
    }
}

#[test]
fn chrf_is_its_model() {
    let mut random = Random(seed());
    let mut scratch = Default::default();
    for case in 0..cases(1500) {
        let model = model::chrf::Chrf {
            char_order: if random.chance(60) { 6 } else { random.below(10) },
            word_order: random.below(4),
            beta: *random.pick(&[2.0, 1.0, 3.0, 0.5]),
            lowercase: random.chance(30),
            whitespace: random.chance(30),
            eps_smoothing: random.chance(30),
        };
        let configured = Chrf::default()
            .word_order(model.word_order)
            .and_then(|chrf| chrf.char_order(model.char_order))
            .and_then(|chrf| chrf.beta(model.beta));
        let Ok(chrf) = configured else { continue };
        let chrf = chrf
            .lowercase(model.lowercase)
            .whitespace(model.whitespace)
            .eps_smoothing(model.eps_smoothing);
        let (hypothesis, texts) = match case % 50 {
            0 => wide(&mut random),
            1 => segment(&mut random, 600),
            _ => segment(&mut random, 40),
        };
        let references = borrowed(&texts);
        assert_eq!(
            row(&chrf, &hypothesis, &references, &mut scratch),
            model.row(&hypothesis, &references),
            "{model:?}\n{hypothesis:?}\n{references:?}"
        );
    }
}

/// Texts of more different characters than a narrow key has room for, some beyond the basic plane.
fn wide(random: &mut Random) -> (String, Vec<String>) {
    let first = *random.pick(&[0x4e00, 0x20000, 0x1_0400]);
    let characters = *random.pick(&[900, 1020, 1024, 1030, 2500]);
    let mut text = |length: usize| -> String {
        let one = |_| char::from_u32(first + random.below(characters) as u32).unwrap_or('a');
        (0..length).map(one).collect()
    };
    let base = text(3000);
    let other = base.replace(|c: char| u32::from(c) % 7 == 0, "x");
    (other, vec![text(2000) + &base, base])
}

#[test]
fn ter_is_its_model() {
    let mut random = Random(seed());
    let mut scratch = Default::default();
    for case in 0..cases(150) {
        let tokenizer = model::tokenizers::Tercom {
            normalized: random.chance(30),
            no_punct: random.chance(30),
            asian_support: random.chance(30),
            case_sensitive: random.chance(30),
        };
        let ter = Ter::default()
            .normalized(tokenizer.normalized)
            .no_punct(tokenizer.no_punct)
            .asian_support(tokenizer.asian_support)
            .case_sensitive(tokenizer.case_sensitive);
        let (hypothesis, texts) = match case % 25 {
            0 => lopsided(&mut random),
            _ => segment(&mut random, 25),
        };
        let references = borrowed(&texts);
        assert_eq!(
            row(&ter, &hypothesis, &references, &mut scratch),
            model::ter::row(tokenizer, &hypothesis, &references),
            "{ter:?}\n{hypothesis:?}\n{references:?}"
        );
        for reference in references {
            let edits = ter.alignment(&hypothesis, reference).edits() as u64;
            assert_eq!(edits, model::ter::row(tokenizer, &hypothesis, &[reference])[0]);
        }
    }
}

/// Pairs for which the band binds or the candidates reach their cap.
fn lopsided(random: &mut Random) -> (String, Vec<String>) {
    let (vocabulary, length) = *random.pick(&[(3, 60), (30, 90), (400, 120), (4000, 270)]);
    let base: Vec<String> =
        (0..length).map(|_| common::random::word(random.below(vocabulary))).collect();
    let other = match random.below(4) {
        0 => random.disturb(&base, vocabulary, 60),
        1 => base[..random.below(4)].to_vec(),
        2 => base.iter().rev().cloned().collect(),
        _ => random.disturb(&base, vocabulary, 10),
    };
    let (hypothesis, reference) = if random.chance(50) { (base, other) } else { (other, base) };
    (hypothesis.join(" "), vec![reference.join(" ")])
}

fn check_tokens(text: &str) {
    let (mut plain, mut traced) = (Tokens::new(), Tokens::traced());
    for name in TOKENIZERS {
        let tokenizer = tokenize::by_name(name).expect("it is known");
        let expected = model::tokenizers::tokenize(name, text);
        check(&*tokenizer, text, &expected, [&mut plain, &mut traced]);
    }
    for flags in 0..16_u8 {
        let flag = |bit: u8| flags >> bit & 1 == 1;
        let tokenizer = tokenize::Tercom {
            normalized: flag(0),
            no_punct: flag(1),
            asian_support: flag(2),
            case_sensitive: flag(3),
        };
        let model = model::tokenizers::Tercom {
            normalized: flag(0),
            no_punct: flag(1),
            asian_support: flag(2),
            case_sensitive: flag(3),
        };
        check(&tokenizer, text, &model.tokenize(text), [&mut plain, &mut traced]);
    }
}

fn check(tokenizer: &dyn Tokenize, text: &str, expected: &[String], buffers: [&mut Tokens; 2]) {
    for tokens in buffers {
        tokenizer.tokenize(text, tokens);
        let ours: Vec<&str> = tokens.iter().collect();
        assert_eq!(ours, expected, "{tokenizer:?} of {text:?}");
    }
}

#[test]
fn tokens_are_the_models() {
    let mut random = Random(seed());
    for _ in 0..cases(3000) {
        check_tokens(&random.text(14));
    }
}

proptest! {
    #[test]
    fn any_text_is_tokenized_as_by_the_models(text in "\\PC{0,40}") {
        check_tokens(&text);
    }

    #[test]
    fn any_bytes_are_scored_as_by_the_models(
        hypothesis in "(\\PC|[ -~]{0,8}|\\s){0,20}",
        reference in "(\\PC|[ -~]{0,8}|\\s){0,20}",
    ) {
        let bleu = model::bleu::Bleu { tokenizer: "13a", lowercase: false, order: 4 };
        let ours = row(&Bleu::default(), &hypothesis, &[&reference], &mut Default::default());
        prop_assert_eq!(ours, bleu.row(&hypothesis, &[&reference]));
        let chrf = model::chrf::Chrf {
            char_order: 6, word_order: 2, beta: 2.0, lowercase: false, whitespace: false, eps_smoothing: false,
        };
        let ours = row(&Chrf::plus_plus(), &hypothesis, &[&reference], &mut Default::default());
        prop_assert_eq!(ours, chrf.row(&hypothesis, &[&reference]));
    }
}
