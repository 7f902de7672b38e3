//! Numbers changed, missing or added.
//!
//! # Definition
//!
//! A number is a run of digits of any script with its separators, and the scale word behind it (million,
//! млн, 万, करोड़). It can be read in several ways (`1,250` is 1250 or 1.25; `1.6 million` is 1.6 or
//! 1600000; `7.30` is 7 and 30), and several with their scales are one (`1億2,000万`, `5 crore 20 lakh`); two numbers agree when they share a reading. English number words up to a
//! hundred, the commonest of other languages and Han numerals agree with digits but are not reported
//! themselves. Reported are:
//!
//! - *changed*: a number that neither source nor reference has, where a number of theirs is gone;
//! - *added*: one that they don't have, beyond 12 or with decimals;
//! - *missing*, a degree milder: one that all given texts have, beyond 12 or with decimals.
//!
//! Numbers are sets, not multisets: who says 40 twice or once says the same.
//!
//! # Measured
//!
//! 35 of 39 planted number faults (twelve articles). On outputs of WMT24 (en to six languages), a
//! finding is inside an error span that people marked 2.1 times as often as a span put there by
//! chance. False alarms on human references: 0.28 in 1,000 words. (`scripts/findings.py`)

use std::ops::Range;

use super::config::Options;
use super::finding::{Report, Severity, Side, Spans};
use super::lexicon::{SCALES, han_numeral, number_word};
use super::script::Script;
use super::segment::Segment;
use super::view::{Keys, Kind, Token, View};
use super::{Entry, Needs, Run, Threshold};
use crate::text::digit;

pub(super) const ENTRY: Entry = Entry {
    name: "number",
    summary: "numbers changed, missing or added",
    needs: Needs::Either,
    severity: Severity::Major,
    thresholds: &[Threshold {
        name: "small",
        default: 12.0,
        summary: "whole numbers up to this may be missing or added, since they are often words",
    }],
    run: Run::Segment(check),
};

/// What may stand between a number and its scale word.
const BEFORE_SCALE: [char; 4] = [' ', '\u{a0}', '\u{202f}', '-'];
/// Numbers of a segment that are reported at most.
const LIMIT: usize = 200;

/// A number in a text: where it is and how it can be read.
#[derive(Clone, Debug)]
pub(super) struct Number {
    span: Range<usize>,
    readings: Vec<f64>,
    /// Written in digits.
    digits: bool,
    /// An hour of the day.
    clock: bool,
    /// How many of the readings are without a scale word; all if there is none.
    bare: usize,
}

impl Number {
    /// One that agrees with others and is not reported itself.
    fn silent(span: Range<usize>, readings: Vec<f64>) -> Self {
        Number { span, readings, digits: false, clock: false, bare: usize::MAX }
    }

    /// One in digits without a scale.
    fn plain(span: Range<usize>, readings: Vec<f64>, clock: bool) -> Self {
        Number { span, readings, digits: true, clock, bare: usize::MAX }
    }

    /// The readings with the scale word; none if there is none.
    fn scaled(&self) -> &[f64] {
        self.readings.get(self.bare..).unwrap_or_default()
    }
}

/// The values of a text's numbers.
#[derive(Debug, Default)]
struct Values {
    plain: Keys,
    /// Those of numbers without a scale word.
    bare: Keys,
    /// What years and times among them are also called.
    others: Keys,
}

fn check(segment: &Segment<'_>, options: &Options, report: &mut Report<'_>) {
    let has_numbers = |view: &View<'_>| view.tokens.iter().any(|token| token.kind == Kind::Number);
    if !has_numbers(&segment.hypothesis) && !segment.sides().any(|(_, view)| has_numbers(view)) {
        return;
    }
    let sides: Vec<(Side, Vec<Number>, Values)> = segment
        .sides()
        .map(|(side, view)| {
            let numbers = numbers(view);
            let values = values(&numbers);
            (side, numbers, values)
        })
        .collect();
    let Some((side, expected, _)) = sides.first() else { return };
    let ours = numbers(&segment.hypothesis);
    let our_values = values(&ours);

    let added: Vec<&Number> = ours
        .iter()
        .filter(|number| {
            number.digits && !sides.iter().any(|(_, _, values)| agrees(number, values))
        })
        .collect();
    let everywhere = |number: &&Number| sides.iter().all(|(_, _, values)| agrees(number, values));
    let missing: Vec<&Number> = expected
        .iter()
        .filter(|number| number.digits && !agrees(number, &our_values))
        .filter(everywhere)
        .collect();
    let small = options.threshold(0);
    let expected_text = segment.expected().map_or("", |(_, view)| view.text);
    let texts = (segment.hypothesis.text, expected_text);
    tell(&added, &missing, texts, *side, small, report);
}

