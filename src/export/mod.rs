//! Drafts as files to submit or for programs to read: one file per format, over one layout of the report,
//! so that the formats cannot disagree.
//!
//! Nothing here alters a number: what was typed is what is printed. The same draft gives the same
//! bytes, always: no clock is read. Writing to disk is the store's.
//!
//! The cover's 数据范围, 机关类别 and 行政层级 are not part of a printed report: docx, html, md and txt do not have
//! them, and so they are blank in what is read back from those.

#[cfg(any(feature = "docx", feature = "xlsx"))]
mod archive;
pub mod column_widths;
pub mod csv;
#[cfg(feature = "docx")]
pub mod docx;
mod error;
mod escape;
mod format;
pub mod html;
pub mod json;
pub mod layout;
mod letter;
pub mod markdown;
mod pipe_table;
pub mod plain_text;
pub mod preview;
mod printable;
mod row_heights;
#[cfg(test)]
mod tests;
mod title;
#[cfg(feature = "xlsx")]
pub mod xlsx;

pub use error::ExportError;
pub use format::Format;
pub use letter::{NOTES_NAME, RIGHT_ALIGNED};
