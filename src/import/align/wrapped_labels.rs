//! Labels that wrapped in a narrow column: their lines stand above and below the numbers beside them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::normalize::{Normalized, contains_run, normalize, normalize_letters};
use super::number_row::NumberRow;
use super::outline::OutlineItem;
use super::target_row::TargetRow;
use crate::text::width::display_width;

/// The most lines of a label above or below its numbers.
const MAX_LINES: usize = 20;

/// The longest label, in bytes; a line twice as long is of no table.
const MAX_BYTES: usize = 300;

/// A word of a line and the columns at which it begins and ends.
type Word<'a> = (Range<usize>, &'a str);

/// A label that was found whole around the numbers of a row.
struct Found {
    row: usize,
    target: usize,
    /// The lines that it takes, and the one of them that the numbers are on.
    lines: Range<usize>,
    own: usize,
    text: Normalized,
}

/// Returns the rows with the labels in front of them that are found whole, letter for letter, in the lines around
/// their numbers. Nothing is changed where the lines allow a second reading: a row with two labels, two rows with
/// one label or line, labels out of order, or numbers at the top of some labels and at the bottom of others.
pub fn rejoin(items: &[OutlineItem], rows: &[NumberRow], targets: &[TargetRow]) -> Vec<NumberRow> {
    let mut rows = rows.to_vec();
    let found = find(items, &rows, targets);
    let above = |it: &Found| it.own - it.lines.start;
    let below = |it: &Found| it.lines.end - 1 - it.own;
    let is_set = found.iter().all(|it| above(it) == 0)
        || found.iter().all(|it| below(it) == 0)
        || found.iter().all(|it| above(it).abs_diff(below(it)) <= 1);
    let is_apart = found
        .windows(2)
        .all(|pair| pair[0].lines.end <= pair[1].lines.start && pair[0].target < pair[1].target);
    if !is_set || !is_apart {
        return rows;
    }
    for it in found {
        let row = &mut rows[it.row];
        (row.before, row.after, row.beside) = (it.text, Normalized::new(), true);
    }
    rows
}

fn find(items: &[OutlineItem], rows: &[NumberRow], targets: &[TargetRow]) -> Vec<Found> {
    let lines: Vec<(usize, Vec<Word>)> = items
        .iter()
        .filter_map(|item| match item {
            OutlineItem::Text { line, text } if text.len() <= 2 * MAX_BYTES => Some((*line, pieces_of(text))),
            OutlineItem::Text { line, .. } => Some((*line, Vec::new())),
            _ => None,
        })
        .collect();
    let mut rows_of: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.is_running_text()) {
        rows_of.entry(row.line).or_default().push(at);
    }
    let places: BTreeMap<usize, &Vec<usize>> =
        lines.iter().enumerate().filter_map(|(at, (line, _))| Some((at, rows_of.get(line)?))).collect();
    let mut labels: HashMap<Normalized, Vec<usize>> = HashMap::new();
    for (at, target) in targets.iter().enumerate() {
        labels.entry(target.label.letters().to_vec()).or_default().push(at);
    }
    let mut found: Vec<(Found, Range<usize>, usize)> = Vec::new();
    for (own, at) in &places {
        let [row] = at[..] else { continue };
        let low =
            places.range(..own).next_back().map_or(0, |(at, _)| at + 1).max(own.saturating_sub(MAX_LINES));
        let high = places.range(own + 1..).next().map_or(lines.len(), |(at, _)| *at).min(own + MAX_LINES + 1);
        let numbers = rows[row].number_count();
        let Some(label) = lines[*own].1.len().checked_sub(numbers + 1).map(|at| &lines[*own].1[at]) else {
            continue;
        };
        let mut ways: Vec<Found> = Vec::new();
        // The label's part of another line: what is in its column, or the last words where a page moved it.
        let in_column = |at: usize| column_text(&lines[at].1, label.0.start);
        let last = |at: usize| lines[at].1.last().map_or(String::new(), |it| it.1.to_string());
        for part in [&in_column as &dyn Fn(usize) -> String, &last] {
            let of_line = |at| if at == *own { label.1.to_string() } else { part(at) };
            let parts: Vec<String> = (low..high).map(of_line).collect();
            for (from, to) in windows(low, *own, high) {
                let parts = &parts[from - low..to - low];
                if parts.iter().map(String::len).sum::<usize>() > MAX_BYTES {
                    continue;
                }
                let text = parts.concat();
                let Some([target]) = labels.get(&normalize_letters(&text)).map(Vec::as_slice) else {
                    continue;
                };
                let text = normalize(&text);
                let known = &targets[*target].label;
                if !known.is_short() || known.is_numbered_in(&text) {
                    ways.push(Found { row, target: *target, lines: from..to, own: *own, text });
                }
            }
        }
        let several: HashSet<(usize, usize)> = ways.iter().map(|it| (it.target, it.lines.start)).collect();
        if several.len() == 1 {
            let whole = ways.pop().filter(|it| it.lines.len() > 1);
            found.extend(whole.map(|it| (it, low..high, label.0.start)));
        }
    }
    // A part of a label that no label takes may be the rest of this one's neighbour, or of this one.
    let taken: HashSet<usize> = found.iter().flat_map(|(it, ..)| it.lines.clone()).collect();
    let is_part = |text: &[char]| !text.is_empty() && labels.keys().any(|label| contains_run(label, text));
    found.retain(|(_, around, start)| {
        let left = around.clone().filter(|at| !taken.contains(at));
        !left.into_iter().any(|at| is_part(&normalize_letters(&column_text(&lines[at].1, *start))))
    });
    found.into_iter().map(|(it, ..)| it).collect()
}

