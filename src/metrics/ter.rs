//! TER (Snover et al., AMTA 2006), as sacreBLEU computes it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::distance::tercom::{self, Step, Target};
use crate::error::{Error, Result};
use crate::metric::{Column, Metric, Score};
use crate::metrics::{Entry, words};
use crate::signature::Signature;
use crate::significance::sacrebleu::SacreBleu;
use crate::text::vocabulary::Vocabulary;
use crate::text::{Tokens, trim_end};
use crate::tokenize::{Tercom, Tokenize};

pub(super) const ENTRY: Entry = Entry {
    name: "ter",
    matches: |name| words::is_named(name, "ter") || name.eq_ignore_ascii_case("hter"),
    summary: "edits and block moves per reference word; 0 is perfect, less is better",
    parse: |signature| Ok(Box::new(Ter::from_signature(signature)?)),
};

/// The most references a segment can have: up to 16, a mean of lengths is a whole number of [`UNIT`]s.
const MAX_REFERENCES: usize = 16;
/// The least common multiple of 1 to 16.
const UNIT: u64 = 720_720;

/// TER: how many edits turn the hypothesis into a reference, block moves among them.
///
/// It measures post-editing effort, in edits per hundred reference words, and is an error rate: 0 is
/// perfect, more than 100 is possible. By default words are lowercased but not tokenized, so
/// `word.` and `word` differ; see [`normalized`](Ter::normalized).
///
/// # Definition
///
/// ```text
/// TER = 100 · Σ min over references of edits(h, r) / Σ mean over references of |r|
/// ```
///
/// An edit inserts, deletes or replaces one word or moves a block of words; moves are searched
/// greedily, as tercom does. Without reference words it is 100 if there are edits and 0 if not.
///
/// # Parity
///
/// Equal to sacreBLEU 2.6.0, beam and caps included, also in that it tokenizes references twice
/// ([`Tercom::tokenize_reference`]). With three or more references of different
/// lengths, sacreBLEU's sum of fractions is rounded at each segment and ours is exact, which can
/// differ in the last digits. At most 16 references a segment.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, Ter};
///
/// let references = References::single(&["a b c d e f g h"]);
/// let score = Ter::default().corpus(&["d e f g h a b c"], &references)?;
/// assert_eq!((score.to_string().as_str(), score.num_edits), ("TER = 12.50", 1));
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// What was edited, and where, is [`alignment`](Ter::alignment)'s answer.
///
/// # Complexity
///
/// For n hypothesis and m reference words: the bit-parallel distance takes n·⌈m/64⌉ steps, the band at
/// most 50·n + m cells; at most 1,000 moves are tried. Space is linear.
///
/// # References
///
/// Snover, Dorr, Schwartz, Micciulla and Makhoul, AMTA 2006, section 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ter {
    tokenizer: Tercom,
    dialect: TerDialect,
}

/// What the number is said to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TerDialect {
    /// TER against independent references, as tercom and sacreBLEU have it.
    #[default]
    Tercom,
    /// HTER: the references are post-edited versions of the hypotheses. The same computation under the
    /// name that says so; capped, a segment has no more edits than its references have words on average, as
    /// shared tasks of quality estimation have it (sacreBLEU doesn't).
    Hter {
        /// Whether a segment's rate ends at 100.
        capped: bool,
    },
}

impl Ter {
    /// Whether punctuation is set apart before edits are counted.
    #[must_use]
    pub fn normalized(mut self, normalized: bool) -> Self {
        self.tokenizer.normalized = normalized;
        self
    }

    /// Whether punctuation is deleted.
    #[must_use]
    pub fn no_punct(mut self, no_punct: bool) -> Self {
        self.tokenizer.no_punct = no_punct;
        self
    }

    /// Whether the two options before also know Asian characters and punctuation.
    #[must_use]
    pub fn asian_support(mut self, asian: bool) -> Self {
        self.tokenizer.asian_support = asian;
        self
    }

    /// Whether the case of letters counts.
    #[must_use]
    pub fn case_sensitive(mut self, sensitive: bool) -> Self {
        self.tokenizer.case_sensitive = sensitive;
        self
    }

