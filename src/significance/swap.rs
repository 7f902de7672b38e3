//! Randomization trials: of every unit, a coin decides whether two systems swap their rows.

use super::random;
use super::sums::{Chosen, Whole};
use crate::error::Result;
use crate::parallel;
use crate::table::Table;

/// Trials of one piece of work for a thread.
const CHUNK: usize = 64;

/// Where a trial's coins come from.
pub(super) enum Coins<'r> {
    /// Thrown.
    Random(random::Coins<'r>),
    /// All ways that they can fall, one after the other: at most 2⁶³.
    All(u64),
}

impl<'r> Coins<'r> {
    /// Coins thrown from a stream.
    pub(super) fn random(random: &'r mut random::Random) -> Self {
        Coins::Random(random.coins())
    }

    fn fill(&mut self, count: usize, bytes: &mut [u8]) {
        match self {
            Coins::Random(coins) => coins.fill(count, bytes),
            Coins::All(next) => {
                for (byte, part) in bytes.iter_mut().zip(next.to_le_bytes()) {
                    *byte = part;
                }
                *next += 1;
            }
        }
    }
}

/// Tables whose rows are swapped, and what a sum of rows is worth.
pub(super) struct Swaps<'a, V> {
    sums: &'a Whole,
    totals: Vec<Vec<u64>>,
    value: V,
}

impl<'a, V: Fn(&[u64]) -> f64 + Sync> Swaps<'a, V> {
    pub(super) fn new(sums: &'a Whole, tables: &[&Table], value: V) -> Result<Self> {
        let totals = tables.iter().map(|table| table.total()).collect::<Result<_>>()?;
        Ok(Swaps { sums, totals, value })
    }

    /// Runs trials in batches until they are done or `visit` has seen enough; returns how many were run.
    ///
    /// A batch's size depends on the number of rows alone, so stopping does too.
    pub(super) fn run(
        &self,
        coins: &mut Coins<'_>,
        trials: u64,
        visit: &mut dyn FnMut(&Batch<'_, V>) -> bool,
    ) -> u64 {
        let rows = self.sums.rows();
        let stride = rows.div_ceil(8);
        let most = ((1 << 24) / stride.max(1)).clamp(16, 1024) as u64;
        let mut bytes = vec![0; stride * most.min(trials) as usize];
        let mut done = 0;
        while done < trials {
            let batch = most.min(trials - done) as usize;
            for bytes in bytes.chunks_exact_mut(stride).take(batch) {
                coins.fill(rows, bytes);
            }
            done += batch as u64;
            let chosen = self.sums.chosen(&bytes, batch);
            if !visit(&Batch { swaps: self, chosen, trials: batch }) {
                break;
            }
        }
        done
    }
}

/// A batch of trials whose sums are ready.
pub(super) struct Batch<'s, V> {
    swaps: &'s Swaps<'s, V>,
    chosen: Chosen<u64, 8>,
    trials: usize,
}

impl<V: Fn(&[u64]) -> f64 + Sync> Batch<'_, V> {
    /// How many trials there are.
    pub(super) fn len(&self) -> usize {
        self.trials
    }

    /// For each of `n` questions the number of trials of which it is true.
    pub(super) fn count(
        &self,
        n: usize,
        question: impl Fn(usize, &mut Trial<'_, V>) -> bool + Sync + Send,
    ) -> Vec<usize> {
        let of_chunk = |chunk: usize| {
            let width = self.swaps.totals[0].len();
            let mut trial =
                Trial { batch: self, trial: 0, first: vec![0; width], second: vec![0; width] };
            let mut counts = vec![0; n];
            for at in chunk * CHUNK..self.trials.min((chunk + 1) * CHUNK) {
                trial.trial = at;
                for (number, count) in counts.iter_mut().enumerate() {
                    *count += usize::from(question(number, &mut trial));
                }
            }
            counts
        };
        let mut sum = vec![0; n];
        for counts in parallel::map(self.trials.div_ceil(CHUNK), of_chunk) {
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        sum
    }
}

/// One trial.
pub(super) struct Trial<'b, V> {
    batch: &'b Batch<'b, V>,
    trial: usize,
    first: Vec<u64>,
    second: Vec<u64>,
}

impl<V: Fn(&[u64]) -> f64> Trial<'_, V> {
    /// What two tables are worth after the swap: the first keeps the rows whose coin shows 1.
    pub(super) fn swapped(&mut self, first: usize, second: usize) -> (f64, f64) {
        let (swaps, width) = (self.batch.swaps, self.first.len());
        self.batch.chosen.read(self.trial, first * width, &mut self.first);
        self.batch.chosen.read(self.trial, second * width, &mut self.second);
        let totals = swaps.totals[first].iter().zip(&swaps.totals[second]);
        for ((a, b), (total, other)) in self.first.iter_mut().zip(&mut self.second).zip(totals) {
            (*a, *b) = (*a + (other - *b), *b + (total - *a));
        }
        ((swaps.value)(&self.first), (swaps.value)(&self.second))
    }
}
