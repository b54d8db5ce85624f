//! The first screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use super::{paint, status};
use crate::editor::home::{FIRST_RECENT, FIRST_WAY, Home, WAYS};
use crate::editor::{Editor, Scope};

/// Draws the ways to begin and the recent drafts; the place of the chosen line.
pub fn draw(editor: &Editor, home: &Home, look: &Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = buffer.area;
    let title = Rect { height: 1, ..area };
    paint::fill(buffer, title, look.bar());
    paint::put(buffer, title, 1, 0, "年报 nianbao  政府信息公开工作年度报告", look.bar());
    let mut cursor = None;
    let mut line = |buffer: &mut Buffer, y: u16, at: usize, words: &str, aside: &str| {
        let chosen = at == home.at;
        let style = if chosen { look.bar() } else { look.plain() };
        paint::put(buffer, area, 2, y, if chosen { ">" } else { " " }, look.strong());
        let end = paint::put(buffer, area, 4, y, words, style);
        paint::put(buffer, area, end.max(26) + 2, y, aside, look.quiet());
        if chosen {
            cursor = Some((area.x + 4, area.y + y));
        }
    };
    paint::put(buffer, area, 2, 2, "开始", look.strong());
    for (at, (command, words, aside)) in (0u16..).zip(WAYS.iter()) {
        let key = editor.keys.shown(Scope::Home, *command);
        line(
            buffer,
            FIRST_WAY + at,
            usize::from(at),
            &(if key.is_empty() { String::from(*words) } else { format!("{words}  ({key})") }),
            aside,
        );
    }
    paint::put(buffer, area, 2, FIRST_RECENT - 1, "最近打开", look.strong());
    if editor.recent.is_empty() {
        paint::put(buffer, area, 4, FIRST_RECENT, "还没有。打开或保存过的草稿会列在这里", look.quiet());
    }
    let room = usize::from(area.height.saturating_sub(FIRST_RECENT + 4));
    for (at, recent) in editor.recent.iter().take(room).enumerate() {
        let y = FIRST_RECENT + u16::try_from(at).unwrap_or(0);
        let name = recent.path.file_name().unwrap_or_default().to_string_lossy();
        line(
            buffer,
            y,
            WAYS.len() + at,
            &paint::fitted(&recent.title, 24),
            format!("{}  {name}", recent.state).trim_start(),
        );
    }
    let notice = Rect { y: area.height - 2, height: 1, ..area };
    paint::put(buffer, notice, 2, 0, &editor.notice, look.strong());
    status::foot(editor, look, Rect { y: area.height - 1, height: 1, ..area }, buffer);
    cursor
}
