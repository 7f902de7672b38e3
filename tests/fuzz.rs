//! The fuzz targets on stable Rust: every input in the corpus, and mutations of them.

mod common;
#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

use common::random::Random;

fn replay(target: fn(&[u8]), corpus: &str, mutations: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(corpus);
    let mut inputs: Vec<Vec<u8>> = fs::read_dir(folder)
        .expect("the corpus is there")
        .map(|entry| fs::read(entry.expect("it can be read").path()).expect("it can be read"))
        .collect();
    inputs.sort();
    assert!(!inputs.is_empty());
    inputs.iter().for_each(|input| target(input));
    let mut random = Random(2026);
    for _ in 0..mutations {
        let mut input = random.pick(&inputs).clone();
        for _ in 0..=random.below(4) {
            mutate(&mut input, random.pick(&inputs).as_slice(), &mut random);
        }
        target(&input);
    }
}

/// A byte changed, a stretch cut, doubled, or taken from another input.
fn mutate(input: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let at = random.below(input.len() + 1);
    let end = (at + random.below(8)).min(input.len());
    match random.below(4) {
        0 if at < input.len() => input[at] = random.next() as u8,
        1 => drop(input.drain(at..end)),
        2 => {
            let copy = input[at..end].to_vec();
            input.splice(at..at, copy);
        }
        _ => {
            let from = random.below(other.len() + 1);
            let until = (from + random.below(8)).min(other.len());
            input.splice(at..end, other[from..until].iter().copied());
        }
    }
}

#[test]
fn texts() {
    replay(targets::texts, "texts", 300);
}

#[test]
fn signatures() {
    replay(targets::signatures, "signatures", 20_000);
}

#[test]
fn findings() {
    replay(targets::findings, "findings", 2_000);
}
