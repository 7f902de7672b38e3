//! SARIF 2.1.0 (OASIS), which code hosts show beside the lines. Columns are code points.

use std::io::Write;
use std::ops::Range;

use bleuprint::diagnose::{Checker, Finding, Severity};
use serde_json::{Value, json};

use super::Checked;
use super::places::Places;

pub(super) fn write(
    out: &mut impl Write,
    checker: &Checker,
    checked: &Checked,
) -> anyhow::Result<()> {
    let mut places = Places::new(checked);
    let mut results: Vec<Value> =
        checked.findings.iter().map(|finding| result(checked, finding, &mut places)).collect();
    for (finding, reason) in &checked.silenced {
        let mut result = result(checked, finding, &mut places);
        result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
        results.push(result);
    }
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

fn result(checked: &Checked, finding: &Finding, places: &mut Places<'_>) -> Value {
    let text = checked.input(finding.segment).hypothesis;
    let [hypothesis, reference, source] = places.of(finding);
    let columns = hypothesis.unwrap_or_else(|| 0..text.chars().count());
    let related = [
        (&checked.reference_file, reference, "the reference"),
        (&checked.source_file, source, "the source"),
    ];
    let related: Vec<Value> = related
        .into_iter()
        .filter_map(|(file, columns, what)| {
            let mut place = location(file.as_ref()?, finding.segment, &columns?);
            place["message"] = json!({ "text": what });
            Some(place)
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.check,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [location(&checked.hypothesis_file, finding.segment, &columns)],
    });
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    result
}

fn location(file: &str, segment: usize, columns: &Range<usize>) -> Value {
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
