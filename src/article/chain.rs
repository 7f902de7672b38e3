//! The dynamic programme: the chain of beads in order that is worth most.
//!
//! Leaving a sentence alone is worth nothing, so an alignment in order is a chain of beads, each
//! starting where the one before has ended or later, on both sides, and the best alignment is the chain with
//! the greatest sum. That is found exactly in O(k log n) for k candidates, with no table of all pairs.

use std::cmp::Reverse;

use super::beads::Candidate;

/// The indices of the best chain among `beads`, ascending; `gain` says what each is worth.
///
/// Among chains of equal worth the one is taken whose last bead comes first, then whose last but one, and so on.
pub(super) fn best(beads: &[Candidate], gain: impl Fn(&Candidate) -> i64) -> Vec<usize> {
    let mut by_end: Vec<usize> = (0..beads.len()).collect();
    by_end.sort_by_key(|at| (beads[*at].i + beads[*at].n, beads[*at].j + beads[*at].m));
    let mut ended = by_end.into_iter().peekable();
    let mut tops = Tops::new(beads);
    let mut totals = vec![0; beads.len()];
    let mut previous = vec![None; beads.len()];
    for (at, bead) in beads.iter().enumerate() {
        while let Some(end) = ended.next_if(|end| beads[*end].i + beads[*end].n <= bead.i) {
            tops.raise(beads[end].j + beads[end].m, totals[end], end);
        }
        let (total, before) = tops.up_to(bead.j);
        totals[at] = total + gain(bead);
        previous[at] = before;
    }
    for end in ended {
        tops.raise(beads[end].j + beads[end].m, totals[end], end);
    }
    let mut chain = Vec::new();
    let mut last = tops.up_to(usize::MAX).1;
    while let Some(at) = last {
        chain.push(at);
        last = previous[at];
    }
    chain.reverse();
    chain
}

/// What a chain is worth, and its last bead; the greater the better.
type Top = (i64, Reverse<usize>);

/// No bead at all.
const NOTHING: Top = (0, Reverse(usize::MAX));

/// The best chain that ends at or before each reference sentence from the first on: a Fenwick tree of maxima.
struct Tops {
    first: usize,
    tree: Vec<Top>,
}

impl Tops {
    fn new(beads: &[Candidate]) -> Self {
        let first = beads.iter().map(|bead| bead.j).min().unwrap_or(0);
        let end = beads.iter().map(|bead| bead.j + bead.m).max().unwrap_or(0);
        Tops { first, tree: vec![NOTHING; end - first + 2] }
    }

    fn raise(&mut self, end: usize, total: i64, bead: usize) {
        let mut at = end - self.first + 1;
        while at < self.tree.len() {
            self.tree[at] = self.tree[at].max((total, Reverse(bead)));
            at += at & at.wrapping_neg();
        }
    }

    fn up_to(&self, end: usize) -> (i64, Option<usize>) {
        let mut best = NOTHING;
        let mut at = (end - self.first).min(self.tree.len() - 2) + 1;
        while at > 0 {
            best = best.max(self.tree[at]);
            at &= at - 1;
        }
        let (total, Reverse(bead)) = best;
        (total, (total > 0).then_some(bead))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The greatest sum of any chain, by trying every bead as the first.
    fn slow(beads: &[Candidate], i: usize, j: usize) -> i64 {
        let next = beads.iter().filter(|bead| bead.i >= i && bead.j >= j);
        next.map(|bead| bead.gain + slow(beads, bead.i + bead.n, bead.j + bead.m))
            .max()
            .unwrap_or(0)
    }

    proptest! {
        #[test]
        fn the_chain_is_worth_as_much_as_the_best_of_all(
            cells in prop::collection::btree_map((0usize..6, 0usize..6, 1usize..4, 1usize..4), 1i64..50, 0..14),
        ) {
            let beads: Vec<Candidate> = cells
                .into_iter()
                .map(|((i, j, n, m), gain)| Candidate { i, j, n, m, gain, shared: 0 })
                .collect();
            let chain = best(&beads, |bead| bead.gain);
            let is_chain = chain.windows(2).all(|pair| {
                let (one, next) = (&beads[pair[0]], &beads[pair[1]]);
                one.i + one.n <= next.i && one.j + one.m <= next.j
            });
            prop_assert!(is_chain);
            let sum: i64 = chain.iter().map(|at| beads[*at].gain).sum();
            prop_assert_eq!(sum, slow(&beads, 0, 0));
        }
    }
}
