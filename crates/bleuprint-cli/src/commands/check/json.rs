//! A JSON object a line; spans in code points.

use std::io::Write;
use std::ops::Range;

use bleuprint::diagnose::Finding;
use serde::Serialize;

use super::Checked;
use super::places::Places;

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

impl From<Range<usize>> for Span {
    fn from(Range { start, end }: Range<usize>) -> Self {
        Span { start, end }
    }
}

pub(super) fn write(out: &mut impl Write, checked: &Checked) -> anyhow::Result<()> {
    let mut places = Places::new(checked);
    for finding in &checked.findings {
        serde_json::to_writer(&mut *out, &line(checked, finding, &mut places))?;
        writeln!(out)?;
    }
    Ok(())
}

fn line<'f>(checked: &'f Checked, finding: &'f Finding, places: &mut Places<'_>) -> Line<'f> {
    let [hypothesis, reference, source] = places.of(finding).map(|span| span.map(Span::from));
    Line {
        check: &finding.check,
        severity: finding.severity.name(),
        message: &finding.message,
        segment: finding.segment,
        document: checked.document(finding.segment),
        hypothesis,
        reference,
        source,
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
