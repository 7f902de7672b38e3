//! A file that is written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use bleuprint_report::Format;

/// Where a report goes. It is looked at before the work starts, so that what can't be written is said at once.
#[derive(Debug)]
pub(crate) struct Destination {
    path: PathBuf,
    format: Format,
    /// Whether it is something that can't be replaced by another file, as a pipe.
    special: bool,
}

impl Destination {
    pub(crate) fn new(path: &str) -> anyhow::Result<Self> {
        ensure!(!path.is_empty(), "the report has no name");
        ensure!(path != "-", "the report goes to a file: '-' names none");
        let format = Format::of_path(path)?;
        // A link stays, and what it leads to is replaced.
        let given = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
        let special = match fs::metadata(&given) {
            Ok(found) if found.is_dir() => bail!("{path} is a folder: name a file in it"),
            Ok(found) => !found.is_file(),
            Err(_) => false,
        };
        let destination = Destination { path: given, format, special };
        if !special {
            let tried = destination.begin().and_then(|(draft, _)| fs::remove_file(draft));
            tried.with_context(|| format!("{path} can't be written"))?;
        }
        Ok(destination)
    }

    /// What its name asks for.
    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// Writes all, or leaves what was there before.
    pub(crate) fn write(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let done = if self.special { fs::write(&self.path, bytes) } else { self.replace(bytes) };
        done.with_context(|| format!("{} can't be written", self.path.display()))
    }

    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let (draft, mut file) = self.begin()?;
        let done = file
            .write_all(bytes)
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&draft, &self.path));
        if done.is_err() {
            // The error that matters is the first.
            let _ = fs::remove_file(&draft);
        }
        done
    }

    /// A new file beside the one that is meant.
    fn begin(&self) -> io::Result<(PathBuf, File)> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let short: String = name.chars().take(40).collect();
        let draft = self.path.with_file_name(format!(".{short}.{}.tmp", std::process::id()));
        let file = OpenOptions::new().write(true).create_new(true).open(&draft)?;
        Ok((draft, file))
    }
}

/// The last part of a path, or all of it if it has none.
pub(crate) fn name(path: &str) -> String {
    let name = Path::new(path).file_name();
    name.map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}
