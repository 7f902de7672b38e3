//! The laws of edit distances, and the kernels against slow models and strsim.

#[path = "model/distances.rs"]
mod model;

use bleuprint::distance::{Costs, DISTANCES, Distance, Op, Script};
use bleuprint::metrics::{Eed, Preparation};
use bleuprint::{Metric, Score};
use model::Swaps;
use proptest::prelude::*;

/// Short and long sequences over few symbols: blocks of 64 are crossed, matches and ties are many.
fn sequence() -> impl Strategy<Value = Vec<u8>> {
    let symbols = prop_oneof![Just(2_u8), Just(4), Just(20)];
    let length = prop_oneof![4 => 0..12_usize, 2 => 50..80_usize, 1 => 100..140_usize];
    (symbols, length)
        .prop_flat_map(|(symbols, length)| proptest::collection::vec(0..symbols, length))
}

/// A sequence and a disturbed copy of it, or two that have nothing to do with each other.
fn pair() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
    let disturbed = (sequence(), proptest::collection::vec((0..200_usize, 0..5_u8), 0..8))
        .prop_map(|(a, edits)| {
            let mut b = a.clone();
            for (at, what) in edits {
                let at = at % (b.len() + 1);
                match what {
                    0 if at < b.len() => drop(b.remove(at)),
                    1 if at + 1 < b.len() => b.swap(at, at + 1),
                    2 => b.rotate_left(at),
                    other => b.insert(at, other),
                }
            }
            (a, b)
        });
    prop_oneof![disturbed, (sequence(), sequence())]
}

fn costs() -> impl Strategy<Value = Costs> {
    (0..4_u32, 0..4_u32, 0..6_u32).prop_map(|(insert, delete, replace)| Costs {
        insert,
        delete,
        replace,
    })
}

/// Every distance; of block moves only short texts, for it tries a thousand of them.
fn all_for(a: &[u8]) -> impl Iterator<Item = Distance> {
    let short = a.len() < 40;
    all().filter(move |distance| short || *distance != Distance::BlockMoves)
}

fn all() -> impl Iterator<Item = Distance> {
    let weighted = Distance::Weighted(Costs { insert: 2, delete: 3, replace: 4 });
    DISTANCES.iter().map(|(_, distance, _)| *distance).chain([weighted])
}

/// What a script costs, as its distance counts.
fn cost(distance: Distance, script: &Script) -> f64 {
    let count = |op| {
        let of = |edit: &&bleuprint::distance::Edit| edit.op == op;
        script.edits.iter().filter(of).map(|edit| edit.cost()).sum::<usize>()
    };
    match distance {
        Distance::Weighted(costs) => costs.of(script) as f64,
        Distance::Lcs => count(Op::Delete).max(count(Op::Insert)) as f64,
        _ => script.cost() as f64,
    }
}

