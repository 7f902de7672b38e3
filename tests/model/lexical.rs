//! RIBES, METEOR, NIST and BLEU's dialects, slow and obvious: each definition word by word.

use std::collections::HashMap;

/// RIBES of one pair of word lists, 0 to 1, by counting every context.
pub(crate) fn ribes(hypothesis: &[&str], reference: &[&str]) -> f64 {
    if hypothesis.is_empty() {
        return 0.0;
    }
    let order: Vec<usize> =
        (0..hypothesis.len()).filter_map(|at| place(hypothesis, reference, at)).collect();
    let n = order.len();
    let mut ascending = 0;
    for i in 0..n {
        ascending += (i + 1..n).filter(|j| order[i] < order[*j]).count();
    }
    let tau = match n {
        0 => 0.0,
        1 if reference.len() == 1 => 1.0,
        1 => 0.0,
        _ => ascending as f64 / (n * (n - 1) / 2) as f64,
    };
    let (h, r) = (hypothesis.len() as f64, reference.len() as f64);
    tau * (n as f64 / h).powf(0.25) * (1.0 - r / h).exp().min(1.0).powf(0.10)
}

/// The reference position of a hypothesis word, by the shortest context that is unique on both sides.
fn place(hypothesis: &[&str], reference: &[&str], at: usize) -> Option<usize> {
    for length in 1..=hypothesis.len() {
        if at + length <= hypothesis.len() {
            let context = &hypothesis[at..at + length];
            if let ([_], [place]) = (&*places(hypothesis, context), &*places(reference, context)) {
                return Some(*place);
            }
        }
        if at + 1 >= length {
            let context = &hypothesis[at + 1 - length..=at];
            if let ([_], [place]) = (&*places(hypothesis, context), &*places(reference, context)) {
                return Some(place + length - 1);
            }
        }
    }
    None
}

fn places(text: &[&str], context: &[&str]) -> Vec<usize> {
    let windows = text.windows(context.len()).enumerate();
    windows.filter(|(_, window)| *window == context).map(|(at, _)| at).collect()
}

/// What METEOR's aligner looks for: the most exact and then the most other matches, the fewest chunks, the
/// least distance. An exact match outweighs any other, and one that is not exact never keeps an exact one
/// from being made, so the two numbers in this order are the greatest weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Alignment {
    pub(crate) not_exact: usize,
    pub(crate) not_matched: usize,
    pub(crate) chunks: usize,
    pub(crate) distance: usize,
}

/// What an alignment is worth: pairs in the order of the hypothesis.
pub(crate) fn worth(
    hypothesis: &[&str],
    reference: &[&str],
    pairs: &[(usize, usize)],
) -> Alignment {
    let exact = pairs.iter().filter(|(i, j)| hypothesis[*i] == reference[*j]).count();
    let joined = pairs.windows(2).filter(|p| p[1].0 == p[0].0 + 1 && p[1].1 == p[0].1 + 1).count();
    Alignment {
        not_exact: hypothesis.len() - exact,
        not_matched: hypothesis.len() - pairs.len(),
        chunks: pairs.len() - joined,
        distance: pairs.iter().map(|(i, j)| i.abs_diff(*j)).sum(),
    }
}

/// The best of all alignments.
pub(crate) fn best(hypothesis: &[&str], reference: &[&str], stem: fn(&str) -> String) -> Alignment {
    let stems = |words: &[&str]| words.iter().map(|word| stem(word)).collect::<Vec<String>>();
    let (ours, theirs) = (stems(hypothesis), stems(reference));
    let mut pairs = Vec::new();
    let mut least = worth(hypothesis, reference, &pairs);
    go(hypothesis, reference, (&ours, &theirs), 0, &mut pairs, &mut least);
    least
}

fn go(
    hypothesis: &[&str],
    reference: &[&str],
    stems: (&[String], &[String]),
    at: usize,
    pairs: &mut Vec<(usize, usize)>,
    least: &mut Alignment,
) {
    if at == hypothesis.len() {
        *least = (*least).min(worth(hypothesis, reference, pairs));
        return;
    }
    go(hypothesis, reference, stems, at + 1, pairs, least);
    for place in 0..reference.len() {
        let free = pairs.iter().all(|(_, taken)| *taken != place);
        if free && stems.0[at] == stems.1[place] {
            pairs.push((at, place));
            go(hypothesis, reference, stems, at + 1, pairs, least);
            pairs.pop();
        }
    }
}

/// The n-grams of a text with their counts.
fn count<'t>(words: &[&'t str], n: usize) -> HashMap<Vec<&'t str>, u64> {
    let mut counts = HashMap::new();
    for window in words.windows(n) {
        *counts.entry(window.to_vec()).or_insert(0) += 1;
    }
    counts
}

