//! A table of systems and scores, in a box or in LaTeX, as the table printer that sacreBLEU uses draws it.

use super::options::Format;

/// A colour of the terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    Red,
    Green,
    Yellow,
    Cyan,
}

impl Style {
    /// The text in this colour, if colours are wanted.
    pub(crate) fn paint(self, text: &str, color: bool) -> String {
        let code = match self {
            Style::Red => 31,
            Style::Green => 32,
            Style::Yellow => 33,
            Style::Cyan => 36,
        };
        if color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Draws a table; the first column is flush right, the others are centred. A cell may have several lines.
/// `commas` says whether `1,000` among numbers stays as it is: sacreBLEU's does unless colours are refused.
pub(crate) fn render(
    headers: &[String],
    mut columns: Vec<Vec<String>>,
    format: Format,
    decimals: usize,
    commas: bool,
) -> String {
    for column in &mut columns {
        number(column, decimals, commas);
    }
    let widths: Vec<usize> = headers
        .iter()
        .zip(&columns)
        .map(|(header, column)| {
            let cells = column.iter().flat_map(|cell| cell.lines()).map(visible);
            cells.max().unwrap_or(0).max(visible(header) + 2)
        })
        .collect();
    let rows = columns.first().map_or(0, Vec::len);
    let rows: Vec<Vec<&str>> =
        (0..rows).map(|row| columns.iter().map(|column| column[row].as_str()).collect()).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    match format {
        Format::Latex => latex(&headers, &rows, &widths),
        _ => boxed(&headers, &rows, &widths),
    }
}

fn boxed(headers: &[&str], rows: &[Vec<&str>], widths: &[usize]) -> String {
    let rule = |left: &str, line: &str, cross: &str, right: &str| {
        let lines: Vec<String> = widths.iter().map(|width| line.repeat(width + 2)).collect();
        format!("{left}{}{right}", lines.join(cross))
    };
    let mut out =
        vec![rule("╒", "═", "╤", "╕"), boxed_row(headers, widths), rule("╞", "═", "╪", "╡")];
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            out.push(rule("├", "─", "┼", "┤"));
        }
        out.push(boxed_row(row, widths));
    }
    out.push(rule("╘", "═", "╧", "╛"));
    out.join("\n")
}

/// A row of as many lines as its highest cell has.
fn boxed_row(cells: &[&str], widths: &[usize]) -> String {
    let height = cells.iter().map(|cell| cell.lines().count()).max().unwrap_or(0).max(1);
    let line = |at: usize| {
        let texts = cells.iter().map(|cell| cell.lines().nth(at).unwrap_or(""));
        format!("│{}│", padded(texts, widths).join("│"))
    };
    (0..height).map(line).collect::<Vec<_>>().join("\n")
}

fn latex(headers: &[&str], rows: &[Vec<&str>], widths: &[usize]) -> String {
    let line = |cells: &[&str]| {
        let texts = padded(cells.iter().copied(), widths);
        let escaped: Vec<String> = texts.iter().map(|text| escape(text)).collect();
        format!("{}\\\\", escaped.join("&"))
    };
    let centred = "c".repeat(widths.len().saturating_sub(1));
    let mut out = vec![format!("\\begin{{tabular}}{{r{centred}}}"), "\\toprule".to_owned()];
    out.push(line(headers));
    out.push("\\midrule".to_owned());
    out.extend(rows.iter().map(|row| line(row)));
    out.extend(["\\bottomrule".to_owned(), "\\end{tabular}".to_owned()]);
    out.join("\n")
}

/// The cells of a line, each as wide as its column and with a space on both sides.
fn padded<'a>(cells: impl Iterator<Item = &'a str>, widths: &[usize]) -> Vec<String> {
    let pad = |(at, (text, width)): (usize, (&str, &usize))| {
        let missing = width.saturating_sub(visible(text));
        let left = if at == 0 { missing } else { missing / 2 };
        format!(" {}{text}{} ", " ".repeat(left), " ".repeat(missing - left))
    };
    cells.zip(widths).enumerate().map(pad).collect()
}

/// The number of characters that a terminal shows: colours are none.
fn visible(text: &str) -> usize {
    let mut colored = false;
    text.chars()
        .filter(|c| {
            let shown = !colored && *c != '\u{1b}';
            colored = (colored || *c == '\u{1b}') && *c != 'm';
            shown
        })
        .count()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '^' => out.push_str("\\^{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '<' => out.push_str("\\ensuremath{<}"),
            '>' => out.push_str("\\ensuremath{>}"),
            c => out.push(c),
        }
    }
    out
}

/// A column whose cells all look like numbers gets their decimals, unless all are whole; system names
/// are no exception. White space around a cell goes.
fn number(column: &mut [String], decimals: usize, commas: bool) {
    let kind = column.iter().map(|cell| Kind::of(cell)).max();
    for cell in column {
        if kind == Some(Kind::Float)
            && !(commas && cell.contains(','))
            && let Ok(value) = cell.replace(['_', ','], "").trim().parse::<f64>()
        {
            *cell = float(value, decimals);
        }
        *cell = bleuprint::text::trim(cell).to_owned();
    }
}

fn float(value: f64, decimals: usize) -> String {
    if value.is_finite() {
        format!("{value:.decimals$}")
    } else {
        format!("{value}").to_lowercase()
    }
}

/// What a cell looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Nothing,
    Bool,
    Int,
    Float,
    Text,
}

impl Kind {
    fn of(cell: &str) -> Kind {
        match cell {
            "" => return Kind::Nothing,
            "True" | "False" => return Kind::Bool,
            "inf" | "-inf" | "nan" => return Kind::Float,
            _ => {}
        }
        let text = bleuprint::text::trim(cell);
        let underscores = underscores_are_between_digits(text);
        let plain = text.replace('_', "");
        let digits = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
        if underscores && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Kind::Int;
        }
        if has_thousands(cell) {
            return if cell.contains('.') { Kind::Float } else { Kind::Int };
        }
        match plain.parse::<f64>() {
            Ok(value) if underscores && value.is_finite() => Kind::Float,
            _ => Kind::Text,
        }
    }
}

/// `1_000` is a number to Python, `_1` and `1__0` are not.
fn underscores_are_between_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    text.match_indices('_').all(|(at, _)| digit(at.checked_sub(1)) && digit(Some(at + 1)))
}

/// `1,000` and `-1,000.5`.
fn has_thousands(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    whole.contains(',')
        && (1..=3).contains(&first.len())
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group))
        && digits(part)
}
