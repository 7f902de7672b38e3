//! Articles aligned and scored: one value, and the forms in which it is written.

mod columns;
mod map;
mod markdown;
mod rows;
mod text;
mod value;

use std::borrow::Cow;

use serde::Serialize;

use self::map::Map;
use self::rows::Rows;
pub use self::text::Look;
pub use self::value::{
    Bead, BeadScore, Coverage, Covered, Document, Finding, Passage, Report, Score, Sentence, Side,
    Span, System,
};
use self::value::{name, short};
use crate::error::Result;
use crate::format::Format;
use crate::html::render;
use crate::page::{Cell, Column, Figure, Page, Passages, Table, View, counted, spaces, visible};

impl Report {
    /// The report in any form.
    ///
    /// # Errors
    ///
    /// None that a report can cause.
    pub fn render(&self, format: Format) -> Result<String> {
        match format {
            Format::Html => self.html(),
            Format::Json => self.json(),
            Format::Markdown => Ok(self.markdown()),
            Format::Text => Ok(self.text(Look::default())),
            Format::Svg => Ok(self.svg()),
        }
    }

    /// The page: one file that shows every row with what differs, and needs nothing else.
    ///
    /// # Errors
    ///
    /// None that a report can cause.
    pub fn html(&self) -> Result<String> {
        let (folder, checks) = (self.folder(), checks(&self.systems));
        let metrics = bead_metrics(&self.systems);
        let mut views = Vec::new();
        for (number, system) in self.systems.iter().enumerate() {
            for (article, document) in system.articles.iter().enumerate() {
                views.push(Rows::new((number, article), document, &checks, &metrics));
            }
        }
        let articles = self.systems.iter().max_by_key(|system| system.articles.len());
        let articles = articles.map_or(&[][..], |system| system.articles.as_slice());
        let data = Data {
            kind: "article",
            lang: self.language.as_deref(),
            systems: self.systems.iter().map(|system| short(folder, &system.name)).collect(),
            articles: articles.iter().map(|document| short(folder, &document.name)).collect(),
            checks,
            views,
            decimals: 2,
            groups: [],
            metrics: metrics
                .iter()
                .map(|name| Known::of(name))
                .chain([Known::SIMILARITY])
                .collect(),
        };
        render(&self.page(), &data)
    }

    /// The pictures: which part of each translation says which part of the reference.
    pub fn svg(&self) -> String {
        map::alone(self.named())
    }

    /// All translations of all articles, with what they are called.
    fn named<'a>(&'a self) -> impl Iterator<Item = (String, &'a Document)> {
        let folder = self.folder();
        let of = move |system: &'a System| {
            let documents = system.articles.iter();
            documents.map(move |document| (name(folder, system, document), document))
        };
        self.systems.iter().flat_map(of)
    }

    fn page(&self) -> Page {
        let (folder, systems) = (self.folder(), self.systems.as_slice());
        let articles = systems.iter().map(|system| system.articles.len()).max();
        let views = self.named().enumerate();
        Page {
            title: visible(&self.title),
            subject: "articles",
            facts: facts(folder, systems, articles.unwrap_or(0)),
            warnings: warnings(folder, systems),
            tables: tables(folder, systems),
            pictures: Vec::new(),
            views: views
                .map(|(number, (name, document))| view(&visible(&name), number, document))
                .collect(),
        }
    }
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
    decimals: usize,
    groups: [(); 0],
    metrics: Vec<Known>,
}

/// What rows can be sorted and filtered by.
#[derive(Serialize)]
struct Known {
    name: Cow<'static, str>,
}

impl Known {
    /// That by which sentences were linked, after all metrics.
    const SIMILARITY: Known = Known { name: Cow::Borrowed("Similarity") };

    fn of(name: &str) -> Self {
        Known { name: visible(name).into() }
    }
}

