//! BLEU (Papineni et al., ACL 2002), as sacreBLEU computes it.

pub mod dialect;

pub use dialect::{BleuDialect, BleuDialectScore, Dialect};

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::metric::{Column, Metric, Score};
use crate::metrics::Entry;
use crate::metrics::words::Case;
use crate::signature::Signature;
use crate::significance::sacrebleu::SacreBleu;
use crate::text::grams::{GramScratch, Grams};
use crate::text::vocabulary::Vocabulary;
use crate::text::{Tokens, trim_end};
use crate::tokenize::{self, Tokenize, V13a};

pub(super) const ENTRY: Entry = Entry {
    name: "bleu",
    matches: |name| super::words::is_named(name, "bleu"),
    summary: "n-gram precision with a brevity penalty; 0 to 100, more is better",
    parse: dialect::parse,
};

/// The greatest maximal n-gram order.
const MAX_ORDER: usize = 9;

/// BLEU: how many of the hypothesis' word n-grams the references have.
///
/// It measures closeness of wording over a corpus. Don't report it for a single sentence (use
/// [`Chrf`](crate::Chrf), or at least [`effective_order`](Bleu::effective_order)), across languages, or without its signature.
///
/// # Definition
///
/// With c_n the clipped matches and t_n the number of hypothesis n-grams of order n, summed over the
/// corpus, S the hypothesis length and R the length of the closest references,
///
/// ```text
/// BLEU = 100 · BP · exp( 1/N · Σ ln(c_n / t_n) ),   BP = 1 if S ≥ R, else exp(1 − R/S)
/// ```
///
/// Orders without matches are [smoothed](Smoothing). No match at all is 0.
///
/// # Parity
///
/// Equal to sacreBLEU 2.6.0 to the last bit on CPython 3.12 or newer with glibc's `exp` and `ln`: CPython adds
/// the logarithms with compensation since 3.12, older ones differ in the last digits.
/// Differences: hypotheses and references of unequal length are an error here and cut there; a maximal order other
/// than 4 stands in the signature (`order:`), and so does a smoothing value that two decimals don't name (`value:`).
///
/// # Example
///
/// ```
/// use bleuprint::{Bleu, Metric, References};
///
/// let hypotheses = ["The cat sat on the mat.", "A dog barked at the moon."];
/// let references = References::single(&["The cat sat on a mat.", "The dog barked at the moon."]);
/// let score = Bleu::default().corpus(&hypotheses, &references)?;
/// assert_eq!(score.to_string(),
///            "BLEU = 66.27 85.7/75.0/60.0/50.0 (BP = 1.000 ratio = 1.000 hyp_len = 14 ref_len = 14)");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// Time linear in the length of the texts times the maximal order; space linear in the references.
///
/// # References
///
/// Papineni, Roukos, Ward and Zhu, ACL 2002, section 2; Chen and Cherry, WMT 2014, for smoothing; Post,
/// WMT 2018, for signatures.
#[derive(Clone, Debug)]
pub struct Bleu {
    tokenizer: Arc<dyn Tokenize>,
    pub(crate) smoothing: Smoothing,
    pub(crate) max_order: usize,
    pub(crate) effective_order: bool,
    lowercase: bool,
}

/// What is done about orders without matches (Chen and Cherry, WMT 2014).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Smoothing {
    /// Nothing: one order without matches makes the score 0.
    None,
    /// A fixed number of matches (usually 0.1) where there are none.
    Floor(f64),
    /// A number (usually 1) added to matches and n-grams of the orders above 1.
    AddK(f64),
    /// Half a match for the first order without matches, a quarter for the next: what NIST's script did.
    #[default]
    Exp,
}

impl Smoothing {
    /// Checks that a value is a number that can be added.
    fn check(self) -> Result<Self> {
        match self {
            Smoothing::Floor(value) | Smoothing::AddK(value)
                if !value.is_finite() || value < 0.0 =>
            {
                Err(Error::config(format!(
                    "a smoothing value is a finite number of at least 0, not {value}"
                )))
            }
            _ => Ok(self),
        }
    }

    /// The value, where two decimals would name another one.
    fn unprinted_value(self) -> Option<f64> {
        match self {
            Smoothing::Floor(value) | Smoothing::AddK(value) => {
                (format!("{value:.2}").parse() != Ok(value)).then_some(value)
            }
            _ => None,
        }
    }

