//! How much of each article the other has, what is missing and added, and whether the order was kept.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Alignment, Article};

/// How much of one article is linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// Sentences in links.
    pub covered_sentences: usize,
    /// All sentences.
    pub sentences: usize,
    /// Characters (code points) of the sentences in links.
    pub covered_characters: usize,
    /// Characters of all sentences.
    pub characters: usize,
}

impl Covered {
    /// The part of the characters that is linked, from 0 to 1; 1 for an article without any.
    pub fn share(&self) -> f64 {
        match self.characters {
            0 => 1.0,
            all => self.covered_characters as f64 / all as f64,
        }
    }
}

/// How much of two articles is linked, and in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Of the hypothesis.
    pub hypothesis: Covered,
    /// Of the reference.
    pub reference: Covered,
    /// Kendall's tau of the links: 1 when both articles have them in the same order, -1 when the
    /// order is reversed; nothing when there are fewer than two.
    pub order: Option<f64>,
    /// Whether the texts belong together: at least a quarter of the characters of one of them is
    /// linked. A summary, or one chapter against a book, belongs; a text about something else doesn't.
    pub related: bool,
}

/// A run of sentences without a counterpart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The numbers of its sentences.
    pub sentences: Range<usize>,
    /// Its bytes in its article's text.
    pub span: Range<usize>,
    /// Its text.
    pub text: String,
}

/// The share of one text that must be linked for two texts to belong together.
const RELATED: f64 = 0.25;

impl Alignment {
    /// How much of both articles is linked, and in which order.
    ///
    /// ```
    /// use bleuprint::article::Article;
    ///
    /// let hypothesis = Article::new("The dyke held. The river fell on Tuesday.");
    /// let reference = Article::new("On Tuesday, the river fell. The dyke held. Nobody was hurt.");
    /// let coverage = hypothesis.align(&reference).coverage();
    /// assert_eq!(coverage.hypothesis.share(), 1.0);
    /// assert_eq!(coverage.reference.covered_sentences, 2);
    /// assert_eq!(coverage.order, Some(-1.0));
    /// assert!(coverage.related);
    /// ```
    pub fn coverage(&self) -> Coverage {
        let hypothesis = covered(self.hypothesis(), self.links().map(|bead| &bead.hypothesis));
        let reference = covered(self.reference(), self.links().map(|bead| &bead.reference));
        let linked = hypothesis.covered_sentences > 0;
        let none = hypothesis.sentences == 0 && reference.sentences == 0;
        let related =
            none || linked && (hypothesis.share() >= RELATED || reference.share() >= RELATED);
        Coverage { hypothesis, reference, order: self.order(), related }
    }

    /// Runs of reference sentences that no hypothesis sentence stands for.
    pub fn missing(&self) -> Vec<Passage> {
        passages(self.reference(), self.links().map(|bead| &bead.reference))
    }

    /// Runs of hypothesis sentences that stand for no reference sentence.
    pub fn added(&self) -> Vec<Passage> {
        passages(self.hypothesis(), self.links().map(|bead| &bead.hypothesis))
    }

    /// Kendall's tau of the links in both orders.
    fn order(&self) -> Option<f64> {
        let mut links: Vec<(usize, usize)> =
            self.links().map(|bead| (bead.hypothesis.start, bead.reference.start)).collect();
        links.sort_unstable();
        let mut order: Vec<usize> = links.into_iter().map(|(_, reference)| reference).collect();
        let pairs = order.len() * order.len().saturating_sub(1) / 2;
        let turned = inversions(&mut order);
        (pairs > 0).then(|| 1.0 - 2.0 * turned as f64 / pairs as f64)
    }
}

/// Sorts, and counts the pairs that stood in the wrong order.
fn inversions(order: &mut [usize]) -> usize {
    if order.len() < 2 {
        return 0;
    }
    let (left, right) = order.split_at_mut(order.len() / 2);
    let mut count = inversions(left) + inversions(right);
    let mut at = 0;
    for value in right.iter() {
        at += left[at..].partition_point(|other| other <= value);
        count += left.len() - at;
    }
    order.sort_unstable();
    count
}

fn covered<'a>(article: &Article, links: impl Iterator<Item = &'a Range<usize>>) -> Covered {
    let characters = |number: usize| article.sentence(number).chars().count();
    let mut covered = Covered {
        sentences: article.sentences().len(),
        characters: (0..article.sentences().len()).map(characters).sum(),
        ..Covered::default()
    };
    for number in links.cloned().flatten() {
        covered.covered_sentences += 1;
        covered.covered_characters += characters(number);
    }
    covered
}

fn passages<'a>(article: &Article, links: impl Iterator<Item = &'a Range<usize>>) -> Vec<Passage> {
    let mut links: Vec<Range<usize>> = links.cloned().collect();
    links.sort_unstable_by_key(|range| range.start);
    let mut passages = Vec::new();
    let mut start = 0;
    let end = article.sentences().len();
    for link in links.into_iter().chain(std::iter::once(end..end)) {
        if start < link.start {
            let sentences = &article.sentences()[start..link.start];
            let span = sentences[0].span.start..sentences[sentences.len() - 1].span.end;
            let text = article.text()[span.clone()].to_owned();
            passages.push(Passage { sentences: start..link.start, span, text });
        }
        start = link.end;
    }
    passages
}
