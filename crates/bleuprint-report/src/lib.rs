//! Results to text, JSON, Markdown, LaTeX and SVG.
//!
//! Each renderer is a pure function from a result of [`bleuprint`] to a string; nothing here computes a
//! number, reads or writes.
//!
//! - [`comparison`]: systems compared, with intervals, p-values and a ranking.

pub mod comparison;
mod grid;
