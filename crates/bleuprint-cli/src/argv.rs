//! The arguments before clap sees them.
//!
//! sacreBLEU's command line is argparse's: short options of several letters (`-tok`), unambiguous prefixes
//! (`--tok`), values glued to short options (`-w2`), lists that take all that follows. `score` reads
//! its arguments as argparse would and hands clap one unambiguous form; the other commands only know the
//! short forms.

use std::ffi::OsString;

use bleuprint_harness::DATA_TOKENIZERS;
use clap::error::ErrorKind;

/// An option: its long name, its short form without the dash, how many values it takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) long: &'static str,
    pub(crate) short: &'static str,
    pub(crate) takes: Takes,
}

/// The values of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// None: it is a flag.
    Nothing,
    /// One text.
    Text,
    /// One whole number.
    Int,
    /// One number.
    Float,
    /// One of these words.
    Word(&'static [&'static str]),
    /// All that follow, at least so many.
    List(usize),
    /// Names or signatures of metrics, at least one.
    Metrics,
    /// The name of a tokenizer.
    Tokenizer,
    /// None, and nothing after it counts: help and version.
    Stop,
}

const fn known(long: &'static str, short: &'static str, takes: Takes) -> Known {
    Known { long, short, takes }
}

/// sacreBLEU's options; a prefix of one of these means what it means there.
pub(crate) const SACREBLEU: &[Known] = &[
    known("help", "h", Takes::Stop),
    known("citation", "", Takes::Nothing),
    known("cite", "", Takes::Nothing),
    known("list", "", Takes::Nothing),
    known("test-set", "t", Takes::Text),
    known("language-pair", "l", Takes::Text),
    known("origlang", "ol", Takes::Text),
    known("subset", "", Takes::Text),
    known("download", "", Takes::Text),
    known("echo", "", Takes::List(1)),
    known("input", "i", Takes::List(0)),
    known("num-refs", "nr", Takes::Int),
    known("encoding", "e", Takes::Text),
    known("metrics", "m", Takes::Metrics),
    known("sentence-level", "sl", Takes::Nothing),
    known("smooth-method", "s", Takes::Word(&["none", "floor", "add-k", "exp"])),
    known("smooth-value", "sv", Takes::Float),
    known("tokenize", "tok", Takes::Tokenizer),
    known("lowercase", "lc", Takes::Nothing),
    known("force", "", Takes::Nothing),
    known("chrf-char-order", "cc", Takes::Int),
    known("chrf-word-order", "cw", Takes::Int),
    known("chrf-beta", "", Takes::Int),
    known("chrf-whitespace", "", Takes::Nothing),
    known("chrf-lowercase", "", Takes::Nothing),
    known("chrf-eps-smoothing", "", Takes::Nothing),
    known("ter-case-sensitive", "", Takes::Nothing),
    known("ter-asian-support", "", Takes::Nothing),
    known("ter-no-punct", "", Takes::Nothing),
    known("ter-normalized", "", Takes::Nothing),
    known("confidence", "ci", Takes::Nothing),
    known("confidence-n", "cin", Takes::Int),
    known("paired-ar", "par", Takes::Nothing),
    known("paired-bs", "pbs", Takes::Nothing),
    known("paired-ar-n", "parn", Takes::Int),
    known("paired-bs-n", "pbsn", Takes::Int),
    known("paired-jobs", "j", Takes::Int),
    known("quiet", "q", Takes::Nothing),
    known("short", "sh", Takes::Nothing),
    known("score-only", "b", Takes::Nothing),
    known("width", "w", Takes::Int),
    known("detail", "d", Takes::Nothing),
    known("no-color", "nc", Takes::Nothing),
    known("format", "f", Takes::Word(&["json", "text", "latex", "svg"])),
    known("version", "V", Takes::Stop),
];

