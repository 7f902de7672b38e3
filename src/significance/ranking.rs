//! A ranking with clusters, as the shared tasks print it.

use serde::{Deserialize, Serialize};

/// A system's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rank {
    /// The number of the system, in the order given.
    pub system: usize,
    /// Systems of one cluster are tied: a cluster ends where every system above is significantly better than every system
    /// below. Counted from 1.
    pub cluster: usize,
    /// The best place that the tests leave open: one more than the number of systems that are significantly better.
    pub best: usize,
    /// The worst place that they leave open.
    pub worst: usize,
}

/// Ranks systems that are sorted from best to worst; `differ(a, b)` says whether a pair is significant.
pub(super) fn rank(sorted: &[usize], differ: impl Fn(usize, usize) -> bool) -> Vec<Rank> {
    let n = sorted.len();
    let apart = |at: usize| {
        sorted[..at].iter().all(|above| sorted[at..].iter().all(|below| differ(*above, *below)))
    };
    let mut cluster = 1;
    let place = |at: usize| {
        if at > 0 && apart(at) {
            cluster += 1;
        }
        let system = sorted[at];
        let better = sorted[..at].iter().filter(|other| differ(**other, system)).count();
        let worse = sorted[at + 1..].iter().filter(|other| differ(**other, system)).count();
        Rank { system, cluster, best: 1 + better, worst: n - worse }
    };
    (0..n).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_ends_where_all_above_beat_all_below() {
        // 0 beats 2 and 3, 1 beats 3 only, 2 and 3 are tied.
        let differ = |a: usize, b: usize| matches!((a.min(b), a.max(b)), (0, 2 | 3) | (1, 3));
        let ranks = rank(&[0, 1, 2, 3], differ);
        let places: Vec<_> =
            ranks.iter().map(|rank| (rank.cluster, rank.best, rank.worst)).collect();
        assert_eq!(places, [(1, 1, 2), (1, 1, 3), (1, 2, 4), (1, 3, 4)]);
        let ranks = rank(&[0, 1, 2], |_, _| true);
        assert_eq!(ranks.iter().map(|rank| rank.cluster).collect::<Vec<_>>(), [1, 2, 3]);
    }
}
