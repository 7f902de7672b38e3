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
//! So one pass over the text finds all boundaries, and only a few bytes have a say: blocks of bytes are
//! searched for them at once, and the scanner stops nowhere else. The models in `tests/model` are the
//! expressions.

use crate::text::blocks::each_place;
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

/// Which characters beyond ASCII are more than a part of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beyond {
    /// White space alone.
    Spaces,
    /// Any may be.
    All,
}

/// Pushes the tokens of `tokens.text()`. `padded` means that the text counts as having a space at
/// both ends.
#[inline]
pub(super) fn scan(
    tokens: &mut Tokens,
    padded: bool,
    beyond: Beyond,
    kind: impl Fn(char) -> Kind + Copy,
) {
    let text = std::mem::take(tokens.text_buffer());
    let scanner = Scanner { text: &text, padded, kind };
    let mut open = Open { word: 0, apart: 0 };
    let bytes = text.as_bytes();
    each_place(
        bytes,
        |byte| is_special(byte, beyond),
        |at| {
            // Nearly always.
            if bytes[at] == b' ' {
                close(open.word, at, tokens);
                open.word = at + 1;
            } else {
                open = scanner.visit(at, open, tokens);
            }
        },
    );
    close(open.word, text.len(), tokens);
    *tokens.text_buffer() = text;
}

/// Whether a character that begins with this byte may be more than a part of a word. Digits are
/// not: they matter to their neighbours only.
#[inline]
fn is_special(byte: u8, beyond: Beyond) -> bool {
    let within = |byte: u8, first: u8, last: u8| byte.wrapping_sub(first) <= last - first;
    // Letters in one case; no white space or mark becomes a digit by it.
    let lower = byte | 0x20;
    let plain = within(lower, b'a', b'z') | within(lower, b'0', b'9');
    match beyond {
        // What all white space beyond ASCII begins with.
        Beyond::Spaces => !(plain | (byte >= 0x80)) | within(byte, 0xe1, 0xe3) | (byte == 0xc2),
        // All but what continues a character.
        Beyond::All => !(plain | within(byte, 0x80, 0xbf)),
    }
}

/// Whether an `s` and the end of a word follow, as TER's normalization asks.
fn is_possessive(rest: &str) -> bool {
    let mut rest = rest.bytes();
    rest.next() == Some(b's')
        && rest.next().is_none_or(|byte| byte == b' ' || ascii(byte) == Kind::Mark)
}

struct Scanner<'t, K> {
    text: &'t str,
    padded: bool,
    kind: K,
}

/// What the scanner has in hand.
#[derive(Clone, Copy)]
struct Open {
    /// Where the word that is open began.
    word: usize,
    /// Where the stop ends that the rule *after* set apart last.
    apart: usize,
}

/// Ends a word.
#[inline]
fn close(word: usize, at: usize, tokens: &mut Tokens) {
    if word < at {
        tokens.push(word, at);
    }
}

impl<K: Fn(char) -> Kind> Scanner<'_, K> {
    /// Looks at the character that begins at a byte.
    #[inline(never)]
    fn visit(&self, at: usize, mut open: Open, tokens: &mut Tokens) -> Open {
        let (kind, end) = match self.text.as_bytes()[at] {
            byte @ 0..0x80 => ((self.kind)(char::from(byte)), at + 1),
            _ => match self.text[at..].chars().next() {
                Some(c) => ((self.kind)(c), at + c.len_utf8()),
                None => return open,
            },
        };
        let alone = match kind {
            Kind::Word | Kind::Number => false,
            Kind::Space => {
                close(open.word, at, tokens);
                open.word = end;
                false
            }
            Kind::Mark => true,
            Kind::Hyphen => self.before(at) == Some(Kind::Number),
            Kind::Stop => {
                let consumed = at > 0 && open.apart == at;
                let no_number = |kind: Option<Kind>| kind.is_some_and(|kind| kind != Kind::Number);
                let apart = !consumed && no_number(self.before(at));
                if apart {
                    open.apart = end;
                }
                apart || no_number(self.behind(end))
            }
            Kind::Apostrophe => {
                if is_possessive(&self.text[end..]) {
                    close(open.word, at, tokens);
                    open.word = at;
                }
                false
            }
        };
        if alone {
            close(open.word, at, tokens);
            tokens.push(at, end);
            open.word = end;
        }
        open
    }

    /// What stands before a byte.
    #[inline]
    fn before(&self, at: usize) -> Option<Kind> {
        let before = match self.text.as_bytes().get(at.wrapping_sub(1)) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.text[..at].chars().next_back(),
        };
        before.map(&self.kind).or(self.edge())
    }

    /// What stands at a byte.
    #[inline]
    fn behind(&self, at: usize) -> Option<Kind> {
        character(self.text, at).map(&self.kind).or(self.edge())
    }

    /// What stands beyond both ends.
    fn edge(&self) -> Option<Kind> {
        self.padded.then_some(Kind::Space)
    }
}

/// The character at a byte, without decoding for ASCII.
#[inline]
fn character(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::v13a;

    #[test]
    fn what_is_not_special_is_part_of_a_word() {
        for c in '\0'..=char::MAX {
            let first = c.to_string().as_bytes()[0];
            let kind = v13a::kind(c);
            assert!(
                is_special(first, Beyond::Spaces) || matches!(kind, Kind::Word | Kind::Number),
                "{c:?}"
            );
            assert!(
                is_special(first, Beyond::All)
                    || c.is_ascii() && !is_special(first, Beyond::Spaces)
            );
        }
    }
}
