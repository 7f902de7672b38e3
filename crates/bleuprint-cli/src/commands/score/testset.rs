//! Test sets, where sacreBLEU's command has put them.
//!
//! sacreBLEU keeps a set in a folder of its own, one file a language pair and field:
//! `wmt21/B/wmt21_B.en-de.ref-B`. Nothing is ever fetched from here.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bleuprint::{Metric, did_you_mean};
use bleuprint_harness::{Encoding, Lines, read_lines};
use regex::Regex;

use super::measure::Measured;
use super::metric::Named;
use super::report::Look;

/// What to cite for the signature.
pub(super) const CITATION: &str = r#"@inproceedings{post-2018-call,
    title = "A Call for Clarity in Reporting {BLEU} Scores",
    author = "Post, Matt",
    booktitle = "Proceedings of the Third Conference on Machine Translation: Research Papers",
    month = oct,
    year = "2018",
    address = "Belgium, Brussels",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/W18-6319",
    doi = "10.18653/v1/W18-6319",
    pages = "186--191",
}"#;

/// Which segments of a test set are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filter<'a> {
    pub(super) origlang: Option<&'a str>,
    pub(super) subset: Option<&'a str>,
}

impl Filter<'_> {
    pub(super) fn describe(self) -> String {
        let origlang = self.origlang.map(|lang| format!("origlang={lang}"));
        let subset = self.subset.map(|subset| format!("subset={subset}"));
        origlang.into_iter().chain(subset).collect::<Vec<_>>().join(" ")
    }

    fn takes_language(self, origlang: Option<&str>) -> bool {
        match self.origlang.map(|wanted| (wanted, wanted.strip_prefix("non-"))) {
            None => true,
            Some((_, Some(other))) => origlang != Some(other),
            Some((wanted, None)) => origlang == Some(wanted),
        }
    }

    /// The pattern of domains; a country is one as well.
    fn pattern(self) -> anyhow::Result<Option<Regex>> {
        let Some(subset) = self.subset else { return Ok(None) };
        let pattern = subset.strip_prefix("country:").unwrap_or(subset);
        Regex::new(pattern).map(Some).with_context(|| format!("--subset '{subset}' is no pattern"))
    }
}

/// The folder of all test sets: `$SACREBLEU`, else `~/.sacrebleu`.
pub(super) fn folder() -> PathBuf {
    match std::env::var_os("SACREBLEU") {
        Some(folder) => folder.into(),
        None => std::env::home_dir().unwrap_or_default().join(".sacrebleu"),
    }
}

/// How to get a test set that is not there.
pub(super) fn how_to_get(set: &str, pair: Option<&str>) -> String {
    let pair = pair.unwrap_or("SRC-TRG");
    format!(
        "the test set '{set}' for {pair} is not in {}, and bleuprint fetches nothing: get it with \
         `sacrebleu -t {set} -l {pair} --echo ref > ref.txt` and score against ref.txt, or point SACREBLEU at \
         a folder that has it",
        folder().display()
    )
}

/// The sets that lie in the folder, with the fields of each language pair.
fn sets() -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(String::new(), folder())];
    while let Some((set, folder)) = folders.pop() {
        let prefix = format!("{}.", set.replace('/', "_"));
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = entry.path();
            if path.is_dir() {
                if name != "raw" && name != "models" {
                    let inner = if set.is_empty() { name } else { format!("{set}/{name}") };
                    folders.push((inner, path));
                }
            } else if let Some((pair, field)) =
                name.strip_prefix(&prefix).and_then(|rest| rest.split_once('.'))
            {
                let pairs: &mut BTreeMap<String, Vec<String>> =
                    found.entry(set.clone()).or_default();
                pairs.entry(pair.to_owned()).or_default().push(field.to_owned());
            }
        }
    }
    found.values_mut().flat_map(BTreeMap::values_mut).for_each(|fields| fields.sort_unstable());
    found
}

/// `--list`: the sets, or a set's pairs and fields.
pub(super) fn list(
    set: Option<&str>,
    pair: Option<&str>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let sets = sets();
    let Some(set) = set else {
        writeln!(out, "Test sets in {}:", folder().display())?;
        for (set, pairs) in sets.iter().filter(|(_, pairs)| matches(pairs, pair)) {
            let pairs: Vec<&str> = pairs.keys().map(String::as_str).collect();
            writeln!(out, "{set:<30}: {}", pairs.join(" "))?;
        }
        return Ok(());
    };
    check_known(set)?;
    for (own, fields) in &sets[set] {
        if pair.is_none_or(|pair| pair == own) {
            writeln!(
                out,
                "{own}: {}",
                fields.iter().map(|field| spelt(field)).collect::<Vec<_>>().join(", ")
            )?;
        }
    }
    Ok(())
}

fn matches(pairs: &BTreeMap<String, Vec<String>>, pair: Option<&str>) -> bool {
    let Some(pair) = pair else { return true };
    let turned = pair.split_once('-').map(|(source, target)| format!("{target}-{source}"));
    pairs.contains_key(pair) || turned.is_some_and(|turned| pairs.contains_key(&turned))
}

