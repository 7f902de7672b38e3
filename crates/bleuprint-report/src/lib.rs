//! Results to text, JSON, Markdown, LaTeX, SVG and HTML.
//!
//! Each renderer is a pure function from a result of [`bleuprint`] to a string; nothing here computes a
//! number, reads or writes. The same result gives the same bytes.
//!
//! - [`comparison`]: systems compared, with intervals, p-values and a ranking.
//! - [`article`]: articles aligned and scored.

pub mod article;
pub mod comparison;
mod error;
mod grid;
mod html;
mod marks;

pub use error::{Error, Result};
