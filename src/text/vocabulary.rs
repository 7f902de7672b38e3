//! Words to small numbers.

/// A set of words with a dense number each, in the order of first sight.
///
/// An open-addressed table of hashes over one buffer of text; nothing is allocated a word once the
/// buffers are warm.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    text: String,
    words: Vec<Word>,
    /// Number of a word plus one; 0 is free. As long as a power of two, at most half full.
    slots: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    hash: u64,
    start: usize,
    end: usize,
}

impl Vocabulary {
    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word's number, if it is known.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        match self.slots[self.find(word, hash(word.as_bytes()))] {
            0 => None,
            number => Some(number - 1),
        }
    }

    /// The word's number; a new one if it is not known.
    #[inline]
    pub(crate) fn insert(&mut self, word: &str) -> u32 {
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash(word.as_bytes());
        let slot = self.find(word, hash);
        if self.slots[slot] == 0 {
            let start = self.text.len();
            self.text.push_str(word);
            self.words.push(Word { hash, start, end: self.text.len() });
            self.slots[slot] = self.words.len() as u32;
        }
        self.slots[slot] - 1
    }

    /// The slot where the word is, or the free one where it would go.
    #[inline]
    fn find(&self, word: &str, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let number = self.slots[slot];
            if number == 0 {
                return slot;
            }
            let known = self.words[number as usize - 1];
            if known.hash == hash
                && self.text.as_bytes()[known.start..known.end] == *word.as_bytes()
            {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        self.slots.clear();
        self.slots.resize(size, 0);
        for (number, word) in (1..).zip(&self.words) {
            let mut slot = word.hash as usize & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = number;
        }
    }
}

/// A multiply-and-fold hash over words of eight bytes.
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = bytes.len() as u64 ^ K;
    let (words, tail) = bytes.as_chunks::<8>();
    for word in words {
        hash = mix(hash, u64::from_le_bytes(*word));
    }
    let mut last = [0; 8];
    last[..tail.len()].copy_from_slice(tail);
    mix(hash, u64::from_le_bytes(last))
}

/// Both halves of a product, folded.
#[inline]
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0xa076_1d64_78bd_642f) * u128::from(b ^ 0xe703_7ed1_a0b4_28db);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dense_and_stable() {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<String> = (0..1000).map(|n| format!("word{}", n % 700)).collect();
        let numbers: Vec<u32> = words.iter().map(|word| vocabulary.insert(word)).collect();
        assert_eq!(vocabulary.len(), 700);
        assert!((0..1000).all(|n| numbers[n] as usize == n % 700));
        assert_eq!(vocabulary.get("word699"), Some(699));
        assert_eq!(vocabulary.get("word700"), None);
    }
}
