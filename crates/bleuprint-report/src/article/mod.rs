//! Articles aligned and scored, as a page and as a picture; from the JSON that `bleuprint article` writes.

mod map;
mod markdown;
mod read;
mod rows;

use serde::Serialize;
use serde_json::Value;

use self::map::Map;
use self::read::{Coverage, Covered, Document, Passage, Score, System};
use self::rows::Rows;
use crate::error::Result;
use crate::html::{Cell, Column, Figure, Page, Passages, Table, View, counted, render, visible};

/// The page: one file that shows every row with what differs, and needs nothing else. The language, if it is known, is
/// that of translations and reference (BCP 47), for fonts and screen readers.
///
/// # Errors
///
/// JSON that `bleuprint article` did not write.
pub fn html(title: &str, language: Option<&str>, json: &Value) -> Result<String> {
    let (folder, systems) = read::systems(json)?;
    let checks = checks(&systems);
    let mut views = Vec::new();
    let mut rows = Vec::new();
    for (number, system) in systems.iter().enumerate() {
        for (article, document) in system.articles.iter().enumerate() {
            let title = match system.articles.len() {
                1 => system.name.clone(),
                _ => format!("{}: {}", system.name, document.name),
            };
            views.push(view(&visible(&title), views.len(), document));
            rows.push(Rows::new((number, article), document, &checks));
        }
    }
    let articles = systems.iter().max_by_key(|system| system.articles.len());
    let articles = articles.map_or(&[][..], |system| system.articles.as_slice());
    let page = Page {
        title: visible(title),
        subject: "articles",
        facts: facts(&folder, &systems, articles.len()),
        warnings: warnings(&systems),
        tables: tables(&systems),
        pictures: Vec::new(),
        views,
    };
    let data = Data {
        kind: "article",
        lang: language,
        systems: systems.iter().map(|system| system.name.as_str()).collect(),
        articles: articles.iter().map(|document| document.name.as_str()).collect(),
        checks,
        views: rows,
        documents: [],
        metrics: [],
    };
    render(&page, &data)
}

/// Markdown: scores, coverage, passages, findings and rows.
///
/// # Errors
///
/// JSON that `bleuprint article` did not write.
pub fn markdown(title: &str, json: &Value) -> Result<String> {
    let (_, systems) = read::systems(json)?;
    Ok(markdown::write(title, &systems))
}

/// The pictures: which part of each translation says which part of the reference.
///
/// # Errors
///
/// JSON that `bleuprint article` did not write.
pub fn svg(json: &Value) -> Result<String> {
    let (_, systems) = read::systems(json)?;
    let maps = systems.iter().flat_map(|system| {
        system.articles.iter().map(|document| match system.articles.len() {
            1 => (system.name.clone(), document),
            _ => (format!("{}: {}", system.name, document.name), document),
        })
    });
    Ok(map::alone(maps))
}

/// What the page's script draws rows from.
#[derive(Serialize)]
struct Data<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    systems: Vec<&'a str>,
    articles: Vec<&'a str>,
    checks: Vec<String>,
    views: Vec<Rows>,
    documents: [(); 0],
    metrics: [(); 0],
}

/// The names of the checks that found something, in order.
fn checks(systems: &[System]) -> Vec<String> {
    let documents = systems.iter().flat_map(|system| &system.articles);
    let found = documents.flat_map(|document| &document.findings);
    let names: std::collections::BTreeSet<&String> = found.map(|finding| &finding.check).collect();
    names.into_iter().map(|name| visible(name)).collect()
}

fn facts(folder: &str, systems: &[System], articles: usize) -> Vec<String> {
    let mut facts = Vec::new();
    // The last part says what it is; the whole path is the reader's own.
    let last = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if !last.is_empty() {
        facts.push(visible(last));
    }
    if systems.len() > 1 {
        facts.push(counted(systems.len(), "translation", "translations"));
    }
    if articles > 1 {
        facts.push(counted(articles, "article", "articles"));
    }
    if let [system] = systems
        && let [document] = system.articles.as_slice()
    {
        let [ours, theirs] =
            [&document.hypothesis, &document.reference].map(|side| side.sentences.len());
        facts.push(format!("{ours} sentences against {theirs} of the reference"));
        facts.push(counted(document.findings.len(), "finding", "findings"));
    }
    facts
}

