//! Words of the source left as they were, in the same script.
//!
//! # Definition
//!
//! A word of four letters or more that source and hypothesis have and the reference hasn't, unless it looks like
//! a name (a capital in the source inside a sentence), which may stay; in German, where nouns have capitals
//! too, a capital says nothing and the word must not be the beginning of one of the reference. Other scripts
//! are `wrong-script`'s business.
//!
//! # Measured
//!
//! Together with `wrong_script` 21 of 27 planted faults. Inside marked error spans 1.7 times as
//! often as by chance (42 %). False alarms: 0.03 in 1,000 words. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Side, Spans};
use super::lexicon::{Tongue, is_function_word, tongue};
use super::segment::Segment;
use super::view::{Shape, View, fold};
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "untranslated",
    summary: "words of the source left as they were",
    needs: Needs::Both,
    severity: Severity::Major,
    thresholds: &[],
    run: Run::Segment(check),
};

/// Words of a segment that are looked up in the other texts at most.
const LIMIT: usize = 100;

fn check(segment: &Segment<'_>, _: &Options, report: &mut Report<'_>) {
    let (Some(source), Some(reference)) = (&segment.source, &segment.reference) else { return };
    if !segment.one_script()
        || reference.script != source.script
        || source.text.trim() == reference.text.trim()
    {
        return;
    }
    let nouns = tongue(source, "") == Tongue::German;
    let view = &segment.hypothesis;
    let suspects = view.words().filter(|token| {
        token.is_word()
            && token.length >= 5
            && token.shape != Shape::Upper
            && token.shape != Shape::Mixed
            && segment.bags.source.contains_key(&token.key)
            && !segment.bags.reference.contains_key(&token.key)
            && !is_function_word(view.of(token))
    });
    for token in suspects.take(LIMIT) {
        let Some(there) = source.words().find(|other| other.key == token.key) else { continue };
        let name = there.is_capital() && !nouns;
        let same = source.of(there) == view.of(token);
        if same && !name && view.is_plain(token) && !is_cognate(view.of(token), reference) {
            let message = format!("{} is left as it is in the source", view.of(token));
            report.add(Spans::hypothesis(token.span()).and(Side::Source, there.span()), message);
        }
    }
}

/// The reference has a word that begins so.
fn is_cognate(word: &str, reference: &View<'_>) -> bool {
    let start: String = fold(word).chars().take(4).collect();
    reference.words().take(2000).any(|token| fold(reference.of(token)).starts_with(&start))
}
