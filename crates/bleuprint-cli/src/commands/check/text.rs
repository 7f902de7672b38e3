//! Findings for people: a line that says what, and each text with carets under the place.

use std::io::Write;

use bleuprint_report::excerpt;

use super::Checked;

pub(super) fn write(out: &mut impl Write, checked: &Checked) -> anyhow::Result<()> {
    for finding in &checked.findings {
        let input = checked.input(finding.segment);
        let (severity, line) = (finding.severity.name(), finding.segment + 1);
        writeln!(
            out,
            "{}:{line}: {severity} {}: {}",
            checked.hypothesis_file, finding.check, finding.message
        )?;
        let sides = [
            ("hypothesis", Some(input.hypothesis), &finding.hypothesis),
            ("reference", input.reference, &finding.reference),
            ("source", input.source, &finding.source),
        ];
        for (name, text, span) in sides {
            if let (Some(text), Some(span)) = (text, span) {
                let (line, carets) = excerpt(text, span);
                writeln!(out, "  {name:<10}  {line}")?;
                writeln!(out, "  {:<10}  {carets}", "")?;
            }
        }
        writeln!(out)?;
    }
    super::summary::write(out, checked)
}
