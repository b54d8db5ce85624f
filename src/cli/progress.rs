//! How far a long run is, on a terminal only.

use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;

use crate::units::files;

/// Returns a bar over all files of the paths, which is hidden unless the error stream is a terminal and
/// there are several files.
pub(super) fn progress_bar(is_terminal: bool, action: &str, paths: &[PathBuf]) -> ProgressBar {
    // Names only: quick beside reading the files, and it lets the bar know its end.
    let files = if is_terminal { files::list_drafts(paths).count() } else { 0 };
    progress_bar_of(is_terminal, action, files)
}

/// Returns a bar over so many files, hidden in the same cases.
pub(super) fn progress_bar_of(is_terminal: bool, action: &str, files: usize) -> ProgressBar {
    if !is_terminal || files < 2 {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template(&format!("{action} {{pos}}/{{len}} 份 {{wide_bar}} 还要 {{eta}}"));
    ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
