//! Articles for people who read text: side by side by bead, what differs in colour, then coverage and scores.

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::{AnsiColor, Style};

use super::Report;
use super::columns::{self, Column};
use super::rows::Text;
use super::value::{Bead, Coverage, Document, Finding, Score, Side, Span};
use crate::excerpt::excerpt;
use crate::page::visible;

/// Two articles that are not shown side by side.
const STRANGERS: &str =
    "These texts don't belong together: hardly anything in one is found in the other.";

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether styles are set, as a terminal knows them.
    pub styled: bool,
    /// Whether texts that don't belong together, and those of several articles, are shown too.
    pub whole: bool,
}

impl Default for Look {
    /// As a file has it: all of it, no styles, 110 columns.
    fn default() -> Self {
        Look { width: 110, styled: false, whole: true }
    }
}

/// The styles of what is shown.
#[derive(Clone, Copy, Default)]
struct Styles {
    bold: Style,
    dim: Style,
    added: Style,
    missing: Style,
    moved: Style,
}

impl Styles {
    fn new(styled: bool) -> Self {
        if !styled {
            return Styles::default();
        }
        Styles {
            bold: Style::new().bold(),
            dim: Style::new().dimmed(),
            added: AnsiColor::Red.on_default(),
            missing: AnsiColor::Green.on_default(),
            moved: AnsiColor::Yellow.on_default(),
        }
    }
}

impl Report {
    /// Text: rows side by side, coverage, findings and scores.
    pub fn text(&self, look: Look) -> String {
        let mut sheet = Sheet { out: String::new(), look, styles: Styles::new(look.styled) };
        let one = matches!(self.systems.as_slice(), [system] if system.articles.len() == 1);
        for system in &self.systems {
            for document in &system.articles {
                sheet.document(&full(&system.name, &document.name), document, one || look.whole);
            }
            if system.articles.len() > 1 {
                let title = format!("{}: all {} articles", system.name, system.articles.len());
                sheet.title(&title);
                sheet.scores(&system.scores);
                sheet.out.push('\n');
            }
        }
        if let Some(note) = super::unspaced(&self.systems) {
            let _ = writeln!(sheet.out, "Note: {note}");
        }
        sheet.out
    }
}

/// What a translation of an article is called, with its whole path.
fn full(system: &str, document: &str) -> String {
    if document == system { system.to_owned() } else { format!("{system}: {document}") }
}

/// What has been written, and how.
struct Sheet {
    out: String,
    look: Look,
    styles: Styles,
}

/// Room for the number, the kind and the similarity of a bead.
const MARGIN: usize = 12;

impl Sheet {
    fn title(&mut self, title: &str) {
        let bold = self.styles.bold;
        let _ = writeln!(self.out, "{bold}{}{bold:#}", visible(title));
    }

    fn document(&mut self, title: &str, document: &Document, each: bool) {
        let moved = self.styles.moved;
        self.title(title);
        let related = document.coverage.related;
        if !related {
            let _ = writeln!(self.out, "{moved}{STRANGERS}{moved:#}");
        }
        if each && (related || self.look.whole) {
            self.beads(document);
            self.out.push('\n');
        }
        self.coverage(document);
        self.findings(document, each);
        self.scores(&document.scores);
        self.out.push('\n');
    }

    fn beads(&mut self, document: &Document) {
        let (dim, width) = (self.styles.dim, self.look.width);
        let column = (width.max(40) - MARGIN - 3) / 2;
        let head = format!("{:<column$}", "hypothesis");
        let _ = writeln!(self.out, "{dim}{:MARGIN$}{head} | reference{dim:#}", "");
        for bead in &document.beads {
            self.source(document, bead);
            let [hypothesis, reference] = self.sides(document, bead);
            let (left, right) = (Column::new(&hypothesis, column), Column::new(&reference, column));
            for line in 0..left.len().max(right.len()) {
                let margin = self.margin(bead, line);
                let (left, right) = (left.line(line, true), right.line(line, false));
                let space = if right.is_empty() { "" } else { " " };
                let _ = writeln!(self.out, "{margin}{left} {dim}|{dim:#}{space}{right}");
            }
        }
    }

    /// The source of a bead, above it in the full width.
    fn source(&mut self, document: &Document, bead: &Bead) {
        let Some(side) = &document.source else { return };
        let dim = self.styles.dim;
        let text = Text::new(side, &bead.source).text.unwrap_or_default();
        let column = Column::new(&columns::words(&text, dim), self.look.width.max(40) - MARGIN);
        for line in 0..column.len() {
            let margin = if line == 0 { "source" } else { "" };
            let text = column.line(line, false);
            let _ = writeln!(self.out, "{dim}{margin:<MARGIN$}{dim:#}{text}");
        }
    }

    /// What stands left of a bead's lines: kind and similarity, and below whether it moved.
    fn margin(&self, bead: &Bead, line: usize) -> String {
        let moved = self.styles.moved;
        match line {
            0 if bead.is_linked() => format!("{:<5}{:.2}   ", bead.kind, bead.similarity),
            0 => format!("{:<MARGIN$}", bead.kind),
            1 if bead.moved => format!("{moved}{:<MARGIN$}{moved:#}", "moved"),
            _ => " ".repeat(MARGIN),
        }
    }

