//! Which stretches of two texts are matched.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::side::{Gram, START, Side};

/// Two texts that are compared, and how many characters a stretch has at least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'t> {
    pub(super) hypothesis: &'t Side,
    pub(super) reference: &'t Side,
    pub(super) least: usize,
}

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
    /// The longest is taken again and again, where nothing was taken before, while it has as many characters as it must; then
    /// shorter ones at both ends.
    pub(super) fn find(&mut self, pair: Pair<'_>) -> &[Stretch] {
        for (taken, side) in self.taken.iter_mut().zip([pair.hypothesis, pair.reference]) {
            taken.clear();
            taken.resize(side.len(), false);
        }
        self.found.clear();
        self.runs.clear();
        pair.each_run(|run| self.runs.extend(pair.measured(run)));
        while let Some(longest) = self.runs.peek().map(|run| run.longest) {
            self.level(pair, longest);
        }
        self.ends(pair);
        self.found.sort_unstable();
        &self.found
    }

    /// Takes stretches of the length that is the longest of all.
    fn level(&mut self, pair: Pair<'_>, longest: usize) {
        self.level.clear();
        self.candidates.clear();
        while let Some(run) = self.runs.peek().filter(|run| run.longest == longest).copied() {
            self.runs.pop();
            if !self.is_free(run.stretch) {
                self.push_free(pair, run.stretch);
                continue;
            }
            self.level.push(run);
            let candidates = &mut self.candidates;
            pair.each_part(run.stretch, |stretch| {
                if stretch.length == longest {
                    candidates.push(Candidate::unranked(stretch));
                }
            });
        }
        self.rank(pair);
        for at in 0..self.candidates.len() {
            self.take(self.candidates[at].stretch);
        }
        for at in 0..self.level.len() {
            self.push_free(pair, self.level[at].stretch);
        }
    }

    /// Keeps what is still free of a run.
    fn push_free(&mut self, pair: Pair<'_>, run: Stretch) {
        let mut from = 0;
        while from < run.length {
            let free = (from..run.length).take_while(|at| self.is_free(run.part(*at, 1))).count();
            self.runs.extend(pair.measured(run.part(from, free)));
            from += free + 1;
        }
    }

    /// Puts the candidates in the order in which they are taken.
    fn rank(&mut self, pair: Pair<'_>) {
        if self.candidates.len() < 2 {
            return;
        }
        // Stretches from one place are one text, which is looked for once.
        self.candidates.sort_unstable();
        let place = |candidate: &Candidate| candidate.stretch.hypothesis;
        for same in self.candidates.chunk_by_mut(|a, b| place(a) == place(b)) {
            let ranked = pair.ranked(same[0].stretch);
            for candidate in same {
                *candidate = Candidate { stretch: candidate.stretch, ..ranked };
            }
        }
        self.candidates.sort_unstable();
    }

    /// Equal words, shorter than any stretch before, at the very start and at the very end.
    fn ends(&mut self, pair: Pair<'_>) {
        let Pair { hypothesis, reference, least } = pair;
        let (ours, theirs) = (&hypothesis.characters, &reference.characters);
        for length in (1..least.min(ours.len() + 1).min(theirs.len() + 1)).rev() {
            let start = Stretch { hypothesis: 0, reference: 0, length };
            let (a, b) = (ours.len() - length, theirs.len() - length);
            let end = Stretch { hypothesis: a, reference: b, length };
            let starts_equal = ours[..length] == theirs[..length] && pair.is_border(start, length);
            let ends_equal = ours[a..] == theirs[b..] && pair.is_border(end, 0);
            if starts_equal {
                self.take(start);
            }
            // What is matched at the start is not looked for at the end.
            if ends_equal && !(starts_equal && ours[a..] == ours[..length]) {
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
}

impl Candidate {
    fn unranked(stretch: Stretch) -> Self {
        Candidate { equally_often: false, occurrences: 0, first: 0, stretch }
    }
}

impl<'t> Pair<'t> {
    /// Calls `each` with every run of equal characters.
    fn each_run(self, mut each: impl FnMut(Stretch)) {
        let by_gram = |grams: &'t [Gram]| grams.chunk_by(|a, b| a.gram == b.gram).peekable();
        let (mut ours, mut theirs) =
            (by_gram(&self.hypothesis.grams), by_gram(&self.reference.grams));
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            match a[0].gram.cmp(&b[0].gram) {
                Ordering::Less => _ = ours.next(),
                Ordering::Greater => _ = theirs.next(),
                Ordering::Equal => {
                    // A run starts where what stands before differs.
                    let starts = |a: &Gram, b: &Gram| a.before != b.before || a.before == START;
                    for a in *a {
                        b.iter().filter(|b| starts(a, b)).for_each(|b| each(self.run(a, b)));
                    }
                    _ = (ours.next(), theirs.next());
                }
            }
        }
    }

    /// The longest run from two places.
    fn run(self, a: &Gram, b: &Gram) -> Stretch {
        let (hypothesis, reference) = (a.at as usize, b.at as usize);
        let ours = self.hypothesis.characters[hypothesis..].iter();
        let theirs = self.reference.characters[reference..].iter();
        let length = ours.zip(theirs).take_while(|(a, b)| a == b).count();
        Stretch { hypothesis, reference, length }
    }

    /// A run with the longest part that may be matched, if one may.
    fn measured(self, stretch: Stretch) -> Option<Run> {
        if stretch.length < self.least {
            return None;
        }
        let mut longest = 0;
        self.each_part(stretch, |part| longest = longest.max(part.length));
        (longest >= self.least && !self.is_left_out(stretch)).then_some(Run { longest, stretch })
    }

    /// Calls `each` with the parts of a run that may be matched and are in no longer such part: between the borders
    /// of both sides, or with no more than one word or piece of one.
    fn each_part(self, run: Stretch, mut each: impl FnMut(Stretch)) {
        let border = |at: &usize| self.is_border(run, *at);
        if let (Some(first), Some(last)) =
            ((0..=run.length).find(border), (0..=run.length).rev().find(border))
        {
            each(run.part(first, last - first));
        }
        let words = &self.hypothesis.words[run.hypothesis..run.end()];
        let reach = |from: usize, word: bool| {
            from + words[from..].iter().take_while(|is| **is == word).count()
        };
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

    /// Whether there are borders on both sides so many characters behind the start of a stretch.
    fn is_border(self, stretch: Stretch, at: usize) -> bool {
        self.hypothesis.borders[stretch.hypothesis + at]
            && self.reference.borders[stretch.reference + at]
    }

    /// Whether a stretch is not looked at: it has no words, stands behind a side's last one, and both sides have it before
    /// that, too.
    fn is_left_out(self, stretch: Stretch) -> bool {
        let Pair { hypothesis, reference, .. } = self;
        let behind = stretch.hypothesis >= hypothesis.tail || stretch.reference >= reference.tail;
        behind && self.words(stretch) == 0 && {
            let text = self.text(stretch);
            [hypothesis, reference].iter().all(|side| side.occurrences(text, true).before_tail > 0)
        }
    }

    fn ranked(self, stretch: Stretch) -> Candidate {
        let (text, words) = (self.text(stretch), self.words(stretch));
        let [ours, theirs] =
            [self.hypothesis, self.reference].map(|side| side.occurrences(text, words < 2));
        let marks = words == 0 && ours.before_tail > 0 && theirs.before_tail > 0;
        let [a, b] = [ours, theirs].map(|found| if marks { found.before_tail } else { found.all });
        Candidate { equally_often: a == b, occurrences: a + b, first: ours.first, stretch }
    }

    fn text(self, stretch: Stretch) -> &'t [char] {
        &self.hypothesis.characters[stretch.hypothesis..stretch.end()]
    }

    /// How many words, or pieces of words, a stretch has.
    fn words(self, stretch: Stretch) -> usize {
        let words = &self.hypothesis.words[stretch.hypothesis..stretch.end()];
        words.chunk_by(|a, b| a == b).filter(|piece| piece[0]).count()
    }
}
