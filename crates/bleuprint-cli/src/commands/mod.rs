//! The commands, one file each.
//!
//! A file has `pub(crate) struct Args` (clap's, its doc comment is the help) with
//! `pub(crate) fn run(self) -> anyhow::Result<ExitCode>`; its line in the list below makes it a command.

use std::process::ExitCode;

/// Each line is a command's file and its variant.
macro_rules! commands {
    ($($module:ident => $Variant:ident),+ $(,)?) => {
        $(pub(crate) mod $module;)+

        #[derive(clap::Subcommand)]
        pub(crate) enum Command {
            $($Variant(Box<$module::Args>),)+
        }

        impl Command {
            pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
                match self {
                    $(Command::$Variant(args) => args.run(),)+
                }
            }
        }
    };
}

commands! {
    score => Score,
    matrix => Matrix,
    compare => Compare,
    distance => Distance,
    article => Article,
    resegment => Resegment,
    check => Check,
    tokenize => Tokenize,
    metrics => Metrics,
    completions => Completions,
    man => Man,
}
