//! BLEU's row by counting maps.

use super::ngrams;
use super::text::strip_end;
use super::tokenizers::tokenize;

#[derive(Clone, Debug)]
pub(crate) struct Bleu {
    pub(crate) tokenizer: &'static str,
    pub(crate) lowercase: bool,
    pub(crate) order: usize,
}

impl Bleu {
    fn tokens(&self, text: &str) -> Vec<String> {
        let text = if self.lowercase { text.to_lowercase() } else { text.to_owned() };
        tokenize(self.tokenizer, strip_end(&text))
    }

    /// Length, closest reference length, matches by order, n-grams by order.
    pub(crate) fn row(&self, hypothesis: &str, references: &[&str]) -> Vec<u64> {
        let hypothesis = self.tokens(hypothesis);
        let references: Vec<Vec<String>> =
            references.iter().map(|text| self.tokens(text)).collect();
        let length = hypothesis.len();
        let closest = references.iter().map(Vec::len).min_by_key(|n| (n.abs_diff(length), *n));
        let mut row = vec![length as u64, closest.unwrap_or(0) as u64];
        for order in 1..=self.order {
            let theirs: Vec<_> = references.iter().map(|text| ngrams(text, order)).collect();
            let clipped = |(ngram, count): (&Vec<String>, &u64)| {
                let most = theirs.iter().filter_map(|counts| counts.get(ngram)).max();
                *count.min(most.unwrap_or(&0))
            };
            row.push(ngrams(&hypothesis, order).iter().map(clipped).sum());
        }
        row.extend((0..self.order).map(|n| length.saturating_sub(n) as u64));
        row
    }
}
