//! Pages of segments that line up: whole, the same each time, and safe for any text.

mod common;

use bleuprint::diagnose::{Checker, Finding, Input, Severity};
use bleuprint::significance::{Comparison, System as Tables};
use bleuprint::{Chrf, References, Score, Table, Ter};
use bleuprint_report::Format;
use bleuprint_report::comparison;
use bleuprint_report::corpus::{By, Groups, Metric, Report, System};
use common::{HOSTILE, data, outline};

/// A small corpus, its systems named and ended as given.
struct Small {
    references: Vec<Vec<String>>,
    systems: Vec<(String, Vec<String>)>,
}

impl Small {
    fn new(text: &str, systems: usize) -> Self {
        let lines = |variant: usize| {
            let line = |at: usize| match variant {
                0 => format!("{text} line {at} of the corpus"),
                _ => format!("line {at} of {text} corpus {variant}"),
            };
            (0..5).map(line).collect::<Vec<_>>()
        };
        let named = |at: usize| (format!("{at} {text}"), lines(at + 1));
        Small { references: vec![lines(0), lines(9)], systems: (0..systems).map(named).collect() }
    }

    fn tables<M: bleuprint::Metric>(&self, metric: &M) -> Vec<Table> {
        let references = References::by_stream(&self.references).expect("as many");
        let prepared = metric.prepare_corpus(&references).expect("there are references");
        self.systems.iter().map(|(_, texts)| prepared.table(texts).expect("as many")).collect()
    }

    fn metric<M: bleuprint::Metric>(&self, metric: &M, name: &str) -> Metric {
        let tables = self.tables(metric);
        let value = |row: &[u64]| metric.score(row).value();
        Metric {
            name: name.to_owned(),
            signature: format!("{name}|{}", tables[0].signature()),
            higher_is_better: metric.higher_is_better(),
            scores: tables.iter().map(|table| value(&table.total().expect("it fits"))).collect(),
            asides: tables.iter().map(|_| name.to_owned()).collect(),
            segments: tables.iter().map(|table| table.rows().map(value).collect()).collect(),
            influence: tables
                .iter()
                .map(|table| table.influence(metric).expect("it fits"))
                .collect(),
        }
    }

    fn corpus(&self, text: &str) -> Report<'_> {
        let metrics =
            vec![self.metric(&Chrf::default(), text), self.metric(&Ter::default(), "TER")];
        let checker = Checker::default();
        let systems = self.systems.iter().map(|(name, texts)| {
            let pairs = texts.iter().zip(&self.references[0]);
            let inputs: Vec<Input<'_>> = pairs
                .map(|(hypothesis, reference)| Input {
                    hypothesis,
                    reference: Some(reference),
                    source: None,
                })
                .collect();
            let mut findings = checker.segments(&inputs);
            findings.truncate(1);
            findings.iter_mut().for_each(|finding| finding.message = text.to_owned());
            System { name: name.clone(), texts, findings }
        });
        let groups = Groups {
            by: By::Document,
            names: vec![text.to_owned(), format!("b {text}")],
            of_segments: vec![0, 0, 1, 1, 1],
            scores: metrics
                .iter()
                .map(|metric| metric.scores.iter().map(|score| vec![*score; 2]).collect())
                .collect(),
        };
        Report {
            title: text.to_owned(),
            references: self.references.iter().map(Vec::as_slice).collect(),
            systems: systems.collect(),
            metrics,
            groups: vec![groups],
            comparisons: Vec::new(),
            decimals: 2,
            language: None,
        }
    }

    /// The corpus with what a comparison says of it.
    fn compared(&self, text: &str) -> Report<'_> {
        Report { comparisons: vec![self.comparison()], ..self.corpus(text) }
    }

    fn comparison(&self) -> comparison::Comparison {
        let chrf = Chrf::default();
        let tables = self.systems.iter().zip(self.tables(&chrf));
        let systems: Vec<Tables> =
            tables.map(|((name, _), table)| Tables::new(name.clone(), table)).collect();
        let compared =
            Comparison::default().trials(100).samples(100).run(&chrf, &systems).expect("it runs");
        comparison::Comparison { compared, plans: Vec::new() }
    }
}

