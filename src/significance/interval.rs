//! Intervals from bootstrap samples.

use serde::{Deserialize, Serialize};

use super::normal;

/// Where a number lies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a value lies in it.
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Half its width.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// A number estimated from the test set, with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The number on the whole test set.
    pub value: f64,
    /// The standard deviation of the bootstrap samples.
    pub standard_error: f64,
    /// The central share of the bootstrap samples.
    pub percentile: Interval,
    /// The same, corrected for bias and for an error that changes with the value (BCa).
    pub bca: Interval,
}

/// From the value on the whole set, on the bootstrap samples, and without each of the units.
pub(super) fn estimate(value: f64, samples: &[f64], without: &[f64], alpha: f64) -> Estimate {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |low: f64, high: f64| Interval {
        low: quantile(&sorted, low),
        high: quantile(&sorted, high),
    };
    let percentile = at(alpha / 2.0, 1.0 - alpha / 2.0);
    let bca =
        bca_levels(value, &sorted, without, alpha).map_or(percentile, |(low, high)| at(low, high));
    Estimate { value, standard_error: deviation(samples), percentile, bca }
}

/// The levels at which BCa cuts (Efron 1987); none when all samples lie on one side of the value, or all
/// numbers are equal.
fn bca_levels(value: f64, sorted: &[f64], without: &[f64], alpha: f64) -> Option<(f64, f64)> {
    let below = sorted.partition_point(|sample| *sample < value);
    let not_above = sorted.partition_point(|sample| *sample <= value);
    let bias = normal::quantile((below + not_above) as f64 / (2 * sorted.len()) as f64);
    let mean = without.iter().sum::<f64>() / without.len() as f64;
    let power = |k: i32| without.iter().map(|one| (mean - one).powi(k)).sum::<f64>();
    let acceleration = power(3) / power(2).powf(1.5) / 6.0;
    let level = |z: f64| normal::cdf(bias + (bias + z) / (1.0 - acceleration * (bias + z)));
    let z = normal::quantile(alpha / 2.0);
    let levels = (level(z), level(-z));
    (bias.is_finite() && acceleration.is_finite() && levels.0 <= levels.1).then_some(levels)
}

/// The quantile of sorted numbers, linear between neighbours, as NumPy's default.
pub(super) fn quantile(sorted: &[f64], level: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let at = level.clamp(0.0, 1.0) * last as f64;
    let (low, share) = (at.floor() as usize, at.fract());
    let (low, high) = (sorted[low], sorted[last.min(low + 1)]);
    low + (high - low) * share
}

/// The sample standard deviation.
pub(super) fn deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    (squares / (values.len() - 1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_has_an_interval_of_one_point() {
        let estimate = estimate(5.0, &[5.0; 10], &[5.0; 4], 0.05);
        assert_eq!(
            (estimate.standard_error, estimate.bca),
            (0.0, Interval { low: 5.0, high: 5.0 })
        );
    }

    #[test]
    fn quantiles_between_neighbours() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
        assert_eq!(quantile(&[7.0], 0.1), 7.0);
    }
}
