//! This year's draft from last year's file.

use std::path::{Path, PathBuf};

use crate::draft::Draft;
use crate::edit::carry;
use crate::form::Library;
use crate::store::Loaded;
use crate::text::safe_file_name;

/// Returns the next year's draft from last year's, which was read from `path`, and the name of its file. The
/// caller sets the path of last year's draft.
///
/// # Errors
/// Returns a message for the clerk if last year's draft has no year or no unit.
pub fn carry_draft(last: &Loaded, path: &Path, library: &Library) -> Result<(Draft, PathBuf), String> {
    let (form, last) = (&last.form, &last.draft);
    let next = last.year().and_then(|year| year.checked_add(1)).filter(|year| *year <= 2999);
    let Some(year) = next else {
        return Err(format!("{} 没有写报告年度，不知道下一年是哪一年；请先填上", path.display()));
    };
    if last.unit().trim().is_empty() {
        return Err(format!("{} 没有写单位名称；请先填上", path.display()));
    }
    Ok((carry(form, last, year, library), draft_file_name(last.unit(), year)))
}

/// Returns how many cells that would be carried over are unread in last year's draft; they stay blank.
pub fn unread_carried(last: &Loaded) -> usize {
    let unread = last.draft.unread_cells(&last.form);
    unread.filter(|(field, _)| field.id.row() == "carried_out" || field.id.column() == "in_force").count()
}

/// Returns the file name for a unit's report of a year.
pub fn draft_file_name(unit: &str, year: u16) -> PathBuf {
    safe_file_name(unit, &format!("-{year}.ron")).into()
}
