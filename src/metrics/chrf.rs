//! chrF, chrF+ and chrF++ (Popović, WMT 2015 and 2017), as sacreBLEU computes them.

mod pairs;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::matrix::Matrix;
use crate::metric::{Column, Metric, Score};
use crate::metrics::Entry;
use crate::metrics::words::Case;
use crate::signature::Signature;
use crate::significance::sacrebleu::SacreBleu;
use crate::text::grams::{GramScratch, Grams};
use crate::text::symbols::Symbols;
use crate::text::vocabulary::{Vocabulary, spanned};
use crate::text::whitespace::each_word;

pub(super) const ENTRY: Entry = Entry {
    name: "chrf",
    matches: |name| parse_name(name).is_some(),
    summary: "F-score of character n-grams (chrf++: and of words); 0 to 100, more is better",
    parse: |signature| Ok(Box::new(Chrf::from_signature(signature)?)),
};

/// The longest n-grams: beyond it a number says nothing.
const MAX_ORDER: usize = 64;

/// chrF: how many character n-grams hypothesis and reference share.
///
/// It measures closeness of wording below the word, so an inflected form of the right word counts for
/// much; it needs no tokenizer and is the better choice for single segments and for languages with rich
/// morphology. With [`word_order`](Chrf::word_order) 1 or 2 it is chrF+ or chrF++.
/// Don't compare numbers of texts in different normalization forms: it compares code points.
///
/// # Definition
///
/// With P_i and R_i precision and recall of the n-grams of order i, pooled over the corpus, averaged over the orders
/// that occur on both sides,
///
/// ```text
/// chrFβ = 100 · (1 + β²) · P · R / (β² · P + R)
/// ```
///
/// Of several references, each segment takes the one with the best segment score. With
/// [`eps_smoothing`](Chrf::eps_smoothing) the F-scores of all orders are averaged instead, as
/// chrF++.py, NLTK and Moses do; by name it is `chrf|dialect:eps`, in signatures `eff:no` as with sacreBLEU.
///
/// # Parity
///
/// Equal to sacreBLEU 2.6.0 to the last bit. Differences: unequal lengths are an error here. With
/// [`eps_smoothing`](Chrf::eps_smoothing) a segment is NLTK 3.10's `sentence_chrf` to 1e-9 (its β is 3 by default); NLTK's corpus
/// score is the mean of these.
///
/// # Example
///
/// ```
/// use bleuprint::{Chrf, Metric, References};
///
/// let references = References::single(&["The cat sat on the mat."]);
/// let score = Chrf::plus_plus().corpus(&["The cats sat on the mat."], &references)?;
/// assert_eq!(score.to_string(), "chrF2++ = 84.25");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// Time and space linear in the length of the texts times the maximal order.
///
/// # References
///
/// Popović, WMT 2015 (chrF), WMT 2016 (β), WMT 2017 (chrF++).
#[derive(Clone, Debug, PartialEq)]
pub struct Chrf {
    char_order: usize,
    word_order: usize,
    pub(crate) beta: f64,
    lowercase: bool,
    whitespace: bool,
    pub(crate) eps_smoothing: bool,
}

/// chrF2: characters up to order 6, no words, β 2, white space left out.
impl Default for Chrf {
    fn default() -> Self {
        Chrf {
            char_order: 6,
            word_order: 0,
            beta: 2.0,
            lowercase: false,
            whitespace: false,
            eps_smoothing: false,
        }
    }
}

impl Chrf {
    /// chrF2+: with single words.
    pub fn plus() -> Self {
        Chrf { word_order: 1, ..Chrf::default() }
    }

    /// chrF2++: with words and pairs of words.
    pub fn plus_plus() -> Self {
        Chrf { word_order: 2, ..Chrf::default() }
    }

    /// The longest character n-grams, 0 to 64.
    ///
    /// # Errors
    ///
    /// A greater order, or none at all with no words either.
    pub fn char_order(mut self, order: usize) -> Result<Self> {
        self.char_order = order;
        self.check()
    }

