//! What a report says before its rows, whatever it is written as.

pub(crate) mod markdown;
pub(crate) mod spaces;
mod text;

use serde::Serialize;

use crate::grid::{Align, Grid, hidden};

/// What stands on the page before its rows.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Page {
    pub(crate) title: String,
    /// What kind of report it is.
    pub(crate) subject: &'static str,
    pub(crate) facts: Vec<String>,
    pub(crate) warnings: Vec<String>,
    pub(crate) tables: Vec<Table>,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) views: Vec<View>,
}

/// A table of the page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) note: String,
    /// Whether it stays closed until somebody asks.
    pub(crate) folded: bool,
    /// Whether a click on a score copies it with its signature.
    pub(crate) copies: bool,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) signatures: Vec<String>,
}

impl Table {
    /// Its texts, without what a click does.
    fn grid(&self) -> Grid<'_> {
        let align = |column: &Column| if column.number { Align::Right } else { Align::Left };
        let text = |cell: &Cell| match cell.aside.as_str() {
            "" => cell.text.clone(),
            aside => format!("{} ({aside})", cell.text),
        };
        Grid {
            columns: self.columns.iter().map(|own| (own.name.as_str(), align(own))).collect(),
            rows: self.rows.iter().map(|row| row.iter().map(text).collect()).collect(),
        }
    }
}

/// A column of a table.
#[derive(Debug, Serialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) number: bool,
}

/// A cell: its text, perhaps with what a click copies or where it leads.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) aside: String,
    pub(crate) copy: String,
    pub(crate) link: String,
}

/// A picture with its heading; the SVG must be safe as it is.
#[derive(Debug, Serialize)]
pub(crate) struct Picture {
    pub(crate) title: String,
    pub(crate) note: String,
    pub(crate) svg: String,
    /// Whether it needs the whole breadth of the page.
    pub(crate) wide: bool,
}

/// What stands above the rows of one translation of one article.
#[derive(Debug, Serialize)]
pub(crate) struct View {
    pub(crate) title: String,
    pub(crate) map: String,
    /// What stands beside the upper and the lower strip of the map.
    pub(crate) asides: [String; 2],
    pub(crate) figures: Vec<Figure>,
    pub(crate) passages: Vec<Passages>,
}

/// A number and what it counts.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    pub(crate) value: String,
    pub(crate) name: String,
}

/// Passages that one side has alone.
#[derive(Debug, Serialize)]
pub(crate) struct Passages {
    pub(crate) title: &'static str,
    pub(crate) class: &'static str,
    pub(crate) open: bool,
    pub(crate) items: Vec<Cell>,
}

impl Column {
    pub(crate) fn text(name: impl AsRef<str>) -> Self {
        Column { name: visible(name.as_ref()), number: false }
    }

    pub(crate) fn number(name: impl AsRef<str>) -> Self {
        Column { name: visible(name.as_ref()), number: true }
    }
}

impl Cell {
    pub(crate) fn text(text: impl AsRef<str>) -> Self {
        Cell { text: visible(text.as_ref()), ..Cell::default() }
    }

    /// A text that a click copies something longer of.
    pub(crate) fn copied(text: impl AsRef<str>, copy: impl AsRef<str>) -> Self {
        Cell { copy: visible(copy.as_ref()), ..Cell::text(text) }
    }

    pub(crate) fn linked(text: impl AsRef<str>, link: String) -> Self {
        Cell { link, ..Cell::text(text) }
    }
}

/// A number of things in words.
pub(crate) fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// A name or message on one line, without characters that are not seen or that turn others round.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(|c| if hidden(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_turn_nothing_round() {
        assert_eq!(visible("a\u{202e}b\nc\u{200f}"), "a\u{fffd}b\u{fffd}c\u{200f}");
    }
}
