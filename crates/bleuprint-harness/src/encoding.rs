//! Encodings by name.

use std::str::FromStr;

use crate::error::{Error, Result};

/// How the bytes of a file are text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Encoding(Kind);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Kind {
    /// A byte order mark is text, as for Python.
    #[default]
    Utf8,
    /// A byte order mark at the start is dropped.
    Utf8Sig,
    /// Every byte is the code point of its number.
    Latin1,
    /// Whatever the web knows, UTF-16 among them: decoded whole.
    Web(&'static encoding_rs::Encoding),
    /// UTF-16 whose byte order mark says the order; little endian without one.
    Utf16,
}

/// Names that are suggested for a mistyped one.
const KNOWN: [&str; 14] = [
    "utf-8",
    "utf-8-sig",
    "latin-1",
    "iso-8859-1",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "cp1252",
    "gb18030",
    "gbk",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
];

impl Encoding {
    pub(crate) fn kind(self) -> Kind {
        self.0
    }
}

/// Reads Python's names of the common encodings and the labels of the WHATWG encoding standard.
///
/// ```
/// use bleuprint_harness::Encoding;
///
/// assert_eq!("UTF8".parse::<Encoding>()?, Encoding::default());
/// let error = "utf-9".parse::<Encoding>().unwrap_err();
/// assert!(error.to_string().contains("did you mean 'utf-8'?"));
/// # Ok::<(), bleuprint_harness::Error>(())
/// ```
impl FromStr for Encoding {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let plain = name.to_ascii_lowercase().replace(['_', ' '], "-");
        let kind = match plain.as_str() {
            "utf-8" | "utf8" | "u8" | "utf" | "ascii" | "us-ascii" => Kind::Utf8,
            "utf-8-sig" | "utf8-sig" => Kind::Utf8Sig,
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "l1" | "8859" | "cp819" => {
                Kind::Latin1
            }
            "utf-16" | "utf16" | "u16" => Kind::Utf16,
            "utf-16le" | "utf-16-le" => Kind::Web(encoding_rs::UTF_16LE),
            "utf-16be" | "utf-16-be" => Kind::Web(encoding_rs::UTF_16BE),
            _ => Kind::Web(web(name, &plain)?),
        };
        Ok(Encoding(kind))
    }
}

fn web(name: &str, plain: &str) -> Result<&'static encoding_rs::Encoding> {
    [name, plain, &plain.replace('-', "_")]
        .iter()
        .find_map(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .filter(|found| *found != encoding_rs::REPLACEMENT)
        .ok_or_else(|| {
            let near = bleuprint::did_you_mean(name, KNOWN);
            let hint = near.map_or_else(String::new, |near| format!(", did you mean '{near}'?"));
            Error::new(format!("unknown encoding '{name}'{hint}; known: {} ...", KNOWN.join(", ")))
        })
}
