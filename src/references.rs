//! References that know which way round they are.

use crate::error::{Error, Result};

/// The references of a corpus: for each segment, one or more human translations.
///
/// A missing reference is `None`; an empty string is a reference that is empty, which is something
/// else (it has length 0 and can win BLEU's closest-length contest). Nothing is guessed and nothing
/// is cut: a matrix that is not rectangular is an error from [`by_stream`](References::by_stream).
///
/// ```
/// use bleuprint::References;
///
/// // One reference a segment.
/// let single = References::single(&["the cat sat", "a dog barked"]);
/// assert_eq!((single.len(), single.count()), (2, Some(1)));
///
/// // Two files of references, as sacreBLEU has them: one list a stream.
/// let streams = References::by_stream(&[["the cat sat", "a dog barked"], ["a cat sat", "dogs bark"]])?;
/// assert_eq!(streams.segment(1), ["a dog barked", "dogs bark"]);
///
/// // One list a segment; the number of references may vary.
/// let texts = [vec!["the cat sat"], vec!["a dog barked", "dogs bark"]];
/// let segments = References::by_segment(&texts);
/// assert_eq!(segments.count(), None);
/// # Ok::<(), bleuprint::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct References<'a> {
    /// The references of all segments, one segment after the other.
    texts: Vec<&'a str>,
    /// Where each segment's references end in `texts`.
    ends: Vec<usize>,
    /// The number of streams, when it was given stream by stream.
    streams: Option<usize>,
}

impl<'a> References<'a> {
    /// One reference a segment.
    pub fn single<T: AsReference>(references: &'a [T]) -> Self {
        let mut built = Self::with_capacity(references.len());
        for reference in references {
            built.push([reference.as_reference()]);
        }
        built.streams = Some(1);
        built
    }

    /// One list a reference stream (`references[stream][segment]`), as sacreBLEU has them.
    ///
    /// # Errors
    ///
    /// No streams, or streams of different lengths: the error names the first that differs.
    pub fn by_stream<S: AsRef<[T]>, T: AsReference + 'a>(references: &'a [S]) -> Result<Self> {
        let first = references.first().ok_or_else(|| Error::no_references(None))?.as_ref().len();
        for (stream, texts) in references.iter().enumerate() {
            let length = texts.as_ref().len();
            if length != first {
                return Err(Error::streams(first, stream, length));
            }
        }
        let mut built = Self::with_capacity(first);
        for segment in 0..first {
            built.push(references.iter().map(|stream| stream.as_ref()[segment].as_reference()));
        }
        built.streams = Some(references.len());
        Ok(built)
    }

    /// One list a segment (`references[segment][reference]`).
    pub fn by_segment<S: AsRef<[T]>, T: AsReference + 'a>(references: &'a [S]) -> Self {
        let mut built = Self::with_capacity(references.len());
        for segment in references {
            built.push(segment.as_ref().iter().map(AsReference::as_reference));
        }
        built
    }

    fn with_capacity(segments: usize) -> Self {
        References {
            texts: Vec::with_capacity(segments),
            ends: Vec::with_capacity(segments),
            streams: None,
        }
    }

    fn push(&mut self, references: impl IntoIterator<Item = Option<&'a str>>) {
        self.texts.extend(references.into_iter().flatten());
        self.ends.push(self.texts.len());
    }

    /// The number of segments.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no segment.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The references of one segment, missing ones left out.
    ///
    /// # Panics
    ///
    /// When there is no such segment, as a slice does.
    pub fn segment(&self, segment: usize) -> &[&'a str] {
        let start = if segment == 0 { 0 } else { self.ends[segment - 1] };
        &self.texts[start..self.ends[segment]]
    }

    /// The references of each segment in order.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &[&'a str]> {
        (0..self.len()).map(|segment| self.segment(segment))
    }

    /// How many references every segment has; `None` if they differ (signatures print `var`).
    pub fn count(&self) -> Option<usize> {
        let mut counts = self.segments().map(<[_]>::len);
        let first = counts.next().unwrap_or(0);
        counts.all(|count| count == first).then_some(first)
    }

    /// The number of reference streams, if the references were given stream by stream.
    pub fn streams(&self) -> Option<usize> {
        self.streams
    }

    /// Checks that these references can score `hypotheses` segments.
    pub(crate) fn check(&self, hypotheses: usize) -> Result<()> {
        if hypotheses != self.len() {
            let transposed = self.streams.is_some_and(|n| n > 1 && n == hypotheses)
                || self.streams.is_none() && self.count() == Some(hypotheses) && hypotheses > 0;
            return Err(Error::length(hypotheses, self.len(), transposed));
        }
        if hypotheses == 0 {
            return Err(Error::no_segments());
        }
        Ok(())
    }
}

/// What may stand in a list of references: a string, or an optional one.
pub trait AsReference {
    /// The reference, `None` if it is missing.
    fn as_reference(&self) -> Option<&str>;
}

impl AsReference for str {
    fn as_reference(&self) -> Option<&str> {
        Some(self)
    }
}

impl AsReference for String {
    fn as_reference(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: AsReference + ?Sized> AsReference for &T {
    fn as_reference(&self) -> Option<&str> {
        (**self).as_reference()
    }
}

impl<T: AsReference> AsReference for Option<T> {
    fn as_reference(&self) -> Option<&str> {
        self.as_ref().and_then(AsReference::as_reference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_is_not_empty() {
        let texts = [[None, Some("a")], [Some(""), Some("b")]];
        let references = References::by_segment(&texts);
        assert_eq!(references.segment(0), ["a"]);
        assert_eq!(references.segment(1), ["", "b"]);
        assert_eq!(references.count(), None);
    }

    #[test]
    fn ragged_streams_are_an_error() {
        let error = References::by_stream(&[vec!["a", "b"], vec!["c"]]).unwrap_err();
        assert!(error.is_length_mismatch());
        assert!(error.to_string().contains("line 2) of stream 1"), "{error}");
    }

    #[test]
    fn a_transposed_matrix_is_recognised() {
        let transposed = [vec!["a", "b"], vec!["c", "d"], vec!["e", "f"]];
        let error = References::by_stream(&transposed).unwrap().check(3).unwrap_err();
        assert!(error.to_string().contains("transposed"), "{error}");
    }
}
