//! ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum (Lin, 2004), as Google's rouge-score computes them.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::mean::UNIT;
use crate::error::{Error, Result};
use crate::metric::{Column, Metric, Score};
use crate::metrics::Entry;
use crate::signature::Signature;
use crate::text::blocks::{each_place, has};
use crate::text::grams::{GramScratch, Grams};
use crate::text::lowercase::lowercase;
use crate::text::stem::{self, Stems};
use crate::text::vocabulary::{Vocabulary, Word, spanned};
use crate::text::{Class, class, is_whitespace};

mod lcs;

pub(super) const ENTRY: Entry = entry("rouge1", "shared words, as summaries are scored");
pub(super) const ROUGE_2: Entry = entry("rouge2", "shared pairs of words, as summaries are scored");
pub(super) const ROUGE_L: Entry = entry("rougeL", "longest common subsequence of words");
pub(super) const ROUGE_LSUM: Entry =
    entry("rougeLsum", "longest common subsequences line by line, for whole texts");

const fn entry(name: &'static str, summary: &'static str) -> Entry {
    let matches: fn(&str) -> bool = match name.as_bytes() {
        b"rouge1" => |name| matches!(Kind::parse(name), Some(Kind::Ngrams(n)) if n != 2),
        b"rouge2" => |name| Kind::parse(name) == Some(Kind::Ngrams(2)),
        b"rougeL" => |name| Kind::parse(name) == Some(Kind::Lcs),
        _ => |name| Kind::parse(name) == Some(Kind::Lsum),
    };
    Entry {
        name,
        matches,
        summary,
        parse: |signature| Ok(Box::new(Rouge::from_signature(signature)?)),
    }
}

/// ROUGE: what a text shares with a reference, as summaries are scored.
///
/// It was made for summaries of a few sentences. For translation report [`Bleu`](crate::Bleu) or
/// [`Chrf`](crate::Chrf); offer ROUGE where whole articles or summaries of them are compared with numbers from
/// that field. **With its default tokens it sees ASCII letters and digits alone**: two identical Russian texts have 0,
/// and `café` is `caf`. [`unicode`](Rouge::unicode) tokens see all scripts, and say so in the signature.
///
/// # Definition
///
/// With m what both sides share, h and r what hypothesis and reference have,
///
/// ```text
/// ROUGE = 100 · mean over segments of 2·P·R / (P + R),   P = m/h,  R = m/r
/// ```
///
/// | name | m | h, r |
/// |---|---|---|
/// | `rouge1` to `rouge9` | n-grams of that order, clipped | n-grams |
/// | `rougeL` | longest common subsequence | words |
/// | `rougeLsum` | for each line of the reference the union of its longest common subsequences with each line of the hypothesis, no word counted more often than either side has it | words |
///
/// A line ends at a line feed; without one `rougeLsum` is `rougeL`. Of several references each segment takes the one
/// with the best F, the first among equals. Words of more than three letters are stemmed if [`stemmer`](Rouge::stemmer) is on.
///
/// # Parity
///
/// Equal to rouge-score 0.1.2's F-measure (and its precision and recall in the [`RougeScore`]) to 1e-9, with and without its stemmer,
/// which is NLTK's [`porter`](stem::porter). Its aggregator bootstraps; the corpus score here is the mean.
///
/// # Example
///
/// ```
/// use bleuprint::{Metric, References, metrics::Rouge};
///
/// let references = References::single(&["The quick brown fox jumps over the lazy dog"]);
/// let hypotheses = ["The quick brown dog jumps on the log."];
/// let score = Rouge::ngrams(1)?.corpus(&hypotheses, &references)?;
/// assert_eq!(score.to_string(), "rouge1 = 70.59");
/// let score = Rouge::lcs().corpus(&hypotheses, &references)?;
/// assert_eq!((score.to_string().as_str(), score.precision), ("rougeL = 58.82", 62.5));
/// # Ok::<(), bleuprint::Error>(())
/// ```
///
/// # Errors
///
/// No references; n-grams of another order than 1 to 9.
///
/// # Complexity
///
/// N-grams linear; the subsequence h·⌈r/64⌉ steps. Space linear, for `rougeLsum` h·r/8 bytes of the longest pair of lines.
///
/// # References
///
/// Lin, Text Summarization Branches Out (ACL workshop), 2004, sections 2 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rouge {
    kind: Kind,
    unicode: bool,
    stemmer: bool,
}

