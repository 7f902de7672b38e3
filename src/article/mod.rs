//! Articles: two texts whose sentences don't line up, aligned and compared as a person would.
//!
//! A machine (a language model above all) merges sentences, splits them, drops one, repeats one and moves
//! one. Line by line nothing fits any more, and every line-based score is noise. Here a text is an [`Article`] of
//! [sentences](Sentence); [`Article::align`] says which sentences of the hypothesis stand for which of the
//! reference (the [beads](Bead)), what is missing and what was added ([`Coverage`]); and every metric of the
//! library scores the beads or the articles ([`Alignment::score`]).
//!
//! ```
//! use bleuprint::Chrf;
//! use bleuprint::article::Article;
//!
//! let hypothesis = Article::new("The crane fell at dawn. Nobody was hurt. The port shut for eleven days.");
//! let reference = Article::new("At dawn, the crane fell and nobody was hurt. A probe began. The port was shut for 11 days.");
//! let alignment = hypothesis.align(&reference);
//!
//! let kinds: Vec<String> = alignment.beads().iter().map(|bead| bead.kind()).collect();
//! assert_eq!(kinds, ["2-1", "0-1", "1-1"]);
//! assert_eq!(alignment.missing()[0].text, "A probe began.");
//! let score = alignment.score(&Chrf::default())?;
//! assert_eq!(score.signature.get("agg"), Some("bead"));
//! # Ok::<(), bleuprint::Error>(())
//! ```

mod abbreviations;
mod absorbed;
mod align;
mod alignment;
mod anchors;
mod beads;
mod chain;
mod coverage;
mod edges;
mod glued;
mod resegment;
mod score;
mod sentences;
mod similarity;
mod source;

pub use alignment::{Alignment, Bead};
pub use coverage::{Coverage, Covered, Passage};
pub use resegment::{Unit, resegment};
pub use score::{ArticleScore, Over, documents, score_all};
pub use sentences::{Sentence, sentences};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A text and its sentences.
///
/// ```
/// use bleuprint::article::Article;
///
/// let article = Article::new("A heading\nIt rained. The river rose.");
/// assert_eq!(article.sentences().len(), 3);
/// assert_eq!(article.sentence(2), "The river rose.");
/// assert_eq!(article.sentences()[2].paragraph, 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Article {
    text: String,
    sentences: Vec<Sentence>,
}

/// An article as it is read, before its spans are checked.
#[derive(Deserialize)]
struct Parts {
    text: String,
    sentences: Vec<Sentence>,
}

impl TryFrom<Parts> for Article {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Article::with_sentences(parts.text, parts.sentences)
    }
}

impl Article {
    /// An article with the sentences that [`sentences()`] finds.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Article { sentences: sentences(&text), text }
    }

    /// An article whose sentences are known.
    ///
    /// # Errors
    ///
    /// A span that is empty, leaves the text, cuts a character, or starts before the one before it ends.
    pub fn with_sentences(text: impl Into<String>, sentences: Vec<Sentence>) -> Result<Self> {
        let text = text.into();
        let mut end = 0;
        for (number, Sentence { span, .. }) in sentences.iter().enumerate() {
            if span.start < end || span.is_empty() || text.get(span.clone()).is_none() {
                return Err(Error::config(format!(
                    "sentence {number} has bytes {} to {} in a text of {}: sentences are ascending parts \
                     of the text, whole characters, never empty",
                    span.start,
                    span.end,
                    text.len()
                )));
            }
            end = span.end;
        }
        Ok(Article { text, sentences })
    }

    /// The text, as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The sentences in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The text of one sentence.
    ///
    /// # Panics
    ///
    /// When there is no such sentence, as a slice does.
    pub fn sentence(&self, number: usize) -> &str {
        &self.text[self.sentences[number].span.clone()]
    }

    /// Which sentences of this article, the hypothesis, stand for which of the reference.
    ///
    /// # Complexity
    ///
    /// O(n log n) in the length of the texts for texts that have something to do with each other; memory is
    /// linear.
    pub fn align(&self, reference: &Article) -> Alignment {
        Alignment::new(self.clone(), reference.clone())
    }
}
