//! Error rates: what WER, CER, MER, WIL and WIP share.
//!
//! All five count how a hypothesis' items are found in the reference (hits, substitutions, deletions,
//! insertions) and differ in the formula over the four counts, which is a [`Rate`]. [`EditRate`] is the
//! metric around it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::mean;
use crate::distance::levenshtein::{self, Tally};
use crate::error::{Error, Result};
use crate::metric::{Column, DynMetric, Metric, Score};
use crate::metrics::Entry;
use crate::signature::{Reader, Signature};
use crate::text::vocabulary::Vocabulary;
use crate::text::{Tokens, is_whitespace, trim};
use crate::tokenize::{self, Tokenize};

/// How the items of hypotheses were found in references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edits {
    /// Items that are right.
    pub hits: u64,
    /// Items that stand for others.
    pub substitutions: u64,
    /// Items of the reference that are missing.
    pub deletions: u64,
    /// Items of the hypothesis that are too much.
    pub insertions: u64,
}

impl Edits {
    /// What is wrong: substitutions, deletions and insertions.
    pub fn errors(&self) -> u64 {
        self.substitutions + self.deletions + self.insertions
    }

    /// The length of the references.
    pub fn ref_len(&self) -> u64 {
        self.hits + self.substitutions + self.deletions
    }

    /// The length of the hypotheses.
    pub fn sys_len(&self) -> u64 {
        self.hits + self.substitutions + self.insertions
    }

    /// Errors by reference length; without a reference the insertions, as jiwer has it.
    pub(super) fn per_reference(&self) -> f64 {
        match self.ref_len() {
            0 => self.insertions as f64,
            length => self.errors() as f64 / length as f64,
        }
    }

    /// The share of hits in the reference times that in the hypothesis; 1 if both are empty.
    pub(super) fn preserved(&self) -> f64 {
        match (self.ref_len(), self.sys_len()) {
            (0, 0) => 1.0,
            (0, _) | (_, 0) => 0.0,
            (reference, hypothesis) => {
                let hits = self.hits as f64;
                (hits / reference as f64) * (hits / hypothesis as f64)
            }
        }
    }

    fn of(row: &[u64]) -> Self {
        Edits { hits: row[0], substitutions: row[1], deletions: row[2], insertions: row[3] }
    }
}

/// A formula over the four counts.
pub trait Rate: fmt::Debug + Copy + Default + PartialEq + Send + Sync + 'static {
    /// The name as it stands before the score.
    const NAME: &'static str;
    /// Whether more is better.
    const HIGHER_IS_BETTER: bool = false;
    /// Whether the items are characters.
    const CHARACTERS: bool = false;

    /// The rate, where 1 prints as 100.
    fn rate(edits: &Edits) -> f64;
}

/// What is counted as one item.
#[derive(Clone, Debug)]
enum Unit {
    /// What a tokenizer makes.
    Tokens(Arc<dyn Tokenize>),
    /// Code points or grapheme clusters, with or without white space.
    Characters { graphemes: bool, spaces: bool },
}

/// An error rate: see [`Wer`](super::Wer), [`Cer`](super::Cer), [`Mer`](super::Mer), [`Wil`](super::Wil)
/// and [`Wip`](super::Wip).
#[derive(Clone, Debug)]
pub struct EditRate<R> {
    unit: Unit,
    lowercase: bool,
    averaged: bool,
    rate: PhantomData<R>,
}

impl<R: Rate> Default for EditRate<R> {
    fn default() -> Self {
        let characters = Unit::Characters { graphemes: false, spaces: true };
        let unit = if R::CHARACTERS { characters } else { Unit::Tokens(Arc::new(Jiwer)) };
        EditRate { unit, lowercase: false, averaged: false, rate: PhantomData }
    }
}

impl<R: Rate> EditRate<R> {
    /// Whether letters that differ in case only are equal.
    #[must_use]
    pub fn lowercase(mut self, lowercase: bool) -> Self {
        self.lowercase = lowercase;
        self
    }

    /// Whether a corpus has the mean of its segments' rates instead of the rate of all its edits.
    #[must_use]
    pub fn averaged(mut self, averaged: bool) -> Self {
        self.averaged = averaged;
        self
    }

    pub(super) fn with_tokenizer(mut self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.unit = Unit::Tokens(tokenizer);
        self
    }

