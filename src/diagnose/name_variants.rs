//! One name spelt in two ways within a document.
//!
//! # Definition
//!
//! Two words of the hypotheses that are capitalised in the middle of a sentence, differ as near misses do
//! (see `names`), and of which the rarer (the later, when both are as rare) is not in the references, nor,
//! where the script is the same, in the sources.
//! In English, where no form of a word has other accents, also a name that is written with and without them.
//! If the references have both spellings, or a reference is given and has neither, nothing is said of two
//! that both stand in it.
//!
//! # Measured
//!
//! 9 of 24 planted faults together with `names`. False alarms: 0.09 in 1,000 words, half of which
//! are slips of the human translators (Lawer and Lawler). (`scripts/findings.py`)

use std::collections::HashSet;

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::lexicon::{Tongue, is_function_word, tongue};
use super::names::{closeness, skeleton};
use super::segment::Segment;
use super::view::{Keyed, Keys, Token, fold};
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
    /// The key of the folded form.
    key: u64,
    bones: String,
    places: Vec<(usize, std::ops::Range<usize>)>,
}

impl Spelling<'_> {
    /// The first three letters.
    fn start(&self) -> &str {
        let end = self.folded.char_indices().nth(3).map_or(self.folded.len(), |(at, _)| at);
        &self.folded[..end]
    }
}

fn check(segments: &[Segment<'_>], options: &Options, report: &mut Report<'_>) {
    let spellings = spellings(segments);
    let known: Keys = segments
        .iter()
        .flat_map(|segment| segment.bags.reference.keys().chain(segment.bags.source.keys()))
        .copied()
        .collect();
    // Words are only compared with those of the same skeleton or the same beginning.
    let mut by_bones: Vec<&Spelling<'_>> = spellings.iter().collect();
    by_bones.sort_by(|a, b| a.bones.cmp(&b.bones));
    let by_start: Vec<&Spelling<'_>> = spellings.iter().collect();
    let same_bones = by_bones.chunk_by(|a, b| a.bones == b.bones);
    let groups = same_bones.chain(by_start.chunk_by(|a, b| a.start() == b.start()));
    let inflected =
        segments.iter().max_by_key(|segment| segment.hypothesis.tokens.len()).is_none_or(
            |segment| tongue(&segment.hypothesis, segment.languages.target()) != Tongue::English,
        );
    let german = segments
        .iter()
        .any(|segment| tongue(&segment.hypothesis, segment.languages.target()) == Tongue::German);
    if !inflected {
        accents(segments, &spellings, report);
    }
    let mut told = HashSet::new();
    for group in groups {
        for (at, a) in group.iter().take(24).enumerate() {
            for b in group.iter().take(24).skip(at + 1) {
                let (rare, common) = if rarity(a) > rarity(b) { (a, b) } else { (b, a) };
                let close = || {
                    closeness(&a.folded, &b.folded, options.threshold(0), inflected).is_some()
                        && strsim::jaro_winkler(&a.folded, &b.folded) >= 0.85
                        && (!inflected || is_slip(&a.folded, &b.folded, german))
                };
                if !known.contains(&rare.key)
                    && (!german || known.contains(&common.key))
                    && close()
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

/// A name of the document with other accents than where it stood first, if the references don't write both.
fn accents(segments: &[Segment<'_>], spellings: &[Spelling<'_>], report: &mut Report<'_>) {
    let first: Keyed<u64, &Spelling<'_>> = spellings.iter().map(|one| (one.key, one)).collect();
    let mut told = Keys::default();
    for segment in segments.iter().filter(|segment| !segment.hypothesis.text.is_ascii()) {
        let view = &segment.hypothesis;
        for token in view.words().filter(|token| token.is_capital()) {
            let text = view.of(token);
            let Some(other) = first.get(&token.key).filter(|other| is_other(other.text, text))
            else {
                continue;
            };
            let written =
                |text| segments.iter().any(|segment| is_written(segment, token.key, text));
            if told.insert(token.key) && !(written(text) && written(other.text)) {
                let there = other.places.first().map_or(0, |(segment, _)| *segment);
                let message = format!(
                    "the name {text} is spelt {} in segment {there}: one of them is wrong",
                    other.text
                );
                report.add_at(segment.number, Spans::hypothesis(token.span()), message);
            }
        }
    }
}

/// Not the same but for the case of letters.
fn is_other(a: &str, b: &str) -> bool {
    !a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Whether source or reference have the name so.
fn is_written(segment: &Segment<'_>, key: u64, text: &str) -> bool {
    segment.sides().any(|(_, view)| {
        view.words().any(|token| token.key == key && !is_other(view.of(token), text))
    })
}

/// The rarer is the suspect; among equals the later.
fn rarity(spelling: &Spelling<'_>) -> (std::cmp::Reverse<usize>, Option<(usize, usize)>) {
    let first = spelling.places.first().map(|(segment, span)| (*segment, span.start));
    (std::cmp::Reverse(spelling.places.len()), first)
}

/// The capitalised words of a document that never stand there in small letters, in order.
fn spellings<'t>(segments: &[Segment<'t>]) -> Vec<Spelling<'t>> {
    let small: Keys = segments
        .iter()
        .flat_map(|segment| segment.hypothesis.words().filter(|token| !token.is_capital()))
        .map(|token| token.key)
        .collect();
    let mut numbers: Keyed<u64, usize> = Keyed::default();
    let mut spellings: Vec<Spelling<'t>> = Vec::new();
    for segment in segments {
        let view = &segment.hypothesis;
        let is_name = |token: &&Token| {
            token.is_capital()
                && token.length >= 5
                && !small.contains(&token.key)
                && !is_function_word(view.of(token))
        };
        for token in view.words().filter(is_name) {
            let number = *numbers.entry(token.key).or_insert(spellings.len());
            if number == spellings.len() {
                let (text, key) = (view.of(token), token.key);
                let folded = fold(text);
                let bones = skeleton(&folded);
                spellings.push(Spelling { text, folded, key, bones, places: Vec::new() });
            }
            let spelling = &mut spellings[number];
            if spelling.places.len() < 1000 {
                spelling.places.push((segment.number, token.span()));
            }
        }
    }
    spellings.sort_by(|a, b| a.folded.cmp(&b.folded));
    spellings
}
