//! Saves the open draft, and notices when somebody else has saved it.

use std::path::Path;
use std::sync::Arc;

use super::Runtime;
use crate::app::environment::now;
use crate::app::event_loop::Request;
use crate::draft::Draft;
use crate::editor::{MergeOrigin, Msg, SaveError};
use crate::form::Form;
use crate::store::atomic::{Expected, Written};
use crate::store::{self, Fault, ReadOnly, StoreError};

impl Runtime {
    /// Writes the draft to its file.
    ///
    /// # Errors
    /// Returns an error if that cannot be done, or must not without asking the clerk. If somebody else has
    /// saved the file meanwhile, their draft is sent to the editor to be merged.
    pub(super) fn save(
        &mut self,
        path: &Path,
        form: &Arc<Form>,
        draft: &Draft,
        overwrite: bool,
        request: &mut Request,
    ) -> Result<Written, SaveError> {
        let failed = |error: StoreError| SaveError::Failed(error.to_string());
        let own = self.session.is_own(path);
        let mark = store::read_only_mark(path).filter(|_| !(own && self.session.ignores_read_only()));
        if let Some(mark) = mark.filter(|_| !overwrite) {
            return Err(SaveError::ReadOnly { folder: mark == ReadOnly::Folder });
        }
        if !overwrite && !own && path.symlink_metadata().is_ok() {
            return Err(SaveError::Exists);
        }
        // If it cannot be examined, what follows returns the error.
        let is_gone =
            |known| matches!(store::detect_change(path, &mut { known }), Ok(store::FileChange::Gone));
        if !overwrite && own && self.session.known().copied().is_some_and(is_gone) {
            return Err(SaveError::Gone);
        }
        if own {
            self.reload_file(request)?;
        }
        if own && let Some(count) = self.session.comments() {
            return Err(SaveError::Comments(count));
        }
        if let Some(names) = self.session.hard_links(path) {
            return Err(SaveError::HardLinked(names));
        }
        if path.metadata().is_ok_and(|about| !about.is_file()) {
            let reason = "保存失败：这个名字已是一个文件夹、管道或设备，请换一个名字";
            return Err(SaveError::Failed(format!("{}：{reason}", path.display())));
        }
        // A journal older than the file would be offered after a power failure.
        self.session.sync(true);
        self.session.backup_before_first_save(path);
        let expected = match self.session.known() {
            Some(known) if own => Expected::Content(known),
            _ if overwrite => Expected::Anything,
            _ => Expected::Nothing,
        };
        let written = store::with_mark_lifted(path, || store::save_expected(path, form, draft, expected));
        let saved = match written.map_err(failed)? {
            Err(error) if error.fault == Fault::Changed && own && self.session.known().is_some() => {
                // Somebody has saved it since it was read above.
                self.reload_file(request)?;
                return Err(failed(error));
            }
            Err(error) if error.fault == Fault::Changed => return Err(SaveError::Exists),
            other => other.map_err(failed)?,
        };
        self.session.ignore_read_only(own && mark.is_some());
        if let Some((_, _, history)) = self.editor.journal_snapshot() {
            let mut history = history.clone();
            history.mark_saved();
            self.session.saved(path, &saved, &now(), (form, draft, &history));
        }
        self.report_fault(request);
        self.add_recent(path, draft);
        Ok(saved.written)
    }

    /// Sends what somebody else has saved since the file was read to the editor, to be merged and saved.
    ///
    /// # Errors
    /// Returns [`SaveError::ChangedOnDisk`] if somebody has, or why the file cannot be read.
    fn reload_file(&mut self, request: &mut Request) -> Result<(), SaveError> {
        let theirs = self.session.theirs(&self.library, true);
        let theirs = theirs.map_err(|error| SaveError::Failed(error.to_string()))?;
        let Some((base, theirs)) = theirs else { return Ok(()) };
        let (base, theirs) = (Box::new(base), Box::new(theirs));
        self.deliver(Msg::Diverged { base, theirs, origin: MergeOrigin::File, then_save: true }, request);
        Err(SaveError::ChangedOnDisk)
    }

    /// Checks whether somebody else has saved the file, at most once a second.
    pub(super) fn poll_file(&mut self, request: &mut Request) {
        match self.session.theirs(&self.library, false) {
            Ok(None) => {}
            Ok(Some((base, theirs))) => {
                let (base, theirs) = (Box::new(base), Box::new(theirs));
                let origin = MergeOrigin::File;
                self.deliver(Msg::Diverged { base, theirs, origin, then_save: false }, request);
            }
            Err(error) => {
                self.deliver(Msg::Notify(format!("文件已被他人修改，现在无法读取：{error}")), request)
            }
        }
    }
}
