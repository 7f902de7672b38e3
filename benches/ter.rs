//! TER, references prepared before and not; normalized, so that Chinese has words.

mod texts;

use bleuprint::Ter;
use criterion::{Criterion, criterion_group, criterion_main};

fn ter(criterion: &mut Criterion) {
    let ter = |_: &str| Ter::default().normalized(true).asian_support(true);
    texts::metric(criterion, "ter", ter, &texts::SIZES);
}

criterion_group!(benches, ter);
criterion_main!(benches);
