//! A line about a span, with carets under it.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// Columns before and behind the span.
const CONTEXT: usize = 30;
/// Columns of a span that are shown.
const LONGEST: usize = 60;
/// Tells a terminal that the line goes from right to left; it has no width.
const RIGHT_TO_LEFT: char = '\u{200f}';

/// The line and its carets, which stand under the span in columns: a wide character takes two, a combining
/// mark none. If the text around the span is written from right to left both lines begin with a mark that
/// says so, and a terminal turns both round.
///
/// ```
/// let (line, carets) = bleuprint_report::excerpt("the old hoouse", &(8..14));
/// assert_eq!((line.as_str(), carets.as_str()), ("the old hoouse", "        ^^^^^^"));
/// ```
pub fn excerpt(text: &str, span: &Range<usize>) -> (String, String) {
    let before = shown(text[..span.start].chars().rev(), CONTEXT);
    let marked = shown(text[span.clone()].chars(), LONGEST);
    let behind =
        shown(text[span.start + marked.bytes..].chars(), CONTEXT + LONGEST - marked.columns);
    let mut line = String::new();
    let around = before.text.chars().rev().chain(marked.text.chars()).chain(behind.text.chars());
    if is_right_to_left(around) {
        line.push(RIGHT_TO_LEFT);
    }
    let mut carets = line.clone();
    let cut = before.bytes < span.start;
    if cut {
        line.push('…');
    }
    line.extend(before.text.chars().rev());
    line.push_str(&marked.text);
    line.push_str(&behind.text);
    if span.start + marked.bytes + behind.bytes < text.len() {
        line.push('…');
    }
    carets.push_str(&" ".repeat(before.columns + usize::from(cut)));
    carets.push_str(&"^".repeat(marked.columns.max(1)));
    (line, carets)
}

/// What is shown of characters.
struct Shown {
    text: String,
    columns: usize,
    bytes: usize,
}

/// As many characters as fit; what has no width of its own (control characters, tabs) is a space.
fn shown(chars: impl Iterator<Item = char>, most: usize) -> Shown {
    let mut shown = Shown { text: String::new(), columns: 0, bytes: 0 };
    for c in chars {
        let printed = if c.is_control() || is_direction(c) { ' ' } else { c };
        let width = printed.width().unwrap_or(0);
        if shown.columns + width > most {
            break;
        }
        shown.text.push(printed);
        shown.columns += width;
        shown.bytes += c.len_utf8();
    }
    shown
}

/// Marks that would turn the rest of the terminal round.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether the first letter is of a script that is written from right to left.
fn is_right_to_left(mut text: impl Iterator<Item = char>) -> bool {
    let first = text.find(|c| c.is_alphabetic());
    first.is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_and_marks() {
        let (line, carets) = excerpt("彼は辻盛と言った", &(6..12));
        assert_eq!((line.as_str(), carets.as_str()), ("彼は辻盛と言った", "    ^^^^"));
        let (line, carets) = excerpt("e\u{301}te\u{301}\tici", &(7..8));
        assert_eq!((line.as_str(), carets.as_str()), ("e\u{301}te\u{301} ici", "   ^"));
    }

    #[test]
    fn right_to_left_lines_are_told_so() {
        let text = "שלום עולם";
        let (line, carets) = excerpt(text, &(9..17));
        assert_eq!(line, format!("\u{200f}{text}"));
        assert_eq!(carets, "\u{200f}     ^^^^");
    }

    #[test]
    fn long_lines_are_cut() {
        let text = "word ".repeat(100);
        let (line, carets) = excerpt(&text, &(250..254));
        assert_eq!(carets.trim_start(), "^^^^");
        let at = carets.find('^').unwrap();
        assert_eq!(line.chars().skip(at).take(4).collect::<String>(), "word");
        let (_, place) = excerpt("abc", &(3..3));
        assert_eq!(place, "   ^");
    }
}
