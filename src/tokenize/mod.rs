//! Tokenizers: one file each, one trait, one list of names.
//!
//! | name | for | what it does |
//! |---|---|---|
//! | `13a` | most languages; the default | ASCII punctuation apart, as mteval-v13a |
//! | `intl` | most languages | Unicode punctuation and symbols apart, as mteval-v14 |
//! | `v14` | most languages | as `intl`, and the entities that mteval-v14 unescapes |
//! | `zh` | Chinese | each Chinese character alone, with sacreBLEU's ranges |
//! | `zh-fixed` | Chinese | the same with the ranges that were meant |
//! | `char` | languages without spaces | each character alone |
//! | `none` | text that is tokenized already | white space only |
//! | `tercom` | TER | see [`Tercom`] for its options |
//!
//! Three more read data that the caller brings, each behind the feature of its name: `Mecab` for Japanese
//! (`ja-mecab`) and Korean (`ko-mecab`), `SentencePiece` for the subword models of spBLEU (`flores101`,
//! `flores200`, `spBLEU-1K`) and any other.
//!
//! A tokenizer writes spans into [`Tokens`], a buffer that is used again for the next text, and
//! never allocates once that is warm.

mod chars;
#[cfg(any(feature = "mecab", feature = "sentencepiece"))]
mod data;
mod intl;
#[cfg(feature = "mecab")]
mod mecab;
mod none;
#[cfg(feature = "sentencepiece")]
mod sentencepiece;
mod tercom;
mod v13a;
mod v14;
mod western;
mod zh;

pub use chars::Char;
pub use intl::Intl;
#[cfg(feature = "mecab")]
pub use mecab::{Mecab, MecabFiles};
pub use none::Plain;
#[cfg(feature = "sentencepiece")]
pub use sentencepiece::{SPM_MODELS, SentencePiece, SpmModel};
pub use tercom::Tercom;
pub use v13a::V13a;
pub use v14::V14;
pub use zh::{Zh, ZhFixed};

use std::fmt;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::text::Tokens;

/// Cuts a text into tokens.
pub trait Tokenize: fmt::Debug + Send + Sync {
    /// The name that stands in signatures. It stands for everything that can change a token: a
    /// version or a hash belongs into it where the tokenizer reads data.
    fn name(&self) -> &str;

    /// Starts `tokens` over with the tokens of `text`.
    fn tokenize(&self, text: &str, tokens: &mut Tokens);
}

/// Names and one line each of the tokenizers that need no data, in the order of [`by_name`].
pub const TOKENIZERS: &[(&str, &str)] = &[
    ("13a", "ASCII punctuation apart, as mteval-v13a; the default"),
    ("intl", "Unicode punctuation and symbols apart, as mteval-v14"),
    ("v14", "as intl, and the entities that mteval-v14 unescapes"),
    ("zh", "Chinese characters alone, with sacreBLEU's ranges"),
    ("zh-fixed", "Chinese characters alone, with the ranges that were meant"),
    ("char", "every character alone"),
    ("none", "white space only, for text that is tokenized already"),
];

/// The tokenizer of a name that needs no data.
///
/// # Errors
///
/// An unknown name; the error lists the known ones and suggests the nearest.
///
/// ```
/// use bleuprint::{text::Tokens, tokenize};
///
/// let mut tokens = Tokens::new();
/// tokenize::by_name("13a")?.tokenize("Hello, world (2024).", &mut tokens);
/// assert_eq!(tokens.iter().collect::<Vec<_>>().join(" "), "Hello , world ( 2024 ) .");
/// let error = tokenize::by_name("31a").unwrap_err();
/// assert!(error.to_string().contains("did you mean '13a'?"));
/// # Ok::<(), bleuprint::Error>(())
/// ```
pub fn by_name(name: &str) -> Result<Arc<dyn Tokenize>> {
    Ok(match name {
        "13a" => Arc::new(V13a),
        "intl" => Arc::new(Intl),
        "v14" => Arc::new(V14),
        "zh" => Arc::new(Zh),
        "zh-fixed" => Arc::new(ZhFixed),
        "char" => Arc::new(Char),
        "none" => Arc::new(Plain),
        _ => {
            return Err(Error::unknown(
                "tokenizer",
                name,
                TOKENIZERS.iter().map(|(name, _)| *name),
            ));
        }
    })
}

/// The tokenizer that sacreBLEU takes for a target language when none is named: `zh` for `zh`,
/// `ja-mecab` for `ja`, `ko-mecab` for `ko`, else `13a`.
pub fn default_for(target_language: &str) -> &'static str {
    match target_language {
        "zh" => "zh",
        "ja" => "ja-mecab",
        "ko" => "ko-mecab",
        _ => "13a",
    }
}
