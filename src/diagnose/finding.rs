//! What a check reports.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How much a finding matters; an order, so that a threshold is a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A blemish: the reader understands.
    Minor,
    /// The reader is misled or stumbles.
    Major,
    /// The translation cannot be used as it is.
    Critical,
}

impl Severity {
    /// From the mildest to the worst.
    pub const ALL: [Severity; 3] = [Severity::Minor, Severity::Major, Severity::Critical];

    /// The name in configurations and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Minor => "minor",
            Severity::Major => "major",
            Severity::Critical => "critical",
        }
    }
}

/// One thing that is wrong with a translation: what, where, and what was expected.
///
/// A finding is an observation, never a verdict: [`silencing rules`](super::Silences) exist because some
/// are right as they are. Spans are byte ranges of the segment's texts, on character boundaries; an
/// empty span is a place where something is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check's name: `number`.
    pub check: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong and what was expected, as a sentence for people.
    pub message: String,
    /// The segment, from 0.
    pub segment: usize,
    /// Where in the hypothesis.
    pub hypothesis: Option<Range<usize>>,
    /// Where in the reference.
    pub reference: Option<Range<usize>>,
    /// Where in the source.
    pub source: Option<Range<usize>>,
}

/// Where a finding is, in each text that it touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spans {
    pub(crate) hypothesis: Option<Range<usize>>,
    pub(crate) reference: Option<Range<usize>>,
    pub(crate) source: Option<Range<usize>>,
}

impl Spans {
    /// In the hypothesis.
    pub(crate) fn hypothesis(span: Range<usize>) -> Self {
        Spans { hypothesis: Some(span), ..Self::default() }
    }

    /// Also there in the text it was checked against.
    pub(crate) fn and(mut self, side: Side, span: Range<usize>) -> Self {
        match side {
            Side::Reference => self.reference = Some(span),
            Side::Source => self.source = Some(span),
        }
        self
    }
}

/// A text that a hypothesis is checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Reference,
    Source,
}

impl Side {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Side::Reference => "reference",
            Side::Source => "source",
        }
    }
}

/// The findings of one check, as it makes them.
#[derive(Debug)]
pub(crate) struct Report<'f> {
    pub(crate) check: &'static str,
    pub(crate) severity: Severity,
    pub(crate) segment: usize,
    pub(crate) findings: &'f mut Vec<Finding>,
}

impl Report<'_> {
    /// A finding of the check's own severity, in the segment under inspection.
    pub(crate) fn add(&mut self, spans: Spans, message: String) {
        self.push(self.segment, self.severity, spans, message);
    }

    /// A finding that is one degree milder than the check's own.
    pub(crate) fn add_milder(&mut self, spans: Spans, message: String) {
        let milder = match self.severity {
            Severity::Critical => Severity::Major,
            _ => Severity::Minor,
        };
        self.push(self.segment, milder, spans, message);
    }

    /// A finding in a segment of the document.
    pub(crate) fn add_at(&mut self, segment: usize, spans: Spans, message: String) {
        self.push(segment, self.severity, spans, message);
    }

    fn push(&mut self, segment: usize, severity: Severity, spans: Spans, message: String) {
        let Spans { hypothesis, reference, source } = spans;
        let check = Cow::Borrowed(self.check);
        let finding = Finding { check, severity, message, segment, hypothesis, reference, source };
        self.findings.push(finding);
    }
}

/// The places of one text in code points, as human-evaluation data and the JSON output have them.
///
/// Made once for all spans of a text: a pass over it, a word of memory for 128 bytes (none for ASCII); each question
/// looks at 128 bytes at most.
///
/// ```
/// use bleuprint::diagnose::CodePoints;
///
/// let places = CodePoints::new("naïve “yes”");
/// assert_eq!(places.span(&(10..13)), 7..10);
/// assert_eq!(places.at(99), 11);
/// ```
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t [u8],
    /// The code points before each stretch; empty if all are bytes.
    before: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    const STRETCH: usize = 128;

    /// Reads the text.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        // One more behind the last, for the end of a text of whole stretches.
        let stretches = bytes.chunks(Self::STRETCH).chain([&bytes[..0]]);
        let count = |sum: &mut usize, stretch| Some(std::mem::replace(sum, *sum + starts(stretch)));
        let counts = || stretches.scan(0, count).collect();
        CodePoints { text: bytes, before: if text.is_ascii() { Vec::new() } else { counts() } }
    }

    /// How many code points start before this byte; all for one beyond the end.
    pub fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let stretch = byte / Self::STRETCH;
        let Some(before) = self.before.get(stretch) else { return byte };
        before + starts(&self.text[stretch * Self::STRETCH..byte])
    }

    /// A span of bytes as one of code points.
    pub fn span(&self, bytes: &Range<usize>) -> Range<usize> {
        self.at(bytes.start)..self.at(bytes.end)
    }
}

/// How many characters start in the bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte as i8 >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_across_stretches() {
        for text in ["", "plain", &"aß한🙂".repeat(77), &"日本".repeat(64), &"a".repeat(129)]
        {
            let places = CodePoints::new(text);
            for byte in 0..text.len() + 3 {
                let slow = text.char_indices().filter(|(at, _)| *at < byte).count();
                assert_eq!(places.at(byte), slow, "{byte} of {text}");
            }
        }
    }
}
