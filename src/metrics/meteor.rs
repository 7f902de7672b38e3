//! METEOR 1.5 (Denkowski and Lavie, WMT 2014): exact words and stems.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::words::{self, Case, Words};
use crate::error::{Error, Result};
use crate::metric::{Column, DynMetric, Metric, Score};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::Tokens;
use crate::text::stem::{self, Stems};
use crate::text::vocabulary::{Vocabulary, hash, mix};
use crate::tokenize::Tokenize;
use align::{Aligner, NONE, Word};

mod align;
pub mod nltk;

pub use nltk::MeteorNltk;

pub(super) const ENTRY: Entry = Entry {
    name: "meteor",
    matches: |name| words::is_named(name, "meteor"),
    summary: "aligned words and stems, weighed, less a penalty for fragments; 0 to 100, more is better",
    parse,
};

/// What the registry calls: METEOR 1.5, or NLTK's of 2007.
fn parse(signature: &Signature) -> Result<Box<dyn DynMetric>> {
    let nltk = words::dialect(&mut signature.read(), "meteor", &[("1.5", false), ("nltk", true)])?;
    if nltk {
        return Ok(Box::new(MeteorNltk::from_signature(signature)?));
    }
    Ok(Box::new(Meteor::from_signature(signature)?))
}

/// What the ranking task tuned for a language: α, β, γ, δ, and the weight of a stem.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// The weight of recall against precision, 0 to 1.
    pub alpha: f64,
    /// The exponent of fragmentation.
    pub beta: f64,
    /// The greatest penalty, 0 to 1.
    pub gamma: f64,
    /// The weight of content words against function words, 0 to 1.
    pub delta: f64,
    /// What a match of stems counts, 0 to 1; one of words counts 1.
    pub stem: f64,
}

/// The languages of METEOR 1.5 with their parameters.
pub const LANGUAGES: [(&str, Parameters); 8] = [
    ("en", parameters(0.85, 0.20, 0.60, 0.75, 0.6)),
    ("cs", parameters(0.95, 0.20, 0.60, 0.80, 0.4)),
    ("fr", parameters(0.90, 1.40, 0.60, 0.65, 0.2)),
    ("es", parameters(0.65, 1.30, 0.50, 0.80, 0.8)),
    ("de", parameters(0.95, 1.00, 0.55, 0.55, 0.8)),
    ("ru", parameters(0.75, 1.40, 0.70, 0.50, 0.5)),
    ("other", parameters(0.75, 1.40, 0.70, 0.50, 0.5)),
    ("universal", parameters(0.70, 1.40, 0.30, 0.70, 0.6)),
];

const fn parameters(alpha: f64, beta: f64, gamma: f64, delta: f64, stem: f64) -> Parameters {
    Parameters { alpha, beta, gamma, delta, stem }
}

