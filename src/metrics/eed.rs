//! EED, the extended edit distance (Stanchev, Wang and Ney, WMT 2019).

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::mean::{self, MeanScore};
use super::words;
use crate::error::{Error, Result};
use crate::metric::{Column, Metric};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::{is_whitespace, trim_end};

pub(super) const ENTRY: Entry = Entry {
    name: "eed",
    matches: |name| words::is_named(name, "eed"),
    summary: "extended edit distance: character edits with jumps at blanks; less is better",
    parse: |signature| Ok(Box::new(Eed::from_signature(signature)?)),
};

/// What a jump costs, and what passing over a hypothesis character costs.
const JUMP: f64 = 2.0;
const DELETION: f64 = 0.2;
/// How much uneven coverage weighs.
const COVERAGE: f64 = 0.3;

/// Which of the two programs that were published together is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EedDialect {
    /// The C++ one, which made the published scores: it doesn't count visits before the first character.
    #[default]
    Cpp,
    /// The Python one, and torchmetrics: it does.
    Python,
}

const DIALECTS: [(&str, EedDialect); 2] =
    [("cpp", EedDialect::Cpp), ("python", EedDialect::Python)];

/// What is done to a text first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EedPreparation {
    /// The published rules for English, which were applied to all languages but Japanese: the marks `. , ! ?` set
    /// apart, numbers and a few abbreviations joined again, a blank at both ends.
    #[default]
    English,
    /// The published rule for Japanese: NFKC.
    Japanese,
    /// Nothing.
    None,
}

const PREPARATIONS: [(&str, EedPreparation); 3] = [
    ("en", EedPreparation::English),
    ("ja", EedPreparation::Japanese),
    ("none", EedPreparation::None),
];

/// EED, the extended edit distance: character edits, with jumps where a word ends.
///
/// [`Cder`](super::Cder) over characters with a penalty for characters that are used more than once or not at all. It
/// correlates well with human judgement for morphologically rich languages. An error rate between 0 and 100; even a
/// perfect translation has a little more than 0, because its coverage counts too. It doesn't see meaning.
///
/// # Definition
///
/// ```text
/// EED = 100 · min(1, (e + 0.3 · v) / (|r| + 0.3 · v))
/// ```
///
/// where e is the cheapest way to cover the reference's characters: an edit costs 1, passing over a hypothesis character
/// 0.2, a jump to any place, behind a blank of the reference, 2. After each reference character the cheapest place is
/// visited; v sums, over all places, how often each was visited beyond once, and 1 for each that never was. A corpus has
/// the mean of its segments; of several references the least value counts.
///
/// # Parity
///
/// `dialect:python` equals torchmetrics 1.9 in double precision (it returns single precision). The default, `dialect:cpp`, leaves
/// the place before the first hypothesis character out of v, as the program does that made the published scores. The preparation
/// is the published one in both, its faults included: `Mr ` takes the next character with it (`Mr Smith` becomes `Mr.mith`);
/// `prep:none` has none of it. Where a denominator would be 0, the value is.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, metrics::{Eed, EedDialect}};
///
/// let hypotheses = ["this is the prediction", "here is an other sample"];
/// let references = References::single(&["this is the reference", "here is another one"]);
/// let python = Eed::default().dialect(EedDialect::Python).corpus(&hypotheses, &references)?;
/// assert_eq!(python.to_string(), "EED = 30.78");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Complexity
///
/// For n hypothesis and m reference characters n·m steps, n of memory.
///
/// # References
///
/// Stanchev, Wang and Ney, WMT 2019, section 3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Eed {
    dialect: EedDialect,
    preparation: EedPreparation,
}

