//! Systems compared: scores with intervals, pairs with p-values, a ranking.

use serde::{Deserialize, Serialize};

use super::bootstrap::{Draws, each_sample};
use super::correction::Correction;
use super::interval::{Estimate, deviation, estimate};
use super::random::Random;
use super::ranking::{Rank, rank};
use super::sacrebleu::{Kind, PairedTest};
use super::setting::{Alternative, Pairs, Test};
use super::sums::Whole;
use super::test::{Decision, Tester};
use crate::documents::Documents;
use crate::error::{Error, Result};
use crate::metric::{Metric, Score};
use crate::signature::Signature;
use crate::table::Table;

/// A system as a comparison sees it: its name, and one table, or one for each run of its training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct System {
    /// The name that results carry.
    pub name: String,
    /// A table of each run; most systems have one.
    pub runs: Vec<Table>,
}

impl System {
    /// A system with one run.
    pub fn new(name: impl Into<String>, table: Table) -> Self {
        System { name: name.into(), runs: vec![table] }
    }

    /// A system that was trained several times.
    pub fn with_runs(name: impl Into<String>, runs: Vec<Table>) -> Self {
        System { name: name.into(), runs }
    }
}

/// How systems are compared. The defaults: every pair, approximate randomization with 10,000 trials, two-sided,
/// Holm's correction, alpha 5 %, intervals from 1,000 bootstrap samples.
///
/// ```
/// use bleuprint::significance::{Comparison, Pairs, System};
/// use bleuprint::{Chrf, Documents, Metric, References};
///
/// let chrf = Chrf::default();
/// let references = References::single(&["one small house", "two old trees", "the long river", "rain"]);
/// let prepared = chrf.prepare_corpus(&references)?;
/// let systems = [
///     System::new("old", prepared.table(&["a little house", "two trees", "long rivers", "rain"])?),
///     System::new("new", prepared.table(&["one small house", "two old tree", "the river", "rain"])?),
/// ];
/// let compared = Comparison::default().pairs(Pairs::Baseline).trials(1000).run(&chrf, &systems)?;
/// let pair = &compared.pairs[0];
/// assert!(pair.difference.value > 0.0 && !pair.significant);
/// assert_eq!((pair.won, pair.tied), (0.5, 0.25));
///
/// let documents = Documents::new(&["a", "a", "b", "b"])?;
/// let by_document = Comparison::default().trials(1000).documents(documents).run(&chrf, &systems)?;
/// assert_eq!(by_document.units, 2);
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// A randomization trial costs an eighth of the cells of all tables, and two scores for each pair; a bootstrap sample
/// costs all cells, and a score for each system. Memory: the tables once more, a score for each system and
/// sample, and a few megabytes, whatever the number of trials.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    test: Test,
    alternative: Alternative,
    pairs: Pairs,
    correction: Correction,
    alpha: f64,
    trials: u64,
    samples: usize,
    seed: u64,
    sequential: bool,
    compatible: bool,
    documents: Option<Documents>,
}

impl Default for Comparison {
    fn default() -> Self {
        Comparison {
            test: Test::default(),
            alternative: Alternative::default(),
            pairs: Pairs::default(),
            correction: Correction::default(),
            alpha: 0.05,
            trials: 10_000,
            samples: 1000,
            seed: super::sacrebleu::SEED,
            sequential: false,
            compatible: false,
            documents: None,
        }
    }
}

impl Comparison {
    /// The test that gives p-values.
    #[must_use]
    pub fn test(mut self, test: Test) -> Self {
        self.test = test;
        self
    }

    /// One- or two-sided.
    #[must_use]
    pub fn alternative(mut self, alternative: Alternative) -> Self {
        self.alternative = alternative;
        self
    }

    /// Which pairs.
    #[must_use]
    pub fn pairs(mut self, pairs: Pairs) -> Self {
        self.pairs = pairs;
        self
    }

    /// How p-values are corrected for the number of pairs.
    #[must_use]
    pub fn correction(mut self, correction: Correction) -> Self {
        self.correction = correction;
        self
    }

    /// The level of significance; intervals cover 1 − alpha.
    #[must_use]
    pub fn alpha(mut self, alpha: f64) -> Self {
        self.alpha = alpha;
        self
    }

    /// Randomization trials.
    #[must_use]
    pub fn trials(mut self, trials: u64) -> Self {
        self.trials = trials;
        self
    }

    /// Bootstrap samples.
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

    /// Whether a randomization test stops as soon as its decision can't change any more.
    #[must_use]
    pub fn sequential(mut self, sequential: bool) -> Self {
        self.sequential = sequential;
        self
    }

    /// Whether p-values are [sacreBLEU's](super::sacrebleu), to the last bit, its quirks included; for two-sided
    /// randomization and bootstrap of single runs. Nothing stops early then.
    #[must_use]
    pub fn compatible(mut self, compatible: bool) -> Self {
        self.compatible = compatible;
        self
    }

