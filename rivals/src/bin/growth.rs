//! How cost grows: seconds by segment length, corpus size, number of references and number of threads, as JSON for
//! `growth.py`.

use std::time::Instant;

use bleuprint::distance::Distance;
use bleuprint::{Bleu, Chrf, DynMetric, Metric, References, Ter};
use serde_json::{Value, json};

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    /// Words, the frequent ones more often, as in texts.
    fn text(&mut self, words: usize) -> Vec<String> {
        let mut word = || {
            let rank = self.below(5000).min(self.below(5000)).min(self.below(5000));
            let letters = ["ta", "ne", "ri", "so", "lu", "men", "da", "ko"];
            let (mut text, mut rest) = (String::new(), rank + 8);
            while rest > 0 {
                text.push_str(letters[rest % 8]);
                rest /= 8;
            }
            text
        };
        (0..words).map(|_| word()).collect()
    }

    /// A copy with every fifth word or so replaced, dropped or moved a little.
    fn copy(&mut self, text: &[String]) -> String {
        let mut copy = Vec::new();
        for word in text {
            match self.below(20) {
                0 => {}
                1 | 2 => copy.extend(self.text(1)),
                3 => {
                    let at = copy.len() - self.below(4).min(copy.len());
                    copy.insert(at, word.clone());
                }
                _ => copy.push(word.clone()),
            }
        }
        copy.join(" ")
    }

    /// Hypotheses, and references by segment.
    fn corpus(
        &mut self,
        segments: usize,
        words: usize,
        references: usize,
    ) -> (Vec<String>, Vec<Vec<String>>) {
        let segment = |_| {
            let text = self.text(words);
            let copies = (0..references).map(|_| self.copy(&text)).collect();
            (text.join(" "), copies)
        };
        (0..segments).map(segment).unzip()
    }
}

/// Makes a metric.
type Make = fn() -> Box<dyn DynMetric>;

/// The least time of one call, over a fifth of a second and three calls at least.
fn seconds(mut work: impl FnMut()) -> f64 {
    let (mut least, mut calls, start) = (f64::MAX, 0, Instant::now());
    while calls < 3 || start.elapsed().as_secs_f64() < 0.2 {
        let call = Instant::now();
        work();
        least = least.min(call.elapsed().as_secs_f64());
        calls += 1;
    }
    least
}

fn score(metric: Make, segments: usize, words: usize, references: usize) -> f64 {
    let (hypotheses, texts) = Random(1).corpus(segments, words, references);
    let metric = metric();
    let references = References::by_segment(&texts);
    seconds(|| drop(metric.corpus(&hypotheses, &references)))
}

fn levenshtein(words: usize) -> f64 {
    let mut random = Random(1);
    let a = random.text(words);
    let b: Vec<String> = random.copy(&a).split(' ').map(str::to_owned).collect();
    seconds(|| assert!(Distance::Levenshtein.of(&a, &b).distance >= 0.0))
}

fn series(of: impl Fn(usize) -> f64, at: &[usize]) -> Value {
    at.iter().map(|x| json!([x, of(*x)])).collect()
}

fn main() {
    let metrics: [(&str, Make); 3] = [
        ("BLEU", || Box::new(Bleu::default())),
        ("chrF2", || Box::new(Chrf::default())),
        ("TER", || Box::new(Ter::default())),
    ];
    let pool = |threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start")
    };
    let one = pool(1);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads: Vec<usize> = [1, 2, 4, 8, 16, 32].into_iter().filter(|n| *n <= cores).collect();
    let mut panels = json!({ "length": {}, "corpus": {}, "references": {}, "threads": {} });
    for (name, metric) in metrics {
        let (length, corpus, references) = one.install(|| {
            let lengths = [10, 30, 100, 300, 1000, 3000, 10_000];
            let sizes = [100, 300, 1000, 3000, 10_000];
            let counts = [1, 2, 4, 8, 16];
            (
                series(|words| score(metric, 1, words, 1), &lengths),
                series(|segments| score(metric, segments, 25, 1), &sizes),
                series(|references| score(metric, 200, 25, references), &counts),
            )
        });
        panels["length"][name] = length;
        panels["corpus"][name] = corpus;
        panels["references"][name] = references;
        panels["threads"][name] =
            series(|threads| pool(threads).install(|| score(metric, 5000, 25, 1)), &threads);
    }
    panels["length"]["Levenshtein, words"] =
        series(levenshtein, &[10, 30, 100, 300, 1000, 3000, 10_000]);
    println!("{panels}");
}
