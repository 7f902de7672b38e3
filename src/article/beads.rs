//! Candidate beads: groups of neighbouring sentences that are more alike than the null bead is worth.
//!
//! The worth of a bead of the sentences A and B is
//!
//! ```text
//! (|A| + |B|) (similarity − θ) − 2 δ (what all but the heaviest sentence of each side weigh)
//! ```
//!
//! and leaving sentences alone is worth nothing. So θ is the price of the null bead: the similarity below
//! which an editor is better served with "missing" and "added" than with a link. δ is the price of gluing: a
//! sentence joins a bead only if the better part of it is found on the other side.

use std::ops::Range;

use super::anchors::Pairs;
use super::similarity::{Side, Weights};

/// At most so many sentences on a side of a bead.
pub(super) const LARGEST: usize = 4;

/// Prices in thousandths.
const SCALE: i64 = 1000;
/// θ: the similarity that a link must exceed.
pub(super) const NULL: i64 = 115;
/// δ: the price of each glued sentence.
const GLUE: i64 = 350;
/// What a link out of order must exceed beyond θ.
const MOVE: i64 = 90;
/// And a part of a sentence beyond that.
const PART: i64 = 250;

/// A group of `n` sentences from `i` and one of `m` from `j`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) i: usize,
    pub(super) j: usize,
    pub(super) n: usize,
    pub(super) m: usize,
    /// Its worth in thousandths.
    pub(super) gain: i64,
    /// The weight of what the sides have in common.
    pub(super) shared: u64,
}

impl Candidate {
    /// The worth out of order.
    pub(super) fn moved_gain(&self, weights: &Weights) -> i64 {
        self.gain - MOVE * self.mass(weights)
    }

    /// Whether it is worth a link out of order; a part that was cut from a sentence seldom moves alone.
    pub(super) fn may_move(&self, weights: &Weights, is_part: bool) -> bool {
        let bar = if is_part { PART * self.mass(weights) } else { 0 };
        self.moved_gain(weights) > bar
    }

    /// Its similarity, from 0 to 1.
    pub(super) fn similarity(&self, weights: &Weights) -> f64 {
        2.0 * self.shared as f64 / (self.mass(weights) as f64).max(1.0)
    }

    fn mass(&self, weights: &Weights) -> i64 {
        let (hypothesis, reference) = (&weights.hypothesis, &weights.reference);
        (hypothesis.mass(self.i..self.i + self.n) + reference.mass(self.j..self.j + self.m)) as i64
    }
}

/// What a group of neighbours costs in a bead.
fn price(side: &Side, group: Range<usize>) -> i64 {
    NULL * side.mass(group.clone()) as i64 + 2 * GLUE * side.extra(group) as i64
}

/// All beads that are worth more than those that start with the same sentences and are in them; ascending by `i`,
/// `j`, `n`, `m`.
///
/// Left out are beads that are weak beside what their sentences have elsewhere
/// ([rivalled](Grid::is_rivalled)) and those that two crossing beads explain as well ([`is_crossing`]).
pub(super) fn candidates(weights: &Weights, pairs: &Pairs) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut bags = Bags::new(weights);
    let mut starts = Vec::new();
    for i in 0..weights.hypothesis.len() {
        starts.clear();
        let partners = pairs.row(i).iter().map(|(j, _)| *j as usize);
        starts.extend(partners.flat_map(|j| (j + 1).saturating_sub(LARGEST)..=j));
        starts.sort_unstable();
        starts.dedup();
        let mut near = Near::new(pairs, i);
        for j in &starts {
            near.skip_to(*j);
            bags.measure(&near, pairs, [i, *j], &mut found);
        }
    }
    let crossing: Vec<bool> = found.iter().map(|bead| is_crossing(&found, bead)).collect();
    let mut crossing = crossing.into_iter();
    found.retain(|_| !crossing.next().unwrap_or(false));
    found
}

/// The partners of up to four neighbours from a sentence on.
struct Near<'a>([&'a [(u32, u64)]; LARGEST]);

impl<'a> Near<'a> {
    fn new(pairs: &'a Pairs, i: usize) -> Self {
        Near(std::array::from_fn(|a| pairs.row(i + a)))
    }

    /// Leaves out those before `j`.
    fn skip_to(&mut self, j: usize) {
        for row in &mut self.0 {
            while let Some((_, rest)) =
                row.split_first().filter(|(first, _)| (first.0 as usize) < j)
            {
                *row = rest;
            }
        }
    }

    /// Those of neighbour `a` before `end`.
    fn partners(&self, a: usize, end: usize) -> impl Iterator<Item = &(u32, u64)> {
        self.0[a].iter().take_while(move |(j, _)| (*j as usize) < end)
    }
}

/// Working memory: two bags of features.
pub(super) struct Bags<'a> {
    weights: &'a Weights,
    hypothesis: Vec<u32>,
    reference: Vec<u32>,
}

impl<'a> Bags<'a> {
    pub(super) fn new(weights: &'a Weights) -> Self {
        Bags {
            weights,
            hypothesis: vec![0; weights.features()],
            reference: vec![0; weights.features()],
        }
    }

