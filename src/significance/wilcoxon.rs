//! Wilcoxon's signed-rank test (Wilcoxon, Biometrics Bulletin 1945).

use super::normal;
use super::setting::Alternative;

/// Up to this many differences the distribution is computed exactly, ties included.
const EXACT: usize = 50;

/// The p-value of Wilcoxon's signed-rank test of paired differences, zeros left out;
/// [`Alternative::Better`] asks whether they tend to be positive.
///
/// Exact for at most 50 differences, ties included; above, the normal approximation with the variance corrected for ties,
/// as SciPy has it.
///
/// ```
/// use bleuprint::significance::{Alternative, wilcoxon};
///
/// assert_eq!(wilcoxon(&[0.1, 0.0, 0.2, 0.3], Alternative::Better), 1.0 / 8.0);
/// ```
///
/// # Complexity
///
/// O(n log n), and for at most 50 differences O(n³) for the exact distribution.
pub fn wilcoxon(differences: &[f64], alternative: Alternative) -> f64 {
    let mut ranked: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    ranked.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    if ranked.is_empty() {
        return 1.0;
    }
    let ties: Vec<&[f64]> = ranked.chunk_by(|a, b| a.abs() == b.abs()).collect();
    let mut doubled = Vec::with_capacity(ranked.len());
    for tie in &ties {
        let (first, last) = (doubled.len() + 1, doubled.len() + tie.len());
        doubled.extend(std::iter::repeat_n(first + last, tie.len()));
    }
    let positive = ranked.iter().zip(&doubled).filter(|(d, _)| **d > 0.0).map(|(_, rank)| rank);
    let statistic: usize = positive.sum();
    let (at_least, at_most) = if ranked.len() <= EXACT {
        exact(&doubled, statistic)
    } else {
        approximate(ranked.len(), ties.iter().map(|tie| tie.len()), statistic)
    };
    match alternative {
        Alternative::Better => at_least,
        Alternative::Different => (2.0 * at_least.min(at_most)).min(1.0),
    }
}

/// How likely are sums of positive (doubled) ranks of at least and of at most this, when each sign is a coin?
fn exact(doubled: &[usize], statistic: usize) -> (f64, f64) {
    let total: usize = doubled.iter().sum();
    let mut ways = vec![0.0; total + 1];
    ways[0] = 1.0;
    let mut reached = 0;
    for rank in doubled {
        for sum in (0..=reached).rev() {
            ways[sum + rank] += ways[sum];
        }
        reached += rank;
    }
    let all = f64::powi(2.0, doubled.len() as i32);
    let at_least = ways[statistic..].iter().sum::<f64>() / all;
    (at_least, ways[..=statistic].iter().sum::<f64>() / all)
}

/// The normal approximation, its variance corrected for ties.
fn approximate(n: usize, ties: impl Iterator<Item = usize>, doubled: usize) -> (f64, f64) {
    let n = n as f64;
    let tied: f64 = ties.map(|tie| tie as f64).map(|tie| tie * (tie * tie - 1.0)).sum();
    let variance = (n * (n + 1.0) * (2.0 * n + 1.0) - tied / 2.0) / 24.0;
    let z = (doubled as f64 / 2.0 - n * (n + 1.0) / 4.0) / variance.sqrt();
    (normal::above(z), normal::cdf(z))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_differences_by_hand() {
        // Of the eight ways to give signs to the ranks 1, 2, 3, one has a sum of at least 6.
        assert_eq!(wilcoxon(&[0.1, 0.0, 0.2, 0.3], Alternative::Better), 1.0 / 8.0);
        assert_eq!(wilcoxon(&[0.1, 0.2, 0.3], Alternative::Different), 2.0 / 8.0);
        assert_eq!(wilcoxon(&[0.0, 0.0], Alternative::Different), 1.0);
        assert_eq!(wilcoxon(&[1.0, -1.0], Alternative::Different), 1.0);
    }
}
