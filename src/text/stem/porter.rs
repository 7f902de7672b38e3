//! Porter's stemmer with NLTK's extensions.

use super::Word;

/// The stem by Porter's algorithm (1980) with the exceptions and the changes of NLTK 3.10's default mode.
///
/// ```
/// use bleuprint::text::stem::porter;
///
/// let stems: Vec<_> = ["flies", "dying", "relational", "enjoying", "news"].map(porter).into();
/// assert_eq!(stems, ["fli", "die", "relat", "enjoy", "news"]);
/// ```
pub fn porter(word: &str) -> String {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(irregular, _)| *irregular == word) {
        return (*stem).to_owned();
    }
    let mut word = Word::new(word);
    if word.len() > 2 {
        plural(&mut word);
        participle(&mut word);
        final_y(&mut word);
        double_suffix(&mut word);
        apply(&mut word, &SINGLE, |stem, _| measure(stem) > 0);
        apply(&mut word, &BARE, |stem, suffix| {
            measure(stem) > 1 && (suffix != "ion" || matches!(stem.last(), Some('s' | 't')))
        });
        final_e(&mut word);
        if word.ends_with("ll") && measure(word.before("l")) > 1 {
            word.replace("l", "");
        }
    }
    word.into()
}

const IRREGULAR: [(&str, &str); 16] = [
    ("sky", "sky"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("news", "news"),
    ("innings", "inning"),
    ("inning", "inning"),
    ("outings", "outing"),
    ("outing", "outing"),
    ("cannings", "canning"),
    ("canning", "canning"),
    ("howe", "howe"),
    ("proceed", "proceed"),
    ("exceed", "exceed"),
    ("succeed", "succeed"),
];

/// Step 2 but for `logi`; all ask for a measure above 0.
const DOUBLE: [(&str, &str); 21] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("fulli", "ful"),
];

/// Step 3.
const SINGLE: [(&str, &str); 7] = [
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
];

/// Step 4.
const BARE: [(&str, &str); 19] = [
    ("al", ""),
    ("ance", ""),
    ("ence", ""),
    ("er", ""),
    ("ic", ""),
    ("able", ""),
    ("ible", ""),
    ("ant", ""),
    ("ement", ""),
    ("ment", ""),
    ("ent", ""),
    ("ion", ""),
    ("ou", ""),
    ("ism", ""),
    ("ate", ""),
    ("iti", ""),
    ("ous", ""),
    ("ive", ""),
    ("ize", ""),
];

/// Applies the first rule whose suffix the word has, if its condition holds.
fn apply(word: &mut Word, rules: &[(&str, &str)], condition: impl Fn(&[char], &str) -> bool) {
    let Some((suffix, replacement)) = rules.iter().find(|(suffix, _)| word.ends_with(suffix))
    else {
        return;
    };
    if condition(word.before(suffix), suffix) {
        word.replace(suffix, replacement);
    }
}

/// For each letter whether it is a consonant; `y` is one at the start and behind a vowel.
fn consonants(letters: &[char]) -> impl Iterator<Item = bool> {
    letters.iter().scan(false, |before, letter| {
        *before = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' => false,
            'y' => !*before,
            _ => true,
        };
        Some(*before)
    })
}

/// How often a vowel is followed by a consonant.
fn measure(letters: &[char]) -> usize {
    let behind = consonants(letters).skip(1);
    consonants(letters).zip(behind).filter(|(before, behind)| !before && *behind).count()
}

fn ends_in_consonant(letters: &[char]) -> bool {
    consonants(letters).last().unwrap_or(false)
}

fn ends_in_double_consonant(letters: &[char]) -> bool {
    matches!(letters, [.., a, b] if a == b) && ends_in_consonant(letters)
}

/// Whether the word ends in consonant, vowel, consonant, or is a vowel and a consonant.
fn ends_in_cvc(letters: &[char]) -> bool {
    let flags: Vec<bool> = consonants(letters).collect();
    match *flags {
        [false, true] => true,
        [.., true, false, true] => !matches!(letters.last(), Some('w' | 'x' | 'y')),
        _ => false,
    }
}

/// Step 1a.
fn plural(word: &mut Word) {
    if word.len() == 4 && word.ends_with("ies") {
        return word.replace("ies", "ie");
    }
    apply(word, &[("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")], |_, _| true);
}

/// Step 1b.
fn participle(word: &mut Word) {
    if word.ends_with("ied") {
        return word.replace("ied", if word.len() == 4 { "ie" } else { "i" });
    }
    if word.ends_with("eed") {
        if measure(word.before("eed")) > 0 {
            word.replace("eed", "ee");
        }
        return;
    }
    let has_vowel = |stem: &[char]| consonants(stem).any(|consonant| !consonant);
    let found = ["ed", "ing"].iter().find(|s| word.ends_with(s) && has_vowel(word.before(s)));
    let Some(suffix) = found else { return };
    word.replace(suffix, "");
    if ["at", "bl", "iz"].iter().any(|end| word.ends_with(end)) {
        word.replace("", "e");
    } else if ends_in_double_consonant(&word.letters) {
        if !matches!(word.letters.last(), Some('l' | 's' | 'z')) {
            word.letters.pop();
        }
    } else if measure(&word.letters) == 1 && ends_in_cvc(&word.letters) {
        word.replace("", "e");
    }
}

/// Step 1c.
fn final_y(word: &mut Word) {
    apply(word, &[("y", "i")], |stem, _| stem.len() > 1 && ends_in_consonant(stem));
}

/// Step 2.
fn double_suffix(word: &mut Word) {
    while word.ends_with("alli") && measure(word.before("alli")) > 0 {
        word.replace("alli", "al");
    }
    if word.ends_with("logi") {
        // The l counts as the stem's, so that short stems such as geo- are like long ones.
        if measure(word.before("ogi")) > 0 {
            word.replace("logi", "log");
        }
        return;
    }
    apply(word, &DOUBLE, |stem, _| measure(stem) > 0);
}

/// Step 5a.
fn final_e(word: &mut Word) {
    if word.ends_with("e") {
        let stem = word.before("e");
        if measure(stem) > 1 || measure(stem) == 1 && !ends_in_cvc(stem) {
            word.replace("e", "");
        }
    }
}
