//! Every rendering of a comparison: complete, well formed, and safe for any name.

use bleuprint::significance::{Compared, Comparison, Pairs, Planning, System};
use bleuprint::{Chrf, Metric, References};
use bleuprint_report::comparison;

/// Two systems with names that are markup everywhere.
fn compared(pairs: Pairs) -> comparison::Comparison {
    let lines = ["one small house", "two old trees", "the long river", "rain and sun", "a road"];
    let chrf = Chrf::default();
    let references = References::single(&lines);
    let prepared = chrf.prepare_corpus(&references).expect("there are references");
    let table = |texts: &[&str; 5]| prepared.table(texts).expect("as many");
    let systems = [
        System::new(
            "<a>&\"b\"|_*",
            table(&["one house", "two trees", "long rivers", "rain", "a road"]),
        ),
        System::new(
            "系统\\%$#{}~^",
            table(&["one small house", "two tree", "the river", "rain and", "a"]),
        ),
        System::new("c", table(&lines)),
    ];
    let comparison = Comparison::default().pairs(pairs).trials(200).samples(100);
    let compared = comparison.run(&chrf, &systems).expect("it runs");
    let plan =
        |a: usize, b: usize| Planning::default().samples(100).run(&chrf, &systems[a], &systems[b]);
    let plans =
        compared.pairs.iter().map(|pair| plan(pair.baseline, pair.system).expect("it runs"));
    comparison::Comparison { plans: plans.collect(), compared: compared.clone() }
}

#[test]
fn json_has_every_number() {
    let comparison = compared(Pairs::All);
    let text = comparison::json(std::slice::from_ref(&comparison)).expect("it is JSON");
    let read: Vec<Compared> = serde_json::from_str(&text).expect("it is read again");
    assert_eq!(read, [comparison.compared]);
}

#[test]
fn tables_have_a_row_for_each_system_and_pair() {
    let comparison = [compared(Pairs::Baseline)];
    let text = comparison::text(&comparison, 2);
    assert_eq!(text.matches(" → ").count(), 4, "{text}");
    let markdown = comparison::markdown(&comparison, 2);
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    for table in markdown.split("\n\n").filter(|part| part.starts_with('|')) {
        let first = columns(table.lines().next().unwrap_or_default());
        assert!(table.lines().all(|line| columns(line) == first), "{table}");
    }
    let latex = comparison::latex(&comparison, 2);
    assert_eq!(latex.matches("\\begin{tabular}").count(), latex.matches("\\end{tabular}").count());
    assert!(
        latex.contains("系统\\textbackslash{}\\%\\$\\#\\{\\}\\textasciitilde{}\\textasciicircum{}")
    );
}

#[test]
fn pictures_are_well_formed() {
    for pairs in [Pairs::All, Pairs::Baseline, Pairs::Consecutive] {
        let svg = comparison::svg(&[compared(pairs), compared(pairs)], 2);
        let (mut open, mut rest) = (Vec::new(), svg.as_str());
        while let Some((_, tag)) = rest.split_once('<') {
            let (tag, after) = tag.split_once('>').expect("every tag ends");
            rest = after;
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{svg}");
            } else if !tag.ends_with('/') {
                open.push(tag.split(' ').next().unwrap_or_default());
            }
        }
        assert!(open.is_empty() && !svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert!(svg.contains("&lt;a&gt;&amp;&quot;b&quot;|_*"), "{svg}");
    }
}
