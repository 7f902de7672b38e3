//! Findings: what is wrong with a translation, where, and what was expected.
//!
//! A score says how bad; an editor needs to know where. A [`Checker`] looks at segments (lines, or the
//! beads of two aligned articles) and returns [`Finding`]s with spans. Each check is one file here: its
//! definition, what it needs, and how good it was when it was measured. [`CHECKS`] lists them; to add
//! one, write its file and add its line below.
//!
//! ```
//! use bleuprint::diagnose::{Checker, Input};
//!
//! let input = Input {
//!     hypothesis: "The port took 23,500 tons of grain in Tunsi.",
//!     reference: Some("The port of Tunxi received 2,350 tons of grain."),
//!     source: None,
//! };
//! let findings = Checker::default().segment(0, &input);
//! let (number, name) = (&findings[0], &findings[1]);
//! assert_eq!(number.message, "the number 23,500 stands where 2,350 was expected");
//! assert_eq!(&input.hypothesis[name.hypothesis.clone().unwrap()], "Tunsi");
//! assert_eq!(name.message, "the name Tunsi is spelt Tunxi in the reference");
//! ```
//!
//! # How they decide
//!
//! Without a language model a program can only point at what can be pointed at: spelling, digits, marks,
//! lengths and repetitions. Where both a reference and a source are given, a finding needs both to
//! agree against the hypothesis: what either of them has too is no error. The thresholds follow from
//! definitions and were measured on human translations, which are right: at most 2 findings in 1,000
//! words of them. A finding is never a verdict; [`Silences`] keep what was looked at and found right.
//!
//! # Complexity
//!
//! Linear in the length of the texts; the comparisons of names look at 64 names a segment at most.

mod article;
mod config;
mod finding;
mod lexicon;
mod pairs;
mod script;
mod segment;
mod silence;
mod view;

use std::fmt;

pub use config::{Config, Setting, Term};
pub use finding::{CodePoints, Finding, Severity};
pub use segment::Input;
// What the attribution of word errors shares with the checks.
pub(crate) use lexicon::{Tongue, tongue};
pub(crate) use segment::stem;
pub use silence::{Silence, Silences};
pub(crate) use view::{Kind, Token, View, fold};

use crate::documents::Documents;
use config::Options;
use finding::Report;
use segment::{Languages, Segment};

/// Each line is a check's file, in the order of listings.
macro_rules! checks {
    ($($module:ident),+ $(,)?) => {
        $(mod $module;)+
        /// Every check, in the order of listings.
        pub const CHECKS: &[Entry] = &[$($module::ENTRY),+];
    };
}

checks! {
    numbers,
    names,
    name_variants,
    quotes,
    brackets,
    end_punctuation,
    spacing,
    joined_words,
    stray_capitals,
    glued_heading,
    repetition,
    duplicate_sentence,
    omission,
    addition,
    sentence_order,
    truncation,
    empty,
    copied_source,
    untranslated,
    wrong_script,
    length,
    unrelated,
    markup,
    chatter,
    term_consistency,
    terms,
    profanity,
}

/// A check as the registry knows it.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The name in configurations and findings: `joined-words`.
    pub name: &'static str,
    /// What it finds, in a line.
    pub summary: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// How much its findings matter, where the configuration doesn't say.
    pub severity: Severity,
    /// What can be tuned.
    pub thresholds: &'static [Threshold],
    run: Run,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Which texts a check needs beside the hypothesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// None; others make it surer.
    Hypothesis,
    /// A source or a reference.
    Either,
    /// A reference.
    Reference,
    /// A source.
    Source,
    /// Both.
    Both,
    /// A source, and a list that the user gives.
    List,
}

impl Needs {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Needs::Hypothesis => "the hypothesis alone",
            Needs::Either => "a source or a reference",
            Needs::Reference => "a reference",
            Needs::Source => "a source",
            Needs::Both => "a source and a reference",
            Needs::List => "a list of the user",
        }
    }
}

/// A number that a check compares with.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// The key in the configuration.
    pub name: &'static str,
    /// Its value where the configuration doesn't say.
    pub default: f64,
    /// What is compared.
    pub summary: &'static str,
}

