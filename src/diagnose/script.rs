//! Scripts of letters, as far as checks need to tell them apart (UAX #24, the scripts of the news).

/// A script, or none for what all scripts share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Script {
    /// Digits, punctuation, and letters of scripts that are not told apart.
    #[default]
    Common,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Myanmar,
    Georgian,
    Ethiopic,
    Khmer,
    Hangul,
    Kana,
    Han,
}

use Script::*;

/// First and last code point of each script's letters, in order.
const RANGES: &[(u32, u32, Script)] = &[
    (0x41, 0x5a, Latin),
    (0x61, 0x7a, Latin),
    (0xaa, 0xaa, Latin),
    (0xba, 0xba, Latin),
    (0xc0, 0xd6, Latin),
    (0xd8, 0xf6, Latin),
    (0xf8, 0x2b8, Latin),
    (0x370, 0x3ff, Greek),
    (0x400, 0x52f, Cyrillic),
    (0x531, 0x58a, Armenian),
    (0x591, 0x5f4, Hebrew),
    (0x620, 0x65f, Arabic),
    (0x66e, 0x6d3, Arabic),
    (0x6d5, 0x6ef, Arabic),
    (0x6fa, 0x6ff, Arabic),
    (0x750, 0x77f, Arabic),
    (0x8a0, 0x8ff, Arabic),
    (0x900, 0x963, Devanagari),
    (0x970, 0x97f, Devanagari),
    (0x980, 0x9ff, Bengali),
    (0xa01, 0xa7f, Gurmukhi),
    (0xa81, 0xaff, Gujarati),
    (0xb82, 0xbff, Tamil),
    (0xc00, 0xc7f, Telugu),
    (0xc80, 0xcff, Kannada),
    (0xd00, 0xd7f, Malayalam),
    (0xd81, 0xdff, Sinhala),
    (0xe01, 0xe3a, Thai),
    (0xe40, 0xe4e, Thai),
    (0xe81, 0xecd, Lao),
    (0xedc, 0xedf, Lao),
    (0xf00, 0xf1f, Tibetan),
    (0xf40, 0xfbc, Tibetan),
    (0x1000, 0x103f, Myanmar),
    (0x10a0, 0x10ff, Georgian),
    (0x1100, 0x11ff, Hangul),
    (0x1200, 0x139f, Ethiopic),
    (0x1780, 0x17d3, Khmer),
    (0x1c90, 0x1cbf, Georgian),
    (0x1e00, 0x1eff, Latin),
    (0x1f00, 0x1fff, Greek),
    (0x2c60, 0x2c7f, Latin),
    (0x3005, 0x3007, Han),
    (0x3041, 0x3096, Kana),
    (0x309d, 0x309f, Kana),
    (0x30a1, 0x30fa, Kana),
    (0x30fc, 0x30ff, Kana),
    (0x3131, 0x318e, Hangul),
    (0x31f0, 0x31ff, Kana),
    (0x3400, 0x4dbf, Han),
    (0x4e00, 0x9fff, Han),
    (0xa720, 0xa7ff, Latin),
    (0xac00, 0xd7a3, Hangul),
    (0xf900, 0xfaff, Han),
    (0xfb1d, 0xfb4f, Hebrew),
    (0xfb50, 0xfdff, Arabic),
    (0xfe70, 0xfefc, Arabic),
    (0xff21, 0xff3a, Latin),
    (0xff41, 0xff5a, Latin),
    (0xff66, 0xff9d, Kana),
    (0x20000, 0x323af, Han),
];

/// The script of a character.
#[inline]
pub(crate) fn script(c: char) -> Script {
    if c.is_ascii() {
        return if c.is_ascii_alphabetic() { Latin } else { Common };
    }
    match LOW.get(c as usize) {
        Some(script) => *script,
        None => search(c as u32),
    }
}

/// The scripts of the first characters, which most texts are written in.
static LOW: [Script; 0x980] = {
    let mut low = [Common; 0x980];
    let mut at = 0;
    while at < RANGES.len() && (RANGES[at].0 as usize) < low.len() {
        let (first, last, script) = RANGES[at];
        let mut c = first as usize;
        while c <= last as usize {
            low[c] = script;
            c += 1;
        }
        at += 1;
    }
    low
};

fn search(c: u32) -> Script {
    let after = RANGES.partition_point(|(first, _, _)| *first <= c);
    match after.checked_sub(1).map(|at| RANGES[at]) {
        Some((_, last, script)) if c <= last => script,
        _ => Common,
    }
}

