//! Something of the source was left out.
//!
//! # Definition
//!
//! Three kinds:
//!
//! - *the segment is short*: with lengths in Latin characters (see `script.rs`), five added to each,
//!   ```text
//!   shortness = -(0.7 · ln(hypothesis / source) + 0.3 · ln(hypothesis / reference))
//!   ```
//!   reaches the threshold (with one text alone, its logarithm). A name that source and reference have and
//!   the hypothesis hasn't adds 0.2. A hypothesis that shares no word with either text omits nothing: it
//!   says something else (see `unrelated`).
//! - *a passage is missing*, a degree milder: a run of words of the reference, five at least, none of which
//!   the hypothesis has, and the hypothesis is shorter by about as much;
//! - *a parenthesis is missing*, as mild: words in brackets of the reference, which the source has too if it is given,
//!   while the hypothesis has fewer brackets and hardly any word of them.
//!
//! # Measured
//!
//! On 1,708 German-English sentences of which 122 are labelled (Guerreiro et al. 2023): F1 0.65
//! (precision 0.71, recall 0.59), the best threshold on the ratio of lengths 0.58; chosen on other
//! rows 0.63 against 0.56. 19 of 24 missing passages and 11 of 12 missing sentences planted in
//! articles. False alarms: 0.15 in 1,000 words. (`scripts/findings.py`)

use std::ops::Range;

use super::config::Options;
use super::finding::{Report, Severity, Side, Spans};
use super::lexicon::is_function_word;
use super::segment::{Segment, stem};
use super::view::{Keys, Kind, Token, View};
use super::{Entry, Needs, Run, Threshold};
use crate::text::blocks::has;

pub(super) const ENTRY: Entry = Entry {
    name: "omission",
    summary: "something of the source was left out",
    needs: Needs::Either,
    severity: Severity::Major,
    thresholds: &[
        Threshold {
            name: "shortness",
            default: 0.57,
            summary: "how short the whole segment must be",
        },
        Threshold {
            name: "passage",
            default: 0.22,
            summary: "how short it must be for a passage of the reference",
        },
    ],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, options: &Options, report: &mut Report<'_>) {
    if segment.hypothesis.is_blank() {
        return;
    }
    let Some(shortness) = shortness(segment) else { return };
    let limit = options.threshold(0);
    let name = shortness >= limit - 0.2 && shortness < limit && lost_name(segment);
    if shortness + if name { 0.2 } else { 0.0 } >= limit {
        if is_related(segment) {
            whole(segment, report);
        }
    } else if !(shortness >= options.threshold(1) && passage(segment, report)) {
        parenthesis(segment, report);
    }
}

/// How much shorter the hypothesis is than it should be, as a logarithm.
pub(super) fn shortness(segment: &Segment<'_>) -> Option<f64> {
    let ours = segment.hypothesis.length + 5.0;
    let ratio = |view: &View<'_>| (ours / (view.length + 5.0)).ln();
    let filled = |view: &&View<'_>| !view.is_blank();
    let source = segment.source.as_ref().filter(filled).map(ratio);
    let reference = segment.reference.as_ref().filter(filled).map(ratio);
    match (source, reference) {
        (Some(source), Some(reference)) => Some(-(0.7 * source + 0.3 * reference)),
        (one, other) => one.or(other).map(|ratio| -ratio),
    }
}

fn whole(segment: &Segment<'_>, report: &mut Report<'_>) {
    let Some((side, expected)) = segment.expected() else { return };
    let share = 100.0 * segment.hypothesis.length / expected.length.max(1.0);
    let message = format!("something was left out: {share:.0} % of the {}'s length", side.name());
    let mut spans = Spans::hypothesis(0..segment.hypothesis.text.len());
    if let Some(reference) = &segment.reference {
        let run = uncovered(reference, &segment.hypothesis);
        spans = spans.and(Side::Reference, reference.span(run));
    }
    report.add(spans, message);
}

/// A name of source and reference that the hypothesis hasn't.
fn lost_name(segment: &Segment<'_>) -> bool {
    let Some(source) = segment.source.as_ref().filter(|_| segment.one_script()) else {
        return false;
    };
    let lost = |key| {
        segment.bags.reference.contains_key(key) && !segment.bags.hypothesis.contains_key(key)
    };
    source
        .words()
        .any(|token| token.is_capital() && !token.first && token.length >= 4 && lost(&token.key))
}

/// Whether some word of content is shared with source or reference; without a reference in another script
/// nobody can tell.
pub(super) fn is_related(segment: &Segment<'_>) -> bool {
    segment.reference.is_none() || is_supported(segment, 0.1)
}

/// Whether more than a share of the hypothesis' words of content begin as a word of the reference or the source
/// does.
pub(super) fn is_supported(segment: &Segment<'_>, share: f64) -> bool {
    let view = &segment.hypothesis;
    let content = || {
        view.words().filter(|token| {
            token.length > 3 || token.kind == Kind::Number || token.script.is_unspaced()
        })
    };
    let all = content().count().max(1) as f64;
    // Of most texts, the words that are the same are enough.
    let same = content().filter(|token| segment.is_expected(token.key)).count();
    same as f64 / all > share || {
        let mut starts = Keys::default();
        for (_, view) in segment.sides() {
            starts.extend(view.words().map(|token| start(view, token)));
        }
        let shared = content().filter(|token| starts.contains(&start(view, token))).count();
        shared as f64 / all > share
    }
}

