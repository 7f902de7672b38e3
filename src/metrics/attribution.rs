//! What the word errors are: missing, added, forms, order, names, numbers and more.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diagnose::{Kind, Token, Tongue, View, fold, stem, tongue};
use crate::distance::{Distance, Op};
use crate::error::{Error, Result};
use crate::metric::{Column, Metric, Score};
use crate::metrics::Entry;
use crate::signature::Signature;

pub(super) const ENTRY: Entry = Entry {
    name: "attribution",
    matches: |name| name.eq_ignore_ascii_case("attribution"),
    summary: "word errors by cause: missing, added, form, order, name, number, punctuation, case, spacing",
    parse: |signature| Ok(Box::new(Attribution::from_signature(signature)?)),
};

/// The causes, in the order of the columns.
const CAUSES: [&str; 10] = [
    "missing",
    "added",
    "form",
    "order",
    "name",
    "number",
    "punctuation",
    "case",
    "spacing",
    "other",
];

/// Why an edit is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
enum Cause {
    Missing,
    Added,
    Form,
    Order,
    Name,
    Number,
    Punctuation,
    Case,
    Spacing,
    Other,
}

/// The edit distance in words, split by cause: each edit has one, and the parts sum to the whole.
///
/// The score is an error rate, edits per hundred reference words; what matters are its parts. Rows add, so a
/// corpus, a document and a system have the same split, and two systems are compared by it with the same
/// tests as by any metric. It says what kind of edits turn the hypothesis into this reference, not how bad
/// they are: a good translation in other words has many.
///
/// # Definition
///
/// Words, numbers and marks are tokens (in scripts without spaces a character is one), compared to the letter. The edits
/// are those of a shortest Levenshtein script. An edit's cause is the first that holds:
///
/// | cause | an edit of words |
/// |---|---|
/// | spacing | in a gap whose two sides are the same without spaces (`leftthe`, `left the`) |
/// | case | replaces a word by itself in other letters (`Votes`, `votes`) |
/// | punctuation | inserts, deletes or replaces marks only |
/// | number | touches a number on each side that it has |
/// | order | of a word that is too much in one place and missing in another |
/// | name | of words with a capital inside a sentence (not in German), or replaces one name by another |
/// | form | replaces a word by another form of it: they begin with the same letters |
/// | missing, added | inserts, deletes any other word |
/// | other | replaces any other word |
///
/// Of several references the one with the fewest edits counts, of equal ones the first.
///
/// # Example
///
/// ```
/// use bleuprint::{Attribution, Metric, References};
///
/// let references = References::single(&["The port took 2,350 tons of grain from Tunxi yesterday."]);
/// let score = Attribution.corpus(&["The port Took 23,500 tons of grains from Tunsi."], &references)?;
/// assert_eq!(score.to_string(), "Attribution = 45.45 (form 1, name 1, number 1, case 1, other 1)");
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Errors
///
/// No references for a segment.
///
/// # Complexity
///
/// That of the script: n·⌈m/64⌉ steps for n and m words, in linear space.
///
/// # References
///
/// Popović, Hjerson (PBML 96, 2011), has five classes and needs base forms; these need none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attribution;

impl Attribution {
    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        if !(ENTRY.matches)(reader.name()) {
            return Err(reader.error("is not Attribution's"));
        }
        reader.word("tok", &[("findings", ())], ())?;
        reader.finish()?;
        Ok(Attribution)
    }
}

/// The edits of a corpus by cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributionScore {
    /// 0 and up; edits per hundred words of the references.
    pub score: f64,
    /// Words of the reference that are missing.
    pub missing: u64,
    /// Words that are too much.
    pub added: u64,
    /// Other forms of words.
    pub form: u64,
    /// Words in other places.
    pub order: u64,
    /// Names.
    pub name: u64,
    /// Numbers.
    pub number: u64,
    /// Marks.
    pub punctuation: u64,
    /// Words with other capitals.
    pub case: u64,
    /// Words that run together or are torn apart.
    pub spacing: u64,
    /// Words that stand for others.
    pub other: u64,
    /// Words, numbers and marks of the references.
    pub ref_words: u64,
}

impl AttributionScore {
    /// The causes with their edits, in the order of the columns.
    pub fn parts(&self) -> [(&'static str, u64); 10] {
        let edits = [
            self.missing,
            self.added,
            self.form,
            self.order,
            self.name,
            self.number,
            self.punctuation,
            self.case,
            self.spacing,
            self.other,
        ];
        std::array::from_fn(|at| (CAUSES[at], edits[at]))
    }

    /// All edits: the word edit distance.
    pub fn edits(&self) -> u64 {
        self.parts().iter().map(|(_, edits)| edits).sum()
    }
}

impl Score for AttributionScore {
    fn name(&self) -> Cow<'_, str> {
        "Attribution".into()
    }

