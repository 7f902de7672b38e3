//! Japanese, Korean and subword tokens against MeCab, mecab-ko and SentencePiece themselves: the golden
//! cases, random small dictionaries and models, the real dictionaries, and models that are trained here.
//!
//! Needs a Python with `tests/oracle/requirements.txt`, named by `BLEUPRINT_PYTHON`; `.ci/run` makes one.
//! `BLEUPRINT_CASES` and `BLEUPRINT_SEED` say how many cases and which.

#![cfg(all(feature = "mecab", feature = "sentencepiece"))]

mod common;

use std::path::{Path, PathBuf};

use bleuprint::text::Tokens;
use bleuprint::tokenize::{Mecab, MecabFiles, SentencePiece, Tokenize};
use common::oracle::{Oracle, cases, seed};
use common::random::Random;
use common::subword::{Category, Dictionary, Golden, Model};
use serde_json::{Value, json};

/// A folder for this test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("subword").join(name);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// The oracle's tokens of each text are ours.
fn compare(oracle: &mut Oracle, tokenizer: &dyn Tokenize, mut request: Value, texts: &[String]) {
    request["texts"] = json!(texts);
    let answer = oracle.ask(&request);
    let theirs = answer["tokens"].as_array().unwrap_or_else(|| panic!("{answer}"));
    assert_eq!(theirs.len(), texts.len());
    let mut tokens = Tokens::new();
    for (text, theirs) in texts.iter().zip(theirs) {
        tokenizer.tokenize(text, &mut tokens);
        assert_eq!(json!(tokens.iter().collect::<Vec<_>>()), *theirs, "{tokenizer:?} of {text:?}");
    }
}

fn mecab(dictionary: &Dictionary) -> Mecab {
    let files = dictionary.files();
    let mecab = if dictionary.korean { Mecab::korean(files) } else { Mecab::japanese(files) };
    mecab.expect("it is a dictionary")
}

fn compare_dictionary(oracle: &mut Oracle, dictionary: &Dictionary, texts: &[String]) {
    let folder = folder(&dictionary.name);
    dictionary.write(&folder);
    let request = json!({ "ask": "mecab", "korean": dictionary.korean, "folder": folder });
    compare(oracle, &mecab(dictionary), request, texts);
}

fn compare_model(oracle: &mut Oracle, model: &Model, texts: &[String]) {
    let path = folder("models").join(&model.name);
    let file = model.file();
    std::fs::write(&path, &file).expect("a file can be written");
    let tokenizer = SentencePiece::new(&file, &*model.name);
    let tokenizer = tokenizer.unwrap_or_else(|error| panic!("{error}: {model:?}"));
    compare(oracle, &tokenizer, json!({ "ask": "spm", "model": path }), texts);
}

#[test]
fn golden() {
    let Some(mut oracle) = Oracle::start() else { return };
    let golden = Golden::read();
    let texts = |cases: &[common::subword::Case]| -> Vec<String> {
        cases.iter().map(|case| case.text.clone()).collect()
    };
    for dictionary in &golden.dictionary {
        compare_dictionary(&mut oracle, dictionary, &texts(&dictionary.case));
    }
    for model in &golden.model {
        compare_model(&mut oracle, model, &texts(&model.case));
    }
}

/// A text over few characters, so that words and pieces are hit, or a wild one.
fn text(random: &mut Random) -> String {
    const CHARS: &[&str] =
        &["a", "b", "c", "あ", "ア", "東", "京", "가", "방", " ", "é", "é", "𠮷", ",", "Ａ"];
    if random.chance(20) {
        return random.text(14);
    }
    let chars = &CHARS[..2 + random.below(CHARS.len() - 1)];
    (0..random.below(40)).map(|_| *random.pick(chars)).collect()
}

