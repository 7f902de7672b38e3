//! `bleuprint man`: the manual page.

use std::io::Write;
use std::process::ExitCode;

use crate::output;

/// Prints the manual page (`bleuprint man | man -l -`), of one command if it is named
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The command whose page to print
    command: Option<String>,
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let mut command = crate::command_line();
        command.build();
        if let Some(name) = self.command {
            let known: Vec<String> =
                command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
            let Some(sub) = command.find_subcommand(&name) else {
                let near = bleuprint::did_you_mean(&name, known.iter().map(String::as_str));
                let hint =
                    near.map_or_else(String::new, |near| format!(", did you mean '{near}'?"));
                anyhow::bail!("no command '{name}'{hint} known: {}", known.join(", "));
            };
            command = sub.clone();
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        let mut out = output::stdout();
        out.write_all(&page)?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}
