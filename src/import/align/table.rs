//! The cells of one table section: read, blank, ambiguous or not found.

use std::collections::{BTreeMap, HashSet};

use super::assign::assign_rows;
use super::cells::{Cell, Table, candidates_at, cell};
use super::columns::{ColumnHeadings, NumberColumns};
use super::cuts::Cuts;
use super::extract::Extracted;
use super::normalize::{Normalized, normalize_letters};
use super::number_row::{NumberRow, RowNumbers};
use super::outline::OutlineItem;
use super::row_scanner::number_rows;
use super::stacked;
use super::target_row::{TargetRow, distinctive_labels, is_stacked, target_rows};
use super::wrapped_labels::rejoin;
use crate::form::{FieldId, Form, Section};
use crate::text::digits;

/// How many lines of numbers alone a wrapped row can go on in.
const MAX_WRAPPED_LINES: usize = 4;

/// Fewer letters than these between numbers are no label of a table, but a cell of words.
const MIN_LABEL: usize = 4;

/// Fewer letters than these are no caption of a block or sentence.
const MIN_CAPTION: usize = 10;

/// The most rows of numbers that are matched with a table's labels; no table has a tenth of it.
const MAX_ROWS: usize = 1_000;

/// Items with their rows of numbers, prepared once for every form and section that is sought in them.
pub struct SectionRows<'a> {
    items: &'a [OutlineItem],
    rows: Vec<NumberRow>,
    text_behind: Normalized,
    headings: ColumnHeadings<'a>,
    /// Every two letters that are side by side.
    pairs: HashSet<(char, char)>,
}

impl<'a> SectionRows<'a> {
    /// Returns the rows of some items.
    pub fn of(items: &'a [OutlineItem]) -> Self {
        let (rows, text_behind) = number_rows(items);
        let pairs = all_letters(items).windows(2).map(|pair| (pair[0], pair[1])).collect();
        SectionRows { items, rows, text_behind, headings: ColumnHeadings::of(items), pairs }
    }
}

/// Reads a section of the form out of what is under its heading.
pub fn read_section(form: &Form, section: &Section, found: &SectionRows) -> Table {
    let SectionRows { items, rows, text_behind, headings: heads, pairs } = found;
    let targets = target_rows(form, section);
    let rows = &rejoin(items, rows, &targets);
    let mut table = Table::default();
    let mut reason = String::new();
    let assigned: HashSet<usize> = if rows.len() > MAX_ROWS {
        reason = format!("这里有 {} 行数字，比表格多得多，没有逐行辨认", rows.len());
        HashSet::new()
    } else if is_stacked(section) {
        stacked::read_stacked(rows, &targets, heads, &mut table)
    } else {
        read_rows(form, rows, &targets, text_behind, heads, &mut table)
    };
    for target in &targets {
        for field in &target.fields {
            let line = items.first().map_or(0, OutlineItem::line);
            table.cells.entry(field.clone()).or_insert((Cell::NotFound, line, reason.clone()));
        }
    }
    for (at, row) in rows.iter().enumerate() {
        if !assigned.contains(&at) && has_number(row) {
            table.unplaced.push((row.line, row.printed.clone()));
        }
    }
    table.fit = form_fit(section, &targets, &table, pairs);
    table
}

/// Returns whether a row that was not assigned holds a number worth reporting.
fn has_number(row: &NumberRow) -> bool {
    let digit = |text: &str| text.chars().any(|c| digits::digit(c).is_some());
    match &row.numbers {
        RowNumbers::Cells(cells) => cells.cells.iter().any(|(_, text)| digit(text)),
        RowNumbers::Tokens { numbers, .. } => numbers.iter().any(|number| digit(&number.raw)),
    }
}

fn form_fit(section: &Section, targets: &[TargetRow], table: &Table, pairs: &HashSet<(char, char)>) -> f32 {
    let is_read =
        |field: &FieldId| table.cells.get(field).is_some_and(|(cell, ..)| matches!(cell, Cell::Read(_)));
    let read = table.cells.keys().filter(|field| is_read(field)).count();
    // A row that was found is there, in whatever words.
    let found: HashSet<&[char]> =
        targets.iter().filter(|it| it.fields.iter().any(is_read)).map(|it| it.label.letters()).collect();
    let labels = distinctive_labels(section);
    let presence = labels
        .iter()
        .map(|label| if found.contains(&label[..]) { 1.0 } else { label_presence(label, pairs) });
    // Rows of numbers that no row of the form is for speak against it.
    let left = table.unplaced.len() as f32 / targets.len().max(1) as f32;
    let read = read as f32 / table.cells.len().max(1) as f32;
    presence.sum::<f32>() * LABEL_FACTOR + read * READ_FACTOR - left.min(1.0)
}

