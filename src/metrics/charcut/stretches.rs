//! Which stretches of two texts are matched.

use std::collections::BinaryHeap;

use super::side::{START, Side};

/// As many equal characters on both sides, from a place of the hypothesis and one of the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) hypothesis: usize,
    pub(super) reference: usize,
    pub(super) length: usize,
}

/// A stretch that could be longer on neither side, with the length of the longest part that may be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    longest: usize,
    stretch: Stretch,
}

/// What decides between stretches of one length, the least first: those that both sides have equally often come last,
/// then the rarer is first, then the one whose text is seen first, then the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    equally_often: bool,
    occurrences: usize,
    first: usize,
    stretch: Stretch,
}

/// Working memory.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    taken: [Vec<bool>; 2],
    runs: BinaryHeap<Run>,
    level: Vec<Run>,
    candidates: Vec<Candidate>,
    found: Vec<Stretch>,
}

impl Stretches {
    /// The stretches that are matched, in the order of the hypothesis.
    ///
    /// The longest is taken again and again, where nothing was taken before, while it has at least `least` characters; then
    /// shorter ones at both ends.
    pub(super) fn find(&mut self, hypothesis: &Side, reference: &Side, least: usize) -> &[Stretch] {
        for (taken, side) in self.taken.iter_mut().zip([hypothesis, reference]) {
            taken.clear();
            taken.resize(side.len(), false);
        }
        self.found.clear();
        self.runs(hypothesis, reference, least);
        while let Some(longest) = self.runs.peek().map(|run| run.longest) {
            self.level.clear();
            self.candidates.clear();
            while let Some(run) = self.runs.peek().filter(|run| run.longest == longest).copied() {
                self.runs.pop();
                if self.is_free(run.stretch) {
                    let candidates = &mut self.candidates;
                    each_part(hypothesis, reference, run.stretch, |stretch| {
                        if stretch.length == longest {
                            candidates.push(Candidate::unranked(stretch));
                        }
                    });
                    self.level.push(run);
                } else {
                    self.push_free(hypothesis, reference, run.stretch, least);
                }
            }
            self.rank(hypothesis, reference);
            for at in 0..self.candidates.len() {
                self.take(self.candidates[at].stretch);
            }
            for at in 0..self.level.len() {
                self.push_free(hypothesis, reference, self.level[at].stretch, least);
            }
        }
        self.ends(hypothesis, reference, least);
        self.found.sort_unstable();
        &self.found
    }

    /// Every run of equal characters.
    fn runs(&mut self, hypothesis: &Side, reference: &Side, least: usize) {
        self.runs.clear();
        let mut ours = hypothesis.grams.chunk_by(|a, b| a.gram == b.gram).peekable();
        let mut theirs = reference.grams.chunk_by(|a, b| a.gram == b.gram).peekable();
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            match a[0].gram.cmp(&b[0].gram) {
                std::cmp::Ordering::Less => _ = ours.next(),
                std::cmp::Ordering::Greater => _ = theirs.next(),
                std::cmp::Ordering::Equal => {
                    // A run starts where what stands before differs.
                    for starts in a.chunk_by(|a, b| a.before == b.before) {
                        let before = starts[0].before;
                        let differ = |b: &&super::side::Gram| b.before != before || before == START;
                        for (a, b) in starts.iter().flat_map(|a| {
                            b.iter().filter(differ).map(move |b| (a.at as usize, b.at as usize))
                        }) {
                            let equal = hypothesis.characters[a..]
                                .iter()
                                .zip(&reference.characters[b..])
                                .take_while(|(a, b)| a == b);
                            let length = equal.count();
                            self.push(
                                hypothesis,
                                reference,
                                Stretch { hypothesis: a, reference: b, length },
                                least,
                            );
                        }
                    }
                    ours.next();
                    theirs.next();
                }
            }
        }
    }

    /// Keeps a run in which nothing is taken, if some part of it may be matched.
    fn push(&mut self, hypothesis: &Side, reference: &Side, stretch: Stretch, least: usize) {
        let mut longest = 0;
        each_part(hypothesis, reference, stretch, |part| longest = longest.max(part.length));
        if longest >= least && !is_left_out(hypothesis, reference, stretch) {
            self.runs.push(Run { longest, stretch });
        }
    }

    /// Keeps what is still free of a run.
    fn push_free(&mut self, hypothesis: &Side, reference: &Side, run: Stretch, least: usize) {
        let mut from = 0;
        while from < run.length {
            let free = (from..run.length).take_while(|at| self.is_free(run.part(*at, 1))).count();
            if free >= least {
                self.push(hypothesis, reference, run.part(from, free), least);
            }
            from += free + 1;
        }
    }

    /// Puts the candidates in the order in which they are taken.
    fn rank(&mut self, hypothesis: &Side, reference: &Side) {
        if self.candidates.len() < 2 {
            return;
        }
        // Stretches from one place are one text, which is looked for once.
        self.candidates.sort_unstable();
        for same in
            self.candidates.chunk_by_mut(|a, b| a.stretch.hypothesis == b.stretch.hypothesis)
        {
            let ranked = Candidate::ranked(hypothesis, reference, same[0].stretch);
            for candidate in same {
                *candidate = Candidate { stretch: candidate.stretch, ..ranked };
            }
        }
        self.candidates.sort_unstable();
    }

    /// Equal words, shorter than any stretch before, at the very start and at the very end.
    fn ends(&mut self, hypothesis: &Side, reference: &Side, least: usize) {
        let (ours, theirs) = (&hypothesis.characters, &reference.characters);
        for length in (1..least.min(ours.len() + 1).min(theirs.len() + 1)).rev() {
            let start = Stretch { hypothesis: 0, reference: 0, length };
            let end = Stretch {
                hypothesis: ours.len() - length,
                reference: theirs.len() - length,
                length,
            };
            let starts_equal = ours[..length] == theirs[..length]
                && hypothesis.borders[length]
                && reference.borders[length];
            let ends_equal = ours[end.hypothesis..] == theirs[end.reference..]
                && hypothesis.borders[end.hypothesis]
                && reference.borders[end.reference];
            if starts_equal {
                self.take(start);
            }
            // What is matched at the start is not looked for at the end.
            if ends_equal && !(starts_equal && ours[end.hypothesis..] == ours[..length]) {
                self.take(end);
            }
        }
    }

    fn is_free(&self, stretch: Stretch) -> bool {
        let starts = [stretch.hypothesis, stretch.reference];
        self.taken
            .iter()
            .zip(starts)
            .all(|(taken, start)| taken[start..start + stretch.length].iter().all(|taken| !taken))
    }

    fn take(&mut self, stretch: Stretch) {
        if self.is_free(stretch) {
            let starts = [stretch.hypothesis, stretch.reference];
            for (taken, start) in self.taken.iter_mut().zip(starts) {
                taken[start..start + stretch.length].fill(true);
            }
            self.found.push(stretch);
        }
    }
}

