//! Where sentences end: the Unicode rules, and over them what news needs.
//!
//! The first cut is Unicode's (UAX #29, sentence boundaries). It knows no abbreviation, believes that
//! every `?` in an address ends a sentence, and leaves `end.The next` whole. The layer here looks at
//! each boundary that Unicode proposes, and at a few that it doesn't, and asks whether the text
//! before it ([`stop`](Boundary::is_stop)) and after it belong together.
//!
//! What it can't do: tell `Jan.` the month from `Jan.` the man at the end of a sentence; find the sentences
//! of a text without punctuation, except by its lines; find all of them in Thai, which has no full
//! stop (it cuts at spaces after polite particles and in long stretches).

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::abbreviations::{Abbreviation, abbreviation, is_determiner, is_month, is_opener};
use crate::text::{is_web, is_whitespace};

/// A sentence of an article: where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sentence {
    /// Its bytes in the article's text, without white space at both ends; never empty.
    pub span: Range<usize>,
    /// The number of its paragraph, from 0; lines without text don't count.
    pub paragraph: usize,
}

/// A stretch without any stop that is longer than this many bytes is cut at white space (or, where
/// there is none, between characters): whatever it is, it is no sentence.
const LONGEST: usize = 4_000;

/// No word or address that decides about a stop is longer than this many bytes.
const WORD: usize = 256;

/// Of a run without letters and digits so many bytes at both ends decide about a stop.
const RUN: usize = 64;

/// No quotation in a sentence is longer than this many bytes.
const QUOTED: usize = 600;

/// In Thai a space may end a sentence; it does when at least this many bytes (some 40 letters)
/// went before it.
const THAI: usize = 120;

/// The sentences of a text in order.
///
/// A line is a paragraph, and the end of a paragraph ends a sentence, so that headings and the items
/// of lists are sentences of their own; but when the lines of a text look as if a program had
/// wrapped them to a width, only blank lines end paragraphs.
///
/// ```
/// use bleuprint::article::sentences;
///
/// let text = "Dr. Vale left at 7.30 p.m. on 3 May.The U.S. team stayed. “Why?” he asked.\nA heading";
/// let found: Vec<&str> = sentences(text).into_iter().map(|sentence| &text[sentence.span]).collect();
/// assert_eq!(found, [
///     "Dr. Vale left at 7.30 p.m. on 3 May.",
///     "The U.S. team stayed.",
///     "“Why?” he asked.",
///     "A heading",
/// ]);
/// ```
///
/// # Complexity
///
/// Linear in the text.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let flat = unwrapped(text);
    let mut found = Vec::new();
    let mut paragraph = 0;
    let mut start = 0;
    for line in flat.split_inclusive(is_line_end) {
        let before = found.len();
        for span in in_line(line) {
            found.push(Sentence { span: start + span.start..start + span.end, paragraph });
        }
        paragraph += usize::from(found.len() > before);
        start += line.len();
    }
    found
}

/// The spans of the sentences of one line.
fn in_line(line: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut clauses = clauses(line).into_iter().peekable();
    for at in candidates(line).into_iter().chain([line.len()]) {
        start = push_long(line, start..at, &mut spans);
        while clauses.next_if(|clause| clause.end < at).is_some() {}
        let is_quoted = clauses.peek().is_some_and(|clause| clause.start < at);
        if at > start && !is_quoted && (Boundary { line, start, at }).is_stop() {
            let at = at + closing(&line[at..]);
            push_trimmed(line, start..at, &mut spans);
            start = at;
        }
    }
    spans
}

/// What a Japanese sentence quotes before it goes on (`「…。…」と`), in which no sentence ends.
fn clauses(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, mark) in line.match_indices(['「', '」']) {
        if mark == "「" {
            open = Some(at);
        } else if let Some(start) = open.take() {
            let goes_on = line[at + mark.len()..].starts_with(is_particle);
            found.extend((goes_on && at - start <= QUOTED).then_some(start..at));
        }
    }
    found
}

