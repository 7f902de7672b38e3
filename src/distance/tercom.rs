//! The edit distance with greedy block moves that TER counts (Snover et al., AMTA 2006), as sacreBLEU
//! has it from tercom: beam, caps and order of candidates included.
//!
//! Round by round, every block of up to ten hypothesis words that stands elsewhere in the reference, at
//! most 50 words away, is a candidate; the one that lowers the edit distance most is moved. After 1,000
//! candidates the search ends, and what the last round found is dropped.
//!
//! What makes it fast without changing an answer:
//!
//! * Moves change the order of words only, so no distance falls below what the words have not in common; at that
//!   floor the search is over. A block of k words that moves by s changes a distance by at most 2 min(k, s).
//!   A candidate that can't beat the best one so far is counted, not evaluated.
//! * The candidates of a round are listed first: if they reach the cap, none has to be evaluated.
//! * The reference algorithm looks only at a band around the diagonal. A bit-parallel programme without band gives the
//!   same path if its own stays inside: every cell of it has the same value then, others can only have greater ones.
//!   A candidate's plain distance is a bound of the banded one, and equal up to a distance that follows from the lengths
//!   ([`band::free`]). It starts from the saved row where the candidate departs from the current text, and ends
//!   where a row equals the current text's.
//! * What is left runs in the [band], from both ends, once a round: a candidate needs only the rows of the words
//!   that it changes, and the cheapest way through the last of them.

use super::band::{self, Band};
use super::bits::{Block, Pattern};

/// The longest block that moves, in words.
const MAX_BLOCK: usize = 10;
/// The farthest that a block moves, in words.
const MAX_DISTANCE: usize = 50;
/// The candidates after which the search ends.
const MAX_CANDIDATES: usize = 1000;
/// The longest reference for the bit-parallel programme, in words of 64 cells: beyond, the band is cheaper.
const MAX_BLOCKS: usize = 4;

/// A reference, prepared for many hypotheses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Target {
    /// One word that no text has, then the reference's.
    padded: Vec<u32>,
    /// For a reference of at most [`MAX_BLOCKS`].
    pattern: Option<Pattern>,
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
    /// What a candidate makes of the words that it changes.
    changed: Vec<u32>,
    pub(crate) moves: Vec<Move>,
    pub(crate) path: Vec<Step>,
    alignment: Alignment,
    candidates: Vec<Candidate>,
    /// Occurrences of the reference's words in the hypothesis.
    counts: Vec<u32>,
    bits: Bits,
    banded: Banded,
    spare: Spare,
}

/// The bit-parallel programme of a candidate.
#[derive(Clone, Debug, Default)]
struct Spare {
    text: Vec<u32>,
    bits: Bits,
    path: Vec<Step>,
}

/// The bit-parallel programme of the current text.
#[derive(Clone, Debug, Default)]
struct Bits {
    /// Differences between the cells of a row, row by row.
    rows: Vec<Block>,
    /// Differences between the cells of a row and those above.
    falls: Vec<Block>,
    /// The last cell of each row.
    scores: Vec<i32>,
    row: Vec<Block>,
}

