//! The title line and the tabs.

use super::canvas::{Canvas, text_width, truncated};
use super::theme_file::StyleRole;
use crate::draft::{FilledCells, ReportState, Totals};
use crate::editor::Editor;
use crate::editor::document::Document;
use crate::editor::layout::ScreenAreas;
use crate::editor::tab_line::{self, TabMark};
use crate::editor::view::{Tab, View};

/// Draws both.
pub fn draw(editor: &Editor, document: &Document, view: &View, areas: &ScreenAreas, canvas: &mut Canvas) {
    draw_title(editor, document, &mut canvas.within(areas.title));
    draw_tabs(editor, document, view, &mut canvas.within(areas.tabs));
}

/// The unit and the year at the left; at the right how much is filled in, what is wrong, and whether it is
/// saved. What there is room for stands between: the file, how totals come about, the form.
fn draw_title(editor: &Editor, document: &Document, canvas: &mut Canvas) {
    canvas.fill(StyleRole::Bar);
    let width = canvas.width();
    let FilledCells { filled, all } = document.progress;
    let filled = format!("已填 {filled}/{all}");
    let mark = tab_line::tab_mark(document, &Tab::Findings);
    let mark_text = mark.map_or(String::new(), |mark| format!("  {}", mark.whole_text()));
    let (state, state_role) = if document.read_only {
        ("只读", StyleRole::BarAttention)
    } else if document.history.is_modified() {
        ("*未保存", StyleRole::BarAttention)
    } else {
        ("已保存", StyleRole::BarNote)
    };
    let name = truncated(&document.name, usize::from(width) / 4).into_owned();
    let mut pieces = vec![(filled.as_str(), StyleRole::Bar), (mark_text.as_str(), mark_role(mark))];
    // Shown as long as it is so: a notification would be gone with the next key.
    if editor.journal_error.is_some() {
        pieces.push(("  !无恢复记录", StyleRole::BarWrong));
    }
    // A difference looks like a number: what the cells show is said as long as they show it.
    if editor.show_changes {
        pieces.push(("  显示增减", StyleRole::BarAttention));
    }
    if document.draft.state != ReportState::Filling {
        pieces.extend([("  ", StyleRole::Bar), (document.draft.state.label(), StyleRole::BarTitle)]);
    }
    pieces.extend([("  ", StyleRole::Bar), (&name, StyleRole::BarNote), (" ", StyleRole::Bar)]);
    pieces.extend([(state, state_role), (" ", StyleRole::Bar)]);
    let right: u16 = pieces.iter().map(|(text, _)| text_width(text)).sum();
    canvas.pieces(width.saturating_sub(right), 0, &pieces);

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
    let end = width.saturating_sub(right + 2);
    let unit = truncated(unit, usize::from(end.saturating_sub(text_width(&year) + 2))).into_owned();
    let mut x = canvas.text(1, 0, &unit, StyleRole::BarTitle) + 1;
    for text in [year.as_str(), totals, &form] {
        if x + text_width(text) <= end {
            x = canvas.text(x, 0, text, StyleRole::BarNote) + 2;
        }
    }
}

fn mark_role(mark: Option<TabMark>) -> StyleRole {
    match mark {
        Some(TabMark::Wrong(_)) => StyleRole::BarWrong,
        Some(TabMark::Unread(_) | TabMark::Attention(_)) => StyleRole::BarAttention,
        None => StyleRole::Bar,
    }
}

fn draw_tabs(editor: &Editor, document: &Document, view: &View, canvas: &mut Canvas) {
    let line = tab_line::tab_line(&editor.keys, document, view, canvas.width());
    canvas.text(1, 0, &line.held_key, StyleRole::Note);
    for (at, tab) in line.labels.iter().enumerate() {
        let (is_shown, own) = (at == view.tab, text_width(&tab.name));
        let role = if is_shown { StyleRole::TabActive } else { StyleRole::Tab };
        if is_shown {
            canvas.ground(tab.x, 0, tab.width, StyleRole::TabActive);
        }
        let mut x = tab.x + 1;
        if !tab.key.is_empty() {
            let role = if is_shown {
                (StyleRole::TabActive, StyleRole::TabActive)
            } else {
                (StyleRole::Tab, StyleRole::Note)
            };
            x = canvas.text(x, 0, &tab.key, role) + 1;
        }
        canvas.text(x, 0, &tab.name, role);
        let Some(mark) = tab.mark else { continue };
        let role = match mark {
            _ if is_shown => StyleRole::TabActive,
            TabMark::Wrong(_) => StyleRole::Wrong,
            TabMark::Unread(_) | TabMark::Attention(_) => StyleRole::Attention,
        };
        canvas.text(x + own, 0, &mark.text(), role);
    }
}
