//! What an import says of what it left open.

use serde_json::json;

use crate::cli::context::{CommandContext, eprint_line};
use crate::cli::escape::escape_line;
use crate::draft::Provenance;
use crate::form::{FieldId, Form};
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

/// Returns one line for a row whose digits its sum told apart, with where it stands in the source.
fn decided_row_text(read: &Import, field: &FieldId, form: &Form) -> String {
    let rows = read.draft.provenance.as_ref().map(|own| &own.rows);
    let source = rows.and_then(|rows| rows.get(&Provenance::row_name(field)));
    let column = form.field(field.as_str()).map_or("", |own| &own.column);
    let row = form.location(field).trim_end_matches(column).trim_end_matches('·').to_string();
    let source = source.map_or(String::new(), |source| format!("（原文：{source}）"));
    format!("{row}：数字连在一起，按合计关系判定，请核对{source}")
}

fn is_same_row(first: &OpenField, other: &OpenField) -> bool {
    let row = |open: &OpenField| (open.field.section().to_string(), open.field.row().to_string());
    row(first) == row(other)
        && first.state == other.state
        && first.line == other.line
        && !first.field.column().is_empty()
        && first.candidates.is_empty()
        && other.candidates.is_empty()
}

/// Returns one line for open cells of a row: where in the source, which cells, and what is open about them.
fn open_row_text(place: Option<&str>, (first, row): (&OpenField, &[&OpenField]), form: &Form) -> String {
    let line = place.map_or(String::new(), |place| format!("{place}："));
    let columns: Vec<&str> =
        row.iter().filter_map(|open| form.field(open.field.as_str())).map(|field| &*field.column).collect();
    let place = match form.field(first.field.as_str()) {
        Some(field) if !field.column.is_empty() => {
            let row = field.location.trim_end_matches(&*field.column).trim_end_matches('·');
            let whole = form.fields().iter().filter(|other| other.id.row() == first.field.row());
            let whole = whole.filter(|other| other.id.section() == first.field.section()).count();
            if whole > 2 && whole == columns.len() {
                format!("{row}·整行")
            } else {
                format!("{row}·{}", columns.join("、"))
            }
        }
        _ => form.location(&first.field).to_string(),
    };
    let state = match (first.state, &first.candidates[..]) {
        (OpenState::Blank, _) => "原文空白".to_string(),
        (OpenState::NotFound, _) => "没有找到".to_string(),
        (OpenState::Ambiguous, []) => "待核对".to_string(),
        (OpenState::Ambiguous, candidates) => format!("待核对，可能是 {}", candidates.join("、")),
    };
    let source = if first.state == OpenState::Blank || first.text.is_empty() {
        String::new()
    } else {
        format!("（原文：{}）", first.text)
    };
    format!("{line}{place}：{state}{source}")
}
