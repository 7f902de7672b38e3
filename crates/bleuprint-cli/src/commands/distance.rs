//! `bleuprint distance`: an edit distance with its script.

use std::io::Write;
use std::process::ExitCode;

use bleuprint::distance::{Confusions, DISTANCES, Distance, Edit, Op, Script, Unit, Value, View};
use bleuprint_harness::{Encoding, Lines};
use clap::builder::PossibleValuesParser;
use serde_json::{Value as Json, json};
use unicode_width::UnicodeWidthStr;

use crate::output;

/// Measures how far one text is from another, and shows by which edits
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The first text, or with --files the first file (for error rates: the reference)
    #[arg(value_name = "A", allow_hyphen_values = true)]
    first: String,
    /// The second text, or with --files the second file
    #[arg(value_name = "B", allow_hyphen_values = true)]
    second: String,
    /// The distance; `levenshtein[I,D,R]` takes costs of insertion, deletion and replacement
    #[arg(short, long, default_value = "levenshtein", long_help = kinds())]
    kind: String,
    /// What counts as one item
    #[arg(short, long, default_value = "char", value_parser = PossibleValuesParser::new(["char", "grapheme", "word", "line"]))]
    unit: String,
    /// A and B are files (`-` for standard input), compared line by line; with --unit line, each is one text
    #[arg(short, long)]
    files: bool,
    /// Show the edit script
    #[arg(short, long)]
    script: bool,
    /// Show both texts side by side, with what happens to each item below
    #[arg(long)]
    view: bool,
    /// Only pairs that differ
    #[arg(long)]
    errors: bool,
    /// The N most frequent confusions of all pairs
    #[arg(long, value_name = "N")]
    confusions: Option<usize>,
    /// The width of a line of --view
    #[arg(long, value_name = "COLUMNS", env = "COLUMNS", default_value_t = 80)]
    width: usize,
    /// How to print: text, or json, one object a pair
    #[arg(long, default_value = "text", value_parser = PossibleValuesParser::new(["text", "json"]))]
    format: String,
    /// The encoding of the files
    #[arg(short, long, default_value = "utf-8", value_name = "NAME")]
    encoding: String,
}

