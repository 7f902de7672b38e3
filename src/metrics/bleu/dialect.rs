//! BLEU as other programs compute it: one row, other rules of length, smoothing and scoring.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Bleu, BleuReference, BleuScore, BleuScratch, brevity_penalty};
use crate::error::{Error, Result};
use crate::metric::{Column, DynMetric, Metric, Score};
use crate::metrics::{mean, words};
use crate::signature::{Reader, Signature};
use crate::tokenize::{self, Plain, Tokenize, V13a, V14};

/// A program that prints a number and calls it BLEU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// NIST's mteval-v13a: `13a`, ASCII lowercased, and a smoothing that a text without any match survives.
    MtevalV13a {
        /// Off as with `--no-smoothing`.
        smooth: bool,
    },
    /// NIST's mteval-v14: `v14`, lowercased.
    MtevalV14 {
        /// Off as with `--no-smoothing`.
        smooth: bool,
    },
    /// Moses' multi-bleu: words as given, no smoothing.
    MultiBleu,
    /// Hugging Face's evaluate, and TensorFlow's NMT before it: the shortest reference.
    Hf {
        /// One added to matches and n-grams of every order.
        smooth: bool,
    },
    /// NLTK's `corpus_bleu`: words as given, no n-gram counted as one.
    Nltk {
        /// The number of its smoothing method, 0 to 7.
        method: u8,
    },
    /// Lin and Och's sentence BLEU: one added to the orders above 1; a corpus has the mean of its segments.
    SentencePlus1,
}

impl Dialect {
    /// The names, in the order of listings, each with the program's own settings.
    pub const ALL: [(&'static str, Dialect); 6] = [
        ("mteval-v13a", Dialect::MtevalV13a { smooth: true }),
        ("mteval-v14", Dialect::MtevalV14 { smooth: true }),
        ("multi-bleu", Dialect::MultiBleu),
        ("hf", Dialect::Hf { smooth: false }),
        ("nltk", Dialect::Nltk { method: 0 }),
        ("sentence+1", Dialect::SentencePlus1),
    ];

    /// The name that stands in signatures.
    pub fn name(self) -> &'static str {
        let same = |known: &Dialect| std::mem::discriminant(known) == std::mem::discriminant(&self);
        Dialect::ALL.iter().find(|(_, known)| same(known)).map_or("", |(name, _)| name)
    }

    /// What stands behind `smooth:`.
    fn smoothing(self) -> Cow<'static, str> {
        match self {
            Dialect::MtevalV13a { smooth: true } | Dialect::MtevalV14 { smooth: true } => {
                "exp".into()
            }
            Dialect::Hf { smooth: true } | Dialect::SentencePlus1 => "plus-1".into(),
            Dialect::Nltk { method } => method.to_string().into(),
            _ => "none".into(),
        }
    }

    /// The same dialect with the smoothing that a signature names.
    fn read_smoothing(self, reader: &mut Reader<'_>) -> Result<Self> {
        let on = |word| [(word, true), ("none", false)];
        Ok(match self {
            Dialect::MtevalV13a { smooth } => {
                Dialect::MtevalV13a { smooth: reader.word("smooth", &on("exp"), smooth)? }
            }
            Dialect::MtevalV14 { smooth } => {
                Dialect::MtevalV14 { smooth: reader.word("smooth", &on("exp"), smooth)? }
            }
            Dialect::Hf { smooth } => {
                Dialect::Hf { smooth: reader.word("smooth", &on("plus-1"), smooth)? }
            }
            Dialect::Nltk { method } => {
                let method = reader.number("smooth", method.into())?;
                Dialect::Nltk { method: u8::try_from(method).unwrap_or(u8::MAX) }
            }
            Dialect::MultiBleu => reader.word("smooth", &[("none", self)], self)?,
            Dialect::SentencePlus1 => reader.word("smooth", &[("plus-1", self)], self)?,
        })
    }

    /// The orders that are counted: NLTK's methods 5 and 7 look one further than the score.
    fn orders(self) -> usize {
        if matches!(self, Dialect::Nltk { .. }) { ORDER + 1 } else { ORDER }
    }
}

/// The orders that are scored.
const ORDER: usize = 4;

