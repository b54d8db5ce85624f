//! The recent drafts of the home screen: the list at once, how far each is once it was read.

use jiff::civil::DateTime;

use crate::check::{Context, Severity, check, count_slips};
use crate::draft::{Draft, FilledCells, Ledger, due_date};
use crate::editor::{DraftProgress, RecentEntry};
use crate::form::Form;
use crate::store::{AppDirs, recent};

/// Returns the recent drafts as they are listed, without reading one of them.
pub fn recent_entries(dirs: &AppDirs) -> Vec<RecentEntry> {
    let entry = |known: recent::RecentDraft| RecentEntry {
        opened: DateTime::strptime("%Y-%m-%d %H:%M", &known.opened).ok(),
        path: known.path,
        unit: known.unit,
        year: known.year,
        progress: None,
        fault: None,
    };
    recent::read_list(&dirs.recent()).into_iter().map(entry).collect()
}

/// Returns how far a draft is.
pub fn draft_progress(form: &Form, draft: &Draft) -> DraftProgress {
    let findings = check(form, draft, Context::default());
    let count = |severity| count_slips(findings.iter(), severity);
    DraftProgress {
        cells: FilledCells::count(form, draft, &Ledger::new(form, draft)),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        due: due_date(draft),
        state: draft.state,
    }
}
