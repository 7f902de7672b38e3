//! What a model does to a text before it cuts it: its precompiled rules, and white space.

use super::model::Model;
use super::trie::Trie;
use crate::error::Result;
use crate::tokenize::data::File;

/// What stands for a space inside of pieces.
pub(super) const SPACE: &str = "\u{2581}";

/// A model's normalization.
#[derive(Debug)]
pub(super) struct Normalizer {
    rules: Rules,
    /// Symbols that no rule changes.
    symbols: Trie,
    dummy_prefix: bool,
    as_suffix: bool,
    remove_extra: bool,
    space: &'static str,
    /// For each ASCII character before another one: whether it stays as it is.
    plain: [bool; 128],
}

impl Normalizer {
    pub(super) fn new(file: File<'_>, model: &Model<'_>, symbols: Trie) -> Result<Self> {
        let mut normalizer = Normalizer {
            rules: Rules::new(file, model)?,
            symbols,
            dummy_prefix: model.dummy_prefix,
            as_suffix: model.whitespace_as_suffix,
            remove_extra: model.remove_extra_whitespace,
            space: if model.escape_whitespace { SPACE } else { " " },
            plain: [false; 128],
        };
        let plain = std::array::from_fn(|byte| normalizer.is_plain(byte as u8));
        normalizer.plain = plain;
        Ok(normalizer)
    }

    /// Whether a character stays as it is before any ASCII character; a space is a matter of its own.
    fn is_plain(&self, byte: u8) -> bool {
        byte != b' '
            && self.symbols.child(Trie::ROOT, byte).is_none()
            && self.rules.longest(char::from(byte).encode_utf8(&mut [0; 4])).is_none()
            && (!self.rules.reaches(&[byte])
                || (0..128).all(|next| !self.rules.reaches(&[byte, next])))
    }

    /// Appends the normal form of a text.
    pub(super) fn normalize(&self, text: &str, out: &mut String) {
        let start = out.len();
        let mut rest = text;
        while self.remove_extra && !rest.is_empty() {
            let (normal, consumed) = self.prefix(rest);
            if normal != " " {
                break;
            }
            rest = &rest[consumed..];
        }
        if rest.is_empty() {
            return;
        }
        if self.dummy_prefix && !self.as_suffix {
            out.push_str(self.space);
        }
        self.append(rest, out);
        while self.remove_extra && out[start..].ends_with(self.space) {
            out.truncate(out.len() - self.space.len());
        }
        if self.dummy_prefix && self.as_suffix {
            out.push_str(self.space);
        }
    }

    fn append(&self, mut rest: &str, out: &mut String) {
        let mut behind_space = self.remove_extra;
        while !rest.is_empty() {
            let plain = self.plain_run(rest);
            if plain > 0 {
                out.push_str(&rest[..plain]);
                rest = &rest[plain..];
                behind_space = false;
                continue;
            }
            let (mut normal, consumed) = self.prefix(rest);
            if behind_space {
                normal = normal.trim_start_matches(' ');
            }
            if !normal.is_empty() {
                let mut parts = normal.split(' ');
                out.push_str(parts.next().unwrap_or_default());
                for part in parts {
                    out.push_str(self.space);
                    out.push_str(part);
                }
                behind_space = self.remove_extra && normal.ends_with(' ');
            }
            rest = &rest[consumed..];
        }
    }

    /// How many bytes of ASCII at the start stay as they are.
    #[inline]
    fn plain_run(&self, text: &str) -> usize {
        let is_plain = |byte: &u8| self.plain.get(usize::from(*byte)).is_some_and(|plain| *plain);
        let bytes = text.as_bytes();
        let run = bytes.iter().take_while(|byte| is_plain(byte)).count();
        // The last one may be the base of a combining mark.
        if run < bytes.len() && !bytes[run].is_ascii() { run.saturating_sub(1) } else { run }
    }

    /// The normal form of what a text begins with, and its length there.
    #[inline]
    fn prefix<'a>(&'a self, text: &'a str) -> (&'a str, usize) {
        if let Some(length) = self.symbols.longest_prefix(text) {
            return (&text[..length], length);
        }
        if let Some(found) = self.rules.longest(text) {
            return found;
        }
        let length = text.chars().next().map_or(0, char::len_utf8);
        (&text[..length], length)
    }
}

/// Precompiled rules: a double-array trie whose values are places in a pool of strings that end in NUL.
///
/// A unit is 32 bits: the label in the low 8, bit 8 says that a key ends here, bits 10 and up are the
/// offset to the children, shifted by 8 if bit 9 is set. The unit of a value has the highest bit set.
#[derive(Debug, Default)]
struct Rules {
    units: Vec<u32>,
    pool: String,
}

const VALUE: u32 = 1 << 31;

impl Rules {
    fn new(file: File<'_>, model: &Model<'_>) -> Result<Self> {
        let range = model.charsmap.clone();
        if range.is_empty() {
            return Ok(Rules::default());
        }
        let start = range.start + 4;
        let size = file.size(range.start)?;
        if start.saturating_add(size) >= range.end || size % 4 != 0 {
            return Err(file.error(range.start, "the normalization rules have a wrong size"));
        }
        let units = file.slice(start, size)?.chunks_exact(4);
        let units = units.map(|unit| unit.try_into().map_or(0, u32::from_le_bytes)).collect();
        let pool = file.slice(start + size, range.end - start - size)?;
        let pool = std::str::from_utf8(pool)
            .map_err(|e| file.error(start + size + e.valid_up_to(), "a replacement is no UTF-8"))?;
        let rules = Rules { units, pool: pool.to_owned() };
        match rules.units.iter().position(|unit| unit & VALUE != 0 && !rules.has(unit ^ VALUE)) {
            Some(unit) => {
                Err(file.error(start + 4 * unit, "a replacement is outside of the rules"))
            }
            None => Ok(rules),
        }
    }

    fn has(&self, value: u32) -> bool {
        (value as usize) < self.pool.len() && self.pool.is_char_boundary(value as usize)
    }

    /// The replacement and length of the longest rule for what a text begins with.
    #[inline]
    fn longest(&self, text: &str) -> Option<(&str, usize)> {
        let mut node = children(*self.units.first()?);
        let mut longest = None;
        for (at, byte) in text.bytes().enumerate() {
            let place = node ^ usize::from(byte);
            let Some(unit) = self.units.get(place).filter(|unit| is_label(**unit, byte)) else {
                break;
            };
            node = place ^ children(*unit);
            if unit >> 8 & 1 == 1 {
                longest = Some((node, at + 1));
            }
        }
        let (node, length) = longest.filter(|(_, length)| text.is_char_boundary(*length))?;
        let place = (self.units.get(node)? & !VALUE) as usize;
        let replacement = self.pool.get(place..)?.split('\0').next()?;
        Some((replacement, length))
    }

    /// Whether any rule begins with a text.
    fn reaches(&self, text: &[u8]) -> bool {
        let Some(mut node) = self.units.first().map(|unit| children(*unit)) else { return false };
        text.iter().all(|byte| {
            let place = node ^ usize::from(*byte);
            let unit = self.units.get(place).copied().filter(|unit| is_label(*unit, *byte));
            node = place ^ unit.map_or(0, children);
            unit.is_some()
        })
    }
}

fn is_label(unit: u32, byte: u8) -> bool {
    unit & (VALUE | 0xff) == u32::from(byte)
}

fn children(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 1 << 9) >> 6)) as usize
}
