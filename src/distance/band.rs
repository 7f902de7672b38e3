//! The dynamic programme of the edit distance within a band around the diagonal, as tercom cuts it.
//!
//! The cells of a row are columns near `row * m / n`; what lies outside counts as infinite. A band's spans
//! depend on the two lengths alone, so all texts of one length share them. Rows are kept one after the other with a
//! margin of infinite cells, so that a row finds the two cells above each of its own by plain slices:
//! the first minimum runs over whole vectors, only the way from the left is one cell after the other.

/// Half the width of the band, at least.
const BEAM: usize = 25;

/// Greater than any distance; two of them can be added.
const INFINITE: i32 = i32::MAX / 4;

/// The columns of a row, and where its cells start: one infinite cell, the row's own, then as many infinite ones
/// as the next row reaches farther to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    first: usize,
    end: usize,
    at: usize,
}

/// The band of a hypothesis of n and a reference of m words, and the cells that were filled last.
#[derive(Clone, Debug, Default)]
pub(super) struct Band {
    /// `n + 1` of them.
    spans: Vec<Span>,
    cells: Vec<i32>,
    /// How many cells all rows take.
    size: usize,
}

/// Half the width of the band.
fn half_width(n: usize, m: usize) -> usize {
    let ratio = if n > 0 { m as f64 / n as f64 } else { 1.0 };
    if ratio / 2.0 <= BEAM as f64 { BEAM } else { (ratio / 2.0 + BEAM as f64).ceil() as usize }
}

/// The distance up to which the band can't bind: a path of cost d strays from the diagonal by at most
/// `(d + |n - m|) / 2` cells.
pub(super) fn free(n: usize, m: usize) -> usize {
    (2 * (half_width(n, m) - 2)).saturating_sub(n.abs_diff(m))
}

/// The columns of row i.
fn columns(i: usize, n: usize, m: usize, half_width: usize) -> (usize, usize) {
    if i == 0 {
        return (0, m + 1);
    }
    let diagonal = (i as f64 * (m as f64 / n as f64)).floor() as usize;
    let end = if i == n { m + 1 } else { (diagonal + half_width).min(m + 1) };
    (diagonal.saturating_sub(half_width), end)
}

/// Whether the band has a cell.
pub(super) fn contains(i: usize, j: usize, n: usize, m: usize) -> bool {
    let (first, end) = columns(i, n, m, half_width(n, m));
    (first..end).contains(&j)
}

impl Band {
    /// Lays the band out for two lengths.
    pub(super) fn shape(&mut self, n: usize, m: usize) {
        let half_width = half_width(n, m);
        // Of the first row only what the second one can reach.
        let (_, reached) = columns(1.min(n), n, m, half_width);
        let spans =
            (0..=n).map(|i| if i == 0 { (0, reached) } else { columns(i, n, m, half_width) });
        self.lay(spans);
    }

    /// Lays out the same band seen from the other end: row i is row n - i, column j is m - j.
    pub(super) fn mirror(&mut self, band: &Band, m: usize) {
        self.lay(band.spans.iter().rev().map(|span| (m + 1 - span.end, m + 1 - span.first)));
    }

    fn lay(&mut self, spans: impl Iterator<Item = (usize, usize)>) {
        self.spans.clear();
        let mut at = 0;
        for (first, end) in spans {
            if let Some(above) = self.spans.last() {
                at = above.at + 1 + (end.max(above.end) - above.first);
            }
            self.spans.push(Span { first, end, at });
        }
        self.size = self.spans.last().map_or(0, |last| last.at + 1 + last.end - last.first);
    }

    /// Runs the programme over a text. `reference` has one word in front that isn't its own.
    pub(super) fn fill(&mut self, words: impl Iterator<Item = u32>, reference: &[u32]) {
        self.cells.clear();
        self.cells.resize(self.size, INFINITE);
        let Some(top) = self.spans.first() else { return };
        for (cell, column) in self.cells[top.at + 1..].iter_mut().zip(top.first..top.end) {
            *cell = column as i32;
        }
        for (word, spans) in words.zip(self.spans.windows(2)) {
            let [above, span] = [spans[0], spans[1]];
            let (done, row) = self.cells.split_at_mut(span.at);
            let row = &mut row[1..][..span.end - span.first];
            next_row(
                word,
                &reference[span.first..span.end],
                &done[above.at..],
                span.first - above.first,
                row,
            );
        }
    }

