//! Published reports at hand against their transcriptions.

use std::path::PathBuf;

use super::super::{Import, State, import, json};
use crate::draft::{Draft, Value};
use crate::form::{Form, Library};

/// The folder of published reports, where it is at hand.
fn reports() -> Option<PathBuf> {
    let base = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    ["../shared/reports", "../../shared/reports"].iter().map(|at| base.join(at)).find(|path| path.is_dir())
}

fn is_cell(form: &Form, id: &str) -> bool {
    form.field(id).is_some_and(|field| field.kind.is_number())
}

/// Cells of 二–四 that differ from the transcription, that are missing, and that agree.
fn compare(found: &Import, expected: &Draft, form: &Form) -> (Vec<String>, Vec<String>, usize) {
    let (mut wrong, mut missing, mut right) = (Vec::new(), Vec::new(), 0);
    for field in form.fields().iter().filter(|field| is_cell(form, field.id.as_str())) {
        let id = field.id.as_str();
        let (got, want) = (found.draft.get(id), expected.get(id));
        let open = found.open.iter().find(|open| open.field == field.id);
        match open.map(|open| open.state) {
            Some(State::NotFound | State::Ambiguous) => missing.push(id.to_string()),
            Some(State::Blank) if *want == Value::Blank => right += 1,
            Some(State::Blank) => wrong.push(format!("{id}: blank, should be {}", want.typed())),
            None if got == want => right += 1,
            None => wrong.push(format!("{id}: {} should be {}", got.typed(), want.typed())),
        }
    }
    (wrong, missing, right)
}

#[test]
fn every_published_report_at_hand_is_read_as_transcribed() {
    let Some(folder) = reports() else {
        println!("no published reports at hand, nothing was compared");
        return;
    };
    let library = Library::new();
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_string();
        let stem = name.split('.').next().unwrap();
        let expected = folder.join(format!("{stem}.expected.json"));
        if name.ends_with(".json") || name == "README.md" || !expected.exists() {
            continue;
        }
        let transcription = std::fs::read_to_string(&expected).unwrap();
        let expected = json::from_json(&transcription, &library).unwrap().draft;
        let found = import(&name, &std::fs::read(&file).unwrap(), "2026-01-20", &library).unwrap();
        let form = found.draft.form(&library).unwrap();
        let (wrong, missing, right) = compare(&found, &expected, &form);
        println!("{name}: {right} right, {} open, {} wrong", missing.len(), wrong.len());
        if std::env::var("SHOW").is_ok() {
            println!("{:?} {:?}", found.draft.forms, expected.forms);
            for id in [
                "cover.title",
                "cover.unit",
                "cover.year",
                "cover.signed_by",
                "cover.date",
                "preface",
                "overview",
                "problems",
                "other_matters",
            ] {
                println!("  {id} = {}", found.draft.get(id).typed());
            }
            for unplaced in &found.unplaced {
                println!("  unplaced {}: {}", unplaced.line, unplaced.text);
            }
            println!("missing {missing:?}");
            for open in found.open.iter().filter(|open| open.state != State::Blank).take(40) {
                println!("  open {:?}", open);
            }
            println!("wrong {wrong:?}");
        }
        assert_eq!(wrong, [""; 0], "{name}");
    }
}
