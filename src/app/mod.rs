//! The terminal, and the loop between it and a sitting.

pub mod backend;
pub mod decode;
pub mod glyph;
pub mod paint;
pub mod pen;
pub mod scroll;
pub mod travel;
