//! A table that prints its rows side by side in one row, as section 四 does.

use std::collections::HashSet;

use super::cells::{Cell, Table, cell};
use super::columns::ColumnHeadings;
use super::extract::Extracted;
use super::normalize::{Normalized, common_length, contains_run};
use super::number_row::{NumberRow, RowNumbers};
use super::target_row::TargetRow;

/// Reads the table: one row with all its numbers, or one for each of its groups. Returns the rows used.
pub fn read_stacked(
    rows: &[NumberRow],
    targets: &[TargetRow],
    heads: &ColumnHeadings,
    table: &mut Table,
) -> HashSet<usize> {
    let mut found: Vec<Vec<(usize, Extracted)>> = vec![Vec::new(); targets.len()];
    for (at, row) in rows.iter().enumerate() {
        let Some(from) = mentioned_groups(row, targets) else { continue };
        // A heading with blank cells beside it is not a blank row.
        if row.is_blank() && !row.label_cell.is_empty() && from.1 - from.0 == targets.len() {
            continue;
        }
        let wanted = &targets[from.0..from.1];
        let taken = extract_groups(row, wanted, heads);
        if taken == Extracted::Mismatch && from.1 - from.0 != targets.len() {
            continue;
        }
        let mut start = 0;
        for (place, target) in (from.0..from.1).zip(wanted) {
            found[place].push((at, extracted_part(&taken, start, target.fields.len())));
            start += target.fields.len();
        }
    }
    // Numbers that belong to no group, in running text or without a label in the table: the others may not be
    // what they seem.
    let used: HashSet<usize> = found.iter().flatten().map(|(at, _)| *at).collect();
    let left = || rows.iter().enumerate().filter(|(at, it)| !used.contains(at) && it.number_count() > 1);
    let stray = |at: usize| match rows[at].table() {
        None => left().any(|(_, row)| row.is_running_text()),
        own => {
            left().any(|(_, row)| !row.beside && row.table() == own) || has_foreign_label(&rows[at], targets)
        }
    };
    // Cells written out one by one may be in another order, unless their headings are not.
    let broken = |at: usize| found.iter().flatten().any(|(other, taken)| *other == at && taken.breaks_sum());
    // The rest of a number that wrapped is a number alone on the next line.
    let goes_on =
        |at: usize| !used.contains(&(at + 1)) && rows.get(at + 1).is_some_and(NumberRow::is_continuation);
    let displaced = |at: usize| {
        let listed = rows[at].is_one_per_line() && !headings_in_order(&rows[at].before, targets);
        (listed || goes_on(at)) && broken(at)
    };
    for (target, readings) in targets.iter().zip(&found) {
        // A blank row beside a filled one says nothing.
        let filled = readings.iter().filter(|(at, _)| !rows[*at].is_blank()).count();
        let mut readings = readings.iter().filter(|(at, _)| filled == 0 || !rows[*at].is_blank());
        let Some((at, taken)) = readings.next() else { continue };
        let contradicted = readings.any(|(_, other)| other != taken);
        for (place, field) in target.fields.iter().enumerate() {
            let cell = match cell(taken, place) {
                Cell::Read(number) if contradicted || stray(*at) || displaced(*at) => {
                    Cell::Ambiguous(vec![number.raw])
                }
                other => other,
            };
            table.cells.insert(field.clone(), (cell, rows[*at].line, rows[*at].printed.clone()));
        }
    }
    used
}

/// Returns which groups a row is about, by the text before it: a range of targets.
fn mentioned_groups(row: &NumberRow, targets: &[TargetRow]) -> Option<(usize, usize)> {
    let text: &Normalized = &row.before;
    let mentioned: Vec<usize> =
        (0..targets.len()).filter(|at| contains_label(text, targets[*at].label.letters())).collect();
    let (first, last) = (*mentioned.first()?, *mentioned.last()?);
    let heads = &targets[first].column_headings;
    // The last heading of a group occurs once for each group that the text is about.
    let repeated = heads.last().map_or(0, |head| count_occurrences(text, head));
    if mentioned.len() == targets.len() {
        return Some((0, targets.len()));
    }
    // A longer label can hold the letters of a shorter one: 未经行政复议直接起诉.
    if repeated <= 1 {
        let longest = mentioned.iter().copied().max_by_key(|at| targets[*at].label.letters().len())?;
        return Some((longest, longest + 1));
    }
    (last + 1 - first == mentioned.len() && mentioned.len() == repeated).then_some((first, last + 1))
}

