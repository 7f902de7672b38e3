//! N-grams of a segment's references, and clipped matches of a hypothesis against them.

use super::vocabulary::mix;

/// The n-grams of one or more sequences of symbols, with the greatest count that each has in any of
/// them.
///
/// A trie in one open-addressed table: the key of an n-gram is the node of its first n-1 symbols and
/// its last symbol, so keys are exact for any order and any alphabet, and a hypothesis' n-gram that no
/// reference has ends the walk: longer ones are never looked up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ngrams {
    /// Key and node plus one; 0 is free. As long as a power of two, at most half full.
    slots: Vec<(u64, u32)>,
    /// The greatest count of each node.
    counts: Vec<u32>,
    order: usize,
}

/// The counts of one hypothesis' n-grams, by node; working memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct NgramCounts {
    seen: Vec<u32>,
}

const ROOT: u32 = u32::MAX;

impl Ngrams {
    /// The n-grams of orders 1 to `order` in `sequences`.
    pub(crate) fn new<'a>(order: usize, sequences: impl IntoIterator<Item = &'a [u32]>) -> Self {
        let mut ngrams = Ngrams { order, ..Self::default() };
        let mut counts = Vec::new();
        for sequence in sequences {
            counts.fill(0);
            for start in 0..sequence.len() {
                let mut node = ROOT;
                for symbol in sequence[start..].iter().take(order) {
                    node = ngrams.insert(node, *symbol);
                    if counts.len() <= node as usize {
                        counts.resize(node as usize + 1, 0);
                    }
                    counts[node as usize] += 1;
                }
            }
            for (most, count) in ngrams.counts.iter_mut().zip(&counts) {
                *most = (*most).max(*count);
            }
        }
        ngrams
    }

    /// Adds to `matches[n - 1]` the clipped matches of order n: each of the hypothesis' n-grams as
    /// often as it occurs there, but at most as often as in the reference that has it most often.
    /// A symbol that no reference has is `None`.
    #[inline]
    pub(crate) fn matches(
        &self,
        hypothesis: &[Option<u32>],
        scratch: &mut NgramCounts,
        matches: &mut [u64],
    ) {
        scratch.seen.clear();
        scratch.seen.resize(self.counts.len(), 0);
        for start in 0..hypothesis.len() {
            let mut node = ROOT;
            for (matched, symbol) in matches.iter_mut().zip(&hypothesis[start..]).take(self.order) {
                let Some(next) = symbol.and_then(|symbol| self.get(node, symbol)) else { break };
                node = next;
                let seen = &mut scratch.seen[node as usize];
                *matched += u64::from(*seen < self.counts[node as usize]);
                *seen += 1;
            }
        }
    }

    #[inline]
    fn get(&self, parent: u32, symbol: u32) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        match self.slots[self.find(key(parent, symbol))].1 {
            0 => None,
            node => Some(node - 1),
        }
    }

    fn insert(&mut self, parent: u32, symbol: u32) -> u32 {
        if self.counts.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let key = key(parent, symbol);
        let slot = self.find(key);
        if self.slots[slot].1 == 0 {
            self.counts.push(0);
            self.slots[slot] = (key, self.counts.len() as u32);
        }
        self.slots[slot].1 - 1
    }

    #[inline]
    fn find(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = mix(key, 0) as usize & mask;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
        for (key, node) in old.into_iter().filter(|(_, node)| *node != 0) {
            let slot = self.find(key);
            self.slots[slot] = (key, node);
        }
    }
}

#[inline]
fn key(parent: u32, symbol: u32) -> u64 {
    u64::from(parent) << 32 | u64::from(symbol)
}
