//! What a language model says about a translation instead of, or beside, giving it.
//!
//! # Definition
//!
//! Phrases at the beginning of the text (`Here is the translation`, `Sure`, `Übersetzung:`), refusals
//! (`I cannot translate`, `As an AI`), and notes at its end (`Note:`, `Translator's note`), in the languages
//! of the news, where neither source nor reference begins so or has the like.
//!
//! # Measured
//!
//! Inside marked error spans in 76 % of 25 cases. False alarms: none in 360,000 words.
//! (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::lexicon::Sieve;
use super::script::Script;
use super::segment::Segment;
use super::view::View;
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "chatter",
    summary: "a translator's remarks, refusals and notes",
    needs: Needs::Hypothesis,
    severity: Severity::Critical,
    thresholds: &[],
    run: Run::Segment(check),
};

/// At the beginning.
const OPENINGS: &[&str] = &[
    "here is the translation",
    "here's the translation",
    "here is a translation",
    "here is the translated",
    "here's the translated",
    "here is my translation",
    "sure, here",
    "sure! here",
    "certainly! here",
    "certainly, here",
    "of course! here",
    "the translation is:",
    "the translation of",
    "translation:",
    "translated text:",
    "in german:",
    "in english:",
    "in russian:",
    "übersetzung:",
    "hier ist die übersetzung",
    "die übersetzung lautet",
    "voici la traduction",
    "traduction :",
    "traduction:",
    "aquí está la traducción",
    "aquí tienes la traducción",
    "traducción:",
    "ecco la traduzione",
    "traduzione:",
    "zde je překlad",
    "překlad:",
    "вот перевод",
    "перевод:",
    "переклад:",
    "以下是翻译",
    "以下是译文",
    "翻译：",
    "翻译:",
    "译文：",
    "翻訳：",
    "翻訳:",
    "以下は翻訳",
    "以下が翻訳",
    "日本語訳",
    "번역:",
    "번역은 다음과 같습니다",
    "अनुवाद:",
    "यहाँ अनुवाद",
    "यहां अनुवाद",
    "ترجمة:",
    "إليك الترجمة",
    "תרגום:",
    "הנה התרגום",
    "คำแปล:",
    "นี่คือคำแปล",
];

/// Anywhere.
const REFUSALS: &[&str] = &[
    "as an ai",
    "as a language model",
    "i cannot translate",
    "i can't translate",
    "i'm unable to translate",
    "i am unable to translate",
    "i can't assist with",
    "i cannot assist with",
    "i cannot provide a translation",
    "i apologize, but i",
    "als ki-modell",
    "als ki-sprachmodell",
    "ich kann diesen text nicht übersetzen",
    "jako jazykový model",
    "как языковая модель",
    "я не могу перевести",
    "作为一个人工智能",
    "作为人工智能",
    "我无法翻译",
    "aiとして",
    "翻訳できません",
    "एक एआई",
    "मैं अनुवाद नहीं कर सकता",
];

/// At the beginning or behind a break.
const NOTES: &[&str] = &[
    "(note:",
    "[note:",
    "note: the translation",
    "note: i ",
    "note: this translation",
    "translator's note",
    "translator’s note",
    "(anmerkung:",
    "anmerkung des übersetzers",
    "(poznámka:",
    "poznámka překladatele",
    "(примечание:",
    "примечание переводчика",
    "（注：",
    "译者注",
    "訳注",
    "(注:",
    "(नोट:",
    "note du traducteur",
    "let me know if you",
    "i hope this helps",
    "the above translation",
    "this translation aims",
];

fn check(segment: &Segment<'_>, _: &Options, report: &mut Report<'_>) {
    let view = &segment.hypothesis;
    let Some((phrase, what)) = opening(view.text).or_else(|| inner(view)) else { return };
    if segment.sides().any(|(_, other)| is_said(other.text, phrase)) {
        return;
    }
    let lower = lower(view.text);
    let at = lower.find(phrase).filter(|_| lower.len() == view.text.len()).unwrap_or(0);
    let end = (at + phrase.len()).min(view.text.len());
    let span = if view.text.get(at..end).is_some() { at..end } else { 0..view.text.len() };
    report.add(Spans::hypothesis(span), format!("{what}, not the translation"));
}

