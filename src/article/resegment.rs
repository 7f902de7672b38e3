//! A stream of words cut to the reference's segments by minimal edit distance (Matusov et al. 2005).
//!
//! Speech translation, and every model that doesn't keep lines, gives one stream where the
//! reference has segments. Of all ways to cut the stream into as many parts, this is one whose parts have the
//! smallest summed edit distance to the reference's segments: the quantity that AS-WER divides.
//!
//! # How
//!
//! An edit distance that is minimal over the whole splits at any border of the reference into one left and
//! one right of it, each minimal. So the stream is cut at the middle border first, then each half at its own middle,
//! as Hirschberg (1975) does, but only ever at borders. Both distances come for all positions of the stream at once
//! from Myers' (1999) bit-parallel columns, 64 words of the stream at a step.
//!
//! # Ties
//!
//! Many positions are equally near: the distance doesn't care where a word goes that nothing matches. All of them are
//! known here, and the one is taken that reads best ([`Units::fit`]): the word before the cut ends as the
//! reference's segment ends (with a stop, a comma, nothing), the word after it starts as the next one starts (with a
//! capital or not), and both resemble the reference's words at the border. Of equals the first is taken.

use std::ops::Range;

use super::edges::Columns;
use crate::text::vocabulary::Vocabulary;
use crate::text::{Class, class, is_whitespace};

/// What is matched, and between which a cut may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Words between white space, compared without case and without punctuation at their ends.
    #[default]
    Word,
    /// Characters other than white space, for scripts without spaces.
    Char,
}

/// Cuts `text` into one part for each segment of the reference: byte ranges in order, without white space at
/// their ends; a part may be empty. All characters of the text but white space are in exactly one.
///
/// Documents are cut one by one: give the text and the segments of one at a time.
///
/// ```
/// use bleuprint::article::{Unit, resegment};
///
/// let text = "the dyke held. Nobody was hurt, said the mayor";
/// let reference = ["The dyke has held.", "", "Nobody was injured, the mayor said."];
/// let parts: Vec<&str> =
///     resegment(text, &reference, Unit::Word).into_iter().map(|span| &text[span]).collect();
/// assert_eq!(parts, ["the dyke held.", "", "Nobody was hurt, said the mayor"]);
/// ```
///
/// # Complexity
///
/// For n units of text and m of reference O(n m / 64) steps and O(n + m) memory; about a second for
/// 100,000 words against as many.
///
/// # References
///
/// Matusov, Leusch, Bender, Ney: Evaluating Machine Translation Output with Automatic Sentence Segmentation. IWSLT
/// 2005, section 3. Hirschberg: A linear space algorithm for computing maximal common subsequences. CACM 18(6), 1975.
/// Myers: A fast bit-vector algorithm for approximate string matching. JACM 46(3), 1999.
pub fn resegment<S: AsRef<str>>(text: &str, reference: &[S], unit: Unit) -> Vec<Range<usize>> {
    let mut vocabulary = Vocabulary::default();
    let own = Units::new(text, unit, &mut vocabulary);
    let mut segments = Vec::with_capacity(reference.len());
    let mut all = Vec::new();
    let mut ends = vec![0];
    for segment in reference {
        let units = Units::new(segment.as_ref(), unit, &mut vocabulary);
        all.extend_from_slice(&units.numbers);
        ends.push(all.len());
        segments.push(units);
    }
    let columns = Columns::new(&own.numbers, &all, vocabulary.len());
    let mut cuts = vec![0; reference.len() + 1];
    cuts[reference.len()] = own.numbers.len();
    let fit = |at: usize, border: usize| own.fit(at, &segments[..border], &segments[border..]);
    cut(&columns, &ends, 0..reference.len(), &mut cuts, &fit);
    cuts.windows(2).take(reference.len()).map(|pair| own.span(pair[0]..pair[1])).collect()
}

/// Sets the cuts between these segments; those at both ends stand.
fn cut(
    columns: &Columns,
    ends: &[usize],
    segments: Range<usize>,
    cuts: &mut [usize],
    fit: &impl Fn(usize, usize) -> i64,
) {
    if segments.len() < 2 {
        return;
    }
    let middle = segments.start + segments.len() / 2;
    let own = cuts[segments.start]..cuts[segments.end];
    let reference = [ends[segments.start], ends[middle], ends[segments.end]];
    let nearest = columns.nearest(own, reference);
    cuts[middle] = best(nearest, |at| fit(at, middle));
    cut(columns, ends, segments.start..middle, cuts, fit);
    cut(columns, ends, middle..segments.end, cuts, fit);
}

