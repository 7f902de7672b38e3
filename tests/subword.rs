//! Japanese, Korean and subword tokens with small dictionaries and models, and what damage does to them.

#![cfg(all(feature = "mecab", feature = "sentencepiece"))]

mod common;

use bleuprint::text::Tokens;
use bleuprint::tokenize::{Mecab, MecabFiles, SentencePiece, Tokenize};
use bleuprint::{Bleu, Metric, References};
use common::random::Random;
use common::subword::{Case, Dictionary, Golden};
use std::sync::Arc;

fn mecab(dictionary: &Dictionary, files: MecabFiles) -> bleuprint::Result<Mecab> {
    if dictionary.korean { Mecab::korean(files) } else { Mecab::japanese(files) }
}

fn check(tokenizer: &dyn Tokenize, cases: &[Case]) {
    assert!(!cases.is_empty());
    let mut tokens = Tokens::new();
    for case in cases {
        tokenizer.tokenize(&case.text, &mut tokens);
        assert_eq!(tokens.iter().collect::<Vec<_>>(), case.tokens, "{tokenizer:?} {:?}", case.text);
    }
}

#[test]
fn golden_tokens() {
    let golden = Golden::read();
    for dictionary in &golden.dictionary {
        let tokenizer = mecab(dictionary, dictionary.files()).expect("it is a dictionary");
        check(&tokenizer, &dictionary.case);
    }
    for model in &golden.model {
        let tokenizer = SentencePiece::new(&model.file(), &*model.name).expect("it is a model");
        check(&tokenizer, &model.case);
    }
}

#[test]
fn words_are_spans_of_the_original() {
    let dictionary = &Golden::read().dictionary[0];
    let tokenizer = mecab(dictionary, dictionary.files()).expect("it is a dictionary");
    let (text, mut tokens) = (" 東京 に住む", Tokens::traced());
    tokenizer.tokenize(text, &mut tokens);
    for token in 0..tokens.len() {
        assert_eq!(&text[tokens.origin(token)], tokens.get(token));
    }
}

#[test]
fn names_are_those_of_the_data() {
    let dictionary = &Golden::read().dictionary[0];
    let whole = dictionary.files();
    let enough = MecabFiles::enough(&whole.sys[..MecabFiles::HEADER], whole.sys.len() as u64);
    let mut part = whole.clone();
    part.sys.truncate(enough.expect("it is a header"));
    let (whole, part) = (mecab(dictionary, whole), mecab(dictionary, part));
    let (whole, part) = (whole.expect("it is one"), part.expect("features may be left out"));
    assert_eq!(whole.name(), part.name());
    let hash = whole.name().strip_prefix("ja-mecab-0.996-").expect("its program is named");
    assert!(hash.len() == 12 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()), "{hash}");
    assert_eq!(whole.entries(), dictionary.words.len());

    let model = Golden::read().model[0].file();
    let named = SentencePiece::hashed(&model, "my model|1").expect("it is a model");
    assert!(named.name().starts_with("my_model_1-"), "{}", named.name());
    let bleu = Bleu::default().tokenizer(Arc::new(named));
    let references = References::single(&["aab ab"]);
    let prepared = bleu.prepare_corpus(&references).expect("it has references");
    assert!(prepared.signature().to_string().contains("|tok:my_model_1-"));
}

#[test]
fn warm_memory_is_enough() {
    let golden = Golden::read();
    let mut tokens = Tokens::new();
    let mut measure = |tokenizer: &dyn Tokenize, cases: &[Case]| {
        let mut all = || cases.iter().for_each(|case| tokenizer.tokenize(&case.text, &mut tokens));
        all();
        // A second time, as buffers change places.
        all();
        let info = allocation_counter::measure(all);
        assert_eq!(info.count_total, 0, "{tokenizer:?}");
    };
    for dictionary in &golden.dictionary {
        measure(&mecab(dictionary, dictionary.files()).expect("it is one"), &dictionary.case);
    }
    for model in &golden.model {
        measure(&SentencePiece::new(&model.file(), "m").expect("it is one"), &model.case);
    }
}

#[test]
fn threads_agree() {
    let golden = Golden::read();
    let tokenizer = mecab(&golden.dictionary[0], golden.dictionary[0].files()).expect("it is one");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..50).for_each(|_| check(&tokenizer, &golden.dictionary[0].case)));
        }
    });
}

