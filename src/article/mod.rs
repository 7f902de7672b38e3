//! Articles: two texts whose sentences don't line up.

mod abbreviations;
mod sentences;

pub use sentences::{Sentence, sentences};