/// The metrics of beads, from the first that there is.
fn bead_metrics(systems: &[System]) -> Vec<&str> {
    let mut beads = systems.iter().flat_map(|system| &system.articles).flat_map(|one| &one.beads);
    let scores = beads.next().map_or(&[][..], |bead| bead.scores.as_slice());
    scores.iter().map(|score| score.name.as_str()).collect()
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

fn warnings(folder: &str, systems: &[System]) -> Vec<String> {
    let documents = systems.iter().flat_map(|system| &system.articles);
    let strange = documents.filter(|document| !document.coverage.related);
    let text = |document: &Document| {
        let name = visible(short(folder, &document.name));
        format!(
            "{name} and its reference don't belong together: hardly anything in one is found in the other."
        )
    };
    strange.map(text).chain(unspaced(systems)).collect()
}

fn unspaced(systems: &[System]) -> Option<String> {
    let documents = systems.iter().flat_map(|system| &system.articles);
    let texts = documents.flat_map(|document| &document.reference.sentences);
    let metrics = leading(systems).iter().filter(|score| score.agg() == FIRST);
    let metrics = metrics.map(|score| (score.name.as_str(), score.signature.as_str()));
    spaces::warning(texts.map(|sentence| sentence.text.as_str()), metrics)
}

/// The aggregation that stands first.
const FIRST: &str = "bead";

/// A table of all systems over all beads; then all aggregations, and all articles.
fn tables(folder: &str, systems: &[System]) -> Vec<Table> {
    let mut tables = vec![overview(folder, systems), aggregations(folder, systems)];
    if systems.iter().any(|system| system.articles.len() > 1) {
        tables.push(articles(folder, systems));
    }
    tables
}

fn overview(folder: &str, systems: &[System]) -> Table {
    let metrics = metrics(leading(systems));
    let covered = systems.iter().all(|system| system.articles.len() == 1);
    let row = |system: &System| {
        let mut row = vec![Cell::text(short(folder, &system.name))];
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
        note: "Over all rows: what is missing counts against an empty translation.".to_owned(),
        folded: false,
        copies: true,
        columns,
        rows: systems.iter().map(row).collect(),
        signatures: signatures.unwrap_or_default(),
    }
}

fn aggregations(folder: &str, systems: &[System]) -> Table {
    let metrics = metrics(leading(systems));
    let names: Vec<&str> = systems.first().map_or(Vec::new(), |system| {
        let mut names: Vec<&str> = system.scores.iter().map(|score| score.agg()).collect();
        names.sort_by_key(|name| ORDER.iter().position(|(known, _)| known == name));
        names.dedup();
        names
    });
    let mut rows = Vec::new();
    for system in systems {
        for agg in &names {
            let says = ORDER.iter().find(|(known, _)| known == agg).map_or("", |(_, says)| says);
            let mut row = vec![Cell::text(short(folder, &system.name))];
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
        ..Table::default()
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

fn articles(folder: &str, systems: &[System]) -> Table {
    let (metrics, several) = (metrics(leading(systems)), systems.len() > 1);
    let documents = systems
        .iter()
        .flat_map(|system| system.articles.iter().map(move |article| (system, article)));
    let row = |(view, (system, document)): (usize, (&System, &Document))| {
        let mut row = vec![Cell::linked(short(folder, &document.name), link(view, None))];
        row.extend(several.then(|| Cell::text(short(folder, &system.name))));
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
    Table { title: "Articles".to_owned(), columns, rows, ..Table::default() }
}

/// The metrics' names, each once.
fn metrics(scores: &[Score]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for score in scores {
        if !names.contains(&score.name.as_str()) {
            names.push(&score.name);
        }
    }
    names
}

/// The scores of the first system.
fn leading(systems: &[System]) -> &[Score] {
    systems.first().map_or(&[], |system| system.scores.as_slice())
}

fn cell(scores: &[Score], name: &str, agg: &str) -> Cell {
    let found = scores.iter().find(|score| score.name == name && score.agg() == agg);
    found.map_or_else(
        || Cell::text("–"),
        |score| {
            let number = format!("{:.2}", score.score);
            Cell::copied(&number, format!("{} = {number}", score.signature))
        },
    )
}

fn signatures(scores: &[Score], agg: &str) -> Vec<String> {
    scores
        .iter()
        .filter(|score| score.agg() == agg)
        .map(|score| visible(&score.signature))
        .collect()
}

fn percent(covered: Covered) -> String {
    format!("{:.0} %", 100.0 * covered.share)
}

/// What stands above the rows of one translation of one article.
fn view(title: &str, number: usize, document: &Document) -> View {
    let passages = |title, class, passages: &[Passage], side: fn(&Bead) -> &[usize]| {
        let item = |passage: &Passage| {
            let holds = |bead: &Bead| {
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
