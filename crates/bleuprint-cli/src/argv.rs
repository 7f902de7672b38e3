//! The arguments before clap sees them: sacreBLEU's short options have several letters (`-tok`).

use std::ffi::OsString;

/// Short options of several letters and the long ones that they stand for.
pub(crate) const SHORT: &[(&str, &str)] = &[
    ("ol", "origlang"),
    ("nr", "num-refs"),
    ("sl", "sentence-level"),
    ("sv", "smooth-value"),
    ("tok", "tokenize"),
    ("lc", "lowercase"),
    ("cc", "chrf-char-order"),
    ("cw", "chrf-word-order"),
    ("ci", "confidence"),
    ("cin", "confidence-n"),
    ("par", "paired-ar"),
    ("pbs", "paired-bs"),
    ("parn", "paired-ar-n"),
    ("pbsn", "paired-bs-n"),
    ("sh", "short"),
    ("nc", "no-color"),
];

/// The arguments as clap reads them.
pub(crate) fn rewrite(arguments: Vec<OsString>) -> Result<Vec<OsString>, clap::Error> {
    Ok(arguments.into_iter().map(|argument| long(&argument).unwrap_or(argument)).collect())
}

/// `--tokenize=13a` for `-tok=13a`.
fn long(argument: &OsString) -> Option<OsString> {
    let text = argument.to_str()?.strip_prefix('-')?;
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (text, None),
    };
    let (_, long) = SHORT.iter().find(|(short, _)| *short == name)?;
    Some(match value {
        Some(value) => format!("--{long}={value}").into(),
        None => format!("--{long}").into(),
    })
}
