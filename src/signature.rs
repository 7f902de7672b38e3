//! Signatures: how a number was made, in one line.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// How a score was made: the metric's name and ordered `key:value` pairs.
///
/// Printed as sacreBLEU prints it (Post, WMT 2018), long or short, and parsed back: every metric is
/// made from its signature by [`metrics::parse`](crate::metrics::parse), so the line under a table
/// in a paper is enough to compute the same number again. What sacreBLEU leaves out stands in it
/// when it departs from the default: maximal order, normalization, aggregation.
///
/// ```
/// use bleuprint::{Bleu, Metric, References, Signature};
///
/// let bleu = Bleu::default();
/// let prepared = bleu.prepare_corpus(&References::single(&["a reference"]))?;
/// let signature = prepared.signature();
/// assert_eq!(signature.to_string(),
///            format!("BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:{}", bleuprint::VERSION));
/// assert_eq!(signature.short(),
///            format!("BLEU|#:1|c:mixed|e:no|tok:13a|s:exp|v:{}", bleuprint::VERSION));
/// assert_eq!(&signature.to_string().parse::<Signature>()?, signature);
/// # Ok::<(), bleuprint::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Signature {
    name: String,
    pairs: Vec<Pair>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Pair {
    key: Cow<'static, str>,
    value: String,
}

/// Keys that do not belong to a metric, in the order of printing, with their short forms. What a
/// metric adds stands between `subset` and `version`.
const GENERAL: [(&str, &str); 8] = [
    ("nrefs", "#"),
    ("bs", "bs"),
    ("ar", "ar"),
    ("seed", "rs"),
    ("test", "t"),
    ("lang", "l"),
    ("origlang", "o"),
    ("subset", "S"),
];

/// The short forms of metric keys; a key that is not listed has none and prints whole.
const SHORT: [(&str, &str, &str); 13] = [
    ("BLEU", "smooth", "s"),
    ("", "case", "c"),
    ("", "eff", "e"),
    ("chrF", "space", "s"),
    ("TER", "tok", "t"),
    ("TER", "norm", "nr"),
    ("TER", "punct", "pn"),
    ("TER", "asian", "as"),
    ("", "order", "n"),
    ("", "unicode", "u"),
    ("", "fold", "f"),
    ("", "agg", "g"),
    ("", "version", "v"),
];

impl Signature {
    /// A signature without pairs but for the version, which always stands last.
    pub fn new(name: impl Into<String>) -> Self {
        let version = Pair { key: "version".into(), value: crate::VERSION.to_owned() };
        Signature { name: name.into(), pairs: vec![version] }
    }

    /// Adds a pair of the metric's own, after those that stand there already.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl fmt::Display) -> Self {
        self.set(key, value);
        self
    }

    /// Adds a `yes` or `no`.
    #[must_use]
    pub fn with_flag(self, key: &'static str, value: bool) -> Self {
        self.with(key, if value { "yes" } else { "no" })
    }

    /// Sets a pair: general keys (`nrefs`, `bs`, `seed` ...) go to their place before the metric's,
    /// others after them; a key that is there already gets the new value.
    pub fn set(&mut self, key: &'static str, value: impl fmt::Display) {
        let value = value.to_string();
        if let Some(pair) = self.pairs.iter_mut().find(|pair| pair.key == key) {
            pair.value = value;
            return;
        }
        let rank = rank(key);
        let at =
            self.pairs.iter().position(|pair| rank_of(pair) > rank).unwrap_or(self.pairs.len());
        self.pairs.insert(at, Pair { key: key.into(), value });
    }

    /// Removes a pair, if it is there.
    pub fn remove(&mut self, key: &str) {
        self.pairs.retain(|pair| pair.key != key);
    }

    /// The metric's name as sacreBLEU prints it: `BLEU`, `chrF2++`, `TER`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|pair| pair.key == key).map(|pair| pair.value.as_str())
    }

    /// The pairs in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|pair| (pair.key.as_ref(), pair.value.as_str()))
    }

    /// The short form.
    pub fn short(&self) -> String {
        let mut text = self.name.clone();
        for pair in &self.pairs {
            text.push('|');
            text.push_str(short_key(&self.name, &pair.key));
            text.push(':');
            text.push_str(&pair.value);
        }
        text
    }

    /// A signature whose name and pairs are these words, for a metric's own reading of it:
    /// a [`Reader`] hands the values out by key and complains of what is left.
    pub(crate) fn read(&self) -> Reader<'_> {
        let general = |key: &str| GENERAL.iter().any(|(long, _)| *long == key) || key == "version";
        Reader {
            signature: self,
            left: self.pairs.iter().filter(|pair| !general(&pair.key)).collect(),
        }
    }
}

/// Hands the values of a signature out by key, so that a key that nothing asked for is noticed.
pub(crate) struct Reader<'a> {
    signature: &'a Signature,
    left: Vec<&'a Pair>,
}

