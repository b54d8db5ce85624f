//! What passes between the editor and its surroundings: effects out, messages in.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::DateTime;

use super::event::Event;
use super::file_detail::PreviewContent;
use super::folder::FolderImport;
use super::listed_file::{DraftProgress, DraftSummary, ListedFile, ListedKind};
use crate::check::RuleSettings;
use crate::compile::{CurrentUnits, Roster, UnitFile};
use crate::draft::Draft;
use crate::edit::{History, HistoryEvent};
use crate::export::Format;
use crate::form::{FieldId, Form};
use crate::import::{OpenField, Unplaced};

/// Something that the editor asks its surroundings to do. The answer comes back as a [`Msg`].
#[derive(Clone, Debug)]
pub enum Effect {
    /// Read a draft.
    Open(PathBuf),
    /// Open the sample report.
    OpenSample,
    /// Write the draft. `overwrite` is true once the clerk has been asked about what stands in the way.
    Save {
        /// Where.
        path: PathBuf,
        /// Its form.
        form: Arc<Form>,
        /// What.
        draft: Box<Draft>,
        /// Whether to save although another file is there, or the draft's own file is gone.
        overwrite: bool,
    },
    /// Write the report in a format.
    Export {
        /// Which.
        format: Format,
        /// Where.
        path: PathBuf,
        /// Its form.
        form: Arc<Form>,
        /// What.
        draft: Box<Draft>,
        /// Whether a file that is there may be replaced.
        overwrite: bool,
    },
    /// Start the report of the next year from this draft.
    Carry(PathBuf),
    /// Read a draft as last year's report beside the open one, which may have a file.
    ReadLastYear {
        /// Last year's draft.
        last: PathBuf,
        /// The open one's file.
        draft: Option<PathBuf>,
    },
    /// Read a published report from a file.
    Import(PathBuf),
    /// Read a published report from pasted text.
    ImportText(String),
    /// Put text on the clipboard of the terminal.
    Copy(String),
    /// Write these changes into the recovery journal, before the next frame is painted.
    Journal(Vec<HistoryEvent>),
    /// A new report was opened: record it from this state on.
    StartJournal {
        /// The file it will be saved to, where one was named.
        path: Option<PathBuf>,
        /// Its form.
        form: Arc<Form>,
        /// What it starts from.
        draft: Box<Draft>,
    },
    /// Do this with what an earlier session left in its journal.
    Recover(RecoveryAnswer),
    /// The report was left on purpose: its journal is not needed any more.
    CloseDocument,
    /// List the saved versions of this file.
    ListVersions(PathBuf),
    /// List the files of a folder, and read the drafts among them in the background.
    ListFiles(PathBuf),
    /// Read what is shown of a file or folder that is chosen in a list, in the background.
    ReadPreview(PathBuf, ListedKind),
    /// Look over a folder: read all drafts in it in the background.
    ReadFolder(PathBuf),
    /// Add the drafts of units up into a file, in the background.
    Compile {
        /// The drafts.
        files: Vec<PathBuf>,
        /// Their folder, where the list of units may lie.
        folder: PathBuf,
        /// Where the sum goes.
        output: PathBuf,
        /// What the whole is called.
        unit: String,
        /// Whether a sum that is there takes the numbers anew.
        again: bool,
    },
    /// Write a note for each of these drafts that has errors.
    WriteNotes {
        /// The folder of the notes, which may have to be made.
        folder: PathBuf,
        /// The drafts.
        files: Vec<PathBuf>,
        /// A Word file or plain text.
        format: Format,
        /// Who signs them; empty if that is not known.
        sender: String,
    },
    /// Write the table of the units.
    WriteTable {
        /// A workbook or comma-separated values.
        format: Format,
        /// Where.
        path: PathBuf,
        /// Its rows, the heading first.
        rows: Vec<Vec<String>>,
        /// Whether a file that is there may be replaced.
        overwrite: bool,
    },
    /// Import the documents in a folder that are not imported yet, in the background.
    ImportFolder(PathBuf),
    /// Look again at one file of the folder that is looked over.
    ReadUnitFile(PathBuf),
    /// Read what the units of a compiled report say now, in the background.
    ReadUnits {
        /// Where the compiled draft is: its units' files are named from there.
        path: PathBuf,
        /// Its form.
        form: Arc<Form>,
        /// The compiled draft.
        draft: Box<Draft>,
    },
    /// Read a section of another unit's report, to be shown beside this one's.
    ReadTwin {
        /// The other report.
        path: PathBuf,
        /// The narrative.
        section: String,
        /// What is said over the texts.
        note: Vec<String>,
    },
    /// Stop until the shell brings the program back.
    Suspend,
    /// Repaint the whole screen.
    Redraw,
    /// Let the terminal report the mouse, or not, from now on and in the next session.
    SetMouse(bool),
    /// List the recent drafts again, for the home screen.
    ListRecent,
    /// End the program.
    Quit,
}

