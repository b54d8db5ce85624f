//! The windows over the screen, bottom one first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{clear_area, draw_text, draw_text_right, text_width, truncated};
use super::theme::Theme;
use crate::editor::layer::{Layer, PickerItem};
use crate::editor::line_input::LineInput;
use crate::editor::list_cursor::scrolled;
use crate::editor::{Command, Editor, MergeOrigin, SavedVersion, Scope, conflict, layout, picker, versions};
use crate::merge::{Conflict, Resolution};

/// Corners, rule and side of a border, where the terminal is known to draw them one column wide.
const BOX_BORDER: [&str; 6] = ["┌", "┐", "└", "┘", "─", "│"];
/// The same in signs that every terminal draws alike.
const ASCII_BORDER: [&str; 6] = ["+", "+", "+", "+", "-", "|"];

/// Draws every window, and returns the cursor of the top one.
pub fn draw(editor: &Editor, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let mut cursor = None;
    for layer in &editor.layers {
        cursor = Some(draw_layer(editor, layer, theme, buffer));
    }
    if !editor.layers.is_empty() {
        let foot = Rect { y: editor.height.saturating_sub(1), x: 0, width: editor.width, height: 1 };
        super::status::draw_footer(editor, theme, foot, buffer);
    }
    cursor
}

fn draw_layer(editor: &Editor, layer: &Layer, theme: &Theme, buffer: &mut Buffer) -> (u16, u16) {
    match layer {
        Layer::Message { title, lines, top } => {
            let rows = layout::wrap_lines(lines, editor.width, editor.width_mode);
            let area = draw_frame(editor, title, rows.len(), theme, buffer);
            let top = (*top).min(rows.len().saturating_sub(usize::from(area.height)));
            for (y, row) in (0..).zip(rows.iter().skip(top).take(usize::from(area.height))) {
                draw_text(buffer, area, 0, y, row, theme.plain());
            }
            if rows.len() > top + usize::from(area.height) {
                draw_more_below(editor, buffer, area, theme);
            }
            (area.x, area.y)
        }
        Layer::Picker { picker, line, at } => {
            let items = picker::picker_items(editor, *picker, line.text());
            let area = draw_frame(
                editor,
                &picker::picker_title(editor, *picker),
                usize::from(editor.height),
                theme,
                buffer,
            );
            let end = draw_input(buffer, area, 0, "> ", line, true, theme);
            draw_list(
                buffer,
                Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area },
                &items,
                *at,
                theme,
            );
            end
        }
        Layer::Prompt { purpose, fields, at, fault } => {
            let area = draw_frame(editor, purpose.title(), fields.len() + 2, theme, buffer);
            let mut cursor = (area.x, area.y);
            for (y, (label, line)) in fields.iter().enumerate() {
                let row = u16::try_from(y).unwrap_or(0);
                let end = draw_input(buffer, area, row, &format!("{label}："), line, y == *at, theme);
                if y == *at {
                    cursor = end;
                }
            }
            let below = u16::try_from(fields.len()).unwrap_or(0) + 1;
            draw_text(buffer, area, 0, below, fault, theme.severity(crate::check::Severity::Error));
            cursor
        }
        Layer::Conflicts { origin, conflicts, choices, at, .. } => {
            draw_conflicts(editor, *origin, (conflicts, choices), *at, theme, buffer)
        }
        Layer::Versions { versions, at, top } => draw_versions(editor, versions, *at, *top, theme, buffer),
        Layer::Confirm { title, message, answers, at } => {
            let rows = layout::wrap_lines(std::slice::from_ref(message), editor.width, editor.width_mode);
            let area = draw_frame(editor, title, rows.len() + 2, theme, buffer);
            for (y, row) in (0..).zip(&rows) {
                draw_text(buffer, area, 0, y, row, theme.plain());
            }
            let y = u16::try_from(rows.len()).unwrap_or(0) + 1;
            let (mut x, mut cursor) = (0, (area.x, area.y + y));
            for (number, (answer, _)) in answers.iter().enumerate() {
                let style = if number == *at { theme.bar() } else { theme.plain() };
                if number == *at {
                    cursor.0 = area.x + x + 1;
                }
                x = draw_text(buffer, area, x, y, &format!("[{answer}]"), style) + 2;
            }
            cursor
        }
    }
}