/// Returns the words of a line that stand in a column or behind it.
fn column_text(pieces: &[Word], start: usize) -> String {
    pieces.iter().filter(|word| word.0.end > start).map(|it| it.1).collect()
}

/// Returns the runs of lines that may be a label beside the line at `own`: from it down, up to it, or as far up as
/// down.
fn windows(low: usize, own: usize, high: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for from in low..=own {
        for to in own + 1..=high {
            let (above, below) = (own - from, to - 1 - own);
            if above == 0 || below == 0 || above.abs_diff(below) <= 1 {
                found.push((from, to));
            }
        }
    }
    found
}

/// Returns the words of a line with their columns, a Chinese character taking two.
fn pieces_of(text: &str) -> Vec<Word<'_>> {
    let mut column = 0;
    let mut found = Vec::new();
    for (at, piece) in text.split_inclusive(char::is_whitespace).scan(0, |at, piece| {
        let own = *at;
        *at += piece.len();
        Some((own, piece))
    }) {
        let word = piece.trim_end();
        let width = display_width(word);
        if !word.is_empty() {
            found.push((column..column + width, &text[at..at + word.len()]));
        }
        column += display_width(piece).max(width);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::row_scanner::number_rows;
    use super::super::target_row::target_rows;
    use super::*;
    use crate::form::Library;

    /// The label that each row of numbers has in front of it, where it was found whole.
    fn labels(lines: &[&str]) -> Vec<String> {
        let form = Library::new().get("2021").unwrap();
        let section = form.sections.iter().find(|section| section.id == "disclosure").unwrap();
        let item = |(at, text): (usize, &&str)| OutlineItem::Text { line: at + 1, text: text.to_string() };
        let items: Vec<OutlineItem> = lines.iter().enumerate().map(item).collect();
        let (rows, _) = number_rows(&items);
        let joined = rejoin(&items, &rows, &target_rows(&form, section));
        let changed = joined.iter().zip(&rows).filter(|(own, row)| own.before != row.before);
        changed.map(|(own, _)| own.before.iter().collect()).collect()
    }

    #[test]
    fn a_wrapped_label_is_whole_above_beside_or_below() {
        let whole = ["行政规范性文件", "行政许可"];
        assert_eq!(
            labels(&["规章 3 0 0", "行政 16 7 20", "规范", "性文", "件", "项", "行政 37", "许可"]),
            whole
        );
        assert_eq!(
            labels(&["规章 3 0 0", "项", "行政规", "范性", "文件 16 7 20", "项", "行政", "许可 37"]),
            whole
        );
        assert_eq!(
            labels(&["规章 3 0 0", "项", "行政", "规范性 16 7 20", "文件", "项", "行政 37", "许可"]),
            whole
        );
    }

    #[test]
    fn a_label_that_lines_may_divide_otherwise_is_not_joined() {
        let none: [&str; 0] = [];
        assert_eq!(labels(&["行政 37", "许可", "行政 21", "强制", "处罚"]), ["行政许可"], "a line too many");
        let mixed = ["规章 3 0 0", "行政 16 7 20", "规范", "性文", "件", "行政", "许可 37"];
        assert_eq!(labels(&mixed), none, "at the top and at the bottom");
        assert_eq!(labels(&["行政 37", "处罚", "行政 21", "许可"]), none, "out of order");
        assert_eq!(labels(&["行政 37", "许", "行政 21", "罚"]), none, "cut off");
        assert_eq!(labels(&["行政 37", "许可", "行政 21", "许可"]), none, "twice");
    }
}
