//! Edit distances, slow and obvious: the definition as a recursion over a whole table, or as shortest ways
//! in a graph.

/// Which transpositions there are.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Swaps {
    None,
    Adjacent,
    Any,
}

/// Insertions, deletions and replacements at these costs, transpositions at one.
pub(crate) fn edits<T: PartialEq>(
    a: &[T],
    b: &[T],
    [insert, delete, replace]: [u64; 3],
    swaps: Swaps,
) -> u64 {
    let (n, m) = (a.len(), b.len());
    let mut cost = vec![vec![0; m + 1]; n + 1];
    for i in 0..=n {
        for j in 0..=m {
            let mut ways = Vec::new();
            if i > 0 {
                ways.push(cost[i - 1][j] + delete);
            }
            if j > 0 {
                ways.push(cost[i][j - 1] + insert);
            }
            if i > 0 && j > 0 {
                let step = if a[i - 1] == b[j - 1] { 0 } else { replace };
                ways.push(cost[i - 1][j - 1] + step);
            }
            // a[k] … a[i - 1] becomes b[l] … b[j - 1] with both ends crossed.
            let (first_k, first_l) = match swaps {
                Swaps::None => (i, j),
                Swaps::Adjacent => (i.saturating_sub(2), j.saturating_sub(2)),
                Swaps::Any => (0, 0),
            };
            for k in first_k..i.saturating_sub(1) {
                for l in first_l..j.saturating_sub(1) {
                    if a[k] == b[j - 1] && a[i - 1] == b[l] {
                        let between = (i - k - 2 + j - l - 2) as u64;
                        ways.push(cost[k][l] + 1 + between);
                    }
                }
            }
            cost[i][j] = ways.into_iter().min().unwrap_or(0);
        }
    }
    cost[n][m]
}

/// The length of the longest common subsequence.
pub(crate) fn lcs<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut length = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            length[i][j] = if a[i - 1] == b[j - 1] {
                length[i - 1][j - 1] + 1
            } else {
                length[i - 1][j].max(length[i][j - 1])
            };
        }
    }
    length[a.len()][b.len()]
}

/// CDER's distance: the cheapest way from before both to behind both, where each step takes a hypothesis word,
/// a reference word or both, or jumps to any place of the hypothesis. Relaxed until nothing gets cheaper.
pub(crate) fn cder<T: PartialEq>(hypothesis: &[T], reference: &[T]) -> u64 {
    let (n, m) = (hypothesis.len(), reference.len());
    let mut cost = vec![vec![u64::MAX / 2; m + 1]; n + 1];
    cost[0][0] = 0;
    loop {
        let before = cost.clone();
        for l in 0..=m {
            for i in 0..=n {
                let here = cost[i][l];
                let mut reach = |i: usize, l: usize, by: u64| {
                    if i <= n && l <= m {
                        cost[i][l] = cost[i][l].min(here + by);
                    }
                };
                reach(i + 1, l, 1);
                reach(i, l + 1, 1);
                if i < n && l < m {
                    reach(i + 1, l + 1, u64::from(hypothesis[i] != reference[l]));
                }
                (0..=n).for_each(|anywhere| reach(anywhere, l, 1));
            }
        }
        if cost == before {
            return cost[n][m];
        }
    }
}

/// EED of prepared characters, 0 to 1: the whole table, then the visits, then the formula.
pub(crate) fn eed(hypothesis: &[char], reference: &[char], start_counts: bool) -> f64 {
    let (n, m) = (hypothesis.len(), reference.len());
    if n == 0 || m == 0 {
        return 1.0;
    }
    let mut cost = vec![vec![f64::INFINITY; n + 1]; m + 1];
    let mut visits = vec![0_i64; n + 1];
    for j in 0..=m {
        for i in 0..=n {
            let mut ways = Vec::new();
            if j == 0 {
                ways.push(if i == 0 { 0.0 } else { 1.0 });
            }
            if j > 0 {
                ways.push(cost[j - 1][i] + 1.0);
            }
            if j > 0 && i > 0 {
                let wrong = hypothesis[i - 1] != reference[j - 1];
                ways.push(cost[j][i - 1] + 0.2);
                ways.push(cost[j - 1][i - 1] + if wrong { 1.0 } else { 0.0 });
            }
            cost[j][i] = ways.into_iter().fold(f64::INFINITY, f64::min);
        }
        if j > 0 {
            let least = cost[j].iter().copied().fold(f64::INFINITY, f64::min);
            visits[cost[j].iter().position(|c| *c == least).unwrap_or(0)] += 1;
            if reference[j - 1] == ' ' {
                cost[j].iter_mut().for_each(|c| *c = c.min(least + 2.0));
            }
        }
    }
    let uneven = |(place, visits): (usize, &i64)| match *visits {
        _ if place == 0 && !start_counts => 0,
        0 => 1,
        more => more - 1,
    };
    let uneven = 0.3 * visits.iter().enumerate().map(uneven).sum::<i64>() as f64;
    ((cost[m][n] + uneven) / (m as f64 + uneven)).min(1.0)
}
