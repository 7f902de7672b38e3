//! `intl`: Unicode punctuation and symbols apart, as mteval-v14 has it.

use super::Tokenize;
use super::western::{Beyond, Kind, scan};
use crate::text::{Class, Tokens, class, is_whitespace};

/// The tokenizer of mteval-v14: symbols apart, punctuation apart but for a place beside a number.
///
/// Classes are those of one Unicode version, [`UNICODE_VERSION`](crate::text::UNICODE_VERSION),
/// whatever the compiler or another crate has. As in sacreBLEU nothing is padded, so `2024.` at the end
/// of a segment and `.5` at its start stay whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct Intl;

impl Tokenize for Intl {
    fn name(&self) -> &str {
        "intl"
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        tokens.reset(text);
        split(tokens);
    }
}

/// Pushes the tokens of the text that stands in the buffer.
pub(super) fn split(tokens: &mut Tokens) {
    scan(tokens, false, Beyond::All, |c| match class(c) {
        Class::Punctuation => Kind::Stop,
        Class::Symbol => Kind::Mark,
        Class::Number => Kind::Number,
        Class::Other if is_whitespace(c) => Kind::Space,
        Class::Other => Kind::Word,
    });
}