/// The weight of a label that is present, and of the share of cells that were read: the names of a table's rows
/// and columns show its format better than how much of it can be read, and damage can make all of it unread.
const LABEL_FACTOR: f32 = 0.15;
const READ_FACTOR: f32 = 0.25;

/// Returns how surely a text contains a label, from -1 to 1, by the share of the label's pairs of letters
/// that occur in it: copies break labels up, and other labels have some of the pairs.
fn label_presence(label: &[char], pairs: &HashSet<(char, char)>) -> f32 {
    let own = label.windows(2).filter(|pair| pairs.contains(&(pair[0], pair[1]))).count();
    let share = own as f32 / label.len().saturating_sub(1).max(1) as f32;
    ((share - 0.75) * 4.0).clamp(-1.0, 1.0)
}

/// Returns every letter of the items, one after the other.
fn all_letters(items: &[OutlineItem]) -> Normalized {
    let mut text = Normalized::new();
    for item in items {
        match item {
            OutlineItem::Text { text: line, .. } => text.extend(normalize_letters(line)),
            OutlineItem::Row(row) => {
                row.cells.iter().for_each(|(_, cell)| text.extend(normalize_letters(cell)))
            }
            OutlineItem::Prose { .. } | OutlineItem::Picture { .. } => {}
        }
    }
    text
}

fn read_rows(
    form: &Form,
    rows: &[NumberRow],
    targets: &[TargetRow],
    text_behind: &Normalized,
    heads: &ColumnHeadings,
    table: &mut Table,
) -> HashSet<usize> {
    let assigned = assign_rows(rows, targets, text_behind);
    let in_table = NumberColumns::of(rows, targets, &assigned);
    // Where every row is there and zeros are printed, no cell is left out for being blank.
    let zeros_printed =
        assigned.rows.iter().all(|own| own.len() == 1) && rows.iter().any(NumberRow::prints_zeros);
    // Without sums, as in 二, nothing else speaks for one digit a cell: no row may need another cut.
    let mut unsummed = targets.iter().zip(&assigned.rows).filter(|(target, _)| target.sum_groups().is_none());
    let one_digit_each = unsummed.all(|(target, own)| {
        let fits = |at: &usize| rows[*at].has_digits_for(target.fields.len());
        target.fields.len() < 2 || own.iter().all(fits)
    });
    let take = |target: &TargetRow, at: usize| {
        let (row, count) = (&rows[at], target.fields.len());
        if in_table.has_extra_numbers(row, count) || heads.contradicts(row, &target.column_headings) {
            return Extracted::Mismatch;
        }
        // Where cells shift, headings do not help.
        let ragged = matches!(&row.numbers, RowNumbers::Cells(cells) if cells.ragged);
        let headed = heads.columns(row, &target.column_headings).filter(|_| !ragged);
        // Columns in an order of the report's own, or without totals, hold what their headings say.
        if let (RowNumbers::Cells(cells), Some(own)) = (&row.numbers, &headed)
            && (own.len() < count || !own.is_sorted())
        {
            let taken = cells.extract_columns(own);
            let doubtful = own.len() == count && target.is_sum && taken.breaks_sum();
            return if doubtful { Extracted::Mismatch } else { taken };
        }
        let known = in_table.columns_of(row, count).or_else(|| headed.clone());
        if let (RowNumbers::Cells(cells), Some(columns), true) = (&row.numbers, &known, target.is_sum)
            && !in_table.is_like_others(row, target)
            && cells.adds_up_when_shifted(columns)
        {
            return Extracted::Mismatch;
        }
        let groups = target.sum_groups();
        let taken = row.extract(count, groups.as_deref(), known.as_deref());
        let adds_up = target.is_sum && !taken.breaks_sum();
        if count > 1 && !adds_up && in_table.may_be_shifted(row, target, headed.as_deref()) {
            return Extracted::Mismatch;
        }
        let digits = || {
            row.extract_digits(count, groups.as_deref())
                .filter(|_| zeros_printed && (groups.is_some() || one_digit_each))
        };
        if matches!(taken, Extracted::Values(_)) { taken } else { digits().unwrap_or(taken) }
    };
    let claimed: HashSet<usize> = assigned.rows.iter().flatten().copied().collect();
    let mut used = HashSet::new();
    let mut readings: Vec<Vec<(usize, Extracted)>> = Vec::new();
    for (target, own) in targets.iter().zip(&assigned.rows) {
        let mut taken: Vec<(usize, Extracted)> = own.iter().map(|at| (*at, take(target, *at))).collect();
        // A row whose cells wrapped goes on in lines of numbers alone.
        if let ([(at, own)], Some(groups)) = (&mut taken[..], target.sum_groups())
            && (*own == Extracted::Mismatch || own.breaks_sum())
        {
            let goes_on = |at: &usize| !claimed.contains(at) && rows[*at].is_continuation();
            let below: Vec<usize> =
                (*at + 1..rows.len()).take_while(goes_on).take(MAX_WRAPPED_LINES).collect();
            let whole = rows[*at].extract_wrapped(below.iter().map(|at| &rows[*at]), &groups);
            if matches!(whole, Extracted::Values(_)) {
                *own = whole;
                used.extend(below);
            }
        }
        readings.push(taken);
    }
    let doubts = Doubts::of(rows, &readings);
    let cuts = Cuts::of(form, rows, targets, &readings);
    let refused = assigned.refused || contradicts_sums(rows, targets, &readings);
    for (number, (target, taken)) in targets.iter().zip(&readings).enumerate() {
        used.extend(taken.iter().map(|(at, _)| *at));
        let Some((at, first)) = taken.first() else { continue };
        let row = &rows[*at];
        let is_doubtful = cuts.is_doubtful(number) || doubts.is_doubtful(*at, first, target.is_sum);
        let same = taken.iter().all(|(_, other)| other == first);
        for (place, field) in target.fields.iter().enumerate() {
            let cell = if refused {
                Cell::NotFound
            } else if same {
                match cell(first, place) {
                    Cell::Read(number) if is_doubtful => Cell::Ambiguous(vec![number.raw]),
                    certain => certain,
                }
            } else {
                Cell::Ambiguous(candidates_at(taken.iter().map(|(_, taken)| taken), place))
            };
            let reason = match (refused, &cell) {
                (true, _) => "数字没有和各行对齐，可能是按列复制的".to_string(),
                _ => row.printed.clone(),
            };
            table.cells.insert(field.clone(), (cell, row.line, reason));
        }
    }
    if !refused {
        table.decided.extend(cuts.decided().filter_map(|row| targets[row].fields.first().cloned()));
    }
    used
}

