//! Where leaving a report leads.

use std::path::PathBuf;

use super::layer::LeaveTarget;
use crate::form::FieldId;

/// Where leaving a report leads back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BackTarget {
    /// To the folder it was opened from.
    Folder,
    /// To a compiled report that it is a unit of, and the cell that was looked at there.
    Compiled(PathBuf, Option<FieldId>),
}

/// Where leaving the open report leads, now and once what is under way has succeeded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Navigation {
    /// Where leaving the open report leads back to, the nearest last; out of the program if empty.
    pub back_stack: Vec<BackTarget>,
    /// Where to go once the save that is under way has succeeded.
    pub leave_after_save: Option<LeaveTarget>,
    /// Where the report that is being opened will lead back to.
    pub return_after_open: Option<BackTarget>,
    /// The field to go to in the report that is being opened.
    pub goto_after_open: Option<FieldId>,
}

impl Navigation {
    /// A report was opened: leaving it leads back to where it was asked for. Returns the field to go to.
    pub fn arrive(&mut self) -> Option<FieldId> {
        self.back_stack.extend(self.return_after_open.take());
        self.goto_after_open.take()
    }

    /// The report that was asked for could not be opened; returns whether it was to be reached from, or
    /// to lead back to, another.
    pub fn cancel_open(&mut self) -> bool {
        let from_another = self.return_after_open.take().is_some();
        self.goto_after_open.take().is_some() || from_another
    }
}