/// The first four letters.
fn start(view: &View<'_>, token: &Token) -> u64 {
    if token.length <= 4 {
        return token.key;
    }
    let folded = super::view::fold(view.of(token));
    let end = folded.char_indices().nth(4).map_or(folded.len(), |(at, _)| at);
    super::view::key(&folded[..end])
}

/// A run of the reference that the hypothesis lacks; whether there is one.
fn passage(segment: &Segment<'_>, report: &mut Report<'_>) -> bool {
    let Some(reference) = &segment.reference else { return false };
    let run = uncovered(reference, &segment.hypothesis);
    let words =
        reference.tokens[run.clone()].iter().filter(|token| token.kind != Kind::Mark).count();
    let least = if reference.script.is_unspaced() { 8 } else { 5 };
    let span = reference.span(run);
    let missing = View::new(&reference.text[span.clone()]).length;
    let deficit =
        reference.length.min(segment.source.as_ref().map_or(f64::MAX, |view| view.length))
            - segment.hypothesis.length;
    let is_missing = words >= least
        && missing >= 0.5 * deficit
        && missing <= 2.5 * deficit
        && covered(reference, &segment.hypothesis, &span) >= 0.6;
    if is_missing {
        tell(segment, reference, span, report);
    }
    is_missing
}

/// The first words in brackets that the hypothesis lacks, brackets and all.
fn parenthesis(segment: &Segment<'_>, report: &mut Report<'_>) {
    let Some(reference) = &segment.reference else { return };
    let theirs = brackets(reference.text);
    let has_them = |view: &View<'_>| brackets(view.text).len() >= theirs.len();
    if theirs.is_empty()
        || has_them(&segment.hypothesis)
        || !segment.source.as_ref().is_none_or(has_them)
    {
        return;
    }
    let stems: Keys =
        segment.hypothesis.words().map(|token| stem(&segment.hypothesis, token)).collect();
    let missing = theirs.into_iter().find(|span| {
        let words = reference.words().filter(|token| span.contains(&token.start));
        let content = words.filter(|token| !is_function_word(reference.of(token)));
        let (all, shared) = content.fold((0, 0), |(all, shared), token| {
            (all + 1, shared + usize::from(stems.contains(&stem(reference, token))))
        });
        all >= 2 && shared * 4 <= all
    });
    if let Some(span) = missing {
        tell(segment, reference, span, report);
    }
}

/// Where a text has something in round brackets.
fn brackets(text: &str) -> Vec<Range<usize>> {
    // The first bytes of both brackets that open.
    if !has(text.as_bytes(), |byte| (byte == b'(') | (byte == 0xef)) {
        return Vec::new();
    }
    let mut open = None;
    let mut spans = Vec::new();
    for (at, c) in text.match_indices(['(', ')', '（', '）']) {
        match (c, open) {
            ("(" | "（", _) => open = Some(at),
            (_, Some(start)) => {
                spans.push(start..at + c.len());
                open = None;
            }
            _ => {}
        }
    }
    spans
}

fn tell(segment: &Segment<'_>, reference: &View<'_>, span: Range<usize>, report: &mut Report<'_>) {
    let at = insertion(segment, reference, span.start);
    let message = format!("\"{}\" of the reference is missing", &reference.text[span.clone()]);
    report.add_milder(Spans::hypothesis(at..at).and(Side::Reference, span), message);
}

/// The share of a text's words of content outside a span that another text has too.
pub(super) fn covered(view: &View<'_>, other: &View<'_>, without: &Range<usize>) -> f64 {
    let stems: Keys = other.words().map(|token| stem(other, token)).collect();
    let outside = |token: &&Token| token.end <= without.start || token.start >= without.end;
    let content = |token: &&Token| {
        !is_function_word(view.of(token)) && (token.length > 2 || !token.script.has_case())
    };
    let (mut all, mut shared) = (0_u32, 0_u32);
    for token in view.words().filter(outside).filter(content) {
        all += 1;
        shared += u32::from(stems.contains(&stem(view, token)));
    }
    f64::from(shared) / f64::from(all.max(1))
}

/// Where in the hypothesis the missing passage belongs: behind the last word before it that both have.
fn insertion(segment: &Segment<'_>, reference: &View<'_>, start: usize) -> usize {
    let before = reference.words().rev().skip_while(|token| token.start >= start);
    let anchor = before.into_iter().find_map(|token| {
        segment.hypothesis.words().find(|other| other.key == token.key && other.length > 2)
    });
    anchor.map_or(0, |token| token.end)
}

/// The longest run of tokens with words of content none of which the other text has; function words go
/// with their neighbours.
pub(super) fn uncovered(view: &View<'_>, other: &View<'_>) -> Range<usize> {
    let stems: Keys = other.words().map(|token| stem(other, token)).collect();
    let (mut best, mut start, mut end, mut content) = ((0, 0..0), None, 0, 0);
    for (at, token) in view.tokens.iter().enumerate() {
        if token.kind == Kind::Mark {
            continue;
        }
        let function =
            is_function_word(view.of(token)) || token.length <= 2 && token.script.has_case();
        if !function && stems.contains(&stem(view, token)) {
            (start, content) = (None, 0);
            continue;
        }
        start.get_or_insert(at);
        end = if function { end } else { at + 1 };
        content += usize::from(!function);
        if content > best.0 {
            best = (content, start.unwrap_or(at)..end);
        }
    }
    best.1
}
