//! The report as a Word file that looks like an official document (GB/T 9704—2012).
//!
//! A package of eleven small parts written with `zip`: everything that does not depend on the draft is a file
//! beside this one, as it is in the package. Word accepts children in one order only; the order of elements
//! here is the schema's.

mod body;
mod cell;
mod letter;
mod page_orientation;
mod paragraph;
mod section;
mod signature;
mod table;
mod text_run;

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::ExportError;
use super::archive::set_system_to_unix;
use super::escape::escape_markup;
use super::layout::Report;
use crate::draft::Draft;
use crate::form::Form;

pub use letter::letter_to_docx;

/// Returns the report as a `.docx` file.
///
/// # Errors
/// Returns an error if the package is larger than its format allows; no report is.
pub fn to_docx(form: &Form, draft: &Draft) -> Result<Vec<u8>, ExportError> {
    let report = Report::new(form, draft);
    pack_document(&body::document_xml(&report), &report.name)
}

/// Packs `word/document.xml` with the parts that all documents have.
fn pack_document(document: &str, title: &str) -> Result<Vec<u8>, ExportError> {
    let core = core_properties(title);
    let parts: [(&str, &str); 11] = [
        ("[Content_Types].xml", include_str!("content_types.xml")),
        ("_rels/.rels", include_str!("package_rels.xml")),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", include_str!("document_rels.xml")),
        ("word/styles.xml", include_str!("styles.xml")),
        ("word/settings.xml", include_str!("settings.xml")),
        ("word/fontTable.xml", include_str!("fontTable.xml")),
        ("word/theme/theme1.xml", include_str!("theme.xml")),
        ("word/footer1.xml", include_str!("footer_odd.xml")),
        ("word/footer2.xml", include_str!("footer_even.xml")),
        ("docProps/core.xml", &core),
    ];
    pack_parts(&parts).map_err(|_| ExportError::Broken("文件压缩不了，请换一种格式"))
}

fn pack_parts(parts: &[(&str, &str)]) -> Result<Vec<u8>, zip::result::ZipError> {
    // A fixed time: the same draft is the same file.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        package.start_file(*name, options)?;
        package.write_all(content.as_bytes())?;
    }
    let mut bytes = package.finish()?.into_inner();
    set_system_to_unix(&mut bytes);
    Ok(bytes)
}

fn core_properties(title: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>\n",
        escape_markup(title)
    )
}
