//! Levenshtein distance, 64 cells at a time.
//!
//! Myers (J. ACM 46, 1999) in the formulation of Hyyrö (2003) for patterns of any length: a row of the
//! dynamic programme is two bits a cell, whether it is one more or one less than its left neighbour,
//! and a row follows from the one above by a dozen word operations for each 64 cells.

/// A sequence prepared to be compared with many: for each symbol, the bits where it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    /// `blocks` words a symbol, and one symbol more that stands nowhere.
    masks: Vec<u64>,
    blocks: usize,
    length: usize,
    symbols: u32,
}

/// A row of the programme: differences to the left, up and down, for each block.
pub(crate) type Block = (u64, u64);

impl Pattern {
    /// Of a sequence of symbols below `symbols`.
    pub(crate) fn new(sequence: &[u32], symbols: usize) -> Self {
        let mut pattern = Pattern::default();
        pattern.reset(sequence.iter().copied(), symbols);
        pattern
    }

    /// Starts over with another sequence, in the same memory.
    pub(crate) fn reset(&mut self, sequence: impl ExactSizeIterator<Item = u32>, symbols: usize) {
        (self.length, self.symbols) = (sequence.len(), symbols as u32);
        self.blocks = self.length.div_ceil(64);
        self.masks.clear();
        self.masks.resize((symbols + 1) * self.blocks, 0);
        for (at, symbol) in sequence.enumerate() {
            self.masks[symbol as usize * self.blocks + at / 64] |= 1 << (at % 64);
        }
    }

    /// The words a row takes.
    pub(crate) fn blocks(&self) -> usize {
        self.blocks
    }

    /// The length of the sequence.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Row 0: cell j is j.
    pub(crate) fn first_row(&self, row: &mut [Block]) {
        row.fill((u64::MAX, 0));
    }

    /// Turns a row into the next one, for one more symbol; returns what that does to its last cell.
    #[inline]
    pub(crate) fn advance(&self, symbol: u32, row: &mut [Block]) -> i32 {
        self.advance_with(symbol, row, |_, _| ())
    }

    /// Turns a row into the one after these symbols.
    #[inline]
    pub(crate) fn read(&self, symbols: &[u32], row: &mut [Block]) {
        match row {
            [block] => symbols.iter().for_each(|symbol| {
                step(block, self.masks[(*symbol).min(self.symbols) as usize], (1, 0));
            }),
            _ => symbols.iter().for_each(|symbol| _ = self.advance(*symbol, row)),
        }
    }

    /// [`advance`](Self::advance) that shows each block's differences between the two rows.
    #[inline]
    pub(crate) fn advance_with(
        &self,
        symbol: u32,
        row: &mut [Block],
        mut show: impl FnMut(usize, Block),
    ) -> i32 {
        let symbol = symbol.min(self.symbols) as usize;
        let masks = &self.masks[symbol * self.blocks..(symbol + 1) * self.blocks];
        // What the row above is to this one at the block's left edge: column 0 grows by one a row.
        let mut carry = (1_u64, 0_u64);
        let mut last = (u64::MAX, 0);
        for (at, (block, mask)) in row.iter_mut().zip(masks).enumerate() {
            last = step(block, *mask, carry);
            show(at, last);
            carry = (last.0 >> 63, last.1 >> 63);
        }
        self.last(last)
    }

    /// The difference between two rows in their last cell.
    #[inline]
    fn last(&self, block: Block) -> i32 {
        let at = self.length.wrapping_sub(1) % 64;
        (block.0 >> at & 1) as i32 - (block.1 >> at & 1) as i32
    }

    /// The distance to a sequence of symbols, with memory for a row.
    pub(crate) fn distance(&self, sequence: &[u32], row: &mut Vec<Block>) -> usize {
        row.resize(self.blocks, (0, 0));
        self.first_row(row);
        let steps = sequence.iter().map(|symbol| i64::from(self.advance(*symbol, row)));
        (self.length as i64 + steps.sum::<i64>()) as usize
    }
}

/// One block: returns where the row below is one more and one less than the row above.
#[inline]
fn step(block: &mut Block, mask: u64, carry: (u64, u64)) -> (u64, u64) {
    let (up, down) = *block;
    let (carry_up, carry_down) = carry;
    let vertical = mask | down;
    let mask = mask | carry_down;
    let horizontal = ((mask & up).wrapping_add(up) ^ up) | mask;
    let more = down | !(horizontal | up);
    let less = up & horizontal;
    let (right, left) = (more << 1 | carry_up, less << 1 | carry_down);
    *block = (left | !(vertical | right), right & vertical);
    (more, less)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn equals_strsim(
            a in proptest::collection::vec(0_u32..6, 0..500),
            b in proptest::collection::vec(0_u32..7, 0..200),
        ) {
            let distance = Pattern::new(&a, 6).distance(&b, &mut Vec::new());
            proptest::prop_assert_eq!(distance, strsim::generic_levenshtein(&a, &b));
        }
    }
}
