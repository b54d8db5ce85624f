//! Where the cursor is, from the section inwards, and what the line of it says beside.

use rust_decimal::Decimal;

use super::Editor;
use super::command::{Command, Scope};
use super::document::Document;
use super::selection;
use super::view::View;
use crate::draft::Amount;
use crate::form::{Body, FieldId, FormRow, Kind};

/// Returns the names of what the cursor is in, from the section inwards: `三`, `不予公开`,
/// `5.属于三类内部事务信息`, `自然人`. With `short` a row goes by its short label.
pub fn location_parts(document: &Document, view: &View, short: bool) -> Vec<String> {
    if view.in_text() {
        let section = view.narrative_section(document);
        return section.map_or_else(Vec::new, |section| {
            let numeral = Some(section.numeral.clone()).filter(|numeral| !numeral.is_empty());
            numeral.into_iter().chain([section.title.clone()]).collect()
        });
    }
    let Some(section) = view.cell_section(document) else { return Vec::new() };
    let name = if section.numeral.is_empty() { &section.tab } else { &section.numeral };
    let mut parts = vec![name.clone()];
    let (row, column) = (view.cursor().row, view.cursor().column);
    match &section.body {
        Body::Cover(fields) => {
            let field = fields.get(row).and_then(|id| document.form.field(id.as_str()));
            parts.extend(field.map(|field| field.row.to_string()));
        }
        Body::Table(blocks) => {
            let mut rows = blocks.iter().flat_map(|block| block.rows.iter().map(move |line| (block, line)));
            let Some((block, FormRow { label, parents, .. })) = rows.nth(row) else { return parts };
            parts.extend(parents.last().map(|group| group.name.to_string()));
            parts.push(if short { label.short.to_string() } else { label.text.to_string() });
            let columns = &block.columns;
            let heading = columns.get(column.min(columns.len().saturating_sub(1)));
            parts.extend(heading.map(|column| column.label.text.to_string()));
        }
        Body::Narrative { .. } | Body::TableText => {}
    }
    parts
}

/// Returns which of the rows of cells the cursor is in, `11/30`; `None` in a text.
pub fn row_of_rows(document: &Document, view: &View) -> Option<String> {
    let rows = view.cell_rows(document).len();
    (rows > 0 && !view.in_text()).then(|| format!("{}/{rows}", view.cursor().row + 1))
}

/// Returns last year's number of a cell and the change since then, `上年 3（+1）`.
pub fn last_year_text(document: &Document, id: &FieldId) -> Option<String> {
    // Numbers are compared; that the unit is called as it was is not worth showing.
    document.field_kind(id).filter(|kind| kind.is_number())?;
    let last = document.last_year_text(id)?;
    Some(match document.change_since_last_year(id) {
        Some(change) => format!("上年 {last}（{change}）"),
        None => format!("上年 {last}"),
    })
}

/// Returns the number of a cell while the table shows its change since last year, `本年 300`.
pub fn this_year_text(editor: &Editor, document: &Document, id: &FieldId) -> Option<String> {
    document.field_kind(id).filter(|kind| editor.show_changes && kind.is_number())?;
    let shown = document.ledger.display_text(&document.form, &document.draft, id.as_str());
    (!shown.is_empty()).then(|| format!("本年 {shown}"))
}

/// Returns what is selected, and what its numbers come to: their sum, how many they are, and their average, to
/// two decimals. `None` without a selection.
pub fn selection_line(document: &Document, view: &View) -> Option<(String, String)> {
    if !selection::has_selection(view) {
        return None;
    }
    let rows = selection::selected_cells(document, view);
    let cells = rows.concat();
    let section = location_parts(document, view, true).into_iter().next().unwrap_or_default();
    let place = format!("{section} / 选中 {} 行，{} 格", rows.len(), cells.len());
    let parts_too = cells.len();
    let cells: Vec<FieldId> = cells.iter().filter(|id| !is_total_of(document, id, &cells)).cloned().collect();
    let totals = parts_too - cells.len();
    let amounts = cells.iter().map(|id| document.ledger.amount(&document.form, id.as_str()));
    let count = amounts.clone().filter(|amount| matches!(amount, Amount::Known(_))).count();
    let blanks = cells.iter().filter(|id| view.display_text(document, id).is_empty()).count();
    let sum = document.ledger.sum(&document.form, &cells);
    let mut parts = vec![format!("合计 {}", if count == 0 { "0".into() } else { sum.display_text() })];
    parts.push(format!("{count} 个数"));
    if let (Amount::Known(sum), Some(average)) = (sum, average(sum, count)) {
        let rounded = average.round_dp(2);
        let sign = if rounded.checked_mul(count.into()) == Some(sum) { "平均" } else { "平均约" };
        parts.push(format!("{sign} {}", rounded.normalize()));
    }
    if totals > 0 {
        parts.push(format!("不计 {totals} 个总计"));
    }
    if blanks > 0 {
        parts.push(format!("空 {blanks} 格"));
    }
    Some((place, parts.join("  ")))
}

