//! The comparison for people: side by side by bead, what differs in colour, then coverage and scores.

use std::fmt::Write as _;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use bleuprint::article::{Alignment, Bead, Coverage, Over, score_all};
use bleuprint::diagnose::Finding;
use bleuprint::{DynMetric, Metric};

use super::System;
use crate::commands::check::excerpt::excerpt;
use columns::Column;

#[path = "columns.rs"]
mod columns;

/// Two articles that are not shown side by side.
const STRANGERS: &str =
    "These texts don't belong together: hardly anything in one is found in the other.";

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const ADDED: Style = AnsiColor::Red.on_default();
const MISSING: Style = AnsiColor::Green.on_default();
const MOVED: Style = AnsiColor::Yellow.on_default();

pub(super) fn write(
    out: &mut impl Write,
    systems: &[System],
    metrics: &[Box<dyn DynMetric>],
    width: u16,
) -> anyhow::Result<()> {
    let one = matches!(systems, [system] if system.alignments.len() == 1);
    for system in systems {
        let findings = system.findings.iter();
        for ((name, alignment), findings) in
            system.articles.iter().zip(&system.alignments).zip(findings)
        {
            let shown = if *name == system.name {
                name.clone()
            } else {
                format!("{}: {name}", system.name)
            };
            writeln!(out, "{BOLD}{shown}{BOLD:#}")?;
            let related = alignment.coverage().related;
            if !related {
                writeln!(out, "{MOVED}{STRANGERS}{MOVED:#}")?;
            }
            if one && related {
                beads(out, alignment, usize::from(width))?;
                writeln!(out)?;
            }
            coverage(out, alignment)?;
            self::findings(out, alignment, findings, one)?;
            scores(out, std::slice::from_ref(alignment), metrics)?;
            writeln!(out)?;
        }
        if system.alignments.len() > 1 {
            writeln!(
                out,
                "{BOLD}{}: all {} articles{BOLD:#}",
                system.name,
                system.alignments.len()
            )?;
            scores(out, &system.alignments, metrics)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// Room for the number, the kind and the similarity of a bead.
const MARGIN: usize = 12;

fn beads(out: &mut impl Write, alignment: &Alignment, width: usize) -> anyhow::Result<()> {
    let column = (width - MARGIN - 3) / 2;
    let head = |text: &str| format!("{text:<column$}");
    writeln!(out, "{DIM}{:MARGIN$}{} | reference{DIM:#}", "", head("hypothesis"))?;
    for bead in alignment.beads() {
        source(out, alignment, bead, width)?;
        let [hypothesis, reference] = sides(alignment, bead);
        let (left, right) = (Column::new(&hypothesis, column), Column::new(&reference, column));
        for line in 0..left.len().max(right.len()) {
            let margin = margin(bead, line);
            let (left, right) = (left.line(line, true), right.line(line, false));
            let space = if right.is_empty() { "" } else { " " };
            writeln!(out, "{margin}{left} {DIM}|{DIM:#}{space}{right}")?;
        }
    }
    Ok(())
}

/// The source of a bead, above it in the full width.
fn source(
    out: &mut impl Write,
    alignment: &Alignment,
    bead: &Bead,
    width: usize,
) -> anyhow::Result<()> {
    let text = alignment.source_text(bead).unwrap_or_default();
    let column = Column::new(&columns::words(&text, DIM), width - MARGIN);
    for line in 0..column.len() {
        let margin = if line == 0 { "source" } else { "" };
        writeln!(out, "{DIM}{margin:<MARGIN$}{DIM:#}{}", column.line(line, false))?;
    }
    Ok(())
}

/// What stands left of a bead's lines: kind and similarity, and below whether it moved.
fn margin(bead: &Bead, line: usize) -> String {
    match line {
        0 if bead.is_linked() => format!("{:<5}{:.2}   ", bead.kind(), bead.similarity),
        0 => format!("{:<MARGIN$}", bead.kind()),
        1 if bead.moved => format!("{MOVED}{:<MARGIN$}{MOVED:#}", "moved"),
        _ => " ".repeat(MARGIN),
    }
}

/// The styled words of both sides.
fn sides(alignment: &Alignment, bead: &Bead) -> [Vec<(String, Style)>; 2] {
    let texts = [alignment.hypothesis_text(bead), alignment.reference_text(bead)];
    if !bead.is_linked() {
        let [added, missing] = &texts;
        return match bead.reference.is_empty() {
            true => [columns::words(added, ADDED), columns::words("(added)", DIM)],
            false => [columns::words("(missing)", DIM), columns::words(missing, MISSING)],
        };
    }
    let mut sides =
        [columns::words(&texts[0], Style::new()), columns::words(&texts[1], Style::new())];
    let same = columns::common(&sides[0], &sides[1]);
    for ((side, same), style) in sides.iter_mut().zip(same).zip([ADDED, MISSING]) {
        for (word, _) in side.iter_mut().zip(same).filter(|(_, same)| !same) {
            word.1 = style;
        }
    }
    sides
}

/// How many findings there are; of one article, each with its place.
fn findings(
    out: &mut impl Write,
    alignment: &Alignment,
    findings: &[Finding],
    each: bool,
) -> anyhow::Result<()> {
    writeln!(out, "  findings          {}", findings.len())?;
    for finding in findings.iter().filter(|_| each) {
        writeln!(
            out,
            "    {BOLD}{} {}{BOLD:#}: {}",
            finding.severity.name(),
            finding.check,
            finding.message
        )?;
        if let Some((text, span)) = place(alignment, finding) {
            let (line, carets) = excerpt(text, span);
            writeln!(out, "      {line}\n      {DIM}{carets}{DIM:#}")?;
        }
    }
    Ok(())
}

/// Where a finding is shown: in the hypothesis, or in the reference when it is about what the hypothesis doesn't have.
fn place<'a>(
    alignment: &'a Alignment,
    finding: &'a Finding,
) -> Option<(&'a str, &'a std::ops::Range<usize>)> {
    let hypothesis = finding.hypothesis.as_ref().map(|span| (alignment.hypothesis().text(), span));
    let reference = finding.reference.as_ref().map(|span| (alignment.reference().text(), span));
    let says = |(_, span): &(&str, &std::ops::Range<usize>)| !span.is_empty();
    hypothesis.filter(says).or(reference.filter(says)).or(hypothesis).or(reference)
}

fn coverage(out: &mut impl Write, alignment: &Alignment) -> anyhow::Result<()> {
    let Coverage { hypothesis, reference, order, .. } = alignment.coverage();
    let part = |covered: usize, all: usize, share: f64| {
        format!("{covered} of {all} sentences ({:.0} % of the characters)", 100.0 * share)
    };
    let moved = alignment.links().filter(|bead| bead.moved).count();
    let mut order_text = String::new();
    if let Some(tau) = order {
        write!(order_text, "Kendall's tau {tau:.2}")?;
        if moved > 0 {
            write!(order_text, ", {moved} moved")?;
        }
    }
    writeln!(
        out,
        "  reference found   {}",
        part(reference.covered_sentences, reference.sentences, reference.share())
    )?;
    writeln!(
        out,
        "  hypothesis linked {}",
        part(hypothesis.covered_sentences, hypothesis.sentences, hypothesis.share())
    )?;
    if !order_text.is_empty() {
        writeln!(out, "  order             {order_text}")?;
    }
    Ok(())
}

/// A line a metric, a column for what it is computed over.
fn scores(
    out: &mut impl Write,
    alignments: &[Alignment],
    metrics: &[Box<dyn DynMetric>],
) -> anyhow::Result<()> {
    write!(out, "{DIM}  {:<18}", "agg:")?;
    for over in Over::ALL {
        write!(out, " {:>14}", over.name())?;
    }
    writeln!(out, "{DIM:#}")?;
    for metric in metrics {
        write!(out, "  {:<18}", metric.name())?;
        for over in Over::ALL {
            match score_all(metric, alignments, over) {
                Ok(score) => write!(out, " {:>14.2}", score.score)?,
                Err(error) if error.is_empty() => write!(out, " {:>14}", "-")?,
                Err(error) => return Err(error.into()),
            }
        }
        writeln!(out)?;
    }
    Ok(())
}