/// BLEU as another program computes it.
///
/// For a number that must be compared with one of that program; for new work report
/// [`Bleu`], which is sacreBLEU's.
///
/// # Definition
///
/// The counts are those of [`Bleu`]: clipped matches c_n of t_n n-grams, S and R the
/// lengths. The score is `100 · BP · exp(Σ ln p_n / 4)`, 0 if a p_n is 0, with
///
/// | dialect | p_n | R of several references | words, case |
/// |---|---|---|---|
/// | `mteval-v13a` | c_n/t_n; the k-th order without matches 1/(2ᵏ·t_n); 1 without n-grams | closest | `13a`, ASCII lowercased |
/// | `mteval-v14` | the same | closest | `v14`, lowercased |
/// | `multi-bleu` | c_n/t_n | closest | as given |
/// | `hf` | c_n/t_n, or with `smooth:plus-1` (c_n+1)/(t_n+1) | **shortest** | `13a` |
/// | `nltk` | c_n by t_n of at least 1 **a segment**, then its method | closest | as given |
/// | `sentence+1` | c_1/t_1, then (c_n+1)/(t_n+1); **mean over segments** | closest | `13a` |
///
/// NLTK's methods: 0 nothing (2⁻¹⁰²² for no match), 1 adds 0.1 to no match, 2 adds one above order 1, 3 as `exp`, 4 as
/// 3 with ln S / 5 for one, 5 averages neighbouring orders, 6 interpolates with a prior, 7 is 4 and then 5.
///
/// # Parity
///
/// `nltk`: NLTK 3.10 to 1e-9 on any corpus for methods 0 to 4, and on single segments for 5, 6 and 7. On a
/// corpus NLTK takes what these three need beyond sums from the last segment alone, so its number depends on the
/// order of segments; here it is pooled like all the rest. Method 6 refuses texts without a
/// matching trigram there and scores them here. `hf`: bleuscore 0.2.0 to 1e-9. `mteval-v13a` and
/// `mteval-v14`: the scripts' own routines, without their reading of SGML. `multi-bleu`: white space
/// is Python's here and ASCII's there.
///
/// # Example
///
/// ```
/// use bleuprint::{Bleu, Metric, References};
/// use bleuprint::metrics::bleu::{BleuDialect, Dialect};
///
/// let references = References::by_segment(&[["the cat sat on the mat", "there is a cat on the mat today"]]);
/// let hypothesis = ["the cat is on the mat today"];
/// let score = |dialect| BleuDialect::new(dialect)?.corpus(&hypothesis, &references);
/// assert_eq!(format!("{:.2}", Bleu::default().corpus(&hypothesis, &references)?.score), "50.81");
/// assert_eq!(format!("{:.2}", score(Dialect::Hf { smooth: true })?.bleu.score), "61.48");
/// assert_eq!(format!("{:.2}", score(Dialect::Nltk { method: 1 })?.bleu.score), "50.81");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Errors
///
/// No references; a method above 7.
///
/// # Complexity
///
/// As [`Bleu`].
///
/// # References
///
/// Papineni et al., ACL 2002; Lin and Och, COLING 2004 (`sentence+1`); Chen and Cherry, WMT 2014 (NLTK's methods).
#[derive(Clone, Debug)]
pub struct BleuDialect {
    dialect: Dialect,
    lowercase: bool,
    /// Counts; never scores.
    bleu: Bleu,
}

impl BleuDialect {
    /// The dialect with its program's tokenizer and case.
    ///
    /// # Errors
    ///
    /// A method of NLTK's that it doesn't have.
    pub fn new(dialect: Dialect) -> Result<Self> {
        if let Dialect::Nltk { method: method @ 8.. } = dialect {
            return Err(Error::config(format!(
                "NLTK's smoothing methods are 0 to 7, not {method}"
            )));
        }
        let tokenizer: Arc<dyn Tokenize> = match dialect {
            Dialect::MtevalV14 { .. } => Arc::new(V14),
            Dialect::MultiBleu | Dialect::Nltk { .. } => Arc::new(Plain),
            _ => Arc::new(V13a),
        };
        let lowercase = matches!(dialect, Dialect::MtevalV13a { .. } | Dialect::MtevalV14 { .. });
        let bleu = Bleu::default().max_order(dialect.orders())?.tokenizer(tokenizer);
        Ok(BleuDialect { dialect, lowercase, bleu })
    }

    /// Another tokenizer.
    #[must_use]
    pub fn tokenizer(mut self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.bleu = self.bleu.tokenizer(tokenizer);
        self
    }

    /// Whether both sides are lowercased.
    #[must_use]
    pub fn lowercase(mut self, lowercase: bool) -> Self {
        self.lowercase = lowercase;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// No such dialect, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        let dialect = words::dialect(&mut reader, "bleu", &Dialect::ALL)?;
        let mut metric = BleuDialect::new(dialect.read_smoothing(&mut reader)?)?;
        let case = [("lc", true), ("mixed", false)];
        metric.lowercase = reader.word("case", &case, metric.lowercase)?;
        if let Some(name) = reader.take("tok") {
            metric = metric.tokenizer(tokenize::by_name(name)?);
        }
        reader.finish()?;
        Ok(metric)
    }

