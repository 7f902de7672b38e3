//! How CharacTER moves words until the word edit distance falls no more, and what that costs.

use std::cmp::Ordering;

use crate::distance::bits::{Block, Pattern};
use crate::text::Tokens;

/// The words of a hypothesis: their text, and their numbers in a reference; those that it doesn't have share one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) numbers: &'a [u32],
}

impl Words<'_> {
    fn same(&self, a: u32, b: u32) -> bool {
        let [a, b] = [a, b].map(|word| word as usize);
        a == b || self.numbers[a] == self.numbers[b] && self.tokens.get(a) == self.tokens.get(b)
    }

    /// Whether of two orders of the words the first comes later in the alphabet, as lists of strings have it.
    fn is_later(&self, a: &[u32], b: &[u32]) -> bool {
        let text = |word: u32| self.tokens.get(word as usize);
        let differ = a.iter().zip(b).filter(|(a, b)| a != b);
        differ.map(|(a, b)| text(*a).cmp(text(*b))).find(|order| order.is_ne())
            == Some(Ordering::Greater)
    }
}

/// Two neighbouring blocks, from the first place to the second and from there to the third, change places.
#[derive(Clone, Copy, Debug)]
struct Swap(usize, usize, usize);

impl Swap {
    fn apply(self, order: &mut [u32]) {
        order[self.0..self.2].rotate_left(self.1 - self.0);
    }

    fn undo(self, order: &mut [u32]) {
        order[self.0..self.2].rotate_right(self.1 - self.0);
    }
}

/// The words of a reference, as what others are compared with and looked up in.
#[derive(Clone, Debug)]
pub(super) struct Target {
    words: Vec<u32>,
    pattern: Pattern,
    reversed: Pattern,
    /// The places of each word one after the other, and where those of a word start.
    places: Vec<u32>,
    starts: Vec<u32>,
}

impl Target {
    /// Of words below `vocabulary`.
    pub(super) fn new(words: &[u32], vocabulary: usize) -> Self {
        // The word that the reference doesn't have has no places, too.
        let mut starts = vec![0; vocabulary + 2];
        words.iter().for_each(|word| starts[*word as usize + 1] += 1);
        for word in 0..=vocabulary {
            starts[word + 1] += starts[word];
        }
        let (mut places, mut next) = (vec![0; words.len()], starts.clone());
        for (place, word) in words.iter().enumerate() {
            let at = &mut next[*word as usize];
            places[*at as usize] = place as u32;
            *at += 1;
        }
        let mut reversed = Pattern::default();
        reversed.reset(words.iter().rev().copied(), vocabulary);
        let pattern = Pattern::new(words, vocabulary);
        Target { words: words.to_vec(), pattern, reversed, places, starts }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    fn places(&self, word: u32) -> &[u32] {
        let [start, end] = [word, word + 1].map(|word| self.starts[word as usize] as usize);
        &self.places[start..end]
    }
}

/// Working memory.
#[derive(Debug, Default)]
pub(super) struct Shifts {
    /// The words of the hypothesis in the order of the moment, and their numbers.
    order: Vec<u32>,
    numbers: Vec<u32>,
    best: Vec<u32>,
    rows: Rows,
}

impl Shifts {
    /// The order of the words that greedy shifts end with.
    pub(super) fn run(&mut self, words: Words<'_>, target: &Target) -> &[u32] {
        self.order.clear();
        self.order.extend(0..words.numbers.len() as u32);
        // The program's floats: what is left after a gain can be a bit more than the distance that was reached, and then
        // a shift that gains nothing is one more gain.
        let mut left = None;
        while let Some(rest) = self.step(words, target, left) {
            left = Some(rest);
        }
        &self.order
    }

