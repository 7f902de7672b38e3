//! Sentences that are glued from several: a heading and the lead below it, lines without a stop that were joined.
//!
//! `Market reopens The market opened on Saturday.` looks like one sentence, and no rule of punctuation finds
//! its seam. The other text does, when it has a line that ends there. Such a sentence is cut where the
//! lines of the other text fall ([`resegment`](super::resegment())): at the end of a line without a stop, which
//! vanishes when lines are joined; or where the sentence itself goes on with a capital (or in a script without case)
//! and no comma. `Market reopens, and traders are glad` is what a translator merged: it stays whole and is a bead of
//! one sentence and several.

use std::ops::Range;

use super::anchors::Pairs;
use super::sentences::ends_in_stop;
use super::similarity::{Side, Weights};
use super::{Article, Bead, Sentence, Unit, resegment};
use crate::distance::Distance;
use crate::text::{Class, class, is_web};

/// A line of the other text is in a sentence when this part of its weight is, in hundredths.
const CONTAINED: u64 = 25;
/// A part that has less than this part of its line's letters, in hundredths, is no line.
const SLIVER: usize = 30;
/// Lines are turned round when that leaves less than this part of the edit distance to the sentence.
const TURNED: f64 = 0.8;

/// Both articles with their glued sentences cut; nothing when there are none.
pub(super) fn unglued(
    [first, second]: &[Article; 2],
    weights: &Weights,
    pairs: &Pairs,
) -> Option<[Article; 2]> {
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); second.sentences().len()];
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); first.sentences().len()];
    for (i, row) in rows.iter_mut().enumerate() {
        for (j, shared) in pairs.row(i) {
            let masses = [
                weights.hypothesis.mass(i..i + 1),
                weights.reference.mass(*j as usize..*j as usize + 1),
            ];
            let least = masses[0].min(masses[1]);
            if 100 * shared >= CONTAINED * least {
                row.push(*j as usize);
                columns[*j as usize].push(i);
            }
        }
    }
    let mut found = Contained { left: vec![0; weights.features()] };
    let mut cuts = [Vec::new(), Vec::new()];
    let small = starts_small(first) || starts_small(second);
    for (i, partners) in rows.iter().enumerate().filter(|(_, partners)| partners.len() > 1) {
        let lines = found.lines([&weights.hypothesis, &weights.reference], i, partners);
        cuts[0].extend(seams(first, i, second, &lines, small));
    }
    for (j, partners) in columns.iter().enumerate().filter(|(_, partners)| partners.len() > 1) {
        let lines = found.lines([&weights.reference, &weights.hypothesis], j, partners);
        cuts[1].extend(seams(second, j, first, &lines, small));
    }
    let [a, b] = cuts;
    (!a.is_empty() || !b.is_empty()).then(|| [cut(first, &a), cut(second, &b)])
}

/// Working memory: what of a sentence no line has been found for.
struct Contained {
    left: Vec<u32>,
}

impl Contained {
    /// Those of the partners that sentence `at` contains side by side, ascending: the heaviest first, each
    /// judged by what the ones before it left.
    fn lines(&mut self, [own, other]: [&Side; 2], at: usize, partners: &[usize]) -> Vec<usize> {
        for (feature, weight) in own.entries(at) {
            self.left[*feature as usize] = *weight;
        }
        let mut lines = partners.to_vec();
        lines.sort_by_key(|line| (std::cmp::Reverse(other.mass(*line..line + 1)), *line));
        lines.retain(|line| self.take(other, *line));
        for (feature, _) in own.entries(at) {
            self.left[*feature as usize] = 0;
        }
        lines.sort_unstable();
        lines
    }

    fn take(&mut self, other: &Side, line: usize) -> bool {
        let entries = other.entries(line);
        let shared = entries.iter().map(|(f, w)| u64::from(self.left[*f as usize].min(*w)));
        let is_in = 100 * shared.sum::<u64>() >= CONTAINED * other.mass(line..line + 1);
        for (feature, weight) in entries.iter().filter(|_| is_in) {
            let left = &mut self.left[*feature as usize];
            *left -= (*left).min(*weight);
        }
        is_in
    }
}

/// Both articles with those sentences cut that are linked with several lines, or say more than they are linked with
/// when a line beside the link is left alone: what a translator says in other words altogether. Nothing when there are
/// none.
pub(super) fn loosened([first, second]: &[Article; 2], beads: &[Bead]) -> Option<[Article; 2]> {
    let mut free = [vec![false; first.sentences().len()], vec![false; second.sentences().len()]];
    for bead in beads.iter().filter(|bead| !bead.is_linked()) {
        free[0][bead.hypothesis.clone()].fill(true);
        free[1][bead.reference.clone()].fill(true);
    }
    let small = starts_small(first) || starts_small(second);
    let mut cuts = [Vec::new(), Vec::new()];
    for bead in beads.iter().filter(|bead| bead.is_linked()) {
        let sides = [&bead.hypothesis, &bead.reference];
        if sides[0].len() == 1 {
            let lines = with_neighbours(first, sides[0].start, second, sides[1], &free[1]);
            cuts[0].extend(seams(first, sides[0].start, second, &lines, small));
        }
        if sides[1].len() == 1 {
            let lines = with_neighbours(second, sides[1].start, first, sides[0], &free[0]);
            cuts[1].extend(seams(second, sides[1].start, first, &lines, small));
        }
    }
    cuts.iter_mut().for_each(|cuts| cuts.sort_unstable());
    let [a, b] = cuts;
    (!a.is_empty() || !b.is_empty()).then(|| [cut(first, &a), cut(second, &b)])
}

