//! A text as checks see it: tokens with kind, script, shape and a key that folds case and accents.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::lexicon::Tongue;
use super::script::{Script, script};
use crate::text::vocabulary::hash;
use crate::text::{digit, is_whitespace};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Mark,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// No letter that has case.
    Caseless,
    Lower,
    /// The first letter only.
    Capital,
    /// All letters, two at least.
    Upper,
    /// A capital behind a small letter.
    Mixed,
}

/// A word, a number or a mark.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) script: Script,
    pub(crate) shape: Shape,
    /// The hash of the folded form.
    pub(crate) key: u64,
    /// Characters.
    pub(crate) length: u32,
    /// White space or the start stands before it.
    pub(crate) spaced: bool,
    /// It is the first word of a sentence or of a quotation.
    pub(crate) first: bool,
}

impl Token {
    pub(crate) fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// A word that begins with a capital letter.
    pub(crate) fn is_capital(&self) -> bool {
        self.is_word() && matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Mixed)
    }
}

/// A text and its tokens.
#[derive(Clone, Debug)]
pub(crate) struct View<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: Vec<Token>,
    /// The script of most letters.
    pub(crate) script: Script,
    /// Letters of each script.
    pub(crate) letters: [u32; Script::COUNT],
    /// The length in Latin characters, see [`Script::weight`].
    pub(crate) length: f64,
    /// The pieces between white space that have a mark of addresses, tags or code.
    code: Vec<Range<usize>>,
    /// The language that its function words tell, once somebody asks.
    pub(super) guessed: OnceCell<Tongue>,
}

impl<'t> View<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut view = View {
            text,
            tokens: Vec::with_capacity(text.len() / 4),
            script: Script::Common,
            letters: [0; Script::COUNT],
            length: 0.0,
            code: code(text),
            guessed: OnceCell::new(),
        };
        let folded = String::with_capacity(32);
        Scanner { at: 0, view: &mut view, spaced: true, first: true, folded }.run();
        let main = (1..Script::COUNT).max_by_key(|at| (view.letters[*at], usize::MAX - at));
        if let Some(at) = main.filter(|at| view.letters[*at] > 0) {
            let main = Script::ALL[at];
            let begins = |token: &Token| token.script == main && token.is_word();
            view.script = if view.tokens.iter().any(begins) { main } else { Script::Common };
        }
        view
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.tokens.is_empty()
    }

    pub(crate) fn of(&self, token: &Token) -> &'t str {
        &self.text[token.start..token.end]
    }

    pub(crate) fn words(&self) -> impl DoubleEndedIterator<Item = &Token> + Clone {
        self.tokens.iter().filter(|token| token.kind != Kind::Mark)
    }

    /// Whether a word is one of running text: no part of an address, a handle, a tag or a name of code.
    pub(crate) fn is_plain(&self, token: &Token) -> bool {
        let behind = &self.text[token.end..];
        let dotted = behind
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
        self.is_code_free(token.span()) && !dotted && !self.text[..token.start].ends_with('.')
    }

    /// Whether what stands between white space about a span has no mark of addresses, tags and code.
    pub(crate) fn is_code_free(&self, span: Range<usize>) -> bool {
        let at = self.code.partition_point(|chunk| chunk.end <= span.start);
        self.code.get(at).is_none_or(|chunk| chunk.start >= span.end)
    }

    /// The span from one token to another, both included.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Range<usize> {
        match (
            self.tokens.get(tokens.start),
            tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)),
        ) {
            (Some(first), Some(last)) if first.start <= last.end => first.start..last.end,
            _ => self.text.len()..self.text.len(),
        }
    }

    /// How often each key occurs among words and numbers.
    pub(crate) fn bag(&self) -> Bag {
        let mut bag =
            Bag::with_capacity_and_hasher(self.tokens.len(), BuildHasherDefault::default());
        for token in self.words() {
            *bag.entry(token.key).or_default() += 1;
        }
        bag
    }

    /// Tokens between ends of sentences: index ranges.
    pub(crate) fn sentences(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for (at, token) in self.tokens.iter().enumerate() {
            let next = self.tokens.get(at + 1);
            let ends = token.kind == Kind::Mark
                && self.text[token.start..].starts_with(is_terminal)
                && next.is_none_or(|next| {
                    next.first || next.start > 0 && self.text[..next.start].ends_with('\n')
                });
            if ends {
                sentences.push(start..at + 1);
                start = at + 1;
            }
        }
        if start < self.tokens.len() {
            sentences.push(start..self.tokens.len());
        }
        sentences
    }
}

/// The pieces between white space that have a mark of addresses, tags or code.
fn code(text: &str) -> Vec<Range<usize>> {
    static CODE: Bytes = Bytes::new(b"/@#_<={\\&");
    if !CODE.any(text) {
        return Vec::new();
    }
    let mut start = 0;
    let chunks = text.as_bytes().split_inclusive(u8::is_ascii_whitespace).map(|chunk| {
        start += chunk.len();
        (start - chunk.len()..start, chunk)
    });
    let is_code = |chunk: &[u8]| chunk.iter().any(|byte| CODE.has(*byte));
    chunks.filter(|(_, chunk)| is_code(chunk)).map(|(span, _)| span).collect()
}