/// Clipped matches with the references' greatest counts.
fn clipped<'t>(
    hypothesis: &[&'t str],
    references: &[Vec<&'t str>],
    n: usize,
) -> Vec<(Vec<&'t str>, u64)> {
    let most = |gram: &Vec<&str>| {
        let of =
            references.iter().map(|reference| count(reference, n).get(gram).copied().unwrap_or(0));
        of.max().unwrap_or(0)
    };
    let mut all: Vec<_> = count(hypothesis, n).into_iter().collect();
    all.sort();
    all.into_iter()
        .map(|(gram, count)| {
            let most = most(&gram);
            (gram, count.min(most))
        })
        .collect()
}

/// A corpus as words: hypotheses, and each segment's references.
pub(crate) type Words<'t> = [(Vec<&'t str>, Vec<Vec<&'t str>>)];

/// NIST as mteval computes it.
pub(crate) fn nist(corpus: &Words<'_>) -> f64 {
    let texts = || corpus.iter().flat_map(|(_, references)| references);
    let words: usize = texts().map(Vec::len).sum();
    let occurs = |gram: &[&str]| match gram {
        [] => words,
        _ => texts()
            .map(|text| text.windows(gram.len()).filter(|window| *window == gram).count())
            .sum(),
    };
    let mut score = 0.0;
    for n in 1..=5 {
        let (mut information, mut total) = (0.0, 0);
        for (hypothesis, references) in corpus {
            for (gram, matches) in clipped(hypothesis, references, n).iter().filter(|(_, m)| *m > 0)
            {
                let ratio = occurs(&gram[..n - 1]) as f64 / occurs(gram) as f64;
                information += *matches as f64 * ratio.log2();
            }
            total += (hypothesis.len() + 1).saturating_sub(n);
        }
        score += information / total.max(1) as f64;
    }
    let length: usize = corpus.iter().map(|(hypothesis, _)| hypothesis.len()).sum();
    let mean = |references: &Vec<Vec<&str>>| {
        references.iter().map(Vec::len).sum::<usize>() as f64 / references.len() as f64
    };
    let reference: f64 = corpus.iter().map(|(_, references)| mean(references)).sum();
    if reference == 0.0 || length == 0 {
        return 0.0;
    }
    let ratio = (length as f64 / reference).min(1.0);
    score * (-(2.0_f64.ln()) * (ratio.ln() / 1.5_f64.ln()).powi(2)).exp()
}

/// Matches, n-grams, hypothesis length and closest reference length of a corpus.
fn counts(corpus: &Words<'_>) -> ([u64; 4], [u64; 4], f64, f64) {
    let (mut matches, mut totals, mut lengths) = ([0; 4], [0; 4], (0, 0));
    for (hypothesis, references) in corpus {
        for n in 1..=4 {
            matches[n - 1] +=
                clipped(hypothesis, references, n).iter().map(|(_, m)| m).sum::<u64>();
            totals[n - 1] += (hypothesis.len() + 1).saturating_sub(n) as u64;
        }
        let own = hypothesis.len();
        let closest = references.iter().map(Vec::len).min_by_key(|of| (of.abs_diff(own), *of));
        lengths = (lengths.0 + own, lengths.1 + closest.unwrap_or(0));
    }
    (matches, totals, lengths.0 as f64, lengths.1 as f64)
}

/// BLEU as the script mteval-v13a smooths and scores it, 0 to 100.
pub(crate) fn mteval(corpus: &Words<'_>) -> f64 {
    let (matches, totals, own, theirs) = counts(corpus);
    let (mut logarithms, mut smooth) = (0.0, 1.0);
    for (matches, total) in matches.iter().zip(totals) {
        if total > 0 && *matches == 0 {
            smooth *= 2.0;
            logarithms += (1.0 / (smooth * total as f64)).ln();
        } else if total > 0 {
            logarithms += (*matches as f64 / total as f64).ln();
        }
    }
    let length = if own > 0.0 { (1.0 - theirs / own).min(0.0).exp() } else { 0.0 };
    100.0 * (logarithms / 4.0).exp() * length
}

/// BLEU as multi-bleu scores it, 0 to 100.
pub(crate) fn multi_bleu(corpus: &Words<'_>) -> f64 {
    let (matches, totals, own, theirs) = counts(corpus);
    if matches.contains(&0) {
        return 0.0;
    }
    let logarithms = matches.iter().zip(totals).map(|(m, t)| (*m as f64 / t as f64).ln());
    let length = if own < theirs { (1.0 - theirs / own).exp() } else { 1.0 };
    100.0 * length * (logarithms.sum::<f64>() / 4.0).exp()
}

/// The mean of Lin and Och's sentence BLEU, 0 to 100.
pub(crate) fn sentence_plus_one(corpus: &Words<'_>) -> f64 {
    let one = |segment: &(Vec<&str>, Vec<Vec<&str>>)| {
        let (matches, totals, own, theirs) = counts(std::slice::from_ref(segment));
        if matches[0] == 0 {
            return 0.0;
        }
        let first = (matches[0] as f64 / totals[0] as f64).ln();
        let plus = (1..4).map(|n| ((matches[n] + 1) as f64 / (totals[n] + 1) as f64).ln());
        let length = if own < theirs { (1.0 - theirs / own).exp() } else { 1.0 };
        length * ((first + plus.sum::<f64>()) / 4.0).exp()
    };
    100.0 * corpus.iter().map(one).sum::<f64>() / corpus.len() as f64
}
