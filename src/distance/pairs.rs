//! The small ones: one pass over both sequences, or a formula over what they share.

/// How many places differ; what one sequence has more counts.
pub(crate) fn hamming(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a != b).count() + a.len().abs_diff(b.len())
}

/// How long the sequences are equal from the start.
pub(crate) fn prefix(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// How long the sequences are equal from the end.
pub(crate) fn postfix(a: &[u32], b: &[u32]) -> usize {
    a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

/// Sørensen and Dice's coefficient of the pairs of neighbours, as bags, 0 to 1.
pub(crate) fn dice(a: &[u32], b: &[u32]) -> f64 {
    if a == b {
        return 1.0;
    }
    if a.len() < 2 || b.len() < 2 {
        return 0.0;
    }
    let (ours, theirs) = (bag(a), bag(b));
    let shared = shared(&ours, &theirs);
    2.0 * shared as f64 / (ours.len() + theirs.len()) as f64
}

/// The pairs of neighbours, sorted.
fn bag(items: &[u32]) -> Vec<&[u32]> {
    let mut pairs: Vec<_> = items.windows(2).collect();
    pairs.sort_unstable();
    pairs
}

/// How many items two sorted bags share.
pub(crate) fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(ours), Some(theirs)) = (a.get(i), b.get(j)) {
        let order = ours.cmp(theirs);
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
        shared += usize::from(order.is_eq());
    }
    shared
}
