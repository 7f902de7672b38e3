//! Edit distances: how far one sequence is from another, and by which edits.
//!
//! A [`Distance`] is a value; whatever it is asked (a distance, a similarity, whether they are within a limit, an edit
//! script, one against many) is asked in the same way of all of them, over any items that can be
//! compared and hashed: characters, words, lines, numbers.
//!
//! # Which distance?
//!
//! | you compare | take |
//! |---|---|
//! | anything, and nothing else is known | [`Levenshtein`](Distance::Levenshtein) |
//! | versions of a text, as a diff shows them | [`Indel`](Distance::Indel) |
//! | typed words | [`Osa`](Distance::Osa), [`Damerau`](Distance::Damerau) |
//! | names of people | [`JaroWinkler`](Distance::JaroWinkler) |
//! | translations, where word order is free | [`BlockMoves`](Distance::BlockMoves), [`Cder`](Distance::Cder) |
//! | codes of one length | [`Hamming`](Distance::Hamming) |
//!
//! ```
//! use bleuprint::distance::Distance;
//!
//! let value = Distance::Levenshtein.between("kitten", "sitting");
//! assert_eq!((value.distance, value.maximum, value.similarity()), (3.0, 7.0, 4.0));
//! assert!(Distance::Levenshtein.within(b"kitten", b"sitting", 2.0).is_none());
//!
//! // The classic that tells them apart.
//! let distances = ["levenshtein", "osa", "damerau", "indel"].map(|kind| {
//!     let kind: Distance = kind.parse().expect("it is known");
//!     kind.between("ca", "abc").distance
//! });
//! assert_eq!(distances, [3.0, 3.0, 2.0, 3.0]);
//! ```
//!
//! # How it is made
//!
//! Items become dense numbers. Levenshtein, Indel, LCS, OSA and CDER run bit-parallel, 64 cells at a time;
//! other costs and unrestricted transpositions in a dynamic programme that keeps a few rows. Scripts take
//! memory linear in the sequences (a constant of at most 4 MiB aside).

mod band;
pub(crate) mod bits;
pub(crate) mod cder;
mod differences;
mod grid;
mod items;
mod jaro;
pub(crate) mod lcs;
pub(crate) mod levenshtein;
mod osa;
pub(crate) mod pairs;
mod script;
mod strings;
pub(crate) mod tercom;
mod unit;
mod view;

use std::fmt;
use std::hash::Hash;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::text::symbols::Symbols;
pub use differences::{Differences, Marks};
use grid::{Grid, Swaps};
use items::Ids;
use lcs::Masks;
pub use script::{Edit, Move, Op, Script};
pub use unit::Unit;
pub use view::{Confusion, Confusions, View};

/// What single edits cost, for [`Distance::Weighted`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Costs {
    /// Of an item of the second sequence that the first doesn't have.
    pub insert: u32,
    /// Of an item of the first sequence that the second doesn't have.
    pub delete: u32,
    /// Of an item that stands for another.
    pub replace: u32,
}