/// The first of the positions with the best fit.
fn best(positions: Vec<usize>, fit: impl Fn(usize) -> i64) -> usize {
    positions.into_iter().map(|at| (std::cmp::Reverse(fit(at)), at)).min().map_or(0, |(_, at)| at)
}

/// A text as units: where they stand, and their numbers in a vocabulary.
struct Units<'a> {
    text: &'a str,
    spans: Vec<Range<usize>>,
    numbers: Vec<u32>,
}

impl<'a> Units<'a> {
    fn new(text: &'a str, unit: Unit, vocabulary: &mut Vocabulary) -> Self {
        let spans = match unit {
            Unit::Word => words(text),
            Unit::Char => {
                let characters = text.char_indices().filter(|(_, c)| !is_whitespace(*c));
                characters.map(|(at, c)| at..at + c.len_utf8()).collect()
            }
        };
        let mut key = String::new();
        let number = |span: &Range<usize>| {
            key.clear();
            key.extend(bare(&text[span.clone()]).chars().flat_map(char::to_lowercase));
            vocabulary.insert(&key)
        };
        let numbers = spans.iter().map(number).collect();
        Units { text, spans, numbers }
    }

    fn unit(&self, at: usize) -> &'a str {
        &self.text[self.spans[at].clone()]
    }

    fn span(&self, units: Range<usize>) -> Range<usize> {
        match self.spans.get(units.start) {
            Some(first) if units.start < units.end => first.start..self.spans[units.end - 1].end,
            Some(first) => first.start..first.start,
            None => self.text.len()..self.text.len(),
        }
    }

    /// How well the text reads when it is cut before unit `at` where the reference has a border:
    /// punctuation before, case after, likeness on both sides, in eighths of a word.
    fn fit(&self, at: usize, left: &[Units<'_>], right: &[Units<'_>]) -> i64 {
        let before = at.checked_sub(1).map(|at| self.unit(at));
        let after = self.spans.get(at).map(|span| &self.text[span.clone()]);
        let last = left
            .iter()
            .rev()
            .find_map(|units| units.spans.len().checked_sub(1).map(|at| units.unit(at)));
        let first = right.iter().find(|units| !units.spans.is_empty()).map(|units| units.unit(0));
        let mut fit = 0;
        if let (Some(before), Some(last)) = (before, last) {
            fit += stop(before, last) + likeness(bare(before), bare(last));
        }
        if let (Some(after), Some(first)) = (after, first) {
            fit += start(after, first) + likeness(bare(after), bare(first));
        }
        fit
    }
}

/// The words between white space; one run of a script without spaces is one.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (is_whitespace(c), start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

/// A word without the punctuation at its ends; one that is nothing else as it stands.
fn bare(word: &str) -> &str {
    let bare = word.trim_matches(|c| class(c) == Class::Punctuation);
    if bare.is_empty() { word } else { bare }
}

/// How a word ends: 3 a sentence, 2 a clause, 1 other punctuation, 0 none.
fn ending(word: &str) -> u8 {
    let inner =
        word.trim_end_matches(['"', '”', '’', '»', '«', '“', ')', ']', '」', '』', '）', '\'']);
    match inner.chars().next_back() {
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟') => 3,
        Some(',' | ';' | ':' | '、' | '，' | '；' | '：' | '،' | '-' | '–' | '—') => 2,
        Some(c) if class(c) == Class::Punctuation => 1,
        _ if inner.len() < word.len() => 1,
        _ => 0,
    }
}

fn stop(before: &str, last: &str) -> i64 {
    let closes = |word: &str| word.ends_with(['"', '”', '»', '“', ')', '」', '』', '）']);
    let kind = match (ending(before), ending(last)) {
        (3, 3) => 16,
        (own, other) if own == other => 8,
        (3, _) => 6,
        (_, 3) => -8,
        _ => 0,
    };
    kind + if closes(before) == closes(last) { 3 } else { 0 }
}

fn start(after: &str, first: &str) -> i64 {
    let opens = |word: &str| word.chars().next().is_some_and(|c| class(c) == Class::Punctuation);
    let case = |word: &str| bare(word).chars().next().map(|c| (c.is_uppercase(), c.is_lowercase()));
    let same = if case(after) == case(first) { 6 } else { 0 };
    same + if opens(after) == opens(first) { 4 } else { -4 }
}

/// Common characters at the start, in eighths of the longer word.
fn likeness(one: &str, other: &str) -> i64 {
    let lower = |word: &'_ str| word.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (one, other) = (lower(one), lower(other));
    let common = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    (8 * common / one.len().max(other.len()).max(1)) as i64
}
