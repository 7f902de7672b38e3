//! From candidate beads to an alignment: in order first, then what moved, then what context says.

use std::ops::Range;

use super::absorbed::absorbed;
use super::anchors::Pairs;
use super::beads::{Candidate, NULL, candidates};
use super::chain;
use super::glued::{loosened, unglued};
use super::similarity::{Weights, origins};
use super::{Article, Bead};

/// In a gap between linked neighbours, a pair of sentences is linked from this similarity on, in thousandths: its
/// place speaks for it. And its weights may differ by this factor.
const CONTEXT: i64 = 30;
const CONTEXT_RATIO: u64 = 3;
/// The price in thousandths of a pair that faces each other in a gap of as many sentences on both sides: none, and a
/// little for the link, so that `Jééj` is linked with `Hurray`.
const FACING: i64 = -1;
/// But not when one of them has this part of its weight, in hundredths, in common with a sentence elsewhere: it is a
/// repetition, or has moved.
const ELSEWHERE: u64 = 45;
/// Texts are strangers when what their links share is less than this part of the lighter text, in hundredths; then
/// only links from this similarity on stand.
const STRANGERS: u64 = 8;
const SURE: f64 = 0.4;
/// Between more sentences than this, the similarity that a link needs when it is the only one.
const MANY: usize = 4;
const ALONE: f64 = 0.25;
/// A gap with more pairs than this is no context.
const CONTEXT_PAIRS: usize = 256;

/// Both articles, glued sentences cut, and the beads that link them, ordered for reading.
///
/// The texts are put in one order first (the smaller first, as strings compare), so that both
/// directions give the same beads, ties and all.
pub(super) fn align(hypothesis: Article, reference: Article) -> (Article, Article, Vec<Bead>) {
    if hypothesis == reference {
        let beads = (0..hypothesis.sentences().len()).map(same).collect();
        return (hypothesis, reference, beads);
    }
    let turned = hypothesis.text() > reference.text();
    let (first, second) = if turned { (reference, hypothesis) } else { (hypothesis, reference) };
    let ([first, second], mut beads) = linked([first, second]);
    if turned {
        for bead in &mut beads {
            std::mem::swap(&mut bead.hypothesis, &mut bead.reference);
        }
    }
    let (hypothesis, reference) = if turned { (second, first) } else { (first, second) };
    let beads = with_nulls(beads, reference.sentences().len());
    (hypothesis, reference, beads)
}

/// The bead of a sentence with itself, for an article beside itself, however its sentences repeat.
fn same(number: usize) -> Bead {
    let sentence = number..number + 1;
    Bead {
        hypothesis: sentence.clone(),
        reference: sentence,
        source: 0..0,
        moved: false,
        similarity: 1.0,
        confidence: 1.0,
    }
}

/// The linked beads and the null beads with what is known of them; nulls of one sentence. Sentences that turn out to
/// be glued are cut, first where both texts say the same in other lines, then where a link has several or leaves a
/// neighbour out.
fn linked(articles: [Article; 2]) -> ([Article; 2], Vec<Bead>) {
    let mut texts = Texts::new(articles);
    if let Some(cut) = unglued(&texts.articles, &texts.weights, &texts.pairs) {
        texts = texts.cut(cut);
    }
    let mut beads = texts.links();
    if let Some(cut) = loosened(&texts.articles, &beads) {
        texts = texts.cut(cut);
        beads = texts.links();
    }
    (texts.articles, beads)
}

/// Two articles, and what is known of their sentences.
struct Texts {
    articles: [Article; 2],
    weights: Weights,
    pairs: Pairs,
    parts: Parts,
}

impl Texts {
    fn new(articles: [Article; 2]) -> Self {
        let [hypothesis, reference] = &articles;
        let weights = Weights::new(hypothesis, reference);
        let pairs = Pairs::new(&weights);
        let parts =
            Parts([hypothesis, reference].map(|article| vec![false; article.sentences().len()]));
        Texts { articles, weights, pairs, parts }
    }

