//! Which document and which domain each line belongs to.

use bleuprint::Documents;

use crate::encoding::Encoding;
use crate::error::{Error, Result};
use crate::lines::read_lines;

/// A file with a line a segment: `document`, or `domain TAB document`.
///
/// Lines with a tab and lines without don't mix; two domains may both have a document of one name,
/// which are then two documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The document of each segment.
    pub documents: Documents,
    /// The domain of each segment, if the file says.
    pub domains: Option<Documents>,
}

impl Assignment {
    /// Reads such a file.
    ///
    /// # Errors
    ///
    /// A file that can't be read or is empty; a line of another shape than the first.
    pub fn read(path: &str) -> Result<Self> {
        Assignment::of(path, &read_lines(path, Encoding::default())?)
    }

    /// From such lines; `name` stands in errors.
    ///
    /// # Errors
    ///
    /// No lines; a line of another shape than the first.
    pub fn of<T: AsRef<str>>(name: &str, lines: &[T]) -> Result<Self> {
        let with_domain = lines.first().is_some_and(|line| line.as_ref().contains('\t'));
        let mut domains = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            let line = line.as_ref();
            let fields = line.matches('\t').count();
            if fields != usize::from(with_domain) || line.is_empty() {
                return Err(Error::new(format!(
                    "{name}:{}: a line is 'document' or 'domain TAB document', and all are alike",
                    number + 1
                )));
            }
            domains.extend(line.split_once('\t').map(|(domain, _)| domain));
        }
        let fail = |error: bleuprint::Error| Error::new(format!("{name}: {error}"));
        let documents = Documents::new(lines).map_err(fail)?;
        let domains =
            if with_domain { Some(Documents::new(&domains).map_err(fail)?) } else { None };
        Ok(Assignment { documents, domains })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes() {
        let plain = Assignment::of("x", &["a", "a", "b"]).unwrap();
        assert_eq!((plain.documents.len(), plain.domains), (2, None));
        let both = Assignment::of("x", &["news\ta", "talk\ta", "news\ta"]).unwrap();
        assert_eq!(both.documents.names(), ["news\ta", "talk\ta"]);
        assert_eq!(both.domains.unwrap().of_segments(), [0, 1, 0]);
    }

    #[test]
    fn mixed_shapes_are_an_error() {
        let error = Assignment::of("x", &["news\ta", "b"]).unwrap_err();
        assert!(error.to_string().starts_with("x:2:"), "{error}");
        assert!(Assignment::of::<&str>("x", &[]).is_err());
    }
}
