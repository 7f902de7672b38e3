//! `bleuprint score` against sacreBLEU's own command, byte for byte, over random command lines and files.
//!
//! It runs where BLEUPRINT_PYTHON names a Python with tests/oracle/requirements.txt; BLEUPRINT_CASES and
//! BLEUPRINT_SEED choose how many cases and which.

#![expect(clippy::print_stdout, reason = "seeds and counts are for the reader")]

mod common;
#[path = "../../../tests/common/oracle.rs"]
#[expect(dead_code, reason = "only its numbers of cases and seeds")]
mod oracle;
#[path = "../../../tests/common/random.rs"]
mod random;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use common::{Done, bleuprint};
use random::Random;

/// sacreBLEU's command, waiting for requests.
struct Reference {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Reference {
    fn start() -> Option<Self> {
        let Some(python) = std::env::var_os("BLEUPRINT_PYTHON") else {
            println!(
                "skipped: BLEUPRINT_PYTHON names no Python with tests/oracle/requirements.txt"
            );
            return None;
        };
        let script =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracle/sacrebleu_command.py");
        let mut child = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("BLEUPRINT_PYTHON starts");
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        Some(Reference { child, output })
    }

    fn run(&mut self, case: &Case) -> Done {
        let environment: serde_json::Map<String, Value> =
            case.environment.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
        let request = json!({
            "arguments": case.arguments, "folder": case.folder, "environment": environment,
            "stdin": BASE64.encode(&case.stdin),
        });
        let input = self.child.stdin.as_mut().expect("it is piped");
        writeln!(input, "{request}").expect("it listens");
        input.flush().expect("it listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it answers");
        let answer: Value = serde_json::from_str(&line).expect("it answers in JSON");
        let stdout = answer["stdout"].as_str().expect("text");
        Done {
            code: answer["code"].as_i64().map(|code| code as i32),
            stdout: BASE64.decode(stdout).expect("base64"),
            stderr: answer["stderr"].as_str().unwrap_or_default().to_owned(),
        }
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// A command line with everything it looks at.
#[derive(Debug)]
struct Case {
    folder: PathBuf,
    arguments: Vec<String>,
    stdin: Vec<u8>,
    environment: Vec<(&'static str, &'static str)>,
}

#[test]
fn the_command_is_sacrebleus() {
    let Some(mut reference) = Reference::start() else { return };
    let (seed, cases) = (oracle::seed(), oracle::cases(150));
    let folder = common::folder("differential");
    let mut failed = 0;
    let mut codes = std::collections::BTreeMap::new();
    for case in 0..cases {
        if case > 0 && case % 500 == 0 {
            println!("{case} so far, {failed} differ");
        }
        let case = random_case(&mut Random(seed.wrapping_add(case as u64)), &folder);
        let expected = reference.run(&case);
        let arguments: Vec<&str> = ["score", "--compatible"]
            .into_iter()
            .chain(case.arguments.iter().map(String::as_str))
            .collect();
        let mut own = bleuprint(&case.folder, &arguments, &case.stdin, &case.environment);
        own.stdout = own.text().replace(bleuprint::VERSION, "2.6.0").into_bytes();
        if same(&case, &own, &expected) {
            *codes.entry(own.code).or_insert(0) += 1;
            continue;
        }
        failed += 1;
        println!(
            "BLEUPRINT_SEED={seed}\n{case:?}\nsacreBLEU exits {:?}\n{}\n{}\nbleuprint exits {:?}\n{}\n{}",
            expected.code,
            expected.text(),
            expected.stderr,
            own.code,
            own.text(),
            own.stderr
        );
    }
    println!("{cases} command lines, {failed} differ, exit codes of the rest: {codes:?}");
    assert_eq!(failed, 0, "BLEUPRINT_SEED={seed}");
}

/// Whether both did the same, but for what is told apart on purpose.
fn same(case: &Case, own: &Done, expected: &Done) -> bool {
    // Python decodes ahead: a byte that is no text hides a field that is missing before it.
    let ahead = own.code == Some(17) && expected.stderr.contains("UnicodeDecodeError");
    // A negative number of decimals is an error here even where no number has them (paired tests as JSON).
    if own.code == Some(1) && own.stderr.contains("--width is a number of decimals") {
        return true;
    }
    // TER's mean length of three references is exact here and a float's sum there.
    let thirds = case.arguments.iter().any(|argument| argument == "ter");
    let text = |done: &Done| if thirds { shortened(&done.text()) } else { done.text() };
    ahead && expected.code == Some(1) || own.code == expected.code && text(own) == text(expected)
}

/// The text with every number that has more than twelve decimals rounded to twelve.
fn shortened(text: &str) -> String {
    let number = |word: &str| match (word.split_once('.'), word.parse::<f64>()) {
        (Some((_, decimals)), Ok(value)) if decimals.len() > 12 => format!("{value:.12}"),
        _ => word.to_owned(),
    };
    let part = |c: char| c.is_ascii_digit() || c == '.';
    let (mut out, mut word) = (String::new(), String::new());
    for c in text.chars().chain(std::iter::once('\n')) {
        if part(c) {
            word.push(c);
        } else {
            out.push_str(&number(&std::mem::take(&mut word)));
            out.push(c);
        }
    }
    out
}

/// Names of files, some of which look like numbers or need escapes.
const NAMES: &[&str] = &[
    "hyp.txt",
    "sys_a.out",
    "1",
    "2.50",
    "1e3",
    "1_000",
    "1,000",
    "True",
    "ünï.txt",
    "a b.txt",
    "nan",
    "x&y%.txt",
    "системa",
    "-dash",
    "007",
    "1.5.txt",
    "+3",
    "1,000.5",
    "{$}",
    "inf",
    "~",
    "Baseline:",
];

fn random_case(random: &mut Random, root: &Path) -> Case {
    let folder = root.join("case");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let lines = if random.chance(4) { 0 } else { 1 + random.below(6) };
    let lines = if random.chance(2) { 100 + random.below(30) } else { lines };
    let texts: Vec<Vec<String>> = (0..lines).map(|_| random.words(12, 12)).collect();
    let mut case =
        Case { folder, arguments: Vec::new(), stdin: Vec::new(), environment: Vec::new() };
    let tabbed = random.chance(8).then(|| 1 + random.below(3));
    let mut references = Vec::new();
    for number in 0..tabbed.map_or(1 + random.below(3), |_| 1) {
        let name = format!("ref{number}.txt");
        let name = if random.chance(5) { format!("{name}.gz") } else { name };
        write_file(random, &case.folder, &name, &texts, tabbed.unwrap_or(1));
        references.push(name);
    }
    let mut options = random_options(random);
    if let Some(fields) = tabbed {
        let fields = if random.chance(15) { fields + 1 } else { fields };
        options.push(vec![
            random.pick(&["-nr", "--num-refs", "--num"]).to_string(),
            fields.to_string(),
        ]);
    }
    let systems = if random.chance(60) { 1 } else { 1 + random.below(4) };
    if random.chance(25) {
        case.stdin = content(random, &texts, systems);
    } else {
        options.push(random_systems(random, &case.folder, &texts, systems));
    }
    place(random, &mut case, references, options);
    if random.chance(10) {
        let formats = ["text", "JSON", "Latex", "xml", ""];
        case.environment.push(("SACREBLEU_FORMAT", *random.pick(&formats)));
    }
    if random.chance(15) {
        let seeds = ["1", "007", "9999999999", "x", "18446744073709551615"];
        case.environment.push(("SACREBLEU_SEED", *random.pick(&seeds)));
    }
    if random.chance(30) {
        case.environment.push(("NO_COLOR", *random.pick(&["1", ""])));
    }
    case
}

/// `-i` and its files; now and then one that is missing, twice there or left out.
fn random_systems(
    random: &mut Random,
    folder: &Path,
    texts: &[Vec<String>],
    systems: usize,
) -> Vec<String> {
    let mut option = vec![random.pick(&["-i", "--input", "--in"]).to_string()];
    let numbers = random.chance(25);
    for number in 0..systems {
        let name = match (numbers, random.chance(70)) {
            (true, _) => {
                random.pick(&["1", "2", "2.5", "1e3", "-3", "1_000", "1,000", "007"]).to_string()
            }
            (false, true) => format!("hyp{number}.txt"),
            (false, false) => random.pick(NAMES).to_string(),
        };
        if !random.chance(2) {
            write_file(random, folder, &name, texts, 1);
        }
        option.push(name);
    }
    if random.chance(2) {
        option.truncate(1);
    }
    option
}

/// References before the options, behind all of them, or behind `--`.
fn place(random: &mut Random, case: &mut Case, references: Vec<String>, options: Vec<Vec<String>>) {
    let flat = options.into_iter().flatten();
    match random.below(10) {
        0 => {
            case.arguments.extend(flat);
            case.arguments.push("--".to_owned());
            case.arguments.extend(references);
        }
        1 => {
            case.arguments.extend(flat);
            case.arguments.push("-q".to_owned());
            case.arguments.extend(references);
        }
        _ => {
            case.arguments.extend(references);
            case.arguments.extend(flat);
        }
    }
}

/// A disturbed copy of the texts with what files have: CR, BOM, empty lines, tabs, bytes that are no text.
fn content(random: &mut Random, texts: &[Vec<String>], fields: usize) -> Vec<u8> {
    let mut out = Vec::new();
    if random.chance(3) {
        out.extend("\u{feff}".as_bytes());
    }
    let (crlf, hostile) = (random.chance(8), random.chance(25));
    let skip = random.chance(4).then(|| random.below(texts.len() + 1));
    for (number, words) in texts.iter().enumerate() {
        if skip == Some(number) {
            continue;
        }
        for field in 0..fields {
            if field > 0 && !random.chance(1) {
                out.push(b'\t');
            }
            let percent = random.below(50);
            let words = random.disturb(words, 12, percent);
            out.extend(words.join(" ").as_bytes());
            if hostile {
                out.extend(random.text(8).replace(['\n', '\t'], " ").as_bytes());
            }
            if texts.len() >= 100 {
                out.extend(b" .");
            }
        }
        if random.chance(1) {
            out.push(b'\t');
        }
        out.extend(if crlf { &b"\r\n"[..] } else { b"\n" });
    }
    if random.chance(10) && out.last() == Some(&b'\n') {
        out.pop();
    }
    if random.chance(2) {
        let at = random.below(out.len() + 1);
        out.insert(at, 0xff);
    }
    out
}

fn write_file(
    random: &mut Random,
    folder: &Path,
    name: &str,
    texts: &[Vec<String>],
    fields: usize,
) {
    let mut bytes = content(random, texts, fields);
    if name.ends_with(".gz") {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&bytes).expect("memory");
        bytes = gz.finish().expect("memory");
    }
    std::fs::write(folder.join(name), bytes).expect("a file can be written");
}

/// Options with their values, each spelt in one of its ways.
fn random_options(random: &mut Random) -> Vec<Vec<String>> {
    let mut options = Vec::new();
    for (percent, spellings, values) in OPTIONS {
        if !random.chance(*percent) {
            continue;
        }
        let option = random.pick(spellings).to_string();
        if values.is_empty() {
            options.push(vec![option]);
            continue;
        }
        let value = random.pick(values).to_string();
        let single = !option.starts_with("--");
        match random.below(6) {
            0 => options.push(vec![format!("{option}={value}")]),
            1 if single && option.len() == 2 => options.push(vec![format!("{option}{value}")]),
            _ => options.push(vec![option, value]),
        }
    }
    if random.chance(45) {
        let mut metrics = vec![random.pick(&["-m", "--metrics", "--metric", "--me"]).to_string()];
        for _ in 0..1 + random.below(4) {
            metrics.push(random.pick(&["bleu", "chrf", "ter"]).to_string());
        }
        options.push(metrics);
    }
    for at in (1..options.len()).rev() {
        options.swap(at, random.below(at + 1));
    }
    options
}

/// Percent, spellings, values (none for a flag).
type Option3 = (usize, &'static [&'static str], &'static [&'static str]);

