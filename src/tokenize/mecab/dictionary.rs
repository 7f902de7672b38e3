//! MeCab's compiled dictionaries, read in place.
//!
//! All numbers are little-endian. `sys.dic` and `unk.dic` have a header of 72 bytes, a double-array trie of
//! units of 8 bytes (base, check), tokens of 16 bytes and the features, which nothing here needs.
//! `matrix.bin` has two sizes and costs of 2 bytes. `char.bin` has category names of 32 bytes and one
//! word of 32 bits for each code unit below U+FFFF.

use std::fmt;
use std::ops::Range;

use super::MecabFiles;
use crate::error::{Error, Result};
use crate::tokenize::data::File;

/// A word, or what stands for an unknown one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The context in which a neighbour on the left sees it.
    pub(super) left: u16,
    /// The context in which a neighbour on the right sees it.
    pub(super) right: u16,
    /// Its word class.
    pub(super) class: u16,
    pub(super) cost: i16,
}

const HEADER: usize = MecabFiles::HEADER;
const UNIT: usize = 8;
const ENTRY: usize = 16;

/// `sys.dic` or `unk.dic`: a trie of words.
struct Lexicon {
    name: &'static str,
    bytes: Vec<u8>,
    trie: Range<usize>,
    entries: Range<usize>,
    /// How many right and left contexts there are, in the matrix' order.
    contexts: (usize, usize),
}

impl Lexicon {
    /// A lexicon whose features may be cut off.
    fn new(name: &'static str, bytes: Vec<u8>, kind: u32) -> Result<Self> {
        let file = File { name, bytes: &bytes };
        let whole = check_header(&file, kind)?;
        let (trie, entries) = (file.size(24)?, file.size(28)?);
        if trie % UNIT != 0 || entries % ENTRY != 0 || entries / ENTRY != file.size(12)? {
            return Err(file.error(24, "the sizes of the parts are not those of their contents"));
        }
        let enough = HEADER + trie + entries;
        if bytes.len() < enough || bytes.len() > whole {
            let length = bytes.len();
            let problem = format!("has {length} bytes, of the {whole} that it was written with");
            return Err(file.error(length, problem));
        }
        let contexts = (file.size(16)?, file.size(20)?);
        let trie = HEADER..HEADER + trie;
        let entries = trie.end..trie.end + entries;
        let lexicon = Lexicon { name, trie, entries, contexts, bytes };
        lexicon.check()?;
        Ok(lexicon)
    }

    /// Every value of the trie is a range of entries, and every entry's contexts are in the matrix.
    fn check(&self) -> Result<()> {
        let file = File { name: self.name, bytes: &self.bytes };
        let count = self.entries.len() / ENTRY;
        for (unit, bytes) in self.bytes[self.trie.clone()].chunks_exact(UNIT).enumerate() {
            let base = bytes[..4].try_into().map_or(0, i32::from_le_bytes);
            if base < 0 && value_range(base).end > count {
                let at = self.trie.start + unit * UNIT;
                return Err(file.error(at, format!("a word is not among the {count} entries")));
            }
        }
        for entry in 0..count {
            let Entry { left, right, .. } = self.entry(entry);
            let (rights, lefts) = self.contexts;
            if usize::from(left) >= lefts || usize::from(right) >= rights {
                let at = self.entries.start + entry * ENTRY;
                return Err(file.error(
                    at,
                    format!("the contexts {left} and {right} are not below {lefts} and {rights}"),
                ));
            }
        }
        Ok(())
    }

    fn entry(&self, index: usize) -> Entry {
        let at = self.entries.start + index * ENTRY;
        let mut fields = [0; 4];
        if let Some(bytes) = self.bytes.get(at..at + 8) {
            for (field, pair) in fields.iter_mut().zip(bytes.chunks_exact(2)) {
                *field = u16::from_le_bytes([pair[0], pair[1]]);
            }
        }
        let [left, right, class, cost] = fields;
        Entry { left, right, class, cost: cost.cast_signed() }
    }

