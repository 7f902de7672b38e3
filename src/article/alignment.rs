//! What an alignment is: beads, and the two articles that they link.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Article, align::align, source::attach};
use crate::error::{Error, Result};

/// A group of neighbouring hypothesis sentences and the group of reference sentences that says the same.
///
/// One side may be empty: a sentence that was added (`1-0`) or is missing (`0-1`). The empty range
/// then says where it would stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bead {
    /// Numbers of hypothesis sentences, at most four.
    pub hypothesis: Range<usize>,
    /// Numbers of reference sentences, at most four.
    pub reference: Range<usize>,
    /// Numbers of the source sentences that it translates, where a source was given
    /// ([`Alignment::with_source`]). Two beads share a source sentence of which each translates a part.
    #[serde(default)]
    pub source: Range<usize>,
    /// Whether the order of the two texts differs here: the bead is outside the chain of beads in
    /// order that is worth most.
    pub moved: bool,
    /// How alike the two sides are, from 0 to 1; 0 when one is empty.
    pub similarity: f64,
    /// How sure the bead is, from 0 to 1: a link is surer the more alike its sides are and the less its
    /// sentences share with others; a null bead is surer the less its sentence shares with any.
    pub confidence: f64,
}

impl Bead {
    /// Whether both sides have sentences.
    pub fn is_linked(&self) -> bool {
        !self.hypothesis.is_empty() && !self.reference.is_empty()
    }

    /// The numbers of sentences: `1-1`, `2-1`, `0-1`.
    pub fn kind(&self) -> String {
        format!("{}-{}", self.hypothesis.len(), self.reference.len())
    }
}

/// Two articles and the beads that link them.
///
/// Each sentence of either article is in exactly one bead. Beads are in the order of the hypothesis; what is
/// missing stands behind the bead of the reference sentence before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Alignment {
    pub(super) hypothesis: Article,
    pub(super) reference: Article,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<Article>,
    pub(super) beads: Vec<Bead>,
}

/// An alignment as it is read, before it is checked.
#[derive(Deserialize)]
struct Parts {
    hypothesis: Article,
    reference: Article,
    #[serde(default)]
    source: Option<Article>,
    beads: Vec<Bead>,
}

impl TryFrom<Parts> for Alignment {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let sentences = parts.source.as_ref().map_or(0, |source| source.sentences().len());
        if parts
            .beads
            .iter()
            .any(|bead| bead.source.start > bead.source.end || bead.source.end > sentences)
        {
            return Err(Error::config("a bead names a source sentence that doesn't exist"));
        }
        let source = parts.source;
        let alignment = Alignment::with_beads(parts.hypothesis, parts.reference, parts.beads)?;
        Ok(Alignment { source, ..alignment })
    }
}

impl Alignment {
    /// Aligns two articles.
    ///
    /// Sentences that turn out to be glued from several (a heading and its lead, lines without a stop that were
    /// joined) are cut, so that [`hypothesis`](Alignment::hypothesis) and [`reference`](Alignment::reference)
    /// can have more sentences than the articles that were given; the texts are the same.
    pub fn new(hypothesis: Article, reference: Article) -> Self {
        let (hypothesis, reference, beads) = align(hypothesis, reference);
        Alignment { hypothesis, reference, source: None, beads }
    }

    /// The alignment with the source's sentences: each bead says which it translates.
    ///
    /// The source is aligned with the reference, in order, by lengths, numbers, names and paragraphs; a sentence that
    /// only the hypothesis has gets the source that the reference left out.
    ///
    /// ```
    /// use bleuprint::article::Article;
    ///
    /// let source = Article::new("Der Kran stürzte um 7 Uhr um. Niemand wurde verletzt. Der Hafen blieb elf Tage zu.");
    /// let reference = Article::new("The crane fell at 7. Nobody was hurt. The port was shut for eleven days.");
    /// let hypothesis = Article::new("The crane fell at 7 and nobody was hurt. The port shut for eleven days.");
    /// let alignment = hypothesis.align(&reference).with_source(source);
    /// assert_eq!(alignment.beads()[0].source, 0..2);
    /// assert_eq!(alignment.beads()[1].source, 2..3);
    /// ```
    ///
    /// # Complexity
    ///
    /// Linear in the texts: the table is a band of constant width around their diagonal.
    pub fn with_source(mut self, source: Article) -> Self {
        self.source = Some(source);
        attach(&mut self);
        self
    }

    /// An alignment whose beads are known, by hand or from another aligner.
    ///
    /// # Errors
    ///
    /// A sentence that is in no bead, in two, or doesn't exist.
    pub fn with_beads(hypothesis: Article, reference: Article, beads: Vec<Bead>) -> Result<Self> {
        let sides = [
            (&hypothesis, beads.iter().map(|bead| bead.hypothesis.clone()).collect::<Vec<_>>()),
            (&reference, beads.iter().map(|bead| bead.reference.clone()).collect()),
        ];
        for (article, ranges) in sides {
            let mut numbers: Vec<usize> = ranges.into_iter().flatten().collect();
            numbers.sort_unstable();
            if !numbers.iter().copied().eq(0..article.sentences().len()) {
                return Err(Error::config(
                    "each sentence of either article must be in exactly one bead",
                ));
            }
        }
        Ok(Alignment { hypothesis, reference, source: None, beads })
    }

    /// The hypothesis.
    pub fn hypothesis(&self) -> &Article {
        &self.hypothesis
    }

    /// The reference.
    pub fn reference(&self) -> &Article {
        &self.reference
    }

    /// The source, where it was given.
    pub fn source(&self) -> Option<&Article> {
        self.source.as_ref()
    }

    /// The beads, in the order of the hypothesis.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// The beads with sentences on both sides.
    pub fn links(&self) -> impl Iterator<Item = &Bead> {
        self.beads.iter().filter(|bead| bead.is_linked())
    }

    /// The hypothesis text of a bead: its sentences with a space between them.
    pub fn hypothesis_text(&self, bead: &Bead) -> String {
        joined(&self.hypothesis, bead.hypothesis.clone())
    }

    /// The source text of a bead: its sentences with a space between them; nothing without a source.
    pub fn source_text(&self, bead: &Bead) -> Option<String> {
        Some(joined(self.source.as_ref()?, bead.source.clone()))
    }

    /// The reference text of a bead: its sentences with a space between them.
    pub fn reference_text(&self, bead: &Bead) -> String {
        joined(&self.reference, bead.reference.clone())
    }
}

/// Sentences as one text. Between sentences that nothing parts in the article nothing is put.
pub(super) fn joined(article: &Article, sentences: impl IntoIterator<Item = usize>) -> String {
    let mut text = String::new();
    let mut end = None;
    for number in sentences {
        let span = &article.sentences()[number].span;
        if end.is_some_and(|end| end != span.start) {
            text.push(' ');
        }
        text.push_str(article.sentence(number));
        end = Some(span.end);
    }
    text
}
