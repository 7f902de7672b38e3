//! Brackets that open and never close, or close and never opened.
//!
//! # Definition
//!
//! Round, square, curly and East Asian brackets as a stack. A closing bracket right behind one letter or a
//! number at the start of a line or a word (`a)`, `1)`) lists something; smileys are no brackets; a segment
//! whose reference or source is unbalanced is not judged.
//!
//! # Measured
//!
//! False alarms: 0.01 in 1,000 words. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::pairs::{self, Loose, Pairs};
use super::segment::Segment;
use super::view::Bytes;
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "bracket",
    summary: "brackets that don't balance",
    needs: Needs::Hypothesis,
    severity: Severity::Minor,
    thresholds: &[],
    run: Run::Segment(check),
};

fn check(segment: &Segment<'_>, _: &Options, report: &mut Report<'_>) {
    for Loose { span, partner } in pairs::of_hypothesis(segment, loose) {
        let text = &segment.hypothesis.text[span.clone()];
        let message = match partner {
            Some(partner) => format!("{text} is never closed: {partner} was expected"),
            None => format!("{text} closes what was never opened"),
        };
        report.add(Spans::hypothesis(span), message);
    }
}

fn partner(c: char) -> Option<char> {
    let partner = match c {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '（' => '）',
        '［' => '］',
        '【' => '】',
        '〔' => '〕',
        _ => return None,
    };
    Some(partner)
}

/// The same bracket, half or full width.
fn narrow(c: char) -> char {
    match c {
        '）' => ')',
        '］' => ']',
        _ => c,
    }
}

/// Brackets without partners, in the order of the text.
fn loose(text: &str) -> Vec<Loose> {
    static FIRST_BYTES: Bytes = Bytes::new(b"()[]{}\xe3\xef");
    if !FIRST_BYTES.any(text) {
        return Vec::new();
    }
    let mut pairs = Pairs::default();
    for (at, c) in text.char_indices() {
        let span = at..at + c.len_utf8();
        if let Some(partner) = partner(c) {
            pairs.open(span, partner);
        } else if matches!(c, ')' | ']' | '}' | '）' | '］' | '】' | '〕')
            && !pairs.close(|partner| narrow(partner) == narrow(c))
            && !is_smiley(text, at)
        {
            pairs.stray(span);
        }
    }
    let mut loose = pairs.finish(|span| !is_smiley(text, span.start));
    loose.sort_by_key(|loose| loose.span.start);
    loose
}

/// `:-)`, `;(`, `:))`, or an item of a list: `a)`.
fn is_smiley(text: &str, at: usize) -> bool {
    let face = |c: &char| matches!(c, ')' | '(' | '-' | '\'' | ']');
    let mut back = text[..at].chars().rev().take(16).skip_while(face);
    match back.next() {
        None => true,
        Some(':' | ';' | '=' | '^' | '_' | '•' | '*' | '´' | '`' | 'ω') => true,
        Some(c) if c.is_whitespace() => {
            let bracket = text[at..].chars().next();
            let behind = text[at..].chars().nth(1);
            bracket == Some(')') || matches!(behind, Some(':' | ';' | '='))
        }
        Some(c) if c.is_alphanumeric() => {
            back.find(|c| !c.is_numeric()).is_none_or(char::is_whitespace)
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_lists_and_smileys_from_faults() {
        for text in ["a (b [c]) d", "1) one 2) two", "fine :-)", "fine :))", "（はい）", "a (b）"]
        {
            assert!(loose(text).is_empty(), "{text}: {:?}", loose(text));
        }
        for text in ["a (b c", "the end of it) and", "see [1 and", "the end 〕", "see （ はい"]
        {
            assert_eq!(loose(text).len(), 1, "{text}");
        }
    }
}