/// Pairs what was added with what is missing, the most alike first, and reports.
fn tell(
    added: &[&Number],
    missing: &[&Number],
    (ours, theirs): (&str, &str),
    side: Side,
    small: f64,
    report: &mut Report<'_>,
) {
    let mut open: Vec<&Number> = missing.iter().take(LIMIT).copied().collect();
    for number in added.iter().take(LIMIT) {
        let text = &ours[number.span.clone()];
        let likeness = |other: &&Number| strsim::jaro(text, &theirs[other.span.clone()]);
        let window = open.iter().take(16).enumerate();
        let best = window.max_by(|a, b| likeness(a.1).total_cmp(&likeness(b.1))).map(|(at, _)| at);
        // Small numbers come and go as words; one that has no digit in common was not changed into it.
        let alone = added.len() == 1 && missing.len() == 1;
        let best =
            best.filter(|at| alone || !is_small(number, small) || likeness(&open[*at]) > 0.0);
        let spans = Spans::hypothesis(number.span.clone());
        if let Some(at) = best {
            let other = open.remove(at);
            let message = format!(
                "the number {text} stands where {} was expected",
                &theirs[other.span.clone()]
            );
            report.add(spans.and(side, other.span.clone()), message);
        } else if !is_small(number, small) && !is_minute(ours, number) {
            report.add(spans, format!("the number {text} is not in the {}", side.name()));
        }
    }
    let told = |number: &&Number| {
        !is_small(number, small) && !is_minute(theirs, number) && !is_round(number)
    };
    for number in open.into_iter().filter(told) {
        let text = &theirs[number.span.clone()];
        let spans = Spans::default().and(side, number.span.clone());
        report.add_milder(spans, format!("the number {text} of the {} is missing", side.name()));
    }
}

/// One digit and zeros: often a word (three hundred, the forties).
fn is_round(number: &Number) -> bool {
    let zeros = |value: f64| value > 0.0 && value / 10_f64.powf(value.log10().floor()) % 1.0 == 0.0;
    number.readings.iter().any(|value| zeros(*value))
}

/// Minutes behind an hour: a quarter past and half past are words.
fn is_minute(text: &str, number: &Number) -> bool {
    let before = text[..number.span.start].trim_end();
    let minutes = number.readings.iter().all(|value| *value < 60.0 && value % 15.0 == 0.0);
    minutes && before.ends_with([':', '：', '時', '时', '点', '시', '-'])
}

fn is_small(number: &Number, small: f64) -> bool {
    // Two and a half is a word too.
    number.readings.iter().all(|value| *value <= small && value * 2.0 % 1.0 == 0.0)
}

fn values(numbers: &[Number]) -> Values {
    let all = || numbers.iter().flat_map(|number| &number.readings);
    let unscaled = numbers.iter().filter(|number| number.bare >= number.readings.len());
    let times = all().filter_map(|value| parts(*value)).flat_map(|(hour, minute)| [hour, minute]);
    Values {
        plain: all().map(|value| bits(*value)).collect(),
        bare: unscaled.flat_map(|number| &number.readings).map(|value| bits(*value)).collect(),
        others: all().flat_map(|value| years(*value)).chain(times).map(bits).collect(),
    }
}

/// Whether a number is among the values: as it is, on the other half of the clock, or part by part.
fn agrees(number: &Number, values: &Values) -> bool {
    let has = |value: f64| values.plain.contains(&bits(value));
    let other = |value: f64| values.others.contains(&bits(value));
    let hour = |value: f64| number.clock && value.fract() == 0.0 && value <= 24.0;
    let scaled = number.bare < number.readings.len();
    number.readings.iter().enumerate().any(|(at, value)| {
        // 18.6 billion is not 18.6亿.
        let same = if scaled && at < number.bare {
            values.bare.contains(&bits(*value))
        } else {
            has(*value)
        };
        same || other(*value)
            || hour(*value)
                && [12.0, -12.0].into_iter().any(|half| has(value + half) || other(value + half))
            || parts(*value).is_some_and(|(a, b)| (has(a) || has(a - 12.0)) && has(b))
            || years(*value).any(has)
    })
}

