//! What every reader returns: the text of a source as paragraphs, tables and pictures, in order.

use crate::import::SourceFormat;

/// A source split into its parts, not yet interpreted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The format it was read as.
    pub format: SourceFormat,
    /// Its parts in reading order.
    pub parts: Vec<SourcePart>,
}

/// One part of a source. `line` is the line of the file from 1, where the format has lines; that of the page
/// where it has pages; the number of the paragraph or row elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourcePart {
    /// A paragraph, or one line of a plain text with the blanks that align it.
    Paragraph {
        /// Its line in the source.
        line: usize,
        /// Its text.
        text: String,
    },
    /// A table.
    Table(SourceTable),
    /// A picture, which cannot be read.
    Picture {
        /// Its line in the source.
        line: usize,
    },
    /// What is printed beside the text, which no field is read from: a header or footer, a note, a text box.
    Aside {
        /// Its line in the source.
        line: usize,
        /// Its text.
        text: String,
    },
}

/// A table as the source has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceTable {
    /// Where it begins.
    pub line: usize,
    /// Whether columns can shift from row to row, because cells were separated by tabs alone.
    pub ragged: bool,
    /// Whether blank cells at the end of a row are left out, as workbooks do.
    pub sparse: bool,
    /// Its rows.
    pub rows: Vec<SourceRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceRow {
    /// Its line in the source.
    pub line: usize,
    /// Its cells; positions that a cell of an earlier row covers are left out, as in HTML.
    pub cells: Vec<SourceCell>,
}

/// A cell of a table, merged over `rows` × `columns` positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCell {
    /// Its text.
    pub text: String,
    /// How many rows it covers, at least 1.
    pub rows: usize,
    /// How many columns it covers, at least 1.
    pub columns: usize,
}

impl SourceCell {
    /// Returns a cell that is merged with no other.
    pub fn plain(text: impl Into<String>) -> SourceCell {
        SourceCell { text: text.into(), rows: 1, columns: 1 }
    }
}

/// A cell laid out in the columns of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionedCell<'a> {
    /// Its first column, from 0.
    pub column: usize,
    /// How many columns it covers.
    pub columns: usize,
    /// Its text.
    pub text: &'a str,
}

impl SourceTable {
    /// Returns each row's cells with their columns. Only the cells there are cost anything: spans over
    /// empty positions are counted, not filled in. Cells beyond `MAX_COLUMNS` columns are left out:
    /// [`SourceTable::cut_off_rows`].
    pub fn positioned_rows(&self) -> Vec<(usize, Vec<PositionedCell<'_>>)> {
        // Columns taken by cells of earlier rows, by column: first, end, rows still to go.
        let mut taken: Vec<(usize, usize, usize)> = Vec::new();
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut at = 0;
            let mut over = 0;
            let mut placed = Vec::with_capacity(row.cells.len().min(MAX_COLUMNS));
            let mut next = Vec::new();
            for cell in &row.cells {
                while let Some((from, to, _)) = taken.get(over).filter(|(from, ..)| *from <= at) {
                    at = at.max(*to).max(*from);
                    over += 1;
                }
                if at >= MAX_COLUMNS {
                    break;
                }
                placed.push(PositionedCell { column: at, columns: cell.columns, text: &cell.text });
                if cell.rows > 1 {
                    next.push((at, at + cell.columns, cell.rows));
                }
                at += cell.columns;
            }
            taken.extend(next);
            taken.retain_mut(|(_, _, rows)| {
                *rows -= 1;
                *rows > 0
            });
            taken.sort_unstable();
            rows.push((row.line, placed));
        }
        rows
    }

    /// Returns the rows with text beyond the columns that are laid out: the line of each, and that text.
    pub fn cut_off_rows(&self) -> Vec<(usize, String)> {
        let laid_out = self.positioned_rows();
        let rows = self.rows.iter().zip(&laid_out).filter_map(|(row, (line, placed))| {
            let texts = row.cells.get(placed.len()..)?.iter().map(|cell| cell.text.trim());
            let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
            (!texts.is_empty()).then(|| (*line, texts.join(" | ")))
        });
        rows.collect()
    }
}

/// Adds a row to the table that the parts end with, if that is still open; else to a new one.
pub fn add_row(parts: &mut Vec<SourcePart>, open: bool, new: SourceTable, row: SourceRow) {
    match parts.last_mut() {
        Some(SourcePart::Table(table)) if open => table.rows.push(row),
        _ => parts.push(SourcePart::Table(SourceTable { rows: vec![row], ..new })),
    }
}

/// The widest table that is laid out, in columns; a report has fifteen.
pub const MAX_COLUMNS: usize = 256;

/// Adds what is printed beside the text, each text once, its numbers aside. Page numbers are no text.
pub fn add_aside(asides: &mut Vec<SourcePart>, line: usize, what: &str, text: &str) {
    let text = format!("（{what}）{text}");
    let same = |own: &str| without_numbers(own) == without_numbers(&text);
    let known = asides.iter().any(|part| matches!(part, SourcePart::Aside { text, .. } if same(text)));
    let worded = text.chars().skip(what.chars().count() + 2).any(char::is_alphabetic);
    let is_number = text.contains('第') && text.contains('页') && text.chars().count() < 12;
    if worded && !known && !is_number {
        asides.push(SourcePart::Aside { line, text });
    }
}

/// Returns a text without blanks, each number in it as one sign.
pub fn without_numbers(text: &str) -> String {
    let mut masked = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if c.is_ascii_digit() {
            if !masked.ends_with('#') {
                masked.push('#');
            }
        } else {
            masked.push(c);
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_beside_those_that_reach_down_to_them() {
        let cell = |text: &str, rows, columns| SourceCell { text: text.into(), rows, columns };
        let row = |cells| SourceRow { line: 1, cells };
        let table = SourceTable {
            rows: vec![
                row(vec![cell("甲", 3, 1), cell("乙", 1, 2), cell("丙", 2, 1)]),
                row(vec![cell("丁", 1, 1), cell("戊", 1, 1), cell("己", 1, 1)]),
                row(vec![cell("庚", 1, 3), cell("辛", 1, 1)]),
            ],
            ..SourceTable::default()
        };
        let columns: Vec<Vec<usize>> = table
            .positioned_rows()
            .iter()
            .map(|(_, cells)| cells.iter().map(|cell| cell.column).collect())
            .collect();
        assert_eq!(columns, [vec![0, 1, 3], vec![1, 2, 4], vec![1, 4]]);
    }
}
