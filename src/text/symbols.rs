//! Characters to small numbers.

use super::windows::UNKNOWN;

/// Characters and a dense number each, in the order of first sight.
///
/// A table in pages of 256 characters, made where a text has characters; [`clear`](Symbols::clear) takes
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
    characters: Vec<char>,
}

const PAGE: usize = 256;

impl Default for Symbols {
    fn default() -> Self {
        let (pages, numbers, characters) = Default::default();
        Symbols { latin: [0; PAGE], pages, numbers, characters }
    }
}

impl Symbols {
    /// The characters, by number.
    pub(crate) fn characters(&self) -> &[char] {
        &self.characters
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
        let number = self.characters.len() as u32;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_its_number() {
        let mut symbols = Symbols::default();
        for round in 0..3 {
            let all: Vec<char> = ('\0'..=char::MAX).skip(round).step_by(997).collect();
            assert!(all.iter().all(|c| symbols.get(*c) == UNKNOWN));
            assert!(all.iter().zip(0..).all(|(c, number)| symbols.insert(*c) == number));
            assert!(all.iter().zip(0..).all(|(c, number)| symbols.get(*c) == number));
            assert_eq!(symbols.characters(), all);
            symbols.clear();
        }
    }
}
