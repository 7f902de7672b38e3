//! Punctuation, symbols and numbers: the three classes that tokenizers ask for, pinned.
//!
//! Unicode grows every year, and the crates of one program can disagree about its version. The
//! table here is one version, [`UNICODE_VERSION`], whatever else is linked in; the `intl` tokenizer
//! depends on it. It is generated from the general categories of the `unicode-properties` crate, and
//! `tests/unicode.rs` checks every code point (run it with `BLEUPRINT_BLESS=1` to write it anew).

mod table;

use unicode_normalization::char::is_combining_mark;

pub use table::UNICODE_VERSION;

/// What a character is to a tokenizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// General categories Pc, Pd, Ps, Pe, Pi, Pf, Po.
    Punctuation,
    /// Sm, Sc, Sk, So.
    Symbol,
    /// Nd, Nl, No.
    Number,
    /// Everything else.
    Other,
}

/// The class of a character; binary search over some 400 ranges, ASCII by table.
///
/// ```
/// use bleuprint::text::{Class, class};
///
/// assert_eq!(class('“'), Class::Punctuation);
/// assert_eq!(class('€'), Class::Symbol);
/// assert_eq!(class('٣'), Class::Number);
/// assert_eq!(class('ß'), Class::Other);
/// ```
#[inline]
pub fn class(c: char) -> Class {
    if c.is_ascii() { ASCII[c as usize] } else { search(c as u32) }
}

/// Whether a character is a decimal digit of some script (general category Nd): what `\d` means to Python.
///
/// ```
/// use bleuprint::text::is_decimal;
///
/// assert!(is_decimal('7') && is_decimal('٣'));
/// assert!(!is_decimal('²') && !is_decimal('Ⅷ'));
/// ```
#[inline]
pub fn is_decimal(c: char) -> bool {
    // The digits of a script stand in a row of ten.
    let zero = |c: u32| table::ZEROS[table::ZEROS.partition_point(|zero| *zero <= c) - 1];
    c.is_ascii_digit() || !c.is_ascii() && c as u32 - zero(c as u32) < 10
}

/// The value of a decimal digit of the scripts in use.
pub(crate) fn digit(c: char) -> Option<u32> {
    const ZEROS: [u32; 18] = [
        0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
        0xf20, 0x1040, 0x17e0, 0x1810, 0xff10,
    ];
    if c.is_ascii() {
        return c.to_digit(10);
    }
    if (c as u32) < ZEROS[0] {
        return None;
    }
    let at = ZEROS.partition_point(|zero| *zero <= c as u32).checked_sub(1)?;
    Some(c as u32 - ZEROS[at]).filter(|value| *value < 10)
}

/// Whether a character belongs to a word to Python's regular expressions (`\w`): a letter, a number of any kind, or `_`.
///
/// Marks that combine with letters don't: Hindi's vowel signs stand between words.
#[inline]
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    match class(c) {
        Class::Number => true,
        Class::Other => c.is_alphabetic() && !is_combining_mark(c),
        Class::Punctuation | Class::Symbol => false,
    }
}

const ASCII: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut c = 0;
    while c < 128 {
        classes[c] = match c as u8 {
            b'0'..=b'9' => Class::Number,
            b'$' | b'+' | b'<' | b'=' | b'>' | b'^' | b'`' | b'|' | b'~' => Class::Symbol,
            byte if byte.is_ascii_punctuation() => Class::Punctuation,
            _ => Class::Other,
        };
        c += 1;
    }
    classes
};

fn search(c: u32) -> Class {
    let after = table::RANGES.partition_point(|(first, _, _)| *first <= c);
    match after.checked_sub(1).map(|at| table::RANGES[at]) {
        Some((_, last, class)) if c <= last => class,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

    use super::is_word;

    #[test]
    fn words_are_letters_and_numbers() {
        for c in '\0'..=char::MAX {
            let group = c.general_category_group();
            let expected = match group {
                GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number => true,
                _ => c == '_',
            };
            // One table can be a year older than the other.
            let new = group == GeneralCategoryGroup::Letter && !c.is_alphabetic();
            let unknown = c.general_category() == GeneralCategory::Unassigned;
            assert!(new || unknown || is_word(c) == expected, "{c:?}");
        }
    }
}
