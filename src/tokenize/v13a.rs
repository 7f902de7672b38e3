//! `13a`: what mteval-v13a did to Western text; sacreBLEU's default.

use super::Tokenize;
use super::western::{Kind, ascii, scan};
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
        if may_be_rewritten(text) {
            tokens.replace("<skipped>", "");
            tokens.replace("-\n", "");
            unescape(tokens);
        }
        scan(tokens, true, kind);
    }
}

/// Whether a text has a character that all rewriting starts from; over whole blocks of bytes.
fn may_be_rewritten(text: &str) -> bool {
    let special =
        |byte: &u8| u8::from(*byte == b'<') | u8::from(*byte == b'\n') | u8::from(*byte == b'&');
    let any = |bytes: &[u8]| bytes.iter().fold(0, |any, byte| any | special(byte)) != 0;
    let (blocks, rest) = text.as_bytes().as_chunks::<32>();
    blocks.iter().any(|block| any(block)) || any(rest)
}

/// The four entities, one after the other, so that `&amp;lt;` becomes `<`.
pub(super) fn unescape(tokens: &mut Tokens) {
    if tokens.text().bytes().any(|byte| byte == b'&') {
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
