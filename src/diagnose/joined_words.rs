//! Words that run together.
//!
//! # Definition
//!
//! A word of the hypothesis that neither source nor reference has, and that is
//!
//! - two neighbours of the reference without the space between them (`leftthe`), or
//! - small letters and then a capital and more small letters (`UkraineUnleashed`), if the part before the
//!   capital or the part behind it is a word of the reference or the source, or no text is given to ask, or
//! - a function word and another word that the texts have (`thestreets`), in English, where compounds are
//!   not written so.
//!
//! # Measured
//!
//! Together with `spacing` 15 of 23 planted faults. False alarms: 0.01 in 1,000 words.
//! (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Side, Spans};
use super::lexicon::{Tongue, tongue};
use super::segment::Segment;
use super::view::{Keyed, Shape, Token, View, fold, key};
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "joined-words",
    summary: "words that run together",
    needs: Needs::Hypothesis,
    severity: Severity::Minor,
    thresholds: &[],
    run: Run::Segment(check),
};

/// A longer word is no word.
const LONGEST: u32 = 60;

fn check(segment: &Segment<'_>, _: &Options, report: &mut Report<'_>) {
    let view = &segment.hypothesis;
    let suspects = view.words().filter(|token| {
        token.is_word()
            && (3..=LONGEST).contains(&token.length)
            && !token.script.is_unspaced()
            && !segment.is_expected(token.key)
    });
    let mut neighbours = None;
    let mut english = None;
    for token in suspects {
        let folded = fold(view.of(token));
        let english = *english.get_or_insert_with(|| tongue(view, segment.languages.target()));
        let split = || split_in_reference(segment, &folded, &mut neighbours);
        if let Some(span) = (english != Tongue::German).then(split).flatten() {
            let right = segment.reference.as_ref().map_or("", |view| &view.text[span.clone()]);
            let message = format!("{} is {right} in the reference", view.of(token));
            report.add(Spans::hypothesis(token.span()).and(Side::Reference, span), message);
        } else if let Some(at) = hump(segment, token) {
            let (a, b) = view.of(token).split_at(at);
            report.add(Spans::hypothesis(token.span()), format!("{a} and {b} run together"));
        } else {
            let english = english == Tongue::English && token.shape == Shape::Lower;
            if let Some((a, b)) = english.then(|| function_word(segment, &folded)).flatten() {
                let message = format!("{} is no word: {a} {b} was expected", view.of(token));
                report.add(Spans::hypothesis(token.span()), message);
            }
        }
    }
}

/// Where the first of two neighbours stands, for each pair of words with white space between them.
type Pairs = Keyed<(u64, u64), std::ops::Range<usize>>;

fn pairs(reference: Option<&View<'_>>) -> Pairs {
    let Some(view) = reference else { return Pairs::default() };
    let neighbours = view
        .tokens
        .windows(2)
        .filter(|pair| pair[1].spaced && pair[0].is_word() && pair[1].is_word());
    neighbours.map(|pair| ((pair[0].key, pair[1].key), pair[0].start..pair[1].end)).collect()
}

fn splits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    word.char_indices().skip(1).map(|(at, _)| word.split_at(at))
}

/// Where two neighbours of the reference make the word; which they are is only asked if it has both.
fn split_in_reference(
    segment: &Segment<'_>,
    folded: &str,
    neighbours: &mut Option<Pairs>,
) -> Option<std::ops::Range<usize>> {
    let known = |part: &str| Some(key(part)).filter(|key| segment.bags.reference.contains_key(key));
    splits(folded).find_map(|(a, b)| {
        let pair = (known(a)?, known(b)?);
        neighbours.get_or_insert_with(|| pairs(segment.reference.as_ref())).get(&pair).cloned()
    })
}

/// A capital behind small letters, and small letters behind it: where the second word begins.
fn hump(segment: &Segment<'_>, token: &Token) -> Option<usize> {
    if token.shape != Shape::Mixed {
        return None;
    }
    let view = &segment.hypothesis;
    let word = view.of(token);
    let glued = view.text[token.end..].starts_with(['_', '/', '(', '='])
        || !token.spaced
            && view.text[..token.start].ends_with(['@', '#', '/', '.', '_', '-', '\\', '&', '=']);
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let at = chars.windows(4).find_map(|four| {
        let [(_, a), (_, b), (at, c), (_, d)] = four else { return None };
        let hump = a.is_lowercase() && b.is_lowercase() && c.is_uppercase() && d.is_lowercase();
        hump.then_some(*at)
    })?;
    let (a, b) = (fold(&word[..at]), fold(&word[at..]));
    let known = |part: &str| segment.is_expected(key(part));
    let asked = segment.sides().next().is_some();
    let long = a.chars().count() >= 2 && b.chars().count() >= 2;
    let brand =
        ["mc", "mac", "la", "de", "di", "fitz", "i", "e", "you", "tik", "face", "pay", "chat"]
            .contains(&a.as_str());
    (long && !glued && !brand && (!asked || known(&a) || known(&b))).then_some(at)
}

/// A function word and a word that the texts have, in either order.
fn function_word<'w>(segment: &Segment<'_>, folded: &'w str) -> Option<(&'w str, &'w str)> {
    if folded.len() < 6 {
        return None;
    }
    let small = |word: &str| {
        matches!(
            word,
            "the"
                | "and"
                | "of"
                | "its"
                | "which"
                | "from"
                | "with"
                | "that"
                | "their"
                | "his"
                | "were"
                | "was"
        )
    };
    let known = |word: &str| {
        word.len() >= 3
            && (segment.is_expected(key(word)) || segment.bags.hypothesis.contains_key(&key(word)))
    };
    let both = |a: &str, b: &str| {
        matches!(a, "from" | "of" | "for" | "with" | "that" | "and")
            && matches!(b, "the" | "all" | "its" | "his" | "their" | "which" | "this")
    };
    // "the" and "its" before anything but the endings of English words that begin so.
    let words = [
        "at", "ol", "or", "o", "m", "n", "re", "ra", "rm", "sa", "se", "si", "sp", "ft", "ir",
        "is", "y", "a", "bes", "ban", "li", "ti", "ta",
    ];
    let the = folded
        .strip_prefix("the")
        .filter(|rest| rest.len() >= 5 && !words.iter().any(|start| rest.starts_with(start)));
    let its = folded.strip_prefix("its").filter(|rest| rest.len() >= 4 && !rest.starts_with("elf"));
    let split = splits(folded)
        .find(|(a, b)| small(a) && known(b) || small(b) && known(a) && a.len() >= 4 || both(a, b));
    split.or_else(|| the.map(|rest| ("the", rest))).or_else(|| its.map(|rest| ("its", rest)))
}
