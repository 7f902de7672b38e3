//! The tokenizers over a corpus.

mod texts;

use std::sync::Arc;

use bleuprint::text::Tokens;
use bleuprint::tokenize::{self, Tercom, Tokenize};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use texts::{SCRIPTS, Texts};

fn tokenizers(criterion: &mut Criterion) {
    let expected = texts::expected();
    let mut group = criterion.benchmark_group("tokenize");
    for name in ["13a", "intl", "zh", "char", "none", "tercom"] {
        let tokenizer: Arc<dyn Tokenize> = match name {
            "tercom" => {
                Arc::new(Tercom { normalized: true, asian_support: true, ..Tercom::default() })
            }
            _ => tokenize::by_name(name).expect("it is known"),
        };
        for (script, directory) in SCRIPTS {
            let corpus = Texts::new(directory, "corpus").hypotheses;
            let mut tokens = Tokens::new();
            let mut count = || {
                let count = |text: &String| {
                    tokenizer.tokenize(text, &mut tokens);
                    tokens.len() as u64
                };
                corpus.iter().map(count).sum::<u64>()
            };
            let wanted = expected[format!("tokens/{name}/{script}")].as_u64();
            assert_eq!(Some(count()), wanted, "{name} of {script}");
            let bytes = corpus.iter().map(|text| text.len() as u64).sum();
            group.throughput(Throughput::Bytes(bytes));
            group.bench_function(format!("{name}/{script}"), |bencher| bencher.iter(&mut count));
        }
    }
    group.finish();
}

criterion_group!(benches, tokenizers);
criterion_main!(benches);
