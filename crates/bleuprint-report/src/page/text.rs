//! The same as plain text: for a terminal or a mail.

use std::fmt::Write as _;

use super::{Page, Table};

impl Page {
    /// Title, facts, warnings and tables.
    pub(crate) fn text(&self) -> String {
        let mut out = format!("{}\n", self.title);
        if !self.facts.is_empty() {
            let _ = writeln!(out, "{}", self.facts.join(" · "));
        }
        for warning in &self.warnings {
            let _ = write!(out, "\nNote: {warning}\n");
        }
        for table in &self.tables {
            out.push_str(&table.text());
        }
        out
    }
}

impl Table {
    fn text(&self) -> String {
        let mut out = format!("\n{}\n", self.title);
        if !self.note.is_empty() {
            let _ = writeln!(out, "{}", self.note);
        }
        let _ = write!(out, "\n{}\n", self.grid().text());
        for (at, signature) in self.signatures.iter().enumerate() {
            let space = if at == 0 { "\n" } else { "" };
            let _ = writeln!(out, "{space}  {signature}");
        }
        out
    }
}
