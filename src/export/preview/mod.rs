//! The report as it will be printed, as lines of a given width for a terminal. Each line holds which fields
//! it shows and where, so that findings can be shown beside it and in it.

mod border;
mod canvas;
mod drawn_table;
mod line;
mod listed_table;
mod wrap;

use super::layout::{Paragraph, ParagraphStyle, PrintedTable, Report, ReportPart};
use crate::draft::Draft;
use crate::form::{FieldId, Form};
use crate::text::width::display_width;

pub use border::BorderStyle;
pub use line::{LineKind, PreviewLine, ShownField};
pub use wrap::{WrappedLine, wrap_text};

/// Returns the report as lines at most `width` columns wide (20 at least). A table whose values do not fit
/// is listed row by row instead of drawn.
pub fn preview_lines(form: &Form, draft: &Draft, width: usize, rules: BorderStyle) -> Vec<PreviewLine> {
    let width = width.max(20);
    let mut lines = Vec::new();
    let mut report = Report::new(form, draft);
    report.mark_unknown();
    for piece in &report.parts {
        match piece {
            ReportPart::Text(it) => {
                let gap = matches!(it.style, ParagraphStyle::Heading | ParagraphStyle::Signature);
                if gap && !lines.is_empty() {
                    lines.push(gap_line());
                }
                push_paragraph(&mut lines, it, draft, width);
                if it.style == ParagraphStyle::Title {
                    lines.push(gap_line());
                }
            }
            ReportPart::Table(it) => push_table(&mut lines, it, width, rules),
        }
    }
    lines
}

fn gap_line() -> PreviewLine {
    PreviewLine { text: String::new(), kind: LineKind::Gap, lead: 0..0, shown_fields: Vec::new() }
}

fn push_paragraph(lines: &mut Vec<PreviewLine>, it: &Paragraph, draft: &Draft, width: usize) {
    // A narrative is wrapped from the field's own text, so that its bytes are known.
    let (text, start) = match (&it.source, it.fields.first()) {
        (Some(source), Some(field)) => {
            (draft.text(field.as_str()).get(source.clone()).unwrap_or_default(), source.start)
        }
        _ => (it.text.as_str(), 0),
    };
    let first = if matches!(it.style, ParagraphStyle::Subheading | ParagraphStyle::Body) { 4 } else { 0 };
    let mut lead = display_width(it.text.get(..it.lead).unwrap_or_default());
    for (at, line) in wrap_text(text, width, first).into_iter().enumerate() {
        let wide = display_width(&line.text);
        let indent = match it.style {
            ParagraphStyle::Title | ParagraphStyle::Subtitle => width.saturating_sub(wide) / 2,
            ParagraphStyle::Signature | ParagraphStyle::Date => width.saturating_sub(wide + 4),
            ParagraphStyle::Heading => 0,
            ParagraphStyle::Subheading | ParagraphStyle::Body => first * usize::from(at == 0),
        };
        let bytes = it.source.is_some().then(|| start + line.bytes.start..start + line.bytes.end);
        let columns = indent..indent + wide;
        let show = |field: &FieldId| ShownField {
            field: field.clone(),
            columns: columns.clone(),
            bytes: bytes.clone(),
        };
        let headed = lead.min(wide);
        lead -= headed;
        lines.push(PreviewLine {
            text: " ".repeat(indent) + &line.text,
            kind: LineKind::Text(it.style),
            lead: indent..indent + headed,
            shown_fields: it.fields.iter().map(show).collect(),
        });
    }
}

fn push_table(lines: &mut Vec<PreviewLine>, table: &PrintedTable, width: usize, rules: BorderStyle) {
    let drawn = drawn_table::draw_table(table, width, rules)
        .unwrap_or_else(|| listed_table::list_table(table, width));
    lines.extend(drawn.into_iter().map(|line| PreviewLine {
        text: line.text,
        kind: LineKind::Table,
        lead: 0..0,
        shown_fields: line.shown_fields,
    }));
}
