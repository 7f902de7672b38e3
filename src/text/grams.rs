//! The n-grams of a segment's references, kept in whatever way is fastest for them.

use super::ngrams::{NgramCounts, Ngrams};
use super::windows::{LENGTH, Reference, Scratch, UNKNOWN, Window};

/// N-grams of all orders up to one.
///
/// Sorted [windows] for one sequence and orders up to six, which is nearly always; else the trie of [`Ngrams`].
#[derive(Clone, Debug)]
pub(crate) enum Grams {
    Narrow(Reference<u64>),
    Wide(Reference<u128>),
    Trie(Ngrams),
}

/// A hypothesis' n-grams; working memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct GramScratch {
    narrow: Scratch<u64>,
    wide: Scratch<u128>,
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
        if 2 * symbols < sequence.len() {
            return Grams::repetitive(order, symbols, sequence, scratch);
        }
        let GramScratch { narrow, wide, .. } = scratch;
        if symbols <= u64::symbols() {
            Grams::Narrow(Reference::singling(sequence, symbols, narrow))
        } else {
            Grams::Wide(Reference::singling(sequence, symbols, wide))
        }
    }

    /// The same of one sequence in which most symbols come again and again.
    pub(crate) fn repetitive(
        order: usize,
        symbols: usize,
        sequence: &[u32],
        scratch: &mut GramScratch,
    ) -> Self {
        let GramScratch { narrow, wide, .. } = scratch;
        if order > LENGTH || symbols > u128::symbols() {
            Grams::Trie(Ngrams::new(order, std::iter::once(sequence)))
        } else if symbols <= u64::symbols() {
            Grams::Narrow(Reference::sorting(sequence, symbols, narrow))
        } else {
            Grams::Wide(Reference::sorting(sequence, symbols, wide))
        }
    }

    /// Gives the memory back.
    pub(crate) fn reclaim(self, scratch: &mut GramScratch) {
        match self {
            Grams::Narrow(reference) => reference.reclaim(&mut scratch.narrow),
            Grams::Wide(reference) => reference.reclaim(&mut scratch.wide),
            Grams::Trie(_) => {}
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
                reference.matches(hypothesis, &mut scratch.narrow, matched);
            }
            Grams::Wide(reference) => reference.matches(hypothesis, &mut scratch.wide, matched),
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