impl Script {
    pub(crate) const COUNT: usize = Han as usize + 1;

    pub(crate) const ALL: [Script; Script::COUNT] = [
        Common, Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Devanagari, Bengali, Gurmukhi,
        Gujarati, Tamil, Telugu, Kannada, Malayalam, Sinhala, Thai, Lao, Tibetan, Myanmar,
        Georgian, Ethiopic, Khmer, Hangul, Kana, Han,
    ];

    /// The name, as messages have it.
    pub(crate) const fn name(self) -> &'static str {
        const NAMES: [&str; Script::COUNT] = [
            "another script",
            "Latin",
            "Greek",
            "Cyrillic",
            "Armenian",
            "Hebrew",
            "Arabic",
            "Devanagari",
            "Bengali",
            "Gurmukhi",
            "Gujarati",
            "Tamil",
            "Telugu",
            "Kannada",
            "Malayalam",
            "Sinhala",
            "Thai",
            "Lao",
            "Tibetan",
            "Myanmar",
            "Georgian",
            "Ethiopic",
            "Khmer",
            "Hangul",
            "Kana",
            "Han",
        ];
        NAMES[self as usize]
    }

    /// Written without spaces between words: each character is a token.
    pub(crate) const fn is_unspaced(self) -> bool {
        matches!(self, Thai | Lao | Tibetan | Myanmar | Khmer | Kana | Han)
    }

    /// Has capital letters.
    pub(crate) const fn has_case(self) -> bool {
        matches!(self, Latin | Greek | Cyrillic | Armenian)
    }

    /// How many Latin letters one character of a translation stands for, roughly: so that lengths of
    /// different scripts compare. From the medians of open parallel texts, rounded.
    pub(crate) const fn weight(self) -> f64 {
        match self {
            Han => 3.0,
            Kana => 1.7,
            Hangul => 2.0,
            Hebrew | Arabic => 1.2,
            _ => 1.0,
        }
    }

    /// The scripts that a language (ISO 639-1 or 639-3, a region may follow) is written in.
    pub(crate) fn of_language(language: &str) -> &'static [Script] {
        match language.split(['-', '_']).next().unwrap_or_default() {
            "el" | "ell" => &[Greek],
            "ru" | "uk" | "bg" | "be" | "mk" | "kk" | "ky" | "mn" | "rus" | "ukr" | "bul" => {
                &[Cyrillic]
            }
            "sr" | "srp" => &[Cyrillic, Latin],
            "hy" | "hye" => &[Armenian],
            "he" | "iw" | "yi" | "heb" => &[Hebrew],
            "ar" | "fa" | "ur" | "ps" | "ara" | "fas" | "urd" => &[Arabic],
            "hi" | "mr" | "ne" | "sa" | "hin" | "mar" | "nep" => &[Devanagari],
            "bn" | "as" | "ben" => &[Bengali],
            "pa" | "pan" => &[Gurmukhi],
            "gu" | "guj" => &[Gujarati],
            "ta" | "tam" => &[Tamil],
            "te" | "tel" => &[Telugu],
            "kn" | "kan" => &[Kannada],
            "ml" | "mal" => &[Malayalam],
            "si" | "sin" => &[Sinhala],
            "th" | "tha" => &[Thai],
            "lo" | "lao" => &[Lao],
            "bo" | "bod" => &[Tibetan],
            "my" | "mya" => &[Myanmar],
            "ka" | "kat" => &[Georgian],
            "am" | "ti" | "amh" => &[Ethiopic],
            "km" | "khm" => &[Khmer],
            "ko" | "kor" => &[Hangul],
            "ja" | "jpn" => &[Kana, Han],
            "zh" | "yue" | "zho" | "cmn" => &[Han],
            "" => &[],
            _ => &[Latin],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_in_order_and_answer() {
        assert!((0..Script::COUNT).all(|at| Script::ALL[at] as usize == at));
        assert!(RANGES.windows(2).all(|pair| pair[0].1 < pair[1].0));
        let scripts: Vec<_> = "aäЖאبहกカ漢한5.".chars().map(script).collect();
        let expected =
            [Latin, Latin, Cyrillic, Hebrew, Arabic, Devanagari, Thai, Kana, Han, Hangul];
        assert_eq!(scripts[..10], expected);
        assert_eq!(scripts[10..], [Common, Common]);
        assert!(('\u{80}'..'\u{1000}').all(|c| script(c) == search(c as u32)));
    }
}
