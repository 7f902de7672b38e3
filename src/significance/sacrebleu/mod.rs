//! sacreBLEU's tests and intervals, number for number.
//!
//! For numbers that must equal those of sacreBLEU 2.6.0 under NumPy 2 and CPython 3.12 or newer: the same random
//! stream, the same rounding, the same way to count. [`Comparison`](super::Comparison) answers more questions and is
//! what a new paper should use.
//!
//! # Parity
//!
//! Scores, p-values, means and intervals are equal to the last bit, with these exceptions:
//!
//! - Two systems with the same counts get p = 1, and sacreBLEU gives 1/(n + 1), "significant";
//!   [`compatible`](PairedTest::compatible) brings that answer back.
//! - Seed 0 is a seed like all others; sacreBLEU draws from the operating system instead for all systems but the baseline.
//! - What makes sacreBLEU fail is computed: single-precision results in JSON, and a mean over
//!   scores of both precisions (it is taken in double precision).
//! - A metric that sacreBLEU doesn't have is added and scored exactly, in whole numbers and double precision.
//! - Randomization of TER with three or more references, where sacreBLEU adds fractions in an order that
//!   depends on the machine: single trials on the boundary may count differently.

mod number;
mod scoring;

pub use number::Number;
pub use scoring::SacreBleu;

use number::Array;
use serde::{Deserialize, Serialize};

use super::bootstrap::{Draws, each_sample};
use super::random::Random;
use super::sums::{Single, Whole};
use super::swap::{Coins, Swaps};
use crate::error::{Error, Result};
use crate::metric::{Metric, Score};
use crate::signature::Signature;
use crate::table::Table;

/// The seed that sacreBLEU uses when `SACREBLEU_SEED` doesn't say otherwise.
pub const SEED: u64 = 12345;

/// The bootstrap mean and half the width of the central 95 % of the samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confidence {
    /// The mean of the samples' scores.
    pub mean: f64,
    /// Half the width of the interval.
    pub ci: f64,
}

/// What a test says of one system: sacreBLEU's `Result`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The score.
    pub score: f64,
    /// Compared with the baseline; the baseline itself has none.
    pub p_value: Option<f64>,
    /// The mean of the bootstrap samples, if there were any.
    pub mean: Option<f64>,
    /// Half the width of their central 95 %.
    pub ci: Option<f64>,
}

/// `sacrebleu --confidence`: the interval of one system from `samples` resamples.
///
/// # Errors
///
/// No samples, no segments.
///
/// ```
/// use bleuprint::significance::sacrebleu;
/// use bleuprint::{Bleu, Metric, References};
///
/// let bleu = Bleu::default().effective_order(true);
/// let references = References::single(&["a b c d e", "f g h i j", "k l m n o"]);
/// let table = bleu.prepare_corpus(&references)?.table(&["a b c d e", "f g x i j", "k l m n p"])?;
/// let confidence = sacrebleu::confidence(&bleu, &table, 1000, sacrebleu::SEED)?;
/// println!("{:.1} ± {:.1}", confidence.mean, confidence.ci);
/// # Ok::<(), bleuprint::Error>(())
/// ```
pub fn confidence<M: Metric>(
    metric: &M,
    table: &Table,
    samples: usize,
    seed: u64,
) -> Result<Confidence> {
    check(samples, &[table])?;
    let scores = resampled(metric, &[table], samples, &mut Random::new(seed))?;
    let sorted = scores[0].sorted();
    Ok(Confidence { mean: sorted.exact_mean(), ci: sorted.half_width() })
}

/// Which of sacreBLEU's paired tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// `--paired-bs`: paired bootstrap resampling.
    #[serde(rename = "bs")]
    Bootstrap,
    /// `--paired-ar`: approximate randomization.
    #[serde(rename = "ar")]
    Randomization,
}

/// `sacrebleu --paired-bs` and `--paired-ar`: each system against the first.
///
/// ```
/// use bleuprint::significance::sacrebleu::{Kind, PairedTest};
/// use bleuprint::{Chrf, Metric, References};
///
/// let chrf = Chrf::default();
/// let references = References::single(&["one small house", "two old trees", "the long river"]);
/// let prepared = chrf.prepare_corpus(&references)?;
/// let baseline = prepared.table(&["a little house", "two trees", "long rivers"])?;
/// let system = prepared.table(&["one small house", "two old tree", "the river"])?;
/// let test = PairedTest::new(Kind::Randomization);
/// let outcomes = test.run(&chrf, &[&baseline, &system])?;
/// assert!(outcomes[1].p_value.is_some_and(|p| p < 0.4));
/// # Ok::<(), bleuprint::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairedTest {
    /// Which test.
    pub kind: Kind,
    /// The number of trials or samples: 10,000 for randomization and 1,000 for the bootstrap by default.
    pub trials: usize,
    /// Randomization only: how many bootstrap samples to draw for means and intervals as well.
    pub confidence: Option<usize>,
    /// The seed of the random stream.
    pub seed: u64,
    /// Whether systems with the same counts are called significantly different, as sacreBLEU does.
    pub compatible: bool,
}

impl PairedTest {
    /// The test with sacreBLEU's defaults.
    pub fn new(kind: Kind) -> Self {
        let trials = match kind {
            Kind::Bootstrap => 1000,
            Kind::Randomization => 10_000,
        };
        PairedTest { kind, trials, confidence: None, seed: SEED, compatible: false }
    }

