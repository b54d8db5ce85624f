//! The terminal, and the loop between it and a sitting.

pub mod decode;