    #[inline]
    fn unit(&self, index: usize) -> Option<(i32, u32)> {
        let at = index.checked_mul(UNIT)?;
        let bytes = self.bytes[self.trie.clone()].get(at..at + UNIT)?;
        let word = u64::from_le_bytes(bytes.try_into().ok()?);
        Some(((word as u32).cast_signed(), (word >> 32) as u32))
    }

    /// Calls `found` with the length and the entries of each word that `text` begins with, short ones
    /// first.
    #[inline]
    fn prefixes(&self, text: &str, mut found: impl FnMut(usize, Range<usize>)) {
        let Some((mut base, _)) = self.unit(0) else { return };
        for (at, byte) in text.bytes().enumerate() {
            if at > 0
                && text.is_char_boundary(at)
                && let Some(entries) = self.value(base)
            {
                found(at, entries);
            }
            let Ok(parent) = u32::try_from(base) else { return };
            match self.unit(parent as usize + usize::from(byte) + 1) {
                Some((next, check)) if check == parent => base = next,
                _ => return,
            }
        }
        if !text.is_empty()
            && let Some(entries) = self.value(base)
        {
            found(text.len(), entries);
        }
    }

    /// The entries of the word that ends in the node whose children start at `base`.
    #[inline]
    fn value(&self, base: i32) -> Option<Range<usize>> {
        let node = u32::try_from(base).ok()?;
        let (value, check) = self.unit(node as usize)?;
        (check == node && value < 0).then(|| value_range(value))
    }
}

/// Entries are packed as first and count, negative.
fn value_range(base: i32) -> Range<usize> {
    let value = !base as usize;
    (value >> 8)..(value >> 8) + (value & 0xff)
}

/// Checks the header, and returns how many bytes the file had when it was written.
fn check_header(file: &File<'_>, kind: u32) -> Result<usize> {
    let whole = file.u32(0)? ^ 0xef71_8f77;
    let parts = [file.u32(24)?, file.u32(28)?, file.u32(32)?];
    let sum = parts.iter().try_fold(HEADER as u32, |sum, part| sum.checked_add(*part));
    if sum != Some(whole) {
        return Err(file.error(0, "is no compiled MeCab dictionary"));
    }
    if file.u32(4)? != 102 {
        return Err(file.error(4, format!("has version {}, not 102", file.u32(4)?)));
    }
    if file.u32(8)? != kind {
        return Err(file.error(8, format!("is a dictionary of kind {}, not {kind}", file.u32(8)?)));
    }
    let charset = file.slice(40, 32)?.split(|byte| *byte == 0).next().unwrap_or_default();
    if !["utf8", "utf-8"].iter().any(|utf8| charset.eq_ignore_ascii_case(utf8.as_bytes())) {
        let charset = String::from_utf8_lossy(charset);
        return Err(file.error(40, format!("is in {charset}: compile the dictionary in UTF-8")));
    }
    Ok(whole as usize)
}

/// How many bytes of a `sys.dic` decide tokens, by its header, which is checked against the file's length.
pub(super) fn enough(header: &[u8], length: u64) -> Result<usize> {
    let file = File { name: "sys.dic", bytes: header };
    let whole = check_header(&file, 0)?;
    if whole as u64 != length {
        let problem = format!("has {length} bytes, of the {whole} that it was written with");
        return Err(file.error(usize::try_from(length).unwrap_or(usize::MAX), problem));
    }
    decisive(header)
}

/// The length of the parts of a `sys.dic` that decide tokens.
pub(super) fn decisive(sys: &[u8]) -> Result<usize> {
    let file = File { name: "sys.dic", bytes: sys };
    Ok(HEADER.saturating_add(file.size(24)?).saturating_add(file.size(28)?))
}

/// The number of words that the header of a `sys.dic` states.
pub(super) fn entries(sys: &[u8]) -> Result<usize> {
    File { name: "sys.dic", bytes: sys }.size(12)
}

