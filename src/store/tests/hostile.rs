//! Files made to break the reader are refused in a sentence, soon.

use super::super::{Fault, LARGEST, load, parse, to_ron};
use super::sample;
use crate::form::Library;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const HEAD: &str = "(version: 1, forms: (disclosure: \"2021\", requests: \"2021\"), totals: auto, ";

#[test]
fn hostile_files_are_refused_in_a_sentence_within_a_second() {
    let n = 100_000;
    for (name, text) in [
        ("nested parentheses", "(".repeat(n)),
        ("nested in a cell", format!("{HEAD}requests: (new: (natural: {}", "(".repeat(n))),
        ("nested names", format!("{HEAD}requests: (new: (natural: {}", "N(".repeat(n))),
        ("nested options", format!("{HEAD}requests: (new: (natural: {}", "Some(".repeat(n))),
        ("nested lists", format!("{HEAD}overview: {}", "[".repeat(n))),
        ("nested maps", format!("{HEAD}notes: {}", "{".repeat(n))),
        ("nested comments", format!("{HEAD}{}", "/*".repeat(n))),
        ("nested version", format!("(version: {}", "(".repeat(n))),
        ("a number of 10,000 digits", format!("{HEAD}requests: (new: (natural: {}))", "9".repeat(10_000))),
        ("a year of 10,000 digits", format!("{HEAD}cover: (year: {}))", "9".repeat(10_000))),
        ("a long unknown name", format!("{HEAD}{}: 1)", "a".repeat(n))),
        ("a long name with digits first", format!("{HEAD}{}: 1)", "9a-".repeat(n))),
        ("a long raw string", format!("{HEAD}cover: (unit: r{}", "#".repeat(n))),
        ("quotes without end", format!("{HEAD}cover: (unit: \"{}", "\\u{1b}".repeat(n))),
        ("commas", format!("{HEAD}{}", ",".repeat(n))),
        ("doubled rows", format!("{HEAD}requests: ({}", "new: (),".repeat(n))),
        ("attributes", "#![enable(implicit_some)]".repeat(n)),
    ] {
        let started = Instant::now();
        let error = parse("x.ron", text.as_bytes(), &Library::new()).expect_err(name);
        // A bound against hanging, not a measurement: a busy machine must not fail it.
        assert!(started.elapsed() < Duration::from_secs(60), "{name}: {:?}", started.elapsed());
        assert!(error.message.chars().count() < 200, "{name}: {}", error.message.chars().count());
    }
}

#[test]
fn a_file_too_large_is_refused_before_it_is_read() {
    let error = parse("x.ron", &vec![b' '; LARGEST as usize + 1], &Library::new()).unwrap_err();
    assert_eq!(error.fault, Fault::TooLarge);
}

#[test]
fn what_is_no_file_is_refused() {
    let error = load(std::path::Path::new(env!("CARGO_MANIFEST_DIR")), &Library::new()).unwrap_err();
    assert_eq!(error.fault, Fault::NotAFile);
    let error = load(std::path::Path::new("没有/这个.ron"), &Library::new()).unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
    assert!(error.to_string().contains("不存在"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_draft_is_refused_or_read_and_saved_without_change(
        at in any::<prop::sample::Index>(),
        cut in 0usize..40,
        put in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..8),
            "\\PC{0,6}|[(){}\\[\\],:\"]{0,4}|-?[0-9]{1,30}(\\.5|e9)?".prop_map(String::into_bytes),
        ],
    ) {
        let (form, draft) = sample(2024);
        let mut bytes = to_ron(&form, &draft).into_bytes();
        let from = at.index(bytes.len());
        let to = (from + cut).min(bytes.len());
        bytes.splice(from..to, put);
        match parse("x.ron", &bytes, &Library::new()) {
            Ok(loaded) => {
                let text = to_ron(&loaded.form, &loaded.draft);
                let again = parse("x.ron", text.as_bytes(), &Library::new());
                prop_assert_eq!(again.map(|again| again.draft), Ok(loaded.draft));
            }
            Err(error) => {
                prop_assert!(error.message.chars().count() < 200, "{}", error);
                prop_assert!(!error.message.chars().any(char::is_control), "{:?}", error);
            }
        }
    }
}
