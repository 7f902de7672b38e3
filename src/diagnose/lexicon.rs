//! The few words that checks know: function words that tell languages apart, number words, scales.

use super::view::View;

/// A language that some checks treat in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    English,
    German,
    French,
    Other,
}

/// The language of a text: as the user says, else by its function words.
pub(crate) fn tongue(view: &View<'_>, code: &str) -> Tongue {
    match code {
        "en" | "eng" => Tongue::English,
        "de" | "deu" | "ger" => Tongue::German,
        "fr" | "fra" | "fre" => Tongue::French,
        "" => *view.guessed.get_or_init(|| guess(view)),
        _ => Tongue::Other,
    }
}

/// Frequent words, as they are written, of English, German, French, and of others that could be taken for one of these.
const TELLING: [&str; 60] = [
    "the", "of", "and", "to", "is", "was", "The", "with", "for", "that", "it", "from", //
    "der", "die", "das", "und", "den", "ist", "ein", "eine", "mit", "von", "Der", "Die", "nicht",
    "auf", "dem", "wurde", "ich", "sie", //
    "le", "les", "et", "des", "une", "est", "dans", "pour", "du", "Le", "Les", //
    "a", "v", "se", "na", "je", "el", "los", "que", "il", "di", "che", "het", "een", "w", "i",
    "nie", "och", "att", "og",
];

/// Where the words of each language end.
const TELLING_ENDS: [usize; 3] = [12, 30, 41];

fn guess(view: &View<'_>) -> Tongue {
    static PACKED: [u128; TELLING.len()] = packed(&TELLING);
    static SIEVE: Sieve = Sieve::of(&PACKED);
    let mut votes = [0_u32; 4];
    for token in view.words().take(200) {
        let word = view.of(token).as_bytes();
        if word.len() > LONGEST {
            continue;
        }
        let packed = word.iter().fold(0, |packed, byte| packed << 8 | u128::from(*byte));
        if !SIEVE.has(packed as u64) {
            continue;
        }
        if let Some(at) = PACKED.iter().position(|word| *word == packed) {
            votes[TELLING_ENDS.iter().filter(|end| at >= **end).count()] += 1;
        }
    }
    let best = (0..4).max_by_key(|of| (votes[*of], 3 - of)).filter(|of| votes[*of] > 0);
    [Tongue::English, Tongue::German, Tongue::French, Tongue::Other][best.unwrap_or(3)]
}

/// Words of English, German, French, Spanish, Czech and Russian that carry no content.
const FUNCTION_WORDS: [&str; 124] = [
    "the", "a", "an", "of", "to", "in", "and", "or", "is", "are", "was", "were", "for", "on", "at",
    "by", "with", "as", "it", "its", "that", "this", "be", "been", "not", "from", "his", "her",
    "their", "they", "he", "she", "we", "you", "i", "has", "had", "have", "but", "which", "who",
    "all", "will", "would", "can", "our", "your", "my", "so", "if", "der", "die", "das", "den",
    "dem", "des", "und", "oder", "ein", "eine", "einen", "einem", "einer", "zu", "im", "von",
    "mit", "auf", "für", "ist", "war", "nicht", "sie", "er", "es", "wir", "ich", "sich", "dass",
    "auch", "le", "la", "les", "et", "un", "une", "du", "en", "que", "est", "el", "los", "las",
    "y", "de", "se", "na", "že", "je", "v", "s", "и", "в", "на", "не", "что", "с", "по", "это",
    "как", "он", "она", "то", "о", "к", "из", "за", "для", "но", "а", "я", "ты", "мы", "вы",
];

/// The longest of them in bytes, with room.
const LONGEST: usize = 10;

/// Whether a word carries no content, in any case.
pub(crate) fn is_function_word(word: &str) -> bool {
    static PACKED: [u128; FUNCTION_WORDS.len()] = packed(&FUNCTION_WORDS);
    static SIEVE: Sieve = Sieve::of(&PACKED);
    if word.len() > LONGEST {
        return false;
    }
    let add = |packed: u128, byte: u8| packed << 8 | u128::from(byte);
    let packed = if word.is_ascii() {
        word.bytes().fold(0, |packed, byte| add(packed, byte.to_ascii_lowercase()))
    } else {
        let lower = word.chars().flat_map(char::to_lowercase);
        lower.fold(0, |packed, c| c.encode_utf8(&mut [0; 4]).bytes().fold(packed, add))
    };
    SIEVE.has(packed as u64) && PACKED.contains(&packed)
}

