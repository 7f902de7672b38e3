//! What can be asked.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::correction::Correction;
use crate::error::{Error, Result};

/// The test that gives the p-value; see [the module](super) for which to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// Approximate randomization of corpus scores: coins decide which rows two systems swap.
    #[default]
    Randomization,
    /// The same with all 2ⁿ ways to swap instead of random ones; up to 24 units.
    Exact,
    /// Paired bootstrap: how often does a resampled difference lie as far from the real one as that from 0?
    Bootstrap,
    /// Randomization of the mean segment score instead of the corpus score: signs of differences flip.
    SignFlip,
    /// Wilcoxon's signed-rank test on segment scores.
    Wilcoxon,
}

/// Which answer the test looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alternative {
    /// Two-sided: the systems differ.
    #[default]
    Different,
    /// One-sided: the second system of a pair is better. Decide for it before you see the scores.
    Better,
}

/// Which systems are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pairs {
    /// Every system with every other.
    #[default]
    All,
    /// Each with the first.
    Baseline,
    /// Each with the one before.
    Consecutive,
}

impl Pairs {
    /// The pairs of `n` systems.
    pub(super) fn of(self, n: usize) -> Vec<(usize, usize)> {
        match self {
            Pairs::All => (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect(),
            Pairs::Baseline => (1..n).map(|b| (0, b)).collect(),
            Pairs::Consecutive => (1..n).map(|b| (b - 1, b)).collect(),
        }
    }
}

/// Gives a setting its words: how it is printed and read.
macro_rules! words {
    ($type:ident, $what:literal, $($word:literal = $variant:ident),+) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $($type::$variant => $word),+ })
            }
        }

        impl FromStr for $type {
            type Err = Error;

            fn from_str(word: &str) -> Result<Self> {
                match word {
                    $($word => Ok($type::$variant),)+
                    _ => Err(Error::unknown($what, word, [$($word),+])),
                }
            }
        }

        impl $type {
            /// All words that it is read from.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
        }
    };
}

words!(
    Test,
    "test",
    "randomization" = Randomization,
    "exact" = Exact,
    "bootstrap" = Bootstrap,
    "sign-flip" = SignFlip,
    "wilcoxon" = Wilcoxon
);
words!(Alternative, "alternative", "different" = Different, "better" = Better);
words!(Pairs, "choice of pairs", "all" = All, "baseline" = Baseline, "consecutive" = Consecutive);
words!(
    Correction,
    "correction",
    "none" = None,
    "holm" = Holm,
    "benjamini-hochberg" = BenjaminiHochberg,
    "benjamini-yekutieli" = BenjaminiYekutieli
);
