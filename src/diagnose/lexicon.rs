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
        "" => guess(view),
        _ => Tongue::Other,
    }
}

fn guess(view: &View<'_>) -> Tongue {
    let mut votes = [0_u32; 4];
    for token in view.words().take(200) {
        let of = match view.of(token) {
            "the" | "of" | "and" | "to" | "is" | "was" | "The" | "with" | "for" | "that" | "it"
            | "from" => 0,
            "der" | "die" | "das" | "und" | "den" | "ist" | "ein" | "eine" | "mit" | "von"
            | "Der" | "Die" | "nicht" | "auf" | "dem" | "wurde" | "ich" | "sie" => 1,
            "le" | "les" | "et" | "des" | "une" | "est" | "dans" | "pour" | "du" | "Le" | "Les" => {
                2
            }
            "a" | "v" | "se" | "na" | "je" | "el" | "los" | "que" | "il" | "di" | "che" | "het"
            | "een" | "w" | "i" | "nie" | "och" | "att" | "og" => 3,
            _ => continue,
        };
        votes[of] += 1;
    }
    let best = (0..4).max_by_key(|of| (votes[*of], 3 - of)).filter(|of| votes[*of] > 0);
    [Tongue::English, Tongue::German, Tongue::French, Tongue::Other][best.unwrap_or(3)]
}

/// Words of English, German, French, Spanish, Czech and Russian that carry no content.
pub(crate) fn is_function_word(word: &str) -> bool {
    if word.len() > 10 {
        return false;
    }
    let lower = word.to_lowercase();
    matches!(
        lower.as_str(),
        "the"
            | "a"
            | "an"
            | "of"
            | "to"
            | "in"
            | "and"
            | "or"
            | "is"
            | "are"
            | "was"
            | "were"
            | "for"
            | "on"
            | "at"
            | "by"
            | "with"
            | "as"
            | "it"
            | "its"
            | "that"
            | "this"
            | "be"
            | "been"
            | "not"
            | "from"
            | "his"
            | "her"
            | "their"
            | "they"
            | "he"
            | "she"
            | "we"
            | "you"
            | "i"
            | "has"
            | "had"
            | "have"
            | "but"
            | "which"
            | "who"
            | "all"
            | "will"
            | "would"
            | "can"
            | "our"
            | "your"
            | "my"
            | "so"
            | "if"
            | "der"
            | "die"
            | "das"
            | "den"
            | "dem"
            | "des"
            | "und"
            | "oder"
            | "ein"
            | "eine"
            | "einen"
            | "einem"
            | "einer"
            | "zu"
            | "im"
            | "von"
            | "mit"
            | "auf"
            | "für"
            | "ist"
            | "war"
            | "nicht"
            | "sie"
            | "er"
            | "es"
            | "wir"
            | "ich"
            | "sich"
            | "dass"
            | "auch"
            | "le"
            | "la"
            | "les"
            | "et"
            | "un"
            | "une"
            | "du"
            | "en"
            | "que"
            | "est"
            | "el"
            | "los"
            | "las"
            | "y"
            | "de"
            | "se"
            | "na"
            | "že"
            | "je"
            | "v"
            | "s"
            | "и"
            | "в"
            | "на"
            | "не"
            | "что"
            | "с"
            | "по"
            | "это"
            | "как"
            | "он"
            | "она"
            | "то"
            | "о"
            | "к"
            | "из"
            | "за"
            | "для"
            | "но"
            | "а"
            | "я"
            | "ты"
            | "мы"
            | "вы"
    )
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

/// A number word up to a hundred: English, and the commonest of German, Czech, Russian and French, so that
/// a number that is written out is not missed.
pub(crate) fn number_word(word: &str) -> Option<f64> {
    let lower = word.to_lowercase();
    let value = match lower.as_str() {
        "zero" | "null" | "nula" | "ноль" => 0,
        "one" | "once" | "first" | "single" | "eins" | "erste" | "ersten" | "jeden" | "один" => {
            1
        }
        "two" | "twice" | "second" | "both" | "pair" | "zwei" | "zweite" | "zweiten" | "dva"
        | "dvě" | "два" | "две" | "deux" | "दो" => 2,
        "three" | "third" | "thrice" | "drei" | "dritte" | "dritten" | "tři" | "три" | "trois"
        | "तीन" => 3,
        "four" | "fourth" | "vier" | "čtyři" | "четыре" | "quatre" | "चार" => 4,
        "five" | "fifth" | "fünf" | "pět" | "пять" | "cinq" | "पांच" | "पाँच" => {
            5
        }
        "six" | "sixth" | "sechs" | "šest" | "шесть" | "छह" => 6,
        "seven" | "seventh" | "sieben" | "sedm" | "семь" | "sept" | "सात" => 7,
        "eight" | "eighth" | "acht" | "osm" | "восемь" | "huit" | "आठ" => 8,
        "nine" | "ninth" | "neun" | "devět" | "девять" | "neuf" | "नौ" => 9,
        "ten" | "tenth" | "zehn" | "deset" | "десять" | "dix" | "दस" => 10,
        "eleven" | "eleventh" | "elf" | "jedenáct" | "одиннадцать" | "onze" | "ग्यारह" => {
            11
        }
        "twelve" | "twelfth" | "dozen" | "zwölf" | "dvanáct" | "двенадцать" | "douze" | "बारह" => {
            12
        }
        "thirteen" | "thirteenth" | "dreizehn" | "třináct" | "тринадцать" => 13,
        "fourteen" | "fourteenth" | "vierzehn" | "čtrnáct" | "четырнадцать" => 14,
        "fifteen" | "fifteenth" | "fünfzehn" | "patnáct" | "пятнадцать" | "quinze" | "पंद्रह" => {
            15
        }
        "sixteen" | "sixteenth" | "sechzehn" | "šestnáct" | "шестнадцать" => 16,
        "seventeen" | "seventeenth" | "siebzehn" | "sedmnáct" | "семнадцать" => 17,
        "eighteen" | "eighteenth" | "achtzehn" | "osmnáct" | "восемнадцать" => 18,
        "nineteen" | "nineteenth" | "neunzehn" | "devatenáct" | "девятнадцать" => 19,
        "twenty" | "twentieth" | "zwanzig" | "dvacet" | "двадцать" | "vingt" | "बीस" => {
            20
        }
        "thirty" | "thirtieth" | "dreißig" | "třicet" | "тридцать" | "trente" | "तीस" => {
            30
        }
        "forty" | "fortieth" | "vierzig" | "čtyřicet" | "сорок" | "चालीस" => 40,
        "fifty" | "fiftieth" | "fünfzig" | "padesát" | "пятьдесят" | "पचास" => {
            50
        }
        "sixty" | "sixtieth" | "sechzig" | "šedesát" | "шестьдесят" | "साठ" => 60,
        "seventy" | "seventieth" | "siebzig" | "sedmdesát" | "семьдесят" | "सत्तर" => {
            70
        }
        "eighty" | "eightieth" | "achtzig" | "osmdesát" | "восемьдесят" | "अस्सी" => {
            80
        }
        "ninety" | "ninetieth" | "neunzig" | "devadesát" | "девяносто" | "नब्बे" => {
            90
        }
        "hundred" | "hundredth" | "hundreds" | "hundert" | "sto" | "сто" | "cent" | "सौ" => {
            100
        }
        "thousand" | "thousands" | "tausend" | "tisíc" | "тысяча" | "тысячи" | "тысяч" | "हजार" => {
            1000
        }
        "million" | "millionen" | "milion" | "миллион" => 1_000_000,
        _ => return None,
    };
    Some(f64::from(value))
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
