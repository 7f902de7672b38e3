//! What can be asked of `bleuprint score`: sacreBLEU's options, and some more.

use std::path::PathBuf;

use bleuprint::Aggregation;
use bleuprint::text::{Form, Normalization};
use bleuprint_harness::Encoding;

use super::corpus::{Corpus, Input};
use super::metric::Named;
use super::testset::{self, Filter};
use crate::output::Log;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// JSON
    Json,
    /// Lines and boxes
    Text,
    /// A LaTeX table (several systems)
    Latex,
    /// A picture: how the scores of segments are spread
    Svg,
}

/// Scores translations: every option of sacreBLEU's command, and every metric by name
///
/// Standard output is byte for byte what sacreBLEU 2.6.0 prints, but for the version in signatures. Options
/// may be shortened (`--tok`), and those of several letters have one dash (`-tok`), as there.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 done, 1 input or run-time error, 2 usage, 17 fields that differ \
                        from line to line.\nEnvironment: SACREBLEU (folder of test sets and models), BLEUPRINT_IPADIC and BLEUPRINT_KODIC (folders of dictionaries), \
                        SACREBLEU_FORMAT, SACREBLEU_SEED, NO_COLOR."
)]
pub(crate) struct Args {
    /// Reference files, one a reference of every segment; before the options
    #[arg(value_name = "REF")]
    pub(super) references: Vec<String>,
    /// System outputs, one a system; without it, standard input with a tab between systems
    #[arg(short, long, value_name = "FILE", num_args = 0..=1)]
    pub(super) input: Option<Vec<String>>,
    /// References in one file, separated by tabs: how many [-nr]
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(super) num_refs: i64,
    /// The encoding of the files
    #[arg(short, long, default_value = "utf-8", value_name = "NAME")]
    pub(super) encoding: String,
    /// Metrics by name or signature (`bleuprint metrics` lists them)
    #[arg(short, long, default_value = "bleu", value_name = "METRIC")]
    pub(super) metrics: Vec<String>,
    /// A score for each segment [-sl]
    #[arg(long)]
    pub(super) sentence_level: bool,

    /// Scores by document: a line a segment, `document` or `domain TAB document`
    #[arg(long, value_name = "FILE", help_heading = "Documents")]
    pub(super) docs: Option<String>,
    /// How documents become one score: pooled, doc, doc-mean or doc-join
    #[arg(long, value_name = "HOW", requires = "docs", help_heading = "Documents")]
    pub(super) agg: Option<Aggregation>,
    /// The N segments that cost or gained the score most, with the points
    #[arg(long, value_name = "N", help_heading = "Documents")]
    pub(super) influence: Option<i64>,
    /// Normalize both sides: nfc, nfd, nfkc or nfkd
    #[arg(long, value_name = "FORM", help_heading = "Normalization")]
    pub(super) normalize: Option<Form>,
    /// Typographic quotes, dashes and ellipses become ASCII
    #[arg(long, help_heading = "Normalization")]
    pub(super) fold: bool,

    /// Smoothing: none, floor, add-k or exp
    #[arg(short, long, default_value = "exp", value_name = "METHOD", help_heading = "BLEU")]
    pub(super) smooth_method: String,
    /// The value of floor (0.1) or add-k (1) [-sv]
    #[arg(long, value_name = "X", allow_negative_numbers = true, help_heading = "BLEU")]
    pub(super) smooth_value: Option<f64>,
    /// The tokenizer; 13a, or what suits the target language of -l [-tok]
    #[arg(long, value_name = "NAME", help_heading = "BLEU")]
    pub(super) tokenize: Option<String>,
    /// The folder of a MeCab dictionary, for ja-mecab and ko-mecab
    #[arg(long, value_name = "FOLDER", help_heading = "BLEU")]
    pub(super) dictionary: Option<PathBuf>,
    /// A SentencePiece model, for spm
    #[arg(long, value_name = "FILE", help_heading = "BLEU")]
    pub(super) model: Option<PathBuf>,
    /// Ignore case [-lc]
    #[arg(long, help_heading = "BLEU")]
    pub(super) lowercase: bool,
    /// Don't warn of input that looks tokenized
    #[arg(long, help_heading = "BLEU")]
    pub(super) force: bool,

    /// The longest character n-grams [-cc]
    #[arg(long, default_value_t = 6, value_name = "N", help_heading = "chrF")]
    pub(super) chrf_char_order: i64,
    /// The longest word n-grams; 2 is chrF++ [-cw]
    #[arg(long, default_value_t = 0, value_name = "N", help_heading = "chrF")]
    pub(super) chrf_word_order: i64,
    /// How much recall weighs against precision
    #[arg(long, default_value_t = 2, value_name = "N", help_heading = "chrF")]
    pub(super) chrf_beta: i64,
    /// Count white space among characters
    #[arg(long, help_heading = "chrF")]
    pub(super) chrf_whitespace: bool,
    /// Ignore case
    #[arg(long, help_heading = "chrF")]
    pub(super) chrf_lowercase: bool,
    /// The mean of all orders, as chrF++.py, NLTK and Moses have it
    #[arg(long, help_heading = "chrF")]
    pub(super) chrf_eps_smoothing: bool,

