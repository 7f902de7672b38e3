//! A sentence that comes twice.
//!
//! # Definition
//!
//! A sentence of four words or more (ten characters in scripts without spaces), marks and case aside, that the
//! hypothesis has a second time, in the same segment or in another of the document, where neither the sources nor the
//! references of the two places share one.
//!
//! # Measured
//!
//! 12 of 12 planted faults. False alarms: 0.02 in 1,000 words. (`scripts/findings.py`)

use std::collections::HashMap;
use std::ops::Range;

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::segment::Segment;
use super::view::{Keyed, Keys, Kind, View};
use super::{Entry, Needs, Run};
use crate::text::vocabulary::mix;

pub(super) const ENTRY: Entry = Entry {
    name: "duplicate-sentence",
    summary: "a sentence that comes twice",
    needs: Needs::Hypothesis,
    severity: Severity::Major,
    thresholds: &[],
    run: Run::Document(check),
};

fn check(segments: &[Segment<'_>], _: &Options, report: &mut Report<'_>) {
    let mut seen: Keyed<u64, usize> = Keyed::default();
    let mut expected: HashMap<(usize, usize), bool> = HashMap::new();
    for (at, segment) in segments.iter().enumerate() {
        for (key, span) in sentences(&segment.hypothesis) {
            match seen.get(&key) {
                Some(first)
                    if !*expected
                        .entry((*first, at))
                        .or_insert_with(|| is_expected(&segments[*first], segment)) =>
                {
                    let there = segments[*first].number;
                    let message = match *first == at {
                        true => "this sentence stands in this segment twice".to_owned(),
                        false => format!("this sentence stands in segment {there} too"),
                    };
                    report.add_at(segment.number, Spans::hypothesis(span), message);
                }
                Some(_) => {}
                None => {
                    seen.insert(key, at);
                }
            }
        }
    }
}

/// Whether source or reference repeat a sentence too, or the two places share one.
fn is_expected(a: &Segment<'_>, b: &Segment<'_>) -> bool {
    let share = |a: &Option<View<'_>>, b: &Option<View<'_>>| match (a, b) {
        (Some(a), Some(b)) if std::ptr::eq(a, b) => {
            let mut seen = Keys::default();
            sentences(a).any(|(key, _)| !seen.insert(key))
        }
        (Some(a), Some(b)) => {
            a.text.trim() == b.text.trim() || {
                let seen: Keys = sentences(a).map(|(key, _)| key).collect();
                sentences(b).any(|(key, _)| seen.contains(&key))
            }
        }
        _ => false,
    };
    share(&a.source, &b.source) || share(&a.reference, &b.reference)
}

/// The keys of a text's sentences that are long enough, and where they stand.
fn sentences(view: &View<'_>) -> impl Iterator<Item = (u64, Range<usize>)> {
    let least = if view.script.is_unspaced() { 10 } else { 4 };
    view.sentences().into_iter().filter_map(move |tokens| {
        let words = view.tokens[tokens.clone()].iter().filter(|token| token.kind != Kind::Mark);
        let (count, key) =
            words.fold((0, 0), |(count, key), token| (count + 1, mix(key, token.key)));
        (count >= least).then(|| (key, view.span(tokens)))
    })
}
