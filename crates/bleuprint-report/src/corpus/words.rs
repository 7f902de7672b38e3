//! Segments as Markdown and as text: what the page says, then a line for each text of each segment.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bleuprint::diagnose::Finding;

use super::{By, Report, System};
use crate::page::markdown::plain;
use crate::page::visible;

impl Report<'_> {
    /// Markdown: all tables, findings, and a row for each text of each segment.
    pub fn markdown(&self) -> String {
        let mut out = self.page().markdown();
        for system in self.systems.iter().filter(|system| !system.findings.is_empty()) {
            let _ = write!(out, "\n## Findings: {}\n\n", plain(&system.name));
            for Finding { check, severity, message, segment, .. } in &system.findings {
                let (check, message) = (plain(check), plain(message));
                let severity = severity.name();
                let _ =
                    writeln!(out, "- segment {}: **{severity}** {check}: {message}", segment + 1);
            }
        }
        out.push_str("\n## Segments\n\n| segment | of |");
        for metric in &self.metrics {
            let _ = write!(out, " {} |", plain(&metric.name));
        }
        let numbers = "---:|".repeat(self.metrics.len());
        let _ = writeln!(out, " text |\n|---:|---|{numbers}---|");
        for at in 0..self.segments() {
            for line in self.lines(at) {
                let scores = line.scores.iter().map(|score| format!(" {score} |"));
                let scores: String = match line.scores.is_empty() {
                    true => " |".repeat(self.metrics.len()),
                    false => scores.collect(),
                };
                let (of, text) = (plain(&line.of), plain(line.text));
                let _ = writeln!(out, "| {} | {of} |{scores} {text} |", at + 1);
            }
        }
        out
    }

    /// Text: all tables, then each segment with its texts, scores and findings.
    pub fn text(&self) -> String {
        let mut out = self.page().text();
        let findings: Vec<_> = self.systems.iter().map(by_segment).collect();
        out.push_str("\nSegments\n");
        for at in 0..self.segments() {
            let document = self.groups.iter().find(|groups| groups.by == By::Document);
            let document = document.map(|groups| visible(&groups.names[groups.of_segments[at]]));
            let _ = writeln!(out, "\n{} {}", at + 1, document.unwrap_or_default());
            for line in self.lines(at) {
                let scores = self.metrics.iter().zip(&line.scores);
                let scores: String = scores
                    .map(|(metric, score)| format!("  {} {score}", visible(&metric.name)))
                    .collect();
                let (of, text) = (visible(&line.of), visible(line.text));
                let _ = writeln!(out, "  {of}{scores}\n    {text}");
                let found = line.system.and_then(|system| findings[system].get(&at));
                for Finding { check, severity, message, .. } in found.into_iter().flatten() {
                    let (check, message) = (visible(check), visible(message));
                    let _ = writeln!(out, "    ! {} {check}: {message}", severity.name());
                }
            }
        }
        out
    }

    /// The texts of one segment: references, then systems with their scores.
    fn lines(&self, at: usize) -> impl Iterator<Item = Line<'_>> {
        let references = self.references.iter().enumerate().map(move |(number, stream)| Line {
            of: match self.references.len() {
                1 => "reference".to_owned(),
                _ => format!("reference {}", number + 1),
            },
            system: None,
            scores: Vec::new(),
            text: &stream[at],
        });
        let systems = self.systems.iter().enumerate().map(move |(number, system)| {
            let score = |metric: &super::Metric| {
                format!("{:.*}", self.decimals, metric.segments[number][at])
            };
            Line {
                of: system.name.clone(),
                system: Some(number),
                scores: self.metrics.iter().map(score).collect(),
                text: &system.texts[at],
            }
        });
        references.chain(systems)
    }
}

/// A system's findings by the numbers of their segments.
fn by_segment<'a>(system: &'a System<'_>) -> BTreeMap<usize, Vec<&'a Finding>> {
    let mut found: BTreeMap<usize, Vec<&Finding>> = BTreeMap::new();
    for finding in &system.findings {
        found.entry(finding.segment).or_default().push(finding);
    }
    found
}

/// One text of a segment.
struct Line<'a> {
    of: String,
    /// The number of the system, if it is no reference.
    system: Option<usize>,
    /// By metric; a reference has none.
    scores: Vec<String>,
    text: &'a str,
}
