//! The tokens of one text, as spans.

use std::ops::Range;

use super::lowercase::lowercase;
use super::vocabulary::Word;
use super::whitespace::each_word;

/// What a tokenizer makes of a text: a rewritten text and the spans of its tokens.
///
/// Tokenizers insert boundaries; some also rewrite (13a turns `&quot;` into `"`, TER lowercases). So
/// the tokens are spans over [`text`](Tokens::text), a buffer that is reused from segment to segment.
/// A buffer made by [`traced`](Tokens::traced) also remembers where in the original each byte came
/// from, and [`origin`](Tokens::origin) gives a token's span there.
///
/// ```
/// use bleuprint::text::Tokens;
/// use bleuprint::tokenize::{Tokenize, V13a};
///
/// let mut tokens = Tokens::traced();
/// let text = "say &quot;no&quot;.";
/// V13a.tokenize(text, &mut tokens);
/// assert_eq!(tokens.iter().collect::<Vec<_>>(), ["say", "\"", "no", "\"", "."]);
/// assert_eq!(&text[tokens.origin(1)], "&quot;");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    text: String,
    spans: Vec<(usize, usize)>,
    /// The part of the original that each byte of `text` came from; empty while the two are the same.
    origins: Vec<(usize, usize)>,
    /// Working space of a rewrite.
    spare: (String, Vec<(usize, usize)>),
    traced: bool,
}

impl Tokens {
    /// An empty buffer.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty buffer that remembers origins.
    pub fn traced() -> Self {
        Tokens { traced: true, ..Self::default() }
    }

    /// Starts over with a text.
    pub fn reset(&mut self, text: &str) {
        self.text.clear();
        self.text.push_str(text);
        self.spans.clear();
        self.origins.clear();
    }

