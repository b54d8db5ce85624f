//! Any content of a page of an OFD file, and any bytes as one: a draft or a sentence, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::form::Library;
use nianbao::import::import;
use std::io::{Cursor, Write};
use std::sync::OnceLock;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The forms, read once.
fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(Library::new)
}

/// A document of one page.
const ROOT: &str = "<OFD><DocRoot>Document.xml</DocRoot></OFD>";
const DOCUMENT: &str = "<Document><Pages><Page ID=\"1\" BaseLoc=\"Content.xml\"/></Pages></Document>";

fn page(content: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("OFD.xml", ROOT.as_bytes()), ("Document.xml", DOCUMENT.as_bytes()), ("Content.xml", content)] {
        zip.start_file(name, SimpleFileOptions::default()).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    // The archive around it would keep the engine from ever reaching the XML.
    if let Some(file) = page(bytes) {
        let _ = import("a.ofd", &file, "2026-01-20", library());
    }
    let _ = import("a.ofd", bytes, "2026-01-20", library());
});
