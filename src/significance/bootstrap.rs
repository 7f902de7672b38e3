//! Bootstrap samples: rows drawn with replacement, the same rows for all systems.

use super::random::Random;
use super::sums::{Cell, Sums};
use crate::error::{Error, Result};
use crate::parallel;

/// Drawn row numbers that are held at a time: 32 MiB.
const HELD: usize = 1 << 23;

/// How each sample is drawn.
pub(super) struct Draws<'r> {
    rows: u32,
    size: usize,
    random: &'r mut Random,
}

impl<'r> Draws<'r> {
    /// As many as there are rows.
    pub(super) fn all(rows: usize, random: &'r mut Random) -> Result<Self> {
        Draws::some(rows, rows, random)
    }

    /// `size` of `rows` rows.
    pub(super) fn some(rows: usize, size: usize, random: &'r mut Random) -> Result<Self> {
        let rows = u32::try_from(rows)
            .map_err(|_| Error::config(format!("{rows} segments are too many to draw from")))?;
        Ok(Draws { rows, size, random })
    }
}

/// Gives `sink` the score of one sample after the other, until it has seen enough.
///
/// The stream is drawn in order by the calling thread; sums and scores are made by all.
pub(super) fn each_sample<T, R, const L: usize>(
    sums: &Sums<T, L>,
    draws: Draws<'_>,
    samples: usize,
    score: impl Fn(Vec<T>) -> R + Sync + Send,
    mut sink: impl FnMut(R) -> bool,
) where
    T: Cell,
    R: Send,
{
    let Draws { rows, size, random } = draws;
    let most = (HELD / size.max(1)).clamp(8, 256);
    let mut drawn = vec![0; size * most.min(samples)];
    let mut left = samples;
    while left > 0 {
        let batch = most.min(left);
        let drawn = &mut drawn[..batch * size];
        drawn.iter_mut().for_each(|row| *row = random.below(rows));
        let drawn = &*drawn;
        let scores = parallel::map(batch, |sample| {
            score(sums.drawn(&drawn[sample * size..(sample + 1) * size]))
        });
        for result in scores {
            if !sink(result) {
                return;
            }
        }
        left -= batch;
    }
}