/// The kinds, a line each.
fn kinds() -> String {
    let lines = DISTANCES.iter().map(|(name, _, summary)| format!("  {name:<12} {summary}\n"));
    format!("The distance:\n{}", lines.collect::<String>())
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let (kind, unit): (Distance, Unit) = (self.kind.parse()?, self.unit.parse()?);
        let mut out = output::stdout();
        let mut confusions = Confusions::default();
        for (number, (first, second)) in self.pairs(unit)?.into_iter().enumerate() {
            let pair = Pair::new(kind, unit, &first, &second);
            if let Some(script) = &pair.script {
                confusions.add(script, &pair.items(0), &pair.items(1));
            }
            if self.errors && pair.value.distance == 0.0 {
                continue;
            }
            if self.format == "json" {
                writeln!(out, "{}", pair.json(self.script))?;
            } else {
                self.print(number, &pair, &mut out)?;
            }
        }
        for line in confusions.most_frequent(self.confusions.unwrap_or(0)) {
            if self.format == "json" {
                writeln!(out, "{}", json!({ "confusion": line }))?;
            } else {
                writeln!(out, "{:>6}  {:?} -> {:?}", line.count, line.first, line.second)?;
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The pairs of texts to compare.
    fn pairs(&self, unit: Unit) -> anyhow::Result<Vec<(String, String)>> {
        if !self.files {
            return Ok(vec![(self.first.clone(), self.second.clone())]);
        }
        let encoding: Encoding = self.encoding.parse()?;
        let read = |path: &str| -> anyhow::Result<Vec<String>> {
            let (mut lines, mut line, mut all) =
                (Lines::open(path, encoding)?, String::new(), Vec::new());
            while lines.next_into(&mut line)? {
                all.push(line.clone());
            }
            Ok(all)
        };
        let (first, second) = (read(&self.first)?, read(&self.second)?);
        if unit == Unit::Line {
            let text = |lines: &[String]| {
                lines.iter().map(|line| format!("{}\n", line.trim_end_matches('\n'))).collect()
            };
            return Ok(vec![(text(&first), text(&second))]);
        }
        let (n, m) = (first.len(), second.len());
        anyhow::ensure!(
            n == m,
            "{} has {n} lines but {} has {m}: compare whole files with --unit line",
            self.first,
            self.second
        );
        let trimmed = |line: String| line.trim_end_matches(['\n', '\r']).to_owned();
        let pairs = first.into_iter().zip(second);
        Ok(pairs.map(|(first, second)| (trimmed(first), trimmed(second))).collect())
    }

    fn print(&self, number: usize, pair: &Pair<'_>, out: &mut impl Write) -> std::io::Result<()> {
        let Value { distance, maximum } = pair.value;
        if self.files {
            write!(out, "{}\t", number + 1)?;
        }
        writeln!(
            out,
            "{} {}  similarity {}  normalized {:.4} (by {}: {maximum})",
            pair.kind,
            short(distance),
            short(pair.value.similarity()),
            pair.value.normalized_distance(),
            pair.kind.denominator(),
        )?;
        let Some(script) = &pair.script else { return Ok(()) };
        if self.script {
            script.moves.iter().try_for_each(|moved| {
                let (from, to) = (&moved.items, moved.to);
                writeln!(out, "  move {}..{} to {to}", from.start, from.end)
            })?;
            for edit in &script.edits {
                pair.print_edit(edit, out)?;
            }
        }
        if self.view {
            let names = ["A", "B"];
            let view = View { width: self.width, names, columns: &|text| text.width() };
            write!(out, "{}", view.render(script, &pair.items(0), &pair.items(1)))?;
        }
        Ok(())
    }
}

/// A number without more decimals than it needs, four at most.
fn short(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Two texts with what was measured.
struct Pair<'a> {
    kind: Distance,
    unit: Unit,
    texts: [&'a str; 2],
    items: [Vec<(usize, &'a str)>; 2],
    value: Value,
    script: Option<Script>,
}

impl<'a> Pair<'a> {
    fn new(kind: Distance, unit: Unit, first: &'a str, second: &'a str) -> Self {
        let items = [unit.split(first), unit.split(second)];
        let [a, b] = [0, 1].map(|side: usize| texts(&items[side]));
        let (value, script) = (kind.of(&a, &b), kind.script(&a, &b));
        Pair { kind, unit, texts: [first, second], items, value, script }
    }

    fn items(&self, side: usize) -> Vec<&'a str> {
        texts(&self.items[side])
    }

    /// The text of a span of items.
    fn text(&self, side: usize, items: std::ops::Range<usize>) -> &'a str {
        let bytes = self.bytes(side, &items);
        &self.texts[side][bytes]
    }

    fn bytes(&self, side: usize, items: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let all = &self.items[side];
        let start = all.get(items.start).map_or(self.texts[side].len(), |(at, _)| *at);
        let last = items.end.checked_sub(1).filter(|last| *last >= items.start);
        start..last.and_then(|last| all.get(last)).map_or(start, |(at, item)| at + item.len())
    }

    fn print_edit(&self, edit: &Edit, out: &mut impl Write) -> std::io::Result<()> {
        let (a, b) = (self.text(0, edit.a.clone()), self.text(1, edit.b.clone()));
        let (i, j) = (&edit.a, &edit.b);
        let spans = format!("{}..{} {}..{}", i.start, i.end, j.start, j.end);
        match edit.op {
            Op::Keep => writeln!(out, "  keep      {spans}  {a:?}"),
            Op::Replace => writeln!(out, "  replace   {spans}  {a:?} -> {b:?}"),
            Op::Delete => writeln!(out, "  delete    {spans}  {a:?}"),
            Op::Insert => writeln!(out, "  insert    {spans}  {b:?}"),
            Op::Transpose => writeln!(out, "  transpose {spans}  {a:?} -> {b:?}"),
        }
    }

    /// The pair as an object; spans are code points of the texts `a` and `b`.
    fn json(&self, script: bool) -> Json {
        let span = |side: usize, items: &std::ops::Range<usize>| {
            let bytes = self.bytes(side, items);
            let points = |to: usize| self.texts[side][..to].chars().count();
            json!({ "start": points(bytes.start), "end": points(bytes.end) })
        };
        let edit =
            |edit: &Edit| json!({ "op": edit.op, "a": span(0, &edit.a), "b": span(1, &edit.b) });
        let mut object = json!({
            "kind": self.kind.to_string(),
            "unit": self.unit.to_string(),
            "a": self.texts[0],
            "b": self.texts[1],
            "distance": self.value.distance,
            "maximum": self.value.maximum,
            "denominator": self.kind.denominator(),
            "similarity": self.value.similarity(),
            "normalized_distance": self.value.normalized_distance(),
            "normalized_similarity": self.value.normalized_similarity(),
        });
        if let Some(found) = self.script.as_ref().filter(|_| script) {
            object["edits"] = found.edits.iter().map(edit).collect();
            object["moves"] = json!(found.moves);
        }
        object
    }
}

fn texts<'a>(items: &[(usize, &'a str)]) -> Vec<&'a str> {
    items.iter().map(|(_, item)| *item).collect()
}