    pub(super) fn characters(&mut self) -> Option<(&mut bool, &mut bool)> {
        match &mut self.unit {
            Unit::Characters { graphemes, spaces } => Some((graphemes, spaces)),
            Unit::Tokens(_) => None,
        }
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        if !is_named(R::NAME, reader.name()) {
            return Err(reader.error(format!("is not {}'s", R::NAME)));
        }
        let mut metric = Self::default()
            .lowercase(reader.word("case", &[("lc", true), ("mixed", false)], false)?)
            .averaged(averaged(&mut reader)?);
        if let Some((graphemes, spaces)) = metric.characters() {
            let units = [("code-point", false), ("grapheme", true)];
            *graphemes = reader.word("unit", &units, false)?;
            *spaces = reader.flag("space", true)?;
            reader.take("unicode");
        } else {
            match reader.take("tok") {
                None | Some("jiwer") => {}
                Some(name) => metric = metric.with_tokenizer(tokenize::by_name(name)?),
            }
        }
        reader.finish()?;
        Ok(metric)
    }

    /// The four counts of a segment and the reference that they are against: the one with the best
    /// rate, of equal ones the first.
    fn best(
        &self,
        hypothesis: &str,
        reference: &EditReference,
        scratch: &mut EditScratch,
    ) -> Edits {
        self.tokenize(hypothesis, &mut scratch.tokens);
        let counts = scratch.tallies(reference).map(|tally| {
            let Tally { keep, replace, delete, insert } = tally;
            Edits { hits: keep, substitutions: replace, deletions: delete, insertions: insert }
        });
        let badness = |edits: &Edits| {
            let rate = R::rate(edits);
            if R::HIGHER_IS_BETTER { -rate } else { rate }
        };
        counts.min_by(|a, b| badness(a).total_cmp(&badness(b))).unwrap_or_default()
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        let lower;
        let text = if self.lowercase {
            lower = text.to_lowercase();
            &lower
        } else {
            text
        };
        match &self.unit {
            Unit::Tokens(tokenizer) => tokenizer.tokenize(text, tokens),
            Unit::Characters { graphemes, spaces } => {
                let text = trim(text);
                tokens.reset(text);
                let counts = |item: &str| *spaces || !item.chars().all(is_whitespace);
                let mut push = |at: usize, item: &str| {
                    if counts(item) {
                        tokens.push(at, at + item.len());
                    }
                };
                if *graphemes {
                    text.grapheme_indices(true).for_each(|(at, item)| push(at, item));
                } else {
                    let ends = |(at, c): (usize, char)| (at, at + c.len_utf8());
                    text.char_indices().map(ends).for_each(|(at, end)| push(at, &text[at..end]));
                }
            }
        }
    }
}

/// The registry's entry of a rate.
pub(super) const fn entry<R: Rate>(name: &'static str, summary: &'static str) -> Entry {
    Entry {
        name,
        matches: |name| is_named(R::NAME, name),
        summary,
        parse: |signature| {
            let metric: Box<dyn DynMetric> = Box::new(EditRate::<R>::from_signature(signature)?);
            Ok(metric)
        },
    }
}

/// Whether a name is this one in any case, alone or with `-mean` behind it.
pub(super) fn is_named(own: &str, name: &str) -> bool {
    let plain = name.len().checked_sub(5).and_then(|at| name.split_at_checked(at));
    let plain = plain.filter(|(_, end)| end.eq_ignore_ascii_case("-mean")).map_or(name, |p| p.0);
    plain.eq_ignore_ascii_case(own)
}

/// What the key `avg` says; without it, a name that ends in `-mean` asks for the mean.
pub(super) fn averaged(reader: &mut Reader<'_>) -> Result<bool> {
    let by_name = reader.name().to_ascii_lowercase().ends_with("-mean");
    reader.word("avg", &[("pooled", false), ("segments", true)], by_name)
}

/// What stands for `avg` in a signature.
pub(super) fn average_name(averaged: bool) -> &'static str {
    if averaged { "segments" } else { "pooled" }
}

/// One segment's references, as numbers.
#[derive(Clone, Debug)]
pub struct EditReference {
    pub(super) vocabulary: Vocabulary,
    pub(super) targets: Vec<Vec<u32>>,
}

/// Working memory of metrics that count edits.
#[derive(Debug, Default)]
pub struct EditScratch {
    pub(super) tokens: Tokens,
    items: Vec<u32>,
    edits: levenshtein::Scratch,
}

impl EditScratch {
    /// What turns each reference into the tokens.
    pub(super) fn tallies(&mut self, reference: &EditReference) -> impl Iterator<Item = Tally> {
        let EditScratch { tokens, items, edits } = self;
        reference.number(tokens, items);
        let symbols = reference.vocabulary.len();
        reference.targets.iter().map(move |target| {
            let mut tally = Tally::default();
            levenshtein::script(target, items, symbols, edits, &mut tally);
            tally
        })
    }
}