    /// What is known after sentences were cut: that of the others stays.
    fn cut(mut self, articles: [Article; 2]) -> Self {
        let origins =
            [0, 1].map(|side| origins(self.articles[side].sentences(), articles[side].sentences()));
        self.weights.cut(&articles, &origins);
        let is_part = |side: usize| -> Vec<bool> {
            origins[side].iter().map(|old| old.is_none_or(|old| self.parts.0[side][old])).collect()
        };
        let parts = Parts([0, 1].map(is_part));
        let pairs = self.pairs.cut(&self.weights, &origins);
        Texts { articles, weights: self.weights, pairs, parts }
    }

    fn links(&self) -> Vec<Bead> {
        links(&self.weights, &self.pairs, &self.parts, &self.articles)
    }
}

/// Which sentences are parts that were cut from one.
struct Parts([Vec<bool>; 2]);

impl Parts {
    fn are_in(&self, bead: &Candidate) -> bool {
        let [hypothesis, reference] = &self.0;
        hypothesis[bead.i..bead.i + bead.n].contains(&true)
            || reference[bead.j..bead.j + bead.m].contains(&true)
    }
}

fn links(weights: &Weights, pairs: &Pairs, parts: &Parts, articles: &[Article; 2]) -> Vec<Bead> {
    let all = candidates(weights, pairs);
    let mut cover = Cover::new(weights);
    let chain = chain::best(&all, |bead| bead.gain);
    let mut links: Vec<(Candidate, bool)> =
        chain.into_iter().map(|at| cover.take(all[at], false)).collect();
    moved(weights, &all, parts, &mut cover, &mut links);
    if are_strangers(weights, &links) {
        links.retain(|(bead, _)| bead.similarity(weights) >= SURE);
        cover = Cover::new(weights);
        for (bead, moved) in &links {
            cover.take(*bead, *moved);
        }
    } else {
        context(weights, pairs, parts, &mut cover, &mut links);
        beside(weights, pairs, &mut cover, &mut links);
        absorbed(weights, articles, &mut cover, &mut links);
    }
    links.sort_unstable();
    let beads = links.iter().map(|(bead, moved)| Bead {
        hypothesis: bead.i..bead.i + bead.n,
        reference: bead.j..bead.j + bead.m,
        source: 0..0,
        moved: *moved,
        similarity: bead.similarity(weights),
        confidence: 0.0,
    });
    let nulls = cover.nulls();
    let mut beads: Vec<Bead> = beads.chain(nulls).collect();
    confide(weights, pairs, &mut beads);
    beads
}

/// Whether the links have next to nothing of either text in common: two texts about different things, between
/// which chance makes links of a few sentences. A single weak link between many sentences is chance as well.
fn are_strangers(weights: &Weights, links: &[(Candidate, bool)]) -> bool {
    let shared: u64 = links.iter().map(|(bead, _)| bead.shared).sum();
    let (hypothesis, reference) = (&weights.hypothesis, &weights.reference);
    let lighter = hypothesis.mass(0..hypothesis.len()).min(reference.mass(0..reference.len()));
    let is_chance = match links {
        [(bead, _)] if hypothesis.len().max(reference.len()) > MANY => {
            bead.similarity(weights) < ALONE
        }
        _ => false,
    };
    is_chance || 100 * shared < STRANGERS * lighter
}

/// Which sentences have a bead.
pub(super) struct Cover {
    hypothesis: Vec<bool>,
    reference: Vec<bool>,
}

impl Cover {
    fn new(weights: &Weights) -> Self {
        Cover {
            hypothesis: vec![false; weights.hypothesis.len()],
            reference: vec![false; weights.reference.len()],
        }
    }

    pub(super) fn take(&mut self, bead: Candidate, moved: bool) -> (Candidate, bool) {
        self.hypothesis[bead.i..bead.i + bead.n].fill(true);
        self.reference[bead.j..bead.j + bead.m].fill(true);
        (bead, moved)
    }

    fn is_free(&self, bead: &Candidate) -> bool {
        let taken = |sentence: &bool| *sentence;
        !self.hypothesis[bead.i..bead.i + bead.n].iter().any(taken)
            && !self.reference[bead.j..bead.j + bead.m].iter().any(taken)
    }

    /// Whether there is such a sentence of the hypothesis (0) or the reference (1), and it has no bead.
    pub(super) fn is_left(&self, side: usize, sentence: usize) -> bool {
        [&self.hypothesis, &self.reference][side].get(sentence) == Some(&false)
    }

