//! A translation of something else.
//!
//! # Definition
//!
//! Six words of content or more, and the share of them that begin as a word of the reference or the source
//! does is at the threshold or below.
//!
//! # Measured
//!
//! On 1,708 German-English sentences of which 144 are labelled as hallucinated in whole or in good
//! part: precision 0.69, recall 0.19. False alarms: none in 360,000 words. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::omission::is_supported;
use super::segment::Segment;
use super::{Entry, Needs, Run, Threshold};

pub(super) const ENTRY: Entry = Entry {
    name: "unrelated",
    summary: "a translation of something else",
    needs: Needs::Both,
    severity: Severity::Critical,
    thresholds: &[Threshold {
        name: "support",
        default: 0.0,
        summary: "the share of words that the texts have",
    }],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, options: &Options, report: &mut Report<'_>) {
    let view = &segment.hypothesis;
    let alike = view.script.has_case()
        && segment.reference.as_ref().is_some_and(|other| other.script == view.script);
    let content = view.words().filter(|token| token.length > 3).count();
    if alike
        && segment.source.is_some()
        && content >= 6
        && !view.script.is_unspaced()
        && !is_supported(segment, options.threshold(0))
    {
        let message =
            "no word of the reference is here: a translation of something else".to_owned();
        report.add(Spans::hypothesis(0..view.text.len()), message);
    }
}
