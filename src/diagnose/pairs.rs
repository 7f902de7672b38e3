//! Marks in pairs that stand within each other: what brackets and quotation marks have in common.

use std::ops::Range;

use super::segment::Segment;

/// Pairs within each other that are looked at.
const DEEPEST: usize = 16;

/// A mark without its partner.
#[derive(Debug)]
pub(super) struct Loose {
    pub(super) span: Range<usize>,
    /// What was expected, if the mark opens.
    pub(super) partner: Option<char>,
}

/// The marks of a text so far.
#[derive(Default)]
pub(super) struct Pairs {
    /// What is open, and what closes it.
    open: Vec<(Range<usize>, char)>,
    loose: Vec<Loose>,
}

impl Pairs {
    /// A mark that `partner` closes.
    pub(super) fn open(&mut self, span: Range<usize>, partner: char) {
        self.open.push((span, partner));
    }

    /// What closes the innermost that is open.
    pub(super) fn innermost(&self) -> Option<char> {
        self.open.last().map(|(_, partner)| *partner)
    }

    /// Whether something is open that this closes.
    pub(super) fn expects(&self, closes: impl Fn(char) -> bool) -> bool {
        self.opener(closes).is_some()
    }

    /// Closes the innermost that this closes, and says whether there was one; what was opened within and never closed
    /// is loose.
    pub(super) fn close(&mut self, closes: impl Fn(char) -> bool) -> bool {
        let opener = self.opener(closes);
        if let Some(at) = opener {
            self.loose.extend(self.open.drain(at..).skip(1).map(unclosed));
        }
        opener.is_some()
    }

    /// A mark that closes nothing.
    pub(super) fn stray(&mut self, span: Range<usize>) {
        self.loose.push(Loose { span, partner: None });
    }

    /// The marks without a partner, those at the end of the text that are open and `counts` among them.
    pub(super) fn finish(mut self, counts: impl Fn(&Range<usize>) -> bool) -> Vec<Loose> {
        let open = self.open.into_iter().filter(|(span, _)| counts(span));
        self.loose.extend(open.map(unclosed));
        self.loose
    }

    fn opener(&self, closes: impl Fn(char) -> bool) -> Option<usize> {
        let mut inner = self.open.iter().enumerate().rev().take(DEEPEST);
        inner.find(|(_, (_, partner))| closes(*partner)).map(|(at, _)| at)
    }
}

fn unclosed((span, partner): (Range<usize>, char)) -> Loose {
    Loose { span, partner: Some(partner) }
}

/// The loose marks of a hypothesis; none where the reference or the source has some, too.
pub(super) fn of_hypothesis(
    segment: &Segment<'_>,
    loose: impl Fn(&str) -> Vec<Loose>,
) -> Vec<Loose> {
    let ours = loose(segment.hypothesis.text);
    let theirs = || segment.sides().any(|(_, view)| !loose(view.text).is_empty());
    if ours.is_empty() || theirs() { Vec::new() } else { ours }
}
