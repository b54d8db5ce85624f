//! Under the body: where the cursor is, what is wrong there, and the keys that work.

use super::canvas::{Canvas, text_width, truncated};
use super::theme::{severity_mark, severity_role};
use super::theme_file::StyleRole;
use crate::editor::document::Document;
use crate::editor::figures::figure_line;
use crate::editor::layout::ScreenAreas;
use crate::editor::view::{Tab, View};
use crate::editor::{Command, Editor, Scope};
use crate::editor::{findings_list, selection, tutorial};
use crate::form::{FieldId, Kind, Per, Relation};
use crate::text::line_break;

pub fn draw(editor: &Editor, document: &Document, view: &View, areas: &ScreenAreas, canvas: &mut Canvas) {
    let beside = draw_location(editor, document, view, areas, canvas);
    if editor.notification.is_empty() && view.findings_at_cursor(document).is_empty() {
        let last = areas.finding.height.saturating_sub(1);
        canvas.within(areas.finding).text_right(areas.finding.width, last, &beside, StyleRole::Text);
    }
    draw_finding(editor, document, view, &mut canvas.within(areas.finding));
    match tutorial::tutorial_hint(editor) {
        Some(message) => draw_tutorial(&message, &mut canvas.within(areas.footer)),
        None => draw_footer(editor, &mut canvas.within(areas.footer)),
    }
}

/// What to do next in the sample, in place of the keys.
fn draw_tutorial(message: &str, canvas: &mut Canvas) {
    canvas.text(1, 0, &truncated(message, usize::from(canvas.width()) - 1), StyleRole::Accent);
}

/// Draws the cell's official labels, without the row's if it is shown whole beside the cell, and, at the
/// right, what the cell takes. Returns what does not fit beside the labels.
fn draw_location(
    editor: &Editor,
    document: &Document,
    view: &View,
    areas: &ScreenAreas,
    canvas: &mut Canvas,
) -> String {
    let area = areas.location;
    let style = StyleRole::Heading;
    let (left, right) = match (&view.tabs[view.tab], view.current_field(document)) {
        (Tab::Findings, _) => (findings_summary(document), String::new()),
        (Tab::Preview, _) => ("导出效果预览".into(), findings_summary(document)),
        (_, Some(id)) if view.in_text() => {
            let count =
                || view.narrative_editor(document).map_or(0, |narrative| narrative.count_characters());
            let figure = view.figure_at_caret(document).map(|figure| figure_line(document, figure));
            let hint = figure.unwrap_or_else(|| format!("共 {} 字", count()));
            (document.form.location(&id).to_string(), hint)
        }
        (_, Some(id)) => {
            let note = document
                .draft
                .notes
                .get(&id)
                .map_or_else(|| cell_hint(editor, document, view, &id), |note| format!("注：{note}"));
            (cell_label(document, view, &id, areas).into(), note)
        }
        (_, None) => (String::new(), String::new()),
    };
    let (whole, beside) = (text_width(&left), text_width(&right) + 1);
    let left = if whole > area.width { own_label(&left) } else { &left };
    let mut canvas = canvas.within(area);
    canvas.text(0, 0, &truncated(left, usize::from(area.width)), style);
    if text_width(left) + beside > area.width {
        return right;
    }
    canvas.text_right(area.width, 0, &right, StyleRole::Note);
    String::new()
}

/// Returns what a cell is called, as far as the table does not say it on the same row: a move along a
/// column then sends few bytes.
fn cell_label<'d>(document: &'d Document, view: &View, id: &'d FieldId, areas: &ScreenAreas) -> &'d str {
    let place = document.form.location(id);
    let (width, height) = (usize::from(areas.body.width), usize::from(areas.body.height));
    let (row, top) = (view.cursor().row, view.cursor().top);
    let is_told =
        view.table_layout(document, width).is_some_and(|table| table.shows_full_label(row, top, height));
    if is_told { place.rsplit_once('·').map_or(place, |(_, column)| column) } else { place }
}

/// Returns the row's own label and the column, without the section and the group they are in; the label
/// alone is never wider than the smallest window that is common.
fn own_label(place: &str) -> &str {
    let inner = place.split_once('·').map_or(place, |(_, inner)| inner);
    let own = inner.split_once(' ').map_or(inner, |(_, own)| own);
    if text_width(own) <= 80 { own } else { own.rsplit_once('·').map_or(own, |(label, _)| label) }
}

fn findings_summary(document: &Document) -> String {
    let (errors, warnings) = Tab::Findings.count_findings(document);
    match (errors, warnings) {
        (0, 0) => "没有错误，也没有提醒".into(),
        _ => format!("错误 {errors} 个，提醒 {warnings} 个"),
    }
}

