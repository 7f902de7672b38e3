//! The tests: from tables to p-values.

use super::compare::{Comparison, Units};
use super::random::Random;
use super::sacrebleu::PairedTest;
use super::setting::{Alternative, Test};
use super::sums::Whole;
use super::swap::{Coins, Swaps};
use super::wilcoxon::wilcoxon;
use crate::error::{Error, Result};
use crate::metric::{Column, Metric, Score};
use crate::signature::Signature;
use crate::table::Table;

/// The most units of which all ways to swap are tried.
const EXACT: usize = 24;

/// What a test says of a pair.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub(super) p: f64,
    pub(super) trials: u64,
    /// When it stopped early: what p can still have become.
    pub(super) bounds: Option<[f64; 2]>,
}

/// One comparison's test.
pub(super) struct Tester<'a, M> {
    pub(super) units: &'a Units<'a, M>,
    pub(super) comparison: &'a Comparison,
    /// Each system's scores on the bootstrap samples.
    pub(super) samples: &'a [Vec<f64>],
}

impl<M: Metric> Tester<'_, M> {
    pub(super) fn decide(
        &self,
        pairs: &[(usize, usize)],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<Decision>> {
        if let Some(test) = self.comparison.sacrebleu() {
            return pairs.iter().map(|pair| self.sacrebleu(test, *pair)).collect();
        }
        match self.comparison.settings().0 {
            Test::Randomization | Test::Exact => self.randomize(pairs, progress),
            Test::SignFlip => self.flip(pairs, progress),
            Test::Bootstrap => Ok(pairs.iter().map(|pair| self.bootstrap(*pair)).collect()),
            Test::Wilcoxon => Ok(pairs.iter().map(|pair| self.wilcoxon(*pair)).collect()),
        }
    }

    fn sacrebleu(&self, test: PairedTest, (baseline, system): (usize, usize)) -> Result<Decision> {
        let tables = [baseline, system].map(|at| &self.units.tables[at]);
        let outcomes = test.run(self.units.metric, &tables)?;
        let p = outcomes[1].p_value.unwrap_or(1.0);
        Ok(Decision { p, trials: test.trials as u64, bounds: None })
    }

    /// Whether a difference is as far from 0 as the real one.
    fn extreme(&self, difference: f64, real: f64) -> bool {
        match self.comparison.settings().1 {
            Alternative::Different => difference.abs() >= real.abs(),
            Alternative::Better => self.units.better(difference) >= self.units.better(real),
        }
    }

    fn bootstrap(&self, (baseline, system): (usize, usize)) -> Decision {
        let real = self.units.scores[system] - self.units.scores[baseline];
        let differences =
            self.samples[system].iter().zip(&self.samples[baseline]).map(|(b, a)| b - a);
        let trials = differences.len() as u64;
        let beyond = differences.filter(|d| self.extreme(d - real, real)).count() as u64;
        Decision { p: (beyond + 1) as f64 / (trials + 1) as f64, trials, bounds: None }
    }

    fn wilcoxon(&self, (baseline, system): (usize, usize)) -> Decision {
        let [a, b] = [baseline, system].map(|at| &self.units.unit_scores[at]);
        let differences: Vec<f64> =
            b.iter().zip(a).map(|(b, a)| self.units.better(b - a)).collect();
        let p = wilcoxon(&differences, self.comparison.settings().1);
        Decision { p, trials: 0, bounds: None }
    }

    fn randomize(
        &self,
        pairs: &[(usize, usize)],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<Decision>> {
        for (a, b) in pairs {
            let [a, b] = [a, b].map(|at| self.units.runs[*at].len());
            if a != b {
                return Err(Error::config(format!(
                    "randomization swaps run with run, but one system has {a} and another {b}: give them equally many, \
                     or use the bootstrap"
                )));
            }
        }
        let real: Vec<f64> =
            pairs.iter().map(|(a, b)| self.units.scores[*b] - self.units.scores[*a]).collect();
        let tables: Vec<&Table> = self.units.tables.iter().collect();
        let value = |row: &[u64]| self.units.metric.score(row).value();
        self.swap(&tables, &self.units.runs, value, pairs, &real, progress)
    }

    /// Swapping the segment scores of two systems flips the sign of their difference.
    fn flip(
        &self,
        pairs: &[(usize, usize)],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<Decision>> {
        let tables = self.units.unit_scores.iter().map(|scores| as_table(scores));
        let tables = tables.collect::<Result<Vec<_>>>()?;
        let value = |row: &[u64]| row[0] as f64 - row[1] as f64;
        let totals = tables.iter().map(Table::total).collect::<Result<Vec<_>>>()?;
        let real: Vec<f64> =
            pairs.iter().map(|(a, b)| value(&totals[*b]) - value(&totals[*a])).collect();
        let runs: Vec<_> = (0..tables.len()).map(|at| at..at + 1).collect();
        self.swap(&tables.iter().collect::<Vec<_>>(), &runs, value, pairs, &real, progress)
    }

    fn swap(
        &self,
        tables: &[&Table],
        runs: &[std::ops::Range<usize>],
        value: impl Fn(&[u64]) -> f64 + Sync,
        pairs: &[(usize, usize)],
        real: &[f64],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<Decision>> {
        let (test, _, trials, seed) = self.comparison.settings();
        let exact = test == Test::Exact;
        if exact && self.units.len() > EXACT {
            return Err(Error::config(format!(
                "the exact test is for at most {EXACT} units and there are {}: use randomization",
                self.units.len()
            )));
        }
        let trials = if exact { 1 << self.units.len() } else { trials };
        let mut random = Random::new(seed);
        let mut coins = if exact { Coins::All(0) } else { Coins::random(&mut random) };
        let whole = Whole::whole(tables)?;
        let swaps = Swaps::new(&whole, tables, value)?;
        let stops = self.comparison.stops(pairs.len()).filter(|_| !exact);
        let mut tallies = vec![Tally::default(); pairs.len()];
        let samples = self.samples.first().map_or(0, Vec::len) as u64;
        let mut done = 0;
        swaps.run(&mut coins, trials, &mut |batch| {
            let open: Vec<usize> =
                (0..pairs.len()).filter(|pair| tallies[*pair].bounds.is_none()).collect();
            let counts = batch.count(open.len(), |at, trial| {
                let (a, b) = pairs[open[at]];
                let mut difference = 0.0;
                for (first, second) in runs[a].clone().zip(runs[b].clone()) {
                    let (first, second) = trial.swapped(first, second);
                    difference += second - first;
                }
                self.extreme(difference / runs[a].len() as f64, real[open[at]])
            });
            for (pair, count) in open.into_iter().zip(counts) {
                tallies[pair].add(count as u64, batch.len() as u64, trials, stops);
            }
            done += batch.len() as u64;
            progress(samples + done, samples + trials);
            tallies.iter().any(|tally| tally.bounds.is_none())
        });
        Ok(tallies.iter().map(|tally| tally.decision(exact)).collect())
    }
}

/// How many trials were as extreme as the real difference.
#[derive(Clone, Default)]
struct Tally {
    beyond: u64,
    trials: u64,
    bounds: Option<[f64; 2]>,
}

impl Tally {
    /// Counts a batch and stops when no outcome of the trials left could change the decision.
    fn add(&mut self, beyond: u64, trials: u64, all: u64, stops: Option<(f64, f64)>) {
        self.beyond += beyond;
        self.trials += trials;
        let p = |beyond: u64| (beyond + 1) as f64 / (all + 1) as f64;
        let left = all - self.trials;
        let (least, most) = (p(self.beyond), p(self.beyond + left));
        if stops.is_some_and(|(above, at_most)| left > 0 && (least > above || most <= at_most)) {
            self.bounds = Some([least, most]);
        }
    }

    fn decision(&self, exact: bool) -> Decision {
        let p = match exact {
            true => self.beyond as f64 / self.trials as f64,
            false => (self.beyond + 1) as f64 / (self.trials + 1) as f64,
        };
        Decision { p, trials: self.trials, bounds: self.bounds }
    }
}

/// Scores as rows, what is above and what is below 0 apart, so that they add exactly; the unit is 2⁻³⁰ of a point.
fn as_table(scores: &[f64]) -> Result<Table> {
    const UNIT: u64 = 1 << 30;
    let cells = scores.iter().flat_map(|score| {
        [score.max(0.0), (-score).max(0.0)].map(|part| (part * UNIT as f64).round() as u64)
    });
    let columns = ["above", "below"].map(|name| Column::fraction(name, UNIT));
    Table::new(Signature::new("mean"), columns.into(), cells.collect())
}