    /// Adds the beads that start at `i` and `j`, unless the first sentence of a side has no part in them: what shares less
    /// than its own price only makes a bead dearer.
    fn measure(
        &mut self,
        near: &Near,
        pairs: &Pairs,
        [i, j]: [usize; 2],
        found: &mut Vec<Candidate>,
    ) {
        let (hypothesis, reference) = (&self.weights.hypothesis, &self.weights.reference);
        let most_n = LARGEST.min(hypothesis.len() - i);
        let most_m = LARGEST.min(reference.len() - j);
        let worth = |shared: u64| 2 * SCALE * shared as i64;
        let part = near.partners(0, j + most_m).map(|(_, weight)| weight).sum();
        if worth(part) <= price(hypothesis, i..i + 1) {
            return;
        }
        let grid = Grid::new(near, j, [most_n, most_m]);
        if worth(grid.sum(most_n, 1)) <= price(reference, j..j + 1) {
            return;
        }
        let costs = |side: &Side, from: usize, most: usize| -> [(u64, i64); LARGEST] {
            let group = |more: usize| from..from + most.min(more + 1);
            std::array::from_fn(|more| (side.mass(group(more)), price(side, group(more))))
        };
        let own = costs(hypothesis, i, most_n);
        let other = costs(reference, j, most_m);
        let mut best = [[0; LARGEST + 1]; LARGEST + 1];
        for (n, m) in (1..=most_n).flat_map(|n| (1..=most_m).map(move |m| (n, m))) {
            let [(own_mass, own_price), (other_mass, other_price)] = [own[n - 1], other[m - 1]];
            let price = own_price + other_price;
            let inside = best[n - 1][m].max(best[n][m - 1]);
            best[n][m] = inside;
            let most = worth(grid.sum(n, m).min(own_mass).min(other_mass)) - price;
            if most <= inside || grid.is_rivalled(pairs, [i, j], [n, m]) {
                continue;
            }
            let shared = match (n, m) {
                (1, 1) => grid.sum(1, 1),
                _ => self.shared([i, n, j, m]),
            };
            let gain = worth(shared) - price;
            if gain > inside {
                best[n][m] = gain;
                found.push(Candidate { i, j, n, m, gain, shared });
            }
        }
    }

    /// The weight of what the two groups share, counted feature by feature.
    pub(super) fn shared(&mut self, [i, n, j, m]: [usize; 4]) -> u64 {
        let (hypothesis, reference) = (&self.weights.hypothesis, &self.weights.reference);
        for (feature, weight) in (i..i + n).flat_map(|i| hypothesis.entries(i)) {
            self.hypothesis[*feature as usize] += weight;
        }
        let mut shared = 0;
        for (feature, weight) in (j..j + m).flat_map(|j| reference.entries(j)) {
            let feature = *feature as usize;
            let (own, before) = (self.hypothesis[feature], self.reference[feature]);
            self.reference[feature] += weight;
            shared += u64::from(own.min(before + weight) - own.min(before));
        }
        empty(&mut self.hypothesis, hypothesis, i..i + n);
        empty(&mut self.reference, reference, j..j + m);
        shared
    }
}

fn empty(bag: &mut [u32], side: &Side, sentences: Range<usize>) {
    for (feature, _) in sentences.flat_map(|sentence| side.entries(sentence)) {
        bag[*feature as usize] = 0;
    }
}

/// What the first n of up to four sentences share with the first m of up to four others, pair by pair in sum.
struct Grid([[u64; LARGEST + 1]; LARGEST + 1]);

impl Grid {
    fn new(near: &Near, j: usize, [n, m]: [usize; 2]) -> Self {
        let mut sums = [[0; LARGEST + 1]; LARGEST + 1];
        for a in 0..n {
            let mut row = [0; LARGEST];
            for (partner, weight) in near.partners(a, j + m) {
                row[*partner as usize - j] = *weight;
            }
            let mut sum = 0;
            for b in 0..m {
                sum += row[b];
                sums[a + 1][b + 1] = sums[a][b + 1] + sum;
            }
        }
        Grid(sums)
    }

    fn sum(&self, n: usize, m: usize) -> u64 {
        self.0[n][m]
    }

    /// Whether all sentences of one side share less than half of what they share with others elsewhere.
    fn is_rivalled(&self, pairs: &Pairs, [i, j]: [usize; 2], [n, m]: [usize; 2]) -> bool {
        let sums = &self.0;
        let row = |a: usize| 2 * (sums[a + 1][m] - sums[a][m]) < pairs.best_of_hypothesis[i + a];
        let column = |b: usize| 2 * (sums[n][b + 1] - sums[n][b]) < pairs.best_of_reference[j + b];
        (0..n).all(row) || (0..m).all(column)
    }
}

/// Whether a bead of several sentences on both sides is two beads that cross: neighbours that
/// changed places are two moved beads, not one large one.
fn is_crossing(found: &[Candidate], bead: &Candidate) -> bool {
    let worth = |own: Range<usize>, other: Range<usize>| {
        let start = |i: usize| found.partition_point(|bead| (bead.i, bead.j) < (i, other.start));
        let rows = own.clone().flat_map(|i| {
            found[start(i)..].iter().take_while(move |bead| bead.i == i && bead.j < other.end)
        });
        let inside = rows.filter(|bead| bead.i + bead.n <= own.end && bead.j + bead.m <= other.end);
        inside.map(|bead| bead.gain).max()
    };
    let Candidate { i, j, n, m, gain, .. } = *bead;
    let cuts = (1..n).flat_map(|p| (1..m).map(move |q| (p, q)));
    cuts.filter_map(|(p, q)| Some(worth(i..i + p, j + q..j + m)? + worth(i + p..i + n, j..j + q)?))
        .any(|crossing| crossing >= gain)
}
