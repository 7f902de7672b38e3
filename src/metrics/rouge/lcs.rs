//! Longest common subsequences, 64 words of the reference at a time.
//!
//! A column of the table of lengths grows by one or stays from row to row, so a bit a row is enough: here 0 where it
//! grows (Hyyrö, 2004). A hypothesis word turns one column into the next with an addition.

use super::Lines;

/// Working memory.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The columns, one behind the other; of a length alone only the last.
    columns: Vec<u64>,
    /// The reference's words with their positions, sorted.
    places: Vec<(u32, u32)>,
    /// The positions of the word at hand.
    here: Vec<u64>,
    union: Vec<bool>,
    /// Words that are left on the reference's and on the hypothesis' side.
    left: (Vec<u32>, Vec<u32>),
}

impl Scratch {
    /// Starts with a reference: the column of an empty hypothesis.
    fn start(&mut self, reference: &[u32]) -> usize {
        self.places.clear();
        self.places.extend(reference.iter().copied().zip(0..));
        self.places.sort_unstable();
        let width = reference.len().div_ceil(64);
        self.columns.clear();
        self.columns.resize(width, u64::MAX);
        self.here.clear();
        self.here.resize(width, 0);
        width
    }

    /// Turns the last column into that of one word more.
    fn step(&mut self, word: u32, width: usize) {
        let from = self.places.partition_point(|(known, _)| *known < word);
        let places = self.places[from..].iter().take_while(|(known, _)| *known == word);
        for (_, at) in places.clone() {
            self.here[*at as usize / 64] |= 1 << (at % 64);
        }
        let last = self.columns.len() - width;
        let mut carry = false;
        for (cell, here) in self.columns[last..].iter_mut().zip(&self.here) {
            let matched = *cell & here;
            let (sum, first) = cell.overflowing_add(matched);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *cell = sum | (*cell & !here);
        }
        for (_, at) in places {
            self.here[*at as usize / 64] = 0;
        }
    }
}

/// The length of a longest common subsequence.
pub(super) fn length(reference: &[u32], hypothesis: &[u32], scratch: &mut Scratch) -> u64 {
    let width = scratch.start(reference);
    if width == 0 {
        return 0;
    }
    for word in hypothesis {
        scratch.step(*word, width);
    }
    // Bits behind the last row never match and stay 1.
    scratch.columns.iter().map(|cell| u64::from(cell.count_zeros())).sum()
}

/// The words of the reference that are in a longest common subsequence of their line with any line of the
/// hypothesis, each word at most as often as either side has it.
pub(super) fn union(reference: &Lines, hypothesis: &Lines, scratch: &mut Scratch) -> u64 {
    let most = reference.words.iter().max().map_or(0, |word| *word as usize + 1);
    for (left, text) in [(&mut scratch.left.0, reference), (&mut scratch.left.1, hypothesis)] {
        left.clear();
        left.resize(most, 0);
        let known = text.words.iter().filter(|word| (**word as usize) < most);
        known.for_each(|word| left[*word as usize] += 1);
    }
    let mut hits = 0;
    for line in reference.iter() {
        scratch.union.clear();
        scratch.union.resize(line.len(), false);
        for other in hypothesis.iter() {
            mark(line, other, scratch);
        }
        let (ours, theirs) = &mut scratch.left;
        for (word, _) in line.iter().zip(&scratch.union).filter(|(_, marked)| **marked) {
            let (ours, theirs) = (&mut ours[*word as usize], &mut theirs[*word as usize]);
            if *ours > 0 && *theirs > 0 {
                (*ours, *theirs) = (*ours - 1, *theirs - 1);
                hits += 1;
            }
        }
    }
    hits
}

/// Marks the reference words of one longest common subsequence, going back as rouge-score does: along a
/// match where there is one, else towards the shorter hypothesis if that alone keeps the length.
fn mark(reference: &[u32], hypothesis: &[u32], scratch: &mut Scratch) {
    let width = scratch.start(reference);
    if width == 0 {
        return;
    }
    for word in hypothesis {
        let last = scratch.columns.len() - width;
        scratch.columns.extend_from_within(last..);
        scratch.step(*word, width);
    }
    let grows = |row: usize, column: usize| {
        scratch.columns[column * width + (row - 1) / 64] >> ((row - 1) % 64) & 1 == 0
    };
    let (mut row, mut column) = (reference.len(), hypothesis.len());
    while row > 0 && column > 0 {
        if reference[row - 1] == hypothesis[column - 1] {
            scratch.union[row - 1] = true;
            (row, column) = (row - 1, column - 1);
        } else if grows(row, column - 1) && grows(row, column) {
            column -= 1;
        } else {
            row -= 1;
        }
    }
}
