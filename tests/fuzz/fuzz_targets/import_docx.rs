//! Any XML as the main document of a Word file: its parts or a sentence, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::form::Library;
use nianbao::import::{import, read_document};
use std::sync::OnceLock;

/// The forms, read once.
fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(Library::new)
}

fuzz_target!(|bytes: &[u8]| {
    // The archive around it would keep the engine from ever reaching the XML.
    let _ = read_document(&String::from_utf8_lossy(bytes));
    let _ = import("a.docx", bytes, "2026-01-20", library());
});