/// Where a sentence might end: Unicode's boundaries, after an ellipsis, where a space is missing after a
/// stop, before the names of posts and the speakers of dialogues, and at the spaces of Thai; ascending.
fn candidates(line: &str) -> Vec<usize> {
    let quiet = quieted(line);
    let bounds = quiet.split_sentence_bound_indices();
    let mut all: Vec<usize> = bounds.map(|(at, _)| before_opening(line, at)).collect();
    let mut previous = ['\0'; 2];
    for (at, c) in line.char_indices() {
        let [earlier, last] = previous;
        let glued = last == '.' && earlier.is_lowercase() && c.is_uppercase();
        let ellipsis = (last == '…' || (is_close(last) && earlier == '…')) && !is_close(c);
        let space = c == ' ' && (is_thai(last) || matches!(last, 'ๆ' | 'ฯ'));
        if glued || ellipsis || space || is_posted(line, at, c) || is_spoken(line, at) {
            all.push(at);
        }
        previous = [last, c];
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The line with letters in the middle of each long run without letters and digits (byte for byte as long): Unicode's
/// rules look ahead from every space and quote behind a stop, and a run of n would take them n² steps.
fn quieted(line: &str) -> Cow<'_, str> {
    let mut runs = Vec::new();
    let mut at = 0;
    while line.len() - at > 2 * RUN + 4 {
        let near = &line[at..floor(line, at + 2 * RUN + 4)];
        let loud = near.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        at += loud;
        if loud == 0 {
            let run = line[at..].find(char::is_alphanumeric).unwrap_or(line.len() - at);
            runs.push([at + RUN, at + run - RUN].map(|end| floor(line, end)));
            at += run;
        }
    }
    if runs.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut quiet = String::with_capacity(line.len());
    for [start, end] in runs {
        quiet.push_str(&line[quiet.len()..start]);
        quiet.extend(std::iter::repeat_n('日', (end - start) / '日'.len_utf8()));
        quiet.extend(std::iter::repeat_n('-', end - quiet.len()));
    }
    quiet.push_str(&line[quiet.len()..]);
    Cow::Owned(quiet)
}

/// In posts a new sentence may start at a `@name`, a `#topic` or an address behind a stop, which Unicode looks through to
/// the small letter; and behind a face (`😂`, `:)`), an address or two topics, which stand where the stop would.
fn is_posted(line: &str, at: usize, next: char) -> bool {
    let is_tag = is_tag(&line[at..]);
    if !is_tag && !is_start(next) {
        return false;
    }
    let before = line[..at].trim_end_matches(is_whitespace);
    let spaced = before.len() < at;
    let closed = || match is_tag {
        true => ends_in_stop(before.trim_end_matches(is_close)),
        false => ends_in_tags(before),
    };
    (spaced || !is_tag && is_cjk(next)) && ends_in_face(before) || spaced && closed()
}

/// Whether a text starts with a name, a topic or an address.
fn is_tag(text: &str) -> bool {
    text.starts_with(['@', '#']) || is_web(text)
}

/// Whether a text ends with an address or with two topics.
fn ends_in_tags(before: &str) -> bool {
    let topic = |word: &str| {
        word.strip_prefix('#').is_some_and(|topic| topic.starts_with(char::is_alphabetic))
    };
    let near = &before[floor(before, before.len().saturating_sub(WORD))..];
    let mut words = near.rsplit(is_whitespace);
    let last = words.next().unwrap_or_default();
    let is_whole = last.ends_with(|c: char| c.is_alphanumeric() || c == '/');
    is_whole && (is_web(last) || topic(last) && words.next().is_some_and(topic))
}

/// Where the speakers of a dialogue change: a dash with a space behind it and then a capital, behind a stop. What the
/// author puts between two dashes (`— Нет, — сказал он. — Иди.`) doesn't end it.
fn is_spoken(line: &str, at: usize) -> bool {
    let spoken = line[at..].strip_prefix(is_dash).and_then(|rest| rest.strip_prefix(is_whitespace));
    spoken.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        && ends_in_stop(line[..at].trim_end_matches(is_whitespace))
}

/// Whether a text ends with a stop behind which Unicode looks ahead to the next letter, or an ellipsis.
pub(super) fn ends_in_stop(before: &str) -> bool {
    before.ends_with(['.', '!', '?', '…'])
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–')
}

/// Whether a sentence can start with this letter: one that is not small, nor a Japanese particle or comma.
fn is_start(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !is_particle(c)
}

/// What is typed for a face, and the Japanese laugh.
const FACES: [&str; 13] =
    ["^_^", ":)", ":(", ":D", ":P", ";)", "=)", ":-)", ":-(", ";-)", ":-D", "(笑)", "（笑）"];

/// Whether a text ends with a pictogram, an emoticon or a Japanese laugh.
fn ends_in_face(before: &str) -> bool {
    let is_pictogram = |c: char| matches!(c, '\u{1f300}'..='\u{1faff}');
    let drawn = before.trim_end_matches(['\u{fe0f}', '\u{200d}']).ends_with(is_pictogram);
    drawn || FACES.iter().any(|face| before.ends_with(face))
}

/// Unicode counts every quote as one that closes; one that opens right before the next letter, with no
/// space between it and the stop (`。“`, `。」「`), belongs to what follows.
fn before_opening(line: &str, at: usize) -> usize {
    let before = line[..at].trim_end_matches(['“', '‘', '「', '『', '（', '《', '【']);
    let closed = before.trim_end_matches(['」', '』', '）', '”', '’', '》', '】']);
    let opens = closed.ends_with(['。', '！', '？', '…', '.', '!', '?'])
        && line[at..].chars().next().is_some_and(|c| !is_whitespace(c));
    if opens { before.len() } else { at }
}

/// A place where the sentence that starts at `start` might end.
#[derive(Clone, Copy)]
struct Boundary<'a> {
    line: &'a str,
    start: usize,
    at: usize,
}

