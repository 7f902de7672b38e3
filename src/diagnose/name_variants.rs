//! One name spelt in two ways within a document.
//!
//! # Definition
//!
//! Two words of the hypotheses that are capitalised in the middle of a sentence, differ as near misses do
//! (see `names`), and of which the rarer (the later, when both are as rare) is not in the references, nor,
//! where the script is the same, in the sources.
//! If the references have both spellings, or a reference is given and has neither, nothing is said of two
//! that both stand in it.
//!
//! # Measured
//!
//! 8 of 24 planted faults together with `names`. False alarms: 0.09 in 1,000 words, half of which
//! are slips of the human translators (Lawer and Lawler). (`scripts/findings.py`)

use std::collections::{BTreeMap, HashMap, HashSet};

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::lexicon::{Tongue, is_function_word, tongue};
use super::names::{closeness, skeleton};
use super::segment::Segment;
use super::view::{Token, fold};
use super::{Entry, Needs, Run, Threshold};

pub(super) const ENTRY: Entry = Entry {
    name: "name-variant",
    summary: "one name spelt in two ways in a document",
    needs: Needs::Hypothesis,
    severity: Severity::Minor,
    thresholds: &[Threshold {
        name: "similarity",
        default: 0.93,
        summary: "the Jaro-Winkler similarity from which two words are taken for one name",
    }],
    run: Run::Document(check),
};

/// A spelling and where it stands first.
#[derive(Debug)]
struct Spelling<'t> {
    text: &'t str,
    folded: String,
    places: Vec<(usize, std::ops::Range<usize>)>,
}

fn check(segments: &[Segment<'_>], options: &Options, report: &mut Report<'_>) {
    let spellings = spellings(segments);
    let known: HashSet<u64> = segments
        .iter()
        .flat_map(|segment| segment.bags.reference.keys().chain(segment.bags.source.keys()))
        .copied()
        .collect();
    let mut groups: BTreeMap<String, Vec<&Spelling<'_>>> = BTreeMap::new();
    for spelling in spellings.values() {
        for key in group_keys(&spelling.folded) {
            groups.entry(key).or_default().push(spelling);
        }
    }
    let inflected =
        segments.iter().max_by_key(|segment| segment.hypothesis.tokens.len()).is_none_or(
            |segment| tongue(&segment.hypothesis, segment.languages.target()) != Tongue::English,
        );
    let german = segments
        .iter()
        .any(|segment| tongue(&segment.hypothesis, segment.languages.target()) == Tongue::German);
    let mut told = HashSet::new();
    for group in groups.values() {
        for (at, a) in group.iter().take(24).enumerate() {
            for b in group.iter().take(24).skip(at + 1) {
                let (rare, common) = if rarity(a) > rarity(b) { (a, b) } else { (b, a) };
                let close = closeness(&a.folded, &b.folded, options.threshold(0), inflected)
                    .is_some()
                    && strsim::jaro_winkler(&a.folded, &b.folded) >= 0.85
                    && (!german || known.contains(&super::view::key(&common.folded)))
                    && (!inflected || is_slip(&a.folded, &b.folded, german));
                if close
                    && !known.contains(&super::view::key(&rare.folded))
                    && told.insert(rare.text)
                {
                    tell(rare, common, report);
                }
            }
        }
    }
}

/// In languages whose words have many forms: few letters differ, and not at the end; in German, one letter.
fn is_slip(a: &str, b: &str, german: bool) -> bool {
    let ends_alike = a.chars().rev().zip(b.chars().rev()).take(2).all(|(a, b)| a == b);
    let distance = strsim::damerau_levenshtein(a, b);
    if german { distance == 1 } else { distance == 1 || distance == 2 && ends_alike }
}

fn tell(rare: &Spelling<'_>, common: &Spelling<'_>, report: &mut Report<'_>) {
    let Some((segment, span)) = rare.places.first() else { return };
    let there = common.places.first().map_or(0, |(segment, _)| *segment);
    let message = format!(
        "the name {} is spelt {} in segment {there}: one of them is wrong",
        rare.text, common.text
    );
    report.add_at(*segment, Spans::hypothesis(span.clone()), message);
}

/// The rarer is the suspect; among equals the later.
fn rarity(spelling: &Spelling<'_>) -> (std::cmp::Reverse<usize>, Option<(usize, usize)>) {
    let first = spelling.places.first().map(|(segment, span)| (*segment, span.start));
    (std::cmp::Reverse(spelling.places.len()), first)
}

/// Words are only compared with those of the same skeleton or the same beginning.
fn group_keys(folded: &str) -> [String; 2] {
    let start: String = folded.chars().take(3).collect();
    [format!("={}", skeleton(folded)), format!("^{start}")]
}

/// The capitalised words of a document that never stand there in small letters.
fn spellings<'t>(segments: &[Segment<'t>]) -> BTreeMap<String, Spelling<'t>> {
    let small: HashSet<u64> = segments
        .iter()
        .flat_map(|segment| segment.hypothesis.words().filter(|token| !token.is_capital()))
        .map(|token| token.key)
        .collect();
    let mut inner: HashMap<u64, bool> = HashMap::new();
    for segment in segments {
        for token in segment.hypothesis.words().filter(|token| token.is_capital()) {
            *inner.entry(token.key).or_default() |= !token.first;
        }
    }
    let mut spellings: BTreeMap<String, Spelling<'t>> = BTreeMap::new();
    for segment in segments {
        let view = &segment.hypothesis;
        let is_name = |token: &&Token| {
            token.is_capital()
                && token.length >= 5
                && !small.contains(&token.key)
                && !is_function_word(view.of(token))
        };
        for token in view.words().filter(is_name) {
            let text = view.of(token);
            let new = || Spelling { text, folded: fold(text), places: Vec::new() };
            let spelling = spellings.entry(fold(text)).or_insert_with(new);
            if spelling.places.len() < 1000 {
                spelling.places.push((segment.number, token.span()));
            }
        }
    }
    spellings
}
