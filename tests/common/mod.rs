//! What the integration tests share.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![expect(
    clippy::print_stdout,
    reason = "seeds and reasons for skipping are for whoever reads the test's output"
)]

pub(crate) mod oracle;
pub(crate) mod random;
#[cfg(all(feature = "mecab", feature = "sentencepiece"))]
pub(crate) mod subword;
