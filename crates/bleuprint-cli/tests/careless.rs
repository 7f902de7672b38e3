//! What careless users do: every mistake gets an answer that says what, where and what to do.

mod common;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{Done, bleuprint, folder};

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), content).expect("a file can be written");
}

/// A folder with a reference of three lines and a system's output.
fn corpus(name: &str) -> PathBuf {
    let folder = folder(name);
    write(&folder, "ref.txt", "The cat sat on the mat.\nIt was late.\nNobody saw it leave.\n");
    write(&folder, "hyp.txt", "The cat sat on a mat.\nIt was late.\nNo one saw it go.\n");
    folder
}

fn score(folder: &Path, line: &str) -> Done {
    let arguments: Vec<&str> = std::iter::once("score").chain(line.split(' ')).collect();
    bleuprint(folder, &arguments, b"", &[])
}

/// The command fails with this code, says these things and prints no result.
fn fails(folder: &Path, line: &str, code: i32, parts: &[&str]) {
    let done = score(folder, line);
    assert_eq!(done.code, Some(code), "{line}: {}", done.stderr);
    assert_eq!(done.text(), "", "{line}");
    for part in parts {
        assert!(done.stderr.contains(part), "{line}: '{part}' is not in {}", done.stderr);
    }
}

#[test]
fn files_that_are_not_there() {
    let folder = corpus("missing");
    fails(&folder, "ref.txt -i hpy.txt", 1, &["no such file: hpy.txt", "did you mean 'hyp.txt'?"]);
    fails(&folder, "nowhere/ref.txt -i hyp.txt", 1, &["there is no folder nowhere"]);
    fails(&folder, ". -i hyp.txt", 1, &[". is a directory"]);
}

#[test]
fn names_that_are_mistyped() {
    let folder = corpus("mistyped");
    fails(&folder, "ref.txt -i hyp.txt -m blue", 2, &["did you mean 'bleu'?"]);
    fails(&folder, "ref.txt -i hyp.txt -tok 31a", 2, &["did you mean '13a'?"]);
    fails(&folder, "ref.txt -i hyp.txt --tokenise 13a", 2, &["did you mean '--tokenize'?"]);
    fails(&folder, "ref.txt -i hyp.txt -f jsn", 2, &["did you mean 'json'?"]);
    fails(&folder, "ref.txt -i hyp.txt -e utf-9", 1, &["did you mean 'utf-8'?"]);
    fails(&folder, "ref.txt -i hyp.txt --agg docmean --docs d", 2, &["did you mean 'doc-mean'?"]);
}

#[test]
fn what_a_name_could_do_to_a_terminal_is_not_done() {
    let folder = corpus("names");
    let done = score(&folder, "ref.txt -i \u{1b}[31mred.txt");
    assert!(
        !done.stderr.contains('\u{1b}') && done.stderr.contains("\u{fffd}[31mred.txt"),
        "{}",
        done.stderr
    );
}

#[test]
fn unequal_lengths_name_the_line() {
    let folder = corpus("unequal");
    write(&folder, "short.txt", "The cat sat on a mat.\n");
    let parts = ["short.txt has 1 line", "ref.txt has 3 lines", "line 2 of short.txt is missing"];
    fails(&folder, "ref.txt -i short.txt", 1, &parts);
    fails(&folder, "ref.txt short.txt -i hyp.txt", 1, &parts);
    fails(&folder, "short.txt -i hyp.txt", 1, &["line 2 of short.txt is missing"]);
    write(&folder, "docs", "one\ntwo\n");
    fails(&folder, "ref.txt -i hyp.txt --docs docs", 1, &["line 3 of docs is missing"]);
}

#[test]
fn nothing_to_score() {
    let folder = corpus("empty");
    write(&folder, "empty.txt", "");
    fails(&folder, "empty.txt -i empty.txt", 1, &["no segments", "empty.txt"]);
    fails(&folder, "ref.txt -i empty.txt", 1, &["line 1 of empty.txt is missing"]);
    fails(&folder, "-i hyp.txt", 1, &["no references"]);
}

#[test]
fn text_that_is_none() {
    let folder = corpus("invalid");
    write(&folder, "bad.txt", b"The cat.\nIt w\xffs late.\nNobody.\n");
    fails(&folder, "ref.txt -i bad.txt", 1, &["bad.txt:2:5: invalid UTF-8 (byte 0xff)", "-e"]);
    assert_eq!(score(&folder, "ref.txt -i bad.txt -e latin-1").code, Some(0));
}

