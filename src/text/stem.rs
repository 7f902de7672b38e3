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
}

/// How many words are remembered; then it starts over.
const REMEMBERED: usize = 1 << 16;

impl Stems {
    /// The word's stem by this stemmer, which is the same in all calls.
    pub(crate) fn of(&mut self, word: &str, stemmer: fn(&str) -> String) -> &str {
        if self.spans.len() == REMEMBERED {
            *self = Stems::default();
        }
        let number = self.words.insert(word) as usize;
        if number == self.spans.len() {
            let start = self.text.len();
            self.text.push_str(&stemmer(word));
            self.spans.push((start, self.text.len()));
        }
        let (start, end) = self.spans[number];
        &self.text[start..end]
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

    fn ends_with(&self, suffix: &str) -> bool {
        self.letters.iter().rev().copied().take(suffix.len()).eq(suffix.chars().rev())
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
