//! What many tests cost: p-values corrected for their number.

use serde::{Deserialize, Serialize};

/// How p-values are corrected when several pairs are tested.
///
/// With twenty tests of systems that are all equal, one is "significant at 5 %" on average.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Correction {
    /// Nothing is done.
    None,
    /// Holm: the chance that any equal pair is called different stays below alpha. Needs no assumption.
    #[default]
    Holm,
    /// Benjamini and Hochberg: of the pairs called different, a share of at most alpha is not, on average; for tests
    /// that are independent or go together.
    BenjaminiHochberg,
    /// Benjamini and Yekutieli: the same promise under any dependence.
    BenjaminiYekutieli,
}

impl Correction {
    /// The corrected p-values, in the order given: compare them with alpha as they are.
    ///
    /// ```
    /// use bleuprint::significance::Correction;
    ///
    /// assert_eq!(Correction::Holm.adjust(&[0.02, 0.01, 0.5]), [0.04, 0.03, 0.5]);
    /// assert_eq!(Correction::BenjaminiHochberg.adjust(&[0.02, 0.01, 0.5]), [0.03, 0.03, 0.5]);
    /// ```
    ///
    /// # References
    ///
    /// Holm, Scand. J. Statist. 1979; Benjamini and Hochberg, JRSS B 1995; Benjamini and Yekutieli, Ann. Statist. 2001.
    pub fn adjust(self, p: &[f64]) -> Vec<f64> {
        let n = p.len();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
        let mut adjusted = p.to_vec();
        match self {
            Correction::None => {}
            Correction::Holm => {
                let mut least = 0.0_f64;
                for (rank, at) in order.iter().enumerate() {
                    least = least.max((n - rank) as f64 * p[*at]).min(1.0);
                    adjusted[*at] = least;
                }
            }
            Correction::BenjaminiHochberg | Correction::BenjaminiYekutieli => {
                let factor = self.factor(n);
                let mut most = 1.0_f64;
                for (rank, at) in order.iter().enumerate().rev() {
                    most = most.min(factor * n as f64 * p[*at] / (rank + 1) as f64);
                    adjusted[*at] = most;
                }
            }
        }
        adjusted
    }

    /// A p-value below this is significant whatever the other n − 1 are.
    pub(super) fn strictest(self, alpha: f64, n: usize) -> f64 {
        match self {
            Correction::None => alpha,
            _ => alpha / (n as f64 * self.factor(n)),
        }
    }

    fn factor(self, n: usize) -> f64 {
        match self {
            Correction::BenjaminiYekutieli => (1..=n).map(|i| 1.0 / i as f64).sum(),
            _ => 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_smaller_or_leaves_the_range() {
        let p = [0.001, 0.9, 0.04, 0.04, 1.0, 0.03];
        for correction in
            [Correction::Holm, Correction::BenjaminiHochberg, Correction::BenjaminiYekutieli]
        {
            for (p, adjusted) in p.iter().zip(correction.adjust(&p)) {
                assert!((*p..=1.0).contains(&adjusted), "{correction:?}");
            }
        }
        assert_eq!(Correction::None.adjust(&p), p);
    }
}
