//! Results to text, JSON, Markdown, LaTeX, SVG and HTML.
//!
//! Each renderer is a pure function from a result of [`bleuprint`] to a string; nothing here computes a
//! number, reads or writes. The same result gives the same bytes. A report is one value, and every [`Format`] is
//! made from it.
//!
//! - [`article::Report`]: articles aligned and scored.
//! - [`corpus::Report`]: segments that line up, of one or more systems, perhaps compared.
//! - [`comparison`]: what was compared, alone: intervals, p-values and a ranking.

pub mod article;
pub mod comparison;
pub mod corpus;
mod error;
mod excerpt;
mod format;
mod grid;
mod html;
mod marks;
mod names;
mod page;

pub use error::{Error, Result};
pub use excerpt::excerpt;
pub use format::Format;
pub use names::common_folder;
