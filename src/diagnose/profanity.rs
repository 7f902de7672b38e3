//! Words of the user's list that must not occur.
//!
//! # Definition
//!
//! The hypothesis has a word or phrase of the list as whole words, case and accents aside, and the reference
//! hasn't.

use super::finding::{Report, Severity, Spans};
use super::segment::Segment;
use super::terms::find;
use super::{Config, Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "profanity",
    summary: "words of a list that must not occur",
    needs: Needs::List,
    severity: Severity::Major,
    thresholds: &[],
    run: Run::Listed(check),
};

fn check(segment: &Segment<'_>, config: &Config, report: &mut Report<'_>) {
    for word in &config.profanity {
        let Some(span) = find(&segment.hypothesis, word, 0) else { continue };
        let expected = segment.reference.as_ref().is_some_and(|view| find(view, word, 0).is_some());
        if !expected {
            report.add(Spans::hypothesis(span), format!("{word} is on the list of words to avoid"));
        }
    }
}