    /// The same smoothing with another value.
    fn with_value(self, value: f64) -> Result<Self> {
        match self {
            Smoothing::Floor(_) => Smoothing::Floor(value).check(),
            Smoothing::AddK(_) => Smoothing::AddK(value).check(),
            _ => Err(Error::config(format!("smoothing '{self}' takes no value"))),
        }
    }

    /// Reads what [`Display`](fmt::Display) prints; the value may be left out.
    fn parse(text: &str) -> Result<Self> {
        let (name, value) = match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let number = |default: f64| match value.map(str::parse::<f64>) {
            None => Ok(default),
            Some(Ok(value)) => Ok(value),
            Some(Err(_)) => Err(Error::config(format!("'{text}' has a value that is no number"))),
        };
        match name {
            "none" if value.is_none() => Ok(Smoothing::None),
            "exp" if value.is_none() => Ok(Smoothing::Exp),
            "floor" => Smoothing::Floor(number(0.1)?).check(),
            "add-k" => Smoothing::AddK(number(1.0)?).check(),
            _ => Err(Error::unknown("smoothing", text, ["none", "floor", "add-k", "exp"])),
        }
    }
}

/// As sacreBLEU's signatures have it: the value with two decimals. Where two decimals name another value
/// the signature has a pair of its own for it (`value:0.123`).
impl fmt::Display for Smoothing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Smoothing::None => f.write_str("none"),
            Smoothing::Exp => f.write_str("exp"),
            Smoothing::Floor(value) => write!(f, "floor[{value:.2}]"),
            Smoothing::AddK(value) => write!(f, "add-k[{value:.2}]"),
        }
    }
}

/// sacreBLEU's defaults: `13a`, exponential smoothing, order 4, case kept.
impl Default for Bleu {
    fn default() -> Self {
        Bleu {
            tokenizer: Arc::new(V13a),
            smoothing: Smoothing::default(),
            max_order: 4,
            effective_order: false,
            lowercase: false,
        }
    }
}

impl Bleu {
    /// The tokenizer; see [`tokenize`].
    #[must_use]
    pub fn tokenizer(mut self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.tokenizer = tokenizer;
        self
    }

    /// The smoothing.
    ///
    /// # Errors
    ///
    /// A value that is negative or no finite number.
    pub fn smoothing(mut self, smoothing: Smoothing) -> Result<Self> {
        self.smoothing = smoothing.check()?;
        Ok(self)
    }

    /// The longest n-grams, 1 to 9.
    ///
    /// # Errors
    ///
    /// Another order.
    pub fn max_order(mut self, order: usize) -> Result<Self> {
        if !(1..=MAX_ORDER).contains(&order) {
            return Err(Error::config(format!(
                "BLEU's maximal n-gram order is 1 to {MAX_ORDER}, not {order}"
            )));
        }
        self.max_order = order;
        Ok(self)
    }

    /// Whether orders for which the hypothesis is too short are left out of the mean: for sentences.
    #[must_use]
    pub fn effective_order(mut self, effective: bool) -> Self {
        self.effective_order = effective;
        self
    }

    /// Whether both sides are lowercased before they are tokenized.
    #[must_use]
    pub fn lowercase(mut self, lowercase: bool) -> Self {
        self.lowercase = lowercase;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, an unknown key or value, or a tokenizer that needs data.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        if !reader.name().eq_ignore_ascii_case("bleu") {
            return Err(reader.error("is not BLEU's"));
        }
        let mut bleu = Bleu::default()
            .lowercase(reader.word("case", &[("lc", true), ("mixed", false)], false)?)
            .effective_order(reader.flag("eff", false)?)
            .max_order(reader.number("order", 4)?)?;
        if let Some(name) = reader.take("tok") {
            bleu.tokenizer = tokenize::by_name(name)?;
        }
        if let Some(smoothing) = reader.take("smooth") {
            bleu.smoothing = Smoothing::parse(smoothing)?;
        }
        if let Some(value) = reader.take("value") {
            let number = value.parse().map_err(|_| reader.error("'value' is a number"))?;
            bleu.smoothing = bleu.smoothing.with_value(number)?;
        }
        reader.finish()?;
        Ok(bleu)
    }

    /// The score of sums of counts: `correct` and `total` by order.
    ///
    /// # Errors
    ///
    /// Other numbers of orders than [`max_order`](Bleu::max_order).
    pub fn score_counts(
        &self,
        correct: &[u64],
        total: &[u64],
        sys_len: u64,
        ref_len: u64,
    ) -> Result<BleuScore> {
        if correct.len() != self.max_order || total.len() != self.max_order {
            return Err(Error::config(format!(
                "{} counts and {} totals are not the {} orders of this BLEU",
                correct.len(),
                total.len(),
                self.max_order
            )));
        }
        Ok(self.score_of(correct, total, sys_len, ref_len))
    }

