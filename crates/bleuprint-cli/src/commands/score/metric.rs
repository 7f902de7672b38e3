//! Names and options into metrics.

use bleuprint::metrics::Meteor;
use bleuprint::{Bleu, Chrf, DynMetric, Metric, Normalized, Smoothing, Ter, metrics, tokenize};
use bleuprint_harness::{TokenizerData, read_text, tokenizer};

use super::options::Args;
use crate::output::Log;

/// A metric as it was asked for.
#[derive(Debug)]
pub(crate) struct Named {
    /// What its place among the others goes by: its name in capitals.
    pub(crate) key: String,
    /// The name of its entry in the registry.
    pub(crate) family: &'static str,
    pub(crate) metric: Box<dyn DynMetric>,
    /// Whether hypotheses that end in a lone stop are worth a warning.
    pub(crate) minds_tokens: bool,
    /// Whether each segment can be measured without knowing the others.
    pub(crate) streams: bool,
}

impl Named {
    pub(crate) fn new(
        args: &Args,
        name: &str,
        target: Option<&str>,
        log: Log,
    ) -> anyhow::Result<Self> {
        let family = family(name);
        let mut metric: Box<dyn DynMetric> = match (family, &args.function_words) {
            ("meteor", Some(file)) => Box::new(meteor(args, name, file)?),
            _ if name.contains('|') => metrics::parse(name)?,
            ("bleu", _) if is(name, "bleu") => Box::new(bleu(args, target, log)?),
            ("ter", _) if is(name, "ter") => Box::new(ter(args)),
            ("chrf", _) => Box::new(chrf(args, &name.to_lowercase())?),
            _ => metrics::parse(name)?,
        };
        if !args.normalization().is_none() {
            metric = Box::new(Normalized::new(metric, args.normalization()));
        }
        Ok(Named {
            key: name.to_uppercase(),
            family,
            streams: !metric.needs_whole_corpus(),
            metric,
            minds_tokens: family == "bleu" && !args.force,
        })
    }
}

/// The name of the registry's entry for a name or signature; none for nonsense.
fn family(name: &str) -> &'static str {
    let own = name.split('|').next().unwrap_or(name).trim();
    let entry = metrics::REGISTRY.iter().find(|entry| (entry.matches)(own));
    entry.map_or("", |entry| entry.name)
}

fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}

fn meteor(args: &Args, name: &str, file: &str) -> anyhow::Result<Meteor> {
    let words = read_text(file, args.encoding.parse()?)?;
    Ok(Meteor::from_signature(&name.parse()?)?.function_words(words.split_whitespace()))
}

fn bleu(args: &Args, target: Option<&str>, log: Log) -> anyhow::Result<Bleu> {
    let smoothing = match (args.smooth_method.as_str(), args.smooth_value) {
        ("none", _) => Smoothing::None,
        ("floor", value) => Smoothing::Floor(value.unwrap_or(0.1)),
        ("add-k", value) => Smoothing::AddK(value.unwrap_or(1.0)),
        _ => Smoothing::Exp,
    };
    let bleu = Bleu::default()
        .smoothing(smoothing)?
        .lowercase(args.lowercase)
        .effective_order(args.sentence_level);
    let usual = tokenize::default_for(target.unwrap_or_default());
    let name = args.tokenize.as_deref().unwrap_or(usual);
    if usual != "13a" && name != usual {
        log.warn(format_args!("consider the tokenizer '{usual}' (-tok) for this target language"));
    }
    if name == "spm" && args.model.is_none() {
        log.warn("the tokenizer 'spm' is called 'flores101' now");
    }
    let data = TokenizerData { dictionary: args.dictionary.clone(), model: args.model.clone() };
    Ok(bleu.tokenizer(tokenizer(name, &data)?))
}

/// The order and weight of words are the options' for `chrf`, and the name's for `chrf++`.
fn chrf(args: &Args, name: &str) -> anyhow::Result<Chrf> {
    let order = |option: &str, value: i64| {
        usize::try_from(value).map_err(|_| anyhow::anyhow!("{option} is at least 0, not {value}"))
    };
    let mut chrf = Chrf::from_signature(&name.parse()?)?;
    if name == "chrf" {
        chrf = chrf
            .word_order(order("--chrf-word-order", args.chrf_word_order)?)?
            .beta(args.chrf_beta as f64)?;
    }
    Ok(chrf
        .char_order(order("--chrf-char-order", args.chrf_char_order)?)?
        .lowercase(args.chrf_lowercase)
        .whitespace(args.chrf_whitespace)
        .eps_smoothing(args.chrf_eps_smoothing))
}

fn ter(args: &Args) -> Ter {
    Ter::default()
        .normalized(args.ter_normalized)
        .no_punct(args.ter_no_punct)
        .asian_support(args.ter_asian_support)
        .case_sensitive(args.ter_case_sensitive)
}