/// What `score` has beyond sacreBLEU; found when no option of sacreBLEU's matches.
pub(crate) const OURS: &[Known] = &[
    known("docs", "", Takes::Text),
    known("agg", "", Takes::Word(&["pooled", "doc", "doc-mean", "doc-join"])),
    known("influence", "", Takes::Int),
    known("dictionary", "", Takes::Text),
    known("model", "", Takes::Text),
    known("normalize", "", Takes::Word(&["nfc", "nfd", "nfkc", "nfkd"])),
    known("fold", "", Takes::Nothing),
    known("compatible", "", Takes::Nothing),
    known("function-words", "", Takes::Text),
    known("report", "", Takes::Text),
];

/// The arguments as clap reads them.
pub(crate) fn rewrite(arguments: Vec<OsString>) -> Result<Vec<OsString>, clap::Error> {
    if arguments.get(1).is_none_or(|command| command != "score") {
        return Ok(arguments
            .into_iter()
            .map(|argument| long(&argument).unwrap_or(argument))
            .collect());
    }
    let texts: Vec<String> = arguments[2..]
        .iter()
        .map(|argument| argument.clone().into_string())
        .collect::<Result<_, _>>()
        .map_err(|bad| usage(ErrorKind::InvalidUtf8, format!("{bad:?} is not UTF-8")))?;
    let read = Reader::new(&texts)?.read()?;
    Ok(arguments[..2].iter().cloned().chain(read.into_iter().map(OsString::from)).collect())
}

/// `--tokenize=13a` for `-tok=13a`.
fn long(argument: &OsString) -> Option<OsString> {
    let text = argument.to_str()?.strip_prefix('-')?;
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (text, None),
    };
    let known = SACREBLEU.iter().find(|known| known.short.len() > 1 && known.short == name)?;
    Some(match value {
        Some(value) => format!("--{}={value}", known.long).into(),
        None => format!("--{}", known.long).into(),
    })
}

fn usage(kind: ErrorKind, message: impl std::fmt::Display) -> clap::Error {
    let mut command = crate::command_line();
    command.build();
    match command.find_subcommand_mut("score") {
        Some(score) => score.error(kind, message),
        None => command.error(kind, message),
    }
}

/// An argument as argparse classifies it.
#[derive(Clone, Debug)]
enum Word<'a> {
    /// A value or a positional argument.
    Value,
    /// `--`.
    Dashes,
    /// An option, as it was written, with a value that was glued to it.
    Option(&'static Known, &'a str, Option<&'a str>),
    /// It looks like an option and is none.
    Unknown,
}

/// Reads arguments as argparse does, from left to right.
struct Reader<'a> {
    arguments: &'a [String],
    words: Vec<Word<'a>>,
    at: usize,
    references: Option<Vec<&'a str>>,
    extras: Vec<&'a str>,
    /// The last occurrence of each option, in the order of first occurrences.
    given: Vec<(&'static Known, Vec<String>)>,
}

/// What to do after an option.
enum Then {
    GoOn,
    Stop(&'static str),
}

impl<'a> Reader<'a> {
    fn new(arguments: &'a [String]) -> Result<Self, clap::Error> {
        let mut words = Vec::new();
        for argument in arguments {
            let after_dashes = words.iter().any(|word| matches!(word, Word::Dashes));
            words.push(if after_dashes { Word::Value } else { classify(argument)? });
        }
        Ok(Reader {
            arguments,
            words,
            at: 0,
            references: None,
            extras: Vec::new(),
            given: Vec::new(),
        })
    }

    fn read(mut self) -> Result<Vec<String>, clap::Error> {
        while self.at < self.words.len() {
            match self.words[self.at].clone() {
                Word::Value | Word::Dashes => self.positional(),
                Word::Unknown => {
                    self.extras.push(&self.arguments[self.at]);
                    self.at += 1;
                }
                Word::Option(known, written, glued) => {
                    self.at += 1;
                    if let Then::Stop(long) = self.option(known, written, glued)? {
                        return Ok(vec![format!("--{long}")]);
                    }
                }
            }
        }
        if let Some(extra) = self.extras.first() {
            return Err(unrecognized(extra, &self.extras));
        }
        Ok(self.canonical())
    }

