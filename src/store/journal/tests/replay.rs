//! What records say, and those that do not fit.

use std::sync::Arc;

use super::super::record::frame_json;
use super::*;
use crate::draft::{Totals, Value};
use crate::store::Fault;
use crate::store::disk::simulated::SimulatedDisk;

fn test_session(file: Option<&Fingerprint>) -> TestSession {
    TestSession::new(Arc::new(SimulatedDisk::new(1)), Path::new("/journal"), Some(Path::new("/a.ron")), file)
}

#[test]
fn records_that_do_not_fit_the_draft_end_the_replay() {
    let mut test_session = test_session(None);
    test_session.set("overview", "全年");
    let before = test_session.bytes();
    test_session.set("requests.new.natural", "3");
    let after = test_session.bytes();
    let good = &after[before.len()..];
    let text = |splice: &str| format!(r#"{{"do":[{{"a":[{{"t":["overview",{splice}]}}]}}]}}"#);
    let fits = r#"{"a":[{"t":["overview",[0,"","今年"]]}]}"#;
    for json in [
        text(r#"[7,"","x"]"#),
        text(r#"[1,"","x"]"#),
        text(r#"[0,"今年","x"]"#),
        text(r#"[18446744073709551615,"","x"]"#),
        text(r#"[6,"年","x"]"#),
        r#"{"do":[{"a":[{"t":["requests.new.natural",[0,"","x"]]}]}]}"#.into(),
        // What one key did is done whole or not at all.
        format!(r#"{{"do":[{fits},"redo"]}}"#),
        format!(r#"{{"do":[{fits},"undo","undo","undo"]}}"#),
        r#"{"do":["redo"]}"#.into(),
        r#"{"head":{"version":2}}"#.into(),
        r#"{"later":1}"#.into(),
        "{".into(),
    ] {
        let bytes = [&before, &*frame_json(json.as_bytes()), good].concat();
        let found = read(&bytes);
        assert_eq!(found.draft.text("overview"), "全年", "{json}");
        assert!(found.draft.get("requests.new.natural").is_blank(), "{json}: what comes after is left out");
        assert_eq!(
            (found.bytes_read, found.damaged_bytes),
            (before.len(), bytes.len() - before.len()),
            "{json}"
        );
    }
    let fitting = frame_json(text(r#"[6,"","里"]"#).as_bytes());
    assert_eq!(read(&[&before, &*fitting].concat()).draft.text("overview"), "全年里", "the records are read");
}

#[test]
fn a_checkpoint_in_the_middle_of_a_log_ends_the_replay() {
    let mut test_session = test_session(None);
    test_session.set("overview", "全年");
    let bytes = test_session.bytes();
    let found = read(&[&*bytes, &*bytes].concat());
    assert_eq!((found.bytes_read, found.damaged_bytes), (bytes.len(), bytes.len()));
}

#[test]
fn a_journal_of_another_version_is_refused_as_such() {
    for version in [1, 3] {
        let head =
            frame_json(format!(r#"{{"head":{{"version":{version},"since":"","text":""}}}}"#).as_bytes());
        for bytes in [head.clone(), [&*head, b"whatever"].concat()] {
            assert_eq!(recover("x", &bytes, &Library::new()).unwrap_err().fault, Fault::Newer, "{version}");
        }
    }
}

#[test]
fn a_history_that_makes_no_sense_is_no_harm() {
    let mut test_session = test_session(None);
    test_session.set("overview", "全年");
    test_session.set("overview", "全年共");
    test_session.save(&Fingerprint::of(b"saved"));
    let text = String::from_utf8(test_session.bytes()).unwrap();
    let mut records: Vec<String> =
        text.lines().map(|line| line.splitn(3, ' ').nth(2).unwrap().to_string()).collect();
    let checkpoint = records.last_mut().unwrap();
    *checkpoint = checkpoint.replace(r#""done":2"#, r#""done":99"#).replace(r#"[6,"""#, r#"[7,"x""#);
    assert!(checkpoint.contains("99") && checkpoint.contains(r#"[7,"x""#), "{checkpoint}");
    let bytes: Vec<u8> = records.iter().flat_map(|record| frame_json(record.as_bytes())).collect();
    let mut found = read(&bytes);
    assert_eq!(found.draft.text("overview"), "全年共");
    assert!(found.history.undo(&mut found.draft).is_none(), "a step that does not fit is not taken back");
    assert_eq!(found.draft.text("overview"), "全年共");
}

#[test]
fn typing_into_a_long_text_writes_only_what_changed() {
    let mut test_session = test_session(None);
    test_session.set("overview", &"全年共收到申请。".repeat(400));
    let before = test_session.journal.length();
    let longer = test_session.draft.text("overview").replacen("共收", "共新收", 1);
    test_session.type_on("overview", &longer);
    assert!(test_session.journal.length() - before < 80, "{}", test_session.journal.length() - before);
}

#[test]
fn whether_it_fits_the_file_is_asked_of_the_last_save() {
    let now = Fingerprint::of(b"whatever is in the file");
    let mut test_session = test_session(Some(&now));
    assert!(read(&test_session.bytes()).fits(Some(&now)));
    assert!(!read(&test_session.bytes()).fits(None));
    test_session.set("requests.new.natural", "3");
    let saved = Fingerprint::of(b"saved");
    test_session.save(&saved);
    assert!(read(&test_session.bytes()).is_saved());
    test_session.set("requests.new.natural", "4");
    let found = read(&test_session.bytes());
    assert!(found.fits(Some(&saved)) && !found.fits(Some(&now)) && !found.is_saved());
    assert_eq!(*found.saved.1.get("requests.new.natural"), Value::Count(3));
    assert_eq!(found.saved.1.totals, Totals::Auto);
}

#[test]
fn values_come_back_exactly() {
    let mut test_session = test_session(None);
    let kinds =
        [("disclosure.fees.amount", "1,234.50万元"), ("requests.new.legal", "—"), ("cover.year", "二〇二四")];
    for (id, text) in kinds {
        test_session.set(id, text);
    }
    assert_eq!(read(&test_session.bytes()).draft, test_session.draft);
    // And from a checkpoint.
    test_session
        .journal
        .checkpoint(&test_session.session, (&test_session.form, &test_session.draft, &test_session.history))
        .unwrap();
    assert_eq!(read(&test_session.bytes()).draft, test_session.draft);
}
