//! What counts as one item of a text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::error::{Error, Result};
use crate::text::is_whitespace;

/// What counts as one item of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A code point.
    #[default]
    Char,
    /// A grapheme cluster: what readers call a character.
    Grapheme,
    /// What stands between white space.
    Word,
    /// A line, with its end.
    Line,
}

impl Unit {
    /// The names and their units.
    pub const ALL: [(&'static str, Unit); 4] = [
        ("char", Unit::Char),
        ("grapheme", Unit::Grapheme),
        ("word", Unit::Word),
        ("line", Unit::Line),
    ];

    /// The items of a text, each with the byte where it starts.
    ///
    /// ```
    /// use bleuprint::distance::Unit;
    ///
    /// assert_eq!(Unit::Word.split(" a  bc"), [(1, "a"), (4, "bc")]);
    /// assert_eq!(Unit::Grapheme.split("e\u{301}x"), [(0, "e\u{301}"), (3, "x")]);
    /// ```
    pub fn split(self, text: &str) -> Vec<(usize, &str)> {
        match self {
            Unit::Char => {
                let item = |(at, c): (usize, char)| (at, &text[at..at + c.len_utf8()]);
                text.char_indices().map(item).collect()
            }
            Unit::Grapheme => text.grapheme_indices(true).collect(),
            Unit::Word => pieces(text, text.split(is_whitespace), 1),
            Unit::Line => pieces(text, text.split_inclusive('\n'), 0),
        }
    }
}

/// Pieces with their places; between two of them stands one separator, if any.
fn pieces<'t>(
    text: &'t str,
    pieces: impl Iterator<Item = &'t str>,
    separators: usize,
) -> Vec<(usize, &'t str)> {
    let mut at = 0;
    let placed = pieces.map(|piece| {
        let start = at;
        at += piece.len();
        at += text[at..].chars().take(separators).map(char::len_utf8).sum::<usize>();
        (start, piece)
    });
    placed.filter(|(_, piece)| !piece.is_empty()).collect()
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Unit::ALL.iter().find(|(_, unit)| unit == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

impl FromStr for Unit {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = Unit::ALL.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let known = || Unit::ALL.iter().map(|(name, _)| *name);
        found.map(|(_, unit)| *unit).ok_or_else(|| Error::unknown("unit", name, known()))
    }
}
