//! A segment as checks get it: its texts, and which words of one the other has too.

use super::finding::Side;
use super::view::{Bag, Token, View, fold, key};

/// The texts of one segment, or of one bead of two aligned articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Input<'t> {
    /// The translation.
    pub hypothesis: &'t str,
    /// A human translation of the same.
    pub reference: Option<&'t str>,
    /// What was translated.
    pub source: Option<&'t str>,
}

/// The languages of a text, where they are known: ISO 639 codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Languages {
    pub(crate) target: Option<String>,
}

impl Languages {
    /// The main code of the target language.
    pub(crate) fn target(&self) -> &str {
        let code = self.target.as_deref().unwrap_or_default();
        code.split(['-', '_']).next().unwrap_or_default()
    }
}

/// One segment, read once for all checks.
#[derive(Debug)]
pub(crate) struct Segment<'t> {
    pub(crate) number: usize,
    pub(crate) languages: &'t Languages,
    pub(crate) hypothesis: View<'t>,
    pub(crate) reference: Option<View<'t>>,
    pub(crate) source: Option<View<'t>>,
    /// The words of each text, counted.
    pub(crate) bags: Bags,
}

/// The words of each text, counted; empty where there is no text.
#[derive(Debug, Default)]
pub(crate) struct Bags {
    pub(crate) hypothesis: Bag,
    pub(crate) reference: Bag,
    pub(crate) source: Bag,
}

impl<'t> Segment<'t> {
    pub(crate) fn new(number: usize, input: &Input<'t>, languages: &'t Languages) -> Self {
        let hypothesis = View::new(input.hypothesis);
        let reference = input.reference.map(View::new);
        let source = input.source.map(View::new);
        let bags = Bags {
            hypothesis: hypothesis.bag(),
            reference: reference.as_ref().map(View::bag).unwrap_or_default(),
            source: source.as_ref().map(View::bag).unwrap_or_default(),
        };
        Segment { number, languages, hypothesis, reference, source, bags }
    }

    /// The texts to check against, the reference first.
    pub(crate) fn sides(&self) -> impl Iterator<Item = (Side, &View<'t>)> + Clone {
        let reference = self.reference.iter().map(|view| (Side::Reference, view));
        reference.chain(self.source.iter().map(|view| (Side::Source, view)))
    }

    /// The reference, or the source if there is none.
    pub(crate) fn expected(&self) -> Option<(Side, &View<'t>)> {
        self.sides().next()
    }

    /// Whether the reference or the source has the word.
    pub(crate) fn is_expected(&self, key: u64) -> bool {
        self.bags.reference.contains_key(&key) || self.bags.source.contains_key(&key)
    }

    /// Whether source and hypothesis are in one script, so that words can be the same.
    pub(crate) fn one_script(&self) -> bool {
        self.source.as_ref().is_some_and(|source| source.script == self.hypothesis.script)
    }
}

/// The token that is most of a word's stem: what words share that are forms of one word.
pub(crate) fn stem(view: &View<'_>, token: &Token) -> u64 {
    if token.length < 6 || token.script.is_unspaced() {
        return token.key;
    }
    let folded = fold(view.of(token));
    let keep = (token.length as usize - 2).clamp(4, 6);
    let end = folded.char_indices().nth(keep).map_or(folded.len(), |(at, _)| at);
    key(&folded[..end])
}