/// So many letters behind the last name of the form in a label make it another's: 总计（不含下级）.
const FOREIGN_LETTERS: usize = 3;

/// Returns whether a row of a table has a label beside its numbers that the form does not print there: 附：上年同期.
fn has_foreign_label(row: &NumberRow, targets: &[TargetRow]) -> bool {
    let label = &row.label_cell;
    let names = targets.iter().flat_map(|target| {
        let own = target.column_headings.iter().chain(&target.parents).map(Vec::as_slice);
        own.chain([target.label.letters()])
    });
    let end_of = |name: &[char]| {
        label.windows(name.len().max(1)).rposition(|window| window == name).map(|at| at + name.len())
    };
    let known = names.filter_map(end_of).max().unwrap_or(0);
    !label.is_empty() && (known == 0 || label.len() - known >= FOREIGN_LETTERS)
}

/// Returns whether the headings before the numbers are in the order of the form.
fn headings_in_order(before: &[char], targets: &[TargetRow]) -> bool {
    let heads = targets.first().map_or(Vec::new(), |target| target.column_headings.concat());
    let last = targets
        .first()
        .and_then(|target| target.column_headings.last())
        .map_or(0, |head| count_occurrences(before, head));
    before.ends_with(&heads) && count_occurrences(before, &heads) == last
}

/// Returns whether the text holds a label, with a letter or two in between.
fn contains_label(text: &[char], label: &[char]) -> bool {
    if contains_run(text, label) {
        return true;
    }
    let width = label.len() + 2;
    text.len() >= label.len()
        && label.len() >= 5
        && text.windows(width.min(text.len())).any(|window| common_length(window, label) >= label.len())
}

fn count_occurrences(text: &[char], part: &[char]) -> usize {
    if part.is_empty() { 0 } else { text.windows(part.len()).filter(|window| *window == part).count() }
}

fn extract_groups(row: &NumberRow, wanted: &[TargetRow], above: &ColumnHeadings) -> Extracted {
    let sizes: Vec<usize> = wanted.iter().map(|target| target.fields.len()).collect();
    let total = sizes.iter().sum();
    let sums = wanted.iter().all(|target| target.is_sum).then_some(&sizes[..]);
    let heads: Vec<Normalized> = wanted.iter().flat_map(|target| target.column_headings.clone()).collect();
    let columns = match &row.numbers {
        // A row of exactly that many cells has each in its column, however they were separated.
        RowNumbers::Cells(cells) if cells.cells.len() == total => {
            Some(cells.cells.iter().map(|(column, _)| *column).collect())
        }
        _ => above.columns(row, &heads),
    };
    let mut taken = row.extract(total, sums, columns.as_deref());
    // More cells than headings, and a group that does not add up: a cell was put in somewhere.
    let has_more = matches!(&row.numbers, RowNumbers::Cells(cells) if cells.cells.len() > total);
    if has_more && sums.is_some() && breaks_a_sum(&taken, &sizes) {
        taken = Extracted::Mismatch;
    }
    let digits = || row.extract_digits(total, sums).filter(|_| row.prints_zeros());
    if matches!(taken, Extracted::Values(_)) { taken } else { digits().unwrap_or(taken) }
}

/// Returns whether one of the groups does not add up.
fn breaks_a_sum(taken: &Extracted, sizes: &[usize]) -> bool {
    let mut start = 0;
    sizes.iter().any(|size| {
        start += size;
        extracted_part(taken, start - size, *size).breaks_sum()
    })
}

/// Returns the part of a reading that belongs to one group.
fn extracted_part(taken: &Extracted, start: usize, length: usize) -> Extracted {
    let range = start..start + length;
    match taken {
        Extracted::Values(values) => {
            values.get(range).map_or(Extracted::Mismatch, |part| Extracted::Values(part.to_vec()))
        }
        Extracted::Alternatives(ways) => Extracted::Alternatives(
            ways.iter().filter_map(|way| way.get(range.clone())).map(<[String]>::to_vec).collect(),
        ),
        Extracted::Mismatch => Extracted::Mismatch,
    }
}
