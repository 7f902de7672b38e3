//! The page of an article: whole, the same each time, and safe for any text.

mod common;

use base64::Engine;
use bleuprint_report::Format;
use bleuprint_report::article::{Look, Report};
use common::{HOSTILE, data, element, outline};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Sentences with one space between them.
fn side(texts: &[&str]) -> Value {
    let mut at = 0;
    let sentence = |text: &&str| {
        let (start, length) = (at, text.chars().count());
        at += length + 1;
        json!({ "start": start, "end": start + length, "text": text, "paragraph": 0 })
    };
    json!({ "sentences": texts.iter().map(sentence).collect::<Vec<_>>() })
}

/// Two sentences linked, one missing, one added, one moved; the name and every text as given.
fn one(name: &str, text: &str) -> Value {
    let texts: Vec<String> =
        ["a", "b", "c", "d"].iter().map(|end| format!("{text} {end}.")).collect();
    let [a, b, c, d] = [0, 1, 2, 3].map(|at| texts[at].as_str());
    let bead = |hypothesis: Value, reference: Value, kind: &str, moved: bool| {
        json!({ "hypothesis": hypothesis, "reference": reference, "kind": kind, "moved": moved,
                "similarity": 0.75, "confidence": 0.5,
                "scores": [{ "name": name, "score": 40.0 }, { "name": "TER", "score": 50.0 }] })
    };
    let covered = json!({ "share": 0.75, "covered_sentences": 3, "sentences": 4,
                          "covered_characters": 30, "characters": 40 });
    let passage = |text: &str| json!([{ "start": 0, "end": 5, "text": text, "sentences": [3] }]);
    let score = |agg: &str| json!({ "name": name, "score": 12.345, "agg": agg, "signature": format!("{name}|agg:{agg}") });
    json!({
        "name": name,
        "hypothesis": side(&[a, c, b, "new"]),
        "reference": side(&[a, b, c, d]),
        "beads": [
            bead(json!([0]), json!([0]), "1-1", false),
            bead(json!([1]), json!([2]), "1-1", true),
            bead(json!([2]), json!([1]), "1-1", false),
            bead(json!([]), json!([3]), "0-1", false),
            bead(json!([3]), json!([]), "1-0", false),
        ],
        "coverage": { "hypothesis": covered, "reference": covered, "order": 0.33, "related": false },
        "missing": passage(d),
        "added": passage("new"),
        "findings": [
            { "check": text, "severity": "major", "message": format!("{name}: {text}"), "segment": 1,
              "hypothesis": { "start": a.chars().count() + 1, "end": a.chars().count() + 2 },
              "reference": null, "source": null },
        ],
        "scores": [score("bead"), score("linked")],
    })
}

/// Several systems, each with several articles.
fn many(text: &str) -> Value {
    let system = |name: String| {
        json!({ "system": name, "articles": [one(&format!("x {text}"), text), one("y", text)],
                "scores": one(text, text)["scores"] })
    };
    json!({ "systems": [system(format!("a/{text}")), system(format!("a/other {text}"))] })
}

fn report(title: &str, json: &Value) -> Report {
    let report = Report::from_json(json).expect("it is a report");
    Report { title: title.to_owned(), ..report }
}

fn html(title: &str, json: &Value) -> String {
    report(title, json).html().expect("it renders")
}

#[test]
fn the_structure_of_a_page() {
    let page = html("one.txt against two.txt", &one("f/one.txt", "word"));
    insta::assert_snapshot!(outline(&page).join("\n"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let page = || html("title", &many("word"));
    assert_eq!(page(), page());
}

/// Whatever stands in texts, names and messages, the elements of the page and their attributes are the same.
#[test]
fn no_text_is_markup() {
    let plain = html("word", &many("word"));
    let expected = outline(&plain);
    for text in HOSTILE {
        let page = html(text, &many(text));
        assert_eq!(outline(&page), expected, "{text:?}");
        let unseen = |c: char| {
            c.is_control() && c != '\n'
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!page.contains(unseen), "{text:?}");
        let row = &data(&page)["views"][0]["rows"][0];
        assert_eq!(row["r"], format!("{text} a."), "the data has the text as it was");
    }
}

/// The policy names the very style sheet and script of the page, and nothing else.
#[test]
fn the_policy_allows_what_is_there() {
    let page = html("t", &one("x", "word"));
    let policy = element(&page, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let script = page
        .rsplit_once("<script>")
        .expect("it is there")
        .1
        .split_once("</script>")
        .expect("it ends")
        .0;
    let hash = |text: &str| base64::prelude::BASE64_STANDARD.encode(Sha256::digest(text));
    let style = element(&page, "<style>", "</style>");
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            hash(script),
            hash(style)
        )
    );
    for foreign in ["http://", "https://", " src=", " style=", "@import", "url("] {
        let body = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!body.contains(foreign), "{foreign}");
    }
}

