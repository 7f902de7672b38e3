//! The dynamic programme itself, for the distances that the bit-parallel kernels don't serve: any costs,
//! transpositions of neighbours (OSA) and of items apart (Damerau, unrestricted).
//!
//! Only a few rows are kept. For unrestricted transpositions that is Zhao and Sahni's observation
//! (Algorithms 2019): between the two items that change places, at least one side has nothing.
//! The rows can carry a mark along the best path, which gives the place where it crosses the
//! middle; so a script needs no more memory than a distance, at twice the time.

use super::script::{Op, Script};

/// Up to how many cells a script is read from the whole table (a byte a cell).
const TABLE: usize = 1 << 22;

/// Which transpositions there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Swaps {
    None,
    /// Of neighbours, and nothing else touches them.
    Adjacent,
    /// Of items apart, what is between them deleted or inserted.
    Any,
}

/// The costs of single edits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    pub(crate) insert: u64,
    pub(crate) delete: u64,
    pub(crate) replace: u64,
    pub(crate) swaps: Swaps,
}

/// What a run remembers of its best paths.
trait Track {
    /// What travels along a path.
    type Mark: Copy + Default;

    /// A path goes on from one place to another.
    fn step(&self, mark: Self::Mark, from: Place, to: Place) -> Self::Mark;

    /// The last step of the best path to a place.
    fn arrive(&mut self, at: Place, op: Op);
}

/// Items of `a` and of `b` that are done.
type Place = (usize, usize);

/// The best path to a place.
#[derive(Clone, Copy, Debug, Default)]
struct Cell<M> {
    cost: u64,
    mark: M,
}

impl Grid {
    /// Edits that cost one each.
    pub(crate) const fn unit(swaps: Swaps) -> Self {
        Grid { insert: 1, delete: 1, replace: 1, swaps }
    }

    /// The distance.
    pub(crate) fn distance(&self, a: &[u32], b: &[u32], symbols: usize) -> u64 {
        self.run(a, b, symbols, &mut Nothing).cost
    }

    /// Appends the script from `a` to `b`.
    ///
    /// Of equal scripts, read from the end: a match or a replacement goes before a deletion, that before an
    /// insertion, that before a transposition. Beyond [`TABLE`] cells the best path is first
    /// cut where it crosses the middle of `a`, and the order holds within the parts.
    pub(crate) fn script(&self, a: &[u32], b: &[u32], symbols: usize, script: &mut Script) {
        if a.len() < 2 || (a.len() + 1).saturating_mul(b.len() + 1) <= TABLE {
            self.table(a, b, symbols, script);
            return;
        }
        let mut middle = Middle(a.len() / 2);
        let (from, to) = self.run(a, b, symbols, &mut middle).mark;
        self.script(&a[..from.0], &b[..from.1], symbols, script);
        let op = match (to.0 - from.0, to.1 - from.1) {
            (1, 0) => Op::Delete,
            (1, 1) if a[from.0] == b[from.1] => Op::Keep,
            (1, 1) => Op::Replace,
            _ => Op::Transpose,
        };
        script.extend(op, to.0 - from.0, to.1 - from.1);
        self.script(&a[to.0..], &b[to.1..], symbols, script);
    }

    /// Reads the script from the whole table.
    fn table(&self, a: &[u32], b: &[u32], symbols: usize, script: &mut Script) {
        let width = b.len() + 1;
        let mut table = Table { steps: vec![Op::Keep; (a.len() + 1) * width], width };
        self.run(a, b, symbols, &mut table);
        let (mut i, mut j) = (a.len(), b.len());
        let mut path = Vec::with_capacity(i + j);
        while i > 0 || j > 0 {
            let op = table.steps[i * width + j];
            let (back, across) = match op {
                Op::Keep | Op::Replace => (1, 1),
                Op::Delete => (1, 0),
                Op::Insert => (0, 1),
                Op::Transpose => {
                    let partner = |items: &[u32], item| items.iter().rposition(|i| *i == item);
                    let k = partner(&a[..i - 1], b[j - 1]).unwrap_or(0);
                    let l = partner(&b[..j - 1], a[i - 1]).unwrap_or(0);
                    (i - k, j - l)
                }
            };
            path.push((op, back, across));
            (i, j) = (i - back, j - across);
        }
        path.iter().rev().for_each(|(op, back, across)| script.extend(*op, *back, *across));
    }

