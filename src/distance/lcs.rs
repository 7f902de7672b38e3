//! The longest common subsequence, and with it Indel: 64 cells at a time.
//!
//! Hyyrö (2004), after Crochemore et al. (2001): a zero in a row says that the common subsequence grows at
//! this item.

use super::levenshtein::{affixes, push_path};
use super::script::{Op, Script};

/// Up to how many cells a script is read from the whole table (one bit a cell: one MiB).
const TABLE: usize = 1 << 23;

/// For each symbol the bits where it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Masks {
    masks: Vec<u64>,
    blocks: usize,
    length: usize,
    symbols: usize,
}

impl Masks {
    /// Of a sequence of symbols below `symbols`.
    pub(crate) fn new(sequence: impl ExactSizeIterator<Item = u32>, symbols: usize) -> Self {
        let mut masks = Masks::default();
        masks.reset(sequence, symbols);
        masks
    }

    /// Starts over with another sequence, in the same memory.
    pub(crate) fn reset(&mut self, sequence: impl ExactSizeIterator<Item = u32>, symbols: usize) {
        (self.length, self.symbols) = (sequence.len(), symbols);
        self.blocks = self.length.div_ceil(64);
        self.masks.clear();
        self.masks.resize((symbols + 1) * self.blocks, 0);
        for (at, symbol) in sequence.enumerate() {
            self.masks[symbol as usize * self.blocks + at / 64] |= 1 << (at % 64);
        }
    }

    /// The bits of a symbol; of one that is not below `symbols`, none.
    #[inline]
    pub(crate) fn of(&self, symbol: u32) -> &[u64] {
        let symbol = (symbol as usize).min(self.symbols);
        &self.masks[symbol * self.blocks..(symbol + 1) * self.blocks]
    }

    pub(crate) fn blocks(&self) -> usize {
        self.blocks
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    #[inline]
    fn advance(&self, symbol: u32, row: &mut [u64]) {
        let mut carry = false;
        for (cells, mask) in row.iter_mut().zip(self.of(symbol)) {
            let matches = *cells & mask;
            let (sum, first) = cells.overflowing_add(matches);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first | second;
            *cells = sum | (*cells - matches);
        }
    }

    fn count(row: &[u64]) -> usize {
        // Beyond the end no symbol stands, so the bits there stay as they were: ones.
        row.iter().map(|cells| cells.count_zeros() as usize).sum()
    }
}

/// The length of the longest common subsequence, if it is at least `least`.
pub(crate) fn length(
    masks: &Masks,
    b: impl ExactSizeIterator<Item = u32>,
    least: usize,
) -> Option<usize> {
    let length = b.len();
    if masks.len().min(length) < least {
        return None;
    }
    let (mut one, mut many);
    let row: &mut [u64] = if masks.blocks <= 1 {
        one = [u64::MAX];
        &mut one[..masks.blocks]
    } else {
        many = vec![u64::MAX; masks.blocks];
        &mut many
    };
    for (at, symbol) in b.enumerate() {
        masks.advance(symbol, row);
        if least > 0 && at % 64 == 63 && Masks::count(row) + (length - at - 1) < least {
            return None;
        }
    }
    Some(Masks::count(row)).filter(|length| *length >= least)
}

/// Appends the script of deletions and insertions from `a` to `b`.
///
/// Of equal scripts, read from the end: a deletion goes before all, an insertion before a match, as
/// RapidFuzz has it. Beyond [`TABLE`] cells `b` is first cut in the middle and `a` at the first place that
/// fits, and the order holds within the parts.
pub(crate) fn script(a: &[u32], b: &[u32], symbols: usize, script: &mut Script) {
    let (prefix, suffix) = affixes(a, b);
    let (a, b) = (&a[prefix..a.len() - suffix], &b[prefix..b.len() - suffix]);
    script.extend(Op::Keep, prefix, prefix);
    if a.is_empty() || b.len() < 2 || a.len().saturating_mul(b.len()) < TABLE {
        table(a, b, symbols, script);
    } else {
        let (b1, b2) = b.split_at(b.len() / 2);
        let left = row(a.iter().copied(), b1.iter(), symbols);
        let right = row(a.iter().rev().copied(), b2.iter().rev(), symbols);
        let sums = left.iter().zip(right.iter().rev()).map(|(left, right)| left + right);
        // Of equal ones `min_by_key` takes the first.
        let cut = sums.enumerate().min_by_key(|(_, sum)| usize::MAX - sum);
        let (a1, a2) = a.split_at(cut.map_or(0, |(cut, _)| cut));
        self::script(a1, b1, symbols, script);
        self::script(a2, b2, symbols, script);
    }
    script.extend(Op::Keep, suffix, suffix);
}

/// Reads the script of a small problem from its whole table.
fn table(a: &[u32], b: &[u32], symbols: usize, script: &mut Script) {
    let masks = Masks::new(a.iter().copied(), symbols);
    let blocks = masks.blocks;
    let mut rows = vec![0; blocks * b.len()];
    let mut row = vec![u64::MAX; blocks];
    for (symbol, saved) in b.iter().zip(rows.chunks_exact_mut(blocks.max(1))) {
        masks.advance(*symbol, &mut row);
        saved.copy_from_slice(&row);
    }
    let grows = |i: usize, j: usize| rows[j * blocks + i / 64] >> (i % 64) & 1 == 0;
    let mut path = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 && j > 0 {
        if !grows(i - 1, j - 1) {
            i -= 1;
            path.push(Op::Delete);
        } else if j > 1 && grows(i - 1, j - 2) {
            j -= 1;
            path.push(Op::Insert);
        } else {
            (i, j) = (i - 1, j - 1);
            path.push(Op::Keep);
        }
    }
    script.extend(Op::Delete, i, 0);
    script.extend(Op::Insert, 0, j);
    push_path(&path, script);
}

/// The length of the longest common subsequence of each beginning of `a` and all of `b`.
fn row<'a>(
    a: impl ExactSizeIterator<Item = u32>,
    b: impl Iterator<Item = &'a u32>,
    symbols: usize,
) -> Vec<usize> {
    let masks = Masks::new(a, symbols);
    let mut row = vec![u64::MAX; masks.blocks];
    b.for_each(|symbol| masks.advance(*symbol, &mut row));
    let grows = |i: usize| (!row[i / 64] >> (i % 64) & 1) as usize;
    let lengths = (0..masks.len()).scan(0, |length, i| {
        *length += grows(i);
        Some(*length)
    });
    std::iter::once(0).chain(lengths).collect()
}
