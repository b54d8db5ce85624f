//! Which row of numbers belongs to which row of the form.

use std::collections::{HashMap, HashSet};

use super::label::{MIN_LEAD, MIN_SCORE};
use super::normalize::{Normalized, is_ordinal, numeral};
use super::number_row::NumberRow;
use super::target_row::TargetRow;

/// The most rows of a source that can match one label between two others; a table has one, and the parts of
/// a report that was put together a few.
const MAX_REPEATS: usize = 16;

/// The score of a label that begins before its numbers and goes on after them.
const BEGUN_SCORE: f32 = 0.85;

/// How many letters more than its label, those of the label beside it, are before the numbers of a row.
const MAX_PARENT: usize = 12;

/// For each row of the form the row of numbers that is certain to be its own, and why others are not.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// For each target the rows that match its label: one if it is certain.
    pub rows: Vec<Vec<usize>>,
    /// Whether the whole table is refused: its numbers are not by their labels.
    pub refused: bool,
}

/// Matches rows of numbers to targets by their labels; both go forward together.
pub fn assign_rows(rows: &[NumberRow], targets: &[TargetRow], text_behind: &Normalized) -> Assignment {
    let mut assigned = Assignment { rows: vec![Vec::new(); targets.len()], refused: false };
    let mut scores: Vec<Vec<f32>> =
        rows.iter().map(|row| targets.iter().map(|target| score(row, target)).collect()).collect();
    settle_label_starts(rows, targets, &mut scores);
    let stacks = settle_stacks(rows, targets, &mut scores);
    settle_unlabelled(rows, &mut scores);
    let chain = best_chain(&scores, targets.len());
    let chained: HashMap<usize, usize> = chain.iter().copied().collect();
    for (at, (row, target)) in chain.iter().enumerate() {
        let low = at.checked_sub(1).and_then(|before| chain.get(before));
        let high = chain.get(at + 1);
        let targets_between = low.map_or(0, |pair| pair.1 + 1)..high.map_or(targets.len(), |pair| pair.1);
        let rows_between = low.map_or(0, |pair| pair.0 + 1)..high.map_or(rows.len(), |pair| pair.0);
        let own = scores[*row][*target];
        // Another row of the form that fits the text as well, in a position it could have, or better wherever it is.
        let rivals = |other: usize| scores[*row][other] > own - MIN_LEAD && targets_between.contains(&other);
        let better = |other: usize| scores[*row][other] > own + MIN_LEAD;
        if (0..targets.len()).any(|other| other != *target && (rivals(other) || better(other))) {
            continue;
        }
        assigned.rows[*target].push(*row);
        // The label also stands over rows of which it is not known whose they are.
        let contested = stacks.contested.iter().filter(|(_, label)| label == target).map(|(at, _)| *at);
        assigned.rows[*target].extend(contested.take(MAX_REPEATS));
        // Another row of the source that matches the same label: nearby, or anywhere with as many numbers,
        // some of them blank, which is not another row's by a better label.
        let count = targets[*target].fields.len();
        let is_better_elsewhere = |other: usize| {
            chained.get(&other).is_some_and(|own| scores[other][*own] > scores[other][*target])
        };
        let elsewhere = |other: &usize| {
            rows_between.contains(other) || rows[*other].may_be_whole(count) && !is_better_elsewhere(*other)
        };
        let twice = (0..rows.len()).filter(|other| other != row && elsewhere(other));
        let twice = twice.filter(|other| scores[*other][*target] > own - MIN_LEAD);
        let enough = count.min(2);
        let twice = twice.filter(|other| rows[*other].may_hold(enough)).take(MAX_REPEATS);
        assigned.rows[*target].extend(twice);
    }
    fill_gaps(rows, targets, &stacks.settled, &mut assigned.rows);
    contest_slides(rows, targets, &mut assigned.rows);
    assigned.refused = is_displaced(rows, targets, &assigned, text_behind);
    assigned
}

