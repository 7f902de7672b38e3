//! Characters to small numbers.

use super::is_whitespace;
use super::windows::UNKNOWN;

/// Characters and a dense number each.
///
/// Printable ASCII has numbers of its own, below [`FIXED`]; other characters have theirs in the order of first sight. They
/// stand in a table in pages of 256 characters, made where a text has characters; [`clear`](Symbols::clear) takes
/// back only what was set, so that one table serves segment after segment. The first page, Latin text's, is
/// always there.
#[derive(Clone, Debug)]
pub(crate) struct Symbols {
    /// Numbers plus one; 0 is unknown.
    latin: [u32; PAGE],
    /// Where each page's numbers are; 0 is a page without any.
    pages: Vec<u16>,
    /// Numbers plus one; 0 is unknown.
    numbers: Vec<u32>,
    /// The characters beyond the fixed.
    characters: Vec<char>,
}

const PAGE: usize = 256;

/// How many characters have a number from the start: U+0020 to U+007E.
const FIXED: usize = 95;

/// Bytes of a text that are looked at together.
const BLOCK: usize = 16;

impl Default for Symbols {
    fn default() -> Self {
        const LATIN: [u32; PAGE] = {
            let mut latin = [0; PAGE];
            let mut number = 0;
            while number < FIXED {
                latin[number + 0x20] = number as u32 + 1;
                number += 1;
            }
            latin
        };
        let (pages, numbers, characters) = Default::default();
        Symbols { latin: LATIN, pages, numbers, characters }
    }
}

impl Symbols {
    /// The number of numbers given.
    pub(crate) fn len(&self) -> usize {
        FIXED + self.characters.len()
    }

    /// The characters whose numbers are not fixed, by number.
    pub(crate) fn characters(&self) -> &[char] {
        &self.characters
    }

    /// Makes `numbers` those of a text's characters, without white space unless that is kept; those that are not
    /// known get one.
    pub(crate) fn insert_all(&mut self, text: &str, whitespace: bool, numbers: &mut Vec<u32>) {
        each(text, whitespace, numbers, |c| self.insert(c));
    }

    /// Makes `numbers` those of a text's characters, without white space unless that is kept; [`UNKNOWN`] for
    /// those that are not known.
    pub(crate) fn get_all(&self, text: &str, whitespace: bool, numbers: &mut Vec<u32>) {
        each(text, whitespace, numbers, |c| self.get(c));
    }

    /// The character's number, or [`UNKNOWN`].
    #[inline]
    pub(crate) fn get(&self, c: char) -> u32 {
        let number = match self.latin.get(c as usize) {
            Some(number) => *number,
            None => self.beyond_latin(c as usize),
        };
        // 0, unknown, wraps to it.
        number.wrapping_sub(1)
    }

    /// The number plus one, from the pages.
    #[inline]
    fn beyond_latin(&self, c: usize) -> u32 {
        let Some(page) = self.pages.get(c / PAGE) else { return 0 };
        self.numbers[usize::from(*page) * PAGE + c % PAGE]
    }

    /// The character's number; a new one if it is not known.
    #[inline]
    pub(crate) fn insert(&mut self, c: char) -> u32 {
        match self.get(c) {
            UNKNOWN => self.add(c),
            number => number,
        }
    }

    fn add(&mut self, c: char) -> u32 {
        self.characters.push(c);
        let number = self.len() as u32;
        *self.place(c) = number;
        number - 1
    }

    /// Where a character's number plus one stands.
    fn place(&mut self, c: char) -> &mut u32 {
        let c = c as usize;
        if c < PAGE {
            return &mut self.latin[c];
        }
        if self.pages.is_empty() {
            self.pages.resize(char::MAX as usize / PAGE + 1, 0);
            self.numbers.resize(PAGE, 0);
        }
        let page = &mut self.pages[c / PAGE];
        if *page == 0 {
            *page = (self.numbers.len() / PAGE) as u16;
            self.numbers.resize(self.numbers.len() + PAGE, 0);
        }
        &mut self.numbers[usize::from(*page) * PAGE + c % PAGE]
    }

