//! After warm-up, measuring a segment allocates nothing: counted by an allocator.

mod common;

use allocation_counter::measure;
use bleuprint::metrics::{self, REGISTRY};
use bleuprint::{Bleu, Chrf, DynMetric, Metric};
use common::random::Random;

/// Options whose paths differ, beside every metric's defaults.
const OTHERS: [&str; 16] = [
    "BLEU|tok:intl",
    "BLEU|tok:zh|case:lc",
    "BLEU|tok:char|order:9",
    "chrF2++|case:lc",
    "chrF2+|space:yes",
    "chrF2|nc:9",
    "TER|norm:yes|asian:yes",
    "TER|punct:no|case:mixed",
    "nist-nltk",
    "gleu|case:lc",
    "per|case:lc",
    "cder|case:lc",
    "length|case:lc",
    "ribes-nltk",
    "meteor-nltk",
    "rouge2|stem:porter|tok:unicode",
];

fn texts() -> Vec<(String, [String; 2])> {
    let mut random = Random(7);
    let mut texts = Vec::new();
    for segment in 0..40 {
        let base = random.words(60, 40);
        let mut copy = || random.disturb(&base, 60, 25).join(" ");
        let references = [copy(), copy()];
        let hypothesis = if segment % 4 == 0 { random.text(30) } else { base.join(" ") };
        // The one letter whose lower case depends on its neighbours is lowercased by the standard
        // library, which makes a new string.
        texts.push((hypothesis.replace('Σ', "S"), references));
    }
    texts
}

/// Views of causes are made anew for each segment.
const ALLOCATE: [&str; 1] = ["attribution"];

#[test]
fn measuring_allocates_nothing_once_warm() {
    let texts = texts();
    let mut allocate = Vec::new();
    for name in REGISTRY.iter().map(|entry| entry.name).chain(OTHERS) {
        let metric: Box<dyn DynMetric> = metrics::parse(name).expect("it is a metric");
        let mut scratch = Default::default();
        let prepare = |(_, references): &(String, [String; 2])| {
            let [first, second] = references;
            metric.prepare(&[first, second], &mut Default::default()).expect("there are references")
        };
        let prepared: Vec<_> = texts.iter().map(prepare).collect();
        let mut row = vec![0; metric.columns().len()];
        let mut all = || {
            for ((hypothesis, _), reference) in texts.iter().zip(&prepared) {
                metric.measure(hypothesis, reference, &mut scratch, &mut row);
            }
        };
        all();
        let counted = measure(&mut all);
        if counted.count_total > 0 {
            allocate.push(name);
        }
    }
    assert_eq!(allocate, ALLOCATE);
}

/// What a stream does with each segment: the references are prepared into the memory of those before.
#[test]
fn one_reference_is_prepared_without_allocation_once_warm() {
    let texts = texts();
    fn check<M: Metric>(metric: &M, texts: &[(String, [String; 2])]) {
        let mut scratch = M::Scratch::default();
        let mut all = || {
            for (_, [reference, _]) in texts {
                let prepared = metric.prepare(&[reference], &mut scratch).expect("there is one");
                metric.reclaim(prepared, &mut scratch);
            }
        };
        // A buffer finds its way to the longest segment in some rounds.
        (0..20).for_each(|_| all());
        assert_eq!(measure(&mut all).count_total, 0, "{}", metric.signature());
    }
    check(&Bleu::default(), &texts);
    check(&Chrf::default(), &texts);
    check(&Chrf::default().word_order(2).expect("it is an order"), &texts);
}
