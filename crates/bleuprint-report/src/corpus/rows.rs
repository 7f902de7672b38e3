//! The rows of a corpus: a segment each, with every system's text, marks, scores and findings.

use std::collections::BTreeSet;
use std::ops::Range;

use bleuprint::diagnose::{CodePoints, Finding};
use bleuprint::distance::Differences;
use serde::Serialize;

use super::{Report, System};
use crate::marks::{Marks, marks};
use crate::page::visible;

/// A segment: references and hypotheses, what differs, scores, influence, and the number of each group that it is in. Names
/// are short: there are thousands of rows.
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    r: Vec<&'a str>,
    h: Vec<&'a str>,
    /// For each system, the marks of its text and of the reference.
    d: Vec<[Option<Marks>; 2]>,
    v: Vec<Vec<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    i: Vec<Vec<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    o: Vec<usize>,
}

/// A finding with its places in the row's texts.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    check: usize,
    severity: &'static str,
    message: String,
    row: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    h: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<[usize; 2]>,
}

pub(super) fn rows<'a>(corpus: &Report<'a>) -> Vec<Row<'a>> {
    (0..corpus.segments()).map(|at| row(corpus, at)).collect()
}

fn row<'a>(corpus: &Report<'a>, at: usize) -> Row<'a> {
    let r: Vec<&str> = corpus.references.iter().map(|stream| stream[at].as_str()).collect();
    let h: Vec<&str> = corpus.systems.iter().map(|system| system.texts[at].as_str()).collect();
    let systems = 0..corpus.systems.len();
    let influence = corpus.metrics.iter().all(|metric| metric.influence.len() == h.len());
    let of = |values: fn(&super::Metric) -> &[Vec<f64>], system: usize, decimals: usize| {
        let metrics = corpus.metrics.iter();
        metrics.map(|metric| rounded(values(metric)[system][at], decimals)).collect()
    };
    Row {
        d: h.iter().map(|text| differences(text, r[0])).collect(),
        v: systems
            .clone()
            .map(|system| of(|metric| &metric.segments, system, corpus.decimals))
            .collect(),
        i: systems
            .filter(|_| influence)
            .map(|system| of(|metric| &metric.influence, system, 5))
            .collect(),
        o: corpus.groups.iter().map(|groups| groups.of_segments[at]).collect(),
        r,
        h,
    }
}

fn differences(hypothesis: &str, reference: &str) -> [Option<Marks>; 2] {
    let found = Differences::between(hypothesis, reference);
    found.map_or([None, None], |found| [marks(hypothesis, &found.a), marks(reference, &found.b)])
}

fn rounded(value: f64, decimals: usize) -> f64 {
    let unit = 10_f64.powi(decimals.min(9) as i32);
    (value * unit).round() / unit
}

/// The names of the checks that found something, in order.
pub(super) fn checks(corpus: &Report<'_>) -> Vec<String> {
    let found = corpus.systems.iter().flat_map(|system| &system.findings);
    let names: BTreeSet<&str> = found.map(|finding| finding.check.as_ref()).collect();
    names.into_iter().map(visible).collect()
}

pub(super) fn findings(corpus: &Report<'_>, system: &System<'_>, checks: &[String]) -> Vec<Found> {
    let reference = corpus.references.first().copied().unwrap_or_default();
    let [mut ours, mut theirs] = [Place::new(system.texts), Place::new(reference)];
    let found = |finding: &Finding| Found {
        check: checks.binary_search(&visible(&finding.check)).unwrap_or_default(),
        severity: finding.severity.name(),
        message: finding.message.clone(),
        row: finding.segment,
        h: ours.of(finding.segment, finding.hypothesis.as_ref()),
        r: theirs.of(finding.segment, finding.reference.as_ref()),
    };
    system.findings.iter().map(found).collect()
}

/// Places in a text in code points; a text may have a hundred thousand findings, so that it is counted once.
pub(super) struct Place<'a> {
    texts: &'a [String],
    last: Option<(usize, CodePoints<'a>)>,
}

impl<'a> Place<'a> {
    pub(super) fn new(texts: &'a [String]) -> Self {
        Place { texts, last: None }
    }

    pub(super) fn of(&mut self, segment: usize, span: Option<&Range<usize>>) -> Option<[usize; 2]> {
        let (span, text) = (span?, self.texts.get(segment)?);
        if self.last.as_ref().is_none_or(|(last, _)| *last != segment) {
            self.last = Some((segment, CodePoints::new(text)));
        }
        self.last.as_ref().map(|(_, places)| [places.at(span.start), places.at(span.end)])
    }
}