/// To nine digits, so that 5.85 times 100 million is 585 million.
fn bits(value: f64) -> u64 {
    let digits = value.abs().max(1e-9).log10().floor() as i32;
    let unit = 10_f64.powi((digits - 8).clamp(-300, 300));
    ((value / unit).round() * unit).to_bits()
}

/// A value, and if it is a year what else it is called: '87, the 1970s, the 20th century, the Buddhist year.
fn years(value: f64) -> impl Iterator<Item = f64> {
    let year = value.fract() == 0.0 && (1000.0..2700.0).contains(&value);
    let others = [value % 100.0, (value / 100.0).floor() + 1.0, value + 543.0, value - 543.0];
    others.into_iter().filter(move |_| year)
}

/// A decimal number, or one of three or four digits, as hours and minutes, or day and month.
fn parts(value: f64) -> Option<(f64, f64)> {
    let value = if value.fract() == 0.0 && (100.0..2400.0).contains(&value) {
        value / 100.0
    } else {
        value
    };
    let whole = value.trunc();
    if value.fract() == 0.0 {
        return None;
    }
    let hundredths = ((value - whole) * 100.0).round();
    (whole <= 31.0 && hundredths < 60.0).then_some((whole, hundredths))
}

/// The numbers of a text, in order.
pub(super) fn numbers(view: &View<'_>) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut at = 0;
    while let Some(token) = view.tokens.get(at) {
        at += 1;
        match token.kind {
            Kind::Number => digits(view, token.span(), &mut numbers),
            Kind::Word if has_digit(view.of(token)) => within(view, token, &mut numbers),
            Kind::Word if is_scale(view, token, &numbers) => {}
            Kind::Word if token.script == Script::Han => {
                let (value, taken) = han(view, at - 1);
                if let Some(value) = value {
                    let span = view.span(at - 1..at - 1 + taken);
                    at += taken - 1;
                    numbers.push(Number::silent(span, vec![value]));
                }
            }
            Kind::Word if token.length <= 14 && !token.script.is_unspaced() => {
                if let Some(value) = number_word(view.of(token)) {
                    let mut readings = vec![value];
                    compound(&numbers, token.start, value, &mut readings);
                    numbers.push(Number::silent(token.span(), readings));
                }
            }
            _ => {}
        }
    }
    numbers
}

/// Whether a word is the scale of the number before it.
fn is_scale(view: &View<'_>, token: &Token, numbers: &[Number]) -> bool {
    let gap = |last: &Number| view.text.get(last.span.end..token.start);
    numbers.last().is_some_and(|last| {
        !last.scaled().is_empty()
            && gap(last).is_some_and(|gap| gap.trim_matches(BEFORE_SCALE).is_empty())
    })
}

/// Adds a number. Behind the scale of the one before it is a part of it: `1億2,000万`, `4만300`, `5 crore 20 lakh`;
/// with a space and without a scale of its own it may be one (`4만 300`).
fn add(view: &View<'_>, mut number: Number, numbers: &mut Vec<Number>) {
    let own = number.scaled();
    let lows = if own.is_empty() { &number.readings } else { own };
    let Some(last) = numbers.last_mut().filter(|last| !last.scaled().is_empty()) else {
        return numbers.push(number);
    };
    let gap = view.text.get(last.span.end..number.span.start).unwrap_or_default();
    let sums =
        |high: &f64| lows.iter().filter(|low| fits(*high, **low)).map(|low| high + low).collect();
    let sums: Vec<f64> = last.scaled().iter().flat_map::<Vec<f64>, _>(sums).take(4).collect();
    if sums.is_empty() || !is_scale_word(gap) {
        numbers.push(number);
    } else if own.is_empty() && gap.ends_with(BEFORE_SCALE) {
        last.readings.extend(&sums);
        number.readings.extend(sums);
        numbers.push(number);
    } else {
        let span = last.span.start..number.span.end;
        *last = Number { span, readings: sums, bare: 0, digits: true, clock: false };
    }
}

