//! All n-grams of a sequence up to an order, as one sorted list.
//!
//! From each place a window of [`LENGTH`] symbols is packed into one number, the first symbol on top. Sorted, equal
//! n-grams of *every* order stand together, because an n-gram is the beginning of a window. Two lists are
//! merged once: how many symbols neighbours have in common says which n-grams end and which go on, and what the two
//! sides have apart follows for all orders in the same few vector operations.
//!
//! Windows that stick out at the end are filled with a mark of their side, which the other side doesn't have: what
//! contains it never matches.

use std::ops::{BitOr, BitXor, Shl, Shr};

/// The longest n-grams that a window holds.
pub(crate) const LENGTH: usize = 6;

/// A symbol that the other side doesn't have.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// Whose windows they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Hypothesis = 0,
    Reference = 1,
}

/// [`LENGTH`] symbols in one number.
pub(crate) trait Window:
    Copy
    + Default
    + Ord
    + From<u32>
    + BitOr<Output = Self>
    + BitXor<Output = Self>
    + Shl<u32, Output = Self>
    + Shr<u32, Output = Self>
{
    /// Bits of a symbol.
    const BITS: u32;
    /// Greater than all windows.
    const END: Self;

    /// Bits from the top of a window to its first that is set; all of them if none is.
    fn clear_bits(self) -> u32;

    /// How many different symbols there can be.
    fn symbols() -> usize {
        (1 << Self::BITS) - 4
    }

    /// The first symbol.
    fn first(self) -> usize;

    /// How many symbols two windows begin with alike.
    #[inline]
    fn common(self, other: Self) -> usize {
        (self ^ other).clear_bits() as usize / Self::BITS as usize
    }
}

/// Room for some thousand symbols: characters of most languages, the words of a segment.
impl Window for u64 {
    const BITS: u32 = 10;
    const END: Self = u64::MAX;

    #[inline]
    fn clear_bits(self) -> u32 {
        self.leading_zeros() - (u64::BITS - 10 * LENGTH as u32)
    }

    #[inline]
    fn first(self) -> usize {
        (self >> (10 * (LENGTH as u32 - 1))) as usize
    }
}

/// Room for all of Unicode.
impl Window for u128 {
    const BITS: u32 = 21;
    const END: Self = u128::MAX;

    #[inline]
    fn clear_bits(self) -> u32 {
        self.leading_zeros() - (u128::BITS - 21 * LENGTH as u32)
    }

    #[inline]
    fn first(self) -> usize {
        (self >> (21 * (LENGTH as u32 - 1))) as usize
    }
}

/// Windows being sorted; working memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorter<W> {
    buffer: Vec<W>,
    /// Where the next window with each symbol goes, by its first and by its second symbol.
    next: [Vec<u32>; 2],
}

/// The shortest list that is worth two passes over its symbols.
const LONG: usize = 64;

/// The longest list whose few windows in disorder are worth no call.
const NEARLY_SORTED: usize = 1024;

/// 0 and 1 mark the ends, 2 is the unknown symbol.
const UNKNOWN_PACKED: u32 = UNKNOWN.wrapping_add(3);

impl<W: Window> Sorter<W> {
    /// Makes `windows` those of a sequence that don't begin with an unknown symbol, sorted, and [`Window::END`].
    ///
    /// What begins with an unknown symbol matches nothing.
    pub(crate) fn windows(&mut self, symbols: &[u32], side: Side, windows: &mut Vec<W>) {
        let greatest =
            symbols.iter().fold(UNKNOWN_PACKED, |most, symbol| most.max(packed(*symbol)));
        let size = greatest as usize + 1;
        windows.clear();
        windows.resize(symbols.len() + 1, W::END);
        let known = if symbols.len() >= LONG && size <= symbols.len() {
            self.distribute(symbols, side, size, windows)
        } else {
            let mut known = 0;
            roll(symbols, side, |window, symbol, _| {
                windows[known] = window;
                known += usize::from(symbol != UNKNOWN_PACKED);
            });
            windows[..known].sort_unstable();
            known
        };
        windows.truncate(known + 1);
        windows[known] = W::END;
    }

