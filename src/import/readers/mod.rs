//! The readers, one file per format: each takes a source apart into paragraphs, tables and pictures.

mod archive;
mod asides;
pub mod csv;
pub mod doc;
pub mod docx;
mod drawn_table;
mod formula;
pub mod html;
pub mod json;
pub mod markdown;
mod marked_tables;
pub mod mhtml;
#[cfg(feature = "pdf")]
pub mod ofd;
pub mod open_document;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod plain_text;
pub mod rtf;
mod source_builder;
pub mod spreadsheet;
mod text_pages;
pub mod word_xml;
mod xml;

pub use archive::Archive;
