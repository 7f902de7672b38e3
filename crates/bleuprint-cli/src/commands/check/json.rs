//! A JSON object a line; spans in code points.

use std::io::Write;
use std::ops::Range;

use bleuprint::diagnose::{Finding, code_points};
use serde::Serialize;

use super::Checked;

/// A finding as programs read it.
#[derive(Serialize)]
struct Line<'f> {
    check: &'f str,
    severity: &'f str,
    message: &'f str,
    segment: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'f str>,
    hypothesis: Option<Span>,
    reference: Option<Span>,
    source: Option<Span>,
}

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    fn of(text: Option<&str>, span: Option<&Range<usize>>) -> Option<Self> {
        let Range { start, end } = code_points(text?, span?);
        Some(Span { start, end })
    }
}

pub(super) fn write(out: &mut impl Write, checked: &Checked) -> anyhow::Result<()> {
    for finding in &checked.findings {
        serde_json::to_writer(&mut *out, &line(checked, finding))?;
        writeln!(out)?;
    }
    Ok(())
}

fn line<'f>(checked: &'f Checked, finding: &'f Finding) -> Line<'f> {
    let input = checked.input(finding.segment);
    Line {
        check: &finding.check,
        severity: finding.severity.name(),
        message: &finding.message,
        segment: finding.segment,
        document: checked.document(finding.segment),
        hypothesis: Span::of(Some(input.hypothesis), finding.hypothesis.as_ref()),
        reference: Span::of(input.reference, finding.reference.as_ref()),
        source: Span::of(input.source, finding.source.as_ref()),
    }
}

impl Checked {
    /// The name of a segment's document.
    pub(super) fn document(&self, segment: usize) -> Option<&str> {
        let documents = &self.documents.as_ref()?.documents;
        let number = documents.of_segments().get(segment)?;
        documents.names().get(*number).map(String::as_str)
    }
}
