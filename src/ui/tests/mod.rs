//! Promises about every screen, through the real `update` and the real `draw`.

mod any_keys;
mod hand;
mod own_keys;
mod undo;