    /// Compares each table with the first.
    ///
    /// # Errors
    ///
    /// Tables that don't belong together, fewer than two of them, no
    /// trials, no segments.
    pub fn run<M: Metric>(&self, metric: &M, tables: &[&Table]) -> Result<Vec<Outcome>> {
        check(self.trials, tables)?;
        if tables.len() < 2 {
            return Err(Error::tables("a paired test needs a baseline and at least one system"));
        }
        let mut outcomes = tables
            .iter()
            .map(|table| {
                let score = metric.score(&table.total()?).value();
                Ok(Outcome { score, p_value: None, mean: None, ci: None })
            })
            .collect::<Result<Vec<_>>>()?;
        match self.kind {
            Kind::Bootstrap => self.bootstrap(metric, tables, &mut outcomes)?,
            Kind::Randomization => self.randomize(metric, tables, &mut outcomes)?,
        }
        if !self.compatible {
            for (table, outcome) in tables.iter().zip(&mut outcomes).skip(1) {
                if table.cells() == tables[0].cells() {
                    outcome.p_value = Some(1.0);
                }
            }
        }
        Ok(outcomes)
    }

    /// Writes the test into a signature: `bs` or `ar`, and `seed`.
    pub fn sign(&self, signature: &mut Signature) {
        signature.set("seed", self.seed);
        match self.kind {
            Kind::Bootstrap => signature.set("bs", self.trials),
            Kind::Randomization => signature.set("ar", self.trials),
        }
        if let (Kind::Randomization, Some(samples)) = (self.kind, self.confidence) {
            signature.set("bs", samples);
        }
    }

    fn bootstrap<M: Metric>(
        &self,
        metric: &M,
        tables: &[&Table],
        outcomes: &mut [Outcome],
    ) -> Result<()> {
        let scores = resampled(metric, tables, self.trials, &mut Random::new(self.seed))?;
        let baseline = outcomes[0].score;
        for (system, (own, outcome)) in scores.iter().zip(outcomes).enumerate() {
            outcome.summarize(own);
            if system > 0 {
                let distances = own.distances(&scores[0]);
                let real = (baseline - outcome.score).abs();
                let beyond = distances.beyond(distances.mean(), real);
                outcome.p_value = Some(p_value(beyond, self.trials));
            }
        }
        Ok(())
    }

    fn randomize<M: Metric>(
        &self,
        metric: &M,
        tables: &[&Table],
        outcomes: &mut [Outcome],
    ) -> Result<()> {
        let own = metric.sacrebleu();
        let value = |sums: &[u64]| match own {
            Some(own) => own.swapped(sums),
            None => metric.score(sums).value(),
        };
        let mut random = Random::new(self.seed);
        let whole = Whole::whole(tables)?;
        let swaps = Swaps::new(&whole, tables, value)?;
        let real: Vec<f64> =
            outcomes.iter().map(|outcome| (outcomes[0].score - outcome.score).abs()).collect();
        let mut beyond = vec![0_usize; tables.len()];
        swaps.run(&mut Coins::random(&mut random), self.trials as u64, &mut |batch| {
            let counts = batch.count(beyond.len(), |other, trial| {
                let (first, second) = trial.swapped(0, other);
                (first - second).abs() > real[other]
            });
            beyond.iter_mut().zip(counts).for_each(|(count, more)| *count += more);
            true
        });
        for (outcome, beyond) in outcomes.iter_mut().zip(beyond).skip(1) {
            outcome.p_value = Some(p_value(beyond, self.trials));
        }
        let Some(samples) = self.confidence else { return Ok(()) };
        let baseline = resampled(metric, &tables[..1], samples, &mut Random::new(self.seed))?;
        outcomes[0].summarize(&baseline[0]);
        let scores = resampled(metric, &tables[1..], samples, &mut random)?;
        outcomes[1..].iter_mut().zip(&scores).for_each(|(outcome, own)| outcome.summarize(own));
        Ok(())
    }
}

impl Outcome {
    fn summarize(&mut self, scores: &Array) {
        let sorted = scores.sorted();
        self.mean = Some(sorted.mean().value());
        self.ci = Some(sorted.half_width());
    }
}

fn p_value(beyond: usize, trials: usize) -> f64 {
    (beyond + 1) as f64 / (trials + 1) as f64
}

fn check(samples: usize, tables: &[&Table]) -> Result<()> {
    if samples == 0 {
        return Err(Error::config("a test needs at least one sample or trial, not 0"));
    }
    let Some(first) = tables.first() else { return Err(Error::no_segments()) };
    if first.is_empty() {
        return Err(Error::no_segments());
    }
    tables.iter().try_for_each(|table| first.check_paired(table))
}

/// The scores of all systems on the same bootstrap samples.
fn resampled<M: Metric>(
    metric: &M,
    tables: &[&Table],
    samples: usize,
    random: &mut Random,
) -> Result<Vec<Array>> {
    let (rows, width) = (tables[0].len(), tables[0].columns().len());
    let mut scores = vec![Vec::with_capacity(samples); tables.len()];
    let keep = |numbers: Vec<Number>| {
        scores.iter_mut().zip(numbers).for_each(|(scores, number)| scores.push(number));
        true
    };
    let draws = Draws::all(rows, random)?;
    if let Some(own) = metric.sacrebleu() {
        let score = |sum: Vec<f32>| sum.chunks_exact(width).map(|row| own.resampled(row)).collect();
        each_sample(&Single::single(tables), draws, samples, score, keep);
    } else {
        let number = |row: &[u64]| Number::Double(metric.score(row).value());
        let score = |sum: Vec<u64>| sum.chunks_exact(width).map(number).collect();
        each_sample(&Whole::whole(tables)?, draws, samples, score, keep);
    }
    Ok(scores.iter().map(|numbers| Array::new(numbers)).collect())
}