    /// The text that the spans are of.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The tokens in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.spans.iter().map(|(start, end)| &self.text[*start..*end])
    }

    /// The tokens in order, as a [`Vocabulary`](super::vocabulary::Vocabulary) takes them.
    #[inline]
    pub(crate) fn words(&self) -> impl ExactSizeIterator<Item = Word<'_>> + DoubleEndedIterator {
        self.spans.iter().map(|(start, end)| Word::at(self.text.as_bytes(), *start, *end))
    }

    /// One token.
    ///
    /// # Panics
    ///
    /// When there is no such token.
    pub fn get(&self, token: usize) -> &str {
        let (start, end) = self.spans[token];
        &self.text[start..end]
    }

    /// A token's span in the original text, if the buffer is [traced](Tokens::traced) or the tokenizer
    /// rewrote nothing.
    ///
    /// # Panics
    ///
    /// When there is no such token.
    pub fn origin(&self, token: usize) -> Range<usize> {
        let (start, end) = self.spans[token];
        if start == end {
            return 0..0;
        }
        self.origin_of(start).0..self.origin_of(end - 1).1
    }

    /// The part of the original that a byte came from.
    fn origin_of(&self, byte: usize) -> (usize, usize) {
        self.origins.get(byte).copied().unwrap_or((byte, byte + 1))
    }

    /// Adds a token: a span over [`text`](Tokens::text). For tokenizers.
    #[inline]
    pub fn push(&mut self, start: usize, end: usize) {
        self.spans.push((start, end));
    }

    /// Replaces every `from` by `to`, from left to right. For tokenizers, before they push.
    pub fn replace(&mut self, from: &str, to: &str) {
        if self.text.contains(from) {
            self.rewrite(|rest, out| {
                if !rest.starts_with(from) {
                    return 0;
                }
                out.push_str(to);
                from.len()
            });
        }
    }

    /// Lowercases the text as [`str::to_lowercase`] does. For tokenizers, before they push.
    pub fn lowercase(&mut self) {
        if self.text.is_ascii() {
            self.text.make_ascii_lowercase();
            return;
        }
        if !self.traced {
            let (lower, _) = &mut self.spare;
            lowercase(&self.text, lower);
            std::mem::swap(&mut self.text, lower);
            return;
        }
        let lower = self.text.to_lowercase();
        let mut rest = lower.as_str();
        self.rewrite(|original, out| {
            let Some(c) = original.chars().next() else { return 0 };
            let length = match c {
                // The final sigma depends on its neighbours and is as long as the other one.
                'Σ' => c.len_utf8(),
                _ => c.to_lowercase().map(char::len_utf8).sum(),
            };
            let (this, others) = rest.split_at(length);
            out.push_str(this);
            rest = others;
            c.len_utf8()
        });
    }

    /// Deletes every character that `unwanted` names from the tokens pushed so far; a token that loses
    /// all is gone.
    pub(crate) fn delete_in_tokens(&mut self, unwanted: impl Fn(char) -> bool) {
        if !self.text.contains(&unwanted) {
            return;
        }
        let mut spans = std::mem::take(&mut self.spans);
        let mut shift = 0;
        let mut deleted = self.text.char_indices().filter(|(_, c)| unwanted(*c)).peekable();
        for (start, end) in &mut spans {
            while deleted.next_if(|(at, _)| at < start).is_some_and(|(_, c)| {
                shift += c.len_utf8();
                true
            }) {}
            *start -= shift;
            while deleted.next_if(|(at, _)| at < end).is_some_and(|(_, c)| {
                shift += c.len_utf8();
                true
            }) {}
            *end -= shift;
        }
        spans.retain(|(start, end)| start < end);
        drop(deleted);
        self.spans = spans;
        self.delete(unwanted);
    }

    /// Says that the text was cut from an original at this byte.
    pub(crate) fn shift_origins(&mut self, by: usize) {
        if self.traced && by > 0 {
            self.origins = (by..by + self.text.len()).map(|byte| (byte, byte + 1)).collect();
        }
    }

    /// Deletes every character that `unwanted` names. For tokenizers, before they push.
    pub fn delete(&mut self, unwanted: impl Fn(char) -> bool) {
        if self.text.contains(&unwanted) {
            self.rewrite(|rest, _| {
                rest.chars().next().filter(|c| unwanted(*c)).map_or(0, char::len_utf8)
            });
        }
    }

    /// At each place, `step` may append a replacement and says how many bytes it consumed; with 0 the
    /// next character is copied.
    fn rewrite(&mut self, mut step: impl FnMut(&str, &mut String) -> usize) {
        let (mut out, mut origins) = std::mem::take(&mut self.spare);
        out.clear();
        origins.clear();
        let mut at = 0;
        while at < self.text.len() {
            let mut consumed = step(&self.text[at..], &mut out);
            if consumed > 0 && self.traced {
                let origin = (self.origin_of(at).0, self.origin_of(at + consumed - 1).1);
                origins.resize(out.len(), origin);
            } else if consumed == 0 {
                let c = self.text[at..].chars().next().unwrap_or_default();
                consumed = c.len_utf8();
                out.push(c);
                if self.traced {
                    origins.extend((at..at + consumed).map(|byte| self.origin_of(byte)));
                }
            }
            at += consumed;
        }
        std::mem::swap(&mut self.origins, &mut origins);
        std::mem::swap(&mut self.text, &mut out);
        self.spare = (out, origins);
    }

    /// Makes the tokens, with a space between each two, the text; there are no tokens then.
    pub(crate) fn join(&mut self) {
        let (mut out, mut origins) = std::mem::take(&mut self.spare);
        out.clear();
        origins.clear();
        for (start, end) in &self.spans {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&self.text[*start..*end]);
            if self.traced {
                // A space comes from nowhere: from the place where the next token begins.
                let at = self.origin_of(*start).0;
                origins.resize(out.len() - (end - start), (at, at));
                origins.extend((*start..*end).map(|byte| self.origin_of(byte)));
            }
        }
        self.spans.clear();
        std::mem::swap(&mut self.origins, &mut origins);
        std::mem::swap(&mut self.text, &mut out);
        self.spare = (out, origins);
    }

    /// The text, to be lent to a scanner that pushes spans over it meanwhile.
    pub(crate) fn text_buffer(&mut self) -> &mut String {
        &mut self.text
    }

    /// The buffer itself, for tokenizers that write their text anew (subword models); such a text has
    /// no origins.
    pub fn text_mut(&mut self) -> &mut String {
        self.origins.clear();
        &mut self.text
    }

    /// Makes the words between white space the tokens.
    pub fn split_whitespace(&mut self) {
        each_word(&self.text, |start, end| self.spans.push((start, end)));
    }
}
