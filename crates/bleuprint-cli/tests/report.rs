//! Reports as files: whole or not at all, and an error before the work starts.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const HYP: &str = "fixtures/articles/de-en-flood/machine.1.txt";
const REF: &str = "fixtures/articles/de-en-flood/reference.a.txt";

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bleuprint"));
    command.current_dir(TOP).args(arguments).output().expect("it runs")
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("report-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("it can be made");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("it is there");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("it is there").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn the_same_command_writes_the_same_bytes_and_nothing_else() {
    let folder = folder("same");
    let [one, two] = ["one.html", "two.html"].map(|name| folder.join(name));
    for path in [&one, &two, &two] {
        let done = run(&["article", HYP, "--ref", REF, "-o", &path.to_string_lossy()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(!done.stdout.is_empty(), "the text is printed as ever");
    }
    assert_eq!(std::fs::read(one).expect("it is there"), std::fs::read(two).expect("it is there"));
    assert_eq!(names(&folder), ["one.html", "two.html"]);
}

/// What can't be written is said before anything is read: the hypothesis doesn't even exist.
#[test]
fn a_path_that_cannot_be_written_is_an_error_at_once() {
    let folder = folder("bad");
    let inside = folder.join("missing/report.html");
    let file = folder.join("file");
    std::fs::write(&file, "x").expect("it is written");
    let below = file.join("report.html");
    for path in [folder.as_path(), &inside, &below, Path::new("-"), Path::new("")] {
        let done = run(&["article", "no-such-file", "--ref", REF, "-o", &path.to_string_lossy()]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(1), "{said}");
        assert!(!said.contains("no-such-file") && done.stdout.is_empty(), "{said}");
    }
    assert_eq!(names(&folder), ["file"]);
}

#[test]
fn an_error_leaves_the_old_report_and_no_half_one() {
    let folder = folder("old");
    let path = folder.join("report.html");
    std::fs::write(&path, "old").expect("it is written");
    let done = run(&["article", "no-such-file", "--ref", REF, "-o", &path.to_string_lossy()]);
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(std::fs::read(&path).expect("it is there"), b"old");
    assert_eq!(names(&folder), ["report.html"]);
}

/// A disk without room, where the system has one.
#[test]
fn a_full_disk_is_an_error() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let done = run(&["article", HYP, "--ref", REF, "-o", "/dev/full"]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("/dev/full can't be written"), "{said}");
}

/// A report is the JSON of the same command, drawn.
#[test]
fn the_page_has_what_the_json_has() {
    let path = folder("json").join("report.html");
    let done = run(&["article", HYP, "--ref", REF, "-f", "json", "-o", &path.to_string_lossy()]);
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).expect("it is JSON");
    let page = std::fs::read_to_string(path).expect("it is there");
    let data = page.split_once("id=\"data\">").and_then(|(_, rest)| rest.split_once("</script>"));
    let data: serde_json::Value =
        serde_json::from_str(data.expect("it is there").0).expect("it is JSON");
    let rows = data["views"][0]["rows"].as_array().expect("there are rows");
    assert_eq!(rows.len(), json["beads"].as_array().map_or(0, Vec::len));
    assert_eq!(
        data["views"][0]["findings"].as_array().map(Vec::len),
        json["findings"].as_array().map(Vec::len)
    );
    for score in json["scores"].as_array().expect("there are scores") {
        let number = format!("{:.2}", score["score"].as_f64().unwrap_or_default());
        let copied =
            format!("data-copy=\"{} = {number}\"", score["signature"].as_str().unwrap_or_default());
        assert!(page.contains(&copied), "{copied}");
    }
}

const MACHINE: &str = "fixtures/articles/en-de-rail/machine.1.txt";
const OTHER: &str = "fixtures/articles/en-de-rail/machine.2.txt";
const RAIL: &str = "fixtures/articles/en-de-rail/reference.a.txt";

/// A page takes nothing from what is printed: standard output is sacreBLEU's, byte for byte.
#[test]
fn a_report_changes_nothing_on_standard_output() {
    let path = folder("score").join("report.html");
    let path = path.to_string_lossy();
    for arguments in [
        vec!["score", RAIL, "-i", MACHINE, "-m", "bleu", "chrf"],
        vec!["score", RAIL, "-i", MACHINE, OTHER, "-m", "ter"],
        vec!["compare", RAIL, "-i", MACHINE, OTHER, "--trials", "100", "--samples", "100"],
        vec!["article", HYP, "--ref", REF],
    ] {
        let plain = run(&arguments);
        let drawn = run(&[&arguments[..], &["--report", &*path]].concat());
        assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
        assert_eq!(plain.stdout, drawn.stdout, "{arguments:?}");
        let page = std::fs::read_to_string(&*path).expect("it is there");
        assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>"), "{arguments:?}");
        std::fs::remove_file(&*path).expect("it is there");
    }
}

