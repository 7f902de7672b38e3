//! The scanner that `13a`, `intl`, `zh` and TER's normalization share.
//!
//! The reference programs run three or four regular expressions, each over the output of the one
//! before: set marks apart; set a stop apart after a non-number (both characters are consumed); set
//! a stop apart before a non-number; set a hyphen apart after a digit. Looked at closely they only
//! ever insert boundaries, and whether a stop at `i` gets its own two depends on the characters
//! beside it alone:
//!
//! * *after*: the character before is there, is no number, and is not a stop that was itself set
//!   apart by this rule (it was consumed);
//! * *before*: the character behind is there and is no number. A stop behind never changes that:
//!   after the first rule no two stops are left without a boundary between them.
//!
//! So one pass over the text finds all boundaries. The models in `tests/model` are the expressions.

use crate::text::{Tokens, is_whitespace};

/// What a character is to the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a word.
    Word,
    /// Between words.
    Space,
    /// Always a token of its own.
    Mark,
    /// A token of its own, but for a place beside a number.
    Stop,
    /// What keeps a stop attached.
    Number,
    /// A token of its own behind a number.
    Hyphen,
    /// The apostrophe, which TER sets apart in `'s`.
    Apostrophe,
}

/// The kinds of ASCII as `13a` has them; the apostrophe is part of a word.
pub(super) const fn ascii(byte: u8) -> Kind {
    match byte {
        b'0'..=b'9' => Kind::Number,
        b'.' | b',' => Kind::Stop,
        b'-' => Kind::Hyphen,
        b'\'' => Kind::Word,
        _ if is_whitespace(byte as char) => Kind::Space,
        _ if byte.is_ascii_punctuation() => Kind::Mark,
        _ => Kind::Word,
    }
}

/// Pushes the tokens of `tokens.text()`. `padded` means that the text counts as having a space at
/// both ends.
#[inline]
pub(super) fn scan(tokens: &mut Tokens, padded: bool, kind: impl Fn(char) -> Kind) {
    let text = std::mem::take(tokens.text_buffer());
    let mut scanner = Scanner { tokens, word: None };
    let mut before = if padded { Some(Kind::Space) } else { None };
    // Whether the character before is a stop that the rule *after* set apart.
    let mut consumed = false;
    let mut at = 0;
    while let Some(c) = character(&text, at) {
        let end = at + c.len_utf8();
        let own = kind(c);
        // Nearly all characters are one of these two.
        if own == Kind::Word || own == Kind::Space {
            if own == Kind::Space {
                scanner.close(at);
                at = end;
            } else {
                let start = *scanner.word.get_or_insert(at);
                at = end_of_letters(text.as_bytes(), end);
                if text.as_bytes().get(at) == Some(&b' ') {
                    // The common case, at once: the word ends here.
                    scanner.tokens.push(start, at);
                    scanner.word = None;
                    before = Some(Kind::Space);
                    consumed = false;
                    at += 1;
                    continue;
                }
            }
            before = Some(own);
            consumed = false;
            continue;
        }
        let mut apart = false;
        let alone = match own {
            Kind::Word | Kind::Space | Kind::Number => false,
            Kind::Mark => true,
            Kind::Hyphen => before == Some(Kind::Number),
            Kind::Stop => {
                let edge = padded.then_some(Kind::Space);
                let behind = character(&text, end).map(&kind).or(edge);
                apart = !consumed && before.is_some_and(|kind| kind != Kind::Number);
                apart || behind.is_some_and(|kind| kind != Kind::Number)
            }
            Kind::Apostrophe => {
                if is_possessive(&text[end..]) {
                    scanner.close(at);
                }
                false
            }
        };
        if alone {
            scanner.alone(at, end);
        } else {
            scanner.word.get_or_insert(at);
        }
        consumed = apart;
        before = Some(own);
        at = end;
    }
    scanner.close(text.len());
    *tokens.text_buffer() = text;
}

/// The character at a byte, without decoding for ASCII.
#[inline]
fn character(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Where a run of ASCII letters ends, which are part of a word to every tokenizer; eight bytes at a time.
#[inline]
fn end_of_letters(bytes: &[u8], start: usize) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut at = start;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let eight = u64::from_le_bytes(*eight);
        // No sum leaves its byte; its top bit says whether the byte is at least `a`, or more than `z`.
        let lower = (eight | (0x20 * EACH)) & (0x7f * EACH);
        let from_a = lower + u64::from(0x80 - b'a') * EACH;
        let beyond_z = lower + u64::from(0x80 - b'z' - 1) * EACH;
        let other = !(from_a & !beyond_z & !eight) & (0x80 * EACH);
        if other != 0 {
            return at + other.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len())
}

/// Whether an `s` and the end of a word follow, as TER's normalization asks.
fn is_possessive(rest: &str) -> bool {
    let mut rest = rest.bytes();
    rest.next() == Some(b's')
        && rest.next().is_none_or(|byte| byte == b' ' || ascii(byte) == Kind::Mark)
}

struct Scanner<'t> {
    tokens: &'t mut Tokens,
    /// Where the word that is open began.
    word: Option<usize>,
}

impl Scanner<'_> {
    fn close(&mut self, at: usize) {
        if let Some(start) = self.word.take() {
            self.tokens.push(start, at);
        }
    }

    fn alone(&mut self, start: usize, end: usize) {
        self.close(start);
        self.tokens.push(start, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_end_at_any_other_byte() {
        for byte in 0..=u8::MAX {
            for length in 0..20 {
                let mut bytes = [b'z'; 24];
                bytes[length] = byte;
                let expected = if byte.is_ascii_alphabetic() { 24 } else { length };
                assert_eq!(end_of_letters(&bytes, 0), expected);
            }
        }
    }
}
