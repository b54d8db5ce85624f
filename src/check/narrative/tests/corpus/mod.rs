//! Sentences of our own in the manner of published reports, each with what must be said of it: how much of it
//! is said, and how much else.

use std::collections::BTreeMap;

use super::*;
use crate::check::{Context, LastYear, check_with_figures};
use crate::draft::Ledger;

/// What is said of a sentence: figures as `59=` and `58!`, and ids of rules.
type Said = BTreeMap<String, usize>;

/// The sentences of one file, and whether they stand beside tables with nothing but zeros.
const FILES: [(&str, &str, bool); 8] = [
    ("received", include_str!("received.ron"), false),
    ("results", include_str!("results.ron"), false),
    ("review", include_str!("review.ron"), false),
    ("disclosure", include_str!("disclosure.ron"), false),
    ("zeros", include_str!("zeros.ron"), true),
    ("silent", include_str!("silent.ron"), false),
    ("more", include_str!("more.ron"), false),
    ("rules", include_str!("rules.ron"), false),
];

/// The rules that read sentences beside their figures.
const RULES: [&str; 8] = ["S3", "S9", "S10", "S11", "S13", "S15", "N5", "N7"];

/// The least precision and recall, in percent.
const LEAST: usize = 99;

fn said_of(form: &Form, draft: &Draft, last: &LastYear) -> Said {
    let ledger = Ledger::new(form, draft);
    let context = Context { last_year: Some(last), ..Context::default() };
    let (findings, figures) = check_with_figures(form, draft, &ledger, context);
    let of_tables =
        figures.iter().filter(|figure| figure.verdict != Verdict::Open && !RULES.contains(&figure.rule));
    let mut said = Said::new();
    for figure in of_tables {
        let mark = if figure.verdict == Verdict::Agrees { '=' } else { '!' };
        *said.entry(format!("{}{mark}", figure.table_and_text.1)).or_default() += 1;
    }
    for finding in findings {
        let of_text = finding.fields.first().is_some_and(|id| id.as_str() == "overview");
        if of_text && RULES.contains(&finding.rule.as_str()) {
            *said.entry(finding.rule).or_default() += 1;
        }
    }
    said
}

fn wanted(words: &str) -> Said {
    let mut said = Said::new();
    for word in words.split_whitespace() {
        *said.entry(word.into()).or_default() += 1;
    }
    said
}

#[test]
#[allow(clippy::print_stdout, reason = "says what was measured")]
fn precision_and_recall_over_the_corpus_are_high() {
    let last = {
        let (form, mut before) = tables();
        for (id, text) in
            [("cover.year", "2023"), ("requests.new.natural", "41"), ("requests.carried_in.natural", "2")]
        {
            type_into(&form, &mut before, id, text);
        }
        LastYear::new(form, before)
    };
    let (mut hits, mut said_in_all, mut wanted_in_all, mut sentences) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for (file, text, zeros) in FILES {
        let cases: Vec<(String, String)> = ron::from_str(text).unwrap();
        for (sentence, words) in cases {
            let (form, mut draft) = if zeros { empty_tables() } else { tables() };
            type_into(&form, &mut draft, "overview", &sentence);
            let (said, wanted) = (said_of(&form, &draft, &last), wanted(&words));
            hits +=
                wanted.iter().map(|(word, count)| *count.min(said.get(word).unwrap_or(&0))).sum::<usize>();
            said_in_all += said.values().sum::<usize>();
            wanted_in_all += wanted.values().sum::<usize>();
            sentences += 1;
            if said != wanted {
                wrong.push(format!("{file}: {sentence}\n    wanted {words:?}, said {said:?}"));
            }
        }
    }
    let (precision, recall) = (hits * 1000 / said_in_all, hits * 1000 / wanted_in_all);
    println!("{sentences} sentences, {wanted_in_all} to say: precision {precision}‰, recall {recall}‰");
    assert!(sentences >= 400, "{sentences}");
    assert!(precision >= LEAST * 10 && recall >= LEAST * 10, "{precision}‰ {recall}‰\n{}", wrong.join("\n"));
}
