//! Which sentences could belong together: those that share features, rare ones first.
//!
//! Every pair of sentences with a common feature is found through lists of the sentences that have it. In
//! an article all features have lists. In a book the common ones would cost more than they say, so that
//! lists are kept from the rarest up, as far as a budget goes that is linear in the text: rare n-grams
//! that both texts have are the anchors, and only what they tie is looked at more closely.

use super::similarity::{Origins, Side, Weights};

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
        let lists = Lists::new(weights, 0..weights.reference.len());
        let mut shared = Shared::new(weights);
        let rows =
            (0..weights.hypothesis.len()).map(|i| shared.row(weights, &lists, i, Vec::new()));
        Pairs::of(rows.collect(), weights.reference.len())
    }

    /// The pairs after sentences were cut: only those with parts are looked for.
    pub(super) fn cut(self, weights: &Weights, origins: &[Origins; 2]) -> Self {
        let numbers = 0..weights.reference.len();
        let mut now = vec![None; self.best_of_reference.len()];
        for (j, old) in numbers.clone().filter_map(|j| Some((j, origins[1][j]?))) {
            now[old] = Some(j as u32);
        }
        let all = Lists::new(weights, numbers.clone());
        let parts = Lists::new(weights, numbers.filter(|j| origins[1][*j].is_none()));
        let mut shared = Shared::new(weights);
        let rows = origins[0].iter().enumerate().map(|(i, origin)| match origin {
            None => shared.row(weights, &all, i, Vec::new()),
            Some(old) => {
                let known = self.rows[*old].iter();
                let known = known.filter_map(|(j, weight)| Some((now[*j as usize]?, *weight)));
                shared.row(weights, &parts, i, known.collect())
            }
        });
        Pairs::of(rows.collect(), weights.reference.len())
    }

    fn of(rows: Vec<Vec<(u32, u64)>>, references: usize) -> Self {
        let best = |row: &Vec<(u32, u64)>| row.iter().map(|(_, weight)| *weight).max();
        let mut best_of_reference = vec![0; references];
        for (j, weight) in rows.iter().flatten() {
            let best = &mut best_of_reference[*j as usize];
            *best = (*best).max(*weight);
        }
        let best_of_hypothesis = rows.iter().map(|row| best(row).unwrap_or(0)).collect();
        Pairs { rows, best_of_hypothesis, best_of_reference }
    }

    /// The partners of a hypothesis sentence, ascending; none behind the last.
    pub(super) fn row(&self, i: usize) -> &[(u32, u64)] {
        self.rows.get(i).map_or(&[], Vec::as_slice)
    }

    /// What two sentences share, as far as it was found.
    pub(super) fn weight(&self, i: usize, j: usize) -> u64 {
        let row = self.row(i);
        row.binary_search_by_key(&(j as u32), |(j, _)| *j).map_or(0, |at| row[at].1)
    }
}

/// For each feature those of some reference sentences that have it.
struct Lists {
    starts: Vec<usize>,
    sentences: Vec<(u32, u32)>,
    /// Lists that are longer than this have no use: there are too many of them.
    longest: usize,
    /// Whether there are such lists.
    is_partial: bool,
}

impl Lists {
    fn new(weights: &Weights, numbers: impl Iterator<Item = usize> + Clone) -> Self {
        let Weights { hypothesis, reference, .. } = weights;
        let features = weights.features();
        let mut starts = vec![0; features + 1];
        for (feature, _) in numbers.clone().flat_map(|j| reference.entries(j)) {
            starts[*feature as usize + 1] += 1;
        }
        for feature in 0..features {
            starts[feature + 1] += starts[feature];
        }
        let mut next = starts.clone();
        let mut sentences = vec![(0, 0); starts[features]];
        for j in numbers {
            for (feature, weight) in reference.entries(j) {
                sentences[next[*feature as usize]] = (j as u32, *weight);
                next[*feature as usize] += 1;
            }
        }
        let mut lists = Lists { starts, sentences, longest: 0, is_partial: false };
        (lists.longest, lists.is_partial) = lists.affordable(hypothesis);
        lists
    }

    fn of(&self, feature: u32) -> &[(u32, u32)] {
        &self.sentences[self.starts[feature as usize]..self.starts[feature as usize + 1]]
    }

    /// How long lists may be so that all steps through them are within the budget, and whether some are longer.
    fn affordable(&self, hypothesis: &Side) -> (usize, bool) {
        let lengths = self.starts.windows(2).map(|list| list[1] - list[0]);
        let mut steps = vec![0; lengths.max().unwrap_or(0) + 1];
        let mut entries = 0;
        for (feature, _) in (0..hypothesis.len()).flat_map(|i| hypothesis.entries(i)) {
            let length = self.of(*feature).len();
            steps[length] += length as u64;
            entries += 1;
        }
        let budget = BUDGET + STEPS * entries;
        let mut spent = 0;
        let mut longest = 0;
        for (length, cost) in steps.into_iter().enumerate() {
            spent += cost;
            if spent > budget {
                return (longest, true);
            }
            longest = length;
        }
        (longest, false)
    }
}

/// Working memory: what one hypothesis sentence shares with each reference sentence.
struct Shared {
    weight: Vec<u64>,
    touched: Vec<u32>,
    own: Vec<u32>,
}

impl Shared {
    fn new(weights: &Weights) -> Self {
        let weight = vec![0; weights.reference.len()];
        Shared { weight, touched: Vec::new(), own: vec![0; weights.features()] }
    }

    /// The partners of a sentence: those known, and those in the lists.
    fn row(
        &mut self,
        weights: &Weights,
        lists: &Lists,
        i: usize,
        known: Vec<(u32, u64)>,
    ) -> Vec<(u32, u64)> {
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
        let found = self.touched.drain(..);
        let mut row: Vec<(u32, u64)> =
            found.map(|j| (j, std::mem::take(&mut self.weight[j as usize]))).collect();
        keep_strongest(&mut row);
        if lists.is_partial {
            self.complete(weights, i, &mut row);
        }
        row.extend(known);
        keep_strongest(&mut row);
        row.sort_unstable();
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

fn keep_strongest(row: &mut Vec<(u32, u64)>) {
    if row.len() > KEEP {
        row.select_nth_unstable_by_key(KEEP, |(j, weight)| (std::cmp::Reverse(*weight), *j));
        row.truncate(KEEP);
    }
}