fn warnings(systems: &[System]) -> Vec<String> {
    let documents = systems.iter().flat_map(|system| &system.articles);
    let strange = documents.filter(|document| !document.coverage.related);
    let text = |document: &Document| {
        let name = visible(&document.name);
        format!(
            "{name} and its reference don't belong together: hardly anything in one is found in the other."
        )
    };
    strange.map(text).collect()
}

/// The aggregation that stands first.
const FIRST: &str = "bead";

/// A table of all systems over all beads; then all aggregations, and all articles.
fn tables(systems: &[System]) -> Vec<Table> {
    let mut tables = vec![overview(systems), aggregations(systems)];
    if systems.iter().any(|system| system.articles.len() > 1) {
        tables.push(articles(systems));
    }
    tables
}

fn overview(systems: &[System]) -> Table {
    let metrics = metrics(systems);
    let covered = systems.iter().all(|system| system.articles.len() == 1);
    let row = |system: &System| {
        let mut row = vec![Cell::text(&system.name)];
        row.extend(metrics.iter().map(|name| cell(&system.scores, name, FIRST)));
        for document in system.articles.iter().filter(|_| covered) {
            let Coverage { reference, hypothesis, .. } = document.coverage;
            row.extend([reference, hypothesis].map(|covered| Cell::text(percent(covered))));
        }
        let findings = system.articles.iter().map(|one| one.findings.len());
        row.push(Cell::text(findings.sum::<usize>().to_string()));
        row
    };
    let mut columns = vec![Column::text("Translation")];
    columns.extend(metrics.iter().map(Column::number));
    columns.extend(["Reference found", "Linked"].iter().filter(|_| covered).map(Column::number));
    columns.push(Column::number("Findings"));
    let signatures = systems.first().map(|system| signatures(&system.scores, FIRST));
    Table {
        title: "Scores".to_owned(),
        note: "Over all rows: what is missing counts against an empty translation. A click on a score copies it \
               with its signature."
            .to_owned(),
        folded: false,
        columns,
        rows: systems.iter().map(row).collect(),
        signatures: signatures.unwrap_or_default(),
    }
}

fn aggregations(systems: &[System]) -> Table {
    let metrics = metrics(systems);
    let names: Vec<&str> = systems.first().map_or(Vec::new(), |system| {
        let mut names: Vec<&str> = system.scores.iter().map(|score| score.agg.as_str()).collect();
        names.sort_by_key(|name| ORDER.iter().position(|(known, _)| known == name));
        names.dedup();
        names
    });
    let mut rows = Vec::new();
    for system in systems {
        for agg in &names {
            let says = ORDER.iter().find(|(known, _)| known == agg).map_or("", |(_, says)| says);
            let mut row = vec![Cell::text(&system.name)];
            row.push(Cell { aside: says.to_owned(), ..Cell::text(agg) });
            row.extend(metrics.iter().map(|name| cell(&system.scores, name, agg)));
            if systems.len() == 1 {
                row.remove(0);
            }
            rows.push(row);
        }
    }
    let mut columns = vec![Column::text("Translation"), Column::text("agg")];
    columns.extend(metrics.iter().map(Column::number));
    if systems.len() == 1 {
        columns.remove(0);
    }
    Table {
        title: "Six ways to score an article".to_owned(),
        note: "They differ by many points; the signature says which one it is.".to_owned(),
        folded: true,
        columns,
        rows,
        signatures: Vec::new(),
    }
}

/// What is scored, by the names of aggregations.
const ORDER: [(&str, &str); 6] = [
    ("bead", "all rows, counts added"),
    ("bead-mean", "mean of all rows"),
    ("linked", "linked rows, counts added"),
    ("linked-mean", "mean of linked rows"),
    ("article", "both articles whole"),
    ("linked-article", "both articles whole, linked sentences only"),
];

