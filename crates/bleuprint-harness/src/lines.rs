//! A text file line by line, as Python programs read it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use bleuprint::text::trim_end;

use crate::encoding::{Encoding, Kind};
use crate::error::{Error, Result};

/// Bytes read from a file at a time.
const BUFFER: usize = 1 << 15;

/// What ends a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Newline {
    /// LF alone, as sacreBLEU reads files: CR is white space at the end of a line.
    #[default]
    Lf,
    /// LF, CR or both, as sacreBLEU reads standard input.
    Universal,
}

/// The lines of a file or of standard input (`-`), each without its end and without the white space
/// before that (Python's `rstrip`).
///
/// Gzip and Zstandard are known by their first bytes, whatever the file is called. Text that is not in
/// the encoding is an error that names line and byte. Memory is one line's (but a file in an encoding
/// other than UTF-8 and Latin-1 is decoded whole).
///
/// ```
/// use bleuprint_harness::{Encoding, Lines};
///
/// let mut lines = Lines::of("two lines", &b"one  \r\n\ntwo"[..], Encoding::default())?;
/// let mut line = String::new();
/// let mut texts = Vec::new();
/// while lines.next_into(&mut line)? {
///     texts.push(line.clone());
/// }
/// assert_eq!(texts, ["one", "", "two"]);
/// # Ok::<(), bleuprint_harness::Error>(())
/// ```
pub struct Lines {
    name: String,
    reader: Box<dyn BufRead + Send>,
    kind: Kind,
    newline: Newline,
    bytes: Vec<u8>,
    number: usize,
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Lines { name, number, .. } = self;
        f.debug_struct("Lines").field("name", name).field("number", number).finish_non_exhaustive()
    }
}

impl Lines {
    /// The lines of a file, or of standard input for `-`.
    ///
    /// # Errors
    ///
    /// A file that does not exist (the nearest name is suggested) or can't be read, a directory.
    pub fn open(path: &str, encoding: Encoding) -> Result<Self> {
        if path == "-" {
            return Lines::of("standard input", io::stdin(), encoding);
        }
        let fail = |error| Error::io(path, error);
        let file = File::open(path).map_err(fail)?;
        if file.metadata().map_err(fail)?.is_dir() {
            return Err(fail(io::ErrorKind::IsADirectory.into()));
        }
        Lines::of(path, file, encoding)
    }

    /// The lines of anything that reads; `name` stands in errors.
    ///
    /// # Errors
    ///
    /// A stream that can't be read.
    pub fn of(name: &str, reader: impl Read + Send + 'static, encoding: Encoding) -> Result<Self> {
        let plain = decompress(Box::new(reader)).map_err(|error| Error::io(name, error))?;
        let (reader, kind): (Box<dyn BufRead + Send>, _) = match encoding.kind() {
            kind @ (Kind::Utf8 | Kind::Utf8Sig | Kind::Latin1) => (plain, kind),
            kind => (Box::new(Cursor::new(decode(name, plain, kind)?)), Kind::Utf8),
        };
        let (name, bytes) = (name.to_owned(), Vec::new());
        Ok(Lines { name, reader, kind, newline: Newline::default(), bytes, number: 0 })
    }

    /// The same lines, ended otherwise.
    #[must_use]
    pub fn ended_by(mut self, newline: Newline) -> Self {
        self.newline = newline;
        self
    }

    /// The file's name as it stands in errors.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many lines have been read.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Puts the next line into `line`; false at the end.
    ///
    /// # Errors
    ///
    /// A file that can't be read further, or text that is not in the encoding.
    pub fn next_into(&mut self, line: &mut String) -> Result<bool> {
        line.clear();
        if self.take_buffered(line).map_err(|error| Error::io(&self.name, error))? {
            return Ok(true);
        }
        self.bytes.clear();
        if !self.fill().map_err(|error| Error::io(&self.name, error))? {
            return Ok(false);
        }
        self.number += 1;
        match self.kind {
            Kind::Latin1 => line.extend(self.bytes.iter().map(|byte| char::from(*byte))),
            _ => line.push_str(self.text()?),
        }
        line.truncate(trim_end(line).len());
        Ok(true)
    }