/// A distance between two sequences, as a value.
///
/// It prints and reads as its name (`levenshtein`, `jaro-winkler`), weighted costs as
/// `levenshtein[1,1,2]`: insertion, deletion, replacement.
///
/// # Definition
///
/// For sequences of n and m items. Each is a metric in the mathematical sense unless it is marked: (t) no
/// triangle inequality, (a) not symmetric.
///
/// | name | the distance | maximum | script |
/// |---|---|---|---|
/// | `levenshtein` | fewest insertions, deletions and replacements | max(n, m) | yes |
/// | `levenshtein[i,d,r]` | the same with costs (a, unless i = d) | the cheapest way that keeps nothing | yes |
/// | `indel` | fewest insertions and deletions | n + m | yes |
/// | `lcs` | max(n, m) less the longest common subsequence | max(n, m) | yes |
/// | `osa` | Levenshtein and transposed neighbours that nothing else touches (t) | max(n, m) | yes |
/// | `damerau` | Levenshtein and transpositions, also of items that insertions or deletions part | max(n, m) | yes |
/// | `hamming` | places that differ; what one has more counts | max(n, m) | yes |
/// | `jaro` | 1 less Jaro's similarity (t) | 1 | no |
/// | `jaro-winkler` | the same, with a bonus for a common prefix of up to 4 above 0.7 (t) | 1 | no |
/// | `dice` | 1 less Sørensen and Dice's coefficient of pairs of neighbours (t) | 1 | no |
/// | `prefix` | max(n, m) less the common prefix | max(n, m) | no |
/// | `postfix` | max(n, m) less the common suffix | max(n, m) | no |
/// | `block-moves` | TER's: greedy moves of blocks, then Levenshtein (t, a) | max(n, m) | yes |
/// | `cder` | edits, and jumps in the first sequence at cost one; the second is covered once (t, a) | m + 1 | no |
///
/// A similarity is the maximum less the distance; both are normalized by the maximum, which is what
/// [`denominator`](Distance::denominator) names. A pair of empty sequences is alike: distance 0, normalized
/// similarity 1.
///
/// # Parity
///
/// Values equal RapidFuzz 3.14 (its `DamerauLevenshtein` is `damerau`, its `LCSseq` is `lcs`); Jaro's family equals strsim's to
/// the last bit, and `dice` is strsim's; `block-moves` is sacreBLEU's TER, `cder` the definition of Leusch et al. The scripts of
/// `levenshtein`, `indel` and `hamming` are RapidFuzz's, also among equal ones. For `dice` strsim drops white space
/// from strings first; here items are what is given.
///
/// # Complexity
///
/// With w = ⌈n/64⌉: Levenshtein, Indel, LCS, OSA and CDER take w·m steps, `damerau` and weighted costs n·m, the others n + m
/// (Jaro n·m at worst). A script takes the same, at most twice; memory is linear.
///
/// # References
///
/// Myers, J. ACM 46 (1999); Hyyrö, Nordic J. Computing 10 (2003); Hirschberg, CACM 18 (1975); Zhao and Sahni, Algorithms 12
/// (2019); Jaro (1989); Winkler (1990); Dice (1945); Snover et al., AMTA 2006; Leusch, Ueffing and Ney, EACL 2006.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Distance {
    /// Fewest insertions, deletions and replacements.
    Levenshtein,
    /// The cheapest insertions, deletions and replacements.
    Weighted(Costs),
    /// Fewest insertions and deletions.
    Indel,
    /// The longer length less the longest common subsequence.
    Lcs,
    /// Optimal string alignment: Levenshtein, and neighbours transposed.
    Osa,
    /// Damerau and Levenshtein, unrestricted.
    Damerau,
    /// Places that differ.
    Hamming,
    /// Jaro's.
    Jaro,
    /// Jaro's with Winkler's bonus.
    JaroWinkler,
    /// Sørensen and Dice's, of pairs of neighbours.
    Dice,
    /// The longer length less the common prefix.
    Prefix,
    /// The longer length less the common suffix.
    Postfix,
    /// Edits and greedy moves of blocks, as TER counts them.
    BlockMoves,
    /// Edits and long jumps, as CDER counts them.
    Cder,
}

/// Every distance but the weighted one, with its name and one line.
pub const DISTANCES: &[(&str, Distance, &str)] = &[
    ("levenshtein", Distance::Levenshtein, "insertions, deletions and replacements"),
    ("indel", Distance::Indel, "insertions and deletions"),
    ("lcs", Distance::Lcs, "the longer length less the longest common subsequence"),
    ("osa", Distance::Osa, "Levenshtein, and neighbours that change places"),
    ("damerau", Distance::Damerau, "Levenshtein, and items that change places, unrestricted"),
    ("hamming", Distance::Hamming, "places that differ"),
    ("jaro", Distance::Jaro, "1 less Jaro's similarity"),
    ("jaro-winkler", Distance::JaroWinkler, "1 less Jaro's similarity with a bonus for a prefix"),
    ("dice", Distance::Dice, "1 less the Sørensen-Dice coefficient of neighbouring pairs"),
    ("prefix", Distance::Prefix, "the longer length less the common prefix"),
    ("postfix", Distance::Postfix, "the longer length less the common suffix"),
    ("block-moves", Distance::BlockMoves, "edits and greedy moves of blocks, as TER counts them"),
    ("cder", Distance::Cder, "edits and long jumps, as CDER counts them"),
];

