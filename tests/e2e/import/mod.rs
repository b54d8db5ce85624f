//! Files made to do harm, read by the real program within bounds of time and memory.

mod bounds;
mod hostile;
mod office;
mod old_word;
mod program;