/// The phrase that a text begins with.
fn opening(text: &str) -> Option<(&'static str, &'static str)> {
    // No phrase has more characters than this.
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take(40);
    let start: String = start.flat_map(char::to_lowercase).collect();
    let found = OPENINGS.iter().find(|phrase| start.starts_with(**phrase));
    found.map(|phrase| (*phrase, "a remark about the translation"))
}

/// The phrase that a text has anywhere.
fn inner(view: &View<'_>) -> Option<(&'static str, &'static str)> {
    // A Cyrillic phrase has no part that is the same in capitals.
    if view.letters[Script::Cyrillic as usize] == 0 && !has_part(view.text) {
        return None;
    }
    let lower = lower(view.text);
    let refusal = any(&lower, REFUSALS).map(|phrase| (phrase, "a refusal"));
    refusal.or_else(|| any(&lower, NOTES).map(|phrase| (phrase, "a translator's note")))
}

/// Whether a text has a part of one of the phrases; hardly any has, and none is made small to see that.
fn has_part(text: &str) -> bool {
    static PARTS: [u64; REFUSALS.len() + NOTES.len()] = parts();
    static SIEVE: Sieve = {
        let (mut sieve, mut at) = (Sieve::EMPTY, 0);
        while at < PARTS.len() {
            sieve.add(PARTS[at]);
            at += 1;
        }
        sieve
    };
    let is_part = |part: u64| SIEVE.has(part) && PARTS.contains(&part);
    let mut window = 0_u64;
    text.bytes().any(|byte| {
        window = window << 8 | u64::from(byte.to_ascii_lowercase());
        is_part(window) || is_part(window & SHORT)
    })
}

/// The last five of eight bytes: there are phrases of so few.
const SHORT: u64 = 0xff_ffff_ffff;

/// Of each phrase eight bytes, or five, that are the same in small letters and in capitals.
const fn parts() -> [u64; REFUSALS.len() + NOTES.len()] {
    let (mut parts, mut at) = ([0; REFUSALS.len() + NOTES.len()], 0);
    while at < parts.len() {
        let note = at >= REFUSALS.len();
        let phrase = if note { NOTES[at - REFUSALS.len()] } else { REFUSALS[at] };
        let long = part(phrase.as_bytes(), 8);
        parts[at] = if long > 0 { long } else { part(phrase.as_bytes(), 5) };
        at += 1;
    }
    parts
}

/// The first `length` bytes of ASCII, or of letters that have no case, that a phrase has; 0 if it has none.
const fn part(phrase: &[u8], length: usize) -> u64 {
    let mut from = 0;
    while from + length <= phrase.len() {
        let (mut part, mut ascii, mut caseless, mut at) = (0, true, from == 0, from);
        while at < from + length {
            ascii &= phrase[at] < 0x80;
            // The letters of three bytes in these phrases have no case, those of two have.
            caseless &= !matches!(phrase[at], 0xc0..0xe0);
            part = part << 8 | phrase[at] as u64;
            at += 1;
        }
        if ascii || caseless {
            return part;
        }
        from += 1;
    }
    0
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// The first of the phrases that the text has; most texts have no word of any.
fn any(text: &str, phrases: &'static [&'static str]) -> Option<&'static str> {
    phrases.iter().copied().find(|phrase| text.len() >= phrase.len() && text.contains(phrase))
}

/// The text says the like itself.
fn is_said(text: &str, phrase: &str) -> bool {
    let lower = lower(text);
    ["translat", "note:", "language model", " ai ", "p.s.", "注"]
        .iter()
        .any(|word| lower.contains(word))
        || lower.contains(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_in_capitals_too() {
        for phrase in [REFUSALS, NOTES].concat() {
            for text in [phrase.to_owned(), format!("Ein Satz. {} und", phrase.to_uppercase())] {
                let found = inner(&View::new(&text)).expect(phrase).0;
                assert!(phrase.contains(found), "{phrase}: {found}");
            }
        }
        for phrase in OPENINGS {
            let text = format!("\"{} …", phrase.to_uppercase());
            let found = opening(&text).expect(phrase).0;
            assert!(phrase.starts_with(found), "{phrase}: {found}");
        }
        assert!(inner(&View::new("Ich kann nicht übersetzen, as an artist.")).is_none());
    }
}
