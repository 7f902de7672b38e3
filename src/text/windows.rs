//! All n-grams of a sequence up to an order, as one sorted list.
//!
//! From each place a window of [`LENGTH`] symbols is packed into one number, the first symbol on top. Sorted, equal
//! n-grams of *every* order stand together, because an n-gram is the beginning of a window. Two lists are
//! merged once: how many symbols neighbours have in common says which n-grams end and which go on, and what the two
//! sides have apart follows for all orders in the same few vector operations.
//!
//! Windows that stick out at the end are filled with a mark of their side, which the other side doesn't have: what
//! contains it never matches.
//!
//! A symbol that one side has once needs neither sorting nor merging: what matches there is one place, and the longest
//! beginning that any window of the other side shares with it says all. So it is with most words of a segment.

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

    /// How many different symbols there can be.
    fn symbols() -> usize {
        (1 << Self::BITS) - 4
    }

    /// One of the symbols, from the first.
    fn symbol(self, place: usize) -> usize;

    /// How many bits two windows begin with alike, with those above the first symbol.
    fn alike(self, other: Self) -> usize;

    /// By how many bits are [alike](Window::alike), which orders of n-grams go on.
    const GOES_ON: &'static [Lanes];

    /// By how many bits are [alike](Window::alike), a one in the lane of ten bits of each order that goes on.
    const SHARED: &'static [u64];
}

/// A lane an order, and two to spare, which do as the last order.
type Lanes = [i16; 8];

/// How many symbols are the same when so many bits of windows are, of `all` with `each` a symbol.
const fn common(alike: usize, all: usize, each: usize) -> usize {
    alike.saturating_sub(all - LENGTH * each) / each
}

/// Which orders go on, by how many bits are alike.
const fn goes_on<const N: usize>(each: usize) -> [Lanes; N] {
    let mut table = [[0; 8]; N];
    let mut alike = 0;
    while alike < N {
        let common = common(alike, N - 1, each);
        let mut lane = 0;
        while lane < 8 {
            table[alike][lane] = if lane < common || common == LENGTH { -1 } else { 0 };
            lane += 1;
        }
        alike += 1;
    }
    table
}

/// The same with lanes of ten bits, so that an or is the greater of two and sums don't meet.
const fn shared<const N: usize>(each: usize) -> [u64; N] {
    let mut table = [0; N];
    let mut alike = 0;
    while alike < N {
        let mut lane = 0;
        while lane < common(alike, N - 1, each) {
            table[alike] |= 1 << (10 * lane);
            lane += 1;
        }
        alike += 1;
    }
    table
}

/// Room for some thousand symbols: characters of most languages, the words of a segment.
impl Window for u64 {
    const BITS: u32 = 10;
    const END: Self = u64::MAX;
    const GOES_ON: &'static [Lanes] = &goes_on::<65>(10);
    const SHARED: &'static [u64] = &shared::<65>(10);

    #[inline]
    fn alike(self, other: Self) -> usize {
        (self ^ other).leading_zeros() as usize
    }

    #[inline]
    fn symbol(self, place: usize) -> usize {
        (self >> (10 * (LENGTH - 1 - place)) & 0x3ff) as usize
    }
}

/// Room for all of Unicode.
impl Window for u128 {
    const BITS: u32 = 21;
    const END: Self = u128::MAX;
    const GOES_ON: &'static [Lanes] = &goes_on::<129>(21);
    const SHARED: &'static [u64] = &shared::<129>(21);

    #[inline]
    fn alike(self, other: Self) -> usize {
        (self ^ other).leading_zeros() as usize
    }

    #[inline]
    fn symbol(self, place: usize) -> usize {
        (self >> (21 * (LENGTH - 1 - place)) & 0x1f_ffff) as usize
    }
}

/// Windows being sorted; working memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorter<W> {
    buffer: Vec<W>,
    /// Where the next window with each symbol goes, by its first symbol, its second and so on.
    next: [Vec<u32>; PASSES],
}

/// How many symbols windows are sorted by in passes over all of them.
const PASSES: usize = 3;

