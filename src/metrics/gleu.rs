//! GLEU, Google's sentence BLEU (Wu et al., 2016).

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::words::{self, Case, Words};
use crate::error::{Error, Result};
use crate::metric::{Column, Metric, Score};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::Tokens;
use crate::text::grams::{GramScratch, Grams};
use crate::text::vocabulary::Vocabulary;
use crate::tokenize::Tokenize;

pub(super) const ENTRY: Entry = Entry {
    name: "gleu",
    matches: |name| words::is_named(name, "gleu"),
    summary: "n-grams of orders 1 to 4 in one pot, the worse of precision and recall; 0 to 100, more is better",
    parse: |signature| Ok(Box::new(Gleu::from_signature(signature)?)),
};

/// The orders that are counted.
const ORDER: usize = 4;

/// GLEU: the n-grams that both sides share, by those of the side that has more.
///
/// It is BLEU's counts without BLEU's collapse on single segments: all orders are pooled, and what
/// is missing costs as much as what is too much. Its name is also that of a metric for grammatical
/// error correction (Napoles et al., 2015), which is another; a corpus pools, it is no mean of segments.
///
/// # Definition
///
/// With all n-grams of orders 1 to 4 of the hypothesis H and of the reference R,
///
/// ```text
/// GLEU = 100 · Σ |H ∩ R| / Σ max(|H|, |R|)
/// ```
///
/// which for one segment is the lesser of precision and recall. Of several references each segment takes the one
/// with the best segment score, the first among equals.
///
/// # Parity
///
/// Equal to NLTK 3.10's `corpus_gleu` over the same words. NLTK is given tokens: `tok:none` takes what stands
/// between white space. The default, `13a`, is that of Hugging Face's `google_bleu`.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, metrics::Gleu};
///
/// let references = References::single(&["The cat sat on the mat."]);
/// let score = Gleu::default().corpus(&["The cat sat on a mat."], &references)?;
/// assert_eq!(score.to_string(), "GLEU = 59.09");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Errors
///
/// No references.
///
/// # Complexity
///
/// Linear in the length of the texts for each reference.
///
/// # References
///
/// Wu et al., Google's Neural Machine Translation System, 2016, section 4.
#[derive(Clone, Debug)]
pub struct Gleu {
    words: Words,
}

impl Default for Gleu {
    fn default() -> Self {
        Gleu { words: Words::western(Case::Mixed) }
    }
}

impl Gleu {
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
        words::dialect(&mut reader, "gleu", &[("google", ())])?;
        let words = Words::western(Case::Mixed).read(&mut reader)?;
        reader.finish()?;
        Ok(Gleu { words })
    }
}

/// How many n-grams of orders 1 to 4 a text of this many words has.
fn ngrams(length: usize) -> u64 {
    (0..ORDER).map(|n| length.saturating_sub(n) as u64).sum()
}

/// One segment's references as GLEU sees them.
#[derive(Clone, Debug)]
pub struct GleuReference {
    vocabulary: Vocabulary,
    /// The n-grams of each reference, and their number.
    references: Vec<(Grams, u64)>,
}

/// GLEU's working memory.
#[derive(Debug, Default)]
pub struct GleuScratch {
    lower: String,
    tokens: Tokens,
    symbols: Vec<u32>,
    grams: GramScratch,
}

/// A GLEU score with its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GleuScore {
    /// 0 to 100.
    pub score: f64,
    /// N-grams of both sides.
    pub matches: u64,
    /// N-grams of the side that has more, segment by segment.
    pub ngrams: u64,
}

impl Score for GleuScore {
    fn name(&self) -> Cow<'_, str> {
        "GLEU".into()
    }

    fn value(&self) -> f64 {
        self.score
    }
}

impl fmt::Display for GleuScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

impl Metric for Gleu {
    type Reference = GleuReference;
    type Score = GleuScore;
    type Scratch = GleuScratch;

    fn name(&self) -> Cow<'_, str> {
        "GLEU".into()
    }

    fn columns(&self) -> Vec<Column> {
        vec![Column::count("matches"), Column::count("ngrams")]
    }

    fn signature(&self) -> Signature {
        self.words.sign(Signature::new("GLEU"))
    }

    fn prepare(&self, references: &[&str], scratch: &mut GleuScratch) -> Result<GleuReference> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let mut vocabulary = Vocabulary::default();
        let mut texts: Vec<Vec<u32>> = Vec::with_capacity(references.len());
        for reference in references {
            self.words.split(reference, &mut scratch.lower, &mut scratch.tokens);
            let mut words = Vec::new();
            vocabulary.insert_all(scratch.tokens.words(), &mut words);
            texts.push(words);
        }
        let counted = |words: &Vec<u32>| {
            let one = std::iter::once(words.as_slice());
            let grams = Grams::new(ORDER, vocabulary.len(), one, &mut scratch.grams);
            (grams, ngrams(words.len()))
        };
        let references = texts.iter().map(counted).collect();
        Ok(GleuReference { vocabulary, references })
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &GleuReference,
        scratch: &mut GleuScratch,
        row: &mut [u64],
    ) {
        let GleuScratch { lower, tokens, symbols, grams } = scratch;
        self.words.split(hypothesis, lower, tokens);
        reference.vocabulary.get_all(tokens.words(), symbols);
        let own = ngrams(symbols.len());
        row.fill(0);
        for (counted, theirs) in &reference.references {
            let mut matches = [0; ORDER];
            counted.matches(symbols, grams, &mut matches);
            let (matches, all) = (matches.iter().sum::<u64>(), own.max(*theirs));
            // Cross-multiplied: better than the best so far, which is 0/0 at first.
            let better =
                u128::from(matches) * u128::from(row[1]) > u128::from(row[0]) * u128::from(all);
            if all > 0 && (row[1] == 0 || better) {
                row.copy_from_slice(&[matches, all]);
            }
        }
    }

    fn score(&self, row: &[u64]) -> GleuScore {
        let [matches, ngrams] = [row[0], row[1]];
        let score = if ngrams == 0 { 0.0 } else { 100.0 * (matches as f64 / ngrams as f64) };
        GleuScore { score, matches, ngrams }
    }
}
