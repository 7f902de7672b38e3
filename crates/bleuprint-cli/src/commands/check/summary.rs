//! Counts by check, and by document where there are documents.

use std::collections::BTreeMap;
use std::io::Write;

use bleuprint::diagnose::{CHECKS, Severity};
use bleuprint::text::split_whitespace;

use super::Checked;

pub(super) fn write(out: &mut impl Write, checked: &Checked) -> anyhow::Result<()> {
    let words: usize = checked.hypotheses.iter().map(|line| split_whitespace(line).count()).sum();
    let rate = |count: usize| 1000.0 * count as f64 / words.max(1) as f64;
    writeln!(
        out,
        "{:<20} {:>8} {:>8} {:>8} {:>8} {:>16}",
        "check", "minor", "major", "critical", "all", "per 1,000 words"
    )?;
    for check in CHECKS {
        let found = checked.findings.iter().filter(|finding| finding.check == check.name);
        let counts =
            Severity::ALL.map(|severity| found.clone().filter(|f| f.severity == severity).count());
        let all: usize = counts.iter().sum();
        if all > 0 {
            let [minor, major, critical] = counts;
            writeln!(
                out,
                "{:<20} {minor:>8} {major:>8} {critical:>8} {all:>8} {:>16.2}",
                check.name,
                rate(all)
            )?;
        }
    }
    let all = checked.findings.len();
    let counts = Severity::ALL
        .map(|severity| checked.findings.iter().filter(|f| f.severity == severity).count());
    let [minor, major, critical] = counts;
    writeln!(
        out,
        "{:<20} {minor:>8} {major:>8} {critical:>8} {all:>8} {:>16.2}",
        "all",
        rate(all)
    )?;
    if !checked.silenced.is_empty() {
        writeln!(out, "{:<20} {:>35}", "silenced", checked.silenced.len())?;
    }
    by_document(out, checked)
}

fn by_document(out: &mut impl Write, checked: &Checked) -> anyhow::Result<()> {
    let Some(assignment) = &checked.documents else { return Ok(()) };
    let mut counts: BTreeMap<usize, [usize; 3]> = BTreeMap::new();
    for finding in &checked.findings {
        let document = assignment.documents.of_segments()[finding.segment];
        counts.entry(document).or_default()[finding.severity as usize] += 1;
    }
    writeln!(
        out,
        "\n{:<40} {:>8} {:>8} {:>8} {:>8}",
        "document", "minor", "major", "critical", "all"
    )?;
    for (document, [minor, major, critical]) in counts {
        let name = assignment.documents.names()[document].replace('\t', " ");
        let all = minor + major + critical;
        writeln!(out, "{name:<40} {minor:>8} {major:>8} {critical:>8} {all:>8}")?;
    }
    Ok(())
}
