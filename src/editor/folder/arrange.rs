//! The rows of a folder: one for each file of the year and each unit that has filed none, in order.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use super::{Column, Folder};
use crate::draft::Amount;
use crate::rollup::{Filed, Standing};

/// One unit and one of its files.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The unit; the file's name where its draft cannot be read or names none.
    pub unit: String,
    /// Its file, by its place among those read; none where nothing was filed.
    pub filed: Option<usize>,
    /// How the unit stands; none for a file that cannot be read or is itself a sum.
    pub standing: Option<Standing>,
    /// The word for that.
    pub state: &'static str,
    /// By how much the applications received differ from the year before, where both are known.
    pub change: Option<Decimal>,
}

/// Counts over all rows of the year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Units that have to report, or, without a list, that were found.
    pub units: usize,
    /// Of these, those that have filed nothing.
    pub missing: usize,
    /// Rows with errors.
    pub faulty: usize,
    /// Files that cannot be read.
    pub unread: usize,
    /// Files of other years, which are not shown.
    pub other_years: usize,
    /// The most errors, applications received and carried of one row shown, for the bars.
    pub most: [Decimal; 3],
}

/// The year to show: the one asked for, else the one that is being collected now, else the latest.
pub fn year(filed: &[Filed], wanted: Option<u16>, this_year: Option<u16>) -> Option<u16> {
    let has = |year: &u16| filed.iter().any(|filed| filed.year == Some(*year));
    let latest = || filed.iter().filter_map(|filed| filed.year).max();
    wanted.filter(has).or(this_year.filter(has)).or_else(latest)
}

/// The rows that fit what was typed, sorted, and what is counted over all.
pub fn rows(folder: &Folder) -> (Vec<Row>, Tally) {
    let filed = &folder.filed;
    let of_year = |filed: &Filed| filed.year.is_none() || filed.year == folder.year;
    let mut units: HashMap<&str, Vec<&Filed>> = HashMap::new();
    let mut before: HashMap<&str, Amount> = HashMap::new();
    for filed in filed.iter().filter(|filed| filed.fault.is_none() && !filed.compiled) {
        if of_year(filed) {
            units.entry(&filed.unit).or_default().push(filed);
        } else if filed.year.map(|year| year + 1) == folder.year {
            before.insert(&filed.unit, filed.received);
        }
    }
    let mut tally = Tally::default();
    let mut rows = Vec::new();
    for (at, filed) in filed.iter().enumerate() {
        if !of_year(filed) {
            tally.other_years += 1;
            continue;
        }
        tally.unread += usize::from(filed.fault.is_some());
        tally.faulty += usize::from(filed.errors > 0);
        let standing = units.get(filed.unit.as_str()).filter(|_| filed.fault.is_none() && !filed.compiled);
        let standing = standing.map(|files| Standing::of(files));
        let last = filed.before.or_else(|| before.get(filed.unit.as_str()).copied());
        let change = match (filed.received, last) {
            (Amount::Known(now), Some(Amount::Known(before))) => now.checked_sub(before),
            _ => None,
        };
        rows.push(Row {
            unit: name(filed),
            filed: Some(at),
            standing,
            state: state(filed, standing),
            change,
        });
    }
    let missing = folder.roster.as_ref().map(|roster| roster.missing(units.keys().copied()));
    tally.missing = missing.as_ref().map_or(0, Vec::len);
    tally.units = folder.roster.as_ref().map_or(units.len(), |roster| roster.units.len());
    rows.extend(missing.into_iter().flatten().map(|unit| {
        let standing = Standing::Missing;
        Row { unit, filed: None, standing: Some(standing), state: standing.say(), change: None }
    }));
    rows.retain(|row| fits(folder, row));
    sort(folder, &mut rows);
    for row in &rows {
        for (most, column) in tally.most.iter_mut().zip([Column::Errors, Column::Received, Column::Carried]) {
            *most = (*most).max(number(folder, row, column).unwrap_or_default());
        }
    }
    (rows, tally)
}

fn name(filed: &Filed) -> String {
    let file = || filed.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if filed.unit.is_empty() { file() } else { filed.unit.clone() }
}

