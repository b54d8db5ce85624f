//! All state of one sitting, and what a key does to it.
//!
//! This room knows no terminal: it is given [`key::Event`]s and asks for reading and writing by
//! returning effects.

pub mod ambiguous;
pub mod key;