/// The end of the name says what is written, whatever command it is; of what is not known nothing is begun.
#[test]
fn the_name_of_the_file_says_the_form() {
    let folder = folder("forms");
    let commands = [
        vec!["article", HYP, "--ref", REF],
        vec!["score", RAIL, "-i", MACHINE, OTHER, "-m", "bleu", "ter"],
        vec!["compare", RAIL, "-i", MACHINE, OTHER, "--trials", "100", "--samples", "100"],
    ];
    for arguments in commands {
        let write = |name: &str| {
            let path = folder.join(name).to_string_lossy().into_owned();
            let done = run(&[&arguments[..], &["--report", &path]].concat());
            (done.status.code(), std::fs::read_to_string(&path).unwrap_or_default(), done.stderr)
        };
        let forms = [
            ("r.html", "<!doctype html>"),
            ("r.HTM", "<!doctype html>"),
            ("r", "<!doctype html>"),
            ("r.json", "{\"title\":\""),
            ("r.md", "# "),
            ("r.markdown", "# "),
            ("r.svg", "<svg xmlns"),
        ];
        for (name, start) in forms {
            let (code, text, said) = write(name);
            let said = String::from_utf8_lossy(&said).into_owned();
            assert_eq!(code, Some(0), "{arguments:?} {name} {said}");
            assert!(text.starts_with(start), "{arguments:?} {name} {text:.100}");
        }
        let (_, text, _) = write("r.txt");
        assert!(text.contains("BLEU") && !text.contains('\u{1b}'), "{arguments:?} {text}");
        let (code, _, said) = write("r.pdf");
        assert_eq!(code, Some(1), "{arguments:?}");
        assert!(String::from_utf8_lossy(&said).contains("no report ends in .pdf"));
        assert!(!folder.join("r.pdf").exists());
    }
}

/// The rich JSON has every segment; what is printed stays sacreBLEU's.
#[test]
fn json_of_scores_has_segments() {
    let path = folder("rich").join("r.json");
    let arguments = ["score", RAIL, "-i", MACHINE, OTHER, "-m", "chrf", "--report"];
    let done = run(&[&arguments[..], &[&*path.to_string_lossy()]].concat());
    let printed: serde_json::Value = serde_json::from_slice(&done.stdout).expect("it is JSON");
    assert_eq!(printed.as_array().map(Vec::len), Some(2));
    let text = std::fs::read_to_string(path).expect("it is there");
    let json: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let lines = std::fs::read_to_string(Path::new(TOP).join(OTHER)).expect("it is there");
    let segments = json["segments"].as_array().expect("there are");
    assert_eq!(segments.len(), lines.lines().count());
    for (segment, line) in segments.iter().zip(lines.lines()) {
        assert_eq!(segment["systems"][1]["text"], line);
        assert!(segment["systems"][1]["scores"][0]["score"].is_number());
    }
    let score = json["systems"][1]["scores"][0]["score"].as_f64().unwrap_or_default();
    assert_eq!(printed[1]["chrF2"], format!("{score:.1}"), "{printed}");
}

/// `-o` is sacreBLEU's: a shortened `-ol`.
#[test]
fn o_stays_the_original_language_in_score() {
    let path = folder("origlang").join("report.html");
    let done = run(&["score", RAIL, "-i", MACHINE, "-o", &path.to_string_lossy()]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("--origlang") && !path.exists(), "{said}");
}

#[test]
fn what_a_report_does_not_show_is_an_error() {
    for option in ["--sentence-level", "--paired-bs"] {
        let done = run(&["score", RAIL, "-i", MACHINE, OTHER, "--report", "/dev/null", option]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(1), "{said}");
    }
}

#[test]
fn pictures_alone() {
    for arguments in [
        vec!["article", HYP, "--ref", REF],
        vec!["score", RAIL, "-i", MACHINE, OTHER],
        vec!["compare", RAIL, "-i", MACHINE, OTHER, "--trials", "100"],
    ] {
        let done = run(&[&arguments[..], &["--format", "svg"]].concat());
        let svg = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(svg.starts_with("<svg xmlns") && svg.ends_with("</svg>\n"), "{arguments:?} {svg}");
    }
}

