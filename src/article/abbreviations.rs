//! The words before a full stop that is none.
//!
//! Short lists for the languages of news, all in one: a word is looked up without regard to
//! language or case. A word that also ends sentences in another language is left out.

/// What a stop after an abbreviation can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Never the end: titles, `z. B.`, `e.g.`.
    Always,
    /// The end, unless a number follows: `No. 5`.
    BeforeNumber,
    /// The end before a capital: `etc.`, `p.m.`.
    MayEnd,
    /// The end only before a word that opens sentences: `The U.S. team`, `in the U.S. The team`.
    MayLead,
}

/// Never the end of a sentence.
const ALWAYS: &[&str] = &[
    // Titles.
    "mr",
    "mrs",
    "ms",
    "messrs",
    "dr",
    "prof",
    "rev",
    "hon",
    "gen",
    "col",
    "capt",
    "lt",
    "sgt",
    "sen",
    "rep",
    "gov",
    "pres",
    "supt",
    "st",
    "mt",
    "ft",
    "fr",
    "hr",
    "sr",
    "sra",
    "srta",
    "dra",
    "mme",
    "mlle",
    "mm",
    "herr",
    "ing",
    "mgr",
    "judr",
    "mudr",
    "phdr",
    "rndr",
    "bc",
    "doc",
    "dipl.-ing",
    "mag",
    "abg",
    "msgr",
    // In the middle of sentences.
    "e.g",
    "i.e",
    "cf",
    "vs",
    "viz",
    "approx",
    "ca",
    "z.b",
    "d.h",
    "bzw",
    "vgl",
    "sog",
    "ggf",
    "evtl",
    "u.a",
    "i.d.r",
    "inkl",
    "zzgl",
    "abzgl",
    "sv",
    "mio",
    "mrd",
    "tsd",
    "tzv",
    "např",
    "tj",
    "resp",
    "mj",
    "např",
    "popř",
    "odst",
    "т.е",
    "т.н",
    "т.к",
    "им",
    "ул",
    "гл",
    "см",
    "напр",
    "проф",
    "акад",
    "ген",
    "г-н",
    "г-жа",
    "др-р",
    "св",
    "p.ex",
    "c.-à-d",
    "p.ej",
    "np",
    "tzn",
    "tzw",
    "ul",
    "ks",
    "inż",
    "bl.a",
    "f.eks",
    "t.ex",
    // Devanagari, Arabic, Hebrew.
    "डॉ",
    "प्रो",
    "श्री",
    "कु",
    "पं",
    "मो",
    "ए.के",
    "أ.د",
    "د",
    "م",
    "פרופ",
    "גב",
];

/// The end of a sentence, unless a number follows.
const BEFORE_NUMBER: &[&str] = &[
    "no",
    "nos",
    "nr",
    "num",
    "núm",
    "n.º",
    "vol",
    "vols",
    "p",
    "pp",
    "fig",
    "figs",
    "sec",
    "ch",
    "chap",
    "art",
    "abs",
    "bd",
    "kap",
    "ziff",
    "abb",
    "tab",
    "s",
    "str",
    "č",
    "čl",
    "стр",
    "рис",
    "табл",
    "ст",
    "п",
    "пп",
    "№",
    "सं",
    "क्र",
    "ext",
    "tel",
    "apt",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "okt",
    "dez",
    "mär",
];

/// The end of a sentence when a capital follows.
const MAY_END: &[&str] = &[
    "etc", "usw", "usf", "atd", "apod", "aj", "u.ä", "o.ä", "т.д", "т.п", "др", "пр", "a.m", "p.m",
    "inc", "ltd", "corp", "co", "llc", "plc", "jr", "bros", "dept", "est", "ave", "blvd", "rd",
    "mld", "д", "tis", "kč", "руб", "коп", "млн", "млрд", "тыс", "гг", "г", "в", "вв", "hod",
    "min", "sek", "std", "uhr", "al", "ph.d", "m.d", "b.a", "m.a", "b.c", "a.d", "v.chr", "n.chr",
    "н.э",
];

/// The end only before a word that opens sentences.
const MAY_LEAD: &[&str] =
    &["u.s", "u.k", "u.n", "e.u", "u.s.a", "d.c", "u.s.s.r", "l.a", "n.y", "с.ш.а", "j.r", "s.a"];

/// What kind of abbreviation a word before a stop is, if it is one.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.is_empty() || word.len() > 24 {
        return None;
    }
    let word = word.to_lowercase();
    let known = |list: &[&str]| list.contains(&word.as_str());
    if known(ALWAYS) {
        Some(Abbreviation::Always)
    } else if known(BEFORE_NUMBER) {
        Some(Abbreviation::BeforeNumber)
    } else if known(MAY_END) {
        Some(Abbreviation::MayEnd)
    } else {
        known(MAY_LEAD).then_some(Abbreviation::MayLead)
    }
}

/// Months and weekdays, where a date goes on after a stop: `3. Mai`, `9 a.m. Monday`.
pub(super) fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "Januar",
        "Jänner",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
        "January",
        "February",
        "March",
        "May",
        "June",
        "July",
        "October",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Jahrhundert",
        "Jahrhunderts",
        "Jahrhunderten",
        "Jh",
        "EST",
        "EDT",
        "GMT",
        "UTC",
    ];
    MONTHS.contains(&word)
}

/// German words that an ordinal follows.
pub(super) fn is_determiner(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "am", "der", "dem", "den", "des", "die", "das", "vom", "zum", "zur", "im", "ins", "seinen",
        "ihren", "seinem", "ihrem", "seine", "ihre", "Am", "Der", "Den", "Dem", "Das", "Die", "Im",
        "Zum", "Vom",
    ];
    WORDS.contains(&word)
}

/// English words that open sentences far more often than they follow an abbreviation in one.
pub(super) fn is_opener(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "The", "A", "An", "This", "That", "These", "Those", "He", "She", "It", "They", "We", "You",
        "In", "On", "At", "But", "And", "However", "His", "Her", "Its", "Their", "Our", "There",
        "When", "While", "After", "Before", "If", "As", "For", "From", "With", "Since", "By", "To",
        "Some", "Many", "Most", "One", "No", "Now", "Then", "Also", "Although", "Because", "What",
        "Who", "Why", "How", "Not", "So", "Yet",
    ];
    WORDS.contains(&word)
}
