//! PDF files: characters and ruling lines at their places, which [`page`](super::super::page) puts together.
//!
//! `lopdf` opens the objects; fonts, maps and content streams are read here, within bounds. Nothing is drawn,
//! no script, link or attachment is opened.

mod bounds;
mod cmap;
mod content;
mod encodings;
mod file;
mod font;
mod inflate;
mod lexer;
mod operands;
#[cfg(test)]
mod sample_file;
#[cfg(test)]
mod tests;
mod text;

use super::super::ImportError;
use super::super::page::{self, Page};
use super::super::source::Source;
use crate::import::SourceFormat;
use content::ContentReader;
use file::PdfFile;

/// Reads a PDF.
///
/// # Errors
/// Returns an error if it is damaged, needs a password, holds pictures instead of text, or more than any report.
pub fn read(bytes: &[u8]) -> Result<Source, ImportError> {
    let file = PdfFile::open(bytes)?;
    let mut reader = ContentReader::new(&file);
    let mut pages: Vec<Page> = Vec::new();
    for (at, source) in file.pages()?.iter().enumerate() {
        pages.push(reader.read(at + 1, source)?);
    }
    page::source(SourceFormat::Pdf, SCANNED, pages)
}

const SCANNED: ImportError = ImportError::Unsupported(
    "这份 PDF 是扫描的图片，里面没有文字，读不出数字。请向制作单位要 Word 版，或先用识别软件转成 .docx 再导入；识别的数要逐格核对。",
);
