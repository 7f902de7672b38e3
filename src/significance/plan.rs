//! Planning: what a test set can show, and how large it would have to be.

use serde::{Deserialize, Serialize};

use super::bootstrap::{Draws, each_sample};
use super::compare::{System, Units};
use super::interval::{deviation, quantile};
use super::random::Random;
use super::setting::Alternative;
use super::sums::Whole;
use crate::documents::Documents;
use crate::error::{Error, Result};
use crate::metric::{Metric, Score};
use crate::table::Table;

/// Parts into which a simulation is cut to see its own error.
const PARTS: usize = 10;
/// The largest test set that is simulated, as a multiple of the one at hand.
const LARGEST: usize = 256;

/// Questions about the power of a paired test, answered by simulation from two systems' tables.
///
/// Test sets of any size are drawn from the rows at hand: with the systems as they are, for how
/// the measured difference would vary, and with rows swapped at random, for how it would vary if there were none.
///
/// ```
/// use bleuprint::significance::{Planning, System};
/// use bleuprint::{Metric, References, Ter};
///
/// let ter = Ter::default();
/// let lines = ["a b c d", "e f g h", "i j k l", "m n o p"];
/// let prepared = ter.prepare_corpus(&References::single(&lines))?;
/// let a = System::new("a", prepared.table(&["a b c d", "e f x h", "i y k l", "m n o p"])?);
/// let b = System::new("b", prepared.table(&["a b c d", "e f x x", "i j k l", "m x o p"])?);
/// let plan = Planning::default().run(&ter, &a, &b)?;
/// // Four segments can't show that TER differs by one word in sixteen.
/// assert!(plan.detectable.value > 6.25);
/// assert!(plan.needed.is_none_or(|needed| needed.value > 4.0));
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// A sum of as many rows as the simulated test set has, for each sample and size; some ten sizes are tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planning {
    power: f64,
    alpha: f64,
    alternative: Alternative,
    samples: usize,
    seed: u64,
    documents: Option<Documents>,
}

impl Default for Planning {
    fn default() -> Self {
        Planning {
            power: 0.8,
            alpha: 0.05,
            alternative: Alternative::default(),
            samples: 1000,
            seed: super::sacrebleu::SEED,
            documents: None,
        }
    }
}

/// A simulated number and the standard error of the simulation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulated {
    /// The number.
    pub value: f64,
    /// Its standard error: what another seed would change.
    pub error: f64,
}

/// What a [`Planning`] found for two systems.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The chance to find a difference that is asked for.
    pub power: f64,
    /// The level of the test.
    pub alpha: f64,
    /// Segments or documents at hand.
    pub units: usize,
    /// The difference seen: the second system's score less the first's.
    pub difference: f64,
    /// The smallest difference that this test set would show with that power.
    pub detectable: Simulated,
    /// The chance that another test set of this size shows the difference seen.
    pub chance: Simulated,
    /// How many segments or documents would show the difference seen with that power; none
    /// when there is no difference, or when 256 times as many don't suffice.
    pub needed: Option<Simulated>,
}

impl Planning {
    /// The chance to find the difference, between 0 and 1.
    #[must_use]
    pub fn power(mut self, power: f64) -> Self {
        self.power = power;
        self
    }

    /// The level of the test.
    #[must_use]
    pub fn alpha(mut self, alpha: f64) -> Self {
        self.alpha = alpha;
        self
    }

    /// One- or two-sided.
    #[must_use]
    pub fn alternative(mut self, alternative: Alternative) -> Self {
        self.alternative = alternative;
        self
    }

    /// Simulated test sets for each number.
    #[must_use]
    pub fn samples(mut self, samples: usize) -> Self {
        self.samples = samples;
        self
    }

    /// The seed of the random stream.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Plans in documents instead of segments.
    #[must_use]
    pub fn documents(mut self, documents: Documents) -> Self {
        self.documents = Some(documents);
        self
    }

    /// Simulates.
    ///
    /// # Errors
    ///
    /// A setting out of range, systems with several runs, tables that don't belong together, fewer than two units.
    pub fn run<M: Metric>(&self, metric: &M, first: &System, second: &System) -> Result<Plan> {
        self.check(first, second)?;
        let systems = [first.clone(), second.clone()];
        let units = Units::new(metric, &systems, self.documents.as_ref())?;
        let [a, b] = [&units.tables[0], &units.tables[1]];
        let (front, back) = (joined(a, b)?, joined(b, a)?);
        let simulation = Simulation {
            planning: self,
            metric,
            sums: Whole::whole(&[&front, &back])?,
            units: units.len(),
            width: a.columns().len(),
            sign: units.better(1.0),
        };
        let difference = units.scores[1] - units.scores[0];
        let chance = simulation.chance(units.len())?;
        Ok(Plan {
            power: self.power,
            alpha: self.alpha,
            units: units.len(),
            difference,
            detectable: simulation.detectable(difference)?,
            chance: simulation.simulated(chance),
            needed: match difference {
                0.0 => None,
                _ => simulation.needed(chance)?,
            },
        })
    }

