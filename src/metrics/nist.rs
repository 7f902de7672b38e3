//! NIST (Doddington, HLT 2002): n-grams weighed by what they tell.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::words::{self, Case, Words};
use crate::error::{Error, Result};
use crate::metric::{Column, Metric, Score};
use crate::metrics::Entry;
use crate::references::References;
use crate::signature::Signature;
use crate::text::Tokens;
use crate::text::vocabulary::Vocabulary;
use crate::tokenize::Tokenize;
use windows::{Corpus, Sorted, Window};

mod windows;

pub(super) const ENTRY: Entry = Entry {
    name: "nist",
    matches: |name| words::is_named(name, "nist"),
    summary: "information of matching n-grams; 0 and up (about 5 to 9), more is better",
    parse: |signature| Ok(Box::new(Nist::from_signature(signature)?)),
};

/// The orders that are counted.
const ORDER: usize = 5;
/// The most references a segment can have: up to 16, a mean of lengths is a whole number of [`LENGTH`]s.
const MAX_REFERENCES: usize = 16;
/// The least common multiple of 1 to 16.
const LENGTH: u64 = 720_720;
/// What makes a bit of information.
const BIT: u64 = 1 << 32;

/// NIST: how much information the hypothesis' matching n-grams carry, in bits a word.
///
/// A rare n-gram counts for more than a frequent one, so content words decide. The number has no upper
/// bound, and depends on **all** references through the weights: don't compare it between test
/// sets, and don't read a segment's number alone.
///
/// # Definition
///
/// With occurrences counted in all references of the corpus (for one word, #(w₁…w₀) is the number of words), c the
/// clipped matches and t the hypothesis n-grams of each order, S the hypothesis length and R the mean
/// length of the references,
///
/// ```text
/// info(w₁…wₙ) = log₂( #(w₁…wₙ₋₁) / #(w₁…wₙ) )
/// NIST = Σ₁…₅ ( Σ info · c / Σ t ) · exp( β · ln² min(S/R, 1) ),   the factor ½ at S/R = 2/3
/// ```
///
/// Information is kept in 2⁻³² bits, rounded once a segment and order: the score is off by at most 5·2⁻³³
/// (6·10⁻¹⁰) even where every segment is one word. The weights belong to the prepared references: a
/// [`Prepared`](crate::Prepared) corpus weighs by all of them, while [`segment`](Metric::segment),
/// [`stream`](Metric::stream) and [`matrix`](Metric::matrix) weigh by a segment's own.
///
/// # Parity
///
/// `mteval`, the default, is what mteval-v13a computes: `13a`, A to Z lowercased, matches clipped by the reference that has
/// most, the mean reference length. `dialect:nltk` is NLTK 3.10's `corpus_nist` to 1e-9: words as given, and **for each
/// order** the one reference with the best precision, whose length counts too; where NLTK divides by zero (no
/// n-grams of an order in the whole corpus, empty references) the order or the factor is 0.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, metrics::Nist};
///
/// let references = References::single(&["the cat sat on the mat", "a dog barked at the moon"]);
/// let score = Nist::default().corpus(&["the cat sat on a mat", "a dog barked at the moon"], &references)?;
/// assert_eq!(score.to_string(), "NIST = 3.34");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Errors
///
/// No references, or more than 16; more than 33 million different words in the references.
///
/// # Complexity
///
/// With n words on a side, n log n time for sorting; space linear in the words of all references.
///
/// # References
///
/// Doddington, HLT 2002, equations 2 and 3.
#[derive(Clone, Debug)]
pub struct Nist {
    words: Words,
    nltk: bool,
}

/// As mteval-v13a.
impl Default for Nist {
    fn default() -> Self {
        Nist { words: Words::western(Case::LowerAscii), nltk: false }
    }
}

impl Nist {
    /// NLTK's: words as given, one reference for each order.
    pub fn nltk() -> Self {
        Nist { words: Words::given(Case::Mixed), nltk: true }
    }

    /// The tokenizer.
    #[must_use]
    pub fn tokenizer(mut self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.words.tokenizer = tokenizer;
        self
    }

