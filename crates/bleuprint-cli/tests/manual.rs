//! The manual's examples (tests/manual/*.md) print what they say. TRYCMD=overwrite writes what is printed.

#[test]
fn the_manual_is_true() {
    // The examples are run where a reader of the manual is: at the top of the project.
    let top = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::env::set_current_dir(top).expect("the project is there");
    trycmd::TestCases::new().case("crates/bleuprint-cli/tests/manual/*.md");
}
