//! Saving the open draft, and noticing that somebody else has.

use std::path::Path;
use std::sync::Arc;

use super::super::Request;
use super::super::host::now;
use super::Runtime;
use crate::draft::Draft;
use crate::editor::{MergeOrigin, Msg, SaveError};
use crate::form::Form;
use crate::store::atomic::{Expected, Written};
use crate::store::{self, Fault, StoreError};

impl Runtime {
    /// Writes the draft to its file, or says why not. What somebody else has saved meanwhile is handed over
    /// first, to be merged.
    pub(super) fn save(
        &mut self,
        path: &Path,
        form: &Arc<Form>,
        draft: &Draft,
        overwrite: bool,
        wishes: &mut Request,
    ) -> Result<Written, SaveError> {
        let failed = |error: StoreError| SaveError::Failed(error.to_string());
        let own = self.session.is_own(path);
        if !overwrite && !own && path.symlink_metadata().is_ok() {
            return Err(SaveError::Exists);
        }
        // That it cannot be looked at is told by what follows.
        let is_gone =
            |known| matches!(store::detect_change(path, &mut { known }), Ok(store::FileChange::Gone));
        if !overwrite && own && self.session.known().copied().is_some_and(is_gone) {
            return Err(SaveError::Gone);
        }
        if own {
            self.reload_file(wishes)?;
        }
        if own && let Some(count) = self.session.comments() {
            return Err(SaveError::Comments(count));
        }
        if let Some(names) = self.session.hard_links(path) {
            return Err(SaveError::HardLinked(names));
        }
        if path.metadata().is_ok_and(|about| !about.is_file()) {
            let words = "保存失败：这个名字已是一个文件夹、管道或设备，请换一个名字";
            return Err(SaveError::Failed(format!("{}：{words}", path.display())));
        }
        // A journal that is older than the file would be offered after a loss of power.
        self.session.sync(true);
        self.session.backup_before_first_save(path);
        let expected = match self.session.known() {
            Some(known) if own => Expected::Content(known),
            _ if overwrite => Expected::Anything,
            _ => Expected::Nothing,
        };
        let saved = match store::save_expected(path, form, draft, expected) {
            Err(error) if error.fault == Fault::Changed && own && self.session.known().is_some() => {
                // Somebody has saved since we looked.
                self.reload_file(wishes)?;
                return Err(failed(error));
            }
            Err(error) if error.fault == Fault::Changed => return Err(SaveError::Exists),
            other => other.map_err(failed)?,
        };
        if let Some((_, _, history)) = self.editor.journal_snapshot() {
            let mut history = history.clone();
            history.mark_saved();
            self.session.saved(path, &saved, &now(), (form, draft, &history));
        }
        self.report_fault(wishes);
        self.add_recent(path, draft);
        Ok(saved.written)
    }

    /// Hands over what somebody else has saved since the file was read, to be merged and saved again.
    fn reload_file(&mut self, wishes: &mut Request) -> Result<(), SaveError> {
        let theirs = self.session.theirs(&self.library, true);
        let theirs = theirs.map_err(|error| SaveError::Failed(error.to_string()))?;
        let Some((base, theirs)) = theirs else { return Ok(()) };
        let (base, theirs) = (Box::new(base), Box::new(theirs));
        self.dispatch(Msg::Diverged { base, theirs, origin: MergeOrigin::File, then_save: true }, wishes);
        Err(SaveError::ChangedOnDisk)
    }

    /// Looks whether somebody else has saved the file, at a key, at most once a second.
    pub(super) fn poll_file(&mut self, wishes: &mut Request) {
        match self.session.theirs(&self.library, false) {
            Ok(None) => {}
            Ok(Some((base, theirs))) => {
                let (base, theirs) = (Box::new(base), Box::new(theirs));
                let origin = MergeOrigin::File;
                self.dispatch(Msg::Diverged { base, theirs, origin, then_save: false }, wishes);
            }
            Err(error) => self.dispatch(Msg::Notify(format!("文件被别人改过，现在读不出：{error}")), wishes),
        }
    }
}
