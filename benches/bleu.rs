//! BLEU, references prepared before and not.

mod texts;

use bleuprint::{Bleu, tokenize};
use criterion::{Criterion, criterion_group, criterion_main};

fn bleu(criterion: &mut Criterion) {
    let bleu = |script: &str| {
        let name = if script == "han" { "zh" } else { "13a" };
        Bleu::default().tokenizer(tokenize::by_name(name).expect("it is known"))
    };
    texts::metric(criterion, "bleu", bleu, &texts::SIZES);
}

criterion_group!(benches, bleu);
criterion_main!(benches);