/// A field as sacreBLEU spells it: `ref:A` lies in a file `...ref-A`.
fn spelt(field: &str) -> String {
    field.replace('-', ":")
}

/// Every one of the sets lies in the folder.
pub(super) fn check_known(names: &str) -> anyhow::Result<()> {
    let sets = sets();
    for name in names.split(',') {
        if !sets.contains_key(name) {
            let near = did_you_mean(name, sets.keys().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!(" (did you mean '{near}'?)"));
            bail!("{}{near}", how_to_get(name, None));
        }
    }
    Ok(())
}

/// Every one of the sets has the language pair.
pub(super) fn check_pair(names: &str, pair: &str) -> anyhow::Result<()> {
    let sets = sets();
    for name in names.split(',') {
        if let Some(pairs) = sets.get(name)
            && !pairs.contains_key(pair)
        {
            let there: Vec<&str> = pairs.keys().map(String::as_str).collect();
            bail!("{}; there are: {}", how_to_get(name, Some(pair)), there.join(", "));
        }
    }
    Ok(())
}

fn file(set: &str, pair: &str, field: &str) -> PathBuf {
    let field = field.replace(':', "-");
    folder().join(set).join(format!("{}.{pair}.{field}", set.replace('/', "_")))
}

/// For each stream of references, the files of all sets.
pub(super) fn references(names: &str, pair: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let sets = sets();
    let mut streams: Vec<Vec<String>> = Vec::new();
    for (at, name) in names.split(',').enumerate() {
        let fields = sets.get(name).and_then(|pairs| pairs.get(pair));
        let fields = chosen_references(name, fields.map_or(&[][..], Vec::as_slice));
        anyhow::ensure!(!fields.is_empty(), "the test set '{name}' for {pair} has no reference");
        if at == 0 {
            streams.resize(fields.len(), Vec::new());
        }
        anyhow::ensure!(
            fields.len() == streams.len(),
            "the test sets {names} have different numbers of references for {pair}"
        );
        for (stream, field) in streams.iter_mut().zip(fields) {
            stream.push(file(name, pair, field).display().to_string());
        }
    }
    Ok(streams)
}

/// The references that a set scores against: those that its name or its year chooses, where several
/// translators' lie side by side, else all.
fn chosen_references<'a>(set: &str, fields: &'a [String]) -> Vec<&'a str> {
    let all: Vec<&str> =
        fields.iter().map(String::as_str).filter(|field| field.starts_with("ref")).collect();
    let letters: &[&str] = match set {
        "wmt24" | "wmt23" => &["refA"],
        "wmt22" | "wmt21" | "wmt21/systems" | "wmt21/dev" => &["A"],
        "wmt21/B" => &["B"],
        "wmt21/AB" => &["A", "B"],
        "wmt21/C" => &["C"],
        "wmt21/AC" => &["A", "C"],
        "wmt21/D" => &["D"],
        _ => return all,
    };
    let chosen: Vec<&str> = all
        .iter()
        .copied()
        .filter(|field| field.strip_prefix("ref-").is_some_and(|name| letters.contains(&name)))
        .collect();
    if chosen.is_empty() { all.into_iter().take(1).collect() } else { chosen }
}

/// `--echo`: fields of sets, with tabs between them.
pub(super) fn echo(
    names: &str,
    pair: &str,
    wanted: &[String],
    filter: Filter<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    for name in names.split(',') {
        let fields = sets().remove(name).and_then(|mut pairs| pairs.remove(pair));
        let fields = fields.unwrap_or_default();
        let mut files = Vec::new();
        for field in expand(name, pair, wanted, &fields)? {
            let path = file(name, pair, &field).display().to_string();
            files.push(Lines::open(&path, Encoding::default())?);
        }
        let marks = match filter {
            Filter { origlang: None, subset: None } => None,
            _ => Some(chosen(name, pair, filter)?),
        };
        for segment in 0.. {
            let row: Option<Result<Vec<String>, _>> = files.iter_mut().map(Lines::next).collect();
            let Some(row) = row else { break };
            if marks.as_ref().is_none_or(|marks| marks.get(segment) == Some(&true)) {
                writeln!(out, "{}", row?.join("\t"))?;
            }
        }
    }
    Ok(())
}

/// The fields that were asked for: `all` is all of them, `ref` the first reference.
fn expand(
    set: &str,
    pair: &str,
    wanted: &[String],
    fields: &[String],
) -> anyhow::Result<Vec<String>> {
    if wanted.iter().any(|field| field == "all") {
        anyhow::ensure!(wanted.len() == 1, "--echo all goes with no other field");
        return Ok(fields.to_vec());
    }
    let there: Vec<String> = fields.iter().map(|field| spelt(field)).collect();
    let find = |field: &String| {
        let exact = fields.iter().find(|own| **own == field.replace(':', "-"));
        let first = || fields.iter().find(|own| field == "ref" && own.starts_with("ref"));
        exact.or_else(first).cloned().with_context(|| {
            format!("{set} has no field '{field}' for {pair}; there are: {}", there.join(", "))
        })
    };
    wanted.iter().map(find).collect()
}

