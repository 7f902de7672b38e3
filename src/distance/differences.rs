//! What differs between two texts, as a reader wants it marked.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::{Distance, Edit, Op, Script};
use crate::text::is_whitespace;

/// Of longer tables of words no moves are looked for.
const MOST_FOR_MOVES: usize = 1 << 20;
/// Longer tables of words are not compared at all.
const MOST: usize = 1 << 32;
/// Fewer letters and digits than this are no phrase that moved: commas and articles stand everywhere.
const LEAST_TO_MOVE: usize = 5;
/// Words further apart than this, by their longer length, have no characters in common that mean anything.
const FAR: f64 = 0.5;

/// What one text has and the other has not.
///
/// Words are those of Unicode's word boundaries (UAX #29), punctuation apart and characters one by one in scripts
/// without spaces. They are matched by [`Distance::BlockMoves`], so that a phrase that stands elsewhere is one move
/// and not a loss and a gain; then replaced words that are alike are compared by grapheme clusters.
///
/// ```
/// use bleuprint::distance::Differences;
///
/// let (a, b) = ("In May the colour of the old dyke changed", "The color of the old dyke changed in May");
/// let differences = Differences::between(a, b).expect("they are short");
/// let of = |spans: &[std::ops::Range<usize>]| spans.iter().map(|span| &a[span.clone()]).collect::<Vec<_>>();
/// assert_eq!(of(&differences.a.words), ["In May the colour"]);
/// assert_eq!(of(&differences.a.characters), ["In May t", "u"]);
///
/// let (a, b) = ("after the rain the river fell slowly", "the river fell slowly after the rain");
/// let differences = Differences::between(a, b).expect("they are short");
/// assert!(differences.a.words.is_empty());
/// assert_eq!(&a[differences.a.moved[0].clone()], &b[differences.b.moved[0].clone()]);
/// ```
///
/// # Complexity
///
/// As [`Distance::BlockMoves`] over words up to 2^20 pairs of words, as [`Distance::Levenshtein`] beyond.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differences {
    /// Of the first text.
    pub a: Marks,
    /// Of the second text.
    pub b: Marks,
}

/// Byte ranges of one text, ascending but for the moved blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// Words that the other text has not.
    pub words: Vec<Range<usize>>,
    /// Characters that the other text has not: all of a word, or what differs from the word in its place.
    pub characters: Vec<Range<usize>>,
    /// Blocks that stand elsewhere in the other text; both texts have as many, and those of one number are the same words.
    pub moved: Vec<Range<usize>>,
}

impl Differences {
    /// What differs; none if the texts are too long to be compared (more than 2^32 pairs of words).
    pub fn between(a: &str, b: &str) -> Option<Self> {
        let (ours, theirs) = (words(a), words(b));
        let pairs = ours.len().checked_mul(theirs.len()).filter(|pairs| *pairs <= MOST)?;
        let distance =
            if pairs > MOST_FOR_MOVES { Distance::Levenshtein } else { Distance::BlockMoves };
        let script = distance.script(&texts(a, &ours), &texts(b, &theirs))?;
        let mut pen = Pen { a, b, ours, theirs, out: Differences::default() };
        let moved = moved(&script, pen.ours.len());
        script.edits.iter().for_each(|edit| pen.mark(edit, &moved));
        Some(pen.out.in_order(a, b))
    }

    /// Spans in order, and neighbours with nothing but white space between them as one.
    fn in_order(mut self, a: &str, b: &str) -> Self {
        for (marks, text) in [(&mut self.a, a), (&mut self.b, b)] {
            for spans in [&mut marks.words, &mut marks.characters] {
                spans.sort_by_key(|span| span.start);
                spans.dedup_by(|next, last| {
                    let joined = text[last.end..next.start].chars().all(is_whitespace);
                    if joined {
                        last.end = next.end;
                    }
                    joined
                });
            }
        }
        self
    }
}

/// Two texts, their words, and what has been marked so far.
struct Pen<'a> {
    a: &'a str,
    b: &'a str,
    ours: Vec<Range<usize>>,
    theirs: Vec<Range<usize>>,
    out: Differences,
}

