//! A table before it is text, Markdown or LaTeX.

use unicode_width::UnicodeWidthStr;

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Rows of cells under headers.
#[derive(Clone, Debug)]
pub(crate) struct Grid<'a> {
    pub(crate) columns: Vec<(&'a str, Align)>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Grid<'_> {
    /// For a terminal: columns two spaces apart, a rule under the headers.
    pub(crate) fn text(&self) -> String {
        let width = |at: usize| {
            let cells = self.rows.iter().map(|row| columns_of(&row[at]));
            cells.max().unwrap_or(0).max(columns_of(self.columns[at].0))
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let padded =
                cells.zip(&self.columns).zip(&widths).map(|((cell, (_, align)), width)| {
                    let space = " ".repeat(width - columns_of(cell));
                    match align {
                        Align::Left => format!("{cell}{space}"),
                        Align::Right => format!("{space}{cell}"),
                    }
                });
            format!("  {}", padded.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
        };
        let mut lines = vec![line(&mut self.columns.iter().map(|(name, _)| *name))];
        let rule = widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>();
        lines.push(format!("  {}", rule.join("  ")));
        lines.extend(self.rows.iter().map(|row| line(&mut row.iter().map(String::as_str))));
        lines.join("\n")
    }

    /// A Markdown table.
    pub(crate) fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let mut lines = vec![line(self.columns.iter().map(|(name, _)| markdown(name)).collect())];
        let rule = self.columns.iter().map(|(_, align)| match align {
            Align::Left => "---".to_owned(),
            Align::Right => "---:".to_owned(),
        });
        lines.push(line(rule.collect()));
        lines.extend(
            self.rows.iter().map(|row| line(row.iter().map(|cell| markdown(cell)).collect())),
        );
        lines.join("\n")
    }

    /// A LaTeX `tabular` for the package `booktabs`.
    pub(crate) fn latex(&self) -> String {
        let line = |cells: Vec<String>| format!("  {} \\\\", cells.join(" & "));
        let aligns: String = self
            .columns
            .iter()
            .map(|(_, align)| if *align == Align::Left { 'l' } else { 'r' })
            .collect();
        let mut lines = vec![format!("\\begin{{tabular}}{{{aligns}}}"), "  \\toprule".to_owned()];
        lines.push(line(self.columns.iter().map(|(name, _)| latex(name)).collect()));
        lines.push("  \\midrule".to_owned());
        lines
            .extend(self.rows.iter().map(|row| line(row.iter().map(|cell| latex(cell)).collect())));
        lines.extend(["  \\bottomrule".to_owned(), "\\end{tabular}".to_owned()]);
        lines.join("\n")
    }
}

/// Text that Markdown shows as it is, on one line.
pub(crate) fn markdown(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if "\\|*_`<>[]&".contains(c) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
        out
    })
}

/// Text that LaTeX prints as it is.
pub(crate) fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '<' => out.push_str("\\ensuremath{<}"),
            '>' => out.push_str("\\ensuremath{>}"),
            '|' => out.push_str("\\textbar{}"),
            '→' => out.push_str("\\ensuremath{\\rightarrow}"),
            '−' => out.push_str("\\ensuremath{-}"),
            '–' => out.push_str("--"),
            c => out.push(c),
        }
    }
    out
}

/// Text as XML shows it; characters that XML can't hold, or that turn others round, become U+FFFD.
pub(crate) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if hidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character is not seen, or turns others round.
pub(crate) fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many columns of a terminal a text takes: two for East Asian wide characters, none for marks.
pub(crate) fn columns_of(text: &str) -> usize {
    text.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid<'static> {
        Grid {
            columns: vec![("system", Align::Left), ("score", Align::Right)],
            rows: vec![
                vec!["a_b".to_owned(), "9.5".to_owned()],
                vec!["系|统".to_owned(), "10.25".to_owned()],
            ],
        }
    }

    #[test]
    fn columns_line_up() {
        let text = grid().text();
        assert_eq!(text, "  system  score\n  ──────  ─────\n  a_b       9.5\n  系|统   10.25");
    }

    #[test]
    fn nothing_of_a_name_is_markup() {
        assert!(grid().markdown().contains("| a\\_b | 9.5 |\n| 系\\|统 | 10.25 |"));
        assert!(grid().latex().contains("  a\\_b & 9.5 \\\\\n  系\\textbar{}统 & 10.25 \\\\"));
        assert_eq!(xml("a<b>&\"\u{1}"), "a&lt;b&gt;&amp;&quot;\u{fffd}");
    }
}
