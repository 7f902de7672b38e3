//! What can go wrong while a result is rendered.

use std::fmt;

/// A report that can't be rendered: a form that there is not, JSON that is no report.
#[derive(Debug)]
pub struct Error(String);

/// Rendered, or why not.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(message: String) -> Self {
        Error(message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error(format!("the report can't be rendered: {error}"))
    }
}

impl From<minijinja::Error> for Error {
    fn from(error: minijinja::Error) -> Self {
        Error(format!("the report can't be rendered: {error}"))
    }
}
