//! What waits until a draft is on the screen, because its first frame does not need it: last year's
//! report, and the list of recent drafts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::host::now;
use super::Runtime;
use crate::app::Request;
use crate::draft::Draft;
use crate::editor::Msg;
use crate::form::Form;
use crate::store::{self, recent};

/// Put off for a draft that has been opened.
pub(super) struct Deferred {
    path: PathBuf,
    recent: recent::RecentDraft,
    /// The name of last year's report, until that is read.
    last: Option<String>,
}

impl Runtime {
    /// Puts off what the first frame of this draft does not need.
    pub(super) fn defer(&mut self, path: &Path, draft: &Draft) {
        self.deferred =
            Some(Deferred { path: path.into(), recent: entry(path, draft), last: draft.last_year.clone() });
    }

    /// Does the next of what was put off; true where the screen may have changed. What may be seen
    /// comes before what takes the disk's time.
    pub(super) fn run_next(&mut self) -> bool {
        let Some(later) = &mut self.deferred else { return false };
        if let Some(name) = later.last.take() {
            let path = later.path.clone();
            let last = self.last(&path, &name);
            self.dispatch(Msg::LastYear(last.map(Box::new)), &mut Request::default());
            return true;
        }
        if let Some(later) = self.deferred.take() {
            self.write_recent(later.recent);
        }
        false
    }

    /// Does all that was put off.
    pub(super) fn flush_deferred(&mut self) {
        while self.deferred.is_some() {
            self.run_next();
        }
    }

    /// Last year's report, by the name that a draft gives it.
    pub(in crate::app) fn last(&self, path: &Path, name: &str) -> Result<(Arc<Form>, Draft), String> {
        let folder = path.parent().unwrap_or(Path::new(""));
        store::load(&folder.join(name), &self.library)
            .map(|last| (last.form, last.draft))
            .map_err(|error| format!("上年的报告读不出：{error}"))
    }

    /// Puts a draft at the head of the recent ones.
    pub(super) fn add_recent(&self, path: &Path, draft: &Draft) {
        self.write_recent(entry(path, draft));
    }

    /// The list of recent drafts is a convenience: that it cannot be written stops nothing.
    fn write_recent(&self, recent: recent::RecentDraft) {
        if let Some(places) = &self.places {
            let _ = recent::remember(&places.recent(), recent);
        }
    }
}

fn entry(path: &Path, draft: &Draft) -> recent::RecentDraft {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
    recent::RecentDraft { path, unit: draft.unit().into(), year: draft.year(), opened: now() }
}