    fn check(&self, first: &System, second: &System) -> Result<()> {
        let inside = |value: f64| value > 0.0 && value < 1.0;
        if !inside(self.power) || !inside(self.alpha) {
            return Err(Error::config("power and alpha are between 0 and 1"));
        }
        if self.samples < 10 * PARTS {
            return Err(Error::config(format!("planning needs at least {} samples", 10 * PARTS)));
        }
        if first.runs.len() != 1 || second.runs.len() != 1 {
            return Err(Error::config("planning compares single runs"));
        }
        Ok(())
    }
}

/// The rows of one table, then those of another.
fn joined(first: &Table, second: &Table) -> Result<Table> {
    let cells = first.cells().iter().chain(second.cells()).copied().collect();
    Table::new(first.signature().clone(), first.columns().to_vec(), cells)
}

struct Simulation<'a, M> {
    planning: &'a Planning,
    metric: &'a M,
    /// Each pair of rows, then each pair swapped.
    sums: Whole,
    units: usize,
    width: usize,
    /// 1 when more is better, else -1.
    sign: f64,
}

impl<M: Metric> Simulation<'_, M> {
    /// Differences on simulated test sets of a size; with `swapped` rows, those that chance makes.
    fn differences(&self, size: usize, swapped: bool) -> Result<Vec<f64>> {
        let rows = if swapped { 2 * self.units } else { self.units };
        let mut random = Random::new(self.planning.seed);
        let draws = Draws::some(rows, size, &mut random)?;
        let score = |sum: Vec<u64>| {
            let [a, b] =
                [&sum[..self.width], &sum[self.width..]].map(|row| self.metric.score(row).value());
            self.sign * (b - a)
        };
        let mut differences = Vec::with_capacity(self.planning.samples);
        each_sample(&self.sums, draws, self.planning.samples, score, |difference| {
            differences.push(difference);
            true
        });
        Ok(differences)
    }

    /// A difference beyond this is significant.
    fn critical(&self, by_chance: &[f64]) -> f64 {
        let mut sorted: Vec<f64> = match self.planning.alternative {
            Alternative::Different => by_chance.iter().map(|d| d.abs()).collect(),
            Alternative::Better => by_chance.to_vec(),
        };
        sorted.sort_by(f64::total_cmp);
        quantile(&sorted, 1.0 - self.planning.alpha)
    }

    /// The share of test sets of a size on which the difference is significant.
    fn chance(&self, size: usize) -> Result<f64> {
        let critical = self.critical(&self.differences(size, true)?);
        let differences = self.differences(size, false)?;
        let significant = differences.iter().filter(|difference| match self.planning.alternative {
            Alternative::Different => difference.abs() > critical,
            Alternative::Better => **difference > critical,
        });
        Ok(significant.count() as f64 / differences.len() as f64)
    }

    fn simulated(&self, share: f64) -> Simulated {
        let error = (share * (1.0 - share) / self.planning.samples as f64).sqrt();
        Simulated { value: share, error }
    }

    fn detectable(&self, difference: f64) -> Result<Simulated> {
        let by_chance = self.differences(self.units, true)?;
        let errors: Vec<f64> = self
            .differences(self.units, false)?
            .iter()
            .map(|d| d - self.sign * difference)
            .collect();
        let least = |by_chance: &[f64], errors: &[f64]| {
            let mut sorted = errors.to_vec();
            sorted.sort_by(f64::total_cmp);
            self.critical(by_chance) - quantile(&sorted, 1.0 - self.planning.power)
        };
        let part = self.planning.samples / PARTS;
        let parts = by_chance.chunks_exact(part).zip(errors.chunks_exact(part));
        let parts: Vec<f64> = parts.map(|(chance, errors)| least(chance, errors)).collect();
        let error = deviation(&parts) / (parts.len() as f64).sqrt();
        Ok(Simulated { value: least(&by_chance, &errors), error })
    }

    /// The size at which the chance reaches the power: halved or doubled until it lies between two, then
    /// between them in steps of the logarithm.
    fn needed(&self, chance: f64) -> Result<Option<Simulated>> {
        let power = self.planning.power;
        let mut low = (self.units, chance);
        let mut high = low;
        while high.1 < power {
            if high.0 >= self.units.saturating_mul(LARGEST) {
                return Ok(None);
            }
            low = high;
            high = (2 * high.0, self.chance(2 * high.0)?);
        }
        while low.1 >= power && low.0 > 2 {
            high = low;
            low = (low.0 / 2, self.chance(low.0 / 2)?);
        }
        let slope = (high.1 - low.1) / ((high.0 as f64).ln() - (low.0 as f64).ln());
        while high.0 > low.0 + low.0 / 64 + 1 {
            let middle =
                ((low.0 as f64 * high.0 as f64).sqrt() as usize).clamp(low.0 + 1, high.0 - 1);
            let chance = self.chance(middle)?;
            if chance < power { low = (middle, chance) } else { high = (middle, chance) }
        }
        let error = self.simulated(power).error;
        let value = high.0 as f64;
        Ok(Some(Simulated {
            value,
            error: if slope > 0.0 { value * error / slope } else { value },
        }))
    }
}
