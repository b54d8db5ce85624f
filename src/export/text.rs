//! The report as plain text. A table is tab-separated, one line a row and one place of the form a
//! cell, as a table comes out of Word or a browser when it is copied; so it can be pasted into both.

use super::escape::cell;
use super::layout::{Level, Piece, Report, Table};
use crate::draft::Draft;
use crate::form::Form;

/// The report as plain text, UTF-8 with `\n`.
pub fn text(form: &Form, draft: &Draft) -> String {
    let mut lines: Vec<String> = Vec::new();
    let gap = |lines: &mut Vec<String>| {
        if !lines.is_empty() {
            lines.push(String::new());
        }
    };
    for piece in &Report::new(form, draft).pieces {
        match piece {
            Piece::Text(it) => {
                if matches!(it.level, Level::Section | Level::Signed) {
                    gap(&mut lines);
                }
                let indent = if matches!(it.level, Level::Body | Level::Sub) { "　　" } else { "" };
                lines.push(format!("{indent}{}", it.text));
                if matches!(it.level, Level::Title) {
                    gap(&mut lines);
                }
            }
            Piece::Table(table) => {
                gap(&mut lines);
                lines.extend(rows(table).map(|cells| cells.join("\t")));
            }
        }
    }
    lines.join("\n") + "\n"
}

/// The rows of a table as printed: each merged cell's words in its first place, the others empty.
pub fn rows(table: &Table) -> impl Iterator<Item = Vec<String>> {
    (0..table.grid.rows).map(|row| {
        let mut cells = vec![String::new(); table.grid.columns];
        for here in table.row(row) {
            if let Some(place) = cells.get_mut(here.column) {
                *place = cell(&here.text);
            }
        }
        cells
    })
}