    /// Whether the references are post-edits, and the number HTER.
    ///
    /// ```
    /// use bleuprint::{Metric, Ter, metrics::TerDialect};
    ///
    /// let hter = Ter::default().dialect(TerDialect::Hter { capped: true });
    /// let score = hter.segment("nothing of this was any good", &["start again"])?;
    /// assert_eq!(score.to_string(), "HTER = 100.00");
    /// # Ok::<(), bleuprint::Error>(())
    /// ```
    #[must_use]
    pub fn dialect(mut self, dialect: TerDialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        if !(ENTRY.matches)(reader.name()) {
            return Err(reader.error("is not TER's"));
        }
        let dialects =
            [("tercom", TerDialect::Tercom), ("hter", TerDialect::Hter { capped: false })];
        let mut dialect = match reader.name().eq_ignore_ascii_case("hter") {
            true => reader.word("dialect", &dialects[1..], dialects[1].1)?,
            false => words::dialect(&mut reader, "ter", &dialects)?,
        };
        if let TerDialect::Hter { capped } = &mut dialect {
            *capped = reader.flag("cap", false)?;
            reader.word("den", &[("reference", ())], ())?;
        }
        let ter = Ter::default()
            .dialect(dialect)
            .case_sensitive(reader.word("case", &[("lc", false), ("mixed", true)], false)?)
            .normalized(reader.flag("norm", false)?)
            .no_punct(!reader.flag("punct", true)?)
            .asian_support(reader.flag("asian", false)?);
        reader.word("tok", &[("tercom", ())], ())?;
        reader.finish()?;
        Ok(ter)
    }

    /// What has to be done to the hypothesis to turn it into the reference: block moves, then edits.
    /// Of several references give the one that interests you.
    ///
    /// ```
    /// use bleuprint::{Ter, metrics::ter::Edit};
    ///
    /// let (hypothesis, reference) = ("sat the cat today", "the cat sat down");
    /// let alignment = Ter::default().alignment(hypothesis, reference);
    /// assert_eq!(alignment.edits(), 2);
    /// let moved = &alignment.shifts[0];
    /// assert_eq!((&hypothesis[moved.hypothesis.clone()], moved.words.clone(), moved.to), ("sat", 0..1, 2));
    /// let Edit::Substitute { hypothesis: ours, reference: theirs } = &alignment.script[3] else { panic!() };
    /// assert_eq!((&hypothesis[ours.clone()], &reference[theirs.clone()]), ("today", "down"));
    /// ```
    pub fn alignment(&self, hypothesis: &str, reference: &str) -> TerAlignment {
        let (mut ours, mut theirs) = (Tokens::traced(), Tokens::traced());
        self.tokenizer.tokenize(trim_end(hypothesis), &mut ours);
        self.tokenizer.tokenize_reference(trim_end(reference), &mut theirs);
        let mut vocabulary = Vocabulary::default();
        let words: Vec<u32> = theirs.iter().map(|token| vocabulary.insert(token)).collect();
        let target = Target::new(words, vocabulary.len());
        let words: Vec<u32> = ours.iter().map(|token| vocabulary.insert(token)).collect();
        let mut scratch = tercom::Scratch::default();
        tercom::edits(&words, &target, &mut scratch);

        let mut order: Vec<usize> = (0..words.len()).collect();
        let shifts = scratch.moves.iter().map(|moved| {
            let words = moved.start..moved.start + moved.length;
            let block: Vec<usize> = order.drain(words.clone()).collect();
            let first = block.iter().map(|word| ours.origin(*word).start).min().unwrap_or(0);
            let last = block.iter().map(|word| ours.origin(*word).end).max().unwrap_or(0);
            order.splice(moved.to..moved.to, block);
            TerShift { words, to: moved.to, hypothesis: first..last }
        });
        let shifts: Vec<TerShift> = shifts.collect();
        let (mut here, mut there) = (order.iter(), 0..theirs.len());
        let mut next_here = || here.next().map_or(0..0, |word| ours.origin(*word));
        let mut next_there = || there.next().map_or(0..0, |word| theirs.origin(word));
        let script = scratch.path.iter().map(|step| match step {
            Step::Match => Edit::Match { hypothesis: next_here(), reference: next_there() },
            Step::Substitute => {
                Edit::Substitute { hypothesis: next_here(), reference: next_there() }
            }
            Step::Delete => Edit::Delete { hypothesis: next_here() },
            Step::Insert => Edit::Insert { reference: next_there() },
        });
        TerAlignment { script: script.collect(), shifts }
    }
}

/// What turns a hypothesis into a reference, as TER counts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerAlignment {
    /// The block moves in the order in which they are made.
    pub shifts: Vec<TerShift>,
    /// The edits of the text as it stands after the moves, from left to right.
    pub script: Vec<Edit>,
}

impl TerAlignment {
    /// The number of edits: moves, and steps that are no match.
    pub fn edits(&self) -> usize {
        let matches = |edit: &&Edit| matches!(edit, Edit::Match { .. });
        self.shifts.len() + self.script.len() - self.script.iter().filter(matches).count()
    }
}

/// A block of words that is moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerShift {
    /// The words that move, by their numbers in the text as it stands before this move.
    pub words: Range<usize>,
    /// The number of the block's first word after the move.
    pub to: usize,
    /// The bytes of the original hypothesis from the block's first to its last word; moves before this
    /// one can have brought words together that don't stand together there.
    pub hypothesis: Range<usize>,
}