    fn score_of(&self, correct: &[u64], total: &[u64], sys_len: u64, ref_len: u64) -> BleuScore {
        let mut score = BleuScore {
            score: 0.0,
            counts: correct.iter().map(|count| *count as f64).collect(),
            totals: total.iter().map(|count| *count as f64).collect(),
            precisions: vec![0.0; correct.len()],
            bp: brevity_penalty(sys_len, ref_len),
            sys_len,
            ref_len,
        };
        if correct.iter().any(|count| *count > 0) {
            let order = self.smooth(&mut score);
            score.score = score.bp * geometric_mean(&score.precisions[..order]);
        }
        score
    }

    /// Fills in the precisions and, for add-k, the counts; returns how many orders the mean takes.
    fn smooth(&self, score: &mut BleuScore) -> usize {
        let mut order = self.max_order;
        let mut halved = 1.0;
        for n in 0..self.max_order {
            if let Smoothing::AddK(k) = self.smoothing
                && n > 0
            {
                score.counts[n] += k;
                score.totals[n] += k;
            }
            let (correct, total) = (score.counts[n], score.totals[n]);
            if total <= 0.0 {
                break;
            }
            if self.effective_order {
                order = n + 1;
            }
            score.precisions[n] = if correct > 0.0 {
                100.0 * correct / total
            } else {
                match self.smoothing {
                    Smoothing::Exp => {
                        halved *= 2.0;
                        100.0 / (halved * total)
                    }
                    Smoothing::Floor(value) => 100.0 * value / total,
                    Smoothing::None | Smoothing::AddK(_) => 0.0,
                }
            };
        }
        order
    }

    /// The tokens of a segment, in `scratch.tokens`.
    #[inline]
    fn tokens(&self, text: &str, scratch: &mut BleuScratch) {
        let text = Case::lower(self.lowercase).fold(text, &mut scratch.lower);
        self.tokenizer.tokenize(trim_end(text), &mut scratch.tokens);
    }
}

pub(crate) fn brevity_penalty(sys_len: u64, ref_len: u64) -> f64 {
    if sys_len >= ref_len {
        1.0
    } else if sys_len == 0 {
        0.0
    } else {
        (1.0 - ref_len as f64 / sys_len as f64).exp()
    }
}

/// The geometric mean of percentages, 0 standing for e^-9999999999; logarithms are added with
/// Neumaier's compensation, as CPython's `sum` does since 3.12.
pub(crate) fn geometric_mean(precisions: &[f64]) -> f64 {
    let (mut sum, mut compensation) = (0.0_f64, 0.0_f64);
    for precision in precisions {
        let term = if *precision > 0.0 { precision.ln() } else { -9_999_999_999.0 };
        let next = sum + term;
        compensation +=
            if sum.abs() >= term.abs() { (sum - next) + term } else { (term - next) + sum };
        sum = next;
    }
    ((sum + compensation) / precisions.len() as f64).exp()
}

/// One segment's references as BLEU sees them.
#[derive(Clone, Debug)]
pub struct BleuReference {
    vocabulary: Vocabulary,
    grams: Grams,
    /// The length of each reference.
    lengths: Vec<u64>,
}

/// BLEU's working memory.
#[derive(Debug, Default)]
pub struct BleuScratch {
    lower: String,
    tokens: Tokens,
    symbols: Vec<u32>,
    ends: Vec<usize>,
    grams: GramScratch,
    /// What was taken back.
    spare: (Vocabulary, Vec<u64>),
}

/// A BLEU score with its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BleuScore {
    /// 0 to 100.
    pub score: f64,
    /// Clipped matches by order, after add-k smoothing as sacreBLEU reports them.
    pub counts: Vec<f64>,
    /// Hypothesis n-grams by order, after add-k smoothing.
    pub totals: Vec<f64>,
    /// Precisions by order, smoothed, in percent.
    pub precisions: Vec<f64>,
    /// The brevity penalty, 0 to 1.
    pub bp: f64,
    /// Tokens of the hypotheses.
    pub sys_len: u64,
    /// Tokens of the closest references.
    pub ref_len: u64,
}

impl BleuScore {
    /// Hypothesis length by reference length; 0 without reference tokens.
    pub fn ratio(&self) -> f64 {
        if self.ref_len == 0 { 0.0 } else { self.sys_len as f64 / self.ref_len as f64 }
    }
}