/// Whether a cell is the total of others of these: it would count them twice.
fn is_total_of(document: &Document, id: &FieldId, cells: &[FieldId]) -> bool {
    let totals = document.form.relations().iter().filter(|sum| sum.is_total && sum.left.contains(id));
    totals.flat_map(|sum| &sum.right).any(|part| cells.contains(part))
}

fn average(sum: Amount, count: usize) -> Option<Decimal> {
    let Amount::Known(sum) = sum else { return None };
    sum.checked_div(count.into())
}

/// Returns what is worth knowing before one types into a cell: its note, its unit, how it is filled in.
pub fn cell_hint(editor: &Editor, document: &Document, id: &FieldId) -> String {
    if let Some(note) = document.draft.notes.get(id) {
        return format!("注：{note}");
    }
    if document.is_computed(id) {
        return "自动计算".into();
    }
    match document.field_kind(id) {
        Some(Kind::Change) => "如 +3、减4、0".into(),
        Some(Kind::Money { unit: Some(unit) }) => format!("单位：{unit}"),
        Some(Kind::Money { unit: None }) => "可带单位，如 251000元".into(),
        Some(Kind::Choice(_)) => {
            let action = match document.draft.inferred(id.as_str()) {
                Some(value) => format!("确认为“{value}”，再按切换"),
                None => "切换".into(),
            };
            editor.keys.using(Scope::Table, Command::NextChoice, &action)
        }
        Some(Kind::Date) => "如 2026年1月20日".into(),
        Some(Kind::Year) => "四位数字".into(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::tests::{open_editor, press};
    use crate::editor::{Msg, update};

    #[test]
    fn a_difference_has_its_sign_and_the_number_beside_it() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 4 Right 5 Right 0 Enter");
        let last = (editor.form().unwrap(), editor.draft().unwrap().clone());
        press(&mut editor, "Ctrl+Home 3 Right 5 Right 1 Enter Ctrl+Home");
        update(&mut editor, Msg::LastYear(Ok(Box::new(last))));
        let change = |id: &str| editor.document().unwrap().change_since_last_year(&FieldId::new(id));
        let changes =
            ["natural", "business", "research"].map(|column| change(&format!("requests.new.{column}")));
        assert_eq!(changes, ["-1", "+0", "+1"].map(|change| Some(change.to_string())));
        let id = FieldId::new("requests.new.natural");
        assert_eq!(this_year_text(&editor, editor.document().unwrap(), &id), None);
        press(&mut editor, "Alt+L");
        assert_eq!(this_year_text(&editor, editor.document().unwrap(), &id), Some("本年 3".into()));
    }

    #[test]
    fn a_total_in_a_selection_is_not_counted_twice() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 1 Tab 2 Enter Ctrl+Home Shift+End");
        let (document, view) = editor.open_report().unwrap();
        let (_, numbers) = selection_line(document, view).unwrap();
        assert!(numbers.starts_with("合计 3  2 个数"), "{numbers}");
        assert!(numbers.contains("不计 1 个总计"), "{numbers}");
        press(&mut editor, "Esc End End Shift+Down");
        let (document, view) = editor.open_report().unwrap();
        let (_, numbers) = selection_line(document, view).unwrap();
        assert!(numbers.starts_with("合计 3"), "totals alone are added up: {numbers}");
    }
}
