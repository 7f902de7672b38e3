//! `bleuprint tokenize`: what a tokenizer does to text.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use bleuprint::text::{Tokens, trim_end};
use bleuprint_harness::{Encoding, Lines, TokenizerData, tokenizer};

use crate::output;

/// Shows what a tokenizer does: each line's tokens, with a space between them
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The tokenizer, as in signatures (`bleuprint metrics` lists them) [-tok]
    #[arg(long, default_value = "13a", value_name = "NAME")]
    tokenize: String,
    /// The folder of a MeCab dictionary, for ja-mecab and ko-mecab
    #[arg(long, value_name = "FOLDER")]
    dictionary: Option<PathBuf>,
    /// A SentencePiece model, for spm
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Lowercase first, as BLEU does [-lc]
    #[arg(long)]
    lowercase: bool,
    /// The encoding of the files
    #[arg(short, long, default_value = "utf-8", value_name = "NAME")]
    encoding: String,
    /// Files to tokenize, `-` for standard input
    #[arg(default_value = "-", value_name = "FILE")]
    files: Vec<String>,
}

impl Args {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let data = TokenizerData { dictionary: self.dictionary, model: self.model };
        let tokenizer = tokenizer(&self.tokenize, &data)?;
        let encoding: Encoding = self.encoding.parse()?;
        let (mut out, mut line, mut tokens) = (output::stdout(), String::new(), Tokens::new());
        for file in &self.files {
            let mut lines = Lines::open(file, encoding)?;
            while lines.next_into(&mut line)? {
                if self.lowercase {
                    line = line.to_lowercase();
                }
                tokenizer.tokenize(trim_end(&line), &mut tokens);
                write_tokens(&mut out, &tokens)?;
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn write_tokens(out: &mut impl Write, tokens: &Tokens) -> std::io::Result<()> {
    for (i, token) in tokens.iter().enumerate() {
        let space = if i == 0 { "" } else { " " };
        write!(out, "{space}{token}")?;
    }
    writeln!(out)
}
