//! Optimal string alignment: Levenshtein with transpositions of neighbours, 64 cells at a time.
//!
//! Hyyrö (2003): beside the Levenshtein row, a diagonal step of cost nothing is also there where the two
//! items before match crosswise.

use super::lcs::Masks;

/// A block of the row: one more than the left neighbour, one less, equal to the diagonal one, and the
/// mask of the item before.
#[derive(Clone, Copy)]
struct Block {
    up: u64,
    down: u64,
    diagonal: u64,
    mask: u64,
}

/// The distance to a sequence, if it is at most `limit`.
pub(crate) fn distance(
    masks: &Masks,
    b: impl ExactSizeIterator<Item = u32>,
    limit: usize,
) -> Option<usize> {
    let (n, m) = (masks.len(), b.len());
    if n.abs_diff(m) > limit {
        return None;
    }
    if n == 0 {
        return Some(m);
    }
    let start = Block { up: u64::MAX, down: 0, diagonal: 0, mask: 0 };
    let mut row = vec![start; masks.blocks()];
    let last = 1 << ((n - 1) % 64);
    let mut score = n;
    for (symbol, left) in b.zip((0..m).rev()) {
        let (more, less) = advance(masks.of(symbol), &mut row);
        score = score + usize::from(more & last != 0) - usize::from(less & last != 0);
        if score > limit.saturating_add(left) {
            return None;
        }
    }
    Some(score)
}

/// Turns a row into the next; returns where the last block's cells are one more and one less than above.
#[inline]
fn advance(masks: &[u64], row: &mut [Block]) -> (u64, u64) {
    let (mut more, mut less) = (1 << 63, 0);
    // The block to the left, as it was before this item, with its new mask.
    let mut left = Block { up: 0, down: 0, diagonal: u64::MAX, mask: 0 };
    for (block, &mask) in row.iter_mut().zip(masks) {
        let Block { up, down, diagonal, mask: previous } = *block;
        let crossed = ((!diagonal & mask) << 1 | (!left.diagonal & left.mask) >> 63) & previous;
        let matches = mask | less >> 63;
        let same = ((matches & up).wrapping_add(up) ^ up) | matches | down | crossed;
        let (above, below) = (down | !(same | up), same & up);
        let (right, under) = (above << 1 | more >> 63, below << 1 | less >> 63);
        left = Block { up, down, diagonal, mask };
        *block = Block { up: under | !(same | right), down: right & same, diagonal: same, mask };
        (more, less) = (above, below);
    }
    (more, less)
}