    fn value(&self) -> f64 {
        self.score
    }

    /// The causes that there are, the commonest first.
    fn verbose(&self) -> Option<String> {
        let mut parts = self.parts().to_vec();
        parts.sort_by_key(|(_, edits)| std::cmp::Reverse(*edits));
        let said = parts.iter().filter(|(_, edits)| *edits > 0);
        let said: Vec<String> = said.map(|(cause, edits)| format!("{cause} {edits}")).collect();
        (!said.is_empty()).then(|| format!("({})", said.join(", ")))
    }
}

impl fmt::Display for AttributionScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

impl Metric for Attribution {
    type Reference = Vec<String>;
    type Score = AttributionScore;
    type Scratch = ();

    fn name(&self) -> Cow<'_, str> {
        "Attribution".into()
    }

    fn columns(&self) -> Vec<Column> {
        CAUSES.into_iter().chain(["ref_words"]).map(Column::count).collect()
    }

    fn signature(&self) -> Signature {
        Signature::new("Attribution").with("tok", "findings")
    }

    fn higher_is_better(&self) -> bool {
        false
    }

    fn prepare(&self, references: &[&str], (): &mut ()) -> Result<Vec<String>> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        Ok(references.iter().map(|reference| (*reference).to_owned()).collect())
    }

    fn measure(&self, hypothesis: &str, references: &Vec<String>, (): &mut (), row: &mut [u64]) {
        let ours = View::new(hypothesis);
        let rows = references.iter().map(|reference| attribute(&ours, &View::new(reference)));
        let best = rows.min_by_key(|row| row[..CAUSES.len()].iter().sum::<u64>());
        row.copy_from_slice(&best.unwrap_or_default());
    }

    fn score(&self, row: &[u64]) -> AttributionScore {
        let edits: u64 = row[..CAUSES.len()].iter().sum();
        let ref_words = row[CAUSES.len()];
        let score = match (edits, ref_words) {
            (0, _) => 0.0,
            (_, 0) => 100.0,
            _ => 100.0 * (edits as f64 / ref_words as f64),
        };
        AttributionScore {
            score,
            missing: row[0],
            added: row[1],
            form: row[2],
            order: row[3],
            name: row[4],
            number: row[5],
            punctuation: row[6],
            case: row[7],
            spacing: row[8],
            other: row[9],
            ref_words,
        }
    }
}

/// The row of one pair of texts.
fn attribute(ours: &View<'_>, theirs: &View<'_>) -> [u64; CAUSES.len() + 1] {
    let words = |view: &View<'_>| {
        view.tokens.iter().map(|token| view.of(token).to_owned()).collect::<Vec<_>>()
    };
    let (a, b) = (words(ours), words(theirs));
    let script = Distance::Levenshtein.script(&a, &b).unwrap_or_default();
    let mut row = [0; CAUSES.len() + 1];
    row[CAUSES.len()] = b.len() as u64;
    let changed = script.edits.iter().filter(|edit| edit.op != Op::Keep);
    let mut pair = Pair { ours, theirs, moved: moved(&a, &b, changed), names: has_names(theirs) };
    for gap in script.edits.split(|edit| edit.op == Op::Keep).filter(|gap| !gap.is_empty()) {
        let cost: usize = gap.iter().map(crate::distance::Edit::cost).sum();
        if is_spacing(gap, &a, &b) {
            row[Cause::Spacing as usize] += cost as u64;
            continue;
        }
        for edit in gap {
            for at in 0..edit.cost() {
                let here = edit.a.clone().nth(at).map(|at| &ours.tokens[at]);
                let there = edit.b.clone().nth(at).map(|at| &theirs.tokens[at]);
                row[pair.cause(here, there) as usize] += 1;
            }
        }
    }
    row
}

/// In German all nouns have capitals.
fn has_names(view: &View<'_>) -> bool {
    view.script.has_case() && tongue(view, "") != Tongue::German
}

/// Both sides of a gap are the same letters.
fn is_spacing(gap: &[crate::distance::Edit], a: &[String], b: &[String]) -> bool {
    let (Some(first), Some(last)) = (gap.first(), gap.last()) else { return false };
    let (here, there) = (&a[first.a.start..last.a.end], &b[first.b.start..last.b.end]);
    here.len() != there.len()
        && !here.is_empty()
        && !there.is_empty()
        && here.concat() == there.concat()
}

