//! Any bytes after the head and the checkpoint of a journal, and records whose checksums are right: never
//! a panic, and what was replayed can be taken back to the draft it began with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::draft::Draft;
use nianbao::edit::History;
use nianbao::form::Library;
use nianbao::store::disk::{Disk, SystemDisk};
use nianbao::store::journal::{JournalWriter, SavedState, frame_json, recover};
use std::path::Path;
use std::sync::{Arc, OnceLock};

fuzz_target!(|bytes: &[u8]| {
    static START: OnceLock<(Library, Vec<u8>)> = OnceLock::new();
    let (library, start) = START.get_or_init(start);
    let _ = recover("x", bytes, library);
    // Each line of the input as a record that was written whole.
    let mut journal = start.clone();
    for line in bytes.split(|byte| *byte == b'\n') {
        journal.extend(frame_json(line));
    }
    let mut found = recover("x", &journal, library).expect("the checkpoint is whole");
    assert_eq!(found.bytes_read + found.damaged_bytes, journal.len());
    let first = recover("x", start, library).expect("the checkpoint is whole").draft;
    while found.history.undo(&mut found.draft).is_some() {}
    assert_eq!(found.draft, first);
});

/// The forms, and a journal in which nothing was typed yet.
fn start() -> (Library, Vec<u8>) {
    let library = Library::new();
    let draft = Draft::new("示例市某局", 2024, &library);
    let form = draft.form(&library).expect("an official form");
    let saved = (form.clone(), draft.clone());
    let session = SavedState { path: None, since: String::new(), saved, on_disk: Some((1, 1)) };
    let folder = std::env::temp_dir().join(format!("nianbao-fuzz-{}", std::process::id()));
    let disk: Arc<dyn Disk> = Arc::new(SystemDisk);
    let now = (&*form, &draft, &History::new());
    let writer = JournalWriter::begin(&disk, &library, &folder, &session, now).expect("a journal");
    let bytes = std::fs::read(Path::new(writer.path())).expect("the journal");
    writer.finish().expect("nothing is left behind");
    let _ = std::fs::remove_dir(folder);
    (library, bytes)
}