    /// Puts the next line into `line` if it is plain and all of it has been read already, as nearly all lines are. Else
    /// nothing is read: that is for [`fill`](Lines::fill).
    fn take_buffered(&mut self, line: &mut String) -> io::Result<bool> {
        if (self.kind, self.newline) != (Kind::Utf8, Newline::Lf) {
            return Ok(false);
        }
        let available = self.reader.fill_buf()?;
        let Some(end) = memchr::memchr(b'\n', available) else { return Ok(false) };
        let Ok(text) = simdutf8::basic::from_utf8(&available[..end]) else { return Ok(false) };
        line.push_str(trim_end(text));
        self.reader.consume(end + 1);
        self.number += 1;
        Ok(true)
    }

    /// The bytes of the next line, its end included; false at the end of the file.
    fn fill(&mut self) -> io::Result<bool> {
        if self.newline == Newline::Lf {
            return Ok(self.reader.read_until(b'\n', &mut self.bytes)? > 0);
        }
        loop {
            let available = self.reader.fill_buf()?;
            let Some(end) = available.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                let length = available.len();
                self.bytes.extend_from_slice(available);
                self.reader.consume(length);
                if length == 0 {
                    return Ok(!self.bytes.is_empty());
                }
                continue;
            };
            self.bytes.extend_from_slice(&available[..=end]);
            let carriage_return = available[end] == b'\r';
            self.reader.consume(end + 1);
            if carriage_return && self.reader.fill_buf()?.first() == Some(&b'\n') {
                self.reader.consume(1);
            }
            return Ok(true);
        }
    }

    /// The line as text; without the mark at the start of a file that says it is UTF-8, if that was
    /// asked for.
    fn text(&self) -> Result<&str> {
        let text = std::str::from_utf8(&self.bytes).map_err(|error| {
            let at = error.valid_up_to();
            Error::new(format!(
                "{}:{}:{}: invalid UTF-8 (byte 0x{:02x}): give the file's encoding with -e, or mend it",
                self.name,
                self.number,
                at + 1,
                self.bytes[at]
            ))
        })?;
        let marked = self.number == 1 && self.kind == Kind::Utf8Sig;
        Ok(if marked { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text })
    }
}

/// One line after the other.
impl Iterator for Lines {
    type Item = Result<String>;

    fn next(&mut self) -> Option<Result<String>> {
        let mut line = String::new();
        self.next_into(&mut line).map(|more| more.then_some(line)).transpose()
    }
}

/// All lines of a file, or of standard input for `-`.
///
/// # Errors
///
/// Those of [`Lines`].
pub fn read_lines(path: &str, encoding: Encoding) -> Result<Vec<String>> {
    Lines::open(path, encoding)?.collect()
}

/// A whole text as one string, its white space as it stands, for texts whose lines are not segments.
///
/// # Errors
///
/// Those of [`Lines`].
pub fn read_text(path: &str, encoding: Encoding) -> Result<String> {
    let mut lines = Lines::open(path, encoding)?;
    let mut text = String::new();
    loop {
        lines.bytes.clear();
        if !lines.fill().map_err(|error| Error::io(&lines.name, error))? {
            return Ok(text);
        }
        lines.number += 1;
        match lines.kind {
            Kind::Latin1 => text.extend(lines.bytes.iter().map(|byte| char::from(*byte))),
            _ => text.push_str(lines.text()?),
        }
    }
}