/// What is known of a character: the categories that it belongs to and how unknown words are made.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CharInfo(u32);

impl CharInfo {
    /// Whether the two share a category.
    pub(super) fn is_kind_of(self, other: CharInfo) -> bool {
        self.0 & other.0 & 0x3_ffff != 0
    }

    /// The category whose unknown words it begins.
    pub(super) fn category(self) -> usize {
        (self.0 >> 18 & 0xff) as usize
    }

    /// Up to how many characters an unknown word has.
    pub(super) fn length(self) -> u32 {
        self.0 >> 26 & 0xf
    }

    /// Whether a run of one category is an unknown word.
    pub(super) fn groups(self) -> bool {
        self.0 >> 30 & 1 == 1
    }

    /// Whether there are unknown words even where a word of the dictionary begins.
    pub(super) fn invokes(self) -> bool {
        self.0 >> 31 == 1
    }
}

/// `char.bin`: the names of the categories, and each character's.
fn read_chars(bytes: &[u8]) -> Result<(Vec<String>, Vec<CharInfo>)> {
    let file = File { name: "char.bin", bytes };
    let count = file.size(0)?;
    if count > 18 || bytes.len() != 4 + 32 * count + 4 * 0xffff {
        return Err(file.error(0, "the number of categories does not fit the size of the file"));
    }
    let name = |at| -> Result<String> {
        let name = file.slice(at, 32)?.split(|byte| *byte == 0).next().unwrap_or_default();
        Ok(String::from_utf8_lossy(name).into_owned())
    };
    let names = (0..count).map(|category| name(4 + 32 * category)).collect::<Result<_>>()?;
    let start = 4 + 32 * count;
    let words = file.slice(start, 4 * 0xffff)?.chunks_exact(4);
    let infos = words.map(|word| CharInfo(word.try_into().map_or(0, u32::from_le_bytes)));
    let infos: Vec<CharInfo> = infos.collect();
    match infos.iter().position(|info| info.category() >= count) {
        None => Ok((names, infos)),
        Some(c) => {
            let problem = format!("category {} is not among the {count}", infos[c].category());
            Err(file.error(start + 4 * c, problem))
        }
    }
}

/// `matrix.bin`: what it costs that two contexts are neighbours.
struct Matrix {
    rights: usize,
    lefts: usize,
    bytes: Vec<u8>,
}

/// The costs of one left context behind each right one.
#[derive(Clone, Copy)]
pub(super) struct Costs<'a>(&'a [u8]);

impl Costs<'_> {
    /// The cost behind a right context; contexts are checked when a dictionary is read.
    #[inline]
    pub(super) fn behind(self, right: u16) -> i64 {
        let pair = self.0.get(2 * usize::from(right)..2 * usize::from(right) + 2);
        pair.map_or(0, |pair| i64::from(i16::from_le_bytes([pair[0], pair[1]])))
    }
}

impl Matrix {
    fn new(bytes: Vec<u8>) -> Result<Self> {
        let file = File { name: "matrix.bin", bytes: &bytes };
        let (rights, lefts) = (usize::from(file.u16(0)?), usize::from(file.u16(2)?));
        if rights == 0 || lefts == 0 || bytes.len() != 4 + 2 * rights * lefts {
            let problem = format!("{rights} by {lefts} costs do not fit the size of the file");
            return Err(file.error(0, problem));
        }
        Ok(Matrix { rights, lefts, bytes })
    }
}

/// A dictionary whose parts belong together.
pub(super) struct Dictionary {
    words: Lexicon,
    matrix: Matrix,
    chars: Vec<CharInfo>,
    /// By category.
    unknown: Vec<Vec<Entry>>,
    /// By word class; empty without penalties.
    penalties: Vec<(u16, i32)>,
}