    /// Fills all rows; returns the last cell.
    fn run<T: Track>(&self, a: &[u32], b: &[u32], symbols: usize, track: &mut T) -> Cell<T::Mark> {
        let width = b.len() + 1;
        let [mut before, mut above, mut row] = [(); 3].map(|()| vec![Cell::default(); width]);
        // For unrestricted transpositions: where each symbol stood last in `a`, counted from 1, and the
        // cells that a transposition over several rows would start from.
        let mut last_row = vec![0; if self.swaps == Swaps::Any { symbols + 1 } else { 0 }];
        let mut anchors = vec![Cell::default(); if self.swaps == Swaps::Any { width } else { 0 }];
        for j in 1..width {
            row[j] = next(row[j - 1], self.insert, (0, j - 1), (0, j), track);
            track.arrive((0, j), Op::Insert);
        }
        for i in 1..=a.len() {
            std::mem::swap(&mut before, &mut above);
            std::mem::swap(&mut above, &mut row);
            row[0] = next(above[0], self.delete, (i - 1, 0), (i, 0), track);
            track.arrive((i, 0), Op::Delete);
            // Where this row's item stood last in `b`, counted from 1, and the cell before both.
            let (mut last_column, mut anchor) = (0, Cell::default());
            for j in 1..width {
                let equal = a[i - 1] == b[j - 1];
                let diagonal = if equal { 0 } else { self.replace };
                let mut best = next(above[j - 1], diagonal, (i - 1, j - 1), (i, j), track);
                let mut op = if equal { Op::Keep } else { Op::Replace };
                let mut consider = |from: Cell<T::Mark>, cost, place, by| {
                    if from.cost + cost < best.cost {
                        best = next(from, cost, place, (i, j), track);
                        op = by;
                    }
                };
                consider(above[j], self.delete, (i - 1, j), Op::Delete);
                consider(row[j - 1], self.insert, (i, j - 1), Op::Insert);
                match self.swaps {
                    Swaps::None => {}
                    Swaps::Adjacent => {
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            consider(before[j - 2], 1, (i - 2, j - 2), Op::Transpose);
                        }
                    }
                    Swaps::Any if equal => {
                        last_column = j;
                        // What `b` loses between two rows, and what `a` loses between two columns.
                        if j > 1 {
                            anchors[j] = above[j - 2];
                        }
                        if i > 1 {
                            anchor = before[j - 1];
                        }
                    }
                    Swaps::Any => {
                        let (k, l) = (last_row[b[j - 1] as usize], last_column);
                        if k > 0 && l > 0 && j - l == 1 {
                            let cost = (i - k) as u64;
                            consider(anchors[j], cost, (k - 1, l - 1), Op::Transpose);
                        } else if k > 0 && l > 0 && i - k == 1 {
                            let cost = (j - l) as u64;
                            consider(anchor, cost, (k - 1, l - 1), Op::Transpose);
                        }
                    }
                }
                track.arrive((i, j), op);
                row[j] = best;
            }
            if self.swaps == Swaps::Any {
                last_row[a[i - 1] as usize] = i;
            }
        }
        row[width - 1]
    }
}

#[inline]
fn next<T: Track>(
    cell: Cell<T::Mark>,
    cost: u64,
    from: Place,
    to: Place,
    track: &T,
) -> Cell<T::Mark> {
    Cell { cost: cell.cost + cost, mark: track.step(cell.mark, from, to) }
}

/// Remembers nothing.
struct Nothing;

impl Track for Nothing {
    type Mark = ();

    fn step(&self, (): (), _: Place, _: Place) {}

    fn arrive(&mut self, _: Place, _: Op) {}
}

/// Remembers the step by which the path left the rows up to this one.
struct Middle(usize);

impl Track for Middle {
    type Mark = (Place, Place);

    #[inline]
    fn step(&self, mark: Self::Mark, from: Place, to: Place) -> Self::Mark {
        if from.0 <= self.0 && self.0 < to.0 { (from, to) } else { mark }
    }

    fn arrive(&mut self, _: Place, _: Op) {}
}

/// Remembers every step.
struct Table {
    steps: Vec<Op>,
    width: usize,
}

impl Track for Table {
    type Mark = ();

    fn step(&self, (): (), _: Place, _: Place) {}

    #[inline]
    fn arrive(&mut self, at: Place, op: Op) {
        self.steps[at.0 * self.width + at.1] = op;
    }
}
