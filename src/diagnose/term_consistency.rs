//! One term of the source translated in two ways within a document.
//!
//! # Definition
//!
//! - The same source segment, three words or more, has two translations that differ beyond case and marks,
//!   though the references don't differ.
//! - A word of the sources, four letters at least, in four segments or more, that the references translate by one
//!   word: some word of theirs stands in exactly these segments. Where the hypotheses have that word in
//!   three quarters of the segments or more, the others are inconsistent.
//!
//! # Measured
//!
//! False alarms: 0.02 in 1,000 words. Nothing labelled was at hand to measure what it finds.
//! (`scripts/findings.py`)

use std::collections::{BTreeMap, HashMap};

use super::config::Options;
use super::finding::{Report, Severity, Side, Spans};
use super::lexicon::is_function_word;
use super::segment::Segment;
use super::view::{Token, View};
use super::{Entry, Needs, Run, Threshold};
use crate::text::vocabulary::mix;

pub(super) const ENTRY: Entry = Entry {
    name: "term-consistency",
    summary: "one term translated in two ways in a document",
    needs: Needs::Source,
    severity: Severity::Minor,
    thresholds: &[Threshold {
        name: "segments",
        default: 4.0,
        summary: "segments that a term must stand in",
    }],
    run: Run::Document(check),
};

fn check(segments: &[Segment<'_>], options: &Options, report: &mut Report<'_>) {
    same_source(segments, report);
    terms(segments, options.threshold(0).max(2.0) as usize, report);
}

fn text_key(view: &View<'_>) -> (usize, u64) {
    view.words().fold((0, 0), |(count, key), token| (count + 1, mix(key, token.key)))
}

/// Equal sources with unequal translations.
fn same_source(segments: &[Segment<'_>], report: &mut Report<'_>) {
    let mut seen: HashMap<(usize, u64), usize> = HashMap::new();
    for (at, segment) in segments.iter().enumerate() {
        let Some(source) = &segment.source else { continue };
        let key = text_key(source);
        if key.0 < 3 {
            continue;
        }
        let first = *seen.entry(key).or_insert(at);
        if first == at {
            continue;
        }
        let first = &segments[first];
        let differs = text_key(&first.hypothesis) != text_key(&segment.hypothesis);
        let reference = |segment: &Segment<'_>| segment.reference.as_ref().map(text_key);
        if differs && reference(first).is_some() && reference(first) == reference(segment) {
            let message =
                format!("the same source is translated otherwise in segment {}", first.number);
            let spans = Spans::hypothesis(0..segment.hypothesis.text.len());
            report.add_at(segment.number, spans.and(Side::Source, 0..source.text.len()), message);
        }
    }
}

/// Words and the segments that they stand in: those that stand in `least` or more, in order.
fn places<'s>(
    segments: &'s [Segment<'s>],
    least: usize,
    view: impl Fn(&'s Segment<'s>) -> Option<&'s View<'s>>,
) -> Vec<(u64, Vec<usize>)> {
    let mut all = Vec::new();
    for (at, segment) in segments.iter().enumerate() {
        let Some(view) = view(segment) else { continue };
        let terms = view.words().filter(|token| is_term(view, token));
        all.extend(terms.map(|token| (token.key, at)));
    }
    all.sort_unstable();
    all.dedup();
    let words = all.chunk_by(|a, b| a.0 == b.0).filter(|places| places.len() >= least);
    words.map(|places| (places[0].0, places.iter().map(|(_, at)| *at).collect())).collect()
}

fn is_term(view: &View<'_>, token: &Token) -> bool {
    token.is_word() && token.length >= 4 && !is_function_word(view.of(token))
}

fn terms(segments: &[Segment<'_>], least: usize, report: &mut Report<'_>) {
    if segments.iter().all(|segment| segment.reference.is_none() || segment.source.is_none()) {
        return;
    }
    let sources = places(segments, least, |segment| segment.source.as_ref());
    let references = places(segments, least, |segment| segment.reference.as_ref());
    let mut by_places: BTreeMap<&[usize], Vec<u64>> = BTreeMap::new();
    for (word, places) in &references {
        by_places.entry(places).or_default().push(*word);
    }
    for (source, places) in &sources {
        // Two candidates are an accident or a phrase: nobody knows which is the term.
        let Some([word]) = by_places.get(places.as_slice()).map(Vec::as_slice) else { continue };
        let has = |at: &&usize| segments[**at].bags.hypothesis.contains_key(word);
        let kept = places.iter().filter(has).count();
        if kept * 4 < places.len() * 3 || kept == places.len() {
            continue;
        }
        for at in places.iter().filter(|at| !has(at)) {
            tell(&segments[*at], *source, *word, report);
        }
    }
}

fn tell(segment: &Segment<'_>, source: u64, word: u64, report: &mut Report<'_>) {
    let (Some(from), Some(to)) = (&segment.source, &segment.reference) else { return };
    let term = from.words().find(|token| token.key == source);
    let expected = to.words().find(|token| token.key == word);
    let (Some(term), Some(expected)) = (term, expected) else { return };
    let begins = to.of(expected).chars().take(4).collect::<String>().to_lowercase();
    if segment.hypothesis.text.to_lowercase().contains(&begins) {
        return;
    }
    let message =
        format!("{} is {} elsewhere in this document, not here", from.of(term), to.of(expected));
    let spans =
        Spans::default().and(Side::Source, term.span()).and(Side::Reference, expected.span());
    report.add_at(segment.number, spans, message);
}
