//! How alike two groups of sentences are, without any model: weighted features in common.
//!
//! A sentence is a bag of features: its words without case, their character 3-grams (so that `Tunxi` and `Tunsi`,
//! `trains` and `train` have something in common); numbers without their separators (those inside words too: `@user44`
//! is `@Nutzer44` elsewhere); the marks that a translator keeps whatever the words become (pictograms, `?`, `#`); and
//! in scripts without spaces single characters and pairs of neighbours. All of the text's compatible form (NFKC), with
//! one set of digits: `２０％` is `20%`. A feature weighs
//!
//! ```text
//! ln((N + 1) / df)
//! ```
//!
//! where N is the number of sentences in both texts and df the number of them that have it: what stands
//! everywhere says nothing, a name that two sentences share says almost all. A word's 3-grams weigh
//! together as much as the word itself, a mark or a number in a word twice, a number four times as much.
//!
//! With |A| the weight of all features of A and |A ∩ B| that of the common ones (a feature that A has three
//! times and B twice counts twice), the similarity is the Dice coefficient 2 |A ∩ B| / (|A| + |B|), from 0
//! to 1. Lengths are in it: a sentence against a text four times as long has at most 0.4.

use std::ops::Range;

use super::sentences::is_thai;
use super::{Article, Sentence};
use crate::text::normalize::Form;
use crate::text::vocabulary::Vocabulary;
use crate::text::{Class, class, digit, is_whitespace};

/// What a word counts before its rarity is known; divisible by most numbers of 3-grams.
const UNITS: u32 = 840;

/// Features and weights of the sentences of two articles.
pub(super) struct Weights {
    pub(super) hypothesis: Side,
    pub(super) reference: Side,
    collector: Collector,
    /// What each feature weighs where it counts [`UNITS`].
    rarity: Vec<u32>,
}

/// One article's sentences as weighted features.
#[derive(Debug)]
pub(super) struct Side {
    /// Feature and weight, ascending by feature within a sentence.
    entries: Vec<(u32, u32)>,
    /// Where each sentence stands in `entries`.
    spans: Vec<Range<usize>>,
    /// The weight of all sentences before each, and of all.
    masses: Vec<u64>,
}

impl Side {
    /// The number of sentences.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The features of a sentence.
    pub(super) fn entries(&self, sentence: usize) -> &[(u32, u32)] {
        &self.entries[self.spans[sentence].clone()]
    }

    /// The weight of all features of a run of sentences.
    pub(super) fn mass(&self, sentences: Range<usize>) -> u64 {
        self.masses[sentences.end] - self.masses[sentences.start]
    }

    /// The weight of a run of sentences but for its heaviest.
    pub(super) fn extra(&self, sentences: Range<usize>) -> u64 {
        let heaviest = sentences.clone().map(|i| self.mass(i..i + 1)).max().unwrap_or(0);
        self.mass(sentences) - heaviest
    }

    /// Turns the counts from entry `from` on into weights, and sums up.
    fn weigh(&mut self, from: usize, rarity: &[u32]) {
        for (feature, units) in &mut self.entries[from..] {
            let weight =
                u64::from(*units) * u64::from(rarity[*feature as usize]) / u64::from(UNITS);
            *units = weight.clamp(1, u64::from(u32::MAX / 64)) as u32;
        }
        let mut sum = 0;
        let sums = (0..self.len()).map(|sentence| {
            sum += self.entries(sentence).iter().map(|(_, weight)| u64::from(*weight)).sum::<u64>();
            sum
        });
        self.masses = [0].into_iter().chain(sums).collect();
    }
}