impl<'a> Boundary<'a> {
    /// Whether a sentence ends here.
    fn is_stop(self) -> bool {
        let before = self.before();
        let Some(next) = self.after().chars().next() else { return true };
        // An address goes on as little as a name does, for all its small letter.
        let next = if is_web(self.after()) { '@' } else { next };
        let bare = before.trim_end_matches(is_close);
        let closed = bare.len() < before.len();
        if closed && is_hangul(next) && !self.is_spaced_or_cjk(next) {
            return false;
        }
        if is_dash(next) {
            return !before.trim_start_matches(is_dash).contains(is_dash);
        }
        if ends_in_face(before) {
            return is_start(next) || !next.is_alphanumeric();
        }
        if ends_in_tags(before) {
            return is_start(next);
        }
        match bare.chars().next_back() {
            None => false,
            Some('.') if !closed => self.is_full_stop(next),
            Some('.') if before.ends_with('）') && is_cjk(next) => false,
            Some('.') => !next.is_lowercase() && !is_quoted_clause(before, next),
            Some('!' | '?') => !(self.is_inside_address() || closed && next.is_lowercase()),
            Some('…') => {
                let cjk = next.is_alphanumeric() && bare.trim_end_matches('…').ends_with(is_cjk);
                let parted = self.is_spaced_or_cjk(next) || cjk;
                !next.is_lowercase() && parted && !is_quoted_clause(before, next)
            }
            Some('。' | '！' | '？') => !is_quoted_clause(before, next),
            Some(last) if is_thai(last) && next != '(' => self.is_thai_stop(before),
            Some(last) => !last.is_alphanumeric(),
        }
    }

