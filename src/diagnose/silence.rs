//! Findings that someone looked at and found right: rules with a reason.

use serde::{Deserialize, Serialize};

use super::finding::Finding;
use crate::error::{Error, Result};

/// Rules that silence findings; kept in a file beside the translations.
///
/// ```
/// use bleuprint::diagnose::{Checker, Input, Silences};
///
/// let rules = r#"
/// [[silence]]
/// check = "joined-words"
/// text = "eBay"
/// reason = "the company writes itself so"
/// "#;
/// let silences: Silences = toml::from_str(rules).unwrap();
/// silences.validate()?;
/// let input = Input { hypothesis: "he sold it on eBay", ..Input::default() };
/// let findings = Checker::default().segment(0, &input);
/// assert!(findings.iter().all(|finding| silences.find(finding, &input).is_some()));
/// # Ok::<(), bleuprint::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Silences {
    /// The rules, in the order of the file.
    pub silence: Vec<Silence>,
}

/// One rule: all that it says must hold of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Silence {
    /// The check; none for any.
    pub check: Option<String>,
    /// The text that the finding marks in the hypothesis (in the reference or the source where it marks
    /// nothing there), to the letter.
    pub text: Option<String>,
    /// The segment, from 0.
    pub segment: Option<usize>,
    /// Why; a rule without a reason is refused.
    pub reason: String,
}

impl Silences {
    /// Checks that each rule says what it silences and why.
    ///
    /// # Errors
    ///
    /// A rule without a reason, or one that silences everything.
    pub fn validate(&self) -> Result<()> {
        for (number, rule) in self.silence.iter().enumerate() {
            let problem = if rule.reason.trim().is_empty() {
                "has no reason: say why the finding is right as it is"
            } else if rule.check.is_none() && rule.text.is_none() && rule.segment.is_none() {
                "silences everything: name a check, a text or a segment"
            } else {
                continue;
            };
            return Err(Error::config(format!("silencing rule {} {problem}", number + 1)));
        }
        Ok(())
    }

    /// The first rule that silences a finding.
    pub fn find(&self, finding: &Finding, input: &super::Input<'_>) -> Option<&Silence> {
        let marked = marked(finding, input);
        self.silence.iter().find(|rule| {
            rule.check.as_ref().is_none_or(|check| *check == finding.check)
                && rule.segment.is_none_or(|segment| segment == finding.segment)
                && rule.text.as_deref().is_none_or(|text| Some(text) == marked)
        })
    }
}

/// The text that a finding marks.
fn marked<'t>(finding: &Finding, input: &super::Input<'t>) -> Option<&'t str> {
    let sides = [
        (&finding.hypothesis, Some(input.hypothesis)),
        (&finding.reference, input.reference),
        (&finding.source, input.source),
    ];
    let mut texts = sides.into_iter().filter_map(|(span, text)| text?.get(span.clone()?));
    texts.find(|text| !text.is_empty())
}
