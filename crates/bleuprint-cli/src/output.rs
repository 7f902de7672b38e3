//! Standard output, standard error, and the code to exit with.

use std::fmt;
use std::io::{self, BufWriter, StdoutLock, Write};

/// Standard output, buffered; flush it when done, so that an error is seen.
pub(crate) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// A line on standard error; if nobody can read it, nothing is to be done. What a file's name could do to a terminal is
/// shown as a replacement character.
pub(crate) fn say(line: fmt::Arguments<'_>) {
    let unseen = |c: char| c.is_control() && c != '\n' && c != '\t';
    let _ = writeln!(io::stderr(), "{}", line.to_string().replace(unseen, "\u{fffd}"));
}

/// Whether the reader of our output went away (`| head -1`), which is no error.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// What goes to standard error beside the results; `quiet` leaves out notices, and the prefix of the rest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Log {
    quiet: bool,
}

impl Log {
    pub(crate) fn new(quiet: bool) -> Self {
        Log { quiet }
    }

    /// Something good to know.
    pub(crate) fn notice(self, text: impl fmt::Display) {
        if !self.quiet {
            say(format_args!("bleuprint: {text}"));
        }
    }

    /// Something that may be wrong.
    pub(crate) fn warn(self, text: impl fmt::Display) {
        self.error(text);
    }

    /// Something that is wrong.
    pub(crate) fn error(self, text: impl fmt::Display) {
        let prefix = if self.quiet { "" } else { "bleuprint: " };
        say(format_args!("{prefix}{text}"));
    }
}

/// An error with an exit code of its own.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    /// A number of fields that differs from line to line: sacreBLEU's own exit code.
    pub(crate) fn fields(message: String) -> anyhow::Error {
        Failure { code: 17, message }.into()
    }

    /// The code of an error: 1 unless it says otherwise.
    pub(crate) fn code(error: &anyhow::Error) -> u8 {
        error.downcast_ref::<Failure>().map_or(1, |failure| failure.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
