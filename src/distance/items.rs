//! Items to dense ids, so that every kernel works on small numbers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use crate::text::vocabulary::{hash, mix};

/// Numbers for the items of one sequence; items that it doesn't have share one number more.
#[derive(Clone, Debug)]
pub(super) struct Ids<'a, T> {
    numbers: HashMap<&'a T, u32, BuildHasherDefault<Fold>>,
}

impl<'a, T: Eq + Hash> Ids<'a, T> {
    /// The numbers, and the sequence in them.
    pub(super) fn new(items: &'a [T]) -> (Self, Vec<u32>) {
        let mut numbers = HashMap::with_capacity_and_hasher(items.len().min(1024), <_>::default());
        let sequence = items.iter().map(|item| {
            let next = numbers.len() as u32;
            *numbers.entry(item).or_insert(next)
        });
        let sequence = sequence.collect();
        (Ids { numbers }, sequence)
    }

    /// How many numbers there are, that of unknown items left out.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Another sequence in the same numbers.
    pub(super) fn of(&self, items: &[T]) -> Vec<u32> {
        let unknown = self.len() as u32;
        items.iter().map(|item| self.numbers.get(item).copied().unwrap_or(unknown)).collect()
    }
}

/// A hasher for items that nobody chooses to collide: a multiplication a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fold(u64);

impl Hasher for Fold {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0 = mix(self.0, hash(bytes));
    }

    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.0 = mix(self.0, u64::from(value));
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.0 = mix(self.0, u64::from(value));
    }

    #[inline]
    fn write_u64(&mut self, value: u64) {
        self.0 = mix(self.0, value);
    }

    #[inline]
    fn write_usize(&mut self, value: usize) {
        self.0 = mix(self.0, value as u64);
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}