/// METEOR 1.5: words and stems aligned one to one, function words weighed less, fragments punished.
///
/// It looks at recall more than at precision and forgives inflection, so it follows human judgement on
/// segments better than BLEU. Don't compare numbers across languages (each has its own parameters), and don't take it
/// for [NLTK's](MeteorNltk), a metric of 2007 under the same name. Synonyms and paraphrases need tables
/// that are not here: a number stands for exact words and, in English, stems.
///
/// # Definition
///
/// Of all alignments of the greatest weight the one with the fewest chunks (runs that are neighbours on both
/// sides), and of these the one with the least Σ |i − j|. With m_i the words of a side that are matched by
/// stage i (exact, stem) of weight w_i, content words counting δ and function words 1 − δ,
///
/// ```text
/// P = Σ wᵢ·m_i(hypothesis) / |hypothesis|,   R = Σ wᵢ·m_i(reference) / |reference|       (all in weighed words)
/// METEOR = 100 · P·R / (α·P + (1 − α)·R) · (1 − γ · (chunks / matches)^β)
/// ```
///
/// The counts are pooled over the corpus; it is no mean of segments. One chunk that is the whole of both sides has no
/// penalty, so a segment that equals its reference has 100, but a corpus of several such segments has several
/// chunks and less. Of several references each segment takes the one with the best segment score.
///
/// Function words are a list that the user [gives](Meteor::function_words) (METEOR's are the words that make up more than a
/// thousandth of a large corpus); without one all words are content words.
///
/// # Parity
///
/// METEOR 1.5 with `-m exact stem` (English) or `-m exact`; the aligner is exact where its beam drops no state, checked against
/// an exhaustive one in `tests/model`. Differences: the default tokenizer is `13a`, not the one behind
/// METEOR's `-norm`; `tok:none` is METEOR without `-norm`. Only English has a stemmer; other languages match exact words alone, with
/// their own parameters. Synonyms and paraphrases are left out.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, metrics::Meteor};
///
/// let references = References::single(&["the cats sat on the mat"]);
/// let meteor = Meteor::default().function_words(["the", "on", "a"]);
/// let score = meteor.corpus(&["on the mat the cat sat"], &references)?;
/// assert_eq!((score.matches, score.chunks), (6, 2));
/// assert_eq!(score.to_string(), "METEOR = 46.65");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Errors
///
/// No references; parameters out of range.
///
/// # Complexity
///
/// For each hypothesis word as many steps as there are states (few for most texts, 40 to 2,048 at most) times the places of its
/// stem in the reference; space states times r/8 bytes.
///
/// # References
///
/// Denkowski and Lavie, WMT 2014 and WMT 2011, section 2.
#[derive(Clone, Debug)]
pub struct Meteor {
    words: Words,
    language: &'static str,
    parameters: Parameters,
    function: Vocabulary,
    /// A hash of the function words, for the signature.
    function_hash: u64,
}

/// English.
impl Default for Meteor {
    fn default() -> Self {
        Meteor::of(LANGUAGES[0])
    }
}

impl Meteor {
    /// With a language's parameters: `en`, `cs`, `fr`, `es`, `de`, `ru`, `other` or `universal`.
    ///
    /// # Errors
    ///
    /// Another language.
    pub fn language(name: &str) -> Result<Self> {
        let known = LANGUAGES.iter().find(|(known, _)| *known == name);
        known.map(|language| Meteor::of(*language)).ok_or_else(|| {
            Error::unknown("METEOR language", name, LANGUAGES.iter().map(|(name, _)| *name))
        })
    }

    fn of((language, parameters): (&'static str, Parameters)) -> Self {
        Meteor {
            words: Words::western(Case::Lower),
            language,
            parameters,
            function: Vocabulary::default(),
            function_hash: 0,
        }
    }

    /// The words that carry little meaning; they are lowercased as the texts are.
    #[must_use]
    pub fn function_words<S: AsRef<str>>(mut self, words: impl IntoIterator<Item = S>) -> Self {
        self.function = Vocabulary::default();
        self.function_hash = 0;
        let mut lower = String::new();
        for word in words {
            let word = self.words.case.fold(word.as_ref(), &mut lower);
            let known = self.function.len();
            self.function.insert(word);
            if self.function.len() > known {
                // A sum, so that the order of the list does not matter.
                self.function_hash = self.function_hash.wrapping_add(mix(hash(word.as_bytes()), 1));
            }
        }
        self
    }

    /// The tokenizer.
    #[must_use]
    pub fn tokenizer(mut self, tokenizer: Arc<dyn Tokenize>) -> Self {
        self.words.tokenizer = tokenizer;
        self
    }

    /// Whether both sides are lowercased; set it before the function words.
    #[must_use]
    pub fn lowercase(mut self, lowercase: bool) -> Self {
        self.words.case = Case::lower(lowercase);
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, an unknown key or value, or function words, which a signature cannot carry.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        words::dialect(&mut reader, "meteor", &[("1.5", ())])?;
        let language = reader.take("params").unwrap_or("en");
        let mut meteor = Meteor::language(language)?;
        meteor.words = meteor.words.read(&mut reader)?;
        let stages = meteor.stages();
        reader.word("stages", &[(stages, ())], ())?;
        if reader.take("function").is_some_and(|function| function != "none") {
            return Err(
                reader.error("has function words, which must be given (Meteor::function_words, or --function-words FILE)")
            );
        }
        reader.finish()?;
        Ok(meteor)
    }

    /// The pairs of words that are aligned, by their numbers on either side.
    ///
    /// ```
    /// use bleuprint::metrics::Meteor;
    ///
    /// let pairs = Meteor::default().alignment("on the mat the cat sat", "the cats sat on the mat");
    /// assert_eq!(pairs, [(0, 3), (1, 4), (2, 5), (3, 0), (4, 1), (5, 2)]);
    /// ```
    pub fn alignment(&self, hypothesis: &str, reference: &str) -> Vec<(usize, usize)> {
        let mut scratch = MeteorScratch::default();
        let Ok(prepared) = self.prepare(&[reference], &mut scratch) else { return Vec::new() };
        let mut row = [0; CELLS.len()];
        self.measure(hypothesis, &prepared, &mut scratch, &mut row);
        let places = scratch.aligner.alignment.iter().map(|place| *place as usize);
        places.enumerate().filter(|(_, place)| *place != NONE as usize).collect()
    }

    /// Whether words are stemmed, which they are where there is a stemmer.
    fn stems(&self) -> bool {
        self.language == "en"
    }

    fn stages(&self) -> &'static str {
        if self.stems() { "exact+stem" } else { "exact" }
    }