    fn before(self) -> &'a str {
        self.line[self.start..self.at].trim_end_matches(is_whitespace)
    }

    fn after(self) -> &'a str {
        self.line[self.at..].trim_start_matches(is_whitespace)
    }

    fn is_spaced_or_cjk(self, next: char) -> bool {
        self.before().len() < self.at - self.start
            || self.line[self.at..].starts_with(is_whitespace)
            || is_cjk(next)
    }

    /// A `.` that nothing closes, before the character `next`.
    fn is_full_stop(self, next: char) -> bool {
        let stem = self.before().trim_end_matches('.');
        let word = last_word(stem);
        let following = first_word(self.after());
        if !self.is_spaced_or_cjk(next) {
            return self.is_glued(word, following);
        }
        if self.before().len() - stem.len() > 1 {
            return !next.is_lowercase();
        }
        if is_enumerator(stem) {
            return false;
        }
        match abbreviation(word) {
            Some(Abbreviation::Always) => false,
            Some(Abbreviation::BeforeNumber) => !next.is_numeric(),
            Some(Abbreviation::MayEnd) => {
                !self.names_a_place(word)
                    && !next.is_lowercase()
                    && !is_month(following)
                    && !next.is_numeric()
            }
            Some(Abbreviation::MayLead) => is_opener(following),
            None => {
                !is_initial(word, following)
                    && !is_hebrew_initial(stem)
                    && !self.is_ordinal(word, following)
            }
        }
    }

    /// `end.The next` is two sentences, `example.Com` and `Node.Js` are none.
    fn is_glued(self, word: &str, following: &str) -> bool {
        let token = self.token();
        let plain = word.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && word.chars().all(|c| c.is_alphanumeric() || "-'’".contains(c));
        let sentence_case = following.chars().skip(1).all(|c| !c.is_uppercase());
        let spaced = self.after().strip_prefix(following).is_some_and(|rest| rest.starts_with(' '));
        let long = following.chars().count() >= 2 || spaced;
        plain && sentence_case && long && !is_address(token) && abbreviation(word).is_none()
    }

    /// The word before this one, behind which the stop stands.
    fn earlier(self, word: &str) -> &'a str {
        let stem = self.before().trim_end_matches('.');
        last_word(stem[..stem.len() - word.len()].trim_end_matches(is_whitespace))
    }

    /// Russian `2026 г.` may end a sentence, `жители г. Северного` doesn't: a single letter behind a word.
    fn names_a_place(self, word: &str) -> bool {
        let earlier = self.earlier(word);
        let is_roman = earlier.chars().all(|c| "IVX".contains(c));
        word.chars().count() == 1 && !is_roman && earlier.chars().all(char::is_alphabetic)
    }

    /// German writes `am 3. Mai` and `der 2. Platz`: an ordinal, when a determiner stands before it or
    /// a month behind it.
    fn is_ordinal(self, word: &str, following: &str) -> bool {
        let short = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty();
        let earlier = self.earlier(word);
        short && (is_month(following) || is_determiner(earlier))
    }

    /// A `?` or `!` with no space behind it, inside something that looks like an address, or before
    /// a small letter or a digit.
    fn is_inside_address(self) -> bool {
        let spaced = self.before().len() < self.at - self.start;
        let next = self.line[self.at..].chars().next();
        !spaced
            && next.is_some_and(|c| c.is_ascii())
            && (is_address(self.token()) || next.is_some_and(|c| !c.is_uppercase() && c != '"'))
    }

    /// The characters around the boundary that no white space parts, as far as an address reaches.
    fn token(self) -> &'a str {
        let (before, after) = self.line.split_at(self.at);
        let from = floor(before, before.len().saturating_sub(WORD));
        let before = before[from..].rsplit(is_whitespace).next().unwrap_or_default();
        let after = &after[..floor(after, WORD)];
        let after = after.split(is_whitespace).next().unwrap_or_default();
        &self.line[self.at - before.len()..self.at + after.len()]
    }

    fn is_thai_stop(self, before: &str) -> bool {
        let polite = ["ครับ", "ค่ะ", "คะ", "นะ", "ๆ"].iter().any(|end| before.ends_with(end));
        let next = self.after().chars().next().is_some_and(is_thai);
        next && (before.len() >= THAI || polite && before.len() >= THAI / 4)
    }
}

/// Bytes of closing quotes and brackets that a careless space parted from the stop before them.
fn closing(rest: &str) -> usize {
    let body = rest.trim_start_matches(is_whitespace);
    let marks = body.trim_start_matches(['”', '’', '」', '』', '）', ')', '］', ']']);
    let alone = marks.is_empty() || marks.starts_with(is_whitespace);
    if marks.len() < body.len() && alone { rest.len() - marks.len() } else { 0 }
}

/// What was said goes on with who said it: Japanese `」と`, and a verb of saying in small letters.
fn is_quoted_clause(before: &str, next: char) -> bool {
    let quoted = before.ends_with(['」', '』', '）', '”', '"']);
    quoted && (next.is_lowercase() || is_particle(next))
}

/// Japanese particles, and commas: what goes on.
fn is_particle(c: char) -> bool {
    "とってなのはがをにもやでか、，,".contains(c)
}

