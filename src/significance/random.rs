//! NumPy's random stream: what `numpy.random.default_rng(seed)` draws, to the bit.

/// The stream of `numpy.random.default_rng(seed)`: PCG64 (O'Neill 2014), seeded by NumPy's `SeedSequence`.
///
/// sacreBLEU draws its resamples from it, so equal p-values need equal streams. It is small, fast
/// and the same on every machine, so all tests here use it.
///
/// ```
/// use bleuprint::significance::Random;
///
/// // numpy.random.default_rng(12345).choice(10, 10)
/// let mut random = Random::new(12345);
/// let drawn: Vec<u32> = (0..10).map(|_| random.below(10)).collect();
/// assert_eq!(drawn, [6, 2, 7, 3, 2, 7, 6, 6, 9, 3]);
/// ```
///
/// # Complexity
///
/// One 128-bit multiplication for 64 bits. [`below`](Random::below) draws again with probability less than n / 2³².
///
/// # References
///
/// O'Neill, HMC-CS-2014-0905 (PCG); Lemire, ACM TOMACS 2019 (bounded numbers without division).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random {
    state: u128,
    increment: u128,
    /// The upper half of the last 64 bits, when only the lower has been used.
    half: Option<u32>,
}

const MULTIPLIER: u128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645;

impl Random {
    /// The stream of a seed; every number is a seed.
    pub fn new(seed: u64) -> Self {
        let [high, low, increment_high, increment_low] = seed_sequence(seed);
        let join = |high: u64, low: u64| u128::from(high) << 64 | u128::from(low);
        let mut random = Random {
            state: 0,
            increment: join(increment_high, increment_low) << 1 | 1,
            half: None,
        };
        random.step();
        random.state = random.state.wrapping_add(join(high, low));
        random.step();
        random
    }

    #[inline]
    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    /// The next 64 bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    /// The next 32 bits: the lower half of 64, then the upper.
    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        if let Some(half) = self.half.take() {
            return half;
        }
        let both = self.next_u64();
        self.half = Some((both >> 32) as u32);
        both as u32
    }

    /// A number below `n`, each equally likely: `choice(n)`, `integers(n)`. Nothing is drawn for n of 0 or 1.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        if n <= 1 {
            return 0;
        }
        let mut wide = u64::from(self.next_u32()) * u64::from(n);
        if (wide as u32) < n {
            let threshold = n.wrapping_neg() % n;
            while (wide as u32) < threshold {
                wide = u64::from(self.next_u32()) * u64::from(n);
            }
        }
        (wide >> 32) as u32
    }

    /// A number in [0, 1) with 53 random bits: `random()`.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Coins, 32 from each word: `integers(2, size=.., dtype=bool)`.
    pub fn coins(&mut self) -> Coins<'_> {
        Coins { random: self, bits: 0, left: 0 }
    }
}

/// Random bits, lowest first, 32 from each word of a [`Random`]; those left of the last word are dropped.
///
/// ```
/// use bleuprint::significance::Random;
///
/// // numpy.random.default_rng(12345).integers(2, size=10, dtype=bool)
/// let mut random = Random::new(12345);
/// let mut coins = random.coins();
/// assert_eq!((coins.take(8), coins.take(2)), (0b1001_1101, 0b01));
/// ```
#[derive(Debug)]
pub struct Coins<'r> {
    random: &'r mut Random,
    bits: u64,
    left: u32,
}

impl Coins<'_> {
    /// The next `count` coins (at most 8), the first in the lowest bit.
    #[inline]
    pub fn take(&mut self, count: u32) -> u8 {
        debug_assert!(count <= 8);
        if self.left < count {
            self.bits |= u64::from(self.random.next_u32()) << self.left;
            self.left += 32;
        }
        let taken = self.bits & ((1 << count) - 1);
        self.bits >>= count;
        self.left -= count;
        taken as u8
    }

    /// The next `count` coins, eight a byte; the last byte is filled up with zeros.
    pub fn fill(&mut self, count: usize, bytes: &mut [u8]) {
        let (whole, rest) = (count / 8, count % 8);
        for byte in &mut bytes[..whole] {
            *byte = self.take(8);
        }
        if rest > 0 {
            bytes[whole] = self.take(rest as u32);
        }
    }
}

/// The words that `SeedSequence(seed).generate_state(4, uint64)` gives.
fn seed_sequence(seed: u64) -> [u64; 4] {
    let mut constant = 0x43b0_d7e5_u32;
    let mut hash = |value: u32| mix_in(value, &mut constant, 0x931e_8875);
    let mut pool = [seed as u32, (seed >> 32) as u32, 0, 0].map(&mut hash);
    for source in 0..4 {
        for target in 0..4 {
            if source != target {
                pool[target] = mix(pool[target], hash(pool[source]));
            }
        }
    }
    let mut constant = 0x8b51_f9dd_u32;
    let mut word = |i: usize| u64::from(mix_in(pool[i % 4], &mut constant, 0x58f3_8ded));
    [0, 2, 4, 6].map(|i| word(i) | word(i + 1) << 32)
}

fn mix_in(value: u32, constant: &mut u32, multiplier: u32) -> u32 {
    let value = value ^ *constant;
    *constant = constant.wrapping_mul(multiplier);
    let value = value.wrapping_mul(*constant);
    value ^ value >> 16
}

fn mix(x: u32, y: u32) -> u32 {
    let mixed = x.wrapping_mul(0xca01_f9dd).wrapping_sub(y.wrapping_mul(0x4973_f715));
    mixed ^ mixed >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_words() {
        let mut random = Random::new(12345);
        let words = [random.next_u64(), random.next_u64(), random.next_u64()];
        assert_eq!(
            words,
            [4_193_609_425_186_963_869, 5_843_160_025_838_961_886, 14_708_796_524_633_321_433]
        );
    }

    #[test]
    fn coins_go_on_across_rows() {
        let mut random = Random::new(12345);
        let mut coins = random.coins();
        let row = |coins: &mut Coins<'_>| -> String {
            (0..10).map(|_| char::from(b'0' + coins.take(1))).collect()
        };
        assert_eq!(row(&mut coins), "1011100110");
        assert_eq!(row(&mut coins), "0000111111");
    }

    #[test]
    fn filled_bytes_are_the_same_coins() {
        let (mut one, mut other) = (Random::new(7), Random::new(7));
        let (mut single, mut filled) = (one.coins(), other.coins());
        for count in [1, 7, 8, 9, 31, 64, 65] {
            let mut bytes = vec![0; usize::div_ceil(count, 8)];
            filled.fill(count, &mut bytes);
            for i in 0..count {
                assert_eq!(bytes[i / 8] >> (i % 8) & 1, single.take(1));
            }
        }
    }

    #[test]
    fn one_of_one_draws_nothing() {
        let mut random = Random::new(3);
        assert_eq!((random.below(1), random.below(0)), (0, 0));
        assert_eq!(random, Random::new(3));
    }
}
