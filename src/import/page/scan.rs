//! Pages that are pictures, and text that was recognised from them.

use super::super::ImportError;
use super::super::source::SourcePart;
use super::model::Page;

/// A page with fewer characters has no text worth reading.
const FEW: usize = 20;
/// How much of a scanned page its picture covers.
const PICTURE: f32 = 0.4;
/// So many curved shapes are characters drawn as outlines.
const OUTLINES: usize = 200;

/// Takes the pages that are pictures out of the pages, and text that is not shown out of those that are not.
/// Returns what is to be said of them, each at its page.
///
/// # Errors
/// Returns `scanned` if all pages with anything on them are pictures.
pub fn take_scans(pages: &mut [Page], scanned: ImportError) -> Result<Vec<SourcePart>, ImportError> {
    let mut notes = Vec::new();
    let mut has_text = false;
    for page in pages.iter_mut() {
        let printed = |page: &Page| page.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()).count();
        let is_picture = page.picture_share > PICTURE;
        let shown = page.glyphs.iter().filter(|glyph| !glyph.hidden && !glyph.c.is_whitespace()).count();
        if shown >= FEW || !is_picture {
            // What is hidden on a page with text of its own says it twice, or is meant for programs.
            page.glyphs.retain(|glyph| !glyph.hidden);
        } else if printed(page) >= FEW {
            let text = format!("第 {} 页的文字是软件从图片识别的，请逐格核对。", page.number);
            notes.push(SourcePart::Aside { line: page.number, text });
        }
        let is_scan = printed(page) < FEW && (is_picture || page.outlines >= OUTLINES);
        has_text |= printed(page) > 0 && !is_scan;
        if is_scan {
            notes.push(SourcePart::Picture { line: page.number });
            let text = format!("第 {} 页是图片，没有读入。", page.number);
            notes.push(SourcePart::Aside { line: page.number, text });
            page.glyphs.clear();
            page.rules.clear();
        }
    }
    let is_picture = |note: &SourcePart| matches!(note, SourcePart::Picture { .. });
    if !has_text && notes.iter().any(is_picture) { Err(scanned) } else { Ok(notes) }
}
