//! The first screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{draw_text, fill_area, truncated};
use super::status;
use super::theme::Theme;
use crate::editor::home::{FIRST_MENU_ROW, FIRST_RECENT_ROW, HomeScreen, MENU};
use crate::editor::{Editor, Scope};

/// Draws the menu and the recent drafts, and returns the position of the selected line.
pub fn draw(editor: &Editor, home: &HomeScreen, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = buffer.area;
    let title = Rect { height: 1, ..area };
    fill_area(buffer, title, theme.bar());
    draw_text(buffer, title, 1, 0, "年报 nianbao  政府信息公开工作年度报告", theme.bar());
    let mut cursor = None;
    let mut line = |buffer: &mut Buffer, y: u16, at: usize, text: &str, aside: &str| {
        let chosen = at == home.selected;
        let style = if chosen { theme.bar() } else { theme.plain() };
        draw_text(buffer, area, 2, y, if chosen { ">" } else { " " }, theme.strong());
        let end = draw_text(buffer, area, 4, y, text, style);
        draw_text(buffer, area, end.max(26) + 2, y, aside, theme.dimmed());
        if chosen {
            cursor = Some((area.x + 4, area.y + y));
        }
    };
    draw_text(buffer, area, 2, 2, "开始", theme.strong());
    for (at, (command, text, aside)) in (0u16..).zip(MENU.iter()) {
        let key = editor.keys.key_label(Scope::Home, *command);
        line(
            buffer,
            FIRST_MENU_ROW + at,
            usize::from(at),
            &(if key.is_empty() { String::from(*text) } else { format!("{text}  ({key})") }),
            aside,
        );
    }
    draw_text(buffer, area, 2, FIRST_RECENT_ROW - 1, "最近打开", theme.strong());
    if editor.recent.is_empty() {
        draw_text(buffer, area, 4, FIRST_RECENT_ROW, "还没有。打开或保存过的草稿会列在这里", theme.dimmed());
    }
    let available = usize::from(area.height.saturating_sub(FIRST_RECENT_ROW + 4));
    for (at, recent) in editor.recent.iter().take(available).enumerate() {
        let y = FIRST_RECENT_ROW + u16::try_from(at).unwrap_or(0);
        let name = recent.path.file_name().unwrap_or_default().to_string_lossy();
        line(
            buffer,
            y,
            MENU.len() + at,
            &truncated(&recent.title, 24),
            format!("{}  {name}", recent.summary).trim_start(),
        );
    }
    let notice = Rect { y: area.height - 2, height: 1, ..area };
    draw_text(buffer, notice, 2, 0, &editor.notification, theme.strong());
    status::draw_footer(editor, theme, Rect { y: area.height - 1, height: 1, ..area }, buffer);
    cursor
}
