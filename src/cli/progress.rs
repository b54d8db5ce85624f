//! How far a long run is, on a terminal only.

use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;

use super::files;

/// A bar on the error stream, or nothing.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    /// Creates a bar over all files of the paths if the error stream is a terminal and there are several.
    pub fn new(live: bool, doing: &str, paths: &[PathBuf]) -> Self {
        if !live {
            return Progress(None);
        }
        // Names only: quick beside reading the files, and it lets the bar know its end.
        let files = files::list_drafts(paths).count() as u64;
        let bar = (files > 1).then(|| {
            let bar = ProgressBar::new(files);
            let style = ProgressStyle::with_template(&format!(
                "{doing} {{pos}}/{{len}} 份 {{wide_bar}} 还要 {{eta}}"
            ));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Progress(bar)
    }

    /// One file more is done.
    pub fn inc(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    /// Writes something else to the terminal, with the bar out of the way.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away.
    pub fn finish(&mut self) {
        if let Some(bar) = self.0.take() {
            bar.finish_and_clear();
        }
    }
}
