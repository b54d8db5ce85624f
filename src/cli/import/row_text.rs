//! The rows of a source in the messages of an import.

use crate::draft::Provenance;
use crate::form::{FieldId, Form};
use crate::import::{Import, OpenField, OpenState};

/// Returns one line for a row whose digits its sum told apart, with where it stands in the source.
pub(super) fn decided_row_text(read: &Import, field: &FieldId, form: &Form) -> String {
    let rows = read.draft.provenance.as_ref().map(|own| &own.rows);
    let source = rows.and_then(|rows| rows.get(&Provenance::row_name(field)));
    let column = form.field(field.as_str()).map_or("", |own| &own.column);
    let row = form.location(field).trim_end_matches(column).trim_end_matches('·').to_string();
    let source = source.map_or(String::new(), |source| format!("（原文：{source}）"));
    format!("{row}：数字连在一起，按合计关系判定，请核对{source}")
}

pub(super) fn is_same_row(first: &OpenField, other: &OpenField) -> bool {
    let row = |open: &OpenField| (open.field.section().to_string(), open.field.row().to_string());
    row(first) == row(other)
        && first.state == other.state
        && first.line == other.line
        && !first.field.column().is_empty()
        && first.candidates.is_empty()
        && other.candidates.is_empty()
}

/// Returns one line for open cells of a row: where in the source, which cells, and what is open about them.
pub(super) fn open_row_text(
    place: Option<&str>,
    (first, row): (&OpenField, &[&OpenField]),
    form: &Form,
) -> String {
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
