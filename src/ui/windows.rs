//! The windows over the screen, bottom one first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use super::paint;
use crate::editor::layer::{Item, Layer};
use crate::editor::line::Line;
use crate::editor::list_cursor::scrolled;
use crate::editor::{Command, Editor, Origin, Scope, Version, conflict, layout, pick, versions};
use crate::merge::{Choice, Conflict};

/// Corners, rule and side of a border, where the terminal is known to draw them one column wide.
const LINES: [&str; 6] = ["┌", "┐", "└", "┘", "─", "│"];
/// The same in signs that every terminal draws alike.
const ASCII: [&str; 6] = ["+", "+", "+", "+", "-", "|"];

/// Draws every window; the cursor of the top one.
pub fn draw(editor: &Editor, look: &Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let mut cursor = None;
    for layer in &editor.layers {
        cursor = Some(one(editor, layer, look, buffer));
    }
    if !editor.layers.is_empty() {
        let foot = Rect { y: editor.height.saturating_sub(1), x: 0, width: editor.width, height: 1 };
        super::status::foot(editor, look, foot, buffer);
    }
    cursor
}

fn one(editor: &Editor, layer: &Layer, look: &Look, buffer: &mut Buffer) -> (u16, u16) {
    match layer {
        Layer::Text { title, lines, top } => {
            let rows = layout::text_rows(lines, editor.width, editor.ruler);
            let area = frame(editor, title, rows.len(), look, buffer);
            let top = (*top).min(rows.len().saturating_sub(usize::from(area.height)));
            for (y, row) in (0..).zip(rows.iter().skip(top).take(usize::from(area.height))) {
                paint::put(buffer, area, 0, y, row, look.plain());
            }
            if rows.len() > top + usize::from(area.height) {
                more(editor, buffer, area, look);
            }
            (area.x, area.y)
        }
        Layer::Picker { picker, line, at } => {
            let items = pick::items(editor, *picker, line.text());
            let area = frame(editor, &pick::title(editor, *picker), usize::from(editor.height), look, buffer);
            let end = field(buffer, area, 0, "> ", line, true, look);
            list(
                buffer,
                Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area },
                &items,
                *at,
                look,
            );
            end
        }
        Layer::Fields { purpose, fields, at, fault } => {
            let area = frame(editor, purpose.title(), fields.len() + 2, look, buffer);
            let mut cursor = (area.x, area.y);
            for (y, (label, line)) in fields.iter().enumerate() {
                let row = u16::try_from(y).unwrap_or(0);
                let end = field(buffer, area, row, &format!("{label}："), line, y == *at, look);
                if y == *at {
                    cursor = end;
                }
            }
            let below = u16::try_from(fields.len()).unwrap_or(0) + 1;
            paint::put(buffer, area, 0, below, fault, look.weight(crate::check::Weight::Error));
            cursor
        }
        Layer::Conflicts { origin, conflicts, choices, at, .. } => {
            conflicts_window(editor, *origin, (conflicts, choices), *at, look, buffer)
        }
        Layer::Versions { versions, at, top } => versions_window(editor, versions, *at, *top, look, buffer),
        Layer::Ask { words, answers, at } => {
            let rows = layout::text_rows(std::slice::from_ref(words), editor.width, editor.ruler);
            let area = frame(editor, "请选择", rows.len() + 2, look, buffer);
            for (y, row) in (0..).zip(&rows) {
                paint::put(buffer, area, 0, y, row, look.plain());
            }
            let y = u16::try_from(rows.len()).unwrap_or(0) + 1;
            let (mut x, mut cursor) = (0, (area.x, area.y + y));
            for (number, (answer, _)) in answers.iter().enumerate() {
                let style = if number == *at { look.bar() } else { look.plain() };
                if number == *at {
                    cursor.0 = area.x + x + 1;
                }
                x = paint::put(buffer, area, x, y, &format!("[{answer}]"), style) + 2;
            }
            cursor
        }
    }
}

/// What both changed: one block for each, ours and theirs under its place, the one taken marked.
fn conflicts_window(
    editor: &Editor,
    origin: Origin,
    (conflicts, choices): (&[Conflict], &[Choice]),
    at: usize,
    look: &Look,
    buffer: &mut Buffer,
) -> (u16, u16) {
    let chosen = choosing(editor, [Command::Left, Command::Right]);
    let taken = editor.keys.using(Scope::Window, Command::Enter, "确定");
    let area = frame(
        editor,
        &format!("两边都改了，请选用哪一边（{chosen}，{taken}）"),
        usize::from(editor.height),
        look,
        buffer,
    );
    let Some(desk) = editor.desk() else { return (area.x, area.y) };
    let (mine, other) = match origin {
        Origin::File => ("我的", "对方"),
        Origin::NewerFile => ("恢复记录", "文件中"),
        Origin::Journal => ("现在", "较早的记录"),
    };
    let height = usize::from(area.height);
    let each = 3;
    let first = scrolled(0, at, height / each);
    let mut cursor = (area.x, area.y);
    for (y, (number, conflict)) in (0u16..).step_by(each).zip(conflicts.iter().enumerate().skip(first)) {
        let (place, ours, theirs) = conflict::words(&desk.form, conflict);
        let chosen = number == at;
        if chosen {
            cursor.1 = area.y + y;
        }
        paint::put(buffer, area, 0, y, &place, if chosen { look.bar() } else { look.strong() });
        let choice = choices.get(number).copied().unwrap_or_default();
        let sides = [(Choice::Ours, mine, ours), (Choice::Theirs, other, theirs)];
        for (below, (side, name, words)) in (1..).zip(sides) {
            let taken = choice == side || choice == Choice::Both;
            let line = format!("{} {name}：{words}", if taken { "*" } else { " " });
            let line = paint::fitted(&line, usize::from(area.width)).into_owned();
            paint::put(buffer, area, 2, y + below, &line, if taken { look.plain() } else { look.quiet() });
        }
    }
    cursor
}

