//! `tercom`: what TER does to a text before it counts edits.

use super::western::{Beyond, Kind, scan};
use super::{Tokenize, v13a};
use crate::text::{Tokens, is_whitespace};

/// TER's tokenizer (Snover et al., AMTA 2006), with its options; by default it lowercases and splits
/// at white space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tercom {
    /// Sets punctuation apart, much as `13a` does.
    pub normalized: bool,
    /// Deletes the marks `. , ? : ; ! " ( )`; what stood on both sides is joined.
    pub no_punct: bool,
    /// With `normalized`, sets Chinese characters and Asian punctuation apart; with `no_punct`,
    /// deletes the latter. Alone it does nothing, as in sacreBLEU.
    pub asian_support: bool,
    /// Keeps the case.
    pub case_sensitive: bool,
}

impl Tokenize for Tercom {
    fn name(&self) -> &str {
        "tercom"
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        tokens.reset(text);
        self.run(tokens);
    }
}

impl Tercom {
    /// Tokenizes a reference as sacreBLEU does: twice, the second time over the first one's tokens. With
    /// `normalized` that can set more apart (`it's.` becomes `it's .`, then `it 's .`).
    pub fn tokenize_reference(&self, text: &str, tokens: &mut Tokens) {
        self.tokenize(text, tokens);
        if self.normalized {
            tokens.join();
            self.run(tokens);
        }
    }

    /// Tokenizes the text that stands in the buffer.
    fn run(&self, tokens: &mut Tokens) {
        if !self.case_sensitive {
            tokens.lowercase();
        }
        if self.normalized {
            tokens.replace("\n-", "");
            tokens.replace("\n", " ");
            v13a::unescape(tokens);
            scan(tokens, true, Beyond::All, |c| match c {
                '\'' => Kind::Apostrophe,
                _ if self.asian_support && is_asian(c) => Kind::Mark,
                _ => v13a::kind(c),
            });
            if self.no_punct {
                tokens.delete_in_tokens(|c| self.is_unwanted(c));
            }
        } else {
            if self.no_punct {
                tokens.delete(|c| self.is_unwanted(c));
            }
            tokens.split_whitespace();
        }
    }

    fn is_unwanted(&self, c: char) -> bool {
        matches!(c, '.' | ',' | '?' | ':' | ';' | '!' | '"' | '(' | ')')
            || self.asian_support && is_asian_punctuation(c)
    }
}

const fn is_asian(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{31c0}'..='\u{31ef}'
        | '\u{2e80}'..='\u{2eff}'
        | '\u{3200}'..='\u{33ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}')
        || is_asian_punctuation(c)
}

const fn is_asian_punctuation(c: char) -> bool {
    !is_whitespace(c)
        && matches!(c,
            '\u{3001}' | '\u{3002}'
            | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301f}'
            | '\u{ff61}'..='\u{ff65}'
            | '\u{30fb}'
            | '\u{ff0e}' | '\u{ff0c}' | '\u{ff1f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff01}'
            | '\u{ff02}' | '\u{ff08}' | '\u{ff09}')
}