/// Cut short, every file is an error that names it, but for a `sys.dic` that only lost its features.
#[test]
fn truncated_dictionaries() {
    let dictionary = &Golden::read().dictionary[1];
    let whole = dictionary.files();
    for (name, pick) in PARTS {
        let length = pick(&mut whole.clone()).len();
        for cut in (0..length).rev().filter(|cut| cut % 4999 == 0 || *cut < 80 || length - cut < 40)
        {
            let mut files = whole.clone();
            pick(&mut files).truncate(cut);
            match mecab(dictionary, files) {
                Ok(tokenizer) => {
                    let rest = length - cut;
                    assert!(matches!(*name, "sys.dic" | "unk.dic") && rest <= 2, "{name} {cut}");
                    check(&tokenizer, &dictionary.case);
                }
                Err(error) => {
                    assert!(error.is_data(), "{error}");
                    assert!(error.to_string().contains("byte "), "{error}");
                }
            }
        }
    }
}

type Part = fn(&mut MecabFiles) -> &mut Vec<u8>;

const PARTS: &[(&str, Part)] = &[
    ("sys.dic", |files| &mut files.sys),
    ("unk.dic", |files| &mut files.unk),
    ("matrix.bin", |files| &mut files.matrix),
    ("char.bin", |files| &mut files.char),
];

/// Whatever a dictionary or model has in it, it is an error or it cuts every text into spans.
#[test]
fn flipped_bits() {
    let golden = Golden::read();
    let mut random = Random(2026);
    let mut tokens = Tokens::new();
    let mut errors = 0;
    let files: Vec<MecabFiles> = golden.dictionary.iter().map(Dictionary::files).collect();
    let models: Vec<Vec<u8>> = golden.model.iter().map(|model| model.file()).collect();
    for round in 0..150 {
        let which = random.below(files.len());
        let (dictionary, mut files) = (&golden.dictionary[which], files[which].clone());
        let part = if round % 2 == 0 { PARTS[0].1 } else { random.pick(PARTS).1 };
        flip(part(&mut files), &mut random);
        match mecab(dictionary, files) {
            Ok(tokenizer) => use_it(&tokenizer, &dictionary.case, &mut random, &mut tokens),
            Err(error) => errors += usize::from(error.is_data()),
        }
    }
    for _ in 0..1200 {
        let which = random.below(models.len());
        let (model, mut file) = (&golden.model[which], models[which].clone());
        if random.chance(20) {
            file.truncate(random.below(file.len()));
        }
        flip(&mut file, &mut random);
        match SentencePiece::new(&file, "m") {
            Ok(tokenizer) => use_it(&tokenizer, &model.case, &mut random, &mut tokens),
            Err(error) => errors += usize::from(error.is_data()),
        }
    }
    assert!(errors > 200, "{errors} of the damaged files were found out");
}

fn flip(bytes: &mut [u8], random: &mut Random) {
    for _ in 0..=random.below(3) {
        if !bytes.is_empty() {
            // Small files are mostly trie: the start has the header.
            let end = if random.chance(30) { bytes.len().min(100) } else { bytes.len() };
            bytes[random.below(end)] ^= 1 << random.below(8);
        }
    }
}

fn use_it(tokenizer: &dyn Tokenize, cases: &[Case], random: &mut Random, tokens: &mut Tokens) {
    let texts = cases.iter().map(|case| case.text.clone());
    for text in texts.chain([random.text(20)]) {
        tokenizer.tokenize(&text, tokens);
        assert!(tokens.iter().all(|token| !token.is_empty()));
    }
}

#[test]
fn foreign_files_are_named() {
    let dictionary = &Golden::read().dictionary[0];
    let mut files = dictionary.files();
    files.sys =
        b"no dictionary at all, but long enough to have a header of seventy-two bytes".to_vec();
    let error = mecab(dictionary, files).expect_err("it is none");
    assert_eq!(error.to_string(), "sys.dic, byte 0: is no compiled MeCab dictionary");
    let mut files = dictionary.files();
    files.sys[40..45].copy_from_slice(b"eucjp");
    let error = mecab(dictionary, files).expect_err("it is in another encoding");
    assert!(error.to_string().contains("byte 40: is in eucjp"), "{error}");
    let error = SentencePiece::new(b"", "m").expect_err("it is empty");
    assert!(error.to_string().contains("is no SentencePiece model"), "{error}");
}
