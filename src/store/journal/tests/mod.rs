//! Whatever was written down comes back, with the undo history; damage costs only what it touched.

mod histories;
