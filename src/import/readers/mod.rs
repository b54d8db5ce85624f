//! The readers, one file per format: each takes a source apart into paragraphs, tables and pictures.

mod archive;
mod asides;
pub mod csv;
pub mod doc;
pub mod docx;
mod formula;
pub mod html;
pub mod json;
pub mod markdown;
mod marked_tables;
pub mod mhtml;
pub mod open_document;
pub mod plain_text;
pub mod rtf;
mod source_builder;
pub mod spreadsheet;
pub mod word_xml;

pub use archive::Archive;
