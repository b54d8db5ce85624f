//! What the handlers of keys, answers and messages ask for. `update` alone carries it out.

use std::path::PathBuf;

use super::command::{Command, Scope};
use super::layer::{Layer, LeaveTarget};
use super::msg::Effect;
use crate::edit::Edit;
use crate::export::Format;
use crate::form::FieldId;

/// Something that a handler asks `update` to do. Actions are carried out in their order.
#[derive(Clone, Debug)]
pub enum Action {
    /// Changes the draft, as a step of its own; does nothing if the document is read-only.
    Edit(Edit),
    /// Changes the draft, as part of the step that typing makes.
    Type(Edit),
    /// Ends the step that typing makes: the next typing is undone separately.
    CloseGroup,
    /// Takes back the step that typing has made so far.
    CancelGroup,
    /// Undoes the last step.
    Undo,
    /// Redoes the last step undone.
    Redo,
    /// Changes the draft into a merged one, as a step of its own, even if the document is read-only.
    Merge {
        /// The change.
        edit: Edit,
        /// Whether the file holds the merged draft; `None` if it is as it was.
        saved: Option<bool>,
    },
    /// Lets nothing change the draft from now on.
    SetReadOnly,
    /// Updates from the units' reports once they have been read.
    AwaitUnits,
    /// Moves the cursor to a field, and to a byte of its text.
    GoTo(FieldId, Option<usize>),
    /// Puts a layer over the screen.
    Push(Layer),
    /// Shows a notification.
    Notify(String),
    /// Runs a command as if the cursor were in that scope.
    Run(Scope, Command),
    /// Saves; asks for a file name if there is none.
    Save,
    /// Saves under a name, after asking where a file of that name is there.
    SaveTo(PathBuf),
    /// Writes the table of the units to a file, after asking where it is there.
    ExportTable(PathBuf),
    /// Exports to a file, after asking where it is there.
    ExportTo(Format, PathBuf),
    /// Leaves the report, after asking about changes that are not saved.
    Leave(LeaveTarget),
    /// Leaves the report, whether its changes are saved or not.
    LeaveUnsaved(LeaveTarget),
    /// Asks the surroundings to do something.
    Effect(Effect),
}

impl From<Effect> for Action {
    fn from(effect: Effect) -> Self {
        Action::Effect(effect)
    }
}

impl From<Layer> for Action {
    fn from(layer: Layer) -> Self {
        Action::Push(layer)
    }
}

/// The action that only shows a notification.
pub fn notify(text: impl Into<String>) -> Vec<Action> {
    vec![Action::Notify(text.into())]
}
