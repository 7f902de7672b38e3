//! Alignments to look at: two rows and a row of marks, and which items are confused most often.
//!
//! Pure functions to strings and tables; how wide a text is on a screen the caller says, for that is the
//! terminal's matter.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::script::{Op, Script};

/// How an alignment is laid out.
///
/// Each item has a column; below both rows stands what happens to it: `S` replaced, `D` missing from the second row,
/// `I` new in it, `T` in another place, and `>n` behind that for an item that the n-th block move brought. Columns that
/// don't fit the width go on below. Right-to-left items are isolated, so that columns stay in order; white space
/// is shown as `␣`, and a control character as `␦`.
///
/// ```
/// use bleuprint::distance::{Distance, View};
///
/// let (reference, hypothesis) = (["the", "cat", "sat"], ["the", "dog", "sat", "down"]);
/// let script = Distance::Levenshtein.script(&reference, &hypothesis).expect("it has one");
/// let view = View { width: 80, names: ["REF", "HYP"], columns: &|text| text.chars().count() };
/// assert_eq!(view.render(&script, &reference, &hypothesis), "\
/// REF  the cat sat ****
/// HYP  the dog sat down
///          S       I
/// ");
/// ```
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The width of a line, in columns of the screen.
    pub width: usize,
    /// What stands before the first and the second row.
    pub names: [&'a str; 2],
    /// How many columns of the screen a text takes.
    pub columns: &'a dyn Fn(&str) -> usize,
}

/// One column: both items and the mark.
struct Cell {
    texts: [String; 3],
    widths: [usize; 3],
}

impl View<'_> {
    /// The alignment as lines of text, each with its end.
    pub fn render<T: AsRef<str>>(&self, script: &Script, a: &[T], b: &[T]) -> String {
        let margin = self.names.iter().map(|name| (self.columns)(name)).max().unwrap_or(0) + 2;
        let room = self.width.saturating_sub(margin).max(1);
        let mut out = String::new();
        let (mut line, mut used) = (Vec::new(), 0);
        for cell in self.cells(script, a, b) {
            let width = cell.width();
            if !line.is_empty() && used + 1 + width > room {
                self.push_rows(&std::mem::take(&mut line), margin, &mut out);
                out.push('\n');
                used = 0;
            }
            used += width + usize::from(used > 0);
            line.push(cell);
        }
        self.push_rows(&line, margin, &mut out);
        out
    }

    fn push_rows(&self, cells: &[Cell], margin: usize, out: &mut String) {
        for row in 0..3 {
            let name = self.names.get(row).copied().unwrap_or("");
            let mut text = name.to_owned();
            let mut gap = margin - (self.columns)(name);
            for cell in cells {
                text.extend(std::iter::repeat_n(' ', gap));
                text.push_str(&cell.texts[row]);
                gap = cell.width() - cell.widths[row] + 1;
            }
            out.push_str(text.trim_end());
            out.push('\n');
        }
    }

    fn cells<T: AsRef<str>>(&self, script: &Script, a: &[T], b: &[T]) -> Vec<Cell> {
        let moved = moved(script, a.len());
        let mut cells = Vec::new();
        for edit in &script.edits {
            let pairs = edit.a.len().max(edit.b.len());
            for at in 0..pairs {
                let (i, j) = (edit.a.start + at, edit.b.start + at);
                let ours = a.get(i).filter(|_| edit.a.contains(&i)).map(AsRef::as_ref);
                let theirs = b.get(j).filter(|_| edit.b.contains(&j)).map(AsRef::as_ref);
                let by = ours.and(moved.get(i).copied().flatten());
                cells.push(self.cell(ours, theirs, mark(edit.op), by));
            }
        }
        cells
    }

    fn cell(&self, a: Option<&str>, b: Option<&str>, mark: &str, by: Option<usize>) -> Cell {
        let gap = |other: Option<&str>| {
            let width = other.map_or(1, |other| self.measure(&visible(other)));
            ("*".repeat(width.max(1)), width.max(1))
        };
        let item = |text: Option<&str>, other| match text {
            Some(text) => {
                let text = visible(text);
                let width = self.measure(&text);
                (isolated(text), width)
            }
            None => gap(other),
        };
        let mark = by.map_or_else(|| mark.to_owned(), |by| format!("{mark}>{}", by + 1));
        let ((ours, n), (theirs, m)) = (item(a, b), item(b, a));
        let width = mark.len();
        Cell { texts: [ours, theirs, mark], widths: [n, m, width] }
    }

    fn measure(&self, text: &str) -> usize {
        (self.columns)(text)
    }
}

impl Cell {
    fn width(&self) -> usize {
        self.widths.into_iter().max().unwrap_or(0)
    }
}

fn mark(op: Op) -> &'static str {
    match op {
        Op::Keep => "",
        Op::Replace => "S",
        Op::Delete => "D",
        Op::Insert => "I",
        Op::Transpose => "T",
    }
}