/// Every command, in every form.
fn in_all_forms(arguments: &[&str], folder: &Path, check: impl Fn(&Output, &Path)) {
    for form in ["html", "json", "md", "txt", "svg"] {
        let path = folder.join(format!("r.{form}"));
        let done = run(&[arguments, &["--report", &path.to_string_lossy()]].concat());
        check(&done, &path);
        let _ = std::fs::remove_file(path);
    }
}

fn fails(words: &str) -> impl Fn(&Output, &Path) {
    move |done, path| {
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(1), "{path:?} {said}");
        assert!(said.contains(words) && !path.exists(), "{path:?} {said}");
    }
}

fn works(done: &Output, path: &Path) {
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{path:?} {said}");
    let text = std::fs::read_to_string(path).expect("it is there");
    assert!(text.ends_with('\n') || text.ends_with("</html>"), "{path:?} is whole");
    if path.extension().is_some_and(|end| end == "json") {
        serde_json::from_str::<serde_json::Value>(&text).expect("it is JSON");
    }
}

#[test]
fn no_segments_and_one() {
    let folder = folder("few");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("written");
        path.to_string_lossy().into_owned()
    };
    let (empty, one, other) = (file("e", ""), file("h", "one dog\n"), file("r", "one cat\n"));
    in_all_forms(&["article", &empty, "--ref", &empty], &folder, fails("no sentences"));
    in_all_forms(&["score", &empty, "-i", &empty], &folder, fails("no segments"));
    in_all_forms(&["compare", &empty, "-i", &empty, &empty], &folder, fails("no segments"));
    in_all_forms(&["article", &one, "--ref", &other], &folder, works);
    in_all_forms(&["article", &one, "--ref", &empty], &folder, works);
    in_all_forms(&["score", &other, "-i", &one], &folder, works);
    in_all_forms(&["compare", &other, "-i", &one, &one], &folder, fails("at least two segments"));
}

#[test]
fn a_segment_of_a_megabyte() {
    let folder = folder("long");
    let [hypothesis, reference] =
        ["h", "r"].map(|name| folder.join(name).to_string_lossy().into_owned());
    std::fs::write(&hypothesis, "ab cd ".repeat(170_000)).expect("written");
    std::fs::write(&reference, "cd ab x ".repeat(140_000)).expect("written");
    in_all_forms(&["score", &reference, "-i", &hypothesis, "-m", "chrf"], &folder, |done, path| {
        works(done, path);
        let size = std::fs::metadata(path).expect("it is there").len();
        assert!(path.extension().is_some_and(|end| end == "svg") || size > 2_000_000, "{size}");
    });
    in_all_forms(&["article", &hypothesis, "--ref", &reference, "-m", "chrf"], &folder, works);
}

#[test]
fn a_thousand_systems() {
    let folder = folder("thousand");
    let lines = ["a small house stands here", "the river rose again", "nobody was hurt"];
    let reference = folder.join("ref").to_string_lossy().into_owned();
    std::fs::write(&reference, lines.join("\n") + "\n").expect("written");
    let system = |at: usize| {
        let path = folder.join(format!("s{at}")).to_string_lossy().into_owned();
        let text: Vec<&str> = lines.iter().map(|line| &line[at % 3..]).collect();
        std::fs::write(&path, text.join("\n") + "\n").expect("written");
        path
    };
    let systems: Vec<String> = (0..1000).map(system).collect();
    let systems: Vec<&str> = systems.iter().map(String::as_str).collect();
    let score = [&["score", &*reference, "-m", "chrf", "-i"], &*systems].concat();
    in_all_forms(&score, &folder, works);
    let options = ["--pairs", "baseline", "--trials", "10", "--samples", "10", "-m", "chrf", "-q"];
    let compare = [&["compare", &*reference, "-i"], &*systems, &options].concat();
    in_all_forms(&compare, &folder, works);
}

/// A limit on the size of files stands for a disk that is full in the midst of writing.
#[cfg(unix)]
#[test]
fn what_does_not_fit_leaves_the_old_report_and_no_half_one() {
    let folder = folder("full");
    let path = folder.join("r.html");
    std::fs::write(&path, "old").expect("written");
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$@\"";
    let report = path.to_string_lossy().into_owned();
    let done = Command::new("sh")
        .args(["-c", script, "sh", env!("CARGO_BIN_EXE_bleuprint")])
        .args(["article", HYP, "--ref", REF, "-o", &report])
        .current_dir(TOP)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("r.html can't be written: "), "{said}");
    assert!(std::fs::read(&path).expect("it is there") == b"old", "the old report stands");
    assert_eq!(names(&folder), ["r.html"]);
}