/// Every item of both sequences stands in exactly one edit, and kept spans are equal.
fn covers(script: &Script, a: &[u8], b: &[u8]) {
    let mut seen = vec![false; a.len()];
    let mut j = 0;
    for edit in &script.edits {
        assert_eq!(edit.b.start, j, "{script:?}");
        j = edit.b.end;
        for i in edit.a.clone() {
            assert!(!std::mem::replace(&mut seen[i], true), "{script:?}");
        }
        if edit.op == Op::Keep {
            assert_eq!(a[edit.a.clone()], b[edit.b.clone()]);
        }
    }
    assert!(j == b.len() && seen.iter().all(|seen| *seen), "{script:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_are_in_range((a, b) in pair()) {
        for distance in all_for(&a) {
            let value = distance.of(&a, &b);
            prop_assert!(value.distance >= 0.0 && value.distance <= value.maximum, "{distance}: {value:?}");
            prop_assert!((0.0..=1.0).contains(&value.normalized_distance()));
            prop_assert_eq!(distance.of(&a, &a).distance, 0.0, "{}", distance);
            if a != b && distance != Distance::Dice {
                prop_assert!(value.distance > 0.0 , "{distance}");
            }
        }
    }

    #[test]
    fn most_are_symmetric((a, b) in pair()) {
        for distance in all() {
            let asymmetric = matches!(
                distance,
                Distance::Weighted(_) | Distance::BlockMoves | Distance::Cder
            );
            if !asymmetric {
                let (there, back) = (distance.of(&a, &b), distance.of(&b, &a));
                prop_assert!((there.distance - back.distance).abs() < 1e-12, "{distance}");
            }
        }
        let costs = Costs { insert: 2, delete: 3, replace: 4 };
        let turned = Costs { insert: 3, delete: 2, replace: 4 };
        prop_assert_eq!(Distance::Weighted(costs).of(&a, &b), Distance::Weighted(turned).of(&b, &a));
    }

    #[test]
    fn the_triangle_inequality_holds_where_it_is_said((a, b) in pair(), c in sequence()) {
        let weighted = Distance::Weighted(Costs { insert: 2, delete: 2, replace: 3 });
        for distance in [
            Distance::Levenshtein, Distance::Indel, Distance::Lcs, Distance::Damerau,
            Distance::Hamming, Distance::Prefix, Distance::Postfix, weighted,
        ] {
            let [ab, bc, ac] = [(&a, &b), (&b, &c), (&a, &c)]
                .map(|(x, y)| distance.of(x, y).distance);
            prop_assert!(ac <= ab + bc, "{distance}: {ac} > {ab} + {bc}");
        }
    }

    #[test]
    fn a_limit_changes_nothing_but_whether((a, b) in pair(), limit in 0..40_u32) {
        for distance in all_for(&a) {
            let value = distance.of(&a, &b);
            let limit = f64::from(limit) * value.maximum / 40.0;
            let within = distance.within(&a, &b, limit);
            prop_assert_eq!(within, Some(value).filter(|value| value.distance <= limit), "{}", distance);
            prop_assert_eq!(distance.within(&a, &b, value.distance), Some(value), "{}", distance);
        }
    }

    #[test]
    fn scripts_apply_and_invert((a, b) in pair(), costs in costs()) {
        for distance in all_for(&a).chain([Distance::Weighted(costs)]) {
            let Some(script) = distance.script(&a, &b) else { continue };
            covers(&script, &a, &b);
            prop_assert_eq!(script.apply(&a, &b), b.clone(), "{}", distance);
            let inverted = script.inverted();
            covers(&inverted, &b, &a);
            prop_assert_eq!(inverted.apply(&b, &a), a.clone(), "{}", distance);
            prop_assert_eq!(cost(distance, &script), distance.of(&a, &b).distance, "{}", distance);
            prop_assert_eq!(distance.against(&a).script(&b), Some(script), "{}", distance);
        }
    }

    #[test]
    fn kernels_equal_slow_models((a, b) in pair(), costs in costs()) {
        let Costs { insert, delete, replace } = costs;
        let weights = [insert, delete, replace].map(u64::from);
        let whole = |distance: Distance| distance.of(&a, &b).distance as u64;
        prop_assert_eq!(whole(Distance::Levenshtein), model::edits(&a, &b, [1; 3], Swaps::None));
        prop_assert_eq!(whole(Distance::Weighted(costs)), model::edits(&a, &b, weights, Swaps::None));
        prop_assert_eq!(whole(Distance::Osa), model::edits(&a, &b, [1; 3], Swaps::Adjacent));
        let lcs = model::lcs(&a, &b);
        prop_assert_eq!(whole(Distance::Lcs) as usize, a.len().max(b.len()) - lcs);
        prop_assert_eq!(whole(Distance::Indel) as usize, a.len() + b.len() - 2 * lcs);
        if a.len() * b.len() < 400 {
            prop_assert_eq!(whole(Distance::Damerau), model::edits(&a, &b, [1; 3], Swaps::Any));
        }
        if a.len() * b.len() < 1000 {
            prop_assert_eq!(whole(Distance::Cder), model::cder(&a, &b));
        }
    }

    #[test]
    fn eed_is_its_definition((a, b) in pair()) {
        let text = |numbers: &[u8]| numbers.iter().map(|n| char::from(*b" ab,".get(usize::from(*n)).unwrap_or(&(b'a' + n)))).collect::<String>();
        let (a, b) = (text(&a), text(&b));
        let chars = |text: &str| text.trim_end().chars().collect::<Vec<char>>();
        for (start_counts, eed) in [(false, Eed::default()), (true, Eed::python())] {
            let ours = eed.preparation(Preparation::None).segment(&a, &[&b]).unwrap().value();
            let model = 100.0 * model::eed(&chars(&a), &chars(&b), start_counts);
            prop_assert!((ours - model).abs() < 1e-9, "{a:?} {b:?}: {ours} {model}");
        }
    }

    #[test]
    fn values_equal_strsim((a, b) in pair()) {
        let text = |items: &[u8]| items.iter().map(|item| (b'a' + item) as char).collect::<String>();
        let (x, y) = (text(&a), text(&b));
        let value = |distance: Distance| distance.between(&x, &y);
        prop_assert_eq!(value(Distance::Levenshtein).distance as usize, strsim::levenshtein(&x, &y));
        prop_assert_eq!(value(Distance::Osa).distance as usize, strsim::osa_distance(&x, &y));
        prop_assert_eq!(value(Distance::Damerau).distance as usize, strsim::damerau_levenshtein(&x, &y));
        prop_assert_eq!(value(Distance::Jaro).distance, 1.0 - strsim::jaro(&x, &y));
        prop_assert_eq!(value(Distance::JaroWinkler).distance, 1.0 - strsim::jaro_winkler(&x, &y));
        prop_assert!((value(Distance::Dice).normalized_similarity() - strsim::sorensen_dice(&x, &y)).abs() < 1e-12);
        for distance in all_for(&a) {
            prop_assert_eq!(value(distance), distance.of(&a, &b), "{}", distance);
        }
    }

    #[test]
    fn names_come_back(costs in costs()) {
        for distance in all().chain([Distance::Weighted(costs)]) {
            prop_assert_eq!(distance.to_string().parse::<Distance>().ok(), Some(distance));
        }
    }
}

