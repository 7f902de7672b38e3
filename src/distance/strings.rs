//! Distances of strings that need no numbering of their characters: ASCII, and whatever fits in a machine word once what is
//! equal at both ends is gone.
//!
//! For one word the kernels are those of [`bits`], [`lcs`] and [`osa`] for one block, over the characters themselves and
//! without memory of their own: a table of masks on the stack.

use super::bits::Pattern;
use super::{Distance, Value, lcs, levenshtein, osa};

/// The most characters that fit.
const WORD: usize = 64;

/// The distance of two strings, if their kind and their characters are such as these.
pub(super) fn value(distance: Distance, a: &str, b: &str) -> Option<Value> {
    use Distance::{Indel, Lcs, Levenshtein, Osa};
    if !matches!(distance, Levenshtein | Indel | Lcs | Osa) {
        return None;
    }
    let (prefix, suffix) = affixes(a, b);
    let ours = &a[prefix..a.len() - suffix];
    let theirs = &b[prefix..b.len() - suffix];
    let (n, m) = (ours.chars().count(), theirs.chars().count());
    let (short, long) = if n <= m { (ours, theirs) } else { (theirs, ours) };
    let (less, more) = (n.min(m), n.max(m));
    let edits = match less {
        0 => more,
        1..=WORD => in_a_word(distance, short, less, long, more),
        _ if short.is_ascii() && long.is_ascii() => ascii(distance, short, long)?,
        _ => return None,
    };
    // Both lose as many items, so Indel counts what the shorter one loses too.
    let edits = if distance == Indel { 2 * edits - (more - less) } else { edits };
    let shared = a[..prefix].chars().count() + a[a.len() - suffix..].chars().count();
    Some(distance.value(edits as f64, n + shared, m + shared))
}

fn in_a_word(distance: Distance, short: &str, less: usize, long: &str, more: usize) -> usize {
    let masks = Masks::new(short);
    match distance {
        Distance::Levenshtein => levenshtein_in_a_word(&masks, less, long),
        Distance::Osa => osa_in_a_word(&masks, less, long),
        _ => more - common_in_a_word(&masks, less, long),
    }
}

fn symbols(text: &str) -> impl ExactSizeIterator<Item = u32> + '_ {
    text.bytes().map(u32::from)
}

/// Bytes are small numbers as they are.
fn ascii(distance: Distance, short: &str, long: &str) -> Option<usize> {
    const SYMBOLS: usize = 128;

    let masks = || lcs::Masks::new(symbols(short), SYMBOLS);
    match distance {
        Distance::Levenshtein => {
            let mut pattern = Pattern::default();
            pattern.reset(symbols(short), SYMBOLS);
            levenshtein::distance(&pattern, symbols(long), usize::MAX)
        }
        Distance::Osa => osa::distance(&masks(), symbols(long), usize::MAX),
        _ => Some(long.len() - lcs::length(&masks(), symbols(long), 0)?),
    }
}

/// The bytes that are equal from the start and from the end, in whole characters.
fn affixes(a: &str, b: &str) -> (usize, usize) {
    let equal = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let prefix = (0..=equal).rev().find(|at| a.is_char_boundary(*at)).unwrap_or(0);
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let pairs = a.bytes().rev().zip(b.bytes().rev());
    let equal = pairs.take_while(|(a, b)| a == b).count();
    let whole = |suffix: &usize| a.is_char_boundary(a.len() - suffix);
    (prefix, (0..=equal).rev().find(whole).unwrap_or(0))
}

/// For each character the bits where it stands: a table for the first 256, and for others as many places as there
/// can be characters, twice, in the order of their hashes.
struct Masks {
    latin: [u64; 256],
    others: Option<[(u32, u64); 2 * WORD]>,
}

impl Masks {
    fn new(text: &str) -> Self {
        let mut masks = Masks { latin: [0; 256], others: None };
        for (at, c) in text.chars().enumerate() {
            *masks.place(c as u32) |= 1 << at;
        }
        masks
    }

    #[inline]
    fn place(&mut self, c: u32) -> &mut u64 {
        if c < 256 {
            return &mut self.latin[c as usize];
        }
        let others = self.others.get_or_insert([(0, 0); 2 * WORD]);
        let at = find(others, c);
        others[at].0 = c;
        &mut others[at].1
    }

    #[inline]
    fn of(&self, c: char) -> u64 {
        match (self.latin.get(c as usize), &self.others) {
            (Some(mask), _) => *mask,
            (None, Some(others)) => others[find(others, c as u32)].1,
            (None, None) => 0,
        }
    }
}

/// Where a character is, or the free place where it would go; half the places are always free.
#[inline]
fn find(others: &[(u32, u64); 2 * WORD], c: u32) -> usize {
    let start = (c ^ c >> 7) as usize;
    let mut places = (start..start + 2 * WORD).map(|at| at % (2 * WORD));
    places.find(|at| others[*at].0 == c || others[*at].0 == 0).unwrap_or(0)
}

fn levenshtein_in_a_word(masks: &Masks, length: usize, text: &str) -> usize {
    let last = length - 1;
    let (mut up, mut down, mut score) = (u64::MAX, 0, length);
    for c in text.chars() {
        let mask = masks.of(c);
        let same = ((mask & up).wrapping_add(up) ^ up) | mask | down;
        let (more, less) = (down | !(same | up), up & same);
        score = score + (more >> last & 1) as usize - (less >> last & 1) as usize;
        let (more, less) = (more << 1 | 1, less << 1);
        (up, down) = (less | !(same | more), more & same);
    }
    score
}

fn osa_in_a_word(masks: &Masks, length: usize, text: &str) -> usize {
    let last = length - 1;
    let (mut up, mut down, mut score) = (u64::MAX, 0, length);
    let (mut same, mut before) = (0_u64, 0);
    for c in text.chars() {
        let mask = masks.of(c);
        let crossed = (!same & mask) << 1 & before;
        same = ((mask & up).wrapping_add(up) ^ up) | mask | down | crossed;
        let (more, less) = (down | !(same | up), up & same);
        score = score + (more >> last & 1) as usize - (less >> last & 1) as usize;
        let (more, less) = (more << 1 | 1, less << 1);
        (up, down) = (less | !(same | more), more & same);
        before = mask;
    }
    score
}

/// The length of the longest common subsequence.
fn common_in_a_word(masks: &Masks, length: usize, text: &str) -> usize {
    let mut row = u64::MAX;
    for c in text.chars() {
        let matches = row & masks.of(c);
        row = row.wrapping_add(matches) | (row - matches);
    }
    (!row << (WORD - length)).count_ones() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of many pages, whose places in the table collide.
    #[test]
    fn every_script_has_masks() {
        let text = |start: usize| -> String {
            let numbers = (start..start + 64).map(|n| n * n % 97 * 128 + 0x1000);
            numbers.filter_map(|n| char::from_u32(n as u32)).collect()
        };
        for (start, other) in (0..40).flat_map(|start| (0..40).map(move |other| (start, other))) {
            let (a, b) = (format!("{}é", &text(start)[..180]), text(other));
            let (ours, theirs): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            for distance in [Distance::Levenshtein, Distance::Indel, Distance::Lcs, Distance::Osa] {
                assert_eq!(distance.between(&a, &b), distance.of(&ours, &theirs), "{a} {b}");
            }
        }
    }
}
