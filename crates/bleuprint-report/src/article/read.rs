//! The JSON of `bleuprint article`, as far as a page needs it.

use serde::Deserialize;
use serde_json::Value;

use crate::error::Result;
use crate::names::common_folder;

/// One system's articles.
#[derive(Debug, Deserialize)]
pub(super) struct System {
    #[serde(rename = "system")]
    pub(super) name: String,
    pub(super) articles: Vec<Document>,
    pub(super) scores: Vec<Score>,
}

/// One translation of one article.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) hypothesis: Side,
    pub(super) reference: Side,
    pub(super) source: Option<Side>,
    pub(super) beads: Vec<Bead>,
    pub(super) coverage: Coverage,
    pub(super) missing: Vec<Passage>,
    pub(super) added: Vec<Passage>,
    pub(super) findings: Vec<Finding>,
    pub(super) scores: Vec<Score>,
}

/// The sentences of one text.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Side {
    pub(super) sentences: Vec<Sentence>,
}

/// A sentence with its place in the text, in code points.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Sentence {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
    pub(super) paragraph: usize,
}

/// Which sentences say the same.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Bead {
    pub(super) hypothesis: Vec<usize>,
    pub(super) reference: Vec<usize>,
    #[serde(default)]
    pub(super) source: Vec<usize>,
    pub(super) kind: String,
    pub(super) moved: bool,
    pub(super) similarity: f64,
}

/// How much of both texts is linked.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Coverage {
    pub(super) hypothesis: Covered,
    pub(super) reference: Covered,
    pub(super) order: Option<f64>,
    pub(super) related: bool,
}

/// How much of one text is linked.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Covered {
    pub(super) share: f64,
    pub(super) covered_sentences: usize,
    pub(super) sentences: usize,
}

/// What one text has alone.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Passage {
    pub(super) text: String,
    pub(super) sentences: Vec<usize>,
}

/// What a check found; spans are of the whole texts.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Finding {
    pub(super) check: String,
    pub(super) severity: String,
    pub(super) message: String,
    pub(super) segment: usize,
    pub(super) hypothesis: Option<Span>,
    pub(super) reference: Option<Span>,
    pub(super) source: Option<Span>,
}

/// A place in a text, in code points.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A score and how it was made.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Score {
    pub(super) name: String,
    pub(super) score: f64,
    pub(super) signature: String,
    pub(super) agg: String,
}

/// The systems of a result, and the folder that all are in; a single pair of articles is a system with one.
pub(super) fn systems(json: &Value) -> Result<(String, Vec<System>)> {
    let mut systems: Vec<System> = match json.get("systems") {
        Some(systems) => Vec::deserialize(systems)?,
        None => {
            let document = Document::deserialize(json)?;
            let (name, scores) = (document.name.clone(), document.scores.clone());
            vec![System { name, articles: vec![document], scores }]
        }
    };
    let names: Vec<&str> = systems.iter().map(|system| system.name.as_str()).collect();
    let folder = common_folder(&names).to_owned();
    for system in &mut systems {
        for document in &mut system.articles {
            if document.name == system.name {
                document.name.drain(..folder.len());
            }
        }
        system.name.drain(..folder.len());
    }
    Ok((folder, systems))
}
