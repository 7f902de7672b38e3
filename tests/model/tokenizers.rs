//! The tokenizers as what they are in the reference programs: passes over strings, one after the other.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::text::{split, strip};

/// The tokens of a text by one of BLEU's tokenizers.
pub(crate) fn tokenize(name: &str, text: &str) -> Vec<String> {
    let spaced = match name {
        "13a" => {
            let text = text.replace("<skipped>", "").replace("-\n", "").replace('\n', " ");
            western(&format!(" {} ", unescape(&text)))
        }
        "intl" => intl(text),
        "zh" => western(&spaced(strip(text), is_chinese)),
        "char" => text.chars().map(|c| format!("{c} ")).collect(),
        "none" => text.to_owned(),
        _ => panic!("no model of {name}"),
    };
    split(&spaced)
}

/// The options of TER's tokenizer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tercom {
    pub(crate) normalized: bool,
    pub(crate) no_punct: bool,
    pub(crate) asian_support: bool,
    pub(crate) case_sensitive: bool,
}

impl Tercom {
    pub(crate) fn tokenize(self, text: &str) -> Vec<String> {
        let mut text = if self.case_sensitive { text.to_owned() } else { text.to_lowercase() };
        if self.normalized {
            text = unescape(&text.replace("\n-", "").replace('\n', " "));
            text = marks(&format!(" {text} ")).replace("'s ", " 's ");
            text = hyphens(&before(&after(&text, &not_digit, &is_stop), &is_stop, &not_digit));
            if self.asian_support {
                text = spaced(&text, is_asian);
            }
        }
        if self.no_punct {
            text.retain(|c| !".,?:;!\"()".contains(c));
            if self.asian_support {
                text.retain(|c| !is_asian_punctuation(c));
            }
        }
        split(&text)
    }
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

fn western(text: &str) -> String {
    hyphens(&before(&after(&marks(text), &not_digit, &is_stop), &is_stop, &not_digit))
}

fn intl(text: &str) -> String {
    let not_number = |c| group(c) != GeneralCategoryGroup::Number;
    let punctuation = |c| group(c) == GeneralCategoryGroup::Punctuation;
    let text = before(&after(text, &not_number, &punctuation), &punctuation, &not_number);
    spaced(&text, |c| group(c) == GeneralCategoryGroup::Symbol)
}

fn group(c: char) -> GeneralCategoryGroup {
    c.general_category_group()
}

fn not_digit(c: char) -> bool {
    !c.is_ascii_digit()
}

fn is_stop(c: char) -> bool {
    c == '.' || c == ','
}

/// A space on both sides of each character that is meant.
fn spaced(text: &str, meant: impl Fn(char) -> bool) -> String {
    text.chars().map(|c| if meant(c) { format!(" {c} ") } else { c.to_string() }).collect()
}

fn marks(text: &str) -> String {
    spaced(text, |c| c == ' ' || c.is_ascii_punctuation() && !"',-.".contains(c))
}

type Is<'a> = &'a dyn Fn(char) -> bool;

/// Sets apart the second of each pair.
fn after(text: &str, first: Is<'_>, second: Is<'_>) -> String {
    pairs(text, first, second, |x, y| format!("{x} {y} "))
}

/// Sets apart the first of each pair.
fn before(text: &str, first: Is<'_>, second: Is<'_>) -> String {
    pairs(text, first, second, |x, y| format!(" {x} {y}"))
}

fn hyphens(text: &str) -> String {
    pairs(text, &|c| c.is_ascii_digit(), &|c| c == '-', |x, y| format!("{x} {y} "))
}

/// Rewrites pairs from left to right; both characters of a pair are consumed.
fn pairs(
    text: &str,
    first: Is<'_>,
    second: Is<'_>,
    rewrite: impl Fn(char, char) -> String,
) -> String {
    let characters: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    while at < characters.len() {
        let x = characters[at];
        match characters.get(at + 1) {
            Some(y) if first(x) && second(*y) => {
                out += &rewrite(x, *y);
                at += 2;
            }
            _ => {
                out.push(x);
                at += 1;
            }
        }
    }
    out
}

fn within(c: char, ranges: &[(u32, u32)]) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(c)))
}

fn is_chinese(c: char) -> bool {
    within(
        c,
        &[
            (0x2001, 0x2a6d),
            (0x2e80, 0x2eff),
            (0x2f00, 0x2fdf),
            (0x2ff0, 0x303f),
            (0x3100, 0x312f),
            (0x31a0, 0x31bf),
            (0x31c0, 0x31ef),
            (0x3200, 0x33ff),
            (0x3400, 0x4db5),
            (0x4e00, 0x9fbb),
            (0xf900, 0xfa2d),
            (0xfa30, 0xfa6a),
            (0xfa70, 0xfad9),
            (0xfe10, 0xfe1f),
            (0xfe30, 0xfe4f),
            (0xff00, 0xffef),
        ],
    )
}

fn is_asian(c: char) -> bool {
    let scripts = [
        (0x4e00, 0x9fff),
        (0x3400, 0x4dbf),
        (0x31c0, 0x31ef),
        (0x2e80, 0x2eff),
        (0x3200, 0x33ff),
        (0xf900, 0xfaff),
        (0xfe30, 0xfe4f),
    ];
    within(c, &scripts) || is_asian_punctuation(c)
}

fn is_asian_punctuation(c: char) -> bool {
    let ranges = [(0x3001, 0x3002), (0x3008, 0x3011), (0x3014, 0x301f), (0xff61, 0xff65)];
    within(c, &ranges)
        || "\u{30fb}\u{ff0e}\u{ff0c}\u{ff1f}\u{ff1a}\u{ff1b}\u{ff01}\u{ff02}\u{ff08}\u{ff09}"
            .contains(c)
}
