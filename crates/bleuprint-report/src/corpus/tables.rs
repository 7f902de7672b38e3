//! The tables of a corpus: scores, comparisons, groups, and the segments that weigh most.

use super::{Groups, Metric, Report};
use crate::comparison::{self, Comparison};
use crate::grid::{Align, Grid};
use crate::page::{Cell, Column, Table, visible};

/// How many segments the tables of influence have.
const FEW: usize = 10;
/// Of more rows nobody reads all: the rest is in the JSON.
const MOST: usize = 2000;
/// Of more systems, each has a row of its own in tables of groups.
const WIDE: usize = 6;

pub(super) fn all(corpus: &Report<'_>) -> Vec<Table> {
    let mut tables = Vec::new();
    if corpus.comparisons.is_empty() {
        tables.push(scores(corpus));
    }
    for (at, comparison) in corpus.comparisons.iter().enumerate() {
        tables.extend(compared(comparison, at == 0, corpus.decimals));
    }
    tables.extend(corpus.groups.iter().map(|groups| group(corpus, groups)));
    let influences = corpus.metrics.iter().filter_map(|metric| influence(corpus, metric));
    tables.extend(influences.enumerate().map(|(at, table)| Table { folded: at > 0, ..table }));
    tables.into_iter().map(capped).collect()
}

fn capped(mut table: Table) -> Table {
    let more = table.rows.len().saturating_sub(MOST);
    if more > 0 {
        table.rows.truncate(MOST);
        let space = if table.note.is_empty() { "" } else { " " };
        table.note.push_str(&format!("{space}{more} more rows are in the JSON."));
    }
    table
}

fn scores(corpus: &Report<'_>) -> Table {
    let mut columns = vec![Column::text("System")];
    columns.extend(corpus.metrics.iter().map(|metric| Column::number(&metric.name)));
    columns.push(Column::number("Findings"));
    let row = |(at, system): (usize, &super::System<'_>)| {
        let mut row = vec![Cell::text(&system.name)];
        row.extend(corpus.metrics.iter().map(|metric| {
            let number = number(metric.scores[at], corpus.decimals);
            let aside = metric.asides.get(at).map(|aside| visible(aside)).unwrap_or_default();
            Cell { aside, ..Cell::copied(&number, format!("{} = {number}", metric.signature)) }
        }));
        row.push(Cell::text(system.findings.len().to_string()));
        row
    };
    Table {
        title: "Scores".to_owned(),
        copies: true,
        columns,
        rows: corpus.systems.iter().enumerate().map(row).collect(),
        signatures: corpus.metrics.iter().map(|metric| visible(&metric.signature)).collect(),
        ..Table::default()
    }
}

/// The first metric's pairs stand open; of the others, and what comes after pairs, only the systems.
fn compared(comparison: &Comparison, leads: bool, decimals: usize) -> Vec<Table> {
    let metric = visible(&comparison.compared.metric);
    let tables = comparison::titled(comparison, decimals).into_iter().enumerate();
    let table = |(at, (title, Grid { columns, rows })): (usize, (&str, Grid<'_>))| {
        let column = |(name, align): (&str, Align)| match align {
            Align::Left => Column::text(name.trim()),
            Align::Right => Column::number(name.trim()),
        };
        let first = at == 0;
        Table {
            title: format!("{metric}: {title}"),
            note: if first { comparison::method(comparison).join(" ") } else { String::new() },
            copies: false,
            folded: !(first || leads && title == "pairs"),
            columns: columns.into_iter().map(column).collect(),
            rows: rows
                .iter()
                .map(|row| row.iter().map(|cell| Cell::text(cell.trim())).collect())
                .collect(),
            signatures: if first {
                vec![visible(&comparison.compared.signature.to_string())]
            } else {
                Vec::new()
            },
        }
    };
    tables.map(table).collect()
}

fn group(corpus: &Report<'_>, groups: &Groups) -> Table {
    let mut sizes = vec![0_usize; groups.names.len()];
    groups.of_segments.iter().for_each(|group| sizes[*group] += 1);
    let first = |at: usize| {
        let link = format!("{}={at}", groups.by.name());
        [Cell::linked(&groups.names[at], link), Cell::text(sizes[at].to_string())]
    };
    let score = |metric: usize, system: usize, group: usize| {
        Cell::text(number(groups.scores[metric][system][group], corpus.decimals))
    };
    let (metrics, systems) = (0..corpus.metrics.len(), 0..corpus.systems.len());
    let mut columns = vec![Column::text(groups.by.name()), Column::number("segments")];
    let mut rows = Vec::new();
    if systems.len() > WIDE {
        columns.push(Column::text("system"));
        columns.extend(corpus.metrics.iter().map(|metric| Column::number(&metric.name)));
        for at in 0..groups.names.len() {
            rows.extend(systems.clone().map(|system| {
                let mut row = Vec::from(first(at));
                row.push(Cell::text(&corpus.systems[system].name));
                row.extend(metrics.clone().map(|metric| score(metric, system, at)));
                row
            }));
        }
    } else {
        for metric in &corpus.metrics {
            columns.extend(corpus.systems.iter().map(|system| match corpus.systems.len() {
                1 => Column::number(&metric.name),
                _ => Column::number(format!("{} {}", metric.name, system.name)),
            }));
        }
        for at in 0..groups.names.len() {
            let scores = metrics.clone().flat_map(|metric| {
                systems.clone().map(move |system| (metric, system)).collect::<Vec<_>>()
            });
            let scores = scores.map(|(metric, system)| score(metric, system, at));
            rows.push(first(at).into_iter().chain(scores).collect());
        }
    }
    Table { title: groups.by.title().to_owned(), columns, rows, ..Table::default() }
}

/// The segments without which the score of the only system, or the difference of the first two, would change most.
fn influence(corpus: &Report<'_>, metric: &Metric) -> Option<Table> {
    let (title, points): (String, Vec<f64>) = match metric.influence.as_slice() {
        [] => return None,
        [one] => (format!("{}: the segments that weigh most", metric.name), one.clone()),
        [a, b, ..] => {
            let names = [0, 1].map(|at| corpus.systems[at].name.as_str());
            let title = format!(
                "{}: the segments that make the difference, {} → {}",
                metric.name, names[0], names[1]
            );
            (title, a.iter().zip(b).map(|(a, b)| b - a).collect())
        }
    };
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| points[*b].abs().total_cmp(&points[*a].abs()).then(a.cmp(b)));
    order.truncate(FEW);
    let shown = corpus.systems.iter().take(2);
    let mut columns = vec![Column::number("segment"), Column::number("points")];
    columns.extend(shown.clone().map(|system| Column::number(&system.name)));
    columns.push(Column::text("reference"));
    let row = |at: &usize| {
        let mut row =
            vec![Cell::linked((at + 1).to_string(), format!("sort=weight&row={}", at + 1))];
        row.push(Cell::text(format!("{:+.3}", points[*at]).replace('-', "−")));
        let scores = metric.segments.iter().take(2);
        row.extend(scores.map(|scores| Cell::text(number(scores[*at], corpus.decimals))));
        row.push(Cell::text(beginning(&corpus.references[0][*at])));
        row
    };
    Some(Table {
        title: visible(&title),
        note: "Points: by how much less it would be without the segment.".to_owned(),
        folded: true,
        columns,
        rows: order.iter().map(row).collect(),
        ..Table::default()
    })
}

fn number(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}")
}

/// As much of a text as fits a line.
fn beginning(text: &str) -> String {
    const MOST: usize = 70;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