impl Eed {
    /// Which program is followed.
    #[must_use]
    pub fn dialect(mut self, dialect: EedDialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// What is done to a text first.
    #[must_use]
    pub fn preparation(mut self, preparation: EedPreparation) -> Self {
        self.preparation = preparation;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        let dialect = words::dialect(&mut reader, "eed", &DIALECTS)?;
        let preparation = reader.word("prep", &PREPARATIONS, EedPreparation::default())?;
        reader.finish()?;
        Ok(Eed { dialect, preparation })
    }

    fn prepared(&self, text: &str) -> Vec<char> {
        match self.preparation {
            EedPreparation::English => english(trim_end(text)).chars().collect(),
            EedPreparation::Japanese => trim_end(text).nfkc().collect(),
            EedPreparation::None => text.chars().collect(),
        }
    }

    /// The value of one pair, in [0, 1].
    fn value(&self, hypothesis: &[char], reference: &[char], scratch: &mut EedScratch) -> f64 {
        let cost = cover(hypothesis, reference, scratch);
        let counted = match self.dialect {
            EedDialect::Cpp => &scratch.visits[1..],
            EedDialect::Python => &scratch.visits,
        };
        // A place that was visited once is as it should be; one that never was counts as much as one
        // that was visited twice.
        let uneven = |visits: &u32| u64::from(visits.checked_sub(1).unwrap_or(1));
        let coverage = COVERAGE * counted.iter().map(uneven).sum::<u64>() as f64;
        let whole = reference.len() as f64 + coverage;
        if whole == 0.0 { 0.0 } else { ((cost + coverage) / whole).min(1.0) }
    }
}

/// The cheapest way to cover the reference; leaves the number of visits of each place.
fn cover(hypothesis: &[char], reference: &[char], scratch: &mut EedScratch) -> f64 {
    let EedScratch { row, visits, .. } = scratch;
    let places = hypothesis.len() + 1;
    visits.clear();
    visits.resize(places, 0);
    row.clear();
    row.resize(places, 1.0);
    row[0] = 0.0;
    for theirs in reference {
        let mut diagonal = row[0];
        row[0] += 1.0;
        let (mut left, mut least, mut cheapest) = (row[0], row[0], 0);
        for (at, (ours, cell)) in hypothesis.iter().zip(&mut row[1..]).enumerate() {
            let step = diagonal + f64::from(u8::from(ours != theirs));
            diagonal = *cell;
            left = (left + DELETION).min(step).min(diagonal + 1.0);
            *cell = left;
            if left < least {
                (least, cheapest) = (left, at + 1);
            }
        }
        visits[cheapest] += 1;
        if *theirs == ' ' {
            let jump = JUMP + least;
            row.iter_mut().for_each(|cell| *cell = cell.min(jump));
        }
    }
    row[places - 1]
}

/// The published preparation for English.
fn english(text: &str) -> String {
    let mut apart = String::with_capacity(text.len() + 16);
    apart.push(' ');
    for c in text.chars() {
        // Runs of white space become one blank.
        if is_whitespace(c) || matches!(c, '.' | '!' | '?' | ',') {
            if !(apart.ends_with(' ') && apart.len() > 1) {
                apart.push(' ');
            }
        }
        if !is_whitespace(c) {
            apart.push(c);
        }
    }
    let joined = titles(&numbers(&apart[1..]));
    let joined = joined.replace("e . g .", "e.g.").replace("i . e .", "i.e.");
    format!(" {} ", joined.replace("U . S .", "U.S."))
}

/// `3 . 5` becomes `3.5`.
fn numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let mut after = rest[first.len_utf8()..].chars();
        let next: [Option<char>; 4] = [(); 4].map(|()| after.next());
        match next {
            [Some(' '), Some(mark @ ('.' | ',')), Some(' '), Some(last)]
                if is_digit(first) && is_digit(last) =>
            {
                out.extend([first, mark, last]);
                rest = after.as_str();
            }
            _ => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// A title, a blank and any character become the title and a full stop.
fn titles(text: &str) -> String {
    const TITLES: [&str; 9] = ["Dr", "Jr", "Prof", "Rev", "Gen", "Mr", "Mt", "Mrs", "Ms"];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let found = TITLES.iter().find_map(|title| {
            let mut after = rest.strip_prefix(title)?.strip_prefix(' ')?.chars();
            after.next()?;
            Some((title, after.as_str()))
        });
        if let Some((title, after)) = found {
            out.push_str(title);
            out.push('.');
            rest = after;
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// Whether a character is a decimal digit of any script (Unicode's Nd).
fn is_digit(c: char) -> bool {
    /// The zeros; nine more follow each.
    const ZEROS: [u32; 65] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
        0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
        0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
        0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
        0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0,
        0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950,
    ];
    c.is_ascii_digit()
        || (!c.is_ascii() && {
            let before = ZEROS.partition_point(|zero| *zero <= u32::from(c));
            before > 0 && u32::from(c) - ZEROS[before - 1] < 10
        })
}

/// EED's working memory.
#[derive(Debug, Default)]
pub struct EedScratch {
    row: Vec<f64>,
    visits: Vec<u32>,
}

impl Metric for Eed {
    type Reference = Vec<Vec<char>>;
    type Score = MeanScore;
    type Scratch = EedScratch;

    fn name(&self) -> Cow<'_, str> {
        "EED".into()
    }

    fn columns(&self) -> Vec<Column> {
        mean::columns()
    }

    fn signature(&self) -> Signature {
        let dialect = DIALECTS.iter().find(|(_, known)| *known == self.dialect);
        let preparation = PREPARATIONS.iter().find(|(_, known)| *known == self.preparation);
        Signature::new("EED")
            .with("dialect", dialect.map_or("", |(name, _)| name))
            .with("prep", preparation.map_or("", |(name, _)| name))
    }

    fn higher_is_better(&self) -> bool {
        false
    }

    fn prepare(&self, references: &[&str], _: &mut EedScratch) -> Result<Vec<Vec<char>>> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        Ok(references.iter().map(|reference| self.prepared(reference)).collect())
    }

    fn measure(
        &self,
        hypothesis: &str,
        references: &Vec<Vec<char>>,
        scratch: &mut EedScratch,
        row: &mut [u64],
    ) {
        let hypothesis = self.prepared(hypothesis);
        let values = references.iter().map(|reference| self.value(&hypothesis, reference, scratch));
        mean::write(row, values.fold(f64::INFINITY, f64::min));
    }

    fn score(&self, row: &[u64]) -> MeanScore {
        MeanScore::of("EED", row)
    }
}
