//! The state of one session, and what a key does to it.
//!
//! An [`Editor`] shows one page. An open report is a `Document` (draft, form, history, findings) and a
//! `View` of it (tabs, cursors, what is being typed, cached layout); `Navigation` says where leaving leads.
//!
//! [`update`] passes a message to its handler: each part of the screen has a file of its own with the
//! commands that work there. A handler of a key reads the document and may move the cursor or edit the
//! text on the screen; all else it asks for by returning `Action`s, which `update` alone carries out. A
//! handler of an answer from outside stores what was read or saved. What has to be read or written,
//! `update` returns as [`Effect`]s: this module reads no file and knows no terminal.

mod action;
mod adjustments;
pub(crate) mod alarm;
pub(crate) mod balance;
mod being_typed;
mod cell_edit;
mod cell_layout;
mod change;
pub(crate) mod choices;
pub(crate) mod command;
pub(crate) mod compiled;
pub(crate) mod conflict;
pub(crate) mod cursor;
mod dispatch;
pub(crate) mod document;
mod drag;
pub mod event;
pub(crate) mod figures;
mod file;
pub(crate) mod file_detail;
pub(crate) mod file_list;
mod file_preview;
pub(crate) mod finding_entries;
pub(crate) mod findings_list;
mod fix;
pub(crate) mod folder;
pub(crate) mod footer;
mod formula;
pub(crate) mod help;
pub(crate) mod hint;
pub(crate) mod home;
pub(crate) mod home_input;
pub(crate) mod import_export;
pub(crate) mod import_review;
mod jump;
mod jump_round;
pub mod key;
pub(crate) mod key_label;
mod key_row;
mod keymap;
pub(crate) mod last_year;
pub(crate) mod layer;
pub(crate) mod layer_edge;
mod layer_input;
pub(crate) mod layer_layout;
pub(crate) mod layer_lines;
pub(crate) mod layout;
pub(crate) mod likeness;
pub(crate) mod line_input;
pub(crate) mod list_cursor;
mod listed_file;
pub(crate) mod location;
mod mouse;
mod msg;
mod narrative;
pub(crate) mod narrative_editor;
mod navigation;
mod paste;
mod pasted_headings;
pub(crate) mod picker;
pub(crate) mod preview_page;
pub(crate) mod remedy;
pub(crate) mod replace;
mod report_state;
pub(crate) mod scrollbar;
pub(crate) mod search;
pub(crate) mod selection;
pub(crate) mod side_pane;
pub(crate) mod spoken_date;
mod state;
pub(crate) mod tab_line;
pub(crate) mod table_layout;
pub(crate) mod tally_sentence;
mod target;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod tutorial;
pub(crate) mod unfinished;
mod update;
pub(crate) mod versions;
pub(crate) mod view;
mod year;
mod zeros;

pub use command::{Command, Scope};
pub use event::Background;
pub use file_detail::{DraftDetail, PreviewContent};
pub use key_row::KeyBinding;
pub use keymap::{KeyFileError, Keymap};
pub use layout::MIN_SIZE;
pub use listed_file::{DraftProgress, DraftSummary, ListedFile, ListedKind};
pub use msg::{
    Effect, Imported, MergeOrigin, Msg, Opened, RecentEntry, RecoveryAnswer, SaveError, SavedVersion,
};
pub(crate) use navigation::BackTarget;
pub use state::Editor;
pub(crate) use state::Page;
pub use update::update;
