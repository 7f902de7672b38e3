//! `none`: white space only.

use super::Tokenize;
use crate::text::Tokens;

/// Splits at white space and does nothing else: for text that is tokenized already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Tokenize for Plain {
    fn name(&self) -> &str {
        "none"
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        tokens.reset(text);
        tokens.split_whitespace();
    }
}
