//! The report as Markdown with pipe tables.
//!
//! Pipe tables have one row of headings and no merged cells: the levels of a heading are joined with `·`,
//! and a label that covers several rows is in the first of them. Every block of section 二 is a table of its
//! own under its caption.

use super::escape::escape_markdown as safe;
use super::layout::{ParagraphStyle, Report, ReportPart};
use super::pipe_table::pipe_table;
use crate::draft::Draft;
use crate::form::Form;

/// Returns the report as Markdown.
pub fn to_markdown(form: &Form, draft: &Draft) -> String {
    let mut parts: Vec<String> = Vec::new();
    for piece in &Report::new(form, draft).parts {
        match piece {
            ReportPart::Text(it) => {
                let text = safe(&it.text);
                parts.push(match it.style {
                    ParagraphStyle::Title => format!("# {text}"),
                    ParagraphStyle::Heading => format!("## {text}"),
                    ParagraphStyle::Subheading if it.lead == it.text.len() => format!("### {text}"),
                    _ => text,
                });
            }
            ReportPart::Table(table) => {
                for block in table.blocks() {
                    parts.append(&mut pipe_table(table, block));
                }
            }
        }
    }
    parts.join("\n\n") + "\n"
}