    fn nulls(&self) -> impl Iterator<Item = Bead> {
        let free =
            |side: &[bool]| -> Vec<usize> { (0..side.len()).filter(|i| !side[*i]).collect() };
        let hypothesis = free(&self.hypothesis).into_iter().map(|i| (i..i + 1, 0..0));
        let reference = free(&self.reference).into_iter().map(|j| (0..0, j..j + 1));
        hypothesis.chain(reference).map(|(hypothesis, reference)| Bead {
            hypothesis,
            reference,
            source: 0..0,
            moved: false,
            similarity: 0.0,
            confidence: 0.0,
        })
    }
}

/// Links what is left, out of order: again and again the chain worth most among the free
/// sentences, so that a block that moved as a whole is linked as a whole.
fn moved(
    weights: &Weights,
    all: &[Candidate],
    parts: &Parts,
    cover: &mut Cover,
    links: &mut Vec<(Candidate, bool)>,
) {
    let is_worth = |bead: &Candidate| bead.may_move(weights, parts.are_in(bead));
    let mut left: Vec<Candidate> = all.iter().filter(|bead| is_worth(bead)).copied().collect();
    loop {
        left.retain(|bead| cover.is_free(bead));
        let chain = chain::best(&left, |bead| bead.moved_gain(weights));
        if chain.is_empty() {
            return;
        }
        links.extend(chain.into_iter().map(|at| cover.take(left[at], true)));
    }
}

/// Links what stands beside a link on both sides, from link to link, where little similarity is enough: so
/// a block that moved is linked with its weak sentences.
fn beside(weights: &Weights, pairs: &Pairs, cover: &mut Cover, links: &mut Vec<(Candidate, bool)>) {
    let mut at = 0;
    while at < links.len() {
        let (bead, moved) = links[at];
        let before = bead.i.checked_sub(1).zip(bead.j.checked_sub(1));
        let after = Some((bead.i + bead.n, bead.j + bead.m))
            .filter(|(i, j)| *i < weights.hypothesis.len() && *j < weights.reference.len());
        for (i, j) in before.into_iter().chain(after) {
            let pair = in_context(weights, pairs, i, j, false).filter(|pair| cover.is_free(pair));
            links.extend(pair.map(|pair| cover.take(pair, moved)));
        }
        at += 1;
    }
}

/// Links pairs in the gaps between neighbours in order, where little similarity is enough; but not for parts that were
/// cut from a sentence, which have another part to stand for it.
fn context(
    weights: &Weights,
    pairs: &Pairs,
    parts: &Parts,
    cover: &mut Cover,
    links: &mut Vec<(Candidate, bool)>,
) {
    let mut found = Vec::new();
    for (hypothesis, reference) in gaps(weights, links) {
        let own: Vec<usize> = hypothesis.filter(|i| !cover.hypothesis[*i]).collect();
        let other: Vec<usize> = reference.filter(|j| !cover.reference[*j]).collect();
        let faces = |at: usize, to: usize| own.len() == other.len() && at == to;
        let mut weak = Vec::new();
        for (at, i) in own.iter().enumerate() {
            let all = other.iter().enumerate();
            let all = all.filter_map(|(to, j)| in_context(weights, pairs, *i, *j, faces(at, to)));
            weak.extend(all.filter(|pair| !parts.are_in(pair)));
        }
        let chain = chain::best(&weak, |bead| bead.gain);
        found.extend(chain.into_iter().map(|at| weak[at]));
    }
    links.extend(found.into_iter().map(|bead| cover.take(bead, false)));
}

/// The gaps between beads in order that have sentences on both sides.
fn gaps(weights: &Weights, links: &[(Candidate, bool)]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut gaps = Vec::new();
    let (mut i, mut j) = (0, 0);
    let in_order = links.iter().filter(|(_, moved)| !moved);
    let ends = [weights.hypothesis.len(), weights.reference.len()];
    let borders = in_order.map(|(bead, _)| [bead.i, bead.j, bead.i + bead.n, bead.j + bead.m]);
    if links.is_empty() {
        return gaps;
    }
    for [i_start, j_start, i_end, j_end] in borders.chain([[ends[0], ends[1], 0, 0]]) {
        let pairs = (i_start - i) * (j_start - j);
        if (1..=CONTEXT_PAIRS).contains(&pairs) {
            gaps.push((i..i_start, j..j_start));
        }
        (i, j) = (i_end, j_end);
    }
    gaps
}

