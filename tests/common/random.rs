//! Seeded random texts that are nasty where tokenizers and metrics are.

/// SplitMix64: small, and the same everywhere.
#[derive(Clone, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A text of random pieces: marks beside digits, entities, all white space, many scripts.
    pub(crate) fn text(&mut self, pieces: usize) -> String {
        (0..self.below(pieces + 1)).map(|_| *self.pick(PIECES)).collect()
    }

    /// Words of a small vocabulary, so that n-grams repeat.
    pub(crate) fn words(&mut self, vocabulary: usize, longest: usize) -> Vec<String> {
        (0..self.below(longest + 1)).map(|_| word(self.below(vocabulary))).collect()
    }

    /// A disturbed copy: words dropped, doubled, replaced, blocks moved.
    pub(crate) fn disturb(
        &mut self,
        words: &[String],
        vocabulary: usize,
        percent: usize,
    ) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for original in words {
            if self.chance(percent) {
                match self.below(3) {
                    0 => {}
                    1 => out.push(word(self.below(vocabulary))),
                    _ => out.extend([original.clone(), original.clone()]),
                }
            } else {
                out.push(original.clone());
            }
        }
        while out.len() > 3 && self.chance(50) {
            let start = self.below(out.len() - 1);
            let end = (start + 1 + self.below(12)).min(out.len());
            let block: Vec<String> = out.drain(start..end).collect();
            let to = self.below(out.len() + 1);
            out.splice(to..to, block);
        }
        out
    }
}

pub(crate) fn word(number: usize) -> String {
    const SYLLABLES: [&str; 12] =
        ["ba", "ko", "Ri", "tü", "sen", "да", "lo.", "(mi", "na,", "xe'", "5", "wa-"];
    let mut text = SYLLABLES[number % 12].to_owned();
    let mut rest = number / 12;
    while rest > 0 {
        text.push_str(SYLLABLES[rest % 12]);
        rest /= 12;
    }
    text
}

/// Pieces of text; each was chosen because a rule somewhere looks at it.
const PIECES: &[&str] = &[
    "a",
    "b",
    "the",
    "cat",
    "Word",
    "ABC",
    "é",
    "e\u{301}",
    "ß",
    "ẞ",
    "İ",
    "Σ",
    "ς",
    "ΟΔΟΣ",
    "ǅ",
    "ﬁ",
    "0",
    "1",
    "5",
    "42",
    "2024",
    "3.14",
    "5,000",
    "1-2",
    "٣",
    "²",
    "Ⅷ",
    "½",
    "१",
    ".",
    ",",
    "-",
    "..",
    "...",
    ",,",
    ".,",
    "--",
    "'",
    "'s",
    "'s ",
    "\"",
    "!",
    "?",
    ":",
    ";",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "$",
    "%",
    "&",
    "*",
    "+",
    "/",
    "<",
    "=",
    ">",
    "@",
    "\\",
    "^",
    "_",
    "`",
    "|",
    "~",
    "#",
    "&quot;",
    "&amp;",
    "&lt;",
    "&gt;",
    "&amp;lt;",
    "&amp;quot;",
    "&QUOT;",
    "&apos;",
    "<skipped>",
    "<SKIPPED>",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\t",
    "\u{b}",
    "\u{c}",
    "\r",
    "\u{1c}",
    "\u{1d}",
    "\u{1e}",
    "\u{1f}",
    "\u{85}",
    "\u{a0}",
    "\u{1680}",
    "\u{2000}",
    "\u{2003}",
    "\u{2009}",
    "\u{2028}",
    "\u{2029}",
    "\u{202f}",
    "\u{205f}",
    "\u{3000}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{180e}",
    "“",
    "”",
    "‘",
    "’",
    "„",
    "«",
    "»",
    "–",
    "—",
    "…",
    "€",
    "£",
    "©",
    "→",
    "∑",
    "°",
    "№",
    "¿",
    "¡",
    "·",
    "†",
    "你",
    "好",
    "世界",
    "，",
    "。",
    "、",
    "「",
    "」",
    "（",
    "）",
    "１",
    "Ａ",
    "！",
    "？",
    "：",
    "；",
    "．",
    "・",
    "〜",
    "㍿",
    "㈱",
    "の",
    "は",
    "カタカナ",
    "ー",
    "ｱ",
    "한국",
    "어",
    "ไทย",
    "हिन्दी",
    "।",
    "العربية",
    "؟",
    "،",
    "שלום",
    "־",
    "\u{20000}",
    "\u{2a6d6}",
    "\u{2f800}",
    "\u{30000}",
    "😀",
    "👩\u{200d}🚀",
    "🇩🇪",
    "𝒳",
    "\u{301}",
    "\u{0}",
    "\u{7f}",
    "㐀",
    "䶵",
    "䷀",
    "龻",
    "龼",
    "豈",
    "﨎",
    "頻",
    "﹅",
    "︐",
    "⺀",
    "⿰",
    "ㄅ",
    "ㆠ",
    "㇀",
    "⁁",
    "⩭",
    "⩮",
    "‐",
    "\n",
    "-\n",
    "\n-",
];
