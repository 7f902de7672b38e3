//! Capitals inside a sentence.
//!
//! # Definition
//!
//! A word with a capital letter that doesn't begin a sentence and whose neighbours have small letters, if
//! the reference has the word in small letters only, or if it is a function word of the language (`The`,
//! `Werden`), which has one in no text but a title. Headings, in which most words have capitals, are left
//! alone.
//!
//! # Measured
//!
//! 5 of 13 planted faults: where the reference has another word, nothing shows that the capital is
//! wrong. False alarms: 0.06 in 1,000 words. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Side, Spans};
use super::lexicon::is_function_word;
use super::segment::Segment;
use super::view::{Kind, Shape, Token};
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "stray-capital",
    summary: "capital letters inside a sentence",
    needs: Needs::Hypothesis,
    severity: Severity::Minor,
    thresholds: &[],
    run: Run::Segment(check),
};

/// Words of a segment that are looked up in the other texts at most.
const LIMIT: usize = 200;

fn check(segment: &Segment<'_>, _: &Options, report: &mut Report<'_>) {
    let view = &segment.hypothesis;
    if !view.script.has_case() || is_heading(segment) {
        return;
    }
    let mut looked_up = 0;
    for three in view.tokens.windows(3) {
        let (before, token, after) = (&three[0], &three[1], &three[2]);
        let inner = token.shape == Shape::Capital
            && token.spaced
            && !token.first
            && token.length >= 2
            && is_small(before)
            && view.is_plain(before)
            && (is_small(after) || after.kind == Kind::Mark);
        if !inner || looked_up >= LIMIT {
            continue;
        }
        looked_up += 1;
        let noun = is_noun_place(view.of(before)) || token.length < 4;
        if let Some(small) = in_small_letters(segment, token).filter(|_| !noun) {
            let message = format!("{} has a capital inside the sentence", view.of(token));
            report.add(Spans::hypothesis(token.span()).and(Side::Reference, small), message);
        } else if is_small(after)
            && !after.first
            && is_closed_class(view.of(token))
            && !segment.is_capital_elsewhere(token)
        {
            let message = format!("{} has a capital inside the sentence", view.of(token));
            report.add(Spans::hypothesis(token.span()), message);
        }
    }
}

fn is_small(token: &Token) -> bool {
    token.kind == Kind::Word && token.shape == Shape::Lower
}

/// Where the reference has the word in small letters, if it never has it with a capital.
fn in_small_letters(segment: &Segment<'_>, token: &Token) -> Option<std::ops::Range<usize>> {
    let mut places =
        segment.reference.as_ref()?.words().filter(|other| other.key == token.key).peekable();
    if is_courtesy(segment.hypothesis.of(token)) {
        return None;
    }
    let first = places.peek()?.span();
    places.all(|other| other.shape == Shape::Lower).then_some(first)
}

/// Pronouns that some writers give a capital.
fn is_courtesy(word: &str) -> bool {
    matches!(
        word,
        "Sie"
            | "Ihr"
            | "Ihre"
            | "Ihren"
            | "Ihrem"
            | "Ihrer"
            | "Ihnen"
            | "Du"
            | "Dich"
            | "Dir"
            | "Dein"
            | "Deine"
            | "Euch"
            | "Euer"
            | "Eure"
            | "Вы"
            | "Вас"
            | "Вам"
            | "Ваш"
            | "Вами"
            | "Vy"
            | "Vás"
            | "Vám"
            | "Váš"
    )
}

/// German makes nouns of anything behind an article or a preposition with one.
fn is_noun_place(before: &str) -> bool {
    matches!(
        before,
        "der"
            | "die"
            | "das"
            | "den"
            | "dem"
            | "des"
            | "ein"
            | "eine"
            | "einen"
            | "einem"
            | "einer"
            | "etwas"
            | "nichts"
            | "alles"
            | "viel"
            | "wenig"
            | "zum"
            | "beim"
            | "im"
            | "vom"
            | "am"
            | "ins"
            | "ans"
            | "kein"
            | "keine"
            | "mein"
            | "dein"
            | "sein"
            | "ihr"
            | "unser"
            | "und"
            | "zur"
            | "jeder"
            | "jede"
            | "alle"
            | "viele"
            | "andere"
            | "mehrere"
            | "einige"
            | "auf"
            | "mit"
            | "in"
            | "von"
            | "für"
            | "an"
            | "bei"
            | "zu"
            | "als"
            | "oder"
    )
}

/// A function word that is no pronoun of courtesy and no letter of an alphabet.
fn is_closed_class(word: &str) -> bool {
    let courtesy = is_courtesy(word)
        || matches!(
            word,
            "Sie"
                | "Ihr"
                | "Du"
                | "I"
                | "A"
                | "Vy"
                | "Vás"
                | "Вы"
                | "De"
                | "La"
                | "Le"
                | "El"
                | "Los"
                | "Las"
                | "Y"
                | "Die"
                | "Der"
                | "Das"
                | "Er"
                | "Es"
        );
    !courtesy && word.chars().count() >= 3 && is_function_word(word)
}

/// Half of the words or more have capitals.
fn is_heading(segment: &Segment<'_>) -> bool {
    let words = || segment.hypothesis.words().filter(|token| token.is_word());
    words().filter(|token| token.is_capital()).count() * 2 >= words().count()
}

impl Segment<'_> {
    /// Whether source or reference has the word with a capital inside a sentence too.
    fn is_capital_elsewhere(&self, token: &Token) -> bool {
        self.sides()
            .any(|(_, view)| view.words().any(|other| other.key == token.key && other.is_capital()))
    }
}