/// One sequence, ready to be compared with others.
#[derive(Clone, Debug)]
pub(crate) struct Reference<W> {
    /// All symbols are below.
    known: usize,
    /// By symbol, the window of one that occurs once, or 0; and behind them one that no window begins like. Empty
    /// where all windows are sorted.
    single: Vec<W>,
    /// The other windows.
    sorted: Vec<W>,
}

/// Working memory for one side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch<W> {
    sorter: Sorter<W>,
    windows: Vec<W>,
    /// By symbol, a one in the lane of each order up to the longest beginning shared so far.
    shared: Vec<u64>,
    /// What was taken back.
    spare: Vec<Vec<W>>,
}

impl<W> Scratch<W> {
    /// An empty list, with memory if some was taken back.
    fn list(&mut self) -> Vec<W> {
        self.spare.pop().unwrap_or_default()
    }
}

impl<W: Window> Reference<W> {
    /// A sequence of symbols below `known`, all sorted.
    pub(crate) fn sorting(symbols: &[u32], known: usize, scratch: &mut Scratch<W>) -> Self {
        let mut sorted = scratch.list();
        scratch.sorter.windows(symbols, known, Side::Reference, &mut sorted);
        Reference { known, single: scratch.list(), sorted }
    }

    /// A sequence of so many different symbols, those that occur once apart.
    pub(crate) fn singling(symbols: &[u32], different: usize, scratch: &mut Scratch<W>) -> Self {
        let none = W::from(0);
        let (mut single, mut sorted) = (scratch.list(), scratch.list());
        single.reserve(different + 1);
        single.resize(different, none);
        let windows = &mut scratch.windows;
        windows.clear();
        windows.resize(symbols.len() + 2, none);
        let mut repeated = 0;
        // Without a branch: whether a symbol has been seen can't be foreseen.
        roll(symbols, Side::Reference, |window, symbol| {
            let place = &mut single[unpacked(symbol)];
            let (is_first, is_second) = (*place == none, (*place != none) & (*place != W::END));
            windows[repeated] = window;
            windows[repeated + 1] = *place;
            repeated += usize::from(!is_first) + usize::from(is_second);
            *place = if is_first { window } else { W::END };
        });
        let windows = &mut windows[..repeated];
        if repeated > 0 {
            let repeated = |place: &&mut W| **place == W::END;
            single.iter_mut().filter(repeated).for_each(|place| *place = none);
            windows.sort_unstable();
        }
        single.push(W::from(1));
        sorted.reserve(windows.len() + 1);
        sorted.extend_from_slice(windows);
        sorted.push(W::END);
        Reference { known: different, single, sorted }
    }

    /// Gives the memory back.
    pub(crate) fn reclaim(self, scratch: &mut Scratch<W>) {
        for mut list in [self.single, self.sorted] {
            list.clear();
            scratch.spare.push(list);
        }
    }

    /// Sets `matches[n - 1]` to how often n-grams of order n occur on both sides: of each as many as on the side
    /// that has fewer. A symbol that the reference doesn't have is [`UNKNOWN`].
    pub(crate) fn matches(&self, symbols: &[u32], scratch: &mut Scratch<W>, matches: &mut [u64]) {
        let Scratch { sorter, windows, shared, .. } = scratch;
        let Some(unknown) = self.single.len().checked_sub(1) else {
            sorter.windows(symbols, self.known, Side::Hypothesis, windows);
            return self::matches(windows, &self.sorted, matches);
        };
        shared.clear();
        shared.resize(self.single.len(), 0);
        windows.clear();
        windows.resize(symbols.len() + 1, W::END);
        let mut repeated = 0;
        // Without a branch: which kind of symbol comes next can't be foreseen.
        roll(symbols, Side::Hypothesis, |window, symbol| {
            let symbol = unpacked(symbol).min(unknown);
            let place = self.single[symbol];
            windows[repeated] = window;
            repeated += usize::from(place == W::from(0));
            shared[symbol] |= W::SHARED[place.alike(window)];
        });
        windows.truncate(repeated + 1);
        windows[repeated] = W::END;
        if repeated > 0 {
            windows[..repeated].sort_unstable();
            self::matches(windows, &self.sorted, matches);
        } else {
            matches.fill(0);
        }
        for shared in shared.chunks(LANE as usize) {
            let counts: u64 = shared.iter().sum();
            for (matched, order) in matches.iter_mut().zip(0..LENGTH as u32) {
                *matched += counts >> (10 * order) & LANE;
            }
        }
    }
}

