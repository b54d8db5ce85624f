//! A compiled report against a sum made by another program from the exported reports.

use crate::generator;
use crate::skipped::skipped;
use nianbao::export::json::to_json;
use nianbao::form::Library;
use nianbao::store;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

const UNITS: u64 = 200;

#[test]
fn two_hundred_units_add_up_as_another_program_says() {
    if !Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success()) {
        skipped("no python3");
        return;
    }
    let library = Library::new();
    for year in [2020, 2024] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sum-{year}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("drafts")).unwrap();
        fs::create_dir_all(folder.join("exports")).unwrap();
        for number in 0..UNITS {
            let (form, draft) = generator::draft(number, year, &library);
            fs::write(folder.join(format!("drafts/{number:03}.ron")), store::to_ron(&form, &draft)).unwrap();
            let json = to_json(&form, &draft).to_string();
            fs::write(folder.join(format!("exports/{number:03}.json")), json).unwrap();
        }
        let compiled = Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(["compile", "drafts", "-o", "total.ron"])
            .current_dir(&folder)
            .output()
            .unwrap();
        assert_eq!(compiled.status.code(), Some(0), "{}", String::from_utf8_lossy(&compiled.stderr));
        let total = store::load(&folder.join("total.ron"), &library).unwrap();
        assert_eq!(total.draft.compiled.as_ref().unwrap().units.len(), 200);
        let ours = to_json(&total.form, &total.draft);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/scale/sum.py");
        let theirs = Command::new("python3").arg(script).arg(folder.join("exports")).output().unwrap();
        assert!(theirs.status.success(), "{}", String::from_utf8_lossy(&theirs.stderr));
        let theirs: Value = serde_json::from_slice(&theirs.stdout).unwrap();
        let mut compared = 0;
        for field in total.form.fields().iter().filter(|field| field.kind.is_number()) {
            let id = field.id.as_str();
            assert!(
                same(&ours["fields"][id], &theirs[id]),
                "{year} {id}: {} {}",
                ours["fields"][id],
                theirs[id]
            );
            compared += 1;
        }
        assert_eq!(compared, if year == 2020 { 161 + 22 + 15 } else { 175 + 10 + 15 });
    }
}

/// Equal as numbers: `12.50` is `12.5`, of the same unit.
fn same(one: &Value, other: &Value) -> bool {
    let plain = |value: &Value| {
        let text = value.as_str()?;
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let number =
            if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
        Some((number.to_string(), unit.to_string()))
    };
    one == other || plain(one).is_some() && plain(one) == plain(other)
}
