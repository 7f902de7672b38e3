//! Edit distances of all beginnings and all ends of a text, for one piece of another: bit-parallel.

use std::ops::Range;

/// Two sequences of numbers, ready for columns of distances.
pub(super) struct Columns<'a> {
    reference: &'a [u32],
    /// Where each number occurs in the first sequence, ascending; number by number.
    places: Vec<u32>,
    starts: Vec<usize>,
}

impl<'a> Columns<'a> {
    /// `numbers` is the number of different numbers.
    pub(super) fn new(own: &[u32], reference: &'a [u32], numbers: usize) -> Self {
        let mut starts = vec![0; numbers + 1];
        for number in own {
            starts[*number as usize + 1] += 1;
        }
        for number in 0..numbers {
            starts[number + 1] += starts[number];
        }
        let mut next = starts.clone();
        let mut places = vec![0; own.len()];
        for (at, number) in own.iter().enumerate() {
            places[next[*number as usize]] = at as u32;
            next[*number as usize] += 1;
        }
        Columns { reference, places, starts }
    }

    /// The positions in `own` where a cut at the middle of `reference` (start, middle, end) leaves the
    /// smallest distance in sum, ascending.
    pub(super) fn nearest(&self, own: Range<usize>, reference: [usize; 3]) -> Vec<usize> {
        let [start, middle, end] = reference;
        let sides = || self.distances(own.clone(), start..middle, false);
        let ends = || self.distances(own.clone(), middle..end, true);
        #[cfg(feature = "parallel")]
        let (left, right) = match own.len() * (end - start) > 1 << 20 {
            true => rayon::join(sides, ends),
            false => (sides(), ends()),
        };
        #[cfg(not(feature = "parallel"))]
        let (left, right) = (sides(), ends());
        let sums = || left.iter().zip(right.iter().rev()).map(|(left, right)| left + right);
        let least = sums().min().unwrap_or(0);
        sums().enumerate().filter(|(_, sum)| *sum == least).map(|(at, _)| own.start + at).collect()
    }

    /// The distance of each beginning of `own` (or, turned, each end, by length) to `reference`.
    fn distances(&self, own: Range<usize>, reference: Range<usize>, turned: bool) -> Vec<u32> {
        let mut column = Column::new(own.len());
        for at in 0..reference.len() {
            let at = if turned { reference.end - 1 - at } else { reference.start + at };
            let number = self.reference[at] as usize;
            let places = &self.places[self.starts[number]..self.starts[number + 1]];
            let from = places.partition_point(|place| (*place as usize) < own.start);
            let upto = places.partition_point(|place| (*place as usize) < own.end);
            let row = |place: &u32| match turned {
                true => own.end - 1 - *place as usize,
                false => *place as usize - own.start,
            };
            column.step(places[from..upto].iter().map(row));
        }
        column.distances(reference.len() as u32)
    }
}

/// One column of the table of distances as differences between neighbours, 64 rows a word.
///
/// Hyyrö (2003) names the vectors: `up` has a bit where the distance grows by one from row to row, `down` where it
/// falls by one.
struct Column {
    length: usize,
    up: Vec<u64>,
    down: Vec<u64>,
    equal: Vec<u64>,
}

impl Column {
    fn new(length: usize) -> Self {
        let words = length.div_ceil(64);
        Column { length, up: vec![!0; words], down: vec![0; words], equal: vec![0; words] }
    }

    /// The next column, for a number that stands in these rows.
    fn step(&mut self, rows: impl Iterator<Item = usize> + Clone) {
        for row in rows.clone() {
            self.equal[row / 64] |= 1 << (row % 64);
        }
        // The top row of a global alignment grows by one with each column.
        let (mut grown, mut fallen) = (1, 0);
        for ((up, down), equal) in self.up.iter_mut().zip(&mut self.down).zip(&self.equal) {
            let vertical = equal | *down;
            let equal = equal | fallen;
            let horizontal = (((equal & *up).wrapping_add(*up)) ^ *up) | equal;
            let grows = *down | !(horizontal | *up);
            let falls = *up & horizontal;
            let (shifted_up, shifted_down) = (grows << 1 | grown, falls << 1 | fallen);
            (grown, fallen) = (grows >> 63, falls >> 63);
            *up = shifted_down | !(vertical | shifted_up);
            *down = shifted_up & vertical;
        }
        for row in rows {
            self.equal[row / 64] = 0;
        }
    }

    /// The distances of all rows, from `top` in row 0 down.
    fn distances(&self, top: u32) -> Vec<u32> {
        let mut distance = top;
        let mut all = Vec::with_capacity(self.length + 1);
        all.push(top);
        for row in 0..self.length {
            let bit = |words: &[u64]| (words[row / 64] >> (row % 64) & 1) as u32;
            distance = distance + bit(&self.up) - bit(&self.down);
            all.push(distance);
        }
        all
    }
}
