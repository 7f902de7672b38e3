//! Settings in TOML.

use crate::encoding::Encoding;
use crate::error::{Error, Result};
use crate::lines::read_text;

/// Reads a value from a TOML file.
///
/// # Errors
///
/// A file that can't be read; text that is no TOML or not of that shape, with line and column.
pub fn read_toml<T: serde::de::DeserializeOwned>(path: &str) -> Result<T> {
    let text = read_text(path, Encoding::default())?;
    toml::from_str(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text[..at].matches('\n').count() + 1;
        Error::new(format!("{path}:{line}: {}", error.message()))
    })
}