    /// One shift, if one gains something on what is left, and what is left then: at first the distance.
    fn step(&mut self, words: Words<'_>, target: &Target, left: Option<f64>) -> Option<f64> {
        let Shifts { order, numbers, best, rows } = self;
        numbers.clear();
        numbers.extend(order.iter().map(|word| words.numbers[*word as usize]));
        rows.fill(numbers, target);
        let share = |distance: usize| distance as f64 / target.len() as f64;
        let left = left.unwrap_or_else(|| share(rows.distance(numbers, target, Swap(0, 0, 0))));
        let mut most = 0.0;
        for from in 0..numbers.len() {
            // As many words as follow one another in both move to where the reference has them.
            let mut block = (from, 0.0);
            for to in target.places(numbers[from]).iter().map(|to| *to as usize) {
                if to == from {
                    continue;
                }
                let theirs = target.words[to..].iter();
                let equal = numbers[from..].iter().zip(theirs).take_while(|(a, b)| a == b);
                let end = from + equal.count();
                if end != block.0 {
                    // Without these words the distance is one number; each that comes back saves one edit at most.
                    let least = rows.without(target, from, end).saturating_sub(end - from);
                    block = (end, left - share(least));
                }
                if block.1 < most || block.1 <= 0.0 {
                    continue;
                }
                let swap = match to < from {
                    true => Swap(to, from, end),
                    false => Swap(from, end, (to + end - from).min(numbers.len())),
                };
                // Of equal gains the one whose words come last is taken; what can't gain more is first looked at for that.
                let mut is_later = |best: &[u32]| {
                    swap.apply(order);
                    let is_later = words.is_later(order, best);
                    swap.undo(order);
                    is_later
                };
                if block.1 == most && !is_later(best) {
                    continue;
                }
                // With these words at both places, too: each that goes saves one edit at most.
                let gap = if to < from { swap.0 } else { swap.2 };
                let least = rows.with(target, &numbers[from..end], gap).saturating_sub(end - from);
                if left - share(least) < most || left - share(least) <= 0.0 {
                    continue;
                }
                let gain = left - share(rows.distance(numbers, target, swap));
                if gain > most || gain == most && gain > 0.0 && is_later(best) {
                    most = gain;
                    best.clone_from(order);
                    swap.apply(best);
                }
            }
        }
        if most > 0.0 {
            order.clone_from(best);
        }
        (most > 0.0).then_some(left - most)
    }
}

/// The edit distances of every start of a hypothesis to every start of a reference, and of every end: with them, only
/// what lies between two places need be compared when it changes.
#[derive(Debug, Default)]
struct Rows {
    /// Behind 0, 1, ... words.
    forward: Vec<Block>,
    /// Before the last 0, 1, ... words.
    backward: Vec<Block>,
    /// The distances of the last 0, 1, ... words to the whole reference.
    ends: Vec<i32>,
    row: Vec<Block>,
}

impl Rows {
    fn fill(&mut self, numbers: &[u32], target: &Target) {
        let Rows { forward, backward, ends, row } = self;
        row.resize(target.pattern.blocks(), (0, 0));
        target.pattern.first_row(row);
        forward.clear();
        forward.extend(row.iter());
        for word in numbers {
            target.pattern.advance(*word, row);
            forward.extend(row.iter());
        }
        target.reversed.first_row(row);
        let mut end = target.len() as i32;
        backward.clear();
        push_reversed(backward, row, target.len());
        ends.clear();
        ends.push(end);
        for word in numbers.iter().rev() {
            end += target.reversed.advance(*word, row);
            push_reversed(backward, row, target.len());
            ends.push(end);
        }
    }

    /// The distance without the words between two places.
    fn without(&self, target: &Target, start: usize, end: usize) -> usize {
        let blocks = target.pattern.blocks();
        let row = &self.forward[start * blocks..(start + 1) * blocks];
        self.meet(target, row, start, end)
    }

    /// The distance with more words at a place.
    fn with(&mut self, target: &Target, more: &[u32], place: usize) -> usize {
        let mut row = self.take_row(target, place);
        target.pattern.read(more, &mut row);
        let distance = self.meet(target, &row, place + more.len(), place);
        self.row = row;
        distance
    }