/// A short word of the same characters.
fn surface(random: &mut Random) -> String {
    const CHARS: &[&str] = &["a", "b", "c", "あ", "ア", "東", "京", "가", "방", "é", "𠮷", ","];
    let chars = &CHARS[..2 + random.below(CHARS.len() - 1)];
    (0..=random.below(4)).map(|_| *random.pick(chars)).collect()
}

fn dictionary(random: &mut Random, number: usize) -> Dictionary {
    let contexts = 1 + random.below(5);
    // Few different costs make many ties.
    let spread = *random.pick(&[1, 3, 1000]);
    let cost = |random: &mut Random| (random.below(2 * spread + 1) as i16 - spread as i16) * 7;
    let context = |random: &mut Random| random.below(contexts) as u16;
    let names = [
        ("DEFAULT", ""),
        ("SPACE", "  "),
        ("ALPHA", "az"),
        ("KANJI", "一龠"),
        ("KANA", "ぁヿ"),
        ("HANGUL", "가힣"),
        ("BOTH", "アーbb"),
    ];
    let categories = names.map(|(name, chars)| Category {
        name: name.to_owned(),
        length: random.below(4) as u32,
        group: random.chance(50),
        invoke: random.chance(50),
        chars: chars.to_owned(),
        unknown: (0..=random.below(2))
            .map(|_| (context(random), context(random), random.below(3) as u16, cost(random)))
            .collect(),
    });
    let mut words: Vec<_> = (0..1 + random.below(40))
        .map(|_| {
            (
                surface(random),
                context(random),
                context(random),
                random.below(3) as u16,
                cost(random),
            )
        })
        .collect();
    words.sort_by(|a, b| a.0.cmp(&b.0));
    Dictionary {
        name: format!("random-{}", number % 8),
        korean: random.chance(50),
        words,
        matrix: (0..contexts).map(|_| (0..contexts).map(|_| cost(random)).collect()).collect(),
        categories: categories.to_vec(),
        penalties: (0..random.below(3) as u16)
            .map(|class| (class, i32::from(cost(random))))
            .collect(),
        case: Vec::new(),
    }
}

#[test]
fn random_dictionaries() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for number in 0..cases(200) {
        let dictionary = dictionary(&mut random, number);
        let texts: Vec<String> = (0..30).map(|_| text(&mut random)).collect();
        compare_dictionary(&mut oracle, &dictionary, &texts);
    }
}

fn model(random: &mut Random, number: usize) -> Model {
    let kind = (*random.pick(&["unigram", "unigram", "bpe", "bpe", "word", "char"])).to_owned();
    let escape = random.chance(85);
    let mut pieces = std::collections::BTreeMap::new();
    for _ in 0..random.below(60) {
        let mut text = surface(random);
        if random.chance(30) {
            text.insert(
                if random.chance(80) { 0 } else { text.len() },
                if escape { '▁' } else { ' ' },
            );
        }
        let score = if random.chance(50) {
            -(random.below(4) as f32)
        } else {
            -(random.below(90_000) as f32) / 7e3
        };
        let kind = *random
            .pick(&["normal"; 8].iter().copied().chain(["user", "unused"]).collect::<Vec<_>>());
        pieces.insert(text, (score, kind.to_owned()));
    }
    pieces.remove("<unk>");
    let pieces = pieces.into_iter().map(|(text, (score, kind))| (text, score, kind));
    let unknown = ("<unk>".to_owned(), 0.0, "unknown".to_owned());
    let rules = ["é", "e\u{301}", "Ａ", " ", "　", "\t", "a", "ab", "東京", "x"];
    let replacements = ["a", "", " ", "é", "東", "  b", "a b "];
    Model {
        name: format!("random-{}.model", number % 8),
        kind,
        pieces: std::iter::once(unknown)
            .chain(pieces)
            .chain([("▁".to_owned(), -3.5, "normal".to_owned())])
            .collect(),
        byte_fallback: random.chance(30),
        suffix: random.chance(20),
        dummy_prefix: random.chance(70),
        remove_extra: random.chance(70),
        escape,
        rules: (0..random.below(4))
            .map(|_| ((*random.pick(&rules)).to_owned(), (*random.pick(&replacements)).to_owned()))
            .collect(),
        case: Vec::new(),
    }
}

