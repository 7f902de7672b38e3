//! Two pictures for each metric: the intervals of all systems, and a matrix of pairs.
//!
//! Colours follow the reader's light or dark scheme and are plain in print; whatever a colour says, a sign or
//! a star says too.

use std::fmt::Write as _;

use bleuprint::significance::{Compared, Pair};

use super::{Comparison, words};
use crate::grid::{columns_of, xml};

const STYLE: &str = "\
text{font:13px system-ui,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1a1a1a}\
.paper{fill:#fff}.soft{fill:#5c5c5c}.head{font-weight:600;font-size:15px}.end{text-anchor:end}.mid{text-anchor:middle}\
.small{font-size:11px}.line{stroke:#8a8a8a;stroke-width:1}.faint{stroke:#dcdcdc;stroke-width:1}\
.bar{stroke:#0b62a4;stroke-width:2.5}.dot{fill:#0b62a4}.cell{fill:none;stroke:#c9c9c9}\
.good{fill:#cfe4f5;stroke:#0b62a4}.bad{fill:#fbdcc0;stroke:#b25a00}.self{fill:#ececec;stroke:#c9c9c9}\
@media (prefers-color-scheme:dark){text{fill:#ececec}.paper{fill:#16181b}.soft{fill:#a9adb3}.line{stroke:#80868f}\
.faint{stroke:#33373d}.bar{stroke:#6db8f2}.dot{fill:#6db8f2}.cell{stroke:#474c54}.good{fill:#163a57;stroke:#6db8f2}\
.bad{fill:#553010;stroke:#f0a35e}.self{fill:#26292e;stroke:#474c54}}\
@media print{text{fill:#000}.paper{fill:none}.soft{fill:#444}.line{stroke:#666}.faint{stroke:#ccc}.bar{stroke:#000}\
.dot{fill:#000}.cell{stroke:#999}.good{fill:#e4e4e4;stroke:#000}.bad{fill:#fff;stroke:#000;stroke-dasharray:3 2}\
.self{fill:#f3f3f3;stroke:#999}}";

/// The width of a row of an interval plot without its labels.
const PLOT: f64 = 420.0;
const ROW: f64 = 26.0;
const CELL: f64 = 58.0;
const MARGIN: f64 = 24.0;

/// SVG, one picture below the other.
pub fn svg(comparisons: &[Comparison], decimals: usize) -> String {
    let label = comparisons
        .iter()
        .flat_map(|comparison| &comparison.compared.systems)
        .map(|system| columns_of(&system.name))
        .max()
        .map_or(80.0, |columns| 52.0 + 7.4 * columns as f64);
    let systems = comparisons.iter().map(|comparison| comparison.compared.systems.len()).max();
    let matrix = CELL * systems.unwrap_or(0) as f64;
    let width = label + (PLOT + 80.0).max(matrix) + 2.0 * MARGIN;
    let mut canvas =
        Canvas { body: String::new(), y: MARGIN, label: MARGIN + label, decimals, headings: true };
    for comparison in comparisons {
        canvas.intervals(&comparison.compared);
        canvas.matrix(&comparison.compared);
    }
    let (height, body) = (canvas.y, canvas.body);
    let metrics: Vec<&str> =
        comparisons.iter().map(|comparison| comparison.compared.metric.as_str()).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n<title>Systems compared by {}</title>\n\
         <style>{STYLE}</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n{body}</svg>\n",
        xml(&metrics.join(", "))
    )
}

/// The pictures of one comparison in a page, which has its own headings and colours.
pub(crate) fn inline(comparison: &Comparison, decimals: usize) -> String {
    let compared = &comparison.compared;
    let names = compared.systems.iter().map(|system| columns_of(&system.name));
    let label = names.max().map_or(80.0, |columns| 52.0 + 7.4 * columns as f64);
    let mut canvas = Canvas { body: String::new(), y: 0.0, label, decimals, headings: false };
    canvas.intervals(compared);
    let mut width = label + PLOT + 80.0;
    if has_matrix(comparison) {
        canvas.matrix(compared);
        width = width.max(label + CELL * compared.systems.len() as f64);
    }
    let (height, body) = (canvas.y, canvas.body);
    format!(
        "<svg width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         aria-label=\"Systems compared by {}; the tables have the same numbers\">{body}</svg>",
        xml(&compared.metric)
    )
}

/// Whether a matrix says more than the table of pairs: of many systems it is a wallpaper.
pub(crate) fn has_matrix(comparison: &Comparison) -> bool {
    (3..=30).contains(&comparison.compared.systems.len()) && !comparison.compared.pairs.is_empty()
}

struct Canvas {
    body: String,
    headings: bool,
    /// The upper edge of what comes next.
    y: f64,
    /// Where labels end.
    label: f64,
    decimals: usize,
}

impl Canvas {
    fn text(&mut self, class: &str, x: f64, y: f64, text: &str) {
        let text = xml(text);
        let _ =
            writeln!(self.body, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>");
    }

    fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let _ = writeln!(
            self.body,
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        );
    }

    /// A system's name, and its place apart from it.
    fn name(&mut self, name: &str, place: usize, y: f64) {
        self.text("end", self.label - 38.0, y, name);
        self.text("soft end", self.label - 12.0, y, &(place + 1).to_string());
    }

    fn heading(&mut self, title: &str, lines: &[String]) {
        if !self.headings {
            return;
        }
        self.y += 16.0;
        self.text("head", MARGIN, self.y, title);
        for line in lines {
            self.y += 17.0;
            self.text("soft small", MARGIN, self.y, line);
        }
        self.y += 14.0;
    }

