//! Sentences that were left alone though a bead beside them says what they say.
//!
//! One sentence for two is a bead only if the better part of both is found in it (the price of gluing); a translator
//! who says the second in other words leaves it alone, and an editor reads of an omission that is none. But then the
//! sentence that has both is too long for the one it is linked with: it has room for the other.

use super::Article;
use super::align::Cover;
use super::beads::{Bags, Candidate, LARGEST};
use super::similarity::Weights;

/// With one more sentence a side may weigh this much of the other, in hundredths.
const ROOM: u64 = 120;
/// And the other side must have this part of the sentence, in hundredths.
const TOLD: u64 = 10;

/// Takes sentences that were left alone into the links beside them in their lines.
pub(super) fn absorbed(
    weights: &Weights,
    articles: &[Article; 2],
    cover: &mut Cover,
    links: &mut [(Candidate, bool)],
) {
    let mut bags = Bags::new(weights);
    for (bead, moved) in links {
        while let Some(grown) = grown(weights, articles, cover, &mut bags, bead) {
            (*bead, *moved) = cover.take(grown, *moved);
        }
    }
}

/// The bead with one of the four sentences beside it, the one of which most is found.
fn grown(
    weights: &Weights,
    articles: &[Article; 2],
    cover: &Cover,
    bags: &mut Bags<'_>,
    bead: &Candidate,
) -> Option<Candidate> {
    let Candidate { i, j, n, m, .. } = *bead;
    let four = [
        (0, i.checked_sub(1), i, Candidate { i: i.saturating_sub(1), n: n + 1, ..*bead }),
        (0, Some(i + n), i + n - 1, Candidate { n: n + 1, ..*bead }),
        (1, j.checked_sub(1), j, Candidate { j: j.saturating_sub(1), m: m + 1, ..*bead }),
        (1, Some(j + m), j + m - 1, Candidate { m: m + 1, ..*bead }),
    ];
    let sides = [&weights.hypothesis, &weights.reference];
    let joined = four.into_iter().filter_map(|(side, more, beside, grown)| {
        let more = more.filter(|more| cover.is_left(side, *more))?;
        let line = |sentence: usize| articles[side].sentences()[sentence].paragraph;
        let groups = [grown.i..grown.i + grown.n, grown.j..grown.j + grown.m];
        let [own, other] = [side, 1 - side].map(|side| sides[side].mass(groups[side].clone()));
        if grown.n.max(grown.m) > LARGEST || line(more) != line(beside) || 100 * own > ROOM * other
        {
            return None;
        }
        let shared = bags.shared([grown.i, grown.n, grown.j, grown.m]);
        let told = shared.saturating_sub(bead.shared);
        let is_told = 100 * told >= TOLD * sides[side].mass(more..more + 1);
        is_told.then_some(Candidate { shared, ..grown })
    });
    joined.max_by_key(|grown| grown.shared)
}
