//! The report as plain text. A table is tab-separated, one line a row and one place of the form a
//! cell, as a table comes out of Word or a browser when it is copied; so it can be pasted into both.

use super::escape::escape_cell;
use super::layout::{ParagraphStyle, PrintedTable, Report, ReportPart};
use crate::draft::Draft;
use crate::form::Form;

/// Returns the report as plain text, UTF-8 with `\n`.
pub fn to_text(form: &Form, draft: &Draft) -> String {
    let mut lines: Vec<String> = Vec::new();
    let gap = |lines: &mut Vec<String>| {
        if !lines.is_empty() {
            lines.push(String::new());
        }
    };
    for piece in &Report::new(form, draft).parts {
        match piece {
            ReportPart::Text(it) => {
                if matches!(it.style, ParagraphStyle::Heading | ParagraphStyle::Signature) {
                    gap(&mut lines);
                }
                let indent = if matches!(it.style, ParagraphStyle::Body | ParagraphStyle::Subheading) {
                    "　　"
                } else {
                    ""
                };
                lines.push(format!("{indent}{}", it.text));
                if matches!(it.style, ParagraphStyle::Title) {
                    gap(&mut lines);
                }
            }
            ReportPart::Table(table) => {
                gap(&mut lines);
                lines.extend(table_rows(table).map(|cells| cells.join("\t")));
            }
        }
    }
    lines.join("\n") + "\n"
}

/// Returns the rows of a table as printed: each merged cell's text in its first position, the others empty.
pub fn table_rows(table: &PrintedTable) -> impl Iterator<Item = Vec<String>> {
    (0..table.grid.rows).map(|row| {
        let mut cells = vec![String::new(); table.grid.columns];
        for here in table.row(row) {
            if let Some(place) = cells.get_mut(here.column) {
                *place = escape_cell(&here.text);
            }
        }
        cells
    })
}
