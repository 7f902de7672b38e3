//! Line-aligned segments of one or more systems: one value, and the forms in which it is written.

mod distribution;
mod json;
mod rows;
mod tables;
mod words;

use bleuprint::diagnose::Finding;
use serde::Serialize;

use self::rows::{Found, Row};
use crate::comparison::{self, Comparison};
use crate::error::Result;
use crate::format::Format;
use crate::html::render;
use crate::page::{Page, Picture, counted, spaces, visible};

/// What is reported of segments that line up; every number in it was computed elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Report<'a> {
    /// What it is of.
    pub title: String,
    /// The references, stream by stream; differences are those from the first.
    pub references: Vec<&'a [String]>,
    /// The systems.
    pub systems: Vec<System<'a>>,
    /// What each metric says of them.
    pub metrics: Vec<Metric>,
    /// Scores by document, by domain, by length.
    pub groups: Vec<Groups>,
    /// What was compared, if anything.
    pub comparisons: Vec<Comparison>,
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
#[derive(Clone, Debug)]
pub struct Groups {
    /// What they have in common.
    pub by: By,
    /// Their names.
    pub names: Vec<String>,
    /// The group of each segment.
    pub of_segments: Vec<usize>,
    /// By metric, system and group.
    pub scores: Vec<Vec<Vec<f64>>>,
}

/// What segments of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// They are of one document.
    Document,
    /// They are of one domain.
    Domain,
    /// Their references are about as long.
    Length,
}

impl By {
    /// Its name, in addresses too.
    fn name(self) -> &'static str {
        match self {
            By::Document => "document",
            By::Domain => "domain",
            By::Length => "length",
        }
    }

    /// What a list of them is called.
    fn title(self) -> &'static str {
        match self {
            By::Document => "Documents",
            By::Domain => "Domains",
            By::Length => "Lengths of the reference",
        }
    }
}

impl Report<'_> {
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
            Format::Text => Ok(self.text()),
            Format::Svg => Ok(self.svg()),
        }
    }

    /// The page: one file that shows every segment with what differs, and needs nothing else.
    ///
    /// # Errors
    ///
    /// None that a report can cause.
    pub fn html(&self) -> Result<String> {
        let checks = rows::checks(self);
        let page = Page { pictures: pictures(self), ..self.page() };
        let data = Data {
            kind: if self.comparisons.is_empty() { "score" } else { "compare" },
            lang: self.language.as_deref(),
            systems: self.systems.iter().map(|system| system.name.as_str()).collect(),
            metrics: self.metrics.iter().map(Known::of).collect(),
            groups: self.groups.iter().map(Named::of).collect(),
            influence: self.metrics.iter().any(|metric| !metric.influence.is_empty()),
            decimals: self.decimals,
            findings: (self.systems.iter())
                .map(|system| rows::findings(self, system, &checks))
                .collect(),
            views: [View { rows: rows::rows(self) }],
            checks,
        };
        render(&page, &data)
    }

    /// The pictures: how the scores of segments are spread; of a comparison, intervals and pairs.
    pub fn svg(&self) -> String {
        match self.comparisons.as_slice() {
            [] => distribution::alone(self),
            comparisons => comparison::svg(comparisons, self.decimals),
        }
    }

    /// How many segments there are.
    fn segments(&self) -> usize {
        self.references.first().map_or(0, |stream| stream.len())
    }

    /// All but pictures.
    fn page(&self) -> Page {
        Page {
            title: visible(&self.title),
            subject: if self.comparisons.is_empty() { "scores" } else { "comparison" },
            facts: facts(self),
            warnings: warnings(self),
            tables: tables::all(self),
            ..Page::default()
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
    metrics: Vec<Known>,
    groups: Vec<Named<'a>>,
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

/// What rows can be filtered by.
#[derive(Serialize)]
struct Named<'a> {
    key: &'static str,
    title: &'static str,
    names: &'a [String],
}

impl<'a> Named<'a> {
    fn of(groups: &'a Groups) -> Self {
        let (key, title) = (groups.by.name(), groups.by.title());
        Named { key, title, names: &groups.names }
    }
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

fn facts(corpus: &Report<'_>) -> Vec<String> {
    let mut facts = vec![
        counted(corpus.systems.len(), "system", "systems"),
        counted(corpus.segments(), "segment", "segments"),
        counted(corpus.references.len(), "reference", "references"),
    ];
    if let Some(documents) = corpus.groups.iter().find(|groups| groups.by == By::Document) {
        facts.push(counted(documents.names.len(), "document", "documents"));
    }
    if let Some(comparison) = corpus.comparisons.first() {
        facts.push(counted(comparison.compared.pairs.len(), "pair tested", "pairs tested"));
    }
    facts
}

fn warnings(corpus: &Report<'_>) -> Vec<String> {
    let texts = corpus.references.iter().flat_map(|stream| stream.iter().map(String::as_str));
    let metrics = corpus.metrics.iter();
    let metrics = metrics.map(|metric| (metric.name.as_str(), metric.signature.as_str()));
    spaces::warning(texts, metrics).into_iter().collect()
}

/// The systems of which a matrix is still read beside another.
const NARROW: usize = 8;

fn pictures(corpus: &Report<'_>) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for comparison in &corpus.comparisons {
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
            wide: !matrix.is_empty() && comparison.compared.systems.len() > NARROW,
        });
    }
    for metric in
        corpus.metrics.iter().filter(|metric| metric.segments.iter().any(|scores| scores.len() > 1))
    {
        pictures.push(Picture {
            title: format!("{}: how the segments are spread", visible(&metric.name)),
            note: distribution::note(corpus),
            svg: distribution::inline(corpus, metric),
            wide: false,
        });
    }
    pictures
}
