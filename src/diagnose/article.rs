//! Findings of two aligned articles: the checks over their beads, and what the alignment itself shows.

use std::collections::BTreeSet;
use std::ops::Range;

use super::config::Options;
use super::finding::{Finding, Side, Spans};
use super::view::is_terminal;
use super::{Checker, Entry, Input, report};
use crate::article::{Alignment, Article, Bead};

impl Checker {
    /// The findings of a translated article against a reference whose sentences don't line up.
    ///
    /// The checks run over the beads, with the source if the alignment has one
    /// ([`with_source`](Alignment::with_source)); spans are bytes of the articles' whole texts, and
    /// [`segment`](Finding::segment) is the bead's number. Of two texts that don't belong together only that is said. A sentence of the reference without a partner is
    /// an omission, one of the hypothesis an addition (unless it is said a second time), and a bead out
    /// of order is `sentence-order`'s.
    ///
    /// ```
    /// use bleuprint::article::Article;
    /// use bleuprint::diagnose::Checker;
    ///
    /// let hypothesis = Article::new("The port is open. A crane fell in October.");
    /// let reference = Article::new("The port is open. Nobody was hurt there, they said. A crane fell in October.");
    /// let alignment = hypothesis.align(&reference);
    /// let findings = Checker::default().article(&alignment);
    /// assert_eq!(findings[0].check, "omission");
    /// assert_eq!(
    ///     &reference.text()[findings[0].reference.clone().unwrap()],
    ///     "Nobody was hurt there, they said."
    /// );
    /// ```
    pub fn article(&self, alignment: &Alignment) -> Vec<Finding> {
        if let Some(finding) = self.strangers(alignment) {
            return vec![finding];
        }
        let (ours, theirs) = (alignment.hypothesis(), alignment.reference());
        let spans: Vec<[Range<usize>; 2]> = alignment
            .beads()
            .iter()
            .map(|bead| [span(ours, &bead.hypothesis), span(theirs, &bead.reference)])
            .collect();
        let said: Vec<usize> = (0..spans.len())
            .filter(|bead| !alignment.beads()[*bead].hypothesis.is_empty())
            .collect();
        let sources: Vec<Option<Range<usize>>> =
            alignment.beads().iter().map(|bead| source_span(alignment, bead)).collect();
        let source = alignment.source().map(Article::text).unwrap_or_default();
        let inputs: Vec<Input<'_>> = (spans.iter().zip(&sources))
            .map(|([here, there], from)| Input {
                hypothesis: &ours.text()[here.clone()],
                reference: Some(&theirs.text()[there.clone()]).filter(|text| !text.is_empty()),
                source: from.clone().map(|from| &source[from]),
            })
            .collect();
        let mut findings = self.numbered(&inputs, &said);
        for finding in &mut findings {
            let [here, there] = &spans[finding.segment];
            shift(&mut finding.hypothesis, here.start);
            shift(&mut finding.reference, there.start);
            shift(
                &mut finding.source,
                sources[finding.segment].as_ref().map_or(0, |from| from.start),
            );
        }
        let twice: BTreeSet<usize> = (findings.iter())
            .filter(|finding| finding.check == "duplicate-sentence")
            .map(|finding| finding.segment)
            .collect();
        for (number, bead) in alignment.beads().iter().enumerate() {
            let place = (&spans[number], &sources[number]);
            self.bead(number, bead, place, twice.contains(&number), &mut findings);
        }
        self.glued(alignment, &spans, &mut findings);
        findings.sort_by_key(|finding| finding.segment);
        findings
    }

    /// What there is to say of two texts about different things.
    fn strangers(&self, alignment: &Alignment) -> Option<Finding> {
        let (ours, theirs) = (alignment.hypothesis(), alignment.reference());
        let (entry, options) = self.active("unrelated")?;
        let texts = [ours, theirs].map(|article| !article.sentences().is_empty());
        if alignment.coverage().related || texts != [true, true] {
            return None;
        }
        let all = |article: &Article| span(article, &(0..article.sentences().len()));
        let spans = Spans::hypothesis(all(ours)).and(Side::Reference, all(theirs));
        let message =
            "these texts don't belong together: hardly anything in one is found in the other";
        let mut findings = Vec::new();
        report(entry, options, 0, &mut findings).add(spans, message.to_owned());
        findings.pop()
    }

    /// Neighbours between which the reference breaks the line behind a heading and the hypothesis doesn't.
    fn glued(
        &self,
        alignment: &Alignment,
        spans: &[[Range<usize>; 2]],
        findings: &mut Vec<Finding>,
    ) {
        let Some((entry, options)) = self.active("glued-heading") else { return };
        let (ours, theirs) = (alignment.hypothesis().text(), alignment.reference().text());
        for (number, pair) in spans.windows(2).enumerate() {
            let [[here, there], [here_next, there_next]] = pair else { continue };
            let linked = alignment.beads()[number..number + 2].iter().all(Bead::is_linked);
            let between =
                |text: &str, a: usize, b: usize| text.get(a..b).map(|gap| gap.contains('\n'));
            let broken = between(theirs, there.end, there_next.start) == Some(true);
            let heading = !theirs[there.clone()].trim_end().ends_with(is_terminal);
            if linked
                && heading
                && broken
                && between(ours, here.end, here_next.start) == Some(false)
            {
                let spans = Spans::hypothesis(here.end..here_next.start)
                    .and(Side::Reference, there.end..there_next.start);
                let message = "the reference breaks the line here, behind its heading".to_owned();
                report(entry, options, number, findings).add(spans, message);
            }
        }
    }

    /// What a bead shows by being as it is.
    fn bead(
        &self,
        number: usize,
        bead: &Bead,
        ([here, there], from): (&[Range<usize>; 2], &Option<Range<usize>>),
        twice: bool,
        findings: &mut Vec<Finding>,
    ) {
        let both = Spans::hypothesis(here.clone()).and(Side::Reference, there.clone());
        let (check, spans, message) = if bead.hypothesis.is_empty() {
            ("omission", both, "a sentence of the reference is missing")
        } else if bead.reference.is_empty() && !twice {
            (
                "addition",
                Spans::hypothesis(here.clone()),
                "a sentence that the reference doesn't have",
            )
        } else if bead.moved {
            ("sentence-order", both, "this stands elsewhere in the reference")
        } else {
            return;
        };
        if let Some((entry, options)) = self.active(check) {
            let spans = Spans { source: from.clone(), ..spans };
            report(entry, options, number, findings).add(spans, message.to_owned());
        }
    }

    fn active(&self, name: &str) -> Option<(&'static Entry, &Options)> {
        let (entry, options) = self.active.iter().find(|(entry, _)| entry.name == name)?;
        Some((*entry, options))
    }
}

/// From the first of these sentences to the last; of none, where they would stand.
fn span(article: &Article, sentences: &Range<usize>) -> Range<usize> {
    let all = article.sentences();
    let end =
        |number: usize| all.get(number).map_or(article.text().len(), |sentence| sentence.span.end);
    match sentences.is_empty() {
        true => {
            let place = sentences.start.checked_sub(1).map_or(0, end);
            place..place
        }
        false => all[sentences.start].span.start..end(sentences.end - 1),
    }
}

/// The source of a bead, if it has one.
fn source_span(alignment: &Alignment, bead: &Bead) -> Option<Range<usize>> {
    let source = alignment.source().filter(|_| !bead.source.is_empty())?;
    Some(span(source, &bead.source))
}

fn shift(span: &mut Option<Range<usize>>, by: usize) {
    if let Some(span) = span {
        *span = span.start + by..span.end + by;
    }
}