/// How often each word is too much in one place and missing in another.
fn moved<'e>(
    a: &[String],
    b: &[String],
    edits: impl Iterator<Item = &'e crate::distance::Edit>,
) -> HashMap<String, [u64; 2]> {
    let mut counts: HashMap<String, [u64; 2]> = HashMap::new();
    for edit in edits {
        a[edit.a.clone()].iter().for_each(|word| counts.entry(word.clone()).or_default()[0] += 1);
        b[edit.b.clone()].iter().for_each(|word| counts.entry(word.clone()).or_default()[1] += 1);
    }
    counts.values_mut().for_each(|[here, there]| {
        let both = (*here).min(*there);
        (*here, *there) = (both, both);
    });
    counts
}

/// Two texts, while their edits are attributed.
struct Pair<'p, 't> {
    ours: &'p View<'t>,
    theirs: &'p View<'t>,
    /// How often each word can still be said to have moved away, and to have moved in.
    moved: HashMap<String, [u64; 2]>,
    names: bool,
}

impl Pair<'_, '_> {
    /// The cause of one edit: a word of ours, one of theirs, or one for the other.
    fn cause(&mut self, here: Option<&Token>, there: Option<&Token>) -> Cause {
        let both = here.zip(there);
        let all =
            |holds: &dyn Fn(&Token) -> bool| here.is_none_or(holds) && there.is_none_or(holds);
        let fits = |(a, b): (&Token, &Token)| (self.ours.of(a), self.theirs.of(b));
        if both.map(fits).is_some_and(|(a, b)| a.to_lowercase() == b.to_lowercase()) {
            Cause::Case
        } else if all(&|token| token.kind == Kind::Mark) {
            Cause::Punctuation
        } else if all(&|token| token.kind == Kind::Number) {
            Cause::Number
        } else if self.take_move(here, there) {
            Cause::Order
        } else if self.names && all(&|token| token.is_capital() && !token.first) {
            Cause::Name
        } else {
            self.plain(here, there)
        }
    }

    fn plain(&self, here: Option<&Token>, there: Option<&Token>) -> Cause {
        match (here, there) {
            (Some(a), Some(b)) if self.same_stem(a, b) => Cause::Form,
            (Some(_), Some(_)) => Cause::Other,
            (Some(_), None) => Cause::Added,
            _ => Cause::Missing,
        }
    }

    fn same_stem(&self, a: &Token, b: &Token) -> bool {
        if stem(self.ours, a) == stem(self.theirs, b) {
            return true;
        }
        let (a, b) = (fold(self.ours.of(a)), fold(self.theirs.of(b)));
        let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        let longer = a.chars().count().max(b.chars().count());
        shared >= 3 && shared * 2 > longer && longer - shared <= 4
    }

    /// Whether one of the words has moved; it can be said as often as it has.
    fn take_move(&mut self, here: Option<&Token>, there: Option<&Token>) -> bool {
        let words =
            [here.map(|token| self.ours.of(token)), there.map(|token| self.theirs.of(token))];
        let mut any = false;
        for (side, word) in words.into_iter().enumerate() {
            let left = word.and_then(|word| self.moved.get_mut(word)).filter(|left| left[side] > 0);
            if let Some(left) = left {
                left[side] -= 1;
                any = true;
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(hypothesis: &str, reference: &str) -> Vec<(&'static str, u64)> {
        let score = Attribution.segment(hypothesis, &[reference]).unwrap();
        score.parts().into_iter().filter(|(_, edits)| *edits > 0).collect()
    }

    #[test]
    fn each_cause() {
        assert_eq!(parts("they had leftthe pier", "they had left the pier"), [("spacing", 2)]);
        assert_eq!(parts("the Votes fell", "the votes fell"), [("case", 1)]);
        assert_eq!(parts("so , he said", "so he said."), [("punctuation", 2)]);
        assert_eq!(parts("took 13 tons", "took 23 tons"), [("number", 1)]);
        assert_eq!(parts("sat the cat down", "the cat sat down"), [("order", 2)]);
        assert_eq!(parts("we saw Tunsi", "we saw Tunxi"), [("name", 1)]);
        assert_eq!(parts("they promises it", "they promised it"), [("form", 1)]);
        assert_eq!(parts("it was good", "it was very good"), [("missing", 1)]);
        assert_eq!(parts("it was very good", "it was good"), [("added", 1)]);
        assert_eq!(parts("a small dog", "a small cat"), [("other", 1)]);
        assert_eq!(parts("", ""), []);
    }

    proptest::proptest! {
        #[test]
        fn the_parts_sum_to_the_distance(a in "[a-dA-D0-2 ,.辻é]{0,40}", b in "[a-dA-D0-2 ,.辻é]{0,40}") {
            let words = |text: &str| {
                let view = View::new(text);
                view.tokens.iter().map(|token| text[token.span()].to_owned()).collect::<Vec<_>>()
            };
            let score = Attribution.segment(&a, &[&b]).unwrap();
            let distance = strsim::generic_levenshtein(&words(&a), &words(&b));
            proptest::prop_assert_eq!(score.edits(), distance as u64);
        }
    }
}
