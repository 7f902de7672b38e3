//! `13a`: what mteval-v13a did to Western text; sacreBLEU's default.

use super::Tokenize;
use super::western::{Beyond, Kind, ascii, scan};
use crate::text::blocks::has;
use crate::text::{Tokens, is_whitespace};

/// The tokenizer of mteval-v13a: ASCII punctuation apart, stops and commas apart but for a place
/// between digits, hyphens apart behind a digit; four entities unescaped and `<skipped>` deleted.
///
/// What it cannot see: punctuation outside ASCII. `“hello”` is one token, so a curly quote is a
/// wrong word; `intl` sets it apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct V13a;

impl Tokenize for V13a {
    fn name(&self) -> &str {
        "13a"
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        tokens.reset(text);
        // All rewriting starts from one of these.
        if has(text.as_bytes(), |byte| (byte == b'<') | (byte == b'\n') | (byte == b'&')) {
            tokens.replace("<skipped>", "");
            tokens.replace("-\n", "");
            unescape(tokens);
        }
        scan(tokens, true, Beyond::Spaces, kind);
    }
}

/// The four entities, one after the other, so that `&amp;lt;` becomes `<`.
pub(super) fn unescape(tokens: &mut Tokens) {
    if has(tokens.text().as_bytes(), |byte| byte == b'&') {
        for (entity, character) in [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")]
        {
            tokens.replace(entity, character);
        }
    }
}

#[inline]
pub(super) fn kind(c: char) -> Kind {
    const ASCII: [Kind; 128] = {
        let mut kinds = [Kind::Word; 128];
        let mut byte = 0;
        while byte < 128 {
            kinds[byte] = ascii(byte as u8);
            byte += 1;
        }
        kinds
    };
    match ASCII.get(c as usize) {
        Some(kind) => *kind,
        None if is_whitespace(c) => Kind::Space,
        None => Kind::Word,
    }
}
