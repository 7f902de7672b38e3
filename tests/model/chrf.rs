//! chrF's row by counting maps.

use super::ngrams;
use super::text::{is_punctuation, is_space, split};

#[derive(Clone, Debug)]
pub(crate) struct Chrf {
    pub(crate) char_order: usize,
    pub(crate) word_order: usize,
    pub(crate) beta: f64,
    pub(crate) lowercase: bool,
    pub(crate) whitespace: bool,
    pub(crate) eps_smoothing: bool,
}

impl Chrf {
    /// `[hypothesis, reference, match]` by order, of the reference with the greatest F-score.
    pub(crate) fn row(&self, hypothesis: &str, references: &[&str]) -> Vec<u64> {
        let mut best = (-1.0, Vec::new());
        for reference in references {
            let row = self.against(hypothesis, reference);
            let score = self.f_score(&row);
            if score > best.0 {
                best = (score, row);
            }
        }
        best.1
    }

    fn against(&self, hypothesis: &str, reference: &str) -> Vec<u64> {
        let (ours, theirs) = (self.characters(hypothesis), self.characters(reference));
        let mut row = Vec::new();
        for order in 1..=self.char_order {
            push_triple(&ours, &theirs, order, &mut row);
        }
        let (ours, theirs) = (self.words(hypothesis), self.words(reference));
        for order in 1..=self.word_order {
            push_triple(&ours, &theirs, order, &mut row);
        }
        row
    }

    fn folded(&self, text: &str) -> String {
        if self.lowercase { text.to_lowercase() } else { text.to_owned() }
    }

    fn characters(&self, text: &str) -> Vec<char> {
        self.folded(text).chars().filter(|c| self.whitespace || !is_space(*c)).collect()
    }

    fn words(&self, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for word in split(&self.folded(text)) {
            let characters: Vec<char> = word.chars().collect();
            let cut = match characters[..] {
                [_] => None,
                [.., last] if is_punctuation(last) => Some(characters.len() - 1),
                [first, ..] if is_punctuation(first) => Some(1),
                _ => None,
            };
            match cut {
                Some(at) => {
                    words.push(characters[..at].iter().collect());
                    words.push(characters[at..].iter().collect());
                }
                None => words.push(word),
            }
        }
        words
    }

    fn f_score(&self, row: &[u64]) -> f64 {
        let eps = 1e-16;
        let factor = self.beta * self.beta;
        let (mut scores, mut precisions, mut recalls) = (0.0, Vec::new(), Vec::new());
        for order in row.chunks(3) {
            let [hypothesis, reference, matches] = [order[0], order[1], order[2]].map(|n| n as f64);
            let precision = if hypothesis > 0.0 { matches / hypothesis } else { eps };
            let recall = if reference > 0.0 { matches / reference } else { eps };
            let below = factor * precision + recall;
            let f = ((1.0 + factor) * precision * recall) / below;
            scores += if below > 0.0 { f } else { eps };
            if hypothesis > 0.0 && reference > 0.0 {
                precisions.push(precision);
                recalls.push(recall);
            }
        }
        if self.eps_smoothing {
            return 100.0 * scores / (self.char_order + self.word_order) as f64;
        }
        let mean = |values: &[f64]| {
            values.iter().fold(0.0, |sum, value| sum + value) / values.len().max(1) as f64
        };
        let (precision, recall) = (mean(&precisions), mean(&recalls));
        if precision + recall == 0.0 {
            return 0.0;
        }
        100.0 * ((1.0 + factor) * precision * recall / (factor * precision + recall))
    }
}

fn push_triple<T: Clone + Ord>(ours: &[T], theirs: &[T], order: usize, row: &mut Vec<u64>) {
    let (ours, theirs) = (ngrams(ours, order), ngrams(theirs, order));
    let total: u64 = theirs.values().sum();
    row.push(if total == 0 { 0 } else { ours.values().sum() });
    row.push(total);
    row.push(ours.iter().map(|(ngram, n)| *n.min(theirs.get(ngram).unwrap_or(&0))).sum());
}
