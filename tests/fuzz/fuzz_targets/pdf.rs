//! Any content of a page of a PDF, and any bytes as one: a draft or a sentence, never a panic.
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

/// A page with some content. Its table of objects is left to be rebuilt.
fn page(content: &[u8]) -> Vec<u8> {
    let head = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n\
        5 0 obj<</Type/Font/Subtype/Type0/Encoding/UniGB-UTF16-H/DescendantFonts[<</DW 1000>>]>>endobj\n";
    let mut file = head.as_bytes().to_vec();
    file.extend(format!("4 0 obj<</Length {}>>stream\n", content.len()).bytes());
    file.extend(content);
    file.extend(b"\nendstream endobj\ntrailer<</Size 6/Root 1 0 R>>\n%%EOF");
    file
}

fuzz_target!(|bytes: &[u8]| {
    // The objects around it would keep the engine from ever reaching the content.
    let _ = import("a.pdf", &page(bytes), "2026-01-20", library());
    let _ = import("a.pdf", bytes, "2026-01-20", library());
});
