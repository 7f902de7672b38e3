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
use super::segment::Segment;
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
    let lower = lower(view.text);
    let start = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let found = OPENINGS
        .iter()
        .find(|phrase| start.starts_with(**phrase))
        .map(|phrase| (phrase, "a remark about the translation"));
    let found = found
        .or_else(|| any(&lower, REFUSALS).map(|phrase| (phrase, "a refusal")))
        .or_else(|| any(&lower, NOTES).map(|phrase| (phrase, "a translator's note")));
    let Some((phrase, what)) = found else { return };
    if segment.sides().any(|(_, other)| is_said(other.text, phrase)) {
        return;
    }
    let at = lower.find(*phrase).filter(|_| lower.len() == view.text.len()).unwrap_or(0);
    let end = (at + phrase.len()).min(view.text.len());
    let span = if view.text.get(at..end).is_some() { at..end } else { 0..view.text.len() };
    report.add(Spans::hypothesis(span), format!("{what}, not the translation"));
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// The first of the phrases that the text has; most texts have no word of any.
fn any<'p>(text: &str, phrases: &'p [&'p str]) -> Option<&'p &'p str> {
    phrases.iter().find(|phrase| text.len() >= phrase.len() && text.contains(**phrase))
}

/// The text says the like itself.
fn is_said(text: &str, phrase: &str) -> bool {
    let lower = lower(text);
    ["translat", "note:", "language model", " ai ", "p.s.", "注"]
        .iter()
        .any(|word| lower.contains(word))
        || lower.contains(phrase)
}
