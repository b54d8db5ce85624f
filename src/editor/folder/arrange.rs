//! The rows of a folder: one for each file of the year and each unit that has filed none, in order.

use rust_decimal::Decimal;
use std::cmp::{Ordering, Reverse};
use std::collections::{HashMap, HashSet};

use super::columns::{ColumnArea, FolderColumn, column_areas, widest};
use super::listing::{COMPILED, Folder, FolderCounts, FolderRow};
use crate::compile::{UnitFile, UnitStatus};
use crate::draft::{Amount, ReportState};
use crate::editor::line_input::LineInput;

impl Folder {
    /// What a column shows of a row.
    pub fn cell_text(&self, row: &FolderRow, column: FolderColumn) -> String {
        cell_text(self, row, column)
    }

    /// Whether nothing can be said of a unit yet: its report may be among the files still to be read.
    pub fn awaits(&self, row: &FolderRow) -> bool {
        !self.complete && row.status == Some(UnitStatus::Missing)
    }

    /// The columns in a window of this width, for the names shown.
    pub fn column_areas(&self, width: u16) -> Vec<ColumnArea> {
        column_areas(width, self.name_width)
    }

    /// The rows of the year, whatever was typed to narrow them.
    pub(super) fn all_rows(&self) -> Vec<FolderRow> {
        build_rows(&Folder { filter: LineInput::default(), ..self.clone() }).0
    }

    /// Rebuilds the rows; the unit chosen stays chosen while it is shown.
    pub(super) fn rebuild_rows(&mut self) {
        self.year = shown_year(&self.files, self.wanted_year, self.this_year);
        (self.rows, self.counts) = build_rows(self);
        self.name_width = widest(self.rows.iter().map(|row| row.unit.as_str()));
        let is_chosen = |row: &FolderRow| {
            self.selected_key.as_ref().is_some_and(|(unit, file)| {
                row.unit == *unit && self.file_of(row).map(|filed| &filed.file) == file.as_ref()
            })
        };
        let at = self.rows.iter().position(is_chosen);
        self.selected = at.unwrap_or(self.selected).min(self.rows.len().saturating_sub(1));
    }
}

/// The year to show: the one asked for, else the one that is being collected now, else the latest.
fn shown_year(filed: &[UnitFile], wanted: Option<u16>, this_year: Option<u16>) -> Option<u16> {
    let has = |year: &u16| filed.iter().any(|filed| filed.year == Some(*year));
    let latest = || filed.iter().filter_map(|filed| filed.year).max();
    wanted.filter(has).or(this_year.filter(has)).or_else(latest)
}

