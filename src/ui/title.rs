//! The title line and the tabs.

use super::canvas::{Canvas, text_width, truncated};
use super::theme_file::StyleRole;
use crate::draft::Totals;
use crate::editor::Editor;
use crate::editor::document::Document;
use crate::editor::layout::ScreenAreas;
use crate::editor::tab_line;
use crate::editor::view::View;

/// Draws both.
pub fn draw(editor: &Editor, document: &Document, view: &View, areas: &ScreenAreas, canvas: &mut Canvas) {
    draw_title(editor, document, &mut canvas.within(areas.title));
    draw_tabs(document, view, &mut canvas.within(areas.tabs));
}

fn draw_title(editor: &Editor, document: &Document, canvas: &mut Canvas) {
    let area = canvas.area();
    canvas.fill(StyleRole::Bar);
    let unit = if document.draft.unit().is_empty() { "（未填单位）" } else { document.draft.unit() };
    let year = document.draft.year().map_or("（未填年度）".into(), |year| format!("{year}年度"));
    let totals =
        if document.draft.totals == Totals::Auto { "总计：自动计算" } else { "总计：手工填写" };
    let forms = &document.draft.forms;
    let form = if forms.disclosure == forms.requests {
        document.form.name.clone()
    } else {
        format!("表二{}、表三{}格式", forms.disclosure, forms.requests)
    };
    let state = if document.read_only {
        "只读"
    } else if document.history.is_modified() {
        "*未保存"
    } else {
        "已保存"
    };
    // Shown as long as it is so: a notification would be gone with the next key.
    let unprotected = if editor.journal_error.is_some() { " !无恢复记录" } else { "" };
    let right = format!("{}{unprotected} {state} ", truncated(&document.name, usize::from(area.width) / 3));
    let available = area.width.saturating_sub(text_width(&right) + 1);
    let whole = format!(" 年报  {unit} {year}  {form}  {totals}");
    // Where it is long, the program's name goes first; the totals are the last to be cut.
    let short = format!(" {unit} {year} {form} {totals}");
    let left = if text_width(&whole) <= available { whole } else { short };
    canvas.text(0, 0, &truncated(&left, usize::from(available)), StyleRole::Bar);
    canvas.text_right(area.width, 0, &right, StyleRole::Bar);
}

fn draw_tabs(document: &Document, view: &View, canvas: &mut Canvas) {
    for (at, tab) in tab_line::tab_labels(document, view, canvas.width()).iter().enumerate() {
        let style = if at == view.tab { StyleRole::TabActive } else { StyleRole::Tab };
        canvas.text(tab.x, 0, &tab.text, style);
    }
}
