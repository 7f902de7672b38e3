//! The kernels once each over a corpus, for `scripts/instructions.sh`: instruction counts don't depend on how busy
//! the machine is, so a regression of a few percent shows.
//!
//! With a kernel's name it runs that one, else all.

mod texts;

use std::hint::black_box;

use bleuprint::distance::Distance;
use bleuprint::{Bleu, Chrf, Metric, Ter};
use texts::{Texts, lines};

/// What callgrind counts.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
}

fn metric<M: Metric>(metric: &M, texts: &Texts, prepare: bool) {
    let references = texts.references();
    let prepared = metric.prepare_corpus(&references).expect("there are references");
    let mut scratch = M::Scratch::default();
    let mut row = vec![0; metric.columns().len()];
    counted(&mut || {
        for (segment, hypothesis) in texts.hypotheses.iter().enumerate() {
            if prepare {
                let reference = metric.prepare(references.segment(segment), &mut scratch);
                drop(black_box(reference));
            } else {
                prepared.measure(segment, hypothesis, &mut scratch, &mut row);
                black_box(&row);
            }
        }
    });
}

fn run(kernel: &str, texts: &Texts) {
    let (name, prepare) = match kernel.strip_suffix("/prepare") {
        Some(name) => (name, true),
        None => (kernel, false),
    };
    match name {
        "bleu" => metric(&Bleu::default(), texts, prepare),
        "chrf" => metric(&Chrf::default(), texts, prepare),
        "chrf++" => metric(&Chrf::plus_plus(), texts, prepare),
        "ter" => metric(&Ter::default(), texts, prepare),
        "levenshtein" => counted(&mut || {
            for (a, b) in texts.hypotheses.iter().zip(&texts.references) {
                black_box(Distance::Levenshtein.between(a, b));
            }
        }),
        _ => {
            let candidates = lines("en-de-rail", "machine.1");
            counted(&mut || {
                black_box(Chrf::default().matrix(&candidates, &candidates)).expect("it scores");
            });
        }
    }
}

const KERNELS: [&str; 10] = [
    "bleu",
    "bleu/prepare",
    "chrf",
    "chrf/prepare",
    "chrf++",
    "chrf++/prepare",
    "ter",
    "ter/prepare",
    "levenshtein",
    "matrix",
];

fn main() {
    let texts = Texts::new("en-de-rail", "corpus");
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    for kernel in
        KERNELS.iter().filter(|kernel| wanted.is_empty() || wanted.contains(&(**kernel).to_owned()))
    {
        run(kernel, &texts);
    }
}