/// Labels below each other and then their rows of numbers: their order says which is whose, if there are as
/// many of each. If not, none of them is certain. A label beside its numbers is certain of them unless
/// other labels stand before it and other rows follow.
fn settle_stacks(rows: &[NumberRow], targets: &[TargetRow], scores: &mut [Vec<f32>]) -> Stacks {
    let mut stacks = Stacks::default();
    let known: Vec<bool> = scores.iter().map(|row| row.iter().any(|score| *score >= MIN_SCORE)).collect();
    let is_stranger =
        |at: usize, count: usize| rows.get(at).is_some_and(|next| !known[at] && next.may_be_whole(count));
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.before.is_empty()) {
        let labels = stacked_labels(row.label_text(), targets);
        let below = rows[at + 1..].iter().take_while(|next| next.before.is_empty() && !next.beside);
        let height = 1 + below.clone().count();
        let count = labels.first().map_or(row.number_count(), |first| targets[*first].fields.len());
        let whole = std::iter::once(row).chain(below).all(|row| row.has_exactly(count));
        let certain = match (labels.len(), height) {
            (0 | 1, 1) => true,
            (0 | 1, _) => row.beside || count < 2 || !whole,
            // In running text the labels before it have no numbers at all, unless those come next under no label.
            (_, 1) => row.beside && row.label_cell.is_empty() && !is_stranger(at + 1, count),
            _ => false,
        };
        if certain {
            continue;
        }
        let agree = whole && height == labels.len();
        stacks.settled.extend(at..at + height);
        if !agree {
            stacks
                .contested
                .extend((at..at + height).flat_map(|row| labels.iter().map(move |label| (row, *label))));
        }
        for (place, own) in scores[at..at + height].iter_mut().enumerate() {
            own.fill(0.0);
            if let Some(label) = labels.get(place).filter(|_| agree) {
                own[*label] = 1.0;
            }
        }
    }
    stacks
}

/// A row whose text ends where a label begins has that label, however much of another is before it: in narrow
/// columns most of a label is below its numbers, beside those of the next row.
fn settle_label_starts(rows: &[NumberRow], targets: &[TargetRow], scores: &mut [Vec<f32>]) {
    for (row, own) in rows.iter().zip(scores).filter(|(row, _)| row.label_cell.is_empty()) {
        let begins = |at: usize| {
            let above = at.checked_sub(1).and_then(|above| targets.get(above)).map(|it| &it.label);
            targets[at].label.begins_at_end(&row.before, above)
        };
        let begun: Vec<usize> = (0..targets.len()).filter(|at| begins(*at)).collect();
        if begun.is_empty() {
            continue;
        }
        for (at, score) in own.iter_mut().enumerate() {
            if !begun.contains(&at) {
                *score = 0.0;
            } else if row.can_give(targets[at].fields.len()) && row.resembles_label(&targets[at].label) {
                *score = score.max(BEGUN_SCORE);
            }
        }
    }
}

/// Labels that stand below each other, and the rows of numbers that follow.
#[derive(Default)]
struct Stacks {
    /// The rows that belong to such labels, whether it is known which to which or not.
    settled: HashSet<usize>,
    /// Rows of which it is not known which they are, each with every label that it may have.
    contested: Vec<(usize, usize)>,
}

/// Returns the labels that a text ends with, one directly after the other.
fn stacked_labels(text: &[char], targets: &[TargetRow]) -> Vec<usize> {
    let letters: Normalized = text.iter().copied().filter(|c| !is_ordinal(*c)).collect();
    let mut rest = &letters[..];
    let mut labels: Vec<usize> = Vec::new();
    // A short label may be a heading, unless it is that of a row further up or has its ordinal.
    let is_named = |at: usize| !targets[at].label.is_short() || targets[at].label.is_numbered_in(text);
    let fits = |at: usize, labels: &[usize]| {
        labels.first().is_none_or(|first| at < *first || is_named(at) && !labels.contains(&at))
    };
    while let Some((target, start)) = (0..targets.len())
        .rev()
        .filter(|at| fits(*at, &labels))
        .find_map(|at| Some((at, targets[at].label.start_at_end(rest)?)))
    {
        labels.insert(0, target);
        // A numeral that runs into the word before it is no ordinal by itself: 总计四、结转.
        let marks = rest[..start].iter().rev().take_while(|c| numeral(**c).is_some()).count();
        rest = &rest[..start - marks];
        for parent in targets[target].parents.iter().rev() {
            rest = rest.strip_suffix(&parent[..]).unwrap_or(rest);
        }
    }
    labels
}

