//! The editor at a terminal: the event loop, performing effects, background jobs, recovery, and the
//! `doctor` command.

pub mod doctor;
pub mod event_loop;
mod file_scan;
mod host;
mod jobs;
mod recent_summary;
pub mod runtime;
mod session;