    /// The windows in the order of their first two symbols, by counting; few are left in disorder. Returns their
    /// number.
    fn distribute(&mut self, symbols: &[u32], side: Side, size: usize, windows: &mut [W]) -> usize {
        let [first, second] = &mut self.next;
        for counts in [&mut *first, &mut *second] {
            counts.clear();
            counts.resize(size, 0);
        }
        let mut behind = side as u32;
        for symbol in symbols.iter().rev().map(|symbol| packed(*symbol)) {
            let known = u32::from(symbol != UNKNOWN_PACKED);
            first[symbol as usize] += known;
            second[behind as usize] += known;
            behind = symbol;
        }
        let known = starts(first);
        starts(second);
        // One place more than there are windows: there goes what is not kept.
        self.buffer.clear();
        self.buffer.resize(windows.len(), W::END);
        roll(symbols, side, |window, symbol, behind| {
            let (next, kept) = (&mut second[behind as usize], symbol != UNKNOWN_PACKED);
            self.buffer[if kept { *next as usize } else { symbols.len() }] = window;
            *next += u32::from(kept);
        });
        for window in &self.buffer[..known] {
            let next = &mut first[window.first()];
            windows[*next as usize] = *window;
            *next += 1;
        }
        settle(&mut windows[..known]);
        known
    }
}

/// A symbol as it stands in a window.
#[inline]
fn packed(symbol: u32) -> u32 {
    symbol.wrapping_add(3)
}

/// Each window from the last to the first, with its first and its second symbol.
#[inline]
fn roll<W: Window>(symbols: &[u32], side: Side, mut each: impl FnMut(W, u32, u32)) {
    let end = W::from(side as u32);
    let mut window = (0..LENGTH).fold(W::from(0), |window, _| window << W::BITS | end);
    let mut behind = side as u32;
    for symbol in symbols.iter().rev().map(|symbol| packed(*symbol)) {
        window = W::from(symbol) << (W::BITS * (LENGTH as u32 - 1)) | window >> W::BITS;
        each(window, symbol, behind);
        behind = symbol;
    }
}

/// Turns counts into the places where each begins; returns their sum.
fn starts(counts: &mut [u32]) -> usize {
    let mut before = 0;
    for count in counts {
        before += std::mem::replace(count, before);
    }
    before as usize
}

/// Sorts windows that are in the order of their first two symbols.
fn settle<W: Window>(windows: &mut [W]) {
    if windows.len() > NEARLY_SORTED {
        let pair = |window: W| window >> (W::BITS * (LENGTH as u32 - 2));
        windows
            .chunk_by_mut(|a, b| pair(*a) == pair(*b))
            .filter(|group| group.len() > 1)
            .for_each(<[W]>::sort_unstable);
        return;
    }
    for at in 1..windows.len() {
        let window = windows[at];
        let mut to = at;
        while to > 0 && window < windows[to - 1] {
            windows[to] = windows[to - 1];
            to -= 1;
        }
        windows[to] = window;
    }
}

/// Sets `matches[n - 1]` to how often n-grams of order n occur on both sides: of each as many as on the side
/// that has fewer.
///
/// With h and r windows on the two sides that is `(h + r - a) / 2`, where a adds up what the one
/// side has more of each n-gram than the other.
pub(crate) fn matches<W: Window>(hypothesis: &[W], reference: &[W], matches: &mut [u64]) {
    let both = (hypothesis.len() + reference.len()).saturating_sub(2);
    // All numbers below are at most the number of windows.
    let apart = if both <= i16::MAX as usize {
        apart_i16(hypothesis, reference, both).map(|apart| apart as u64)
    } else {
        apart_i64(hypothesis, reference, both).map(|apart| apart as u64)
    };
    for (matched, apart) in matches.iter_mut().zip(apart) {
        *matched = (both as u64 - apart) / 2;
    }
}