/// The rows that fit what was typed, sorted, and what is counted over all.
fn build_rows(folder: &Folder) -> (Vec<FolderRow>, FolderCounts) {
    let filed = &folder.files;
    let of_year = |filed: &UnitFile| filed.year.is_none() || filed.year == folder.year;
    let mut units: HashMap<&str, Vec<&UnitFile>> = HashMap::new();
    let mut before: HashMap<&str, Amount> = HashMap::new();
    for filed in filed.iter().filter(|filed| filed.error.is_none() && !filed.compiled) {
        if of_year(filed) {
            units.entry(&filed.unit).or_default().push(filed);
        } else if filed.year.map(|year| year + 1) == folder.year {
            before.insert(&filed.unit, filed.received);
        }
    }
    let mut tally = FolderCounts::default();
    let mut rows = Vec::new();
    for (at, filed) in filed.iter().enumerate() {
        if !of_year(filed) {
            tally.other_years += 1;
            continue;
        }
        tally.unreadable += usize::from(filed.error.is_some());
        let standing = units.get(filed.unit.as_str()).filter(|_| filed.error.is_none() && !filed.compiled);
        let standing = standing.map(|files| match filed.is_finished() {
            true => UnitStatus::of(files),
            false => UnitStatus::Unfinished,
        });
        let last = filed.before.or_else(|| before.get(filed.unit.as_str()).copied());
        let change = known(Some(filed.received)).zip(known(last));
        let change = change.and_then(|(now, before)| now.checked_sub(before));
        rows.push(FolderRow {
            unit: row_name(filed),
            file: Some(at),
            status: standing,
            status_label: status_label(filed, standing),
            change,
            is_large_change: change.zip(known(last)).is_some_and(|(change, last)| is_large(change, last)),
        });
    }
    let missing = folder.roster.as_ref().map(|roster| roster.missing(units.keys().copied()));
    tally.missing = missing.as_ref().map_or(0, Vec::len);
    tally.units = folder.roster.as_ref().map_or(units.len(), |roster| roster.units.len());
    let has_errors = |files: &&Vec<&UnitFile>| files.iter().any(|file| file.is_finished() && file.errors > 0);
    // Of the units on the list, where there is one: so filed, unfinished and missing are all of them.
    let roster: Option<HashSet<&str>> =
        folder.roster.as_ref().map(|roster| roster.units.iter().map(String::as_str).collect());
    let counted =
        units.iter().filter(|(unit, _)| roster.as_ref().is_none_or(|roster| roster.contains(*unit)));
    for (_, files) in counted {
        let is_filed = UnitStatus::of(files).is_filed();
        tally.filed += usize::from(is_filed);
        tally.unfinished += usize::from(!is_filed);
        tally.with_errors += usize::from(is_filed && has_errors(&files));
    }
    tally.unlisted =
        units.keys().filter(|unit| roster.as_ref().is_some_and(|roster| !roster.contains(*unit))).count();
    rows.extend(missing.into_iter().flatten().map(|unit| {
        let standing = UnitStatus::Missing;
        FolderRow {
            unit,
            file: None,
            status: Some(standing),
            status_label: standing.label(),
            change: None,
            is_large_change: false,
        }
    }));
    rows.retain(|row| matches_filter(folder, row));
    sort_rows(folder, &mut rows);
    (rows, tally)
}

fn known(amount: Option<Amount>) -> Option<Decimal> {
    if let Some(Amount::Known(number)) = amount { Some(number) } else { None }
}

/// Whether a change against the year before is worth a look: of 25 applications or more, and by a tenth or more.
/// An office with a handful of them has large changes every year.
fn is_large(change: Decimal, last: Decimal) -> bool {
    let size = change.abs();
    size >= LARGE_CHANGE.into() && size.checked_mul(10.into()).is_none_or(|ten| ten >= last)
}

/// The least change of a number of applications that is ever called large.
const LARGE_CHANGE: u32 = 25;

fn row_name(filed: &UnitFile) -> String {
    let file = || filed.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if filed.unit.is_empty() { file() } else { filed.unit.clone() }
}

/// The word for how a file stands, short enough for a column.
fn status_label(filed: &UnitFile, standing: Option<UnitStatus>) -> &'static str {
    match standing {
        _ if filed.error.is_some() => "无法读取",
        _ if filed.compiled => COMPILED,
        Some(UnitStatus::Duplicate) => "多份",
        Some(UnitStatus::OldFormat) => "旧格式",
        Some(UnitStatus::Errors) => "有错",
        Some(UnitStatus::Filed) if filed.state != ReportState::Filling => filed.state.label(),
        Some(standing) => standing.label(),
        None => "",
    }
}

/// Whether every word that was typed stands in the unit's name, its state or its file's name.
fn matches_filter(folder: &Folder, row: &FolderRow) -> bool {
    let file = folder.file_of(row).and_then(|filed| filed.file.file_name());
    let file = file.map(|name| name.to_string_lossy()).unwrap_or_default();
    let said = |word: &str| row.unit.contains(word) || row.status_label.contains(word) || file.contains(word);
    folder.filter.text().split_whitespace().all(said)
}

