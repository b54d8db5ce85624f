//! What an import says of what it left open.

use serde_json::json;

use super::row_text::{decided_row_text, is_same_row, open_row_text};
use crate::cli::context::{CommandContext, eprint_line};
use crate::cli::escape::escape_line;
use crate::form::Form;
use crate::import::{Import, OpenField, OpenState, SourceFormat};

pub(super) fn open_field_json(open: &OpenField) -> serde_json::Value {
    json!({
        "field": open.field.as_str(),
        "state": open.state.as_str(),
        "candidates": open.candidates,
        "line": open.line,
        "text": open.text,
    })
}

/// What is open, row by row, and what found no place.
pub(super) fn report_lines(read: &Import, form: &Form) -> String {
    let mut lines = String::new();
    let mut rows: Vec<(&OpenField, Vec<&OpenField>)> = Vec::new();
    for open in &read.open {
        match rows.last_mut() {
            Some((first, row)) if is_same_row(first, open) => row.push(open),
            _ => rows.push((open, vec![open])),
        }
    }
    for (first, row) in &rows {
        let place = read.locations.get(&first.field).map(String::as_str);
        lines += &escape_line(&open_row_text(place, (first, row), form));
        lines.push('\n');
    }
    for field in &read.decided_by_sums {
        lines += &escape_line(&decided_row_text(read, field, form));
        lines.push('\n');
    }
    let format =
        read.draft.provenance.as_ref().map(|own| &own.format).and_then(|name| SourceFormat::from_name(name));
    let unit = if format.is_some_and(SourceFormat::is_paged) { "页" } else { "行" };
    for unplaced in &read.unplaced {
        let text: String = unplaced.text.chars().take(80).collect();
        let text = escape_line(&text);
        // What is said of the whole file has no line.
        lines += &match unplaced.line {
            0 => format!("{text}\n"),
            line => format!("第{line}{unit}：没有归到哪一栏：{text}\n"),
        };
    }
    lines
}

/// Says how much was read, where something is open.
pub(super) fn print_counts(read: &Import, context: &mut CommandContext) {
    let count = |state| read.open.iter().filter(|open| open.state == state).count();
    if !read.open.is_empty() || !read.unplaced.is_empty() {
        let message = format!(
            "读出 {} 栏；原文空白 {} 栏，没有找到 {} 栏，待核对 {} 栏；另有 {} 处没有归到哪一栏",
            read.read_count,
            count(OpenState::Blank),
            count(OpenState::NotFound),
            count(OpenState::Ambiguous),
            read.unplaced.len()
        );
        eprint_line(context, &message);
    }
}