/// The greatest number in a lane of ten bits.
const LANE: u64 = 0x3ff;

/// The shortest list that is worth two passes over its symbols.
const LONG: usize = 64;

/// The longest list whose few windows in disorder are worth no call.
const NEARLY_SORTED: usize = 1024;

/// 0 and 1 mark the ends, 2 is the unknown symbol.
const UNKNOWN_PACKED: u32 = UNKNOWN.wrapping_add(3);

impl<W: Window> Sorter<W> {
    /// Makes `windows` those of a sequence of symbols below `known`, sorted, and [`Window::END`].
    ///
    /// What begins with an unknown symbol matches nothing and may be left out.
    pub(crate) fn windows(
        &mut self,
        symbols: &[u32],
        known: usize,
        side: Side,
        windows: &mut Vec<W>,
    ) {
        let size = known + 3;
        windows.resize(symbols.len() + 1, W::END);
        if symbols.len() >= LONG && size <= 2 * symbols.len() {
            self.distribute(symbols, side, size, &mut windows[..symbols.len()]);
        } else {
            let mut known = 0;
            roll(symbols, side, |window, symbol| {
                windows[known] = window;
                known += usize::from(symbol != UNKNOWN_PACKED);
            });
            windows.truncate(known + 1);
            windows[..known].sort_unstable();
        }
        if let Some(last) = windows.last_mut() {
            *last = W::END;
        }
    }

    /// The windows in the order of their first symbols by counting; few are left in disorder then.
    fn distribute(&mut self, symbols: &[u32], side: Side, size: usize, windows: &mut [W]) {
        self.count(symbols, side, size);
        let Sorter { buffer, next } = self;
        if buffer.len() < windows.len() {
            buffer.resize(windows.len(), W::END);
        }
        let (mut from, mut to) = (&mut *windows, &mut buffer[..symbols.len()]);
        if PASSES.is_multiple_of(2) {
            std::mem::swap(&mut from, &mut to);
        }
        let (last, others) = (PASSES - 1, (0..PASSES - 1).rev());
        roll(symbols, side, |window: W, _| {
            send(window, &mut next[last][window.symbol(last)], from)
        });
        for pass in others {
            let next = next[pass].as_mut_slice();
            from.iter().for_each(|window| send(*window, &mut next[window.symbol(pass)], to));
            std::mem::swap(&mut from, &mut to);
        }
        settle(windows);
    }

    /// Where the first window with each symbol goes, at each of the first places.
    fn count(&mut self, symbols: &[u32], side: Side, size: usize) {
        let counts = &mut self.next[0];
        counts.clear();
        counts.resize(size, 0);
        symbols.iter().for_each(|symbol| counts[packed(*symbol) as usize] += 1);
        for place in 1..PASSES {
            // A place further the symbol before is not there, and a mark of the end is.
            let [before, counts] = &mut self.next[place - 1..=place] else { return };
            counts.clone_from(before);
            counts[packed(symbols[place - 1]) as usize] -= 1;
            counts[side as usize] += 1;
        }
        self.next.iter_mut().for_each(|counts| starts(counts));
    }
}

/// Puts a window where the next of its kind goes.
#[inline]
fn send<W: Window>(window: W, next: &mut u32, to: &mut [W]) {
    to[*next as usize] = window;
    *next += 1;
}

/// A symbol as it stands in a window.
#[inline]
fn packed(symbol: u32) -> u32 {
    symbol.wrapping_add(3)
}

