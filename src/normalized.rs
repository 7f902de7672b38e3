//! Any metric over normalized texts.

use std::borrow::Cow;

use crate::error::Result;
use crate::metric::{Column, Metric};
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

    fn prepare(&self, references: &[&str], scratch: &mut Self::Scratch) -> Result<M::Reference> {
        let normalized: Vec<String> = references
            .iter()
            .map(|reference| {
                let mut text = String::new();
                self.normalization.push(reference, &mut text);
                text
            })
            .collect();
        let references: Vec<&str> = normalized.iter().map(String::as_str).collect();
        self.metric.prepare(&references, &mut scratch.inner)
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
