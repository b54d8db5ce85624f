//! The first screen.

use super::canvas::{Canvas, truncated};
use super::status;
use super::theme_file::StyleRole;
use crate::editor::home::{FIRST_MENU_ROW, FIRST_RECENT_ROW, HomeScreen, MENU};
use crate::editor::{Editor, Scope};

/// Draws the menu and the recent drafts, and returns the position of the selected line.
pub fn draw(editor: &Editor, home: &HomeScreen, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let area = canvas.area();
    let mut title = canvas.row(0);
    title.fill(StyleRole::Bar);
    title.pieces(
        1,
        0,
        &[("年报", StyleRole::BarTitle), (" nianbao  政府信息公开工作年度报告", StyleRole::Bar)],
    );
    let mut cursor = None;
    let mut line = |canvas: &mut Canvas, y: u16, at: usize, text: &str, aside: &str| {
        let chosen = at == home.selected;
        let style = if chosen { StyleRole::Cursor } else { StyleRole::Text };
        canvas.text(2, y, if chosen { canvas.signs().row_mark } else { " " }, StyleRole::Accent);
        let end = canvas.text(4, y, text, style);
        canvas.text(end.max(26) + 2, y, aside, StyleRole::Note);
        if chosen {
            cursor = Some((area.x + 4, area.y + y));
        }
    };
    canvas.text(2, 2, "开始", StyleRole::Heading);
    for (at, (command, text, aside)) in (0u16..).zip(MENU.iter()) {
        let key = editor.keys.key_label(Scope::Home, *command);
        line(
            canvas,
            FIRST_MENU_ROW + at,
            usize::from(at),
            &(if key.is_empty() { String::from(*text) } else { format!("{text}  ({key})") }),
            aside,
        );
    }
    canvas.text(2, FIRST_RECENT_ROW - 1, "最近打开", StyleRole::Heading);
    if editor.recent.is_empty() {
        canvas.text(4, FIRST_RECENT_ROW, "还没有。打开或保存过的草稿会列在这里", StyleRole::Note);
    }
    let available = usize::from(area.height.saturating_sub(FIRST_RECENT_ROW + 4));
    for (at, recent) in editor.recent.iter().take(available).enumerate() {
        let y = FIRST_RECENT_ROW + u16::try_from(at).unwrap_or(0);
        let name = recent.path.file_name().unwrap_or_default().to_string_lossy();
        line(
            canvas,
            y,
            MENU.len() + at,
            &truncated(&recent.title, 24),
            format!("{}  {name}", recent.summary).trim_start(),
        );
    }
    canvas.text(2, area.height - 2, &editor.notification, StyleRole::Notice);
    status::draw_footer(editor, &mut canvas.row(area.height - 1));
    cursor
}