    /// Whole documents are drawn and swapped instead of segments: the sentences of one article are not
    /// independent witnesses, and counting them as such finds differences that are not there.
    #[must_use]
    pub fn documents(mut self, documents: Documents) -> Self {
        self.documents = Some(documents);
        self
    }

    /// Compares the systems.
    ///
    /// # Errors
    ///
    /// A setting out of range, no systems, tables that don't belong together, fewer than two units, another
    /// number of segments than the documents have, different numbers of runs in a randomization.
    pub fn run<M: Metric>(&self, metric: &M, systems: &[System]) -> Result<Compared> {
        self.run_watched(metric, systems, &mut |_, _| ())
    }

    /// The same; `progress` is told now and then how many samples and trials of how many are done.
    ///
    /// # Errors
    ///
    /// As [`run`](Comparison::run).
    pub fn run_watched<M: Metric>(
        &self,
        metric: &M,
        systems: &[System],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Compared> {
        self.check(systems)?;
        let units = Units::new(metric, systems, self.documents.as_ref())?;
        let samples = units.samples(self, progress)?;
        let pairs = self.pairs.of(systems.len());
        let tester = Tester { units: &units, comparison: self, samples: &samples.systems };
        let decisions = tester.decide(&pairs, progress)?;
        let systems =
            (0..systems.len()).map(|at| units.summary(at, &systems[at].name, &samples, self));
        let p: Vec<f64> = decisions.iter().map(|decision| decision.p).collect();
        let corrected = self.correction.adjust(&p);
        let pairs: Vec<Pair> = pairs
            .iter()
            .zip(&decisions)
            .zip(corrected)
            .map(|((pair, decision), corrected)| {
                units.pair(*pair, decision, corrected, &samples, self)
            })
            .collect();
        let systems: Vec<Summary> = systems.collect();
        Ok(Compared {
            metric: metric.name().into_owned(),
            signature: self.sign(units.tables[0].signature()),
            higher_is_better: units.higher_is_better,
            test: self.test,
            alternative: self.alternative,
            correction: self.correction,
            alpha: self.alpha,
            by_document: self.documents.is_some(),
            units: units.len(),
            ranking: self.rank(&systems, &pairs, units.higher_is_better),
            systems,
            pairs,
        })
    }

    pub(super) fn settings(&self) -> (Test, Alternative, u64, u64) {
        (self.test, self.alternative, self.trials, self.seed)
    }

    /// sacreBLEU's own test, if its numbers are wanted.
    pub(super) fn sacrebleu(&self) -> Option<PairedTest> {
        let (kind, trials) = match self.test {
            Test::Bootstrap => (Kind::Bootstrap, self.samples),
            _ => (Kind::Randomization, usize::try_from(self.trials).unwrap_or(usize::MAX)),
        };
        let test = PairedTest { kind, trials, confidence: None, seed: self.seed, compatible: true };
        self.compatible.then_some(test)
    }

    /// At which p-values a test of one of `n` pairs may stop: above the first, at or below the second.
    pub(super) fn stops(&self, n: usize) -> Option<(f64, f64)> {
        (self.sequential && !self.compatible)
            .then(|| (self.alpha, self.correction.strictest(self.alpha, n)))
    }

    fn total(&self) -> u64 {
        let trials = match self.test {
            Test::Randomization | Test::SignFlip => self.trials,
            _ => 0,
        };
        trials + self.samples as u64
    }

    fn check(&self, systems: &[System]) -> Result<()> {
        let problem = if !(self.alpha > 0.0 && self.alpha < 1.0) {
            format!("alpha is between 0 and 1, not {}", self.alpha)
        } else if self.trials == 0 || self.samples == 0 {
            "a test needs at least one trial and one bootstrap sample, not 0".to_owned()
        } else if self.alternative == Alternative::Better && self.pairs == Pairs::All {
            "a one-sided test asks whether the second of a pair is better, so with all pairs the answer would \
             depend on the order of the systems: compare with a baseline, or consecutive systems"
                .to_owned()
        } else if self.compatible && !self.as_sacrebleu(systems) {
            "sacreBLEU has two-sided randomization and bootstrap of single runs, and nothing else"
                .to_owned()
        } else if systems.iter().any(|system| system.runs.is_empty()) || systems.is_empty() {
            "a comparison needs at least one system, and each of them a table".to_owned()
        } else {
            return Ok(());
        };
        Err(Error::config(problem))
    }

    fn as_sacrebleu(&self, systems: &[System]) -> bool {
        matches!(self.test, Test::Randomization | Test::Bootstrap)
            && self.alternative == Alternative::Different
            && systems.iter().all(|system| system.runs.len() == 1)
    }

    fn sign(&self, signature: &Signature) -> Signature {
        let mut signature = signature.clone();
        signature.set("bs", self.samples);
        if matches!(self.test, Test::Randomization | Test::SignFlip) {
            signature.set("ar", self.trials);
        }
        signature.set("seed", self.seed);
        signature
    }

    /// A ranking needs a two-sided test of every pair.
    fn rank(&self, systems: &[Summary], pairs: &[Pair], higher_is_better: bool) -> Vec<Rank> {
        if self.pairs != Pairs::All {
            return Vec::new();
        }
        let mut sorted: Vec<usize> = (0..systems.len()).collect();
        let value = |at: usize| systems[at].score.value;
        sorted.sort_by(|a, b| match higher_is_better {
            true => value(*b).total_cmp(&value(*a)),
            false => value(*a).total_cmp(&value(*b)),
        });
        rank(&sorted, |a, b| {
            let (a, b) = (a.min(b), a.max(b));
            pairs.iter().any(|pair| (pair.baseline, pair.system) == (a, b) && pair.significant)
        })
    }
}

/// What a [`Comparison`] found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The metric's name.
    pub metric: String,
    /// How the scores were made, with trials, samples and seed.
    pub signature: Signature,
    /// Whether a greater score is a better one.
    pub higher_is_better: bool,
    /// The test.
    pub test: Test,
    /// One- or two-sided.
    pub alternative: Alternative,
    /// How p-values were corrected; the number of pairs is what they were corrected for.
    pub correction: Correction,
    /// The level of significance; intervals cover 1 − alpha.
    pub alpha: f64,
    /// Whether documents were drawn and swapped rather than segments.
    pub by_document: bool,
    /// How many there are.
    pub units: usize,
    /// The systems in the order given.
    pub systems: Vec<Summary>,
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// The systems from best to worst; empty unless all pairs were tested.
    pub ranking: Vec<Rank>,
}