    /// Forgets all characters.
    pub(crate) fn clear(&mut self) {
        let mut characters = std::mem::take(&mut self.characters);
        for c in characters.drain(..) {
            *self.place(c) = 0;
        }
        self.characters = characters;
    }

    /// Starts over with these characters.
    pub(crate) fn load(&mut self, characters: &[char]) {
        self.clear();
        for c in characters {
            self.insert(*c);
        }
    }
}

/// Makes `numbers` those of a text's characters, block by block where all is printable ASCII.
#[inline]
fn each(text: &str, whitespace: bool, numbers: &mut Vec<u32>, mut number: impl FnMut(char) -> u32) {
    let printable = |byte: &u8| byte.wrapping_sub(b' ') < FIXED as u8;
    numbers.clear();
    numbers.resize(text.len() + BLOCK, 0);
    let (mut kept, mut rest) = (0, text);
    while !rest.is_empty() {
        if let Some(block) = rest.as_bytes().first_chunk::<BLOCK>()
            && block.iter().fold(true, |all, byte| all & printable(byte))
            && let Some(place) = numbers[kept..].first_chunk_mut::<BLOCK>()
        {
            let mut placed = 0;
            for byte in block {
                place[placed % BLOCK] = u32::from(byte - b' ');
                placed += usize::from(whitespace | (*byte != b' '));
            }
            kept += placed;
            rest = &rest[BLOCK..];
            continue;
        }
        let mut at = 0;
        while at < BLOCK.min(rest.len()) {
            let byte = rest.as_bytes()[at];
            if printable(&byte) {
                numbers[kept] = u32::from(byte - b' ');
                kept += usize::from(whitespace | (byte != b' '));
                at += 1;
            } else if let Some(c) = rest[at..].chars().next() {
                numbers[kept] = number(c);
                kept += usize::from(whitespace || !is_whitespace(c));
                at += c.len_utf8();
            }
        }
        rest = &rest[at..];
    }
    numbers.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_make_no_difference() {
        let pieces = [
            "abc defg",
            "Größe ",
            "  ",
            "\u{3000}木",
            "\t",
            "plain text of some length",
            "\u{7f}",
            "😀",
        ];
        for seed in 0..2000_usize {
            let text: String =
                (0..seed % 9).map(|at| pieces[(seed * 31 + at * at * 7) % 8]).collect();
            let mut symbols = Symbols::default();
            for whitespace in [true, false] {
                let mut numbers = Vec::new();
                symbols.insert_all(&text, whitespace, &mut numbers);
                let kept = text.chars().filter(|c| whitespace || !is_whitespace(*c));
                let expected: Vec<u32> = kept.map(|c| symbols.get(c)).collect();
                assert_eq!(numbers, expected, "{text:?}");
                assert!(!numbers.contains(&UNKNOWN));
                symbols.get_all(&text, whitespace, &mut numbers);
                assert_eq!(numbers, expected, "{text:?}");
            }
        }
    }

    #[test]
    fn every_character_has_its_number() {
        let mut symbols = Symbols::default();
        for round in 0..3 {
            assert!((' '..='~').zip(0..).all(|(c, number)| symbols.get(c) == number));
            let all: Vec<char> = ('\u{7f}'..=char::MAX).skip(round).step_by(997).collect();
            assert!(all.iter().all(|c| symbols.get(*c) == UNKNOWN));
            assert!(all.iter().zip(95..).all(|(c, number)| symbols.insert(*c) == number));
            assert!(all.iter().zip(95..).all(|(c, number)| symbols.get(*c) == number));
            assert_eq!(symbols.len(), 95 + all.len());
            assert_eq!(symbols.characters(), all);
            symbols.clear();
        }
    }
}
