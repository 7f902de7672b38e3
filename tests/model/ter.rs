//! TER's edits by whole tables: no cache, no bound, no bit tricks.

use super::text::strip_end;
use super::tokenizers::Tercom;

const NOT_REACHED: u64 = 10_u64.pow(16);

/// The least edits against any reference; the mean length of the references in 720720ths.
pub(crate) fn row(tokenizer: Tercom, hypothesis: &str, references: &[&str]) -> Vec<u64> {
    let hypothesis = tokenizer.tokenize(strip_end(hypothesis));
    // The reference program tokenizes references twice.
    let twice = |text: &&str| tokenizer.tokenize(&tokenizer.tokenize(strip_end(text)).join(" "));
    let references: Vec<Vec<String>> = references.iter().map(twice).collect();
    let least = references.iter().map(|reference| edits(&hypothesis, reference)).min();
    let length: u64 = references.iter().map(|reference| reference.len() as u64).sum();
    vec![least.unwrap_or(0), length * (720_720 / references.len() as u64)]
}

pub(crate) fn edits(hypothesis: &[String], reference: &[String]) -> u64 {
    if reference.is_empty() {
        return hypothesis.len() as u64;
    }
    let (mut current, mut shifts, mut evaluated) = (hypothesis.to_vec(), 0, 0);
    loop {
        let best = best_shift(&current, reference, &mut evaluated);
        match best {
            Some((gain, text)) if evaluated < 1000 && gain > 0 => {
                shifts += 1;
                current = text;
            }
            _ => return shifts + banded(&current, reference).0,
        }
    }
}

/// The rank of a candidate: gain, length, start and place (less is better), and what it makes.
type Ranked = ((i64, usize, i64, i64), Vec<String>);

fn best_shift(
    current: &[String],
    reference: &[String],
    evaluated: &mut usize,
) -> Option<(i64, Vec<String>)> {
    let (distance, path) = banded(current, reference);
    let (mut partner, mut wrong_here, mut wrong_there) = (Vec::new(), Vec::new(), Vec::new());
    let mut here = -1_i64;
    for step in &path {
        if *step != 'i' {
            here += 1;
            wrong_here.push(*step != 'n');
        }
        if *step != 'd' {
            partner.push(here);
            wrong_there.push(*step != 'n');
        }
    }
    let mut best: Option<Ranked> = None;
    'all: for start in 0..current.len() {
        for at in 0..reference.len() {
            if start.abs_diff(at) > 50 {
                continue;
            }
            for length in 1..=10 {
                let (end, until) = (start + length, at + length);
                if end > current.len()
                    || until > reference.len()
                    || current[start..end] != reference[at..until]
                {
                    break;
                }
                if !wrong_here[start..end].contains(&true)
                    || !wrong_there[at..until].contains(&true)
                {
                    continue;
                }
                if (start as i64..end as i64).contains(&partner[at]) {
                    continue;
                }
                let mut previous = -1;
                for offset in -1..length as i64 {
                    let place = at as i64 + offset;
                    let to = if place == -1 { 0 } else { partner[place as usize] + 1 };
                    if to == previous {
                        continue;
                    }
                    previous = to;
                    let moved = moved(current, start, length, to as usize);
                    let gain = distance as i64 - banded(&moved, reference).0 as i64;
                    *evaluated += 1;
                    let rank = (gain, length, -(start as i64), -to);
                    if best.as_ref().is_none_or(|(greatest, _)| rank > *greatest) {
                        best = Some((rank, moved));
                    }
                }
                if *evaluated >= 1000 {
                    break 'all;
                }
            }
        }
    }
    best.map(|(rank, moved)| (rank.0, moved))
}

fn moved(words: &[String], start: usize, length: usize, to: usize) -> Vec<String> {
    let mut rest = words.to_vec();
    let block: Vec<String> = rest.drain(start..start + length).collect();
    let at = if to > start + length { to - length } else { to.min(rest.len()) };
    rest.splice(at..at, block);
    rest
}

/// The distance within the band, and its path: n(othing), s(ubstitute), d(elete), i(nsert).
fn banded(hypothesis: &[String], reference: &[String]) -> (u64, Vec<char>) {
    let (n, m) = (hypothesis.len(), reference.len());
    let ratio = if n == 0 { 1.0 } else { m as f64 / n as f64 };
    let half = if ratio / 2.0 <= 25.0 { 25 } else { (ratio / 2.0 + 25.0).ceil() as i64 };
    let mut cost = vec![vec![NOT_REACHED; m + 1]; n + 1];
    let mut step = vec![vec!['?'; m + 1]; n + 1];
    for j in 0..=m {
        cost[0][j] = j as u64;
        step[0][j] = 'i';
    }
    for i in 1..=n {
        let diagonal = (i as f64 * ratio).floor() as i64;
        let first = (diagonal - half).max(0) as usize;
        let end = if i == n { m + 1 } else { (m + 1).min((diagonal + half) as usize) };
        for j in first..end {
            let mut ways = Vec::new();
            if j > 0 {
                let equal = hypothesis[i - 1] == reference[j - 1];
                ways.push((cost[i - 1][j - 1] + u64::from(!equal), if equal { 'n' } else { 's' }));
            }
            ways.push((cost[i - 1][j] + 1, 'd'));
            if j > 0 {
                ways.push((cost[i][j - 1] + 1, 'i'));
            }
            let least = ways.iter().map(|(cost, _)| *cost).min().expect("there is a way");
            (cost[i][j], step[i][j]) = *ways.iter().find(|way| way.0 == least).expect("it is one");
        }
    }
    let (mut i, mut j, mut path) = (n, m, Vec::new());
    while i > 0 || j > 0 {
        path.push(step[i][j]);
        match step[i][j] {
            'd' => i -= 1,
            'i' => j -= 1,
            _ => (i, j) = (i - 1, j - 1),
        }
    }
    path.reverse();
    (cost[n][m], path)
}