/// A distance and the greatest that it could be for sequences as long as these.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The distance; a whole number for all but Jaro's family and Dice's.
    pub distance: f64,
    /// The greatest distance that sequences of these lengths can have.
    pub maximum: f64,
}

impl Value {
    /// The maximum less the distance.
    pub fn similarity(&self) -> f64 {
        self.maximum - self.distance
    }

    /// The distance by the maximum, 0 to 1; 0 if the maximum is 0.
    pub fn normalized_distance(&self) -> f64 {
        if self.maximum == 0.0 { 0.0 } else { self.distance / self.maximum }
    }

    /// One less the normalized distance.
    pub fn normalized_similarity(&self) -> f64 {
        1.0 - self.normalized_distance()
    }
}

impl Distance {
    /// The distance between two sequences.
    ///
    /// ```
    /// use bleuprint::distance::Distance;
    ///
    /// let value = Distance::Osa.of(&["to", "be", "or"], &["be", "to", "or"]);
    /// assert_eq!((value.distance, value.normalized_distance()), (1.0, 1.0 / 3.0));
    /// ```
    pub fn of<T: Eq + Hash>(&self, a: &[T], b: &[T]) -> Value {
        let (ids, ours) = Ids::new(a);
        let theirs = ids.of(b);
        self.value(self.on_ids(&ours, &theirs, ids.len()), a.len(), b.len())
    }

    /// The distance between two strings, in code points.
    pub fn between(&self, a: &str, b: &str) -> Value {
        if let Some(value) = strings::value(*self, a, b) {
            return value;
        }
        if a.is_ascii() && b.is_ascii() {
            let ids = |text: &str| text.bytes().map(u32::from).collect::<Vec<_>>();
            let (a, b) = (ids(a), ids(b));
            return self.value(self.on_ids(&a, &b, 128), a.len(), b.len());
        }
        let mut known = Symbols::default();
        let ours: Vec<u32> = a.chars().map(|c| known.insert(c)).collect();
        let unknown = known.len() as u32;
        let theirs: Vec<u32> = b.chars().map(|c| known.get(c).min(unknown)).collect();
        let distance = self.on_ids(&ours, &theirs, unknown as usize);
        self.value(distance, ours.len(), theirs.len())
    }

    /// The distance, if it is at most `limit`; it stops as soon as it can't be.
    pub fn within<T: Eq + Hash>(&self, a: &[T], b: &[T], limit: f64) -> Option<Value> {
        self.against(a).within(b, limit)
    }

