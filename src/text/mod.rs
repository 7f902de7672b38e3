//! Text primitives: what the tokenizers and metrics agree on before they differ.
//!
//! White space as Python has it, Unicode classes pinned to one version, normalization, tokens as
//! spans, and the n-grams that metrics count.

pub(crate) mod blocks;
pub mod classes;
pub(crate) mod grams;
pub(crate) mod lowercase;
pub(crate) mod ngrams;
pub mod normalize;
pub mod stem;
pub(crate) mod symbols;
pub mod tokens;
pub(crate) mod vocabulary;
pub mod whitespace;
pub(crate) mod windows;

pub(crate) use classes::digit;
pub use classes::{Class, UNICODE_VERSION, class, is_decimal};
pub use normalize::{Form, Normalization};
pub use tokens::Tokens;
pub use whitespace::{is_whitespace, split_whitespace, trim, trim_end};

/// Whether a text starts with an address of the web.
pub(crate) fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
