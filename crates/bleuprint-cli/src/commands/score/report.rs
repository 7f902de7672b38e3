//! Scores as text and JSON, as sacreBLEU prints them.

use std::io::Write;

use bleuprint::{Score, Signature};

use super::options::Format;
use super::python::{json_string, repr};
use super::table::{self, Style};

/// How numbers and signatures look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Decimals.
    pub(crate) width: usize,
    /// Short signatures.
    pub(crate) short: bool,
    /// Nothing but the score.
    pub(crate) score_only: bool,
    /// Whether to colour.
    pub(crate) color: bool,
    /// Whether colours are refused, on whatever standard output is.
    pub(crate) plain: bool,
}

/// The mean of resampled scores and the half-width of their central 95 %.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Confidence {
    pub(crate) mean: f64,
    pub(crate) half_width: f64,
}

/// One score with all that stands beside it.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) signature: Signature,
    pub(crate) value: f64,
    pub(crate) verbose: Option<String>,
    pub(crate) confidence: Option<Confidence>,
    /// Further members of the JSON object, rendered.
    pub(crate) more: Vec<(&'static str, String)>,
    /// Further lines of text.
    pub(crate) below: Vec<String>,
}

impl Line {
    pub(crate) fn new(score: &dyn Score, signature: Signature) -> Self {
        Line {
            name: score.name().into_owned(),
            signature,
            value: score.value(),
            verbose: score.verbose(),
            confidence: None,
            more: Vec::new(),
            below: Vec::new(),
        }
    }

    /// The signature without the metric's name.
    fn pairs(&self, short: bool) -> String {
        let whole = if short { self.signature.short() } else { self.signature.to_string() };
        whole.split_once('|').map_or(String::new(), |(_, pairs)| pairs.to_owned())
    }

    /// `μ = 48.3 ± 1.2`; a mean of 0 is not shown, as sacreBLEU doesn't.
    fn interval(&self, width: usize) -> Option<(String, String, String)> {
        let confidence = self.confidence.filter(|confidence| confidence.mean > 0.0)?;
        let mean = format!("{:.width$}", confidence.mean);
        let half_width = format!("{:.width$}", confidence.half_width);
        let text = format!("μ = {mean} ± {half_width}");
        Some((mean, half_width, text))
    }

    /// The interval, if there is one.
    pub(crate) fn aside(&self, look: Look) -> String {
        self.interval(look.width).map(|(_, _, text)| text).unwrap_or_default()
    }

    /// The score alone.
    pub(crate) fn number(&self, width: usize) -> String {
        let score = format!("{:.width$}", self.value);
        match self.interval(width) {
            Some((_, _, interval)) => format!("{score} ({interval})"),
            None => score,
        }
    }

    /// `BLEU|nrefs:1|... = 48.5 82.4/50.0 ...`.
    pub(crate) fn text(&self, look: Look) -> String {
        let number = self.number(look.width);
        if look.score_only {
            return number;
        }
        let line = format!("{}|{} = {number}", self.name, self.pairs(look.short));
        match &self.verbose {
            Some(verbose) => format!("{line} {verbose}"),
            None => line,
        }
    }

    /// An object, one member a line.
    fn json(&self, look: Look) -> String {
        if look.score_only {
            return self.number(look.width);
        }
        let width = look.width;
        let rounded = |text: &str| text.parse().map_or_else(|_| text.to_owned(), repr);
        let string = |text: &str| json_string(text, false);
        let mut members = vec![
            ("name", string(&self.name)),
            ("score", rounded(&format!("{:.width$}", self.value))),
            ("signature", string(&self.pairs(false))),
        ];
        if let Some((mean, half_width, interval)) = self.interval(width) {
            members.push(("confidence_mean", rounded(&mean)));
            members.push(("confidence_var", rounded(&half_width)));
            members.push(("confidence", string(&interval)));
        }
        members.extend(self.verbose.iter().map(|verbose| ("verbose_score", string(verbose))));
        members.extend(self.signature.pairs().map(|(key, value)| (key, string(value))));
        members.extend(self.more.iter().cloned());
        let members: Vec<String> =
            members.iter().map(|(key, value)| format!(" {}: {value}", string(key))).collect();
        format!("{{\n{}\n}}", members.join(",\n"))
    }
}

