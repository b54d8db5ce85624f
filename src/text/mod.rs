//! What holds for any text, whatever it says: each job in one place.

mod file_name;

pub use file_name::safe_file_name;
