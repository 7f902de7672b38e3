//! What is checked and how strictly: a value that a file can hold.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::Severity;
use super::{CHECKS, Entry};
use crate::error::{Error, Result};

/// Which checks run, with which severity and thresholds, and the lists that the user gives.
///
/// Everything has a default; a file says only what differs. In TOML:
///
/// ```toml
/// target = "en"
///
/// [checks.number]
/// severity = "critical"
///
/// [checks.omission]
/// threshold = 0.5
///
/// [checks.end-punctuation]
/// enabled = false
/// ```
///
/// ```
/// use bleuprint::diagnose::{Checker, Config};
///
/// let config: Config = toml::from_str("[checks.omision]\nenabled = false").unwrap();
/// let error = Checker::new(config).unwrap_err();
/// assert!(error.to_string().contains("did you mean 'omission'?"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The language of the hypothesis, an ISO 639 code; guessed from its script where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Only these checks run; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// Changes to single checks.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub checks: BTreeMap<String, Setting>,
    /// Terms and how they must be translated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// Words that must not occur.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profanity: Vec<String>,
}

/// What differs from a check's defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// Whether it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// How much its findings matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Its thresholds by name.
    #[serde(flatten)]
    pub thresholds: BTreeMap<String, f64>,
}

/// A term of the user's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// As the source has it.
    pub source: String,
    /// As the translation must have it; one of several, separated by `|`.
    pub target: String,
}

impl Config {
    /// The terms of a list with a tab between term and translation, one a line; empty lines and those
    /// that begin with `#` are skipped.
    ///
    /// # Errors
    ///
    /// A line without a tab, named.
    pub fn read_terms(&mut self, list: &str) -> Result<()> {
        for (number, line) in lines(list) {
            let Some((source, target)) = line.split_once('\t') else {
                return Err(Error::config(format!(
                    "terms, line {number}: '{line}' has no tab between term and translation"
                )));
            };
            self.terms
                .push(Term { source: source.trim().to_owned(), target: target.trim().to_owned() });
        }
        Ok(())
    }

    /// The words of a list, one a line, as for [`read_terms`](Config::read_terms); what follows a tab is
    /// a remark.
    pub fn read_profanity(&mut self, list: &str) {
        let word = |line: &str| line.split('\t').next().unwrap_or_default().trim().to_owned();
        self.profanity.extend(lines(list).map(|(_, line)| word(line)));
    }

    /// The checks that run, with their thresholds in the order of [`Entry::thresholds`].
    pub(crate) fn compile(&self) -> Result<Vec<(&'static Entry, Options)>> {
        let names = || CHECKS.iter().map(|entry| entry.name);
        let named = self.only.iter().chain(self.checks.keys());
        for name in named {
            if !names().any(|known| known == name) {
                return Err(Error::unknown("check", name, names()));
            }
        }
        let default = Setting::default();
        let mut active = Vec::new();
        for entry in CHECKS {
            let setting = self.checks.get(entry.name).unwrap_or(&default);
            let chosen = self.only.is_empty() || self.only.iter().any(|name| name == entry.name);
            if setting.enabled.unwrap_or(chosen) {
                active.push((entry, Options::new(entry, setting)?));
            }
        }
        Ok(active)
    }
}

/// The lines of a list that say something, numbered from 1.
fn lines(list: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = list.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    numbered.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

/// A check's settings, resolved.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) severity: Severity,
    thresholds: Vec<f64>,
}

impl Options {
    fn new(entry: &Entry, setting: &Setting) -> Result<Self> {
        let known = || entry.thresholds.iter().map(|threshold| threshold.name);
        for (name, value) in &setting.thresholds {
            if !known().any(|known| known == name) {
                return Err(Error::unknown("threshold", name, known()));
            }
            if !value.is_finite() {
                return Err(Error::config(format!("checks.{}.{name} is no number", entry.name)));
            }
        }
        let value = |name: &str, default| setting.thresholds.get(name).copied().unwrap_or(default);
        let thresholds = entry.thresholds.iter().map(|known| value(known.name, known.default));
        Ok(Options {
            severity: setting.severity.unwrap_or(entry.severity),
            thresholds: thresholds.collect(),
        })
    }

    /// The threshold at this place of [`Entry::thresholds`].
    pub(crate) fn threshold(&self, at: usize) -> f64 {
        self.thresholds.get(at).copied().unwrap_or_default()
    }
}
