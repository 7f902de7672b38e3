//! Sums of drawn rows: the two loops in which all resampling spends its time.
//!
//! The tables of all systems stand side by side in one matrix, cut into tiles of a cache line's width. A
//! bootstrap sample is a sum of drawn rows, the same rows for every system. A randomization trial is a sum of the
//! rows whose coin fell on 1; there the 256 sums of each eight rows are made once for a batch of trials, so
//! that a trial costs an eighth of its rows.

use std::ops::AddAssign;

use crate::error::{Error, Result};
use crate::parallel;
use crate::table::Table;

/// Beyond this many rows, drawing them one by one waits for memory most of the time.
const FAR: usize = 1 << 15;

/// What is added.
pub(super) trait Cell: Copy + Default + AddAssign + Send + Sync {
    /// The sum of `count` such cells, if it may be added in any order.
    fn times(self, count: u32) -> Option<Self>;
}

impl Cell for u64 {
    #[inline]
    fn times(self, count: u32) -> Option<Self> {
        Some(self * u64::from(count))
    }
}

/// Rounded sums depend on the order.
impl Cell for f32 {
    #[inline]
    fn times(self, _: u32) -> Option<Self> {
        None
    }
}

/// A run of cells as wide as a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Block<T, const L: usize>([T; L]);

impl<T: Copy + AddAssign, const L: usize> Block<T, L> {
    #[inline]
    fn add(&mut self, other: &Self) {
        for (sum, cell) in self.0.iter_mut().zip(&other.0) {
            *sum += *cell;
        }
    }
}

/// The tables of all systems, side by side.
#[derive(Debug)]
pub(super) struct Sums<T, const L: usize> {
    tiles: Vec<Vec<Block<T, L>>>,
    rows: usize,
    columns: usize,
}

/// Exact sums of counts.
pub(super) type Whole = Sums<u64, 8>;
/// Sums as sacreBLEU makes them: rounded to single precision after each row.
pub(super) type Single = Sums<f32, 16>;

impl Whole {
    /// The counts of tables that were checked to belong together.
    ///
    /// # Errors
    ///
    /// A column of which as many rows as there are could add up to more than 63 bits.
    pub(super) fn whole(tables: &[&Table]) -> Result<Self> {
        for table in tables {
            let limit = (u64::MAX / 2) / (table.len().max(1) as u64);
            for row in table.rows() {
                if let Some(at) = row.iter().position(|cell| *cell > limit) {
                    return Err(Error::overflow(&table.columns()[at].name));
                }
            }
        }
        Ok(Sums::new(tables, |cell, _| cell))
    }
}

impl Single {
    /// The counts as single-precision numbers.
    pub(super) fn single(tables: &[&Table]) -> Self {
        Sums::new(tables, |cell, unit| (cell as f64 / unit as f64) as f32)
    }
}

impl<T: Cell, const L: usize> Sums<T, L> {
    fn new(tables: &[&Table], convert: impl Fn(u64, u64) -> T) -> Self {
        let rows = tables.first().map_or(0, |table| table.len());
        let columns = tables.iter().map(|table| table.columns().len()).sum();
        let empty = Block([T::default(); L]);
        let mut tiles = vec![vec![empty; rows]; usize::div_ceil(columns, L)];
        let mut start = 0;
        for table in tables {
            for (row, cells) in table.rows().enumerate() {
                for (at, (cell, column)) in cells.iter().zip(table.columns()).enumerate() {
                    let at = start + at;
                    tiles[at / L][row].0[at % L] = convert(*cell, column.unit);
                }
            }
            start += table.columns().len();
        }
        Sums { tiles, rows, columns }
    }

    /// How many rows there are to draw from.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The sum of drawn rows, added in the order drawn.
    ///
    /// Where the order doesn't matter and there are many rows, they are counted first and then visited in turn.
    pub(super) fn drawn(&self, rows: &[u32]) -> Vec<T> {
        if self.rows > FAR && T::default().times(0).is_some() {
            return self.counted(rows);
        }
        let mut sums = Vec::with_capacity(self.tiles.len() * L);
        for tile in &self.tiles {
            let mut sum = Block([T::default(); L]);
            for row in rows {
                sum.add(&tile[*row as usize]);
            }
            sums.extend(sum.0);
        }
        sums.truncate(self.columns);
        sums
    }

