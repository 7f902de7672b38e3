//! Nothing where something was expected.
//!
//! # Definition
//!
//! The hypothesis has no word, number or mark, and the source or the reference has a word or a number.

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::segment::Segment;
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "empty",
    summary: "nothing where something was expected",
    needs: Needs::Hypothesis,
    severity: Severity::Critical,
    thresholds: &[],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, _: &Options, report: &mut Report<'_>) {
    let mut sides = segment.sides().peekable();
    let asked = sides.peek().is_some();
    if segment.hypothesis.is_blank()
        && (!asked || sides.any(|(_, view)| view.words().next().is_some()))
    {
        report.add(Spans::hypothesis(0..0), "the translation is empty".to_owned());
    }
}
