//! The title line and the tabs.

use ratatui::buffer::Buffer;

use super::look::Look;
use super::paint;
use crate::draft::Totals;
use crate::editor::Editor;
use crate::editor::desk::Desk;
use crate::editor::layout::Areas;
use crate::editor::tabs;

pub fn draw(editor: &Editor, desk: &Desk, areas: &Areas, look: &Look, buffer: &mut Buffer) {
    title(editor, desk, areas, look, buffer);
    tabs(desk, areas, look, buffer);
}

fn title(editor: &Editor, desk: &Desk, areas: &Areas, look: &Look, buffer: &mut Buffer) {
    let area = areas.title;
    paint::fill(buffer, area, look.bar());
    let unit = if desk.draft.unit().is_empty() { "（未填单位）" } else { desk.draft.unit() };
    let year = desk.draft.year().map_or("（未填年度）".into(), |year| format!("{year}年度"));
    let totals = if desk.draft.totals == Totals::Auto { "总计自动算" } else { "总计自己填" };
    let forms = &desk.draft.forms;
    let form = if forms.disclosure == forms.requests {
        desk.form.name.clone()
    } else {
        format!("表二{}、表三{}格式", forms.disclosure, forms.requests)
    };
    let state = if desk.read_only {
        "只看"
    } else if desk.history.is_modified() {
        "*未保存"
    } else {
        "已保存"
    };
    // Said as long as it is so: a notice would be gone with the next key.
    let unprotected = if editor.unprotected.is_some() { " !无恢复记录" } else { "" };
    let right = format!("{}{unprotected} {state} ", paint::fitted(&desk.name, usize::from(area.width) / 3));
    let room = area.width.saturating_sub(paint::columns(&right) + 1);
    let whole = format!(" 年报  {unit} {year}  {form}  {totals}");
    // Where it is long, the program's name goes first; the totals are the last to be cut.
    let short = format!(" {unit} {year} {form} {totals}");
    let left = if paint::columns(&whole) <= room { whole } else { short };
    paint::put(buffer, area, 0, 0, &paint::fitted(&left, usize::from(room)), look.bar());
    paint::put_right(buffer, area, area.width, 0, &right, look.bar());
}

fn tabs(desk: &Desk, areas: &Areas, look: &Look, buffer: &mut Buffer) {
    for (at, tab) in tabs::line(desk, areas.tabs.width).iter().enumerate() {
        let style = if at == desk.tab { look.bar() } else { look.plain() };
        paint::put(buffer, areas.tabs, tab.x, 0, &tab.words, style);
    }
}