impl Score for BleuScore {
    fn name(&self) -> Cow<'_, str> {
        "BLEU".into()
    }

    fn value(&self) -> f64 {
        self.score
    }

    fn verbose(&self) -> Option<String> {
        let precisions: Vec<String> = self.precisions.iter().map(|p| format!("{p:.1}")).collect();
        Some(format!(
            "{} (BP = {:.3} ratio = {:.3} hyp_len = {} ref_len = {})",
            precisions.join("/"),
            self.bp,
            self.ratio(),
            self.sys_len,
            self.ref_len
        ))
    }
}

impl fmt::Display for BleuScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

impl Metric for Bleu {
    type Reference = BleuReference;
    type Score = BleuScore;
    type Scratch = BleuScratch;

    fn name(&self) -> Cow<'_, str> {
        "BLEU".into()
    }

    fn columns(&self) -> Vec<Column> {
        let orders = |what: &'static str| {
            (1..=self.max_order).map(move |n| Column::count(format!("{what}_{n}")))
        };
        let lengths = [Column::count("sys_len"), Column::count("ref_len")];
        lengths.into_iter().chain(orders("correct")).chain(orders("total")).collect()
    }

    fn signature(&self) -> Signature {
        let mut signature = Signature::new("BLEU")
            .with("case", if self.lowercase { "lc" } else { "mixed" })
            .with_flag("eff", self.effective_order)
            .with("tok", self.tokenizer.name())
            .with("smooth", self.smoothing);
        if let Some(value) = self.smoothing.unprinted_value() {
            signature.set("value", value);
        }
        if self.max_order != 4 {
            signature.set("order", self.max_order);
        }
        signature
    }

    fn prepare(&self, references: &[&str], scratch: &mut BleuScratch) -> Result<BleuReference> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let (mut vocabulary, mut lengths) = std::mem::take(&mut scratch.spare);
        scratch.symbols.clear();
        scratch.ends.clear();
        scratch.ends.push(0);
        for reference in references {
            self.tokens(reference, scratch);
            vocabulary.insert_all(scratch.tokens.words(), &mut scratch.symbols);
            lengths.push(scratch.tokens.len() as u64);
            scratch.ends.push(scratch.symbols.len());
        }
        let BleuScratch { symbols, ends, grams, .. } = scratch;
        let sequences = ends.windows(2).map(|ends| &symbols[ends[0]..ends[1]]);
        let grams = Grams::new(self.max_order, vocabulary.len(), sequences, grams);
        Ok(BleuReference { vocabulary, grams, lengths })
    }

    fn reclaim(&self, reference: BleuReference, scratch: &mut BleuScratch) {
        let BleuReference { mut vocabulary, grams, mut lengths } = reference;
        vocabulary.clear();
        lengths.clear();
        scratch.spare = (vocabulary, lengths);
        grams.reclaim(&mut scratch.grams);
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &BleuReference,
        scratch: &mut BleuScratch,
        row: &mut [u64],
    ) {
        self.tokens(hypothesis, scratch);
        let BleuScratch { tokens, symbols, grams, .. } = scratch;
        reference.vocabulary.get_all(tokens.words(), symbols);
        let length = symbols.len() as u64;
        let closest = |of: &&u64| (of.abs_diff(length), **of);
        row[0] = length;
        row[1] = reference.lengths.iter().min_by_key(closest).copied().unwrap_or(0);
        let (correct, total) = row[2..].split_at_mut(self.max_order);
        reference.grams.matches(symbols, grams, correct);
        for (total, n) in total.iter_mut().zip(0..) {
            *total = length.saturating_sub(n);
        }
    }

    fn sacrebleu(&self) -> Option<&dyn SacreBleu> {
        Some(self)
    }

    fn score(&self, row: &[u64]) -> BleuScore {
        let (correct, total) = row[2..].split_at(self.max_order);
        self.score_of(correct, total, row[0], row[1])
    }
}

/// What sacreBLEU warns of: a hypothesis file that looks tokenized already.
///
/// With `--force` off it warns when 100 or more hypotheses end in a space and a full stop. The library
/// prints nothing; this is the number to compare.
///
/// ```
/// assert_eq!(bleuprint::metrics::bleu::tokenized_stops(&["a .", "b.", "c ."]), 2);
/// ```
pub fn tokenized_stops<H: AsRef<str>>(hypotheses: &[H]) -> usize {
    hypotheses.iter().filter(|hypothesis| hypothesis.as_ref().ends_with(" .")).count()
}
