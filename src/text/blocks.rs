//! Texts searched for kinds of bytes, a block at a time.

/// Bytes that are looked at together.
const BLOCK: usize = u64::BITS as usize;

/// Calls `found` with each place, in order, of a byte that `is` says yes to.
///
/// `is` should be a few comparisons without branches: the compiler makes them vector instructions.
#[inline]
pub(crate) fn each_place(
    bytes: &[u8],
    is: impl Fn(u8) -> bool + Copy,
    mut found: impl FnMut(usize),
) {
    let mut look = |start: usize, mut places: u64| {
        while places != 0 {
            let at = start + places.trailing_zeros() as usize;
            places &= places - 1;
            found(at);
        }
    };
    let mut start = 0;
    while start < bytes.len() {
        match bytes[start..].first_chunk::<BLOCK>() {
            Some(block) => look(start, places(block, is)),
            None => {
                let rest = &bytes[start..];
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                look(start, places(&block, is) & ((1 << rest.len()) - 1));
            }
        }
        start += BLOCK;
    }
}

/// Whether there is a byte that `is` says yes to.
#[inline]
pub(crate) fn has(bytes: &[u8], is: impl Fn(u8) -> bool + Copy) -> bool {
    const EACH: usize = 32;
    let Some(last) = bytes.last_chunk::<EACH>() else { return bytes.iter().any(|byte| is(*byte)) };
    let (blocks, _) = bytes.as_chunks::<EACH>();
    let flags =
        |block: &[u8; EACH]| -> [u8; EACH] { std::array::from_fn(|at| u8::from(is(block[at]))) };
    let mut found = flags(last);
    for block in blocks {
        let flags = flags(block);
        found = std::array::from_fn(|at| found[at] | flags[at]);
    }
    found != [0; EACH]
}

/// The places in a block, the first byte's the lowest bit.
#[inline]
fn places(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    /// Moves the lowest bit of each byte to the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let flags: [u8; BLOCK] = std::array::from_fn(|at| u8::from(is(block[at])));
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().rev().fold(0, |places, eight| {
        places << 8 | u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_in_order() {
        for length in 0..200 {
            let bytes: Vec<u8> = (0..length).map(|at| (at * at % 7) as u8).collect();
            for kind in 0..7 {
                let mut found = Vec::new();
                each_place(&bytes, |byte| byte == kind, |at| found.push(at));
                let expected: Vec<usize> = (0..length).filter(|at| bytes[*at] == kind).collect();
                assert_eq!(found, expected);
                assert_eq!(has(&bytes, |byte| byte == kind), !expected.is_empty());
            }
        }
    }
}
