//! Which part of a translation says which part of the reference: two strips, and ribbons between them.
//!
//! Widths are numbers of characters. What one side has alone has no ribbon; what moved crosses the others.

use std::fmt::Write as _;

use super::link;
use super::value::{Document, Side};
use crate::grid::xml;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 84.0;
/// The upper edges of both strips, and how high they are.
const TOPS: [f64; 2] = [0.0, 74.0];
const STRIP: f64 = 10.0;
/// Of more beads, neighbours of a kind are drawn as one.
const MOST: usize = 300;

const STYLE: &str = "\
text{font:13px system-ui,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1b1b1f}.paper{fill:#fff}.soft{fill:#5a5c63}.end{text-anchor:end}\
.linked{fill:#cfd6e6}.strip{fill:#8790a6}.shift{fill:#4a46c0;fill-opacity:.42;stroke:#4a46c0}.shifted{fill:#4a46c0}.added{fill:#b4490f}.missing{fill:#0e6a49}\
@media (prefers-color-scheme:dark){text{fill:#e9e7e2}.paper{fill:#15161a}.soft{fill:#a7aab2}.linked{fill:#394258}.strip{fill:#68718a}\
.shift{fill:#b0adff;stroke:#b0adff}.shifted{fill:#b0adff}.added{fill:#f2a571}.missing{fill:#74d3a9}}";

/// What is drawn of one pair of articles.
pub(super) struct Map {
    parts: Vec<Part>,
    counts: [usize; 3],
}

/// A ribbon with its ends, or an end without a ribbon.
struct Part {
    row: usize,
    kind: Kind,
    /// From and to, on each strip.
    sides: [Option<(f64, f64)>; 2],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Linked,
    Moved,
    Alone,
}

impl Map {
    pub(super) fn new(document: &Document) -> Self {
        let scales = [&document.hypothesis, &document.reference].map(Scale::new);
        let mut parts: Vec<Part> = Vec::new();
        let mut counts = [0; 3];
        for (row, bead) in document.beads.iter().enumerate() {
            let sides = [scales[0].of(&bead.hypothesis), scales[1].of(&bead.reference)];
            let kind = match sides {
                [Some(_), Some(_)] if bead.moved => Kind::Moved,
                [Some(_), Some(_)] => Kind::Linked,
                _ => Kind::Alone,
            };
            counts[0] += usize::from(kind == Kind::Moved);
            counts[1] += usize::from(sides[1].is_none());
            counts[2] += usize::from(sides[0].is_none());
            let part = Part { row, kind, sides };
            match parts.last_mut().filter(|last| document.beads.len() > MOST && last.meets(&part)) {
                Some(last) => last.join(&part),
                None => parts.push(part),
            }
        }
        Map { parts, counts }
    }

    /// For a page: each part leads to its row. It is as wide as the page, whatever that is.
    pub(super) fn linked(&self, view: usize) -> String {
        let body = self.body(Some(view));
        format!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"group\" \
             aria-label=\"{}\">{body}</svg>",
            xml(&self.words())
        )
    }

    /// What is above and what is below, where the picture can't say it.
    pub(super) fn asides(&self) -> [String; 2] {
        let [moved, added, missing] = self.counts;
        let some = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let above: Vec<String> =
            [some(moved, "moved"), some(added, "added")].into_iter().flatten().collect();
        [above.join(", "), some(missing, "missing").unwrap_or_default()]
    }

    fn words(&self) -> String {
        let [moved, added, missing] = self.counts;
        format!(
            "Map of the alignment: the translation above, the reference below; {moved} moved, {added} only in the \
             translation, {missing} only in the reference"
        )
    }

    fn body(&self, view: Option<usize>) -> String {
        let mut out = String::new();
        // What moved lies over what did not.
        for kind in [Kind::Alone, Kind::Linked, Kind::Moved] {
            for part in self.parts.iter().filter(|part| part.kind == kind) {
                part.draw(view, &mut out);
            }
        }
        out
    }
}

