//! Which sentences could belong together: those that share features, rare ones first.
//!
//! Every pair of sentences with a common feature is found through lists of the sentences that have it. In
//! an article all features have lists. In a book the common ones would cost more than they say, so that
//! lists are kept from the rarest up, as far as a budget goes that is linear in the text: rare n-grams
//! that both texts have are the anchors, and only what they tie is looked at more closely.

use std::ops::Range;

use super::similarity::{Side, Weights};

/// Steps through lists that are always allowed; and for each feature of a sentence, this many more.
const BUDGET: u64 = 2_000_000;
const STEPS: u64 = 6;

/// A sentence keeps at most so many partners, the strongest.
const KEEP: usize = 32;

/// The pairs of sentences that share features, and the weight of what they share.
#[derive(Debug)]
pub(super) struct Pairs {
    /// For each hypothesis sentence its partners, ascending.
    rows: Vec<Vec<(u32, u64)>>,
    /// What each sentence shares with its strongest partner.
    pub(super) best_of_hypothesis: Vec<u64>,
    pub(super) best_of_reference: Vec<u64>,
}

impl Pairs {
    pub(super) fn new(weights: &Weights) -> Self {
        let Weights { hypothesis, reference, features } = weights;
        let lists = Lists::new(hypothesis, reference, *features);
        let mut shared = Shared::new(*features, reference.len());
        let rows: Vec<Vec<(u32, u64)>> =
            (0..hypothesis.len()).map(|i| shared.row(weights, &lists, i)).collect();
        let mut pairs = Pairs {
            best_of_hypothesis: vec![0; hypothesis.len()],
            best_of_reference: vec![0; reference.len()],
            rows,
        };
        for (i, row) in pairs.rows.iter().enumerate() {
            for (j, weight) in row {
                let best = &mut pairs.best_of_reference[*j as usize];
                *best = (*best).max(*weight);
                pairs.best_of_hypothesis[i] = pairs.best_of_hypothesis[i].max(*weight);
            }
        }
        pairs
    }

    /// The partners of a hypothesis sentence.
    pub(super) fn row(&self, i: usize) -> &[(u32, u64)] {
        &self.rows[i]
    }

    /// The partners of a hypothesis sentence among a few neighbours.
    pub(super) fn partners(
        &self,
        i: usize,
        near: Range<usize>,
    ) -> impl Iterator<Item = &(u32, u64)> {
        let row = &self.rows[i];
        let from = row.partition_point(|(j, _)| (*j as usize) < near.start);
        row[from..].iter().take_while(move |(j, _)| (*j as usize) < near.end)
    }

    /// What two sentences share, as far as it was found.
    pub(super) fn weight(&self, i: usize, j: usize) -> u64 {
        self.partners(i, j..j + 1).next().map_or(0, |(_, weight)| *weight)
    }
}

/// For each feature the reference sentences that have it.
struct Lists {
    starts: Vec<usize>,
    sentences: Vec<(u32, u32)>,
    /// Features in more reference sentences than this have no use.
    longest: usize,
}

impl Lists {
    fn new(hypothesis: &Side, reference: &Side, features: usize) -> Self {
        let mut starts = vec![0; features + 1];
        for (feature, _) in all(reference) {
            starts[feature as usize + 1] += 1;
        }
        for feature in 0..features {
            starts[feature + 1] += starts[feature];
        }
        let mut next = starts.clone();
        let mut sentences = vec![(0, 0); starts[features]];
        for j in 0..reference.len() {
            for (feature, weight) in reference.entries(j) {
                sentences[next[*feature as usize]] = (j as u32, *weight);
                next[*feature as usize] += 1;
            }
        }
        let mut lists = Lists { starts, sentences, longest: 0 };
        lists.longest = lists.affordable(hypothesis);
        lists
    }

    fn of(&self, feature: u32) -> &[(u32, u32)] {
        &self.sentences[self.starts[feature as usize]..self.starts[feature as usize + 1]]
    }

    /// How long lists may be so that all steps through them are within the budget.
    fn affordable(&self, hypothesis: &Side) -> usize {
        let mut steps = std::collections::BTreeMap::new();
        let mut entries = 0;
        for (feature, _) in all(hypothesis) {
            let length = self.of(feature).len();
            *steps.entry(length).or_insert(0) += length as u64;
            entries += 1;
        }
        let budget = BUDGET + STEPS * entries;
        let mut spent = 0;
        let within = |(_, cost): &(usize, u64)| {
            spent += cost;
            spent <= budget
        };
        steps.into_iter().take_while(within).map(|(length, _)| length).last().unwrap_or(0)
    }
}

fn all(side: &Side) -> impl Iterator<Item = (u32, u32)> {
    (0..side.len()).flat_map(|sentence| side.entries(sentence).iter().copied())
}

/// Working memory: what one hypothesis sentence shares with each reference sentence.
struct Shared {
    weight: Vec<u64>,
    touched: Vec<u32>,
    own: Vec<u32>,
}

impl Shared {
    fn new(features: usize, references: usize) -> Self {
        Shared { weight: vec![0; references], touched: Vec::new(), own: vec![0; features] }
    }

    fn row(&mut self, weights: &Weights, lists: &Lists, i: usize) -> Vec<(u32, u64)> {
        let entries = weights.hypothesis.entries(i);
        for (feature, own) in entries {
            let list = lists.of(*feature);
            for (j, other) in list.iter().filter(|_| list.len() <= lists.longest) {
                let weight = &mut self.weight[*j as usize];
                if *weight == 0 {
                    self.touched.push(*j);
                }
                *weight += u64::from(*own.min(other));
            }
        }
        let mut row: Vec<(u32, u64)> = self
            .touched
            .drain(..)
            .map(|j| (j, std::mem::take(&mut self.weight[j as usize])))
            .collect();
        if row.len() > KEEP {
            row.select_nth_unstable_by_key(KEEP, |(j, weight)| (std::cmp::Reverse(*weight), *j));
            row.truncate(KEEP);
        }
        row.sort_unstable();
        self.complete(weights, i, &mut row);
        row
    }

    /// Counts what the lists left out.
    fn complete(&mut self, weights: &Weights, i: usize, row: &mut [(u32, u64)]) {
        let entries = weights.hypothesis.entries(i);
        for (feature, own) in entries {
            self.own[*feature as usize] = *own;
        }
        for (j, weight) in row {
            let other = weights.reference.entries(*j as usize).iter();
            *weight = other.map(|(f, w)| u64::from(self.own[*f as usize].min(*w))).sum();
        }
        for (feature, _) in entries {
            self.own[*feature as usize] = 0;
        }
    }
}