impl EditReference {
    /// Tokens in the references' numbers; all that they don't have get one number more.
    pub(super) fn number(&self, tokens: &Tokens, items: &mut Vec<u32>) {
        let unknown = self.vocabulary.len() as u32;
        items.clear();
        items.extend(tokens.iter().map(|token| self.vocabulary.get(token).unwrap_or(unknown)));
    }

    pub(super) fn new(
        references: &[&str],
        tokens: &mut Tokens,
        mut tokenize: impl FnMut(&str, &mut Tokens),
    ) -> Result<Self> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let mut vocabulary = Vocabulary::default();
        let mut targets = Vec::with_capacity(references.len());
        for reference in references {
            tokenize(reference, tokens);
            targets.push(tokens.iter().map(|token| vocabulary.insert(token)).collect());
        }
        Ok(EditReference { vocabulary, targets })
    }
}

/// An error rate with its counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditScore {
    /// The rate's name.
    pub name: Cow<'static, str>,
    /// The rate, times 100.
    pub score: f64,
    /// The counts.
    #[serde(flatten)]
    pub edits: Edits,
}

impl Score for EditScore {
    fn name(&self) -> Cow<'_, str> {
        self.name.as_ref().into()
    }

    fn value(&self) -> f64 {
        self.score
    }
}

impl fmt::Display for EditScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

impl<R: Rate> Metric for EditRate<R> {
    type Reference = EditReference;
    type Score = EditScore;
    type Scratch = EditScratch;

    fn name(&self) -> Cow<'_, str> {
        R::NAME.into()
    }

    fn columns(&self) -> Vec<Column> {
        let counts = ["hits", "substitutions", "deletions", "insertions"].map(Column::count);
        let mut columns = counts.to_vec();
        if self.averaged {
            columns.extend(mean::columns());
        }
        columns
    }

    fn signature(&self) -> Signature {
        let signature =
            Signature::new(R::NAME).with("case", if self.lowercase { "lc" } else { "mixed" });
        let signature = match &self.unit {
            Unit::Tokens(tokenizer) => signature.with("tok", tokenizer.name()),
            Unit::Characters { graphemes: false, spaces } => {
                signature.with("unit", "code-point").with_flag("space", *spaces)
            }
            Unit::Characters { graphemes: true, spaces } => {
                let (major, minor, patch) = unicode_segmentation::UNICODE_VERSION;
                signature
                    .with("unit", "grapheme")
                    .with("unicode", format!("{major}.{minor}.{patch}"))
                    .with_flag("space", *spaces)
            }
        };
        signature.with("avg", average_name(self.averaged))
    }

    fn higher_is_better(&self) -> bool {
        R::HIGHER_IS_BETTER
    }

    fn prepare(&self, references: &[&str], scratch: &mut EditScratch) -> Result<EditReference> {
        let tokenize = |text: &str, tokens: &mut Tokens| self.tokenize(text, tokens);
        EditReference::new(references, &mut scratch.tokens, tokenize)
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &EditReference,
        scratch: &mut EditScratch,
        row: &mut [u64],
    ) {
        let edits = self.best(hypothesis, reference, scratch);
        let Edits { hits, substitutions, deletions, insertions } = edits;
        row[..4].copy_from_slice(&[hits, substitutions, deletions, insertions]);
        if self.averaged {
            mean::write(&mut row[4..], R::rate(&edits));
        }
    }

    fn score(&self, row: &[u64]) -> EditScore {
        let edits = Edits::of(row);
        let score = match row.get(4..) {
            Some(sums) if self.averaged => mean::MeanScore::of(R::NAME, sums).score,
            _ => 100.0 * R::rate(&edits),
        };
        EditScore { name: R::NAME.into(), score, edits }
    }
}

/// Words as jiwer has them: between single spaces and runs of white space; another white space
/// character alone is part of a word.
#[derive(Clone, Copy, Debug)]
struct Jiwer;

impl Tokenize for Jiwer {
    fn name(&self) -> &str {
        "jiwer"
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        let text = trim(text);
        tokens.reset(text);
        let mut start = 0;
        let mut rest = text;
        while let Some(at) = rest.find(is_whitespace) {
            let here = text.len() - rest.len() + at;
            let after = rest[at..].trim_start_matches(is_whitespace);
            let end = text.len() - after.len();
            let one = text[here..end].chars().count() == 1;
            if !one || &text[here..end] == " " {
                tokens.push(start, here);
                start = end;
            }
            rest = after;
        }
        if start < text.len() {
            tokens.push(start, text.len());
        }
    }
}