impl Part {
    /// Whether another follows it on both strips, or on the one that it has.
    fn meets(&self, next: &Part) -> bool {
        let near = |side: usize| match (self.sides[side], next.sides[side]) {
            (Some(own), Some(its)) => (its.0 - own.1).abs() < 1.5,
            (None, None) => true,
            _ => false,
        };
        self.kind == next.kind && near(0) && near(1)
    }

    fn join(&mut self, next: &Part) {
        for (own, its) in self.sides.iter_mut().zip(next.sides) {
            if let (Some(own), Some(its)) = (own, its) {
                own.1 = its.1;
            }
        }
    }

    fn draw(&self, view: Option<usize>, out: &mut String) {
        if let Some(view) = view {
            let (link, number) = (xml(&link(view, Some(self.row))), self.row + 1);
            let _ = write!(out, "<a href=\"#{link}\" tabindex=\"-1\" aria-label=\"Row {number}\">");
        }
        if let [Some((a, b)), Some((c, d))] = self.sides {
            let class = if self.kind == Kind::Moved { "shift" } else { "linked" };
            let (top, bottom) = (TOPS[0] + STRIP + 1.0, TOPS[1] - 1.0);
            let middle = (top + bottom) / 2.0;
            let _ = write!(
                out,
                "<path class=\"{class}\" d=\"M{a:.1} {top}C{a:.1} {middle} {c:.1} {middle} {c:.1} {bottom}H{d:.1}\
                 C{d:.1} {middle} {b:.1} {middle} {b:.1} {top}Z\"/>"
            );
        }
        for ((side, top), alone) in self.sides.iter().zip(TOPS).zip(["added", "missing"]) {
            let Some((from, to)) = side else { continue };
            let class = match self.kind {
                Kind::Linked => "strip",
                Kind::Moved => "shifted",
                Kind::Alone => alone,
            };
            let width = (to - from).max(0.5);
            let _ = write!(
                out,
                "<rect class=\"{class}\" x=\"{from:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"{STRIP}\"/>"
            );
        }
        if view.is_some() {
            out.push_str("</a>");
        }
    }
}

/// Where sentences stand on a strip.
struct Scale {
    edges: Vec<(f64, f64)>,
}

impl Scale {
    fn new(side: &Side) -> Self {
        let length =
            |sentence: &super::value::Sentence| sentence.end.saturating_sub(sentence.start) as f64;
        let all: f64 = side.sentences.iter().map(length).sum::<f64>().max(1.0);
        let mut at = 0.0;
        let edges = side.sentences.iter().map(|sentence| {
            let from = at;
            at += WIDTH * length(sentence) / all;
            (from, at)
        });
        Scale { edges: edges.collect() }
    }

    /// A hair is left between two parts.
    fn of(&self, sentences: &[usize]) -> Option<(f64, f64)> {
        let (first, last) = (sentences.first()?, sentences.last()?);
        let (from, to) = (self.edges.get(*first)?.0, self.edges.get(*last)?.1);
        let hair = if to - from > 2.0 { 0.5 } else { 0.0 };
        Some((from + hair, to - hair))
    }
}

/// A file of its own: all maps, one below the other.
pub(super) fn alone<'a>(documents: impl Iterator<Item = (String, &'a Document)>) -> String {
    let mut body = String::new();
    let mut y = 20.0;
    for (name, document) in documents {
        let map = Map::new(document);
        let [above, below] = map.asides();
        let _ = writeln!(
            body,
            "<g transform=\"translate(20 {y})\"><title>{}</title><text x=\"0\" y=\"10\">{}</text>\
             <text class=\"soft end\" x=\"{WIDTH}\" y=\"10\">{above}</text>\
             <g transform=\"translate(0 18)\">{}</g><text class=\"soft\" x=\"0\" y=\"118\">reference</text>\
             <text class=\"soft end\" x=\"{WIDTH}\" y=\"118\">{below}</text></g>",
            xml(&map.words()),
            xml(&crate::page::visible(&name)),
            map.body(None)
        );
        y += HEIGHT + 64.0;
    }
    let width = WIDTH + 40.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{y}\" viewBox=\"0 0 {width} {y}\" \
         role=\"img\">\n<title>Alignments</title>\n<style>{STYLE}</style>\n\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n{body}</svg>\n"
    )
}
