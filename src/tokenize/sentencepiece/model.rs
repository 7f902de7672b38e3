//! The model file: the part of SentencePiece's protocol buffer that decides pieces.
//!
//! A message is a run of fields; a field is a number and a wire type in one varint, and a value. Fields that
//! are not wanted are skipped, as protocol buffers have it.

use std::ops::Range;

use crate::error::Result;
use crate::tokenize::data::File;

/// How a model cuts a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Algorithm {
    #[default]
    Unigram,
    Bpe,
    Word,
    Char,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Normal,
    Unknown,
    Control,
    UserDefined,
    Unused,
    Byte,
}

impl Kind {
    /// Whether the piece can be found in a text.
    pub(super) fn is_in_texts(self) -> bool {
        matches!(self, Kind::Normal | Kind::UserDefined | Kind::Unused)
    }
}

/// One entry of the vocabulary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) score: f32,
    pub(super) kind: Kind,
    /// Where it stands in the file.
    pub(super) at: usize,
}

/// A model file, read but not yet checked.
#[derive(Debug)]
pub(super) struct Model<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) algorithm: Algorithm,
    pub(super) byte_fallback: bool,
    pub(super) whitespace_as_suffix: bool,
    /// Where the precompiled normalization rules stand.
    pub(super) charsmap: Range<usize>,
    pub(super) dummy_prefix: bool,
    pub(super) remove_extra_whitespace: bool,
    pub(super) escape_whitespace: bool,
}

impl<'a> Model<'a> {
    pub(super) fn read(file: File<'a>) -> Result<Self> {
        let mut model = Model {
            pieces: Vec::new(),
            algorithm: Algorithm::default(),
            byte_fallback: false,
            whitespace_as_suffix: false,
            charsmap: 0..0,
            dummy_prefix: true,
            remove_extra_whitespace: true,
            escape_whitespace: true,
        };
        let mut fields = Fields { file, at: 0, end: file.bytes.len() };
        while let Some((number, value)) = fields.next()? {
            match (number, value) {
                (1, Value::Bytes(range)) => model.pieces.push(read_piece(file, range)?),
                (2, Value::Bytes(range)) => model.read_trainer(file, range)?,
                (3, Value::Bytes(range)) => model.read_normalizer(file, range)?,
                _ => {}
            }
        }
        Ok(model)
    }

    fn read_trainer(&mut self, file: File<'a>, range: Range<usize>) -> Result<()> {
        let mut fields = Fields { file, at: range.start, end: range.end };
        while let Some((number, value)) = fields.next()? {
            match (number, value) {
                (3, Value::Number(1)) => self.algorithm = Algorithm::Unigram,
                (3, Value::Number(2)) => self.algorithm = Algorithm::Bpe,
                (3, Value::Number(3)) => self.algorithm = Algorithm::Word,
                (3, Value::Number(4)) => self.algorithm = Algorithm::Char,
                (24, Value::Number(flag)) => self.whitespace_as_suffix = flag != 0,
                (35, Value::Number(flag)) => self.byte_fallback = flag != 0,
                _ => {}
            }
        }
        Ok(())
    }

    fn read_normalizer(&mut self, file: File<'a>, range: Range<usize>) -> Result<()> {
        let mut fields = Fields { file, at: range.start, end: range.end };
        while let Some((number, value)) = fields.next()? {
            match (number, value) {
                (2, Value::Bytes(range)) => self.charsmap = range,
                (3, Value::Number(flag)) => self.dummy_prefix = flag != 0,
                (4, Value::Number(flag)) => self.remove_extra_whitespace = flag != 0,
                (5, Value::Number(flag)) => self.escape_whitespace = flag != 0,
                _ => {}
            }
        }
        Ok(())
    }
}

fn read_piece(file: File<'_>, range: Range<usize>) -> Result<Piece<'_>> {
    let mut piece = Piece { text: "", score: 0.0, kind: Kind::Normal, at: range.start };
    let mut fields = Fields { file, at: range.start, end: range.end };
    while let Some((number, value)) = fields.next()? {
        match (number, value) {
            (1, Value::Bytes(range)) => {
                let bytes = file.slice(range.start, range.len())?;
                piece.text = std::str::from_utf8(bytes)
                    .map_err(|_| file.error(range.start, "a piece is no UTF-8"))?;
            }
            (2, Value::Word(bits)) => piece.score = f32::from_bits(bits),
            (3, Value::Number(kind)) => piece.kind = kind_of(kind).unwrap_or(piece.kind),
            _ => {}
        }
    }
    Ok(piece)
}

fn kind_of(number: u64) -> Option<Kind> {
    Some(match number {
        1 => Kind::Normal,
        2 => Kind::Unknown,
        3 => Kind::Control,
        4 => Kind::UserDefined,
        5 => Kind::Unused,
        6 => Kind::Byte,
        _ => return None,
    })
}

/// A field's value.
enum Value {
    /// A varint.
    Number(u64),
    /// 32 bits.
    Word(u32),
    /// A range of the file: bytes, text or a message.
    Bytes(Range<usize>),
    /// 64 bits, which nothing here has.
    Other,
}

/// The fields of the message between two places.
struct Fields<'a> {
    file: File<'a>,
    at: usize,
    end: usize,
}

impl Fields<'_> {
    fn next(&mut self) -> Result<Option<(u64, Value)>> {
        if self.at >= self.end {
            return Ok(None);
        }
        let start = self.at;
        let tag = self.varint()?;
        let value = match tag & 7 {
            0 => Value::Number(self.varint()?),
            1 => {
                self.skip(8)?;
                Value::Other
            }
            2 => {
                let length = usize::try_from(self.varint()?).unwrap_or(usize::MAX);
                let start = self.at;
                self.skip(length)?;
                Value::Bytes(start..self.at)
            }
            5 => {
                self.skip(4)?;
                Value::Word(self.file.u32(self.at - 4)?)
            }
            wire => return Err(self.file.error(start, format!("a field has wire type {wire}"))),
        };
        Ok(Some((tag >> 3, value)))
    }

    /// Seven bits a byte, the low ones first; the highest bit says that more follow.
    fn varint(&mut self) -> Result<u64> {
        let start = self.at;
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            self.skip(1)?;
            let byte = self.file.bytes[self.at - 1];
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(self.file.error(start, "a number has more than ten bytes"))
    }

    /// Moves on, within the message.
    fn skip(&mut self, length: usize) -> Result<()> {
        match self.at.checked_add(length).filter(|end| *end <= self.end) {
            Some(end) => {
                self.at = end;
                Ok(())
            }
            None => Err(self.file.error(self.at, "a field is longer than its message")),
        }
    }
}
