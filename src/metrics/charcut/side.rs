//! A text as CharCut sees it: characters, the borders of its words, and where each gram stands.

use crate::text::{classes::is_word, trim};

/// How many characters the index goes by: three fit a number.
const GRAM: usize = 3;
/// What stands before the first character.
pub(super) const START: u32 = u32::MAX;

/// One side of a pair of texts.
#[derive(Clone, Debug, Default)]
pub struct Side {
    pub(super) characters: Vec<char>,
    /// Whether a character belongs to a word.
    pub(super) words: Vec<bool>,
    /// Whether a word, or a character that belongs to none, ends or starts before this character; and behind the last.
    pub(super) borders: Vec<bool>,
    /// Every place by what stands there.
    pub(super) grams: Vec<Gram>,
    /// Where the last word ends; of a text without words, the end.
    pub(super) tail: usize,
    width: usize,
}

/// A place in a text: the characters that stand there as a number, the one before them, and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gram {
    pub(super) gram: u64,
    pub(super) before: u32,
    pub(super) at: u32,
}

/// How often a stretch stands in a text, and where first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Occurrences {
    pub(super) all: usize,
    /// Those that a word follows somewhere.
    pub(super) before_tail: usize,
    pub(super) first: usize,
}

impl Side {
    /// Reads a text into memory that is used again; stretches of at least `least` characters will be asked for.
    pub(super) fn read(&mut self, text: &str, least: usize) {
        let Side { characters, words, borders, grams, tail, width } = self;
        characters.clear();
        characters.extend(trim(text).chars());
        words.clear();
        words.extend(characters.iter().map(|c| is_word(*c)));
        borders.clear();
        borders.push(true);
        borders.extend(words.windows(2).map(|pair| !(pair[0] && pair[1])));
        if !characters.is_empty() {
            borders.push(true);
        }
        *tail = words.iter().rposition(|word| *word).map_or(characters.len(), |last| last + 1);
        *width = least.min(GRAM);
        grams.clear();
        grams.extend(characters.windows(*width).enumerate().map(|(at, window)| Gram {
            gram: number(window),
            before: at.checked_sub(1).map_or(START, |before| characters[before] as u32),
            at: at as u32,
        }));
        grams.sort_unstable();
    }

    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    /// Where a stretch stands in this text: wherever its characters do, and if it has more than one word only
    /// between borders.
    pub(super) fn occurrences(&self, stretch: &[char], one_word: bool) -> Occurrences {
        let gram = number(&stretch[..self.width]);
        let from = self.grams.partition_point(|place| place.gram < gram);
        let places = self.grams[from..].iter().take_while(|place| place.gram == gram);
        let mut found = Occurrences { first: usize::MAX, ..Occurrences::default() };
        for at in places.map(|place| place.at as usize) {
            let end = at + stretch.len();
            if self.characters.get(at..end) == Some(stretch)
                && (one_word || self.borders[at] && self.borders[end])
            {
                found.all += 1;
                found.before_tail += usize::from(at < self.tail);
                found.first = found.first.min(at);
            }
        }
        found
    }
}

/// Up to three characters as a number.
fn number(characters: &[char]) -> u64 {
    characters.iter().fold(0, |number, c| number << 21 | u64::from(*c as u32))
}
