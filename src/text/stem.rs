//! Stemmers: words without their endings, so that `walks` meets `walked`.
//!
//! A score depends on the stemmer, so each is one published definition to the letter: [`porter`] is Porter's
//! with the exceptions that NLTK adds, for ROUGE and for METEOR as NLTK has them; [`english`] is Snowball's English (Porter2),
//! for METEOR 1.5. The word comes in lowercase.

mod english;
mod porter;

pub use english::english;
pub use porter::porter;

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
