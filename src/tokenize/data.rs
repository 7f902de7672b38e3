//! What the tokenizers that read data share: bounded reading, a hash, and a pool of working memory.

use std::fmt;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, Result};
use crate::text::{Tokens, is_whitespace};

/// A file's name and bytes, read at given places; every place outside is an error with its position.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) name: &'static str,
    pub(super) bytes: &'a [u8],
}

impl<'a> File<'a> {
    /// `length` bytes from `at`.
    pub(super) fn slice(&self, at: usize, length: usize) -> Result<&'a [u8]> {
        let end = at.checked_add(length);
        end.and_then(|end| self.bytes.get(at..end)).ok_or_else(|| {
            let held = self.bytes.len();
            self.error(at, format!("{length} bytes are wanted here, but the file has {held}"))
        })
    }

    /// A little-endian number of four bytes.
    pub(super) fn u32(&self, at: usize) -> Result<u32> {
        Ok(self.slice(at, 4)?.try_into().map_or(0, u32::from_le_bytes))
    }

    /// The same as a size.
    pub(super) fn size(&self, at: usize) -> Result<usize> {
        Ok(self.u32(at)? as usize)
    }

    /// A little-endian number of two bytes.
    pub(super) fn u16(&self, at: usize) -> Result<u16> {
        Ok(self.slice(at, 2)?.try_into().map_or(0, u16::from_le_bytes))
    }

    /// An error about a place in this file.
    #[cold]
    pub(super) fn error(&self, at: usize, problem: impl Into<String>) -> Error {
        Error::data(self.name, at, problem)
    }
}

/// Working memory that threads take, use and give back: it grows to one a thread and stays warm.
pub(super) struct Pool<T>(Mutex<Vec<Box<T>>>);

impl<T: Default> Pool<T> {
    pub(super) const fn new() -> Self {
        Pool(Mutex::new(Vec::new()))
    }

    /// Runs `use_it` with memory that no other thread has meanwhile.
    pub(super) fn with<R>(&self, use_it: impl FnOnce(&mut T) -> R) -> R {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut memory = taken.unwrap_or_default();
        let result = use_it(&mut memory);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
        result
    }
}

impl<T> fmt::Debug for Pool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pool")
    }
}

/// Pushes the words between white space of a token that stands at `offset`: metrics split what a
/// tokenizer prints, and a word or piece can be a no-break space or have one inside.
pub(super) fn push_words(token: &str, offset: usize, tokens: &mut Tokens) {
    let mut start = 0;
    for (at, c) in token.char_indices() {
        if is_whitespace(c) {
            if start < at {
                tokens.push(offset + start, offset + at);
            }
            start = at + c.len_utf8();
        }
    }
    if start < token.len() {
        tokens.push(offset + start, offset + token.len());
    }
}

/// The first twelve hexadecimal digits of the SHA-256 (FIPS 180-4) of parts read one after the other:
/// what `cat PART... | sha256sum` begins with.
pub(super) fn short_hash(parts: &[&[u8]]) -> String {
    let state = sha256(parts.iter().flat_map(|part| part.iter().copied()));
    let mut text = String::new();
    for word in &state[..2] {
        // Writing to a string cannot fail.
        let _ = write!(text, "{word:08x}");
    }
    text.truncate(12);
    text
}

/// SHA-256 of bytes, as eight words.
fn sha256(bytes: impl Iterator<Item = u8>) -> [u32; 8] {
    let mut state = [
        0x6a09_e667,
        0xbb67_ae85,
        0x3c6e_f372,
        0xa54f_f53a,
        0x510e_527f,
        0x9b05_688c,
        0x1f83_d9ab,
        0x5be0_cd19,
    ];
    let (mut block, mut filled, mut length) = ([0_u8; 64], 0, 0_u64);
    let mut put = |byte: u8, state: &mut [u32; 8]| {
        block[filled] = byte;
        filled += 1;
        if filled == 64 {
            compress(state, &block);
            filled = 0;
        }
        filled
    };
    for byte in bytes {
        length += 8;
        put(byte, &mut state);
    }
    let mut at = put(0x80, &mut state);
    while at != 56 {
        at = put(0, &mut state);
    }
    for byte in length.to_be_bytes() {
        put(byte, &mut state);
    }
    state
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const ROUND: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

/// One block of SHA-256.
fn compress(state: &mut [u32; 8], block: &[u8; 64]) {
    let mut words = [0_u32; 64];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.try_into().map_or(0, u32::from_be_bytes);
    }
    for t in 16..64 {
        let (a, b) = (words[t - 15], words[t - 2]);
        let small = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
        let great = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
        words[t] = words[t - 16].wrapping_add(small).wrapping_add(words[t - 7]).wrapping_add(great);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (word, round) in words.iter().zip(ROUND) {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & f) ^ (!e & g);
        let t1 = h.wrapping_add(s1).wrapping_add(choice).wrapping_add(round).wrapping_add(*word);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        (h, g, f, e, d, c, b, a) =
            (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(s0).wrapping_add(majority));
    }
    for (sum, value) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *sum = sum.wrapping_add(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_sha_256() {
        assert_eq!(short_hash(&[]), "e3b0c44298fc");
        assert_eq!(short_hash(&[b"a", b"bc"]), "ba7816bf8f01");
        let long = [b'a'; 1000];
        assert_eq!(short_hash(&[&long[..]]), "41edece42d63");
    }

    #[test]
    fn memory_comes_back() {
        let pool = Pool::<Vec<u8>>::new();
        pool.with(|memory| memory.push(1));
        pool.with(|memory| assert_eq!(memory, &[1]));
    }
}
