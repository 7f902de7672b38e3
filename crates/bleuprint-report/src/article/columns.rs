//! Styled words in a column of a terminal: wrapped and padded by the width of their characters.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Words (characters, in scripts without spaces) with what follows them, and their styles.
pub(super) fn words(text: &str, style: Style) -> Vec<(String, Style)> {
    let mut words: Vec<(String, Style)> = Vec::new();
    let mut last = ' ';
    for c in text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }) {
        if c == ' ' && last == ' ' {
            continue;
        }
        let starts = last == ' ' || c != ' ' && (width(last) == 2 || width(c) == 2);
        match words.last_mut().filter(|_| !starts) {
            Some((word, _)) => word.push(c),
            None => words.push((c.to_string(), style)),
        }
        last = c;
    }
    words
}

/// More pairs of words than this are not compared.
const MOST: usize = 4_000_000;

/// Which words of each side are in their longest common subsequence.
pub(super) fn common(one: &[(String, Style)], other: &[(String, Style)]) -> [Vec<bool>; 2] {
    let (n, m) = (one.len(), other.len());
    let mut same = [vec![false; n], vec![false; m]];
    if n * m > MOST {
        return [vec![true; n], vec![true; m]];
    }
    let equal = |i: usize, j: usize| one[i].0.trim_end() == other[j].0.trim_end();
    let mut longest = vec![0u32; (n + 1) * (m + 1)];
    let at = |i: usize, j: usize| i * (m + 1) + j;
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            longest[at(i, j)] = match equal(i, j) {
                true => longest[at(i + 1, j + 1)] + 1,
                false => longest[at(i + 1, j)].max(longest[at(i, j + 1)]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        if equal(i, j) {
            (same[0][i], same[1][j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if longest[at(i + 1, j)] >= longest[at(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    same
}

/// Lines of styled words.
pub(super) struct Column {
    lines: Vec<Vec<(String, Style)>>,
    width: usize,
}

impl Column {
    pub(super) fn new(words: &[(String, Style)], width: usize) -> Self {
        let mut lines: Vec<Vec<(String, Style)>> = vec![Vec::new()];
        let mut used = 0;
        for (word, style) in words {
            let mut rest = word.as_str();
            if used > 0 && used + measure(rest.trim_end()) > width {
                lines.push(Vec::new());
                used = 0;
            }
            while measure(rest.trim_end()) > width {
                let cut = fitting(rest, width);
                lines.extend([vec![(rest[..cut].to_owned(), *style)], Vec::new()]);
                rest = &rest[cut..];
            }
            used += measure(rest);
            if let Some(line) = lines.last_mut() {
                line.push((rest.to_owned(), *style));
            }
        }
        lines.retain(|line| !line.is_empty());
        Column { lines, width }
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// A line in colour, padded to the column's width if asked.
    pub(super) fn line(&self, number: usize, padded: bool) -> String {
        let words = self.lines.get(number).map_or(&[][..], Vec::as_slice);
        let mut line = String::new();
        let mut used = 0;
        for (at, (word, style)) in words.iter().enumerate() {
            let bare = word.trim_end();
            let space = if at + 1 < words.len() { &word[bare.len()..] } else { "" };
            line.push_str(&format!("{style}{bare}{style:#}{space}"));
            used += measure(bare) + measure(space);
        }
        if padded {
            line.push_str(&" ".repeat(self.width.saturating_sub(used)));
        }
        line
    }
}

/// Bytes of the longest beginning that fits; at least one character.
fn fitting(word: &str, most: usize) -> usize {
    let mut used = 0;
    for (at, c) in word.char_indices() {
        used += width(c);
        if used > most && at > 0 {
            return at;
        }
    }
    word.len()
}

/// Columns that a text takes in a terminal.
fn measure(text: &str) -> usize {
    text.width()
}

fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}
