//! The reference programs, asked through `tests/oracle/oracle.py`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

/// A running oracle.
pub(crate) struct Oracle {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Oracle {
    /// Starts the Python that `BLEUPRINT_PYTHON` names. Without it the test says that it was skipped.
    pub(crate) fn start() -> Option<Self> {
        let Some(python) = std::env::var_os("BLEUPRINT_PYTHON") else {
            println!(
                "skipped: BLEUPRINT_PYTHON names no Python with tests/oracle/requirements.txt"
            );
            return None;
        };
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/oracle.py");
        let mut child = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("BLEUPRINT_PYTHON starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut oracle = Oracle { child, input, output };
        println!("oracle: {}", oracle.ask(&serde_json::json!({ "ask": "versions" })));
        Some(oracle)
    }

    /// One request, one answer.
    pub(crate) fn ask(&mut self, request: &Value) -> Value {
        let input = self.input.as_mut().expect("it is open");
        writeln!(input, "{request}").expect("the oracle listens");
        input.flush().expect("the oracle listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the oracle answers");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("no answer to {request}: {line}"))
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

/// Says why a test ends here.
pub(crate) fn skipped(reason: impl std::fmt::Display) {
    println!("skipped: {reason}");
}

/// How many cases a differential test runs: `BLEUPRINT_CASES`, or a number that suits CI.
pub(crate) fn cases(default: usize) -> usize {
    std::env::var("BLEUPRINT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(default)
}

/// The seed: `BLEUPRINT_SEED`, or one from the clock; it is printed, and printed again on failure.
pub(crate) fn seed() -> u64 {
    let given = std::env::var("BLEUPRINT_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.map_or(1, |time| time.as_nanos() as u64 % 1_000_000_007)
    });
    println!("BLEUPRINT_SEED={seed}");
    seed
}
