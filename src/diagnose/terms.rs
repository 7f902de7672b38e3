//! Terms of the user's list that are translated otherwise.
//!
//! # Definition
//!
//! The source has a term of the list as whole words, case and accents aside, and the hypothesis has none of
//! its translations; a word of a translation may have up to three more letters at its end (forms of the word).

use super::finding::{Report, Severity, Side, Spans};
use super::segment::Segment;
use super::view::{Token, View, fold};
use super::{Config, Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "term",
    summary: "terms of a list that are translated otherwise",
    needs: Needs::List,
    severity: Severity::Major,
    thresholds: &[],
    run: Run::Listed(check),
};

fn check(segment: &Segment<'_>, config: &Config, report: &mut Report<'_>) {
    let Some(source) = &segment.source else { return };
    for term in &config.terms {
        let Some(span) = find(source, &term.source, 0) else { continue };
        let mut targets = term.target.split('|');
        if !targets.any(|target| find(&segment.hypothesis, target, 3).is_some()) {
            let message = format!("{} must be {}", term.source, term.target);
            report.add(Spans::default().and(Side::Source, span), message);
        }
    }
}

/// Where a text has the words of a phrase, each with at most `more` letters behind it.
pub(super) fn find(view: &View<'_>, phrase: &str, more: usize) -> Option<std::ops::Range<usize>> {
    let phrase = View::new(phrase.trim());
    let first = phrase.tokens.first()?;
    let same = |ours: &Token, theirs: &Token| {
        ours.key == theirs.key || more > 0 && begins(view.of(ours), phrase.of(theirs), more)
    };
    let window = phrase.tokens.len();
    let candidates = view.tokens.windows(window).filter(|tokens| same(&tokens[0], first));
    let found = candidates
        .into_iter()
        .find(|tokens| tokens.iter().zip(&phrase.tokens).all(|(a, b)| same(a, b)))?;
    Some(found[0].start..found[window - 1].end)
}

fn begins(word: &str, start: &str, more: usize) -> bool {
    let (word, start) = (fold(word), fold(start));
    word.strip_prefix(start.as_str()).is_some_and(|rest| rest.chars().count() <= more)
}
