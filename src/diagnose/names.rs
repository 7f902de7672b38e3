//! Names that the hypothesis spells otherwise, or has lost.
//!
//! # Definition
//!
//! A name is a word with a capital letter that doesn't begin a sentence (in German, where all nouns have
//! one, only if the source has the word too); in scripts without capitals any word of three letters or
//! more can be one. A name of the reference that the hypothesis doesn't have is a *near miss* when a word of
//! the hypothesis that the reference doesn't have is close to it: the same skeleton of consonants (`Tunsi`
//! and `Tunxi`, `Muthaki` and `Muttaqi`), or a Jaro-Winkler similarity at the threshold. Forms of one word,
//! which differ in their ends, are no near misses. Where source and hypothesis share a script, a name of
//! both reference and source that is gone without a near miss is reported a degree milder.
//!
//! Han and kana have neither spaces nor capitals: one character that differs within three or more that
//! agree is reported, a degree milder.
//!
//! # Measured
//!
//! See `scripts/findings.py`.

use std::collections::HashMap;

use super::config::Options;
use super::finding::{Report, Severity, Side, Spans};
use super::lexicon::{Tongue, is_function_word, tongue};
use super::script::{Script, script};
use super::segment::Segment;
use super::view::{Token, View, fold};
use super::{Entry, Needs, Run, Threshold};

pub(super) const ENTRY: Entry = Entry {
    name: "name",
    summary: "names spelt otherwise than in the reference, or lost",
    needs: Needs::Either,
    severity: Severity::Major,
    thresholds: &[Threshold {
        name: "similarity",
        default: 0.9,
        summary: "the Jaro-Winkler similarity from which two words are taken for one name",
    }],
    run: Run::Segment(check),
};

/// Names of a segment that are compared at most; the rest is not looked at.
const LIMIT: usize = 64;

fn check(segment: &Segment<'_>, options: &Options, report: &mut Report<'_>) {
    let Some((side, expected)) = segment.expected() else { return };
    if expected.script != segment.hypothesis.script {
        return;
    }
    if matches!(expected.script, Script::Han | Script::Kana) {
        if side == Side::Reference {
            ideographs(segment, expected, report);
        }
        return;
    }
    let german = tongue(expected, segment.languages.target()) == Tongue::German;
    if german && !segment.one_script() {
        return;
    }
    let theirs: Vec<&Token> = expected
        .words()
        .filter(|token| {
            !segment.bags.hypothesis.contains_key(&token.key) && is_name(expected, token)
        })
        .filter(|token| side == Side::Reference || !token.first)
        .take(LIMIT)
        .collect();
    let mut ours: Vec<&Token> = segment
        .hypothesis
        .words()
        .filter(|token| !segment.is_expected(token.key) && is_name(&segment.hypothesis, token))
        .take(LIMIT)
        .collect();
    for name in theirs {
        let sure = !segment.one_script() || segment.bags.source.contains_key(&name.key);
        if !sure {
            continue;
        }
        let text = expected.of(name);
        let limit = if side == Side::Source { 0.95 } else { options.threshold(0) };
        let inflected = tongue(expected, segment.languages.target()) != Tongue::English;
        let slips = match side {
            Side::Source => Slips::Bones,
            Side::Reference if german => Slips::One,
            Side::Reference => Slips::Any,
        };
        if let Some(at) = nearest(text, &ours, &segment.hypothesis, limit, inflected, slips) {
            let found = ours.remove(at);
            let message = format!(
                "the name {} is spelt {text} in the {}",
                segment.hypothesis.of(found),
                side.name()
            );
            report.add(Spans::hypothesis(found.span()).and(side, name.span()), message);
        } else if side == Side::Reference && is_lost(segment, name, expected, german) {
            let message = format!("the name {text} of the reference is missing");
            report.add_milder(Spans::default().and(side, name.span()), message);
        }
    }
}

/// Can be a name: long enough, with a capital where the script has them.
fn is_name(view: &View<'_>, token: &Token) -> bool {
    let least = if token.script == Script::Hangul { 2 } else { 4 };
    token.length >= least
        && token.is_word()
        && (!token.script.has_case() || token.is_capital())
        && !(token.first && is_function_word(view.of(token)))
}