    fn counted(&self, rows: &[u32]) -> Vec<T> {
        let mut counts = vec![0_u32; self.rows];
        rows.iter().for_each(|row| counts[*row as usize] += 1);
        let mut sums = Vec::with_capacity(self.tiles.len() * L);
        for tile in &self.tiles {
            let mut sum = Block([T::default(); L]);
            for (row, count) in tile.iter().zip(&counts) {
                for (sum, cell) in sum.0.iter_mut().zip(&row.0) {
                    *sum += cell.times(*count).unwrap_or_default();
                }
            }
            sums.extend(sum.0);
        }
        sums.truncate(self.columns);
        sums
    }

    /// For each of `trials` trials the sum of the rows whose bit is set in the trial's bytes.
    pub(super) fn chosen(&self, bytes: &[u8], trials: usize) -> Chosen<T, L> {
        let stride = usize::div_ceil(self.rows, 8);
        let of_tile = |tile: usize| {
            let mut sums = vec![Block([T::default(); L]); trials];
            let mut subsets = [Block([T::default(); L]); 256];
            for (eight, rows) in self.tiles[tile].chunks(8).enumerate() {
                for (bit, row) in rows.iter().enumerate() {
                    for without in 0..1 << bit {
                        let mut with = subsets[without];
                        with.add(row);
                        subsets[without | 1 << bit] = with;
                    }
                }
                for (trial, sum) in sums.iter_mut().enumerate() {
                    sum.add(&subsets[bytes[trial * stride + eight] as usize]);
                }
            }
            sums
        };
        Chosen { tiles: parallel::map(self.tiles.len(), of_tile) }
    }
}

/// The sums of a batch of trials.
pub(super) struct Chosen<T, const L: usize> {
    tiles: Vec<Vec<Block<T, L>>>,
}

impl<T: Copy, const L: usize> Chosen<T, L> {
    /// The sums of a trial from column `start` on.
    #[inline]
    pub(super) fn read(&self, trial: usize, start: usize, sums: &mut [T]) {
        for (at, sum) in (start..).zip(sums) {
            *sum = self.tiles[at / L][trial].0[at % L];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Column;
    use crate::signature::Signature;
    use crate::significance::Random;

    fn table(rows: usize, columns: usize, random: &mut Random) -> Table {
        let columns = (0..columns).map(|i| Column::count(format!("c{i}"))).collect::<Vec<_>>();
        let cells = (0..rows * columns.len()).map(|_| u64::from(random.below(100))).collect();
        Table::new(Signature::new("x"), columns, cells).unwrap()
    }

    #[test]
    fn equal_to_adding_row_by_row() {
        let mut random = Random::new(1);
        for (rows, columns) in [(1, 2), (7, 3), (8, 8), (9, 17), (40, 10)] {
            let tables = [table(rows, columns, &mut random), table(rows, columns, &mut random)];
            let whole = Whole::whole(&[&tables[0], &tables[1]]).unwrap();
            let drawn: Vec<u32> = (0..rows).map(|_| random.below(rows as u32)).collect();
            let indices: Vec<usize> = drawn.iter().map(|row| *row as usize).collect();
            let expected: Vec<u64> =
                tables.iter().flat_map(|table| table.total_of(&indices).unwrap()).collect();
            assert_eq!(whole.drawn(&drawn), expected);

            let stride = rows.div_ceil(8);
            let mut bytes = vec![0; 3 * stride];
            let mut coins = random.coins();
            bytes.chunks_mut(stride).for_each(|bytes| coins.fill(rows, bytes));
            let chosen = whole.chosen(&bytes, 3);
            for (trial, bytes) in bytes.chunks(stride).enumerate() {
                let set: Vec<usize> =
                    (0..rows).filter(|row| bytes[row / 8] >> (row % 8) & 1 == 1).collect();
                let mut sums = vec![0; columns];
                chosen.read(trial, columns, &mut sums);
                assert_eq!(sums, tables[1].total_of(&set).unwrap());
            }
        }
    }

    #[test]
    fn many_rows_are_counted_with_the_same_sum() {
        let mut random = Random::new(2);
        let table = table(FAR + 5, 3, &mut random);
        let whole = Whole::whole(&[&table]).unwrap();
        let drawn: Vec<u32> = (0..500).map(|_| random.below(300) * 100).collect();
        let indices: Vec<usize> = drawn.iter().map(|row| *row as usize).collect();
        assert_eq!(whole.drawn(&drawn), table.total_of(&indices).unwrap());
    }

    #[test]
    fn too_great_counts_are_refused() {
        let columns = vec![Column::count("c")];
        let table = Table::new(Signature::new("x"), columns, vec![u64::MAX / 3, 1]).unwrap();
        assert!(Whole::whole(&[&table]).unwrap_err().is_overflow());
    }
}
