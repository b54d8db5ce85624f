//! The readers, one file per format: each takes a source apart into paragraphs, tables and pictures.

mod archive;
pub mod csv;
pub mod docx;
mod drawn_table;
pub mod html;
pub mod json;
pub mod markdown;
pub mod plain_text;
mod source_builder;
pub mod spreadsheet;

pub use archive::Archive;
