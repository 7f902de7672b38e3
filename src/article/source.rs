//! Which sentences of the source each bead translates.
//!
//! Across languages words don't match, but lengths do (Gale and Church 1993), and so do numbers, names that both
//! scripts write alike, questions, and the paragraphs. A human translation keeps the order of its source and leaves
//! little out, so the source is aligned with the reference, in order, and each bead has the source of its reference
//! sentences. A bead without reference has what the hypothesis stands for, if the reference has left it out.
//!
//! The cost of a group of neighbouring sentences A against a group B is
//!
//! ```text
//! kind + 1.5 ln(1 + δ²) − evidence        δ = (|B| − c |A|) / sqrt(6.8 (|B| + c |A|) / 2)
//! ```
//!
//! in nats, with lengths in letters and c the ratio of the two texts' lengths. The kind's price is that of Gale and
//! Church's priors; evidence is the rarity of what both have, what their paragraphs say and whether both ask.

use std::ops::Range;

use super::anchors::Pairs;
use super::similarity::Weights;
use super::{Alignment, Article};

/// Groups of source sentences and of sentences of the translation, with their prices in thousandths of a nat.
const KINDS: [(usize, usize, i64); 12] = [
    (1, 1, 0),
    (1, 0, 3200),
    (0, 1, 3200),
    (2, 1, 3000),
    (1, 2, 3000),
    (2, 2, 5500),
    (3, 1, 5500),
    (1, 3, 5500),
    (4, 1, 7000),
    (1, 4, 7000),
    (3, 2, 7500),
    (2, 3, 7500),
];
/// Gale and Church's variance of the translated length of a letter.
const VARIANCE: f64 = 6.8;
/// More than so much evidence from common features is not counted.
const MOST: i64 = 9000;
/// Two groups that start (or end) a paragraph both; two of which one does; and half of what a border within costs
/// that the other doesn't have.
const BORDER: i64 = 1000;
/// Both ask, or one does.
const QUESTION: i64 = 1000;
/// Texts of as many paragraphs: two groups in paragraphs of the same number, and in others.
const SAME_PARAGRAPH: i64 = 1500;
/// So many sentences on either side of the diagonal are looked at.
const BAND: usize = 100;

/// Gives each bead the numbers of its source sentences.
pub(super) fn attach(alignment: &mut Alignment) {
    let Some(source) = alignment.source.take() else { return };
    let of_reference = translations(&source, &alignment.reference);
    let mut is_translated = vec![false; source.sentences().len()];
    for sentences in &of_reference {
        is_translated[sentences.clone()].fill(true);
    }
    let of_hypothesis = match alignment.beads.iter().any(|bead| bead.reference.is_empty()) {
        true => translations(&source, &alignment.hypothesis),
        false => Vec::new(),
    };
    for bead in &mut alignment.beads {
        bead.source = match bead.reference.is_empty() {
            false => hull(&of_reference[bead.reference.clone()]),
            true => {
                let sentences = hull(&of_hypothesis[bead.hypothesis.clone()]);
                if is_translated[sentences.clone()].contains(&true) { 0..0 } else { sentences }
            }
        };
    }
    alignment.source = Some(source);
}

/// From the first of these sentences to the last.
fn hull(ranges: &[Range<usize>]) -> Range<usize> {
    let mut all = ranges.iter().filter(|range| !range.is_empty());
    let Some(first) = all.next() else { return 0..0 };
    first.start..all.next_back().unwrap_or(first).end
}

/// For each sentence of a translation the source sentences that it is (part of) the translation of.
fn translations(source: &Article, translation: &Article) -> Vec<Range<usize>> {
    let mut found = vec![0..0; translation.sentences().len()];
    let texts = Texts::new(source, translation);
    for (sentences, of) in texts.groups() {
        found[of].fill(sentences);
    }
    found
}

/// What the costs are made from.
struct Texts<'a> {
    source: Side<'a>,
    translation: Side<'a>,
    pairs: Pairs,
    /// Letters of the translation for a letter of the source.
    ratio: f64,
    /// Whether both have as many paragraphs, more than one.
    same_paragraphs: bool,
}

/// One text's sentences.
struct Side<'a> {
    article: &'a Article,
    /// Letters before each sentence, and in all.
    letters: Vec<usize>,
    /// Whether each sentence has a question.
    asks: Vec<bool>,
}

impl<'a> Side<'a> {
    fn new(article: &'a Article) -> Self {
        let (mut letters, mut asks) = (vec![0], Vec::new());
        for number in 0..article.sentences().len() {
            let sentence = article.sentence(number);
            letters.push(letters[number] + sentence.chars().count());
            asks.push(sentence.contains(['?', '？', '؟']));
        }
        Side { article, letters, asks }
    }

    fn len(&self) -> usize {
        self.letters.len() - 1
    }

    fn length(&self, group: &Range<usize>) -> f64 {
        (self.letters[group.end] - self.letters[group.start]) as f64
    }

    fn all(&self) -> usize {
        self.letters[self.len()]
    }

    fn paragraph(&self, sentence: usize) -> usize {
        self.article.sentences()[sentence].paragraph
    }

    fn paragraphs(&self) -> usize {
        self.article.sentences().last().map_or(0, |last| last.paragraph + 1)
    }

    /// Whether a paragraph starts at the sentence, or the text ends there.
    fn is_border(&self, at: usize) -> bool {
        at == 0 || at == self.len() || self.paragraph(at) != self.paragraph(at - 1)
    }

    /// The borders within a group.
    fn borders(&self, group: &Range<usize>) -> usize {
        self.paragraph(group.end - 1) - self.paragraph(group.start)
    }

    fn asks(&self, group: &Range<usize>) -> bool {
        self.asks[group.clone()].contains(&true)
    }
}

