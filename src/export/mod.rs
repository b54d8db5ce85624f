//! Drafts as files to hand in or to read by machine: one file per format.

pub mod json;
