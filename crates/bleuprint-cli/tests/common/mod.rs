//! What the tests of the command share.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Done {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }
}

/// Runs `bleuprint` in a folder, with only the environment that is given; BLEUPRINT_COMMAND names another
/// binary than the one that was built with the tests.
pub(crate) fn bleuprint<S: AsRef<std::ffi::OsStr>>(
    folder: &Path,
    arguments: &[S],
    stdin: &[u8],
    environment: &[(&str, &str)],
) -> Done {
    let other = std::env::var_os("BLEUPRINT_COMMAND");
    let mut command = Command::new(other.unwrap_or(env!("CARGO_BIN_EXE_bleuprint").into()));
    command.args(arguments).current_dir(folder);
    for name in ["SACREBLEU", "SACREBLEU_FORMAT", "SACREBLEU_SEED", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.envs(environment.iter().copied());
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the command starts");
    // Who doesn't read standard input closes it; that is not our error.
    let _ = child.stdin.take().expect("it is piped").write_all(stdin);
    let output = child.wait_with_output().expect("it ends");
    Done {
        code: output.status.code(),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A folder of its own for a test, emptied first.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}
