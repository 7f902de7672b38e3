//! RIBES (Isozaki et al., EMNLP 2010): the order of words.

use std::borrow::Cow;
use std::sync::Arc;

use super::mean::{self, MeanScore};
use super::words::{self, Case, Words};
use crate::error::{Error, Result};
use crate::metric::{Column, Metric};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::Tokens;
use crate::text::vocabulary::Vocabulary;
use crate::tokenize::Tokenize;

pub(super) const ENTRY: Entry = Entry {
    name: "ribes",
    matches: |name| words::is_named(name, "ribes"),
    summary: "rank correlation of word order, mean over segments; 0 to 100, more is better",
    parse: |signature| Ok(Box::new(Ribes::from_signature(signature)?)),
};

/// RIBES: whether the words that hypothesis and reference share stand in the same order.
///
/// It was made for language pairs that reorder much, such as Japanese and English, where n-gram metrics
/// forgive a sentence that says the opposite. Don't report it alone: words that are missing or too much
/// barely count, and a segment with fewer than two aligned words has 0. It is a mean over segments.
///
/// # Definition
///
/// A hypothesis word is aligned by the shortest context, of itself and the words behind it or of itself and
/// the words before it, that occurs exactly once in the hypothesis and once in the reference (on equal
/// length the context behind it). With the reference positions of the a aligned words of h, in
/// hypothesis order, and r the reference's length,
///
/// ```text
/// NKT   = pairs in ascending order / all pairs          (Kendall's τ, from 0 to 1)
/// RIBES = 100 · NKT · (a / h)^α · min(1, exp(1 − r / h))^β        α 0.25, β 0.10
/// ```
///
/// With fewer than two aligned words NKT is 0, but 1 for one aligned word of a reference that has no other. Of several
/// references each segment takes the best.
///
/// # Parity
///
/// The official program is under the GPL and was neither read nor copied: this is the paper's definition with contexts of any
/// length, equal to the slow model in `tests/model`. It lowercases, as the program does. `dialect:nltk` is NLTK 3.10's to
/// 1e-9: words as given, case kept, no exception for references of one word, and one context length
/// less for words in the second half (`max(i, h − i + 1)` bounds it from above).
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, metrics::Ribes};
///
/// let references = References::single(&["he caught a cold because he got soaked in the rain"]);
/// let score = Ribes::default().corpus(&["he got soaked in the rain because he caught a cold"], &references)?;
/// assert_eq!(score.to_string(), "RIBES = 38.18");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Errors
///
/// No references.
///
/// # Complexity
///
/// Time linear where words are rare, h·(h + r) whatever the texts repeat, and h² for the pairs; space linear.
///
/// # References
///
/// Isozaki, Hirao, Duh, Sudoh and Tsukada, EMNLP 2010, section 3.
#[derive(Clone, Debug)]
pub struct Ribes {
    words: Words,
    nltk: bool,
    alpha: f64,
    beta: f64,
}

/// The paper's definition over lowercased words.
impl Default for Ribes {
    fn default() -> Self {
        Ribes { words: Words::western(Case::Lower), nltk: false, alpha: 0.25, beta: 0.10 }
    }
}