/// The bytes of short words as numbers.
const fn packed<const N: usize>(words: &[&str; N]) -> [u128; N] {
    let (mut all, mut at) = ([0; N], 0);
    while at < N {
        let (word, mut byte) = (words[at].as_bytes(), 0);
        assert!(word.len() <= LONGEST);
        while byte < word.len() {
            all[at] = all[at] << 8 | word[byte] as u128;
            byte += 1;
        }
        at += 1;
    }
    all
}

/// What lets all numbers of a list through and few others.
#[derive(Debug)]
pub(super) struct Sieve([u64; 64]);

impl Sieve {
    pub(super) const EMPTY: Sieve = Sieve([0; 64]);

    /// For the last eight bytes of each number.
    pub(super) const fn of<const N: usize>(numbers: &[u128; N]) -> Self {
        let (mut sieve, mut at) = (Self::EMPTY, 0);
        while at < N {
            sieve.add(numbers[at] as u64);
            at += 1;
        }
        sieve
    }

    pub(super) const fn add(&mut self, number: u64) {
        let hole = Self::hole(number);
        self.0[hole / 64] |= 1 << (hole % 64);
    }

    #[inline]
    pub(super) const fn has(&self, number: u64) -> bool {
        let hole = Self::hole(number);
        self.0[hole / 64] >> (hole % 64) & 1 == 1
    }

    const fn hole(number: u64) -> usize {
        (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52) as usize
    }
}

/// Words that multiply the number before them; short ones must end there.
pub(crate) const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("hundert", 1e2),
    ("sto ", 1e2),
    ("百", 1e2),
    ("सौ", 1e2),
    ("thousand", 1e3),
    ("tausend", 1e3),
    ("tsd", 1e3),
    ("tisíc", 1e3),
    ("tis.", 1e3),
    ("тыс", 1e3),
    ("тис", 1e3),
    ("mille", 1e3),
    ("mil ", 1e3),
    ("k ", 1e3),
    ("千", 1e3),
    ("천", 1e3),
    ("हजार", 1e3),
    ("हज़ार", 1e3),
    ("हज़ार", 1e3),
    ("ألف", 1e3),
    ("آلاف", 1e3),
    ("אלף", 1e3),
    ("พัน", 1e3),
    ("หมื่น", 1e4),
    ("万", 1e4),
    ("萬", 1e4),
    ("만", 1e4),
    ("lakh", 1e5),
    ("लाख", 1e5),
    ("แสน", 1e5),
    ("million", 1e6),
    ("mio", 1e6),
    ("mil.", 1e6),
    ("milion", 1e6),
    ("milión", 1e6),
    ("millón", 1e6),
    ("millones", 1e6),
    ("miljoen", 1e6),
    ("млн", 1e6),
    ("миллион", 1e6),
    ("мільйон", 1e6),
    ("mln", 1e6),
    ("m ", 1e6),
    ("मिलियन", 1e6),
    ("百万", 1e6),
    ("백만", 1e6),
    ("مليون", 1e6),
    ("ملايين", 1e6),
    ("מיליון", 1e6),
    ("ล้าน", 1e6),
    ("crore", 1e7),
    ("करोड़", 1e7),
    ("करोड़", 1e7),
    ("千万", 1e7),
    ("천만", 1e7),
    ("亿", 1e8),
    ("億", 1e8),
    ("억", 1e8),
    ("billion", 1e9),
    ("bn ", 1e9),
    ("milliard", 1e9),
    ("mrd", 1e9),
    ("miliard", 1e9),
    ("mld", 1e9),
    ("миллиард", 1e9),
    ("млрд", 1e9),
    ("अरब", 1e9),
    ("बिलियन", 1e9),
    ("مليار", 1e9),
    ("מיליארד", 1e9),
    ("十亿", 1e9),
    ("十億", 1e9),
    ("b ", 1e9),
    ("trillion", 1e12),
    ("billion", 1e12),
    ("bilion", 1e12),
    ("трлн", 1e12),
    ("兆", 1e12),
    ("조", 1e12),
    ("खरब", 1e11),
];

