//! The readers, one file per format: each takes a source apart into paragraphs, tables and pictures.

mod archive;
mod asides;
pub mod csv;
pub mod doc;
pub mod docx;
pub mod html;
pub mod json;
pub mod markdown;
mod marked_tables;
pub mod plain_text;
mod source_builder;
pub mod spreadsheet;

pub use archive::Archive;