/// The content, decompressed if its first bytes say that it is compressed.
fn decompress(reader: Box<dyn Read + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    let mut reader = reader;
    let mut magic = Vec::with_capacity(4);
    reader.by_ref().take(4).read_to_end(&mut magic)?;
    let kind = magic.clone();
    let whole = Cursor::new(magic).chain(reader);
    let buffered = |reader| BufReader::with_capacity(BUFFER, reader);
    Ok(match kind.as_slice() {
        [0x1f, 0x8b, ..] => {
            let plain: Box<dyn Read + Send> = Box::new(flate2::read::MultiGzDecoder::new(whole));
            Box::new(buffered(plain))
        }
        [0x28, 0xb5, 0x2f, 0xfd] => {
            let plain: Box<dyn Read + Send> = Box::new(zstd::Decoder::new(whole)?);
            Box::new(buffered(plain))
        }
        _ => Box::new(buffered(Box::new(whole) as Box<dyn Read + Send>)),
    })
}

/// The whole content as UTF-8.
fn decode(name: &str, mut reader: Box<dyn BufRead + Send>, kind: Kind) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| Error::io(name, error))?;
    let (encoding, bytes) = match kind {
        Kind::Web(encoding) => (encoding, bytes.as_slice()),
        _ => match bytes.as_slice() {
            [0xfe, 0xff, rest @ ..] => (encoding_rs::UTF_16BE, rest),
            [0xff, 0xfe, rest @ ..] => (encoding_rs::UTF_16LE, rest),
            rest => (encoding_rs::UTF_16LE, rest),
        },
    };
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned().into_bytes()),
        None => Err(Error::new(format!(
            "{name} is not {}: give the file's encoding with -e, or mend it",
            encoding.name()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &'static [u8], encoding: &str, newline: Newline) -> Result<Vec<String>> {
        Lines::of("x", bytes, encoding.parse().unwrap()).unwrap().ended_by(newline).collect()
    }

    #[test]
    fn only_lf_ends_a_line_of_a_file() {
        let bytes = "a\r\nb\rc\u{85}d \u{2028}\n\n\u{3000}e".as_bytes();
        let read = lines(bytes, "utf-8", Newline::Lf).unwrap();
        assert_eq!(read, ["a", "b\rc\u{85}d", "", "\u{3000}e"]);
    }

    #[test]
    fn cr_ends_a_line_where_newlines_are_universal() {
        let read = lines(b"a\r\nb\rc\n\rd", "utf-8", Newline::Universal).unwrap();
        assert_eq!(read, ["a", "b", "c", "", "d"]);
    }

    #[test]
    fn an_invalid_byte_is_named() {
        let error = lines(b"ok\nab\xffc\n", "utf-8", Newline::Lf).unwrap_err();
        assert!(error.to_string().starts_with("x:2:3: invalid UTF-8 (byte 0xff)"), "{error}");
    }

    #[test]
    fn encodings() {
        assert_eq!(lines(b"\xef\xbb\xbfa", "utf-8", Newline::Lf).unwrap(), ["\u{feff}a"]);
        assert_eq!(lines(b"\xef\xbb\xbfa", "utf-8-sig", Newline::Lf).unwrap(), ["a"]);
        assert_eq!(lines(b"\xe9\x80b", "latin-1", Newline::Lf).unwrap(), ["é\u{80}b"]);
        assert_eq!(lines(b"\xff\xfea\0\n\0b\0", "utf-16", Newline::Lf).unwrap(), ["a", "b"]);
        assert_eq!(lines(b"\0a\0\n\0b", "utf-16-be", Newline::Lf).unwrap(), ["a", "b"]);
        assert_eq!(lines(b"\x80", "cp1252", Newline::Lf).unwrap(), ["€"]);
        assert!(Lines::of("x", &b"\xff"[..], "gbk".parse().unwrap()).is_err());
    }

    #[test]
    fn compressed_by_content() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut gz, b"one\ntwo\n").unwrap();
        let gz = gz.finish().unwrap();
        let zst = zstd::encode_all(&b"one\ntwo\n"[..], 1).unwrap();
        for bytes in [gz, zst] {
            let read: Result<Vec<_>> =
                Lines::of("x", Cursor::new(bytes), Encoding::default()).unwrap().collect();
            assert_eq!(read.unwrap(), ["one", "two"]);
        }
    }
}
