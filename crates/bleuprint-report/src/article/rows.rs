//! The rows of one translation of one article: a bead each, with marks and findings in code points of its texts.

use bleuprint::distance::Differences;
use serde::Serialize;

use super::value::{Document, Finding, Side, Span};
use crate::marks::{Marks, marks};

/// What the page's script calls a view. Names are short: there are thousands of rows.
#[derive(Debug, Serialize)]
pub(super) struct Rows {
    system: usize,
    article: usize,
    rows: Vec<Row>,
    findings: Vec<Found>,
}

/// A bead: kind, whether it moved; the scores of all metrics and its similarity in hundredths, as those of a corpus'
/// only system; source, hypothesis and reference, with what differs.
#[derive(Debug, Serialize)]
struct Row {
    k: String,
    #[serde(skip_serializing_if = "is_zero")]
    m: u8,
    v: [Vec<Option<f64>>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    s: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    h: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hd: Option<Marks>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rd: Option<Marks>,
}

fn is_zero(m: &u8) -> bool {
    *m == 0
}

/// A finding of a row, with its places in the row's texts.
#[derive(Debug, Serialize)]
struct Found {
    check: usize,
    severity: String,
    message: String,
    row: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    s: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    h: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<[usize; 2]>,
}

impl Rows {
    pub(super) fn new(
        (system, article): (usize, usize),
        document: &Document,
        checks: &[String],
        metrics: &[&str],
    ) -> Self {
        let beads = document.beads.iter();
        let texts: Vec<[Text; 3]> = beads
            .map(|bead| {
                let source = document.source.as_ref().map(|side| Text::new(side, &bead.source));
                let hypothesis = Text::new(&document.hypothesis, &bead.hypothesis);
                let reference = Text::new(&document.reference, &bead.reference);
                [source.unwrap_or_default(), hypothesis, reference]
            })
            .collect();
        let findings = document.findings.iter();
        let findings = findings
            .map(|finding| Found::new(finding, texts.get(finding.segment), checks))
            .collect();
        let rows = document.beads.iter().zip(texts).map(|(bead, [s, h, r])| {
            let differences = h
                .text
                .as_ref()
                .zip(r.text.as_ref())
                .and_then(|(h, r)| Some((Differences::between(h, r)?, h, r)));
            let [hd, rd] = differences.map_or([None, None], |(differences, h, r)| {
                [marks(h, &differences.a), marks(r, &differences.b)]
            });
            let similarity = bead.is_linked().then_some(100.0 * bead.similarity);
            let scores = metrics.iter().map(|metric| bead.score(metric)).chain([similarity]);
            Row {
                k: bead.kind.clone(),
                m: u8::from(bead.moved),
                v: [scores.map(|score| score.map(|score| (score * 1e2).round() / 1e2)).collect()],
                s: s.text,
                h: h.text,
                r: r.text,
                hd,
                rd,
            }
        });
        Rows { system, article, rows: rows.collect(), findings }
    }
}

impl Found {
    fn new(finding: &Finding, texts: Option<&[Text; 3]>, checks: &[String]) -> Self {
        let place = |at: usize, span: Option<Span>| texts?[at].place(span?);
        let check = crate::page::visible(&finding.check);
        Found {
            check: checks.binary_search(&check).unwrap_or_default(),
            severity: finding.severity.clone(),
            message: finding.message.clone(),
            row: finding.segment,
            s: place(0, finding.source),
            h: place(1, finding.hypothesis),
            r: place(2, finding.reference),
        }
    }
}

/// Sentences put together, with the places that they had in their article.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) text: Option<String>,
    /// For each sentence, its span in the article and where it starts here.
    places: Vec<(Span, usize)>,
}

impl Text {
    pub(super) fn new(side: &Side, sentences: &[usize]) -> Self {
        let (mut text, mut at, mut places) = (String::new(), 0, Vec::new());
        let mut last: Option<&super::value::Sentence> = None;
        for sentence in sentences.iter().filter_map(|number| side.sentences.get(*number)) {
            if let Some(last) = last {
                let between =
                    match (last.paragraph == sentence.paragraph, last.end == sentence.start) {
                        (false, _) => "\n",
                        (true, true) => "",
                        (true, false) => " ",
                    };
                text.push_str(between);
                at += between.len();
            }
            places.push((Span { start: sentence.start, end: sentence.end }, at));
            text.push_str(&sentence.text);
            at += sentence.text.chars().count();
            last = Some(sentence);
        }
        Text { text: last.map(|_| text), places }
    }

    /// Where a span of the article stands here, as far as it does.
    fn place(&self, span: Span) -> Option<[usize; 2]> {
        let empty = span.start == span.end;
        let parts = self.places.iter().filter_map(|(sentence, at)| {
            let (start, end) = (span.start.max(sentence.start), span.end.min(sentence.end));
            let inside = start < end || empty && start == end;
            inside.then(|| (at + start - sentence.start, at + end - sentence.start))
        });
        parts.reduce(|all, part| (all.0, part.1)).map(|(start, end)| [start, end])
    }
}
