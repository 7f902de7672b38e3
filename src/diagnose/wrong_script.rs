//! Letters of another script, or another language's script altogether.
//!
//! # Definition
//!
//! The scripts that are expected are those of a quarter of the reference or more, else that of the language given, else the one most of
//! the hypothesis is in. Reported are:
//!
//! - *the whole*: fewer than half of the letters are in that script;
//! - *a word* of another script that the reference hasn't: of any script but Latin; of Latin in a text of
//!   another script, if it is in small letters, four at least, has a counterpart in the source, and is no
//!   part of an address;
//! - *a word of two scripts*, of which one is Latin and the other Greek or Cyrillic: letters that look alike.
//!
//! # Measured
//!
//! Together with `untranslated` 21 of 27 planted faults. Inside marked error spans 1.8 times as
//! often as by chance. False alarms: 0.06 in 1,000 words. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::script::{Script, script};
use super::segment::Segment;
use super::view::{Shape, Token, View};
use super::{Entry, Needs, Run, Threshold};

pub(super) const ENTRY: Entry = Entry {
    name: "wrong-script",
    summary: "letters of another script",
    needs: Needs::Hypothesis,
    severity: Severity::Major,
    thresholds: &[Threshold {
        name: "share",
        default: 0.5,
        summary: "the share of letters that must be right",
    }],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, options: &Options, report: &mut Report<'_>) {
    let expected = expected(segment);
    let view = &segment.hypothesis;
    let all: u32 = view.letters[1..].iter().sum();
    let right: u32 = expected.iter().map(|script| view.letters[*script as usize]).sum();
    let plain = |token: &&Token| {
        matches!(token.shape, Shape::Lower | Shape::Caseless) && view.is_plain(token)
    };
    let is_right = |token: &Token| expected.contains(&token.script);
    if expected.is_empty() || all == right && expected.len() == 1 && !view.script.has_case() {
        return;
    }
    if all >= 8
        && f64::from(right) < options.threshold(0) * f64::from(all)
        && view.words().filter(plain).filter(|token| !is_right(token)).take(4).count() == 4
        && view.words().filter(plain).filter(|token| is_right(token)).count() < 4
        && is_surer(segment, &expected)
    {
        let message =
            format!("written in {}, {} was expected", view.script.name(), expected[0].name());
        report.add(Spans::hypothesis(view.span(0..view.tokens.len())), message);
        return;
    }
    for token in view.words().filter(|token| token.is_word()) {
        if let Some(message) = foreign(segment, token, &expected).or_else(|| mixed(segment, token))
        {
            report.add(Spans::hypothesis(token.span()), message);
        }
    }
}

/// The scripts that letters may be in.
fn expected(segment: &Segment<'_>) -> Vec<Script> {
    let code = segment.languages.target.as_deref().unwrap_or_default();
    let of_language = Script::of_language(code);
    let of_text = |script: Script| match script {
        Script::Common => Vec::new(),
        // Han without kana is Chinese or a short Japanese text.
        Script::Kana => vec![Script::Kana, Script::Han],
        Script::Hangul => vec![Script::Hangul, Script::Han],
        script => vec![script],
    };
    match &segment.reference {
        _ if !of_language.is_empty() => of_language.to_vec(),
        Some(reference) => {
            let mut scripts: Vec<Script> =
                main_scripts(reference).into_iter().flat_map(of_text).collect();
            let kana = reference.letters[Script::Kana as usize];
            if scripts.contains(&Script::Han) && kana > 0 {
                scripts.push(Script::Kana);
            }
            scripts
        }
        None => {
            let mut scripts = of_text(segment.hypothesis.script);
            let kana = segment.hypothesis.letters[Script::Kana as usize];
            if segment.hypothesis.script == Script::Han && kana > 2 {
                scripts.push(Script::Kana);
            }
            scripts
        }
    }
}

/// The scripts that a quarter of a text is in, by what their letters stand for; the foremost first.
fn main_scripts(view: &View) -> Vec<Script> {
    let weight = |script: &Script| f64::from(view.letters[*script as usize]) * script.weight();
    let mut seen = [false; Script::COUNT];
    view.words().for_each(|token| seen[token.script as usize] = true);
    let mut scripts: Vec<Script> =
        Script::ALL[1..].iter().copied().filter(|script| seen[*script as usize]).collect();
    let all: f64 = scripts.iter().map(weight).sum();
    scripts.retain(|script| weight(script) * 4.0 >= all);
    scripts.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    scripts
}

/// A reference that is mostly in that script itself; a language alone must have a text to go by.
fn is_surer(segment: &Segment<'_>, expected: &[Script]) -> bool {
    let source = segment.source.as_ref().is_none_or(|source| {
        let plain = source
            .words()
            .filter(|token| matches!(token.shape, Shape::Lower | Shape::Caseless))
            .count();
        plain >= 4
    });
    segment.reference.as_ref().is_some_and(|view| {
        let all: u32 = view.letters[1..].iter().sum();
        let right: u32 = expected.iter().map(|script| view.letters[*script as usize]).sum();
        right * 10 >= all * 8
    }) || segment.reference.is_none() && segment.languages.target.is_some() && source
}

/// A word of another script that has no business here.
fn foreign(segment: &Segment<'_>, token: &Token, expected: &[Script]) -> Option<String> {
    let known = expected.contains(&token.script)
        || token.script == Script::Common
        || segment.bags.reference.contains_key(&token.key);
    if known {
        return None;
    }
    let view = &segment.hypothesis;
    let kept = segment.reference.is_none()
        && segment.bags.source.contains_key(&token.key)
        && token.script != Script::Latin;
    let latin = token.script == Script::Latin && !is_left_over(segment, token);
    let single = token.script != Script::Latin && token.length == 1 && !token.script.is_unspaced();
    let message = format!(
        "{} is in {} letters, {} was expected",
        view.of(token),
        token.script.name(),
        expected[0].name()
    );
    (!kept && !latin && !single).then_some(message)
}

/// A Latin word in another script that looks like one that was forgotten.
fn is_left_over(segment: &Segment<'_>, token: &Token) -> bool {
    let view = &segment.hypothesis;
    let shape = match segment.reference {
        Some(_) => {
            token.shape == Shape::Lower && token.length >= 3
                || token.shape == Shape::Capital && token.length >= 4
        }
        None => token.shape == Shape::Lower && token.length >= 4,
    };
    let source = segment.source.is_none() || segment.bags.source.contains_key(&token.key);
    let code = |c: char| c.is_ascii_digit() || c == '$';
    let bare = !view.of(token).contains(code)
        && !view.text[..token.start].ends_with(['$', '-'])
        && !view.text[token.end..].starts_with(['-', '$']);
    shape && source && bare && view.is_plain(token)
}

/// Letters of two alphabets in one word.
fn mixed(segment: &Segment<'_>, token: &Token) -> Option<String> {
    let word = segment.hypothesis.of(token);
    if !token.script.has_case()
        || token.length < 3
        || word.is_ascii()
        || segment.is_expected(token.key)
    {
        return None;
    }
    let other = word.chars().map(script).find(|s| {
        *s != token.script && matches!(s, Script::Latin | Script::Cyrillic | Script::Greek)
    })?;
    let letter = |s: Script| word.chars().filter(|c| script(*c) == s).count();
    let message = format!("{word} has {} and {} letters", token.script.name(), other.name());
    (token.script != Script::Common && letter(other) > 0).then_some(message)
}