/// A row without a label in a table whose rows have theirs beside them: the label above is another row's.
fn settle_unlabelled(rows: &[NumberRow], scores: &mut [Vec<f32>]) {
    let labelled: HashSet<usize> = rows.iter().filter(|it| it.beside).filter_map(NumberRow::table).collect();
    for (row, own) in rows.iter().zip(scores) {
        if !row.beside && row.table().is_some_and(|table| labelled.contains(&table)) {
            own.fill(0.0);
        }
    }
}

/// Assigns rows of numbers whose text alone is not enough to the labels that are left, if between two
/// certain rows there are as many of each and the text beside them holds two thirds of each label. Copies
/// of narrow columns mix the lines of a label with those of the labels beside it.
fn fill_gaps(
    rows: &[NumberRow],
    targets: &[TargetRow],
    settled: &HashSet<usize>,
    assigned: &mut [Vec<usize>],
) {
    let certain: Vec<(usize, usize)> = assigned
        .iter()
        .enumerate()
        .filter_map(|(target, own)| if let [one] = own[..] { Some((target, one)) } else { None })
        .collect();
    for pair in certain.windows(2) {
        let [(from, above), (to, below)] = *pair else { continue };
        let gap = from + 1..to;
        let (Some(between), false) = (rows.get(above + 1..below), gap.is_empty()) else { continue };
        let (Some(labels), Some(open)) = (targets.get(gap.clone()), assigned.get(gap.clone())) else {
            continue;
        };
        let count = labels[0].fields.len();
        let whole = |(at, row): (usize, &NumberRow)| {
            (row.number_count() > 1 && row.has_exactly(count)).then_some(above + 1 + at)
        };
        let fitting: Vec<usize> = between.iter().enumerate().filter_map(whole).collect();
        // A row that has another label of the form beside it is not that of the label which is left.
        let own = |at: usize| stacked_labels(rows[at].label_text(), targets).pop();
        let fits = fitting.len() == labels.len()
            && open.iter().flatten().all(|at| fitting.contains(at))
            && fitting.iter().zip(gap.clone()).all(|(at, target)| {
                !settled.contains(at)
                    && own(*at).is_none_or(|own| own == target)
                    && rows[*at].resembles_label(&targets[target].label)
            });
        if fits {
            for (target, row) in gap.zip(fitting) {
                assigned[target] = vec![row];
            }
        }
    }
}

/// Where a label has no row and a row has no label, the rows between them may each be those of the label before or
/// after: both ways go forward and leave nothing over, so none is certain. A row beside its whole label is.
fn contest_slides(rows: &[NumberRow], targets: &[TargetRow], assigned: &mut [Vec<usize>]) {
    let claimed: HashSet<usize> = assigned.iter().filter(|own| own.len() == 1).flatten().copied().collect();
    let is_head = |at: &usize| !rows[*at].before.is_empty();
    let is_anchored = |at: usize, target: usize| {
        let letters: Normalized = rows[at].before.iter().copied().filter(|c| !is_ordinal(*c)).collect();
        rows[at].beside && targets[target].label.start_at_end(&letters).is_some()
    };
    let is_free = |at: usize, target: usize| {
        let count = targets[target].fields.len();
        !claimed.contains(&at) && rows[at].is_running_text() && rows[at].number_count() * 3 >= count
    };
    let mut contested: Vec<(usize, usize)> = Vec::new();
    // An open label with a free row in its own place needs no slide, unless most labels are open.
    let mostly_open = assigned.iter().filter(|own| own.is_empty()).count() * 2 > targets.len();
    let has_place = |open: usize| {
        if mostly_open {
            return false;
        }
        let low = assigned[..open].iter().rev().find_map(|own| own.last()).map_or(0, |at| at + 1);
        let high = assigned[open..].iter().find_map(|own| own.first()).map_or(rows.len(), |at| *at);
        (low..high).any(|at| is_free(at, open) && is_head(&at))
    };
    for open in (0..targets.len()).filter(|at| assigned[*at].is_empty() && !has_place(*at)) {
        for down in [false, true] {
            let beside = |at: usize| {
                if down { (at + 1..rows.len()).find(is_head) } else { (0..at).rev().find(is_head) }
            };
            let mut between: Vec<(usize, usize)> = Vec::new();
            let mut target = open;
            let mut expected = None;
            while let Some(next) = if down { Some(target + 1) } else { target.checked_sub(1) } {
                let Some([row]) = assigned.get(next).map(Vec::as_slice) else { break };
                if targets[next].block != targets[open].block
                    || expected.is_some_and(|it| it != *row)
                    || !rows[*row].is_running_text()
                    || is_anchored(*row, next)
                {
                    break;
                }
                let Some(other) = beside(*row) else { break };
                // Captions and headings in between are a table's end.
                let apart = rows[(*row).max(other)].before.len();
                if apart > targets[next].label.letters().len() + MAX_PARENT {
                    break;
                }
                between.push((next, other));
                if is_free(other, next) {
                    contested.append(&mut between);
                    break;
                }
                (target, expected) = (next, Some(other));
            }
        }
    }
    for (target, row) in contested {
        if !assigned[target].contains(&row) {
            assigned[target].push(row);
        }
    }
}

