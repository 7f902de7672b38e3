//! What went wrong, where, and what to do.
//!
//! One opaque [`Error`] serves the whole library. Its text names the place (segment, line or
//! option) and the remedy; programs ask it questions with the `is_*` methods.

use std::fmt;

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An input or a configuration that the library cannot work with.
///
/// Segments are counted from 0, as slices are; the text of an error says *line N* counted from 1
/// beside it, as editors do.
///
/// ```
/// use bleuprint::{Bleu, Metric, References};
///
/// let references = References::single(&["one line", "another line"]);
/// let error = Bleu::default().corpus(&["only one"], &references).unwrap_err();
/// assert!(error.is_length_mismatch());
/// assert_eq!(
///     error.to_string(),
///     "1 hypothesis segment but 2 reference segments: hypothesis segment 1 (line 2) is missing"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Length { hypotheses: usize, references: usize, transposed: bool },
    Streams { first: usize, stream: usize, length: usize },
    NoSegments,
    NoReferences { segment: Option<usize> },
    TooManyReferences { metric: &'static str, segment: usize, count: usize, limit: usize },
    Config { what: String },
    Unknown { what: &'static str, name: String, suggestion: Option<String>, known: Vec<String> },
    Signature { text: String, problem: String },
    Overflow { column: String },
    Tables { problem: String },
    Data { file: String, at: usize, problem: String },
}

impl Error {
    #[cold]
    const fn new(kind: Kind) -> Self {
        Error { kind }
    }

    /// `hypotheses` and `references` differ; `transposed` says that the number of reference streams
    /// equals the number of hypotheses, so that the matrix looks turned round.
    #[cold]
    pub(crate) fn length(hypotheses: usize, references: usize, transposed: bool) -> Self {
        Self::new(Kind::Length { hypotheses, references, transposed })
    }

    #[cold]
    pub(crate) fn streams(first: usize, stream: usize, length: usize) -> Self {
        Self::new(Kind::Streams { first, stream, length })
    }

    #[cold]
    pub(crate) fn no_segments() -> Self {
        Self::new(Kind::NoSegments)
    }

    #[cold]
    pub(crate) fn no_references(segment: Option<usize>) -> Self {
        Self::new(Kind::NoReferences { segment })
    }

    #[cold]
    pub(crate) fn too_many_references(metric: &'static str, count: usize, limit: usize) -> Self {
        Self::new(Kind::TooManyReferences { metric, segment: 0, count, limit })
    }

    /// A setting that is out of its range; the text says the range.
    #[cold]
    pub(crate) fn config(what: impl Into<String>) -> Self {
        Self::new(Kind::Config { what: what.into() })
    }

    /// A name that is not among the known ones; the nearest is suggested.
    #[cold]
    pub(crate) fn unknown<'a>(
        what: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
        let suggestion = did_you_mean(name, known.iter().map(String::as_str)).map(str::to_owned);
        Self::new(Kind::Unknown { what, name: name.to_owned(), suggestion, known })
    }

    #[cold]
    pub(crate) fn signature(text: &str, problem: impl Into<String>) -> Self {
        Self::new(Kind::Signature { text: text.to_owned(), problem: problem.into() })
    }

    #[cold]
    pub(crate) fn overflow(column: &str) -> Self {
        Self::new(Kind::Overflow { column: column.to_owned() })
    }

    #[cold]
    pub(crate) fn tables(problem: impl Into<String>) -> Self {
        Self::new(Kind::Tables { problem: problem.into() })
    }

    /// A file of data (a dictionary, a model) that is damaged or another kind of file, and where.
    #[cold]
    #[allow(dead_code, reason = "only tokenizers that read data have a use for it")]
    pub(crate) fn data(file: &str, at: usize, problem: impl Into<String>) -> Self {
        Self::new(Kind::Data { file: file.to_owned(), at, problem: problem.into() })
    }

    /// The same error, seen from a corpus: names the segment where it happened.
    #[cold]
    pub(crate) fn at_segment(mut self, at: usize) -> Self {
        match &mut self.kind {
            Kind::NoReferences { segment } => *segment = Some(at),
            Kind::TooManyReferences { segment, .. } => *segment = at,
            _ => {}
        }
        self
    }

    /// Hypotheses and references, or two reference streams, have different numbers of segments.
    pub fn is_length_mismatch(&self) -> bool {
        matches!(self.kind, Kind::Length { .. } | Kind::Streams { .. })
    }

    /// There is nothing to score: no segment at all, or a segment without any reference.
    pub fn is_empty(&self) -> bool {
        matches!(self.kind, Kind::NoSegments | Kind::NoReferences { .. })
    }

    /// A setting, a name or a signature that means nothing here.
    pub fn is_config(&self) -> bool {
        matches!(
            self.kind,
            Kind::Config { .. }
                | Kind::Unknown { .. }
                | Kind::Signature { .. }
                | Kind::TooManyReferences { .. }
        )
    }

    /// A sum of counts left the range of 64 bits.
    pub fn is_overflow(&self) -> bool {
        matches!(self.kind, Kind::Overflow { .. })
    }

    /// A dictionary or a model that is damaged, or is none.
    pub fn is_data(&self) -> bool {
        matches!(self.kind, Kind::Data { .. })
    }

    /// Tables that don't belong together, or a group or segment that a table doesn't have.
    pub fn is_table(&self) -> bool {
        matches!(self.kind, Kind::Tables { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Length { hypotheses, references, transposed } => {
                let (h, r) = (*hypotheses, *references);
                write!(
                    f,
                    "{h} hypothesis segment{} but {r} reference segment{}: {} segment {} (line {}) is \
                     missing",
                    plural(h),
                    plural(r),
                    if h < r { "hypothesis" } else { "reference" },
                    h.min(r),
                    h.min(r) + 1
                )?;
                if *transposed {
                    write!(
                        f,
                        "; there are as many reference streams as hypotheses: the reference matrix \
                         looks transposed, use References::by_segment for one list a segment and \
                         References::by_stream for one list a reference"
                    )?;
                }
                Ok(())
            }
            Kind::Streams { first, stream, length } => write!(
                f,
                "reference stream {stream} has {length} segment{} but stream 0 has {first}: segment {} \
                 (line {}) of stream {} is missing",
                plural(*length),
                first.min(length),
                first.min(length) + 1,
                if length < first { *stream } else { 0 },
            ),
            Kind::NoSegments => f.write_str("no segments: a score needs at least one"),
            Kind::NoReferences { segment: None } => {
                f.write_str("no references: a score needs at least one for each segment")
            }
            Kind::NoReferences { segment: Some(segment) } => write!(
                f,
                "segment {segment} (line {}) has no reference: give one, or an empty string for an \
                 empty one",
                segment + 1
            ),
            Kind::TooManyReferences { metric, segment, count, limit } => write!(
                f,
                "segment {segment} (line {}) has {count} references: {metric} takes at most {limit}",
                segment + 1
            ),
            Kind::Config { what } => f.write_str(what),
            Kind::Unknown { what, name, suggestion, known } => {
                write!(f, "unknown {what} '{name}'")?;
                match suggestion {
                    Some(suggestion) => write!(f, ", did you mean '{suggestion}'?")?,
                    None => f.write_str(":")?,
                }
                write!(f, " known: {}", known.join(", "))
            }
            Kind::Signature { text, problem } => write!(f, "signature '{text}': {problem}"),
            Kind::Overflow { column } => write!(
                f,
                "the sum of column '{column}' does not fit in 64 bits: score the corpus in parts"
            ),
            Kind::Tables { problem } => f.write_str(problem),
            Kind::Data { file, at, problem } => write!(f, "{file}, byte {at}: {problem}"),
        }
    }
}

impl std::error::Error for Error {}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// The known name nearest to `name`, if one is near enough to be what was meant
/// (Damerau-Levenshtein distance of at most a third of the length, after case folding).
///
/// ```
/// assert_eq!(bleuprint::did_you_mean("blue", ["bleu", "chrf", "ter"]), Some("bleu"));
/// assert_eq!(bleuprint::did_you_mean("meteorology", ["bleu", "chrf", "ter"]), None);
/// ```
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let limit = (name.chars().count().div_ceil(3)).max(1);
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