/// Whether a name that has no near miss is worth a word: reference and source have it, as a capitalised
/// word in the middle of a sentence, and the hypothesis nothing that begins like it.
fn is_lost(segment: &Segment<'_>, name: &Token, reference: &View<'_>, german: bool) -> bool {
    if !segment.one_script() || !name.is_capital() || name.first || german {
        return false;
    }
    let folded = fold(reference.of(name));
    let start: String = folded.chars().take(4).collect();
    let begins = |token: &Token| fold(segment.hypothesis.of(token)).starts_with(&start);
    !segment.hypothesis.words().take(2000).any(begins)
}

/// Which near misses count.
#[derive(Clone, Copy, Debug)]
enum Slips {
    /// All.
    Any,
    /// One letter: in German any noun can look like a name.
    One,
    /// One letter that changes the skeleton: languages adapt names (Parliament, Parlament), and their
    /// skeletons stay.
    Bones,
}

/// The candidate that is closest to a name and close enough.
fn nearest(
    name: &str,
    candidates: &[&Token],
    view: &View<'_>,
    limit: f64,
    inflected: bool,
    slips: Slips,
) -> Option<usize> {
    let name = fold(name);
    let likeness = |token: &&Token| {
        let word = fold(view.of(token));
        let close = closeness(&name, &word, limit, inflected)?;
        let slip = || strsim::damerau_levenshtein(&name, &word) == 1;
        let wanted = match slips {
            Slips::Any => true,
            Slips::One => slip(),
            Slips::Bones => {
                name.chars().count() >= 5 && slip() && skeleton(&name) != skeleton(&word)
            }
        };
        wanted.then_some(close)
    };
    let close =
        candidates.iter().enumerate().filter_map(|(at, token)| Some((at, likeness(token)?)));
    close.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

/// How close two folded words are, if they can be one name spelt in two ways.
pub(super) fn closeness(a: &str, b: &str, limit: f64, inflected: bool) -> Option<f64> {
    if !a.starts_with(|c| script(c).has_case()) {
        return caseless(a, b);
    }
    let (long, short) =
        (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    let within = long >= short + 3 && (a.contains(b) || b.contains(a));
    if long > 40 || long > short * 2 || a == b || within || is_inflection(a, b, inflected) {
        return None;
    }
    let similarity = strsim::jaro_winkler(a, b);
    let (bones, others) = (skeleton(a), skeleton(b));
    let same_bones = bones == others && bones.chars().count() >= 3 && similarity >= 0.7;
    (similarity >= limit || same_bones).then_some(similarity + f64::from(u8::from(same_bones)))
}

/// In scripts without capitals any word is looked at, so more is asked: the same skeleton, the same first
/// consonant, and neither word within the other, as a stem is within its forms.
fn caseless(a: &str, b: &str) -> Option<f64> {
    let (bones, others) = (skeleton(a), skeleton(b));
    let particle = |word: &str| {
        word.ends_with([
            '의', '이', '은', '는', '을', '를', '가', '에', '도', '와', '과', '로', '만', '서',
            '한', '된', '할',
        ])
    };
    let within = a.contains(b) || b.contains(a);
    let shared = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count();
    let ends_alike = shared > 0 || a.starts_with(|c| script(c) == Script::Hangul);
    let hebrew = a.starts_with(|c| script(c) == Script::Hebrew);
    let starts_alike = !hebrew || a.chars().next() == b.chars().next() && a.chars().count() >= 5;
    let least = if a.starts_with(|c| script(c) == Script::Hangul) { 2 } else { 3 };
    let close =
        bones == others && bones.chars().count() >= least && !within && ends_alike && starts_alike;
    (close && !particle(a) && !particle(b)).then_some(1.0)
}

/// Whether two words differ as forms of one word do: in their ends.
fn is_inflection(a: &str, b: &str, inflected: bool) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (a.chars().count() - shared, b.chars().count() - shared);
    if inflected {
        // What ends alike behind a difference differs in its stem.
        let ends_alike = rest_a > 0 && rest_b > 0 && a.chars().next_back() == b.chars().next_back();
        return shared >= 3
            && rest_a <= 4
            && rest_b <= 4
            && shared >= rest_a.max(rest_b)
            && !ends_alike;
    }
    let tail: String = if rest_a > rest_b { a } else { b }.chars().skip(shared).collect();
    let one_is_start = rest_a.min(rest_b) == 0;
    let ends = [
        "s", "'s", "'", "es", "n", "an", "ian", "ean", "er", "ers", "ns", "ans", "ians", "ese",
        "ish", "i",
    ];
    one_is_start && ends.contains(&tail.as_str())
        // Iraq and Iraqi, but also India and Indian, Italy and Italian: a vowel gives way.
        || shared >= 4 && ["ian", "ians", "an", "ans", "es", "ies"].contains(&tail.as_str()) && rest_a.min(rest_b) == 1
}

/// The consonants of a folded word, with letters that sound alike made the same and doubles single.
pub(super) fn skeleton(word: &str) -> String {
    let mut bones = String::with_capacity(word.len());
    let mut last = '\0';
    let mut push = |c: char, last: &mut char| {
        if c != *last {
            bones.push(c);
        }
        *last = c;
    };
    let word = word.replace("sch", "sh");
    let parts = word.chars().flat_map(|c| {
        let mut parts = [None; 3];
        let mut at = 0;
        unicode_normalization::char::decompose_canonical(c, |part| {
            if at < 3 {
                parts[at] = Some(part);
                at += 1;
            }
        });
        parts.into_iter().flatten()
    });
    for c in parts {
        match c {
            'a' | 'e' | 'i' | 'j' | 'o' | 'u' | 'y' | 'h' | '\'' | 'æ' | 'ø' | 'œ' | 'ı' => {}
            'c' | 'q' => push('k', &mut last),
            'x' | 'z' | 'ß' => push('s', &mut last),
            'w' => push('v', &mut last),
            'а' | 'е' | 'ё' | 'и' | 'й' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'ь' | 'ъ' | 'і'
            | 'ї' | 'є' => {}
            'α' | 'ε' | 'η' | 'ι' | 'ο' | 'υ' | 'ω' => {}
            // Matres lectionis and the carriers of vowels.
            'א' | 'ה' | 'ו' | 'י' | 'ע' | '׳' | 'ا' | 'و' | 'ي' | 'ى' | 'ع' | 'ء' => {}
            'ט' => push('ת', &mut last),
            'ב' => push('ב', &mut last),
            // Vowels, their signs, nasals and what joins letters, of the scripts of India.
            '\u{900}'..='\u{914}' | '\u{93a}'..='\u{957}' => {}
            // Vowels of Hangul.
            '\u{1161}'..='\u{1175}' | '\u{11bc}' | '\u{110b}' => {}
            _ if c.is_alphanumeric() => push(c, &mut last),
            _ => {}
        }
    }
    bones
}

/// One character that differs between characters that agree: 辻盛春子 for 辻森春子.
fn ideographs(segment: &Segment<'_>, reference: &View<'_>, report: &mut Report<'_>) {
    let is_han = |token: &Token| token.script == Script::Han;
    let mut places: HashMap<(u64, u64), usize> = HashMap::new();
    for (at, three) in reference.tokens.windows(3).enumerate() {
        if three.iter().all(is_han) {
            places.entry((three[0].key, three[2].key)).or_insert(at);
        }
    }
    let tokens = &segment.hypothesis.tokens;
    for (at, three) in tokens.windows(3).enumerate() {
        let Some(&there) = places.get(&(three[0].key, three[2].key)) else { continue };
        let theirs = &reference.tokens[there + 1];
        let context =
            |a: Option<&Token>, b: Option<&Token>| a.zip(b).is_some_and(|(a, b)| a.key == b.key);
        let wider = context(
            at.checked_sub(1).map(|at| &tokens[at]),
            there.checked_sub(1).map(|at| &reference.tokens[at]),
        ) || context(tokens.get(at + 3), reference.tokens.get(there + 3));
        let differ = is_han(&three[1])
            && three[1].key != theirs.key
            && wider
            && !segment.bags.reference.contains_key(&three[1].key)
            && !segment.bags.hypothesis.contains_key(&theirs.key);
        if differ {
            let (found, right) =
                (segment.hypothesis.span(at..at + 3), reference.span(there..there + 3));
            let message = format!(
                "{} is written {} in the reference",
                &segment.hypothesis.text[found.clone()],
                &reference.text[right.clone()]
            );
            report.add_milder(Spans::hypothesis(found).and(Side::Reference, right), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses() {
        for (a, b) in [
            ("tunsi", "tunxi"),
            ("muthaki", "muttaqi"),
            ("tarnow", "tarnov"),
            ("elqasimy", "alqasimi"),
        ] {
            assert!(closeness(a, b, 0.9, false).is_some(), "{a} {b}");
        }
        for (a, b) in [("putin", "putins"), ("italy", "italian"), ("berlin", "moscow")] {
            assert!(closeness(a, b, 0.9, false).is_none(), "{a} {b}");
        }
        assert!(closeness("харків", "харкові", 0.9, true).is_none());
    }
}
