//! Line-aligned segments of one or more systems, as a page and as pictures of their scores.

mod distribution;
mod rows;
mod tables;

use bleuprint::diagnose::Finding;
use serde::Serialize;

use self::rows::{Found, Row};
use crate::comparison::{self, Comparison};
use crate::error::Result;
use crate::html::{Page, Picture, counted, render, visible};

/// What a page of segments is made from; every number in it was computed elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Corpus<'a> {
    /// The references, stream by stream; differences are those from the first.
    pub references: Vec<&'a [String]>,
    /// The systems.
    pub systems: Vec<System<'a>>,
    /// What each metric says of them.
    pub metrics: Vec<Metric>,
    /// Scores by document, by domain, by length.
    pub groups: Vec<Groups>,
    /// The decimals of scores.
    pub decimals: usize,
    /// The language of the texts (BCP 47), if it is known: for fonts and screen readers.
    pub language: Option<String>,
}

/// A system's texts.
#[derive(Clone, Debug, Default)]
pub struct System<'a> {
    /// Its name.
    pub name: String,
    /// A text a segment.
    pub texts: &'a [String],
    /// What checks found in them.
    pub findings: Vec<Finding>,
}

/// What one metric says of each system.
#[derive(Clone, Debug, Default)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// How it was computed.
    pub signature: String,
    /// Whether more is better.
    pub higher_is_better: bool,
    /// The score of each system.
    pub scores: Vec<f64>,
    /// What stands beside the score of each system, such as an interval.
    pub asides: Vec<String>,
    /// For each system, the scores of its segments.
    pub segments: Vec<Vec<f64>>,
    /// For each system, by how much its score would be less without each segment.
    pub influence: Vec<Vec<f64>>,
}

/// Segments that belong together, and their scores.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// What they are: documents, domains, lengths.
    pub title: String,
    /// Their names.
    pub names: Vec<String>,
    /// The group of each segment.
    pub of_segments: Vec<usize>,
    /// By metric, system and group.
    pub scores: Vec<Vec<Vec<f64>>>,
}

/// The title of the groups that rows can be filtered by.
pub const DOCUMENTS: &str = "Documents";

/// The page of scores; with comparisons the page of what they say.
///
/// # Errors
///
/// None that a corpus can cause.
pub fn html(title: &str, corpus: &Corpus<'_>, comparisons: &[Comparison]) -> Result<String> {
    let compares = !comparisons.is_empty();
    let checks = rows::checks(corpus);
    let documents = corpus.groups.iter().find(|groups| groups.title == DOCUMENTS);
    let page = Page {
        title: visible(title),
        subject: if compares { "comparison" } else { "scores" },
        facts: facts(corpus, comparisons),
        tables: tables::all(corpus, comparisons),
        pictures: pictures(corpus, comparisons),
        ..Page::default()
    };
    let data = Data {
        kind: if compares { "compare" } else { "score" },
        lang: corpus.language.as_deref(),
        systems: corpus.systems.iter().map(|system| system.name.as_str()).collect(),
        metrics: corpus.metrics.iter().map(Known::of).collect(),
        documents: documents.map_or(&[][..], |groups| groups.names.as_slice()),
        influence: corpus.metrics.iter().any(|metric| !metric.influence.is_empty()),
        decimals: corpus.decimals,
        findings: corpus
            .systems
            .iter()
            .map(|system| rows::findings(corpus, system, &checks))
            .collect(),
        views: [View { rows: rows::rows(corpus, documents) }],
        checks,
    };
    render(&page, &data)
}

/// Pictures of how the scores of segments are spread.
pub fn svg(corpus: &Corpus<'_>) -> String {
    distribution::alone(corpus)
}

/// What the page's script draws rows from.
#[derive(Serialize)]
struct Data<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    systems: Vec<&'a str>,
    metrics: Vec<Known>,
    documents: &'a [String],
    influence: bool,
    decimals: usize,
    checks: Vec<String>,
    findings: Vec<Vec<Found>>,
    views: [View<'a>; 1],
}

#[derive(Serialize)]
struct View<'a> {
    rows: Vec<Row<'a>>,
}

/// A metric's name, and which sign of a difference is a gain.
#[derive(Serialize)]
struct Known {
    name: String,
    sign: i8,
}

impl Known {
    fn of(metric: &Metric) -> Self {
        Known { name: visible(&metric.name), sign: if metric.higher_is_better { 1 } else { -1 } }
    }
}

fn facts(corpus: &Corpus<'_>, comparisons: &[Comparison]) -> Vec<String> {
    let segments = corpus.references.first().map_or(0, |stream| stream.len());
    let mut facts = vec![
        counted(corpus.systems.len(), "system", "systems"),
        counted(segments, "segment", "segments"),
        counted(corpus.references.len(), "reference", "references"),
    ];
    if let Some(documents) = corpus.groups.iter().find(|groups| groups.title == DOCUMENTS) {
        facts.push(counted(documents.names.len(), "document", "documents"));
    }
    if let Some(comparison) = comparisons.first() {
        facts.push(counted(comparison.compared.pairs.len(), "pair tested", "pairs tested"));
    }
    facts
}

fn pictures(corpus: &Corpus<'_>, comparisons: &[Comparison]) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for comparison in comparisons {
        let matrix = if comparison::has_matrix(comparison) {
            "Below, what the system of a row has more than that of the column, and the corrected p-value; filled \
             and starred if significant."
        } else {
            ""
        };
        pictures.push(Picture {
            title: format!(
                "{}: the systems and their intervals",
                visible(&comparison.compared.metric)
            ),
            note: matrix.to_owned(),
            svg: comparison::inline_svg(comparison, corpus.decimals),
        });
    }
    for metric in
        corpus.metrics.iter().filter(|metric| metric.segments.iter().any(|scores| scores.len() > 1))
    {
        pictures.push(Picture {
            title: format!("{}: how the segments are spread", visible(&metric.name)),
            note: distribution::note(corpus),
            svg: distribution::inline(corpus, metric),
        });
    }
    pictures
}
