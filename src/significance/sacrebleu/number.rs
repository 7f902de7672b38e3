//! Numbers as NumPy 2 computes with them: beside a single-precision number, a Python number is one too.

use std::ops::{Add, Div, Mul};

/// A number of NumPy (single precision) or of Python (double).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// `numpy.float32`.
    Single(f32),
    /// `float`.
    Double(f64),
}

impl Number {
    /// The same number in double precision.
    pub fn value(self) -> f64 {
        match self {
            Number::Single(value) => f64::from(value),
            Number::Double(value) => value,
        }
    }

    fn with(self, other: Number, f32s: fn(f32, f32) -> f32, f64s: fn(f64, f64) -> f64) -> Number {
        match (self, other) {
            (Number::Double(a), Number::Double(b)) => Number::Double(f64s(a, b)),
            (Number::Single(a), Number::Single(b)) => Number::Single(f32s(a, b)),
            (Number::Single(a), Number::Double(b)) => Number::Single(f32s(a, b as f32)),
            (Number::Double(a), Number::Single(b)) => Number::Single(f32s(a as f32, b)),
        }
    }
}

impl From<f32> for Number {
    fn from(value: f32) -> Self {
        Number::Single(value)
    }
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Number::Double(value)
    }
}

impl<T: Into<Number>> Add<T> for Number {
    type Output = Number;
    fn add(self, other: T) -> Number {
        self.with(other.into(), |a, b| a + b, |a, b| a + b)
    }
}

impl<T: Into<Number>> Mul<T> for Number {
    type Output = Number;
    fn mul(self, other: T) -> Number {
        self.with(other.into(), |a, b| a * b, |a, b| a * b)
    }
}

impl<T: Into<Number>> Div<T> for Number {
    type Output = Number;
    fn div(self, other: T) -> Number {
        self.with(other.into(), |a, b| a / b, |a, b| a / b)
    }
}

/// Scores of resamples: an array of single precision if all are, else of double.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Array {
    Single(Vec<f32>),
    Double(Vec<f64>),
}

impl Array {
    pub(super) fn new(numbers: &[Number]) -> Self {
        let single = |number: &Number| match number {
            Number::Single(value) => Some(*value),
            Number::Double(_) => None,
        };
        match numbers.iter().map(single).collect() {
            Some(singles) => Array::Single(singles),
            None => Array::Double(numbers.iter().map(|number| number.value()).collect()),
        }
    }

    pub(super) fn sorted(&self) -> Array {
        let mut sorted = self.clone();
        match &mut sorted {
            Array::Single(values) => values.sort_by(f32::total_cmp),
            Array::Double(values) => values.sort_by(f64::total_cmp),
        }
        sorted
    }

    pub(super) fn doubles(&self) -> Vec<f64> {
        match self {
            Array::Single(values) => values.iter().map(|value| f64::from(*value)).collect(),
            Array::Double(values) => values.clone(),
        }
    }

    /// `numpy.abs(self - other)`.
    pub(super) fn distances(&self, other: &Array) -> Array {
        if let (Array::Single(a), Array::Single(b)) = (self, other) {
            return Array::Single(a.iter().zip(b).map(|(a, b)| (a - b).abs()).collect());
        }
        let (a, b) = (self.doubles(), other.doubles());
        Array::Double(a.iter().zip(&b).map(|(a, b)| (a - b).abs()).collect())
    }

    /// `numpy.mean(self)`: summed by halves, divided in double precision, rounded to the array's.
    pub(super) fn mean(&self) -> Number {
        match self {
            Array::Single(values) => {
                let sum = pairwise(values, 0.0, |a, b| a + b);
                Number::Single((f64::from(sum) / values.len() as f64) as f32)
            }
            Array::Double(values) => {
                let sum = pairwise(values, 0.0, |a, b| a + b);
                Number::Double(sum / values.len() as f64)
            }
        }
    }

    /// How many numbers are greater than `limit` once `mean` is taken from them.
    pub(super) fn beyond(&self, mean: Number, limit: f64) -> usize {
        match (self, mean) {
            (Array::Single(values), Number::Single(mean)) => {
                values.iter().filter(|value| **value - mean > limit as f32).count()
            }
            _ => self.doubles().iter().filter(|value| **value - mean.value() > limit).count(),
        }
    }

    /// Half the width of the central 95 % of a sorted array.
    pub(super) fn half_width(&self) -> f64 {
        let cut = |n: usize| (n / 40, n - n / 40 - 1);
        match self {
            Array::Single(values) => {
                let (low, high) = cut(values.len());
                f64::from(0.5 * (values[high] - values[low]))
            }
            Array::Double(values) => {
                let (low, high) = cut(values.len());
                0.5 * (values[high] - values[low])
            }
        }
    }

