//! The edit distance with greedy block moves that TER counts (Snover et al., AMTA 2006), as sacreBLEU
//! has it from tercom: beam, caps and order of candidates included.
//!
//! Round by round, every block of up to ten hypothesis words that stands elsewhere in the reference, at
//! most 50 words away, is a candidate; the one that lowers the edit distance most is moved. After 1,000
//! candidates the search ends, and what the last round found is dropped.
//!
//! Three things make it fast without changing an answer.
//!
//! * A candidate needs only a distance, no path: it comes from the bit-parallel kernel.
//! * All candidates of a round share their beginning with the current text, so each starts from the saved
//!   row where it departs; and if behind the moved region a row equals the current text's, so
//!   does all that follows.
//! * The reference algorithm looks only at a band around the diagonal. A path of cost d strays from it by at
//!   most (d + |n − m|) / 2 cells, so below that the band can't bind and the plain distance is
//!   the banded one. Only beyond does the banded programme run.

use super::bits::{Block, Pattern};

/// The longest block that moves, in words.
const MAX_BLOCK: usize = 10;
/// The farthest that a block moves, in words.
const MAX_DISTANCE: usize = 50;
/// The candidates after which the search ends.
const MAX_CANDIDATES: usize = 1000;
/// Half the width of the band, at least.
const BEAM: usize = 25;

/// A reference, prepared for many hypotheses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Target {
    words: Vec<u32>,
    pattern: Pattern,
    /// The positions of each word: those of word w are `positions[starts[w]..starts[w + 1]]`.
    positions: Vec<u32>,
    starts: Vec<u32>,
}

/// A block of the hypothesis as it stood in that round, moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) start: usize,
    pub(crate) length: usize,
    /// Where the block's first word stands after the move.
    pub(crate) to: usize,
}

/// One step of the path through the last round's programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Match,
    Substitute,
    /// A hypothesis word without partner.
    Delete,
    /// A reference word without partner.
    Insert,
}

/// Working memory; after a call it also holds the moves and the path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    current: Vec<u32>,
    candidate: Vec<u32>,
    pub(crate) moves: Vec<Move>,
    pub(crate) path: Vec<Step>,
    band: Band,
    alignment: Alignment,
    rows: Vec<Block>,
    row: Vec<Block>,
    scores: Vec<i32>,
}

impl Target {
    /// Of a sequence of words below `vocabulary`.
    pub(crate) fn new(words: Vec<u32>, vocabulary: usize) -> Self {
        let mut starts = vec![0; vocabulary + 2];
        for word in &words {
            starts[*word as usize + 2] += 1;
        }
        for word in 2..starts.len() {
            starts[word] += starts[word - 1];
        }
        let mut positions = vec![0; words.len()];
        for (at, word) in words.iter().enumerate() {
            let next = &mut starts[*word as usize + 1];
            positions[*next as usize] = at as u32;
            *next += 1;
        }
        starts.pop();
        Target { pattern: Pattern::new(&words, vocabulary), words, positions, starts }
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Where a word stands, at most [`MAX_DISTANCE`] from `near`.
    fn near(&self, word: u32, near: usize) -> &[u32] {
        let word = word as usize;
        if word + 1 >= self.starts.len() {
            return &[];
        }
        let all = &self.positions[self.starts[word] as usize..self.starts[word + 1] as usize];
        let first = all.partition_point(|at| (*at as usize) + MAX_DISTANCE < near);
        let end = all.partition_point(|at| (*at as usize) <= near + MAX_DISTANCE);
        &all[first..end]
    }
}

/// The number of edits and block moves that turn `hypothesis` into the target. Words that the target
/// doesn't have may have any number from its vocabulary's size on.
pub(crate) fn edits(hypothesis: &[u32], target: &Target, scratch: &mut Scratch) -> usize {
    scratch.moves.clear();
    scratch.path.clear();
    scratch.current.clear();
    scratch.current.extend_from_slice(hypothesis);
    if target.words.is_empty() {
        scratch.path.resize(hypothesis.len(), Step::Delete);
        return hypothesis.len();
    }
    let mut candidates = 0;
    loop {
        let distance = scratch.trace(target);
        // Nothing to gain, nothing to lose: no error, no candidate.
        if distance == 0 {
            return scratch.moves.len();
        }
        let best = scratch.best_move(target, distance, &mut candidates);
        match best {
            Some((gain, best)) if gain > 0 && candidates < MAX_CANDIDATES => {
                move_block(
                    &scratch.current,
                    best.start,
                    best.length,
                    best.insert,
                    &mut scratch.candidate,
                );
                std::mem::swap(&mut scratch.current, &mut scratch.candidate);
                scratch.moves.push(Move {
                    start: best.start,
                    length: best.length,
                    to: best.lands(hypothesis.len()),
                });
            }
            _ => return scratch.moves.len() + distance,
        }
    }
}

/// A block and the place that the reference algorithm would insert it at.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    start: usize,
    length: usize,
    insert: usize,
}

