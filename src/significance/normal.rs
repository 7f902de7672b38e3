//! The standard normal distribution.

use std::f64::consts::{PI, SQRT_2};

/// The probability of a value of at most `z`.
///
/// A power series near the middle, a continued fraction in the tails; within 1e-14, relatively.
pub fn cdf(z: f64) -> f64 {
    if z > 3.0 {
        1.0 - tail(z)
    } else if z < -3.0 {
        tail(-z)
    } else {
        0.5 + density(z) * series(z)
    }
}

/// The probability of a value of at least `z`.
pub fn above(z: f64) -> f64 {
    cdf(-z)
}

fn density(z: f64) -> f64 {
    (-z * z / 2.0).exp() / (SQRT_2 * PI.sqrt())
}

/// z + z³/3 + z⁵/(3·5) + ...
fn series(z: f64) -> f64 {
    let (mut sum, mut term, mut odd) = (z, z, 1.0);
    while term.abs() > sum.abs() * 1e-17 {
        odd += 2.0;
        term *= z * z / odd;
        sum += term;
    }
    sum
}

/// The upper tail for z > 3: density / (z + 1/(z + 2/(z + 3/(z + ...)))).
fn tail(z: f64) -> f64 {
    let fraction = (1..=120).rev().fold(z, |below, k| z + f64::from(k) / below);
    density(z) / fraction
}

/// The value that is not exceeded with probability `p`; infinite at 0 and 1.
///
/// A rational first guess (Abramowitz and Stegun 26.2.22), then Halley's steps.
pub fn quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let t = (-2.0 * p.min(1.0 - p).ln()).sqrt();
    let guess = t - (2.30753 + 0.27061 * t) / (1.0 + t * (0.99229 + 0.04481 * t));
    let mut z = if p < 0.5 { -guess } else { guess };
    for _ in 0..4 {
        let error = (cdf(z) - p) / density(z);
        z -= error / (1.0 + z * error / 2.0);
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        for (z, p) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_542_9),
            (-1.959_963_984_540_054, 0.025),
            (-6.0, 9.865_876_450_377e-10),
            (3.5, 0.999_767_370_920_964_5),
        ] {
            assert!((cdf(z) / p - 1.0).abs() < 1e-13, "{z} {}", cdf(z));
            assert!((quantile(p) - z).abs() < 1e-11, "{p} {}", quantile(p));
        }
        assert_eq!(quantile(0.0), f64::NEG_INFINITY);
    }
}