    /// The mean as Python's `statistics.mean` has it: exact, rounded once.
    pub(super) fn exact_mean(&self) -> f64 {
        match self {
            Array::Single(_) => f64::from(exact_mean(&self.doubles()) as f32),
            Array::Double(values) => exact_mean(values),
        }
    }
}

/// NumPy's pairwise summation.
fn pairwise<T: Copy>(values: &[T], zero: T, add: fn(T, T) -> T) -> T {
    let n = values.len();
    if n < 8 {
        return values.iter().fold(zero, |sum, value| add(sum, *value));
    }
    if n > 128 {
        let middle = n / 2 - n / 2 % 8;
        let (left, right) = values.split_at(middle);
        return add(pairwise(left, zero, add), pairwise(right, zero, add));
    }
    let mut sums = [zero; 8];
    sums.copy_from_slice(&values[..8]);
    let chunks = values[8..].chunks_exact(8);
    let tail = chunks.remainder();
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum = add(*sum, *value);
        }
    }
    let [a, b, c, d, e, f, g, h] = sums;
    let sum = add(add(add(a, b), add(c, d)), add(add(e, f), add(g, h)));
    tail.iter().fold(sum, |sum, value| add(sum, *value))
}

/// The mean of numbers of at least 0, as if computed without rounding and rounded once, half to even.
///
/// The sum is a fixed-point number that every double fits in: 2¹⁰⁷⁴ times the value, in 64-bit limbs.
fn exact_mean(values: &[f64]) -> f64 {
    const LIMBS: usize = 35;
    let mut sum = [0_u64; LIMBS];
    for value in values {
        let bits = value.to_bits();
        let (exponent, fraction) = ((bits >> 52 & 0x7ff) as usize, bits & ((1 << 52) - 1));
        let (shift, mantissa) =
            if exponent == 0 { (0, fraction) } else { (exponent - 1, fraction | 1 << 52) };
        let wide = u128::from(mantissa) << (shift % 64);
        let mut carry = false;
        for (limb, part) in sum[shift / 64..]
            .iter_mut()
            .zip([wide as u64, (wide >> 64) as u64].into_iter().chain(std::iter::repeat(0)))
        {
            let (added, over) = limb.overflowing_add(part);
            let (added, again) = added.overflowing_add(u64::from(carry));
            (*limb, carry) = (added, over || again);
        }
    }
    let mut remainder = 0_u128;
    for limb in sum.iter_mut().rev() {
        let dividend = remainder << 64 | u128::from(*limb);
        *limb = (dividend / values.len() as u128) as u64;
        remainder = dividend % values.len() as u128;
    }
    rounded(&sum, remainder != 0)
}

/// The double nearest to limbs · 2⁻¹⁰⁷⁴, `more` saying that a little is missing.
fn rounded(limbs: &[u64], more: bool) -> f64 {
    let Some(top) = limbs.iter().rposition(|limb| *limb != 0) else { return 0.0 };
    let bits = top * 64 + 64 - limbs[top].leading_zeros() as usize;
    let bit = |at: usize| limbs[at / 64] >> (at % 64) & 1;
    let low = bits.saturating_sub(53);
    let mut mantissa = (low..bits).rev().fold(0, |mantissa, at| mantissa << 1 | bit(at));
    if low > 0 {
        let below = more || (0..low - 1).any(|at| bit(at) == 1);
        let up = bit(low - 1) == 1 && (below || mantissa & 1 == 1);
        mantissa += u64::from(up);
    }
    mantissa as f64 * f64::powi(2.0, low as i32 - 537) * f64::powi(2.0, -537)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_numbers_take_the_precision_of_numpys() {
        let third = Number::from(1.0_f32) / 3.0;
        assert_eq!(third, Number::Single(1.0_f32 / 3.0));
        assert_eq!(Number::from(1e-16) * 9.0, Number::Double(9.0 * 1e-16));
    }

    #[test]
    fn exact_means() {
        assert_eq!(exact_mean(&[0.1, 0.2, 0.3]), 0.2);
        assert_eq!(exact_mean(&[1e16, 1.0, 1.0]), 3_333_333_333_333_334.0);
        assert_eq!(exact_mean(&[0.0, 0.0]), 0.0);
        assert_eq!(exact_mean(&[37.5]), 37.5);
        assert_eq!(exact_mean(&[5e-324, 0.0]), 0.0);
        assert_eq!(exact_mean(&[100.0, 100.00000000000001]), 100.0);
    }

    #[test]
    fn pairwise_sums_all() {
        let values: Vec<f64> = (0..1000).map(f64::from).collect();
        assert_eq!(pairwise(&values, 0.0, |a, b| a + b), 499_500.0);
    }
}