/// For each segment of the sets, whether the filter takes it.
pub(super) fn chosen(names: &str, pair: &str, filter: Filter<'_>) -> anyhow::Result<Vec<bool>> {
    let pattern = filter.pattern()?;
    let mut marks = Vec::new();
    for name in names.split(',') {
        let (origlangs, domains) = tags(name, pair)?;
        anyhow::ensure!(
            filter.origlang.is_none() || origlangs.is_some(),
            "the test set '{name}' does not say the original language of its segments"
        );
        anyhow::ensure!(
            filter.subset.is_none() || domains.is_some(),
            "the test set '{name}' does not say the domain of its segments"
        );
        let length = origlangs.as_ref().or(domains.as_ref()).map_or(0, Vec::len);
        let at = |tags: &Option<Vec<String>>, segment: usize| {
            tags.as_ref().and_then(|tags| tags.get(segment).cloned())
        };
        marks.extend((0..length).map(|segment| {
            let domain = at(&domains, segment);
            let fits = |pattern: &Regex| domain.is_some_and(|domain| pattern.is_match(&domain));
            filter.takes_language(at(&origlangs, segment).as_deref())
                && pattern.as_ref().is_none_or(fits)
        }));
    }
    Ok(marks)
}

/// The original language and the domain of each segment, as far as the set says.
type Tags = (Option<Vec<String>>, Option<Vec<String>>);

fn tags(set: &str, pair: &str) -> anyhow::Result<Tags> {
    let read = |field: &str| {
        let path = file(set, pair, field);
        let exists = Path::new(&path).exists();
        exists.then(|| read_lines(&path.display().to_string(), Encoding::default())).transpose()
    };
    Ok((read("origlang")?, read("domain")?))
}

/// `--detail`: scores by original language and domain.
pub(super) fn subsets(
    names: &str,
    pair: &str,
    filter: Filter<'_>,
    measured: &[Measured],
    metrics: &[Named],
    look: Look,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (mut origlangs, mut domains) = (Vec::new(), Vec::new());
    for name in names.split(',') {
        let (languages, own) = tags(name, pair)?;
        origlangs.extend(languages.unwrap_or_default());
        domains.extend(own.unwrap_or_default());
    }
    let kept: Vec<usize> = match filter {
        Filter { origlang: None, subset: None } => (0..origlangs.len()).collect(),
        _ => {
            let marks = chosen(names, pair, filter)?;
            (0..marks.len()).filter(|segment| marks[*segment]).collect()
        }
    };
    if origlangs.is_empty() {
        return Ok(writeln!(
            out,
            "No subset information found. Consider using --origlang argument."
        )?);
    }
    let mut rows = Vec::new();
    for language in distinct(&origlangs, filter.origlang) {
        let all = std::iter::once(None);
        let wanted: Vec<String> = distinct(&domains, filter.subset);
        for domain in all.chain(wanted.iter().map(|domain| Some(domain.as_str()))) {
            let narrow = Filter { origlang: Some(&language), subset: domain };
            let pattern = narrow.pattern()?;
            let segments: Vec<usize> = (0..kept.len())
                .filter(|at| {
                    let segment = kept[*at];
                    let fits = |pattern: &Regex| {
                        domains.get(segment).is_some_and(|domain| pattern.is_match(domain))
                    };
                    narrow.takes_language(Some(&origlangs[segment]))
                        && pattern.as_ref().is_none_or(fits)
                })
                .collect();
            if !segments.is_empty() {
                let domain = domain.unwrap_or("ALL");
                rows.push((format!("origlang={language} domain={domain}"), segments));
            }
        }
    }
    let left = rows.iter().map(|(key, _)| key.chars().count()).max().unwrap_or(0) + 1;
    let name = metrics.iter().map(|named| named.metric.name().chars().count()).max().unwrap_or(0);
    for (key, segments) in rows {
        let key = super::table::Style::Yellow.paint(&format!("{key:<left$}"), look.color);
        for (measured, named) in measured.iter().zip(metrics) {
            let Some(table) = &measured.table else { continue };
            let score = named.metric.score(&table.total_of(&segments)?);
            writeln!(
                out,
                "{key}: sentences={:<6} {:<name$} = {:.*}",
                segments.len(),
                score.name(),
                look.width,
                score.value()
            )?;
        }
    }
    Ok(())
}

/// The different tags in order, or the one that was asked for.
fn distinct(tags: &[String], wanted: Option<&str>) -> Vec<String> {
    match wanted {
        Some(wanted) => vec![wanted.to_owned()],
        None => {
            tags.iter().cloned().collect::<std::collections::BTreeSet<_>>().into_iter().collect()
        }
    }
}
