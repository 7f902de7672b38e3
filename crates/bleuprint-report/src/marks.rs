//! What differs between two texts, as the page's script reads it.

use std::ops::Range;

use bleuprint::distance;

/// Words, characters and moved blocks: from, to, from, to, in code points.
pub(crate) type Marks = [Vec<usize>; 3];

/// The marks of one text; none if it has none.
pub(crate) fn marks(text: &str, marks: &distance::Marks) -> Option<Marks> {
    let points = Points::new(text);
    let flat = |spans: &[Range<usize>]| -> Vec<usize> {
        spans.iter().flat_map(|span| [points.at(span.start), points.at(span.end)]).collect()
    };
    let marks = [flat(&marks.words), flat(&marks.characters), flat(&marks.moved)];
    marks.iter().any(|spans| !spans.is_empty()).then_some(marks)
}

/// Bytes of one text as numbers of code points.
#[derive(Debug)]
pub(crate) struct Points(Option<Vec<usize>>);

impl Points {
    pub(crate) fn new(text: &str) -> Self {
        let numbers = || {
            let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            starts.collect()
        };
        Points((!text.is_ascii()).then(numbers))
    }

    pub(crate) fn at(&self, byte: usize) -> usize {
        match &self.0 {
            Some(starts) => starts.partition_point(|start| *start < byte),
            None => byte,
        }
    }
}