    /// Whether both sides are lowercased.
    #[must_use]
    pub fn lowercase(mut self, lowercase: bool) -> Self {
        self.words.case = Case::lower(lowercase);
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        let nltk = words::dialect(&mut reader, "nist", &[("mteval", false), ("nltk", true)])?;
        let mut nist = if nltk { Nist::nltk() } else { Nist::default() };
        nist.words = nist.words.read(&mut reader)?;
        reader.finish()?;
        Ok(nist)
    }

    /// The references of all segments, weighed by all of them.
    fn weigh<'r>(
        &self,
        segments: impl Iterator<Item = &'r [&'r str]>,
    ) -> Result<Vec<NistReference>> {
        let (mut vocabulary, mut corpus) = (Vocabulary::default(), Corpus::default());
        let (mut lower, mut tokens) = (String::new(), Tokens::new());
        let mut counts = Vec::new();
        for (at, references) in segments.enumerate() {
            check(references).map_err(|error| error.at_segment(at))?;
            counts.push(references.len());
            for reference in references {
                self.words.split(reference, &mut lower, &mut tokens);
                corpus.add(tokens.iter().map(|word| vocabulary.insert(word)));
            }
        }
        if vocabulary.len() > windows::SYMBOLS {
            return Err(Error::config(format!(
                "NIST's references have {} different words; it takes at most {}",
                vocabulary.len(),
                windows::SYMBOLS
            )));
        }
        let vocabulary = Arc::new(vocabulary);
        let mut sides = corpus.weigh().into_iter();
        let segment = |references: usize| {
            let sides: Vec<Sorted> = sides.by_ref().take(references).collect();
            let length = sides.iter().map(|side| side.length).sum::<u64>();
            let mean = length * (LENGTH / references as u64);
            NistReference { vocabulary: Arc::clone(&vocabulary), sides, mean }
        };
        Ok(counts.into_iter().map(segment).collect())
    }
}

fn check(references: &[&str]) -> Result<()> {
    match references.len() {
        0 => Err(Error::no_references(None)),
        1..=MAX_REFERENCES => Ok(()),
        n => Err(Error::too_many_references("NIST", n, MAX_REFERENCES)),
    }
}

/// One segment's references as NIST sees them, with the weights of all.
#[derive(Clone, Debug)]
pub struct NistReference {
    vocabulary: Arc<Vocabulary>,
    sides: Vec<Sorted>,
    /// The mean length in [`LENGTH`]s.
    mean: u64,
}

/// NIST's working memory.
#[derive(Debug, Default)]
pub struct NistScratch {
    lower: String,
    tokens: Tokens,
    words: Vec<u32>,
    /// The hypothesis' windows with their places, sorted.
    windows: Vec<(Window, u32)>,
    matches: Matches,
}

/// What references match of a hypothesis' n-grams, each at the place where the hypothesis has it first.
#[derive(Debug, Default)]
struct Matches {
    information: Vec<[f64; ORDER]>,
    /// The clipped matches; of several references the greatest, for `mteval`.
    clipped: Vec<[u32; ORDER]>,
}

impl Matches {
    fn clear(&mut self, words: usize) {
        self.information.clear();
        self.information.resize(words, [0.0; ORDER]);
        self.clipped.clear();
        self.clipped.resize(words, [0; ORDER]);
    }

    /// Adds what one reference matches.
    fn add(&mut self, hypothesis: &[(Window, u32)], reference: &Sorted) {
        windows::matches(hypothesis, reference, |order, place, clipped, information| {
            let most = &mut self.clipped[place as usize][order];
            *most = clipped.max(*most);
            self.information[place as usize][order] = information;
        });
    }

    /// The information of all matches by order, added in the order of the hypothesis.
    fn sum(&self) -> [f64; ORDER] {
        let mut sum = [0.0; ORDER];
        for (information, clipped) in self.information.iter().zip(&self.clipped) {
            for order in 0..ORDER {
                sum[order] += information[order] * f64::from(clipped[order]);
            }
        }
        sum
    }
}

/// A NIST score with its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NistScore {
    /// 0 and up.
    pub score: f64,
    /// Bits a hypothesis n-gram, by order.
    pub information: Vec<f64>,
    /// The factor for short hypotheses, 0 to 1.
    pub penalty: f64,
    /// Hypothesis length by reference length; 0 without reference words.
    pub ratio: f64,
    /// Whether it is NLTK's.
    pub nltk: bool,
}

