//! An article as Markdown: what its page says, then findings and rows.

use std::fmt::Write as _;

use super::Report;
use super::rows::Text;
use super::value::{Document, Finding};
use crate::page::markdown::plain;

impl Report {
    /// Markdown: scores, coverage, passages, findings and rows.
    pub fn markdown(&self) -> String {
        let page = self.page();
        let mut out = page.markdown();
        for (view, (_, document)) in page.views.iter().zip(self.named()) {
            out.push_str(&view.markdown());
            findings(&document.findings, &mut out);
            rows(document, &mut out);
        }
        out
    }
}

fn findings(findings: &[Finding], out: &mut String) {
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nFindings:\n");
    for Finding { check, severity, message, segment, .. } in findings {
        let (check, message) = (plain(check), plain(message));
        let _ = writeln!(out, "- row {}: **{}** {check}: {message}", segment + 1, plain(severity));
    }
}

fn rows(document: &Document, out: &mut String) {
    let (source, first) = (document.source.as_ref(), document.beads.first());
    let metrics = first.map_or(&[][..], |bead| bead.scores.as_slice());
    let names = || metrics.iter().map(|score| plain(&score.name));
    out.push('\n');
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let mut head = owned(&["row", "kind", "similarity"]);
    let mut rule = owned(&["---:", "---", "---:"]);
    head.extend(names());
    rule.extend(names().map(|_| "---:".to_owned()));
    head.extend(owned(&["translation", "reference"]));
    rule.extend(owned(&["---", "---"]));
    head.extend(source.map(|_| "source".to_owned()));
    rule.extend(source.map(|_| "---".to_owned()));
    [head, rule].iter().for_each(|cells| line(cells, out));
    for (number, bead) in document.beads.iter().enumerate() {
        let text = |side, sentences| plain(&Text::new(side, sentences).text.unwrap_or_default());
        let moved = if bead.moved { ", moved" } else { "" };
        let mut cells = vec![
            (number + 1).to_string(),
            format!("{}{moved}", plain(&bead.kind)),
            if bead.is_linked() { format!("{:.2}", bead.similarity) } else { String::new() },
        ];
        cells.extend(metrics.iter().map(|metric| {
            bead.score(&metric.name).map_or_else(String::new, |score| format!("{score:.2}"))
        }));
        cells.push(text(&document.hypothesis, &bead.hypothesis));
        cells.push(text(&document.reference, &bead.reference));
        cells.extend(source.map(|side| text(side, &bead.source)));
        line(&cells, out);
    }
}

fn line(cells: &[String], out: &mut String) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}
