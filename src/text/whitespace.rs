//! White space as Python's `str.split` and `str.strip` have it.
//!
//! It is Rust's [`char::is_whitespace`] and the four ASCII separators U+001C to U+001F, which Rust
//! doesn't count. The zero-width space, the soft hyphen and the byte order mark are no white space.

use super::blocks::each_place;

/// Whether Python splits here.
///
/// ```
/// use bleuprint::text::is_whitespace;
///
/// assert!(is_whitespace('\u{1c}') && !'\u{1c}'.is_whitespace());
/// assert!(is_whitespace('\u{a0}') && is_whitespace('\u{3000}') && !is_whitespace('\u{200b}'));
/// ```
#[inline]
pub const fn is_whitespace(c: char) -> bool {
    match c {
        '\u{9}'..='\u{d}' | '\u{1c}'..='\u{1f}' | ' ' => true,
        '\0'..='\u{84}' => false,
        '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' => true,
        '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => true,
        _ => false,
    }
}

/// The words between runs of white space.
///
/// ```
/// let words: Vec<_> = bleuprint::text::split_whitespace(" a\u{1f}b\u{2003} c ").collect();
/// assert_eq!(words, ["a", "b", "c"]);
/// ```
pub fn split_whitespace(text: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    text.split(is_whitespace).filter(|word| !word.is_empty())
}

/// Calls `each` with start and end of every word between runs of white space.
#[inline]
pub(crate) fn each_word(text: &str, mut each: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    // What white space beyond ASCII begins with is looked at closely.
    let is = |byte: u8| {
        byte.wrapping_sub(b'\t') < 5
            || byte.wrapping_sub(0x1c) < 5
            || byte.wrapping_sub(0xe1) < 3
            || byte == 0xc2
    };
    let mut word = 0;
    each_place(bytes, is, |at| {
        let length = match bytes[at] {
            0..0x80 => 1,
            _ => match text[at..].chars().next() {
                Some(c) if is_whitespace(c) => c.len_utf8(),
                _ => return,
            },
        };
        if word < at {
            each(word, at);
        }
        word = at + length;
    });
    if word < bytes.len() {
        each(word, bytes.len());
    }
}

/// The text without white space at its end.
///
/// ```
/// assert_eq!(bleuprint::text::trim_end(" a\u{1c}\r\n"), " a");
/// ```
pub fn trim_end(text: &str) -> &str {
    text.trim_end_matches(is_whitespace)
}

/// The text without white space at both ends.
///
/// ```
/// assert_eq!(bleuprint::text::trim("\u{3000}a b\u{1f}"), "a b");
/// ```
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differs_from_rust_in_four_separators() {
        let differing: Vec<char> =
            ('\0'..=char::MAX).filter(|c| is_whitespace(*c) != c.is_whitespace()).collect();
        assert_eq!(differing, ['\u{1c}', '\u{1d}', '\u{1e}', '\u{1f}']);
    }

    #[test]
    fn words_are_those_of_splitting() {
        let pieces = [
            "a", " ", "\u{85}", "é", "\u{2003}", "–", "\u{1f}", "\u{1680}", "ᚁ", "\n", "word",
            "\u{3000}",
        ];
        for seed in 0..3000_usize {
            let text: String =
                (0..seed % 40).map(|at| pieces[(seed * 31 + at * at * 7 + at) % 12]).collect();
            let mut words = Vec::new();
            each_word(&text, |start, end| words.push(&text[start..end]));
            assert_eq!(words, split_whitespace(&text).collect::<Vec<_>>());
        }
    }
}
