//! Stemmers: words without their endings, so that `walks` meets `walked`.
//!
//! A score depends on the stemmer, so each is one published definition to the letter: [`porter`] is Porter's
//! with the exceptions that NLTK adds, for ROUGE and for METEOR as NLTK has them; [`english`] is Snowball's English (Porter2),
//! for METEOR 1.5. The word comes in lowercase.

mod english;
mod porter;

use super::vocabulary::Vocabulary;

pub use english::english;
pub use porter::porter;

/// The stems of words that were met before: texts repeat their words.
#[derive(Debug, Default)]
pub(crate) struct Stems {
    words: Vocabulary,
    text: String,
    spans: Vec<(usize, usize)>,
    /// Equal stems have one number.
    stems: Vocabulary,
    numbers: Vec<u32>,
}

/// How many words are remembered; then it starts over.
const REMEMBERED: usize = 1 << 16;

impl Stems {
    /// The word's stem by this stemmer, which is the same in all calls.
    pub(crate) fn of(&mut self, word: &str, stemmer: fn(&str) -> String) -> &str {
        self.forget();
        let word = self.remember(word, stemmer);
        let (start, end) = self.spans[word];
        &self.text[start..end]
    }

    /// A number of the word's stem, by which stems compare until [`forget`](Stems::forget) is called.
    pub(crate) fn number(&mut self, word: &str, stemmer: fn(&str) -> String) -> u32 {
        let word = self.remember(word, stemmer);
        self.numbers[word]
    }

    /// Starts over if too many words are remembered.
    pub(crate) fn forget(&mut self) {
        if self.spans.len() >= REMEMBERED {
            *self = Stems::default();
        }
    }

    fn remember(&mut self, word: &str, stemmer: fn(&str) -> String) -> usize {
        let number = self.words.insert(word) as usize;
        if number == self.spans.len() {
            let (start, stem) = (self.text.len(), stemmer(word));
            self.text.push_str(&stem);
            self.spans.push((start, self.text.len()));
            self.numbers.push(self.stems.insert(&stem));
        }
        number
    }
}

/// A word that is being stemmed.
#[derive(Debug)]
struct Word {
    letters: Vec<char>,
}

impl Word {
    fn new(word: &str) -> Self {
        Word { letters: word.chars().collect() }
    }

    fn len(&self) -> usize {
        self.letters.len()
    }

    #[inline]
    fn ends_with(&self, suffix: &str) -> bool {
        // Suffixes are ASCII; nearly all fail at the last letter.
        let suffix = suffix.as_bytes();
        let same = |(letter, byte): (&char, &u8)| *letter == char::from(*byte);
        self.letters.len() >= suffix.len()
            && self.letters.iter().rev().zip(suffix.iter().rev()).all(same)
    }

    /// What stands before a suffix of this length.
    fn before(&self, suffix: &str) -> &[char] {
        &self.letters[..self.len() - suffix.len()]
    }

    fn replace(&mut self, suffix: &str, replacement: &str) {
        self.letters.truncate(self.len() - suffix.len());
        self.letters.extend(replacement.chars());
    }
}

impl From<Word> for String {
    fn from(word: Word) -> String {
        word.letters.into_iter().collect()
    }
}
