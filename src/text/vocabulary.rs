//! Words to small numbers.

use super::windows::UNKNOWN;

/// A set of words with a dense number each, in the order of first sight.
///
/// An open-addressed table of numbers; a word of up to fifteen bytes is its own key, of a longer one the key is a hash
/// and the word stands in one buffer of bytes. Nothing is allocated a word once the buffers are warm, and whether a word
/// is known is no branch: that can't be foreseen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// Numbers plus one, 0 is free; as long as a power of two, at most half full.
    slots: Vec<u32>,
    /// By number plus one, [`FREE`] first and room behind.
    keys: Vec<Key>,
    /// How many words there are.
    len: usize,
    /// The long words one after the other, each with its number and where it ends.
    long: Vec<u8>,
    ends: Vec<(u32, usize)>,
}

/// The bytes of a short word and, on top, how many they are; two hashes of a longer word below 0xff.
#[derive(Clone, Copy, Debug)]
struct Key {
    low: u64,
    high: u64,
}

/// A word with its key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'t> {
    bytes: &'t [u8],
    key: Key,
}

/// No word's key.
const FREE: Key = Key { low: 0, high: 0xfe << 56 };

/// What a long word's key has on top.
const LONG: u64 = 0xff << 56;

/// The longest word that is its own key.
const SHORT: usize = size_of::<Key>() - 1;

impl<'t> Word<'t> {
    /// A part of a text; cheaper than the part alone would be, because what stands around a short word can be
    /// read along with it.
    #[inline]
    pub(crate) fn at(text: &'t [u8], start: usize, end: usize) -> Self {
        let bytes = &text[start..end];
        let key = match text[start..].first_chunk::<16>() {
            Some(sixteen) if bytes.len() <= SHORT => {
                Key::short(u128::from_le_bytes(*sixteen), bytes.len())
            }
            _ => Key::near_the_end(text, start, end),
        };
        Word { bytes, key }
    }
}

/// The words that spans of a text are.
pub(crate) fn spanned<'t>(
    text: &'t str,
    spans: &[(usize, usize)],
) -> impl ExactSizeIterator<Item = Word<'t>> {
    spans.iter().map(|(start, end)| Word::at(text.as_bytes(), *start, *end))
}

impl<'t, T: AsRef<[u8]> + ?Sized> From<&'t T> for Word<'t> {
    fn from(word: &'t T) -> Self {
        let bytes = word.as_ref();
        Word { bytes, key: Key::of(bytes) }
    }
}

impl Key {
    /// The key of a short word, which is so many of the bytes.
    #[inline]
    fn short(bytes: u128, length: usize) -> Self {
        /// By length, the bits that stay.
        const KEPT: [u128; 16] = {
            let mut kept = [0; 16];
            let mut length = 1;
            while length < 16 {
                kept[length] = kept[length - 1] << 8 | 0xff;
                length += 1;
            }
            kept
        };
        let kept = bytes & KEPT[length % 16];
        Key { low: kept as u64, high: (kept >> 64) as u64 | (length as u64) << 56 }
    }

    /// The key of any word.
    fn of(word: &[u8]) -> Self {
        if word.len() > SHORT {
            let low = hash(word);
            return Key { low, high: mix(low, word.len() as u64) | LONG };
        }
        let four = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        let (low, high) = match (word.first_chunk(), word.last_chunk()) {
            (Some(first), Some(last)) => {
                let beyond = u64::from_le_bytes(*last) >> (8 * (SHORT - word.len()));
                (u64::from_le_bytes(*first), beyond >> 8)
            }
            // Where two halves overlap they are the same.
            _ => match (word.first_chunk(), word.last_chunk()) {
                (Some(first), Some(last)) => {
                    (four(first) | four(last) << (8 * (word.len() - 4)), 0)
                }
                _ => (word.iter().rev().fold(0, |low, byte| low << 8 | u64::from(*byte)), 0),
            },
        };
        Key { low, high: high | (word.len() as u64) << 56 }
    }

    /// The key of a part of a text that is long, or has less than sixteen bytes behind it.
    #[inline(never)]
    fn near_the_end(text: &[u8], start: usize, end: usize) -> Self {
        match text[..end].last_chunk::<16>() {
            Some(sixteen) if (start + 1..=start + SHORT).contains(&end) => {
                let before = 16 - (end - start);
                Key::short(u128::from_le_bytes(*sixteen) >> (8 * before), end - start)
            }
            _ => Key::of(&text[start..end]),
        }
    }

    /// The bits in which two differ; 0 for the same.
    #[inline]
    fn apart(self, other: Key) -> u64 {
        (self.low ^ other.low) | (self.high ^ other.high)
    }

    #[inline]
    fn is_long(self) -> bool {
        self.high >= LONG
    }

    /// Where the search for it begins.
    #[inline]
    fn place(self) -> usize {
        mix(self.low, self.high) as usize
    }
}

impl Vocabulary {
    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Forgets all words; the memory is kept.
    pub(crate) fn clear(&mut self) {
        self.slots.fill(0);
        self.len = 0;
        self.long.clear();
        self.ends.clear();
    }

