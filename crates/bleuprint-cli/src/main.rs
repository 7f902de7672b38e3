//! The command `bleuprint`.
//!
//! Results go to standard output, all else to standard error. Exit codes: 0 done, 1 an input or run-time
//! error, 2 a usage error; [`commands::score`] has sacreBLEU's 17 beside them.

mod argv;
mod commands;
mod destination;
mod output;
mod page;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

/// Measures machine translations: BLEU, chrF, TER and many more, equal to the field's reference tools.
#[derive(Parser)]
#[command(
    name = "bleuprint",
    version,
    propagate_version = true,
    max_term_width = 100,
    arg_required_else_help = true
)]
struct Bleuprint {
    #[command(subcommand)]
    command: commands::Command,
}

/// The command line as clap knows it, for completions and manuals.
fn command_line() -> clap::Command {
    Bleuprint::command()
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::say(format_args!("bleuprint: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let parsed = argv::rewrite(std::env::args_os().collect()).and_then(Bleuprint::try_parse_from);
    match parsed {
        Ok(parsed) => {
            // The main thread is one of the threads: a short run with one starts no other.
            rayon::ThreadPoolBuilder::new().use_current_thread().build_global()?;
            parsed.command.run()
        }
        Err(error) => {
            error.print()?;
            Ok(ExitCode::from(u8::try_from(error.exit_code())?))
        }
    }
}
