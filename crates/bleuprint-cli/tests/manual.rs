//! The manual's examples (tests/manual/*.md) print what they say. TRYCMD=overwrite writes what is printed.

#[test]
fn the_manual_is_true() {
    // The examples are run where a reader of the manual is: at the top of the project.
    let top = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::env::set_current_dir(top).expect("the project is there");
    trycmd::TestCases::new()
        .case("crates/bleuprint-cli/tests/manual/*.md")
        .case("docs/is-my-system-better.md");
}

/// The sentence for a paper has the numbers of the table above it.
#[test]
fn the_page_on_significance_says_what_its_table_says() {
    let page = include_str!("../../../docs/is-my-system-better.md");
    let (table, sentence) = page.split_once("> The new system is").expect("the sentence is there");
    for (printed, said) in [
        ("67.06", "67.1"),
        ("48.52", "48.5"),
        ("+18.54", "18.5"),
        ("[12.32, 23.56]", "12.3 to\n> 23.6"),
        ("0.0004", "0.0004"),
    ] {
        assert!(table.contains(printed) && sentence.contains(said), "{printed} {said}");
    }
}
