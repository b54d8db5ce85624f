//! A folder of units' drafts, and the rows shown of it.

use std::path::PathBuf;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::columns::FolderColumn;
use crate::check::RuleSettings;
use crate::compile::{Roster, UnitFile, UnitStatus};
use crate::draft::due_date_of;
use crate::editor::line_input::LineInput;

/// One unit and one of its files.
#[derive(Clone, Debug, PartialEq)]
pub struct FolderRow {
    /// The unit; the file's name where its draft cannot be read or names none.
    pub unit: String,
    /// Its file, by its place among those read; none where nothing was filed.
    pub file: Option<usize>,
    /// How the unit stands; none for a file that cannot be read or is itself a sum.
    pub status: Option<UnitStatus>,
    /// The word for that.
    pub status_label: &'static str,
    /// By how much the applications received differ from the year before, where both are known.
    pub change: Option<Decimal>,
    /// Whether that is so much that it is worth a look.
    pub is_large_change: bool,
}

impl FolderRow {
    /// Whether it is itself a sum of units.
    pub fn is_compiled(&self) -> bool {
        self.status_label == COMPILED
    }
}

/// The word for a file that is itself a sum.
pub(super) const COMPILED: &str = "汇总";

/// Counts over all rows of the year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FolderCounts {
    /// Units that have to report, or, without a list, that were found.
    pub units: usize,
    /// Of these, those that have filed.
    pub filed: usize,
    /// Of these, those that have filed nothing.
    pub missing: usize,
    /// Units whose drafts all have a table wholly blank.
    pub unfinished: usize,
    /// Of those that have filed, the units whose reports have errors.
    pub with_errors: usize,
    /// Units that have filed and are not on the list.
    pub unlisted: usize,
    /// Files that cannot be read.
    pub unreadable: usize,
    /// Files of other years, which are not shown.
    pub other_years: usize,
}

/// What came of some documents of a folder.
#[derive(Clone, Debug)]
pub struct FolderImport {
    /// The folder.
    pub folder: PathBuf,
    /// How many documents are imported in all.
    pub total: usize,
    /// The documents, in their order.
    pub documents: Vec<ImportedDocument>,
    /// Whether these were the last ones.
    pub ended: bool,
}

/// What came of one document.
#[derive(Clone, Debug)]
pub struct ImportedDocument {
    /// The document.
    pub file: PathBuf,
    /// How its draft stands; `None` if there is none.
    pub filed: Option<UnitFile>,
    /// What is open in it, or why it could not be imported; empty if nothing is.
    pub remark: String,
}

/// A folder of units' drafts, as far as it has been read.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// The units that have to report, where a list lies there.
    pub roster: Option<Roster>,
    /// The files read so far.
    pub files: Vec<UnitFile>,
    /// Whether all have been read.
    pub complete: bool,
    /// How many of its documents were imported so far, of how many, while that is under way.
    pub importing: Option<(usize, usize)>,
    /// What is open in those imported, and what could not be, a line each.
    pub(super) import_lines: Vec<String>,
    /// What was typed to narrow the list.
    pub filter: LineInput,
    /// The column that it is sorted by.
    pub sort_column: FolderColumn,
    /// Whether the order of that column is turned round.
    pub reversed: bool,
    /// What the folder wants of the rules, said on its screen.
    pub settings: Option<RuleSettings>,
    /// The year that is shown, once a draft with one was read.
    pub year: Option<u16>,
    /// The rows shown, in their order.
    pub rows: Vec<FolderRow>,
    /// What is counted over all rows of the year, narrowed or not.
    pub counts: FolderCounts,
    /// The columns of the widest name shown.
    pub name_width: u16,
    /// The row chosen, among those shown.
    pub selected: usize,
    /// The first row on the screen.
    pub top: usize,
    /// The year whose reports are collected now.
    pub(super) this_year: Option<u16>,
    /// The year that was asked for.
    pub(super) wanted_year: Option<u16>,
    /// The unit and file chosen, to find them again when rows come or the order changes.
    pub(super) selected_key: Option<(String, Option<PathBuf>)>,
}

impl Folder {
    /// The units that have filed nothing, in the order of the list.
    pub fn missing_units(&self) -> impl Iterator<Item = &str> {
        let missing = self.rows.iter().filter(|row| row.status == Some(UnitStatus::Missing));
        missing.map(|row| row.unit.as_str())
    }

    /// The day by which the reports shown have to be handed in; `None` while no year is known.
    pub fn due(&self) -> Option<Date> {
        let year = self.year.or(self.this_year)?;
        let own = self.settings.as_ref().and_then(|settings| settings.deadline);
        // A deadline is for the reports that are collected in its year.
        let own = own.filter(|day| i32::from(day.year()) == i32::from(year) + 1);
        own.or_else(|| due_date_of(year, false))
    }

    /// The file of a row; none for a unit that has filed nothing.
    pub fn file_of(&self, row: &FolderRow) -> Option<&UnitFile> {
        self.files.get(row.file?)
    }

    /// The row chosen.
    pub fn selected_row(&self) -> Option<&FolderRow> {
        self.rows.get(self.selected)
    }

    /// Chooses a row, or the last one if there are fewer.
    pub(super) fn select(&mut self, at: usize) {
        self.selected = at.min(self.rows.len().saturating_sub(1));
        self.selected_key = self
            .selected_row()
            .map(|row| (row.unit.clone(), self.file_of(row).map(|filed| filed.file.clone())));
    }
}