/// A symbol that stands in a window.
#[inline]
fn unpacked(symbol: u32) -> usize {
    symbol.wrapping_sub(3) as usize
}

/// Each window from the last to the first, with its first symbol.
#[inline]
fn roll<W: Window>(symbols: &[u32], side: Side, mut each: impl FnMut(W, u32)) {
    let end = W::from(side as u32);
    let mut window = (0..LENGTH).fold(W::from(0), |window, _| window << W::BITS | end);
    for symbol in symbols.iter().rev().map(|symbol| packed(*symbol)) {
        window = W::from(symbol) << (W::BITS * (LENGTH as u32 - 1)) | window >> W::BITS;
        each(window, symbol);
    }
}

/// Turns counts into the places where each begins.
fn starts(counts: &mut [u32]) {
    let mut before = 0;
    for count in counts {
        before += std::mem::replace(count, before);
    }
}

/// Sorts windows that are in the order of their first symbols.
fn settle<W: Window>(windows: &mut [W]) {
    if windows.len() > NEARLY_SORTED {
        let first = |window: W| window >> (W::BITS * (LENGTH - PASSES) as u32);
        windows
            .chunk_by_mut(|a, b| first(*a) == first(*b))
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
            // Read from memory: made from the flag it would take twice as long.
            let ones: &[Lanes; 2] = std::hint::black_box(&[[-1; 8], [1; 8]]);
            let (mut apart, mut more): (Lanes, Lanes) = ([0; 8], [0; 8]);
            let (mut h, mut r) = (0, 0);
            let mut last = W::from(0);
            for _ in 0..both {
                let (ours, theirs) = (hypothesis[h], reference[r]);
                let is_ours = usize::from(ours <= theirs);
                let window = ours.min(theirs);
                h += is_ours;
                r += 1 - is_ours;
                let goes_on: Lanes = W::GOES_ON[last.alike(window)].map(<$lane>::from);
                let one = ones[is_ours];
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
        let known = a.iter().chain(b).filter(|symbol| **symbol != UNKNOWN).max();
        let known = known.map_or(0, |symbol| *symbol as usize + 1);
        sorter.windows(a, known, Side::Hypothesis, &mut ours);
        sorter.windows(b, known, Side::Reference, &mut theirs);
        let mut counted = [0; LENGTH];
        matches(&ours, &theirs, &mut counted);
        for (order, counted) in (1..).zip(counted) {
            assert_eq!(counted, expected(a, b, order), "order {order} of {a:?} and {b:?}");
        }
    }

    /// The same with a reference whose symbols are dense.
    fn check_reference<W: Window>(a: &[u32], b: &[u32]) {
        let mut known: Vec<u32> = b.to_vec();
        known.sort_unstable();
        known.dedup();
        let dense = |list: &[u32]| -> Vec<u32> {
            let number = |symbol| known.binary_search(symbol).map_or(UNKNOWN, |at| at as u32);
            list.iter().map(number).collect()
        };
        let (a, b) = (dense(a), dense(b));
        let mut scratch = Scratch::<W>::default();
        for reference in [
            Reference::singling(&b, known.len(), &mut scratch),
            Reference::sorting(&b, known.len(), &mut scratch),
        ] {
            let mut counted = [0; LENGTH];
            reference.matches(&a, &mut scratch, &mut counted);
            for (order, counted) in (1..).zip(counted) {
                assert_eq!(counted, expected(&a, &b, order), "order {order} of {a:?} and {b:?}");
            }
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

    proptest::proptest! {
        #[test]
        fn single_symbols_equal_counting(
            a in proptest::collection::vec(0_u32..40, 0..60),
            b in proptest::collection::vec(0_u32..40, 0..60),
            cut in 0_usize..60,
        ) {
            check_reference::<u64>(&a, &b);
            check_reference::<u128>(&a, &b);
            // What is alike but for one place.
            let mut alike = b.clone();
            if let Some(symbol) = alike.get_mut(cut) {
                *symbol += 1;
            }
            check_reference::<u64>(&alike, &b);
            check_reference::<u128>(&alike, &b);
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
