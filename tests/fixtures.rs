//! The articles are what their descriptions say: aligned lines, and each fault at its span.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

#[derive(Deserialize)]
struct Article {
    lines: usize,
}

#[derive(Deserialize)]
struct Faults {
    fault: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    file: String,
    kind: String,
    line: usize,
    start: usize,
    end: usize,
    text: String,
    expected: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles")
}

fn articles() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the articles are there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn lines(path: &Path) -> Vec<String> {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(text.ends_with('\n') && !text.contains('\r'), "{}", path.display());
    text.lines().map(str::to_owned).collect()
}

#[test]
fn lines_are_aligned() {
    assert!(articles().len() >= 8);
    for article in articles() {
        let described: Article = toml::from_str(
            &fs::read_to_string(article.join("article.toml")).expect("it is described"),
        )
        .expect("the description is TOML");
        let aligned =
            ["source.txt", "reference.a.txt", "reference.b.txt", "machine.1.txt", "machine.2.txt"];
        for file in aligned {
            let lines = lines(&article.join(file));
            assert_eq!(lines.len(), described.lines, "{} {file}", article.display());
            assert!(
                lines.iter().all(|line| !line.trim().is_empty()),
                "{} {file}",
                article.display()
            );
        }
        assert_ne!(lines(&article.join("machine.3.txt")).len(), described.lines);
    }
}

#[test]
fn faults_stand_where_they_are_said_to() {
    for article in articles() {
        let faults: Faults = toml::from_str(
            &fs::read_to_string(article.join("faults.toml")).expect("there are faults"),
        )
        .expect("the faults are TOML");
        assert!(faults.fault.len() >= 15, "{}", article.display());
        for fault in &faults.fault {
            let place =
                format!("{} {} {}:{}", article.display(), fault.kind, fault.file, fault.line);
            let lines = lines(&article.join(&fault.file));
            let line = lines.get(fault.line - 1).unwrap_or_else(|| panic!("{place}: no such line"));
            let span: String =
                line.chars().skip(fault.start).take(fault.end - fault.start).collect();
            assert_eq!(span, fault.text, "{place}");
            assert_ne!(fault.text, fault.expected, "{place}");
        }
    }
}
