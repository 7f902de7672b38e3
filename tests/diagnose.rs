//! Each check's yes and no, in several languages; the faults planted in the articles; laws over any text.

use std::collections::BTreeMap;
use std::path::Path;

use bleuprint::article::Article;
use bleuprint::diagnose::{
    CHECKS, Checker, CodePoints, Config, Finding, Input, Severity, Silences,
};
use proptest::prelude::*;
use serde::Deserialize;

/// A case: the check, hypothesis, reference, source (empty for none), and the text that is marked (`-` for a
/// finding that marks nothing in the hypothesis, empty for no finding).
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    // Numbers.
    (
        "number",
        "The damage came to 186.4 million rubles.",
        "",
        "Ущерб составил 184,6 млн рублей.",
        "186.4",
    ),
    (
        "number",
        "The damage came to 184.6 million rubles.",
        "",
        "Ущерб составил 184,6 млн рублей.",
        "",
    ),
    ("number", "It costs 1,250 euros.", "", "Es kostet 1.250 Euro.", ""),
    ("number", "18,75,000 रुपये", "", "1,875,000 rupees", ""),
    ("number", "1,87,500 रुपये", "", "1,875,000 rupees", "1,87,500"),
    ("number", "公司将生产186亿片", "", "The firm will make 18.6 billion chips", ""),
    ("number", "公司将生产18.6亿片", "", "The firm will make 18.6 billion chips", "18.6"),
    ("number", "It opens at 9:15 pm.", "", "Geöffnet ist es ab 21.15 Uhr.", ""),
    ("number", "He counted twenty-five ships.", "", "Он насчитал 25 судов.", ""),
    ("number", "वहाँ ४३ लोग थे", "", "There were 43 people", ""),
    ("number", "वहाँ ३४ लोग थे", "", "There were 43 people", "३४"),
    ("number", "On 24 May it rained.", "On 14 May it rained.", "", "24"),
    ("number", "In the 1970s it was so.", "", "在70年代是这样。", ""),
    ("number", "He won.", "He won 61 percent.", "", "-"),
    ("number", "He won.", "He won three times.", "", ""),
    // Names.
    ("name", "The meeting in Tunsi went well.", "The meeting in Tunxi went well.", "", "Tunsi"),
    ("name", "They met Amir Muthaki there.", "They met Amir Muttaqi there.", "", "Muthaki"),
    ("name", "Он сказал, что Охмуре далеко.", "Он сказал, что Оксмур далеко.", "", ""),
    ("name", "They saw Putin in Moscow.", "They saw Putin's car in Moscow.", "", ""),
    ("name", "Alle sahen die Häuser dort.", "Alle sahen die Hauser dort.", "", ""),
    ("name", "辻盛春子说她", "辻森春子说她", "", ""),
    ("name", "the dog barks", "the cat sleeps", "", ""),
    ("name", "It was Monzer Elkassmi.", "It was Mundhir al-Qasimi.", "", "Elkassmi"),
    ("number", "4만300명이 왔다.", "", "40,300 people came.", ""),
    ("number", "5 crore 30 lakh", "", "52 million", "5 crore 30"),
    // Words left out in brackets.
    (
        "omission",
        "The bridge was closed on Saturday, the mayor of the town said.",
        "The bridge (built in 1972) was closed on Saturday, said the mayor of the town.",
        "Die Brücke (gebaut 1972) wurde am Samstag geschlossen, sagte der Bürgermeister.",
        "-",
    ),
    (
        "omission",
        "The bridge, built in 1972, was closed on Saturday, the mayor of the town said.",
        "The bridge (built in 1972) was closed on Saturday, said the mayor of the town.",
        "",
        "",
    ),
    // Quotes and brackets.
    ("quote", "“We live, he said.", "", "", "“"),
    ("quote", "“We live,” he said.", "", "", ""),
    ("quote", "we will move on, ”Lavrov said.", "", "", "”"),
    ("quote", "„Ja“, sagte er.", "", "", ""),
    ("quote", "»Ja«, sagte er.", "", "", ""),
    ("quote", "Il a dit « oui » hier.", "", "", ""),
    ("quote", "Hon sade ”ja” igår.", "", "", ""),
    ("quote", "„Tak”, powiedział.", "", "", ""),
    ("quote", "Он сказал: «Да.", "", "", "«"),
    ("quote", "彼は「はいと言った。", "", "", "「"),
    ("quote", "צה\"ל הודיע", "", "", ""),
    ("quote", "“We live, he said.", "", "„Wir leben, sagte er.", ""),
    ("bracket", "the port (open since May is full", "", "", "("),
    ("bracket", "a) one b) two :-)", "", "", ""),
    ("bracket", "港口（五月开放", "", "", "（"),
    // Marks, spaces, joined words, capitals.
    (
        "end-punctuation",
        "Is it so that they came today.",
        "Is it so that they came today?",
        "Kamen sie heute?",
        ".",
    ),
    (
        "end-punctuation",
        "They came and went and stayed",
        "They came and went.",
        "Sie kamen und gingen.",
        "-",
    ),
    ("spacing", "in April,which was cold", "", "", "April,which"),
    ("spacing", "international relations.”The head", "", "", "relations.”The"),
    ("spacing", "see example.com, e.g. today, 3,500 and U.S. law", "", "", ""),
    ("spacing", "two  spaces", "", "", "  "),
    ("spacing", "a word , a comma", "", "", " ,"),
    (
        "joined-words",
        "They sold itsvessels to the town and the bank.",
        "Its ships were sold.",
        "",
        "itsvessels",
    ),
    ("joined-words", "Theseus wrote a thesis itself.", "He wrote it.", "", ""),
    ("joined-words", "the invasion of UkraineUnleashed on Friday", "", "", "UkraineUnleashed"),
    (
        "joined-words",
        "an eBay or McDonald or YouTube video",
        "an eBay or McDonald or YouTube video",
        "",
        "",
    ),
    ("joined-words", "the shift had leftthe pier", "the shift had left the pier", "", "leftthe"),
    ("joined-words", "वे चलेगए थे", "वे चले गए थे", "", "चलेगए"),
    ("joined-words", "without theelectricity the people of the town sat", "", "", "theelectricity"),
    ("joined-words", "a theological theory of the theatre", "", "", ""),
    (
        "stray-capital",
        "half of the Votes were counted",
        "half of the votes were counted",
        "",
        "Votes",
    ),
    ("stray-capital", "half of The votes were counted today", "", "", "The"),
    (
        "stray-capital",
        "half of the votes in Tunxi were counted",
        "half of the votes in Tunxi",
        "",
        "",
    ),
    ("stray-capital", "Wenn Sie das wollen", "wenn sie das wollen", "", ""),
    (
        "glued-heading",
        "Ships return after accident The port of Tikhomorsk resumed work.",
        "",
        "",
        "accident The",
    ),
    ("glued-heading", "Ships return. The port of Tikhomorsk resumed work.", "", "", ""),
    // Repetition.
    ("repetition", "gusts of wind reached reached 31 meters", "", "", "reached reached"),
    (
        "repetition",
        "He was born in New York, New York, New York.",
        "",
        "",
        "New York, New York, New York",
    ),
    ("repetition", "Never, never again will I do that.", "", "", ""),
    ("repetition", "They had had enough and thought that that was it.", "", "", ""),
    (
        "repetition",
        "We have a family atmosphere, but also a family atmosphere.",
        "",
        "",
        "family atmosphere, but also a family atmosphere",
    ),
    (
        "repetition",
        "everything is German/WhiteWhiteWhiteWhite here",
        "",
        "",
        "WhiteWhiteWhiteWhite",
    ),
    ("repetition", "so so so so", "", "so so so so", ""),
    ("repetition", "提前六个月提前六个月投产", "", "", "提前六个月提前六个月"),
    // Left out, added, broken off, copied.
    (
        "omission",
        "North Sea plaice.",
        "North Sea plaice and sole, cod and other fish were caught in great number.",
        "",
        "North Sea plaice.",
    ),
    ("omission", "North Sea plaice and sole.", "North Sea plaice and sole.", "", ""),
    (
        "addition",
        "He won, especially in the poor districts of the southern coast.",
        "He won.",
        "",
        "He won, especially in the poor districts of the southern coast.",
    ),
    (
        "truncation",
        "We came to the town and found the",
        "We came to the town and found the old house empty.",
        "",
        "the",
    ),
    ("empty", "  ", "text", "", ""),
    ("empty", "", "", "text", "-"),
    (
        "copied-source",
        "das ist der Satz den wir meinen",
        "",
        "Das ist der Satz, den wir meinen.",
        "das ist der Satz den wir meinen",
    ),
    ("copied-source", "https://a.b/c", "", "https://a.b/c", ""),
    (
        "untranslated",
        "the Altenheim was empty",
        "the retirement home was empty",
        "das Altenheim war leer",
        "Altenheim",
    ),
    (
        "wrong-script",
        "on the third причал of the port",
        "on the third pier of the port",
        "",
        "причал",
    ),
    ("wrong-script", "वहाँ एक gate था", "वहाँ एक फाटक था", "There was a gate", "gate"),
    ("wrong-script", "他买了一部iPhone手机", "", "He bought an iPhone", ""),
    ("wrong-script", "the pоrt of", "", "", "pоrt"),
    // A name in Latin letters in the reference doesn't make Latin the script that is expected.
    (
        "wrong-script",
        "青嵐鉄道は118本の列車をキャンセルしました。",
        "青嵐鉄道（Seiran Railway Co.）は118本を運休した。",
        "",
        "",
    ),
    ("length", "Yes.", "That was what everybody had expected of him.", "", "Yes."),
    ("length", "这是一个测试句子。", "", "This is a test sentence.", ""),
    (
        "unrelated",
        "Staff were friendly, helpful, clean, quiet, comfortable people.",
        "Fast delivery against credit card with quality prices.",
        "Schnelle Lieferung",
        "Staff were friendly, helpful, clean, quiet, comfortable people.",
    ),
    // Mark-up and chatter.
    ("markup", "Click <b>here.", "", "Klicken Sie <b>hier</b>.", "-"),
    ("markup", "Hello {name}, {name}!", "", "Hallo {name}!", "{name}"),
    ("markup", "Siehe https://a.b/c und @user1.", "", "See https://a.b/c and @user1.", ""),
    ("chatter", "Here is the translation: Hello.", "", "Hallo.", "Here is the translation"),
    ("chatter", "以下是翻译：你好", "", "Hello", "以下是翻译"),
    ("chatter", "I'm sorry, but as an AI I can't.", "", "Hallo.", "as an ai"),
    ("chatter", "Surely here it rains.", "", "Hier regnet es.", ""),
];

