//! The readers, one file per format: each takes a source apart into paragraphs, tables and pictures.

mod archive;
pub mod csv;
pub mod docx;
pub mod html;
pub mod json;
pub mod markdown;
#[cfg(feature = "pdf")]
pub mod ofd;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod plain_text;
mod source_builder;
pub mod spreadsheet;

pub use archive::Archive;