/// A set of bytes: what a text without any of them can be spared.
#[derive(Debug)]
pub(crate) struct Bytes([bool; 256]);

impl Bytes {
    pub(crate) const fn new(bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        Bytes(set)
    }

    #[inline]
    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// Whether a text has one of them.
    #[inline]
    pub(crate) fn any(&self, text: &str) -> bool {
        text.bytes().any(|byte| self.has(byte))
    }
}

/// Ends a sentence.
pub(crate) fn is_terminal(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '．'
            | '｡'
            | '।'
            | '॥'
            | '؟'
            | '۔'
            | '։'
            | '።'
    )
}

/// A key's count.
pub(crate) type Bag = Keyed<u64, u32>;

/// A map from keys.
pub(crate) type Keyed<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// A set of keys.
pub(crate) type Keys = HashSet<u64, BuildHasherDefault<KeyHasher>>;

/// Keys are hashes already; mixed once more, since some are bits of numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = crate::text::vocabulary::mix(self.0, hash(bytes));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = crate::text::vocabulary::mix(self.0, key);
    }
}

/// The key of a folded word.
pub(crate) fn key(folded: &str) -> u64 {
    hash(folded.as_bytes())
}

/// Small letters, without accents.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

fn fold_into(word: &str, folded: &mut String) {
    for c in word.chars() {
        match c {
            '\0'..='\x7f' => folded.push(c.to_ascii_lowercase()),
            'À'..='ž' if BARE[c as usize - 'À' as usize] != b'.' => {
                folded.push(char::from(BARE[c as usize - 'À' as usize]));
            }
            'А'..='Я' if c != 'Й' => folded.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
            'а'..='я' if c != 'й' => folded.push(c),
            // Syllables would fall apart into letters, and nothing is gained.
            '가'..='힣' | '一'..='鿿' => folded.push(c),
            '’' | 'ʼ' | '׳' => folded.push('\''),
            '״' | '”' => folded.push('"'),
            _ => fold_any(c, folded),
        }
    }
}

/// The letters from À to ž folded, where that is one ASCII letter: what texts in Latin letters have most.
const BARE: &[u8; 0xbf] = b"aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y\
    aaaaaaccccccccdd..eeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll....nnnnnn...oooooo..rrrrrr\
    sssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz";

fn fold_any(c: char, folded: &mut String) {
    c.to_lowercase().for_each(|c| {
        decompose_canonical(c, |part| {
            if !matches!(part, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{ad}') {
                folded.push(part);
            }
        });
    });
}

fn is_letter(c: char) -> bool {
    is_letter_of(c, script(c))
}

/// Whether a character of this script is a letter.
fn is_letter_of(c: char, script: Script) -> bool {
    use Script::{Arabic, Cyrillic, Devanagari, Han, Hangul, Kana, Latin, Thai};
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    // Their ranges are letters and marks of letters only: no need to ask further.
    let known =
        matches!(script, Latin | Cyrillic | Arabic | Devanagari | Thai | Kana | Han | Hangul);
    known
        || c.is_alphabetic()
        || is_combining_mark(c)
        || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')
}

struct Scanner<'v, 't> {
    /// The byte that is looked at next.
    at: usize,
    view: &'v mut View<'t>,
    spaced: bool,
    first: bool,
    /// What the last token folds to.
    folded: String,
}

impl Scanner<'_, '_> {
    fn run(mut self) {
        while let Some(c) = self.peek() {
            let start = self.at;
            self.at += c.len_utf8();
            if is_whitespace(c) {
                self.spaced = true;
                self.first |= c == '\n';
                self.view.length += f64::from(u8::from(!self.view.tokens.is_empty()));
                continue;
            }
            let script = script(c);
            let kind = match c {
                _ if digit(c).is_some() => Kind::Number,
                _ if is_letter_of(c, script) => Kind::Word,
                _ => Kind::Mark,
            };
            let length = match kind {
                Kind::Number => self.number(),
                Kind::Word => self.word(c, script),
                Kind::Mark => 1,
            };
            self.push(start, kind, script, length);
        }
        self.view.length = self.view.length.max(0.0);
    }

