//! Any bytes read as a report in the form of plain text: a draft or a sentence, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::form::Library;
use nianbao::import::import;
use std::sync::OnceLock;

/// The forms, read once.
fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(Library::new)
}

fuzz_target!(|bytes: &[u8]| {
    let _ = import("a.txt", bytes, "2026-01-20", library());
});
