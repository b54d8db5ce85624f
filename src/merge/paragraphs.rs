//! Narratives merged paragraph by paragraph.

use super::conflict::{Conflict, Merger, Resolution};
use super::sides::{Sides, merge_three_way};
use crate::draft::Value;
use crate::form::FieldId;

/// Texts whose paragraphs are matched one by one have at most this product of lengths. Longer ones
/// (thousands of paragraphs changed on both sides) count as changed from end to end.
const MAX_TABLE: usize = 1_000_000;

/// More neighbouring paragraphs that both sides changed are one question, not one each.
const MAX_SPLIT: usize = 40;

/// Returns the paragraphs of each side, or `None` if a side is not text.
pub fn split_paragraphs(values: &Sides<Value>) -> Option<Sides<Vec<&str>>> {
    let list = |value| match value {
        &Value::Blank => Some(Vec::new()),
        Value::Text(text) => Some(text.split('\n').collect()),
        _ => None,
    };
    Some(Sides { base: list(&values.base)?, ours: list(&values.ours)?, theirs: list(&values.theirs)? })
}

/// Returns the merged text. Each place that both sides changed is a conflict of its own.
pub fn merge_paragraphs(id: &FieldId, sides: &Sides<Vec<&str>>, found: &mut Merger) -> Value {
    let Sides { base, ours, theirs } = sides;
    let (in_ours, in_theirs) = (match_paragraphs(base, ours), match_paragraphs(base, theirs));
    let mut text: Vec<String> = Vec::new();
    let (mut b, mut o, mut t) = (0, 0, 0);
    while b < base.len() || o < ours.len() || t < theirs.len() {
        // The next paragraph that both sides kept; all before it is one change.
        let kept = (b..base.len()).find_map(|at| Some((at, (*in_ours.get(at)?)?, (*in_theirs.get(at)?)?)));
        let (end_b, end_o, end_t) = kept.unwrap_or((base.len(), ours.len(), theirs.len()));
        let part = |list: &[&str], from: usize, to: usize| -> Vec<String> {
            list.get(from..to).unwrap_or_default().iter().map(|text| (*text).to_string()).collect()
        };
        let change =
            Sides { base: part(base, b, end_b), ours: part(ours, o, end_o), theirs: part(theirs, t, end_t) };
        for change in split_change(change) {
            match merge_three_way(change) {
                Ok(merged) => text.extend(merged),
                Err(sides) => {
                    let at = text.len();
                    let choice = found.next_resolution();
                    if choice != Resolution::Theirs {
                        text.extend(sides.ours.iter().cloned());
                    }
                    if choice != Resolution::Ours {
                        text.extend(sides.theirs.iter().cloned());
                    }
                    found.conflicts.push(Conflict::Paragraphs { id: id.clone(), at, sides });
                }
            }
        }
        text.extend(part(base, end_b, (end_b + 1).min(base.len())));
        (b, o, t) = (end_b + 1, end_o + 1, end_t + 1);
    }
    let text = text.join("\n");
    if text.is_empty() { Value::Blank } else { Value::Text(text) }
}

/// Splits a change of neighbouring paragraphs, if all sides have the same number of them, into a change of
/// each: two clerks who edited two paragraphs in a row are not asked about each other's.
fn split_change(change: Sides<Vec<String>>) -> Vec<Sides<Vec<String>>> {
    let count = change.base.len();
    if change.ours.len() != count || change.theirs.len() != count || count > MAX_SPLIT {
        return vec![change];
    }
    let Sides { base, ours, theirs } = change;
    let each = base.into_iter().zip(ours).zip(theirs);
    each.map(|((base, ours), theirs)| Sides { base: vec![base], ours: vec![ours], theirs: vec![theirs] })
        .collect()
}

/// For each paragraph of `base` the place in `other` where it was kept, in rising order: a longest
/// common subsequence.
fn match_paragraphs(base: &[&str], other: &[&str]) -> Vec<Option<usize>> {
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = base.iter().zip(other).take_while(same).count();
    let (rest, others) = (base.get(head..).unwrap_or_default(), other.get(head..).unwrap_or_default());
    let tail = rest.iter().rev().zip(others.iter().rev()).take_while(same).count();
    let rest = rest.get(..rest.len() - tail).unwrap_or_default();
    let others = others.get(..others.len() - tail).unwrap_or_default();
    let mut found: Vec<Option<usize>> = (0..head).map(Some).collect();
    found.extend(match_by_table(rest, others).into_iter().map(|at| at.map(|at| at + head)));
    found.extend((other.len() - tail..other.len()).map(Some));
    found
}

/// As [`matches`], by the table of all pairs.
fn match_by_table(base: &[&str], other: &[&str]) -> Vec<Option<usize>> {
    let (rows, columns) = (base.len(), other.len());
    let mut found = vec![None; rows];
    if rows.saturating_mul(columns) > MAX_TABLE {
        return found;
    }
    // longest[r][c]: how many paragraphs of base[r..] and other[c..] can be matched.
    let width = columns + 1;
    let mut longest = vec![0u32; (rows + 1) * width];
    let at = |row: usize, column: usize| row * width + column;
    for (row, a) in base.iter().enumerate().rev() {
        for (column, b) in other.iter().enumerate().rev() {
            longest[at(row, column)] = if a == b {
                longest[at(row + 1, column + 1)] + 1
            } else {
                longest[at(row + 1, column)].max(longest[at(row, column + 1)])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if base[row] == other[column] {
            found[row] = Some(column);
            (row, column) = (row + 1, column + 1);
        } else if longest[at(row + 1, column)] >= longest[at(row, column + 1)] {
            row += 1;
        } else {
            column += 1;
        }
    }
    found
}
