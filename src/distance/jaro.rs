//! Jaro's similarity, 64 places at a time.
//!
//! Each item of the first sequence takes the first equal one of the second that is near and not yet taken: the lowest
//! bit of a mask. It is strsim's definition, to the last bit.

use super::lcs::Masks;

/// Jaro's similarity, 0 to 1, of sequences of symbols up to and with `symbols`.
pub(super) fn similarity(a: &[u32], b: &[u32], symbols: usize) -> f64 {
    if a.is_empty() || b.is_empty() {
        return f64::from(u8::from(a.len() == b.len()));
    }
    let masks = Masks::new(b.iter().copied(), symbols);
    let mut taken = vec![0; masks.blocks()];
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let mut matched = Vec::with_capacity(a.len());
    for (at, symbol) in a.iter().enumerate() {
        let near = at.saturating_sub(reach)..b.len().min(at + reach + 1);
        if take(masks.of(*symbol), near, &mut taken) {
            matched.push(*symbol);
        }
    }
    if matched.is_empty() {
        return 0.0;
    }
    let theirs = b.iter().enumerate().filter(|(at, _)| taken[at / 64] >> (at % 64) & 1 == 1);
    let crossed = matched.iter().zip(theirs).filter(|(ours, (_, theirs))| ours != theirs).count();
    let count = matched.len() as f64;
    let share = count / a.len() as f64 + count / b.len() as f64;
    (share + (matched.len() - crossed / 2) as f64 / count) / 3.0
}

/// Jaro's similarity, raised above 0.7 by a tenth for each of the first four items that are shared.
pub(super) fn winkler(a: &[u32], b: &[u32], symbols: usize) -> f64 {
    let jaro = similarity(a, b, symbols);
    let shared = a.iter().zip(b).take(4).take_while(|(a, b)| a == b).count();
    if jaro > 0.7 { jaro + 0.1 * shared as f64 * (1.0 - jaro) } else { jaro }
}

/// Takes the first place of a range that a mask has and that is free; whether there is one.
fn take(mask: &[u64], near: std::ops::Range<usize>, taken: &mut [u64]) -> bool {
    let blocks = near.start / 64..near.end.div_ceil(64);
    for block in blocks {
        let before = near.start.saturating_sub(block * 64);
        let after = (block * 64 + 64).saturating_sub(near.end);
        let free = mask[block] & !taken[block] & u64::MAX << before & u64::MAX >> after;
        if free != 0 {
            taken[block] |= free & free.wrapping_neg();
            return true;
        }
    }
    false
}