    /// The styled words of both sides.
    fn sides(&self, document: &Document, bead: &Bead) -> [Vec<(String, Style)>; 2] {
        let Styles { dim, added, missing, .. } = self.styles;
        let texts =
            [(&document.hypothesis, &bead.hypothesis), (&document.reference, &bead.reference)]
                .map(|(side, sentences)| Text::new(side, sentences).text.unwrap_or_default());
        if !bead.is_linked() {
            return match bead.reference.is_empty() {
                true => [columns::words(&texts[0], added), columns::words("(added)", dim)],
                false => [columns::words("(missing)", dim), columns::words(&texts[1], missing)],
            };
        }
        let mut sides = texts.map(|text| columns::words(&text, Style::new()));
        let same = columns::common(&sides[0], &sides[1]);
        for ((side, same), style) in sides.iter_mut().zip(same).zip([added, missing]) {
            for (word, _) in side.iter_mut().zip(same).filter(|(_, same)| !same) {
                word.1 = style;
            }
        }
        sides
    }

    /// How many findings there are; if asked, each with its place.
    fn findings(&mut self, document: &Document, each: bool) {
        let (bold, dim) = (self.styles.bold, self.styles.dim);
        let _ = writeln!(self.out, "  findings          {}", document.findings.len());
        if !each || document.findings.is_empty() {
            return;
        }
        let texts = [&document.hypothesis, &document.reference].map(Whole::new);
        for finding in &document.findings {
            let Finding { check, severity, message, .. } = finding;
            let (check, message) = (visible(check), visible(message));
            let _ = writeln!(self.out, "    {bold}{severity} {check}{bold:#}: {message}");
            if let Some((text, span)) = place(&texts, finding) {
                let (line, carets) = excerpt(text, &span);
                let _ = writeln!(self.out, "      {line}\n      {dim}{carets}{dim:#}");
            }
        }
    }

    fn coverage(&mut self, document: &Document) {
        let Coverage { hypothesis, reference, order, .. } = document.coverage;
        for (label, covered) in [("reference found", reference), ("hypothesis linked", hypothesis)]
        {
            let _ = writeln!(
                self.out,
                "  {label:<17} {} of {} sentences ({:.0} % of the characters)",
                covered.covered_sentences,
                covered.sentences,
                100.0 * covered.share
            );
        }
        let Some(tau) = order else { return };
        let _ = write!(self.out, "  order             Kendall's tau {tau:.2}");
        let moved = document.beads.iter().filter(|bead| bead.is_linked() && bead.moved).count();
        if moved > 0 {
            let _ = write!(self.out, ", {moved} moved");
        }
        self.out.push('\n');
    }

    /// A line a metric, a column for what it is computed over.
    fn scores(&mut self, scores: &[Score]) {
        let dim = self.styles.dim;
        let aggregations = super::ORDER.map(|(name, _)| name);
        let _ = write!(self.out, "{dim}  {:<18}", "agg:");
        for name in aggregations {
            let _ = write!(self.out, " {name:>14}");
        }
        let _ = writeln!(self.out, "{dim:#}");
        for metric in super::metrics(scores) {
            let _ = write!(self.out, "  {:<18}", visible(metric));
            for name in aggregations {
                let mut found = scores.iter().filter(|score| score.agg() == name);
                let _ = match found.find(|score| score.name == metric) {
                    Some(score) => write!(self.out, " {:>14.2}", score.score),
                    None => write!(self.out, " {:>14}", "-"),
                };
            }
            self.out.push('\n');
        }
    }
}

/// Where a finding is shown: in the hypothesis, or in the reference when it is about what the hypothesis doesn't have.
fn place<'a>(texts: &'a [Whole; 2], finding: &Finding) -> Option<(&'a str, Range<usize>)> {
    let hypothesis = finding.hypothesis.map(|span| (0, span));
    let reference = finding.reference.map(|span| (1, span));
    let says = |(_, span): &(usize, Span)| span.start < span.end;
    let shown = hypothesis.filter(says).or(reference.filter(says)).or(hypothesis).or(reference);
    shown.map(|(side, span)| (texts[side].text.as_str(), texts[side].bytes(span)))
}

/// A side put together from its sentences, each where it stood.
struct Whole {
    text: String,
    /// Where each code point starts.
    starts: Vec<usize>,
}

impl Whole {
    fn new(side: &Side) -> Self {
        let (mut text, mut points) = (String::new(), 0);
        for sentence in &side.sentences {
            let gap = sentence.start.saturating_sub(points);
            text.extend(std::iter::repeat_n(' ', gap));
            text.push_str(&sentence.text);
            points += gap + sentence.text.chars().count();
        }
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Whole { text, starts }
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let at = |point: usize| self.starts.get(point).copied().unwrap_or(self.text.len());
        at(span.start)..at(span.end.max(span.start))
    }
}
