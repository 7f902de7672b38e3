//! Any metric over an alignment: bead by bead or article against article, with and without what is not linked.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::alignment::joined;
use super::{Alignment, Bead};
use crate::documents::Documents;
use crate::error::{Error, Result};
use crate::metric::{Metric, Score};
use crate::references::References;
use crate::signature::Signature;
use crate::table::Table;

/// What of an alignment is scored. It stands in the signature as `agg`: the six numbers of one pair of articles
/// differ by many points, and none may pass for another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Over {
    /// All beads as segments, their counts added. What is missing is scored against an empty
    /// hypothesis, what was added against an empty reference.
    #[default]
    Bead,
    /// The mean of the scores of all beads; a missing or added sentence weighs as much as any bead.
    BeadMean,
    /// Linked beads only, their counts added: how well said is what was said.
    Linked,
    /// The mean of the scores of the linked beads.
    LinkedMean,
    /// Both articles whole, each as one segment with a space between sentences ("d-BLEU").
    Article,
    /// Both articles as one segment each, without the sentences that are not linked.
    LinkedArticle,
}

impl Over {
    /// All ways, in the order of listings.
    pub const ALL: [Over; 6] = [
        Over::Bead,
        Over::BeadMean,
        Over::Linked,
        Over::LinkedMean,
        Over::Article,
        Over::LinkedArticle,
    ];

    /// The value of `agg` in signatures.
    pub fn name(self) -> &'static str {
        match self {
            Over::Bead => "bead",
            Over::BeadMean => "bead-mean",
            Over::Linked => "linked",
            Over::LinkedMean => "linked-mean",
            Over::Article => "article",
            Over::LinkedArticle => "linked-article",
        }
    }

    /// Whether the score is a mean of scores rather than the score of a sum.
    pub fn is_mean(self) -> bool {
        matches!(self, Over::BeadMean | Over::LinkedMean)
    }

    fn takes(self, bead: &Bead) -> bool {
        bead.is_linked() || matches!(self, Over::Bead | Over::BeadMean | Over::Article)
    }
}

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Over {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let known = Over::ALL.into_iter().find(|over| over.name() == name);
        known.ok_or_else(|| {
            Error::unknown("article aggregation", name, Over::ALL.iter().map(|over| over.name()))
        })
    }
}

/// A score of an alignment and the rows it was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleScore {
    /// How it was made; `agg` says over what.
    pub signature: Signature,
    /// The number.
    pub score: f64,
    /// One row a bead, or one for the articles.
    pub table: Table,
}

impl Alignment {
    /// The score over all beads ([`Over::Bead`]).
    ///
    /// # Errors
    ///
    /// Two empty articles.
    pub fn score<M: Metric>(&self, metric: &M) -> Result<ArticleScore> {
        self.score_over(metric, Over::default())
    }

    /// The score over what `over` says.
    ///
    /// # Errors
    ///
    /// Nothing to score: two empty articles, or no link when only links count.
    ///
    /// ```
    /// use bleuprint::Chrf;
    /// use bleuprint::article::{Article, Over};
    ///
    /// let hypothesis = Article::new("The dyke held.");
    /// let alignment = hypothesis.align(&Article::new("The dyke held. The old town was flooded."));
    /// let chrf = Chrf::default();
    /// assert_eq!(alignment.score_over(&chrf, Over::Linked)?.score, 100.0);
    /// assert_eq!(alignment.score_over(&chrf, Over::BeadMean)?.score, 50.0);
    /// assert!(alignment.score_over(&chrf, Over::Article)?.score < 45.0);
    /// # Ok::<(), bleuprint::Error>(())
    /// ```
    pub fn score_over<M: Metric>(&self, metric: &M, over: Over) -> Result<ArticleScore> {
        score_all(metric, std::slice::from_ref(self), over)
    }

    /// The pairs of hypothesis and reference text that are scored.
    pub fn segments(&self, over: Over) -> Vec<(String, String)> {
        let beads = self.beads().iter().filter(|bead| over.takes(bead));
        if matches!(over, Over::Article | Over::LinkedArticle) {
            let mut sides = [Vec::new(), Vec::new()];
            for bead in beads {
                sides[0].extend(bead.hypothesis.clone());
                sides[1].extend(bead.reference.clone());
            }
            sides.iter_mut().for_each(|side| side.sort_unstable());
            let hypothesis = joined(self.hypothesis(), sides[0].iter().copied());
            let reference = joined(self.reference(), sides[1].iter().copied());
            let is_nothing = hypothesis.is_empty() && reference.is_empty();
            return if is_nothing { Vec::new() } else { vec![(hypothesis, reference)] };
        }
        beads.map(|bead| (self.hypothesis_text(bead), self.reference_text(bead))).collect()
    }
}

/// The score of many pairs of articles together: all their rows in one table.
///
/// [`documents`] says which row is of which article, so that scores by article, bootstrap by article and
/// influence are those of any table.
///
/// # Errors
///
/// Nothing to score: only empty articles, or no link when only links count.
///
/// ```
/// use bleuprint::Ter;
/// use bleuprint::article::{Article, Over, documents, score_all};
///
/// let reference = Article::new("The dyke held. The river fell.");
/// let alignments = [
///     Article::new("The dyke held. The river fell.").align(&reference),
///     Article::new("The dyke held.").align(&reference),
/// ];
/// let ter = Ter::default();
/// let all = score_all(&ter, &alignments, Over::Bead)?;
/// assert_eq!(all.score, 25.0);
/// let by_article = all.table.group(&documents(&alignments, Over::Bead)?)?;
/// assert_eq!(by_article.influence(&ter)?, [25.0 - 50.0, 25.0]);
/// # Ok::<(), bleuprint::Error>(())
/// ```
pub fn score_all<M: Metric>(
    metric: &M,
    alignments: &[Alignment],
    over: Over,
) -> Result<ArticleScore> {
    let segments = alignments.iter().flat_map(|alignment| alignment.segments(over));
    let (hypotheses, references): (Vec<String>, Vec<String>) = segments.unzip();
    let table = metric.prepare_corpus(&References::single(&references))?.table(&hypotheses)?;
    let mut signature = table.signature().clone();
    signature.set("agg", over);
    let table = Table::new(signature.clone(), table.columns().to_vec(), table.cells().to_vec())?;
    let score = match over.is_mean() {
        true => table.rows().map(|row| metric.score(row).value()).sum::<f64>() / table.len() as f64,
        false => metric.score(&table.total()?).value(),
    };
    Ok(ArticleScore { signature, score, table })
}

/// Which article each row of [`score_all`]'s table is of; articles are named by their numbers from 0.
///
/// # Errors
///
/// No rows at all.
pub fn documents(alignments: &[Alignment], over: Over) -> Result<Documents> {
    let numbered = alignments.iter().enumerate();
    let names: Vec<String> = numbered
        .flat_map(|(number, alignment)| vec![number.to_string(); alignment.segments(over).len()])
        .collect();
    Documents::new(&names)
}
