//! Which matched stretches keep their place, and what the others cost.

use super::stretches::Stretch;

/// Working memory.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The stretches in the order of the reference.
    by_reference: Vec<usize>,
    /// The place of each in that order.
    rank: Vec<usize>,
    /// Neighbours on both sides together: length in characters, and which stretches.
    blocks: Vec<(usize, usize, usize)>,
    kept: Vec<Stretch>,
}

impl Order {
    /// What it costs in characters to bring stretches, which are in the order of the hypothesis, into that of the reference.
    ///
    /// Blocks of stretches that are neighbours in both orders keep their place, the longest first, where they cross none
    /// that does. The others are shifted, which costs their length, or if that is too far for it they don't count as
    /// matched, which costs it twice.
    pub(super) fn cost(&mut self, stretches: &[Stretch]) -> usize {
        self.block(stretches);
        self.keep(stretches);
        let mut cost = 0;
        for stretch in stretches {
            let ours = self.kept.partition_point(|kept| kept.hypothesis < stretch.hypothesis);
            let theirs = self.kept.partition_point(|kept| kept.reference < stretch.reference);
            let distance = match ours.cmp(&theirs) {
                std::cmp::Ordering::Equal => continue,
                std::cmp::Ordering::Less => self.kept[theirs - 1].end() - stretch.end(),
                std::cmp::Ordering::Greater => stretch.hypothesis - self.kept[theirs].hypothesis,
            };
            let too_far = (stretch.length as f64) < (distance as f64).ln();
            cost += stretch.length * (1 + usize::from(too_far));
        }
        cost
    }

    fn block(&mut self, stretches: &[Stretch]) {
        let Order { by_reference, rank, blocks, .. } = self;
        by_reference.clear();
        by_reference.extend(0..stretches.len());
        by_reference.sort_unstable_by_key(|at| stretches[*at].reference);
        rank.clear();
        rank.resize(stretches.len(), 0);
        for (place, at) in by_reference.iter().enumerate() {
            rank[*at] = place;
        }
        blocks.clear();
        for (at, stretch) in stretches.iter().enumerate() {
            match blocks.last_mut() {
                Some((length, _, end)) if rank[at] == rank[*end - 1] + 1 => {
                    *length += stretch.length;
                    *end = at + 1;
                }
                _ => blocks.push((stretch.length, at, at + 1)),
            }
        }
        blocks.sort_unstable_by_key(|(length, start, _)| (std::cmp::Reverse(*length), *start));
    }

    fn keep(&mut self, stretches: &[Stretch]) {
        self.kept.clear();
        for (_, start, end) in &self.blocks {
            let first = stretches[*start];
            let ours = self.kept.partition_point(|kept| kept.hypothesis < first.hypothesis);
            let theirs = self.kept.partition_point(|kept| kept.reference < first.reference);
            if ours == theirs {
                self.kept.splice(ours..ours, stretches[*start..*end].iter().copied());
            }
        }
    }
}