/// The number that a column shows of a row; none where it shows none, or what cannot be read.
fn column_number(folder: &Folder, row: &FolderRow, column: FolderColumn) -> Option<Decimal> {
    let filed = folder.file_of(row).filter(|filed| filed.error.is_none())?;
    match column {
        FolderColumn::Unit | FolderColumn::State => None,
        // Errors first; among files with as many errors, warnings.
        FolderColumn::Problems => {
            let (errors, warnings) = filed.slips;
            Decimal::from(errors).checked_mul(WARNINGS.into())?.checked_add(warnings.into())
        }
        FolderColumn::Received => known(Some(filed.received)),
        FolderColumn::Handled => known(Some(filed.handled)),
        FolderColumn::Carried => known(Some(filed.carried)),
        FolderColumn::Change => row.change,
    }
}

/// More warnings than any file has.
const WARNINGS: u32 = 1_000_000;

/// The place of a row in the order of states: who has to be reminded first, what is done last.
fn state_rank(row: &FolderRow) -> u8 {
    match row.status {
        Some(UnitStatus::Missing) => 0,
        None if !row.is_compiled() => 1,
        Some(UnitStatus::Unfinished) => 2,
        Some(UnitStatus::OldFormat) => 3,
        Some(UnitStatus::Duplicate) => 4,
        Some(UnitStatus::Errors) => 5,
        Some(UnitStatus::Filed) => 6,
        None => 7,
    }
}

/// Words in their order, numbers the largest first; rows without a number stand at the end either way.
fn sort_rows(folder: &Folder, rows: &mut [FolderRow]) {
    let turned = |ordering: Ordering| if folder.reversed { ordering.reverse() } else { ordering };
    let listed: HashMap<&str, usize> = folder
        .roster
        .iter()
        .flat_map(|roster| roster.units.iter().enumerate().map(|(at, unit)| (unit.as_str(), at)))
        .collect();
    // As on the list of units; those that are not on it after it, as their files are named.
    let place = |row: &FolderRow| {
        let file = folder.file_of(row).map(|filed| &filed.file);
        (listed.get(row.unit.as_str()).copied().unwrap_or(usize::MAX), file.cloned())
    };
    rows.sort_by_cached_key(place);
    match folder.sort_column {
        FolderColumn::Unit if folder.reversed => rows.reverse(),
        FolderColumn::Unit => {}
        FolderColumn::State => rows.sort_by(|a, b| turned(state_rank(a).cmp(&state_rank(b)))),
        by => rows.sort_by(|a, b| match (column_number(folder, a, by), column_number(folder, b, by)) {
            (Some(a), Some(b)) => turned(Reverse(a).cmp(&Reverse(b))),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }),
    }
}

/// What a column shows of a row.
fn cell_text(folder: &Folder, row: &FolderRow, column: FolderColumn) -> String {
    let filed = folder.file_of(row).filter(|filed| filed.error.is_none());
    let amount = |of: fn(&UnitFile) -> Amount| filed.map_or(String::new(), |filed| of(filed).display_text());
    match column {
        FolderColumn::Unit => row.unit.clone(),
        FolderColumn::State if folder.awaits(row) => "正在读取".into(),
        FolderColumn::State => row.status_label.into(),
        FolderColumn::Received => amount(|filed| filed.received),
        FolderColumn::Handled => amount(|filed| filed.handled),
        FolderColumn::Carried => amount(|filed| filed.carried),
        FolderColumn::Change => row.change.map_or(String::new(), |change| {
            let sign = if change.is_sign_positive() && !change.is_zero() { "+" } else { "" };
            format!("{sign}{change}")
        }),
        FolderColumn::Problems => filed.map_or(String::new(), |filed| {
            let counts = [("!", filed.slips.0), ("~", filed.slips.1)].into_iter();
            let counts = counts.filter(|(_, count)| *count > 0).map(|(sign, count)| format!("{sign}{count}"));
            counts.collect::<Vec<_>>().join(" ")
        }),
    }
}