#[test]
fn the_structure_of_both_pages() {
    let (one, three) = (Small::new("word", 1), Small::new("word", 3));
    let scores = one.corpus("word").html().expect("it renders");
    insta::assert_snapshot!("scores", outline(&scores).join("\n"));
    let comparison = three.compared("word").html().expect("it renders");
    insta::assert_snapshot!("comparison", outline(&comparison).join("\n"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let page = || {
        let small = Small::new("word", 3);
        small.compared("word").html().expect("it renders")
    };
    assert_eq!(page(), page());
}

/// Whatever stands in texts, names and messages, no element or attribute of the page comes from it. How many
/// findings and ticks there are may depend on the texts: the structure is compared by what it is made of.
#[test]
fn no_text_is_markup() {
    let kinds = |page: &str| {
        let lines = outline(page).into_iter().map(|line| line.trim().to_owned());
        lines.collect::<std::collections::BTreeSet<String>>()
    };
    let page = |text: &str| {
        let small = Small::new(text, 3);
        small.compared(text).html().expect("it renders")
    };
    let mut allowed = kinds(&page("word"));
    // A pair that is significant in one corpus and not in the other.
    allowed.extend(
        ["good", "bad", "cell"].map(|class| format!("rect class={class} x y width height rx")),
    );
    for text in HOSTILE {
        let page = page(text);
        let strange: Vec<String> = kinds(&page).difference(&allowed).cloned().collect();
        assert!(strange.is_empty(), "{text:?} {strange:?}");
        assert_eq!(page.matches("<script").count(), 2, "{text:?}");
        let unseen = |c: char| {
            c.is_control() && c != '\n'
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!page.contains(unseen), "{text:?}");
        assert_eq!(
            data(&page)["views"][0]["rows"][0]["r"][0],
            format!("{text} line 0 of the corpus")
        );
    }
}

#[test]
fn rows_have_texts_scores_influence_and_documents() {
    let small = Small::new("word", 2);
    let corpus = small.corpus("chrF");
    let page = corpus.html().expect("it renders");
    let data = data(&page);
    let rows = data["views"][0]["rows"].as_array().expect("there are rows");
    assert_eq!(rows.len(), 5);
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row["h"][1], small.systems[1].1[at]);
        assert_eq!(row["o"], serde_json::json!([u8::from(at > 1)]));
        for system in 0..2 {
            let score = corpus.metrics[1].segments[system][at];
            assert!((row["v"][system][1].as_f64().expect("it is a number") - score).abs() <= 0.005);
            let influence = corpus.metrics[0].influence[system][at];
            assert!(
                (row["i"][system][0].as_f64().expect("it is a number") - influence).abs()
                    <= 0.000_005
            );
        }
    }
    assert_eq!(
        (&data["metrics"][0]["sign"], &data["metrics"][1]["sign"]),
        (&1.into(), &(-1).into())
    );
}

#[test]
fn no_segments_and_a_thousand_systems() {
    let nothing = Report { references: vec![&[]], ..Report::default() };
    assert!(nothing.html().expect("it renders").contains("0 segments"));
    for format in [Format::Svg, Format::Json, Format::Markdown, Format::Text] {
        assert!(!nothing.render(format).expect("it renders").contains("NaN"));
    }
    let many = Small::new("word", 1000);
    let page = many.corpus("word").html().expect("it renders");
    assert_eq!(data(&page)["systems"].as_array().map(Vec::len), Some(1000));
    assert!(page.len() < 5_000_000, "{}", page.len());
    assert!(page.contains("976 more systems are not drawn"));
}

#[test]
fn pictures_are_well_formed() {
    for text in HOSTILE {
        let svg = Small::new(text, 2).corpus(text).svg();
        assert_eq!(outline(&svg), outline(&Small::new("word", 2).corpus("word").svg()), "{text:?}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

/// JSON has each segment with every text, score and influence in full, findings in code points, and groups.
#[test]
fn json_has_all() {
    let small = Small::new("é", 2);
    let mut report = small.compared("é");
    report.systems[0].findings = vec![Finding {
        check: "check".into(),
        severity: Severity::Major,
        message: "message".to_owned(),
        segment: 2,
        // "é" has two bytes.
        hypothesis: Some(10..12),
        reference: None,
        source: None,
    }];
    let json: serde_json::Value =
        serde_json::from_str(&report.json().expect("it renders")).expect("it is JSON");
    assert_eq!(json["title"], "é");
    assert_eq!(json["segments"].as_array().map(Vec::len), Some(5));
    for (at, segment) in json["segments"].as_array().expect("there are").iter().enumerate() {
        assert_eq!(segment["references"][1], small.references[1][at]);
        assert_eq!(segment["document"], if at < 2 { "é" } else { "b é" });
        for (number, metric) in report.metrics.iter().enumerate() {
            let system = &segment["systems"][1];
            assert_eq!(system["text"], small.systems[1].1[at]);
            assert_eq!(system["scores"][number]["score"], metric.segments[1][at]);
            assert_eq!(system["scores"][number]["influence"], metric.influence[1][at]);
        }
    }
    assert_eq!(json["systems"][0]["scores"][0]["score"], report.metrics[0].scores[0]);
    let finding = &json["systems"][0]["findings"][0];
    assert_eq!(finding["hypothesis"], serde_json::json!({ "start": 10, "end": 11 }), "{finding}");
    assert_eq!((&finding["segment"], &finding["severity"]), (&2.into(), &"major".into()));
    assert_eq!(json["groups"][0]["groups"][1]["segments"], 3);
    assert_eq!(
        json["comparisons"][0]["pairs"][0]["p"].as_f64(),
        Some(report.comparisons[0].compared.pairs[0].p)
    );
}

/// Markdown and text have every text with its scores, and no text breaks a table or a line.
#[test]
fn words_have_all() {
    for text in HOSTILE.iter().chain(&["word", "a|b", "line\nbreak"]) {
        let small = Small::new(text, 2);
        let report = small.compared(text);
        let markdown = report.markdown();
        let cells = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        for table in markdown.split("\n\n").filter(|part| part.starts_with("| ")) {
            let first = cells(table.lines().next().unwrap_or_default());
            assert!(table.trim_end().lines().all(|line| cells(line) == first), "{table}");
        }
        let rows = markdown.split_once("## Segments").expect("it is there").1;
        assert_eq!(rows.matches("\n| ").count(), 1 + 5 * 4, "a head, and a row a text {rows}");
        let plain = report.text();
        assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{plain:?}");
        assert!(plain.matches("TER ").count() >= 10, "{plain}");
        for metric in &report.metrics {
            let score = format!("{:.2}", metric.segments[1][4]);
            assert!(markdown.contains(&score) && plain.contains(&score));
        }
    }
}