    /// The words of a text as the aligner wants them, and for each whether it is a function word.
    fn read(
        &self,
        tokens: &Tokens,
        stems: &mut Stems,
        mut number: impl FnMut(&str, &str) -> Word,
        out: &mut Vec<Word>,
        function: &mut Vec<bool>,
    ) {
        out.clear();
        function.clear();
        for token in tokens.iter() {
            let stem = if self.stems() { stems.of(token, stem::english) } else { token };
            let word = number(token, stem);
            out.push(word);
            function.push(self.function.get(token).is_some());
        }
    }

    /// Writes the counts of an alignment.
    fn count(&self, reference: &Side, scratch: &mut MeteorScratch) {
        let MeteorScratch { words, function, aligner, row, .. } = scratch;
        row.clear();
        row.resize(CELLS.len(), 0);
        let lengths = |functions: &[bool]| {
            let function = functions.iter().filter(|function| **function).count() as u64;
            [functions.len() as u64 - function, function]
        };
        row[..2].copy_from_slice(&lengths(function));
        row[2..4].copy_from_slice(&lengths(&reference.function));
        for (at, place) in aligner.alignment.iter().enumerate().filter(|(_, place)| **place != NONE)
        {
            let theirs = *place as usize;
            let stage = usize::from(words[at].surface != reference.words[theirs].surface);
            row[4 + 4 * stage + usize::from(function[at])] += 1;
            row[6 + 4 * stage + usize::from(reference.function[theirs])] += 1;
        }
        row[12] = aligner.chunks;
    }

    fn score_of(&self, row: &[u64]) -> MeteorScore {
        let Parameters { alpha, beta, gamma, delta, stem } = self.parameters;
        let weighed = |at: usize| delta * row[at] as f64 + (1.0 - delta) * row[at + 1] as f64;
        let ratio = |exact: usize, length: usize| {
            let length = weighed(length);
            if length > 0.0 { (weighed(exact) + stem * weighed(exact + 4)) / length } else { 0.0 }
        };
        let (precision, recall) = (ratio(4, 0), ratio(6, 2));
        let matches: u64 = row[4] + row[5] + row[8] + row[9];
        let chunks = row[12];
        let (hypothesis, reference) = (row[0] + row[1], row[2] + row[3]);
        let whole = chunks == 1 && matches == hypothesis && matches == reference;
        let fragments = if whole || matches == 0 { 0.0 } else { chunks as f64 / matches as f64 };
        let mean = alpha * precision + (1.0 - alpha) * recall;
        let f = if mean > 0.0 { precision * recall / mean } else { 0.0 };
        let penalty = if fragments > 0.0 { gamma * fragments.powf(beta) } else { 0.0 };
        MeteorScore {
            score: 100.0 * f * (1.0 - penalty),
            precision: 100.0 * precision,
            recall: 100.0 * recall,
            f_mean: 100.0 * f,
            penalty,
            matches,
            chunks,
        }
    }
}

