//! All n-grams of a corpus as sorted windows: how often each occurs, and so what it tells.
//!
//! From each place a window of [`ORDER`] words is packed into one number, the first word on top. In the sorted list of
//! all windows an n-gram's occurrences stand together, whatever n is, so their number is the length of a run.

use super::ORDER;

/// A window of words.
pub(super) type Window = u128;

/// Bits of a word.
const BITS: usize = 25;

/// How many different words there can be.
pub(super) const SYMBOLS: usize = (1 << BITS) - 3;

/// A word that no reference has, and what stands behind a hypothesis and behind a reference.
pub(super) const UNKNOWN: u32 = SYMBOLS as u32;
const ENDS: [u32; 2] = [UNKNOWN + 1, UNKNOWN + 2];

/// The references of a corpus.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    /// Every window with the number of its reference.
    windows: Vec<(Window, u32)>,
    lengths: Vec<usize>,
    words: Vec<u32>,
}

/// A reference's windows, sorted, with what the n-grams that they begin with tell, in bits.
#[derive(Clone, Debug, Default)]
pub(super) struct Sorted {
    pub(super) length: u64,
    windows: Vec<(Window, [f64; ORDER])>,
}

impl Corpus {
    /// Adds a reference.
    pub(super) fn add(&mut self, words: impl Iterator<Item = u32>) {
        self.words.clear();
        self.words.extend(words);
        let number = self.lengths.len() as u32;
        self.lengths.push(self.words.len());
        each(&self.words, ENDS[1], |window, _| self.windows.push((window, number)));
    }

    /// Each reference's windows with the information of their n-grams.
    pub(super) fn weigh(mut self) -> Vec<Sorted> {
        self.windows.sort_unstable();
        let mut sides: Vec<Sorted> =
            self.lengths.iter().map(|length| Sorted::new(*length)).collect();
        let (mut before, mut runs) = (Window::MAX, [Run::default(); ORDER]);
        for (at, (window, number)) in self.windows.iter().enumerate() {
            // An n-gram's run begins where its window differs from the one before.
            for order in common(before, *window)..ORDER {
                let count = self.run(at, order);
                let whole = if order == 0 { self.windows.len() } else { runs[order - 1].count };
                runs[order] = Run { count, information: information(whole, count) };
            }
            before = *window;
            let information = runs.map(|run| run.information);
            sides[*number as usize].windows.push((*window, information));
        }
        sides
    }

    /// How many windows from this one on begin with the same n-gram: steps that double, then halves.
    fn run(&self, from: usize, order: usize) -> usize {
        let gram = self.windows[from].0 >> shift(order);
        let same = |window: &(Window, u32)| window.0 >> shift(order) == gram;
        let rest = &self.windows[from..];
        let mut most = 1;
        while rest.get(most).is_some_and(same) {
            most *= 2;
        }
        rest[..most.min(rest.len())].partition_point(same)
    }
}

/// An n-gram's occurrences, and what it tells.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    count: usize,
    information: f64,
}

impl Sorted {
    fn new(length: usize) -> Self {
        Sorted { length: length as u64, windows: Vec::with_capacity(length) }
    }
}

/// The bits that an n-gram tells that follows its words but the last in `count` of `whole` cases.
fn information(whole: usize, count: usize) -> f64 {
    if whole == count {
        return 0.0;
    }
    (whole as f64 / count as f64).ln() / std::f64::consts::LN_2
}

/// Calls `visit` with each window and its place.
fn each(words: &[u32], end: u32, mut visit: impl FnMut(Window, u32)) {
    let fill = (0..ORDER).fold(0, |window, _| window << BITS | Window::from(end));
    let mut window = fill;
    for (at, word) in words.iter().enumerate().rev() {
        window = Window::from(*word) << shift(0) | window >> BITS;
        visit(window, at as u32);
    }
}

/// A hypothesis' windows with their places, sorted.
pub(super) fn hypothesis(words: &[u32], windows: &mut Vec<(Window, u32)>) {
    windows.clear();
    each(words, ENDS[0], |window, at| windows.push((window, at)));
    windows.sort_unstable();
}

/// How far to shift a window to leave its first n-gram, of order `order + 1`.
fn shift(order: usize) -> usize {
    BITS * (ORDER - 1 - order)
}

/// How many words two windows begin with alike.
fn common(a: Window, b: Window) -> usize {
    ((a ^ b).leading_zeros() as usize).saturating_sub(128 - BITS * ORDER) / BITS
}

/// Calls `visit` with the order, the first place in the hypothesis, the clipped matches and the information of every
/// n-gram that both sides have.
pub(super) fn matches(
    hypothesis: &[(Window, u32)],
    reference: &Sorted,
    mut visit: impl FnMut(usize, u32, u32, f64),
) {
    longer(0, hypothesis, &reference.windows, &mut visit);
}

/// The n-grams of an order, from lists whose windows begin alike before; and the longer ones that begin with them.
fn longer(
    order: usize,
    hypothesis: &[(Window, u32)],
    reference: &[(Window, [f64; ORDER])],
    visit: &mut impl FnMut(usize, u32, u32, f64),
) {
    let mut rest = reference;
    for ours in hypothesis.chunk_by(|a, b| a.0 >> shift(order) == b.0 >> shift(order)) {
        let gram = ours[0].0 >> shift(order);
        let skip = |text: &[(Window, _)], before: fn(&Window, &Window) -> bool| {
            let end = text.iter().position(|(window, _)| !before(&(window >> shift(order)), &gram));
            end.unwrap_or(text.len())
        };
        rest = &rest[skip(rest, |a, b| a < b)..];
        let (theirs, behind) = rest.split_at(skip(rest, |a, b| a <= b));
        rest = behind;
        let Some((_, information)) = theirs.first() else { continue };
        let first = ours.iter().map(|(_, at)| *at).min().unwrap_or(0);
        visit(order, first, ours.len().min(theirs.len()) as u32, information[order]);
        if order + 1 < ORDER {
            longer(order + 1, ours, theirs, visit);
        }
    }
}
