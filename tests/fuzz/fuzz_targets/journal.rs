//! Any bytes after a whole head of a journal, and steps whose checksums are right: never a panic, and
//! what was replayed can be taken back to the draft it began with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::draft::Draft;
use nianbao::form::Library;
use nianbao::store::journal::{Head, encode_head, frame, replay};
use nianbao::store::to_ron;
use std::sync::OnceLock;

fuzz_target!(|bytes: &[u8]| {
    static START: OnceLock<(Library, Vec<u8>)> = OnceLock::new();
    let (library, head) = START.get_or_init(|| {
        let library = Library::new();
        let draft = Draft::new("示例市某局", 2024, &library);
        let form = draft.form(&library).expect("a built-in form");
        let text = to_ron(&form, &draft);
        let head = encode_head(&Head { draft: None, since: String::new(), text, base: Some((1, 1)) });
        (library, head)
    });
    let _ = replay("x", bytes, library);
    // Each line of the input as a record that was written whole.
    let mut journal = head.clone();
    for line in bytes.split(|byte| *byte == b'\n') {
        journal.extend(frame(line));
    }
    let mut found = replay("x", &journal, library).expect("the head is whole");
    let start = replay("x", head, library).expect("the head is whole").draft;
    while found.history.undo(&mut found.draft).is_some() {}
    assert_eq!(found.draft, start);
});
