//! `bleuprint score`: scores, as sacreBLEU's command prints them.

use std::process::ExitCode;

/// Scores translations
#[derive(clap::Args)]
pub(crate) struct Args {}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        anyhow::bail!("not built yet")
    }
}
