//! `flores101`, `flores200`, `spBLEU-1K` and any other subword model of SentencePiece (feature
//! `sentencepiece`).
//!
//! [`model`] reads the file, [`normalize`] rewrites the text, [`cut`] cuts it into pieces.

mod cut;
mod model;
mod normalize;
mod trie;

use std::fmt::{self, Write};

use self::cut::{Cut, Scratch};
use self::model::{Algorithm, Kind, Model, Piece};
use self::normalize::Normalizer;
use self::trie::Trie;
use super::Tokenize;
use super::data::{File, Pool, push_words, short_hash};
use crate::error::Result;
use crate::text::Tokens;

/// A subword model that sacreBLEU knows by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpmModel {
    /// sacreBLEU's option.
    pub option: &'static str,
    /// What stands in signatures.
    pub signature: &'static str,
    /// The name of the file, in the folder `models` of sacreBLEU's cache.
    pub file: &'static str,
    /// Where sacreBLEU fetches it.
    pub url: &'static str,
}

const FLORES101: SpmModel = SpmModel {
    option: "flores101",
    signature: "flores101",
    file: "sacrebleu_tokenizer_spm.model",
    url: "https://dl.fbaipublicfiles.com/fairseq/models/flores/sacrebleu_tokenizer_spm.model",
};

/// sacreBLEU's subword models; `spm` is an old name of `flores101`.
pub const SPM_MODELS: &[SpmModel] = &[
    SpmModel { option: "spm", ..FLORES101 },
    FLORES101,
    SpmModel {
        option: "flores200",
        signature: "flores200",
        file: "flores200sacrebleuspm",
        url: "https://tinyurl.com/flores200sacrebleuspm",
    },
    SpmModel {
        option: "spBLEU-1K",
        signature: "spBLEU-1K",
        file: "spbleu-1k_tokenizer_spm.model",
        url: "https://www.dlnlp.ai/spBLEU-1K/spbleu-1k_tokenizer_spm.model",
    },
];

/// The pieces of a SentencePiece model (Kudo and Richardson, EMNLP 2018): what spBLEU (Goyal et al., TACL
/// 2022) counts instead of words.
///
/// # Definition
///
/// The model's own normalization rewrites the text and marks spaces with U+2581; its algorithm then cuts
/// it: the likeliest pieces (unigram), merges in the order of their scores (BPE), words, or characters. A
/// character that no piece has is an unknown piece, joined with unknown neighbours, or its bytes, if the model has
/// byte pieces.
///
/// # Parity
///
/// The pieces of sentencepiece 0.2.3, to the rounding of its sums, for models of all four algorithms.
/// A piece with white space in it (a model that keeps spaces) is split there, as sacreBLEU does after it.
///
/// # Signature
///
/// The name of sacreBLEU's models is given with [`new`](SentencePiece::new); any other model is named by its
/// file and hash, [`hashed`](SentencePiece::hashed).
///
/// # Complexity
///
/// Unigram: time linear in the text times the longest piece. BPE: n log n in the length of the text.
pub struct SentencePiece {
    name: String,
    algorithm: Algorithm,
    normalizer: Normalizer,
    vocabulary: Vocabulary,
    byte_fallback: bool,
    scratch: Pool<Scratch>,
}

impl SentencePiece {
    /// A model by its bytes, and the name that stands in signatures.
    ///
    /// # Errors
    ///
    /// Bytes that are no model, or a damaged one; the error names the byte.
    pub fn new(model: &[u8], name: impl Into<String>) -> Result<Self> {
        let file = File { name: "the model", bytes: model };
        let model = Model::read(file)?;
        let (vocabulary, symbols) = Vocabulary::new(file, &model)?;
        Ok(SentencePiece {
            name: name.into(),
            algorithm: model.algorithm,
            normalizer: Normalizer::new(file, &model, symbols)?,
            vocabulary,
            byte_fallback: model.byte_fallback,
            scratch: Pool::new(),
        })
    }

    /// A model by its bytes, named in signatures by its file and the first 12 digits of its SHA-256.
    ///
    /// # Errors
    ///
    /// As [`new`](SentencePiece::new).
    pub fn hashed(model: &[u8], file: &str) -> Result<Self> {
        // A bar or white space would end the name in a signature.
        let file = file.replace(|c: char| c == '|' || c.is_whitespace(), "_");
        Self::new(model, format!("{file}-{}", short_hash(&[model])))
    }

    /// The number of pieces in the vocabulary.
    pub fn vocabulary_size(&self) -> usize {
        self.vocabulary.kinds.len()
    }

    fn cut(&self, text: &str, scratch: &mut Scratch) {
        scratch.cuts.clear();
        let cut = match self.algorithm {
            Algorithm::Unigram => cut::unigram,
            Algorithm::Bpe => cut::bpe,
            Algorithm::Word => cut::words,
            Algorithm::Char => cut::chars,
        };
        cut(&self.vocabulary, text, scratch);
    }

    /// Pushes the pieces; bytes are written behind the text.
    fn push(&self, cuts: &[Cut], mut text: String, tokens: &mut Tokens) {
        let mut cuts = cuts.iter().copied().peekable();
        while let Some(Cut { start, mut end, unknown }) = cuts.next() {
            if unknown && self.byte_fallback {
                for at in start..end {
                    let (from, byte) = (text.len(), text.as_bytes()[at]);
                    // Writing to a string cannot fail.
                    let _ = write!(text, "<0x{byte:02X}>");
                    tokens.push(from, text.len());
                }
                continue;
            }
            while let Some(more) = cuts.next_if(|more| unknown && more.unknown) {
                end = more.end;
            }
            push_words(&text[start..end], start, tokens);
        }
        *tokens.text_mut() = text;
    }
}