impl Stretch {
    fn part(self, from: usize, length: usize) -> Self {
        Stretch { hypothesis: self.hypothesis + from, reference: self.reference + from, length }
    }

    pub(super) fn end(self) -> usize {
        self.hypothesis + self.length
    }

    fn text(self, hypothesis: &Side) -> &[char] {
        &hypothesis.characters[self.hypothesis..self.end()]
    }
}

impl Candidate {
    fn unranked(stretch: Stretch) -> Self {
        Candidate { equally_often: false, occurrences: 0, first: 0, stretch }
    }

    fn ranked(hypothesis: &Side, reference: &Side, stretch: Stretch) -> Self {
        let words = words(hypothesis, stretch);
        let text = stretch.text(hypothesis);
        let ours = hypothesis.occurrences(text, words < 2);
        let theirs = reference.occurrences(text, words < 2);
        let marks = words == 0 && ours.before_tail > 0 && theirs.before_tail > 0;
        let [a, b] = [ours, theirs].map(|found| if marks { found.before_tail } else { found.all });
        Candidate { equally_often: a == b, occurrences: a + b, first: ours.first, stretch }
    }
}

/// Calls `each` with the parts of a run that may be matched and are in no longer such part: between the borders
/// of both sides, or with no more than one word or piece of one.
fn each_part(hypothesis: &Side, reference: &Side, run: Stretch, mut each: impl FnMut(Stretch)) {
    let border = |at: &usize| {
        hypothesis.borders[run.hypothesis + at] && reference.borders[run.reference + at]
    };
    if let (Some(first), Some(last)) =
        ((0..=run.length).find(border), (0..=run.length).rev().find(border))
    {
        each(run.part(first, last - first));
    }
    let words = &hypothesis.words[run.hypothesis..run.end()];
    let reach =
        |from: usize, word: bool| from + words[from..].iter().take_while(|is| **is == word).count();
    let (mut from, mut word) = (0, reach(0, false));
    loop {
        let end = reach(word, true);
        let to = reach(end, false);
        each(run.part(from, to - from));
        if to == run.length {
            return;
        }
        (from, word) = (end, to);
    }
}

/// How many words, or pieces of words, a stretch has.
fn words(hypothesis: &Side, stretch: Stretch) -> usize {
    let words = &hypothesis.words[stretch.hypothesis..stretch.end()];
    words.chunk_by(|a, b| a == b).filter(|piece| piece[0]).count()
}

/// Whether a stretch is not looked at: it has no words, stands behind a side's last one, and both sides have it before that too.
fn is_left_out(hypothesis: &Side, reference: &Side, stretch: Stretch) -> bool {
    let behind = stretch.hypothesis >= hypothesis.tail || stretch.reference >= reference.tail;
    behind && words(hypothesis, stretch) == 0 && {
        let text = stretch.text(hypothesis);
        [hypothesis, reference].iter().all(|side| side.occurrences(text, true).before_tail > 0)
    }
}