/// Why a draft could not be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// There is a file of that name already.
    Exists,
    /// The file that was opened is no longer there.
    Gone,
    /// The file has this many names; only one of them would get the new content.
    HardLinked(u64),
    /// The file is marked as read-only, or its folder is.
    ReadOnly {
        /// Whether it is the folder.
        folder: bool,
    },
    /// Somebody else has written so many comments into the file, for which a draft has no place.
    Comments(usize),
    /// Somebody else has changed the file; what it holds came as [`Msg::Diverged`], and nothing was written.
    ChangedOnDisk,
    /// What failed and what to do, in Chinese.
    Failed(String),
}

/// What the clerk wants to be done with what an earlier session left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryAnswer {
    /// Take it up.
    Restore,
    /// Remove it.
    Discard,
    /// Keep it until the draft is opened the next time.
    Postpone,
}

/// Where a draft comes from that is merged into the open one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeOrigin {
    /// Somebody else has saved the file meanwhile. Where both changed, it is a conflict; what is open here is
    /// preselected.
    File,
    /// The file was saved after the recovered journal was last written: the file's side is preselected.
    NewerFile,
    /// A journal that is older than what is open: what is open is preselected.
    Journal,
}

/// A draft as it was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its file; none for the sample.
    pub path: Option<PathBuf>,
    /// Its form.
    pub form: Arc<Form>,
    /// The draft.
    pub draft: Draft,
    /// Last year's report, where the draft names one that could be read.
    pub last_year: Option<(Arc<Form>, Draft)>,
    /// What the clerk should know, such as totals that were not believed.
    pub message: String,
}

/// A published report that was read.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The draft made from it, never saved.
    pub opened: Opened,
    /// The file's name, from which the draft's is made.
    pub name: String,
    /// How many cells were read.
    pub cells_read: usize,
    /// What is open in it.
    pub open_cells: Vec<OpenField>,
    /// The first cell of each row whose digits its sum told apart.
    pub decided_by_sums: Vec<FieldId>,
    /// What has no place in the form.
    pub unplaced: Vec<Unplaced>,
}

/// A version of the draft that was saved earlier.
#[derive(Clone, Debug)]
pub struct SavedVersion {
    /// When it was saved, as the clerk reads it.
    pub saved_at: String,
    /// The size of its file, in bytes.
    pub bytes: u64,
    /// The draft in its form, or why it cannot be read.
    pub report: Result<Box<(Arc<Form>, Draft)>, String>,
}

