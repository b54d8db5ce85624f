//! Promises about every screen, through the real `update` and the real `draw`.

mod any_keys;
mod calm;
mod driver;
mod home_screen;
mod mouse;
mod open_cell;
mod own_keys;
mod pages;
mod undo;
