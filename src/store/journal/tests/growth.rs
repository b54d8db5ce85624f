//! A day of typing leaves a small journal and a small history.

use std::sync::Arc;
use std::time::Instant;

use super::*;
use crate::edit::Delta;
use crate::store::disk::SystemDisk;

/// The sentence that is typed and taken out again, many times over.
const SENTENCE: &str = "本年度共收到政府信息公开申请，均在法定期限内答复。";

/// The longest a journal may become, and the most that the steps of a history may keep.
const JOURNAL: u64 = 4 * 1024 * 1024;
const HISTORY: usize = 2 * 1024 * 1024;

/// `NIANBAO_KEYS=200000 cargo test --release growth -- --nocapture` types as many.
#[test]
fn a_day_of_typing_leaves_a_small_journal_and_history() {
    let keys: usize = std::env::var("NIANBAO_KEYS").ok().and_then(|keys| keys.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("甲.ron");
    let mut test_session =
        TestSession::new(Arc::new(SystemDisk), &folder.path().join("journal"), Some(&path), None);
    test_session.set("overview", &"全年共收到申请。".repeat(200));
    let base = test_session.draft.text("overview").to_string();
    let cells: Vec<_> = test_session.form.fields().iter().map(|field| field.id.clone()).collect();
    let cells: Vec<_> = cells.iter().filter(|id| id.as_str().starts_with("requests.")).collect();
    let (mut typed, mut longest) = (0, 0);
    let mut round = 0usize;
    while typed < keys {
        round += 1;
        // A sentence is typed, and taken out key by key.
        let lengths: Vec<usize> = SENTENCE.char_indices().map(|(at, _)| at).chain([SENTENCE.len()]).collect();
        for length in lengths.iter().skip(1).chain(lengths.iter().rev().skip(1)) {
            test_session.type_on("overview", &format!("{base}{}", &SENTENCE[..*length]));
        }
        typed += 2 * (lengths.len() - 1);
        test_session.history.close_group();
        test_session.record();
        // Some cells are typed into, digit by digit.
        for step in 0..10 {
            let (id, text) = (cells[(round + step) % cells.len()].as_str(), (round * 10 + step).to_string());
            for end in 1..=text.len() {
                test_session.type_on(id, &text[..end]);
            }
            typed += text.len();
            test_session.history.close_group();
            test_session.record();
        }
        longest = longest.max(std::fs::metadata(test_session.journal.path()).expect("the journal").len());
    }
    let bytes = test_session.bytes();
    let begun = Instant::now();
    let found = read(&bytes);
    let kept = size(&found.history);
    println!(
        "{typed} keys: at most {} KB of journal, {} KB of steps, read in {:?}",
        longest / 1024,
        kept / 1024,
        begun.elapsed()
    );
    assert!(longest <= JOURNAL, "{longest} bytes");
    assert!(kept <= HISTORY && kept == size(&test_session.history), "{kept} bytes");
    assert_eq!((&found.draft, found.damaged_bytes), (&test_session.draft, 0));
    assert_eq!(found.history, test_session.history);
}

/// Returns what the steps of a history keep in memory.
fn size(history: &History) -> usize {
    let history = serde_json::to_value(history).expect("a history");
    let steps: Vec<Delta> = serde_json::from_value(history["steps"].clone()).expect("its steps");
    steps.iter().map(Delta::size).sum()
}
