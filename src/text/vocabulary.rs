//! Words to small numbers.

/// A set of words with a dense number each, in the order of first sight.
///
/// An open-addressed table of hashes over one buffer of text; nothing is allocated a word once the
/// buffers are warm.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    text: String,
    /// Where each word ends in the text; it starts where the one before ends.
    ends: Vec<usize>,
    /// As long as a power of two, at most half full.
    slots: Vec<Slot>,
}

/// A place in the table: half of a word's hash, and its number plus one; 0 is free.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u32,
    number: u32,
}

impl Vocabulary {
    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Makes room for so many more words, of so many bytes together.
    pub(crate) fn reserve(&mut self, words: usize, bytes: usize) {
        self.text.reserve(bytes);
        self.ends.reserve(words);
        let slots = (2 * (self.ends.len() + words) + 1).next_power_of_two();
        if slots > self.slots.len() {
            self.resize(slots);
        }
    }

    /// The word's number, if it is known.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.slots[self.find(word, hash(word.as_bytes()) as u32)].number.checked_sub(1)
    }

    /// The word's number; a new one if it is not known.
    #[inline]
    pub(crate) fn insert(&mut self, word: &str) -> u32 {
        if self.ends.len() * 2 >= self.slots.len() {
            self.resize((self.slots.len() * 2).max(64));
        }
        let hash = hash(word.as_bytes()) as u32;
        let slot = self.find(word, hash);
        if self.slots[slot].number == 0 {
            self.text.push_str(word);
            self.ends.push(self.text.len());
            self.slots[slot] = Slot { hash, number: self.ends.len() as u32 };
        }
        self.slots[slot].number - 1
    }

    /// The slot where the word is, or the free one where it would go.
    #[inline]
    fn find(&self, word: &str, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.number == 0 || slot.hash == hash && self.word(slot.number) == word.as_bytes() {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// The bytes of a word, by its number plus one.
    #[inline]
    fn word(&self, number: u32) -> &[u8] {
        let end = number as usize - 1;
        let start = if end == 0 { 0 } else { self.ends[end - 1] };
        &self.text.as_bytes()[start..self.ends[end]]
    }

    #[cold]
    fn resize(&mut self, size: usize) {
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.number != 0) {
            let mut at = slot.hash as usize & (size - 1);
            while self.slots[at].number != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

/// A multiply-and-fold hash over words of eight bytes; the last one may overlap the one before.
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = bytes.len() as u64 ^ K;
    if let Some(last) = bytes.last_chunk::<8>() {
        let (words, _) = bytes[..bytes.len() - 1].as_chunks::<8>();
        for word in words {
            hash = mix(hash, u64::from_le_bytes(*word));
        }
        return mix(hash, u64::from_le_bytes(*last));
    }
    let word = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    mix(hash, word)
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