fn score(row: &NumberRow, target: &TargetRow) -> f32 {
    if !row.can_give(target.fields.len()) {
        return 0.0;
    }
    let by_text = target.label.score(&row.before, &row.after);
    if row.label_cell.is_empty() { by_text } else { by_text.max(target.label.score_of_cell(&row.label_cell)) }
}

/// Returns the heaviest way to pair rows and targets in which both go forward.
fn best_chain(scores: &[Vec<f32>], targets: usize) -> Vec<(usize, usize)> {
    // best[t]: the weight of the best chain so far whose last target is before t.
    let mut best = vec![0.0f32; targets + 1];
    let mut taken: Vec<Vec<Option<usize>>> = Vec::with_capacity(scores.len());
    for own in scores {
        let mut next = best.clone();
        let mut from: Vec<Option<usize>> = vec![None; targets + 1];
        for target in 0..targets {
            let weight = own[target];
            if weight >= MIN_SCORE && best[target] + weight > next[target + 1] {
                next[target + 1] = best[target] + weight;
                from[target + 1] = Some(target);
            }
            if next[target] > next[target + 1] {
                next[target + 1] = next[target];
                from[target + 1] = from[target];
            }
        }
        taken.push(from);
        best = next;
    }
    let mut chain = Vec::new();
    let mut end = targets;
    for (row, from) in taken.iter().enumerate().rev() {
        if let Some(target) = from[end] {
            chain.push((row, target));
            end = target;
        }
    }
    chain.reverse();
    chain
}

/// Returns whether the numbers of running text are not beside their labels: copied column by column, or all
/// of them before their label instead of after it. Then none of the table can be believed.
fn is_displaced(
    rows: &[NumberRow],
    targets: &[TargetRow],
    assigned: &Assignment,
    text_behind: &Normalized,
) -> bool {
    let widest = targets.iter().map(|target| target.fields.len()).max().unwrap_or(0);
    if widest < 2 {
        return false;
    }
    let is_dump = |row: &NumberRow| row.is_one_per_line() && row.number_count() + 1 >= 2 * widest;
    let dumped = widest > 3 && rows.iter().any(is_dump);
    let running = |at: &usize| rows[*at].is_running_text();
    let used: Vec<usize> = assigned.rows.iter().flatten().copied().filter(running).collect();
    // A full row before the first label, and a label without numbers after the last one.
    let orphan = used.first().is_some_and(|first| {
        rows[..*first]
            .iter()
            .any(|row| row.number_count() * 2 > widest && row.is_running_text() && !row.before.is_empty())
    });
    let headless = targets
        .iter()
        .zip(&assigned.rows)
        .any(|(target, own)| own.is_empty() && target.label.score(text_behind, &[]) >= MIN_SCORE);
    dumped || orphan && headless
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_chain_goes_forward_on_both_sides() {
        let scores = vec![vec![0.9, 0.0, 0.8], vec![0.0, 0.95, 0.0], vec![0.8, 0.0, 0.9]];
        assert_eq!(best_chain(&scores, 3), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(best_chain(&[vec![0.0, 0.0, 0.9], vec![0.9, 0.0, 0.0]], 3).len(), 1);
        assert!(best_chain(&[], 3).is_empty());
    }
}
