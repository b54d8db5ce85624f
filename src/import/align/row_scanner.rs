//! Finds the rows of numbers in the lines and tables of a section.

use super::normalize::{Normalized, normalize};
use super::number::{LineToken, holds_text, parse_cell, tokenize};
use super::number_row::{NumberRow, RowCells, RowNumbers};
use super::outline::{OutlineItem, TableRow};

/// The longest line that is shown whole, in characters.
const MAX_PRINTED: usize = 120;

/// The longest run of numbers that is shown whole, in characters: a table copied cell by cell.
const MAX_RUN: usize = 600;

/// How many letters before and after its numbers a row of numbers keeps. The longest label and the headings of the
/// widest table are a quarter of it.
const MAX_CONTEXT: usize = 600;

/// The most blank cells that are added to a row.
const MAX_PADDING: usize = 64;

/// Returns the number rows of some items, and the text after the last one.
pub fn number_rows(items: &[OutlineItem]) -> (Vec<NumberRow>, Normalized) {
    // Where a section has a real table, numbers in the sentences around it are not rows.
    let mut reading = RowScanner { in_table: items.iter().any(is_table_row), ..RowScanner::default() };
    for item in items {
        match item {
            OutlineItem::Text { line, text } if !is_page_number(text) => reading.read_line(*line, text),
            OutlineItem::Row(row) if !item.running_text().is_some_and(is_page_number) => {
                reading.read_row(row)
            }
            _ => {}
        }
    }
    reading.close_run();
    let RowScanner { mut rows, pending, .. } = reading;
    // The text after a row is the text before the next row that has any.
    let mut after: Normalized = pending.iter().copied().take(MAX_CONTEXT).collect();
    for row in rows.iter_mut().rev() {
        row.after.clone_from(&after);
        // A blank row keeps only the end of a long text before it; the next row has all of it.
        let shortened = row.is_blank() && row.before.len() == MAX_CONTEXT;
        if !row.before.is_empty() && !shortened {
            after = row.before.iter().copied().take(MAX_CONTEXT).collect();
            row.before = nearest_text(&row.before).to_vec();
        }
    }
    (rows, pending)
}

/// Returns the letters nearest to what follows them.
fn nearest_text(letters: &[char]) -> &[char] {
    &letters[letters.len().saturating_sub(MAX_CONTEXT)..]
}

/// Returns whether an item is a row of a table whose columns do not shift, with a number in it.
fn is_table_row(item: &OutlineItem) -> bool {
    let OutlineItem::Row(row) = item else { return false };
    let is_number = |text: &str| parse_cell(text).is_some_and(|number| !number.raw.is_empty());
    !row.ragged && row.cells.len() > 1 && row.cells.iter().any(|(_, text)| is_number(text))
}

/// Returns whether a line is the number of a page: `- 5 -`, `— 12 —`, `第3页`, `第 3 页 共 6 页`.
pub fn is_page_number(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let dashes = |c: char| "-—–－―·~～".contains(c);
    if !(1..=6).contains(&digits) {
        return false;
    }
    let framed = plain.starts_with(dashes) && plain.ends_with(dashes);
    let inner = plain.trim_matches(dashes);
    framed && inner.bytes().all(|b| b.is_ascii_digit())
        || plain.starts_with('第')
            && plain.contains('页')
            && plain.chars().all(|c| c.is_ascii_digit() || "第页共/，,".contains(c))
}

#[derive(Default)]
struct RowScanner {
    /// Whether rows come from tables alone; lines of text are then only context.
    in_table: bool,
    rows: Vec<NumberRow>,
    pending: Normalized,
    /// The run of numbers being read: its row, and whether each number had a line of its own.
    run: Option<NumberRow>,
}

impl RowScanner {
    fn close_run(&mut self) {
        let Some(mut row) = self.run.take() else { return };
        if let (Some((end, _)), RowNumbers::Tokens { numbers, .. }) =
            (row.printed.char_indices().nth(MAX_RUN), &row.numbers)
        {
            row.printed.truncate(end);
            row.printed.push_str(&format!("……（共 {} 个数）", numbers.len()));
        }
        self.rows.push(row);
    }

    fn read_line(&mut self, line: usize, text: &str) {
        if self.in_table {
            self.pending.extend(normalize(text));
            return;
        }
        if self.append_money_unit(text) {
            return;
        }
        let tokens = tokenize(text);
        let leading = tokens.iter().take_while(|token| matches!(token, LineToken::Number(_))).count();
        let only = leading == tokens.len();
        // A line of several numbers is a row of its own; single ones below each other are one row.
        let continues = only
            && leading == 1
            && matches!(&self.run, Some(NumberRow { numbers: RowNumbers::Tokens { single: true, .. }, .. }));
        if !continues {
            self.close_run();
        }
        let long = text.chars().count() > MAX_PRINTED;
        let mut label = String::new();
        for token in tokens {
            match token {
                LineToken::Text(words_here) => {
                    self.close_run();
                    self.pending.extend(normalize(&words_here));
                    label = words_here;
                }
                LineToken::Number(number) => match &mut self.run {
                    Some(NumberRow { numbers: RowNumbers::Tokens { numbers, .. }, printed, .. }) => {
                        if (long || only && leading == 1) && printed.len() <= 4 * MAX_RUN {
                            printed.push(' ');
                            printed.push_str(&number.raw);
                        }
                        numbers.push(number);
                    }
                    _ => {
                        let from = label.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
                        let snippet = format!("{} {}", &label[from..], number.raw);
                        self.run = Some(NumberRow {
                            line,
                            printed: if long { snippet.trim().into() } else { text.trim().into() },
                            before: std::mem::take(&mut self.pending),
                            label_cell: Normalized::new(),
                            beside: !label.is_empty(),
                            after: Normalized::new(),
                            numbers: RowNumbers::Tokens {
                                numbers: vec![number],
                                single: only && leading == 1,
                            },
                        });
                    }
                },
            }
        }
    }

