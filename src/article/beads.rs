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
const MOVE: i64 = 140;

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

    /// Its similarity, from 0 to 1.
    pub(super) fn similarity(&self, weights: &Weights) -> f64 {
        2.0 * self.shared as f64 / (self.mass(weights) as f64).max(1.0)
    }

    fn mass(&self, weights: &Weights) -> i64 {
        let (hypothesis, reference) = (&weights.hypothesis, &weights.reference);
        (hypothesis.mass(self.i..self.i + self.n) + reference.mass(self.j..self.j + self.m)) as i64
    }
}

/// The worth of a bead that shares `shared`.
fn gain(weights: &Weights, [i, n, j, m]: [usize; 4], shared: u64) -> i64 {
    let (hypothesis, reference) = (&weights.hypothesis, &weights.reference);
    let mass = hypothesis.mass(i..i + n) + reference.mass(j..j + m);
    let extra = hypothesis.extra(i..i + n) + reference.extra(j..j + m);
    2 * SCALE * shared as i64 - NULL * mass as i64 - 2 * GLUE * extra as i64
}

/// All beads that are worth something, ascending by `i`, `j`, `n`, `m`.
///
/// Left out are beads that are weak beside what their sentences have elsewhere
/// ([`is_rivalled`]) and those that two crossing beads explain as well ([`is_crossing`]).
pub(super) fn candidates(weights: &Weights, pairs: &Pairs) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut bags = Bags::new(weights);
    let mut starts = Vec::new();
    for i in 0..weights.hypothesis.len() {
        starts_of(weights, pairs, i, &mut starts);
        for j in &starts {
            bags.measure(pairs, i, *j, &mut found);
        }
    }
    found.sort_unstable();
    let crossing: Vec<bool> = found.iter().map(|bead| is_crossing(&found, bead)).collect();
    let mut crossing = crossing.into_iter();
    found.retain(|_| !crossing.next().unwrap_or(false));
    found
}

/// The reference sentences with which a bead that starts at hypothesis sentence `i` can start.
///
/// A bead that is not [rivalled](Grid::is_rivalled) has a sentence with half of its best in at most four pairs, so one
/// pair with an eighth of it: only such pairs lead to a bead.
fn starts_of(weights: &Weights, pairs: &Pairs, i: usize, starts: &mut Vec<usize>) {
    starts.clear();
    for i in i..(i + LARGEST).min(weights.hypothesis.len()) {
        let worth = |(_, weight): &&(u32, u64)| 8 * weight >= pairs.best_of_hypothesis[i];
        for (j, _) in pairs.row(i).iter().filter(worth) {
            let j = *j as usize;
            starts.extend((0..LARGEST).filter_map(|before| j.checked_sub(before)));
        }
    }
    starts.sort_unstable();
    starts.dedup();
}

/// Working memory: two bags of features.
struct Bags<'a> {
    weights: &'a Weights,
    hypothesis: Vec<u32>,
    reference: Vec<u32>,
}

impl<'a> Bags<'a> {
    fn new(weights: &'a Weights) -> Self {
        Bags {
            weights,
            hypothesis: vec![0; weights.features],
            reference: vec![0; weights.features],
        }
    }

    /// Adds all beads that start at `i` and `j` and are worth something.
    fn measure(&mut self, pairs: &Pairs, i: usize, j: usize, found: &mut Vec<Candidate>) {
        let most = [self.weights.hypothesis.len() - i, self.weights.reference.len() - j];
        let [most_n, most_m] = most.map(|most| most.min(LARGEST));
        let grid = Grid::new(pairs, [i, j], [most_n, most_m]);
        let promising = |n: usize, m: usize| {
            let (hypothesis, reference) = (&self.weights.hypothesis, &self.weights.reference);
            let bound = grid.sum(n, m).min(hypothesis.mass(i..i + n)).min(reference.mass(j..j + m));
            !grid.is_rivalled(pairs, [i, j], [n, m]) && gain(self.weights, [i, n, j, m], bound) > 0
        };
        let wanted: Vec<(usize, usize)> = (1..=most_n)
            .flat_map(|n| (1..=most_m).map(move |m| (n, m)))
            .filter(|(n, m)| promising(*n, *m))
            .collect();
        for (n, m) in wanted {
            let shared = match (n, m) {
                (1, 1) => grid.sum(1, 1),
                _ => self.shared([i, n, j, m]),
            };
            let gain = gain(self.weights, [i, n, j, m], shared);
            if gain > 0 {
                found.push(Candidate { i, j, n, m, gain, shared });
            }
        }
    }

    /// The weight of what the two groups share, counted feature by feature.
    fn shared(&mut self, [i, n, j, m]: [usize; 4]) -> u64 {
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

fn empty(bag: &mut [u32], side: &Side, sentences: std::ops::Range<usize>) {
    for (feature, _) in sentences.flat_map(|sentence| side.entries(sentence)) {
        bag[*feature as usize] = 0;
    }
}

/// What the first n of up to four sentences share with the first m of up to four others, pair by pair in sum.
struct Grid([[u64; LARGEST + 1]; LARGEST + 1]);

impl Grid {
    fn new(pairs: &Pairs, [i, j]: [usize; 2], [n, m]: [usize; 2]) -> Self {
        let mut sums = [[0; LARGEST + 1]; LARGEST + 1];
        for a in 0..n {
            let mut row = 0;
            for b in 0..m {
                row += pairs.weight(i + a, j + b);
                sums[a + 1][b + 1] = sums[a][b + 1] + row;
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
    let worth = |i: usize, j: usize, n: usize, m: usize| {
        let key = |bead: &Candidate| (bead.i, bead.j, bead.n, bead.m);
        found.binary_search_by_key(&(i, j, n, m), key).ok().map(|at| found[at].gain)
    };
    let Candidate { i, j, n, m, gain, .. } = *bead;
    let cuts = (1..n).flat_map(|p| (1..m).map(move |q| (p, q)));
    cuts.filter_map(|(p, q)| Some(worth(i, j + q, p, m - q)? + worth(i + p, j, n - p, q)?))
        .any(|crossing| crossing >= gain)
}
