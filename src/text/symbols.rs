//! Characters to small numbers.

/// Characters and a dense number each, in the order of first sight.
///
/// A table in pages of 256 characters, made where a text has characters; [`clear`](Symbols::clear) takes
/// back only what was set, so that one table serves segment after segment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Symbols {
    /// Where each page's numbers are; 0 is a page without any.
    pages: Vec<u16>,
    /// Numbers plus one; 0 is unknown.
    numbers: Vec<u32>,
    characters: Vec<char>,
}

const PAGE: usize = 256;

impl Symbols {
    /// The characters, by number.
    pub(crate) fn characters(&self) -> &[char] {
        &self.characters
    }

    /// The character's number, if it is known.
    #[inline]
    pub(crate) fn get(&self, c: char) -> Option<u32> {
        let c = c as usize;
        let page = usize::from(*self.pages.get(c / PAGE)?);
        self.numbers[page * PAGE + c % PAGE].checked_sub(1)
    }

    /// The character's number; a new one if it is not known.
    #[inline]
    pub(crate) fn insert(&mut self, c: char) -> u32 {
        match self.get(c) {
            Some(number) => number,
            None => self.add(c),
        }
    }

    fn add(&mut self, c: char) -> u32 {
        if self.pages.is_empty() {
            self.pages.resize(char::MAX as usize / PAGE + 1, 0);
            self.numbers.resize(PAGE, 0);
        }
        let page = &mut self.pages[c as usize / PAGE];
        if *page == 0 {
            *page = (self.numbers.len() / PAGE) as u16;
            self.numbers.resize(self.numbers.len() + PAGE, 0);
        }
        self.characters.push(c);
        let number = self.characters.len() as u32;
        self.numbers[usize::from(*page) * PAGE + c as usize % PAGE] = number;
        number - 1
    }

    /// Forgets all characters.
    pub(crate) fn clear(&mut self) {
        for c in self.characters.drain(..) {
            let page = usize::from(self.pages[c as usize / PAGE]);
            self.numbers[page * PAGE + c as usize % PAGE] = 0;
        }
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
            assert!(all.iter().all(|c| symbols.get(*c).is_none()));
            assert!(all.iter().zip(0..).all(|(c, number)| symbols.insert(*c) == number));
            assert!(all.iter().zip(0..).all(|(c, number)| symbols.get(*c) == Some(number)));
            assert_eq!(symbols.characters(), all);
            symbols.clear();
        }
    }
}