/// Draws what both sides changed: a block for each conflict, ours and theirs under its location, the chosen
/// one marked.
fn draw_conflicts(
    editor: &Editor,
    origin: MergeOrigin,
    (conflicts, choices): (&[Conflict], &[Resolution]),
    at: usize,
    theme: &Theme,
    buffer: &mut Buffer,
) -> (u16, u16) {
    let chosen = choosing(editor, [Command::Left, Command::Right]);
    let taken = editor.keys.using(Scope::Window, Command::Enter, "确定");
    let area = draw_frame(
        editor,
        &format!("以下内容两处修改不一致，请选择（{chosen}，{taken}）"),
        usize::from(editor.height),
        theme,
        buffer,
    );
    let Some(document) = editor.document() else { return (area.x, area.y) };
    let (mine, other) = match origin {
        MergeOrigin::File => ("我的", "对方"),
        MergeOrigin::NewerFile => ("恢复记录", "文件中"),
        MergeOrigin::Journal => ("现在", "较早的记录"),
    };
    let height = usize::from(area.height);
    let each = 3;
    let first = scrolled(0, at, height / each);
    let mut cursor = (area.x, area.y);
    for (y, (number, conflict)) in (0u16..).step_by(each).zip(conflicts.iter().enumerate().skip(first)) {
        let (place, ours, theirs) = conflict::describe_conflict(&document.form, conflict);
        let chosen = number == at;
        if chosen {
            cursor.1 = area.y + y;
        }
        draw_text(buffer, area, 0, y, &place, if chosen { theme.bar() } else { theme.strong() });
        let choice = choices.get(number).copied().unwrap_or_default();
        let sides = [(Resolution::Ours, mine, ours), (Resolution::Theirs, other, theirs)];
        for (below, (side, name, text)) in (1..).zip(sides) {
            let taken = choice == side || choice == Resolution::Both;
            let line = format!("{} {name}：{text}", if taken { "*" } else { " " });
            let line = truncated(&line, usize::from(area.width)).into_owned();
            draw_text(buffer, area, 2, y + below, &line, if taken { theme.plain() } else { theme.dimmed() });
        }
    }
    cursor
}

/// Draws the saved versions, and under them how the selected one differs from the open draft.
fn draw_versions(
    editor: &Editor,
    all: &[SavedVersion],
    at: usize,
    top: usize,
    theme: &Theme,
    buffer: &mut Buffer,
) -> (u16, u16) {
    let chosen = choosing(editor, [Command::Up, Command::Down]);
    let taken = editor.keys.using(Scope::Window, Command::Enter, "恢复");
    let title = format!("历史版本（{chosen}，{taken}，恢复后可以撤销）");
    let area = draw_frame(editor, &title, usize::from(editor.height), theme, buffer);
    let Some((document, view)) = editor.open() else { return (area.x, area.y) };
    let mut cursor = (area.x, area.y);
    for (y, (number, version)) in (0..).zip(all.iter().enumerate()) {
        let chosen = number == at;
        if chosen {
            cursor.1 = area.y + y;
        }
        draw_text(buffer, area, 0, y, if chosen { ">" } else { " " }, theme.strong());
        let line = versions::version_line(document, version);
        draw_text(buffer, area, 2, y, &line, if chosen { theme.bar() } else { theme.plain() });
    }
    let rows = versions::difference_rows(document, view, all.get(at), editor.width);
    let height = versions::difference_height(editor, all.len());
    let first = area.height.saturating_sub(u16::try_from(height).unwrap_or(u16::MAX));
    for (y, row) in (first..).zip(rows.iter().skip(top).take(height)) {
        draw_text(buffer, area, 0, y, row, theme.plain());
    }
    if rows.len() > top + height {
        draw_more_below(editor, buffer, area, theme);
    }
    cursor
}