#[test]
fn the_same_text_in_other_wrappings() {
    let folder = corpus("wrapped");
    let plain = score(&folder, "ref.txt -i hyp.txt -m bleu chrf ter");
    let text = std::fs::read_to_string(folder.join("hyp.txt")).expect("it is there");
    write(&folder, "crlf.txt", text.replace('\n', "\r\n"));
    write(&folder, "unended.txt", text.trim_end());
    write(&folder, "trailing.txt", text.replace('\n', " \t \n"));
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).expect("memory");
    write(&folder, "packed", gz.finish().expect("memory"));
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    write(&folder, "wide.txt", utf_16);
    for name in ["crlf.txt", "unended.txt", "trailing.txt", "packed"] {
        let done = score(&folder, &format!("ref.txt -i {name} -m bleu chrf ter"));
        assert_eq!(done.text(), plain.text(), "{name}");
    }
    let reference = std::fs::read_to_string(folder.join("ref.txt")).expect("it is there");
    let wide: Vec<u8> = std::iter::once(0xfeff)
        .chain(reference.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    write(&folder, "wide-ref.txt", wide);
    let done = score(&folder, "wide-ref.txt -i wide.txt -e utf-16 -m bleu chrf ter");
    assert_eq!(done.text(), plain.text());
}

#[test]
fn a_mark_is_text_unless_it_is_said_to_be_none() {
    let folder = corpus("marked");
    write(&folder, "bom.txt", "\u{feff}The cat sat on a mat.\nIt was late.\nNo one saw it go.\n");
    let plain = score(&folder, "ref.txt -i hyp.txt -b -w 6");
    assert_ne!(score(&folder, "ref.txt -i bom.txt -b -w 6").text(), plain.text());
    assert_eq!(score(&folder, "ref.txt -i bom.txt -b -w 6 -e utf-8-sig").text(), plain.text());
}

#[test]
fn forms_that_differ_are_advised_of() {
    let folder = folder("forms");
    write(&folder, "ref.txt", "un café noir\n");
    write(&folder, "hyp.txt", "un cafe\u{301} noir\n");
    let done = score(&folder, "ref.txt -i hyp.txt -m chrf -b");
    assert!(done.stderr.contains("--normalize nfc"), "{}", done.stderr);
    let done = score(&folder, "ref.txt -i hyp.txt -m chrf --normalize nfc -f text");
    assert_eq!((done.stderr.as_str(), done.text().contains("unicode:nfc")), ("", true));
    assert!(done.text().contains("= 100.0"), "{}", done.text());
}

#[test]
fn mistakes_of_mode() {
    let folder = corpus("modes");
    write(&folder, "other.txt", "a\nb\nc\n");
    fails(&folder, "ref.txt -i hyp.txt -sl -m bleu ter", 1, &["one metric"]);
    fails(&folder, "ref.txt -i hyp.txt other.txt -sl", 1, &["one system"]);
    fails(&folder, "ref.txt -i hyp.txt hyp.txt", 1, &["'hyp.txt' names two systems"]);
    fails(&folder, "ref.txt -i hyp.txt -par -pbs", 2, &["cannot be used with"]);
    fails(&folder, "ref.txt -i hyp.txt -nr 2", 17, &["ref.txt:1: 1 fields"]);
    fails(&folder, "ref.txt -i hyp.txt -l ende", 1, &["no dash"]);
    fails(&folder, "ref.txt -i hyp.txt --origlang en", 1, &["need a test set"]);
    fails(&folder, "ref.txt -i hyp.txt -w -1", 1, &["--width"]);
    fails(&folder, "--download wmt17", 1, &["fetches nothing"]);
    fails(&folder, "-t wmt17 -l en-de", 1, &["fetches nothing", "sacrebleu -t wmt17"]);
}

