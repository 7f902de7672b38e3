//! One page for whatever is reported: a template, a style sheet, a script, and data.
//!
//! The page fetches nothing and runs nothing but its own script: its content security policy names style sheet and
//! script by their hashes and forbids all else. Texts reach it in two ways, both safe for any text: through the
//! template's escaping, and as JSON in which every character that could end the element, turn a line round or
//! break it is a `\u` escape.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use minijinja::{Environment, context};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::grid::hidden;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

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
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) signatures: Vec<String>,
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

/// The page, with data that its script draws rows from.
pub(crate) fn render(page: &Page, data: &impl Serialize) -> Result<String> {
    let mut environment = Environment::new();
    environment.add_template("page.html", TEMPLATE)?;
    let context = context! {
        page => minijinja::value::Serde(page),
        version => env!("CARGO_PKG_VERSION"),
        style => STYLE,
        style_hash => hash(STYLE),
        script => SCRIPT,
        script_hash => hash(SCRIPT),
        data => json(data)?,
    };
    Ok(environment.get_template("page.html")?.render(context)?)
}

fn hash(text: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(text))
}

/// JSON that can stand in a `script` element, and that no viewer of the file shows in another order.
fn json(data: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string(data)?;
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        if matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{feff}') || hidden(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Ok(out)
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
    fn json_ends_no_element_and_is_read_back() {
        let text = "</script><!--<script>&\u{2028}\u{2029}\u{202e}\0\u{7f}\u{feff}\"\\";
        let json = json(&text).expect("it is JSON");
        assert!(json.chars().all(|c| c.is_ascii() && !"<>&".contains(c) && !c.is_control()));
        assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
    }

    #[test]
    fn names_turn_nothing_round() {
        assert_eq!(visible("a\u{202e}b\nc\u{200f}"), "a\u{fffd}b\u{fffd}c\u{200f}");
    }
}