impl fmt::Debug for SentencePiece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentencePiece")
            .field("name", &self.name)
            .field("algorithm", &self.algorithm)
            .field("vocabulary_size", &self.vocabulary_size())
            .finish_non_exhaustive()
    }
}

impl Tokenize for SentencePiece {
    fn name(&self) -> &str {
        &self.name
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        tokens.reset("");
        let mut normal = std::mem::take(tokens.text_mut());
        self.normalizer.normalize(text, &mut normal);
        self.scratch.with(|scratch| {
            self.cut(&normal, scratch);
            self.push(&scratch.cuts, normal, tokens);
        });
    }
}

/// The pieces of a model, as the algorithms ask for them.
#[derive(Debug)]
struct Vocabulary {
    /// Pieces that can stand in a text.
    trie: Trie,
    scores: Vec<f32>,
    kinds: Vec<Kind>,
    /// User-defined symbols.
    symbols: Trie,
    /// The least score of a normal piece.
    least_score: f32,
}

impl Vocabulary {
    /// Checks the pieces; also returns the user-defined symbols for the normalization.
    fn new(file: File<'_>, model: &Model<'_>) -> Result<(Self, Trie)> {
        check_pieces(file, model)?;
        let pieces = model.pieces.iter().zip(0_u32..);
        let of = |wanted: fn(&Piece<'_>) -> bool| -> Result<Vec<(&str, u32)>> {
            let found = pieces.clone().filter(|(piece, _)| wanted(piece));
            let mut found: Vec<_> = found.map(|(piece, id)| (piece.text, id)).collect();
            found.sort_unstable();
            match found.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                None => Ok(found),
                Some(pair) => {
                    let at = model.pieces[pair[1].1 as usize].at;
                    Err(file.error(at, format!("the piece '{}' is there twice", pair[1].0)))
                }
            }
        };
        let symbols = of(|piece| piece.kind == Kind::UserDefined)?;
        let normal = model.pieces.iter().filter(|piece| piece.kind == Kind::Normal);
        of(|piece| !piece.kind.is_in_texts())?;
        let vocabulary = Vocabulary {
            trie: Trie::new(&of(|piece| piece.kind.is_in_texts())?),
            scores: model.pieces.iter().map(|piece| piece.score).collect(),
            kinds: model.pieces.iter().map(|piece| piece.kind).collect(),
            symbols: Trie::new(&symbols),
            least_score: normal.fold(f32::MAX, |least, piece| least.min(piece.score)),
        };
        Ok((vocabulary, Trie::new(&symbols)))
    }

    /// The score of a piece of a length in a text; none for an unused one.
    #[inline]
    fn score(&self, id: u32, length: usize) -> Option<f32> {
        match self.kind(id) {
            Kind::Unused => None,
            // A symbol of one byte is certain, and longer ones are better than that.
            Kind::UserDefined => Some((length as f64 * 0.1 - 0.1) as f32),
            _ => self.scores.get(id as usize).copied(),
        }
    }

    #[inline]
    fn kind(&self, id: u32) -> Kind {
        self.kinds.get(id as usize).copied().unwrap_or_default()
    }

    /// The number of a piece that can stand in a text.
    fn id(&self, text: &str) -> Option<u32> {
        self.trie.get(text)
    }

    /// Whether a text is no piece, or one that only serves for merging.
    fn is_unknown(&self, text: &str) -> bool {
        self.id(text).is_none_or(|id| self.kind(id) == Kind::Unused)
    }

    /// The length of the symbol or character that a text begins with, and whether it is a symbol.
    #[inline]
    fn first(&self, text: &str) -> (usize, bool) {
        match self.symbols.longest_prefix(text) {
            Some(length) => (length, true),
            None => (text.chars().next().map_or(0, char::len_utf8), false),
        }
    }
}

fn check_pieces(file: File<'_>, model: &Model<'_>) -> Result<()> {
    let mut bytes = [false; 256];
    let mut unknown = 0;
    for piece in &model.pieces {
        if piece.text.is_empty() || piece.text.contains('\0') {
            return Err(file.error(piece.at, "a piece is empty or has a U+0000 in it"));
        }
        unknown += usize::from(piece.kind == Kind::Unknown);
        if piece.kind == Kind::Byte {
            match byte_of(piece.text).filter(|_| model.byte_fallback) {
                Some(byte) => bytes[usize::from(byte)] = true,
                None => {
                    let problem = format!("'{}' is no byte piece of this model", piece.text);
                    return Err(file.error(piece.at, problem));
                }
            }
        }
    }
    if unknown != 1 {
        let problem =
            format!("is no SentencePiece model: it has {unknown} unknown pieces, not one");
        return Err(file.error(0, problem));
    }
    if model.byte_fallback && bytes.contains(&false) {
        return Err(file.error(0, "the model has not all 256 byte pieces"));
    }
    Ok(())
}

/// The byte that a piece such as `<0x0A>` stands for.
fn byte_of(piece: &str) -> Option<u8> {
    let digits = piece.strip_prefix("<0x")?.strip_suffix('>')?;
    let upper = digits.len() == 2 && !digits.bytes().any(|byte| byte.is_ascii_lowercase());
    upper.then(|| u8::from_str_radix(digits, 16).ok()).flatten()
}