#[test]
fn random_models() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    for number in 0..cases(400) {
        let model = model(&mut random, number);
        let texts: Vec<String> = (0..30).map(|_| text(&mut random)).collect();
        compare_model(&mut oracle, &model, &texts);
    }
}

/// The lines of the fixture articles.
fn lines() -> Vec<String> {
    let mut lines = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    for article in folder.read_dir().expect("the articles are there").flatten() {
        for file in article.path().read_dir().expect("it is a folder").flatten() {
            if file.path().extension().is_some_and(|extension| extension == "txt") {
                let text = std::fs::read_to_string(file.path()).expect("it is UTF-8");
                lines.extend(text.lines().map(str::to_owned));
            }
        }
    }
    lines.sort();
    lines
}

/// Fixture lines with characters changed, and wild texts.
fn texts(random: &mut Random, lines: &[String], count: usize) -> Vec<String> {
    let line = |random: &mut Random| {
        let line = random.pick(lines).clone();
        match random.below(4) {
            0 => random.text(20),
            1 => line,
            2 => line.replace(' ', ""),
            _ => {
                let mut chars: Vec<char> = line.chars().collect();
                for _ in 0..random.below(6) {
                    let at = random.below(chars.len() + 1);
                    chars.splice(at..at, random.text(2).chars().collect::<Vec<_>>());
                }
                chars.into_iter().collect()
            }
        }
    };
    (0..count).map(|_| line(random)).collect()
}

#[test]
fn real_dictionaries() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    let lines = lines();
    for korean in [false, true] {
        let answer = oracle.ask(&json!({ "ask": "mecab_folder", "korean": korean }));
        let folder = PathBuf::from(answer["folder"].as_str().unwrap_or_else(|| panic!("{answer}")));
        let read = |name: &str| std::fs::read(folder.join(name)).expect("the file is there");
        let files = MecabFiles {
            sys: read("sys.dic"),
            unk: read("unk.dic"),
            matrix: read("matrix.bin"),
            char: read("char.bin"),
            dicrc: read("dicrc"),
        };
        let mecab = if korean { Mecab::korean(files) } else { Mecab::japanese(files) };
        let mecab = mecab.expect("it is a dictionary");
        assert_eq!(json!(mecab.name()), answer["signature"]);
        let request = json!({ "ask": "mecab", "korean": korean, "folder": folder });
        let texts = texts(&mut random, &lines, cases(2000));
        compare(&mut oracle, &mecab, request, &texts);
    }
}

#[test]
fn trained_models() {
    let Some(mut oracle) = Oracle::start() else { return };
    let mut random = Random(seed());
    let lines = lines();
    for (kind, rule) in [
        ("unigram", "nmt_nfkc"),
        ("bpe", "nfkc_cf"),
        ("unigram", "identity"),
        ("char", "nmt_nfkc"),
        ("word", "nfkc"),
    ] {
        let prefix = folder("models").join(format!("{kind}-{rule}"));
        let options = json!({
            "model_type": kind, "normalization_rule_name": rule, "vocab_size": 4000, "hard_vocab_limit": false,
            "byte_fallback": kind == "bpe", "user_defined_symbols": ["<sep>", "東京"], "character_coverage": 0.985,
        });
        let request =
            json!({ "ask": "spm_train", "prefix": prefix, "options": options, "lines": lines });
        let answer = oracle.ask(&request);
        let model = PathBuf::from(answer["model"].as_str().unwrap_or_else(|| panic!("{answer}")));
        let file = std::fs::read(&model).expect("it was written");
        let tokenizer = SentencePiece::new(&file, kind).expect("it is a model");
        let texts = texts(&mut random, &lines, cases(1000));
        compare(&mut oracle, &tokenizer, json!({ "ask": "spm", "model": model }), &texts);
    }
}