    /// The text in the case that is counted; mteval-v13a lowercases ASCII alone.
    fn folded<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.dialect {
            _ if !self.lowercase => text.into(),
            Dialect::MtevalV13a { .. } => text.to_ascii_lowercase().into(),
            _ => text.to_lowercase().into(),
        }
    }

    /// How many cells hold [`Bleu`]'s counts.
    fn width(&self) -> usize {
        2 + 2 * self.dialect.orders()
    }

    /// The precisions, with what the dialect does about orders without matches.
    fn precisions(&self, row: &[u64]) -> Vec<f64> {
        let (correct, rest) = row[2..].split_at(self.dialect.orders());
        let (total, extra) = rest.split_at(self.dialect.orders());
        let pairs = || correct.iter().zip(total).map(|(c, t)| (*c as f64, *t as f64));
        let plain = |(c, t): (f64, f64)| if t > 0.0 { c / t } else { 0.0 };
        let plus_one = |(c, t): (f64, f64)| (c + 1.0) / (t + 1.0);
        match self.dialect {
            Dialect::MtevalV13a { smooth: true } | Dialect::MtevalV14 { smooth: true } => {
                let mut halved = 1.0;
                pairs().map(|pair| mteval(pair, &mut halved)).collect()
            }
            Dialect::Hf { smooth: true } => pairs().map(plus_one).collect(),
            Dialect::SentencePlus1 => {
                pairs().take(1).map(plain).chain(pairs().skip(1).map(plus_one)).collect()
            }
            Dialect::Nltk { method } => nltk(method, correct, total, extra, row[0]),
            _ => pairs().map(plain).collect(),
        }
    }

    /// The score of sums of counts, without the mean of segment scores.
    fn score_counts(&self, row: &[u64]) -> BleuScore {
        let (sys_len, ref_len) = (row[0], row[1]);
        let precisions = self.precisions(row);
        // Of no words against none bleuscore says 1; the scripts and NLTK say 0.
        let empty = sys_len == 0 && !matches!(self.dialect, Dialect::Hf { .. });
        let bp = if empty { 0.0 } else { brevity_penalty(sys_len, ref_len) };
        let counts =
            |from: usize| row[from..from + ORDER].iter().map(|count| *count as f64).collect();
        // NLTK leaves out what is still 0; all others are 0 then.
        let nltk = matches!(self.dialect, Dialect::Nltk { .. });
        let zero = if nltk { row[2] == 0 } else { precisions.contains(&0.0) };
        let logarithms = precisions.iter().filter(|p| **p > 0.0).map(|p| p.ln());
        let mean = logarithms.sum::<f64>() / ORDER as f64;
        BleuScore {
            score: if zero { 0.0 } else { 100.0 * bp * mean.exp() },
            counts: counts(2),
            totals: counts(2 + self.dialect.orders()),
            precisions: precisions.iter().map(|p| 100.0 * p).collect(),
            bp,
            sys_len,
            ref_len,
        }
    }
}

/// What the registry calls: sacreBLEU's BLEU, or a dialect.
pub(super) fn parse(signature: &Signature) -> Result<Box<dyn DynMetric>> {
    let named = signature.get("dialect");
    if named == Some("sacrebleu") {
        let mut plain = signature.clone();
        plain.remove("dialect");
        return Ok(Box::new(Bleu::from_signature(&plain)?));
    }
    if named.is_none() && signature.name().len() == "bleu".len() {
        return Ok(Box::new(Bleu::from_signature(signature)?));
    }
    Ok(Box::new(BleuDialect::from_signature(signature)?))
}

/// mteval's precision: each order without matches has half of what the one before had.
fn mteval((correct, total): (f64, f64), halved: &mut f64) -> f64 {
    if total <= 0.0 {
        return 1.0;
    }
    if correct > 0.0 {
        return correct / total;
    }
    *halved *= 2.0;
    1.0 / (*halved * total)
}

/// NLTK's precisions: orders 1 to 5 come in, 1 to 4 go out.
fn nltk(method: u8, correct: &[u64], total: &[u64], short: &[u64], length: u64) -> Vec<f64> {
    let matches: Vec<f64> = correct.iter().map(|count| *count as f64).collect();
    let totals: Vec<f64> = total.iter().zip(short).map(|(t, s)| (t + s) as f64).collect();
    let mut p: Vec<f64> = matches.iter().zip(&totals).map(|(m, t)| m / t.max(1.0)).collect();
    let last = p.pop().unwrap_or(0.0);
    let missing: Vec<usize> = (0..ORDER).filter(|n| correct[*n] == 0).collect();
    match method {
        0 => missing.iter().for_each(|n| p[*n] = f64::MIN_POSITIVE),
        1 => missing.iter().for_each(|n| p[*n] = 0.1 / totals[*n]),
        2 => (1..ORDER).for_each(|n| p[n] = (matches[n] + 1.0) / (totals[n] + 1.0)),
        3 => halve(&mut p, &missing, &totals, 1.0),
        5 => average(&mut p, last),
        6 => interpolate(&mut p, &matches, total),
        _ => {
            if length > 1 {
                halve(&mut p, &missing, &totals, (length as f64).ln() / 5.0);
            }
            if method == 7 {
                average(&mut p, last);
            }
        }
    }
    p
}

