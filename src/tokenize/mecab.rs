//! `ja-mecab` and `ko-mecab`: words of Japanese and Korean by MeCab's dictionaries (feature `mecab`).
//!
//! A [dictionary](self::dictionary) lists words with costs; a [lattice](self::lattice) finds the
//! cheapest way through a text.

mod dictionary;
mod lattice;

use std::fmt;

use self::dictionary::Dictionary;
use self::lattice::Lattice;
use super::Tokenize;
use super::data::{Pool, push_words, short_hash};
use crate::error::Result;
use crate::text::{Tokens, is_whitespace, trim};

/// The files of a compiled MeCab dictionary, as bytes; the library itself reads no files.
#[derive(Clone, Default)]
pub struct MecabFiles {
    /// `sys.dic`: the words. The features at its end decide nothing and may be left out, see
    /// [`enough`](MecabFiles::enough).
    pub sys: Vec<u8>,
    /// `unk.dic`: what stands for unknown words, by category of character.
    pub unk: Vec<u8>,
    /// `matrix.bin`: the costs of neighbours.
    pub matrix: Vec<u8>,
    /// `char.bin`: the categories of characters.
    pub char: Vec<u8>,
    /// `dicrc`: the settings; Korean takes its left-space penalties from here.
    pub dicrc: Vec<u8>,
}

impl MecabFiles {
    /// The length of the header of `sys.dic`.
    pub const HEADER: usize = 72;

    /// How many bytes at the start of a `sys.dic` are enough, by its header and the length of the file: a third
    /// of the IPA dictionary and half of mecab-ko-dic.
    ///
    /// # Errors
    ///
    /// A header of another kind of file, or a length that is not the one in the header.
    pub fn enough(header: &[u8], length: u64) -> Result<usize> {
        dictionary::enough(header, length)
    }
}

impl fmt::Debug for MecabFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MecabFiles")
            .field("sys", &self.sys.len())
            .field("unk", &self.unk.len())
            .field("matrix", &self.matrix.len())
            .field("char", &self.char.len())
            .field("dicrc", &self.dicrc.len())
            .finish()
    }
}

/// The words of MeCab 0.996 (Kudo, Yamamoto and Matsumoto, EMNLP 2004) for Japanese and of mecab-ko
/// 0.9.2 for Korean, from their own compiled dictionaries.
///
/// # Definition
///
/// Of all ways to cut a text into dictionary words and unknown words, the one with the least sum of word
/// costs and costs of neighbours. Unknown words are made where no word begins, or where the category of
/// the character asks for them: runs of one category up to 25 characters, and its first few
/// characters. White space parts words; Korean adds a penalty to words of some classes behind a space.
///
/// # Parity
///
/// The tokens of sacreBLEU's `ja-mecab` (mecab-python3 with the package `ipadic`) and `ko-mecab` (mecab-ko with
/// `mecab-ko-dic`). As there, a text ends at its first U+0000. MeCab gives up on a text whose cost leaves
/// 31 bits (some 400,000 words in one line); this goes on.
///
/// # Signature
///
/// `ja-mecab-0.996-IPA` for a dictionary with the number of entries that sacreBLEU insists on, 392,126, and
/// `ko-mecab-0.996/ko-0.9.2-KO` with 811,795. Another dictionary is named by a hash in place of `IPA` or
/// `KO`: the first 12 digits of the SHA-256 of `sys.dic` up to its features, `unk.dic`, `matrix.bin`, `char.bin` and
/// `dicrc`, one after the other.
///
/// # Complexity
///
/// Time linear in the text for texts of one language: a position costs the words that begin there times
/// those that end there. The words and the trie are read in place; construction looks over them once.
#[derive(Debug)]
pub struct Mecab {
    name: String,
    dictionary: Dictionary,
    lattices: Pool<Lattice>,
}

impl Mecab {
    /// The entries of the IPA dictionary of sacreBLEU's `ja-mecab`.
    pub const IPADIC_ENTRIES: usize = 392_126;

    /// The entries of the mecab-ko-dic of sacreBLEU's `ko-mecab`.
    pub const KODIC_ENTRIES: usize = 811_795;

    /// `ja-mecab`.
    ///
    /// # Errors
    ///
    /// A file that is no MeCab dictionary in UTF-8, is damaged, or does not belong to the others; the
    /// error names the file and the byte.
    pub fn japanese(files: MecabFiles) -> Result<Self> {
        Self::new(files, "ja-mecab-0.996", ("IPA", Self::IPADIC_ENTRIES), false)
    }

    /// `ko-mecab`: with the penalties of `left-space-penalty-factor` in `dicrc`.
    ///
    /// # Errors
    ///
    /// As [`japanese`](Mecab::japanese), or penalties that are no list of numbers.
    pub fn korean(files: MecabFiles) -> Result<Self> {
        Self::new(files, "ko-mecab-0.996/ko-0.9.2", ("KO", Self::KODIC_ENTRIES), true)
    }

    fn new(
        files: MecabFiles,
        program: &str,
        (known, entries): (&str, usize),
        penalties: bool,
    ) -> Result<Self> {
        let hash = |files: &MecabFiles| -> Result<String> {
            let words = files.sys.get(..dictionary::decisive(&files.sys)?).unwrap_or(&files.sys);
            Ok(short_hash(&[words, &files.unk, &files.matrix, &files.char, &files.dicrc]))
        };
        let is_known = dictionary::entries(&files.sys)? == entries;
        let last = if is_known { known.to_owned() } else { hash(&files)? };
        let dictionary = Dictionary::new(files, penalties)?;
        Ok(Mecab { name: format!("{program}-{last}"), dictionary, lattices: Pool::new() })
    }

    /// The number of words in the dictionary, by which sacreBLEU knows it.
    pub fn entries(&self) -> usize {
        self.dictionary.entries()
    }
}

impl Tokenize for Mecab {
    fn name(&self) -> &str {
        &self.name
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        tokens.reset(text);
        let stripped = trim(text);
        let offset = text.len() - trim_start(text).len();
        let stripped = stripped.split('\0').next().unwrap_or_default();
        self.lattices.with(|lattice| {
            lattice.best_path(&self.dictionary, stripped, |start, end| {
                push_words(&stripped[start..end], offset + start, tokens);
            });
        });
    }
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(is_whitespace)
}
