//! Articles: sentences against a golden set, alignments against an exhaustive model, laws, hostile texts.

use std::ops::Range;

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

#[test]
fn long_runs_are_read_once() {
    // A rule that looks back or ahead over a run from each of its characters would not end here.
    let runs = [
        " ", "\u{3000}", ")", "“", "」", "…", "—", "— ", "@", "_", "日", "ก", "a", "1", "a.B",
        "a?b", "://a.B", "\u{fe0f}",
    ];
    for run in runs {
        let text = format!("Ja.{}@b said he.", run.repeat(300_000 / run.len()));
        let found = sentences(&text);
        let longest = found.iter().map(|sentence| sentence.span.len()).max();
        assert!(
            longest <= Some(4_100) && found[found.len() - 1].span.end == text.len(),
            "{run:?}: {longest:?}"
        );
    }
    let text =
        format!("Ja.{}Nein. {}\nWas? {}und", " ".repeat(300), "=".repeat(300), "*".repeat(300));
    let found: Vec<&str> =
        sentences(&text).into_iter().map(|sentence| &text[sentence.span]).collect();
    assert_eq!([found[0], found[1]], ["Ja.", "Nein."]);
    assert_eq!(found[2..], [&"=".repeat(300), "Was?", &format!("{}und", "*".repeat(300))]);
}

use bleuprint::Chrf;
use bleuprint::article::{Alignment, Article, Over, Unit, resegment};
use proptest::prelude::*;

/// Articles of a few sentences over a small vocabulary, so that everything repeats.
fn article() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "alpha", "bridge", "crane", "delta", "7,200", "Émile", "水", "über",
    ]);
    let sentence = prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "));
    let end = prop::sample::select(vec![". ", ".\n", "\n", "? "]);
    prop::collection::vec((sentence, end), 0..7)
        .prop_map(|parts| parts.into_iter().map(|(text, end)| text + end).collect())
}

/// Words that have no four letters in common.
const WORDS: [&str; 40] = [
    "amber", "bridge", "copper", "dolphin", "elbow", "fiddle", "granite", "hollow", "island",
    "jungle", "kettle", "lantern", "meadow", "needle", "orchid", "pepper", "quarry", "ribbon",
    "saddle", "timber", "umbrella", "velvet", "walnut", "xylem", "yonder", "zephyr", "7,200",
    "Émile", "über", "12", "ox", "my", "barn", "cliff", "dusk", "fog", "gnome", "hydra", "inkpot",
    "jolt",
];

/// Which pairs of characters (by byte) are linked.
fn linked(alignment: &Alignment) -> Vec<(usize, usize)> {
    let mut links: Vec<(usize, usize)> =
        alignment.links().map(|bead| (bead.hypothesis.start, bead.reference.start)).collect();
    links.sort_unstable();
    links
}

