//! Tables at their place on a page, and tables that go on over the end of a page.

use super::super::source::{SourceCell, SourceRow, SourceTable};
use super::lines::TextLine;
use super::model::NEAR;

/// A cell at its place.
#[derive(Clone, Debug, Default)]
pub struct PageCell {
    /// Its first row, from 0.
    pub row: usize,
    /// How many rows it covers.
    pub rows: usize,
    /// Where it begins and ends.
    pub x: (f32, f32),
    /// Its lines.
    pub lines: Vec<TextLine>,
    /// Its text.
    pub text: String,
    /// Whether its last line is full, so that its text may go on over the page's end.
    pub is_full: bool,
}

/// A table at its place.
#[derive(Clone, Debug, Default)]
pub struct PageTable {
    /// Where it begins and ends.
    pub x: (f32, f32),
    /// Its top and bottom on its page; of a table over several, its top on the first.
    pub y: (f32, f32),
    /// The page of each row.
    pub row_pages: Vec<usize>,
    /// Its cells by rows.
    pub cells: Vec<PageCell>,
    /// Whether its walls go on above its first row.
    pub open_top: bool,
    /// Whether its walls go on below its last row.
    pub open_bottom: bool,
}

impl PageCell {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn has_letters(&self) -> bool {
        self.text.chars().any(char::is_alphabetic)
    }

    fn has_number(&self) -> bool {
        !self.has_letters() && !self.is_blank()
    }

    fn same_columns(&self, other: &PageCell) -> bool {
        (self.x.0 - other.x.0).abs() <= NEAR && (self.x.1 - other.x.1).abs() <= NEAR
    }

    /// Adds the text of a cell's second half.
    fn append(&mut self, half: &PageCell) {
        if half.is_blank() {
            return;
        }
        // Two halves of digits stay apart: joined they could be another number.
        let is_label = self.has_letters() && half.has_letters();
        if !self.is_blank() && !is_label {
            self.text.push('\n');
        }
        self.text.push_str(&half.text);
        self.is_full = half.is_full;
    }
}

impl PageTable {
    fn cells_from(&self, row: usize) -> impl Iterator<Item = &PageCell> {
        self.cells.iter().filter(move |cell| cell.row == row)
    }

    /// Joins a table of the next page to this one if it goes on there: its sides are as far apart.
    ///
    /// # Errors
    /// Returns the other table if it is one of its own.
    pub fn join(&mut self, mut next: PageTable) -> Result<(), PageTable> {
        let (width, other) = (self.x.1 - self.x.0, next.x.1 - next.x.0);
        if (width - other).abs() > NEAR {
            return Err(next);
        }
        // Pages that are bound have their margins on alternate sides.
        let shift = self.x.0 - next.x.0;
        for cell in &mut next.cells {
            cell.x = (cell.x.0 + shift, cell.x.1 + shift);
        }
        let heads = self.repeated_rows(&next);
        next.drop_rows(heads);
        if next.row_pages.is_empty() {
            return Ok(());
        }
        let end = self.row_pages.len();
        if heads < end && self.is_cut_row(&next) {
            self.join_cut_row(&mut next);
        }
        self.join_spanning_cells(&mut next);
        self.row_pages.append(&mut next.row_pages);
        self.cells.extend(next.cells.into_iter().map(|cell| PageCell { row: cell.row + end, ..cell }));
        self.cells.sort_by(|a, b| a.row.cmp(&b.row).then(a.x.0.total_cmp(&b.x.0)));
        self.open_bottom = next.open_bottom;
        Ok(())
    }

    /// Returns how many rows of headings the other table repeats.
    fn repeated_rows(&self, next: &PageTable) -> usize {
        let count = self.row_pages.len().min(next.row_pages.len());
        let is_same = |row: &usize| {
            let heads = self.cells_from(*row).all(|cell| !cell.has_number());
            let worded =
                self.cells_from(*row).any(PageCell::has_letters) || self.cells_from(*row).count() == 0;
            let same = |cell: &PageCell, other: &PageCell| {
                // Where a line ends may differ from page to page.
                let words = |cell: &PageCell| cell.text.split_whitespace().collect::<String>();
                words(cell) == words(other) && cell.same_columns(other) && cell.rows == other.rows
            };
            let (own, others) = (self.cells_from(*row).count(), next.cells_from(*row).count());
            let pairs = self.cells_from(*row).zip(next.cells_from(*row));
            heads && worded && own == others && pairs.into_iter().all(|(cell, other)| same(cell, other))
        };
        let rows = (0..count).take_while(is_same).count();
        // A heading that covers more rows is repeated with all of them or not at all.
        let cut = |rows: usize| next.cells.iter().any(|cell| cell.row < rows && cell.row + cell.rows > rows);
        (0..=rows).rev().find(|rows| !cut(*rows)).unwrap_or(0)
    }

    fn drop_rows(&mut self, count: usize) {
        self.row_pages.drain(..count);
        self.cells.retain(|cell| cell.row >= count);
        self.cells.iter_mut().for_each(|cell| cell.row -= count);
    }

    /// Returns the cells of the last row, and of the other table's first: those of one row only.
    fn halves(&self, next: &PageTable) -> (Vec<usize>, Vec<usize>) {
        let last = self.row_pages.len().saturating_sub(1);
        let own = self.cells.iter().enumerate().filter(|(_, cell)| cell.row + cell.rows == last + 1);
        let other = next.cells.iter().enumerate().filter(|(_, cell)| cell.row == 0 && cell.rows == 1);
        (own.map(|(at, _)| at).collect(), other.map(|(at, _)| at).collect())
    }

