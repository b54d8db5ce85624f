//! Which paragraphs of two texts are the same.

/// Texts whose paragraphs are matched one by one have at most this product of lengths. Longer ones
/// (thousands of paragraphs changed on both sides) count as changed from end to end.
const MAX_TABLE: usize = 1_000_000;

/// For each paragraph of `base` the place in `other` where it was kept, in rising order: a longest
/// common subsequence.
pub(super) fn match_paragraphs(base: &[&str], other: &[&str]) -> Vec<Option<usize>> {
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
