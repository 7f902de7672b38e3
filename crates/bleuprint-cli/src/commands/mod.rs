//! The commands, one file each.
//!
//! A file has `pub(crate) struct Args` (clap's, its doc comment is the help) with
//! `pub(crate) fn run(self) -> anyhow::Result<ExitCode>`; its line in the list below makes it a command.

use std::process::ExitCode;

/// Each line is a command's file, its variant and its line in the list of commands. Its arguments are built when it is
/// called, which a short run notices.
macro_rules! commands {
    ($($module:ident => $Variant:ident: $about:literal),+ $(,)?) => {
        $(pub(crate) mod $module;)+

        #[derive(clap::Subcommand)]
        #[command(defer = true)]
        pub(crate) enum Command {
            $(
                #[command(about = $about)]
                $Variant(Box<$module::Args>),
            )+
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
    score => Score: "Scores translations: every option of sacreBLEU's command, and every metric by name",
    matrix => Matrix: "Scores all pairs of lines: a row a hypothesis, a column a reference",
    compare => Compare: "Compares systems: is the difference real, how large is it, and what would it take to see it?",
    distance => Distance: "Measures how far one text is from another, and shows by which edits",
    article => Article: "Aligns and scores articles whose sentences don't line up with the reference's",
    resegment => Resegment: "Cuts a stream of words to the lines of the reference",
    check => Check: "Says what is wrong with a translation, where, and what was expected",
    tokenize => Tokenize: "Shows what a tokenizer does: each line's tokens, with a space between them",
    metrics => Metrics: "Which metric to report, and every metric and tokenizer with a line each",
    completions => Completions: "Prints the completions of a shell",
    man => Man: "Prints the manual page (`bleuprint man | man -l -`), of one command if it is named",
}

#[cfg(test)]
mod tests {
    /// The list of commands says what each says of itself.
    #[test]
    fn the_list_has_each_command_with_its_own_words() {
        let (list, mut built) = (crate::command_line(), crate::command_line());
        built.build();
        for command in list.get_subcommands() {
            let own = built.find_subcommand(command.get_name()).and_then(|own| own.get_about());
            assert_eq!(command.get_about(), own);
        }
    }
}
