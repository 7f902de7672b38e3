//! Segments, tables of rows and findings, brought together for a report.

use bleuprint::diagnose::{Checker, Finding, Input};
use bleuprint::{Documents, Metric, Score, Table};
use bleuprint_harness::Assignment;
use bleuprint_report::common_folder;
use bleuprint_report::corpus::{self, By, Groups, Report, System};

/// What one metric counted in each system.
pub(crate) struct Measures<'a, M> {
    pub(crate) metric: &'a M,
    pub(crate) tables: Vec<&'a Table>,
    /// What stands beside each score.
    pub(crate) asides: Vec<String>,
}

/// All that a report of segments shows; its title, language and comparisons are the caller's to say.
pub(crate) fn corpus<'a, M: Metric>(
    references: &'a [Vec<String>],
    systems: Vec<(String, &'a [String])>,
    measures: &[Measures<'_, M>],
    assignment: Option<&Assignment>,
    decimals: usize,
) -> anyhow::Result<Report<'a>> {
    let checker = Checker::default();
    let names: Vec<&str> = systems.iter().map(|(name, _)| name.as_str()).collect();
    let folder = common_folder(&names).len();
    let documents = assignment.map(|assignment| &assignment.documents);
    let system = |(name, texts): (String, &'a [String])| -> anyhow::Result<System<'a>> {
        let findings = findings(&checker, texts, &references[0], documents)?;
        Ok(System { name: name[folder..].to_owned(), texts, findings })
    };
    Ok(Report {
        references: references.iter().map(Vec::as_slice).collect(),
        systems: systems.into_iter().map(system).collect::<anyhow::Result<_>>()?,
        metrics: measures.iter().map(metric).collect::<bleuprint::Result<_>>()?,
        groups: groups(&references[0], measures, assignment)?,
        decimals,
        ..Report::default()
    })
}

fn findings(
    checker: &Checker,
    texts: &[String],
    references: &[String],
    documents: Option<&Documents>,
) -> bleuprint::Result<Vec<Finding>> {
    let pairs = texts.iter().zip(references);
    let inputs: Vec<Input<'_>> = pairs
        .map(|(hypothesis, reference)| Input {
            hypothesis,
            reference: Some(reference),
            source: None,
        })
        .collect();
    match documents {
        Some(documents) => checker.documents(&inputs, documents),
        None => Ok(checker.segments(&inputs)),
    }
}

fn metric<M: Metric>(measures: &Measures<'_, M>) -> bleuprint::Result<corpus::Metric> {
    let Measures { metric, tables, asides } = measures;
    let scores = tables.iter().map(|table| Ok(metric.score(&table.total()?).value()));
    let segments = |table: &&Table| table.rows().map(|row| metric.score(row).value()).collect();
    Ok(corpus::Metric {
        name: metric.name().into_owned(),
        signature: tables.first().map(|table| table.signature().to_string()).unwrap_or_default(),
        higher_is_better: metric.higher_is_better(),
        scores: scores.collect::<bleuprint::Result<_>>()?,
        asides: asides.clone(),
        segments: tables.iter().map(segments).collect(),
        influence: tables
            .iter()
            .map(|table| table.influence(*metric))
            .collect::<bleuprint::Result<_>>()?,
    })
}

fn groups<M: Metric>(
    references: &[String],
    measures: &[Measures<'_, M>],
    assignment: Option<&Assignment>,
) -> bleuprint::Result<Vec<Groups>> {
    let mut all = Vec::new();
    if let Some(Assignment { documents, domains }) = assignment {
        all.push((By::Document, documents.names().to_vec(), documents.of_segments().to_vec()));
        let domains = domains
            .iter()
            .map(|domains| (domains.names().to_vec(), domains.of_segments().to_vec()));
        all.extend(domains.map(|(names, of_segments)| (By::Domain, names, of_segments)));
    }
    let (names, of_segments) = lengths(references);
    if names.len() > 1 {
        all.push((By::Length, names, of_segments));
    }
    let score = |(by, names, of_segments): (By, Vec<String>, Vec<usize>)| {
        let mut members = vec![Vec::new(); names.len()];
        of_segments.iter().enumerate().for_each(|(segment, group)| members[*group].push(segment));
        let scores = measures.iter().map(|Measures { metric, tables, .. }| {
            let of = |table: &&Table| -> bleuprint::Result<Vec<f64>> {
                members
                    .iter()
                    .map(|group| Ok(metric.score(&table.total_of(group)?).value()))
                    .collect()
            };
            tables.iter().map(of).collect()
        });
        let scores = scores.collect::<bleuprint::Result<_>>()?;
        Ok(Groups { by, names, of_segments, scores })
    };
    all.into_iter().map(score).collect()
}

/// Groups of segments by the number of characters of the reference.
fn lengths(references: &[String]) -> (Vec<String>, Vec<usize>) {
    const BOUNDS: [usize; 4] = [40, 80, 160, 320];
    let bucket = |text: &String| {
        let length = text.chars().count();
        BOUNDS.iter().position(|bound| length <= *bound).unwrap_or(BOUNDS.len())
    };
    let buckets: Vec<usize> = references.iter().map(bucket).collect();
    let used: std::collections::BTreeSet<usize> = buckets.iter().copied().collect();
    let name = |bucket: &usize| match *bucket {
        0 => format!("up to {} characters", BOUNDS[0]),
        last if last == BOUNDS.len() => format!("more than {} characters", BOUNDS[last - 1]),
        other => format!("{} to {} characters", BOUNDS[other - 1] + 1, BOUNDS[other]),
    };
    let numbers: Vec<usize> = used.iter().copied().collect();
    let place = |bucket: &usize| numbers.binary_search(bucket).unwrap_or_default();
    (used.iter().map(name).collect(), buckets.iter().map(place).collect())
}

/// What a page is called: the systems, and what they are measured against.
pub(crate) fn title(systems: &[String], against: &str) -> String {
    use crate::destination::name;
    match systems {
        [one] => format!("{} against {}", name(one), name(against)),
        [one, other] => format!("{} and {} against {}", name(one), name(other), name(against)),
        all => format!("{} systems against {}", all.len(), name(against)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_in_order_and_none_is_empty() {
        let texts = [100, 3, 1000, 40].map(|n| "x".repeat(n));
        let (names, groups) = lengths(&texts);
        assert_eq!(
            names,
            ["up to 40 characters", "81 to 160 characters", "more than 320 characters"]
        );
        assert_eq!(groups, [1, 0, 2, 0]);
    }
}