const OPTIONS: &[Option3] = &[
    (12, &["-sl", "--sentence-level", "--sent"], &[]),
    (12, &["-s", "--smooth-method", "--smooth-m"], &["none", "floor", "add-k", "exp"]),
    (
        8,
        &["-sv", "--smooth-value", "--smooth-v"],
        &["0", "0.1", "1", "0.5", "2.25", "1e-2", ".5", " 1 ", "1_0"],
    ),
    (20, &["-tok", "--tokenize", "--tok"], &["13a", "intl", "zh", "char", "none"]),
    (12, &["-lc", "--lowercase", "--low"], &[]),
    (10, &["--force", "--forc"], &[]),
    (10, &["-cc", "--chrf-char-order", "--chrf-c"], &["1", "2", "6", "9"]),
    (12, &["-cw", "--chrf-word-order", "--chrf-wo"], &["0", "1", "2", "3"]),
    (8, &["--chrf-beta", "--chrf-b"], &["1", "2", "3", "10"]),
    (8, &["--chrf-whitespace", "--chrf-wh"], &[]),
    (8, &["--chrf-lowercase", "--chrf-l"], &[]),
    (8, &["--chrf-eps-smoothing", "--chrf-e"], &[]),
    (8, &["--ter-case-sensitive", "--ter-c"], &[]),
    (8, &["--ter-asian-support", "--ter-a"], &[]),
    (8, &["--ter-no-punct", "--ter-no-"], &[]),
    (8, &["--ter-normalized", "--ter-nor"], &[]),
    (15, &["-q", "--quiet", "--quie"], &[]),
    (15, &["-sh", "--short", "--sho"], &[]),
    (12, &["-b", "--score-only", "--sc"], &[]),
    (25, &["-w", "--width", "--wid"], &["0", "1", "2", "4", "15", "20", "-1", "+3", "1_0"]),
    (12, &["-ci", "--confidence", "--conf"], &[]),
    (8, &["-cin", "--confidence-n"], &["0", "1", "2", "50", "200", "-3"]),
    (8, &["-pbs", "--paired-bs"], &[]),
    (8, &["-par", "--paired-ar"], &[]),
    (12, &["-pbsn", "--paired-bs-n"], &["0", "1", "60", "-1", "250"]),
    (14, &["-parn", "--paired-ar-n"], &["0", "1", "60", "+200"]),
    (3, &["-j", "--paired-jobs"], &["1", "2"]),
    (6, &["-d", "--detail", "--det"], &[]),
    (8, &["-nc", "--no-color", "--no"], &[]),
    (35, &["-f", "--format", "--form"], &["json", "text", "latex"]),
    (3, &["-l", "--language-pair", "--lang"], &["en-de", "de-zh", "zz", "a-b-c"]),
    (2, &["-e", "--encoding", "--enc"], &["utf-8", "utf-8-sig", "latin-1", "utf8"]),
    (1, &["-bq", "-qb", "-bqd", "-dw2"], &[]),
    (1, &["-ol", "--origlang", "--orig"], &["en", "non-de"]),
    (1, &["--subset", "--sub"], &["news"]),
    (1, &["-m"], &["blue", "bleu"]),
    (1, &["--nope", "-z", "--chrf", "-c", "--smooth", "-bz", "--quiet=1", "-to"], &[]),
    (1, &["-w", "-cc", "--smooth-value"], &["x", "1.5", "", "nan!"]),
    (1, &["--citation"], &[]),
    (1, &["-t"], &["no-such-set"]),
    (1, &["-tok"], &["31a"]),
];

