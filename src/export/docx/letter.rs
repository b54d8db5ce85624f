//! A letter to a unit as a Word file, set like the report: a title, the unit addressed, paragraphs.

use super::pack_document;
use super::page_orientation::PageOrientation;
use super::section::{close_document, open_document};
use super::text_run::text_run;
use crate::export::printable::printable_line;
use crate::export::{ExportError, RIGHT_ALIGNED};

/// What a paragraph begins with in plain text, and by its style in Word.
const INDENT: char = '\u{3000}';

/// Returns a letter as a `.docx` file. Its first line is the title; a line that begins with no indent and ends
/// with a colon addresses somebody; one that begins with [`RIGHT_ALIGNED`] stands at the right; blank lines are
/// left out.
///
/// # Errors
/// Returns an error if the package is larger than its format allows; no letter is.
pub fn letter_to_docx(text: &str) -> Result<Vec<u8>, ExportError> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let title = printable_line(lines.next().unwrap_or_default());
    let mut out = open_document();
    write_line(&mut out, "Title", "", &title);
    for line in lines {
        let layout = if line.starts_with(RIGHT_ALIGNED) {
            "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"right\"/>"
        } else if !line.starts_with(INDENT) && line.ends_with('：') {
            "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>"
        } else {
            ""
        };
        write_line(&mut out, "BodyText", layout, &printable_line(line.trim_start_matches(INDENT)));
    }
    close_document(&mut out, PageOrientation::Portrait);
    pack_document(&out, &title)
}

fn write_line(out: &mut String, style: &str, layout: &str, text: &str) {
    out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{layout}</w:pPr>"));
    text_run(out, "", text);
    out.push_str("</w:p>");
}