/// Beyond the size of the tables a script is cut in the middle: the same cost, and it still applies.
#[test]
fn long_scripts_take_little_memory() {
    let noise = |seed: u64, symbols: u64, length: usize| -> Vec<u64> {
        let step = |state: &mut u64| {
            *state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            Some((*state >> 33) % symbols)
        };
        std::iter::successors(Some(seed), |_| None)
            .flat_map(|mut state| (0..length).filter_map(move |_| step(&mut state)))
            .collect()
    };
    let pair = |n: usize, m: usize| {
        let (a, mut b) = (noise(1, 30, n), noise(1, 30, m));
        b.swap(1500, 1501);
        b.swap(1700, 1702);
        b.splice(700..760, noise(3, 30, 90));
        // Nothing is equal at the ends, where it would be trimmed.
        b[0] = 31;
        b.push(31);
        (a, b)
    };
    for (distance, (a, b)) in [
        (Distance::Levenshtein, pair(3000, 2900)),
        (Distance::Indel, pair(3000, 2900)),
        (Distance::Osa, pair(2200, 2000)),
        (Distance::Damerau, pair(2200, 2000)),
        (Distance::Weighted(Costs { insert: 2, delete: 3, replace: 4 }), pair(2200, 2000)),
    ] {
        let script = distance.script(&a, &b).expect("it has one");
        assert_eq!(script.apply(&a, &b), b, "{distance}");
        assert_eq!(script.inverted().apply(&b, &a), a, "{distance}");
        assert_eq!(cost(distance, &script), distance.of(&a, &b).distance, "{distance}");
    }
}
