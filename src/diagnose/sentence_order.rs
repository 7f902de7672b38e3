//! Sentences that stand in another order than the reference's.
//!
//! # Definition
//!
//! In aligned articles only ([`Checker::article`](super::Checker::article)): a bead outside the chain of beads in order that
//! is worth most. Single lines have no order, and the check says nothing of them.

use super::finding::Severity;
use super::{Entry, Needs, Run};

pub(super) const ENTRY: Entry = Entry {
    name: "sentence-order",
    summary: "sentences in another order than the reference's (articles only)",
    needs: Needs::Reference,
    severity: Severity::Minor,
    thresholds: &[],
    run: Run::Segment(|_, _, _| ()),
};
