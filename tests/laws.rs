//! The row algebra, once for all metrics of the registry: whatever is computed from rows is the same
//! in any order, partition, number of threads and representation.

mod common;

use bleuprint::metrics::{self, REGISTRY};
use bleuprint::{
    Bleu, Chrf, Documents, DynMetric, Metric, References, Score, Signature, Table, Ter,
};
use common::oracle::seed;
use common::random::Random;

/// Metrics that prepare a segment's references with a view to all others, so that one segment alone
/// is another thing.
const PREPARED_TOGETHER: [&str; 1] = ["nist"];

/// Every metric of the registry as it is by default, and some that are not.
fn all() -> Vec<Box<dyn DynMetric>> {
    let others = [
        "BLEU|case:lc|eff:yes|tok:intl|smooth:floor[0.10]|order:2",
        "BLEU|tok:char|smooth:add-k[1.00]",
        "chrF3+|case:lc|space:yes",
        "chrF2++|eff:no|nc:8",
        "TER|case:mixed|norm:yes|punct:no|asian:yes",
    ];
    let names = REGISTRY.iter().map(|entry| entry.name).chain(others);
    names
        .map(|name| metrics::parse(name).unwrap_or_else(|error| panic!("{name}: {error}")))
        .collect()
}

/// Texts of 150 segments with two references each.
struct Corpus {
    hypotheses: Vec<String>,
    references: Vec<Vec<String>>,
}

impl Corpus {
    fn random(random: &mut Random) -> Self {
        let mut corpus = Corpus { hypotheses: Vec::new(), references: Vec::new() };
        for segment in 0..150 {
            let base = random.words(40, 12);
            let wild = segment % 10 == 0;
            corpus.hypotheses.push(if wild { random.text(12) } else { base.join(" ") });
            let mut copy = || random.disturb(&base, 40, 25).join(" ");
            corpus.references.push(vec![copy(), copy()]);
        }
        corpus
    }

    fn references(&self) -> References<'_> {
        References::by_segment(&self.references)
    }

    fn table<M: Metric>(&self, metric: &M) -> Table {
        let references = self.references();
        let prepared = metric.prepare_corpus(&references).expect("there are references");
        prepared.table(&self.hypotheses).expect("the lengths agree")
    }
}

/// Runs a law for every metric, on a corpus of its own.
fn law(check: impl Fn(&Box<dyn DynMetric>, &Corpus, &mut Random)) {
    let mut random = Random(seed());
    for metric in all() {
        let corpus = Corpus::random(&mut random);
        check(&metric, &corpus, &mut random);
    }
}

fn bits(score: &dyn Score) -> (u64, String) {
    (score.value().to_bits(), score.format(12))
}

#[test]
fn a_corpus_is_the_sum_of_its_rows_in_any_order_and_partition() {
    law(|metric, corpus, random| {
        let table = corpus.table(metric);
        let whole = metric.corpus(&corpus.hypotheses, &corpus.references()).expect("it scores");
        let total = table.total().expect("it fits");
        assert_eq!(bits(&metric.score(&total)), bits(&whole), "{metric:?}");
        let mut order: Vec<usize> = (0..table.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        assert_eq!(table.total_of(&order).expect("it fits"), total, "{metric:?}");
        let parts: Vec<String> = order.iter().map(|_| random.below(7).to_string()).collect();
        let grouped = table.group(&Documents::new(&parts).expect("they have names"));
        assert_eq!(grouped.and_then(|table| table.total()).expect("it fits"), total, "{metric:?}");
    });
}

#[test]
fn a_subset_is_the_corpus_of_its_segments() {
    law(|metric, corpus, random| {
        let table = corpus.table(metric);
        let chosen: Vec<usize> = (0..40).map(|_| random.below(table.len())).collect();
        let subset = table.subset(&chosen).expect("they exist");
        assert_eq!(subset.total().unwrap(), table.total_of(&chosen).unwrap(), "{metric:?}");
        assert!(chosen.iter().zip(subset.rows()).all(|(segment, row)| table.row(*segment) == row));
    });
}

#[test]
fn leaving_one_out_is_the_total_of_the_others() {
    law(|metric, corpus, random| {
        let table = corpus.table(metric);
        let out = random.below(table.len());
        let others: Vec<usize> = (0..table.len()).filter(|segment| *segment != out).collect();
        let without = table.total_without(out).expect("it exists");
        assert_eq!(without, table.total_of(&others).expect("they exist"), "{metric:?}");
        let lift = metric.score(&table.total().unwrap()).value() - metric.score(&without).value();
        assert_eq!(table.influence(metric).expect("it fits")[out], lift, "{metric:?}");
    });
}

#[test]
fn segments_alone_and_streams_have_the_rows_of_the_table() {
    law(|metric, corpus, _| {
        let table = corpus.table(metric);
        let name = metric.name().to_lowercase();
        if PREPARED_TOGETHER.contains(&name.as_str()) {
            return;
        }
        let (mut first, mut second) = (metric.stream(), metric.stream());
        for (segment, references) in corpus.references().segments().enumerate() {
            let stream = if segment % 3 == 0 { &mut first } else { &mut second };
            let row = stream.push(&corpus.hypotheses[segment], references).expect("it scores");
            assert_eq!(row, table.row(segment), "{metric:?}, segment {segment}");
        }
        second.merge(&first).expect("they are of one metric");
        assert_eq!(second.len(), table.len() as u64);
        assert_eq!(second.total(), table.total().unwrap(), "{metric:?}");
        assert_eq!(second.signature(), *table.signature());
    });
}

#[test]
fn every_cell_is_written_and_scratch_remembers_nothing() {
    law(|metric, corpus, random| {
        let (table, references) = (corpus.table(metric), corpus.references());
        let prepared = metric.prepare_corpus(&references).expect("there are references");
        let mut scratch = Default::default();
        for _ in 0..60 {
            let segment = random.below(table.len());
            let mut row = vec![random.next(); table.columns().len()];
            prepared.measure(segment, &corpus.hypotheses[segment], &mut scratch, &mut row);
            assert_eq!(row, table.row(segment), "{metric:?}, segment {segment}");
        }
    });
}

#[test]
fn any_number_of_threads_makes_the_same_table() {
    let pool = |threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start")
    };
    let pools = [pool(1), pool(2), pool(5)];
    law(|metric, corpus, _| {
        let [one, others @ ..] = &pools;
        let expected = one.install(|| corpus.table(metric));
        for pool in others {
            assert_eq!(pool.install(|| corpus.table(metric)), expected, "{metric:?}");
        }
    });
}

