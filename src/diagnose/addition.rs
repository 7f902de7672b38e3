//! Something was added that nobody said.
//!
//! # Definition
//!
//! With a reference: a run of words of the hypothesis, four of content at least, none of which the reference has, and
//! the hypothesis is longer than both texts by about as much. Without one, or for the whole segment: it is longer
//! than the threshold allows (a logarithm, as for `omission`).
//!
//! # Measured
//!
//! 2 of 12 planted faults: an addition shows only where the rest is close to the reference. False
//! alarms: 0.16 in 1,000 words. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::omission::{covered, shortness, uncovered};
use super::segment::Segment;
use super::view::{Kind, View};
use super::{Entry, Needs, Run, Threshold};

pub(super) const ENTRY: Entry = Entry {
    name: "addition",
    summary: "something was added that nobody said",
    needs: Needs::Either,
    severity: Severity::Major,
    thresholds: &[
        Threshold { name: "length", default: 0.7, summary: "how long the whole segment must be" },
        Threshold { name: "passage", default: 0.25, summary: "how long it must be for a passage" },
    ],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, options: &Options, report: &mut Report<'_>) {
    let Some(length) = shortness(segment).map(|shortness| -shortness) else { return };
    let Some((side, expected)) = segment.expected() else { return };
    if length >= options.threshold(0) {
        let share = 100.0 * segment.hypothesis.length / expected.length.max(1.0);
        let message = format!("something was added: {share:.0} % of the {}'s length", side.name());
        report.add(Spans::hypothesis(0..segment.hypothesis.text.len()), message);
    } else if length >= options.threshold(1) {
        passage(segment, report);
    }
}

fn passage(segment: &Segment<'_>, report: &mut Report<'_>) {
    let Some(reference) = &segment.reference else { return };
    let view = &segment.hypothesis;
    let run = uncovered(view, reference);
    let words = view.tokens[run.clone()].iter().filter(|token| token.kind != Kind::Mark).count();
    let least = if view.script.is_unspaced() { 8 } else { 5 };
    let span = view.span(run);
    let added = View::new(&view.text[span.clone()]).length;
    let surplus =
        view.length - reference.length.max(segment.source.as_ref().map_or(0.0, |view| view.length));
    if words >= least
        && added >= 0.5 * surplus
        && added <= 2.5 * surplus
        && covered(view, reference, &span) >= 0.65
    {
        let message = format!("\"{}\" is not in the reference", &view.text[span.clone()]);
        report.add_milder(Spans::hypothesis(span), message);
    }
}