fn cell_hint(editor: &Editor, document: &Document, view: &View, id: &FieldId) -> String {
    if selection::has_selection(view) {
        let cells = selection::selected_cells(document, view).concat();
        let sum = document.ledger.sum(&document.form, &cells).display_text();
        let blanks = cells.iter().filter(|id| view.display_text(document, id).is_empty()).count();
        return format!("选中 {} 格，空 {blanks} 格，合计 {sum}", cells.len());
    }
    let mut hint = sum_hint(document, id);
    // Numbers are compared; that the unit is called as it was is not worth showing.
    let is_number = document.field_kind(id).is_some_and(Kind::is_number);
    if let Some(last) = document.last_year_text(id).filter(|_| is_number) {
        hint = format!("上年 {last}  {hint}");
    }
    if !hint.is_empty() {
        return hint;
    }
    if document.is_computed(id) {
        return "自动计算".into();
    }
    match document.field_kind(id) {
        Some(Kind::Change) => "如 +3、减4、0".into(),
        Some(Kind::Money { unit: Some(unit) }) => format!("单位：{unit}"),
        Some(Kind::Money { unit: None }) => "可带单位，如 251000元".into(),
        Some(Kind::Choice(_)) => editor.keys.using(Scope::Table, Command::NextChoice, "切换"),
        Some(Kind::Date) => "如 2026年1月20日".into(),
        _ => String::new(),
    }
}

/// Returns the sums that the cell is a part of, as far as they are filled, to compare with the paper.
fn sum_hint(document: &Document, id: &FieldId) -> String {
    let Some(at) = document.form.position(id.as_str()) else { return String::new() };
    let is_in = |relation: &&Relation| {
        relation.is_total
            && (relation.left_positions().contains(&at) || relation.right_positions().contains(&at))
    };
    let here = document.form.relations().iter().filter(is_in);
    let texts = here.map(|relation| {
        let place = if relation.per == Per::Row { "本行" } else { "本列" };
        format!("{place}合计 {}", document.ledger.sum_at(relation.right_positions()).display_text())
    });
    let mut texts: Vec<String> = texts.filter(|message| !message.ends_with(' ')).collect();
    if document.is_computed(id) {
        texts.push("自动计算".into());
    }
    texts.join("  ")
}

fn draw_finding(editor: &Editor, document: &Document, view: &View, canvas: &mut Canvas) {
    let area = canvas.area();
    let mut available = usize::from(area.height);
    if !editor.notification.is_empty() {
        available -= 1;
        let y = u16::try_from(available).unwrap_or(0);
        canvas.text(0, y, &truncated(&editor.notification, usize::from(area.width)), StyleRole::Notice);
    }
    let here = view.findings_at_cursor(document);
    let Some(finding) = here.first().map(|&at| &document.findings[at]) else { return };
    // The list of findings has said it already.
    if view.tabs[view.tab] == Tab::Findings {
        return;
    }
    let more = if here.len() > 1 { format!("（第1条，共{}条）", here.len()) } else { String::new() };
    let fix = findings_list::fix_hint(&editor.keys, editor.scope_below_layers(), finding);
    // What can be done comes before the sentence, which may be longer than its place.
    let message =
        format!("{} {} {fix}{more}{}", severity_mark(finding.severity), finding.rule, finding.message);
    let rows = line_break::wrap(&message, usize::from(area.width), editor.width_mode);
    let last = available.saturating_sub(1);
    for (y, row) in rows.iter().take(available).enumerate() {
        // The last line that fits says by `>` that there is more; F10 shows all.
        let text = if y == last { &message[row.start..] } else { &message[row.clone()] };
        let text = truncated(text, usize::from(area.width));
        let y = u16::try_from(y).unwrap_or(0);
        canvas.text(0, y, &text, severity_role(finding.severity));
    }
}

/// The keys that work here, this place's first.
pub fn draw_footer(editor: &Editor, canvas: &mut Canvas) {
    canvas.fill(StyleRole::Text);
    let scope = editor.scope();
    // The preview scrolls with the keys of the findings, and has none of their commands; a cell being typed
    // has the keys of its table too, but no space to show them.
    let in_preview =
        editor.layers.is_empty() && editor.view().is_some_and(|view| view.tabs[view.tab] == Tab::Preview);
    let is_shown = |place: Scope| match place {
        Scope::Everywhere => true,
        Scope::Table => scope == Scope::Table,
        _ => !in_preview,
    };
    let rows = editor.keys.bindings_in(scope).filter(|(row, _)| is_shown(row.scope));
    let mut x = 1;
    let rows = rows.filter(|(row, _)| !row.foot.is_empty());
    for (row, key) in rows.filter_map(|(row, key)| Some((row, key?))) {
        let key = format!("{key} ");
        if x + text_width(&key) + text_width(&row.foot) > canvas.width() {
            continue;
        }
        x = canvas.pieces(x, 0, &[(&key, StyleRole::Key), (&row.foot, StyleRole::Note)]) + 2;
    }
}