    /// A run of values is the references, the first time.
    fn positional(&mut self) {
        let rest = self.words[self.at..].iter();
        let length = rest.take_while(|word| matches!(word, Word::Value | Word::Dashes)).count();
        let mut run: Vec<&str> =
            self.arguments[self.at..self.at + length].iter().map(String::as_str).collect();
        self.at += length;
        if self.references.is_some() {
            self.extras.extend(run);
            return;
        }
        if let Some(dashes) = run.iter().position(|text| *text == "--") {
            run.remove(dashes);
        }
        self.references = Some(run);
    }

    fn option(
        &mut self,
        known: &'static Known,
        written: &'a str,
        glued: Option<&'a str>,
    ) -> Result<Then, clap::Error> {
        let values = match (known.takes, glued) {
            (Takes::Nothing | Takes::Stop, Some(flags)) => {
                return self.flags(known, written, flags);
            }
            (Takes::Stop, None) => return Ok(Then::Stop(known.long)),
            (_, Some(value)) => vec![value],
            (Takes::Nothing, None) => vec![],
            (Takes::List(least), None) => self.values(known, usize::MAX, least)?,
            (Takes::Metrics, None) => self.values(known, usize::MAX, 1)?,
            _ => self.values(known, 1, 1)?,
        };
        self.give(known, &values)?;
        Ok(Then::GoOn)
    }

    /// `-bq` is `-b -q`.
    fn flags(
        &mut self,
        known: &'static Known,
        written: &'a str,
        flags: &'a str,
    ) -> Result<Then, clap::Error> {
        let first = flags.chars().next();
        let (false, Some(letter)) = (written.starts_with("--"), first) else {
            return Err(ignored(known, flags));
        };
        if known.takes == Takes::Stop {
            return Ok(Then::Stop(known.long));
        }
        let name = letter.to_string();
        let next = SACREBLEU.iter().find(|known| known.short == name);
        let next = next.ok_or_else(|| ignored(known, flags))?;
        self.give(known, &[])?;
        let rest = &flags[letter.len_utf8()..];
        self.option(next, "-", (!rest.is_empty()).then_some(rest))
    }

    /// Takes up to `most` values that follow.
    fn values(
        &mut self,
        known: &Known,
        most: usize,
        least: usize,
    ) -> Result<Vec<&'a str>, clap::Error> {
        let rest = self.words[self.at..].iter().take(most);
        let length = rest.take_while(|word| matches!(word, Word::Value)).count();
        if length < least {
            return Err(usage(
                ErrorKind::TooFewValues,
                format!("a value is required for '{}' but none was supplied", spell(known)),
            ));
        }
        let values = self.arguments[self.at..self.at + length].iter().map(String::as_str).collect();
        self.at += length;
        Ok(values)
    }

    /// Sets an option; what was given before is forgotten.
    fn give(&mut self, known: &'static Known, values: &[&str]) -> Result<(), clap::Error> {
        let excluded = match known.long {
            "paired-ar" => "paired-bs",
            "paired-bs" => "paired-ar",
            _ => "",
        };
        if self.given.iter().any(|(other, _)| other.long == excluded) {
            return Err(usage(
                ErrorKind::ArgumentConflict,
                format!("'{}' cannot be used with '--{excluded}'", spell(known)),
            ));
        }
        let values = values
            .iter()
            .map(|value| check(known, value))
            .collect::<Result<Vec<String>, clap::Error>>()?;
        match self.given.iter_mut().find(|(other, _)| other.long == known.long) {
            Some((_, old)) => *old = values,
            None => self.given.push((known, values)),
        }
        Ok(())
    }

    fn canonical(self) -> Vec<String> {
        let mut out = Vec::new();
        for (known, values) in self.given {
            if values.is_empty() {
                out.push(format!("--{}", known.long));
            }
            out.extend(values.iter().map(|value| format!("--{}={value}", known.long)));
        }
        out.push("--".to_owned());
        out.extend(self.references.unwrap_or_default().into_iter().map(str::to_owned));
        out
    }
}

