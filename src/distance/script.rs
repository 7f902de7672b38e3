//! What turns one sequence into the other: spans over both.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What happens to a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// The items are the same.
    Keep,
    /// As many others stand in their place.
    Replace,
    /// They are gone.
    Delete,
    /// They are new.
    Insert,
    /// The first and the last change places; what stands between them in the one sequence is gone, what
    /// stands between them in the other is new.
    Transpose,
}

/// A step of a script: a span of the first sequence becomes one of the second.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// What happens.
    pub op: Op,
    /// The items of the first sequence; empty for an insertion.
    pub a: Range<usize>,
    /// The items of the second sequence; empty for a deletion.
    pub b: Range<usize>,
}

impl Edit {
    /// The number of single edits.
    pub fn cost(&self) -> usize {
        match self.op {
            Op::Keep => 0,
            Op::Replace | Op::Delete => self.a.len(),
            Op::Insert => self.b.len(),
            Op::Transpose => self.a.len() + self.b.len() - 3,
        }
    }
}

/// A block that was moved as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Move {
    /// The block in the sequence as it stands before this move.
    pub items: Range<usize>,
    /// Where its first item stands after the move.
    pub to: usize,
}

/// An edit script: applied to the first sequence it gives the second, and it can be inverted.
///
/// The edits are in the order of the second sequence, each item of either sequence stands in exactly
/// one of them, and neighbours of the same kind are one edit. Without block moves they are in the
/// order of the first sequence too; with moves, kept spans say where in the first sequence they came
/// from, and [`moves`](Script::moves) lists the moves that brought them.
///
/// ```
/// use bleuprint::distance::{Distance, Op};
///
/// let (a, b) = (["the", "cat", "sat"], ["the", "dog", "sat", "down"]);
/// let script = Distance::Levenshtein.script(&a, &b).expect("it has one");
/// let ops: Vec<Op> = script.edits.iter().map(|edit| edit.op).collect();
/// assert_eq!(ops, [Op::Keep, Op::Replace, Op::Keep, Op::Insert]);
/// assert_eq!(script.apply(&a, &b), b);
/// assert_eq!(script.inverted().apply(&b, &a), a);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Script {
    /// The edits, in the order of the second sequence.
    pub edits: Vec<Edit>,
    /// The block moves, in the order in which they are made, before all edits. In an
    /// [inverted](Script::inverted) script they are made after all edits.
    pub moves: Vec<Move>,
}

impl Script {
    /// Adds an edit, or lengthens the last one.
    pub(crate) fn push(&mut self, op: Op, a: Range<usize>, b: Range<usize>) {
        if let Some(last) = self.edits.last_mut()
            && last.op == op
            && op != Op::Transpose
            && (last.a.end, last.b.end) == (a.start, b.start)
        {
            (last.a.end, last.b.end) = (a.end, b.end);
        } else if !(a.is_empty() && b.is_empty()) {
            self.edits.push(Edit { op, a, b });
        }
    }

    /// Adds spans of these lengths behind all others.
    pub(crate) fn extend(&mut self, op: Op, a: usize, b: usize) {
        let (i, j) = self.edits.last().map_or((0, 0), |last| (last.a.end, last.b.end));
        self.push(op, i..i + a, j..j + b);
    }

    /// The number of single edits, block moves among them.
    pub fn cost(&self) -> usize {
        self.moves.len() + self.edits.iter().map(Edit::cost).sum::<usize>()
    }

    /// How many items of the first sequence are kept, also where they were moved.
    pub fn kept(&self) -> usize {
        self.edits.iter().filter(|edit| edit.op == Op::Keep).map(|edit| edit.a.len()).sum()
    }

    /// The second sequence, made from the first: what is kept is taken from `a`, what is new from `b`.
    ///
    /// # Panics
    ///
    /// When the sequences are shorter than those that the script is of.
    pub fn apply<T: Clone>(&self, a: &[T], b: &[T]) -> Vec<T> {
        let mut out = Vec::with_capacity(b.len());
        for edit in &self.edits {
            match edit.op {
                Op::Keep => out.extend_from_slice(&a[edit.a.clone()]),
                Op::Replace | Op::Insert => out.extend_from_slice(&b[edit.b.clone()]),
                Op::Delete => {}
                Op::Transpose => {
                    out.push(a[edit.a.end - 1].clone());
                    out.extend_from_slice(&b[edit.b.start + 1..edit.b.end - 1]);
                    out.push(a[edit.a.start].clone());
                }
            }
        }
        out
    }

    /// The script that turns the second sequence into the first.
    #[must_use]
    pub fn inverted(&self) -> Script {
        let invert = |edit: &Edit| Edit {
            op: match edit.op {
                Op::Delete => Op::Insert,
                Op::Insert => Op::Delete,
                same => same,
            },
            a: edit.b.clone(),
            b: edit.a.clone(),
        };
        let mut edits: Vec<Edit> = self.edits.iter().map(invert).collect();
        edits.sort_by_key(|edit| edit.b.start);
        // After a move a deletion can have come between two spans that are one on the other side.
        let mut end = 0;
        for edit in &mut edits {
            if edit.op == Op::Delete {
                edit.b = end..end;
            }
            end = edit.b.end;
        }
        let back = |moved: &Move| Move {
            items: moved.to..moved.to + moved.items.len(),
            to: moved.items.start,
        };
        Script { edits, moves: self.moves.iter().rev().map(back).collect() }
    }
}
