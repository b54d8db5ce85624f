//! Work that waits until a draft is on the screen because its first frame does not need it: last year's
//! report, and the list of recent drafts.

use std::path::Path;
use std::sync::Arc;

use super::{Deferred, Runtime, SlowRead};
use crate::app::environment::{now, read};
use crate::app::event_loop::Request;
use crate::draft::Draft;
use crate::editor::{Msg, PreviewContent};
use crate::form::Form;
use crate::store::{self, recent};

/// Files up to so many bytes are read while nobody notices.
const QUICK_DRAFT: u64 = 1 << 20;
const QUICK_REPORT: u64 = 256 << 10;

impl Runtime {
    /// Defers what the first frame of this draft does not need.
    pub(super) fn defer(&mut self, path: &Path, draft: &Draft) {
        let last_year = draft.last_year.clone();
        self.deferred = Some(Deferred { path: path.into(), recent: entry(path, draft), last_year });
    }

    /// Does the next piece of deferred work, and returns `true` if the screen may have changed. What
    /// changes the screen comes first.
    pub(super) fn run_next(&mut self) -> bool {
        if self.slow_read.is_some() {
            self.finish_slow_read(&mut Request::default());
            return true;
        }
        if std::mem::take(&mut self.reads_recent) {
            self.read_recent();
        }
        if let Some((path, kind)) = self.wanted_preview.take()
            && let Err(error) = self.jobs.read_preview(path.clone(), kind, &self.library)
        {
            let content = PreviewContent::Nothing(format!("无法读取：{error}"));
            self.deliver(Msg::PreviewRead(path, content), &mut Request::default());
            return true;
        }
        let Some(deferred) = &mut self.deferred else { return false };
        if let Some(name) = deferred.last_year.take() {
            let path = deferred.path.clone();
            let last_year = self.load_last_year(&path, &name);
            self.deliver(Msg::LastYear(last_year.map(Box::new)), &mut Request::default());
            return true;
        }
        if let Some(deferred) = self.deferred.take() {
            self.write_recent(deferred.recent);
        }
        false
    }

    /// Opens or imports a file. One that may take long is read once it is said on the screen.
    pub(super) fn read_now_or_soon(&mut self, read: SlowRead, request: &mut Request) {
        let (path, quick) = match &read {
            SlowRead::Draft(path) => (path, QUICK_DRAFT),
            SlowRead::Report(path) => (path, QUICK_REPORT),
        };
        let bytes = path.metadata().ok().filter(|metadata| metadata.is_file()).map_or(0, |it| it.len());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.slow_read = Some(read);
        match bytes > quick {
            true => self.deliver(Msg::Notify(format!("正在读入 {name}……")), request),
            false => self.finish_slow_read(request),
        }
    }

    /// Reads the file that waits to be read, if there is one.
    pub(super) fn finish_slow_read(&mut self, request: &mut Request) {
        let Some(slow) = self.slow_read.take() else { return };
        // That it is read is no longer true.
        self.deliver(Msg::Notify(String::new()), request);
        match slow {
            SlowRead::Draft(path) => self.open(&path, request),
            SlowRead::Report(path) => match read(&path) {
                Ok(bytes) => self.import(&path, &bytes, request),
                Err(message) => self.deliver(Msg::Opened(Err(message)), request),
            },
        }
    }

    /// Starts reading what the home screen says of its drafts and of the folder opened last. It is a
    /// convenience, so an error is ignored.
    fn read_recent(&mut self) {
        let drafts: Vec<_> = self.editor.recent_paths().map(Path::to_path_buf).collect();
        if !drafts.is_empty() {
            let _ = self.jobs.read_progress(drafts, &self.library);
        }
        if let Some(folder) = self.dirs.as_ref().and_then(|dirs| recent::last_folder(&dirs.recent_folder())) {
            let _ = self.jobs.read_known_folder(folder, &self.library, self.today);
        }
    }

    /// Does all deferred work.
    pub(super) fn flush_deferred(&mut self) {
        while self.deferred.is_some() {
            self.run_next();
        }
    }

    /// Reads last year's report, by the name that the draft at `path` gives it.
    ///
    /// # Errors
    /// Returns a message for the clerk if it cannot be read.
    pub(super) fn load_last_year(&self, path: &Path, name: &str) -> Result<(Arc<Form>, Draft), String> {
        let folder = path.parent().unwrap_or(Path::new(""));
        store::load(&folder.join(name), &self.library)
            .map(|loaded| (loaded.form, loaded.draft))
            .map_err(|error| format!("上年的报告无法读取：{error}"))
    }

    /// Puts a draft at the head of the list of recent drafts.
    pub(super) fn add_recent(&self, path: &Path, draft: &Draft) {
        self.write_recent(entry(path, draft));
    }

    /// Writes the list of recent drafts. It is a convenience, so an error is ignored.
    fn write_recent(&self, recent: recent::RecentDraft) {
        if let Some(dirs) = &self.dirs {
            let _ = recent::remember(&dirs.recent(), recent);
        }
    }
}

fn entry(path: &Path, draft: &Draft) -> recent::RecentDraft {
    let path = store::absolute_path(path);
    recent::RecentDraft { path, unit: draft.unit().into(), year: draft.year(), opened: now() }
}