/// What an argument is, by its first characters alone.
fn classify(argument: &str) -> Result<Word<'_>, clap::Error> {
    if argument == "--" {
        return Ok(Word::Dashes);
    }
    if !argument.starts_with('-') || argument.len() == 1 {
        return Ok(Word::Value);
    }
    let everything = || SACREBLEU.iter().chain(OURS);
    let exact = |text: &str| everything().find(|known| is(known, text));
    if let Some(known) = exact(argument) {
        return Ok(Word::Option(known, argument, None));
    }
    let split = argument.split_once('=');
    if let Some((name, value)) = split
        && let Some(known) = exact(name)
    {
        return Ok(Word::Option(known, argument, Some(value)));
    }
    let mut found = begun(SACREBLEU, argument);
    if found.is_empty() {
        found = begun(OURS, argument);
    }
    match found.as_slice() {
        [(known, value)] => Ok(Word::Option(known, argument, *value)),
        [] if is_number(argument) || argument.contains(' ') => Ok(Word::Value),
        [] => Ok(Word::Unknown),
        several => Err(usage(
            ErrorKind::UnknownArgument,
            format!(
                "'{argument}' could be {}",
                several.iter().map(|(known, _)| spell(known)).collect::<Vec<_>>().join(", ")
            ),
        )),
    }
}

fn is(known: &Known, text: &str) -> bool {
    match text.strip_prefix("--") {
        Some(long) => known.long == long,
        None => !known.short.is_empty() && text.strip_prefix('-') == Some(known.short),
    }
}

/// The options that an argument begins, or, for one dash, that begin it.
fn begun<'a>(
    options: &'static [Known],
    argument: &'a str,
) -> Vec<(&'static Known, Option<&'a str>)> {
    if let Some(long) = argument.strip_prefix("--") {
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (long, None),
        };
        let matching = options.iter().filter(|known| known.long.starts_with(name));
        return matching.map(|known| (known, value)).collect();
    }
    let text = &argument[1..];
    let letter = text.chars().next().map_or(0, char::len_utf8);
    options
        .iter()
        .filter(|known| !known.short.is_empty())
        .filter_map(|known| {
            if known.short == &text[..letter] {
                Some((known, Some(&text[letter..])))
            } else {
                known.short.starts_with(text).then_some((known, None))
            }
        })
        .collect()
}

/// `-1`, `-1.5`, `-.5`: a value, as no option looks like a number.
fn is_number(argument: &str) -> bool {
    let digits = |text: &str| text.chars().all(char::is_numeric);
    let text = &argument[1..];
    match text.split_once('.') {
        None => !text.is_empty() && digits(text),
        Some((whole, part)) => digits(whole) && !part.is_empty() && digits(part),
    }
}

/// The value as clap and Rust read it, if it is of the option's kind.
fn check(known: &Known, value: &str) -> Result<String, clap::Error> {
    let invalid = |hint: String| {
        Err(usage(
            ErrorKind::InvalidValue,
            format!("invalid value '{value}' for '{}'{hint}", spell(known)),
        ))
    };
    match known.takes {
        Takes::Metrics => match bleuprint::metrics::parse(value) {
            Ok(_) => Ok(value.to_owned()),
            Err(error) => invalid(format!(": {error}")),
        },
        Takes::Tokenizer if !DATA_TOKENIZERS.iter().any(|(name, _)| *name == value) => {
            match bleuprint::tokenize::by_name(value) {
                Ok(_) => Ok(value.to_owned()),
                Err(error) => invalid(format!(": {error}")),
            }
        }
        Takes::Int => match number(value).filter(|value| value.parse::<i64>().is_ok()) {
            Some(number) => Ok(number),
            None => invalid(": it takes a whole number".to_owned()),
        },
        Takes::Float => match number(value).filter(|value| value.parse::<f64>().is_ok()) {
            Some(number) => Ok(number),
            None => invalid(": it takes a number".to_owned()),
        },
        Takes::Word(words) if !words.contains(&value) => {
            let near = bleuprint::did_you_mean(value, words.iter().copied());
            let near = near.map_or_else(String::new, |near| format!(", did you mean '{near}'?"));
            invalid(format!("{near} known: {}", words.join(", ")))
        }
        _ => Ok(value.to_owned()),
    }
}

