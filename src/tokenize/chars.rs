//! `char`: every character a token.

use super::Tokenize;
use crate::text::{Tokens, is_whitespace};

/// Every code point but white space is a token of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Char;

impl Tokenize for Char {
    fn name(&self) -> &str {
        "char"
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        tokens.reset(text);
        for (at, c) in text.char_indices().filter(|(_, c)| !is_whitespace(*c)) {
            tokens.push(at, at + c.len_utf8());
        }
    }
}
