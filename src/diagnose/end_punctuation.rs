//! The mark at the end that is gone or is another.
//!
//! # Definition
//!
//! What stands at the end behind closing quotation marks and brackets is of a class: stop, question,
//! exclamation, colon, comma, or none; stops of all scripts are one class. Reported is a question that is
//! none any more (or the other way round), and a segment that ends in a comma or in nothing where source and reference
//! end in a stop, a question or an exclamation mark. An exclamation that became a stop is a choice.
//!
//! # Measured
//!
//! False alarms: 0.13 in 1,000 words. People don't mark it: inside error spans less often than by
//! chance. (`scripts/findings.py`)

use super::config::Options;
use super::finding::{Report, Severity, Spans};
use super::segment::Segment;
use super::view::View;
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "end-punctuation",
    summary: "the mark at the end is gone or another",
    needs: Needs::Source,
    severity: Severity::Minor,
    thresholds: &[],
    run: Run::Segment(check),
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Stop,
    Question,
    Exclamation,
    Colon,
    Comma,
    /// A letter or a number.
    None,
    /// A smiley, a hashtag, a quotation mark that opens: not to be judged.
    Other,
}

fn check(segment: &Segment<'_>, _: &Options, report: &mut Report<'_>) {
    let Some((side, expected)) = segment.expected() else { return };
    let (ours, at) = end(&segment.hypothesis);
    let least = if segment.sides().count() == 2 { 4 } else { 8 };
    let sure = segment.source.is_some();
    if segment.hypothesis.words().count() < least || ours == End::Other || !sure {
        return;
    }
    let differs = |theirs: End| match (ours, theirs) {
        (End::Question, End::Stop) | (End::Stop, End::Question) => segment.reference.is_some(),
        (End::None | End::Comma, End::Stop | End::Question | End::Exclamation) => true,
        _ => false,
    };
    if !segment.sides().all(|(_, view)| differs(end(view).0)) {
        return;
    }
    let (_, there) = end(expected);
    let mark = &expected.text[there.clone()];
    let found = &segment.hypothesis.text[at.clone()];
    let message = match ours {
        End::None => format!("the end has no mark where the {} has {mark}", side.name()),
        _ => format!("{found} stands at the end where the {} has {mark}", side.name()),
    };
    report.add(Spans::hypothesis(at).and(side, there), message);
}

/// The class of a text's end and where the mark is.
fn end(view: &View<'_>) -> (End, std::ops::Range<usize>) {
    let text = view.text.trim_end().trim_end_matches(is_closing).trim_end();
    let Some(c) = text.chars().next_back() else { return (End::Other, 0..0) };
    let start = text.len() - c.len_utf8();
    let class = match c {
        '?' | '？' | '؟' | '⸮' => End::Question,
        '!' | '！' | '‼' => End::Exclamation,
        _ if super::view::is_terminal(c) => End::Stop,
        ':' | '：' | ';' | '；' => End::Colon,
        ',' | '，' | '、' | '،' => End::Comma,
        // Thai ends without a mark.
        _ if super::script::script(c).is_unspaced()
            && super::script::script(c) != super::script::Script::Han =>
        {
            End::Other
        }
        _ if c.is_alphanumeric() && !ends_in_tag(text) => {
            return (End::None, text.len()..text.len());
        }
        _ => End::Other,
    };
    (class, start..text.len())
}

/// Ends in a hashtag, an address or a handle, behind which nobody sets a stop.
fn ends_in_tag(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.contains(['#', '@', '/', '_'])
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '”'
            | '“'
            | '’'
            | '\''
            | '»'
            | '«'
            | '」'
            | '』'
            | ')'
            | ']'
            | '）'
            | '】'
            | '*'
            | '_'
    )
}
