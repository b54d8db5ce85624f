//! What every reader yields: the text of a source as paragraphs, tables and pictures, in its order.

/// A source taken apart, nothing understood yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The format it was read as: `docx`, `html`, `xlsx`, `csv`, `md` or `txt`.
    pub format: String,
    /// Its parts in reading order.
    pub parts: Vec<Part>,
}

/// One part of a source. `line` is the line of the file from 1, where the format has lines;
/// the number of the paragraph or row elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph, or one line of a plain text with the blanks that align it.
    Paragraph {
        /// Where it stands.
        line: usize,
        /// Its text.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A picture, which nobody can read here.
    Picture {
        /// Where it stands.
        line: usize,
    },
}

/// A table as the source has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Where it begins.
    pub line: usize,
    /// Whether columns can wander from row to row: cells were told apart by tabs alone.
    pub ragged: bool,
    /// Whether blank cells at the end of a row are left out, as workbooks do.
    pub sparse: bool,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub line: usize,
    /// Its cells; places that a cell of an earlier row covers are left out, as in HTML.
    pub cells: Vec<Cell>,
}

/// A cell of a table, merged over `rows` × `columns` places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// How many rows it covers, at least 1.
    pub rows: usize,
    /// How many columns it covers, at least 1.
    pub columns: usize,
}

impl Cell {
    /// A cell that is merged with no other.
    pub fn plain(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), rows: 1, columns: 1 }
    }
}

/// A cell laid out in the columns of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<'a> {
    /// Its first column, from 0.
    pub column: usize,
    /// How many columns it covers.
    pub columns: usize,
    /// Its text.
    pub text: &'a str,
}

impl Table {
    /// Each row's cells with their columns. Only the cells there are cost anything: spans over
    /// empty places are counted, not filled in. Cells beyond `WIDEST` columns are left out: [`Table::cut_off`].
    pub fn laid_out(&self) -> Vec<(usize, Vec<Placed<'_>>)> {
        // Columns taken by cells of earlier rows, by column: first, end, rows still to go.
        let mut taken: Vec<(usize, usize, usize)> = Vec::new();
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut at = 0;
            let mut over = 0;
            let mut placed = Vec::with_capacity(row.cells.len().min(WIDEST));
            let mut next = Vec::new();
            for cell in &row.cells {
                while let Some((from, to, _)) = taken.get(over).filter(|(from, ..)| *from <= at) {
                    at = at.max(*to).max(*from);
                    over += 1;
                }
                if at >= WIDEST {
                    break;
                }
                placed.push(Placed { column: at, columns: cell.columns, text: &cell.text });
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

    /// The rows with words beyond the columns that are laid out: where each stands, and those words.
    pub fn cut_off(&self) -> Vec<(usize, String)> {
        let laid_out = self.laid_out();
        let rows = self.rows.iter().zip(&laid_out).filter_map(|(row, (line, placed))| {
            let words = row.cells.get(placed.len()..)?.iter().map(|cell| cell.text.trim());
            let words: Vec<&str> = words.filter(|text| !text.is_empty()).collect();
            (!words.is_empty()).then(|| (*line, words.join(" | ")))
        });
        rows.collect()
    }
}

/// Adds a row to the table that the parts end with, if that is still open; else to a new one.
pub fn add_row(parts: &mut Vec<Part>, open: bool, new: Table, row: Row) {
    match parts.last_mut() {
        Some(Part::Table(table)) if open => table.rows.push(row),
        _ => parts.push(Part::Table(Table { rows: vec![row], ..new })),
    }
}

/// The widest table that is laid out, in columns; a report has fifteen.
pub const WIDEST: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_beside_those_that_reach_down_to_them() {
        let cell = |text: &str, rows, columns| Cell { text: text.into(), rows, columns };
        let row = |cells| Row { line: 1, cells };
        let table = Table {
            rows: vec![
                row(vec![cell("甲", 3, 1), cell("乙", 1, 2), cell("丙", 2, 1)]),
                row(vec![cell("丁", 1, 1), cell("戊", 1, 1), cell("己", 1, 1)]),
                row(vec![cell("庚", 1, 3), cell("辛", 1, 1)]),
            ],
            ..Table::default()
        };
        let columns: Vec<Vec<usize>> = table
            .laid_out()
            .iter()
            .map(|(_, cells)| cells.iter().map(|cell| cell.column).collect())
            .collect();
        assert_eq!(columns, [vec![0, 1, 3], vec![1, 2, 4], vec![1, 4]]);
    }
}
