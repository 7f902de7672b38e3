//! Which document each segment belongs to.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The documents (or domains, or any other grouping) of a corpus.
///
/// Documents are numbered in the order of their first segment. Segments of one document need not be
/// neighbours.
///
/// ```
/// use bleuprint::Documents;
///
/// let documents = Documents::new(&["news-1", "news-2", "news-1"])?;
/// assert_eq!(documents.names(), ["news-1", "news-2"]);
/// assert_eq!(documents.of_segments(), [0, 1, 0]);
/// # Ok::<(), bleuprint::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Documents {
    names: Vec<String>,
    of_segment: Vec<usize>,
}

impl Documents {
    /// From the name of each segment's document.
    ///
    /// # Errors
    ///
    /// No segments.
    pub fn new<T: AsRef<str>>(names: &[T]) -> Result<Self> {
        if names.is_empty() {
            return Err(Error::no_segments());
        }
        let mut numbers = std::collections::HashMap::new();
        let mut documents = Documents { names: Vec::new(), of_segment: Vec::new() };
        for name in names {
            let name = name.as_ref();
            let number = *numbers.entry(name).or_insert_with(|| {
                documents.names.push(name.to_owned());
                documents.names.len() - 1
            });
            documents.of_segment.push(number);
        }
        Ok(documents)
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Never: an assignment without segments is refused.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names, in the order of first segments.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of each segment's document.
    pub fn of_segments(&self) -> &[usize] {
        &self.of_segment
    }

    /// The number of segments.
    pub fn segments(&self) -> usize {
        self.of_segment.len()
    }
}
