//! What EED does to a text before it compares characters.

use unicode_normalization::UnicodeNormalization;

use crate::text::{is_decimal, is_whitespace, trim_end};

/// How EED prepares a text. White space at its end is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preparation {
    /// As English: a blank before each `. , ? !`, any white space one blank, and a blank at both ends; then
    /// numbers (`3. 5`), titles (`Dr. Who` becomes `Dr.Who`) and `e. g.`, `i. e.` and `U. S.` are put together again.
    #[default]
    English,
    /// As Japanese: normalization form KC.
    Japanese,
    /// Nothing else.
    None,
}

const TITLES: [&str; 9] = ["Dr", "Jr", "Prof", "Rev", "Gen", "Mr", "Mt", "Mrs", "Ms"];

/// Abbreviations that marks have torn apart, in the order in which they are mended.
const TORN: [(&str, &str); 3] = [("e . g .", "e.g."), ("i . e .", "i.e."), ("U . S .", "U.S.")];

impl Preparation {
    pub(super) const NAMES: [(&str, Preparation); 3] =
        [("en", Preparation::English), ("ja", Preparation::Japanese), ("none", Preparation::None)];

    pub(super) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }

    /// The characters of the text, prepared.
    pub(super) fn run(self, text: &str, out: &mut Vec<char>, spare: &mut Vec<char>) {
        let text = trim_end(text);
        out.clear();
        match self {
            Preparation::English => english(text, out, spare),
            Preparation::Japanese if !text.is_ascii() => out.extend(text.nfkc()),
            Preparation::Japanese | Preparation::None => out.extend(text.chars()),
        }
    }
}

fn english(text: &str, out: &mut Vec<char>, spare: &mut Vec<char>) {
    set_marks_apart(text, out);
    rewrite(out, spare, number);
    rewrite(out, spare, title);
    for (torn, whole) in TORN {
        rewrite(out, spare, |rest, out| {
            let found = starts_with(rest, torn);
            out.extend(whole.chars().filter(|_| found));
            if found { torn.len() } else { 0 }
        });
    }
    out.insert(0, ' ');
    out.push(' ');
}

fn set_marks_apart(text: &str, out: &mut Vec<char>) {
    for c in text.chars() {
        let blank = is_whitespace(c);
        let mark = matches!(c, '.' | '!' | '?' | ',');
        if (blank || mark) && out.last() != Some(&' ') {
            out.push(' ');
        }
        if !blank {
            out.push(c);
        }
    }
}

/// `3 . 5` becomes `3.5`.
fn number(rest: &[char], out: &mut Vec<char>) -> usize {
    match rest {
        [a, ' ', mark @ ('.' | ','), ' ', b, ..] if is_decimal(*a) && is_decimal(*b) => {
            out.extend([a, mark, b]);
            5
        }
        _ => 0,
    }
}

/// `Dr .` becomes `Dr.`, and so does `Dr ?`, as the field has it: any character.
fn title(rest: &[char], out: &mut Vec<char>) -> usize {
    let follows = |title: &&&str| {
        starts_with(rest, title) && rest.len() > title.len() + 1 && rest[title.len()] == ' '
    };
    let Some(title) = TITLES.iter().find(follows) else { return 0 };
    out.extend(title.chars().chain(['.']));
    title.len() + 2
}

fn starts_with(text: &[char], ascii: &str) -> bool {
    text.len() >= ascii.len() && ascii.chars().zip(text).all(|(a, b)| a == *b)
}

/// Goes through the text with a rule that says how many characters it has taken, and has written others for them.
fn rewrite(
    text: &mut Vec<char>,
    spare: &mut Vec<char>,
    rule: impl Fn(&[char], &mut Vec<char>) -> usize,
) {
    spare.clear();
    let mut at = 0;
    while at < text.len() {
        match rule(&text[at..], spare) {
            0 => {
                spare.push(text[at]);
                at += 1;
            }
            taken => at += taken,
        }
    }
    std::mem::swap(text, spare);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(preparation: Preparation, text: &str) -> String {
        let mut out = Vec::new();
        preparation.run(text, &mut out, &mut Vec::new());
        out.into_iter().collect()
    }

    #[test]
    fn english_is_torn_and_mended() {
        let english = |text| prepared(Preparation::English, text);
        assert_eq!(english(""), "  ");
        assert_eq!(english(" a,\tb!? \n"), "  a , b ! ? ");
        assert_eq!(english("3.5 and 3. 5, 1. 2. 3"), " 3 .5 and 3.5 , 1.2 . 3 ");
        assert_eq!(english("٣. ٣, ². ²"), " ٣.٣ , ² . ² ");
        assert_eq!(english("Dr. No, Mrs Who, Mr"), " Dr. No , Mrs.ho , Mr ");
        assert_eq!(english("e. g. i. e. i.e. U. S. A."), " e.g. i.e. i .e . U.S. A . ");
    }

    #[test]
    fn japanese_is_composed() {
        assert_eq!(prepared(Preparation::Japanese, " Ａ①\u{3000}"), " A1");
        assert_eq!(prepared(Preparation::None, " Ａ. \n"), " Ａ.");
    }
}
