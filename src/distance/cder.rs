//! The distance that CDER counts: edits, and jumps of any length in the one sequence at cost one.
//!
//! Leusch, Ueffing and Ney (EACL 2006). A path covers the reference once from left to right and may jump
//! in the hypothesis as it likes. After each reference item all cells may be reached by a jump
//! from the least one, so a row holds two values only, the least and one more: a bit a cell, and a row
//! follows from the one above by three word operations for each 64 cells.

use super::lcs::Masks;

/// Working memory: a bit a place in the hypothesis, set where the cell is the least.
pub(crate) type Row = Vec<u64>;

/// What it costs to cover the reference by the hypothesis, whose masks these are.
pub(crate) fn distance(hypothesis: &Masks, reference: &[u32], row: &mut Row) -> usize {
    // Place 0 is before the first item: item i ends at place i + 1, bit i + 1.
    let places = hypothesis.len() + 1;
    row.clear();
    row.resize(places.div_ceil(64), 0);
    row[0] = 1;
    let mut least = 0;
    for symbol in reference {
        least += usize::from(!advance(hypothesis.of(*symbol), row));
    }
    let end = row[(places - 1) / 64] >> ((places - 1) % 64) & 1;
    least + usize::from(end == 0)
}

/// One reference item more; whether the least cell costs no more than before.
fn advance(masks: &[u64], row: &mut [u64]) -> bool {
    if matches(masks, row).any(|cells| cells != 0) {
        shift(masks, row, |kept, _, _| kept);
        return true;
    }
    // No match from a least cell: those that are one more now come from a least cell by a replacement or
    // an insertion, or from another by a match.
    shift(masks, row, |_, here, moved| here | moved);
    false
}

/// The least cells that are reached by a match from a least cell.
fn matches(masks: &[u64], row: &[u64]) -> impl Iterator<Item = u64> {
    let mut carry = 0;
    row.iter().enumerate().map(move |(at, cells)| {
        let mask = masks.get(at).copied().unwrap_or(0);
        let kept = cells & mask;
        let out = kept << 1 | carry;
        carry = kept >> 63;
        out
    })
}

/// Rewrites each word of the row from: the least cells moved on by a match; the cell itself; all cells that
/// are reached by a replacement from a least one or a match from any.
fn shift(masks: &[u64], row: &mut [u64], new: impl Fn(u64, u64, u64) -> u64) {
    let (mut kept_carry, mut moved_carry) = (0, 0);
    for (at, cells) in row.iter_mut().enumerate() {
        let mask = masks.get(at).copied().unwrap_or(0);
        let (kept, moved) = (*cells & mask, *cells | mask);
        let next = new(kept << 1 | kept_carry, *cells, moved << 1 | moved_carry);
        (kept_carry, moved_carry) = (kept >> 63, moved >> 63);
        *cells = next;
    }
}
