//! Any bytes as an older Word file, and as its streams: its parts or a sentence, never a panic.
#![no_main]

use std::io::{Cursor, Write};
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use nianbao::form::Library;
use nianbao::import::import;

/// The forms, read once.
fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(Library::new)
}

/// Returns a Word file whose streams are these.
fn word_file(main: &[u8], table: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    for (name, content) in [("/WordDocument", main), ("/0Table", table), ("/1Table", table)] {
        file.create_stream(name).ok()?.write_all(content).ok()?;
    }
    Some(file.into_inner().into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let _ = import("a.doc", bytes, "2026-01-20", library());
    // The container around them would keep the engine from ever reaching the streams.
    let (main, table) = bytes.split_at(bytes.len() / 2);
    if let Some(file) = word_file(main, table) {
        let _ = import("a.doc", &file, "2026-01-20", library());
    }
});
