//! Snowball's English stemmer (Porter2).

use super::Word;

/// The stem by Snowball's English algorithm, also called Porter2, as it stood until 2024.
///
/// ```
/// use bleuprint::text::stem::english;
///
/// let stems: Vec<_> = ["flies", "dying", "generously", "happily", "herring"].map(english).into();
/// assert_eq!(stems, ["fli", "die", "generous", "happili", "herring"]);
/// ```
pub fn english(word: &str) -> String {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(irregular, _)| *irregular == word) {
        return (*stem).to_owned();
    }
    let mut word = Word::new(word);
    if word.len() > 2 {
        prelude(&mut word);
        let regions = Regions::of(&word.letters);
        apostrophe(&mut word);
        plural(&mut word);
        if !INVARIANT.iter().any(|invariant| word.letters.iter().copied().eq(invariant.chars())) {
            participle(&mut word, regions);
            final_y(&mut word);
            double_suffix(&mut word, regions);
            single_suffix(&mut word, regions);
            bare_suffix(&mut word, regions);
            final_letter(&mut word, regions);
        }
        for letter in &mut word.letters {
            *letter = if *letter == 'Y' { 'y' } else { *letter };
        }
    }
    word.into()
}

const IRREGULAR: [(&str, &str); 18] = [
    ("skis", "ski"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("idly", "idl"),
    ("gently", "gentl"),
    ("ugly", "ugli"),
    ("early", "earli"),
    ("only", "onli"),
    ("singly", "singl"),
    ("sky", "sky"),
    ("news", "news"),
    ("howe", "howe"),
    ("atlas", "atlas"),
    ("cosmos", "cosmos"),
    ("bias", "bias"),
    ("andes", "andes"),
];

/// Left alone once the plural is gone.
const INVARIANT: [&str; 8] =
    ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

/// Step 2: the ending, and what stands for it.
const DOUBLE: [(&str, &str); 24] = [
    ("ization", "ize"),
    ("ational", "ate"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("iveness", "ive"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("lessli", "less"),
    ("entli", "ent"),
    ("ation", "ate"),
    ("alism", "al"),
    ("aliti", "al"),
    ("ousli", "ous"),
    ("iviti", "ive"),
    ("fulli", "ful"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("abli", "able"),
    ("izer", "ize"),
    ("ator", "ate"),
    ("alli", "al"),
    ("bli", "ble"),
    ("ogi", "og"),
    ("li", ""),
];

/// Step 3.
const SINGLE: [(&str, &str); 9] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("alize", "al"),
    ("icate", "ic"),
    ("iciti", "ic"),
    ("ative", ""),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
];

/// Step 4.
const BARE: [&str; 18] = [
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
    "ive", "ize", "ion", "al", "er", "ic",
];

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Where the regions R1 and R2 begin: behind the first non-vowel that follows a vowel, and the same again
/// within R1.
#[derive(Clone, Copy, Debug)]
struct Regions {
    first: usize,
    second: usize,
}

impl Regions {
    fn of(letters: &[char]) -> Self {
        let starts = |prefix: &&str| letters.iter().copied().take(prefix.len()).eq(prefix.chars());
        let prefix = ["gener", "commun", "arsen"].into_iter().find(starts);
        let first = prefix.map_or_else(|| region(letters, 0), str::len);
        Regions { first, second: region(letters, first) }
    }
}

fn region(letters: &[char], from: usize) -> usize {
    let pairs = letters.get(from..).unwrap_or_default().windows(2);
    let found = pairs.enumerate().find(|(_, pair)| is_vowel(pair[0]) && !is_vowel(pair[1]));
    found.map_or(letters.len(), |(at, _)| from + at + 2)
}

/// Whether the letters end in a short syllable.
fn ends_short(letters: &[char]) -> bool {
    match *letters {
        [a, b] => is_vowel(a) && !is_vowel(b),
        [.., a, b, c] => {
            !is_vowel(a) && is_vowel(b) && !is_vowel(c) && !matches!(c, 'w' | 'x' | 'Y')
        }
        _ => false,
    }
}

/// Takes an apostrophe from the front and marks the `y` that are consonants.
fn prelude(word: &mut Word) {
    for letter in &mut word.letters {
        if matches!(letter, '\u{2018}' | '\u{2019}' | '\u{201b}') {
            *letter = '\'';
        }
    }
    if word.letters.first() == Some(&'\'') {
        word.letters.remove(0);
    }
    for at in 0..word.len() {
        if word.letters[at] == 'y' && (at == 0 || is_vowel(word.letters[at - 1])) {
            word.letters[at] = 'Y';
        }
    }
}

/// Step 0.
fn apostrophe(word: &mut Word) {
    if let Some(suffix) = ["'s'", "'s", "'"].iter().find(|suffix| word.ends_with(suffix)) {
        word.replace(suffix, "");
    }
}

/// Step 1a.
fn plural(word: &mut Word) {
    if word.ends_with("sses") {
        word.replace("sses", "ss");
    } else if word.ends_with("ied") || word.ends_with("ies") {
        let short = word.len() <= 4;
        word.replace("ie?", if short { "ie" } else { "i" });
    } else if word.ends_with("s") && !word.ends_with("us") && !word.ends_with("ss") {
        let stem = word.before("s");
        if stem[..stem.len().saturating_sub(1)].iter().any(|letter| is_vowel(*letter)) {
            word.replace("s", "");
        }
    }
}

/// Step 1b.
fn participle(word: &mut Word, regions: Regions) {
    let suffixes = ["eedly", "ingly", "edly", "eed", "ing", "ed"];
    let Some(suffix) = suffixes.into_iter().find(|suffix| word.ends_with(suffix)) else { return };
    let stem = word.before(suffix);
    if suffix.starts_with("ee") {
        if stem.len() >= regions.first {
            word.replace(suffix, "ee");
        }
        return;
    }
    if !stem.iter().any(|letter| is_vowel(*letter)) {
        return;
    }
    word.replace(suffix, "");
    if ["at", "bl", "iz"].iter().any(|end| word.ends_with(end)) {
        word.replace("", "e");
    } else if matches!(*word.letters, [.., a, b] if a == b && "bdfgmnprt".contains(a)) {
        word.letters.pop();
    } else if word.len() <= regions.first && ends_short(&word.letters) {
        word.replace("", "e");
    }
}

/// Step 1c.
fn final_y(word: &mut Word) {
    if let [_, .., before, 'y' | 'Y'] = *word.letters
        && !is_vowel(before)
    {
        word.replace("y", "i");
    }
}

/// Step 2.
fn double_suffix(word: &mut Word, regions: Regions) {
    let Some((suffix, replacement)) = DOUBLE.iter().find(|(suffix, _)| word.ends_with(suffix))
    else {
        return;
    };
    let stem = word.before(suffix);
    let last = stem.last().copied().unwrap_or(' ');
    let allowed = match *suffix {
        "ogi" => last == 'l',
        "li" => "cdeghkmnrt".contains(last),
        _ => true,
    };
    if allowed && stem.len() >= regions.first {
        word.replace(suffix, replacement);
    }
}

/// Step 3.
fn single_suffix(word: &mut Word, regions: Regions) {
    let Some((suffix, replacement)) = SINGLE.iter().find(|(suffix, _)| word.ends_with(suffix))
    else {
        return;
    };
    let region = if *suffix == "ative" { regions.second } else { regions.first };
    if word.before(suffix).len() >= region {
        word.replace(suffix, replacement);
    }
}

/// Step 4.
fn bare_suffix(word: &mut Word, regions: Regions) {
    let Some(suffix) = BARE.iter().find(|suffix| word.ends_with(suffix)) else { return };
    let stem = word.before(suffix);
    let allowed = *suffix != "ion" || matches!(stem.last(), Some('s' | 't'));
    if allowed && stem.len() >= regions.second {
        word.replace(suffix, "");
    }
}

/// Step 5.
fn final_letter(word: &mut Word, regions: Regions) {
    let length = word.len().saturating_sub(1);
    let stem = &word.letters[..length];
    let gone = match word.letters.last() {
        Some('e') => length >= regions.second || length >= regions.first && !ends_short(stem),
        Some('l') => length >= regions.second && stem.last() == Some(&'l'),
        _ => false,
    };
    if gone {
        word.letters.pop();
    }
}