impl Score for NistScore {
    fn name(&self) -> Cow<'_, str> {
        if self.nltk { "NIST-nltk".into() } else { "NIST".into() }
    }

    fn value(&self) -> f64 {
        self.score
    }
}

impl fmt::Display for NistScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

/// The factor for a ratio of lengths.
fn penalty(ratio: f64) -> f64 {
    if ratio <= 0.0 || ratio >= 1.0 {
        return ratio.clamp(0.0, 1.0);
    }
    let beta = 0.5_f64.ln() / 1.5_f64.ln().powi(2);
    (beta * ratio.ln().powi(2)).exp()
}

impl Metric for Nist {
    type Reference = NistReference;
    type Score = NistScore;
    type Scratch = NistScratch;

    fn name(&self) -> Cow<'_, str> {
        if self.nltk { "NIST-nltk".into() } else { "NIST".into() }
    }

    fn columns(&self) -> Vec<Column> {
        let length = if self.nltk {
            // NLTK adds a reference's length once an order.
            Column::fraction("ref_len", ORDER as u64)
        } else {
            Column::fraction("ref_len", LENGTH)
        };
        let information = (1..=ORDER).map(|n| Column::fraction(format!("info_{n}"), BIT));
        let total = (1..=ORDER).map(|n| Column::count(format!("total_{n}")));
        [Column::count("sys_len"), length].into_iter().chain(information).chain(total).collect()
    }

    fn signature(&self) -> Signature {
        let dialect = if self.nltk { "nltk" } else { "mteval" };
        self.words.sign(Signature::new("NIST").with("dialect", dialect))
    }

    fn prepare(&self, references: &[&str], _: &mut NistScratch) -> Result<NistReference> {
        let mut one = self.weigh(std::iter::once(references))?;
        one.pop().ok_or_else(|| Error::no_references(None))
    }

    /// N-grams weigh by how often they are in all references.
    fn needs_whole_corpus(&self) -> bool {
        true
    }

    fn prepare_all(&self, references: &References<'_>) -> Result<Vec<NistReference>> {
        self.weigh((0..references.len()).map(|segment| references.segment(segment)))
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &NistReference,
        scratch: &mut NistScratch,
        row: &mut [u64],
    ) {
        let NistScratch { lower, tokens, words, windows, matches } = scratch;
        self.words.split(hypothesis, lower, tokens);
        reference.vocabulary.get_all(tokens.words(), words);
        words.iter_mut().for_each(|word| *word = windows::UNKNOWN.min(*word));
        windows::hypothesis(words, windows);
        let length = words.len();
        row[0] = length as u64;
        row[1] = if self.nltk { 0 } else { reference.mean };
        let mut best = [(0.0, 0); ORDER];
        matches.clear(length);
        for side in &reference.sides {
            if self.nltk {
                matches.clear(length);
            }
            matches.add(windows, side);
            for (best, information) in best.iter_mut().zip(matches.sum()) {
                if (information, side.length) > *best {
                    *best = (information, side.length);
                }
            }
        }
        for (order, (information, of)) in best.into_iter().enumerate() {
            row[1] += if self.nltk { of } else { 0 };
            row[2 + order] = (information * BIT as f64).round() as u64;
            row[2 + ORDER + order] = length.saturating_sub(order) as u64;
        }
    }

    fn score(&self, row: &[u64]) -> NistScore {
        let (information, total) = row[2..].split_at(ORDER);
        let unit = if self.nltk { ORDER as u64 } else { LENGTH };
        let bits = |(sum, total): (&u64, &u64)| *sum as f64 / BIT as f64 / (*total).max(1) as f64;
        let information: Vec<f64> = information.iter().zip(total).map(bits).collect();
        let ratio = if row[1] == 0 { 0.0 } else { row[0] as f64 * unit as f64 / row[1] as f64 };
        let penalty = penalty(ratio);
        let score = information.iter().sum::<f64>() * penalty;
        NistScore { score, information, penalty, ratio, nltk: self.nltk }
    }
}
