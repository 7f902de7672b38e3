//! What can go wrong between a file and its lines.

use std::fmt;
use std::io;
use std::path::Path;

/// The result of reading.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A file that cannot be read as text; the message says which, where and what to do.
#[derive(Debug)]
pub struct Error {
    message: String,
}

impl Error {
    /// An error with nothing behind it.
    #[cold]
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Error { message: message.into() }
    }

    /// A file that cannot be opened or read.
    #[cold]
    pub(crate) fn io(name: &str, error: io::Error) -> Self {
        Error::new(match error.kind() {
            io::ErrorKind::NotFound => missing(name),
            io::ErrorKind::IsADirectory => format!("{name} is a directory, not a file"),
            io::ErrorKind::UnexpectedEof => format!("{name} is cut short: {error}"),
            _ => format!("cannot read {name}: {error}"),
        })
    }
}

/// What to say of a file that does not exist, with the nearest name that does.
fn missing(name: &str) -> String {
    let path = Path::new(name);
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let Ok(entries) = folder.read_dir() else {
        return format!("no such file: {name} (there is no folder {})", folder.display());
    };
    let mut names: Vec<String> =
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    let wanted = path.file_name().and_then(|name| name.to_str()).unwrap_or(name);
    match bleuprint::did_you_mean(wanted, names.iter().map(String::as_str)) {
        Some(near) => {
            format!("no such file: {name}, did you mean '{}'?", path.with_file_name(near).display())
        }
        None => format!("no such file: {name}"),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
