//! The rows of a folder: one for each file of the year and each unit that has filed none, in order.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use super::columns::FolderColumn;
use super::listing::{Folder, FolderCounts, FolderRow};
use crate::compile::{UnitFile, UnitStatus};
use crate::draft::Amount;

impl Folder {
    /// What a column shows of a row.
    pub fn cell_text(&self, row: &FolderRow, column: FolderColumn) -> String {
        cell_text(self, row, column)
    }

    /// How many signs the bar in a column is long, of so many at the most.
    pub fn bar_length(&self, row: &FolderRow, column: FolderColumn, room: u16) -> usize {
        bar_length(self, row, column, room)
    }

    /// Rebuilds the rows; the unit chosen stays chosen while it is shown.
    pub(super) fn rebuild_rows(&mut self) {
        self.year = shown_year(&self.files, self.wanted_year, self.this_year);
        (self.rows, self.counts) = build_rows(self);
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
        tally.with_errors += usize::from(filed.errors > 0);
        let standing = units.get(filed.unit.as_str()).filter(|_| filed.error.is_none() && !filed.compiled);
        let standing = standing.map(|files| match filed.is_finished() {
            true => UnitStatus::of(files),
            false => UnitStatus::Unfinished,
        });
        let last = filed.before.or_else(|| before.get(filed.unit.as_str()).copied());
        let change = match (filed.received, last) {
            (Amount::Known(now), Some(Amount::Known(before))) => now.checked_sub(before),
            _ => None,
        };
        rows.push(FolderRow {
            unit: row_name(filed),
            file: Some(at),
            status: standing,
            status_label: status_label(filed, standing),
            change,
        });
    }
    let missing = folder.roster.as_ref().map(|roster| roster.missing(units.keys().copied()));
    tally.missing = missing.as_ref().map_or(0, Vec::len);
    tally.unfinished = units.values().filter(|files| UnitStatus::of(files) == UnitStatus::Unfinished).count();
    tally.units = folder.roster.as_ref().map_or(units.len(), |roster| roster.units.len());
    rows.extend(missing.into_iter().flatten().map(|unit| {
        let standing = UnitStatus::Missing;
        FolderRow { unit, file: None, status: Some(standing), status_label: standing.label(), change: None }
    }));
    rows.retain(|row| matches_filter(folder, row));
    sort_rows(folder, &mut rows);
    for row in &rows {
        for (most, column) in
            tally.maxima.iter_mut().zip([FolderColumn::Errors, FolderColumn::Received, FolderColumn::Carried])
        {
            *most = (*most).max(column_number(folder, row, column).unwrap_or_default());
        }
    }
    (rows, tally)
}

fn row_name(filed: &UnitFile) -> String {
    let file = || filed.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if filed.unit.is_empty() { file() } else { filed.unit.clone() }
}

/// The word for how a file stands, short enough for a column.
fn status_label(filed: &UnitFile, standing: Option<UnitStatus>) -> &'static str {
    match standing {
        _ if filed.error.is_some() => "无法读取",
        _ if filed.compiled => "汇总",
        Some(UnitStatus::Duplicate) => "多份",
        Some(UnitStatus::OldFormat) => "格式旧",
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
    let known = |amount| if let Amount::Known(number) = amount { Some(number) } else { None };
    match column {
        FolderColumn::Unit | FolderColumn::State => None,
        FolderColumn::Errors => Some(filed.errors.into()),
        FolderColumn::Warnings => Some(filed.warnings.into()),
        FolderColumn::Received => known(filed.received),
        FolderColumn::Handled => known(filed.handled),
        FolderColumn::Carried => known(filed.carried),
        FolderColumn::Change => row.change,
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
        FolderColumn::State => rows.sort_by(|a, b| {
            let key =
                |row: &FolderRow| (row.file.is_some() && row.status.is_some(), row.status, row.status_label);
            turned(key(a).cmp(&key(b)))
        }),
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
        FolderColumn::State => row.status_label.into(),
        FolderColumn::Received => amount(|filed| filed.received),
        FolderColumn::Handled => amount(|filed| filed.handled),
        FolderColumn::Carried => amount(|filed| filed.carried),
        FolderColumn::Change => row.change.map_or(String::new(), |change| {
            let sign = if change.is_sign_positive() && !change.is_zero() { "+" } else { "" };
            format!("{sign}{change}")
        }),
        FolderColumn::Errors | FolderColumn::Warnings => {
            column_number(folder, row, column).map_or(String::new(), |number| number.to_string())
        }
    }
}

/// How many signs the bar of a number is long: in proportion to the largest one shown, and never
/// none where there is something to see.
fn bar_length(folder: &Folder, row: &FolderRow, column: FolderColumn, room: u16) -> usize {
    let [errors, received, carried] = folder.counts.maxima;
    let most = match column {
        FolderColumn::Errors => errors,
        FolderColumn::Received => received,
        FolderColumn::Carried => carried,
        _ => Decimal::ZERO,
    };
    let number = column_number(folder, row, column).unwrap_or_default();
    if number <= Decimal::ZERO || most <= Decimal::ZERO {
        return 0;
    }
    let part = number.checked_mul(room.into()).and_then(|whole| whole.checked_div(most));
    part.and_then(|part| part.round().to_usize()).unwrap_or(0).max(1).min(usize::from(room))
}
