//! Systems compared, as text, JSON, Markdown, LaTeX and SVG.

mod svg;
mod words;

use std::fmt::Write as _;

use bleuprint::significance::{Compared, Pair, Plan};
use serde::Serialize;

pub use svg::svg;
pub(crate) use svg::{has_matrix, inline as inline_svg};

use crate::grid::{Align, Grid, latex as escape};

/// One metric's comparison, with the plan of each pair if plans were made.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// What was compared.
    #[serde(flatten)]
    pub compared: Compared,
    /// For each pair a plan, or nothing at all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<Plan>,
}

/// JSON: every number in full.
///
/// # Errors
///
/// None that a comparison can cause.
pub fn json(comparisons: &[Comparison]) -> serde_json::Result<String> {
    serde_json::to_string_pretty(comparisons).map(|text| text + "\n")
}

/// For a terminal.
pub fn text(comparisons: &[Comparison], decimals: usize) -> String {
    let mut out = Vec::new();
    for comparison in comparisons {
        let Compared { metric, signature, .. } = &comparison.compared;
        let mut part = format!("{metric}  {signature}\n");
        for line in words::method(&comparison.compared) {
            let _ = writeln!(part, "{line}");
        }
        for grid in grids(comparison, decimals) {
            let _ = write!(part, "\n{}\n", grid.text());
        }
        out.push(part);
    }
    out.join("\n")
}

/// Markdown.
pub fn markdown(comparisons: &[Comparison], decimals: usize) -> String {
    let mut out = Vec::new();
    for comparison in comparisons {
        let Compared { metric, signature, .. } = &comparison.compared;
        let mut part = format!("## {metric}\n\n`{signature}`\n\n");
        let _ = writeln!(part, "{}", words::method(&comparison.compared).join(" "));
        for grid in grids(comparison, decimals) {
            let _ = write!(part, "\n{}\n", grid.markdown());
        }
        out.push(part);
    }
    out.join("\n")
}

/// LaTeX, for the package `booktabs`.
pub fn latex(comparisons: &[Comparison], decimals: usize) -> String {
    let mut out = Vec::new();
    for comparison in comparisons {
        let Compared { signature, .. } = &comparison.compared;
        let mut part = format!("% {signature}\n");
        let _ = writeln!(part, "{}", escape(&words::method(&comparison.compared).join(" ")));
        for grid in grids(comparison, decimals) {
            let _ = write!(part, "\n\\medskip\\noindent\n{}\n", grid.latex());
        }
        out.push(part);
    }
    out.join("\n")
}

fn grids(comparison: &Comparison, decimals: usize) -> Vec<Grid<'static>> {
    titled(comparison, decimals).into_iter().map(|(_, grid)| grid).collect()
}

/// The tables with what they are of.
pub(crate) fn titled(
    comparison: &Comparison,
    decimals: usize,
) -> Vec<(&'static str, Grid<'static>)> {
    let compared = &comparison.compared;
    let mut grids = vec![("systems", systems(compared, decimals))];
    if compared.systems.iter().any(|system| system.runs.is_some()) {
        grids.push(("runs", runs(compared, decimals)));
    }
    if !compared.pairs.is_empty() {
        grids.push(("pairs", pairs(compared, decimals)));
    }
    if !comparison.plans.is_empty() {
        grids.push(("what this test set can show", plans(comparison, decimals)));
    }
    grids
}

/// What was done, in sentences.
pub(crate) fn method(comparison: &Comparison) -> Vec<String> {
    words::method(&comparison.compared)
}