impl Candidate {
    /// Where the block's first word stands after the move, in a text of n words.
    fn lands(self, n: usize) -> usize {
        let Candidate { start, length, insert } = self;
        let to = if insert > start + length { insert - length } else { insert };
        to.min(n - length)
    }
}

/// Cuts a block out and inserts it in the rest at the place that `insert`, counted in the whole,
/// means; a place inside the block moves it to the right by as much.
fn move_block(words: &[u32], start: usize, length: usize, insert: usize, out: &mut Vec<u32>) {
    let end = start + length;
    out.clear();
    if insert < start {
        out.extend_from_slice(&words[..insert]);
        out.extend_from_slice(&words[start..end]);
        out.extend_from_slice(&words[insert..start]);
        out.extend_from_slice(&words[end..]);
    } else {
        // In the rest, the block is inserted behind the words `[end..until]` of the whole.
        let until = (if insert > end { insert } else { insert + length }).min(words.len());
        out.extend_from_slice(&words[..start]);
        out.extend_from_slice(&words[end..until]);
        out.extend_from_slice(&words[start..end]);
        out.extend_from_slice(&words[until..]);
    }
}

impl Scratch {
    /// Fills the band, the path and the alignment of the current text, and its saved rows; returns its
    /// distance.
    fn trace(&mut self, target: &Target) -> usize {
        let distance = self.band.fill(&self.current, &target.words);
        self.band.path(self.current.len(), target.len(), &mut self.path);
        self.alignment.read(&self.path);
        distance
    }

    /// Saves the bit-parallel rows of the current text.
    fn save_rows(&mut self, target: &Target) {
        let blocks = target.pattern.blocks();
        self.rows.clear();
        self.rows.resize((self.current.len() + 1) * blocks, (0, 0));
        target.pattern.first_row(&mut self.rows[..blocks]);
        self.scores.clear();
        self.scores.push(target.len() as i32);
        for (i, word) in self.current.iter().enumerate() {
            let (above, below) = self.rows.split_at_mut((i + 1) * blocks);
            let row = &mut below[..blocks];
            row.copy_from_slice(&above[i * blocks..]);
            let score = self.scores[i] + target.pattern.advance(*word, row);
            self.scores.push(score);
        }
    }

    /// The candidate with the greatest gain; of equal ones the longest, then the leftmost, then the
    /// one that moves to the left most.
    fn best_move(
        &mut self,
        target: &Target,
        distance: usize,
        candidates: &mut usize,
    ) -> Option<(i64, Candidate)> {
        self.save_rows(target);
        let mut best: Option<((i64, usize, i64, i64), Candidate)> = None;
        for start in 0..self.current.len() {
            for &at in target.near(self.current[start], start) {
                let at = at as usize;
                let (mut wrong_here, mut wrong_there) = (false, false);
                let longest = MAX_BLOCK.min(self.current.len() - start).min(target.len() - at);
                for length in 1..=longest {
                    let last = length - 1;
                    if self.current[start + last] != target.words[at + last] {
                        break;
                    }
                    wrong_here |= self.alignment.wrong_here[start + last];
                    wrong_there |= self.alignment.wrong_there[at + last];
                    let partner = self.alignment.partner[at];
                    let inside = partner >= start as i64 && partner < (start + length) as i64;
                    if !wrong_here || !wrong_there || inside {
                        continue;
                    }
                    let mut previous = None;
                    for place in at..=at + length {
                        let insert = match place.checked_sub(1) {
                            None => 0,
                            Some(before) => (self.alignment.partner[before] + 1) as usize,
                        };
                        if previous == Some(insert) {
                            continue;
                        }
                        previous = Some(insert);
                        let candidate = Candidate { start, length, insert };
                        let gain = distance as i64
                            - self.distance_after(candidate, target, distance) as i64;
                        *candidates += 1;
                        let rank = (gain, length, -(start as i64), -(insert as i64));
                        if best.is_none_or(|(greatest, _)| rank > greatest) {
                            best = Some((rank, candidate));
                        }
                    }
                    if *candidates >= MAX_CANDIDATES {
                        return best.map(|(rank, candidate)| (rank.0, candidate));
                    }
                }
            }
        }
        best.map(|(rank, candidate)| (rank.0, candidate))
    }

