//! The four ways of cutting a normalized text into pieces.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::Vocabulary;
use super::model::Kind;
use super::normalize::SPACE;
use super::trie::Trie;

/// A piece in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) unknown: bool,
}

/// Working memory for one text.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) cuts: Vec<Cut>,
    best: Vec<Best>,
    symbols: Vec<Symbol>,
    agenda: BinaryHeap<Pair>,
    stack: Vec<(usize, usize)>,
    /// Where pieces that are only used for merging were merged last, by number.
    seams: HashMap<u32, usize>,
}

/// The likeliest way up to a place.
#[derive(Clone, Copy, Debug)]
struct Best {
    score: f32,
    /// Where its last piece starts; `usize::MAX` while there is no way.
    start: usize,
    unknown: bool,
}

/// What an unknown character costs more than the least likely piece.
const UNKNOWN_PENALTY: f32 = 10.0;

const NOWHERE: usize = usize::MAX;

/// Unigram (Kudo, ACL 2018): the likeliest pieces, by dynamic programming over the places of the text.
///
/// Scores are added in 32 bits, as SentencePiece adds them: rounding decides between ways that are equally
/// likely.
pub(super) fn unigram(vocabulary: &Vocabulary, text: &str, scratch: &mut Scratch) {
    let best = &mut scratch.best;
    best.clear();
    best.resize(text.len() + 1, Best { score: 0.0, start: NOWHERE, unknown: false });
    let unknown_score = vocabulary.least_score - UNKNOWN_PENALTY;
    let bytes = text.as_bytes();
    for (start, c) in text.char_indices() {
        let so_far = best[start].score;
        let one = c.len_utf8();
        let (mut node, mut single) = (Trie::ROOT, false);
        for (at, byte) in bytes.iter().enumerate().skip(start) {
            match vocabulary.trie.child(node, *byte) {
                Some(child) => node = child,
                None => break,
            }
            let Some(id) = vocabulary.trie.value(node) else { continue };
            let length = at + 1 - start;
            let Some(score) = vocabulary.score(id, length) else { continue };
            single |= length == one;
            let score = score + so_far;
            let there = &mut best[at + 1];
            if there.start == NOWHERE || score > there.score {
                *there = Best { score, start, unknown: false };
            }
        }
        if !single {
            let score = unknown_score + so_far;
            let there = &mut best[start + one];
            if there.start == NOWHERE || score > there.score {
                *there = Best { score, start, unknown: true };
            }
        }
    }
    let mut end = text.len();
    while end > 0 {
        let Best { start, unknown, .. } = best[end];
        scratch.cuts.push(Cut { start, end, unknown });
        end = start;
    }
    scratch.cuts.reverse();
}

/// A character or merged piece, in a list of those that are left.
#[derive(Clone, Copy, Debug)]
struct Symbol {
    start: usize,
    /// Equal to `start` once it is part of the one before it.
    end: usize,
    previous: usize,
    next: usize,
    /// Its node in the trie, if a piece begins with it.
    node: Option<u32>,
    frozen: bool,
}

/// Two neighbours that would make a piece.
#[derive(Clone, Copy, Debug)]
struct Pair {
    score: f32,
    left: usize,
    right: usize,
    length: usize,
    node: u32,
}

/// The greatest score first, of equal ones the leftmost.
impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        // +0 and -0 are one score.
        (self.score + 0.0).total_cmp(&(other.score + 0.0)).then(other.left.cmp(&self.left))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Pair {}