/// The cheapest way to a cell of the table: its cost and the last group's kind.
#[derive(Clone, Copy)]
struct Cell {
    cost: i64,
    kind: usize,
}

const UNREACHED: Cell = Cell { cost: i64::MAX, kind: usize::MAX };

impl<'a> Texts<'a> {
    fn new(source: &'a Article, translation: &'a Article) -> Self {
        let pairs = Pairs::new(&Weights::new(source, translation));
        let (source, translation) = (Side::new(source), Side::new(translation));
        let ratio = translation.all().max(1) as f64 / source.all().max(1) as f64;
        let same_paragraphs =
            source.paragraphs() == translation.paragraphs() && source.paragraphs() > 1;
        Texts { source, translation, pairs, ratio, same_paragraphs }
    }

    /// The cheapest groups, in order; those with sentences on both sides.
    fn groups(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let table = self.table();
        let (mut i, mut j) = (self.source.len(), self.translation.len());
        let mut groups = Vec::new();
        while i > 0 || j > 0 {
            let (n, m, _) = KINDS[table.at(i, j).kind];
            if n > 0 && m > 0 {
                groups.push((i - n..i, j - m..j));
            }
            (i, j) = (i - n, j - m);
        }
        groups.reverse();
        groups
    }

    /// The dynamic programme, in a band around the diagonal of the texts' letters (or of their paragraphs).
    fn table(&self) -> Table {
        let mut table = Table::new(self);
        for i in 0..=self.source.len() {
            for j in table.columns(i) {
                if i + j > 0 {
                    let cell = self.cheapest(&table, i, j);
                    table.set(i, j, cell);
                }
            }
        }
        table
    }

    fn cheapest(&self, table: &Table, i: usize, j: usize) -> Cell {
        let mut best = UNREACHED;
        for (kind, (n, m, price)) in
            KINDS.iter().enumerate().filter(|(_, (n, m, _))| *n <= i && *m <= j)
        {
            let before = table.at(i - n, j - m).cost;
            if before < UNREACHED.cost {
                let cost = before + price + self.cost(i - n..i, j - m..j);
                if cost < best.cost {
                    best = Cell { cost, kind };
                }
            }
        }
        best
    }

    /// The cost of a group beside its kind's price.
    fn cost(&self, own: Range<usize>, other: Range<usize>) -> i64 {
        if own.is_empty() || other.is_empty() {
            return 0;
        }
        let lengths = [self.ratio * self.source.length(&own), self.translation.length(&other)];
        let deviation =
            (lengths[1] - lengths[0]).powi(2) / (VARIANCE * (lengths[0] + lengths[1]) / 2.0);
        (1500.0 * deviation.ln_1p()).round() as i64 - self.evidence(&own, &other)
    }

    fn evidence(&self, own: &Range<usize>, other: &Range<usize>) -> i64 {
        let shared: u64 = (own.clone())
            .flat_map(|i| other.clone().map(move |j| (i, j)))
            .map(|(i, j)| self.pairs.weight(i, j))
            .sum();
        let common = (shared as i64 * 2).min(MOST);
        let border =
            |i: usize, j: usize| match (self.source.is_border(i), self.translation.is_border(j)) {
                (true, true) => BORDER,
                (false, false) => 0,
                _ => -BORDER,
            };
        let question = match (self.source.asks(own), self.translation.asks(other)) {
            (true, true) => QUESTION,
            (false, false) => 0,
            _ => -QUESTION,
        };
        let inner = self.source.borders(own).abs_diff(self.translation.borders(other)) as i64;
        common - 2 * BORDER * inner
            + border(own.start, other.start)
            + border(own.end, other.end)
            + question
            + self.place(own, other)
    }

    /// What the numbers of the paragraphs say.
    fn place(&self, own: &Range<usize>, other: &Range<usize>) -> i64 {
        let same = self.source.paragraph(own.start) == self.translation.paragraph(other.start);
        match (self.same_paragraphs, same) {
            (false, _) => 0,
            (true, true) => SAME_PARAGRAPH,
            (true, false) => -SAME_PARAGRAPH,
        }
    }

    /// Where the diagonal is at source sentence `i`: the sentence of the translation with as large a part of the
    /// letters before it.
    fn diagonal(&self, i: usize) -> usize {
        let wanted = self.source.letters[i] as f64 * self.ratio;
        self.translation.letters.partition_point(|letters| (*letters as f64) < wanted)
    }
}

/// The cells of the band, row by row.
struct Table {
    rows: Vec<(usize, Vec<Cell>)>,
}

impl Table {
    fn new(texts: &Texts<'_>) -> Self {
        let (last, width) = (texts.source.len(), texts.translation.len());
        let mut rows: Vec<(usize, Vec<Cell>)> = Vec::new();
        let mut end = 0;
        for i in 0..=last {
            let middle = texts.diagonal(i);
            // Each row meets the one before it, so that there is always a way.
            let start = middle.saturating_sub(BAND).min(end);
            end = if i == last { width } else { (middle + BAND).min(width) };
            rows.push((start, vec![UNREACHED; end + 1 - start]));
        }
        let mut table = Table { rows };
        table.set(0, 0, Cell { cost: 0, kind: 0 });
        table
    }

    fn columns(&self, i: usize) -> Range<usize> {
        let (start, cells) = &self.rows[i];
        *start..start + cells.len()
    }

    fn at(&self, i: usize, j: usize) -> Cell {
        let (start, cells) = &self.rows[i];
        j.checked_sub(*start).and_then(|at| cells.get(at)).copied().unwrap_or(UNREACHED)
    }

    fn set(&mut self, i: usize, j: usize, cell: Cell) {
        let (start, cells) = &mut self.rows[i];
        cells[j - *start] = cell;
    }
}