/// The word for how a file stands, short enough for a column.
fn state(filed: &Filed, standing: Option<Standing>) -> &'static str {
    match standing {
        _ if filed.fault.is_some() => "读不出",
        _ if filed.compiled => "汇总",
        Some(Standing::Doubled) => "多份",
        Some(Standing::OldFormat) => "格式旧",
        Some(standing) => standing.say(),
        None => "",
    }
}

/// Whether every word that was typed stands in the unit's name, its state or its file's name.
fn fits(folder: &Folder, row: &Row) -> bool {
    let file = folder.filed(row).and_then(|filed| filed.file.file_name());
    let file = file.map(|name| name.to_string_lossy()).unwrap_or_default();
    let said = |word: &str| row.unit.contains(word) || row.state.contains(word) || file.contains(word);
    folder.line.text().split_whitespace().all(said)
}

/// The number that a column shows of a row; none where it shows none, or what cannot be read.
pub(super) fn number(folder: &Folder, row: &Row, column: Column) -> Option<Decimal> {
    let filed = folder.filed(row).filter(|filed| filed.fault.is_none())?;
    let known = |amount| if let Amount::Known(number) = amount { Some(number) } else { None };
    match column {
        Column::Unit | Column::State => None,
        Column::Errors => Some(filed.errors.into()),
        Column::Warnings => Some(filed.warnings.into()),
        Column::Received => known(filed.received),
        Column::Handled => known(filed.handled),
        Column::Carried => known(filed.carried),
        Column::Change => row.change,
    }
}

/// Words in their order, numbers the largest first; rows without a number stand at the end either way.
fn sort(folder: &Folder, rows: &mut [Row]) {
    let turned = |ordering: Ordering| if folder.backwards { ordering.reverse() } else { ordering };
    let listed: HashMap<&str, usize> = folder
        .roster
        .iter()
        .flat_map(|roster| roster.units.iter().enumerate().map(|(at, unit)| (unit.as_str(), at)))
        .collect();
    // As on the list of units; those that are not on it after it, as their files are named.
    let place = |row: &Row| {
        let file = folder.filed(row).map(|filed| &filed.file);
        (listed.get(row.unit.as_str()).copied().unwrap_or(usize::MAX), file.cloned())
    };
    rows.sort_by_cached_key(place);
    match folder.by {
        Column::Unit if folder.backwards => rows.reverse(),
        Column::Unit => {}
        Column::State => rows.sort_by(|a, b| {
            let key = |row: &Row| (row.filed.is_some() && row.standing.is_some(), row.standing, row.state);
            turned(key(a).cmp(&key(b)))
        }),
        by => rows.sort_by(|a, b| match (number(folder, a, by), number(folder, b, by)) {
            (Some(a), Some(b)) => turned(Reverse(a).cmp(&Reverse(b))),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }),
    }
}

/// What a column shows of a row.
pub(super) fn shown(folder: &Folder, row: &Row, column: Column) -> String {
    let filed = folder.filed(row).filter(|filed| filed.fault.is_none());
    let amount = |of: fn(&Filed) -> Amount| filed.map_or(String::new(), |filed| of(filed).words());
    match column {
        Column::Unit => row.unit.clone(),
        Column::State => row.state.into(),
        Column::Received => amount(|filed| filed.received),
        Column::Handled => amount(|filed| filed.handled),
        Column::Carried => amount(|filed| filed.carried),
        Column::Change => row.change.map_or(String::new(), |change| {
            let sign = if change.is_sign_positive() && !change.is_zero() { "+" } else { "" };
            format!("{sign}{change}")
        }),
        Column::Errors | Column::Warnings => {
            number(folder, row, column).map_or(String::new(), |number| number.to_string())
        }
    }
}

/// How many signs the bar of a number is long: in proportion to the largest one shown, and never
/// none where there is something to see.
pub(super) fn bar(folder: &Folder, row: &Row, column: Column, room: u16) -> usize {
    let [errors, received, carried] = folder.tally.most;
    let most = match column {
        Column::Errors => errors,
        Column::Received => received,
        Column::Carried => carried,
        _ => Decimal::ZERO,
    };
    let number = number(folder, row, column).unwrap_or_default();
    if number <= Decimal::ZERO || most <= Decimal::ZERO {
        return 0;
    }
    let part = number.checked_mul(room.into()).and_then(|whole| whole.checked_div(most));
    part.and_then(|part| part.round().to_usize()).unwrap_or(0).max(1).min(usize::from(room))
}
