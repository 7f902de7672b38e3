//! SARIF 2.1.0 (OASIS), which code hosts show beside the lines. Columns are code points.

use std::io::Write;
use std::ops::Range;

use bleuprint::diagnose::{Checker, Finding, Severity, code_points};
use serde_json::{Value, json};

use super::Checked;

pub(super) fn write(
    out: &mut impl Write,
    checker: &Checker,
    checked: &Checked,
) -> anyhow::Result<()> {
    let silenced = checked.silenced.iter().map(|(finding, reason)| {
        let mut result = result(checked, finding);
        result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
        result
    });
    let results: Vec<Value> =
        checked.findings.iter().map(|finding| result(checked, finding)).chain(silenced).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "bleuprint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules(checker),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)?;
    Ok(())
}

fn rules(checker: &Checker) -> Vec<Value> {
    let rule = |check: &'static bleuprint::diagnose::Entry| {
        json!({
            "id": check.name,
            "shortDescription": { "text": check.summary },
            "defaultConfiguration": { "level": level(check.severity) },
        })
    };
    checker.checks().map(rule).collect()
}

fn result(checked: &Checked, finding: &Finding) -> Value {
    let input = checked.input(finding.segment);
    let whole = 0..input.hypothesis.len();
    let span = finding.hypothesis.as_ref().unwrap_or(&whole);
    let related = [
        (&checked.reference_file, input.reference, &finding.reference, "the reference"),
        (&checked.source_file, input.source, &finding.source, "the source"),
    ];
    let related: Vec<Value> = related
        .into_iter()
        .filter_map(|(file, text, span, what)| {
            let mut place = location(file.as_ref()?, text?, finding.segment, span.as_ref()?);
            place["message"] = json!({ "text": what });
            Some(place)
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.check,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [location(&checked.hypothesis_file, input.hypothesis, finding.segment, span)],
    });
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    result
}

fn location(file: &str, text: &str, segment: usize, span: &Range<usize>) -> Value {
    let columns = code_points(text, span);
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(file) },
        "region": {
            "startLine": segment + 1,
            "startColumn": columns.start + 1,
            "endLine": segment + 1,
            "endColumn": columns.end + 1,
        },
    }})
}

/// A path as a relative URI.
fn uri(path: &str) -> String {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"-._~/".contains(b);
    let escaped = |b: &u8| if plain(b) { char::from(*b).to_string() } else { format!("%{b:02X}") };
    path.replace('\\', "/").as_bytes().iter().map(escaped).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Minor => "note",
        Severity::Major => "warning",
        Severity::Critical => "error",
    }
}