#[derive(Clone, Copy)]
enum Run {
    /// Looks at one segment.
    Segment(fn(&Segment<'_>, &Options, &mut Report<'_>)),
    /// Looks at all segments of a document.
    Document(fn(&[Segment<'_>], &Options, &mut Report<'_>)),
    /// Looks at one segment with the user's lists.
    Listed(fn(&Segment<'_>, &Config, &mut Report<'_>)),
}

/// Runs checks; made once, shared by threads.
#[derive(Clone, Debug)]
pub struct Checker {
    config: Config,
    languages: Languages,
    active: Vec<(&'static Entry, Options)>,
}

impl Default for Checker {
    fn default() -> Self {
        Self::new(Config::default()).unwrap_or_else(|_| unreachable!("the defaults are right"))
    }
}

impl Checker {
    /// From a configuration.
    ///
    /// # Errors
    ///
    /// An unknown check or threshold, with a suggestion; a threshold that is no number.
    pub fn new(config: Config) -> crate::Result<Self> {
        let active = config.compile()?;
        let languages = Languages { target: config.target.clone() };
        Ok(Checker { config, languages, active })
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The checks that run.
    pub fn checks(&self) -> impl Iterator<Item = &'static Entry> + '_ {
        self.active.iter().map(|(entry, _)| *entry)
    }

    /// The findings of one segment, which is given its number; checks of whole documents don't run.
    pub fn segment(&self, number: usize, input: &Input<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.run_segment(&Segment::new(number, input, &self.languages), &mut findings);
        findings
    }

    /// The findings of many segments, numbered from 0, each on its own; memory doesn't grow with them.
    pub fn segments(&self, inputs: &[Input<'_>]) -> Vec<Finding> {
        let found = |number: usize| self.segment(number, &inputs[number]);
        let all = crate::parallel::try_map(inputs.len(), || (), |(), number| Ok(found(number)));
        all.unwrap_or_default().into_iter().flatten().collect()
    }

    /// The findings of a document: those of its segments, numbered from 0, and those that need all of
    /// them. In the order of segments and, within one, of the checks; memory is some kilobytes a segment.
    pub fn document(&self, inputs: &[Input<'_>]) -> Vec<Finding> {
        let numbers: Vec<usize> = (0..inputs.len()).collect();
        self.numbered(inputs, &numbers)
    }

    /// The findings of many documents; segments are numbered through.
    ///
    /// # Errors
    ///
    /// Another number of segments than `documents` has.
    pub fn documents(
        &self,
        inputs: &[Input<'_>],
        documents: &Documents,
    ) -> crate::Result<Vec<Finding>> {
        if documents.segments() != inputs.len() {
            return Err(crate::Error::length(inputs.len(), documents.segments(), false));
        }
        let mut members = vec![Vec::new(); documents.len()];
        for (number, document) in documents.of_segments().iter().enumerate() {
            members[*document].push(number);
        }
        let one = |document: usize| self.numbered(inputs, &members[document]);
        let all = crate::parallel::try_map(members.len(), || (), |(), document| Ok(one(document)));
        let mut findings: Vec<Finding> = all.unwrap_or_default().into_iter().flatten().collect();
        findings.sort_by_key(|finding| finding.segment);
        Ok(findings)
    }

    /// A document of those segments.
    pub(crate) fn numbered(&self, inputs: &[Input<'_>], numbers: &[usize]) -> Vec<Finding> {
        let both = crate::parallel::try_map(
            numbers.len(),
            || (),
            |(), at| {
                let segment = Segment::new(numbers[at], &inputs[numbers[at]], &self.languages);
                let mut findings = Vec::new();
                self.run_segment(&segment, &mut findings);
                Ok((segment, findings))
            },
        );
        let (segments, findings): (Vec<_>, Vec<_>) = both.unwrap_or_default().into_iter().unzip();
        let mut findings: Vec<Finding> = findings.into_iter().flatten().collect();
        for (entry, options) in &self.active {
            if let Run::Document(check) = entry.run {
                check(&segments, options, &mut report(entry, options, 0, &mut findings));
            }
        }
        findings.sort_by_key(|finding| finding.segment);
        findings
    }

    fn run_segment(&self, segment: &Segment<'_>, findings: &mut Vec<Finding>) {
        for (entry, options) in &self.active {
            let mut report = report(entry, options, segment.number, findings);
            match entry.run {
                Run::Segment(check) => check(segment, options, &mut report),
                Run::Listed(check) => check(segment, &self.config, &mut report),
                Run::Document(_) => {}
            }
        }
    }
}

fn report<'f>(
    entry: &'static Entry,
    options: &Options,
    segment: usize,
    findings: &'f mut Vec<Finding>,
) -> Report<'f> {
    Report { check: entry.name, severity: options.severity, segment, findings }
}