    /// The longest word n-grams, 0 to 64: 0 for chrF, 1 for chrF+, 2 for chrF++.
    ///
    /// # Errors
    ///
    /// A greater order, or none at all with no characters either.
    pub fn word_order(mut self, order: usize) -> Result<Self> {
        self.word_order = order;
        self.check()
    }

    /// How many times recall weighs as much as precision.
    ///
    /// # Errors
    ///
    /// A number that is negative or not finite.
    pub fn beta(mut self, beta: f64) -> Result<Self> {
        self.beta = beta;
        self.check()
    }

    /// Whether both sides are lowercased.
    #[must_use]
    pub fn lowercase(mut self, lowercase: bool) -> Self {
        self.lowercase = lowercase;
        self
    }

    /// Whether white space counts among the characters.
    #[must_use]
    pub fn whitespace(mut self, whitespace: bool) -> Self {
        self.whitespace = whitespace;
        self
    }

    /// Whether the F-scores of all orders are averaged, as chrF++.py does.
    #[must_use]
    pub fn eps_smoothing(mut self, eps: bool) -> Self {
        self.eps_smoothing = eps;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        let Some((beta, pluses)) = parse_name(reader.name()) else {
            return Err(reader.error("is not chrF's"));
        };
        // chrF++.py, NLTK and Moses smooth; sacreBLEU's signature calls that `eff:no`.
        let eps = reader.word("dialect", &[("sacrebleu", false), ("eps", true)], false)?;
        let chrf = Chrf {
            beta,
            lowercase: reader.word("case", &[("lc", true), ("mixed", false)], false)?,
            eps_smoothing: !reader.flag("eff", !eps)?,
            char_order: reader.number("nc", 6)?,
            word_order: reader.number("nw", pluses)?,
            whitespace: reader.flag("space", false)?,
        };
        if pluses != 0 && pluses != chrf.word_order {
            return Err(reader.error("has as many pluses in its name as its 'nw' says"));
        }
        reader.finish()?;
        chrf.check()
    }

    fn check(self) -> Result<Self> {
        let problem = if self.char_order > MAX_ORDER || self.word_order > MAX_ORDER {
            format!("chrF's n-gram orders are at most {MAX_ORDER}")
        } else if self.char_order + self.word_order == 0 {
            "chrF needs character or word n-grams: both orders are 0".to_owned()
        } else if !self.beta.is_finite() || self.beta < 0.0 {
            format!("chrF's beta is a finite number of at least 0, not {}", self.beta)
        } else {
            return Ok(self);
        };
        Err(Error::config(problem))
    }

    fn orders(&self) -> usize {
        self.char_order + self.word_order
    }

    /// The F-score of `[hypothesis, reference, match]` counts by order, 0 to 100; operations in
    /// sacreBLEU's order, so that the last bit is the same.
    fn f_score(&self, counts: &[u64]) -> f64 {
        const EPS: f64 = 1e-16;
        let factor = self.beta.powi(2);
        let (mut sum, mut precisions, mut recalls, mut effective) = (0.0, 0.0, 0.0, 0_u32);
        for order in counts.chunks_exact(3) {
            let (hypothesis, reference, matches) =
                (order[0] as f64, order[1] as f64, order[2] as f64);
            let precision = if order[0] > 0 { matches / hypothesis } else { EPS };
            let recall = if order[1] > 0 { matches / reference } else { EPS };
            let denominator = factor * precision + recall;
            sum += if denominator > 0.0 {
                ((1.0 + factor) * precision * recall) / denominator
            } else {
                EPS
            };
            if order[0] > 0 && order[1] > 0 {
                precisions += precision;
                recalls += recall;
                effective += 1;
            }
        }
        if self.eps_smoothing {
            return 100.0 * sum / self.orders() as f64;
        }
        if effective == 0 {
            return 0.0;
        }
        let (precision, recall) =
            (precisions / f64::from(effective), recalls / f64::from(effective));
        if precision + recall <= 0.0 {
            return 0.0;
        }
        let f = (1.0 + factor) * precision * recall;
        100.0 * (f / ((factor * precision) + recall))
    }

    /// The text as it is counted.
    fn folded<'t>(&self, text: &'t str, buffer: &'t mut String) -> &'t str {
        Case::lower(self.lowercase).fold(text, buffer)
    }