    /// Words that carry little meaning, between white space; METEOR comes without a list
    #[arg(long, value_name = "FILE", help_heading = "METEOR")]
    pub(super) function_words: Option<String>,

    /// Mind case
    #[arg(long, help_heading = "TER")]
    pub(super) ter_case_sensitive: bool,
    /// Split Asian characters (with --ter-normalized)
    #[arg(long, help_heading = "TER")]
    pub(super) ter_asian_support: bool,
    /// Remove punctuation
    #[arg(long, help_heading = "TER")]
    pub(super) ter_no_punct: bool,
    /// Tokenize as tercom does
    #[arg(long, help_heading = "TER")]
    pub(super) ter_normalized: bool,

    /// A confidence interval by bootstrap resampling, for one system [-ci]
    #[arg(long, help_heading = "Significance")]
    pub(super) confidence: bool,
    /// Its number of resamples [-cin]
    #[arg(long, default_value_t = 1000, value_name = "N", help_heading = "Significance")]
    pub(super) confidence_n: i64,
    /// Paired approximate randomization against the first system [-par]
    #[arg(long, conflicts_with = "paired_bs", help_heading = "Significance")]
    pub(super) paired_ar: bool,
    /// Paired bootstrap resampling against the first system [-pbs]
    #[arg(long, help_heading = "Significance")]
    pub(super) paired_bs: bool,
    /// Trials of --paired-ar [-parn]
    #[arg(long, default_value_t = 10000, value_name = "N", help_heading = "Significance")]
    pub(super) paired_ar_n: i64,
    /// Resamples of --paired-bs [-pbsn]
    #[arg(long, default_value_t = 1000, value_name = "N", help_heading = "Significance")]
    pub(super) paired_bs_n: i64,
    /// Threads of paired tests, 0 for all [-j]
    #[arg(short = 'j', long, default_value_t = 1, value_name = "N", help_heading = "Significance")]
    pub(super) paired_jobs: i64,
    /// Calls identical systems significantly different, as sacreBLEU does
    #[arg(long, help_heading = "Significance")]
    pub(super) compatible: bool,

    /// Say less on standard error
    #[arg(short, long, help_heading = "Output")]
    pub(super) quiet: bool,
    /// Short signatures [-sh]
    #[arg(long, help_heading = "Output")]
    pub(super) short: bool,
    /// Nothing but the score
    #[arg(short = 'b', long, help_heading = "Output")]
    pub(super) score_only: bool,
    /// Decimals
    #[arg(short, long, default_value_t = 1, value_name = "N", help_heading = "Output")]
    pub(super) width: i64,
    /// Also scores by original language and domain of a test set
    #[arg(short, long, help_heading = "Output")]
    pub(super) detail: bool,
    /// No colour on a terminal [-nc]
    #[arg(long, help_heading = "Output")]
    pub(super) no_color: bool,
    /// The format; SACREBLEU_FORMAT goes before it
    #[arg(short, long, default_value = "json", value_enum, help_heading = "Output")]
    pub(super) format: Format,

    /// Also a report with every segment: one .html file to look at, or .json, .md, .txt or .svg
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) report: Option<String>,

    /// A test set that lies in sacreBLEU's folder, or several with commas
    #[arg(short, long, value_name = "SET", help_heading = "Test sets")]
    pub(super) test_set: Option<String>,
    /// Source and target language, as in en-de
    #[arg(short, long, value_name = "SRC-TRG", help_heading = "Test sets")]
    pub(super) language_pair: Option<String>,
    /// Only segments of this original language, or of all others for `non-XX` [-ol]
    #[arg(long, value_name = "LANG", help_heading = "Test sets")]
    pub(super) origlang: Option<String>,
    /// Only segments whose domain has this pattern
    #[arg(long, value_name = "REGEX", help_heading = "Test sets")]
    pub(super) subset: Option<String>,
    /// Print fields of a test set: src, ref, docid ... or all
    #[arg(long, value_name = "FIELD", help_heading = "Test sets")]
    pub(super) echo: Option<Vec<String>>,
    /// The test sets in sacreBLEU's folder
    #[arg(long, help_heading = "Test sets")]
    pub(super) list: bool,
    /// How to get a test set: nothing is fetched
    #[arg(long, value_name = "SET", help_heading = "Test sets")]
    pub(super) download: Option<String>,
    /// What to cite for a score on a test set
    #[arg(long, visible_alias = "cite", help_heading = "Test sets")]
    pub(super) citation: bool,
}

impl Args {
    /// `SACREBLEU_FORMAT` goes before `--format`, if it is a format.
    pub(super) fn take_environment(&mut self) {
        if let Ok(format) = std::env::var("SACREBLEU_FORMAT")
            && let Ok(format) = clap::ValueEnum::from_str(&format.to_lowercase(), false)
        {
            self.format = format;
        }
    }

