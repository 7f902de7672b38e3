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
    source: Option<Article>,
}

/// The paths of the texts to compare: files, or folders of files of the same names.
#[derive(Clone, Copy)]
pub(super) struct Paths<'a> {
    pub(super) hypothesis: &'a str,
    pub(super) reference: &'a str,
    pub(super) source: Option<&'a str>,
}

impl Pair {
    pub(super) fn align(self) -> Alignment {
        let alignment = Alignment::new(self.hypothesis, self.reference);
        match self.source {
            Some(source) => alignment.with_source(source),
            None => alignment,
        }
    }

    fn read(name: &str, paths: Paths<'_>, encoding: Encoding) -> anyhow::Result<Self> {
        let article = |path: &str| Ok::<_, anyhow::Error>(Article::new(read_text(path, encoding)?));
        Ok(Pair {
            name: name.to_owned(),
            hypothesis: article(paths.hypothesis)?,
            reference: article(paths.reference)?,
            source: paths.source.map(article).transpose()?,
        })
    }
}

/// The pairs of files, or of folders by file name.
pub(super) fn read(paths: Paths<'_>, encoding: Encoding) -> anyhow::Result<Vec<Pair>> {
    let is_folder = |path: &str| path != "-" && Path::new(path).is_dir();
    let others = [("reference", Some(paths.reference)), ("source", paths.source)];
    for (name, other) in others.into_iter().filter_map(|(name, path)| Some((name, path?))) {
        let kind = |folder| if folder { "folder" } else { "file" };
        let (own, its) = (is_folder(paths.hypothesis), is_folder(other));
        if own != its {
            bail!(
                "{} is a {}, but the {name} {other} is a {}: give folders or files alike",
                paths.hypothesis,
                kind(own),
                kind(its)
            );
        }
    }
    match is_folder(paths.hypothesis) {
        true => in_folders(paths, encoding),
        false => Ok(vec![Pair::read(paths.hypothesis, paths, encoding)?]),
    }
}

fn in_folders(paths: Paths<'_>, encoding: Encoding) -> anyhow::Result<Vec<Pair>> {
    let names = files(paths.hypothesis)?;
    for other in [Some(paths.reference), paths.source].into_iter().flatten() {
        let others = files(other)?;
        let missing = names.difference(&others).map(|name| (other, name));
        let surplus = others.difference(&names).map(|name| (paths.hypothesis, name));
        if let Some((folder, name)) = missing.chain(surplus).next() {
            bail!(
                "{folder} has no {name}: articles are paired by file name, so that all folders must have the same files"
            );
        }
    }
    if names.is_empty() {
        bail!("{} has no files", paths.hypothesis);
    }
    let path =
        |folder: &str, name: &str| Path::new(folder).join(name).to_string_lossy().into_owned();
    let pair = |name: &String| {
        let source = paths.source.map(|folder| path(folder, name));
        let [hypothesis, reference] =
            [paths.hypothesis, paths.reference].map(|folder| path(folder, name));
        let files =
            Paths { hypothesis: &hypothesis, reference: &reference, source: source.as_deref() };
        Pair::read(name, files, encoding)
    };
    names.iter().map(pair).collect()
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
