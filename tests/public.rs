//! What the public types promise beyond their methods.

use bleuprint::{
    Aggregate, Bleu, BleuScore, Chrf, ChrfScore, Column, Documents, Error, Matrix, Metric,
    Prepared, References, Signature, Stream, Table, Ter, TerScore, text::Tokens,
};

fn shared<T: Send + Sync>() {}
fn value<
    T: Clone + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
>() {
}

#[test]
fn threads_may_share_them() {
    shared::<Bleu>();
    shared::<Chrf>();
    shared::<Ter>();
    shared::<Error>();
    shared::<Prepared<'_, Bleu>>();
    shared::<Box<dyn bleuprint::DynMetric>>();
    shared::<Stream<'_, Ter>>();
    shared::<Table>();
    shared::<Tokens>();
    shared::<References<'_>>();
}

#[test]
fn values_travel() {
    value::<BleuScore>();
    value::<ChrfScore>();
    value::<TerScore>();
    value::<Table>();
    value::<Signature>();
    value::<Matrix>();
    value::<Documents>();
    value::<Column>();
    value::<Aggregate>();
}

#[test]
fn a_table_comes_back() {
    let references = References::single(&["a b c d", "e f g h"]);
    let bleu = Bleu::default();
    let table = bleu.prepare_corpus(&references).and_then(|p| p.table(&["a b c d", "e f x h"]));
    let table = table.expect("it is measured");
    let json = serde_json::to_string(&table).expect("it is a value");
    assert_eq!(serde_json::from_str::<Table>(&json).expect("it is a table"), table);
    let broken = json.replace("\"rows\":[", "\"rows\":[1,");
    assert!(serde_json::from_str::<Table>(&broken).is_err());
    let score = bleu.score(&table.total().expect("it fits"));
    let json = serde_json::to_string(&score).expect("it is a value");
    assert_eq!(serde_json::from_str::<BleuScore>(&json).expect("it is a score"), score);
}

#[test]
fn errors_answer_questions() {
    let none: [&str; 0] = [];
    let bleu = Bleu::default();
    assert!(bleu.corpus(&none, &References::single(&none)).expect_err("no segments").is_empty());
    assert!(bleu.segment("a", &[]).expect_err("no references").is_empty());
    let missing = [Some("a"), None];
    let error = bleu.corpus(&["a", "b"], &References::single(&missing)).expect_err("missing");
    assert_eq!(
        error.to_string(),
        "segment 1 (line 2) has no reference: give one, or an empty string for an empty one"
    );
    let many = ["a"; 17];
    assert!(Ter::default().segment("a", &many).expect_err("too many").is_config());
    assert!(Bleu::default().max_order(10).expect_err("out of range").is_config());
    assert!("BLEU".parse::<Signature>().is_ok_and(|s| s.name() == "BLEU"));
}
