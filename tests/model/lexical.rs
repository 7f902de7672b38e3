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

/// CharCut's cost of one pair: every common text is listed, put in order, and matched where both sides are free.
pub(crate) fn charcut(hypothesis: &str, reference: &str, least: usize) -> usize {
    let [h, r]: [Vec<char>; 2] = [hypothesis, reference].map(|text| text.trim().chars().collect());
    let mut taken = [vec![false; h.len()], vec![false; r.len()]];
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    let mut take = |taken: &mut [Vec<bool>; 2], i: usize, j: usize, length: usize| {
        let free =
            !taken[0][i..i + length].contains(&true) && !taken[1][j..j + length].contains(&true);
        if free {
            taken[0][i..i + length].fill(true);
            taken[1][j..j + length].fill(true);
            pairs.push((i, j, length));
        }
        free
    };
    let mut texts: Vec<&[char]> = (least..=h.len()).flat_map(|length| h.windows(length)).collect();
    texts.sort_unstable();
    texts.dedup();
    let mut listed: Vec<_> = texts
        .into_iter()
        .map(|text| (text, charcut_places(&h, &r, text)))
        .filter(|(_, [ours, theirs])| !ours.is_empty() && !theirs.is_empty())
        .collect();
    listed.sort_by_key(|(text, [a, b])| {
        (usize::MAX - text.len(), a.len() == b.len(), a.len() + b.len(), a[0])
    });
    for (text, [ours, theirs]) in &listed {
        for i in ours {
            let _ = theirs.iter().any(|j| take(&mut taken, *i, *j, text.len()));
        }
    }
    for length in (1..least).rev().filter(|length| *length <= h.len().min(r.len())) {
        let (i, j) = (h.len() - length, r.len() - length);
        let start =
            h[..length] == r[..length] && charcut_border(&h, length) && charcut_border(&r, length);
        let end = h[i..] == r[j..] && charcut_border(&h, i) && charcut_border(&r, j);
        if start {
            take(&mut taken, 0, 0, length);
        }
        if end && !(start && h[..length] == h[i..]) {
            take(&mut taken, i, j, length);
        }
    }
    pairs.sort_unstable();
    let matched: usize = pairs.iter().map(|pair| pair.2).sum();
    h.len() + r.len() - 2 * matched + charcut_shifts(&pairs)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn charcut_border(text: &[char], at: usize) -> bool {
    at == 0 || at == text.len() || !is_word(text[at - 1]) || !is_word(text[at])
}

/// Where a text stands on each side, as far as it counts there.
fn charcut_places(h: &[char], r: &[char], text: &[char]) -> [Vec<usize>; 2] {
    let pieces = text.split(|c| !is_word(*c)).filter(|piece| !piece.is_empty()).count();
    let places = [h, r].map(|side| -> Vec<usize> {
        let places = side.windows(text.len()).enumerate().filter(|(_, window)| *window == text);
        let whole = |at: &usize| charcut_border(side, *at) && charcut_border(side, at + text.len());
        places.map(|(at, _)| at).filter(|at| pieces < 2 || whole(at)).collect()
    });
    let before = [h, r].map(|side| side.iter().rposition(|c| is_word(*c)).unwrap_or(side.len()));
    let early = [0, 1].map(|side| -> Vec<usize> {
        places[side].iter().copied().filter(|at| *at < before[side]).collect()
    });
    if pieces == 0 && early.iter().all(|places| !places.is_empty()) { early } else { places }
}

/// What the pairs cost that leave their place.
fn charcut_shifts(pairs: &[(usize, usize, usize)]) -> usize {
    let rank = |pair: &(usize, usize, usize)| pairs.iter().filter(|other| other.1 < pair.1).count();
    let mut blocks: Vec<Vec<(usize, usize, usize)>> = Vec::new();
    for pair in pairs {
        match blocks.last_mut() {
            Some(block) if block.last().is_some_and(|last| rank(last) + 1 == rank(pair)) => {
                block.push(*pair)
            }
            _ => blocks.push(vec![*pair]),
        }
    }
    blocks.sort_by_key(|block| usize::MAX - block.iter().map(|pair| pair.2).sum::<usize>());
    let cross = |a: &(usize, usize, usize), b: &(usize, usize, usize)| (a.0 < b.0) != (a.1 < b.1);
    let (mut kept, mut moved) = (Vec::new(), Vec::new());
    for block in blocks {
        let stays = !kept.iter().any(|other| cross(other, &block[0]));
        if stays { &mut kept } else { &mut moved }.extend(block);
    }
    let cost = |pair: &(usize, usize, usize)| {
        let crossed = kept.iter().filter(|other| cross(other, pair));
        let far = crossed.map(|other| match other.0 < pair.0 {
            true => pair.0 - other.0,
            false => other.0 + other.2 - pair.0 - pair.2,
        });
        let far = far.max().unwrap_or_default();
        if (pair.2 as f64) < (far as f64).ln() { 2 * pair.2 } else { pair.2 }
    };
    moved.iter().map(cost).sum()
}

/// CharacTER of one pair of word lists, 0 to 1: every move is made, every distance is computed anew.
pub(crate) fn character(hypothesis: &[&str], reference: &[&str]) -> f64 {
    let (n, target) = (reference.len(), reference.to_vec());
    if hypothesis.is_empty() || n == 0 {
        return if hypothesis.len() == n { 0.0 } else { 1.0 };
    }
    let share = |words: &Vec<&str>| strsim::generic_levenshtein(words, &target) as f64 / n as f64;
    let mut words = hypothesis.to_vec();
    let mut left = share(&words);
    loop {
        let moves = character_moves(&words, reference).into_iter();
        let best = moves.map(|moved| (left - share(&moved), moved)).reduce(|best, other| {
            if (other.0, &other.1) > (best.0, &best.1) { other } else { best }
        });
        match best {
            Some((gain, moved)) if gain > 0.0 => (left, words) = (left - gain, moved),
            _ => break,
        }
    }
    let [ours, theirs] = [words.join(" "), reference.join(" ")];
    let cost = strsim::levenshtein(&ours, &theirs) as f64 + character_cost(hypothesis, &words);
    (cost / ours.chars().count() as f64).min(1.0)
}

fn character_moves<'t>(words: &[&'t str], reference: &[&str]) -> Vec<Vec<&'t str>> {
    let mut moves = Vec::new();
    for from in 0..words.len() {
        for to in (0..reference.len()).filter(|to| *to != from) {
            let pairs = words[from..].iter().zip(&reference[to..]);
            let length = pairs.take_while(|(a, b)| a == b).count();
            if length > 0 {
                let mut moved = words.to_vec();
                let block: Vec<&str> = moved.drain(from..from + length).collect();
                let at = to.min(moved.len());
                moved.splice(at..at, block);
                moves.push(moved);
            }
        }
    }
    moves
}

fn character_cost(before: &[&str], after: &[&str]) -> f64 {
    let (mut cost, mut at) = (0.0, 0);
    while at < before.len() {
        let place = (at + 1..after.len()).find(|to| after[*to] == before[at]);
        let Some(to) = place.filter(|_| before[at] != after[at]) else {
            at += 1;
            continue;
        };
        let moved = before[at..].iter().zip(&after[to..]).take_while(|(a, b)| a == b).count();
        let characters: usize =
            before[at..at + moved].iter().map(|word| word.chars().count()).sum();
        cost += characters as f64 / moved as f64;
        at += moved;
    }
    cost
}