    /// Prepares one sequence to be compared with many.
    ///
    /// ```
    /// use bleuprint::distance::Distance;
    ///
    /// let (word, known) = (b"colour".as_slice(), ["color", "collar", "cooler"]);
    /// let against = Distance::Damerau.against(word);
    /// let nearest = known.iter().min_by_key(|other| against.of(other.as_bytes()).distance as u64);
    /// assert_eq!(nearest, Some(&"color"));
    /// ```
    pub fn against<'a, T: Eq + Hash>(&self, a: &'a [T]) -> Against<'a, T> {
        let (ids, sequence) = Ids::new(a);
        let kernel = Kernel::new(self, &sequence, ids.len());
        Against { distance: *self, ids, sequence, kernel }
    }

    /// The edits that turn `a` into `b`, for a distance that has a script.
    ///
    /// It costs as much as the distance says, and of equal scripts it is one and the same each time.
    /// Read from the end, of equal ways these are taken first: for `levenshtein`, `indel` and `lcs` a deletion, then
    /// what RapidFuzz prefers (an insertion before a match, a replacement before an insertion); for `osa`, `damerau`
    /// and weighted costs a match or replacement, a deletion, an insertion, a transposition. Sequences whose tables
    /// have more than four million cells (eight for `indel` and `lcs`) are cut in the middle first, and the order
    /// holds within the parts. With block moves the order is sacreBLEU's.
    pub fn script<T: Eq + Hash>(&self, a: &[T], b: &[T]) -> Option<Script> {
        let (ids, ours) = Ids::new(a);
        let theirs = ids.of(b);
        self.script_on_ids(&ours, &theirs, ids.len())
    }

    /// What the maximum, by which values are normalized, is called.
    pub fn denominator(&self) -> &'static str {
        match self {
            Distance::Weighted(_) => "the cheapest way that keeps nothing",
            Distance::Indel => "the sum of the lengths",
            Distance::Jaro | Distance::JaroWinkler | Distance::Dice => "one",
            Distance::Cder => "the second length and one",
            _ => "the longer length",
        }
    }

    /// The greatest distance of sequences of n and m items.
    pub fn maximum(&self, n: usize, m: usize) -> f64 {
        match self {
            Distance::Weighted(costs) => costs.maximum(n as u64, m as u64) as f64,
            Distance::Indel => (n + m) as f64,
            Distance::Jaro | Distance::JaroWinkler | Distance::Dice => 1.0,
            Distance::Cder => (m + usize::from(n > 0)) as f64,
            _ => n.max(m) as f64,
        }
    }

    fn value(&self, distance: f64, n: usize, m: usize) -> Value {
        Value { distance, maximum: self.maximum(n, m) }
    }

    /// The distance of sequences of symbols up to and with `symbols`, which stands for unknown ones.
    fn on_ids(&self, a: &[u32], b: &[u32], symbols: usize) -> f64 {
        // What is equal at both ends costs nothing, where only matches count.
        let trimmed = matches!(
            self,
            Distance::Levenshtein | Distance::Indel | Distance::Osa | Distance::Damerau
        );
        let (prefix, suffix) = if trimmed { levenshtein::affixes(a, b) } else { (0, 0) };
        let (a, b) = (&a[prefix..a.len() - suffix], &b[prefix..b.len() - suffix]);
        let kernel = Kernel::new(self, a, symbols);
        kernel.distance(self, a, b, symbols, f64::INFINITY).unwrap_or(0.0)
    }

    fn script_on_ids(&self, a: &[u32], b: &[u32], symbols: usize) -> Option<Script> {
        let mut script = Script::default();
        match self {
            Distance::Levenshtein => {
                levenshtein::script(a, b, symbols, &mut <_>::default(), &mut script);
            }
            Distance::Indel | Distance::Lcs => lcs::script(a, b, symbols, &mut script),
            Distance::Weighted(costs) => costs.grid().script(a, b, symbols, &mut script),
            Distance::Osa => Grid::unit(Swaps::Adjacent).script(a, b, symbols, &mut script),
            Distance::Damerau => Grid::unit(Swaps::Any).script(a, b, symbols, &mut script),
            Distance::Hamming => hamming_script(a, b, &mut script),
            Distance::BlockMoves => block_moves_script(a, b, symbols, &mut script),
            _ => return None,
        }
        Some(script)
    }
}

impl Costs {
    fn grid(&self) -> Grid {
        let Costs { insert, delete, replace } = *self;
        let [insert, delete, replace] = [insert, delete, replace].map(u64::from);
        Grid { insert, delete, replace, swaps: Swaps::None }
    }

    /// All deleted and all inserted, or replaced as far as it goes.
    fn maximum(&self, n: u64, m: u64) -> u64 {
        let Grid { insert, delete, replace, .. } = self.grid();
        let replaced = if n >= m {
            m.saturating_mul(replace).saturating_add((n - m).saturating_mul(delete))
        } else {
            n.saturating_mul(replace).saturating_add((m - n).saturating_mul(insert))
        };
        replaced.min(n.saturating_mul(delete).saturating_add(m.saturating_mul(insert)))
    }

    /// What a script costs.
    ///
    /// ```
    /// use bleuprint::distance::{Costs, Distance};
    ///
    /// let costs = Costs { insert: 1, delete: 1, replace: 3 };
    /// let script = Distance::Weighted(costs).script(b"cat", b"cut").expect("it has one");
    /// assert_eq!(costs.of(&script), 2);
    /// ```
    pub fn of(&self, script: &Script) -> u64 {
        let cost = |edit: &Edit| match edit.op {
            Op::Keep => 0,
            Op::Replace => edit.a.len() as u64 * u64::from(self.replace),
            Op::Delete => edit.a.len() as u64 * u64::from(self.delete),
            Op::Insert => edit.b.len() as u64 * u64::from(self.insert),
            Op::Transpose => edit.cost() as u64,
        };
        script.edits.iter().map(cost).sum()
    }
}