/// Whether the lower part of a number fits below the zeros of the higher.
fn fits(high: f64, low: f64) -> bool {
    low >= 1.0 && high % 10_f64.powf(low.log10().floor() + 1.0) == 0.0
}

/// Whether a gap is nothing but a scale word, in any of its forms where words have spaces between them.
fn is_scale_word(gap: &str) -> bool {
    let word = gap.trim_matches(BEFORE_SCALE).to_lowercase();
    let inflected = word.chars().all(char::is_alphabetic);
    SCALES.iter().any(|(scale, _)| match scale.len() {
        ..6 => word == scale.trim_end(),
        _ => word == *scale || inflected && word.starts_with(scale),
    })
}

/// Whether a word has a digit of any script: the first byte of the others' is 0xd9 or more.
fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit() || byte >= 0xd9)
        && word.contains(|c| digit(c).is_some())
}

/// The numbers within a word (N585m, A320) agree with others and are not reported.
fn within(view: &View<'_>, token: &Token, numbers: &mut Vec<Number>) {
    let word = view.of(token);
    let runs = word.split(|c: char| digit(c).is_none()).filter(|run| !run.is_empty());
    for run in runs {
        let mut readings = vec![value(run)];
        let start = run.as_ptr() as usize - word.as_ptr() as usize;
        scale(&word[start + run.len()..], &mut readings);
        let start = token.start + start;
        add(view, Number::silent(start..start + run.len(), readings), numbers);
    }
}

/// "twenty-five" is also 25, "two hundred" is 200: the word before adds or multiplies.
fn compound(before: &[Number], start: usize, value: f64, readings: &mut Vec<f64>) {
    let Some(last) = before.last().filter(|last| !last.digits && last.span.end + 1 == start) else {
        return;
    };
    for tens in &last.readings {
        if *tens >= 20.0 && value < 10.0 && tens % 10.0 == 0.0 {
            readings.push(tens + value);
        } else if value >= 100.0 && *tens < value {
            readings.push(tens * value);
        }
    }
}

/// A numeral of Han digits, and how many tokens it takes.
fn han(view: &View<'_>, at: usize) -> (Option<f64>, usize) {
    let (mut total, mut last, mut taken) = (0.0, None, 0);
    for token in view.tokens[at..].iter().take(8) {
        let Some(value) = view.of(token).chars().next().and_then(han_numeral) else { break };
        taken += 1;
        if value >= 10.0 {
            total += last.take().unwrap_or(1.0) * value;
        } else {
            last = Some(last.unwrap_or(0.0) * 10.0 + value);
        }
    }
    ((taken > 0).then_some(total + last.unwrap_or(0.0)), taken)
}

/// A token of digits: one number, or several (the parts of a date).
fn digits(view: &View<'_>, span: Range<usize>, numbers: &mut Vec<Number>) {
    let text = &view.text[span.clone()];
    let part = |part: &str, clock| {
        let start = span.start + (part.as_ptr() as usize - text.as_ptr() as usize);
        Number::plain(start..start + part.len(), vec![value(part)], clock)
    };
    let mut readings = read(text);
    if text.len() == 4 && text.starts_with('0') && text.is_ascii() {
        // 0630 is half past six.
        numbers.extend([part(&text[..2], true), part(&text[2..], true)]);
    } else if readings.is_empty() {
        let groups = text.split(|c: char| digit(c).is_none()).filter(|group| !group.is_empty());
        numbers.extend(groups.map(|group| part(group, false)));
    } else {
        let (bare, behind) = (readings.len(), &view.text[span.end..]);
        scale(behind, &mut readings);
        let number =
            Number { span: span.clone(), readings, digits: true, clock: is_hour(behind), bare };
        add(view, number, numbers);
    }
}

/// What stands behind an hour.
fn is_hour(behind: &str) -> bool {
    let behind = behind.trim_start();
    const WORDS: &[&str] = &[
        ":",
        "a.m",
        "p.m",
        "am",
        "pm",
        "AM",
        "PM",
        "Uhr",
        "h ",
        "hod",
        "час",
        "утра",
        "вечера",
        "годин",
        "時",
        "时",
        "点",
        "시",
        "बजे",
        "น.",
        "โมง",
    ];
    WORDS.iter().any(|word| behind.starts_with(word))
}

