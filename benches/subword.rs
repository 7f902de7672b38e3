//! Japanese, Korean and subword tokens. The answer is looked at before it is timed.
//!
//! Real data is named by the environment, as nothing is fetched: `BLEUPRINT_IPADIC` and `BLEUPRINT_KODIC` are the
//! folders of dictionaries, `BLEUPRINT_SPM` is a model. Without one its bench says so and is left out.

#![expect(clippy::print_stdout, reason = "what is left out and why is for the reader")]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use bleuprint::text::Tokens;
use bleuprint::tokenize::{Mecab, MecabFiles, SentencePiece, Tokenize};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The texts of one article of the fixtures.
fn lines(article: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles").join(article);
    let names = ["reference.a.txt", "reference.b.txt", "machine.1.txt", "machine.2.txt"];
    let read = |name| std::fs::read_to_string(folder.join(name)).expect("the article is there");
    let text: String = names.into_iter().map(read).collect();
    text.lines().map(str::to_owned).collect()
}

fn named(variable: &str) -> Option<PathBuf> {
    let found = std::env::var_os(variable).map(PathBuf::from);
    if found.is_none() {
        println!("left out: {variable} names no data");
    }
    found
}

/// Without the features at the end of `sys.dic`, as the command reads it.
fn dictionary(folder: &Path) -> MecabFiles {
    let read = |name: &str| std::fs::read(folder.join(name)).expect("the file is there");
    let mut sys = read("sys.dic");
    let enough = MecabFiles::enough(&sys[..MecabFiles::HEADER], sys.len() as u64);
    sys.truncate(enough.expect("it is a dictionary"));
    MecabFiles {
        sys,
        unk: read("unk.dic"),
        matrix: read("matrix.bin"),
        char: read("char.bin"),
        dicrc: read("dicrc"),
    }
}

fn bench(c: &mut Criterion, name: &str, tokenizer: &dyn Tokenize, lines: &[String]) {
    let mut tokens = Tokens::new();
    let mut count = || -> usize {
        let one = |line: &String| {
            tokenizer.tokenize(line, &mut tokens);
            tokens.len()
        };
        lines.iter().map(one).sum()
    };
    assert!(count() > lines.len(), "{name} makes tokens");
    let mut group = c.benchmark_group("tokenize");
    group.throughput(Throughput::Bytes(lines.iter().map(|line| line.len() as u64).sum()));
    group.bench_function(name, |bencher| bencher.iter(|| black_box(count())));
    group.finish();
}

fn mecab(c: &mut Criterion) {
    type Build = fn(MecabFiles) -> bleuprint::Result<Mecab>;
    let kinds: [(&str, &str, &str, Build); 2] = [
        ("ja-mecab", "BLEUPRINT_IPADIC", "en-ja-typhoon", Mecab::japanese),
        ("ko-mecab", "BLEUPRINT_KODIC", "en-ko-stadium", Mecab::korean),
    ];
    for (name, variable, article, build) in kinds {
        let Some(folder) = named(variable) else { continue };
        let files = dictionary(&folder);
        let load = |files: &MecabFiles| build(files.clone()).expect("it is a dictionary");
        bench(c, name, &load(&files), &lines(article));
        c.bench_function(&format!("load/{name}"), |bencher| {
            bencher.iter_batched(
                || files.clone(),
                |files| build(files).expect("it is a dictionary"),
                criterion::BatchSize::LargeInput,
            );
        });
    }
}

fn sentencepiece(c: &mut Criterion) {
    let Some(path) = named("BLEUPRINT_SPM") else { return };
    let model = std::fs::read(path).expect("the model is there");
    let tokenizer = SentencePiece::new(&model, "model").expect("it is a model");
    for article in ["en-de-rail", "en-ja-typhoon"] {
        bench(c, &format!("spm/{article}"), &tokenizer, &lines(article));
    }
    c.bench_function("load/spm", |bencher| bencher.iter(|| SentencePiece::new(&model, "model")));
}

criterion_group!(benches, mecab, sentencepiece);
criterion_main!(benches);