impl Dictionary {
    pub(super) fn new(files: MecabFiles, penalties: bool) -> Result<Self> {
        let words = Lexicon::new("sys.dic", files.sys, 0)?;
        let unknown = Lexicon::new("unk.dic", files.unk, 2)?;
        let matrix = Matrix::new(files.matrix)?;
        let sizes = (matrix.rights, matrix.lefts);
        for lexicon in [&words, &unknown] {
            if lexicon.contexts != sizes {
                let problem =
                    format!("its contexts {:?} are not the matrix' {sizes:?}", lexicon.contexts);
                return Err(Error::data(lexicon.name, 16, problem));
            }
        }
        let (categories, chars) = read_chars(&files.char)?;
        let unknown = categories.iter().map(|name| unknown_entries(&unknown, name));
        let unknown = unknown.collect::<Result<_>>()?;
        let penalties = if penalties { read_penalties(&files.dicrc)? } else { Vec::new() };
        Ok(Dictionary { words, matrix, chars, unknown, penalties })
    }

    pub(super) fn entries(&self) -> usize {
        self.words.entries.len() / ENTRY
    }

    /// Calls `found` with the length and each entry of the words that `text` begins with.
    #[inline]
    pub(super) fn words(&self, text: &str, mut found: impl FnMut(usize, Entry)) {
        self.words.prefixes(text, |length, entries| {
            entries.for_each(|entry| found(length, self.words.entry(entry)));
        });
    }

    /// What stands for unknown words of a category.
    pub(super) fn unknown(&self, category: usize) -> &[Entry] {
        self.unknown.get(category).map_or(&[], Vec::as_slice)
    }

    /// What is known of a character. Those outside the first plane count as U+0000; U+FFFF has nothing.
    #[inline]
    pub(super) fn char(&self, c: char) -> CharInfo {
        let code = if c > '\u{ffff}' { 0 } else { c as usize };
        self.chars.get(code).copied().unwrap_or_default()
    }

    /// The costs of a left context.
    #[inline]
    pub(super) fn costs(&self, left: u16) -> Costs<'_> {
        let start = 4 + 2 * usize::from(left) * self.matrix.rights;
        Costs(self.matrix.bytes.get(start..start + 2 * self.matrix.rights).unwrap_or(&[]))
    }

    /// What a word of a class costs more behind a space.
    pub(super) fn penalty(&self, class: u16) -> i32 {
        let penalty = self.penalties.iter().find(|(of, _)| *of == class);
        penalty.map_or(0, |(_, penalty)| *penalty)
    }

    /// Whether any class has a penalty.
    pub(super) fn has_penalties(&self) -> bool {
        !self.penalties.is_empty()
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("entries", &self.entries()).finish_non_exhaustive()
    }
}

fn unknown_entries(lexicon: &Lexicon, category: &str) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    lexicon.prefixes(category, |length, range| {
        if length == category.len() {
            entries.extend(range.map(|entry| lexicon.entry(entry)));
        }
    });
    if entries.is_empty() {
        return Err(Error::data("unk.dic", 0, format!("has no entry for category '{category}'")));
    }
    Ok(entries)
}

/// The value of `left-space-penalty-factor`: word classes and penalties in turn.
fn read_penalties(dicrc: &[u8]) -> Result<Vec<(u16, i32)>> {
    let mut at = 0;
    for line in dicrc.split(|byte| *byte == b'\n') {
        let text = String::from_utf8_lossy(line);
        if let Some((key, value)) = text.split_once('=')
            && key.trim() == "left-space-penalty-factor"
        {
            return pairs(value).ok_or_else(|| {
                Error::data("dicrc", at, "left-space-penalty-factor is no list of class,penalty")
            });
        }
        at += line.len() + 1;
    }
    Ok(Vec::new())
}

fn pairs(list: &str) -> Option<Vec<(u16, i32)>> {
    let mut numbers = list.trim().split(',').map(|number| number.trim().parse::<i32>().ok());
    let mut pairs = Vec::new();
    while let Some(class) = numbers.next() {
        pairs.push((u16::try_from(class?).ok()?, numbers.next()??));
    }
    Some(pairs)
}
