//! The comparison as JSON; spans are in code points of the article's text.

use std::io::Write;

use bleuprint::article::{Alignment, Article, ArticleScore, Bead, Over, Passage, score_all};
use bleuprint::diagnose::{Finding, code_points};
use bleuprint::{DynMetric, Metric};
use serde_json::{Value, json};

use super::System;

pub(super) fn write(out: &mut impl Write, value: &Value) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)?;
    Ok(())
}

/// One pair of articles as an object, more as systems with their articles.
pub(super) fn value(systems: &[System], metrics: &[Box<dyn DynMetric>]) -> anyhow::Result<Value> {
    match systems {
        [System { name, alignments, findings, .. }] if alignments.len() == 1 => {
            article(name, &alignments[0], &findings[0], metrics)
        }
        _ => {
            let systems: Vec<Value> =
                systems.iter().map(|each| system(each, metrics)).collect::<anyhow::Result<_>>()?;
            Ok(json!({ "systems": systems }))
        }
    }
}

fn system(system: &System, metrics: &[Box<dyn DynMetric>]) -> anyhow::Result<Value> {
    let articles: Vec<Value> =
        (system.articles.iter().zip(&system.alignments).zip(&system.findings))
            .map(|((name, alignment), findings)| article(name, alignment, findings, metrics))
            .collect::<anyhow::Result<_>>()?;
    Ok(json!({
        "system": system.name,
        "articles": articles,
        "scores": scores(&system.alignments, metrics)?,
    }))
}

fn article(
    name: &str,
    alignment: &Alignment,
    findings: &[Finding],
    metrics: &[Box<dyn DynMetric>],
) -> anyhow::Result<Value> {
    let (hypothesis, reference) = (alignment.hypothesis(), alignment.reference());
    let mut value = json!({
        "name": name,
        "hypothesis": { "sentences": sentences(hypothesis) },
        "reference": { "sentences": sentences(reference) },
        "beads": alignment.beads().iter().map(bead).collect::<Vec<_>>(),
        "coverage": coverage(alignment),
        "missing": passages(reference, &alignment.missing()),
        "added": passages(hypothesis, &alignment.added()),
        "findings": findings.iter().map(|found| finding(alignment, found)).collect::<Vec<_>>(),
        "scores": scores(std::slice::from_ref(alignment), metrics)?,
    });
    if let Some(source) = alignment.source() {
        value["source"] = json!({ "sentences": sentences(source) });
        for (bead, value) in
            alignment.beads().iter().zip(value["beads"].as_array_mut().into_iter().flatten())
        {
            value["source"] = bead.source.clone().collect();
        }
    }
    Ok(value)
}

fn bead(bead: &Bead) -> Value {
    json!({
        "hypothesis": bead.hypothesis.clone().collect::<Vec<_>>(),
        "reference": bead.reference.clone().collect::<Vec<_>>(),
        "kind": bead.kind(),
        "moved": bead.moved,
        "similarity": bead.similarity,
        "confidence": bead.confidence,
    })
}

/// A finding as `bleuprint check` has it; its segment is the bead, its spans are of the whole texts.
fn finding(alignment: &Alignment, finding: &Finding) -> Value {
    let span = |article: Option<&Article>, span: &Option<std::ops::Range<usize>>| {
        let points = code_points(article?.text(), span.as_ref()?);
        Some(json!({ "start": points.start, "end": points.end }))
    };
    json!({
        "check": finding.check,
        "severity": finding.severity.name(),
        "message": finding.message,
        "segment": finding.segment,
        "hypothesis": span(Some(alignment.hypothesis()), &finding.hypothesis),
        "reference": span(Some(alignment.reference()), &finding.reference),
        "source": span(alignment.source(), &finding.source),
    })
}

fn sentences(article: &Article) -> Vec<Value> {
    let mut points = Points::new(article.text());
    let sentences = article.sentences().iter().enumerate();
    sentences
        .map(|(number, sentence)| {
            json!({
                "start": points.at(sentence.span.start),
                "end": points.at(sentence.span.end),
                "text": article.sentence(number),
                "paragraph": sentence.paragraph,
            })
        })
        .collect()
}

fn passages(article: &Article, passages: &[Passage]) -> Vec<Value> {
    let mut points = Points::new(article.text());
    passages
        .iter()
        .map(|passage| {
            json!({
                "start": points.at(passage.span.start),
                "end": points.at(passage.span.end),
                "text": passage.text,
                "sentences": passage.sentences.clone().collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn coverage(alignment: &Alignment) -> Value {
    let coverage = alignment.coverage();
    let side = |covered: bleuprint::article::Covered| {
        json!({
            "share": covered.share(),
            "covered_sentences": covered.covered_sentences,
            "sentences": covered.sentences,
            "covered_characters": covered.covered_characters,
            "characters": covered.characters,
        })
    };
    json!({
        "hypothesis": side(coverage.hypothesis),
        "reference": side(coverage.reference),
        "order": coverage.order,
        "related": coverage.related,
    })
}

/// Every metric over everything it can be computed over.
fn scores(alignments: &[Alignment], metrics: &[Box<dyn DynMetric>]) -> anyhow::Result<Vec<Value>> {
    let mut scores = Vec::new();
    for metric in metrics {
        for over in Over::ALL {
            match score_all(metric, alignments, over) {
                Ok(score) => scores.push(one_score(&metric.name(), &score)),
                Err(error) if error.is_empty() => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(scores)
}

/// A score with its signature, whole and pair by pair, as sacreBLEU's JSON has them.
fn one_score(name: &str, score: &ArticleScore) -> Value {
    let mut value = json!({
        "name": name,
        "score": score.score,
        "signature": score.signature.to_string(),
    });
    for (key, pair) in score.signature.pairs() {
        value[key] = Value::from(pair);
    }
    value
}

/// Byte offsets of one text, ascending, as numbers of code points.
struct Points<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl<'a> Points<'a> {
    fn new(text: &'a str) -> Self {
        Points { text, byte: 0, point: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        self.point += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.point
    }
}