/// The plain table of edit distances over units compared as the library compares them.
fn distance(one: &[String], other: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let best = (diagonal + usize::from(a != b)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[other.len()]
}

fn units(text: &str) -> Vec<String> {
    text.split_whitespace().map(|word| word.trim_matches(['.', '?', ',']).to_lowercase()).collect()
}

/// The smallest sum of distances over all ways to cut, tried one by one.
fn smallest(own: &[String], segments: &[Vec<String>]) -> usize {
    match segments {
        [] => own.len(),
        [last] => distance(own, last),
        [first, rest @ ..] => (0..=own.len())
            .map(|at| distance(&own[..at], first) + smallest(&own[at..], rest))
            .min()
            .unwrap_or(0),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_article_aligns_with_itself_one_to_one(text in article()) {
        let article = Article::new(text);
        let alignment = article.align(&article);
        prop_assert!(alignment.beads().iter().enumerate().all(|(at, bead)| {
            bead.hypothesis == (at..at + 1) && bead.reference == (at..at + 1) && bead.similarity == 1.0
        }), "{:#?}", alignment.beads());
    }

    #[test]
    fn both_directions_agree(one in article(), other in article()) {
        let (one, other) = (Article::new(one), Article::new(other));
        let mut back: Vec<_> = linked(&other.align(&one)).into_iter().map(|(a, b)| (b, a)).collect();
        back.sort_unstable();
        prop_assert_eq!(linked(&one.align(&other)), back);
    }

    #[test]
    fn each_sentence_is_in_one_bead_and_an_alignment_travels(one in article(), other in article()) {
        let alignment = Article::new(one).align(&Article::new(other));
        let json = serde_json::to_string(&alignment).expect("it is a value");
        prop_assert_eq!(serde_json::from_str::<Alignment>(&json).expect("it checks"), alignment);
    }

    #[test]
    fn splitting_a_sentence_anywhere_changes_no_linked_character(
        words in Just(WORDS.to_vec()).prop_shuffle(), sizes in prop::collection::vec(2usize..9, 1..6), at in 0usize..40,
    ) {
        let mut words = words.into_iter();
        let text: String =
            sizes.iter().map(|size| words.by_ref().take(*size).collect::<Vec<_>>().join(" ") + ". ").collect();
        let text = text.trim_end();
        let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        let at = spaces[at % spaces.len()];
        // A number with a stop at the start of a line is that of an item in a list, and belongs to what follows.
        let behind = text[at + 1..].split(' ').next().unwrap_or_default();
        prop_assume!(!(behind.starts_with(|c: char| c.is_ascii_digit()) && behind.ends_with('.')));
        let whole = Article::new(text);
        let split = Article::new(format!("{}\n{}", &text[..at], &text[at + 1..]));
        for (alignment, split) in [(split.align(&whole), 0), (whole.align(&split), 1)] {
            prop_assert!(alignment.links().all(|bead| !bead.moved));
            // Each sentence is linked with the text of the very same characters.
            for bead in alignment.beads() {
                let letters = |text: String| text.split_whitespace().collect::<String>();
                let sides = [alignment.hypothesis_text(bead), alignment.reference_text(bead)].map(letters);
                prop_assert_eq!(&sides[0], &sides[1], "split side {}: {:#?}", split, alignment.beads());
            }
        }
    }

    #[test]
    fn a_stream_is_cut_where_the_sum_of_distances_is_smallest(
        text in article(), reference in prop::collection::vec(article(), 1..4),
    ) {
        let text: String = text.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
        let parts: Vec<&str> =
            resegment(&text, &reference, Unit::Word).into_iter().map(|span| &text[span]).collect();
        let kept: String = parts.concat().split_whitespace().collect();
        prop_assert_eq!(kept, text.split_whitespace().collect::<String>());
        let segments: Vec<Vec<String>> = reference.iter().map(|segment| units(segment)).collect();
        let sum: usize = parts.iter().zip(&segments).map(|(part, segment)| distance(&units(part), segment)).sum();
        prop_assert_eq!(sum, smallest(&units(&text), &segments));
    }

    #[test]
    fn no_text_panics(one in "\\PC{0,80}", other in "(?s).{0,80}") {
        let alignment = Article::new(one.clone()).align(&Article::new(other.clone()));
        let _ = (alignment.coverage(), alignment.missing(), alignment.added());
        for over in Over::ALL {
            let _ = alignment.score_over(&Chrf::default(), over);
        }
        for unit in [Unit::Word, Unit::Char] {
            let parts = resegment(&one, &[other.as_str(), "", "x"], unit);
            let kept: String = parts.into_iter().map(|span| &one[span]).collect();
            let plain = |text: &str| text.chars().filter(|c| !bleuprint::text::is_whitespace(*c)).collect::<String>();
            prop_assert_eq!(plain(&kept), plain(&one));
        }
    }
}

#[test]
fn texts_about_something_else_have_no_invented_beads() {
    let flood = Article::new(include_str!("../fixtures/articles/de-en-flood/reference.a.txt"));
    let market = Article::new(include_str!("../fixtures/articles/th-en-market/reference.a.txt"));
    let alignment = flood.align(&market);
    assert!(!alignment.coverage().related, "{:#?}", alignment.links().collect::<Vec<_>>());
    assert!(alignment.links().count() <= 1);
}

#[test]
fn a_machine_article_is_aligned_as_an_editor_would() {
    let machine = Article::new(include_str!("../fixtures/articles/de-en-flood/machine.3.txt"));
    let reference = Article::new(include_str!("../fixtures/articles/de-en-flood/reference.a.txt"));
    let alignment = machine.align(&reference);
    let kinds: Vec<String> = alignment.beads().iter().map(|bead| bead.kind()).collect();
    let expected = "1-1 1-1 1-2 1-1 1-1 1-1 0-1 1-1 1-1 1-1 1-1 1-0 2-1 1-1 1-1 1-1 1-1 1-1 1-1";
    assert_eq!(kinds.join(" "), expected);
    assert_eq!(alignment.missing().len(), 1);
    assert_eq!(alignment.added()[0].text, "All 86 residents were taken to safety in boats.");
    assert_eq!(alignment.links().filter(|bead| bead.moved).count(), 1);
}

/// The sentences of both sides that the beads link.
fn beads(hypothesis: &str, reference: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let alignment = Article::new(hypothesis).align(&Article::new(reference));
    alignment.beads().iter().map(|bead| (bead.hypothesis.clone(), bead.reference.clone())).collect()
}

#[test]
fn lines_that_were_turned_round_and_joined_are_cut() {
    let found = beads(
        "The tide was high that day.\nBring a basket and a warm coat for the long evening Open from nine\nSee you there.",
        "The tide was high that day.\nOpen from nine\nBring a basket and warm coats for a long evening\nSee you there.",
    );
    assert_eq!(found, [(0..1, 0..1), (1..2, 2..3), (2..3, 1..2), (3..4, 3..4)]);
}

#[test]
fn lines_that_a_bead_joined_are_cut_though_one_says_it_in_other_words() {
    let found = beads(
        "The tide was high that day.\nThe ferry to the islands leaves at nine Bring a coat\nSee you there.",
        "The tide was high that day.\nFrom the harbour a boat for the islands departs when the clock strikes nine, daily\nBring a coat\nSee you there.",
    );
    assert_eq!(found, [(0..1, 0..1), (1..2, 1..2), (2..3, 2..3), (3..4, 3..4)]);
}

#[test]
fn a_sentence_that_has_two_takes_both_though_one_in_other_words() {
    let found = beads(
        "It had been awaited since the first days of June by roughly 135,000 local farmers, a good number of whom had gone into debt to pay for seed. The tide was high.",
        "Some 135,000 farmers in the district had been waiting for it since early June. Many of them had borrowed money to buy seed. The tide was high.",
    );
    assert_eq!(found, [(0..1, 0..2), (1..2, 2..3)]);
    let found = beads(
        "It had been awaited since the first days of June by roughly 135,000 local farmers. The tide was high.",
        "Some 135,000 farmers in the district had been waiting for it since early June. Many of them had borrowed money to buy seed. The tide was high.",
    );
    assert_eq!(found, [(0..1, 0..1), (1..1, 1..2), (1..2, 2..3)]);
}

#[test]
fn forms_of_one_text_are_one() {
    let hypothesis =
        Article::new("Ｃafe\u{301} ２０２６…\n२० or ２，５００ boats\nナイ\u{3099}ル？");
    let reference = Article::new("Café 2026...\n20 or 2,500 boats\nナイ\u{3099}ル?");
    let alignment = hypothesis.align(&reference);
    let similarities: Vec<f64> = alignment.beads().iter().map(|bead| bead.similarity).collect();
    assert_eq!(similarities, [1.0, 1.0, 1.0]);
}

#[test]
fn empty_articles() {
    let (none, some) = (Article::new(""), Article::new("The dyke held. It rained."));
    assert_eq!(none.align(&none).beads(), []);
    assert!(none.align(&none).score(&Chrf::default()).unwrap_err().is_empty());
    let missing = none.align(&some);
    assert_eq!(missing.missing().len(), 1);
    assert_eq!(missing.coverage().reference.share(), 0.0);
    assert!(!missing.coverage().related);
    assert_eq!(missing.score(&Chrf::default()).unwrap().score, 0.0);
}

/// A fixture article's text.
fn fixture(article: &str, file: &str) -> String {
    let path = format!("{}/fixtures/articles/{article}/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the fixture is there")
}

/// How many reference sentences have the source of their own line, and how many there are.
fn with_their_source(article: &str, source: &str) -> (usize, usize) {
    let line = |text: &str, at: usize| text[..at].matches('\n').count();
    let lines = fixture(article, "source.txt");
    let reference = Article::new(fixture(article, "reference.a.txt"));
    let alignment = reference.align(&reference).with_source(Article::new(source));
    let source = alignment.source().expect("it was given");
    let right = alignment.beads().iter().filter(|bead| {
        let own = line(reference.text(), reference.sentences()[bead.reference.start].span.start);
        let starts = bead.source.clone().map(|number| source.sentences()[number].span.start);
        let mut of = starts.map(|at| line(&lines, at));
        of.next().is_some_and(|first| first == own) && of.all(|other| other == own)
    });
    (right.count(), alignment.beads().len())
}

#[test]
fn sentences_of_the_source_are_found_across_languages_and_scripts() {
    let articles = [
        "ar-en-election",
        "de-en-flood",
        "en-de-rail",
        "en-he-museum",
        "en-hi-school",
        "en-ja-typhoon",
        "en-ko-stadium",
        "en-ru-observatory",
        "en-zh-chips",
        "hi-en-monsoon",
        "ru-en-harbour",
        "th-en-market",
    ];
    let mut joined = (0, 0);
    for article in articles {
        let source = fixture(article, "source.txt");
        let (right, all) = with_their_source(article, &source);
        assert_eq!(right, all, "{article}");
        // Without the lines the heading is glued to the lead: two sentences of each article can't be right.
        let (right, all) = with_their_source(article, &source.trim_end().replace('\n', " "));
        joined = (joined.0 + right, joined.1 + all);
    }
    assert!((joined.0 + 2 * articles.len()) * 100 >= joined.1 * 98, "{joined:?}");
}

#[test]
fn findings_have_spans_in_the_source() {
    let text = |file| Article::new(fixture("de-en-flood", file));
    let alignment =
        text("machine.3.txt").align(&text("reference.a.txt")).with_source(text("source.txt"));
    let findings = bleuprint::diagnose::Checker::default().article(&alignment);
    let spans: Vec<&str> = findings
        .iter()
        .filter_map(|finding| alignment.source()?.text().get(finding.source.clone()?))
        .collect();
    assert!(!spans.is_empty() && spans.iter().all(|text| !text.is_empty()), "{findings:#?}");
}

proptest! {
    #[test]
    fn any_source_is_attached_and_travels(one in article(), other in article(), source in "(?s).{0,80}|[ab?12\n. ]{0,200}") {
        let alignment = Article::new(one).align(&Article::new(other)).with_source(Article::new(source));
        let sentences = alignment.source().map_or(0, |source| source.sentences().len());
        prop_assert!(alignment.beads().iter().all(|bead| bead.source.end <= sentences));
        let json = serde_json::to_string(&alignment).expect("it is a value");
        prop_assert_eq!(serde_json::from_str::<Alignment>(&json).expect("it checks"), alignment);
    }
}
