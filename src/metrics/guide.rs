//! "Which metric should you report?" as data: for listings, and for the docs of [`metrics`](super).

/// A question and what answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What you want to know.
    pub question: &'static str,
    /// The names to ask for.
    pub report: &'static [&'static str],
    /// What these cannot see.
    pub blind: &'static str,
}

/// The questions that users come with.
pub const ADVICE: &[Advice] = &[
    Advice {
        question: "rank systems, or compare with published numbers",
        report: &["chrf", "bleu"],
        blind: "meaning: one wrong word costs the same whether it is a synonym or a lie",
    },
    Advice {
        question: "gate a release",
        report: &["chrf", "ter", "exact"],
        blind: "a single wrong number or name in an article moves them by half a point: check for these apart",
    },
    Advice {
        question: "post-editing effort",
        report: &["ter"],
        blind: "how hard an edit is; a text far from this reference can be fine as it is",
    },
    Advice {
        question: "speech, or text that must be literal",
        report: &["wer", "cer"],
        blind: "moved phrases: each of their words counts twice",
    },
    Advice {
        question: "whole articles, summaries",
        report: &["chrf", "rougeLsum"],
        blind: "by default ROUGE sees ASCII alone: identical Russian texts have 0; rouge1 is blind to order",
    },
    Advice {
        question: "one segment",
        report: &["chrf", "meteor", "gleu"],
        blind: "one reference says little about one segment, whatever the metric",
    },
    Advice {
        question: "word order between distant languages",
        report: &["ribes"],
        blind: "missing and superfluous words barely count",
    },
];

/// Dialects of names that other programs use for numbers of their own: metric, dialect, what it is.
pub const DIALECTS: &[(&str, &str, &str)] = &[
    ("bleu", "sacrebleu", "the default"),
    ("bleu", "mteval-v13a", "NIST's script: ASCII lowercased, smoothed"),
    ("bleu", "mteval-v14", "NIST's script: international tokens, lowercased, smoothed"),
    ("bleu", "multi-bleu", "Moses: words as given, not smoothed"),
    ("bleu", "hf", "Hugging Face evaluate: shortest reference; smooth:plus-1 adds one everywhere"),
    ("bleu", "nltk", "NLTK: words as given; smooth:0 to smooth:7"),
    ("bleu", "sentence+1", "Lin and Och: add one above order 1, mean over segments"),
    ("chrf", "sacrebleu", "the default: F of mean precision and mean recall"),
    ("chrf", "eps", "chrF++.py, NLTK, Moses: mean of F over orders"),
    ("nist", "mteval", "the default: clipped over all references"),
    ("nist", "nltk", "for each order the one best reference"),
    ("ribes", "official", "the default: lowercased, contexts of any length"),
    ("ribes", "nltk", "words as given, NLTK's bounds on contexts"),
    ("meteor", "1.5", "the default: WMT 2014, optimal alignment, pooled"),
    ("meteor", "nltk", "2007, greedy alignment, mean over segments"),
    ("eed", "cpp", "the default: coverage as in the authors' C++"),
    ("eed", "python", "coverage as in the authors' Python, which is torchmetrics'"),
];

/// The columns of [`EXPERIMENT`]: what the text of the article was.
pub const VARIANTS: [&str; 6] = [
    "the reference itself",
    "a wrong year",
    "'everybody' for 'nobody was injured'",
    "all words backwards",
    "a sentence of 14 left out",
    "another human translation",
];

/// What metrics say of one article (`fixtures/articles/de-en-flood`) against its first reference, one variant a column,
/// and of a machine translation at the end. `tests/lexical.rs` computes these numbers.
pub const EXPERIMENT: &[(&str, [f64; 7])] = &[
    ("bleu", [100.0, 99.5, 99.3, 8.0, 89.7, 6.8, 58.3]),
    ("chrf", [100.0, 99.8, 99.6, 55.2, 91.9, 35.0, 75.2]),
    ("ter", [0.0, 0.3, 0.3, 92.6, 9.6, 92.9, 32.5]),
    ("nist", [8.4, 8.4, 8.4, 7.2, 8.0, 3.2, 6.7]),
    ("gleu", [100.0, 99.5, 99.3, 31.6, 90.0, 14.4, 59.4]),
    ("ribes", [100.0, 99.9, 99.9, 1.7, 92.9, 59.9, 89.7]),
    ("meteor", [68.8, 68.1, 68.1, 42.0, 62.8, 20.0, 45.1]),
    ("meteor-nltk", [100.0, 99.6, 99.7, 50.0, 92.8, 19.0, 76.2]),
    ("rouge1", [100.0, 99.7, 99.7, 100.0, 92.9, 41.1, 80.8]),
    ("rougeL", [100.0, 99.7, 99.7, 14.3, 92.9, 30.1, 75.5]),
    ("wer", [0.0, 0.3, 0.3, 96.5, 9.6, 97.1, 36.3]),
    ("eed", [0.0, 0.1, 0.2, 41.8, 7.1, 54.8, 19.9]),
    ("character", [0.0, 0.1, 0.2, 77.4, 7.1, 76.2, 24.8]),
    ("charcut", [0.0, 0.2, 0.2, 53.6, 5.2, 61.0, 18.9]),
];

impl super::Entry {
    /// The dialects of this metric with a line each; none if the name means one thing only.
    ///
    /// ```
    /// use bleuprint::metrics::REGISTRY;
    ///
    /// let nist = REGISTRY.iter().find(|entry| entry.name == "nist").unwrap();
    /// assert_eq!(nist.dialects().map(|(name, _)| name).collect::<Vec<_>>(), ["mteval", "nltk"]);
    /// ```
    pub fn dialects(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let name = self.name;
        let own = DIALECTS.iter().filter(move |(metric, ..)| *metric == name);
        own.map(|(_, dialect, line)| (*dialect, *line))
    }
}
