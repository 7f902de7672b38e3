//! In which form a report is written.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::error::{Error, Result};

/// A form that every kind of report has.
///
/// ```
/// use bleuprint_report::Format;
///
/// assert_eq!(Format::of_path("scores.md")?, Format::Markdown);
/// assert_eq!(Format::of_path("/dev/stdout")?, Format::Html);
/// assert!(Format::of_path("scores.pdf").is_err());
/// # Ok::<(), bleuprint_report::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One file that a browser shows, and that needs nothing else.
    Html,
    /// All of it for a program; spans are in code points.
    Json,
    /// For an issue, or a page that somebody else lays out.
    Markdown,
    /// For a terminal or a mail.
    Text,
    /// The pictures alone.
    Svg,
}

impl Format {
    /// All forms, in the order of listings.
    pub const ALL: [Format; 5] =
        [Format::Html, Format::Json, Format::Markdown, Format::Text, Format::Svg];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Json => "json",
            Format::Markdown => "markdown",
            Format::Text => "text",
            Format::Svg => "svg",
        }
    }

    /// How names of its files end.
    fn suffixes(self) -> &'static [&'static str] {
        match self {
            Format::Html => &["html", "htm"],
            Format::Json => &["json"],
            Format::Markdown => &["md", "markdown"],
            Format::Text => &["txt", "text"],
            Format::Svg => &["svg"],
        }
    }

    /// The form that a file's name asks for by its end, whatever its case; HTML if it has none.
    ///
    /// # Errors
    ///
    /// An end that is of none of the forms.
    pub fn of_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let Some(suffix) = path.extension() else { return Ok(Format::Html) };
        let suffix = suffix.to_string_lossy().to_lowercase();
        let known = Format::ALL.into_iter().find(|form| form.suffixes().contains(&suffix.as_str()));
        known.ok_or_else(|| {
            let ends = Format::ALL.map(|form| format!(".{}", form.suffixes()[0])).join(", ");
            Error::new(format!(
                "{}: no report ends in .{suffix}; the end of the name says what is written: {ends}",
                path.display()
            ))
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let known = Format::ALL.into_iter().find(|form| form.name() == name);
        known.ok_or_else(|| {
            let names = Format::ALL.map(Format::name).join(", ");
            Error::new(format!("no format is called '{name}': there are {names}"))
        })
    }
}