/// Returns whether most rows contradict their own sums: running text that is not what it seems, or a table
/// in which another column holds the sum.
fn contradicts_sums(rows: &[NumberRow], targets: &[TargetRow], readings: &[Vec<(usize, Extracted)>]) -> bool {
    let (mut judged, mut wrong) = (0, 0);
    for (target, taken) in targets.iter().zip(readings) {
        let [(at, taken)] = &taken[..] else { continue };
        let whole = |numbers: &Vec<u64>| {
            target.is_sum && numbers.len() == target.fields.len() && numbers.iter().any(|number| *number != 0)
        };
        let Some(numbers) = taken.numbers().filter(whole) else { continue };
        judged += 1;
        let whole: u128 = numbers.iter().map(|number| u128::from(*number)).sum();
        let elsewhere = || numbers.iter().any(|number| u128::from(*number) * 2 == whole);
        wrong += usize::from(taken.breaks_sum() && (rows[*at].is_running_text() || elsewhere()));
    }
    judged >= 6 && wrong * 2 > judged
}

/// Numbers of running text that no row has, beside which the rows may have lost a digit.
struct Doubts {
    /// The rows of numbers that no row of the form takes, and how much text is before them, in letters.
    strays: BTreeMap<usize, usize>,
    /// Rows of numbers that each stand on a line of their own, in a table of which something is left over or
    /// missing.
    one_per_line: HashSet<usize>,
}

impl Doubts {
    fn of(rows: &[NumberRow], readings: &[Vec<(usize, Extracted)>]) -> Doubts {
        let read: HashSet<usize> = readings
            .iter()
            .flatten()
            .filter(|(_, taken)| matches!(taken, Extracted::Values(_)))
            .map(|(at, _)| *at)
            .collect();
        let left = rows.iter().enumerate().filter(|(at, row)| row.is_running_text() && !read.contains(at));
        let strays: BTreeMap<usize, usize> = left.map(|(at, row)| (at, row.before.len())).collect();
        let whole = strays.is_empty() && readings.iter().all(|taken| taken.len() == 1);
        let listed = read.iter().copied().filter(|at| !whole && rows[*at].is_one_per_line()).collect();
        Doubts { strays, one_per_line: listed }
    }

    /// Returns whether the numbers of a row may not be what they seem: its sum is broken, or it has none,
    /// and digits that could be its own are beside it or its cells were written out one by one.
    fn is_doubtful(&self, at: usize, taken: &Extracted, is_sum: bool) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.strays.get(&above));
        let below = self.strays.get(&(at + 1));
        if is_sum {
            let beside = above.or(below).is_some();
            return (beside || self.one_per_line.contains(&at)) && taken.breaks_sum();
        }
        // A number without a label, after words that are fewer than a caption: 减少3项 was a cell, too.
        let further = (at + 1..).map_while(|below| self.strays.get(&below));
        further.take_while(|letters| **letters < MIN_CAPTION).any(|letters| *letters < MIN_LABEL)
    }
}
