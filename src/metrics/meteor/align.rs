//! METEOR's alignment: the most matches, then the fewest chunks, then the shortest distance.
//!
//! Words match when their stems are equal, and match exactly when they are equal; stems make classes in which every
//! word matches every other. So the greatest weight is known in advance: a class matches as often as the side that has fewer
//! of it, and exactly as often as its words allow one by one. What is left is to choose places, and a
//! beam goes through the hypothesis from left to right: a state is the set of reference words that are
//! taken, and only states from which the greatest weight can still be reached live on. States that agree
//! in all that matters later are one, so most texts have few, and the answer is exact as long as no state is
//! dropped; the beam is wide for short texts and 40 (the paper's) for long ones.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::vocabulary::mix;

/// A word by the numbers of its surface and its stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) surface: u32,
    pub(super) stem: u32,
}

/// The number of no word, no stem, no place.
pub(super) const NONE: u32 = u32::MAX;

/// How many states of all places together are kept, as far as the beam is not narrower than the least nor wider
/// than the greatest width.
const STATES: usize = 8_000;
const WIDTHS: Range<usize> = 40..2048;

/// Words that match each other by their stem.
#[derive(Clone, Debug)]
struct Class {
    stem: u32,
    groups: Range<usize>,
    places: Range<usize>,
    /// Hypothesis words that are still to come.
    left: usize,
    /// Whether the hypothesis has more of it than the reference.
    surplus: bool,
    /// Whether words of it differ, so that there are matches that are not exact.
    mixed: bool,
}

/// The words of a class that are equal.
#[derive(Clone, Debug)]
struct Group {
    surface: u32,
    places: Range<usize>,
    left: usize,
    need: usize,
    /// Where its exact matches are counted, in a mixed class.
    slot: usize,
}

/// A partial alignment; what it has taken stands in the arenas at its number.
#[derive(Clone, Copy, Debug)]
struct State {
    matches: u32,
    chunks: u32,
    distance: u64,
    /// The place that the hypothesis word before was aligned to.
    last: u32,
    /// Where its path ends.
    step: u32,
}

/// A way to go on: from a state to a place, or to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Move {
    unmatched: u32,
    chunks: u32,
    distance: u64,
    from: u32,
    place: u32,
}

/// The best ways to go on, as many as can become states; what is worse than all of them is left out as it comes.
#[derive(Debug, Default)]
struct Moves {
    all: Vec<Move>,
    most: usize,
    /// None that is worse is among the best.
    worst: Option<Move>,
}

impl Moves {
    fn start(&mut self, most: usize) {
        self.all.clear();
        (self.most, self.worst) = (most, None);
    }

    /// Whether all that go on from here are worse than the best.
    fn are_beyond(&self, unmatched: u32, chunks: u32, distance: u64) -> bool {
        self.worst.is_some_and(|worst| {
            (unmatched, chunks, distance) > (worst.unmatched, worst.chunks, worst.distance)
        })
    }

