//! The metrics as their definitions say them: slow, obvious, and nothing shared with the library.
//!
//! A kernel of the library is right when its rows are those of the model, on any text and with any option.

#![allow(dead_code, reason = "each test binary uses its own part")]

pub(crate) mod bleu;
pub(crate) mod chrf;
pub(crate) mod ter;
pub(crate) mod text;
pub(crate) mod tokenizers;

use std::collections::BTreeMap;

/// How often each n-gram of one order occurs.
pub(crate) fn ngrams<T: Clone + Ord>(sequence: &[T], order: usize) -> BTreeMap<Vec<T>, u64> {
    let mut counts = BTreeMap::new();
    for ngram in sequence.windows(order) {
        *counts.entry(ngram.to_vec()).or_insert(0) += 1;
    }
    counts
}
