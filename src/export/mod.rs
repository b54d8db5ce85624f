//! Drafts as files to hand in or to read by machine: one file per format, over one layout of the
//! report, so that the formats cannot disagree.
//!
//! Nothing here alters a number: what was typed is what is printed. The same draft gives the same
//! bytes, always: no clock is read. Writing to disk is the store's.

pub mod csv;
#[cfg(feature = "docx")]
pub mod docx;
mod escape;
mod format;
pub mod html;
pub mod json;
pub mod layout;
pub mod markdown;
mod plain;
pub mod preview;
#[cfg(test)]
mod tests;
pub mod text;
pub mod widths;
#[cfg(feature = "xlsx")]
pub mod xlsx;

pub use format::{ExportError, Format};
