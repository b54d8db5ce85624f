//! Published reports beside the repository: what the check finds in their tables after the import is
//! what was written down by hand, and nothing else.

use nianbao::check::{Context, check};
use nianbao::form::Library;
use nianbao::import::import;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn folder() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    ["../shared/reports", "../../shared/reports"].map(|way| root.join(way)).into_iter().find(|it| it.is_dir())
}

/// A relation by its rule and what it stands in: T1 and T2 in a column, T3 and T4 in a row.
fn relation(rule: &str, field: &str) -> String {
    let part = if rule == "T1" || rule == "T2" { 2 } else { 1 };
    format!("{rule} {}", field.split('.').nth(part).unwrap_or_default())
}

#[test]
fn the_sums_that_a_source_breaks_are_those_of_its_transcription() {
    let Some(folder) = folder() else {
        crate::skipped::skipped("../shared/reports is not there");
        return;
    };
    let library = Library::new();
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in names {
        let Some(stem) = name.split('.').next() else { continue };
        let Ok(known) = std::fs::read_to_string(folder.join(format!("{stem}.expected.json"))) else {
            continue;
        };
        if name.ends_with(".json") {
            continue;
        }
        let known: Json = serde_json::from_str(&known).unwrap();
        let found =
            import(&name, &std::fs::read(folder.join(&name)).unwrap(), "2026-01-20", &library).unwrap();
        let form = found.draft.form(&library).unwrap();
        let (mut broken, mut missing) = (BTreeSet::new(), BTreeSet::new());
        for finding in check(&form, &found.draft, Context::default()) {
            let first = finding.fields.first().map_or("", |field| field.as_str());
            match finding.rule.as_str() {
                rule @ ("T1" | "T2" | "T3" | "T4") => broken.insert(relation(rule, first)),
                "D0" => missing.insert(first.to_string()),
                _ => false,
            };
        }
        let pairs: Vec<(String, String)> = serde_json::from_value(known["relations_broken"].clone()).unwrap();
        let expected: BTreeSet<String> =
            pairs.iter().map(|(rule, place)| format!("{rule} {place}")).collect();
        assert_eq!(broken, expected, "{name}");
        let expected: BTreeSet<String> = serde_json::from_value(known["missing_totals"].clone()).unwrap();
        assert_eq!(missing, expected, "{name}");
        println!("{name}: {} sums broken, {} totals missing, as by hand", broken.len(), missing.len());
    }
}
