//! Spaces that are doubled, missing behind a mark, or stand before one.
//!
//! # Definition
//!
//! - two or more spaces between words, in a text whose source and reference have none so;
//! - no space behind a comma or an end of sentence that letters stand on both sides of (`April,which`,
//!   `relations.”The`), where the letters behind are no known ending of an address or abbreviation;
//! - a space before a comma, a stop or a closing bracket where scripts have none (French sets one before
//!   `; : ! ?`, which are left alone).
//!
//! # Measured
//!
//! Together with `joined_words` 15 of 23 planted faults. False alarms: 0.10 in 1,000 words, nearly
//! all of them real double spaces in one set of references. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::script::Script;
use super::segment::Segment;
use super::view::{Kind, Shape, Token, View};
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "spacing",
    summary: "spaces doubled, missing behind a mark, or before one",
    needs: Needs::Hypothesis,
    severity: Severity::Minor,
    thresholds: &[],
    run: Run::Segment(check),
};

/// Places of a segment that are looked up in the other texts at most.
const LIMIT: usize = 200;

fn check(segment: &Segment<'_>, _: &Options, report: &mut Report<'_>) {
    let view = &segment.hypothesis;
    let same = |has: fn(&View<'_>) -> bool| segment.sides().any(|(_, view)| has(view));
    let (mut same_doubled, mut same_loose) = (None, None);
    for (at, pair) in view.tokens.windows(2).enumerate() {
        let (a, b) = (&pair[0], &pair[1]);
        let gap = &view.text[a.end..b.start];
        let doubled = gap.len() > 1 && gap.chars().all(|c| c == ' ');
        if doubled && !*same_doubled.get_or_insert_with(|| same(has_doubled)) {
            report.add(Spans::hypothesis(a.end..b.start), "more than one space".to_owned());
        }
        let loose = gap == " " && a.is_word() && !a.script.is_unspaced();
        if loose
            && is_left(view, b, view.tokens.get(at + 2))
            && !*same_loose.get_or_insert_with(|| same(has_loose_mark))
        {
            report.add(Spans::hypothesis(a.end..b.end), format!("a space before {}", view.of(b)));
        }
    }
    glued_marks(segment, report);
}

/// A mark that belongs to the word on its left, and nothing but space on its right.
fn is_left(view: &View<'_>, mark: &Token, next: Option<&Token>) -> bool {
    mark.kind == Kind::Mark
        && matches!(view.of(mark), "," | "." | "。" | "，" | "、" | "،")
        && next.is_none_or(|next| next.spaced)
}

fn has_doubled(view: &View<'_>) -> bool {
    view.text.trim().contains("  ")
}

fn has_loose_mark(view: &View<'_>) -> bool {
    view.tokens
        .windows(2)
        .any(|pair| pair[0].is_word() && pair[1].spaced && is_left(view, &pair[1], None))
}

/// Marks with letters on both sides: word, mark, perhaps a quotation mark, word.
fn glued_marks(segment: &Segment<'_>, report: &mut Report<'_>) {
    let view = &segment.hypothesis;
    let mut looked_up = 0;
    for (at, token) in view.tokens.iter().enumerate().skip(1) {
        if token.kind != Kind::Mark || token.spaced {
            continue;
        }
        let before = &view.tokens[at - 1];
        let mut next = at + 1;
        let is_quote =
            |token: &Token| token.kind == Kind::Mark && !token.spaced && is_quote(view.of(token));
        while next < at + 4 && view.tokens.get(next).is_some_and(is_quote) {
            next += 1;
        }
        let Some(after) = view.tokens.get(next).filter(|after| !after.spaced) else { continue };
        let glued = looked_up < LIMIT && is_glued(view, before, token, after);
        looked_up += usize::from(glued);
        if glued && !is_known(segment, before, token, after) {
            let span = before.start..after.end;
            let mark = &view.text[token.start..after.start];
            report.add(Spans::hypothesis(span), format!("no space behind {mark}"));
        }
    }
}

fn is_quote(mark: &str) -> bool {
    matches!(mark, "”" | "“" | "\"" | "»" | "’" | ")")
}

fn is_glued(view: &View<'_>, before: &Token, mark: &Token, after: &Token) -> bool {
    let spaced = |token: &Token| token.is_word() && !token.script.is_unspaced();
    if !spaced(before) || !spaced(after) || before.script != after.script {
        return false;
    }
    let sentence = after.shape == Shape::Capital && before.length >= 2 && after.length >= 3
        || after.shape == Shape::Caseless
            && before.length >= 3
            && after.length >= 3
            && after.script != Script::Hangul;
    match view.of(mark) {
        "," | "،" | ";" => before.length >= 2 && after.length >= 2,
        "." => sentence && before.shape != Shape::Upper,
        "?" | "!" | "।" => sentence,
        _ => false,
    }
}

/// Part of an address or a handle, or written so in the source or the reference.
fn is_known(segment: &Segment<'_>, before: &Token, mark: &Token, after: &Token) -> bool {
    let view = &segment.hypothesis;
    let piece = &view.text[before.start..after.end];
    let chain = view.text[after.end..].starts_with(view.of(mark))
        || view.text[..before.start].ends_with(view.of(mark));
    !view.is_code_free(before.start..after.end)
        || chain
        || segment.sides().any(|(_, other)| other.text.contains(piece))
}
