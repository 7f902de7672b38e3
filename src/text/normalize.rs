//! Unicode normalization and folding of typographic marks, as an option of any metric.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::{
    IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfd_quick, is_nfkc_quick, is_nfkd_quick,
};

use crate::error::{Error, Result};

/// A Unicode normalization form (UAX #15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Canonical decomposition, then composition: what most text is in.
    Nfc,
    /// Canonical decomposition.
    Nfd,
    /// Compatibility decomposition, then composition.
    Nfkc,
    /// Compatibility decomposition.
    Nfkd,
}

impl Form {
    const ALL: [(&'static str, Form); 4] =
        [("nfc", Form::Nfc), ("nfd", Form::Nfd), ("nfkc", Form::Nfkc), ("nfkd", Form::Nfkd)];

    /// Appends the text in this form.
    pub(crate) fn push(self, text: &str, out: &mut String) {
        let quick = match self {
            Form::Nfc => is_nfc_quick(text.chars()),
            Form::Nfd => is_nfd_quick(text.chars()),
            Form::Nfkc => is_nfkc_quick(text.chars()),
            Form::Nfkd => is_nfkd_quick(text.chars()),
        };
        match (quick, self) {
            (IsNormalized::Yes, _) => out.push_str(text),
            (_, Form::Nfc) => out.extend(text.nfc()),
            (_, Form::Nfd) => out.extend(text.nfd()),
            (_, Form::Nfkc) => out.extend(text.nfkc()),
            (_, Form::Nfkd) => out.extend(text.nfkd()),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Form::ALL.iter().find(|(_, form)| form == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

impl FromStr for Form {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let known = Form::ALL.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map(|(_, form)| *form).ok_or_else(|| {
            Error::unknown("normalization form", name, Form::ALL.iter().map(|(name, _)| *name))
        })
    }
}

/// What is done to both sides of a segment before a metric sees them.
///
/// No standard tool normalizes, so the default does nothing; whatever is on stands in the signature
/// (`unicode:nfc`, `fold:yes`). Give it to any metric with [`Normalized`](crate::Normalized).
///
/// ```
/// use bleuprint::text::{Form, Normalization};
///
/// let mut out = String::new();
/// Normalization { form: Some(Form::Nfc), fold: true }.push("“cafe\u{301}” – ‘x’…", &mut out);
/// assert_eq!(out, "\"café\" - 'x'...");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Normalization {
    /// The normalization form, if any.
    pub form: Option<Form>,
    /// Whether typographic quotes, dashes and the ellipsis become their ASCII counterparts.
    pub fold: bool,
}

impl Normalization {
    /// Whether nothing is done.
    pub fn is_none(self) -> bool {
        self == Normalization::default()
    }

    /// Appends the text as it is after normalization and folding.
    pub fn push(self, text: &str, out: &mut String) {
        let start = out.len();
        match self.form {
            Some(form) => form.push(text, out),
            None => out.push_str(text),
        }
        if self.fold && !out[start..].is_ascii() {
            let tail = out.split_off(start);
            tail.chars().for_each(|c| match fold(c) {
                Some(ascii) => out.push_str(ascii),
                None => out.push(c),
            });
        }
    }
}

/// The ASCII counterpart of a typographic quote, dash or ellipsis.
fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '…' => "...",
        _ => return None,
    })
}

/// Whether a text is in NFC, as far as a look at it tells. All characters before U+0300 (whose first bytes are below
/// 0xcc) are, beside any others of them.
fn composed(text: &str) -> bool {
    text.bytes().fold(0, u8::max) < 0xcc || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// Advice about a hypothesis and its reference: they differ, but only by normalization form.
///
/// Metrics compare code points, so `é` as one or as two of them is an error to every metric; this is
/// the usual reason for a score that is lower than anyone would expect.
///
/// ```
/// use bleuprint::text::normalize::differs_only_by_form;
///
/// assert!(differs_only_by_form("café", "cafe\u{301}"));
/// assert!(!differs_only_by_form("café", "cafe"));
/// assert!(!differs_only_by_form("café", "café"));
/// ```
pub fn differs_only_by_form(hypothesis: &str, reference: &str) -> bool {
    let mut pairs = hypothesis.bytes().zip(reference.bytes());
    match pairs.find(|(ours, theirs)| ours != theirs) {
        // One is the beginning of the other, and stays it in any form.
        None => false,
        // No form changes ASCII.
        Some((ours, theirs)) if ours.is_ascii() && theirs.is_ascii() => false,
        Some(_) => {
            !(composed(hypothesis) && composed(reference)) && hypothesis.nfc().eq(reference.nfc())
        }
    }
}
