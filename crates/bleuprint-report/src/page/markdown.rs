//! The same as Markdown: for an issue, or a page that somebody else lays out.

use std::fmt::Write as _;

use super::{Page, Table, View, visible};
use crate::grid::markdown as escape;

impl Page {
    /// All but what views and rows say: title, facts, warnings and tables.
    pub(crate) fn markdown(&self) -> String {
        let mut out = format!("# {}\n", plain(&self.title));
        if !self.facts.is_empty() {
            let _ = write!(out, "\n{}\n", plain(&self.facts.join(" · ")));
        }
        for warning in &self.warnings {
            let _ = write!(out, "\n**Note** {}\n", plain(warning));
        }
        for table in &self.tables {
            out.push_str(&table.markdown());
        }
        out
    }
}

impl Table {
    fn markdown(&self) -> String {
        let mut out = format!("\n## {}\n", plain(&self.title));
        if !self.note.is_empty() {
            let _ = write!(out, "\n{}\n", plain(&self.note));
        }
        let _ = write!(out, "\n{}\n", self.grid().markdown());
        for (at, signature) in self.signatures.iter().enumerate() {
            let space = if at == 0 { "\n" } else { "" };
            let _ = writeln!(out, "{space}- {}", plain(signature));
        }
        out
    }
}

impl View {
    /// Figures and passages under a heading.
    pub(crate) fn markdown(&self) -> String {
        let mut out = format!("\n## {}\n\n", plain(&self.title));
        for figure in &self.figures {
            let _ = writeln!(out, "- {} {}", figure.value, figure.name);
        }
        for list in &self.passages {
            let _ = write!(out, "\n{}:\n\n", list.title);
            for passage in &list.items {
                let _ = writeln!(out, "- {}", plain(&passage.text));
            }
        }
        out
    }
}

/// Text on one line that is no markup.
pub(crate) fn plain(text: &str) -> String {
    escape(&visible(&text.replace(['\n', '\r'], " ")))
}