/// For each item of the first sequence the last move that carried it.
fn moved(script: &Script, length: usize) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut by = vec![None; length];
    for (number, moved) in script.moves.iter().enumerate() {
        let block: Vec<usize> = order.drain(moved.items.clone()).collect();
        block.iter().for_each(|item| by[*item] = Some(number));
        order.splice(moved.to..moved.to, block);
    }
    by
}

/// The text without what would break a line.
fn visible(text: &str) -> String {
    let replaced = text.chars().map(|c| match c {
        c if c.is_whitespace() => '␣',
        c if c.is_control() => '␦',
        c => c,
    });
    replaced.collect()
}

/// Right-to-left text between isolates; other text as it is.
fn isolated(text: String) -> String {
    let leftwards = |c: char| {
        matches!(u32::from(c),
            0x590..=0x8ff | 0x200f | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x10800..=0x10fff
            | 0x1e800..=0x1efff)
    };
    if text.contains(leftwards) { format!("\u{2068}{text}\u{2069}") } else { text }
}

/// How often which item stands for which, over many scripts.
///
/// ```
/// use bleuprint::distance::{Confusions, Distance};
///
/// let mut confusions = Confusions::default();
/// for (a, b) in [("kitten", "sitten"), ("king", "sing"), ("a", "ab")] {
///     let chars = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
///     let (a, b) = (chars(a), chars(b));
///     let script = Distance::Levenshtein.script(&a, &b).expect("it has one");
///     confusions.add(&script, &a, &b);
/// }
/// let table = confusions.most_frequent(10);
/// assert_eq!((table[0].first.as_str(), table[0].second.as_str(), table[0].count), ("k", "s", 2));
/// assert_eq!((table[1].first.as_str(), table[1].second.as_str(), table[1].count), ("", "b", 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusions {
    counts: BTreeMap<(String, String), u64>,
}

/// A line of the table of [`Confusions`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confusion {
    /// The item of the first sequence; empty for an insertion.
    pub first: String,
    /// The item of the second sequence; empty for a deletion.
    pub second: String,
    /// How often.
    pub count: u64,
}

impl Confusions {
    /// Counts the replacements, deletions and insertions of a script.
    pub fn add<T: AsRef<str>>(&mut self, script: &Script, a: &[T], b: &[T]) {
        let own = |items: &[T], at: Option<usize>| {
            at.map_or_else(String::new, |at| items[at].as_ref().to_owned())
        };
        for edit in &script.edits {
            if matches!(edit.op, Op::Replace | Op::Delete | Op::Insert) {
                for at in 0..edit.a.len().max(edit.b.len()) {
                    let (i, j) = (edit.a.clone().nth(at), edit.b.clone().nth(at));
                    *self.counts.entry((own(a, i), own(b, j))).or_default() += 1;
                }
            }
        }
    }

    /// The most frequent ones, first those with the greatest count, of equal ones in the order of their texts.
    pub fn most_frequent(&self, limit: usize) -> Vec<Confusion> {
        let mut table: Vec<_> = self.counts.iter().collect();
        table.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let line = |((first, second), count): (&(String, String), &u64)| Confusion {
            first: first.clone(),
            second: second.clone(),
            count: *count,
        };
        table.into_iter().take(limit).map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Distance;
    use super::*;

    /// Chinese and Japanese characters take two columns here.
    fn columns(text: &str) -> usize {
        text.chars().map(|c| 1 + usize::from(('\u{3000}'..'\u{a000}').contains(&c))).sum()
    }

    fn render(width: usize, distance: Distance, a: &str, b: &str) -> String {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (a, b) = (words(a), words(b));
        let script = distance.script(&a, &b).unwrap();
        View { width, names: ["REF", "HYP"], columns: &columns }.render(&script, &a, &b)
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let text = render(80, Distance::Levenshtein, "猫 sat", "cat sat 下");
        assert_eq!(text, "REF  猫  sat **\nHYP  cat sat 下\n     S       I\n");
    }

    #[test]
    fn long_rows_go_on_below() {
        let text = render(15, Distance::Levenshtein, "one two three", "one 2 three");
        assert_eq!(text, "REF  one two\nHYP  one 2\n         S\n\nREF  three\nHYP  three\n\n");
    }

    #[test]
    fn right_to_left_items_are_isolated() {
        let text = render(80, Distance::Levenshtein, "שלום a", "b a");
        assert_eq!(text, "REF  \u{2068}שלום\u{2069} a\nHYP  b    a\n     S\n");
    }

    #[test]
    fn moves_are_numbered() {
        let text = render(80, Distance::BlockMoves, "c d a b", "a b c d");
        assert_eq!(text, "REF  a b c  d\nHYP  a b c  d\n         >1 >1\n");
    }
}
