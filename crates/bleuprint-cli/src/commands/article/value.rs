//! Alignments, scores and findings, brought together for a report; spans are in code points of the article's text.

use std::collections::BTreeMap;
use std::ops::Range;

use bleuprint::article::{self, Alignment, Article, ArticleScore, Over, score_all};
use bleuprint::diagnose::{self, CodePoints};
use bleuprint::{DynMetric, Score as _};
use bleuprint_report::article::{
    Bead, BeadScore, Coverage, Covered, Document, Finding, Passage, Score, Sentence, Side, Span,
    System,
};

/// All systems, scored.
pub(super) fn systems(
    systems: &[super::System],
    metrics: &[Box<dyn DynMetric>],
) -> anyhow::Result<Vec<System>> {
    systems.iter().map(|each| system(each, metrics)).collect()
}

fn system(system: &super::System, metrics: &[Box<dyn DynMetric>]) -> anyhow::Result<System> {
    let articles: Vec<Document> =
        (system.articles.iter().zip(&system.alignments).zip(&system.findings))
            .map(|((name, alignment), findings)| document(name, alignment, findings, metrics))
            .collect::<anyhow::Result<_>>()?;
    let scores = match articles.as_slice() {
        [one] => one.scores.clone(),
        _ => scored(&system.alignments, metrics)?.into_iter().map(score).collect(),
    };
    Ok(System { name: system.name.clone(), articles, scores })
}

fn document(
    name: &str,
    alignment: &Alignment,
    findings: &[diagnose::Finding],
    metrics: &[Box<dyn DynMetric>],
) -> anyhow::Result<Document> {
    let (hypothesis, reference) = (alignment.hypothesis(), alignment.reference());
    let scored = scored(std::slice::from_ref(alignment), metrics)?;
    Ok(Document {
        name: name.to_owned(),
        hypothesis: side(hypothesis),
        reference: side(reference),
        source: alignment.source().map(side),
        beads: beads(alignment, &scored),
        coverage: coverage(alignment),
        missing: passages(reference, &alignment.missing()),
        added: passages(hypothesis, &alignment.added()),
        findings: self::findings(alignment, findings),
        scores: scored.into_iter().map(score).collect(),
    })
}

/// A metric over something that it can be computed over.
struct Scored<'a> {
    metric: &'a dyn DynMetric,
    over: Over,
    score: ArticleScore,
}

/// Every metric over everything it can be computed over.
fn scored<'a>(
    alignments: &[Alignment],
    metrics: &'a [Box<dyn DynMetric>],
) -> anyhow::Result<Vec<Scored<'a>>> {
    let mut scores = Vec::new();
    for metric in metrics {
        for over in Over::ALL {
            match score_all(metric, alignments, over) {
                Ok(score) => scores.push(Scored { metric: &**metric, over, score }),
                Err(error) if error.is_empty() => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(scores)
}

fn score(Scored { metric, score, .. }: Scored<'_>) -> Score {
    let pairs = score.signature.pairs();
    Score {
        name: metric.dyn_name().into_owned(),
        score: score.score,
        signature: score.signature.to_string(),
        pairs: pairs
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect::<BTreeMap<_, _>>(),
    }
}

/// The beads; their rows are those of the score over all of them.
fn beads(alignment: &Alignment, scored: &[Scored<'_>]) -> Vec<Bead> {
    let over_beads = || scored.iter().filter(|scored| scored.over == Over::Bead);
    let one = |(at, bead): (usize, &article::Bead)| Bead {
        hypothesis: bead.hypothesis.clone().collect(),
        reference: bead.reference.clone().collect(),
        source: bead.source.clone().collect(),
        kind: bead.kind(),
        moved: bead.moved,
        similarity: bead.similarity,
        confidence: bead.confidence,
        scores: over_beads()
            .map(|Scored { metric, score, .. }| BeadScore {
                name: metric.dyn_name().into_owned(),
                score: metric.dyn_score(score.table.row(at)).value(),
            })
            .collect(),
    };
    alignment.beads().iter().enumerate().map(one).collect()
}

/// Findings as `bleuprint check` has them; their segments are beads, their spans of the whole texts.
fn findings(alignment: &Alignment, findings: &[diagnose::Finding]) -> Vec<Finding> {
    let hypothesis = CodePoints::new(alignment.hypothesis().text());
    let reference = CodePoints::new(alignment.reference().text());
    let source = alignment.source().map(|source| CodePoints::new(source.text()));
    let span = |places: &CodePoints<'_>, span: &Option<Range<usize>>| {
        let Range { start, end } = places.span(span.as_ref()?);
        Some(Span { start, end })
    };
    let one = |finding: &diagnose::Finding| Finding {
        check: finding.check.to_string(),
        severity: finding.severity.name().to_owned(),
        message: finding.message.clone(),
        segment: finding.segment,
        hypothesis: span(&hypothesis, &finding.hypothesis),
        reference: span(&reference, &finding.reference),
        source: source.as_ref().and_then(|places| span(places, &finding.source)),
    };
    findings.iter().map(one).collect()
}

fn side(article: &Article) -> Side {
    let places = CodePoints::new(article.text());
    let sentences = article.sentences().iter().enumerate();
    let one = |(number, sentence): (usize, &article::Sentence)| Sentence {
        start: places.at(sentence.span.start),
        end: places.at(sentence.span.end),
        text: article.sentence(number).to_owned(),
        paragraph: sentence.paragraph,
    };
    Side { sentences: sentences.map(one).collect() }
}

fn passages(article: &Article, passages: &[article::Passage]) -> Vec<Passage> {
    let places = CodePoints::new(article.text());
    let one = |passage: &article::Passage| Passage {
        start: places.at(passage.span.start),
        end: places.at(passage.span.end),
        text: passage.text.to_string(),
        sentences: passage.sentences.clone().collect(),
    };
    passages.iter().map(one).collect()
}

fn coverage(alignment: &Alignment) -> Coverage {
    let coverage = alignment.coverage();
    let side = |covered: article::Covered| Covered {
        share: covered.share(),
        covered_sentences: covered.covered_sentences,
        sentences: covered.sentences,
        covered_characters: covered.covered_characters,
        characters: covered.characters,
    };
    Coverage {
        hypothesis: side(coverage.hypothesis),
        reference: side(coverage.reference),
        order: coverage.order,
        related: coverage.related,
    }
}