#[test]
fn findings_stand_in_their_rows() {
    let page = html("t", &one("x", "a word"));
    let view = &data(&page)["views"][0];
    let finding = &view["findings"][0];
    assert_eq!((&finding["row"], &finding["h"]), (&json!(1), &json!([0, 1])));
    assert_eq!(view["rows"][1]["m"], 1);
    assert_eq!(view["rows"][3]["h"], Value::Null);
    assert_eq!(view["rows"][0]["hd"], Value::Null, "equal texts have no marks");
}

#[test]
fn a_picture_is_well_formed() {
    for text in HOSTILE {
        let svg = report("", &many(text)).svg();
        assert_eq!(outline(&svg), outline(&report("", &many("word")).svg()));
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

/// Every line of a table has as many cells as its header, whatever stands in them.
#[test]
fn markdown_is_whole() {
    for text in HOSTILE.iter().chain(&["word", "a|b", "line\nbreak"]) {
        let markdown = report(text, &many(text)).markdown();
        let cells = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        for table in markdown.split("\n\n").filter(|part| part.starts_with("| ")) {
            let first = cells(table.lines().next().unwrap_or_default());
            assert!(table.trim_end().lines().all(|line| cells(line) == first), "{table}");
        }
        assert_eq!(
            markdown.matches("\n## ").count(),
            7,
            "three tables, four translations {markdown}"
        );
    }
}

#[test]
fn what_is_no_result_is_an_error() {
    for json in [json!(null), json!({}), json!({ "systems": [1] }), json!([])] {
        assert!(Report::from_json(&json).is_err());
    }
    for format in Format::ALL {
        assert!(report("t", &json!({ "systems": [] })).render(format).is_ok());
    }
}

/// 1,000 segments of news: less than a megabyte.
#[test]
fn a_long_article_is_small() {
    let sentence = "The night before, at around 2:15 a.m., the river had reached 7.84 metres, its highest level since 1945.";
    let other = "The evening before, at about 2:15 a.m., the river reached 7.84 meters, the highest level since the year 1945.";
    let mut json = one("x", "word");
    json["hypothesis"] = side(&vec![sentence; 1000]);
    json["reference"] = side(&vec![other; 1000]);
    let bead = |at: usize| {
        json!({ "hypothesis": [at], "reference": [at], "kind": "1-1", "moved": false,
                "similarity": 0.123_456_789, "confidence": 0.987_654_321 })
    };
    json["beads"] = (0..1000).map(bead).collect();
    let page = html("t", &json);
    assert!(page.len() < 1_000_000, "{}", page.len());
}

/// What is written as JSON is read again, and every form of it is the same.
#[test]
fn json_is_read_again() {
    for json in [one("x", "word"), many("word")] {
        let before = Report { language: Some("en".to_owned()), ..report("title", &json) };
        let json = before.json().expect("it renders");
        let after = Report::from_json(&serde_json::from_str(&json).expect("it is JSON"));
        let after = after.expect("it is a report");
        for format in Format::ALL {
            assert_eq!(
                before.render(format).expect("it renders"),
                after.render(format).expect("it renders")
            );
        }
    }
}

/// Text has every row, the findings with carets, and each score once.
#[test]
fn text_is_whole() {
    let text = report("t", &one("x", "word")).text(Look::default());
    for line in [
        "1-1  0.75   word a.                                         | word a.",
        "moved",
        "0-1         (missing)                                       | word d.",
        "1-0         new                                             | (added)",
        "    major word: x: word",
        "      word a. word c. word b. new\n              ^\n",
        "  x                           12.35              -          12.35              -",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "no styles unless asked");
    let styled = Look { styled: true, ..Look::default() };
    assert!(report("t", &one("x", "word")).text(styled).contains("\u{1b}[1m"));
    for hostile in HOSTILE {
        let text = report(hostile, &many(hostile)).text(Look::default());
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    }
}

/// A row has each metric's score of its bead, and last the similarity, if it is linked.
#[test]
fn rows_have_scores() {
    let data = data(&html("t", &one("chrF2", "word")));
    assert_eq!(
        data["metrics"],
        json!([{ "name": "chrF2" }, { "name": "TER" }, { "name": "Similarity" }])
    );
    let rows = &data["views"][0]["rows"];
    assert_eq!(rows[0]["v"], json!([[40.0, 50.0, 75.0]]));
    assert_eq!(rows[3]["v"], json!([[40.0, 50.0, null]]));
}