/// The reader of our output may go away at any time.
#[test]
fn a_closed_pipe_is_no_error() {
    let folder = folder("pipe");
    let lines = "one line like any other\n".repeat(3_000);
    write(&folder, "ref.txt", &lines);
    let mut child = Command::new(env!("CARGO_BIN_EXE_bleuprint"))
        .args(["score", "ref.txt", "-i", "ref.txt", "-sl", "-m", "chrf"])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdout = child.stdout.take().expect("it is piped");
    stdout.read_exact(&mut [0; 10]).expect("it prints");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// A signal in the middle of the work ends it at once, and no half report is left. SIGTERM stands for Ctrl-C, which a
/// shell lets its background jobs ignore; the command treats both alike.
#[test]
#[cfg(unix)]
fn a_signal_ends_the_work_and_leaves_nothing() {
    use std::os::unix::process::ExitStatusExt;
    const SIGTERM: i32 = 15;
    let folder = corpus("interrupt");
    let mut child = Command::new(env!("CARGO_BIN_EXE_bleuprint"))
        .args(["score", "ref.txt", "-i", "-", "-m", "bleu", "--report", "report.html"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let stdin = child.stdin.as_mut().expect("it is piped");
    // More than a pipe holds: when it is written the command is past its start and reads.
    stdin.write_all(&b"A line.\n".repeat(100_000)).expect("it reads");
    let process = child.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &process]).status().expect("kill is there");
    assert!(sent.success());
    let status = child.wait().expect("it ends");
    assert_eq!(status.signal(), Some(SIGTERM), "{status}");
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["hyp.txt", "ref.txt"]);
}

/// A test set as sacreBLEU leaves it in its folder.
#[test]
fn test_sets_lie_in_sacrebleus_folder() {
    let folder = corpus("cache");
    let set = folder.join("cache/wmt17");
    std::fs::create_dir_all(&set).expect("a folder can be made");
    for (field, text) in [
        ("src", "Die Katze\nEs war\nNiemand\n"),
        ("ref", "The cat sat on the mat.\nIt was late.\nNobody saw it leave.\n"),
        ("origlang", "de\nen\nde\n"),
        ("docid", "a\na\nb\n"),
    ] {
        write(&set, &format!("wmt17.de-en.{field}"), text);
    }
    let run = |line: &str| {
        let arguments: Vec<&str> = std::iter::once("score").chain(line.split(' ')).collect();
        bleuprint(&folder, &arguments, b"", &[("SACREBLEU", "cache")])
    };
    let with_file = score(&folder, "ref.txt -i hyp.txt").text();
    assert_eq!(run("-t wmt17 -l de-en -i hyp.txt").text(), with_file);
    assert_eq!(
        run("-t wmt17 -l de-en --echo docid src").text().lines().next(),
        Some("a\tDie Katze")
    );
    assert_eq!(run("-t wmt17 -l de-en --echo src --origlang non-de").text(), "Es war\n");
    assert!(run("--list").text().contains("wmt17"));
    assert_eq!(run("--list -t wmt17").text(), "de-en: docid, origlang, ref, src\n");
    let detail = run("-t wmt17 -l de-en -i hyp.txt -d").text();
    assert!(detail.contains("origlang=de domain=ALL : sentences=2      BLEU = "), "{detail}");
    let detail = run("-t wmt17 -l de-en -i hyp.txt -d --origlang de").text();
    assert!(detail.contains("origlang=de domain=ALL : sentences=2 "), "{detail}");
    assert!(run("-t wmt18 -l de-en -i hyp.txt").stderr.contains("did you mean 'wmt17'?"));
    assert!(run("-t wmt17 -l en-de -i hyp.txt").stderr.contains("there are: de-en"));
    let cited = run("--citation -t wmt17");
    assert_eq!((cited.code, cited.text().contains("post-2018-call")), (Some(0), true));
    let nothing = run("-t wmt17 -l de-en -i hyp.txt --origlang fr");
    assert!(nothing.stderr.contains("no segment of the test set has origlang=fr"));
}

#[test]
fn documents_domains_and_influence() {
    let folder = corpus("documents");
    write(&folder, "docs", "news\ta\nnews\tb\ntalk\tb\n");
    let done = score(&folder, "ref.txt -i hyp.txt -m chrf --docs docs --influence 2 -f text -b");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let text = done.text();
    for part in ["document news/a", "domain news", "segments=2", "line 3 ", "points"] {
        assert!(text.contains(part), "'{part}' is not in {text}");
    }
    let json = score(&folder, "ref.txt -i hyp.txt -m chrf ter --docs docs --influence 1").text();
    let parsed: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(parsed[0]["documents"].as_array().map(Vec::len), Some(3));
    assert_eq!(parsed[1]["influence"][0]["line"].as_u64(), Some(3));
    for how in ["pooled", "doc", "doc-mean", "doc-join"] {
        let line = format!("ref.txt -i hyp.txt -m chrf --docs docs --agg {how} -f text");
        let text = score(&folder, &line).text();
        assert_eq!(text.contains(&format!("agg:{how}")), how != "pooled", "{text}");
    }
}

