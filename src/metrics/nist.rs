//! NIST (Doddington, HLT 2002): n-grams weighed by what they tell.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::words::{self, Case, Words};
use crate::error::{Error, Result};
use crate::metric::{Column, Metric, Score};
use crate::metrics::Entry;
use crate::references::References;
use crate::signature::Signature;
use crate::text::Tokens;
use crate::text::vocabulary::{Vocabulary, mix};
use crate::tokenize::Tokenize;

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
/// No references, or more than 16.
///
/// # Complexity
///
/// Time linear in the texts; space linear in the distinct n-grams of all references.
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
        segments: impl Iterator<Item = &'r [&'r str]> + Clone,
    ) -> Result<Vec<NistReference>> {
        let (mut grams, mut tokens) = (Grams::default(), Tokens::new());
        let mut texts: Vec<Vec<Counts>> = Vec::new();
        // A word and its space have about five letters, and a word starts five n-grams.
        let letters = segments.clone().flatten().map(|text| text.len()).sum();
        grams.children.reserve(letters);
        for (at, references) in segments.enumerate() {
            check(references).map_err(|error| error.at_segment(at))?;
            texts.push(
                references.iter().map(|text| self.count(text, &mut grams, &mut tokens)).collect(),
            );
        }
        grams.weigh();
        let grams = Arc::new(grams);
        let segment = |mut sides: Vec<Counts>| {
            let length = sides.iter().map(|side| side.length).sum::<u64>();
            let mean = length * (LENGTH / sides.len() as u64);
            if !self.nltk {
                let all = sides.into_iter().reduce(Counts::or).unwrap_or_default();
                sides = vec![all];
            }
            NistReference { grams: Arc::clone(&grams), sides, mean }
        };
        Ok(texts.into_iter().map(segment).collect())
    }

    /// Counts a reference's n-grams, for all and for itself.
    fn count(&self, text: &str, grams: &mut Grams, tokens: &mut Tokens) -> Counts {
        self.words.split(text, tokens);
        let words: Vec<u32> = tokens.iter().map(|word| grams.vocabulary.insert(word)).collect();
        grams.count(&words)
    }
}

fn check(references: &[&str]) -> Result<()> {
    match references.len() {
        0 => Err(Error::no_references(None)),
        1..=MAX_REFERENCES => Ok(()),
        n => Err(Error::too_many_references("NIST", n, MAX_REFERENCES)),
    }
}

/// Hashes keys that are spread over 64 bits already, nearly.
#[derive(Clone, Copy, Debug, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| mix(hash, u64::from(*byte)));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = mix(key, 0);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Every n-gram of all references: a tree whose node is an n-gram and its parent the n-gram without the
/// last word.
#[derive(Clone, Debug, Default)]
struct Grams {
    vocabulary: Vocabulary,
    children: HashMap<u64, u32, BuildHasherDefault<Mix>>,
    nodes: Vec<Node>,
    words: u64,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    parent: u32,
    order: usize,
    count: u64,
    information: f64,
}

const ROOT: u32 = u32::MAX;

impl Grams {
    fn count(&mut self, words: &[u32]) -> Counts {
        self.words += words.len() as u64;
        let mut seen = Vec::with_capacity(ORDER * words.len());
        for start in 0..words.len() {
            let mut parent = ROOT;
            for (order, word) in words[start..].iter().take(ORDER).enumerate() {
                let next = self.nodes.len() as u32;
                let node = *self.children.entry(key(parent, *word)).or_insert(next);
                if node == next {
                    self.nodes.push(Node { parent, order, count: 0, information: 0.0 });
                }
                self.nodes[node as usize].count += 1;
                seen.push(node);
                parent = node;
            }
        }
        Counts::new(words.len(), seen)
    }

