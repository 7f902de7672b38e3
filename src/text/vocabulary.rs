//! Words to small numbers.

/// A set of words with a dense number each, in the order of first sight.
///
/// An open-addressed table; a word of up to seven bytes is its own key, of a longer one the key is a hash and the
/// word stands in one buffer of text. Nothing is allocated a word once the buffers are warm.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// The long words, one after the other.
    text: String,
    /// Where each word ends in the text; a long one starts where the word before ends.
    ends: Vec<usize>,
    /// As long as a power of two, at most half full.
    slots: Vec<Slot>,
}

/// A place in the table: a word's key, and its number plus one; 0 is free.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    number: u32,
}

/// The bytes of a short word and, on top, how many they are; a hash of a longer word below 0xff.
type Key = u64;

const LONG: Key = 0xff << 56;

impl Vocabulary {
    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Makes room for so many more words.
    pub(crate) fn reserve(&mut self, words: usize) {
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
        self.slots[self.find(word, key(word.as_bytes()))].number.checked_sub(1)
    }

    /// The word's number; a new one if it is not known.
    #[inline]
    pub(crate) fn insert(&mut self, word: &str) -> u32 {
        if 2 * (self.ends.len() + 1) > self.slots.len() {
            self.resize((self.slots.len() * 2).max(64));
        }
        let key = key(word.as_bytes());
        let slot = self.find(word, key);
        if self.slots[slot].number == 0 {
            if key >= LONG {
                self.text.push_str(word);
            }
            self.ends.push(self.text.len());
            self.slots[slot] = Slot { key, number: self.ends.len() as u32 };
        }
        self.slots[slot].number - 1
    }

    /// The slot where the word is, or the free one where it would go.
    #[inline]
    fn find(&self, word: &str, key: Key) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = place(key) & mask;
        loop {
            let slot = self.slots[at];
            let same = || key < LONG || self.word(slot.number) == word.as_bytes();
            if slot.number == 0 || slot.key == key && same() {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// The bytes of a long word, by its number plus one.
    fn word(&self, number: u32) -> &[u8] {
        let end = number as usize - 1;
        let start = if end == 0 { 0 } else { self.ends[end - 1] };
        &self.text.as_bytes()[start..self.ends[end]]
    }

    #[cold]
    fn resize(&mut self, size: usize) {
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.number != 0) {
            let mut at = place(slot.key) & (size - 1);
            while self.slots[at].number != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

/// A word's key.
#[inline]
fn key(word: &[u8]) -> Key {
    let bytes = match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        (Some(_), Some(_)) if word.len() > 7 => return hash(word) | LONG,
        // Where the two halves overlap they are the same.
        (Some(first), Some(last)) => {
            let last = u64::from(u32::from_le_bytes(*last));
            u64::from(u32::from_le_bytes(*first)) | last << (8 * (word.len() - 4))
        }
        _ => word.iter().rev().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)),
    };
    bytes | (word.len() as u64) << 56
}

/// Where a key's search begins.
#[inline]
fn place(key: Key) -> usize {
    mix(key, 0x9e37_79b9_7f4a_7c15) as usize
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

    #[test]
    fn a_word_that_is_not_there_is_looked_for_in_vain_but_not_for_ever() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.reserve(0);
        assert_eq!(vocabulary.get("a"), None);
        vocabulary.insert("a");
        assert_eq!(vocabulary.get("b"), None);
    }

    #[test]
    fn words_of_all_lengths_are_told_apart() {
        let mut vocabulary = Vocabulary::default();
        let letters = ["a", "\0", "ab", "b"];
        let mut words = vec![String::new()];
        for length in 0..12 {
            let longest: Vec<String> =
                words.iter().filter(|word| word.len() >= length).cloned().collect();
            words.extend(
                longest
                    .iter()
                    .take(200)
                    .flat_map(|word| letters.map(|letter| word.clone() + letter)),
            );
        }
        words.sort();
        words.dedup();
        assert!(words.iter().any(|word| word.len() > 9));
        assert!(words.iter().zip(0..).all(|(word, number)| vocabulary.insert(word) == number));
        assert!(words.iter().zip(0..).all(|(word, number)| vocabulary.get(word) == Some(number)));
    }
}
