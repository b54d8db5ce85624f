//! What a whole check costs: it runs at every key, so it must stay under a thousandth of a second.
//!
//! `cargo bench --bench check`
#![allow(clippy::unwrap_used, reason = "a measurement stops where it cannot go on")]

mod report;

use std::sync::Arc;

use nianbao::check::{Context, LastYear, check, compare_narratives};
use nianbao::draft::Draft;
use nianbao::form::Form;
use report::{contradicting, long, sample};

fn main() {
    divan::main();
}

/// What runs at every key.
#[divan::bench]
fn whole_check_beside_last_year(bencher: divan::Bencher) {
    beside_last_year(bencher, sample());
}

/// The same with narratives of twenty thousand characters.
#[divan::bench]
fn whole_check_of_long_narratives_beside_last_year(bencher: divan::Bencher) {
    beside_last_year(bencher, long());
}

fn beside_last_year(bencher: divan::Bencher, (form, draft, last): (Arc<Form>, Draft, Draft)) {
    let last = LastYear::new(form.clone(), last);
    bencher.bench(|| {
        check(&form, divan::black_box(&draft), Context { last_year: Some(&last), ..Context::default() })
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
    let last = LastYear::new(form.clone(), before);
    bencher.bench(|| {
        check(&form, divan::black_box(&draft), Context { last_year: Some(&last), ..Context::default() })
    });
}

#[divan::bench]
fn figures_of_the_narratives(bencher: divan::Bencher) {
    let (form, draft, _) = sample();
    bencher.bench(|| compare_narratives(&form, divan::black_box(&draft)));
}