/// What is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ngrams(usize),
    Lcs,
    Lsum,
}

impl Kind {
    fn parse(name: &str) -> Option<Self> {
        let (head, tail) = name.split_at_checked("rouge".len())?;
        if !head.eq_ignore_ascii_case("rouge") {
            return None;
        }
        match tail.trim_start_matches('-').to_ascii_lowercase().as_str() {
            "l" => Some(Kind::Lcs),
            "lsum" => Some(Kind::Lsum),
            digit => digit.parse().ok().filter(|n| (1..=9).contains(n)).map(Kind::Ngrams),
        }
    }

    fn name(self) -> Cow<'static, str> {
        match self {
            Kind::Ngrams(n) => format!("rouge{n}").into(),
            Kind::Lcs => "rougeL".into(),
            Kind::Lsum => "rougeLsum".into(),
        }
    }

    /// How many words a unit has.
    fn order(self) -> usize {
        if let Kind::Ngrams(n) = self { n } else { 1 }
    }
}

impl Rouge {
    /// ROUGE-N.
    ///
    /// # Errors
    ///
    /// An order that is not 1 to 9.
    pub fn ngrams(order: usize) -> Result<Self> {
        if !(1..=9).contains(&order) {
            return Err(Error::config(format!("ROUGE's n-gram order is 1 to 9, not {order}")));
        }
        Ok(Rouge { kind: Kind::Ngrams(order), unicode: false, stemmer: false })
    }

    /// ROUGE-L.
    pub fn lcs() -> Self {
        Rouge { kind: Kind::Lcs, unicode: false, stemmer: false }
    }

    /// ROUGE-Lsum.
    pub fn lsum() -> Self {
        Rouge { kind: Kind::Lsum, ..Rouge::lcs() }
    }

    /// Whether tokens are of all scripts: runs of what is no white space, punctuation or symbol, each Chinese
    /// character and each kana alone.
    #[must_use]
    pub fn unicode(mut self, unicode: bool) -> Self {
        self.unicode = unicode;
        self
    }

    /// Whether words of more than three letters lose their English endings.
    #[must_use]
    pub fn stemmer(mut self, stemmer: bool) -> Self {
        self.stemmer = stemmer;
        self
    }

    /// The configuration that a signature names.
    ///
    /// # Errors
    ///
    /// Another metric's signature, or an unknown key or value.
    pub fn from_signature(signature: &Signature) -> Result<Self> {
        let mut reader = signature.read();
        let Some(kind) = Kind::parse(reader.name()) else {
            return Err(reader.error("is not ROUGE's"));
        };
        let rouge = Rouge {
            kind,
            unicode: reader.word("tok", &[("ascii", false), ("unicode", true)], false)?,
            stemmer: reader.word("stem", &[("no", false), ("porter", true)], false)?,
        };
        reader.finish()?;
        Ok(rouge)
    }

    /// Cuts a text into words, and says where its lines end among them.
    fn split(&self, text: &str, words: &mut Words, ends: &mut Vec<usize>) {
        words.spans.clear();
        ends.clear();
        if self.unicode {
            words.split_unicode(text, ends);
        } else {
            words.split_ascii(text, ends);
        }
        ends.push(words.spans.len());
        if self.stemmer {
            words.stem();
        }
    }

    /// What a hypothesis shares with one reference.
    fn shared(&self, side: &Side, scratch: &mut RougeScratch) -> u64 {
        let hypothesis = &scratch.hypothesis;
        match self.kind {
            Kind::Ngrams(1) => side.words(&hypothesis.words, &mut scratch.left),
            Kind::Ngrams(order) => {
                let mut matches = [0; 9];
                if let Some(grams) = &side.grams {
                    grams.matches(&hypothesis.words, &mut scratch.grams, &mut matches[..order]);
                }
                matches[order - 1]
            }
            Kind::Lcs => lcs::length(&side.lines.words, &hypothesis.words, &mut scratch.lcs),
            Kind::Lsum => lcs::union(&side.lines, hypothesis, &mut scratch.lcs),
        }
    }

