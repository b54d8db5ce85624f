//! Files made to do harm, read by the real program within bounds of time and memory, and files that other
//! programs print.

mod bounds;
mod hostile;
#[cfg(feature = "pdf")]
mod hostile_pages;
#[cfg(feature = "pdf")]
mod ofd_print;
mod office;
mod old_word;
#[cfg(feature = "pdf")]
pub mod printed;
mod program;
#[cfg(feature = "pdf")]
mod round_trips;
