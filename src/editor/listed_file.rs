//! What the lists of files and of recent drafts say of a file.

use std::path::PathBuf;

use jiff::civil::{Date, DateTime};

use crate::check::{Finding, Severity, count_marked};
use crate::draft::{Draft, FilledCells, Ledger, ReportState, due_date};
use crate::form::Form;
use crate::import::FileKind;

/// What a listed file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListedKind {
    /// A folder.
    Folder,
    /// A draft.
    Draft,
    /// A published report, to import.
    Report(FileKind),
}

impl ListedKind {
    /// Its name, short enough for a column.
    pub fn label(self) -> &'static str {
        match self {
            ListedKind::Folder => "文件夹",
            ListedKind::Draft => "草稿",
            ListedKind::Report(kind) => kind.label(),
        }
    }
}

/// What is read of a draft for the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSummary {
    /// The unit; empty if it is not filled in.
    pub unit: String,
    /// The year, where it is filled in.
    pub year: Option<u16>,
    /// How far it is.
    pub progress: DraftProgress,
}

/// One file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it is.
    pub kind: ListedKind,
    /// Its size, in bytes.
    pub bytes: u64,
    /// When it was last changed, in local time.
    pub saved_at: Option<DateTime>,
    /// What is in a draft: `None` until it was read, an error if it cannot be.
    pub summary: Option<Result<DraftSummary, String>>,
}

impl ListedFile {
    /// Its name without the folder's.
    pub fn name(&self) -> String {
        let name = self.path.file_name();
        name.map_or_else(|| self.path.display().to_string(), |name| name.to_string_lossy().into_owned())
    }
}

/// How far a recent draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftProgress {
    /// The numbers filled in.
    pub cells: FilledCells,
    /// Open errors.
    pub errors: usize,
    /// Open warnings.
    pub warnings: usize,
    /// The day by which it has to be handed in, where the kind of organ is filled in.
    pub due: Option<Date>,
    /// Where it is on its way to being published.
    pub state: ReportState,
}

impl DraftProgress {
    /// Counts a draft as its title will count it; findings and ledger are the draft's.
    pub fn of(form: &Form, draft: &Draft, findings: &[Finding], ledger: &Ledger) -> Self {
        let count = |severity| count_marked(findings.iter(), severity, (form, draft, ledger));
        DraftProgress {
            cells: FilledCells::count(form, draft, ledger),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            due: due_date(draft),
            state: draft.state,
        }
    }
}
