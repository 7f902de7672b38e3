//! What can go wrong while a result is rendered.

use std::fmt;

/// A result that can't be rendered: JSON that is no result of this program.
#[derive(Debug)]
pub struct Error(String);

/// Rendered, or why not.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the report can't be rendered: {}", self.0)
    }
}

impl std::error::Error for Error {}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error(error.to_string())
    }
}

impl From<minijinja::Error> for Error {
    fn from(error: minijinja::Error) -> Self {
        Error(error.to_string())
    }
}