    /// Each system's score as a dot on its interval, over an axis.
    fn intervals(&mut self, compared: &Compared) {
        let (title, method) = (format!("{}: scores", compared.metric), words::method(compared));
        self.heading(&title, &method[..1]);
        let axis = Axis::of(compared);
        let (top, order) = (self.y, order(compared));
        let bottom = top + ROW * order.len() as f64;
        for tick in axis.ticks() {
            let x = self.label + axis.x(tick);
            self.line("faint", (x, top), (x, bottom));
            self.text("soft small mid", x, bottom + 16.0, &axis.label(tick));
        }
        self.line("line", (self.label, bottom), (self.label + PLOT, bottom));
        for (place, at) in order.iter().enumerate() {
            let (score, y) = (&compared.systems[*at].score, top + ROW * (place as f64 + 0.5));
            let [low, middle, high] = [score.percentile.low, score.value, score.percentile.high]
                .map(|value| self.label + axis.x(value));
            self.name(&compared.systems[*at].name, place, y + 4.5);
            self.line("bar", (low, y), (high, y));
            let _ = writeln!(
                self.body,
                "<circle class=\"dot\" cx=\"{middle:.1}\" cy=\"{y:.1}\" r=\"4.5\"/>"
            );
            let value = format!("{:.*}", self.decimals, score.value);
            self.text("small", self.label + PLOT + 12.0, y + 4.0, &value);
        }
        self.y = bottom + 30.0;
    }

    /// What the system of the row has more than that of the column.
    fn matrix(&mut self, compared: &Compared) {
        if compared.pairs.is_empty() {
            return;
        }
        let lines = [
            words::method(compared).get(1).cloned().unwrap_or_default(),
            "Each cell: the score of its row less that of its column, and the corrected p-value; filled and \
             starred if significant."
                .to_owned(),
        ];
        self.heading(&format!("{}: differences", compared.metric), &lines);
        let order = order(compared);
        for column in 0..order.len() {
            let x = self.label + CELL * (column as f64 + 0.5);
            self.text("soft mid", x, self.y + 10.0, &(column + 1).to_string());
        }
        let top = self.y + 18.0;
        for (row, a) in order.iter().enumerate() {
            let y = top + 38.0 * row as f64;
            self.name(&compared.systems[*a].name, row, y + 23.0);
            for (column, b) in order.iter().enumerate() {
                self.cell(compared, (*a, *b), self.label + CELL * column as f64, y);
            }
        }
        self.y = top + 38.0 * order.len() as f64 + 26.0;
    }

    fn cell(&mut self, compared: &Compared, (row, column): (usize, usize), x: f64, y: f64) {
        let (pair, difference) = difference(compared, row, column);
        let better = (difference > 0.0) == compared.higher_is_better;
        let class = match pair {
            _ if row == column => "self",
            Some(pair) if pair.significant && difference != 0.0 => {
                if better {
                    "good"
                } else {
                    "bad"
                }
            }
            _ => "cell",
        };
        let _ = writeln!(
            self.body,
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"34\" rx=\"3\"/>",
            x + 2.0,
            y + 2.0,
            CELL - 4.0
        );
        let Some(pair) = pair else { return };
        let star = if pair.significant { "*" } else { "" };
        let (middle, number) = (x + CELL / 2.0, format!("{difference:+.*}{star}", self.decimals));
        self.text("small mid", middle, y + 17.0, &number.replace('-', "−"));
        self.text("soft small mid", middle, y + 30.0, &words::p(pair.corrected));
    }
}

/// The pair of two systems, either way round, and the first's score less the second's.
fn difference(compared: &Compared, row: usize, column: usize) -> (Option<&Pair>, f64) {
    let found = |a: usize, b: usize| {
        compared.pairs.iter().find(|pair| (pair.baseline, pair.system) == (a, b))
    };
    match (found(column, row), found(row, column)) {
        (Some(pair), _) => (Some(pair), pair.difference.value),
        (None, Some(pair)) => (Some(pair), -pair.difference.value),
        (None, None) => (None, 0.0),
    }
}

/// The systems from best to worst, or as given if they were not ranked.
fn order(compared: &Compared) -> Vec<usize> {
    match compared.ranking.as_slice() {
        [] => (0..compared.systems.len()).collect(),
        ranking => ranking.iter().map(|rank| rank.system).collect(),
    }
}

/// From scores to places on a line.
struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

impl Axis {
    fn of(compared: &Compared) -> Self {
        let intervals = compared.systems.iter().map(|system| {
            let (value, interval) = (system.score.value, system.score.percentile);
            (interval.low.min(value), interval.high.max(value))
        });
        let (low, high) =
            intervals.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0.0, 1.0));
        let rough = ((high - low) / 5.0).max(1e-9);
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
        let step = step.into_iter().find(|step| *step >= rough).unwrap_or(rough);
        Axis { low: (low / step).floor() * step, high: (high / step + 1e-9).ceil() * step, step }
    }

    fn x(&self, value: f64) -> f64 {
        PLOT * (value - self.low) / (self.high - self.low).max(f64::MIN_POSITIVE)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count).map(|tick| self.low + self.step * tick as f64)
    }

    fn label(&self, tick: f64) -> String {
        let decimals = (-self.step.log10().floor()).clamp(0.0, 9.0) as usize;
        format!("{tick:.decimals$}")
    }
}
