//! Edit distances over sequences of dense ids.
//!
//! [`bits`] is the bit-parallel kernel, [`tercom`] the edit distance with block moves that TER counts.

pub(crate) mod bits;
pub(crate) mod tercom;