/// The banded programme of the current text.
#[derive(Clone, Debug, Default)]
struct Banded {
    band: Band,
    /// From the other end.
    mirrored: Band,
    /// The reference from the other end, padded.
    reversed: Vec<u32>,
    /// Whether both are of the current text.
    filled: bool,
    spare: [Vec<i32>; 2],
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
        let short = words.len() <= 64 * MAX_BLOCKS;
        let pattern = short.then(|| Pattern::new(&words, vocabulary));
        let mut padded = words;
        padded.insert(0, u32::MAX);
        Target { padded, pattern, positions, starts }
    }

    fn words(&self) -> &[u32] {
        &self.padded[1..]
    }

    pub(crate) fn len(&self) -> usize {
        self.padded.len().saturating_sub(1)
    }

    /// Where a word stands.
    fn positions(&self, word: u32) -> &[u32] {
        let word = word as usize;
        if word + 1 >= self.starts.len() {
            return &[];
        }
        &self.positions[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    /// Where a word stands, at most [`MAX_DISTANCE`] from `near`.
    fn near(&self, word: u32, near: usize) -> &[u32] {
        let all = self.positions(word);
        let first = all.partition_point(|at| (*at as usize) + MAX_DISTANCE < near);
        let end = all.partition_point(|at| (*at as usize) <= near + MAX_DISTANCE);
        &all[first..end]
    }

    /// The distance that no order of the words can fall below: a word without partner costs one.
    fn floor(&self, hypothesis: &[u32], counts: &mut Vec<u32>) -> usize {
        counts.clear();
        counts.resize(self.starts.len(), 0);
        let mut common = 0;
        for word in hypothesis {
            let there = self.positions(*word).len();
            if there > 0 {
                let here = &mut counts[*word as usize];
                common += usize::from((*here as usize) < there);
                *here += 1;
            }
        }
        hypothesis.len().max(self.len()) - common
    }
}

/// The number of edits and block moves that turn `hypothesis` into the target. Words that the target
/// doesn't have may have any number from its vocabulary's size on, but for the greatest.
pub(crate) fn edits(hypothesis: &[u32], target: &Target, scratch: &mut Scratch) -> usize {
    scratch.moves.clear();
    scratch.path.clear();
    scratch.current.clear();
    scratch.current.extend_from_slice(hypothesis);
    if target.len() == 0 {
        scratch.path.resize(hypothesis.len(), Step::Delete);
        return hypothesis.len();
    }
    let floor = target.floor(hypothesis, &mut scratch.counts);
    let mut evaluated = 0;
    loop {
        let (distance, pattern) = scratch.trace(target);
        if distance == floor || !scratch.list_candidates(target, MAX_CANDIDATES - evaluated) {
            return scratch.moves.len() + distance;
        }
        evaluated += scratch.candidates.len();
        let Some(best) = scratch.best_move(target, pattern, distance, floor) else {
            return scratch.moves.len() + distance;
        };
        best.change(&scratch.current, &mut scratch.changed);
        let (first, end) = best.range();
        scratch.current[first..end].copy_from_slice(&scratch.changed);
        scratch.moves.push(Move { start: best.start, length: best.length, to: best.lands });
    }
}

/// A block, and the place that it moves to.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    start: usize,
    length: usize,
    /// The place where the reference algorithm would insert it, counted in the whole text.
    insert: usize,
    /// Where the block's first word stands after the move.
    lands: usize,
}

impl Candidate {
    /// Of a text of n words. The block is cut out and inserted in the rest at the place that `insert`
    /// means; a place inside the block moves it to the right by as much.
    fn new(start: usize, length: usize, insert: usize, n: usize) -> Self {
        let to = if insert > start + length { insert - length } else { insert };
        Candidate { start, length, insert, lands: to.min(n - length) }
    }

    /// The words that change places.
    fn range(self) -> (usize, usize) {
        (self.start.min(self.lands), self.start.max(self.lands) + self.length)
    }

    /// By how much a distance can change at most: words move past the block, or the block past them.
    fn reach(self) -> usize {
        2 * self.length.min(self.start.abs_diff(self.lands))
    }

    /// What stands in [`range`](Self::range) after the move.
    fn change(self, words: &[u32], out: &mut Vec<u32>) {
        let block = &words[self.start..self.start + self.length];
        out.clear();
        if self.lands < self.start {
            out.extend_from_slice(block);
            out.extend_from_slice(&words[self.lands..self.start]);
        } else {
            out.extend_from_slice(&words[self.start + self.length..self.lands + self.length]);
            out.extend_from_slice(block);
        }
    }
}

/// How candidates are ranked: by gain; of equal ones the longest, then the leftmost, then the one that is
/// inserted leftmost.
fn rank(gain: usize, candidate: Candidate) -> (usize, usize, isize, isize) {
    let Candidate { start, length, insert, .. } = candidate;
    (gain, length, -(start as isize), -(insert as isize))
}

