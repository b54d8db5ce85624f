//! Rows of numbers with the text around them, from tables and from lines of text alike.

use super::normalize::{Normalized, common_length, normalize};
use super::number::{LineToken, PrintedNumber, holds_text, parse_cell, tokenize};
use super::outline::{OutlineItem, TableRow};

/// The longest line that is shown whole, in characters.
const MAX_PRINTED: usize = 120;

/// The letters of a heading that is printed again at the top of a page, in the middle of a label.
const MAX_HEADING: usize = 80;

/// The longest run of numbers that is shown whole, in characters: a table copied cell by cell.
const MAX_RUN: usize = 600;

/// How many letters before and after its numbers a record keeps. The longest label and the headings of the
/// widest table are a quarter of it.
const MAX_CONTEXT: usize = 600;

/// The most blank cells that are added to a row.
const MAX_PADDING: usize = 64;

/// Numbers that belong together, and the text around them.
#[derive(Clone, Debug)]
pub struct NumberRow {
    /// The line of the source.
    pub line: usize,
    /// The line or row as printed, for the clerk.
    pub printed: String,
    /// The text since the previous numbers.
    pub before: Normalized,
    /// The text of the row's own label cell; empty in running text.
    pub label_cell: Normalized,
    /// Whether there is text before the numbers on their own line or in their own row.
    pub beside: bool,
    /// The text up to the next numbers.
    pub after: Normalized,
    /// The numbers.
    pub numbers: RowNumbers,
}

/// The numbers of a record.
#[derive(Clone, Debug)]
pub enum RowNumbers {
    /// Cells of a table row after its label.
    Cells(RowCells),
    /// Numbers of running text.
    Tokens {
        /// The numbers in order.
        numbers: Vec<PrintedNumber>,
        /// Whether each stood on a line of its own.
        single: bool,
    },
}

/// The cells of a row after its label.
#[derive(Clone, Debug)]
pub struct RowCells {
    /// The table of the row.
    pub table: usize,
    /// Which row of the table it is.
    pub row: usize,
    /// Whether columns can shift.
    pub ragged: bool,
    /// The column after the label.
    pub start: usize,
    /// The columns of the row (ragged) or table.
    pub width: usize,
    /// Column and text of each cell.
    pub cells: Vec<(usize, String)>,
}

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
    let RowScanner { mut records, pending, .. } = reading;
    // The text after a row is the text before the next row that has any.
    let mut after: Normalized = pending.iter().copied().take(MAX_CONTEXT).collect();
    for record in records.iter_mut().rev() {
        record.after.clone_from(&after);
        // A blank row keeps only the end of a long text before it; the next row has all of it.
        let shortened = record.is_blank() && record.before.len() == MAX_CONTEXT;
        if !record.before.is_empty() && !shortened {
            after = record.before.iter().copied().take(MAX_CONTEXT).collect();
            record.before = nearest_text(&record.before).to_vec();
        }
    }
    (records, pending)
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
    records: Vec<NumberRow>,
    pending: Normalized,
    /// The run of numbers being read: its record, whether each number had a line of its own.
    run: Option<NumberRow>,
}

impl RowScanner {
    fn close_run(&mut self) {
        let Some(mut record) = self.run.take() else { return };
        if let (Some((end, _)), RowNumbers::Tokens { numbers, .. }) =
            (record.printed.char_indices().nth(MAX_RUN), &record.numbers)
        {
            record.printed.truncate(end);
            record.printed.push_str(&format!("……（共 {} 个数）", numbers.len()));
        }
        self.records.push(record);
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
        self.records.push(NumberRow {
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

impl NumberRow {
    /// Returns whether it has enough digits for `count` numbers, however they are split. A table row can be
    /// blank.
    pub fn can_give(&self, count: usize) -> bool {
        match &self.numbers {
            RowNumbers::Cells(_) => true,
            RowNumbers::Tokens { numbers, .. } => {
                numbers.iter().map(|number| number.raw.chars().count()).sum::<usize>() >= count
            }
        }
    }

    /// Returns whether it has exactly `count` numbers, whatever they add up to.
    pub fn has_exactly(&self, count: usize) -> bool {
        match &self.numbers {
            RowNumbers::Cells(cells) => cells.cells.len() == count,
            RowNumbers::Tokens { numbers, .. } => numbers.len() == count,
        }
    }

    /// Returns whether it may be a whole row of `count` numbers: as many, or cells for as many.
    pub fn may_be_whole(&self, count: usize) -> bool {
        let blanks = matches!(&self.numbers, RowNumbers::Cells(cells) if cells.cells.len() >= count);
        self.number_count() == count || blanks && self.number_count() < count
    }

    /// Returns whether the text around the numbers holds two thirds of a label's letters in order, with
    /// others in between.
    pub fn resembles_label(&self, label: &[char]) -> bool {
        let far = label.len() * 2 + MAX_HEADING;
        let before = &self.before[self.before.len().saturating_sub(far)..];
        let after = &self.after[..self.after.len().min(far)];
        let around: Normalized = before.iter().chain(after).copied().collect();
        common_length(label, &around) * 3 >= label.len() * 2
    }

    /// Returns whether it is running text with every number on a line of its own: the order in which a
    /// program wrote out the cells, which need not be the order of the row.
    pub fn is_one_per_line(&self) -> bool {
        matches!(self.numbers, RowNumbers::Tokens { single: true, .. })
    }

    /// Returns the text of its label cell, or the text before it in running text.
    pub fn label_text(&self) -> &[char] {
        if self.label_cell.is_empty() { &self.before } else { &self.label_cell }
    }

    /// Returns the table that it is a row of, or `None` in running text.
    pub fn table(&self) -> Option<usize> {
        match &self.numbers {
            RowNumbers::Cells(cells) => Some(cells.table),
            RowNumbers::Tokens { .. } => None,
        }
    }

    /// Returns whether it is running text.
    pub fn is_running_text(&self) -> bool {
        matches!(self.numbers, RowNumbers::Tokens { .. })
    }

    /// Returns whether every cell is blank.
    pub fn is_blank(&self) -> bool {
        match &self.numbers {
            RowNumbers::Cells(cells) => cells.cells.iter().all(|(_, text)| text.is_empty()),
            RowNumbers::Tokens { .. } => false,
        }
    }

    /// Returns how many numbers it has.
    pub fn number_count(&self) -> usize {
        match &self.numbers {
            RowNumbers::Cells(cells) => cells.cells.iter().filter(|(_, text)| !text.is_empty()).count(),
            RowNumbers::Tokens { numbers, .. } => numbers.len(),
        }
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
