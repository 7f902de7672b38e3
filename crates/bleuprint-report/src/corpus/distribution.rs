//! How the scores of segments are spread: a hill a system, over one axis.

use std::fmt::Write as _;

use super::{Metric, Report};
use crate::grid::{columns_of, xml};
use crate::page::visible;

/// Bins of a hill.
const BINS: usize = 40;
const PLOT: f64 = 560.0;
const ROW: f64 = 46.0;
const HILL: f64 = 38.0;
/// More systems are not drawn: nobody tells so many hills apart.
const MOST: usize = 24;

const STYLE: &str = "\
text{font:13px system-ui,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1b1b1f}.paper{fill:#fff}.soft{fill:#5a5c63}.small{font-size:11px}\
.end{text-anchor:end}.mid{text-anchor:middle}.line{stroke:#5a5c63}.faint{stroke:#e2e0d9}.hill{fill:#d5dbe9;stroke:#1f45b8}.median{stroke:#1b1b1f;stroke-width:1.5}\
@media (prefers-color-scheme:dark){text{fill:#e9e7e2}.paper{fill:#15161a}.soft{fill:#a7aab2}.line{stroke:#a7aab2}.faint{stroke:#31343b}\
.hill{fill:#333b50;stroke:#9db8ff}.median{stroke:#e9e7e2}}";

/// What is to be said of the picture.
pub(super) fn note(corpus: &Report<'_>) -> String {
    let left = corpus.systems.len().saturating_sub(MOST);
    let more =
        if left > 0 { format!(" {left} more systems are not drawn.") } else { String::new() };
    format!("How many segments have which score; the stroke is the score of the whole.{more}")
}

/// A picture in a page.
pub(super) fn inline(corpus: &Report<'_>, metric: &Metric) -> String {
    let (width, height, body) = drawing(corpus, metric);
    format!(
        "<svg width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         aria-label=\"Distribution of the segments’ scores by {}\">{body}</svg>",
        xml(&visible(&metric.name))
    )
}

/// A file of its own: a picture a metric, one below the other.
pub(super) fn alone(corpus: &Report<'_>) -> String {
    const MARGIN: f64 = 24.0;
    let (mut body, mut widest, mut y) = (String::new(), 0.0_f64, MARGIN);
    for metric in &corpus.metrics {
        let (width, height, picture) = drawing(corpus, metric);
        let _ = writeln!(
            body,
            "<text x=\"{MARGIN}\" y=\"{:.0}\">{}</text><g transform=\"translate({MARGIN} {:.0})\">{picture}</g>",
            y + 10.0,
            xml(&visible(&metric.signature)),
            y + 24.0
        );
        y += height + 24.0 + MARGIN;
        widest = widest.max(width);
    }
    let width = widest + 2.0 * MARGIN;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{y:.0}\" \
         viewBox=\"0 0 {width:.0} {y:.0}\" role=\"img\">\n<title>How the segments’ scores are spread</title>\n\
         <style>{STYLE}</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n{body}</svg>\n"
    )
}

/// Width, height and content.
fn drawing(corpus: &Report<'_>, metric: &Metric) -> (f64, f64, String) {
    let drawn = corpus.systems.len().min(MOST);
    let names: Vec<String> =
        corpus.systems[..drawn].iter().map(|system| short(&visible(&system.name))).collect();
    let label = 16.0 + 7.4 * names.iter().map(|name| columns_of(name)).max().unwrap_or(0) as f64;
    let top = metric.segments[..drawn].iter().flatten().copied().fold(100.0, f64::max);
    // What lies beyond twice the usual range is in the last bin.
    let top = if top > 100.0 { 200.0_f64.min((top / 50.0).ceil() * 50.0) } else { 100.0 };
    let bins: Vec<Vec<usize>> =
        metric.segments[..drawn].iter().map(|scores| count(scores, top)).collect();
    let highest = bins.iter().flatten().copied().max().unwrap_or(0).max(1) as f64;
    let bottom = ROW * drawn as f64;
    let mut out = String::new();
    for tick in 0..=4 {
        let (x, value) = (label + PLOT * f64::from(tick) / 4.0, top * f64::from(tick) / 4.0);
        let _ = write!(
            out,
            "<line class=\"faint\" x1=\"{x:.1}\" y1=\"0\" x2=\"{x:.1}\" y2=\"{bottom:.1}\"/>\
             <text class=\"soft small mid\" x=\"{x:.1}\" y=\"{:.1}\">{value:.0}</text>",
            bottom + 16.0
        );
    }
    for (at, (name, bins)) in names.iter().zip(&bins).enumerate() {
        let base = ROW * (at + 1) as f64;
        let _ = write!(
            out,
            "<text class=\"end\" x=\"{:.1}\" y=\"{:.1}\">{}</text><path class=\"hill\" d=\"{}\"/>",
            label - 12.0,
            base - 4.0,
            xml(name),
            hill(bins, (label, base), highest)
        );
        let score = metric.scores.get(at).copied().unwrap_or(0.0).clamp(0.0, top);
        let x = label + PLOT * score / top;
        let _ = write!(
            out,
            "<line class=\"median\" x1=\"{x:.1}\" y1=\"{:.1}\" x2=\"{x:.1}\" y2=\"{:.1}\"/>",
            base - HILL - 2.0,
            base + 4.0
        );
    }
    let _ = write!(
        out,
        "<line class=\"line\" x1=\"{label:.1}\" y1=\"{bottom:.1}\" x2=\"{:.1}\" y2=\"{bottom:.1}\"/>",
        label + PLOT
    );
    (label + PLOT + 20.0, bottom + 24.0, out)
}

fn count(scores: &[f64], top: f64) -> Vec<usize> {
    let mut bins = vec![0; BINS];
    for score in scores {
        let bin = (score / top * BINS as f64).max(0.0) as usize;
        bins[bin.min(BINS - 1)] += 1;
    }
    bins
}

/// Steps along the edge of the bins.
fn hill(bins: &[usize], (left, base): (f64, f64), highest: f64) -> String {
    let mut path = format!("M{left:.1} {base:.1}");
    for (at, bin) in bins.iter().enumerate() {
        let y = base - HILL * *bin as f64 / highest;
        let x = left + PLOT * (at + 1) as f64 / bins.len() as f64;
        let _ = write!(path, "V{y:.1}H{x:.1}");
    }
    path + &format!("V{base:.1}Z")
}

/// A name that leaves room for the hill.
fn short(name: &str) -> String {
    const MOST: usize = 32;
    let length = name.chars().count();
    if length <= MOST {
        name.to_owned()
    } else {
        format!("…{}", name.chars().skip(length - MOST + 1).collect::<String>())
    }
}
