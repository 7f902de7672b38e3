//! The source, not its translation.
//!
//! # Definition
//!
//! Nine tenths of the hypothesis' words stand in the source in the same order and number, there are five
//! or more of them, three with small letters, and the reference, if there is one, is not as close to the source.
//!
//! # Measured
//!
//! False alarms: none in 360,000 words. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Side, Spans};
use super::segment::Segment;
use super::view::{Bag, Kind, Shape, View};
use super::{Entry, Needs, Run, Threshold};

pub(super) const ENTRY: Entry = Entry {
    name: "copied-source",
    summary: "the source, not its translation",
    needs: Needs::Source,
    severity: Severity::Critical,
    thresholds: &[Threshold {
        name: "share",
        default: 0.9,
        summary: "the share of words that are the source's",
    }],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, options: &Options, report: &mut Report<'_>) {
    let Some(source) = &segment.source else { return };
    let view = &segment.hypothesis;
    let known = view.words().filter(|token| segment.bags.source.contains_key(&token.key)).count();
    // No more than these can be in the source each as often.
    if source.script != view.script
        || (known as f64) < options.threshold(0) * view.words().count() as f64
    {
        return;
    }
    let words = view.words().filter(|token| token.kind == Kind::Word && view.is_plain(token));
    let plain =
        words.clone().filter(|token| matches!(token.shape, Shape::Lower | Shape::Caseless)).count();
    let least = if view.script.is_unspaced() { 12 } else { 5 };
    if words.count() < least || plain < 3 {
        return;
    }
    let share = overlap(view, &segment.bags.source);
    let reference =
        segment.reference.as_ref().map_or(0.0, |view| overlap(view, &segment.bags.source));
    if share >= options.threshold(0) && reference < share - 0.2 {
        let message = "this is the source, not a translation".to_owned();
        report.add(
            Spans::hypothesis(view.span(0..view.tokens.len()))
                .and(Side::Source, 0..source.text.len()),
            message,
        );
    }
}

/// The share of words that the source has, each as often.
fn overlap(view: &View<'_>, source: &Bag) -> f64 {
    let mut left = source.clone();
    let mut shared = 0;
    let mut all = 0;
    for token in view.words() {
        all += 1;
        if let Some(count) = left.get_mut(&token.key).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    f64::from(shared) / f64::from(all.max(1))
}