fn input(case: &Case) -> Input<'static> {
    let given = |text: &'static str| (!text.is_empty()).then_some(text);
    Input { hypothesis: case.1, reference: given(case.2), source: given(case.3) }
}

fn of<'f>(findings: &'f [Finding], check: &str) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| finding.check == check).collect()
}

#[test]
fn each_check_says_yes_and_no() {
    let checker = Checker::default();
    let mut wrong = Vec::new();
    for case in CASES {
        let (check, hypothesis, .., expected) = case;
        let findings = checker.segment(0, &input(case));
        let found = of(&findings, check);
        let marked: Vec<&str> = found
            .iter()
            .map(|finding| finding.hypothesis.clone().map_or("-", |span| &hypothesis[span]))
            .map(|text| if text.is_empty() { "-" } else { text })
            .collect();
        let right = match *expected {
            "" if *check == "empty" => marked == ["-"],
            "" => marked.is_empty(),
            text => marked.iter().any(|marked| marked.eq_ignore_ascii_case(text)),
        };
        if !right {
            wrong.push(format!("{check}: {hypothesis} -> {marked:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_check_has_a_yes() {
    let document = [
        "sentence-order",
        "name-variant",
        "duplicate-sentence",
        "term-consistency",
        "term",
        "profanity",
    ];
    for check in CHECKS {
        let yes = CASES.iter().any(|case| case.0 == check.name && !case.4.is_empty());
        assert!(yes || document.contains(&check.name), "{} has no case", check.name);
    }
}

#[test]
fn documents() {
    let input = |hypothesis| Input { hypothesis, ..Input::default() };
    let inputs = [
        input("We saw that Sollner came to the town."),
        input("Then Söllnar left the town again, they say."),
        input("The house is old and empty. It rains."),
        input("They say so. The house is old and empty."),
    ];
    let findings = Checker::default().document(&inputs);
    let variant = of(&findings, "name-variant");
    assert_eq!((variant.len(), variant[0].segment), (1, 1), "{variant:?}");
    let duplicate = of(&findings, "duplicate-sentence");
    assert_eq!(duplicate[0].segment, 3);
    assert_eq!(
        &inputs[3].hypothesis[duplicate[0].hypothesis.clone().unwrap()],
        "The house is old and empty."
    );

    let documents = bleuprint::Documents::new(&["a", "b", "c", "d"]).unwrap();
    let apart = Checker::default().documents(&inputs, &documents).unwrap();
    assert!(of(&apart, "name-variant").is_empty() && of(&apart, "duplicate-sentence").is_empty());
}

#[test]
fn one_term_in_two_ways() {
    let pair = |source, reference, hypothesis| Input {
        hypothesis,
        reference: Some(reference),
        source: Some(source),
    };
    let inputs = [
        pair("der Hafen ist voll", "the harbour is full", "the harbour is full"),
        pair("ein Hafen brennt", "one harbour burns", "one harbour burns"),
        pair("wo liegt der Hafen", "where lies the harbour", "where lies the harbour"),
        pair("kein Hafen wartet", "no harbour waits", "no port waits"),
    ];
    let findings = Checker::default().document(&inputs);
    let found = of(&findings, "term-consistency");
    assert_eq!((found.len(), found[0].segment), (1, 3), "{findings:?}");
    assert_eq!(found[0].message, "Hafen is harbour elsewhere in this document, not here");
}

#[test]
fn the_lists_of_the_user() {
    let mut config = Config::default();
    config.read_terms("# ours\nHafen\tport|harbour\n").unwrap();
    config.read_profanity("damn\tmild\n");
    assert!(config.read_terms("no tab").unwrap_err().to_string().contains("line 1"));
    let checker = Checker::new(config).unwrap();
    let check = |hypothesis| {
        let source = Some("der Hafen");
        checker.segment(0, &Input { hypothesis, source, reference: None })
    };
    assert_eq!(of(&check("the haven"), "term")[0].message, "Hafen must be port|harbour");
    assert!(of(&check("the Ports"), "term").is_empty());
    assert_eq!(of(&check("the Damn port"), "profanity").len(), 1);
    assert!(of(&check("the damned port"), "profanity").is_empty());
}

#[test]
fn configuration() {
    let text = "only = [\"quote\", \"number\"]\n[checks.number]\nseverity = \"critical\"\nsmall = 3\n[checks.quote]\nenabled = false";
    let config: Config = toml::from_str(text).unwrap();
    let again: Config = toml::from_str(&toml::to_string(&config).unwrap()).unwrap();
    assert_eq!(config, again);
    let checker = Checker::new(config).unwrap();
    let names: Vec<&str> = checker.checks().map(|check| check.name).collect();
    assert_eq!(names, ["number"]);
    let found = checker
        .segment(7, &Input { hypothesis: "“5 ships", source: Some("Schiffe"), reference: None });
    assert_eq!((found.len(), found[0].severity, found[0].segment), (1, Severity::Critical, 7));

    for (wrong, says) in [
        ("[checks.numbr]", "did you mean 'number'?"),
        ("[checks.number]\nsmal = 3", "did you mean 'small'?"),
        ("[checks.number]\nsmall = nan", "no number"),
        ("only = [\"quotes\"]", "did you mean 'quote'?"),
    ] {
        let error = Checker::new(toml::from_str(wrong).unwrap()).unwrap_err();
        assert!(error.is_config() && error.to_string().contains(says), "{error}");
    }
}

#[test]
fn silences_need_a_reason() {
    let rules = |text: &str| toml::from_str::<Silences>(text).unwrap();
    assert!(
        rules("[[silence]]\ncheck = \"quote\"")
            .validate()
            .unwrap_err()
            .to_string()
            .contains("no reason")
    );
    assert!(
        rules("[[silence]]\nreason = \"all\"")
            .validate()
            .unwrap_err()
            .to_string()
            .contains("everything")
    );
    let right =
        rules("[[silence]]\ncheck = \"quote\"\nsegment = 1\ntext = \"“\"\nreason = \"as printed\"");
    right.validate().unwrap();
    let input = Input { hypothesis: "“We live", ..Input::default() };
    let checker = Checker::default();
    assert!(right.find(&checker.segment(1, &input)[0], &input).is_some());
    assert!(right.find(&checker.segment(2, &input)[0], &input).is_none());
}

#[test]
fn findings_travel() {
    let input = Input { hypothesis: "naïve “yes", ..Input::default() };
    let findings = Checker::default().segment(3, &input);
    let json = serde_json::to_string(&findings).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Finding>>(&json).unwrap(), findings);
    assert!(json.contains(r#""check":"quote","severity":"minor""#), "{json}");
    let places = CodePoints::new(input.hypothesis);
    assert_eq!(places.span(findings[0].hypothesis.as_ref().unwrap()), 6..7);
}

#[derive(Deserialize)]
struct Faults {
    fault: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    file: String,
    kind: String,
    line: usize,
}

/// How many faults of each kind must be found at least, of those in texts whose lines are the reference's.
const FOUND: &[(&str, usize)] = &[
    ("number", 30),
    ("name", 8),
    ("untranslated", 18),
    ("name-inconsistent", 8),
    ("missing-passage", 12),
    ("joined-words", 10),
    ("unclosed-quote", 17),
    ("stray-capital", 4),
    ("repetition", 8),
    ("added-passage", 2),
];

#[test]
fn faults_planted_in_the_articles() {
    let answers = |kind: &str| -> &[&str] {
        match kind {
            "number" => &["number"],
            "name" | "name-inconsistent" => &["name", "name-variant", "wrong-script"],
            "untranslated" => &["untranslated", "wrong-script"],
            "missing-passage" => {
                &["omission", "truncation", "number", "bracket", "end-punctuation"]
            }
            "joined-words" => &["joined-words", "spacing"],
            "unclosed-quote" => &["quote"],
            "stray-capital" => &["stray-capital", "glued-heading"],
            "repetition" => &["repetition"],
            "added-passage" => &["addition"],
            _ => &[],
        }
    };
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    for article in std::fs::read_dir(folder).unwrap() {
        let path = article.unwrap().path();
        let read = |file: &str| std::fs::read_to_string(path.join(file)).unwrap();
        let faults: Faults = toml::from_str(&read("faults.toml")).unwrap();
        let (source, reference) = (read("source.txt"), read("reference.a.txt"));
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let target = name.split('-').nth(1).map(str::to_owned);
        let checker = Checker::new(Config { target, ..Config::default() }).unwrap();
        for file in ["machine.1.txt", "machine.2.txt"] {
            let hypothesis = read(file);
            let lines = hypothesis.lines().zip(reference.lines()).zip(source.lines());
            let inputs: Vec<Input<'_>> = lines
                .map(|((hypothesis, reference), source)| Input {
                    hypothesis,
                    reference: Some(reference),
                    source: Some(source),
                })
                .collect();
            let findings = checker.document(&inputs);
            for fault in faults.fault.iter().filter(|fault| fault.file == file) {
                let there = findings.iter().filter(|finding| finding.segment + 1 == fault.line);
                let right =
                    there.filter(|finding| answers(&fault.kind).contains(&&*finding.check)).count();
                *found.entry(fault.kind.clone()).or_default() += usize::from(right > 0);
            }
        }
    }
    for (kind, least) in FOUND {
        let found = found.get(*kind).copied().unwrap_or_default();
        assert!(found >= *least, "{kind}: {found} found, {least} expected");
    }
}

/// How many faults that only an alignment shows must be found in the articles whose sentences were merged,
/// dropped, repeated and moved; twelve articles have one of each.
const FOUND_ALIGNED: &[(&str, &[&str], usize)] = &[
    ("dropped-sentence", &["omission"], 10),
    ("duplicated-sentence", &["duplicate-sentence"], 12),
    ("swapped-sentences", &["sentence-order"], 11),
    ("glued-heading", &["glued-heading", "joined-words"], 10),
];

#[test]
fn faults_that_an_alignment_shows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut found = [0; FOUND_ALIGNED.len()];
    for article in std::fs::read_dir(folder).unwrap() {
        let path = article.unwrap().path();
        let read = |file: &str| Article::new(std::fs::read_to_string(path.join(file)).unwrap());
        let alignment = read("machine.3.txt").align(&read("reference.a.txt"));
        let findings = Checker::default().article(&alignment);
        for finding in &findings {
            let (ours, theirs) = (alignment.hypothesis().text(), alignment.reference().text());
            assert!(
                finding.hypothesis.clone().is_none_or(|span| ours.get(span).is_some()),
                "{finding:?}"
            );
            assert!(
                finding.reference.clone().is_none_or(|span| theirs.get(span).is_some()),
                "{finding:?}"
            );
        }
        for ((_, checks, _), count) in FOUND_ALIGNED.iter().zip(&mut found) {
            *count += usize::from(findings.iter().any(|finding| checks.contains(&&*finding.check)));
        }
    }
    for ((kind, _, least), found) in FOUND_ALIGNED.iter().zip(found) {
        assert!(found >= *least, "{kind}: in {found} articles, {least} expected");
    }
}

#[test]
fn an_article_agrees_with_itself() {
    let text = "Ships Return\n\nThe port is open again. Nobody was hurt, they said. A crane fell in October.";
    let alignment = Article::new(text).align(&Article::new(text));
    assert_eq!(Checker::default().article(&alignment), []);
}

#[test]
fn long_lines_take_linear_time() {
    // Ten times the text, not a hundred times the time.
    let pieces = [
        "Tunxi 2,350 “port” (reached) ",
        "ab",
        "1 2 3 ",
        "\"",
        "((((",
        "辻森春子",
        "ThePort ",
        "@a@a",
        "<b ",
        "{{",
        "a,b.c ",
    ];
    for piece in pieces {
        let time = |bytes: usize| {
            let long = piece.repeat(bytes / piece.len());
            let other = format!("{long} Tunsi 23,500");
            let input = Input { hypothesis: &long, reference: Some(&other), source: Some(&other) };
            let start = std::time::Instant::now();
            Checker::default().segment(0, &input);
            start.elapsed().as_secs_f64()
        };
        let (short, long) = (time(4_000), time(40_000));
        assert!(long < 40.0 * short.max(0.01), "{piece}: {short} s, {long} s");
    }
}

/// Pieces that break things: marks of all kinds, scripts, controls, digits, and halves of pairs.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "the ",
        "The",
        "Tunxi ",
        "Muttaqi",
        "reached reached ",
        "1,250",
        "12.5.2024",
        "７",
        "१२",
        "三十",
        "億",
        "0500",
        "“",
        "”",
        "„",
        "\"",
        "«",
        "»",
        "「",
        "(",
        ")",
        ":-)",
        "\u{301}",
        "\u{200d}",
        "\u{202e}",
        "\0",
        "\n",
        "\t",
        "  ",
        ".",
        ",",
        "…",
        "。",
        "辻森",
        "サ",
        "한국",
        "שלום",
        "ד\"ר",
        "مرحبا",
        "नमस्ते",
        "ไทย",
        "ß",
        "İ",
        "ŉ",
        "ﬁ",
        "𝔘",
        "🏳️‍🌈",
        "@a",
        "https://",
        "www.",
        "{0}",
        "${",
        "%1$s",
        "<b>",
        "&amp;",
        "&",
        "as an ai",
        "Note:",
        "é",
        "e\u{301}",
        "-",
        "’",
        "'",
        "٫",
        "٬",
        "\u{a0}",
        "\u{fdfa}",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()),
        any::<String>(),
        "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// No text makes a check panic; spans lie in their texts and on boundaries of characters.
    #[test]
    fn any_text_is_checked(texts in prop::collection::vec((hostile(), prop::option::of(hostile()), prop::option::of(hostile())), 1..5), target in prop::option::of("(en|de|ja|zh|ru|hi|he)")) {
        let mut config = Config { target, ..Config::default() };
        config.read_terms("Tunxi\tport\n \t \n").unwrap();
        config.read_profanity("the\n\n-\n");
        let checker = Checker::new(config).unwrap();
        let inputs: Vec<Input<'_>> = texts
            .iter()
            .map(|(hypothesis, reference, source)| Input {
                hypothesis,
                reference: reference.as_deref(),
                source: source.as_deref(),
            })
            .collect();
        for finding in checker.document(&inputs) {
            let input = &inputs[finding.segment];
            let sides = [
                (&finding.hypothesis, Some(input.hypothesis)),
                (&finding.reference, input.reference),
                (&finding.source, input.source),
            ];
            for (span, text) in sides {
                if let Some(span) = span {
                    prop_assert!(text.is_some_and(|text| text.get(span.clone()).is_some()), "{finding:?}");
                }
            }
        }
    }

    /// A text is no fault against itself, but for what the hypothesis alone shows.
    #[test]
    fn a_text_agrees_with_itself(text in hostile()) {
        let input = Input { hypothesis: &text, reference: Some(&text), source: Some(&text) };
        for finding in Checker::default().segment(0, &input) {
            let alone = ["quote", "bracket", "spacing", "joined-words", "stray-capital", "wrong-script", "empty"];
            prop_assert!(alone.contains(&&*finding.check), "{finding:?}");
        }
    }
}