    /// How many units a text of this many words has.
    fn units(&self, words: usize) -> u64 {
        (words + 1).saturating_sub(self.kind.order()) as u64
    }
}

/// Whether a character is Chinese or kana.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// A text and its words.
#[derive(Debug, Default)]
struct Words {
    text: String,
    spans: Vec<(usize, usize)>,
    stems: Stems,
    /// What the text was before.
    spare: String,
}

impl Words {
    fn iter(&self) -> impl ExactSizeIterator<Item = Word<'_>> {
        spanned(&self.text, &self.spans)
    }

    /// Runs of ASCII letters and digits.
    fn split_ascii(&mut self, text: &str, ends: &mut Vec<usize>) {
        if has(text.as_bytes(), |byte| (byte == 0xaa) | (byte == 0xb0)) {
            lowercase(text, &mut self.text);
        } else {
            // Only the Kelvin sign and the Turkish İ become ASCII letters, and they end in these bytes.
            self.text.clear();
            self.text.push_str(text);
            self.text.make_ascii_lowercase();
        }
        let bytes = self.text.as_bytes();
        let outside = |byte: u8| (byte.wrapping_sub(b'a') >= 26) & (byte.wrapping_sub(b'0') >= 10);
        let mut start = 0;
        each_place(bytes, outside, |at| {
            if start < at {
                self.spans.push((start, at));
            }
            if bytes[at] == b'\n' {
                ends.push(self.spans.len());
            }
            start = at + 1;
        });
        if start < bytes.len() {
            self.spans.push((start, bytes.len()));
        }
    }

    /// Runs of what is no white space, punctuation or symbol; what stands alone is a word.
    fn split_unicode(&mut self, text: &str, ends: &mut Vec<usize>) {
        lowercase(text, &mut self.text);
        let inside =
            |c: char| !is_whitespace(c) && !matches!(class(c), Class::Punctuation | Class::Symbol);
        let mut open = None;
        for (at, c) in self.text.char_indices() {
            let inside = inside(c);
            let alone = inside && stands_alone(c);
            if alone || !inside {
                self.spans.extend(open.take().map(|start| (start, at)));
            }
            if alone {
                self.spans.push((at, at + c.len_utf8()));
            } else if inside {
                open.get_or_insert(at);
            }
            if c == '\n' {
                ends.push(self.spans.len());
            }
        }
        self.spans.extend(open.map(|start| (start, self.text.len())));
    }

    /// Makes of each word of more than three letters its stem.
    fn stem(&mut self) {
        std::mem::swap(&mut self.text, &mut self.spare);
        self.text.clear();
        for (start, end) in &mut self.spans {
            let word = &self.spare[*start..*end];
            let long = word.chars().nth(3).is_some();
            *start = self.text.len();
            self.text.push_str(if long { self.stems.of(word, stem::porter) } else { word });
            *end = self.text.len();
        }
    }
}

/// A text's words by number, and where its lines end.
#[derive(Clone, Debug, Default)]
struct Lines {
    words: Vec<u32>,
    ends: Vec<usize>,
}

impl Lines {
    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.words[start..*end])
    }
}

/// One segment's references as ROUGE sees them.
#[derive(Clone, Debug)]
pub struct RougeReference {
    vocabulary: Vocabulary,
    sides: Vec<Side>,
}

#[derive(Clone, Debug)]
struct Side {
    lines: Lines,
    /// Only where n-grams of more than one word are counted.
    grams: Option<Grams>,
}

impl Side {
    /// The words of a hypothesis that are here, each at most as often; `left` is working memory.
    fn words(&self, hypothesis: &[u32], left: &mut Vec<u32>) -> u64 {
        left.clear();
        for word in self.lines.words.iter().map(|word| *word as usize) {
            left.resize(left.len().max(word + 1), 0);
            left[word] += 1;
        }
        let mut matched = 0;
        for word in hypothesis {
            if let Some(left) = left.get_mut(*word as usize).filter(|left| **left > 0) {
                *left -= 1;
                matched += 1;
            }
        }
        matched
    }
}

