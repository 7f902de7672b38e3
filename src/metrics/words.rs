//! What the word metrics share: words by a tokenizer and a case, and the reading of a dialect.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::signature::{Reader, Signature};
use crate::text::lowercase::lowercase;
use crate::text::{Tokens, trim_end};
use crate::tokenize::{self, Plain, Tokenize, V13a};

/// What is done to the case of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Mixed,
    Lower,
    /// The letters A to Z alone, as mteval-v13a does.
    LowerAscii,
}

impl Case {
    const NAMES: [(&str, Case); 3] =
        [("mixed", Case::Mixed), ("lc", Case::Lower), ("lc-ascii", Case::LowerAscii)];

    pub(crate) fn lower(lowercase: bool) -> Self {
        if lowercase { Case::Lower } else { Case::Mixed }
    }

    fn name(self) -> &'static str {
        Case::NAMES.iter().find(|(_, case)| *case == self).map_or("", |(name, _)| name)
    }

    /// The text in this case; `buffer` is for one that is not as given.
    #[inline]
    pub(crate) fn fold<'t>(self, text: &'t str, buffer: &'t mut String) -> &'t str {
        match self {
            Case::Mixed => return text,
            Case::Lower => lowercase(text, buffer),
            Case::LowerAscii => {
                buffer.clear();
                buffer.push_str(text);
                buffer.make_ascii_lowercase();
            }
        }
        buffer
    }
}

/// How a text becomes words.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) tokenizer: Arc<dyn Tokenize>,
    pub(crate) case: Case,
}

impl Words {
    /// The words of raw text: `13a`.
    pub(crate) fn western(case: Case) -> Self {
        Words { tokenizer: Arc::new(V13a), case }
    }

    /// The words of a program that is given tokens: between white space.
    pub(crate) fn given(case: Case) -> Self {
        Words { tokenizer: Arc::new(Plain), case }
    }

    /// What a signature says of words; what it leaves out is as it stands here.
    pub(crate) fn read(mut self, reader: &mut Reader<'_>) -> Result<Self> {
        self.case = reader.word("case", &Case::NAMES, self.case)?;
        if let Some(name) = reader.take("tok") {
            self.tokenizer = tokenize::by_name(name)?;
        }
        Ok(self)
    }

    /// Adds what stands in a signature.
    pub(crate) fn sign(&self, signature: Signature) -> Signature {
        signature.with("case", self.case.name()).with("tok", self.tokenizer.name())
    }

    /// The words of a segment, with a buffer for the text in its case: nothing is allocated once both are warm.
    #[inline]
    pub(crate) fn split(&self, text: &str, lower: &mut String, tokens: &mut Tokens) {
        self.tokenizer.tokenize(self.case.fold(trim_end(text), lower), tokens);
    }
}

/// Whether a name is a metric's, alone (`nist`) or with a dialect behind it (`nist-nltk`).
pub(crate) fn is_named(name: &str, metric: &str) -> bool {
    suffix(name, metric).is_some()
}

/// What stands behind the metric's name, nothing or `-dialect`.
fn suffix<'n>(name: &'n str, metric: &str) -> Option<&'n str> {
    let (head, tail) = name.split_at_checked(metric.len())?;
    (head.eq_ignore_ascii_case(metric) && (tail.is_empty() || tail.starts_with('-')))
        .then_some(tail.trim_start_matches('-'))
}

/// The dialect that a signature names, by its key or behind its name, as the thing that it means; the
/// first is the default.
pub(crate) fn dialect<T: Copy>(
    reader: &mut Reader<'_>,
    metric: &str,
    dialects: &[(&str, T)],
) -> Result<T> {
    let Some(named) = suffix(reader.name(), metric) else {
        return Err(reader.error(format!("is not {metric}'s")));
    };
    let key = reader.take("dialect").unwrap_or(named);
    if !named.is_empty() && !named.eq_ignore_ascii_case(key) {
        return Err(reader.error("names two dialects"));
    }
    let known = dialects.iter().find(|(name, _)| key.is_empty() || key.eq_ignore_ascii_case(name));
    known
        .map(|(_, meaning)| *meaning)
        .ok_or_else(|| Error::unknown("dialect", key, dialects.iter().map(|(name, _)| *name)))
}

/// A number that is not whole.
pub(crate) fn real(reader: &mut Reader<'_>, key: &str, default: f64) -> Result<f64> {
    let Some(value) = reader.take(key) else { return Ok(default) };
    value.parse().map_err(|_| reader.error(format!("'{key}' is a number, not '{value}'")))
}