/// Says at the lower edge that there is more than is shown.
fn draw_more_below(editor: &Editor, buffer: &mut Buffer, area: Rect, theme: &Theme) {
    let text = match editor.keys.label(Scope::Window, Command::PageDown) {
        Some(key) => format!(" 下面还有，按 {key} "),
        None => " 下面还有 ".into(),
    };
    let edge = Rect { y: area.bottom(), height: 1, ..area };
    draw_text_right(buffer, edge, edge.width, 0, &text, theme.bar());
}

/// Returns the hint for moving between items.
fn choosing(editor: &Editor, both: [Command; 2]) -> String {
    editor.keys.labels(Scope::Window, &both).map_or("请选".into(), |keys| format!("{keys}选"))
}

/// Draws a cleared area with a border and a title, and returns the area inside.
fn draw_frame(editor: &Editor, title: &str, rows: usize, theme: &Theme, buffer: &mut Buffer) -> Rect {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX);
    let inside = layout::layer_area(editor.width, editor.height, layout::MAX_LAYER_WIDTH, rows);
    let outside = Rect {
        x: inside.x.saturating_sub(2),
        y: inside.y.saturating_sub(1),
        width: inside.width + 4,
        height: inside.height + 2,
    };
    clear_area(buffer, outside);
    let [left_top, right_top, left_end, right_end, rule, side] =
        if editor.width_mode.box_lines { BOX_BORDER } else { ASCII_BORDER };
    let rule = rule.repeat(usize::from(outside.width - 2));
    draw_text(buffer, outside, 0, 0, &format!("{left_top}{rule}{right_top}"), theme.plain());
    let last = outside.height - 1;
    draw_text(buffer, outside, 0, last, &format!("{left_end}{rule}{right_end}"), theme.plain());
    for y in 1..outside.height - 1 {
        draw_text(buffer, outside, 0, y, side, theme.plain());
        draw_text(buffer, outside, outside.width - 1, y, side, theme.plain());
    }
    let title = format!(" {} ", truncated(title, usize::from(inside.width.saturating_sub(2))));
    draw_text(buffer, outside, 2, 0, &title, theme.strong());
    inside
}

/// Draws an input line with its label, and returns the position of its caret.
fn draw_input(
    buffer: &mut Buffer,
    area: Rect,
    y: u16,
    label: &str,
    line: &LineInput,
    chosen: bool,
    theme: &Theme,
) -> (u16, u16) {
    let style = if chosen { theme.strong() } else { theme.plain() };
    let x = draw_text(buffer, area, 0, y, label, style);
    let mut before = line.before();
    while x + text_width(before) + 1 > area.width && !before.is_empty() {
        let mut letters = before.chars();
        letters.next();
        before = letters.as_str();
    }
    let caret = draw_text(buffer, area, x, y, before, theme.plain());
    draw_text(buffer, area, caret, y, line.after(), theme.plain());
    (area.x + caret, area.y + y)
}

fn draw_list(buffer: &mut Buffer, area: Rect, items: &[PickerItem], at: usize, theme: &Theme) {
    let height = usize::from(area.height);
    let top = scrolled(0, at, height);
    if items.is_empty() {
        draw_text(buffer, area, 2, 0, "没有相符的。换几个字试试", theme.dimmed());
    }
    for (y, (number, item)) in (0..).zip(items.iter().enumerate().skip(top).take(height)) {
        let style = if number == at { theme.bar() } else { theme.plain() };
        let aside = truncated(&item.detail, usize::from(area.width / 3)).into_owned();
        let available = usize::from(area.width.saturating_sub(text_width(&aside) + 3));
        draw_text(buffer, area, 0, y, if number == at { ">" } else { " " }, theme.strong());
        draw_text(buffer, area, 2, y, &truncated(&item.label, available), style);
        draw_text_right(buffer, area, area.width, y, &aside, theme.dimmed());
    }
}