impl Weights {
    /// The features of both articles, weighted by their rarity in the two.
    pub(super) fn new(hypothesis: &Article, reference: &Article) -> Self {
        let mut collector = Collector::default();
        let mut sides = [hypothesis, reference].map(|article| {
            let mut side = Side { entries: Vec::new(), spans: Vec::new(), masses: Vec::new() };
            for sentence in article.sentences() {
                let span =
                    collector.count(&article.text()[sentence.span.clone()], &mut side.entries);
                side.spans.push(span);
            }
            side
        });
        let mut frequency = vec![0u32; collector.features.len()];
        for (feature, _) in sides.iter().flat_map(|side| &side.entries) {
            frequency[*feature as usize] += 1;
        }
        let sentences = (sides[0].len() + sides[1].len() + 1) as f64;
        let weight = |df: &u32| (256.0 * (sentences / f64::from(*df)).ln()).round().max(1.0) as u32;
        let rarity: Vec<u32> = frequency.iter().map(weight).collect();
        sides.iter_mut().for_each(|side| side.weigh(0, &rarity));
        let [hypothesis, reference] = sides;
        Weights { hypothesis, reference, collector, rarity }
    }

    /// The number of different features.
    pub(super) fn features(&self) -> usize {
        self.rarity.len()
    }

    /// The weights of the articles after sentences were cut: only the parts are counted, and what is rare stays so.
    pub(super) fn cut(&mut self, articles: &[Article; 2], origins: &[Origins; 2]) {
        let sides = [&mut self.hypothesis, &mut self.reference];
        for ((side, article), origins) in sides.into_iter().zip(articles).zip(origins) {
            let from = side.entries.len();
            let spans =
                article.sentences().iter().zip(origins).map(|(part, origin)| match origin {
                    Some(old) => side.spans[*old].clone(),
                    None => {
                        self.collector.count(&article.text()[part.span.clone()], &mut side.entries)
                    }
                });
            side.spans = spans.collect();
            // A feature that no whole sentence has is one that a cut made, and a part's alone.
            let alone = self.rarity.iter().max().copied().unwrap_or(1);
            self.rarity.resize(self.collector.features.len(), alone);
            side.weigh(from, &self.rarity);
        }
    }
}

/// For each sentence after a cut the number it had before; none for the parts of those that were cut.
pub(super) type Origins = Vec<Option<usize>>;

/// The origins of the sentences `new`, which are those of `old` or parts of them.
pub(super) fn origins(old: &[Sentence], new: &[Sentence]) -> Origins {
    let mut at = 0;
    let origin = |sentence: &Sentence| {
        at += old[at..].iter().take_while(|whole| whole.span.start < sentence.span.start).count();
        (old.get(at)?.span == sentence.span).then_some(at)
    };
    new.iter().map(origin).collect()
}

/// Turns sentences into features with numbers of their own.
#[derive(Default)]
struct Collector {
    features: Vocabulary,
    words: Vocabulary,
    /// The features of each word, and where they start.
    of_words: Vec<(u32, u32)>,
    word_starts: Vec<usize>,
    /// Working memory.
    text: String,
    key: String,
    bag: Vec<(u32, u32)>,
}

impl Collector {
    /// Adds the features of a sentence, ascending, each with what it counts; and says where they stand.
    fn count(&mut self, sentence: &str, entries: &mut Vec<(u32, u32)>) -> Range<usize> {
        self.sentence(sentence);
        self.bag.sort_unstable();
        let from = entries.len();
        for (feature, units) in self.bag.drain(..) {
            match entries[from..].last_mut() {
                Some((last, sum)) if *last == feature => *sum = sum.saturating_add(units),
                _ => entries.push((feature, units)),
            }
        }
        from..entries.len()
    }

    fn sentence(&mut self, text: &str) {
        let mut normal = std::mem::take(&mut self.text);
        normal.clear();
        Form::Nfkc.push(text, &mut normal);
        let mut rest = normal.as_str();
        while let Some(c) = rest.chars().next() {
            let length = c.len_utf8();
            let class = class(c);
            let length = match (mark(rest, c, class), class) {
                (Some(mark), _) => self.feature(mark, 2 * UNITS, length.max(mark.len())),
                (_, Class::Number) => self.number(rest),
                (_, Class::Other) if is_unspaced(c) => self.character(rest, length),
                (_, Class::Other) if !is_whitespace(c) => self.word(rest),
                _ => length,
            };
            rest = &rest[length..];
        }
        if self.bag.is_empty() {
            self.feature(text, UNITS, 0);
        }
        self.text = normal;
    }