    fn weigh(&mut self) {
        for at in 0..self.nodes.len() {
            let node = self.nodes[at];
            let before =
                self.nodes.get(node.parent as usize).map_or(self.words, |parent| parent.count);
            let ratio = before as f64 / node.count as f64;
            self.nodes[at].information = ratio.ln() / std::f64::consts::LN_2;
        }
    }

    /// Calls `visit` for each n-gram of the words that is known, start by start.
    fn walk(&self, words: impl Iterator<Item = Option<u32>> + Clone, mut visit: impl FnMut(u32)) {
        let mut rest = words;
        loop {
            let mut parent = ROOT;
            for word in rest.clone().take(ORDER) {
                let child = word.and_then(|word| self.children.get(&key(parent, word)));
                let Some(node) = child else { break };
                visit(*node);
                parent = *node;
            }
            if rest.next().is_none() {
                return;
            }
        }
    }
}

fn key(parent: u32, word: u32) -> u64 {
    u64::from(parent) << 32 | u64::from(word)
}

/// How often each n-gram occurs in a text, by node in ascending order.
#[derive(Clone, Debug, Default)]
struct Counts {
    length: u64,
    of: Vec<(u32, u32)>,
}

impl Counts {
    fn new(words: usize, mut nodes: Vec<u32>) -> Self {
        nodes.sort_unstable();
        let runs = nodes.chunk_by(|a, b| a == b);
        let of = runs.map(|run| (run[0], run.len() as u32)).collect();
        Counts { length: words as u64, of }
    }

    /// The greater count of each n-gram.
    fn or(self, other: Counts) -> Counts {
        let mut of = [self.of, other.of].concat();
        of.sort_unstable_by_key(|(node, count)| (*node, std::cmp::Reverse(*count)));
        of.dedup_by_key(|(node, _)| *node);
        Counts { length: 0, of }
    }

    fn get(&self, node: u32) -> u32 {
        self.of.binary_search_by_key(&node, |(node, _)| *node).map_or(0, |at| self.of[at].1)
    }
}

/// One segment's references as NIST sees them, with the weights of all.
#[derive(Clone, Debug)]
pub struct NistReference {
    grams: Arc<Grams>,
    /// One side that has the greatest counts, or for NLTK each reference.
    sides: Vec<Counts>,
    /// The mean length in [`LENGTH`]s.
    mean: u64,
}

/// NIST's working memory.
#[derive(Debug, Default)]
pub struct NistScratch {
    tokens: Tokens,
    words: Vec<Option<u32>>,
    /// N-grams of the hypothesis that a reference has: node, place of first sight, how often.
    seen: Vec<(u32, u32, u32)>,
}

impl NistScratch {
    /// Fills `seen`, in the order of first sight.
    fn see(&mut self, grams: &Grams) {
        let NistScratch { words, seen, .. } = self;
        seen.clear();
        grams.walk(words.iter().copied(), |node| seen.push((node, seen.len() as u32, 1)));
        seen.sort_unstable();
        seen.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.2 += if same { next.2 } else { 0 };
            same
        });
        seen.sort_unstable_by_key(|(_, first, _)| *first);
    }

    /// The information of what one side matches, by order.
    fn matched(&self, grams: &Grams, side: &Counts) -> [f64; ORDER] {
        let mut information = [0.0; ORDER];
        for (node, _, count) in &self.seen {
            let clipped = side.get(*node).min(*count);
            let node = grams.nodes[*node as usize];
            information[node.order] += node.information * f64::from(clipped);
        }
        information
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
        let grams = &*reference.grams;
        self.words.split(hypothesis, &mut scratch.tokens);
        scratch.words.clear();
        scratch.words.extend(scratch.tokens.iter().map(|word| grams.vocabulary.get(word)));
        scratch.see(grams);
        let length = scratch.words.len();
        row[0] = length as u64;
        row[1] = if self.nltk { 0 } else { reference.mean };
        let mut best = [(0.0, 0); ORDER];
        for side in &reference.sides {
            for (best, information) in best.iter_mut().zip(scratch.matched(grams, side)) {
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
