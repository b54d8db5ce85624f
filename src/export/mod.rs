//! Drafts as files to hand in or to read by machine: one file per format, over one layout of the
//! report, so that the formats cannot disagree.
//!
//! Nothing here alters a number: what was typed is what is printed. The same draft gives the same
//! bytes, always: no clock is read. Writing to disk is the store's.

pub mod csv;
mod escape;
pub mod html;
pub mod json;
pub mod layout;
pub mod markdown;
mod plain;
#[cfg(test)]
mod tests;
pub mod text;
pub mod widths;
