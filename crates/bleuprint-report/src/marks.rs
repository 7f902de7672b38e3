//! What differs between two texts, as the page's script reads it.

use std::ops::Range;

use bleuprint::diagnose::CodePoints;
use bleuprint::distance;

/// Words, characters and moved blocks: from, to, from, to, in code points.
pub(crate) type Marks = [Vec<usize>; 3];

/// The marks of one text; none if it has none.
pub(crate) fn marks(text: &str, marks: &distance::Marks) -> Option<Marks> {
    let places = CodePoints::new(text);
    let flat = |spans: &[Range<usize>]| -> Vec<usize> {
        spans.iter().flat_map(|span| [places.at(span.start), places.at(span.end)]).collect()
    };
    let marks = [flat(&marks.words), flat(&marks.characters), flat(&marks.moved)];
    marks.iter().any(|spans| !spans.is_empty()).then_some(marks)
}
