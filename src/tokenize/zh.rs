//! `zh` and `zh-fixed`: Chinese characters alone, the rest as Western text.

use super::western::{Beyond, Kind, scan};
use super::{Tokenize, v13a};
use crate::text::{Tokens, is_whitespace, trim};

/// sacreBLEU's tokenizer for Chinese, ranges as they came to be.
///
/// Two five-digit escapes in sacreBLEU are read as four digits and a character (its issue 298), so that
/// U+2001 to U+2A6D counts as Chinese: curly quotes, dashes, arrows and the euro sign are set apart,
/// and the ideographs from U+20000 on are not. Scores that are to be compared with published
/// ones need it; [`ZhFixed`] has the ranges that were meant.
#[derive(Clone, Copy, Debug, Default)]
pub struct Zh;

/// [`Zh`] with the ranges that were meant: the ideographs from U+20000 to U+323AF are Chinese, and general punctuation,
/// arrows and mathematics are not.
#[derive(Clone, Copy, Debug, Default)]
pub struct ZhFixed;

impl Tokenize for Zh {
    fn name(&self) -> &str {
        "zh"
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        chinese(text, tokens, |c| matches!(c, '\u{2001}'..='\u{2a6d}'));
    }
}

impl Tokenize for ZhFixed {
    fn name(&self) -> &str {
        "zh-fixed"
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        chinese(
            text,
            tokens,
            |c| matches!(c, '\u{20000}'..='\u{2fa1d}' | '\u{30000}'..='\u{323af}'),
        );
    }
}

#[inline]
fn chinese(text: &str, tokens: &mut Tokens, also: impl Fn(char) -> bool) {
    // Trimming by the scanner: a space at an end is dropped as any other is, but a stop beside it
    // must not see it.
    let trimmed = trim(text);
    tokens.reset(trimmed);
    tokens.shift_origins(trimmed.as_ptr() as usize - text.as_ptr() as usize);
    scan(tokens, false, Beyond::All, |c| match c {
        '\0'..='\u{7f}' => v13a::kind(c),
        _ if is_whitespace(c) => Kind::Space,
        _ if is_chinese(c) || also(c) => Kind::Mark,
        _ => Kind::Word,
    });
}

const fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' // radicals
        | '\u{2ff0}'..='\u{303f}' // description, CJK punctuation
        | '\u{3100}'..='\u{312f}' // Bopomofo
        | '\u{31a0}'..='\u{31bf}'
        | '\u{31c0}'..='\u{31ef}' // strokes
        | '\u{3200}'..='\u{33ff}' // enclosed, compatibility
        | '\u{3400}'..='\u{4db5}' // extension A
        | '\u{4e00}'..='\u{9fbb}'
        | '\u{f900}'..='\u{fa2d}' // compatibility ideographs
        | '\u{fa30}'..='\u{fa6a}'
        | '\u{fa70}'..='\u{fad9}'
        | '\u{fe10}'..='\u{fe1f}' // vertical forms
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}') // full-width forms
}
