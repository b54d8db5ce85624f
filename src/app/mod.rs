//! The editor at a terminal: the event loop, performing effects, background jobs, recovery, and the
//! `doctor` command.

pub mod doctor;
mod draft_guard;
mod environment;
pub mod event_loop;
mod file_scan;
mod jobs;
mod recent_summary;
pub mod runtime;