#[test]
fn a_matrix_is_all_segments() {
    law(|metric, corpus, _| {
        let (hypotheses, references) = (&corpus.hypotheses[..25], &corpus.hypotheses[15..55]);
        let matrix = metric.matrix(hypotheses, references).expect("it scores");
        assert_eq!((matrix.rows(), matrix.columns()), (25, 40));
        for (h, hypothesis) in hypotheses.iter().enumerate() {
            for (r, reference) in references.iter().enumerate() {
                let score = metric.segment(hypothesis, &[reference]).expect("it scores");
                assert_eq!(matrix.at(h, r), score.value(), "{metric:?}: {hypothesis} {reference}");
            }
        }
        let none: [&str; 0] = [];
        assert_eq!(metric.matrix(&none, references).expect("it is empty").rows(), 0);
        assert_eq!(metric.matrix(hypotheses, &none).expect("it is empty").columns(), 0);
    });
}

#[test]
fn no_text_makes_a_score_that_is_no_number() {
    law(|metric, _, random| {
        let texts = ["", " ", ".", "a", "\u{1c}", "the cat sat on the mat", &random.text(20)];
        for hypothesis in texts {
            for reference in texts {
                let score = metric.segment(hypothesis, &[reference]).expect("it scores");
                assert!(score.value().is_finite(), "{metric:?}: {hypothesis:?} {reference:?}");
            }
        }
        let zero = vec![0; metric.columns().len()];
        assert!(metric.score(&zero).value().is_finite(), "{metric:?}");
    });
}

#[test]
fn tables_and_signatures_travel() {
    law(|metric, corpus, _| {
        let table = corpus.table(metric);
        let json = serde_json::to_string(&table).expect("it is data");
        assert_eq!(serde_json::from_str::<Table>(&json).expect("it is a table"), table);
        for text in [table.signature().to_string(), table.signature().short()] {
            let signature: Signature = text.parse().expect("it is a signature");
            assert_eq!(signature, *table.signature(), "{text}");
            let again = metrics::from_signature(&signature).expect("it is a metric's");
            assert_eq!(corpus.table(&again), table, "{text}");
        }
    });
}

/// The typed metric, and the one that the registry makes of its signature.
fn typed<M: Metric>(metric: &M) -> M::Score {
    let corpus = Corpus::random(&mut Random(seed()));
    let boxed = metrics::from_signature(&metric.signature()).expect("it is its own");
    let (table, other) = (corpus.table(metric), corpus.table(&boxed));
    assert_eq!(table, other, "{metric:?}");
    assert_eq!(metric.columns(), boxed.columns());
    assert_eq!(metric.higher_is_better(), boxed.higher_is_better());
    let total = table.total().expect("it fits");
    let score = metric.score(&total);
    assert_eq!(bits(&score), bits(&boxed.score(&total)), "{metric:?}");
    score
}

#[test]
fn metrics_chosen_at_run_time_are_the_typed_ones_and_scores_travel() {
    fn travels<S>(score: &S)
    where
        S: PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
    {
        let json = serde_json::to_string(score).expect("it is data");
        assert_eq!(serde_json::from_str::<S>(&json).expect("it is a score"), *score);
    }
    travels(&typed(&Bleu::default()));
    travels(&typed(&Chrf::plus_plus()));
    travels(&typed(&Ter::default().normalized(true)));
}
