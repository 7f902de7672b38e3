//! Where findings are, in code points; the texts of a segment are counted once for all its findings.

use std::ops::Range;

use bleuprint::diagnose::{CodePoints, Finding};

use super::Checked;

/// Of one segment after another.
pub(super) struct Places<'c> {
    checked: &'c Checked,
    last: Option<(usize, [Option<CodePoints<'c>>; 3])>,
}

impl<'c> Places<'c> {
    pub(super) fn new(checked: &'c Checked) -> Self {
        Places { checked, last: None }
    }

    /// A span in the hypothesis, the reference and the source, where the finding has one.
    pub(super) fn of(&mut self, finding: &Finding) -> [Option<Range<usize>>; 3] {
        let texts = self.texts(finding.segment);
        let spans = [&finding.hypothesis, &finding.reference, &finding.source];
        std::array::from_fn(|side| Some(texts[side].as_ref()?.span(spans[side].as_ref()?)))
    }

    fn texts(&mut self, segment: usize) -> &[Option<CodePoints<'c>>; 3] {
        if self.last.as_ref().is_none_or(|(last, _)| *last != segment) {
            self.last = None;
        }
        let count = || {
            let input = self.checked.input(segment);
            let texts = [Some(input.hypothesis), input.reference, input.source];
            (segment, texts.map(|text| text.map(CodePoints::new)))
        };
        &self.last.get_or_insert_with(count).1
    }
}