/// ROUGE's working memory.
#[derive(Debug, Default)]
pub struct RougeScratch {
    words: Words,
    hypothesis: Lines,
    left: Vec<u32>,
    grams: GramScratch,
    lcs: lcs::Scratch,
}

/// A ROUGE score with its parts: means over segments, each 0 to 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RougeScore {
    /// The name, as rouge-score has it.
    pub name: Cow<'static, str>,
    /// The F-measure.
    pub score: f64,
    /// What is shared, by what the hypothesis has.
    pub precision: f64,
    /// What is shared, by what the reference has.
    pub recall: f64,
    /// How many segments these are the means of.
    pub segments: u64,
}

impl Score for RougeScore {
    fn name(&self) -> Cow<'_, str> {
        self.name.as_ref().into()
    }

    fn value(&self) -> f64 {
        self.score
    }
}

impl fmt::Display for RougeScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(2))
    }
}

impl Metric for Rouge {
    type Reference = RougeReference;
    type Score = RougeScore;
    type Scratch = RougeScratch;

    fn name(&self) -> Cow<'_, str> {
        self.kind.name()
    }

    fn columns(&self) -> Vec<Column> {
        let means = ["score", "precision", "recall"].map(|name| Column::fraction(name, UNIT));
        means.into_iter().chain([Column::count("segments")]).collect()
    }

    fn signature(&self) -> Signature {
        Signature::new(self.kind.name())
            .with("tok", if self.unicode { "unicode" } else { "ascii" })
            .with("stem", if self.stemmer { "porter" } else { "no" })
    }

    fn prepare(&self, references: &[&str], scratch: &mut RougeScratch) -> Result<RougeReference> {
        if references.is_empty() {
            return Err(Error::no_references(None));
        }
        let mut vocabulary = Vocabulary::default();
        let mut texts = Vec::with_capacity(references.len());
        for reference in references {
            let mut lines = Lines::default();
            self.split(reference, &mut scratch.words, &mut lines.ends);
            vocabulary.insert_all(scratch.words.iter(), &mut lines.words);
            texts.push(lines);
        }
        let side = |lines: Lines| {
            let one = std::iter::once(lines.words.as_slice());
            let order = self.kind.order();
            let grams = || Grams::new(order, vocabulary.len(), one, &mut scratch.grams);
            Side { grams: (order > 1).then(grams), lines }
        };
        let sides = texts.into_iter().map(side).collect();
        Ok(RougeReference { vocabulary, sides })
    }

    fn measure(
        &self,
        hypothesis: &str,
        reference: &RougeReference,
        scratch: &mut RougeScratch,
        row: &mut [u64],
    ) {
        let RougeScratch { words, hypothesis: lines, .. } = scratch;
        self.split(hypothesis, words, &mut lines.ends);
        reference.vocabulary.get_all(words.iter(), &mut lines.words);
        let own = self.units(scratch.hypothesis.words.len());
        let mut best = [0.0; 3];
        for (at, side) in reference.sides.iter().enumerate() {
            let shared = self.shared(side, scratch) as f64;
            let theirs = self.units(side.lines.words.len());
            let (precision, recall) = (shared / own.max(1) as f64, shared / theirs.max(1) as f64);
            let sum = precision + recall;
            let f = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
            if at == 0 || f > best[0] {
                best = [f, precision, recall];
            }
        }
        for (cell, value) in row.iter_mut().zip(best) {
            *cell = (value * UNIT as f64).round() as u64;
        }
        row[3] = 1;
    }

    fn score(&self, row: &[u64]) -> RougeScore {
        let segments = row[3];
        let mean = |sum: u64| 100.0 * (sum as f64 / UNIT as f64 / segments.max(1) as f64);
        RougeScore {
            name: self.kind.name(),
            score: mean(row[0]),
            precision: mean(row[1]),
            recall: mean(row[2]),
            segments,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_becomes_ascii() {
        let mut lower = String::new();
        for c in ('\u{80}'..=char::MAX).map(String::from) {
            lowercase(&c, &mut lower);
            let told = c.bytes().any(|byte| [0xaa, 0xb0].contains(&byte));
            assert!(told || !lower.bytes().any(|byte| byte.is_ascii()), "{c}");
        }
    }
}
