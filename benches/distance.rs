//! Levenshtein's distance on characters and on words.

mod texts;

use bleuprint::distance::Distance;
use bleuprint::text::split_whitespace;
use criterion::{Criterion, criterion_group, criterion_main};
use texts::{SCRIPTS, Texts};

fn levenshtein(criterion: &mut Criterion) {
    let expected = texts::expected();
    let mut group = criterion.benchmark_group("levenshtein");
    for (script, directory) in SCRIPTS {
        for size in ["sentence", "article"] {
            let texts = Texts::new(directory, size);
            let (a, b) = (texts.hypotheses[0].as_str(), texts.references[0].as_str());
            let characters = || Distance::Levenshtein.between(a, b).distance;
            let words = || {
                let (a, b): (Vec<&str>, Vec<&str>) =
                    (split_whitespace(a).collect(), split_whitespace(b).collect());
                Distance::Levenshtein.of(&a, &b).distance
            };
            let wanted = |kind: &str| expected[format!("{kind}/{script}/{size}")].as_f64();
            assert_eq!(Some(characters()), wanted("characters"), "{script} {size}");
            assert_eq!(Some(words()), wanted("words"), "{script} {size}");
            group.throughput(texts.bytes());
            let name = format!("{script}/{size}");
            group.bench_function(format!("characters/{name}"), |bench| bench.iter(characters));
            group.bench_function(format!("words/{name}"), |bench| bench.iter(words));
        }
    }
    group.finish();
}

criterion_group!(benches, levenshtein);
criterion_main!(benches);
