//! Saving the open draft, and noticing that somebody else has.

use std::path::Path;
use std::sync::Arc;

use super::super::Wishes;
use super::super::outside::now;
use super::Seat;
use crate::draft::Draft;
use crate::editor::{Msg, Origin, SaveFault};
use crate::form::Form;
use crate::store::atomic::{Expected, Written};
use crate::store::{self, Fault, StoreError};

impl Seat {
    /// Writes the draft to its file, or says why not. What somebody else has saved meanwhile is handed over
    /// first, to be merged.
    pub(super) fn save(
        &mut self,
        path: &Path,
        form: &Arc<Form>,
        draft: &Draft,
        overwrite: bool,
        wishes: &mut Wishes,
    ) -> Result<Written, SaveFault> {
        let failed = |error: StoreError| SaveFault::Failed(error.to_string());
        let own = self.session.is_own(path);
        if !overwrite && !own && path.symlink_metadata().is_ok() {
            return Err(SaveFault::Exists);
        }
        // That it cannot be looked at is told by what follows.
        let is_gone = |known| matches!(store::look(path, &mut { known }), Ok(store::Change::Gone));
        if !overwrite && own && self.session.known().copied().is_some_and(is_gone) {
            return Err(SaveFault::Gone);
        }
        if own {
            self.take_theirs(wishes)?;
        }
        if own && let Some(count) = self.session.comments() {
            return Err(SaveFault::Comments(count));
        }
        if let Some(names) = self.session.links(path) {
            return Err(SaveFault::Linked(names));
        }
        if path.metadata().is_ok_and(|about| !about.is_file()) {
            let words = "保存失败：这个名字已是一个文件夹、管道或设备，请换一个名字";
            return Err(SaveFault::Failed(format!("{}：{words}", path.display())));
        }
        // A journal that is older than the file would be offered after a loss of power.
        self.session.sync(true);
        self.session.keep_old(path);
        let expected = match self.session.known() {
            Some(known) if own => Expected::Content(known),
            _ if overwrite => Expected::Anything,
            _ => Expected::Nothing,
        };
        let saved = match store::put(path, form, draft, expected) {
            Err(error) if error.fault == Fault::Changed && own && self.session.known().is_some() => {
                // Somebody has saved since we looked.
                self.take_theirs(wishes)?;
                return Err(failed(error));
            }
            Err(error) if error.fault == Fault::Changed => return Err(SaveFault::Exists),
            other => other.map_err(failed)?,
        };
        if let Some((_, _, history)) = self.editor.session() {
            let mut history = history.clone();
            history.mark_saved();
            self.session.saved(path, &saved, &now(), (form, draft, &history));
        }
        self.tell_fault(wishes);
        self.remember(path, draft);
        Ok(saved.written)
    }

    /// Hands over what somebody else has saved since the file was read, to be merged and saved again.
    fn take_theirs(&mut self, wishes: &mut Wishes) -> Result<(), SaveFault> {
        let theirs = self.session.theirs(&self.library, true);
        let theirs = theirs.map_err(|error| SaveFault::Failed(error.to_string()))?;
        let Some((base, theirs)) = theirs else { return Ok(()) };
        let (base, theirs) = (Box::new(base), Box::new(theirs));
        self.tell(Msg::Theirs { base, theirs, origin: Origin::File, then_save: true }, wishes);
        Err(SaveFault::Changed)
    }

    /// Looks whether somebody else has saved the file, at a key, at most once a second.
    pub(super) fn look(&mut self, wishes: &mut Wishes) {
        match self.session.theirs(&self.library, false) {
            Ok(None) => {}
            Ok(Some((base, theirs))) => {
                let (base, theirs) = (Box::new(base), Box::new(theirs));
                let origin = Origin::File;
                self.tell(Msg::Theirs { base, theirs, origin, then_save: false }, wishes);
            }
            Err(error) => self.tell(Msg::Say(format!("文件被别人改过，现在读不出：{error}")), wishes),
        }
    }
}