    /// Returns whether the other table's first row is the second half of the last row here.
    fn is_cut_row(&self, next: &PageTable) -> bool {
        let (own, other) = self.halves(next);
        let pairs: Option<Vec<(&PageCell, &PageCell)>> = other
            .iter()
            .map(|at| {
                let half = &next.cells[*at];
                let found = own.iter().map(|at| &self.cells[*at]).find(|cell| cell.same_columns(half))?;
                Some((found, half))
            })
            .collect();
        let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) else { return false };
        if pairs.iter().all(|(cell, _)| cell.is_blank()) {
            return false;
        }
        // A number below words is below its heading.
        if pairs.iter().any(|(cell, half)| cell.has_letters() && half.has_number()) {
            return false;
        }
        let open = self.open_bottom && next.open_top;
        let worded: Vec<_> = pairs.iter().filter(|(_, half)| half.has_letters()).collect();
        if worded.is_empty() || open {
            return pairs.iter().any(|(cell, _)| cell.has_letters());
        }
        let goes_on = |(cell, half): &&(&PageCell, &PageCell)| {
            cell.has_letters() && cell.is_full && !begins_anew(&half.text)
        };
        let numbers = |of: fn(&(&PageCell, &PageCell)) -> bool| pairs.iter().any(of);
        let both = numbers(|(cell, _)| cell.has_number()) && numbers(|(_, half)| half.has_number());
        worded.iter().all(goes_on) && !both
    }

    fn join_cut_row(&mut self, next: &mut PageTable) {
        let (own, other) = self.halves(next);
        for at in other {
            let half = next.cells[at].clone();
            let found = own.iter().find(|own| self.cells[**own].same_columns(&half));
            if let Some(cell) = found.and_then(|at| self.cells.get_mut(*at)) {
                cell.append(&half);
            }
        }
        // What reaches down into the rows below stays, one row shorter.
        let last = self.row_pages.len().saturating_sub(1);
        let spanning: Vec<PageCell> =
            next.cells.iter().filter(|cell| cell.row == 0 && cell.rows > 1).cloned().collect();
        next.drop_rows(1);
        for half in spanning {
            let own = self
                .cells
                .iter_mut()
                .find(|cell| cell.row + cell.rows == last + 1 && cell.same_columns(&half));
            match own {
                Some(cell) => {
                    cell.append(&half);
                    cell.rows += half.rows - 1;
                }
                None => next.cells.push(PageCell { rows: half.rows - 1, ..half }),
            }
        }
    }

    /// Joins the halves of cells that cover several rows on either side of the page's end.
    fn join_spanning_cells(&mut self, next: &mut PageTable) {
        let end = self.row_pages.len();
        next.cells.retain(|half| {
            let own = self.cells.iter_mut().find(|cell| {
                cell.row + cell.rows == end && cell.same_columns(half) && (cell.rows > 1 || half.rows > 1)
            });
            let Some(cell) = own.filter(|_| half.row == 0) else { return true };
            let labels = cell.has_letters() && half.has_letters() && cell.is_full && !begins_anew(&half.text);
            let joins = half.is_blank() && half.rows > 1 && cell.has_letters() || labels;
            if joins {
                cell.append(half);
                cell.rows += half.rows;
            }
            !joins
        });
    }

    /// Returns the table as the other readers give it.
    pub fn into_source(self) -> SourceTable {
        let mut columns: Vec<f32> = self.cells.iter().flat_map(|cell| [cell.x.0, cell.x.1]).collect();
        columns.sort_by(f32::total_cmp);
        columns.dedup_by(|next, kept| *next - *kept <= NEAR);
        let column = |x: f32| columns.partition_point(|at| at + NEAR / 2.0 < x - NEAR / 2.0);
        let mut rows: Vec<SourceRow> =
            self.row_pages.iter().map(|page| SourceRow { line: *page, cells: Vec::new() }).collect();
        let count = rows.len();
        for cell in self.cells {
            let Some(row) = rows.get_mut(cell.row) else { continue };
            let span = column(cell.x.1).saturating_sub(column(cell.x.0)).max(1);
            row.cells.push(SourceCell {
                text: cell.text,
                rows: cell.rows.clamp(1, count - cell.row),
                columns: span,
            });
        }
        SourceTable { line: self.row_pages.first().copied().unwrap_or(0), ragged: false, sparse: false, rows }
    }
}

/// Returns whether a label begins with an ordinal, as a label of its own does.
fn begins_anew(label: &str) -> bool {
    let mut chars = label.trim_start().chars().filter(|c| !c.is_whitespace());
    let (first, second) = (chars.next(), chars.next());
    match first {
        Some('（' | '(') => second.is_some_and(is_numeral),
        Some('第') => second.is_some_and(is_numeral),
        Some(c) if is_numeral(c) => {
            let rest = second.into_iter().chain(chars).find(|c| !is_numeral(*c));
            rest.is_some_and(|c| "、.．,，".contains(c))
        }
        Some(c) => ('①'..='⑳').contains(&c),
        None => false,
    }
}

fn is_numeral(c: char) -> bool {
    crate::text::digits::digit(c).is_some() || "一二三四五六七八九十〇零百".contains(c)
}