/// The merge, in lanes of one width: one lane an order (and two to spare), so that what is done to all lanes is a
/// vector instruction.
macro_rules! apart {
    ($name:ident, $lane:ty) => {
        #[inline(never)]
        fn $name<W: Window>(hypothesis: &[W], reference: &[W], both: usize) -> [$lane; 8] {
            type Lanes = [$lane; 8];
            /// Which orders go on when so many symbols are the same; the spare lanes do as the last order.
            const GOES_ON: [Lanes; 8] = {
                let mut masks = [[0; 8]; 8];
                let mut common = 1;
                while common <= LENGTH {
                    let mut lane = 0;
                    while lane < 8 {
                        masks[common][lane] =
                            if lane < common || common == LENGTH { -1 } else { 0 };
                        lane += 1;
                    }
                    common += 1;
                }
                masks
            };
            const ONE: [Lanes; 2] = [[-1; 8], [1; 8]];
            let (mut apart, mut more): (Lanes, Lanes) = ([0; 8], [0; 8]);
            let (mut h, mut r) = (0, 0);
            let mut last = W::from(0);
            for _ in 0..both {
                let (ours, theirs) = (hypothesis[h], reference[r]);
                let is_ours = usize::from(ours <= theirs);
                let window = ours.min(theirs);
                h += is_ours;
                r += 1 - is_ours;
                let goes_on = GOES_ON[last.common(window) % 8];
                let one = ONE[is_ours];
                last = window;
                let ended: Lanes = std::array::from_fn(|lane| more[lane].abs() & !goes_on[lane]);
                apart = std::array::from_fn(|lane| apart[lane] + ended[lane]);
                more = std::array::from_fn(|lane| (more[lane] & goes_on[lane]) + one[lane]);
            }
            std::array::from_fn(|lane| apart[lane] + more[lane].abs())
        }
    };
}

apart!(apart_i16, i16);
apart!(apart_i64, i64);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn expected(a: &[u32], b: &[u32], order: usize) -> u64 {
        let count = |symbols: &[u32]| {
            let mut counts = BTreeMap::new();
            for ngram in symbols.windows(order) {
                *counts.entry(ngram.to_vec()).or_insert(0_u64) += 1;
            }
            counts
        };
        let (a, b) = (count(a), count(b));
        a.iter().map(|(ngram, count)| *count.min(b.get(ngram).unwrap_or(&0))).sum()
    }

    fn check<W: Window>(a: &[u32], b: &[u32]) {
        let (mut ours, mut theirs) = (Vec::<W>::new(), Vec::new());
        let mut sorter = Sorter::default();
        sorter.windows(a, Side::Hypothesis, &mut ours);
        sorter.windows(b, Side::Reference, &mut theirs);
        let mut counted = [0; LENGTH];
        matches(&ours, &theirs, &mut counted);
        for (order, counted) in (1..).zip(counted) {
            assert_eq!(counted, expected(a, b, order), "order {order} of {a:?} and {b:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn equals_counting(
            symbols in 1_u32..6,
            greatest in 0_u32..=1019,
            a in proptest::collection::vec(0_u32..6, 0..160),
            b in proptest::collection::vec(0_u32..6, 0..160),
        ) {
            let spread = |list: &[u32]| -> Vec<u32> {
                list.iter().map(|symbol| greatest - (symbol % symbols).min(greatest)).collect()
            };
            let (mut a, b) = (spread(&a), spread(&b));
            check::<u64>(&a, &b);
            check::<u128>(&a, &b);
            for symbol in a.iter_mut().step_by(7) {
                *symbol = UNKNOWN;
            }
            check::<u64>(&a, &b);
            check::<u128>(&a, &b);
        }
    }

    #[test]
    fn wide_symbols_and_long_texts() {
        let greatest = u128::symbols() as u32 - 1;
        check::<u128>(&[greatest, 5, greatest], &[5, greatest, 5, greatest]);
        let (long, longer) = (vec![3; 20_000], vec![3; 20_001]);
        check::<u64>(&long, &longer);
        let disorderly = |seed: u32, length: u32| -> Vec<u32> {
            (0..length).map(|at| (at.wrapping_mul(seed) >> 13) % 7).collect()
        };
        for length in [1000, 3000] {
            check::<u64>(&disorderly(0x9e37_79b9, length), &disorderly(0x85eb_ca6b, length));
        }
    }
}