    fn feature(&mut self, key: &str, units: u32, length: usize) -> usize {
        let feature = self.features.insert(key);
        self.bag.push((feature, units));
        length
    }

    /// A number: its digits without separators.
    fn number(&mut self, rest: &str) -> usize {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        key.push('#');
        let mut end = 0;
        for (at, c) in rest.char_indices() {
            match class(c) {
                Class::Number => {
                    key.push(plain(c));
                    end = at + c.len_utf8();
                }
                _ if at == end && matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}' | '\'') => {}
                _ => break,
            }
        }
        self.feature(&key, 4 * UNITS, 0);
        self.key = key;
        end
    }

    /// A character of a script without spaces, and the pair with the next.
    fn character(&mut self, rest: &str, length: usize) -> usize {
        self.feature(&rest[..length], UNITS / 4, 0);
        if let Some(next) = rest[length..].chars().next().filter(|next| is_unspaced(*next)) {
            self.feature(&rest[..length + next.len_utf8()], UNITS / 2, 0);
        }
        length
    }

    /// A word, its 3-grams, and the numbers in it.
    fn word(&mut self, rest: &str) -> usize {
        let is_part = |c: char| {
            matches!(class(c), Class::Other | Class::Number) && !is_whitespace(c) && !is_unspaced(c)
        };
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        key.push('<');
        key.extend(rest[..end].chars().flat_map(char::to_lowercase));
        let word = self.words.insert(&key) as usize;
        if word == self.word_starts.len() {
            self.word_starts.push(self.of_words.len());
            self.grams(&mut key);
            for run in
                rest[..end].split(|c| class(c) != Class::Number).filter(|run| !run.is_empty())
            {
                let number: String = ['#'].into_iter().chain(run.chars().map(plain)).collect();
                self.of_words.push((self.features.insert(&number), 2 * UNITS));
            }
        }
        let next = self.word_starts.get(word + 1).copied().unwrap_or(self.of_words.len());
        self.bag.extend(&self.of_words[self.word_starts[word]..next]);
        self.key = key;
        end
    }

    /// The features of a new word but its numbers, which stands in `key` behind a mark.
    fn grams(&mut self, key: &mut String) {
        let ends: Vec<usize> = key.char_indices().map(|(at, _)| at).chain([key.len()]).collect();
        let count = ends.len().saturating_sub(3).min(60);
        let units = if count < 2 { 0 } else { UNITS / count as u32 };
        for window in ends.windows(4).take(count).filter(|_| units > 0) {
            self.of_words.push((self.features.insert(&key[window[0]..window[3]]), units));
        }
        key.push('>');
        let whole = if units > 0 { UNITS } else { 2 * UNITS };
        self.of_words.push((self.features.insert(&*key), whole));
    }
}

/// The marks that a translator keeps whatever the words become: pictograms and other symbols, names and topics of posts,
/// questions, cries and hesitation.
fn mark(text: &str, first: char, class: Class) -> Option<&str> {
    let is_symbol = class == Class::Symbol && !first.is_ascii();
    match first {
        '؟' => Some("?"),
        '.' => text.get(..3).filter(|dots| *dots == "..."),
        _ => (is_symbol || "?!#@$:*(".contains(first)).then(|| &text[..first.len_utf8()]),
    }
}

/// A digit as ASCII writes it, if it is one.
fn plain(c: char) -> char {
    digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// Letters of the scripts that put no space between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}'
        | '\u{e80}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
        || is_thai(c)
}
