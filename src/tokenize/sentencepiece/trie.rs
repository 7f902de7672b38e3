//! A trie of pieces in one array: the child of a node for a byte stands at the node's base plus the byte.

use std::ops::Range;

const NONE: u32 = u32::MAX;

/// How many free places are tried for the children of a node before they go to the end of the array.
const ATTEMPTS: usize = 32;

#[derive(Clone, Copy, Debug)]
struct Unit {
    base: u32,
    /// The node whose child this is, if the place is taken.
    parent: u32,
    /// The value of the key that ends here.
    value: u32,
}

const FREE: Unit = Unit { base: 0, parent: NONE, value: NONE };

/// Maps byte strings to numbers, prefix by prefix.
#[derive(Debug, Default)]
pub(super) struct Trie {
    units: Vec<Unit>,
}

impl Trie {
    /// The node of the empty string.
    pub(super) const ROOT: u32 = 0;

    /// A trie of keys in ascending order, each but once, none empty.
    pub(super) fn new(keys: &[(&str, u32)]) -> Self {
        let mut builder =
            Builder { units: vec![FREE; 257], taken: vec![false; 257], first_free: 1 };
        builder.taken[0] = true;
        let mut open = vec![(Self::ROOT, 0..keys.len(), 0)];
        while let Some((node, range, depth)) = open.pop() {
            builder.add_children(keys, node, range, depth, &mut open);
        }
        Trie { units: builder.units }
    }

    /// The child of a node.
    #[inline]
    pub(super) fn child(&self, node: u32, byte: u8) -> Option<u32> {
        let base = self.units.get(node as usize)?.base;
        let child = base + u32::from(byte);
        (self.units.get(child as usize)?.parent == node).then_some(child)
    }

    /// The node at the end of a string that starts at a node.
    #[inline]
    pub(super) fn walk(&self, node: u32, text: &str) -> Option<u32> {
        text.bytes().try_fold(node, |node, byte| self.child(node, byte))
    }

    /// The value of a node, if a key ends there.
    #[inline]
    pub(super) fn value(&self, node: u32) -> Option<u32> {
        self.units.get(node as usize).map(|unit| unit.value).filter(|value| *value != NONE)
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<u32> {
        self.value(self.walk(Self::ROOT, key)?)
    }

    /// The length of the longest key that `text` begins with.
    pub(super) fn longest_prefix(&self, text: &str) -> Option<usize> {
        let (mut node, mut longest) = (Self::ROOT, None);
        for (at, byte) in text.bytes().enumerate() {
            match self.child(node, byte) {
                Some(child) => node = child,
                None => break,
            }
            if self.value(node).is_some() {
                longest = Some(at + 1);
            }
        }
        longest
    }
}

struct Builder {
    units: Vec<Unit>,
    taken: Vec<bool>,
    first_free: usize,
}

impl Builder {
    /// Places the children of a node, whose keys are a range and agree up to `depth`.
    fn add_children(
        &mut self,
        keys: &[(&str, u32)],
        node: u32,
        mut range: Range<usize>,
        depth: usize,
        open: &mut Vec<(u32, Range<usize>, usize)>,
    ) {
        let key = |index: usize| keys[index].0.as_bytes();
        if range.start < range.end && key(range.start).len() == depth {
            self.units[node as usize].value = keys[range.start].1;
            range.start += 1;
        }
        let mut children: Vec<(u8, Range<usize>)> = Vec::new();
        for index in range {
            let byte = key(index)[depth];
            match children.last_mut() {
                Some((last, keys)) if *last == byte => keys.end = index + 1,
                _ => children.push((byte, index..index + 1)),
            }
        }
        let base = self.find_base(&children);
        self.units[node as usize].base = base as u32;
        for (byte, keys) in children {
            let child = base + usize::from(byte);
            self.taken[child] = true;
            self.units[child].parent = node;
            open.push((child as u32, keys, depth + 1));
        }
    }

    /// A base at which every child has a free place.
    fn find_base(&mut self, children: &[(u8, Range<usize>)]) -> usize {
        let Some((first, _)) = children.first() else { return 0 };
        let first = usize::from(*first);
        while self.taken.get(self.first_free) == Some(&true) {
            self.first_free += 1;
        }
        let fits = |base: usize| {
            let place = |byte: u8| self.taken.get(base + usize::from(byte)) != Some(&true);
            children.iter().all(|(byte, _)| place(*byte))
        };
        let start = self.first_free.max(first);
        let free = (start..self.taken.len()).filter(|place| !self.taken[*place]);
        let found = free.take(ATTEMPTS).map(|place| place - first).find(|base| fits(*base));
        let base = found.unwrap_or(self.taken.len());
        let needed = base + 256;
        if needed > self.units.len() {
            self.units.resize(needed, FREE);
            self.taken.resize(needed, false);
        }
        base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_and_nothing_else() {
        let keys = [("a", 1), ("ab", 2), ("abc", 3), ("b", 4), ("ü", 5), ("üb", 6)];
        let trie = Trie::new(&keys);
        for (key, value) in keys {
            assert_eq!(trie.get(key), Some(value));
        }
        for other in ["", "ac", "c", "bb", "abcd", "ö"] {
            assert_eq!(trie.get(other), None, "{other}");
        }
        assert_eq!(trie.longest_prefix("abd"), Some(2));
        assert_eq!(Trie::new(&[]).get("a"), None);
    }
}
