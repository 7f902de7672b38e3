//! The report of `--report`, and the picture of `--format svg`.

use bleuprint_harness::Assignment;

use super::corpus::Corpus;
use super::measure::Grid;
use super::metric::Named;
use super::options::{Args, Format};
use super::{Out, sorted};
use crate::destination::Destination;
use crate::page::{self, Measures};

impl Args {
    /// Whether anything is drawn.
    pub(super) fn draws(&self) -> bool {
        self.report.is_some() || self.format == Format::Svg
    }

    /// Draws what was asked for; true if standard output has the picture and wants nothing else. `asides` are by
    /// printed metric and system.
    pub(super) fn draw(
        &self,
        corpus: &Corpus,
        metrics: &[Named],
        grid: &Grid,
        asides: Vec<Vec<String>>,
        report: Option<&Destination>,
        out: Out<'_>,
    ) -> anyhow::Result<bool> {
        let Some(texts) = grid.texts.as_ref().filter(|_| self.draws()) else { return Ok(false) };
        let mut asides = asides.into_iter();
        let measures: Vec<Measures<'_, _>> = sorted(metrics)
            .into_iter()
            .map(|at| Measures {
                metric: &metrics[at].metric,
                tables: grid.measured.iter().filter_map(|own| own[at].table.as_ref()).collect(),
                asides: asides.next().unwrap_or_default(),
            })
            .collect();
        let names = corpus.systems();
        let systems = names.iter().cloned().zip(texts.systems.iter().map(Vec::as_slice)).collect();
        let assignment = self.docs.as_deref().map(Assignment::read).transpose()?;
        let decimals = usize::try_from(self.width).unwrap_or(0);
        let mut drawn =
            page::corpus(&texts.references, systems, &measures, assignment.as_ref(), decimals)?;
        drawn.title = self.title(names);
        drawn.language = self.target_language()?;
        if let Some(report) = report {
            report.write(drawn.render(report.format())?.as_bytes())?;
        }
        if self.format == Format::Svg {
            out.write_all(drawn.svg().as_bytes())?;
            return Ok(true);
        }
        Ok(false)
    }

    fn title(&self, systems: &[String]) -> String {
        match (&self.test_set, &self.language_pair) {
            (Some(set), Some(pair)) => page::title(systems, &format!("{set} {pair}")),
            _ => page::title(systems, self.references.first().map_or("", String::as_str)),
        }
    }
}