impl Scratch {
    /// Finds distance and path of the current text; gives the pattern if the plain programme did.
    fn trace<'t>(&mut self, target: &'t Target) -> (usize, Option<&'t Pattern>) {
        let Scratch { current, path, bits, banded, .. } = self;
        let (n, m) = (current.len(), target.len());
        banded.filled = false;
        if let Some(pattern) = &target.pattern {
            let distance = bits.fill(current, pattern);
            bits.path(current, target, pattern, path);
            if distance <= band::free(n, m) || is_inside(path, n, m) {
                return (distance, Some(pattern));
            }
        }
        banded.fill(current, target);
        banded.path(current, target, path);
        (banded.band.at(n, m) as usize, None)
    }

    /// Lists the candidates of a round; false if there are as many as `limit`.
    fn list_candidates(&mut self, target: &Target, limit: usize) -> bool {
        let Scratch { current, alignment, candidates, .. } = self;
        let words = target.words();
        alignment.read(&self.path);
        candidates.clear();
        for start in 0..current.len() {
            for &at in target.near(current[start], start) {
                let at = at as usize;
                let (mut wrong_here, mut wrong_there) = (false, false);
                let longest = MAX_BLOCK.min(current.len() - start).min(words.len() - at);
                for length in 1..=longest {
                    let last = length - 1;
                    if current[start + last] != words[at + last] {
                        break;
                    }
                    wrong_here |= alignment.wrong_here[start + last];
                    wrong_there |= alignment.wrong_there[at + last];
                    let partner = alignment.partner[at];
                    let inside = partner >= start as i64 && partner < (start + length) as i64;
                    if !wrong_here || !wrong_there || inside {
                        continue;
                    }
                    let mut previous = None;
                    for place in at..=at + length {
                        let before = place.checked_sub(1);
                        let insert = before.map_or(0, |before| alignment.partner[before] + 1);
                        if previous.replace(insert) != Some(insert) {
                            let insert = insert as usize;
                            candidates.push(Candidate::new(start, length, insert, current.len()));
                        }
                    }
                    if candidates.len() >= limit {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// The listed candidate that ranks highest, if one gains anything.
    fn best_move(
        &mut self,
        target: &Target,
        pattern: Option<&Pattern>,
        distance: usize,
        floor: usize,
    ) -> Option<Candidate> {
        let Scratch { current, changed, candidates, bits, banded, spare, .. } = self;
        let Spare { text, bits: other, path } = spare;
        let free = band::free(current.len(), target.len());
        let mut best: Option<((usize, usize, isize, isize), Candidate)> = None;
        for candidate in candidates.iter().copied() {
            let beats = |after: usize| {
                let rank = rank(distance.saturating_sub(after), candidate);
                Some(rank)
                    .filter(|rank| rank.0 > 0 && best.is_none_or(|(greatest, _)| *rank > greatest))
            };
            // Where the band binds, a move can change the banded distance by more than its reach.
            let reach = if pattern.is_some() { candidate.reach() } else { usize::MAX };
            let least = floor.max(distance.saturating_sub(reach));
            if beats(least).is_none() || candidate.start == candidate.lands {
                continue;
            }
            candidate.change(current, changed);
            let (first, end) = candidate.range();
            if let Some(pattern) = pattern {
                let plain = bits.distance_after(first, changed, &current[end..], pattern);
                let Some(rank) = beats(plain) else { continue };
                let inside = plain <= free || {
                    text.clear();
                    text.extend_from_slice(current);
                    text[first..end].copy_from_slice(changed);
                    other.fill(text, pattern);
                    other.path(text, target, pattern, path);
                    is_inside(path, current.len(), target.len())
                };
                if inside {
                    best = Some((rank, candidate));
                    continue;
                }
            }
            let after = banded.distance_after(current, first, changed, target);
            best = beats(after).map(|rank| (rank, candidate)).or(best);
        }
        best.map(|(_, candidate)| candidate)
    }
}

/// Whether a path stays inside the band.
fn is_inside(path: &[Step], n: usize, m: usize) -> bool {
    let (mut i, mut j) = (0, 0);
    path.iter().all(|step| {
        i += usize::from(*step != Step::Insert);
        j += usize::from(*step != Step::Delete);
        band::contains(i, j, n, m)
    })
}

impl Bits {
    /// Runs the programme over the current text and saves its rows; returns the distance.
    fn fill(&mut self, words: &[u32], pattern: &Pattern) -> usize {
        let blocks = pattern.blocks();
        self.rows.clear();
        self.rows.resize((words.len() + 1) * blocks, (0, 0));
        self.falls.clear();
        self.falls.resize(words.len() * blocks, (0, 0));
        pattern.first_row(&mut self.rows[..blocks]);
        let mut score = pattern.len() as i32;
        self.scores.clear();
        self.scores.push(score);
        for (i, word) in words.iter().enumerate() {
            let (above, below) = self.rows.split_at_mut((i + 1) * blocks);
            let (row, falls) = (&mut below[..blocks], &mut self.falls[i * blocks..]);
            row.copy_from_slice(&above[i * blocks..]);
            score += pattern.advance_with(*word, row, |at, fall| falls[at] = fall);
            self.scores.push(score);
        }
        score as usize
    }

    /// The path through the saved rows, forwards: of equal ways the diagonal, then a deletion, then an insertion.
    fn path(&self, words: &[u32], target: &Target, pattern: &Pattern, path: &mut Vec<Step>) {
        let blocks = pattern.blocks();
        let difference = |rows: &[Block], row: usize, cell: usize| {
            let (up, down) = rows[row * blocks + cell / 64];
            (up >> (cell % 64) & 1) as i32 - (down >> (cell % 64) & 1) as i32
        };
        trace(words.len(), target.len(), path, |i, j| {
            if words[i - 1] == target.words()[j - 1] {
                return Step::Match;
            }
            let fall = difference(&self.falls, i - 1, j - 1);
            match (fall + difference(&self.rows, i - 1, j - 1), fall) {
                (1, _) => Step::Substitute,
                (_, 1) => Step::Delete,
                _ => Step::Insert,
            }
        });
    }

    /// The distance of a text that has `changed` from `first` on, and `rest` behind as before.
    fn distance_after(
        &mut self,
        first: usize,
        changed: &[u32],
        rest: &[u32],
        pattern: &Pattern,
    ) -> usize {
        let blocks = pattern.blocks();
        let Bits { rows, scores, row, .. } = self;
        row.clear();
        row.extend_from_slice(&rows[first * blocks..(first + 1) * blocks]);
        let mut score = scores[first];
        for word in changed {
            score += pattern.advance(*word, row);
        }
        let end = first + changed.len();
        for (word, saved) in rest.iter().zip(rows[end * blocks..].chunks_exact(blocks)) {
            if row[..] == *saved {
                return scores[scores.len() - 1] as usize;
            }
            score += pattern.advance(*word, row);
        }
        score as usize
    }
}

impl Banded {
    /// Runs the programme over the current text.
    fn fill(&mut self, words: &[u32], target: &Target) {
        self.band.shape(words.len(), target.len());
        self.band.fill(words.iter().copied(), &target.padded);
    }

    /// Runs it from both ends, if that isn't done yet.
    fn fill_both(&mut self, words: &[u32], target: &Target) {
        if !std::mem::replace(&mut self.filled, true) {
            self.fill(words, target);
            self.reversed.clear();
            self.reversed.push(u32::MAX);
            self.reversed.extend(target.words().iter().rev());
            self.mirrored.mirror(&self.band, target.len());
            self.mirrored.fill(words.iter().rev().copied(), &self.reversed);
        }
    }

    /// The path through the band, forwards: of equal ways the diagonal, then a deletion, then an insertion.
    fn path(&self, words: &[u32], target: &Target, path: &mut Vec<Step>) {
        trace(words.len(), target.len(), path, |i, j| {
            let (here, diagonal) = (self.band.at(i, j), self.band.at(i - 1, j - 1));
            let equal = words[i - 1] == target.words()[j - 1];
            if diagonal + i32::from(!equal) == here {
                if equal { Step::Match } else { Step::Substitute }
            } else if self.band.at(i - 1, j) + 1 == here {
                Step::Delete
            } else {
                Step::Insert
            }
        });
    }

    /// The distance of the text `current` with `changed` from `first` on.
    fn distance_after(
        &mut self,
        current: &[u32],
        first: usize,
        changed: &[u32],
        target: &Target,
    ) -> usize {
        self.fill_both(current, target);
        let Banded { band, mirrored, spare, .. } = self;
        band.distance_through(first, changed, &target.padded, mirrored, spare) as usize
    }
}

/// Walks from the last cell to the first; `step` decides inside, at the edges there is one way.
fn trace(n: usize, m: usize, path: &mut Vec<Step>, step: impl Fn(usize, usize) -> Step) {
    let (mut i, mut j) = (n, m);
    path.clear();
    while i > 0 || j > 0 {
        let step = match (i, j) {
            (0, _) => Step::Insert,
            (_, 0) => Step::Delete,
            _ => step(i, j),
        };
        path.push(step);
        i -= usize::from(step != Step::Insert);
        j -= usize::from(step != Step::Delete);
    }
    path.reverse();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_inside_the_block_move_it_right() {
        let words = [0, 1, 2, 3, 4, 5];
        let moved = |start, length, insert| {
            let candidate = Candidate::new(start, length, insert, words.len());
            let (mut out, mut changed) = (words, Vec::new());
            candidate.change(&words, &mut changed);
            let (first, end) = candidate.range();
            out[first..end].copy_from_slice(&changed);
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
    proptest::proptest! {
        /// Without a pattern only the band is left.
        #[test]
        fn bits_and_band_agree(
            vocabulary in 2_u32..80,
            reference in proptest::collection::vec(0_u32..80, 1..200),
            edits in proptest::collection::vec((0_usize..200, 0_usize..200, 0_usize..30, 0_u32..90), 0..12),
        ) {
            let reference: Vec<u32> = reference.iter().map(|word| word % vocabulary).collect();
            let mut hypothesis = reference.clone();
            for (from, to, length, word) in edits {
                let from = from % (hypothesis.len() + 1);
                let end = (from + length).min(hypothesis.len());
                let block: Vec<u32> = hypothesis.drain(from..end).collect();
                let to = to % (hypothesis.len() + 1);
                hypothesis.splice(to..to, block);
                hypothesis.insert(to, word);
            }
            let (mut one, mut other) = (Scratch::default(), Scratch::default());
            let target = Target::new(reference, vocabulary as usize);
            let bits = super::edits(&hypothesis, &target, &mut one);
            let band = super::edits(&hypothesis, &Target { pattern: None, ..target }, &mut other);
            proptest::prop_assert_eq!(bits, band);
            proptest::prop_assert_eq!(one.moves, other.moves);
            proptest::prop_assert_eq!(one.path, other.path);
        }
    }
}