impl Ribes {
    /// NLTK's: words as given, its bounds on contexts.
    pub fn nltk() -> Self {
        Ribes { words: Words::given(Case::Mixed), nltk: true, ..Ribes::default() }
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

    /// The exponents of precision and of the brevity penalty, 0.25 and 0.10.
    ///
    /// # Errors
    ///
    /// One that is negative or not finite.
    pub fn weights(mut self, alpha: f64, beta: f64) -> Result<Self> {
        if !(alpha.is_finite() && beta.is_finite() && alpha >= 0.0 && beta >= 0.0) {
            return Err(Error::config(format!(
                "RIBES' weights are finite numbers of at least 0, not {alpha} and {beta}"
            )));
        }
        (self.alpha, self.beta) = (alpha, beta);
        Ok(self)
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        let nltk = words::dialect(&mut reader, "ribes", &[("official", false), ("nltk", true)])?;
        let mut ribes = if nltk { Ribes::nltk() } else { Ribes::default() };
        ribes.words = ribes.words.read(&mut reader)?;
        let (alpha, beta) =
            (words::real(&mut reader, "alpha", 0.25)?, words::real(&mut reader, "beta", 0.10)?);
        reader.finish()?;
        ribes.weights(alpha, beta)
    }

    /// The score of one pair, 0 to 1.
    fn pair(&self, hypothesis: &[u32], reference: &[u32], scratch: &mut RibesScratch) -> f64 {
        if hypothesis.is_empty() {
            return 0.0;
        }
        align(hypothesis, reference, self.nltk, scratch);
        let aligned = scratch.order.len();
        let tau = match aligned {
            0 => 0.0,
            1 => f64::from(u8::from(!self.nltk && reference.len() == 1)),
            _ => {
                let pairs = aligned as f64 * (aligned as f64 - 1.0) / 2.0;
                ascending(&scratch.order) as f64 / pairs
            }
        };
        let (h, r) = (hypothesis.len() as f64, reference.len() as f64);
        let brevity = (1.0 - r / h).exp().min(1.0);
        tau * (aligned as f64 / h).powf(self.alpha) * brevity.powf(self.beta)
    }
}

/// The pairs that stand in ascending order.
fn ascending(order: &[u32]) -> u64 {
    let after = |(at, first): (usize, &u32)| {
        order[at + 1..].iter().filter(|next| *next > first).count() as u64
    };
    order.iter().enumerate().map(after).sum()
}

/// Writes the reference position of each aligned hypothesis word to `scratch.order`.
fn align(hypothesis: &[u32], reference: &[u32], nltk: bool, scratch: &mut RibesScratch) {
    let RibesScratch { order, behind, before, backwards, own, theirs, .. } = scratch;
    contexts(hypothesis, reference, own, theirs, behind);
    let (ours, turned) = backwards;
    ours.clear();
    ours.extend(hypothesis.iter().rev());
    turned.clear();
    turned.extend(reference.iter().rev());
    contexts(ours, turned, own, theirs, before);
    let h = hypothesis.len();
    order.clear();
    for at in 0..h {
        // One word and its context behind, or its context before; 0 words is no context.
        let (behind, before) = (behind[at], before[h - 1 - at]);
        let limit = if nltk { at.max(h + 1 - at).min(reference.len()).max(1) } else { usize::MAX };
        let allowed = |context: Context| context.words > 0 && context.words as usize <= limit;
        if allowed(behind) && (!allowed(before) || behind.words <= before.words) {
            order.push(behind.at);
        } else if allowed(before) {
            order.push(reference.len() as u32 - 1 - before.at);
        }
    }
}

/// The shortest context of a word that is unique on both sides, and where it starts in the reference.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    words: u32,
    at: u32,
}

/// For each word the shortest context that starts there.
///
/// What starts at i in the hypothesis has its longest copy elsewhere in the hypothesis, and its longest and
/// second longest in the reference; a context is unique on both sides when it is longer than the first
/// and the last of these, and not longer than the second.
fn contexts(
    hypothesis: &[u32],
    reference: &[u32],
    own: &mut Prefixes,
    theirs: &mut Prefixes,
    out: &mut Vec<Context>,
) {
    out.clear();
    out.resize(hypothesis.len(), Context::default());
    own.start(hypothesis);
    theirs.start(reference);
    for (at, word) in hypothesis.iter().enumerate().rev() {
        let copy = own.step(*word, at as u32);
        let known = theirs.step(*word, NOWHERE);
        let words = copy.longest.max(known.second) + 1;
        if words <= known.longest {
            out[at] = Context { words, at: known.place };
        }
    }
}

/// No place, the end of a chain.
const NOWHERE: u32 = u32::MAX;

/// How many words the places of a text have in common with a text that grows at its front.
///
/// The lengths come from those of the place behind, and only places of the word at hand have any: its occurrences are
/// chained, so that a step costs as many as there are.
#[derive(Debug, Default)]
struct Prefixes {
    /// The first place of each word.
    first: Vec<u32>,
    /// The next place of the same word.
    next: Vec<u32>,
    /// The length at each place, and the step that set it: those of other steps are 0.
    lengths: Vec<(u32, u32)>,
    steps: u32,
}