/// The saved versions, and under them how the one chosen differs from what is on the desk.
fn versions_window(
    editor: &Editor,
    all: &[Version],
    at: usize,
    top: usize,
    look: &Look,
    buffer: &mut Buffer,
) -> (u16, u16) {
    let chosen = choosing(editor, [Command::Up, Command::Down]);
    let taken = editor.keys.using(Scope::Window, Command::Enter, "恢复");
    let title = format!("历史版本（{chosen}，{taken}，恢复后可以撤销）");
    let area = frame(editor, &title, usize::from(editor.height), look, buffer);
    let Some(desk) = editor.desk() else { return (area.x, area.y) };
    let mut cursor = (area.x, area.y);
    for (y, (number, version)) in (0..).zip(all.iter().enumerate()) {
        let chosen = number == at;
        if chosen {
            cursor.1 = area.y + y;
        }
        paint::put(buffer, area, 0, y, if chosen { ">" } else { " " }, look.strong());
        let line = versions::line(desk, version);
        paint::put(buffer, area, 2, y, &line, if chosen { look.bar() } else { look.plain() });
    }
    let rows = versions::rows(desk, all.get(at), editor.width);
    let height = versions::height(editor, all.len());
    let first = area.height.saturating_sub(u16::try_from(height).unwrap_or(u16::MAX));
    for (y, row) in (first..).zip(rows.iter().skip(top).take(height)) {
        paint::put(buffer, area, 0, y, row, look.plain());
    }
    if rows.len() > top + height {
        more(editor, buffer, area, look);
    }
    cursor
}

/// Says at the lower edge that there is more than is shown.
fn more(editor: &Editor, buffer: &mut Buffer, area: Rect, look: &Look) {
    let words = match editor.keys.label(Scope::Window, Command::PageDown) {
        Some(key) => format!(" 下面还有，按 {key} "),
        None => " 下面还有 ".into(),
    };
    let edge = Rect { y: area.bottom(), height: 1, ..area };
    paint::put_right(buffer, edge, edge.width, 0, &words, look.bar());
}

/// How to go from one to the next.
fn choosing(editor: &Editor, both: [Command; 2]) -> String {
    editor.keys.labels(Scope::Window, &both).map_or("请选".into(), |keys| format!("{keys}选"))
}

/// A cleared area with a border and a title; the area inside.
fn frame(editor: &Editor, title: &str, rows: usize, look: &Look, buffer: &mut Buffer) -> Rect {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX);
    let inside = layout::window(editor.width, editor.height, layout::WIDEST, rows);
    let outside = Rect {
        x: inside.x.saturating_sub(2),
        y: inside.y.saturating_sub(1),
        width: inside.width + 4,
        height: inside.height + 2,
    };
    paint::clear(buffer, outside);
    let [left_top, right_top, left_end, right_end, rule, side] =
        if editor.ruler.lines { LINES } else { ASCII };
    let rule = rule.repeat(usize::from(outside.width - 2));
    paint::put(buffer, outside, 0, 0, &format!("{left_top}{rule}{right_top}"), look.plain());
    let last = outside.height - 1;
    paint::put(buffer, outside, 0, last, &format!("{left_end}{rule}{right_end}"), look.plain());
    for y in 1..outside.height - 1 {
        paint::put(buffer, outside, 0, y, side, look.plain());
        paint::put(buffer, outside, outside.width - 1, y, side, look.plain());
    }
    let title = format!(" {} ", paint::fitted(title, usize::from(inside.width.saturating_sub(2))));
    paint::put(buffer, outside, 2, 0, &title, look.strong());
    inside
}

/// A line to type into with its label; the place of its caret.
fn field(
    buffer: &mut Buffer,
    area: Rect,
    y: u16,
    label: &str,
    line: &Line,
    chosen: bool,
    look: &Look,
) -> (u16, u16) {
    let style = if chosen { look.strong() } else { look.plain() };
    let x = paint::put(buffer, area, 0, y, label, style);
    let mut before = line.before();
    while x + paint::columns(before) + 1 > area.width && !before.is_empty() {
        let mut letters = before.chars();
        letters.next();
        before = letters.as_str();
    }
    let caret = paint::put(buffer, area, x, y, before, look.plain());
    paint::put(buffer, area, caret, y, line.after(), look.plain());
    (area.x + caret, area.y + y)
}

fn list(buffer: &mut Buffer, area: Rect, items: &[Item], at: usize, look: &Look) {
    let height = usize::from(area.height);
    let top = scrolled(0, at, height);
    if items.is_empty() {
        paint::put(buffer, area, 2, 0, "没有相符的。换几个字试试", look.quiet());
    }
    for (y, (number, item)) in (0..).zip(items.iter().enumerate().skip(top).take(height)) {
        let style = if number == at { look.bar() } else { look.plain() };
        let aside = paint::fitted(&item.aside, usize::from(area.width / 3)).into_owned();
        let room = usize::from(area.width.saturating_sub(paint::columns(&aside) + 3));
        paint::put(buffer, area, 0, y, if number == at { ">" } else { " " }, look.strong());
        paint::put(buffer, area, 2, y, &paint::fitted(&item.words, room), style);
        paint::put_right(buffer, area, area.width, y, &aside, look.quiet());
    }
}
