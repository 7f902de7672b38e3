//! Is the difference real?
//!
//! A system scored 0.4 points more than another on one test set. Would it on the next? Every test here is a
//! function of the two [tables](crate::Table) of rows, so it works for any metric.
//!
//! # Which test should you use?
//!
//! | you have | use |
//! |---|---|
//! | a test set made of documents, and know which segment belongs to which | any test, with [`documents`](Comparison::documents): sentences of one article go up and down together |
//! | corpus scores of two systems, or of many | [`Test::Randomization`]: it assumes only that under the null hypothesis the two outputs of a segment could be swapped |
//! | no more than 24 segments or documents | [`Test::Exact`]: the same without sampling error |
//! | to say how large the difference is | the interval in [`Pair::difference`]; BCa if the two intervals disagree |
//! | the mean of segment scores as your number | [`Test::SignFlip`]; with outliers, or to follow WMT 2025, [`Test::Wilcoxon`] |
//! | to compare with papers that used sacreBLEU or Koehn's bootstrap | [`sacrebleu`], or [`Test::Bootstrap`] |
//! | several systems | a [`Correction`]: [`Holm`](Correction::Holm) if no false claim is acceptable, [`BenjaminiHochberg`](Correction::BenjaminiHochberg) to explore |
//! | several runs of each system | [`System::with_runs`]: [`Runs`] keeps the chance of training apart from that of the test set |
//! | no significant difference | [`Planning`]: what this test set can't show, and how much text would |
//!
//! Decide on metric, test, documents and correction before you look at scores; report all of them
//! ([`Compared`] prints each). A p-value is the chance of a difference at least this large if the systems were the same.
//! It is not the chance that they are, and says nothing about how much the difference matters to a reader.
//!
//! # Numbers
//!
//! [`Comparison`] adds whole numbers and scores in double precision, counts trials *at least* as extreme as
//! the real difference and itself among them ((c + 1) / (n + 1)), so identical systems have p = 1. [`sacrebleu`] gives
//! sacreBLEU's numbers to the last bit. Both draw from NumPy's stream ([`Random`]) and give the same bits on any number of threads.
//!
//! # References
//!
//! Koehn, EMNLP 2004 (paired bootstrap); Riezler and Maxwell, ACL workshop 2005 (randomization); Clark, Dyer, Lavie and
//! Smith, ACL 2011 (runs); Efron, JASA 1987 (BCa); Dror et al., ACL 2018 (which test for which
//! question).

mod bootstrap;
mod compare;
mod correction;
mod interval;
pub mod normal;
mod plan;
mod random;
mod ranking;
pub mod sacrebleu;
mod setting;
mod sums;
mod swap;
mod test;
mod wilcoxon;

pub use compare::{Compared, Comparison, Pair, Runs, Summary, System};
pub use correction::Correction;
pub use interval::{Estimate, Interval};
pub use plan::{Plan, Planning, Simulated};
pub use random::{Coins, Random};
pub use ranking::Rank;
pub use setting::{Alternative, Pairs, Test};
pub use wilcoxon::wilcoxon;
