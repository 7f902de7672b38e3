//! The same as Markdown: for an issue, or a page that somebody else lays out.

use std::fmt::Write as _;

use super::read::{Document, Finding, Passage, System};
use super::rows::Text;
use super::{FIRST, figures, metrics};
use crate::grid::markdown as escape;
use crate::html::visible;

pub(super) fn write(title: &str, systems: &[System]) -> String {
    let mut out = format!("# {}\n\n", plain(title));
    scores(systems, &mut out);
    for system in systems {
        for document in &system.articles {
            let name = match system.articles.len() {
                1 => plain(&system.name),
                _ => plain(&format!("{}: {}", system.name, document.name)),
            };
            let _ = writeln!(out, "\n## {name}\n");
            for figure in figures(document) {
                let _ = writeln!(out, "- {} {}", figure.value, figure.name);
            }
            passages("Missing from the translation", &document.missing, &mut out);
            passages("Added by the translation", &document.added, &mut out);
            findings(&document.findings, &mut out);
            rows(document, &mut out);
        }
    }
    out
}

fn scores(systems: &[System], out: &mut String) {
    let metrics = metrics(systems);
    let names: Vec<String> = metrics.iter().map(|name| plain(name)).collect();
    let mut lines = vec![["translation".to_owned()].into_iter().chain(names).collect::<Vec<_>>()];
    lines.push(
        ["---".to_owned()].into_iter().chain(metrics.iter().map(|_| "---:".to_owned())).collect(),
    );
    lines.extend(systems.iter().map(|system| {
        let score = |name: &String| {
            let mut scores = system.scores.iter();
            let found = scores.find(|score| score.name == *name && score.agg == FIRST);
            found.map_or("–".to_owned(), |score| format!("{:.2}", score.score))
        };
        [plain(&system.name)].into_iter().chain(metrics.iter().map(score)).collect()
    }));
    lines.iter().for_each(|cells| line(cells, out));
    let scores = systems.iter().take(1).flat_map(|system| &system.scores);
    for score in scores.filter(|score| score.agg == FIRST) {
        let _ = write!(out, "\n- {}", plain(&score.signature));
    }
    out.push('\n');
}

fn passages(title: &str, passages: &[Passage], out: &mut String) {
    if passages.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}:\n");
    for passage in passages {
        let _ = writeln!(out, "- {}", plain(&passage.text));
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
    let source = document.source.as_ref();
    out.push('\n');
    let mut head = vec!["row", "kind", "similarity", "translation", "reference"];
    let mut rule = vec!["---:", "---", "---:", "---", "---"];
    if source.is_some() {
        head.push("source");
        rule.push("---");
    }
    [head, rule].iter().for_each(|cells| line(cells, out));
    for (number, bead) in document.beads.iter().enumerate() {
        let text = |side, sentences| plain(&Text::new(side, sentences).text.unwrap_or_default());
        let moved = if bead.moved { ", moved" } else { "" };
        let linked = !bead.hypothesis.is_empty() && !bead.reference.is_empty();
        let mut cells = vec![
            (number + 1).to_string(),
            format!("{}{moved}", plain(&bead.kind)),
            if linked { format!("{:.2}", bead.similarity) } else { String::new() },
            text(&document.hypothesis, &bead.hypothesis),
            text(&document.reference, &bead.reference),
        ];
        cells.extend(source.map(|side| text(side, &bead.source)));
        line(&cells, out);
    }
}

fn line<T: AsRef<str>>(cells: &[T], out: &mut String) {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

/// Text on one line that is no markup.
fn plain(text: &str) -> String {
    escape(&visible(&text.replace(['\n', '\r'], " ")))
}
