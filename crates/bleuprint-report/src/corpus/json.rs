//! Segments as JSON: all that any form of the report shows, numbers in full, spans in code points of the text.

use bleuprint::diagnose::Finding;
use serde::{Serialize, Serializer};

use super::rows::Place;
use super::{By, Groups, Metric, Report, System};
use crate::comparison::Comparison;
use crate::error::Result;

impl Report<'_> {
    /// All of it, on one line.
    ///
    /// # Errors
    ///
    /// None that a report can cause.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string(&Written::of(self))? + "\n")
    }
}

#[derive(Serialize)]
struct Written<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    metrics: Vec<Measure<'a>>,
    systems: Vec<Scored<'a>>,
    groups: Vec<Grouped<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    comparisons: &'a [Comparison],
    /// One by one: nobody holds all of them once more.
    #[serde(serialize_with = "segments")]
    segments: &'a Report<'a>,
}

#[derive(Serialize)]
struct Measure<'a> {
    name: &'a str,
    signature: &'a str,
    higher_is_better: bool,
}

#[derive(Serialize)]
struct Scored<'a> {
    system: &'a str,
    scores: Vec<Score<'a>>,
    findings: Vec<Found<'a>>,
}

/// A metric's score, with what stands beside it.
#[derive(Serialize)]
struct Score<'a> {
    name: &'a str,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    influence: Option<f64>,
    #[serde(skip_serializing_if = "str::is_empty")]
    beside: &'a str,
}

#[derive(Serialize)]
struct Found<'a> {
    check: &'a str,
    severity: &'static str,
    message: &'a str,
    segment: usize,
    hypothesis: Option<Span>,
    reference: Option<Span>,
}

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Grouped<'a> {
    by: By,
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    name: &'a str,
    segments: usize,
    systems: Vec<GroupScores<'a>>,
}

#[derive(Serialize)]
struct GroupScores<'a> {
    system: &'a str,
    scores: Vec<Score<'a>>,
}

#[derive(Serialize)]
struct Segment<'a> {
    references: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    systems: Vec<Hypothesis<'a>>,
}

#[derive(Serialize)]
struct Hypothesis<'a> {
    system: &'a str,
    text: &'a str,
    scores: Vec<Score<'a>>,
}

impl<'a> Written<'a> {
    fn of(report: &'a Report<'a>) -> Self {
        let measure = |metric: &'a Metric| Measure {
            name: &metric.name,
            signature: &metric.signature,
            higher_is_better: metric.higher_is_better,
        };
        let systems = report.systems.iter().enumerate();
        Written {
            title: &report.title,
            language: report.language.as_deref(),
            metrics: report.metrics.iter().map(measure).collect(),
            systems: systems.map(|(at, system)| Scored::of(report, at, system)).collect(),
            groups: report.groups.iter().map(|groups| Grouped::of(report, groups)).collect(),
            comparisons: &report.comparisons,
            segments: report,
        }
    }
}

impl<'a> Scored<'a> {
    fn of(report: &'a Report<'a>, at: usize, system: &'a System<'a>) -> Self {
        let score = |metric: &'a Metric| Score {
            beside: metric.asides.get(at).map_or("", String::as_str),
            ..Score::of(metric, metric.scores[at])
        };
        Scored {
            system: &system.name,
            scores: report.metrics.iter().map(score).collect(),
            findings: findings(report, system),
        }
    }
}

impl<'a> Score<'a> {
    fn of(metric: &'a Metric, score: f64) -> Self {
        Score { name: &metric.name, score, influence: None, beside: "" }
    }
}

fn findings<'a>(report: &Report<'_>, system: &'a System<'_>) -> Vec<Found<'a>> {
    let reference = report.references.first().copied().unwrap_or_default();
    let [mut ours, mut theirs] = [Place::new(system.texts), Place::new(reference)];
    let span = |[start, end]: [usize; 2]| Span { start, end };
    let found = |finding: &'a Finding| Found {
        check: &finding.check,
        severity: finding.severity.name(),
        message: &finding.message,
        segment: finding.segment,
        hypothesis: ours.of(finding.segment, finding.hypothesis.as_ref()).map(span),
        reference: theirs.of(finding.segment, finding.reference.as_ref()).map(span),
    };
    system.findings.iter().map(found).collect()
}

impl<'a> Grouped<'a> {
    fn of(report: &'a Report<'a>, groups: &'a Groups) -> Self {
        let mut sizes = vec![0_usize; groups.names.len()];
        groups.of_segments.iter().for_each(|group| sizes[*group] += 1);
        let systems = |group: usize| {
            let all = report.systems.iter().enumerate();
            all.map(|(at, system)| {
                let metrics = report.metrics.iter().zip(&groups.scores);
                let scores = metrics.map(|(metric, of)| Score::of(metric, of[at][group]));
                GroupScores { system: &system.name, scores: scores.collect() }
            })
            .collect()
        };
        let group = |(at, name): (usize, &'a String)| Group {
            name,
            segments: sizes[at],
            systems: systems(at),
        };
        Grouped { by: groups.by, groups: groups.names.iter().enumerate().map(group).collect() }
    }
}

fn segments<S: Serializer>(
    report: &&Report<'_>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_seq((0..report.segments()).map(|at| Segment::of(report, at)))
}

impl<'a> Segment<'a> {
    fn of(report: &'a Report<'a>, at: usize) -> Self {
        let group = |by: By| {
            let groups = report.groups.iter().find(|groups| groups.by == by)?;
            Some(groups.names[groups.of_segments[at]].as_str())
        };
        let hypothesis = |(number, system): (usize, &'a System<'a>)| {
            let score = |metric: &'a Metric| Score {
                influence: metric.influence.get(number).map(|points| points[at]),
                ..Score::of(metric, metric.segments[number][at])
            };
            Hypothesis {
                system: &system.name,
                text: &system.texts[at],
                scores: report.metrics.iter().map(score).collect(),
            }
        };
        Segment {
            references: report.references.iter().map(|stream| stream[at].as_str()).collect(),
            document: group(By::Document),
            domain: group(By::Domain),
            systems: report.systems.iter().enumerate().map(hypothesis).collect(),
        }
    }
}