/// A number as Python reads it (white space around, underscores between digits), as Rust reads it.
fn number(text: &str) -> Option<String> {
    let text = bleuprint::text::trim(text);
    let digit = |at: Option<usize>| {
        at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit)
    };
    let between = |(at, _): (usize, &str)| digit(at.checked_sub(1)) && digit(Some(at + 1));
    text.match_indices('_').all(between).then(|| text.replace('_', ""))
}

fn spell(known: &Known) -> String {
    if known.short.is_empty() {
        format!("--{}", known.long)
    } else {
        format!("--{} (-{})", known.long, known.short)
    }
}

fn ignored(known: &Known, value: &str) -> clap::Error {
    usage(
        ErrorKind::TooManyValues,
        format!("unexpected value '{value}' for '{}': it takes none", spell(known)),
    )
}

/// An argument that is neither an option nor in its place.
fn unrecognized(first: &str, all: &[&str]) -> clap::Error {
    let everything = || SACREBLEU.iter().chain(OURS);
    let names: Vec<String> = match first.strip_prefix("--") {
        Some(_) => everything().map(|known| format!("--{}", known.long)).collect(),
        None => everything().map(|known| format!("-{}", known.short)).collect(),
    };
    let name = first.split('=').next().unwrap_or(first);
    let near = bleuprint::did_you_mean(name, names.iter().map(String::as_str))
        .filter(|_| first.starts_with('-'))
        .map_or_else(String::new, |near| format!(", did you mean '{near}'?"));
    let hint = if first.starts_with('-') {
        near
    } else {
        ": references go before the options, in one place".to_owned()
    };
    usage(ErrorKind::UnknownArgument, format!("unexpected argument '{}'{hint}", all.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<String, String> {
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        Reader::new(&arguments)
            .and_then(Reader::read)
            .map(|words| words.join(" "))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn as_argparse_reads() {
        for (line, canonical) in [
            ("ref -i a b -m bleu chrf", "--input=a --input=b --metrics=bleu --metrics=chrf -- ref"),
            ("-i a -- ref", "--input=a -- ref"),
            ("ref -tok=13a -w2", "--tokenize=13a --width=2 -- ref"),
            (
                "ref --tok 13a --chrf-wo 2 -lc",
                "--tokenize=13a --chrf-word-order=2 --lowercase -- ref",
            ),
            ("ref -bqw3 -i", "--score-only --quiet --width=3 --input -- ref"),
            ("ref -m bleu -m chrf", "--metrics=chrf -- ref"),
            ("ref -toknone", "--test-set=oknone -- ref"),
            ("ref -w -1", "--width=-1 -- ref"),
            ("ref --no", "--no-color -- ref"),
            ("-h whatever --nope", "--help"),
        ] {
            assert_eq!(read(line).as_deref(), Ok(canonical), "{line}");
        }
    }

    /// What is read here and what clap knows are the same options.
    #[test]
    fn clap_knows_the_same_options() {
        let mut command = crate::command_line();
        command.build();
        let score = command.find_subcommand("score").unwrap();
        let mut claps: Vec<&str> =
            score.get_arguments().filter_map(clap::Arg::get_long).chain(["cite"]).collect();
        let mut own: Vec<&str> = SACREBLEU.iter().chain(OURS).map(|known| known.long).collect();
        claps.sort_unstable();
        own.sort_unstable();
        assert_eq!(claps, own);
    }

    #[test]
    fn usage_errors_help() {
        for (line, part) in [
            ("ref --tokenise 13a", "did you mean '--tokenize'?"),
            ("ref -lc more", "references go before the options"),
            ("ref -par -pbs", "cannot be used with"),
            ("ref -s exq", "did you mean 'exp'?"),
            ("ref -w x", "it takes a whole number"),
            ("ref --chrf-w 2", "could be --chrf-word-order (-cw), --chrf-whitespace"),
            ("ref -w", "a value is required"),
            ("ref --quiet=3", "it takes none"),
        ] {
            let error = read(line).unwrap_err();
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