/// Byte-pair encoding (Sennrich, Haddow and Birch, ACL 2016): neighbours are merged as long as they make
/// a piece, the best one first.
pub(super) fn bpe(vocabulary: &Vocabulary, text: &str, scratch: &mut Scratch) {
    split(vocabulary, text, &mut scratch.symbols);
    scratch.agenda.clear();
    scratch.seams.clear();
    for right in 1..scratch.symbols.len() {
        propose(vocabulary, text, scratch, right - 1, right);
    }
    while let Some(Pair { left, right, length, node, .. }) = scratch.agenda.pop() {
        let symbols = &mut scratch.symbols;
        let (start, end) = (symbols[left].start, symbols[right].end);
        let gone = |symbol: Symbol| symbol.start == symbol.end;
        if gone(symbols[left]) || gone(symbols[right]) || end - start != length {
            continue;
        }
        let Symbol { start: middle, next, .. } = symbols[right];
        symbols[right].end = middle;
        symbols[left] = Symbol { end, next, node: Some(node), ..symbols[left] };
        if let Some(next) = symbols.get_mut(next) {
            next.previous = left;
        }
        let previous = symbols[left].previous;
        propose(vocabulary, text, scratch, previous, left);
        propose(vocabulary, text, scratch, left, next);
    }
    let mut index = 0;
    while let Some(Symbol { start, end, next, .. }) = scratch.symbols.get(index).copied() {
        emit(vocabulary, text, (start, end), scratch);
        index = next;
    }
}

/// The characters and user-defined symbols of a text.
fn split(vocabulary: &Vocabulary, text: &str, symbols: &mut Vec<Symbol>) {
    symbols.clear();
    let mut start = 0;
    while start < text.len() {
        let (length, frozen) = vocabulary.first(&text[start..]);
        let end = start + length;
        let node = vocabulary.trie.walk(Trie::ROOT, &text[start..end]);
        let index = symbols.len();
        let next = if end < text.len() { index + 1 } else { NOWHERE };
        let previous = index.checked_sub(1).unwrap_or(NOWHERE);
        symbols.push(Symbol { start, end, previous, next, node, frozen });
        start = end;
    }
}

/// Puts two neighbours on the agenda, if they make a piece.
fn propose(
    vocabulary: &Vocabulary,
    text: &str,
    scratch: &mut Scratch,
    left: usize,
    right: usize,
) -> Option<()> {
    let (one, other) = (scratch.symbols.get(left)?, scratch.symbols.get(right)?);
    if one.frozen || other.frozen {
        return None;
    }
    let node = vocabulary.trie.walk(one.node?, &text[other.start..other.end])?;
    let id = vocabulary.trie.value(node)?;
    let score = vocabulary.scores.get(id as usize).copied()?;
    if vocabulary.kind(id) == Kind::Unused {
        scratch.seams.insert(id, other.start - one.start);
    }
    scratch.agenda.push(Pair { score, left, right, length: other.end - one.start, node });
    Some(())
}

/// A merged piece, or the pieces of one that is only used for merging; unknown if it was not merged.
fn emit(vocabulary: &Vocabulary, text: &str, span: (usize, usize), scratch: &mut Scratch) {
    scratch.stack.clear();
    scratch.stack.push(span);
    while let Some((start, end)) = scratch.stack.pop() {
        let piece = &text[start..end];
        let unused = vocabulary.id(piece).filter(|id| vocabulary.kind(*id) == Kind::Unused);
        if let Some(seam) = unused.and_then(|id| scratch.seams.get(&id)) {
            scratch.stack.push((start + seam, end));
            scratch.stack.push((start, start + seam));
        } else {
            scratch.cuts.push(Cut { start, end, unknown: vocabulary.is_unknown(piece) });
        }
    }
}

/// Characters and user-defined symbols, each a piece.
pub(super) fn chars(vocabulary: &Vocabulary, text: &str, scratch: &mut Scratch) {
    let mut start = 0;
    while start < text.len() {
        let end = start + vocabulary.first(&text[start..]).0;
        let unknown = vocabulary.is_unknown(&text[start..end]);
        scratch.cuts.push(Cut { start, end, unknown });
        start = end;
    }
}

/// Words, each a piece with the space before it.
pub(super) fn words(vocabulary: &Vocabulary, text: &str, scratch: &mut Scratch) {
    let mut start = 0;
    while start < text.len() {
        let first = text[start..].chars().next().map_or(1, char::len_utf8);
        let rest = &text[start + first..];
        let end = start + first + rest.find(SPACE).unwrap_or(rest.len());
        let unknown = vocabulary.is_unknown(&text[start..end]);
        scratch.cuts.push(Cut { start, end, unknown });
        start = end;
    }
}
