//! From segments to one number: pooled, by document, or articles as segments.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::documents::Documents;
use crate::error::{Error, Result};
use crate::metric::{Metric, Score};
use crate::references::References;
use crate::signature::Signature;
use crate::table::Table;

/// How the segments of documents become scores. The three numbers that one may call "the document score" of one
/// text differ by several points, so it stands in the signature when it is not [`Pooled`](Aggregation::Pooled).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregation {
    /// Counts of all segments added, then scored: what sacreBLEU does.
    #[default]
    Pooled,
    /// Counts added within each document, which then has a score of its own; the corpus' is pooled.
    Doc,
    /// The mean of the documents' pooled scores: each document weighs the same.
    DocMean,
    /// Each document joined into one segment, with a space between segments, then pooled: "d-BLEU".
    /// N-grams cross the boundaries of sentences.
    DocJoin,
}

impl Aggregation {
    const ALL: [(&'static str, Aggregation); 4] = [
        ("pooled", Aggregation::Pooled),
        ("doc", Aggregation::Doc),
        ("doc-mean", Aggregation::DocMean),
        ("doc-join", Aggregation::DocJoin),
    ];

    /// Scores a corpus in this way.
    ///
    /// # Errors
    ///
    /// Unequal lengths of hypotheses, references and documents; for [`DocJoin`](Aggregation::DocJoin) also
    /// a document whose segments have different numbers of references, which can't be joined.
    ///
    /// ```
    /// use bleuprint::{Aggregation, Chrf, Documents, References};
    ///
    /// let hypotheses = ["a small house", "it is old", "the river"];
    /// let references = References::single(&["a little house", "it is old", "a river"]);
    /// let documents = Documents::new(&["first", "first", "second"])?;
    /// let mean = Aggregation::DocMean.score(&Chrf::default(), &hypotheses, &references, &documents)?;
    /// assert_eq!(mean.signature.get("agg"), Some("doc-mean"));
    /// let [first, second] = mean.documents[..] else { panic!() };
    /// assert_eq!(mean.score, (first + second) / 2.0);
    /// # Ok::<(), bleuprint::Error>(())
    /// ```
    pub fn score<M: Metric, H: AsRef<str> + Sync>(
        self,
        metric: &M,
        hypotheses: &[H],
        references: &References<'_>,
        documents: &Documents,
    ) -> Result<Aggregate> {
        references.check(hypotheses.len())?;
        let table = match self {
            Aggregation::DocJoin => self.joined(metric, hypotheses, references, documents)?,
            _ => metric.prepare_corpus(references)?.table(hypotheses)?.group(documents)?,
        };
        let scores: Vec<f64> = table.rows().map(|row| metric.score(row).value()).collect();
        let score = match self {
            Aggregation::DocMean => scores.iter().sum::<f64>() / scores.len() as f64,
            _ => metric.score(&table.total()?).value(),
        };
        let mut signature = table.signature().clone();
        if self != Aggregation::Pooled {
            signature.set("agg", self);
        }
        Ok(Aggregate { signature, score, documents: scores, table })
    }

    /// The table of documents as segments.
    fn joined<M: Metric, H: AsRef<str>>(
        self,
        metric: &M,
        hypotheses: &[H],
        references: &References<'_>,
        documents: &Documents,
    ) -> Result<Table> {
        if documents.segments() != hypotheses.len() {
            return Err(Error::tables(format!(
                "{} segments are assigned to documents, but there are {}",
                documents.segments(),
                hypotheses.len()
            )));
        }
        let mut texts = vec![Vec::new(); documents.len()];
        let mut joined: Vec<Vec<Vec<&str>>> = vec![Vec::new(); documents.len()];
        for (segment, document) in documents.of_segments().iter().enumerate() {
            texts[*document].push(hypotheses[segment].as_ref());
            let segment_references = references.segment(segment);
            let streams = &mut joined[*document];
            if texts[*document].len() == 1 {
                streams.resize(segment_references.len(), Vec::new());
            }
            if streams.len() != segment_references.len() {
                return Err(Error::tables(format!(
                    "segment {segment} (line {}) has {} references and its document's first has {}: \
                     such a document can't be joined into one segment",
                    segment + 1,
                    segment_references.len(),
                    streams.len()
                )));
            }
            for (stream, reference) in streams.iter_mut().zip(segment_references) {
                stream.push(reference);
            }
        }
        let texts: Vec<String> = texts.iter().map(|segments| segments.join(" ")).collect();
        let joined: Vec<Vec<String>> = joined
            .iter()
            .map(|streams| streams.iter().map(|segments| segments.join(" ")).collect())
            .collect();
        metric.prepare_corpus(&References::by_segment(&joined))?.table(&texts)
    }
}

impl fmt::Display for Aggregation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name =
            Aggregation::ALL.iter().find(|(_, own)| own == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

impl FromStr for Aggregation {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let known = Aggregation::ALL.iter().find(|(known, _)| *known == name);
        known.map(|(_, aggregation)| *aggregation).ok_or_else(|| {
            Error::unknown("aggregation", name, Aggregation::ALL.iter().map(|(name, _)| *name))
        })
    }
}

/// What an [`Aggregation`] gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aggregate {
    /// The metric's signature, with `agg` when it is not pooled.
    pub signature: Signature,
    /// The corpus score.
    pub score: f64,
    /// The score of each document.
    pub documents: Vec<f64>,
    /// One row a document.
    pub table: Table,
}