/// The two longest common prefixes of a step, and where the longest is.
#[derive(Clone, Copy, Debug, Default)]
struct Longest {
    longest: u32,
    second: u32,
    place: u32,
}

impl Prefixes {
    fn start(&mut self, text: &[u32]) {
        let symbols = text.iter().max().map_or(0, |most| *most as usize + 1);
        self.first.clear();
        self.first.resize(symbols, NOWHERE);
        self.next.clear();
        self.next.resize(text.len(), NOWHERE);
        for (at, word) in text.iter().enumerate().rev() {
            self.next[at] = std::mem::replace(&mut self.first[*word as usize], at as u32);
        }
        self.lengths.clear();
        self.lengths.resize(text.len() + 1, (0, 0));
        self.steps = 0;
    }

    /// Goes on with a word before the last; a place may be left out.
    fn step(&mut self, word: u32, skip: u32) -> Longest {
        let last = self.steps;
        self.steps += 1;
        let mut found = Longest::default();
        let mut at = self.first.get(word as usize).copied().unwrap_or(NOWHERE);
        while at != NOWHERE {
            let place = at as usize;
            // Ascending, so the place behind is still that of the step before.
            let (length, step) = self.lengths[place + 1];
            let length = if step == last { length + 1 } else { 1 };
            self.lengths[place] = (length, self.steps);
            if at != skip && length > found.longest {
                found = Longest { longest: length, second: found.longest, place: at };
            } else if at != skip {
                found.second = found.second.max(length);
            }
            at = self.next[place];
        }
        found
    }
}

/// One segment's references as RIBES sees them.
#[derive(Clone, Debug)]
pub struct RibesReference {
    vocabulary: Vocabulary,
    references: Vec<Vec<u32>>,
}

/// RIBES' working memory.
#[derive(Debug, Default)]
pub struct RibesScratch {
    lower: String,
    tokens: Tokens,
    words: Vec<u32>,
    order: Vec<u32>,
    behind: Vec<Context>,
    before: Vec<Context>,
    backwards: (Vec<u32>, Vec<u32>),
    own: Prefixes,
    theirs: Prefixes,
}

impl Metric for Ribes {
    type Reference = RibesReference;
    type Score = MeanScore;
    type Scratch = RibesScratch;

    fn name(&self) -> Cow<'_, str> {
        if self.nltk { "RIBES-nltk".into() } else { "RIBES".into() }
    }

    fn columns(&self) -> Vec<Column> {
        mean::columns()
    }

    fn signature(&self) -> Signature {
        let dialect = if self.nltk { "nltk" } else { "official" };
        let mut signature = self.words.sign(Signature::new("RIBES").with("dialect", dialect));
        if (self.alpha, self.beta) != (0.25, 0.10) {
            signature = signature.with("alpha", self.alpha).with("beta", self.beta);
        }
        signature
    }

    fn prepare(&self, references: &[&str], scratch: &mut RibesScratch) -> Result<RibesReference> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let mut prepared =
            RibesReference { vocabulary: Vocabulary::default(), references: Vec::new() };
        for reference in references {
            self.words.split(reference, &mut scratch.lower, &mut scratch.tokens);
            let mut words = Vec::new();
            prepared.vocabulary.insert_all(scratch.tokens.words(), &mut words);
            prepared.references.push(words);
        }
        Ok(prepared)
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &RibesReference,
        scratch: &mut RibesScratch,
        row: &mut [u64],
    ) {
        self.words.split(hypothesis, &mut scratch.lower, &mut scratch.tokens);
        // Words that no reference has are one word: they are never aligned, and part of no context.
        let unknown = reference.vocabulary.len() as u32;
        let mut words = std::mem::take(&mut scratch.words);
        reference.vocabulary.get_all(scratch.tokens.words(), &mut words);
        words.iter_mut().for_each(|word| *word = unknown.min(*word));
        let scores = reference.references.iter().map(|text| self.pair(&words, text, scratch));
        mean::write(row, scores.fold(0.0, f64::max));
        scratch.words = words;
    }

    fn score(&self, row: &[u64]) -> MeanScore {
        MeanScore::of(self.name().into_owned(), row)
    }
}