/// The systems, from best to worst if they were ranked.
fn systems(compared: &Compared, decimals: usize) -> Grid<'static> {
    let mut columns = vec![
        ("system", Align::Left),
        ("score", Align::Right),
        ("interval", Align::Right),
        ("BCa interval", Align::Right),
        ("s.e.", Align::Right),
    ];
    if !compared.ranking.is_empty() {
        columns.extend([("cluster", Align::Right), ("rank", Align::Right)]);
    }
    let row = |at: usize| {
        let system = &compared.systems[at];
        vec![
            system.name.clone(),
            format!("{:.decimals$}", system.score.value),
            words::interval(system.score.percentile, decimals),
            words::interval(system.score.bca, decimals),
            format!("{:.decimals$}", system.score.standard_error),
        ]
    };
    let rows = if compared.ranking.is_empty() {
        (0..compared.systems.len()).map(row).collect()
    } else {
        let ranked = compared.ranking.iter().map(|rank| {
            let mut cells = row(rank.system);
            cells.push(rank.cluster.to_string());
            cells.push(match rank.best == rank.worst {
                true => rank.best.to_string(),
                false => format!("{}–{}", rank.best, rank.worst),
            });
            cells
        });
        ranked.collect()
    };
    Grid { columns, rows }
}

fn runs(compared: &Compared, decimals: usize) -> Grid<'static> {
    let rows = compared.systems.iter().filter_map(|system| {
        let runs = system.runs.as_ref()?;
        let scores: Vec<String> =
            runs.scores.iter().map(|score| format!("{score:.decimals$}")).collect();
        Some(vec![
            system.name.clone(),
            scores.join(" "),
            format!("{:.decimals$}", runs.selection),
            format!("{:.decimals$}", runs.optimization),
        ])
    });
    Grid {
        columns: vec![
            ("system", Align::Left),
            ("scores of its runs", Align::Left),
            ("s(test set)", Align::Right),
            ("s(runs)", Align::Right),
        ],
        rows: rows.collect(),
    }
}

fn pairs(compared: &Compared, decimals: usize) -> Grid<'static> {
    let percent = |share: f64| format!("{:.0}", 100.0 * share);
    let row = |pair: &Pair| {
        let mark = if pair.significant { "*" } else { " " };
        vec![
            names(compared, pair),
            format!("{:+.decimals$}", pair.difference.value),
            words::interval(pair.difference.percentile, decimals),
            words::interval(pair.difference.bca, decimals),
            format!("{:+.1}", pair.effect),
            words::p(pair.p),
            format!("{}{mark}", words::p(pair.corrected)),
            pair.trials.to_string(),
            [pair.won, pair.tied, pair.lost].map(percent).join("/"),
        ]
    };
    Grid {
        columns: vec![
            ("pair", Align::Left),
            ("difference", Align::Right),
            ("interval", Align::Right),
            ("BCa interval", Align::Right),
            ("in s.e.", Align::Right),
            ("p", Align::Right),
            ("corrected ", Align::Right),
            ("trials", Align::Right),
            ("won/tied/lost %", Align::Right),
        ],
        rows: compared.pairs.iter().map(row).collect(),
    }
}

fn plans(comparison: &Comparison, decimals: usize) -> Grid<'static> {
    let compared = &comparison.compared;
    let row = |(pair, plan): (&Pair, &Plan)| {
        vec![
            names(compared, pair),
            format!("{:+.decimals$}", plan.difference),
            format!("{:.decimals$} ± {:.decimals$}", plan.detectable.value, plan.detectable.error),
            format!("{:.0} ± {:.0} %", 100.0 * plan.chance.value, 100.0 * plan.chance.error),
            match plan.needed {
                Some(needed) => format!("{:.0} ± {:.0}", needed.value, needed.error),
                None => "–".to_owned(),
            },
        ]
    };
    let needed = if compared.by_document { "documents needed" } else { "segments needed" };
    Grid {
        columns: vec![
            ("pair", Align::Left),
            ("difference", Align::Right),
            ("detectable", Align::Right),
            ("power", Align::Right),
            (needed, Align::Right),
        ],
        rows: compared.pairs.iter().zip(&comparison.plans).map(row).collect(),
    }
}

fn names(compared: &Compared, pair: &Pair) -> String {
    let [a, b] = [pair.baseline, pair.system].map(|at| compared.systems[at].name.as_str());
    format!("{a} → {b}")
}
