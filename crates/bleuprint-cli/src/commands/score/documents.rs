//! Rows by document and domain, and the segments that weigh most.

use bleuprint::{Aggregation, Documents, Metric, References};
use bleuprint_harness::Assignment;

use super::corpus::Chunk;
use super::measure::Measured;
use super::metric::Named;
use super::options::Args;
use super::python::{json_string, repr};
use super::report::Line;

/// Adds what --docs, --agg and --influence ask for to a system's line.
pub(super) fn add(
    args: &Args,
    named: &Named,
    measured: &Measured,
    texts: &Chunk,
    line: &mut Line,
) -> anyhow::Result<()> {
    let width = usize::try_from(args.width).unwrap_or(0);
    if let Some(file) = &args.docs {
        let assignment = Assignment::read(file)?;
        let segments = assignment.documents.segments();
        anyhow::ensure!(
            segments == texts.len(),
            "{file} has {segments} lines, but there are {} segments: line {} of {} is missing",
            texts.len(),
            segments.min(texts.len()) + 1,
            if segments < texts.len() { file } else { "the system" }
        );
        by_document(args, named, texts, &assignment.documents, width, line)?;
        if let Some(domains) = &assignment.domains {
            let pooled = Aggregation::Pooled;
            groups(("domains", "domain"), pooled, named, texts, domains, width, line)?;
        }
    }
    if let Some(n) = args.influence {
        let n = usize::try_from(n).map_err(|_| anyhow::anyhow!("--influence is at least 0"))?;
        influence(n, named, measured, width, line)?;
    }
    Ok(())
}

/// The scores of documents, and the corpus score that --agg makes of them.
fn by_document(
    args: &Args,
    named: &Named,
    texts: &Chunk,
    documents: &Documents,
    width: usize,
    line: &mut Line,
) -> anyhow::Result<()> {
    let how = args.agg.unwrap_or_default();
    let aggregate = groups(("documents", "document"), how, named, texts, documents, width, line)?;
    line.signature = aggregate.signature;
    if how == Aggregation::DocMean {
        line.value = aggregate.score;
        line.verbose = None;
    } else if how == Aggregation::DocJoin {
        let score = named.metric.score(&aggregate.table.total()?);
        (line.value, line.verbose) = (score.value(), score.verbose());
    }
    Ok(())
}

/// One score a group, in the order of first segments.
fn groups(
    (plural, singular): (&'static str, &str),
    how: Aggregation,
    named: &Named,
    texts: &Chunk,
    documents: &Documents,
    width: usize,
    line: &mut Line,
) -> anyhow::Result<bleuprint::Aggregate> {
    let references = References::by_stream(&texts.references)?;
    let aggregate = how.score(&named.metric, &texts.systems[0], &references, documents)?;
    let mut sizes = vec![0_usize; documents.len()];
    documents.of_segments().iter().for_each(|document| sizes[*document] += 1);
    let names: Vec<String> = documents.names().iter().map(|name| name.replace('\t', "/")).collect();
    let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let mut objects = Vec::new();
    for ((name, size), score) in names.iter().zip(&sizes).zip(&aggregate.documents) {
        let text = format!("{score:.width$}");
        line.below.push(format!(
            "{singular} {name:<longest$} : segments={size:<6} {} = {text}",
            line.name
        ));
        objects.push(format!(
            "  {{\"{singular}\": {}, \"segments\": {size}, \"score\": {}}}",
            json_string(name, false),
            repr(text.parse().unwrap_or(*score))
        ));
    }
    line.more.push((plural, format!("[\n{}\n ]", objects.join(",\n"))));
    Ok(aggregate)
}

/// The segments whose absence would change the score most.
fn influence(
    n: usize,
    named: &Named,
    measured: &Measured,
    width: usize,
    line: &mut Line,
) -> anyhow::Result<()> {
    let Some(table) = &measured.table else { return Ok(()) };
    let points = table.influence(&named.metric)?;
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| points[*b].abs().total_cmp(&points[*a].abs()).then(a.cmp(b)));
    let decimals = width.max(2);
    let mut objects = Vec::new();
    for segment in order.into_iter().take(n) {
        let (number, points) = (segment + 1, points[segment]);
        line.below.push(format!("line {number:<6} {} {points:+.decimals$} points", line.name));
        objects.push(format!("  {{\"line\": {number}, \"points\": {}}}", repr(points)));
    }
    line.more.push(("influence", format!("[\n{}\n ]", objects.join(",\n"))));
    Ok(())
}