/// A pair of sentences whose place speaks for it; the more so when it faces each other in a gap of as many sentences on
/// both sides, and neither is said elsewhere in the other text.
fn in_context(
    weights: &Weights,
    pairs: &Pairs,
    i: usize,
    j: usize,
    faces: bool,
) -> Option<Candidate> {
    let shared = pairs.weight(i, j);
    let masses = [weights.hypothesis.mass(i..i + 1), weights.reference.mass(j..j + 1)];
    let mass = masses[0] + masses[1];
    let elsewhere = [pairs.best_of_hypothesis[i], pairs.best_of_reference[j]];
    let is_new = |side: usize| 100 * elsewhere[side] < ELSEWHERE * masses[side];
    let price = if faces && is_new(0) && is_new(1) { FACING } else { CONTEXT };
    let gain = (2000 * shared) as i64 - price * mass as i64;
    let [least, most] = [masses[0].min(masses[1]), masses[0].max(masses[1])];
    let pair = Candidate { i, j, n: 1, m: 1, gain, shared };
    (gain > 0 && most <= CONTEXT_RATIO * least).then_some(pair)
}

/// How sure each bead is.
///
/// A link: 1 − (θ / similarity)(rival / shared), where the rival is what one of its sentences shares with one
/// outside the bead, at most all. A null bead: the part of its sentence that no sentence of
/// the other text has.
fn confide(weights: &Weights, pairs: &Pairs, beads: &mut [Bead]) {
    let mut of_hypothesis = vec![0; weights.hypothesis.len()];
    let mut of_reference = vec![0; weights.reference.len()];
    for (at, bead) in beads.iter().enumerate() {
        of_hypothesis[bead.hypothesis.clone()].fill(at);
        of_reference[bead.reference.clone()].fill(at);
    }
    let mut rival = vec![0; beads.len()];
    for (i, own) in of_hypothesis.iter().enumerate() {
        for (j, shared) in pairs.row(i) {
            let other = of_reference[*j as usize];
            if *own != other {
                rival[*own] = shared.max(&rival[*own]).to_owned();
                rival[other] = shared.max(&rival[other]).to_owned();
            }
        }
    }
    for (bead, rival) in beads.iter_mut().zip(rival) {
        let mass = weights.hypothesis.mass(bead.hypothesis.clone())
            + weights.reference.mass(bead.reference.clone());
        let mass = (mass as f64).max(1.0);
        bead.confidence = if bead.is_linked() {
            let shared = (bead.similarity * mass / 2.0).max(1.0);
            let doubt = (NULL as f64 / 1000.0 / bead.similarity.max(0.01)).min(1.0);
            1.0 - doubt * (rival as f64 / shared).min(1.0)
        } else {
            1.0 - (rival as f64 / mass).min(1.0)
        };
    }
}

/// The beads in the order of reading: by the hypothesis, and what is missing where the reference
/// has it, behind the bead of the sentence before it.
fn with_nulls(beads: Vec<Bead>, references: usize) -> Vec<Bead> {
    let mut after: Vec<usize> = vec![0; references + 1];
    for bead in beads.iter().filter(|bead| !bead.hypothesis.is_empty() && !bead.moved) {
        after[bead.reference.clone()].fill(bead.hypothesis.end);
    }
    let mut place = 0;
    for slot in &mut after[..references] {
        place = place.max(*slot);
        *slot = place;
    }
    let mut keyed: Vec<((usize, usize, usize), Bead)> = beads
        .into_iter()
        .map(|bead| match bead.hypothesis.is_empty() {
            true => ((after[bead.reference.start], 0, bead.reference.start), bead),
            false => ((bead.hypothesis.start, 1, 0), bead),
        })
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed
        .into_iter()
        .map(|((place, _, _), mut bead)| {
            if bead.hypothesis.is_empty() {
                bead.hypothesis = place..place;
            }
            bead
        })
        .collect()
}
