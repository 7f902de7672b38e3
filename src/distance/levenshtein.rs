//! The Levenshtein distance with unit costs: with a limit, and with a script in linear memory.

use super::bits::{Block, Pattern};
use super::script::{Op, Script};

/// Up to how many cells a script is read from the whole table (two bits a cell: one MiB).
const TABLE: usize = 1 << 22;

/// Takes a script as it is found, from left to right.
pub(crate) trait Sink {
    /// Spans of these lengths, behind all others.
    fn extend(&mut self, op: Op, a: usize, b: usize);
}

impl Sink for Script {
    fn extend(&mut self, op: Op, a: usize, b: usize) {
        Script::extend(self, op, a, b);
    }
}

/// Only counts what a script does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) keep: u64,
    pub(crate) replace: u64,
    pub(crate) delete: u64,
    pub(crate) insert: u64,
}

impl Sink for Tally {
    #[inline]
    fn extend(&mut self, op: Op, a: usize, b: usize) {
        match op {
            Op::Keep => self.keep += a as u64,
            Op::Replace | Op::Transpose => self.replace += a as u64,
            Op::Delete => self.delete += a as u64,
            Op::Insert => self.insert += b as u64,
        }
    }
}

/// Working memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    pattern: Pattern,
    rows: Vec<Block>,
    row: Vec<Block>,
    path: Vec<Op>,
}

/// The distance of the pattern to a sequence, if it is at most `limit`.
pub(crate) fn distance(
    pattern: &Pattern,
    b: impl ExactSizeIterator<Item = u32>,
    limit: usize,
) -> Option<usize> {
    let (n, m) = (pattern.len(), b.len());
    if n.abs_diff(m) > limit {
        return None;
    }
    let (mut one, mut many);
    let row: &mut [Block] = if pattern.blocks() <= 1 {
        one = [(0, 0)];
        &mut one[..pattern.blocks()]
    } else {
        many = vec![(0, 0); pattern.blocks()];
        &mut many
    };
    pattern.first_row(row);
    let mut score = n as i64;
    for (symbol, left) in b.zip((0..m).rev()) {
        score += i64::from(pattern.advance(symbol, row));
        // Each item that is left makes the distance smaller by at most one.
        if score > limit.saturating_add(left).try_into().unwrap_or(i64::MAX) {
            return None;
        }
    }
    Some(score as usize)
}

/// Appends the script from `a` to `b`, symbols below `symbols`.
///
/// Of equal scripts, read from the end: a deletion goes before all, an insertion before a match, a
/// replacement before an insertion. Beyond [`TABLE`] cells `b` is first cut in the middle and `a` at the
/// first place that fits (Hirschberg, CACM 18, 1975), and the order holds within the parts. All this is
/// as RapidFuzz has it.
pub(crate) fn script(
    a: &[u32],
    b: &[u32],
    symbols: usize,
    scratch: &mut Scratch,
    script: &mut impl Sink,
) {
    part(a, b, symbols, usize::MAX, scratch, script);
}

fn part(
    a: &[u32],
    b: &[u32],
    symbols: usize,
    worst: usize,
    scratch: &mut Scratch,
    script: &mut impl Sink,
) {
    let (prefix, suffix) = affixes(a, b);
    let (a, b) = (&a[prefix..a.len() - suffix], &b[prefix..b.len() - suffix]);
    script.extend(Op::Keep, prefix, prefix);
    let worst = worst.min(a.len().max(b.len()));
    let band = a.len().min(worst.saturating_mul(2).saturating_add(1));
    if a.is_empty() || b.is_empty() {
        script.extend(Op::Delete, a.len(), 0);
        script.extend(Op::Insert, 0, b.len());
    } else if band.saturating_mul(b.len()) < TABLE || a.len() < 65 || b.len() < 10 {
        table(a, b, symbols, scratch, script);
    } else {
        let cut = halve(a, b, symbols);
        let ((a1, a2), (b1, b2)) = (a.split_at(cut.a), b.split_at(b.len() / 2));
        part(a1, b1, symbols, cut.left, scratch, script);
        part(a2, b2, symbols, cut.right, scratch, script);
    }
    script.extend(Op::Keep, suffix, suffix);
}

/// How long the sequences are equal from the start, and then from the end.
pub(crate) fn affixes(a: &[u32], b: &[u32]) -> (usize, usize) {
    let prefix = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let rest = a[prefix..].iter().rev().zip(b[prefix..].iter().rev());
    (prefix, rest.take_while(|(a, b)| a == b).count())
}

/// Reads the script of a small problem from its whole table.
fn table(a: &[u32], b: &[u32], symbols: usize, scratch: &mut Scratch, script: &mut impl Sink) {
    let Scratch { pattern, rows, row, path } = scratch;
    pattern.reset(a.iter().copied(), symbols);
    let blocks = pattern.blocks();
    row.clear();
    row.resize(blocks, (0, 0));
    pattern.first_row(row);
    rows.clear();
    for symbol in b {
        pattern.advance(*symbol, row);
        rows.extend_from_slice(row);
    }
    let up = |i: usize, j: usize| rows[j * blocks + i / 64].0 >> (i % 64) & 1 == 1;
    let down = |i: usize, j: usize| rows[j * blocks + i / 64].1 >> (i % 64) & 1 == 1;
    path.clear();
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 && j > 0 {
        if up(i - 1, j - 1) {
            i -= 1;
            path.push(Op::Delete);
        } else if j > 1 && down(i - 1, j - 2) {
            j -= 1;
            path.push(Op::Insert);
        } else {
            (i, j) = (i - 1, j - 1);
            path.push(if a[i] == b[j] { Op::Keep } else { Op::Replace });
        }
    }
    script.extend(Op::Delete, i, 0);
    script.extend(Op::Insert, 0, j);
    push_path(path, script);
}

/// Appends single steps that were found from the end.
pub(super) fn push_path(path: &[Op], script: &mut impl Sink) {
    for op in path.iter().rev() {
        script.extend(*op, usize::from(*op != Op::Insert), usize::from(*op != Op::Delete));
    }
}

/// A place to cut `a` at, and the distances of both parts.
struct Cut {
    a: usize,
    left: usize,
    right: usize,
}

/// The first place in `a` that fits the middle of `b`.
fn halve(a: &[u32], b: &[u32], symbols: usize) -> Cut {
    let (b1, b2) = b.split_at(b.len() / 2);
    let left = row(a.iter(), b1.iter(), symbols);
    let right = row(a.iter().rev(), b2.iter().rev(), symbols);
    let sums = left.iter().zip(right.iter().rev()).enumerate();
    let best = sums.min_by_key(|(_, (left, right))| *left + *right);
    let (a, (left, right)) = best.unwrap_or((0, (&0, &0)));
    Cut { a, left: *left, right: *right }
}

/// The distance of each beginning of `a` to all of `b`.
fn row<'a>(
    a: impl Iterator<Item = &'a u32>,
    b: impl ExactSizeIterator<Item = &'a u32>,
    symbols: usize,
) -> Vec<usize> {
    let a: Vec<u32> = a.copied().collect();
    let pattern = Pattern::new(&a, symbols);
    let mut row = vec![(0, 0); pattern.blocks()];
    pattern.first_row(&mut row);
    let mut score = b.len();
    for symbol in b {
        pattern.advance(*symbol, &mut row);
    }
    let mut scores = Vec::with_capacity(a.len() + 1);
    scores.push(score);
    for i in 0..a.len() {
        let (up, down) = row[i / 64];
        score = score + (up >> (i % 64) & 1) as usize - (down >> (i % 64) & 1) as usize;
        scores.push(score);
    }
    scores
}