    /// The text whose characters count.
    fn spelt<'t>(&self, text: &'t str) -> &'t str {
        if self.char_order > 0 { text } else { "" }
    }

    /// Makes `spans` those of a text's words.
    #[inline]
    fn words(&self, text: &str, spans: &mut Vec<(usize, usize)>) {
        spans.clear();
        if self.word_order > 0 {
            words(text, |start, end| spans.push((start, end)));
        }
    }

    /// Fills a row from the counts of both sides' characters and words, and the matches.
    fn fill_row(
        &self,
        hypothesis: [u64; 2],
        reference: [u64; 2],
        matches: &[u64],
        row: &mut [u64],
    ) {
        for (order, (cells, matched)) in row.chunks_exact_mut(3).zip(matches).enumerate() {
            let (kind, longer) = match order.checked_sub(self.char_order) {
                None => (0, order as u64),
                Some(order) => (1, order as u64),
            };
            cells[1] = reference[kind].saturating_sub(longer);
            cells[0] = if cells[1] == 0 { 0 } else { hypothesis[kind].saturating_sub(longer) };
            cells[2] = *matched;
        }
    }
}

/// β and the number of pluses of a name such as `chrF2++`, `chrf`, `chrF0.5+`.
fn parse_name(name: &str) -> Option<(f64, usize)> {
    let base = name.trim_end_matches('+');
    let beta =
        base.get(..4).filter(|head| head.eq_ignore_ascii_case("chrf")).map(|_| &base[4..])?;
    let plain =
        beta.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'-'));
    let beta = if beta.is_empty() { 2.0 } else { beta.parse().ok().filter(|_| plain)? };
    Some((beta, name.len() - base.len()))
}

/// The words of a text, with one ASCII mark split off each: the last character's, or else the first's.
fn words(text: &str, mut each: impl FnMut(usize, usize)) {
    let is_mark = |at: usize| text.as_bytes()[at].is_ascii_punctuation();
    each_word(text, |start, end| {
        let cut = match end - start {
            1 => end,
            _ if is_mark(end - 1) => end - 1,
            _ if is_mark(start) => start + 1,
            _ => end,
        };
        each(start, cut);
        if cut < end {
            each(cut, end);
        }
    });
}

/// One segment's references as chrF sees them.
#[derive(Clone, Debug)]
pub struct ChrfReference {
    references: Vec<Side>,
}

#[derive(Clone, Debug)]
struct Side {
    alphabet: Vec<char>,
    characters: Grams,
    vocabulary: Vocabulary,
    words: Grams,
    /// How many characters and words.
    lengths: [u64; 2],
}

/// chrF's working memory.
#[derive(Debug, Default)]
pub struct ChrfScratch {
    lower: String,
    alphabet: Symbols,
    characters: Vec<u32>,
    spans: Vec<(usize, usize)>,
    words: Vec<u32>,
    grams: GramScratch,
    matches: Vec<u64>,
    row: Vec<u64>,
    /// What was taken back.
    spare: (Vec<Side>, Vec<(Vec<char>, Vocabulary)>),
}

/// A chrF score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChrfScore {
    /// 0 to 100.
    pub score: f64,
    /// The longest character n-grams.
    pub char_order: usize,
    /// The longest word n-grams.
    pub word_order: usize,
    /// The weight of recall.
    pub beta: f64,
}

impl Score for ChrfScore {
    fn name(&self) -> Cow<'_, str> {
        format!("chrF{}{}", self.beta, "+".repeat(self.word_order)).into()
    }

    fn value(&self) -> f64 {
        self.score
    }
}

impl fmt::Display for ChrfScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

impl Metric for Chrf {
    type Reference = ChrfReference;
    type Score = ChrfScore;
    type Scratch = ChrfScratch;