/// Methods 3 and 4: a half of `unit` for the first order without matches, a quarter for the next.
fn halve(p: &mut [f64], missing: &[usize], totals: &[f64], unit: f64) {
    for (k, n) in (1..).zip(missing) {
        p[*n] = unit / (2.0_f64.powi(k) * totals[*n]);
    }
}

/// Method 5: each order the mean of its own, the averaged one before and the plain one behind.
fn average(p: &mut [f64], last: f64) {
    let mut before = p[0] + 1.0;
    for n in 0..p.len() {
        let behind = p.get(n + 1).copied().unwrap_or(last);
        p[n] = (before + p[n] + behind) / 3.0;
        before = p[n];
    }
}

/// Method 6: orders 3 and 4 interpolated with what the two before predict.
fn interpolate(p: &mut [f64], matches: &[f64], total: &[u64]) {
    for n in 2..p.len() {
        let prior = if p[n - 2] > 0.0 { p[n - 1].powi(2) / p[n - 2] } else { 0.0 };
        p[n] = (matches[n] + 5.0 * prior) / (total[n] as f64 + 5.0);
    }
}

/// A score of a dialect, with the dialect's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BleuDialectScore {
    /// Whose BLEU it is.
    pub dialect: Dialect,
    /// The score with its parts; precisions are smoothed, counts and totals are not.
    pub bleu: BleuScore,
}

impl Score for BleuDialectScore {
    fn name(&self) -> Cow<'_, str> {
        format!("BLEU-{}", self.dialect.name()).into()
    }

    fn value(&self) -> f64 {
        self.bleu.score
    }

    fn verbose(&self) -> Option<String> {
        self.bleu.verbose()
    }
}

impl fmt::Display for BleuDialectScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

impl Metric for BleuDialect {
    type Reference = BleuReference;
    type Score = BleuDialectScore;
    type Scratch = BleuScratch;

    fn name(&self) -> Cow<'_, str> {
        format!("BLEU-{}", self.dialect.name()).into()
    }

    fn columns(&self) -> Vec<Column> {
        let mut columns = self.bleu.columns();
        match self.dialect {
            Dialect::Nltk { .. } => {
                columns.extend((1..=ORDER + 1).map(|n| Column::count(format!("short_{n}"))));
            }
            Dialect::SentencePlus1 => columns.extend(mean::columns()),
            _ => {}
        }
        columns
    }

    fn signature(&self) -> Signature {
        Signature::new("BLEU")
            .with("dialect", self.dialect.name())
            .with("case", if self.lowercase { "lc" } else { "mixed" })
            .with("tok", self.bleu.tokenizer.name())
            .with("smooth", self.dialect.smoothing())
    }

    fn prepare(&self, references: &[&str], scratch: &mut BleuScratch) -> Result<BleuReference> {
        let folded: Vec<Cow<'_, str>> = references.iter().map(|text| self.folded(text)).collect();
        let folded: Vec<&str> = folded.iter().map(AsRef::as_ref).collect();
        self.bleu.prepare(&folded, scratch)
    }

    fn reclaim(&self, reference: BleuReference, scratch: &mut BleuScratch) {
        self.bleu.reclaim(reference, scratch);
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &BleuReference,
        scratch: &mut BleuScratch,
        row: &mut [u64],
    ) {
        let (counts, extra) = row.split_at_mut(self.width());
        self.bleu.measure(&self.folded(hypothesis), reference, scratch, counts);
        match self.dialect {
            Dialect::Hf { .. } => counts[1] = reference.lengths.iter().min().copied().unwrap_or(0),
            Dialect::Nltk { .. } => {
                let totals = &counts[2 + self.dialect.orders()..];
                for (short, total) in extra.iter_mut().zip(totals) {
                    *short = u64::from(*total == 0);
                }
            }
            Dialect::SentencePlus1 => mean::write(extra, self.score_counts(counts).score / 100.0),
            _ => {}
        }
    }

    fn score(&self, row: &[u64]) -> BleuDialectScore {
        let mut bleu = self.score_counts(row);
        if self.dialect == Dialect::SentencePlus1 {
            bleu.score = mean::MeanScore::of("", &row[self.width()..]).score;
        }
        BleuDialectScore { dialect: self.dialect, bleu }
    }
}