/// The row: words, then matched words of each stage, by side and by kind; chunks.
const CELLS: [&str; 13] = [
    "hyp_content",
    "hyp_function",
    "ref_content",
    "ref_function",
    "exact_hyp_content",
    "exact_hyp_function",
    "exact_ref_content",
    "exact_ref_function",
    "stem_hyp_content",
    "stem_hyp_function",
    "stem_ref_content",
    "stem_ref_function",
    "chunks",
];

/// One segment's references as METEOR sees them.
#[derive(Clone, Debug)]
pub struct MeteorReference {
    surfaces: Vocabulary,
    stems: Vocabulary,
    sides: Vec<Side>,
}

#[derive(Clone, Debug, Default)]
struct Side {
    words: Vec<Word>,
    function: Vec<bool>,
}

/// METEOR's working memory.
#[derive(Debug, Default)]
pub struct MeteorScratch {
    lower: String,
    tokens: Tokens,
    words: Vec<Word>,
    function: Vec<bool>,
    remembered: Stems,
    aligner: Aligner,
    row: Vec<u64>,
}

/// A METEOR score with its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeteorScore {
    /// 0 to 100.
    pub score: f64,
    /// Weighed precision, 0 to 100.
    pub precision: f64,
    /// Weighed recall, 0 to 100.
    pub recall: f64,
    /// Their mean weighed by α, 0 to 100.
    pub f_mean: f64,
    /// The part that fragments take away, 0 to 1.
    pub penalty: f64,
    /// Matched words of a side.
    pub matches: u64,
    /// Runs of matches that are neighbours on both sides.
    pub chunks: u64,
}

impl Score for MeteorScore {
    fn name(&self) -> Cow<'_, str> {
        "METEOR".into()
    }

    fn value(&self) -> f64 {
        self.score
    }
}

impl fmt::Display for MeteorScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

impl Metric for Meteor {
    type Reference = MeteorReference;
    type Score = MeteorScore;
    type Scratch = MeteorScratch;

    fn name(&self) -> Cow<'_, str> {
        "METEOR".into()
    }

    fn columns(&self) -> Vec<Column> {
        CELLS.into_iter().map(Column::count).collect()
    }

    fn signature(&self) -> Signature {
        let signature = self
            .words
            .sign(Signature::new("METEOR").with("dialect", "1.5"))
            .with("params", self.language)
            .with("stages", self.stages());
        if self.function.len() == 0 {
            return signature.with("function", "none");
        }
        signature.with("function", format!("{}-{:016x}", self.function.len(), self.function_hash))
    }

    fn prepare(&self, references: &[&str], scratch: &mut MeteorScratch) -> Result<MeteorReference> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let (mut surfaces, mut stems) = (Vocabulary::default(), Vocabulary::default());
        let mut sides = Vec::with_capacity(references.len());
        for reference in references {
            self.words.split(reference, &mut scratch.lower, &mut scratch.tokens);
            surfaces.reserve(scratch.tokens.len());
            stems.reserve(scratch.tokens.len());
            let mut side = Side::default();
            let number = |surface: &str, stem: &str| Word {
                surface: surfaces.insert(surface),
                stem: stems.insert(stem),
            };
            let MeteorScratch { tokens, remembered, .. } = &mut *scratch;
            self.read(tokens, remembered, number, &mut side.words, &mut side.function);
            sides.push(side);
        }
        Ok(MeteorReference { surfaces, stems, sides })
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &MeteorReference,
        scratch: &mut MeteorScratch,
        row: &mut [u64],
    ) {
        let MeteorScratch { lower, tokens, words, function, remembered, .. } = scratch;
        self.words.split(hypothesis, lower, tokens);
        let number = |surface: &str, stem: &str| Word {
            surface: reference.surfaces.get(surface).unwrap_or(NONE),
            stem: reference.stems.get(stem).unwrap_or(NONE),
        };
        self.read(tokens, remembered, number, words, function);
        let mut best = -1.0;
        for side in &reference.sides {
            scratch.aligner.align(&scratch.words, &side.words);
            self.count(side, scratch);
            let score = self.score_of(&scratch.row).score;
            if score > best {
                best = score;
                row.copy_from_slice(&scratch.row);
            }
        }
    }

    fn score(&self, row: &[u64]) -> MeteorScore {
        self.score_of(row)
    }
}