/// What a distance needs of the first sequence.
#[derive(Clone, Debug)]
enum Kernel {
    Pattern(bits::Pattern),
    Masks(Masks),
    Plain,
}

impl Kernel {
    fn new(distance: &Distance, a: &[u32], symbols: usize) -> Self {
        match distance {
            Distance::Levenshtein => Kernel::Pattern(bits::Pattern::new(a, symbols)),
            Distance::Damerau => Kernel::Pattern(bits::Pattern::new(a, symbols)),
            Distance::Indel | Distance::Lcs | Distance::Osa | Distance::Cder => {
                Kernel::Masks(Masks::new(a.iter().copied(), symbols))
            }
            _ => Kernel::Plain,
        }
    }

    /// The distance, if it is at most `limit`.
    fn distance(
        &self,
        kind: &Distance,
        a: &[u32],
        b: &[u32],
        symbols: usize,
        limit: f64,
    ) -> Option<f64> {
        let (n, m) = (a.len(), b.len());
        let longer = n.max(m);
        // Whole numbers up to the limit; `as` saturates.
        let whole = if limit < 0.0 { return None } else { limit as usize };
        let distance = match (kind, self) {
            (Distance::Levenshtein, Kernel::Pattern(pattern)) => {
                levenshtein::distance(pattern, b.iter().copied(), whole)?
            }
            (Distance::Damerau, Kernel::Pattern(pattern)) => {
                // A transposition is at most two Levenshtein edits.
                levenshtein::distance(pattern, b.iter().copied(), whole.saturating_mul(2))?;
                Grid::unit(Swaps::Any).distance(a, b, symbols) as usize
            }
            (Distance::Osa, Kernel::Masks(masks)) => {
                osa::distance(masks, b.iter().copied(), whole)?
            }
            (Distance::Indel, Kernel::Masks(masks)) => {
                let least = (n + m).saturating_sub(whole).div_ceil(2);
                n + m - 2 * lcs::length(masks, b.iter().copied(), least)?
            }
            (Distance::Lcs, Kernel::Masks(masks)) => {
                longer - lcs::length(masks, b.iter().copied(), longer.saturating_sub(whole))?
            }
            (Distance::Cder, Kernel::Masks(masks)) => {
                cder::distance(masks, b, &mut cder::Row::new())
            }
            (Distance::Weighted(costs), _) => costs.grid().distance(a, b, symbols) as usize,
            (Distance::BlockMoves, _) => {
                let target = tercom::Target::new(b.to_vec(), symbols + 1);
                tercom::edits(a, &target, &mut tercom::Scratch::default())
            }
            (Distance::Jaro, _) => return within(1.0 - jaro::similarity(a, b, symbols), limit),
            (Distance::JaroWinkler, _) => return within(1.0 - jaro::winkler(a, b, symbols), limit),
            (Distance::Dice, _) => return within(1.0 - pairs::dice(a, b), limit),
            (Distance::Prefix, _) => longer - pairs::prefix(a, b),
            (Distance::Postfix, _) => longer - pairs::postfix(a, b),
            _ => pairs::hamming(a, b),
        };
        within(distance as f64, limit)
    }
}

fn within(distance: f64, limit: f64) -> Option<f64> {
    Some(distance).filter(|distance| *distance <= limit)
}

/// One sequence, prepared to be compared with many: see [`Distance::against`].
#[derive(Clone, Debug)]
pub struct Against<'a, T> {
    distance: Distance,
    ids: Ids<'a, T>,
    sequence: Vec<u32>,
    kernel: Kernel,
}

