//! chrF2 and chrF2++, references prepared before and not.

mod texts;

use bleuprint::Chrf;
use criterion::{Criterion, criterion_group, criterion_main};

fn chrf(criterion: &mut Criterion) {
    texts::metric(criterion, "chrf", |_| Chrf::default(), &texts::SIZES);
    texts::metric(criterion, "chrf++", |_| Chrf::plus_plus(), &texts::SIZES);
}

criterion_group!(benches, chrf);
criterion_main!(benches);
