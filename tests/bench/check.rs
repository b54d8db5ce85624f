//! What a whole check costs: it runs at every key, so it must stay under a thousandth of a second.
//!
//! `cargo bench --bench check`
#![allow(clippy::unwrap_used, reason = "a measurement stops where it cannot go on")]

mod report;

use nianbao::check::{Checks, Context, Past, Recall, check, readings};
use nianbao::draft::{Ledger, Value};
use report::{contradicting, sample};

fn main() {
    divan::main();
}

/// What runs at every key: amounts and checks after one change, with what the look before has kept.
#[divan::bench(args = ["number", "character"])]
fn look_again_after_a(bencher: divan::Bencher, what: &str) {
    let (form, mut draft, last) = sample();
    let last = Past::new(form.clone(), last);
    let (checks, mut recall) = (Checks::new(), Recall::default());
    let text = draft.text("overview").to_string();
    let mut turn = 0;
    bencher.bench_local(|| {
        turn = (turn + 1) % 2;
        if what == "number" {
            draft.set("requests.new.natural", Value::Count(41 + turn));
        } else {
            let longer = if turn == 0 { text.clone() } else { format!("{text}又") };
            draft.set("overview", Value::Text(longer));
        }
        let ledger = Ledger::new(&form, &draft);
        let context = Context { last: Some(&last), ..Context::default() };
        let seen = checks.look(&form, &draft, &ledger, context, std::mem::take(&mut recall));
        recall = seen.recall;
        seen.findings
    });
}

/// What runs when a report is opened, or checked by the command.
#[divan::bench]
fn whole_check_beside_last_year(bencher: divan::Bencher) {
    let (form, draft, last) = sample();
    let last = Past::new(form.clone(), last);
    bencher.bench(|| {
        check(&form, divan::black_box(&draft), Context { last: Some(&last), ..Context::default() })
    });
}

#[divan::bench]
fn whole_check_alone(bencher: divan::Bencher) {
    let (form, draft, _) = sample();
    bencher.bench(|| check(&form, divan::black_box(&draft), Context::default()));
}

/// A report with over a hundred findings, each with its words.
#[divan::bench]
fn whole_check_of_a_report_that_contradicts_itself(bencher: divan::Bencher) {
    let (form, draft) = contradicting(2024);
    let (_, before) = contradicting(2023);
    let last = Past::new(form.clone(), before);
    bencher.bench(|| {
        check(&form, divan::black_box(&draft), Context { last: Some(&last), ..Context::default() })
    });
}

#[divan::bench]
fn figures_of_the_narratives(bencher: divan::Bencher) {
    let (form, draft, _) = sample();
    bencher.bench(|| readings(&form, divan::black_box(&draft)));
}