    /// The banded distance after a move.
    fn distance_after(&mut self, candidate: Candidate, target: &Target, distance: usize) -> usize {
        let Candidate { start, length, insert } = candidate;
        move_block(&self.current, start, length, insert, &mut self.candidate);
        // Outside this range the candidate equals the current text.
        let lands = candidate.lands(self.current.len());
        let (first, end) = (start.min(lands), start.max(lands) + length);
        let free = self.band.free(self.current.len(), target.len());
        // A move of a block changes a distance by at most twice its length.
        if distance <= free + 2 * length {
            let plain = self.plain_distance(first, end, target);
            if plain <= free {
                return plain;
            }
        }
        self.band.distance_from(first, end, &self.candidate, &target.words, distance)
    }

    /// The plain distance of the candidate, which equals the current text outside `first..end`.
    fn plain_distance(&mut self, first: usize, end: usize, target: &Target) -> usize {
        let blocks = target.pattern.blocks();
        self.row.clear();
        self.row.extend_from_slice(&self.rows[first * blocks..(first + 1) * blocks]);
        let mut score = self.scores[first];
        for (i, word) in self.candidate.iter().enumerate().skip(first) {
            if i >= end && self.row[..] == self.rows[i * blocks..(i + 1) * blocks] {
                return self.scores[self.candidate.len()] as usize;
            }
            score += target.pattern.advance(*word, &mut self.row);
        }
        score as usize
    }
}

/// What the path says of each word.
#[derive(Clone, Debug, Default)]
struct Alignment {
    /// For each reference word, the hypothesis word that stood last when it was reached; -1 before the first.
    partner: Vec<i64>,
    /// Whether a hypothesis word is wrong.
    wrong_here: Vec<bool>,
    /// Whether a reference word is missed.
    wrong_there: Vec<bool>,
}

impl Alignment {
    fn read(&mut self, path: &[Step]) {
        self.partner.clear();
        self.wrong_here.clear();
        self.wrong_there.clear();
        let mut here = -1;
        for step in path {
            if *step != Step::Insert {
                here += 1;
                self.wrong_here.push(*step != Step::Match);
            }
            if *step != Step::Delete {
                self.partner.push(here);
                self.wrong_there.push(*step != Step::Match);
            }
        }
    }
}

/// The reference algorithm's dynamic programme: only cells near the pseudo-diagonal, rows kept.
#[derive(Clone, Debug, Default)]
struct Band {
    /// First and end column of each row, and where its cells start.
    rows: Vec<(usize, usize, usize)>,
    cells: Vec<u32>,
    steps: Vec<Step>,
    spare: (Vec<u32>, Vec<u32>),
}

const INFINITE: u32 = u32::MAX / 2;

impl Band {
    /// Half the width of the band.
    fn half_width(n: usize, m: usize) -> usize {
        let ratio = if n > 0 { m as f64 / n as f64 } else { 1.0 };
        if ratio / 2.0 <= BEAM as f64 { BEAM } else { (ratio / 2.0 + BEAM as f64).ceil() as usize }
    }