impl<T: Eq + Hash> Against<'_, T> {
    /// The distance to another sequence.
    pub fn of(&self, b: &[T]) -> Value {
        let distance = self.distance_within(b, f64::INFINITY).unwrap_or(0.0);
        self.distance.value(distance, self.sequence.len(), b.len())
    }

    /// The distance to another sequence, if it is at most `limit`.
    pub fn within(&self, b: &[T], limit: f64) -> Option<Value> {
        let distance = self.distance_within(b, limit)?;
        Some(self.distance.value(distance, self.sequence.len(), b.len()))
    }

    fn distance_within(&self, b: &[T], limit: f64) -> Option<f64> {
        let (a, b) = (&self.sequence, self.ids.of(b));
        self.kernel.distance(&self.distance, a, &b, self.ids.len(), limit)
    }

    /// The edits that turn this sequence into another, as [`Distance::script`] has them.
    pub fn script(&self, b: &[T]) -> Option<Script> {
        self.distance.script_on_ids(&self.sequence, &self.ids.of(b), self.ids.len())
    }
}

fn hamming_script(a: &[u32], b: &[u32], script: &mut Script) {
    let both = a.len().min(b.len());
    for (ours, theirs) in a.iter().zip(b) {
        script.extend(if ours == theirs { Op::Keep } else { Op::Replace }, 1, 1);
    }
    script.extend(Op::Delete, a.len() - both, 0);
    script.extend(Op::Insert, 0, b.len() - both);
}

fn block_moves_script(a: &[u32], b: &[u32], symbols: usize, script: &mut Script) {
    let target = tercom::Target::new(b.to_vec(), symbols + 1);
    let mut scratch = tercom::Scratch::default();
    tercom::edits(a, &target, &mut scratch);
    let mut order: Vec<usize> = (0..a.len()).collect();
    for moved in &scratch.moves {
        let items = moved.start..moved.start + moved.length;
        let block: Vec<usize> = order.drain(items.clone()).collect();
        order.splice(moved.to..moved.to, block);
        script.moves.push(Move { items, to: moved.to });
    }
    let (mut i, mut j) = (0_usize, 0);
    for step in &scratch.path {
        // An insertion stands where the item before it ended.
        let before = i.checked_sub(1).map_or(0, |last| order[last] + 1);
        let here = order.get(i).copied().unwrap_or(before);
        let (op, a, b) = match step {
            tercom::Step::Match => (Op::Keep, 1, 1),
            tercom::Step::Substitute => (Op::Replace, 1, 1),
            tercom::Step::Delete => (Op::Delete, 1, 0),
            tercom::Step::Insert => (Op::Insert, 0, 1),
        };
        let here = if a == 0 { before } else { here };
        script.push(op, here..here + a, j..j + b);
        (i, j) = (i + a, j + b);
    }
}

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Distance::Weighted(Costs { insert, delete, replace }) => {
                write!(f, "levenshtein[{insert},{delete},{replace}]")
            }
            plain => {
                let named = DISTANCES.iter().find(|(_, distance, _)| distance == plain);
                f.write_str(named.map_or("", |(name, ..)| name))
            }
        }
    }
}

impl FromStr for Distance {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let name = text.trim().to_ascii_lowercase();
        if let Some(costs) = name.strip_prefix("levenshtein[").and_then(|n| n.strip_suffix(']')) {
            let costs: Option<Vec<u32>> =
                costs.split(',').map(|cost| cost.trim().parse().ok()).collect();
            return match costs.as_deref() {
                Some([insert, delete, replace]) => Ok(Distance::Weighted(Costs {
                    insert: *insert,
                    delete: *delete,
                    replace: *replace,
                })),
                _ => Err(Error::config(format!(
                    "'{text}': costs are three whole numbers, of an insertion, a deletion and a \
                     replacement, as in levenshtein[1,1,2]"
                ))),
            };
        }
        let found = DISTANCES.iter().find(|(known, ..)| *known == name);
        found.map(|(_, distance, _)| *distance).ok_or_else(|| {
            Error::unknown("distance", text, DISTANCES.iter().map(|(name, ..)| *name))
        })
    }
}

impl TryFrom<String> for Distance {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Distance> for String {
    fn from(distance: Distance) -> String {
        distance.to_string()
    }
}
