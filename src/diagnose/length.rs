//! A length that no translation has.
//!
//! # Definition
//!
//! The hypothesis' length in Latin characters is outside a band about the source's and the reference's; both
//! must be outside on the same side, and the longer one has 20 characters at least.
//!
//! # Measured
//!
//! False alarms: 0.02 in 1,000 words. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::segment::Segment;
use super::{Entry, Needs, Run, Threshold};

pub(super) const ENTRY: Entry = Entry {
    name: "length",
    summary: "a length that no translation has",
    needs: Needs::Either,
    severity: Severity::Minor,
    thresholds: &[
        Threshold { name: "least", default: 0.4, summary: "the least ratio of lengths" },
        Threshold { name: "most", default: 2.5, summary: "the greatest ratio of lengths" },
    ],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, options: &Options, report: &mut Report<'_>) {
    let ours = segment.hypothesis.length;
    let Some((side, expected)) = segment.expected() else { return };
    if segment.hypothesis.is_blank() {
        return;
    }
    let out = |beyond: fn(f64, f64) -> bool, limit: f64| {
        segment.sides().all(|(_, view)| {
            ours.max(view.length) >= 20.0
                && !view.is_blank()
                && beyond(ours / view.length.max(1.0), limit)
        })
    };
    let short = out(|ratio, limit| ratio < limit, options.threshold(0));
    if short || out(|ratio, limit| ratio > limit, options.threshold(1)) {
        let ratio = ours / expected.length.max(1.0);
        let band = format!("{} to {}", options.threshold(0), options.threshold(1));
        let message =
            format!("{ratio:.1} times as long as the {}: {band} was expected", side.name());
        report.add(Spans::hypothesis(0..segment.hypothesis.text.len()), message);
    }
}