    /// The distance up to which the band can't bind.
    fn free(&self, n: usize, m: usize) -> usize {
        (2 * (Self::half_width(n, m) - 2)).saturating_sub(n.abs_diff(m))
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

    /// Runs the whole programme; returns the distance.
    fn fill(&mut self, hypothesis: &[u32], reference: &[u32]) -> usize {
        let (n, m) = (hypothesis.len(), reference.len());
        let half_width = Self::half_width(n, m);
        self.rows.clear();
        self.cells.clear();
        self.steps.clear();
        self.rows.push((0, m + 1, 0));
        self.cells.extend(0..=m as u32);
        self.steps.resize(m + 1, Step::Insert);
        for (word, i) in hypothesis.iter().zip(1..) {
            let (first, end) = Self::columns(i, n, m, half_width);
            let (above_first, above_end, above_at) = self.rows[i - 1];
            let at = self.cells.len();
            self.rows.push((first, end, at));
            self.cells.resize(at + end - first, 0);
            self.steps.resize(at + end - first, Step::Delete);
            let (above, row) = self.cells.split_at_mut(at);
            let above = Above {
                first: above_first,
                cells: &above[above_at..above_at + above_end - above_first],
            };
            next_row(*word, reference, above, first, row, Some(&mut self.steps[at..]));
        }
        let last = *self.cells.last().unwrap_or(&0);
        last as usize
    }

    /// The steps of the path that [`fill`](Self::fill) found, forwards.
    fn path(&self, n: usize, m: usize, path: &mut Vec<Step>) {
        path.clear();
        let (mut i, mut j) = (n, m);
        while i > 0 || j > 0 {
            let (first, end, at) = self.rows[i];
            // A cell outside the band is never on a path; were it, deleting words would lead back.
            let inside = (first..end).contains(&j);
            let step = match (inside, i) {
                (true, _) => self.steps[at + j - first],
                (false, 0) => Step::Insert,
                (false, _) => Step::Delete,
            };
            path.push(step);
            i -= usize::from(step != Step::Insert);
            j = j.saturating_sub(usize::from(step != Step::Delete));
        }
        path.reverse();
    }

    /// The banded distance of a text that equals the one [`fill`](Self::fill)ed outside `first..end`.
    fn distance_from(
        &mut self,
        first: usize,
        end: usize,
        hypothesis: &[u32],
        reference: &[u32],
        distance: usize,
    ) -> usize {
        let (above, row) = &mut self.spare;
        let (mut above_first, above_end, at) = self.rows[first];
        above.clear();
        above.extend_from_slice(&self.cells[at..at + above_end - above_first]);
        for (i, word) in hypothesis.iter().enumerate().skip(first) {
            let (saved_first, saved_end, saved_at) = self.rows[i];
            if i >= end && above[..] == self.cells[saved_at..saved_at + saved_end - saved_first] {
                return distance;
            }
            let (columns, end, _) = self.rows[i + 1];
            row.clear();
            row.resize(end - columns, 0);
            next_row(
                *word,
                reference,
                Above { first: above_first, cells: above },
                columns,
                row,
                None,
            );
            std::mem::swap(above, row);
            above_first = columns;
        }
        *above.last().unwrap_or(&0) as usize
    }
}

/// The cells of the row above, from a first column on.
#[derive(Clone, Copy)]
struct Above<'a> {
    first: usize,
    cells: &'a [u32],
}

impl Above<'_> {
    #[inline]
    fn at(self, column: usize) -> u32 {
        column
            .checked_sub(self.first)
            .and_then(|at| self.cells.get(at))
            .copied()
            .unwrap_or(INFINITE)
    }
}

/// Fills a row of the programme from the one above: of equal ways the diagonal, then a deletion, then
/// an insertion.
#[inline]
fn next_row(
    word: u32,
    reference: &[u32],
    above: Above<'_>,
    first: usize,
    row: &mut [u32],
    mut steps: Option<&mut [Step]>,
) {
    let mut left = INFINITE;
    let mut diagonal = if first == 0 { INFINITE } else { above.at(first - 1) };
    for (at, cell) in row.iter_mut().enumerate() {
        let column = first + at;
        let up = above.at(column);
        let equal = column > 0 && reference[column - 1] == word;
        let mut best =
            (diagonal + u32::from(!equal), if equal { Step::Match } else { Step::Substitute });
        if up + 1 < best.0 {
            best = (up + 1, Step::Delete);
        }
        if left + 1 < best.0 {
            best = (left + 1, Step::Insert);
        }
        *cell = best.0.min(INFINITE);
        if let Some(steps) = &mut steps {
            steps[at] = best.1;
        }
        left = *cell;
        diagonal = up;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_inside_the_block_move_it_right() {
        let words = [0, 1, 2, 3, 4, 5];
        let moved = |start, length, insert| {
            let mut out = Vec::new();
            move_block(&words, start, length, insert, &mut out);
            out
        };
        assert_eq!(moved(2, 2, 0), [2, 3, 0, 1, 4, 5]);
        assert_eq!(moved(2, 2, 2), words);
        assert_eq!(moved(2, 2, 3), [0, 1, 4, 2, 3, 5]);
        assert_eq!(moved(2, 2, 4), [0, 1, 4, 5, 2, 3]);
        assert_eq!(moved(2, 2, 5), [0, 1, 4, 2, 3, 5]);
        assert_eq!(moved(2, 2, 6), [0, 1, 4, 5, 2, 3]);
        assert_eq!(moved(4, 2, 5), words);
    }
}
