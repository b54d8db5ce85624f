//! What waits until a draft is on the screen, because its first frame does not need it: last year's
//! report, and the list of recent drafts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::outside::now;
use super::Seat;
use crate::app::Wishes;
use crate::draft::Draft;
use crate::editor::Msg;
use crate::form::Form;
use crate::store::{self, recent};

/// Put off for a draft that has been opened.
pub(super) struct Later {
    path: PathBuf,
    recent: recent::Recent,
    /// The name of last year's report, until that is read.
    last: Option<String>,
}

impl Seat {
    /// Puts off what the first frame of this draft does not need.
    pub(super) fn put_off(&mut self, path: &Path, draft: &Draft) {
        self.later = Some(Later { path: path.into(), recent: entry(path, draft), last: draft.last.clone() });
    }

    /// Does the next of what was put off; true where the screen may have changed. What may be seen
    /// comes before what takes the disk's time.
    pub(super) fn go_on(&mut self) -> bool {
        let Some(later) = &mut self.later else { return false };
        if let Some(name) = later.last.take() {
            let path = later.path.clone();
            let last = self.last(&path, &name);
            self.tell(Msg::Last(last.map(Box::new)), &mut Wishes::default());
            return true;
        }
        if let Some(later) = self.later.take() {
            self.enlist(later.recent);
        }
        false
    }

    /// Does all that was put off.
    pub(super) fn catch_up(&mut self) {
        while self.later.is_some() {
            self.go_on();
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
    pub(super) fn remember(&self, path: &Path, draft: &Draft) {
        self.enlist(entry(path, draft));
    }

    /// The list of recent drafts is a convenience: that it cannot be written stops nothing.
    fn enlist(&self, recent: recent::Recent) {
        if let Some(places) = &self.places {
            let _ = recent::remember(&places.recent(), recent);
        }
    }
}

fn entry(path: &Path, draft: &Draft) -> recent::Recent {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
    recent::Recent { path, unit: draft.unit().into(), year: draft.year(), opened: now() }
}
