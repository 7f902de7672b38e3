//! Results to text, JSON, Markdown, LaTeX, SVG and HTML.
//!
//! Each renderer is a pure function from a result of [`bleuprint`] to a string; nothing here computes a
//! number, reads or writes. The same result gives the same bytes.
//!
//! - [`comparison`]: systems compared, with intervals, p-values and a ranking.
//! - [`article`]: articles aligned and scored.
//! - [`corpus`]: segments that line up, of one or more systems.

pub mod article;
pub mod comparison;
pub mod corpus;
mod error;
mod grid;
mod html;
mod marks;
mod names;

pub use error::{Error, Result};
pub use names::common_folder;
