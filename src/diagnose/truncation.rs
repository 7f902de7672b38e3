//! The translation breaks off.
//!
//! # Definition
//!
//! The hypothesis ends in a comma, a dash, a function word or without a mark where source and reference end
//! in a mark, and it is shorter than they are (a logarithm, as for `omission`).
//!
//! # Measured
//!
//! Inside marked error spans 1.5 times as often as by chance. False alarms: 0.02 in 1,000 words.
//! (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::lexicon::is_function_word;
use super::omission::shortness;
use super::segment::Segment;
use super::view::{Kind, View, is_terminal};
use super::{Entry, Needs, Run, Threshold};

pub(super) const ENTRY: Entry = Entry {
    name: "truncation",
    summary: "the translation breaks off",
    needs: Needs::Either,
    severity: Severity::Critical,
    thresholds: &[Threshold {
        name: "shortness",
        default: 0.3,
        summary: "how short it must be besides",
    }],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, options: &Options, report: &mut Report<'_>) {
    let view = &segment.hypothesis;
    let Some(last) = view.tokens.last() else { return };
    let short = shortness(segment).is_some_and(|shortness| shortness >= options.threshold(0));
    if short && breaks_off(view) && segment.sides().all(|(_, other)| ends(other)) {
        let message = "the translation breaks off here".to_owned();
        report.add(Spans::hypothesis(last.span()), message);
    }
}

fn breaks_off(view: &View<'_>) -> bool {
    view.tokens.last().is_some_and(|last| match last.kind {
        Kind::Mark => matches!(view.of(last), "," | "，" | "、" | "،" | "-" | "–" | "—" | "("),
        Kind::Word => is_function_word(view.of(last)) || view.tokens.len() >= 4,
        Kind::Number => view.tokens.len() >= 4,
    })
}

fn ends(view: &View<'_>) -> bool {
    let close = |c: char| matches!(c, '"' | '”' | '“' | '»' | '」' | ')' | '）' | '’');
    view.text.trim_end().trim_end_matches(close).ends_with(is_terminal)
}
