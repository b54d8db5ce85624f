//! Word files in one XML file: as Word 2003 wrote them, and the newer format without its archive.

use super::super::ImportError;
use super::super::source::Source;
use super::asides::Asides;
use super::docx;
use crate::import::SourceFormat;

/// Returns whether a text is such a file.
pub fn is_word_xml(text: &str) -> bool {
    let head: String = text.chars().take(4_000).collect();
    head.trim_start().starts_with('<')
        && (head.contains("<w:wordDocument")
            || head.contains("<pkg:package") && text.contains("/word/document.xml"))
}

/// Reads a Word file of either kind.
///
/// # Errors
/// Returns an error if it is broken, or is larger or more deeply nested than any report.
pub fn read(text: &str) -> Result<Source, ImportError> {
    let broken = ImportError::Broken("这个 Word 文件");
    // The parts of a package say their names; in the older format all is in one document.
    let part = |name: &str| {
        let (_, rest) = text.split_once(&format!("pkg:name=\"{name}"))?;
        rest.split("</pkg:part>").next()
    };
    let main = part("/word/document.xml").unwrap_or(text);
    let styles = part("/word/styles.xml").or_else(|| elements(text, "w:styles").next()).unwrap_or_default();
    let body = elements(main, "w:body").next().ok_or(broken)?;
    let styles = docx::hidden_styles(styles);
    let mut asides = Asides::default();
    for (what, element) in [("页眉", "w:hdr"), ("页脚", "w:ftr")] {
        for xml in elements(text, element) {
            asides.add(what, docx::visible_parts(xml, styles.clone())?);
        }
    }
    let mut parts = docx::visible_parts(body, styles)?;
    parts.append(&mut asides.parts);
    Ok(Source { format: SourceFormat::Docx, parts })
}

/// Returns the elements of a name, from their start tag up to their end tag, where none is inside another.
fn elements<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let from = rest.find(&start)?;
            let element = &rest[from..];
            let is_whole_name = element[start.len()..].starts_with(['>', ' ', '\n', '\r', '\t']);
            let length = if is_whole_name { element.find(&end)? + end.len() } else { start.len() };
            rest = &element[length..];
            if is_whole_name {
                return Some(&element[..length]);
            }
        }
    })
}