    /// Makes room for so many more words.
    pub(crate) fn reserve(&mut self, words: usize) {
        let slots = (2 * (self.len + words) + 1).next_power_of_two();
        if slots > self.slots.len() {
            self.resize(slots);
        }
        if self.keys.len() < self.len + words + 2 {
            self.keys.resize(self.len + words + 2, FREE);
        }
    }

    /// The word's number, if it is known.
    #[inline]
    pub(crate) fn get<'w>(&self, word: impl Into<Word<'w>>) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.find(&word.into()).1.checked_sub(1)
    }

    /// The word's number; a new one if it is not known.
    #[inline]
    pub(crate) fn insert<'w>(&mut self, word: impl Into<Word<'w>>) -> u32 {
        if 2 * (self.len + 1) > self.slots.len() || self.len + 2 > self.keys.len() {
            self.reserve(self.len.max(31));
        }
        self.number(&word.into())
    }

    /// The word's number; a new one if it is not known, for which there is room.
    #[inline(always)]
    fn number(&mut self, word: &Word<'_>) -> u32 {
        let (at, number) = self.find(word);
        let (is_new, next) = (number == 0, self.len as u32 + 1);
        let number = if is_new { next } else { number };
        self.slots[at] = number;
        self.keys[next as usize] = word.key;
        self.len += usize::from(is_new);
        if is_new & word.key.is_long() {
            self.long.extend_from_slice(word.bytes);
            self.ends.push((number, self.long.len()));
        }
        number - 1
    }

    /// Adds the numbers of some words to `numbers`; those that are not known get one.
    #[inline(never)]
    pub(crate) fn insert_all<'w>(
        &mut self,
        words: impl ExactSizeIterator<Item = Word<'w>>,
        numbers: &mut Vec<u32>,
    ) {
        self.reserve(words.len());
        numbers.extend(words.map(|word| self.number(&word)));
    }

    /// Sets `numbers` to those of some words, [`UNKNOWN`] for the words that are not known.
    #[inline(never)]
    pub(crate) fn get_all<'w>(
        &self,
        words: impl ExactSizeIterator<Item = Word<'w>>,
        numbers: &mut Vec<u32>,
    ) {
        numbers.clear();
        if self.slots.is_empty() {
            numbers.resize(words.len(), UNKNOWN);
        } else {
            // 0, unknown, wraps to it.
            numbers.extend(words.map(|word| self.find(&word).1.wrapping_sub(1)));
        }
    }

    /// The slot where the word is, or the free one where it would go, and what stands there.
    #[inline(always)]
    fn find(&self, word: &Word<'_>) -> (usize, u32) {
        if word.key.is_long() {
            return self.find_long(word);
        }
        let (slots, keys) = (self.slots.as_slice(), self.keys.as_slice());
        let mask = slots.len() - 1;
        let mut at = word.key.place() & mask;
        loop {
            let number = slots[at];
            // Free or the word's own: what stands there is the answer either way. One is 0 then, which the smaller
            // says in one branch.
            if keys[number as usize].apart(word.key).min(u64::from(number)) == 0 {
                return (at, number);
            }
            at = (at + 1) & mask;
        }
    }

    /// The same for a long word.
    #[inline(never)]
    fn find_long(&self, word: &Word<'_>) -> (usize, u32) {
        let mask = self.slots.len() - 1;
        let mut at = word.key.place() & mask;
        loop {
            let number = self.slots[at];
            let key = self.keys[number as usize];
            let same = || key.apart(word.key) == 0 && self.is(number, word.bytes);
            if number == 0 || same() {
                return (at, number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Whether a number plus one is this long word's, which has its key.
    fn is(&self, number: u32, word: &[u8]) -> bool {
        let Ok(long) = self.ends.binary_search_by_key(&number, |(number, _)| *number) else {
            return false;
        };
        let start = if long == 0 { 0 } else { self.ends[long - 1].1 };
        &self.long[start..self.ends[long].1] == word
    }

    #[cold]
    fn resize(&mut self, size: usize) {
        self.slots.clear();
        self.slots.resize(size, 0);
        for (key, number) in self.keys.iter().skip(1).take(self.len).zip(1..) {
            let mut at = key.place() & (size - 1);
            while self.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = number;
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
        for length in 0..20 {
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
        assert!(words.iter().any(|word| word.len() > SHORT + 1));
        assert!(words.iter().zip(0..).all(|(word, number)| vocabulary.insert(word) == number));
        assert!(words.iter().zip(0..).all(|(word, number)| vocabulary.get(word) == Some(number)));
        // Wherever in a text they stand.
        for (word, number) in words.iter().zip(0..) {
            for (before, behind) in
                [("", ""), ("x", "y"), ("", "a tail of sixteen"), ("a head of sixteen", "")]
            {
                let text = format!("{before}{word}{behind}");
                let word = Word::at(text.as_bytes(), before.len(), before.len() + word.len());
                assert_eq!(vocabulary.get(word), Some(number));
            }
        }
    }
}