/// A draft that was opened recently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentEntry {
    /// Its file.
    pub path: PathBuf,
    /// The unit, as it was then.
    pub unit: String,
    /// The year, where it was filled in.
    pub year: Option<u16>,
    /// When it was opened, if that is known.
    pub opened: Option<DateTime>,
    /// How far it is; `None` until it was read, or if it cannot be read.
    pub progress: Option<DraftProgress>,
    /// Why it cannot be read, in two words; `None` as long as nothing is known of that.
    pub fault: Option<&'static str>,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key, a paste, the mouse, the window.
    Event(Event),
    /// The answer to [`Effect::Open`]; the error says what to do.
    Opened(Result<Box<Opened>, String>),
    /// Last year's report, which is read after the draft that names it; or why it cannot be.
    LastYear(Result<Box<(Arc<Form>, Draft)>, String>),
    /// The file to open does not exist: a new report of that name.
    Missing(PathBuf),
    /// The file to open cannot be read, but a version that was saved earlier can.
    Damaged {
        /// Why the file cannot be read.
        why: String,
        /// The version.
        version: SavedVersion,
    },
    /// The answer to [`Effect::Save`].
    Saved(PathBuf, Result<(), SaveError>),
    /// The recent drafts, newest first.
    Recent(Vec<RecentEntry>),
    /// How far the recent draft in this file is, or why it cannot be read.
    RecentProgress(PathBuf, Result<DraftProgress, &'static str>),
    /// A folder was opened in an earlier session. What is in it comes as [`Msg::FolderFiles`]; it is not
    /// shown before it is asked for.
    FolderKnown(PathBuf, Option<Roster>),
    /// The answer to [`Effect::Export`].
    Exported(Format, PathBuf, Result<(), SaveError>),
    /// The answer to [`Effect::ReadLastYear`]: the path as the draft keeps it, and the report.
    LastYearChosen(String, Box<(Arc<Form>, Draft)>),
    /// The answer to [`Effect::Carry`]: a new draft, with the file where it will be saved.
    Carried(Box<Opened>),
    /// The answer to [`Effect::Import`].
    Imported(Box<Imported>),
    /// An earlier session ended badly and left changes.
    Recoverable {
        /// What they are, in lines for the clerk.
        lines: Vec<String>,
        /// Whether something newer is in the draft already: then that is kept unless the clerk says so.
        outdated: bool,
    },
    /// A journal that cannot be read, in lines for the clerk.
    JournalUnreadable(Vec<String>),
    /// `Some(reason)`: changes are not recorded any more. `None`: they are again.
    JournalError(Option<String>),
    /// What the journal held, with its undo history.
    Recovered(Box<Opened>, History),
    /// The draft is open elsewhere: where and since when, as a sentence.
    LockedBy(String),
    /// Two drafts grew from one: the open one and another.
    Diverged {
        /// The draft from which both grew.
        base: Box<Draft>,
        /// The other one.
        theirs: Box<Draft>,
        /// Where the other one comes from.
        origin: MergeOrigin,
        /// Whether the clerk was about to save.
        then_save: bool,
    },
    /// The answer to [`Effect::ListFiles`]: what is in the folder, in the order shown, or why it cannot be
    /// read.
    FilesListed(PathBuf, Result<Vec<ListedFile>, String>),
    /// What was read of drafts of the folder listed last; an error if one cannot be read.
    FilesRead(Vec<(PathBuf, Result<DraftSummary, String>)>),
    /// The answer to [`Effect::ReadPreview`].
    PreviewRead(PathBuf, PreviewContent),
    /// The answer to [`Effect::Compile`]: what was said about it, line by line.
    Compiled {
        /// The file.
        output: PathBuf,
        /// What the whole is called.
        unit: String,
        /// What was said, or why nothing was written.
        result: Result<Vec<String>, SaveError>,
    },
    /// The answer to [`Effect::WriteTable`].
    TableWritten(PathBuf, Result<(), SaveError>),
    /// The file to open is no draft but another kind of document, such as ` Word 文件`.
    ForeignFile(PathBuf, String),
    /// The answer to [`Effect::ListVersions`], the last saved first.
    Versions(Vec<SavedVersion>),
    /// The answer to [`Effect::ReadTwin`].
    TwinRead {
        /// The narrative.
        section: String,
        /// What is said over the texts.
        note: Vec<String>,
        /// The other unit and its text, or why it cannot be read.
        other: Result<(String, String), String>,
    },
    /// What the folder of the draft just opened wants of the rules.
    DocumentSettings(RuleSettings),
    /// What the folder that is looked over wants of the rules.
    FolderSettings(RuleSettings),
    /// A folder is looked over; what is in it comes as [`Msg::FolderFiles`].
    FolderOpened {
        /// Where it is.
        path: PathBuf,
        /// The units that have to report, where a list lies there.
        roster: Option<Roster>,
        /// What the clerk should know, such as a list that cannot be read.
        words: Option<String>,
    },
    /// How some files of the folder stand; one that was reported before has changed.
    FolderFiles {
        /// The files, in their order.
        filed: Vec<UnitFile>,
        /// Whether these files were the last ones of the folder.
        ended: bool,
    },
    /// What came of some documents of a folder: the answer to [`Effect::ImportFolder`].
    FolderImport(FolderImport),
    /// The answer to [`Effect::ReadUnits`] for the draft that stands there.
    UnitsRead(PathBuf, Box<CurrentUnits>),
    /// Words for the clerk from outside, such as a key file that cannot be used.
    Notify(String),
}
