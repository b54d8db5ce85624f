//! Published reports and exchanged files as drafts: one file per format, nothing guessed in silence.

pub mod json;