    /// Takes a line that is nothing but the unit of the sum of money before it.
    fn append_money_unit(&mut self, text: &str) -> bool {
        let unit = text.trim();
        let Some(NumberRow { numbers: RowNumbers::Tokens { numbers, .. }, .. }) = &mut self.run else {
            return false;
        };
        match numbers.last_mut() {
            Some(last)
                if ["元", "万元", "亿元"].contains(&unit)
                    && last.raw.ends_with(|c: char| c.is_ascii_digit()) =>
            {
                last.raw.push_str(unit);
                true
            }
            _ => false,
        }
    }

    fn read_row(&mut self, row: &TableRow) {
        self.close_run();
        // A number in front of the label is the row's own number.
        let is_value = |text: &str| !text.is_empty() && !holds_text(text);
        let label_from = row.cells.iter().position(|(_, text)| holds_text(text));
        let (has_label, from) = (label_from.is_some(), label_from.unwrap_or(0));
        let until = row
            .cells
            .iter()
            .skip(from)
            .position(|(_, text)| is_value(text))
            .map_or(row.cells.len(), |at| from + at);
        let label_end =
            row.cells[..until].iter().rposition(|(_, text)| holds_text(text)).map_or(0, |at| at + 1);
        let label_end = if has_label { label_end.max(from) } else { 0 };
        let (labels, tail) = row.cells.split_at(label_end);
        for (_, text) in labels.iter().skip(from) {
            self.pending.extend(normalize(text));
        }
        let blank_behind = row.sparse && row.end < row.width;
        if tail.is_empty() && !blank_behind
            || tail.iter().any(|(_, text)| holds_text(text)) && !tail.iter().any(|(_, text)| is_value(text))
        {
            for (_, text) in tail {
                self.pending.extend(normalize(text));
            }
            return;
        }
        let own = labels
            .iter()
            .rev()
            .find(|(_, text)| !text.is_empty())
            .map(|(_, text)| normalize(text))
            .unwrap_or_default();
        let start = labels.last().map_or(0, |(column, _)| column + 1);
        // Cells that a sheet does not store are blank.
        let stored = row.width.saturating_sub(row.end).min(MAX_PADDING);
        let missing = if row.sparse { stored } else { 0 };
        let mut cells = tail.to_vec();
        cells.extend((row.end..row.end + missing).map(|column| (column, String::new())));
        let width = if row.ragged { row.cells.len() } else { row.width };
        // A blank row can be a heading: its text stays with the numbers below as well.
        let blank = cells.iter().all(|(_, text)| text.is_empty());
        let before =
            if blank { nearest_text(&self.pending).to_vec() } else { std::mem::take(&mut self.pending) };
        let printed = row.cells.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" | ");
        self.rows.push(NumberRow {
            line: row.line,
            printed: printed.chars().take(MAX_PRINTED).collect(),
            before,
            beside: !own.is_empty(),
            label_cell: own,
            after: Normalized::new(),
            numbers: RowNumbers::Cells(RowCells {
                table: row.table,
                row: row.row,
                ragged: row.ragged,
                start,
                width,
                cells,
            }),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lines: &[&str]) -> Vec<OutlineItem> {
        lines
            .iter()
            .enumerate()
            .map(|(at, line)| OutlineItem::Text { line: at + 1, text: line.to_string() })
            .collect()
    }

    fn counts(lines: &[&str]) -> Vec<usize> {
        number_rows(&text(lines)).0.iter().map(NumberRow::number_count).collect()
    }

    #[test]
    fn stacked_numbers_are_one_row_and_lines_are_several() {
        assert_eq!(counts(&["甲", "1", "2", "- 3 -", "3", "乙 4", "5"]), [3, 1, 1]);
        assert_eq!(counts(&["1 2 3", "4 5 6"]), [3, 3]);
        assert_eq!(counts(&["甲1 2乙3"]), [2, 1]);
    }

    #[test]
    fn page_numbers_are_no_numbers() {
        for line in ["- 5 -", "-4-", "— 12 —", "第3页", " 第 3 页 共 6 页 ", "－ 7 －"] {
            assert!(is_page_number(line), "{line}");
        }
        for line in ["5", "-", "-5", "3 -", "1 2 3"] {
            assert!(!is_page_number(line), "{line}");
        }
    }
}