/// Adds what a scale word behind the number makes of it.
fn scale(behind: &str, readings: &mut Vec<f64>) {
    let behind = behind.trim_start_matches(BEFORE_SCALE);
    let mut start: String = behind.chars().take(9).flat_map(char::to_lowercase).collect();
    if !start.chars().all(|c| c.is_alphabetic()) || start.len() < 3 {
        // So that short words end: "5k" and "5m," but not "5 meters".
        start = start.replace(|c: char| !c.is_alphabetic() && c != '.', " ") + " ";
    }
    let plain = readings.clone();
    for (word, factor) in SCALES {
        if start.starts_with(word) {
            readings.extend(plain.iter().map(|value| value * factor));
        }
    }
}

/// The readings of digits with separators; none when they are several numbers.
fn read(text: &str) -> Vec<f64> {
    let separators: Vec<char> = text.chars().filter(|c| digit(*c).is_none()).collect();
    let groups: Vec<&str> = text.split(|c: char| digit(c).is_none()).collect();
    let Some(last) = separators.last() else { return vec![value(text)] };
    let whole = |groups: &[&str]| value(&groups.concat());
    let decimal = |groups: &[&str], fraction: &str| {
        let digits = fraction.chars().count() as i32;
        (whole(groups) * 10_f64.powi(digits.min(18)) + value(fraction))
            / 10_f64.powi(digits.min(18))
    };
    let (fraction, wholes) = groups.split_last().unwrap_or((&"", &[]));
    let point = matches!(last, '.' | ',' | '٫' | '．' | '，');
    let one_kind = separators.iter().all(|c| c == last);
    let mut readings = Vec::new();
    if one_kind && is_grouped(&groups) {
        readings.push(whole(&groups));
    }
    if separators.len() == 1 && point || !one_kind && point && is_grouped(wholes) {
        readings.push(decimal(wholes, fraction));
    }
    readings
}

/// Groups of three behind the first, or of two and a last of three, as in India.
fn is_grouped(groups: &[&str]) -> bool {
    let Some((first, rest)) = groups.split_first() else { return false };
    let digits = |group: &&str| group.chars().count();
    let Some((last, inner)) = rest.split_last() else { return true };
    (1..=3).contains(&digits(first))
        && digits(last) == 3
        && (inner.iter().all(|group| digits(group) == 3)
            || inner.iter().all(|group| digits(group) == 2))
}

/// The value of plain digits.
fn value(digits: &str) -> f64 {
    digits.chars().filter_map(digit).fold(0.0, |value, digit| value * 10.0 + f64::from(digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(text: &str) -> Vec<Vec<f64>> {
        numbers(&View::new(text)).into_iter().map(|number| number.readings).collect()
    }

    #[test]
    fn reads_what_the_world_writes() {
        assert_eq!(readings("1,250,000"), [[1_250_000.0]]);
        assert_eq!(readings("1.250,5"), [[1250.5]]);
        assert_eq!(readings("18,75,000"), [[1_875_000.0]]);
        assert_eq!(readings("2 350 тонн"), [[2350.0]]);
        assert_eq!(readings("1,250"), [[1250.0, 1.25]]);
        assert_eq!(readings("14.10.2024"), [[14.0], [10.0], [2024.0]]);
        assert_eq!(readings("31,5 млн"), [[31.5, 31.5e6]]);
        assert_eq!(readings("४३"), [[43.0]]);
        assert_eq!(readings("十二"), [[12.0]]);
        assert_eq!(readings("twenty-five"), [vec![20.0], vec![5.0, 25.0]]);
    }

    #[test]
    fn several_with_their_scales_are_one() {
        assert_eq!(readings("4만300"), [[40_300.0]]);
        assert_eq!(readings("約1億2,000万円"), [[120_000_000.0, 100_020_000.0]]);
        assert_eq!(readings("1億2000万3千"), [[120_003_000.0]]);
        assert_eq!(readings("5 crore 20 lakh"), [[52_000_000.0]]);
        assert_eq!(readings("2 миллиона 300 тысяч"), [[2_300_000.0]]);
        assert_eq!(readings("4만 300명"), [vec![4.0, 40_000.0, 40_300.0], vec![300.0, 40_300.0]]);
        assert_eq!(readings("3 million and 4"), [vec![3.0, 3e6], vec![4.0]]);
        assert_eq!(readings("20 万以上5000"), [vec![20.0, 200_000.0], vec![5000.0]]);
    }
}
