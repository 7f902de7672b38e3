//! What a report of articles says: all that any form of it shows. Spans are in code points of the article's text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Result;
use crate::names::common_folder;

/// Articles of one or more systems, aligned with their references and scored.
///
/// Every number in it was computed elsewhere; it is written and read as the JSON of `bleuprint article`: a single
/// article of a single system is an object, more are the member `systems`.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What it is of.
    pub title: String,
    /// The language of translations and reference (BCP 47), if it is known: for fonts and screen readers.
    pub language: Option<String>,
    /// The systems.
    pub systems: Vec<System>,
}

/// One system's articles.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct System {
    /// Its name.
    #[serde(rename = "system")]
    pub name: String,
    /// Its translations.
    pub articles: Vec<Document>,
    /// What metrics say of all of them.
    pub scores: Vec<Score>,
}

/// One translation of one article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// The translation.
    pub hypothesis: Side,
    /// What a human made of the same source.
    pub reference: Side,
    /// What was translated, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Side>,
    /// Which sentences say the same.
    pub beads: Vec<Bead>,
    /// How much of both texts is linked.
    pub coverage: Coverage,
    /// What the reference has alone.
    pub missing: Vec<Passage>,
    /// What the translation has alone.
    pub added: Vec<Passage>,
    /// What checks found.
    pub findings: Vec<Finding>,
    /// What metrics say of it.
    pub scores: Vec<Score>,
}

/// The sentences of one text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Side {
    /// In the order of the text.
    pub sentences: Vec<Sentence>,
}

/// A sentence with its place in the text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sentence {
    /// The first code point.
    pub start: usize,
    /// The code point behind the last.
    pub end: usize,
    /// What stands there.
    pub text: String,
    /// The number of its paragraph.
    pub paragraph: usize,
}

/// Sentences that say the same, or that one side has alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bead {
    /// Numbers of the translation's sentences.
    pub hypothesis: Vec<usize>,
    /// Numbers of the reference's sentences.
    pub reference: Vec<usize>,
    /// Numbers of the source's sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<usize>,
    /// How many sentences of the translation stand for how many of the reference, as `1-2`.
    pub kind: String,
    /// Whether it stands elsewhere in the reference.
    pub moved: bool,
    /// How alike its sides are, from 0 to 1.
    pub similarity: f64,
    /// How sure the link is, from 0 to 1.
    pub confidence: f64,
    /// What each metric says of it alone.
    #[serde(default)]
    pub scores: Vec<BeadScore>,
}

impl Bead {
    /// Whether both sides have a sentence.
    pub fn is_linked(&self) -> bool {
        !self.hypothesis.is_empty() && !self.reference.is_empty()
    }

    /// What a metric says, if it was asked.
    pub(super) fn score(&self, metric: &str) -> Option<f64> {
        self.scores.iter().find(|score| score.name == metric).map(|score| score.score)
    }
}

/// A metric's score of one bead.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BeadScore {
    /// The metric's name.
    pub name: String,
    /// The number.
    pub score: f64,
}

/// How much of both texts is linked.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Coverage {
    /// How much of the translation.
    pub hypothesis: Covered,
    /// How much of the reference.
    pub reference: Covered,
    /// Kendall's tau of the links, if there are two.
    pub order: Option<f64>,
    /// Whether the texts belong together at all.
    pub related: bool,
}

/// How much of one text is linked.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Covered {
    /// Of its characters, from 0 to 1.
    pub share: f64,
    /// Sentences that are linked.
    pub covered_sentences: usize,
    /// All sentences.
    pub sentences: usize,
    /// Characters that are linked.
    pub covered_characters: usize,
    /// All characters.
    pub characters: usize,
}

/// What one text has alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// The first code point.
    pub start: usize,
    /// The code point behind the last.
    pub end: usize,
    /// What stands there.
    pub text: String,
    /// The numbers of its sentences.
    pub sentences: Vec<usize>,
}

/// What a check found; spans are of the whole texts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// The check's name.
    pub check: String,
    /// How bad it is.
    pub severity: String,
    /// What it is.
    pub message: String,
    /// The number of its bead, from 0.
    pub segment: usize,
    /// Where in the translation.
    pub hypothesis: Option<Span>,
    /// Where in the reference.
    pub reference: Option<Span>,
    /// Where in the source.
    pub source: Option<Span>,
}

/// A place in a text, in code points.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Span {
    /// The first.
    pub start: usize,
    /// The one behind the last.
    pub end: usize,
}

/// A score and how it was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Score {
    /// The metric's name.
    pub name: String,
    /// The number.
    pub score: f64,
    /// All that can change the number.
    pub signature: String,
    /// The signature's pairs, one by one, as sacreBLEU's JSON has them.
    #[serde(flatten)]
    pub pairs: BTreeMap<String, String>,
}

impl Score {
    /// What of the articles is scored.
    pub(super) fn agg(&self) -> &str {
        self.pairs.get("agg").map_or("", String::as_str)
    }
}

/// The JSON of a report: what stands beside a single article, or all systems.
#[derive(Serialize)]
struct Written<'a, T> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(flatten)]
    content: T,
}

/// The systems, when they are not a single article of one.
#[derive(Serialize)]
struct Systems<'a> {
    systems: &'a [System],
}

impl Report {
    /// All of it, on one line.
    ///
    /// # Errors
    ///
    /// None that a report can cause.
    pub fn json(&self) -> Result<String> {
        let (title, language) = (self.title.as_str(), self.language.as_deref());
        let json = match self.systems.as_slice() {
            [System { articles, .. }] if articles.len() == 1 => {
                serde_json::to_string(&Written { title, language, content: &articles[0] })
            }
            systems => {
                serde_json::to_string(&Written { title, language, content: Systems { systems } })
            }
        };
        Ok(json? + "\n")
    }

    /// A report from its JSON.
    ///
    /// # Errors
    ///
    /// JSON that is no report of articles.
    pub fn from_json(json: &Value) -> Result<Self> {
        let text = |member: &str| json.get(member).and_then(Value::as_str).map(str::to_owned);
        let systems = match json.get("systems") {
            Some(systems) => Vec::deserialize(systems)?,
            None => {
                let document = Document::deserialize(json)?;
                let (name, scores) = (document.name.clone(), document.scores.clone());
                vec![System { name, articles: vec![document], scores }]
            }
        };
        Ok(Report { title: text("title").unwrap_or_default(), language: text("language"), systems })
    }

    /// The folder that all systems' names begin with; nothing that is shown repeats it.
    pub(super) fn folder(&self) -> &str {
        let names: Vec<&str> = self.systems.iter().map(|system| system.name.as_str()).collect();
        common_folder(&names)
    }
}

/// A name without the folder that all begin with.
pub(super) fn short<'n>(folder: &str, name: &'n str) -> &'n str {
    name.strip_prefix(folder).unwrap_or(name)
}

/// What a translation of an article is called.
pub(super) fn name(folder: &str, system: &System, document: &Document) -> String {
    let own = short(folder, &system.name);
    match system.articles.len() {
        1 => own.to_owned(),
        _ => format!("{own}: {}", document.name),
    }
}