impl<'a> Reader<'a> {
    /// The metric's name as it stands in the signature.
    pub(crate) fn name(&self) -> &'a str {
        &self.signature.name
    }

    /// The value of a key, if it is there.
    pub(crate) fn take(&mut self, key: &str) -> Option<&'a str> {
        let at = self.left.iter().position(|pair| pair.key == key)?;
        Some(&self.left.remove(at).value)
    }

    /// The value of a key that has one of a few words, as the thing that the word means.
    pub(crate) fn word<T: Copy>(
        &mut self,
        key: &str,
        words: &[(&str, T)],
        default: T,
    ) -> Result<T> {
        let Some(value) = self.take(key) else { return Ok(default) };
        let known = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" or ");
        words
            .iter()
            .find(|(word, _)| *word == value)
            .map(|(_, meaning)| *meaning)
            .ok_or_else(|| self.error(format!("'{key}' is {}, not '{value}'", known())))
    }

    /// A `yes` or `no`.
    pub(crate) fn flag(&mut self, key: &str, default: bool) -> Result<bool> {
        self.word(key, &[("yes", true), ("no", false)], default)
    }

    /// A whole number.
    pub(crate) fn number(&mut self, key: &str, default: usize) -> Result<usize> {
        let Some(value) = self.take(key) else { return Ok(default) };
        value.parse().map_err(|_| self.error(format!("'{key}' is a whole number, not '{value}'")))
    }

    /// An error about this signature.
    pub(crate) fn error(&self, problem: impl Into<String>) -> Error {
        Error::signature(&self.signature.to_string(), problem)
    }

    /// Done: whatever is left is an error.
    pub(crate) fn finish(self) -> Result<()> {
        match self.left.first() {
            None => Ok(()),
            Some(pair) => Err(self.error(format!("{} has no '{}'", self.name(), pair.key))),
        }
    }
}

/// 0.. for the general keys, then the metric's own, then aggregation, then the version.
fn rank(key: &str) -> usize {
    match key {
        "version" => usize::MAX,
        "agg" => GENERAL.len() + 1,
        _ => GENERAL.iter().position(|(long, _)| *long == key).unwrap_or(GENERAL.len()),
    }
}

fn rank_of(pair: &Pair) -> usize {
    rank(&pair.key)
}

fn short_key<'a>(name: &str, key: &'a str) -> &'a str {
    let general = GENERAL.iter().find(|(long, _)| *long == key).map(|(_, short)| *short);
    let own = || {
        SHORT
            .iter()
            .find(|(metric, long, _)| *long == key && name.starts_with(metric))
            .map(|(_, _, short)| *short)
    };
    general.or_else(own).unwrap_or(key)
}

fn long_key(name: &str, key: &str) -> Cow<'static, str> {
    let own = SHORT
        .iter()
        .find(|(metric, long, short)| name.starts_with(metric) && (*long == key || *short == key))
        .map(|(_, long, _)| *long);
    let general = || {
        GENERAL.iter().find(|(long, short)| *long == key || *short == key).map(|(long, _)| *long)
    };
    own.or_else(general).map_or_else(|| Cow::Owned(key.to_owned()), Cow::Borrowed)
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.pairs.iter().try_for_each(|pair| write!(f, "|{}:{}", pair.key, pair.value))
    }
}

/// Reads a signature, long or short, with or without a version.
impl FromStr for Signature {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut parts = text.trim().split('|');
        let name = parts.next().unwrap_or_default().trim();
        if name.is_empty() || name.contains(':') {
            return Err(Error::signature(text, "starts with the metric's name, as in 'BLEU|...'"));
        }
        let mut signature = Signature { name: name.to_owned(), pairs: Vec::new() };
        for part in parts {
            let Some((key, value)) = part.split_once(':') else {
                return Err(Error::signature(text, format!("'{part}' is not a key:value pair")));
            };
            let key = long_key(name, key.trim());
            if signature.get(&key).is_some() {
                return Err(Error::signature(text, format!("'{key}' stands in it twice")));
            }
            signature.pairs.push(Pair { key, value: value.trim().to_owned() });
        }
        Ok(signature)
    }
}

impl TryFrom<String> for Signature {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Signature> for String {
    fn from(signature: Signature) -> String {
        signature.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_keys_depend_on_the_metric() {
        let ter: Signature = "TER|#:1|c:lc|t:tercom|nr:no|pn:yes|as:no|v:1".parse().unwrap();
        assert_eq!(
            ter.to_string(),
            "TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:1"
        );
        assert_eq!(ter.short().parse::<Signature>().unwrap(), ter);
        let chrf: Signature = "chrF2|#:var|c:lc|e:yes|nc:6|nw:0|s:no|v:1".parse().unwrap();
        assert_eq!(chrf.get("space"), Some("no"));
    }

    #[test]
    fn general_keys_go_before_the_metrics_own() {
        let mut signature = Signature::new("BLEU").with("case", "lc");
        signature.set("seed", 12345);
        signature.set("nrefs", 2);
        signature.set("agg", "doc-mean");
        let keys: Vec<_> = signature.pairs().map(|(key, _)| key.to_owned()).collect();
        assert_eq!(keys, ["nrefs", "seed", "case", "agg", "version"]);
    }

    #[test]
    fn nonsense_is_an_error() {
        for text in ["", "|a:b", "BLEU|x", "BLEU|c:lc|case:lc", "a:b"] {
            assert!(text.parse::<Signature>().is_err(), "{text}");
        }
    }
}