    /// The next character.
    #[inline]
    fn peek(&self) -> Option<char> {
        match self.view.text.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.view.text[self.at..].chars().next(),
        }
    }

    /// The token that ends here.
    fn push(&mut self, start: usize, kind: Kind, script: Script, length: u32) {
        let end = self.at;
        let text = &self.view.text[start..end];
        self.folded.clear();
        if text.is_ascii() {
            self.folded.push_str(text);
            self.folded.make_ascii_lowercase();
        } else {
            fold_into(text, &mut self.folded);
        }
        let shape = match kind {
            Kind::Word if script.has_case() => shape(text),
            _ => Shape::Caseless,
        };
        let first = self.first && kind != Kind::Mark;
        let weight = if kind == Kind::Word { script.weight() } else { 1.0 };
        self.view.length += weight * f64::from(length);
        let (key, spaced) = (key(&self.folded), self.spaced);
        self.view.tokens.push(Token {
            start,
            end,
            kind,
            script,
            shape,
            key,
            length,
            spaced,
            first,
        });
        self.spaced = false;
        self.first = match kind {
            Kind::Mark => starts_sentence(text, self.first),
            _ => false,
        };
    }

    /// The rest of a word; returns its characters.
    fn word(&mut self, first: char, script: Script) -> u32 {
        self.view.letters[script as usize] += 1;
        let mut length = 1;
        while let Some(c) = self.peek() {
            if c.is_ascii_alphanumeric() && script != Script::Common && !script.is_unspaced() {
                length += self.ascii();
                continue;
            }
            let next = super::script::script(c);
            let goes_on = if script.is_unspaced() {
                is_combining_mark(c)
            } else if is_letter_of(c, next) || digit(c).is_some() {
                next == script
                    || next == Script::Common
                    || !next.is_unspaced() && script != Script::Common
            } else {
                is_inner(c)
                    && self.view.text[self.at + c.len_utf8()..].starts_with(is_letter)
                    && !(first.is_ascii() && c == '"')
            };
            if !goes_on {
                break;
            }
            self.view.letters[next as usize] += 1;
            length += 1;
            self.at += c.len_utf8();
        }
        self.view.letters[Script::Common as usize] = 0;
        length
    }

    /// Letters and digits of ASCII, which most words are made of; returns how many.
    fn ascii(&mut self) -> u32 {
        let rest = &self.view.text.as_bytes()[self.at..];
        let run = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric());
        let (mut length, mut letters) = (0, 0);
        for byte in run {
            length += 1;
            letters += u32::from(byte.is_ascii_alphabetic());
        }
        self.view.letters[Script::Latin as usize] += letters;
        self.at += length as usize;
        length
    }

    /// The rest of a number: digits, and separators that digits follow.
    fn number(&mut self) -> u32 {
        let mut length = 1;
        let mut group = 1;
        while let Some(c) = self.peek() {
            let behind = &self.view.text[self.at + c.len_utf8()..];
            let goes_on = if digit(c).is_some() {
                group += 1;
                true
            } else if matches!(c, '.' | ',' | '٫' | '٬' | '．' | '，') {
                group = 0;
                behind.starts_with(|c| digit(c).is_some())
            } else if matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’') {
                let three = group <= 3 && digits(behind) == 3;
                group = 0;
                three
            } else {
                false
            };
            if !goes_on {
                break;
            }
            length += 1;
            self.at += c.len_utf8();
        }
        length
    }
}

/// How many digits a text begins with; four stand for more.
fn digits(text: &str) -> usize {
    text.chars().take(4).take_while(|c| digit(*c).is_some()).count()
}

/// Belongs to a word when letters stand on both sides.
fn is_inner(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '״' | '׳' | '"' | '·' | '\u{200c}' | '\u{200d}')
}

/// Whether the next word begins a sentence: behind an end of sentence, a colon, a bullet, an opening mark.
fn starts_sentence(mark: &str, before: bool) -> bool {
    let c = mark.chars().next().unwrap_or_default();
    match c {
        _ if is_terminal(c) => true,
        ':' | '：' | '•' | '*' | '|' | '—' | '–' | '“' | '„' | '«' | '"' | '「' | '『' | '('
        | '[' | '‘' | '¿' | '¡' | '>' | '/' | ';' => true,
        _ => before,
    }
}

fn shape(word: &str) -> Shape {
    let (mut first, mut upper, mut lower) = (None, 0, 0);
    let small = word.bytes().take_while(u8::is_ascii_lowercase).count();
    if small == word.len() && small > 0 {
        return Shape::Lower;
    }
    for c in word.chars() {
        let is_upper = c.is_uppercase();
        if !is_upper && !c.is_lowercase() {
            continue;
        }
        match first {
            None => first = Some(is_upper),
            Some(_) if is_upper => upper += 1,
            Some(_) => lower += 1,
        }
    }
    match (first, upper, lower) {
        (None, ..) => Shape::Caseless,
        (Some(true), 1.., 0) => Shape::Upper,
        (Some(true), 0, _) => Shape::Capital,
        (Some(false), 0, _) => Shape::Lower,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_ways_of_folding_are_the_long_one() {
        let short = |c: char| fold(c.encode_utf8(&mut [0; 4]));
        let exceptions = "’ʼ׳״”";
        for c in ('\0'..='\u{ffff}').filter(|c| !exceptions.contains(*c)) {
            if !matches!(c, '가'..='힣' | '一'..='鿿') {
                let mut long = String::new();
                fold_any(c, &mut long);
                assert_eq!(short(c), long, "{c:?}");
            }
        }
    }
}