/// The lines of a link, and the free lines before and behind them as far as the sentence is too long without.
fn with_neighbours(
    article: &Article,
    sentence: usize,
    other: &Article,
    lines: &Range<usize>,
    free: &[bool],
) -> Vec<usize> {
    let letters = |article: &Article, number: usize| article.sentence(number).chars().count();
    let of_lines: usize = lines.clone().map(|line| letters(other, line)).sum();
    let mut left = letters(article, sentence).saturating_sub(of_lines);
    let (mut start, mut end) = (lines.start, lines.end);
    let mut fits = |line: usize, more: usize| {
        let fits = free[line] && 4 * left > 3 * more;
        left = left.saturating_sub(if fits { more } else { 0 });
        fits
    };
    while start > 0
        && is_border(other, start - 1, start)
        && fits(start - 1, letters(other, start - 1))
    {
        start -= 1;
    }
    while end < free.len() && is_border(other, end - 1, end) && fits(end, letters(other, end)) {
        end += 1;
    }
    (start..end).collect()
}

/// Whether a text's lines start with small letters about as often as with capitals, as in chats: more than one in four.
fn starts_small(article: &Article) -> bool {
    let is_first = |number: &usize| *number == 0 || is_border(article, number - 1, *number);
    let first = |number: usize| article.sentence(number).chars().next();
    let starts: Vec<char> =
        (0..article.sentences().len()).filter(is_first).filter_map(first).collect();
    let count = |is: fn(char) -> bool| starts.iter().filter(|c| is(**c)).count();
    3 * count(char::is_lowercase) > count(char::is_uppercase)
}

/// Whether a line ends between two sentences.
fn is_border(article: &Article, before: usize, after: usize) -> bool {
    article.sentences()[before].paragraph != article.sentences()[after].paragraph
}

/// Whether a sentence ends without a stop.
fn is_open(article: &Article, sentence: usize) -> bool {
    let last = article
        .sentence(sentence)
        .trim_end_matches(|c| matches!(class(c), Class::Symbol) || "\"”»“)’」』）".contains(c));
    !last.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟'])
}

/// Where a sentence must be cut so that its parts fall to the lines of the other text; lines that changed places may
/// stand in it the other way round.
fn seams(
    article: &Article,
    sentence: usize,
    other: &Article,
    lines: &[usize],
    small: bool,
) -> Vec<usize> {
    let own = &article.sentences()[sentence].span;
    let text = &article.text()[own.clone()];
    let mut groups: Vec<Range<usize>> = Vec::new();
    for number in lines {
        match groups.last_mut() {
            Some(group) if !is_border(other, group.end - 1, *number) => group.end = number + 1,
            _ => groups.push(*number..number + 1),
        }
    }
    if groups.len() < 2 {
        return Vec::new();
    }
    let words = |group: &Range<usize>| {
        let span = |at: usize| other.sentences()[at].span.clone();
        &other.text()[span(group.start).start..span(group.end - 1).end]
    };
    let mut segments: Vec<&str> = groups.iter().map(words).collect();
    let distance =
        |segments: &[&str]| Distance::Levenshtein.between(text, &segments.join(" ")).distance;
    let mut least = distance(&segments);
    for at in 1..groups.len() {
        segments.swap(at - 1, at);
        let turned = distance(&segments);
        if turned < TURNED * least {
            groups.swap(at - 1, at);
            least = turned;
        } else {
            segments.swap(at - 1, at);
        }
    }
    let open = groups.iter().map(|group| is_open(other, group.end - 1));
    let spaces = text.chars().filter(|c| *c == ' ').count();
    let unit = if 20 * spaces < text.chars().count() { Unit::Char } else { Unit::Word };
    let parts = resegment(text, &segments, unit);
    let letters = |text: &str| text.chars().count();
    let is_line = |part: &Range<usize>, line: &str| {
        100 * letters(&text[part.clone()]) >= SLIVER * letters(line)
    };
    let open = [false].into_iter().chain(open);
    let lines = segments.iter().zip(open);
    let parts: Vec<_> = parts.into_iter().zip(lines).filter(|(part, _)| !part.is_empty()).collect();
    let seams =
        parts.windows(2).filter(|pair| pair.iter().all(|(part, (line, _))| is_line(part, line)));
    let glued = seams
        .map(|pair| &pair[1])
        .filter(|(part, (_, open))| *open || is_seam(text, part.start, small));
    glued.map(|(part, _)| own.start + part.start).collect()
}

/// Whether a text looks glued here: a stop before; or no comma before, and no small letter after unless its lines start
/// with `small` ones.
fn is_seam(text: &str, at: usize, small: bool) -> bool {
    let before = text[..at].trim_end();
    let comma = before.ends_with([',', ';', ':', '，', '、', '；', '：', '،', '–', '—', '-', '(']);
    let goes_on = text[at..].starts_with(char::is_lowercase) && !is_web(&text[at..]);
    ends_in_stop(before) || !comma && (small || !goes_on)
}

/// The article with its sentences cut at these bytes too.
fn cut(article: &Article, seams: &[usize]) -> Article {
    let mut seams = seams.iter().copied().peekable();
    let mut sentences = Vec::new();
    for Sentence { span, paragraph } in article.sentences() {
        let mut start = span.start;
        while let Some(seam) = seams.next_if(|seam| *seam < span.end) {
            let end = start + article.text[start..seam].trim_end().len();
            if end > start {
                sentences.push(Sentence { span: start..end, paragraph: *paragraph });
                start = seam;
            }
        }
        sentences.push(Sentence { span: start..span.end, paragraph: *paragraph });
    }
    Article { text: article.text.clone(), sentences }
}
