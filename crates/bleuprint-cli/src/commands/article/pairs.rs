//! Which article is compared with which.

use std::path::Path;

use anyhow::{Context, bail};
use bleuprint::article::{Alignment, Article};
use bleuprint_harness::{Encoding, read_text};

/// A hypothesis article and its reference.
pub(super) struct Pair {
    pub(super) name: String,
    hypothesis: Article,
    reference: Article,
}

impl Pair {
    pub(super) fn align(self) -> Alignment {
        Alignment::new(self.hypothesis, self.reference)
    }

    fn read(
        name: &str,
        hypothesis: &str,
        reference: &str,
        encoding: Encoding,
    ) -> anyhow::Result<Self> {
        Ok(Pair {
            name: name.to_owned(),
            hypothesis: Article::new(read_text(hypothesis, encoding)?),
            reference: Article::new(read_text(reference, encoding)?),
        })
    }
}

/// The pairs of two files, or of two folders by file name.
pub(super) fn read(
    hypothesis: &str,
    reference: &str,
    encoding: Encoding,
) -> anyhow::Result<Vec<Pair>> {
    let is_folder = |path: &str| path != "-" && Path::new(path).is_dir();
    match (is_folder(hypothesis), is_folder(reference)) {
        (false, false) => Ok(vec![Pair::read(hypothesis, hypothesis, reference, encoding)?]),
        (true, true) => in_folders(hypothesis, reference, encoding),
        (true, false) => bail!(
            "{hypothesis} is a folder, but the reference {reference} is a file: give two folders or two files"
        ),
        (false, true) => bail!(
            "the reference {reference} is a folder, but {hypothesis} is a file: give two folders or two files"
        ),
    }
}

fn in_folders(hypothesis: &str, reference: &str, encoding: Encoding) -> anyhow::Result<Vec<Pair>> {
    let names = files(hypothesis)?;
    let others = files(reference)?;
    for (name, folder) in names
        .iter()
        .map(|name| (name, reference))
        .chain(others.iter().map(|name| (name, hypothesis)))
    {
        if !(names.contains(name) && others.contains(name)) {
            bail!(
                "{folder} has no {name}: articles are paired by file name, so that both folders must have the same files"
            );
        }
    }
    if names.is_empty() {
        bail!("{hypothesis} has no files");
    }
    let path =
        |folder: &str, name: &str| Path::new(folder).join(name).to_string_lossy().into_owned();
    names
        .iter()
        .map(|name| Pair::read(name, &path(hypothesis, name), &path(reference, name), encoding))
        .collect()
}

/// The names of a folder's files, sorted; hidden files don't count.
fn files(folder: &str) -> anyhow::Result<std::collections::BTreeSet<String>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {folder}"))?;
    let mut names = std::collections::BTreeSet::new();
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {folder}"))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && !name.starts_with('.') {
            names.insert(name);
        }
    }
    Ok(names)
}