fn articles(systems: &[System]) -> Table {
    let (metrics, several) = (metrics(systems), systems.len() > 1);
    let documents = systems
        .iter()
        .flat_map(|system| system.articles.iter().map(move |article| (system, article)));
    let row = |(view, (system, document)): (usize, (&System, &Document))| {
        let mut row = vec![Cell::linked(&document.name, link(view, None))];
        row.extend(several.then(|| Cell::text(&system.name)));
        row.extend(metrics.iter().map(|name| cell(&document.scores, name, FIRST)));
        row.push(Cell::text(percent(document.coverage.reference)));
        row.push(Cell::text(percent(document.coverage.hypothesis)));
        row.push(Cell::text(document.findings.len().to_string()));
        row
    };
    let rows: Vec<Vec<Cell>> = documents.enumerate().map(row).collect();
    let mut columns = vec![Column::text("Article")];
    columns.extend(several.then(|| Column::text("Translation")));
    columns.extend(metrics.iter().map(Column::number));
    columns.extend(["Reference found", "Linked", "Findings"].map(Column::number));
    Table {
        title: "Articles".to_owned(),
        folded: rows.len() > 24,
        columns,
        rows,
        ..Table::default()
    }
}

/// The metrics' names, as often as they stand with one aggregation.
fn metrics(systems: &[System]) -> Vec<String> {
    let scores = systems.first().map_or(&[][..], |system| system.scores.as_slice());
    let mut names: Vec<String> = Vec::new();
    for score in scores {
        if !names.contains(&score.name) {
            names.push(score.name.clone());
        }
    }
    names
}

fn cell(scores: &[Score], name: &str, agg: &str) -> Cell {
    let found = scores.iter().find(|score| score.name == name && score.agg == agg);
    found.map_or_else(
        || Cell::text("–"),
        |score| {
            let number = format!("{:.2}", score.score);
            Cell::copied(&number, format!("{} = {number}", score.signature))
        },
    )
}

fn signatures(scores: &[Score], agg: &str) -> Vec<String> {
    scores.iter().filter(|score| score.agg == agg).map(|score| visible(&score.signature)).collect()
}

fn percent(covered: Covered) -> String {
    format!("{:.0} %", 100.0 * covered.share)
}

/// What stands above the rows of one translation of one article.
fn view(title: &str, number: usize, document: &Document) -> View {
    let passages = |title, class, passages: &[Passage], side: fn(&read::Bead) -> &[usize]| {
        let item = |passage: &Passage| {
            let holds = |bead: &read::Bead| {
                passage.sentences.first().is_some_and(|first| side(bead).contains(first))
            };
            Cell::linked(&passage.text, link(number, document.beads.iter().position(holds)))
        };
        let items: Vec<Cell> = passages.iter().map(item).collect();
        Passages { title, class, open: items.len() <= 8, items }
    };
    let lists = [
        passages("Missing from the translation", "missing", &document.missing, |bead| {
            &bead.reference
        }),
        passages("Added by the translation", "added", &document.added, |bead| &bead.hypothesis),
    ];
    let map = Map::new(document);
    View {
        title: title.to_owned(),
        asides: map.asides(),
        map: map.linked(number),
        figures: figures(document),
        passages: lists.into_iter().filter(|list| !list.items.is_empty()).collect(),
    }
}

fn figures(document: &Document) -> Vec<Figure> {
    let Coverage { hypothesis, reference, order, .. } = document.coverage;
    let share = |covered: Covered, what: &str| Figure {
        value: percent(covered),
        name: format!("{what} ({} of {} sentences)", covered.covered_sentences, covered.sentences),
    };
    let mut figures = vec![
        share(reference, "of the reference found"),
        share(hypothesis, "of the translation linked"),
    ];
    if let Some(order) = order {
        figures
            .push(Figure {
                value: format!("{order:.2}"), name: "order (Kendall’s τ)".to_owned()
            });
    }
    let moved = document.beads.iter().filter(|bead| bead.moved).count();
    if moved > 0 {
        figures.push(Figure { value: moved.to_string(), name: "moved".to_owned() });
    }
    figures
}

/// The part of an address after `#` that leads to a view and a row of it.
fn link(view: usize, row: Option<usize>) -> String {
    let parts =
        [(view > 0).then(|| format!("view={view}")), row.map(|row| format!("row={}", row + 1))];
    let link = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if link.is_empty() { "view=0".to_owned() } else { link }
}