impl Pen<'_> {
    fn mark(&mut self, edit: &Edit, moved: &[bool]) {
        match edit.op {
            Op::Keep => self.mark_moved(edit, moved),
            Op::Replace => {
                edit.a.clone().zip(edit.b.clone()).for_each(|(i, j)| self.replaced(i, j))
            }
            _ => {
                edit.a.clone().for_each(|i| self.out.a.all(self.ours[i].clone()));
                edit.b.clone().for_each(|j| self.out.b.all(self.theirs[j].clone()));
            }
        }
    }

    /// The runs of a kept span that were moved; what is too short to be a phrase is simply changed.
    fn mark_moved(&mut self, edit: &Edit, moved: &[bool]) {
        let mut start = edit.a.start;
        for run in moved[edit.a.clone()].chunk_by(|a, b| a == b) {
            let (i, j) = (start, edit.b.start + (start - edit.a.start));
            start += run.len();
            if !run[0] {
                continue;
            }
            let one = self.ours[i].start..self.ours[i + run.len() - 1].end;
            let other = self.theirs[j].start..self.theirs[j + run.len() - 1].end;
            if weight(&self.a[one.clone()]) >= LEAST_TO_MOVE {
                self.out.a.moved.push(one);
                self.out.b.moved.push(other);
            } else {
                self.out.a.all(one);
                self.out.b.all(other);
            }
        }
    }

    fn replaced(&mut self, i: usize, j: usize) {
        let (one, other) = (self.ours[i].clone(), self.theirs[j].clone());
        self.out.a.words.push(one.clone());
        self.out.b.words.push(other.clone());
        let x: Vec<&str> = self.a[one.clone()].graphemes(true).collect();
        let y: Vec<&str> = self.b[other.clone()].graphemes(true).collect();
        let edits = Distance::Levenshtein.script(&x, &y).unwrap_or_default();
        if edits.cost() as f64 > FAR * x.len().max(y.len()) as f64 {
            self.out.a.characters.push(one);
            self.out.b.characters.push(other);
            return;
        }
        for edit in edits.edits.iter().filter(|edit| edit.op != Op::Keep) {
            self.out.a.characters.extend(bytes(&x, &edit.a, one.start));
            self.out.b.characters.extend(bytes(&y, &edit.b, other.start));
        }
    }
}

impl Marks {
    fn all(&mut self, span: Range<usize>) {
        self.words.push(span.clone());
        self.characters.push(span);
    }
}

/// Words and signs with their places; white space is neither.
fn words(text: &str) -> Vec<Range<usize>> {
    let bounds = text.split_word_bound_indices();
    bounds
        .filter(|(_, word)| !word.chars().all(is_whitespace))
        .map(|(at, word)| at..at + word.len())
        .collect()
}

/// Letters and digits; those of East Asia say as much as two.
fn weight(text: &str) -> usize {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

fn texts<'t>(text: &'t str, words: &[Range<usize>]) -> Vec<&'t str> {
    words.iter().map(|word| &text[word.clone()]).collect()
}

/// Which of n items some move of the script takes along.
fn moved(script: &Script, n: usize) -> Vec<bool> {
    let (mut order, mut moved): (Vec<usize>, _) = ((0..n).collect(), vec![false; n]);
    for block in &script.moves {
        let items: Vec<usize> = order.drain(block.items.clone()).collect();
        items.iter().for_each(|item| moved[*item] = true);
        order.splice(block.to..block.to, items);
    }
    moved
}

/// The bytes of some of a word's graphemes, if any.
fn bytes(graphemes: &[&str], items: &Range<usize>, start: usize) -> Option<Range<usize>> {
    let length = |graphemes: &[&str]| graphemes.iter().map(|cluster| cluster.len()).sum::<usize>();
    let from = start + length(&graphemes[..items.start]);
    (!items.is_empty()).then(|| from..from + length(&graphemes[items.clone()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, spans: &[Range<usize>]) -> Vec<String> {
        spans.iter().map(|span| text[span.clone()].to_owned()).collect()
    }

    #[test]
    fn equal_texts_have_no_marks() {
        for text in ["", " ", "a b", "系统 — 测试"] {
            assert_eq!(Differences::between(text, text), Some(Differences::default()));
        }
    }

    #[test]
    fn a_text_and_nothing() {
        let differences = Differences::between(" one,\ttwo ", "").expect("they are short");
        assert_eq!(differences.a.words, vec![1..9]);
        assert_eq!(differences.b, Marks::default());
    }

    #[test]
    fn words_that_are_alike_are_compared_by_characters() {
        let (a, b) = ("the Colour e\u{301}te", "the color ete");
        let Differences { a: ours, b: theirs } = Differences::between(a, b).expect("short");
        assert_eq!(marked(a, &ours.words), ["Colour e\u{301}te"]);
        assert_eq!(marked(a, &ours.characters), ["C", "u", "e\u{301}"]);
        assert_eq!(marked(b, &theirs.characters), ["c", "e"]);
    }

    #[test]
    fn a_sign_that_moves_is_a_change() {
        let (a, b) = ("yes , we go now", "yes we go now ,");
        let differences = Differences::between(a, b).expect("short");
        assert!(differences.a.moved.is_empty());
        assert_eq!(marked(a, &differences.a.words), [","]);
    }

    #[test]
    fn characters_without_spaces_are_words() {
        let (a, b) = ("台风于周三登陆", "台风在周三登陆");
        let differences = Differences::between(a, b).expect("short");
        assert_eq!(marked(b, &differences.b.words), ["在"]);
    }
}