/// Confidence intervals and paired tests of several systems, where the general test above rarely gets to.
#[test]
fn the_significance_options_are_sacrebleus() {
    let Some(mut reference) = Reference::start() else { return };
    let (seed, cases) = (oracle::seed(), oracle::cases(60));
    let root = common::folder("significance");
    for case in 0..cases {
        let case = significance_case(&mut Random(seed.wrapping_add(case as u64)), &root);
        let expected = reference.run(&case);
        let arguments: Vec<&str> = ["score", "--compatible"]
            .into_iter()
            .chain(case.arguments.iter().map(String::as_str))
            .collect();
        let own = bleuprint(&case.folder, &arguments, &case.stdin, &case.environment);
        let text = own.text().replace(bleuprint::VERSION, "2.6.0");
        assert_eq!(
            (own.code, text),
            (expected.code, expected.text()),
            "BLEUPRINT_SEED={seed}\n{case:?}"
        );
        assert_eq!(own.code, Some(0), "{}\n{case:?}", own.stderr);
    }
}

fn significance_case(random: &mut Random, root: &Path) -> Case {
    let folder = root.join("case");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let lines = *random.pick(&[1, 2, 5, 30]);
    let base: Vec<Vec<String>> = (0..lines).map(|_| random.words(12, 12)).collect();
    let write = |random: &mut Random, name: &str| {
        let percent = random.below(50);
        let texts = base.iter().map(|words| random.disturb(words, 12, percent).join(" ") + "\n");
        let text: String = texts.collect();
        std::fs::write(folder.join(name), text).expect("a file can be written");
        name.to_owned()
    };
    let mut arguments = vec![write(random, "ref0")];
    if random.chance(30) {
        arguments.push(write(random, "ref1"));
    }
    let systems = if random.chance(30) { 1 } else { 2 + random.below(3) };
    arguments.push("-i".to_owned());
    for number in 0..systems {
        let name = format!("{}{number}", random.pick(&["sys", "ü_&%", "1.", "Baseline:"]));
        arguments.push(write(random, &name));
    }
    if systems > 1 && random.chance(15) {
        std::fs::copy(
            folder.join(&arguments[arguments.len() - 1]),
            folder.join(&arguments[arguments.len() - 2]),
        )
        .expect("a file can be copied");
    }
    let options: &[&[&str]] = match (systems, random.below(2)) {
        (1, _) => &[&["-ci", "-cin", "40"], &["--confidence", "-cin", "7"], &["-ci", "-b"]],
        (_, 0) => {
            &[&["-pbs", "-pbsn", "40"], &["--paired-bs", "-pbsn", "0"], &["-pbs", "-pbsn", "1"]]
        }
        _ => &[
            &["-par", "-parn", "90"],
            &["--paired-ar", "-parn", "7"],
            &["-par", "-parn", "1", "-j", "2"],
        ],
    };
    arguments.extend(random.pick(options).iter().map(|option| (*option).to_owned()));
    let metrics: &[&[&str]] =
        &[&["bleu"], &["chrf", "bleu"], &["ter"], &["bleu", "ter", "chrf"], &["chrf"]];
    arguments.push("-m".to_owned());
    arguments.extend(random.pick(metrics).iter().map(|metric| (*metric).to_owned()));
    let looks: &[&[&str]] = &[
        &[],
        &["-f", "text"],
        &["-f", "latex"],
        &["-w", "4"],
        &["-f", "text", "-sh"],
        &["-f", "text", "-nc"],
    ];
    arguments.extend(random.pick(looks).iter().map(|option| (*option).to_owned()));
    let mut environment = Vec::new();
    if random.chance(40) {
        environment.push(("SACREBLEU_SEED", *random.pick(&["1", "007", "18446744073709551615"])));
    }
    Case { folder, arguments, stdin: Vec::new(), environment }
}