/// A step from left to right; spans are bytes of the original texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "edit")]
pub enum Edit {
    /// The words are the same.
    Match {
        /// The word in the hypothesis.
        hypothesis: Range<usize>,
        /// The word in the reference.
        reference: Range<usize>,
    },
    /// One word stands for another.
    Substitute {
        /// The word in the hypothesis.
        hypothesis: Range<usize>,
        /// The word in the reference.
        reference: Range<usize>,
    },
    /// A word of the hypothesis is too much.
    Delete {
        /// The word in the hypothesis.
        hypothesis: Range<usize>,
    },
    /// A word of the reference is missing.
    Insert {
        /// The word in the reference.
        reference: Range<usize>,
    },
}

/// One segment's references as TER sees them.
#[derive(Clone, Debug)]
pub struct TerReference {
    vocabulary: Vocabulary,
    targets: Vec<Target>,
    /// The mean length in [`UNIT`]s.
    length: u64,
}

/// TER's working memory.
#[derive(Debug, Default)]
pub struct TerScratch {
    tokens: Tokens,
    words: Vec<u32>,
    edits: tercom::Scratch,
}

/// A TER score with its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TerScore {
    /// Whether it is HTER.
    #[serde(default)]
    pub hter: bool,
    /// 0 and up; edits per hundred reference words.
    pub score: f64,
    /// Edits and block moves.
    pub num_edits: u64,
    /// Words of the references, the mean where there are several.
    pub ref_length: f64,
}

impl Score for TerScore {
    fn name(&self) -> Cow<'_, str> {
        if self.hter { "HTER" } else { "TER" }.into()
    }

    fn value(&self) -> f64 {
        self.score
    }
}

impl fmt::Display for TerScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

impl Metric for Ter {
    type Reference = TerReference;
    type Score = TerScore;
    type Scratch = TerScratch;

    fn name(&self) -> Cow<'_, str> {
        if self.dialect == TerDialect::Tercom { "TER" } else { "HTER" }.into()
    }

    fn columns(&self) -> Vec<Column> {
        vec![Column::count("num_edits"), Column::fraction("ref_length", UNIT)]
    }

    fn signature(&self) -> Signature {
        let Tercom { normalized, no_punct, asian_support, case_sensitive } = self.tokenizer;
        let signature = Signature::new("TER")
            .with("case", if case_sensitive { "mixed" } else { "lc" })
            .with("tok", self.tokenizer.name())
            .with_flag("norm", normalized)
            .with_flag("punct", !no_punct)
            .with_flag("asian", asian_support);
        match self.dialect {
            TerDialect::Tercom => signature,
            TerDialect::Hter { capped } => {
                signature.with("dialect", "hter").with_flag("cap", capped).with("den", "reference")
            }
        }
    }

    fn higher_is_better(&self) -> bool {
        false
    }

    fn prepare(&self, references: &[&str], scratch: &mut TerScratch) -> Result<TerReference> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        if references.len() > MAX_REFERENCES {
            return Err(Error::too_many_references("TER", references.len(), MAX_REFERENCES));
        }
        let mut vocabulary = Vocabulary::default();
        let mut texts = Vec::with_capacity(references.len());
        for reference in references {
            self.tokenizer.tokenize_reference(trim_end(reference), &mut scratch.tokens);
            let words = scratch.tokens.iter().map(|token| vocabulary.insert(token));
            texts.push(words.collect::<Vec<u32>>());
        }
        let length = texts.iter().map(|words| words.len() as u64).sum::<u64>();
        Ok(TerReference {
            length: length * (UNIT / references.len() as u64),
            targets: texts.into_iter().map(|words| Target::new(words, vocabulary.len())).collect(),
            vocabulary,
        })
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &TerReference,
        scratch: &mut TerScratch,
        row: &mut [u64],
    ) {
        let TerScratch { tokens, words, edits } = scratch;
        self.tokenizer.tokenize(trim_end(hypothesis), tokens);
        let unknown = reference.vocabulary.len() as u32;
        words.clear();
        words.extend(tokens.iter().map(|token| reference.vocabulary.get(token).unwrap_or(unknown)));
        let least =
            reference.targets.iter().map(|target| tercom::edits(words, target, edits)).min();
        row[0] = least.unwrap_or(0) as u64;
        row[1] = reference.length;
        if self.dialect == (TerDialect::Hter { capped: true }) {
            row[0] = row[0].min(row[1] / UNIT);
        }
    }

    fn sacrebleu(&self) -> Option<&dyn SacreBleu> {
        Some(self)
    }

    fn score(&self, row: &[u64]) -> TerScore {
        let (edits, length) = (row[0] as f64, row[1] as f64 / UNIT as f64);
        let score = match (row[1], row[0]) {
            (0, 0) => 0.0,
            (0, _) => 100.0,
            _ => 100.0 * (edits / length),
        };
        TerScore {
            hter: self.dialect != TerDialect::Tercom,
            score,
            num_edits: row[0],
            ref_length: length,
        }
    }
}