/// One system's scores.
pub(crate) fn single(
    lines: &[Line],
    look: Look,
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    if format == Format::Json {
        let objects: Vec<String> = lines.iter().map(|line| line.json(look)).collect();
        match objects.as_slice() {
            [object] => writeln!(out, "{object}")?,
            _ => writeln!(out, "[\n{}\n]", objects.join(",\n"))?,
        }
        return Ok(());
    }
    let texts: Vec<String> = lines.iter().map(|line| line.text(look)).collect();
    for text in aligned(texts) {
        writeln!(out, "{}", highlight(&text, look.color))?;
    }
    lines.iter().flat_map(|line| &line.below).try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(())
}

/// Several lines have their first equals signs below each other; those without one come first.
fn aligned(texts: Vec<String>) -> Vec<String> {
    if texts.len() == 1 {
        return texts;
    }
    let place = |text: &String| text.chars().position(|c| c == '=').map(|at| at.saturating_sub(1));
    let (mut out, mut places) = (Vec::new(), Vec::new());
    for text in &texts {
        match place(text) {
            Some(place) => places.push(place),
            None => out.push(text.clone()),
        }
    }
    let widest = places.iter().copied().max().unwrap_or(0);
    for (place, text) in places.iter().zip(&texts) {
        let left: String = text.chars().take(*place).collect();
        let right: String = text.chars().skip(*place).collect();
        out.push(format!("{left:>widest$}{right}"));
    }
    out
}

/// The confidence interval in colour.
fn highlight(text: &str, color: bool) -> String {
    let interval = text.find("(μ = ").and_then(|start| {
        let length = text[start..].find(')')? + 1;
        Some((start, start + length))
    });
    match interval {
        Some((start, end)) if color => format!(
            "{}{}{}",
            &text[..start],
            Style::Cyan.paint(&text[start..end], true),
            &text[end..]
        ),
        _ => text.to_owned(),
    }
}

/// Several systems' scores: `columns` has a column a metric with a line a system.
pub(crate) fn several(
    systems: &[String],
    columns: &[Vec<Line>],
    look: Look,
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let labels = labels(columns);
    if format == Format::Json {
        return Ok(writeln!(out, "{}", array(systems, &labels, columns, look))?);
    }
    let headers = std::iter::once("System").chain(labels.iter().map(String::as_str));
    let headers: Vec<String> = headers.map(|name| Style::Cyan.paint(name, look.color)).collect();
    let mut cells = vec![systems.to_vec()];
    cells.extend(
        columns.iter().map(|lines| {
            lines.iter().map(|line| format!("{:.*}", look.width, line.value)).collect()
        }),
    );
    writeln!(out, "{}\n", table::render(&headers, cells, format, look.width, !look.plain))?;
    let signatures = columns.iter().filter_map(|lines| Some(lines.last()?.pairs(look.short)));
    let signatures: Vec<_> = labels.iter().map(String::as_str).zip(signatures).collect();
    write_signatures(&signatures, out)
}

/// The metrics' names; with the signature where two have one name.
fn labels(columns: &[Vec<Line>]) -> Vec<String> {
    let firsts: Vec<&Line> = columns.iter().filter_map(|lines| lines.first()).collect();
    let label = |line: &&Line| {
        let namesakes = firsts.iter().filter(|other| other.name == line.name).count();
        if namesakes > 1 { line.signature.to_string() } else { line.name.clone() }
    };
    firsts.iter().map(label).collect()
}

/// The heading and a line for each metric's signature.
pub(crate) fn write_signatures(
    signatures: &[(&str, String)],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    writeln!(out, "-----------------\nMetric signatures\n-----------------")?;
    for (name, signature) in signatures {
        writeln!(out, " - {name:<10} {signature}")?;
    }
    Ok(())
}

/// Several systems as JSON: an object a system, the scores as text.
fn array(systems: &[String], labels: &[String], columns: &[Vec<Line>], look: Look) -> String {
    let string = |text: &str| json_string(text, true);
    let object = |(at, system): (usize, &String)| {
        let mut members = vec![format!("\"system\": {}", string(system))];
        members.extend(labels.iter().zip(columns).map(|(label, lines)| {
            let score = format!("{:.*}", look.width, lines[at].value);
            format!("{}: {}", string(label), string(&score))
        }));
        format!("    {{\n        {}\n    }}", members.join(",\n        "))
    };
    let objects: Vec<String> = systems.iter().enumerate().map(object).collect();
    format!("[\n{}\n]", objects.join(",\n"))
}