    /// The cell of a row and a column; infinite outside the band.
    pub(super) fn at(&self, row: usize, column: usize) -> i32 {
        let span = self.spans[row];
        if (span.first..span.end).contains(&column) {
            self.cells[span.at + 1 + column - span.first]
        } else {
            INFINITE
        }
    }

    /// The cells of a row.
    fn row(&self, row: usize) -> &[i32] {
        let span = self.spans[row];
        &self.cells[span.at + 1..][..span.end - span.first]
    }

    /// The distance of a text that equals the one this band was filled with but for the words from `first` on, which
    /// are `words` there. `mirrored` was filled from the other end: it knows what each cell behind those words costs.
    pub(super) fn distance_through(
        &self,
        first: usize,
        words: &[u32],
        reference: &[u32],
        mirrored: &Band,
        spare: &mut [Vec<i32>; 2],
    ) -> i32 {
        let [above, row] = spare;
        above.clear();
        above.push(INFINITE);
        above.extend_from_slice(self.row(first));
        for (word, spans) in words.iter().zip(self.spans[first..].windows(2)) {
            let [upper, span] = [spans[0], spans[1]];
            above.resize(1 + span.end - upper.first, INFINITE);
            row.clear();
            row.resize(1 + span.end - span.first, INFINITE);
            let columns = span.first..span.end;
            next_row(*word, &reference[columns], above, span.first - upper.first, &mut row[1..]);
            std::mem::swap(above, row);
        }
        let behind = mirrored.row(self.spans.len() - 1 - first - words.len());
        let through = above[1..].iter().zip(behind.iter().rev()).map(|(here, there)| here + there);
        through.min().unwrap_or(INFINITE)
    }
}

/// Fills a row from the one above, `above`, whose first cell is left of its span; the new span starts `shift`
/// columns farther right. `reference` has the word of each column of the row.
#[inline]
fn next_row(word: u32, reference: &[u32], above: &[i32], shift: usize, row: &mut [i32]) {
    let diagonal = &above[shift..][..row.len()];
    let up = &above[shift + 1..][..row.len()];
    for (((cell, diagonal), up), other) in row.iter_mut().zip(diagonal).zip(up).zip(reference) {
        *cell = (diagonal + i32::from(*other != word)).min(up + 1);
    }
    let mut left = INFINITE;
    for cell in row {
        left = (left + 1).min(*cell);
        *cell = left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table, every cell by its definition.
    fn table(a: &[u32], b: &[u32]) -> i32 {
        let (n, m) = (a.len(), b.len());
        let half = half_width(n, m);
        let mut table = vec![vec![INFINITE; m + 1]; n + 1];
        table[0] = (0..=m as i32).collect();
        for i in 1..=n {
            let (first, end) = columns(i, n, m, half);
            for j in first..end {
                let mut best = table[i - 1][j] + 1;
                if j > 0 {
                    best = best.min(table[i][j - 1] + 1);
                    best = best.min(table[i - 1][j - 1] + i32::from(a[i - 1] != b[j - 1]));
                }
                table[i][j] = best.min(INFINITE);
            }
        }
        table[n][m]
    }

    proptest::proptest! {
        #[test]
        fn equals_the_table(
            a in proptest::collection::vec(0_u32..4, 1..150),
            b in proptest::collection::vec(0_u32..4, 0..150),
            other in proptest::collection::vec(0_u32..4, 0..9),
            place in 0.0..1.0,
        ) {
            let (n, m) = (a.len(), b.len());
            let padded = |words: &mut dyn Iterator<Item = &u32>| -> Vec<u32> {
                std::iter::once(9).chain(words.copied()).collect()
            };
            let (reference, reversed) = (padded(&mut b.iter()), padded(&mut b.iter().rev()));
            let (mut band, mut mirrored) = (Band::default(), Band::default());
            band.shape(n, m);
            band.fill(a.iter().copied(), &reference);
            mirrored.mirror(&band, m);
            mirrored.fill(a.iter().rev().copied(), &reversed);
            proptest::prop_assert_eq!(band.at(n, m), table(&a, &b));
            proptest::prop_assert_eq!(mirrored.at(n, m), table(&a, &b));
            let length = other.len().min(n);
            let first = ((n - length) as f64 * place) as usize;
            let mut changed = a.clone();
            changed[first..first + length].copy_from_slice(&other[..length]);
            let words = &changed[first..first + length];
            let mut spare = Default::default();
            let through = band.distance_through(first, words, &reference, &mirrored, &mut spare);
            proptest::prop_assert_eq!(through, table(&changed, &b));
        }
    }
}
