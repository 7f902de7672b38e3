//! The n-grams of a segment's references, kept in whatever way is fastest for them.

use super::ngrams::{NgramCounts, Ngrams};
use super::windows::{self, LENGTH, Side, Sorter, UNKNOWN, Window};

/// N-grams of all orders up to one.
///
/// Sorted [windows] for one sequence and orders up to six, which is nearly always; else the trie of [`Ngrams`].
#[derive(Clone, Debug)]
pub(crate) enum Grams {
    Narrow(Vec<u64>),
    Wide(Vec<u128>),
    Trie(Ngrams),
}

/// A hypothesis' n-grams; working memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct GramScratch {
    narrow: (Sorter<u64>, Vec<u64>),
    wide: (Sorter<u128>, Vec<u128>),
    symbols: Vec<Option<u32>>,
    counts: NgramCounts,
}

impl Grams {
    /// The n-grams of orders 1 to `order` in `sequences` of symbols below `symbols`.
    pub(crate) fn new<'a>(
        order: usize,
        symbols: usize,
        mut sequences: impl ExactSizeIterator<Item = &'a [u32]>,
        scratch: &mut GramScratch,
    ) -> Self {
        if sequences.len() > 1 || order > LENGTH || symbols > u128::symbols() {
            return Grams::Trie(Ngrams::new(order, sequences));
        }
        let sequence = sequences.next().unwrap_or(&[]);
        let (mut narrow, mut wide) = (Vec::new(), Vec::new());
        if symbols <= u64::symbols() {
            scratch.narrow.0.windows(sequence, Side::Reference, &mut narrow);
            Grams::Narrow(narrow)
        } else {
            scratch.wide.0.windows(sequence, Side::Reference, &mut wide);
            Grams::Wide(wide)
        }
    }

    /// Sets `matched[n - 1]` to the clipped matches of order n: each of the hypothesis' n-grams as
    /// often as it occurs there, but at most as often as in the sequence that has it most often.
    /// A symbol that no sequence has is [`UNKNOWN`].
    pub(crate) fn matches(
        &self,
        hypothesis: &[u32],
        scratch: &mut GramScratch,
        matched: &mut [u64],
    ) {
        match self {
            Grams::Narrow(reference) => {
                let (sorter, narrow) = &mut scratch.narrow;
                sorter.windows(hypothesis, Side::Hypothesis, narrow);
                windows::matches(narrow, reference, matched);
            }
            Grams::Wide(reference) => {
                let (sorter, wide) = &mut scratch.wide;
                sorter.windows(hypothesis, Side::Hypothesis, wide);
                windows::matches(wide, reference, matched);
            }
            Grams::Trie(reference) => {
                let known = |symbol: &u32| Some(*symbol).filter(|symbol| *symbol != UNKNOWN);
                scratch.symbols.clear();
                scratch.symbols.extend(hypothesis.iter().map(known));
                matched.fill(0);
                reference.matches(&scratch.symbols, &mut scratch.counts, matched);
            }
        }
    }
}
