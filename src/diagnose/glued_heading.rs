//! A heading that runs into the sentence behind it.
//!
//! # Definition
//!
//! In beads of an article, where source or reference have a line break behind a line without a stop and the
//! hypothesis has none. In single lines: a function word of the language with a capital in the middle of a
//! line, behind a word with a small letter and before one that begins a sentence (`accident The port of ...`).
//!
//! # Measured
//!
//! 11 of 12 planted faults, over beads. False alarms: 0.01 in 1,000 words. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Side, Spans};
use super::segment::Segment;
use super::view::{Kind, Shape, View, is_terminal};
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "glued-heading",
    summary: "a heading that runs into its text",
    needs: Needs::Hypothesis,
    severity: Severity::Minor,
    thresholds: &[],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, _: &Options, report: &mut Report<'_>) {
    let view = &segment.hypothesis;
    if view.text.trim().contains('\n') {
        return;
    }
    let heading = segment.sides().find_map(|(side, other)| Some((side, heading(other)?)));
    if let Some((side, end)) = heading {
        let place = joint(segment, side, end);
        let message = format!("the {} breaks the line here, behind its heading", side.name());
        report.add(Spans::hypothesis(place).and(side, end..end + 1), message);
    } else if let Some(place) = sentence_start(view) {
        let known = segment.sides().any(|(_, other)| sentence_start(other).is_some());
        if !known {
            let message = "a sentence begins here without an end before it".to_owned();
            report.add(Spans::hypothesis(place), message);
        }
    }
}

/// Where a first line without a stop ends.
fn heading(view: &View<'_>) -> Option<usize> {
    let (first, rest) = view.text.split_once('\n')?;
    let open = !first.trim_end().is_empty() && !first.trim_end().ends_with(is_terminal);
    (open && !rest.trim().is_empty()).then_some(first.len())
}

/// Where the hypothesis should break: at the word that follows the heading in the reference, else at the
/// share of the text that the heading has there.
fn joint(segment: &Segment<'_>, side: Side, end: usize) -> std::ops::Range<usize> {
    let view = &segment.hypothesis;
    let other = segment.sides().find(|(s, _)| *s == side).map(|(_, view)| view);
    let share = other.map_or(0.0, |other| end as f64 / other.text.len().max(1) as f64);
    let guess = share * view.text.len() as f64;
    let distance = |at: usize| (at as f64 - guess).abs();
    let starts = view.tokens.windows(2).filter(|pair| {
        pair[1].is_capital() || view.script.is_unspaced() || !view.script.has_case()
    });
    let nearest = starts
        .map(|pair| pair[0].start..pair[1].end)
        .min_by(|a, b| distance(a.end).total_cmp(&distance(b.end)));
    nearest.unwrap_or(0..0)
}

/// A word that begins sentences, in the middle of one: "accident The port".
fn sentence_start(view: &View<'_>) -> Option<std::ops::Range<usize>> {
    let words = view.tokens.windows(3).find(|three| {
        let [before, token, after] = three else { return false };
        let begins = matches!(
            view.of(token),
            "The"
                | "This"
                | "These"
                | "It"
                | "In"
                | "At"
                | "He"
                | "She"
                | "They"
                | "There"
                | "When"
                | "After"
                | "As"
                | "On"
                | "В"
                | "На"
                | "Это"
                | "После"
                | "Le"
                | "Les"
                | "Ein"
                | "Eine"
        );
        begins
            && token.spaced
            && !token.first
            && token.shape == Shape::Capital
            && before.kind == Kind::Word
            && before.shape == Shape::Lower
            && before.length >= 3
            && after.spaced
            && after.kind == Kind::Word
            && after.shape == Shape::Lower
    })?;
    Some(words[0].start..words[1].end)
}
