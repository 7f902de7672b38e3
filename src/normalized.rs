//! Any metric over normalized texts.

use std::borrow::Cow;

use crate::error::Result;
use crate::metric::{Column, Metric};
use crate::references::References;
use crate::signature::Signature;
use crate::significance::sacrebleu::SacreBleu;
use crate::text::Normalization;

/// A metric that sees both sides normalized; the signature says how.
///
/// ```
/// use bleuprint::text::{Form, Normalization};
/// use bleuprint::{Chrf, Metric, Normalized, References};
///
/// let references = References::single(&["déjà vu"]);
/// let decomposed = "de\u{301}ja\u{300} vu";
/// let nfc = Normalization { form: Some(Form::Nfc), ..Normalization::default() };
/// let metric = Normalized::new(Chrf::default(), nfc);
/// assert_eq!(metric.corpus(&[decomposed], &references)?.score, 100.0);
/// assert!(Chrf::default().corpus(&[decomposed], &references)?.score < 50.0);
/// assert_eq!(metric.signature().get("unicode"), Some("nfc"));
/// # Ok::<(), bleuprint::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Normalized<M> {
    metric: M,
    normalization: Normalization,
}

impl<M> Normalized<M> {
    /// The metric, over texts normalized so.
    pub fn new(metric: M, normalization: Normalization) -> Self {
        Normalized { metric, normalization }
    }

    fn normalize(&self, texts: &[&str]) -> Vec<String> {
        let normalize = |text: &&str| {
            let mut normalized = String::new();
            self.normalization.push(text, &mut normalized);
            normalized
        };
        texts.iter().map(normalize).collect()
    }
}

/// The metric's scratch and a normalized text.
#[derive(Debug, Default)]
pub struct NormalizedScratch<S> {
    inner: S,
    text: String,
}

impl<M: Metric> Metric for Normalized<M> {
    type Reference = M::Reference;
    type Score = M::Score;
    type Scratch = NormalizedScratch<M::Scratch>;

    fn name(&self) -> Cow<'_, str> {
        self.metric.name()
    }

    fn columns(&self) -> Vec<Column> {
        self.metric.columns()
    }

    fn signature(&self) -> Signature {
        let mut signature = self.metric.signature();
        if let Some(form) = self.normalization.form {
            signature.set("unicode", form);
        }
        if self.normalization.fold {
            signature.set("fold", "yes");
        }
        signature
    }

    fn higher_is_better(&self) -> bool {
        self.metric.higher_is_better()
    }

    fn sacrebleu(&self) -> Option<&dyn SacreBleu> {
        self.metric.sacrebleu()
    }

    fn needs_whole_corpus(&self) -> bool {
        self.metric.needs_whole_corpus()
    }

    fn prepare_all(&self, references: &References<'_>) -> Result<Vec<M::Reference>> {
        let normalized: Vec<Vec<String>> =
            references.segments().map(|segment| self.normalize(segment)).collect();
        self.metric.prepare_all(&References::by_segment(&normalized))
    }

    fn prepare(&self, references: &[&str], scratch: &mut Self::Scratch) -> Result<M::Reference> {
        let normalized = self.normalize(references);
        let references: Vec<&str> = normalized.iter().map(String::as_str).collect();
        self.metric.prepare(&references, &mut scratch.inner)
    }

    fn reclaim(&self, reference: M::Reference, scratch: &mut Self::Scratch) {
        self.metric.reclaim(reference, &mut scratch.inner);
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &M::Reference,
        scratch: &mut Self::Scratch,
        row: &mut [u64],
    ) {
        scratch.text.clear();
        self.normalization.push(hypothesis, &mut scratch.text);
        self.metric.measure(&scratch.text, reference, &mut scratch.inner, row);
    }

    fn score(&self, row: &[u64]) -> M::Score {
        self.metric.score(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Score;
    use crate::metrics::Nist;
    use crate::text::Form;

    /// A metric that must know all references knows them all, normalized.
    #[test]
    fn the_whole_corpus_is_prepared() {
        let nfc = Normalization { form: Some(Form::Nfc), ..Normalization::default() };
        let references = References::single(&["un cafe\u{301} noir", "un thé vert", "un café"]);
        let composed = References::single(&["un café noir", "un thé vert", "un café"]);
        let hypotheses = ["un café noir", "un thé noir", "un café"];
        let normalized = Normalized::new(Nist::default(), nfc);
        assert!(normalized.needs_whole_corpus());
        assert_eq!(
            normalized.corpus(&hypotheses, &references).unwrap().value(),
            Nist::default().corpus(&hypotheses, &composed).unwrap().value()
        );
    }
}