    pub(super) fn check_references(&self) -> anyhow::Result<()> {
        let files = self.references.len();
        anyhow::ensure!(
            self.num_refs == 1 || (self.test_set.is_none() && files <= 1),
            "--num-refs is for one reference file with tabs, not for -t or several files"
        );
        let Some(sets) = &self.test_set else {
            anyhow::ensure!(
                files > 0,
                "no references: give reference files before -i, or a test set with -t and -l (--list \
                 shows those in {})",
                testset::folder().display()
            );
            return Ok(());
        };
        testset::check_known(sets)?;
        anyhow::ensure!(
            files == 0,
            "references come from files or from a test set (-t), not from both"
        );
        anyhow::ensure!(
            self.language_pair.is_some(),
            "a test set needs a language pair (-l); --list -t {sets} shows those that are there"
        );
        testset::check_pair(sets, self.language_pair.as_deref().unwrap_or_default())
    }

    /// The part of the language pair behind the first dash.
    pub(super) fn target_language(&self) -> anyhow::Result<Option<String>> {
        let Some(pair) = &self.language_pair else { return Ok(None) };
        match pair.split('-').nth(1) {
            Some(target) => Ok(Some(target.to_owned())),
            None => {
                anyhow::bail!("a language pair is SOURCE-TARGET, as in en-de: '{pair}' has no dash")
            }
        }
    }

    pub(super) fn filter(&self) -> Filter<'_> {
        Filter { origlang: self.origlang.as_deref(), subset: self.subset.as_deref() }
    }

    /// Opens everything that is to be read.
    pub(super) fn corpus(&self, log: Log) -> anyhow::Result<Corpus> {
        let encoding: Encoding = self.encoding.parse()?;
        let paired = self.paired_ar || self.paired_bs;
        let references = match (&self.test_set, &self.language_pair) {
            (Some(sets), Some(pair)) => testset::references(sets, pair)?,
            _ => self.references.iter().map(|file| vec![file.clone()]).collect(),
        };
        let input = Input {
            references,
            tabbed: (self.num_refs != 1).then_some(self.num_refs),
            systems: self.input.clone(),
            paired,
            encoding,
        };
        Corpus::open(input, log)
    }

    /// Which modes go with how many systems.
    pub(super) fn check_modes(&self, corpus: &Corpus) -> anyhow::Result<()> {
        let (systems, paired) = (corpus.systems().len(), self.paired_ar || self.paired_bs);
        if self.sentence_level {
            anyhow::ensure!(systems == 1, "--sentence-level is for one system, not {systems}");
            anyhow::ensure!(
                !self.confidence && !paired,
                "--sentence-level gives no confidence intervals and no paired tests"
            );
        }
        let drawn = self.report.is_some() || self.format == Format::Svg;
        anyhow::ensure!(
            !(drawn && self.sentence_level),
            "--report and --format svg show every segment already: leave out --sentence-level"
        );
        anyhow::ensure!(
            !(drawn && paired),
            "--report and --format svg show scores: for a comparison use bleuprint compare"
        );
        anyhow::ensure!(!paired || systems > 1, "a paired test needs several systems (-i A B ...)");
        anyhow::ensure!(
            systems <= 1 || !self.confidence,
            "--confidence is for one system: use --paired-bs or --paired-ar for {systems}"
        );
        anyhow::ensure!(self.width >= 0, "--width is a number of decimals, not {}", self.width);
        anyhow::ensure!(self.width <= 1000, "--width is at most 1000 decimals");
        anyhow::ensure!(
            systems == 1 || (self.docs.is_none() && self.influence.is_none()),
            "--docs and --influence are for one system at a time"
        );
        Ok(())
    }

    /// Leaves only the segments that --origlang and --subset choose.
    pub(super) fn keep(&self, corpus: &mut Corpus) -> anyhow::Result<()> {
        if self.origlang.is_none() && self.subset.is_none() {
            return Ok(());
        }
        let (Some(sets), Some(pair)) = (&self.test_set, &self.language_pair) else {
            anyhow::bail!("--origlang and --subset need a test set (-t) and a language pair (-l)");
        };
        corpus.keep(testset::chosen(sets, pair, self.filter())?, self.filter().describe());
        Ok(())
    }

    pub(super) fn named_metrics(
        &self,
        target: Option<&str>,
        log: Log,
    ) -> anyhow::Result<Vec<Named>> {
        let mut metrics: Vec<Named> = Vec::new();
        for name in &self.metrics {
            let named = Named::new(self, name, target, log)?;
            if metrics.iter().all(|other| other.key != named.key) {
                metrics.push(named);
            }
        }
        anyhow::ensure!(
            self.function_words.is_none() || metrics.iter().any(|named| named.family == "meteor"),
            "--function-words is for METEOR alone (-m meteor)"
        );
        Ok(metrics)
    }

    pub(super) fn normalization(&self) -> Normalization {
        Normalization { form: self.normalize, fold: self.fold }
    }
}
