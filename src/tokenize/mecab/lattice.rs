//! The cheapest way through a text.

use super::dictionary::{CharInfo, Dictionary, Entry};

/// A run of one category that goes on for more characters than this behind its first is no unknown word.
const MAX_GROUPING: usize = 24;

const NONE: u32 = u32::MAX;

/// A word at a place, with the cheapest way to it.
#[derive(Clone, Copy, Debug)]
struct Node {
    cost: i64,
    /// The node before it.
    previous: u32,
    /// The next node that ends where this one does.
    sibling: u32,
    start: u32,
    end: u32,
    right: u16,
}

/// A word that may stand at a place.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    start: usize,
    end: usize,
    entry: Entry,
}

/// A node that ends here, as the words that begin here see it.
#[derive(Clone, Copy, Debug)]
struct Neighbour {
    cost: i64,
    node: u32,
    right: u16,
}

/// Working memory for one text.
#[derive(Debug, Default)]
pub(super) struct Lattice {
    nodes: Vec<Node>,
    /// For each byte, the node that was made last of those that end there.
    ends: Vec<u32>,
    candidates: Vec<Candidate>,
    neighbours: Vec<Neighbour>,
    /// The cheapest neighbour by left context, for the place at hand.
    cheapest: Vec<(u16, i64, u32)>,
    path: Vec<u32>,
}

impl Lattice {
    /// Calls `word` with the span of each word of the cheapest way.
    ///
    /// Of ways that cost the same, the one whose node was made last wins: MeCab's order, which decides
    /// tokens. Candidates are made from short to long and linked from the last to the first.
    pub(super) fn best_path(
        &mut self,
        dictionary: &Dictionary,
        text: &str,
        mut word: impl FnMut(usize, usize),
    ) {
        self.start(text.len());
        for (at, _) in text.char_indices() {
            if self.ends[at] != NONE {
                self.make_candidates(dictionary, text, at);
                self.gather(at);
                self.link(dictionary, at);
            }
        }
        let Some(last) = (0..=text.len()).rev().find(|at| self.ends[*at] != NONE) else { return };
        self.gather(last);
        let (_, mut node) = self.cheapest(dictionary, 0);
        self.path.clear();
        while node != 0 && node != NONE {
            self.path.push(node);
            node = self.nodes[node as usize].previous;
        }
        for node in self.path.iter().rev() {
            let Node { start, end, .. } = self.nodes[*node as usize];
            word(start as usize, end as usize);
        }
    }

    /// Empties the lattice but for the start of the text, node 0.
    fn start(&mut self, length: usize) {
        self.nodes.clear();
        self.ends.clear();
        self.ends.resize(length + 1, NONE);
        let start = Node { cost: 0, previous: NONE, sibling: NONE, start: 0, end: 0, right: 0 };
        self.nodes.push(start);
        self.ends[0] = 0;
    }

    /// The words that may stand behind the white space at `at`.
    fn make_candidates(&mut self, dictionary: &Dictionary, text: &str, at: usize) {
        self.candidates.clear();
        let space = dictionary.char(' ');
        let start = at + run(dictionary, &text[at..], space, usize::MAX).0;
        let rest = &text[start..];
        // White space at the end is nobody's.
        let Some(first) = rest.chars().next() else { return };
        let candidates = &mut self.candidates;
        dictionary.words(rest, |length, entry| {
            candidates.push(Candidate { start, end: start + length, entry });
        });
        let info = dictionary.char(first);
        if self.candidates.is_empty() || info.invokes() {
            self.make_unknown(dictionary, rest, start, (first, info));
        }
    }

    /// Unknown words: the run of the first character's category, and its first 1, 2 ... characters.
    fn make_unknown(
        &mut self,
        dictionary: &Dictionary,
        rest: &str,
        start: usize,
        (first, info): (char, CharInfo),
    ) {
        let one = first.len_utf8();
        let mut grouped = 0;
        if info.groups() {
            let (length, count) = run(dictionary, &rest[one..], info, MAX_GROUPING + 1);
            grouped = one + length;
            if count <= MAX_GROUPING {
                self.push_unknown(dictionary, info, start, grouped);
            }
        }
        let mut length = one;
        for _ in 0..info.length() {
            if length == grouped {
                break;
            }
            self.push_unknown(dictionary, info, start, length);
            match rest[length..].chars().next() {
                Some(c) if info.is_kind_of(dictionary.char(c)) => length += c.len_utf8(),
                _ => break,
            }
        }
        if self.candidates.is_empty() {
            self.push_unknown(dictionary, info, start, length);
        }
    }

    fn push_unknown(
        &mut self,
        dictionary: &Dictionary,
        info: CharInfo,
        start: usize,
        length: usize,
    ) {
        let entries = dictionary.unknown(info.category()).iter();
        let end = start + length;
        self.candidates.extend(entries.map(|entry| Candidate { start, end, entry: *entry }));
    }

    /// The nodes that end at `at`, the last one first.
    fn gather(&mut self, at: usize) {
        self.neighbours.clear();
        self.cheapest.clear();
        let mut next = self.ends[at];
        while next != NONE {
            let Node { cost, right, sibling, .. } = self.nodes[next as usize];
            self.neighbours.push(Neighbour { cost, node: next, right });
            next = sibling;
        }
    }

    /// Makes a node of each candidate, behind its cheapest neighbour.
    fn link(&mut self, dictionary: &Dictionary, at: usize) {
        for index in (0..self.candidates.len()).rev() {
            let Candidate { start, end, entry } = self.candidates[index];
            let (mut cost, previous) = self.cheapest(dictionary, entry.left);
            cost += i64::from(entry.cost);
            if start > at && dictionary.has_penalties() {
                cost += i64::from(dictionary.penalty(entry.class));
            }
            let node = self.nodes.len() as u32;
            let sibling = std::mem::replace(&mut self.ends[end], node);
            let (start, end, right) = (start as u32, end as u32, entry.right);
            self.nodes.push(Node { cost, previous, sibling, start, end, right });
        }
    }

    /// The cheapest gathered neighbour of a left context and the cost up to here: the same for every
    /// candidate with that context, so it is found once.
    #[inline]
    fn cheapest(&mut self, dictionary: &Dictionary, left: u16) -> (i64, u32) {
        if let Some((_, cost, node)) = self.cheapest.iter().find(|(of, ..)| *of == left) {
            return (*cost, *node);
        }
        let costs = dictionary.costs(left);
        let mut best = (i64::MAX, NONE);
        for neighbour in &self.neighbours {
            let cost = neighbour.cost + costs.behind(neighbour.right);
            if cost < best.0 {
                best = (cost, neighbour.node);
            }
        }
        self.cheapest.push((left, best.0, best.1));
        best
    }
}

/// How many bytes and characters `text` begins with, each of a category of the one before it, the first
/// of one of `info`'s; `most` ends the search.
fn run(dictionary: &Dictionary, text: &str, mut info: CharInfo, most: usize) -> (usize, usize) {
    let mut count = 0;
    for (at, c) in text.char_indices() {
        let next = dictionary.char(c);
        if count == most || !info.is_kind_of(next) {
            return (at, count);
        }
        info = next;
        count += 1;
    }
    (text.len(), count)
}
