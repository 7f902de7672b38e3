//! What an alignment is: beads, and the two articles that they link.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Article, align::align};
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
    hypothesis: Article,
    reference: Article,
    beads: Vec<Bead>,
}

/// An alignment as it is read, before it is checked.
#[derive(Deserialize)]
struct Parts {
    hypothesis: Article,
    reference: Article,
    beads: Vec<Bead>,
}

impl TryFrom<Parts> for Alignment {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Alignment::with_beads(parts.hypothesis, parts.reference, parts.beads)
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
        Alignment { hypothesis, reference, beads }
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
        Ok(Alignment { hypothesis, reference, beads })
    }

    /// The hypothesis.
    pub fn hypothesis(&self) -> &Article {
        &self.hypothesis
    }

    /// The reference.
    pub fn reference(&self) -> &Article {
        &self.reference
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