    /// The memory for a row, with the one behind so many words.
    fn take_row(&mut self, target: &Target, read: usize) -> Vec<Block> {
        let blocks = target.pattern.blocks();
        let mut row = std::mem::take(&mut self.row);
        row.copy_from_slice(&self.forward[read * blocks..(read + 1) * blocks]);
        row
    }

    /// The distance after a swap.
    fn distance(&mut self, numbers: &[u32], target: &Target, swap: Swap) -> usize {
        let Swap(start, middle, end) = swap;
        let mut row = self.take_row(target, start);
        target.pattern.read(&numbers[middle..end], &mut row);
        target.pattern.read(&numbers[start..middle], &mut row);
        let distance = self.meet(target, &row, end, end);
        self.row = row;
        distance
    }

    /// The distance of what a row has read, so many words, and what stands from a place: however far the reference has come
    /// between them, the least.
    fn meet(&self, target: &Target, row: &[Block], read: usize, from: usize) -> usize {
        let (blocks, behind) = (target.pattern.blocks(), self.ends.len() - 1 - from);
        let rest = &self.backward[behind * blocks..(behind + 1) * blocks];
        let mut sum = read as i64 + i64::from(self.ends[behind]);
        let mut least = sum;
        let mut columns = target.len();
        for (block, rest) in row.iter().zip(rest) {
            let used = u64::MAX >> (64 - columns.min(64));
            let steps = [block.0 & used, rest.1, block.1 & used, rest.0].map(u64::to_le_bytes);
            for eight in 0..columns.min(64).div_ceil(8) {
                let [up, more, down, less] = steps.map(|step| CUMULATED[step[eight] as usize]);
                let sums = EIGHT + up + more - down - less;
                // One step changes the sum by two at most.
                if sum - 16 < least {
                    let lowest = sums.to_le_bytes().into_iter().min().unwrap_or_default();
                    least = least.min(sum - 16 + i64::from(lowest));
                }
                sum += (sums >> 56) as i64 - 16;
            }
            columns = columns.saturating_sub(64);
        }
        least as usize
    }
}

/// For each byte how many of its bits are set up to the first, the second, ..., the eighth: a byte each.
const CUMULATED: [u64; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            let set = (byte as u8 & (u8::MAX >> (7 - bit))).count_ones() as u64;
            table[byte] |= set << (8 * bit);
            bit += 1;
        }
        byte += 1;
    }
    table
};

/// Sixteen in each byte: no sum of eight columns is below.
const EIGHT: u64 = 0x1010_1010_1010_1010;

/// Appends a row that was read from the reference's end, its columns in the reference's order.
fn push_reversed(rows: &mut Vec<Block>, row: &[Block], columns: usize) {
    let unused = 64 * row.len() - columns;
    let flip = |at: Option<usize>| {
        let (up, down) = at.map_or((0, 0), |at| row[at]);
        (up.reverse_bits(), down.reverse_bits())
    };
    rows.extend((0..row.len()).rev().map(|at| {
        let (low, high) = (flip(Some(at)), flip(at.checked_sub(1)));
        let join = |low: u64, high: u64| low >> unused | (high << 1) << (63 - unused);
        (join(low.0, high.0), join(low.1, high.1))
    }));
}

/// What shifts cost: for words that stand further right than before the mean of their lengths, once for all that moved
/// together.
pub(super) fn cost(words: Words<'_>, order: &[u32]) -> f64 {
    let mut cost = 0.0;
    let mut at = 0;
    while at < order.len() {
        let same = |from: usize, to: usize| words.same(from as u32, order[to]);
        let place =
            if same(at, at) { None } else { (at + 1..order.len()).find(|to| same(at, *to)) };
        let moved = place.map_or(0, |to| {
            (0..order.len() - to).take_while(|behind| same(at + behind, to + behind)).count()
        });
        let characters = (at..at + moved).map(|word| words.tokens.get(word).chars().count());
        if moved > 0 {
            cost += characters.sum::<usize>() as f64 / moved as f64;
        }
        at += moved.max(1);
    }
    cost
}