/// `1.`, `a.` or `IV.` at the start of a sentence numbers it.
fn is_enumerator(stem: &str) -> bool {
    let number = stem.len() <= 3 && stem.bytes().all(|b| b.is_ascii_digit());
    let letter = stem.len() == 1 && stem.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = stem.len() <= 4 && stem.bytes().all(|b| b"IVX".contains(&b));
    !stem.is_empty() && (number || letter || roman)
}

/// A single letter: `J. Holt`, `z. B.`, `h. c. Leasowe`; not the English `I`, and in scripts without case
/// only where such initials are usual.
fn is_initial(word: &str, following: &str) -> bool {
    let mut letters = word.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
    let english_i = letter == 'I' && is_opener(following);
    ((letter.is_uppercase() || letter.is_lowercase()) && !english_i) || is_semitic(letter)
}

/// A Hebrew letter and a geresh: `ג'. דוריט`.
fn is_hebrew_initial(stem: &str) -> bool {
    let letter = stem.strip_suffix(['\'', '’', '׳']).map(last_word).unwrap_or_default();
    letter.chars().count() == 1 && letter.starts_with(is_semitic)
}

/// A Hebrew or Arabic letter.
fn is_semitic(c: char) -> bool {
    ('\u{5d0}'..='\u{6ff}').contains(&c) && c.is_alphabetic()
}

fn is_address(token: &str) -> bool {
    token.contains("://")
        || token.contains("www.")
        || token.contains('@')
        || token.contains('/') && token.contains('.')
}

fn is_close(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '«'
            | '“'
            | '›'
            | '‹'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '］'
            | '〕'
            | '*'
            | '_'
    )
}

fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

pub(super) fn is_thai(c: char) -> bool {
    ('\u{e00}'..='\u{e7f}').contains(&c)
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

fn last_word(text: &str) -> &str {
    let text = &text[floor(text, text.len().saturating_sub(WORD))..];
    let stops = |c: char| is_whitespace(c) || "(\"“„«'‘[—–/".contains(c);
    text.rsplit(stops).next().unwrap_or(text)
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_whitespace(c));
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(text)
}

/// Where the character at this byte starts, or the text's end.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Adds parts of a span that is too long to be a sentence; where what is left of it starts.
fn push_long(line: &str, span: Range<usize>, spans: &mut Vec<Range<usize>>) -> usize {
    let mut start = span.start;
    while span.end.saturating_sub(start) > LONGEST {
        let end = floor(line, start + LONGEST);
        let space = line[start..end].rfind(is_whitespace).map_or(end, |at| start + at);
        let end = if space > start + LONGEST / 2 { space } else { end };
        push_trimmed(line, start..end, spans);
        start = end;
    }
    start
}

/// Adds the span without its outer white space, unless nothing is left.
fn push_trimmed(line: &str, span: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let text = &line[span.clone()];
    let start = span.end - text.trim_start_matches(is_whitespace).len();
    let end = span.start + text.trim_end_matches(is_whitespace).len();
    if start < end {
        spans.push(start..end);
    }
}

/// The text with a space for each line end that only wraps a paragraph (byte for byte as long, so
/// that spans hold), if that is how its lines look.
///
/// A program that wraps lines to a width leaves none that could have taken the next line's first
/// word. Lines are wrapped when four in five of those that are followed by another have that look,
/// at least four do, and none is longer than 120 characters.
fn unwrapped(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let lengths: Vec<usize> = lines.iter().map(|line| line.trim_end().chars().count()).collect();
    let width = lengths.iter().copied().max().unwrap_or(0);
    let is_full = |i: usize| {
        let next = lines[i + 1].split(is_whitespace).find(|word| !word.is_empty());
        next.is_some_and(|word| lengths[i] + 1 + word.chars().count() > width)
    };
    let inner = |i: &usize| lengths[*i] > 0 && lengths[i + 1] > 0;
    let followed = (0..lines.len() - 1).filter(inner).count();
    let full = (0..lines.len() - 1).filter(inner).filter(|i| is_full(*i)).count();
    if width > 120 || full < 4 || full * 5 < followed * 4 {
        return Cow::Borrowed(text);
    }
    let mut flat = lines[0].to_owned();
    for i in 0..lines.len() - 1 {
        flat.push(if inner(&i) { ' ' } else { '\n' });
        flat.push_str(lines[i + 1]);
    }
    Cow::Owned(flat)
}
