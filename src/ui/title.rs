//! The title line and the tabs.

use ratatui::buffer::Buffer;

use super::paint::{draw_text, draw_text_right, fill_area, text_width, truncated};
use super::theme::Theme;
use crate::draft::Totals;
use crate::editor::Editor;
use crate::editor::document::Document;
use crate::editor::layout::ScreenAreas;
use crate::editor::tab_line;
use crate::editor::view::View;

pub fn draw(
    editor: &Editor,
    document: &Document,
    view: &View,
    areas: &ScreenAreas,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    draw_title(editor, document, areas, theme, buffer);
    draw_tabs(document, view, areas, theme, buffer);
}

fn draw_title(editor: &Editor, document: &Document, areas: &ScreenAreas, theme: &Theme, buffer: &mut Buffer) {
    let area = areas.title;
    fill_area(buffer, area, theme.bar());
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
    draw_text(buffer, area, 0, 0, &truncated(&left, usize::from(available)), theme.bar());
    draw_text_right(buffer, area, area.width, 0, &right, theme.bar());
}

fn draw_tabs(document: &Document, view: &View, areas: &ScreenAreas, theme: &Theme, buffer: &mut Buffer) {
    for (at, tab) in tab_line::tab_labels(document, view, areas.tabs.width).iter().enumerate() {
        let style = if at == view.tab { theme.bar() } else { theme.plain() };
        draw_text(buffer, areas.tabs, tab.x, 0, &tab.text, style);
    }
}