/// A system's score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The name.
    pub name: String,
    /// The score with its intervals; the mean over the runs if there are several.
    pub score: Estimate,
    /// What several runs say.
    pub runs: Option<Runs>,
}

/// Two sources of chance, kept apart (Clark et al., ACL 2011): which segments the test set has, and how the training went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Runs {
    /// The score of each run.
    pub scores: Vec<f64>,
    /// s_sel: the standard deviation over bootstrap samples, averaged over the runs.
    pub selection: f64,
    /// s_opt: the standard deviation between the runs.
    pub optimization: f64,
}

/// Two systems compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The number of the first system.
    pub baseline: usize,
    /// The number of the second.
    pub system: usize,
    /// The second's score less the first's.
    pub difference: Estimate,
    /// The difference in standard errors; 0 when all bootstrap samples are the same.
    pub effect: f64,
    /// The p-value.
    pub p: f64,
    /// The p-value corrected for the number of pairs.
    pub corrected: f64,
    /// Whether the corrected p-value is at most alpha.
    pub significant: bool,
    /// How many trials were run (samples for the bootstrap; 0 for Wilcoxon's test).
    pub trials: u64,
    /// When the test stopped early: what the p-value can still have become.
    pub bounds: Option<[f64; 2]>,
    /// The share of units whose score is better in the second system.
    pub won: f64,
    /// The share with equal scores.
    pub tied: f64,
    /// The share with a worse score.
    pub lost: f64,
}

/// The tables of all systems and runs, one row a unit, with what they are worth.
pub(super) struct Units<'m, M> {
    pub(super) metric: &'m M,
    pub(super) tables: Vec<Table>,
    /// The runs of each system: positions in `tables`.
    pub(super) runs: Vec<std::ops::Range<usize>>,
    /// The corpus score of each system.
    pub(super) scores: Vec<f64>,
    /// The score of each unit, by system.
    pub(super) unit_scores: Vec<Vec<f64>>,
    pub(super) higher_is_better: bool,
    /// By system, the corpus score without each unit.
    without: Vec<Vec<f64>>,
}

/// Scores on the bootstrap samples.
pub(super) struct Samples {
    /// By system.
    systems: Vec<Vec<f64>>,
    /// The standard deviation of each table's.
    deviations: Vec<f64>,
}