/// Number words up to a hundred: English, and the commonest of German, Czech, Russian and French, so that
/// a number that is written out is not missed.
const NUMBER_WORDS: &[(u32, &[&str])] = &[
    (0, &["zero", "null", "nula", "ноль"]),
    (1, &["one", "once", "first", "single", "eins", "erste", "ersten", "jeden", "один"]),
    (
        2,
        &[
            "two", "twice", "second", "both", "pair", "zwei", "zweite", "zweiten", "dva", "dvě",
            "два", "две", "deux", "दो",
        ],
    ),
    (3, &["three", "third", "thrice", "drei", "dritte", "dritten", "tři", "три", "trois", "तीन"]),
    (4, &["four", "fourth", "vier", "čtyři", "четыре", "quatre", "चार"]),
    (5, &["five", "fifth", "fünf", "pět", "пять", "cinq", "पांच", "पाँच"]),
    (6, &["six", "sixth", "sechs", "šest", "шесть", "छह"]),
    (7, &["seven", "seventh", "sieben", "sedm", "семь", "sept", "सात"]),
    (8, &["eight", "eighth", "acht", "osm", "восемь", "huit", "आठ"]),
    (9, &["nine", "ninth", "neun", "devět", "девять", "neuf", "नौ"]),
    (10, &["ten", "tenth", "zehn", "deset", "десять", "dix", "दस"]),
    (11, &["eleven", "eleventh", "elf", "jedenáct", "одиннадцать", "onze", "ग्यारह"]),
    (12, &["twelve", "twelfth", "dozen", "zwölf", "dvanáct", "двенадцать", "douze", "बारह"]),
    (13, &["thirteen", "thirteenth", "dreizehn", "třináct", "тринадцать"]),
    (14, &["fourteen", "fourteenth", "vierzehn", "čtrnáct", "четырнадцать"]),
    (15, &["fifteen", "fifteenth", "fünfzehn", "patnáct", "пятнадцать", "quinze", "पंद्रह"]),
    (16, &["sixteen", "sixteenth", "sechzehn", "šestnáct", "шестнадцать"]),
    (17, &["seventeen", "seventeenth", "siebzehn", "sedmnáct", "семнадцать"]),
    (18, &["eighteen", "eighteenth", "achtzehn", "osmnáct", "восемнадцать"]),
    (19, &["nineteen", "nineteenth", "neunzehn", "devatenáct", "девятнадцать"]),
    (20, &["twenty", "twentieth", "zwanzig", "dvacet", "двадцать", "vingt", "बीस"]),
    (30, &["thirty", "thirtieth", "dreißig", "třicet", "тридцать", "trente", "तीस"]),
    (40, &["forty", "fortieth", "vierzig", "čtyřicet", "сорок", "चालीस"]),
    (50, &["fifty", "fiftieth", "fünfzig", "padesát", "пятьдесят", "पचास"]),
    (60, &["sixty", "sixtieth", "sechzig", "šedesát", "шестьдесят", "साठ"]),
    (70, &["seventy", "seventieth", "siebzig", "sedmdesát", "семьдесят", "सत्तर"]),
    (80, &["eighty", "eightieth", "achtzig", "osmdesát", "восемьдесят", "अस्सी"]),
    (90, &["ninety", "ninetieth", "neunzig", "devadesát", "девяносто", "नब्बे"]),
    (100, &["hundred", "hundredth", "hundreds", "hundert", "sto", "сто", "cent", "सौ"]),
    (1000, &["thousand", "thousands", "tausend", "tisíc", "тысяча", "тысячи", "тысяч", "हजार"]),
    (1_000_000, &["million", "millionen", "milion", "миллион"]),
];

/// The value of a number word, in any case.
pub(crate) fn number_word(word: &str) -> Option<f64> {
    static SIEVE: Sieve = outlines();
    let first = word.chars().next()?.to_lowercase().next()?;
    let last = word.chars().next_back()?.to_lowercase().last()?;
    // No letter of theirs takes another number of bytes than its capital.
    if !SIEVE.has(outline(first as usize, last as usize, word.len())) {
        return None;
    }
    let lower = word.to_lowercase();
    let found = NUMBER_WORDS.iter().find(|(_, words)| words.contains(&lower.as_str()));
    found.map(|(value, _)| f64::from(*value))
}

/// What is seen of a word at a glance: its ends and its length.
const fn outline(first: usize, last: usize, length: usize) -> u64 {
    ((length * 64 + first % 64) * 64 + last % 64) as u64
}

/// The outlines of all number words.
const fn outlines() -> Sieve {
    let (mut sieve, mut at) = (Sieve::EMPTY, 0);
    while at < NUMBER_WORDS.len() {
        let (words, mut of_value) = (NUMBER_WORDS[at].1, 0);
        while of_value < words.len() {
            let word = words[of_value].as_bytes();
            // The last byte of a letter has all that is seen of it.
            let first = match word[0] {
                0..0x80 => word[0],
                0x80..0xe0 => word[1],
                _ => word[2],
            };
            sieve.add(outline(first as usize, word[word.len() - 1] as usize, word.len()));
            of_value += 1;
        }
        at += 1;
    }
    sieve
}

/// A digit or a power of ten of Chinese and Japanese.
pub(crate) fn han_numeral(c: char) -> Option<f64> {
    let value = match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    };
    Some(f64::from(value))
}