    fn push(&mut self, step: Move) {
        if self.worst.is_none_or(|worst| step < worst) {
            self.all.push(step);
            if self.all.len() == 2 * self.most {
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        if self.all.len() > self.most {
            let (_, worst, _) = self.all.select_nth_unstable(self.most - 1);
            self.worst = Some(*worst);
            self.all.truncate(self.most);
        }
    }

    /// The best in order.
    fn sorted(&mut self) -> &[Move] {
        self.cut();
        self.all.sort_unstable();
        &self.all
    }
}

/// A step of a path, with the one before it.
#[derive(Clone, Copy, Debug)]
struct Step {
    before: u32,
    word: u32,
    place: u32,
}

/// Working memory, and the alignment that was found.
#[derive(Debug, Default)]
pub(super) struct Aligner {
    classes: Vec<Class>,
    groups: Vec<Group>,
    /// Reference places, by stem and surface.
    places: Vec<u32>,
    states: Vec<State>,
    next: Vec<State>,
    /// A bit a place of the reference, for each state.
    taken: (Vec<u64>, Vec<u64>),
    /// Exact matches so far of each slot, for each state.
    exact: (Vec<u32>, Vec<u32>),
    slots: usize,
    moves: Moves,
    known: HashMap<u64, u32>,
    steps: Vec<Step>,
    /// The reference place of each hypothesis word.
    pub(super) alignment: Vec<u32>,
    /// Runs of matches that are neighbours on both sides.
    pub(super) chunks: u64,
}

impl Aligner {
    /// Aligns; the answer stands in `alignment` and `chunks`.
    pub(super) fn align(&mut self, hypothesis: &[Word], reference: &[Word]) {
        self.start(hypothesis, reference);
        let cells = reference.len().div_ceil(64);
        let width = (STATES / hypothesis.len().max(1)).clamp(WIDTHS.start, WIDTHS.end);
        for (at, word) in hypothesis.iter().enumerate() {
            let class = self.classes.binary_search_by_key(&word.stem, |class| class.stem).ok();
            let Some(class) = class else {
                self.states.iter_mut().for_each(|state| state.last = NONE);
                continue;
            };
            let group = self.group_of(class, word.surface);
            self.classes[class].left -= 1;
            if let Some(group) = group {
                self.groups[group].left -= 1;
            }
            self.moves(at, class, group, cells, width);
            self.follow(at, class, group, cells, width);
        }
        self.finish(hypothesis.len());
    }

    /// Sorts the reference into classes and groups, and counts what the hypothesis has of each.
    fn start(&mut self, hypothesis: &[Word], reference: &[Word]) {
        let key = |place: u32| (reference[place as usize].stem, reference[place as usize].surface);
        self.places.clear();
        self.places.extend(0..reference.len() as u32);
        self.places.sort_unstable_by_key(|place| (key(*place), *place));
        self.classes.clear();
        self.groups.clear();
        for (at, place) in self.places.iter().enumerate() {
            let (stem, surface) = key(*place);
            if self.classes.last().is_none_or(|class| class.stem != stem) {
                let groups = self.groups.len()..self.groups.len();
                let class =
                    Class { stem, groups, places: at..at, left: 0, surplus: false, mixed: false };
                self.classes.push(class);
            }
            let new = self.classes.last().is_some_and(|class| class.groups.is_empty())
                || self.groups.last().is_none_or(|group| group.surface != surface);
            if new {
                self.groups.push(Group { surface, places: at..at, left: 0, need: 0, slot: 0 });
            }
            if let (Some(class), Some(group)) = (self.classes.last_mut(), self.groups.last_mut()) {
                (class.places.end, group.places.end) = (at + 1, at + 1);
                class.groups.end += usize::from(new);
            }
        }
        for word in hypothesis {
            let class = self.classes.binary_search_by_key(&word.stem, |class| class.stem);
            let Ok(class) = class else { continue };
            self.classes[class].left += 1;
            if let Some(group) = self.group_of(class, word.surface) {
                self.groups[group].left += 1;
            }
        }
        self.slots = 0;
        for group in &mut self.groups {
            group.need = group.left.min(group.places.len());
        }
        for class in &mut self.classes {
            class.surplus = class.left > class.places.len();
            let exact = self.groups[class.groups.clone()].iter().map(|group| group.left).max();
            class.mixed = class.groups.len() > 1 || exact != Some(class.left);
            for group in self.groups[class.groups.clone()].iter_mut().filter(|_| class.mixed) {
                group.slot = self.slots;
                self.slots += 1;
            }
        }
        self.states.clear();
        self.states.push(State { matches: 0, chunks: 0, distance: 0, last: NONE, step: NONE });
        self.taken.0.clear();
        self.taken.0.resize(reference.len().div_ceil(64), 0);
        self.exact.0.clear();
        self.exact.0.resize(self.slots, 0);
        self.steps.clear();
    }

    fn group_of(&self, class: usize, surface: u32) -> Option<usize> {
        let range = self.classes[class].groups.clone();
        self.groups[range.clone()]
            .iter()
            .position(|group| group.surface == surface)
            .map(|at| range.start + at)
    }

    /// Every way to go on with the word at hand that can still reach the greatest weight.
    fn moves(&mut self, at: usize, class: usize, group: Option<usize>, cells: usize, width: usize) {
        let Aligner { classes, groups, places, states, taken, exact, slots, moves, .. } = self;
        let class = &classes[class];
        moves.start(width * 4);
        for (from, state) in states.iter().enumerate() {
            if moves.are_beyond(NONE - state.matches - 1, state.chunks, state.distance) {
                continue;
            }
            let taken = &taken.0[from * cells..(from + 1) * cells];
            let exact = &exact.0[from * *slots..(from + 1) * *slots];
            let free = |place: u32| taken[place as usize / 64] >> (place % 64) & 1 == 0;
            let count =
                |range: &Range<usize>| places[range.clone()].iter().filter(|p| free(**p)).count();
            // Whether a group still gets its exact matches if it loses this many places now.
            let spare = |group: usize, lost: usize| {
                let group_of = &groups[group];
                let free = count(&group_of.places).saturating_sub(lost);
                exact[group_of.slot] as usize + group_of.left.min(free) >= group_of.need
            };
            let not_exact = !class.mixed || group.is_none_or(|group| spare(group, 0));
            // Says whether a place that is farther off can still be among the best.
            let mut push = |place: u32| {
                let matched = u32::from(place != NONE);
                let joined = matched == 0 || state.last != NONE && place == state.last + 1;
                let step = Move {
                    unmatched: NONE - state.matches - matched,
                    chunks: state.chunks + u32::from(!joined),
                    distance: state.distance
                        + if matched == 0 { 0 } else { at.abs_diff(place as usize) as u64 },
                    from: from as u32,
                    place,
                };
                moves.push(step);
                joined || !moves.are_beyond(step.unmatched, step.chunks, step.distance)
            };
            // Only the side that has more of a class can leave a word out, and only while enough are left.
            if class.surplus && not_exact && class.left >= count(&class.places) {
                push(NONE);
            }
            for other in class.groups.clone() {
                if Some(other) == group || not_exact && spare(other, 1) {
                    near(
                        &places[groups[other].places.clone()],
                        at,
                        width,
                        state.last,
                        free,
                        &mut push,
                    );
                }
            }
        }
    }

    /// Makes the best moves the states, each set of taken places once.
    fn follow(
        &mut self,
        at: usize,
        class: usize,
        group: Option<usize>,
        cells: usize,
        width: usize,
    ) {
        let Aligner {
            classes,
            groups,
            places,
            states,
            next,
            taken,
            exact,
            moves,
            known,
            steps,
            ..
        } = self;
        let slots = self.slots;
        let class = &classes[class];
        next.clear();
        taken.1.clear();
        exact.1.clear();
        known.clear();
        for step in moves.sorted() {
            if next.len() == width {
                break;
            }
            let (from, start) = (step.from as usize, taken.1.len());
            taken.1.extend_from_slice(&taken.0[from * cells..(from + 1) * cells]);
            exact.1.extend_from_slice(&exact.0[from * slots..(from + 1) * slots]);
            let bits = &mut taken.1[start..];
            let counts = &mut exact.1[next.len() * slots..];
            if step.place != NONE {
                bits[step.place as usize / 64] |= 1 << (step.place % 64);
                let own =
                    |group: &usize| places[groups[*group].places.clone()].contains(&step.place);
                if let Some(group) = group.filter(own).filter(|_| class.mixed) {
                    counts[groups[group].slot] += 1;
                }
            }
            if class.left == 0 {
                // Nobody asks any more which of them are taken.
                for place in &places[class.places.clone()] {
                    bits[*place as usize / 64] &= !(1 << (place % 64));
                }
                groups[class.groups.clone()]
                    .iter()
                    .filter(|_| class.mixed)
                    .for_each(|g| counts[g.slot] = 0);
            }
            let hash = bits.iter().fold(u64::from(step.place), |hash, cell| mix(hash, *cell));
            let hash = counts.iter().fold(hash, |hash, count| mix(hash, u64::from(*count)));
            let number = next.len() as u32;
            let first = *known.entry(hash).or_insert(number) as usize;
            let (earlier, this) = taken.1.split_at(start);
            let same = first < number as usize
                && next[first].last == step.place
                && earlier[first * cells..(first + 1) * cells] == *this
                && exact.1[first * slots..(first + 1) * slots]
                    == exact.1[number as usize * slots..];
            if same {
                taken.1.truncate(start);
                exact.1.truncate(number as usize * slots);
                continue;
            }
            let before = states[from];
            steps.push(Step { before: before.step, word: at as u32, place: step.place });
            next.push(State {
                matches: NONE - step.unmatched,
                chunks: step.chunks,
                distance: step.distance,
                last: step.place,
                step: steps.len() as u32 - 1,
            });
        }
        std::mem::swap(states, next);
        std::mem::swap(&mut taken.0, &mut taken.1);
        std::mem::swap(&mut exact.0, &mut exact.1);
    }

    fn finish(&mut self, words: usize) {
        self.alignment.clear();
        self.alignment.resize(words, NONE);
        let best = self.states.iter().min_by_key(|state| (state.chunks, state.distance));
        let Some(best) = best else { return };
        self.chunks = best.chunks.into();
        let mut at = best.step;
        while let Some(step) = self.steps.get(at as usize) {
            self.alignment[step.word as usize] = step.place;
            at = step.before;
        }
    }
}

/// Visits the free places that are nearest, at most as many as the beam is wide (no state has more children
/// that live) and until one says that farther ones are in vain, and the one that goes on with the chunk.
fn near(
    places: &[u32],
    at: usize,
    most: usize,
    last: u32,
    free: impl Fn(u32) -> bool,
    mut visit: impl FnMut(u32) -> bool,
) {
    let at = at as u32;
    let middle = places.partition_point(|place| *place < at);
    let (mut below, mut above, mut found) = (middle, middle, 0);
    while found < most && (below > 0 || above < places.len()) {
        let up = below == 0 || above < places.len() && places[above] - at < at - places[below - 1];
        let place = if up { places[above] } else { places[below - 1] };
        if up {
            above += 1;
        } else {
            below -= 1;
        }
        if free(place) {
            found += 1;
            if !visit(place) {
                break;
            }
        }
    }
    let outside = [&places[..below], &places[above..]];
    let next = last.wrapping_add(1);
    if last != NONE && outside.iter().any(|rest| rest.binary_search(&next).is_ok()) && free(next) {
        visit(next);
    }
}
