//! How sacreBLEU's three metrics score the sums that its tests make.

use super::number::Number;
use crate::metric::Metric;
use crate::metrics::bleu::{brevity_penalty, geometric_mean};
use crate::metrics::{Bleu, Chrf, Smoothing, Ter};

/// A metric's score inside sacreBLEU's tests, where rounding differs from that of a plain score.
pub trait SacreBleu: Send + Sync {
    /// The score of a bootstrap sample: sums in single precision, and the arithmetic of NumPy 2.
    fn resampled(&self, sums: &[f32]) -> Number;

    /// The score of a randomization trial: exact sums.
    fn swapped(&self, sums: &[u64]) -> f64;
}

impl SacreBleu for Bleu {
    fn resampled(&self, sums: &[f32]) -> Number {
        let (correct, total) = sums[2..].split_at(self.max_order);
        if correct.iter().all(|count| *count == 0.0) {
            return Number::Double(0.0);
        }
        let mut precisions = vec![0.0; self.max_order];
        let (mut order, mut halved) = (self.max_order, 1.0_f32);
        for (n, precision) in precisions.iter_mut().enumerate() {
            let added = match self.smoothing {
                Smoothing::AddK(k) if n > 0 => k as f32,
                _ => 0.0,
            };
            let (correct, total) = (correct[n] + added, total[n] + added);
            if total == 0.0 {
                break;
            }
            if self.effective_order {
                order = n + 1;
            }
            *precision = f64::from(if correct != 0.0 {
                100.0 * correct / total
            } else {
                match self.smoothing {
                    Smoothing::Exp => {
                        halved *= 2.0;
                        100.0 / (halved * total)
                    }
                    Smoothing::Floor(value) => (100.0 * value) as f32 / total,
                    Smoothing::None | Smoothing::AddK(_) => 0.0,
                }
            });
        }
        let penalty = brevity_penalty(sums[0] as u64, sums[1] as u64);
        Number::Double(penalty * geometric_mean(&precisions[..order]))
    }

    /// A fraction that smoothing adds is cut off: sacreBLEU adds it to an array of integers.
    fn swapped(&self, sums: &[u64]) -> f64 {
        match self.smoothing {
            Smoothing::AddK(k) if k.fract() != 0.0 => {
                let mut whole = self.clone();
                whole.smoothing = Smoothing::AddK(k.trunc());
                whole.score(sums).score
            }
            _ => self.score(sums).score,
        }
    }
}

impl SacreBleu for Chrf {
    fn resampled(&self, sums: &[f32]) -> Number {
        const EPS: Number = Number::Double(1e-16);
        let factor = Number::Double(self.beta.powi(2));
        let quotient = |matches: f32, of: f32| match of > 0.0 {
            true => Number::Single(matches / of),
            false => EPS,
        };
        let zero = Number::Double(0.0);
        let (mut score, mut precisions, mut recalls, mut effective) = (zero, zero, zero, 0_u32);
        for order in sums.chunks_exact(3) {
            let (precision, recall) = (quotient(order[2], order[0]), quotient(order[2], order[1]));
            let denominator = factor * precision + recall;
            let f = (factor + 1.0) * precision * recall;
            score = score + if denominator.value() > 0.0 { f / denominator } else { EPS };
            if order[0] > 0.0 && order[1] > 0.0 {
                precisions = precisions + precision;
                recalls = recalls + recall;
                effective += 1;
            }
        }
        if self.eps_smoothing {
            return score * 100.0 / (sums.len() / 3) as f64;
        }
        if effective == 0 {
            return zero;
        }
        let (precision, recall) =
            (precisions / f64::from(effective), recalls / f64::from(effective));
        if (precision + recall).value() == 0.0 {
            return zero;
        }
        (factor + 1.0) * precision * recall / (factor * precision + recall) * 100.0
    }

    fn swapped(&self, sums: &[u64]) -> f64 {
        self.score(sums).score
    }
}

impl SacreBleu for Ter {
    fn resampled(&self, sums: &[f32]) -> Number {
        match (sums[0], sums[1]) {
            (edits, length) if length > 0.0 => Number::Single(100.0 * (edits / length)),
            (edits, _) => Number::Double(if edits > 0.0 { 100.0 } else { 0.0 }),
        }
    }

    fn swapped(&self, sums: &[u64]) -> f64 {
        self.score(sums).score
    }
}
