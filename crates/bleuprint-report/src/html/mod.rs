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
use crate::page::Page;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

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
}
