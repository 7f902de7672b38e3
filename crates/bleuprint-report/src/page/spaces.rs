//! A score that says little: words between spaces, of texts that have none.

use super::visible;

/// Tokenizers that see words between spaces and punctuation, whatever the script.
const SPACED: [&str; 6] = ["13a", "intl", "none", "tercom", "jiwer", "ascii"];
/// So much of the texts is looked at.
const MOST: usize = 20_000;

/// What is to be said of metrics (by names and signatures) that count words between spaces, if most letters of the texts
/// are of scripts that are written without.
pub(crate) fn warning<'a>(
    texts: impl Iterator<Item = &'a str>,
    metrics: impl Iterator<Item = (&'a str, &'a str)>,
) -> Option<String> {
    let mut names: Vec<&str> =
        metrics.filter(|(_, signature)| is_spaced(signature)).map(|(name, _)| name).collect();
    names.dedup();
    let letters = texts.flat_map(str::chars).filter(|c| c.is_alphabetic()).take(MOST);
    let (mut all, mut unspaced) = (0_usize, 0_usize);
    letters.for_each(|c| {
        all += 1;
        unspaced += usize::from(is_unspaced(c));
    });
    (!names.is_empty() && 2 * unspaced > all).then(|| {
        visible(&format!(
            "{}: counted in words between spaces, which these texts don’t have, so that the numbers say little. chrF \
             counts characters; BLEU has tokenizers for Chinese, Japanese and Korean, and char for any script.",
            names.join(", ")
        ))
    })
}

fn is_spaced(signature: &str) -> bool {
    let mut pairs = signature.split('|');
    let splits = pairs.clone().any(|pair| pair == "asian:yes");
    !splits && pairs.any(|pair| pair.strip_prefix("tok:").is_some_and(|tok| SPACED.contains(&tok)))
}

/// Thai to Burmese, Khmer, kana and Han.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff
        | 0xf900..=0xfaff | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_texts_without_spaces() {
        let said = |text: &'static str, signature: &'static str| {
            warning([text].into_iter(), [("BLEU", signature)].into_iter())
        };
        let japanese = "台風「キリン」、水無瀬で4万戸が停電 (Seiran)";
        assert!(
            said(japanese, "BLEU|nrefs:1|tok:13a|smooth:exp")
                .expect("it is said")
                .starts_with("BLEU: ")
        );
        for signature in ["BLEU|tok:ja-mecab-0.996", "chrF2|nc:6|nw:0", "TER|tok:tercom|asian:yes"]
        {
            assert_eq!(said(japanese, signature), None, "{signature}");
        }
        for text in ["", "한국어는 띄어쓰기가 있다", "The typhoon 台風 came"] {
            assert_eq!(said(text, "BLEU|tok:13a"), None, "{text}");
        }
    }
}
