//! Articles: sentences against a golden set, alignments against an exhaustive model, laws, hostile texts.

use bleuprint::article::sentences;

/// The golden set of sentence ends.
#[derive(serde::Deserialize)]
struct Golden {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    language: String,
    texts: Vec<String>,
    #[serde(default)]
    known: Vec<String>,
}

#[test]
fn sentences_end_where_the_golden_set_says() {
    let golden: Golden =
        toml::from_str(include_str!("../fixtures/golden/sentences.toml")).expect("it is TOML");
    let mut wrong = Vec::new();
    for case in &golden.case {
        for marked in &case.texts {
            let text = marked.replace('‖', "");
            let expected: Vec<&str> = marked.split('‖').map(str::trim).collect();
            let found: Vec<&str> =
                sentences(&text).into_iter().map(|sentence| &text[sentence.span]).collect();
            if (found == expected) == case.known.contains(marked) {
                wrong.push(format!("{}: {found:#?}, expected {expected:#?}", case.language));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(golden.case.len() >= 10);
}
