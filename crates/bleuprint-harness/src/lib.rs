//! Test sets in, results out: what stands between files and the library [`bleuprint`], which reads
//! none.
//!
//! - [`Lines`] reads a text file, plain or compressed, or standard input, line by line, as Python
//!   programs read it; [`read_lines`] reads it whole.
//! - [`Encoding`] knows the encodings by their names.
//! - [`tokenizer`] makes a tokenizer by its name, with the dictionary or model that it reads.
//! - [`read_toml`] reads settings.
//! - [`Assignment`] reads which document and which domain each line belongs to.
//!
//! Every error names the file, and the line and byte where there is one, and says what to do.

mod assignment;
mod encoding;
mod error;
mod lines;
mod settings;
mod tokenizers;

pub use assignment::Assignment;
pub use encoding::Encoding;
pub use error::{Error, Result};
pub use lines::{Lines, Newline, read_lines, read_text};
pub use settings::read_toml;
pub use tokenizers::{DATA_TOKENIZERS, TokenizerData, tokenizer};