impl<'m, M: Metric> Units<'m, M> {
    pub(super) fn new(
        metric: &'m M,
        systems: &[System],
        documents: Option<&Documents>,
    ) -> Result<Self> {
        let (mut tables, mut runs) = (Vec::<Table>::new(), Vec::new());
        for system in systems {
            let start = tables.len();
            for table in &system.runs {
                systems[0].runs[0].check_paired(table)?;
                tables.push(match documents {
                    Some(documents) => table.group(documents)?,
                    None => table.clone(),
                });
            }
            runs.push(start..tables.len());
        }
        if tables[0].len() < 2 {
            let what = if documents.is_some() { "document" } else { "segment" };
            return Err(Error::tables(format!(
                "a comparison needs at least two {what}s and there is {}: one alone can't tell a difference from \
                 chance",
                tables[0].len()
            )));
        }
        let value = |row: &[u64]| metric.score(row).value();
        let by_run = |table: &Table| -> Result<(f64, Vec<f64>, Vec<f64>)> {
            let total = table.total()?;
            let influence = table.influence(metric)?;
            let whole = value(&total);
            let without = influence.iter().map(|influence| whole - influence).collect();
            Ok((whole, table.rows().map(value).collect(), without))
        };
        let by_run = tables.iter().map(by_run).collect::<Result<Vec<_>>>()?;
        let mean_of = |runs: &std::ops::Range<usize>, part: &dyn Fn(usize) -> Vec<f64>| {
            mean_of_columns(&runs.clone().map(part).collect::<Vec<_>>())
        };
        let scores = runs.iter().map(|runs| mean(runs.clone().map(|run| by_run[run].0))).collect();
        let unit_scores =
            runs.iter().map(|runs| mean_of(runs, &|run| by_run[run].1.clone())).collect();
        let without = runs.iter().map(|runs| mean_of(runs, &|run| by_run[run].2.clone())).collect();
        let higher_is_better = metric.higher_is_better();
        Ok(Units { metric, tables, runs, scores, unit_scores, higher_is_better, without })
    }

    pub(super) fn len(&self) -> usize {
        self.tables[0].len()
    }

    /// A difference with the sign turned so that more is better.
    pub(super) fn better(&self, difference: f64) -> f64 {
        if self.higher_is_better { difference } else { -difference }
    }

    fn samples(
        &self,
        comparison: &Comparison,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Samples> {
        let tables: Vec<&Table> = self.tables.iter().collect();
        let sums = Whole::whole(&tables)?;
        let width = self.tables[0].columns().len();
        let mut random = Random::new(comparison.seed);
        let mut scores = vec![Vec::with_capacity(comparison.samples); tables.len()];
        let score = |sum: Vec<u64>| -> Vec<f64> {
            sum.chunks_exact(width).map(|row| self.metric.score(row).value()).collect()
        };
        let draws = Draws::all(sums.rows(), &mut random)?;
        let mut done = 0;
        each_sample(&sums, draws, comparison.samples, score, |values| {
            scores.iter_mut().zip(values).for_each(|(scores, value)| scores.push(value));
            done += 1;
            progress(done, comparison.total());
            true
        });
        let deviations = scores.iter().map(|scores| deviation(scores)).collect();
        let systems = self.runs.iter().map(|runs| mean_of_columns(&scores[runs.clone()])).collect();
        Ok(Samples { systems, deviations })
    }

    fn summary(
        &self,
        at: usize,
        name: &str,
        samples: &Samples,
        comparison: &Comparison,
    ) -> Summary {
        let runs = self.runs[at].clone();
        let score =
            estimate(self.scores[at], &samples.systems[at], &self.without[at], comparison.alpha);
        let several = || {
            let totals = self.tables[runs.clone()].iter().map(Table::total);
            let scores: Vec<f64> =
                totals.flatten().map(|total| self.metric.score(&total).value()).collect();
            Runs {
                optimization: deviation(&scores),
                selection: mean(samples.deviations[runs.clone()].iter().copied()),
                scores,
            }
        };
        Summary { name: name.to_owned(), score, runs: (runs.len() > 1).then(several) }
    }

    fn pair(
        &self,
        (baseline, system): (usize, usize),
        decision: &Decision,
        corrected: f64,
        samples: &Samples,
        comparison: &Comparison,
    ) -> Pair {
        let less = |of: &[Vec<f64>]| -> Vec<f64> {
            of[system].iter().zip(&of[baseline]).map(|(b, a)| b - a).collect()
        };
        let difference = estimate(
            self.scores[system] - self.scores[baseline],
            &less(&samples.systems),
            &less(&self.without),
            comparison.alpha,
        );
        let units = less(&self.unit_scores);
        let share = |of: &dyn Fn(f64) -> bool| {
            units.iter().filter(|d| of(self.better(**d))).count() as f64 / units.len() as f64
        };
        let effect = match difference.standard_error {
            0.0 => 0.0,
            error => difference.value / error,
        };
        Pair {
            baseline,
            system,
            difference,
            effect,
            p: decision.p,
            corrected,
            significant: corrected <= comparison.alpha,
            trials: decision.trials,
            bounds: decision.bounds,
            won: share(&|d| d > 0.0),
            tied: share(&|d| d == 0.0),
            lost: share(&|d| d < 0.0),
        }
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

fn mean_of_columns(rows: &[Vec<f64>]) -> Vec<f64> {
    (0..rows[0].len()).map(|at| mean(rows.iter().map(|row| row[at]))).collect()
}
