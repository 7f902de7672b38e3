//! What was done, in words, and numbers as tables show them.

use bleuprint::significance::{Alternative, Compared, Correction, Interval, Test};

/// What was tested, how, and corrected for what.
pub(super) fn method(compared: &Compared) -> Vec<String> {
    let unit = if compared.by_document { "documents" } else { "segments" };
    let direction = if compared.higher_is_better { "more is better" } else { "less is better" };
    let test = match compared.test {
        Test::Randomization => "approximate randomization of corpus scores",
        Test::Exact => "exact permutation of corpus scores",
        Test::Bootstrap => "paired bootstrap of corpus scores",
        Test::SignFlip => "sign-flip randomization of mean segment scores",
        Test::Wilcoxon => "Wilcoxon's signed-rank test of segment scores",
    };
    let side = match compared.alternative {
        Alternative::Different => "two-sided",
        Alternative::Better => "one-sided: is the second better?",
    };
    let (n, pairs) =
        (compared.pairs.len(), if compared.pairs.len() == 1 { "pair" } else { "pairs" });
    let correction = match compared.correction {
        Correction::None => format!("p-values of {n} {pairs} not corrected"),
        Correction::Holm => format!("p-values of {n} {pairs} corrected by Holm"),
        Correction::BenjaminiHochberg => {
            format!("p-values of {n} {pairs} corrected by Benjamini and Hochberg")
        }
        Correction::BenjaminiYekutieli => {
            format!("p-values of {n} {pairs} corrected by Benjamini and Yekutieli")
        }
    };
    let mut lines = vec![format!(
        "{} {unit}, {direction}; intervals cover {} % of the bootstrap samples.",
        compared.units,
        shortest(100.0 * (1.0 - compared.alpha))
    )];
    if n > 0 {
        lines.push(format!(
            "{}{}, {side}; {correction}, * at most {}.",
            test[..1].to_uppercase(),
            &test[1..],
            shortest(compared.alpha)
        ));
    }
    if compared.pairs.iter().any(|pair| pair.bounds.is_some()) {
        lines.push(
            "Tests stopped when no further trial could change what is significant; their p-values are of the \
             trials made."
                .to_owned(),
        );
    }
    lines
}

/// A number without the zeros that rounding leaves.
fn shortest(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `[33.10, 35.30]`.
pub(super) fn interval(interval: Interval, decimals: usize) -> String {
    format!("[{:.decimals$}, {:.decimals$}]", interval.low, interval.high)
}

/// Four decimals, or what it is below.
pub(super) fn p(p: f64) -> String {
    if p < 0.00005 { "<0.0001".to_owned() } else { format!("{p:.4}") }
}