    fn name(&self) -> Cow<'_, str> {
        format!("chrF{}{}", self.beta, "+".repeat(self.word_order)).into()
    }

    fn columns(&self) -> Vec<Column> {
        let characters = (1..=self.char_order).map(|n| format!("char_{n}"));
        let words = (1..=self.word_order).map(|n| format!("word_{n}"));
        let cells = |order: String| {
            ["hyp", "ref", "match"].map(|what| Column::count(format!("{order}_{what}")))
        };
        characters.chain(words).flat_map(cells).collect()
    }

    fn signature(&self) -> Signature {
        Signature::new(self.name())
            .with("case", if self.lowercase { "lc" } else { "mixed" })
            .with_flag("eff", !self.eps_smoothing)
            .with("nc", self.char_order)
            .with("nw", self.word_order)
            .with_flag("space", self.whitespace)
    }

    fn prepare(&self, references: &[&str], scratch: &mut ChrfScratch) -> Result<ChrfReference> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let ChrfScratch { lower, alphabet, characters, spans, words, grams, spare, .. } = scratch;
        let (sides, spare) = spare;
        let side = |reference: &&str| {
            let text = self.folded(reference, lower);
            alphabet.clear();
            alphabet.insert_all(self.spelt(text), self.whitespace, characters);
            self.words(text, spans);
            words.clear();
            let (mut known, mut vocabulary) = spare.pop().unwrap_or_default();
            vocabulary.insert_all(spanned(text, spans), words);
            known.extend_from_slice(alphabet.characters());
            let words_once = std::iter::once::<&[u32]>(words);
            Side {
                alphabet: known,
                characters: Grams::repetitive(self.char_order, alphabet.len(), characters, grams),
                words: Grams::new(self.word_order, vocabulary.len(), words_once, grams),
                vocabulary,
                lengths: [characters.len() as u64, words.len() as u64],
            }
        };
        let mut sides = std::mem::take(sides);
        sides.extend(references.iter().map(side));
        Ok(ChrfReference { references: sides })
    }

    fn reclaim(&self, reference: ChrfReference, scratch: &mut ChrfScratch) {
        let mut sides = reference.references;
        for Side { mut alphabet, mut vocabulary, characters, words, .. } in sides.drain(..) {
            alphabet.clear();
            vocabulary.clear();
            scratch.spare.1.push((alphabet, vocabulary));
            characters.reclaim(&mut scratch.grams);
            words.reclaim(&mut scratch.grams);
        }
        scratch.spare.0 = sides;
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &ChrfReference,
        scratch: &mut ChrfScratch,
        row: &mut [u64],
    ) {
        let ChrfScratch {
            lower,
            alphabet,
            characters,
            spans,
            words,
            grams,
            matches,
            row: other,
            ..
        } = scratch;
        let text = self.folded(hypothesis, lower);
        self.words(text, spans);
        matches.resize(self.orders(), 0);
        other.resize(row.len(), 0);
        let mut best = -1.0;
        for side in &reference.references {
            alphabet.load(&side.alphabet);
            alphabet.get_all(self.spelt(text), self.whitespace, characters);
            side.vocabulary.get_all(spanned(text, spans), words);
            let (of_characters, of_words) = matches.split_at_mut(self.char_order);
            side.characters.matches(characters, grams, of_characters);
            side.words.matches(words, grams, of_words);
            let lengths = [characters.len() as u64, words.len() as u64];
            if let [_] = reference.references[..] {
                return self.fill_row(lengths, side.lengths, matches, row);
            }
            self.fill_row(lengths, side.lengths, matches, other);
            let score = self.f_score(other);
            if score > best {
                best = score;
                row.copy_from_slice(other);
            }
        }
    }

    fn sacrebleu(&self) -> Option<&dyn SacreBleu> {
        Some(self)
    }

    /// The windows of both sides are sorted once: a pair is one merge.
    fn matrix<H: AsRef<str> + Sync, R: AsRef<str> + Sync>(
        &self,
        hypotheses: &[H],
        references: &[R],
    ) -> Result<Matrix> {
        match pairs::matrix(self, hypotheses, references)? {
            Some(matrix) => Ok(matrix),
            None => Matrix::measure(self, hypotheses, references),
        }
    }

    fn score(&self, row: &[u64]) -> ChrfScore {
        ChrfScore {
            score: self.f_score(row),
            char_order: self.char_order,
            word_order: self.word_order,
            beta: self.beta,
        }
    }
}