/// `bleuprint article` in the folder, as JSON.
fn article(folder: &Path, line: &str) -> serde_json::Value {
    let arguments: Vec<&str> =
        ["article", "-f", "json", "-m", "chrf"].into_iter().chain(line.split(' ')).collect();
    let done = bleuprint(folder, &arguments, b"", &[]);
    assert_eq!(done.code, Some(0), "{line}: {}", done.stderr);
    serde_json::from_str(&done.text()).expect("it is JSON")
}

const FLOOD: &str = "The river fell on Tuesday after three days of rain. Nobody was hurt, the police said. \
    The mayor wants a higher dyke. The bridge stays shut until Thursday. Some 3,600 people had to leave.\n";
const MARKET: &str = "Durian growers brought 450 baskets to the auction. Prices rose by a fifth. \
    A merchant from Songkhla bought most of them. Boats no longer reach the quay at dawn.\n";

#[test]
fn articles_that_say_nothing_or_something_else() {
    let folder = folder("strangers");
    write(&folder, "flood.txt", FLOOD);
    write(&folder, "market.txt", MARKET);
    write(&folder, "empty.txt", "");
    write(&folder, "one.txt", "The dyke held.\n");
    let linked = |value: &serde_json::Value| {
        let beads = value["beads"].as_array().expect("beads").iter();
        beads.filter(|bead| bead["similarity"].as_f64() > Some(0.0)).count()
    };
    for line in [
        "empty.txt --ref flood.txt",
        "flood.txt --ref empty.txt",
        "market.txt --ref flood.txt",
        "one.txt --ref flood.txt",
    ] {
        let value = article(&folder, line);
        assert_eq!(linked(&value), 0, "{line}: {value}");
        assert_eq!(value["coverage"]["related"], false, "{line}");
    }
    let strangers = article(&folder, "market.txt --ref flood.txt");
    assert_eq!(strangers["findings"].as_array().expect("findings").len(), 1, "{strangers}");
    assert_eq!(strangers["findings"][0]["check"], "unrelated");
    let none = bleuprint(&folder, &["article", "empty.txt", "--ref", "empty.txt"], b"", &[]);
    assert_eq!(none.code, Some(1));
    assert!(none.stderr.contains("no sentences: empty.txt and empty.txt are empty"));
    let same = article(&folder, "flood.txt --ref flood.txt --src flood.txt");
    assert_eq!(linked(&same), 5);
    assert_eq!(same["coverage"]["order"], 1.0);
    assert_eq!(same["source"]["sentences"][4]["text"], "Some 3,600 people had to leave.");
    assert_eq!(same["beads"][4]["source"], serde_json::json!([4]));
    let text = bleuprint(&folder, &["article", "market.txt", "--ref", "flood.txt"], b"", &[]);
    assert!(text.text().contains("don't belong together"), "{}", text.text());
}

#[test]
fn articles_that_are_no_text_or_too_much_of_it() {
    let folder = folder("articles");
    write(&folder, "one.txt", "The dyke held.\n");
    write(&folder, "bin.txt", [0xff, 0xfe, 0x00, 0x80, 0x01]);
    let done = bleuprint(&folder, &["article", "bin.txt", "--ref", "one.txt"], b"", &[]);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("bin.txt:1:1: invalid UTF-8"), "{}", done.stderr);
    // A line of many words of few kinds, beside itself.
    write(&folder, "long.txt", "the river the dyke. the ".repeat(4_000));
    let long = article(&folder, "long.txt --ref long.txt");
    assert_eq!(long["coverage"]["hypothesis"]["share"], 1.0);
    std::fs::create_dir_all(folder.join("hyp")).expect("a folder");
    std::fs::create_dir_all(folder.join("ref")).expect("a folder");
    write(&folder.join("hyp"), "a.txt", "The dyke held.\n");
    write(&folder.join("ref"), "a.txt", "The dyke held.\n");
    let pair = article(&folder, "hyp --ref ref");
    assert_eq!(pair["coverage"]["related"], true);
    write(&folder.join("ref"), "b.txt", "It rained.\n");
    let done = bleuprint(&folder, &["article", "hyp", "--ref", "ref"], b"", &[]);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("hyp has no b.txt"), "{}", done.stderr);
    let done = bleuprint(&folder, &["article", "hyp", "--ref", "one.txt"], b"", &[]);
    assert!(
        done.stderr.contains("hyp is a folder, but the reference one.txt is a file"),
        "{}",
        done.stderr
    );
}
