//! The windows over the screen, bottom one first.

use ratatui::layout::Rect;

use super::canvas::{Canvas, text_width, truncated};
use super::theme_file::StyleRole;
use crate::editor::layer::{Layer, PickerItem};
use crate::editor::line_input::LineInput;
use crate::editor::list_cursor::scrolled;
use crate::editor::{Command, Editor, MergeOrigin, SavedVersion, Scope, conflict, layout, picker, versions};
use crate::merge::{Conflict, Resolution};

/// Draws every window, and returns the cursor of the top one.
pub fn draw(editor: &Editor, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let mut cursor = None;
    for layer in &editor.layers {
        cursor = Some(draw_layer(editor, layer, canvas));
    }
    if !editor.layers.is_empty() {
        let foot = Rect { y: editor.height.saturating_sub(1), x: 0, width: editor.width, height: 1 };
        super::status::draw_footer(editor, &mut canvas.within(foot));
    }
    cursor
}

fn draw_layer(editor: &Editor, layer: &Layer, canvas: &mut Canvas) -> (u16, u16) {
    match layer {
        Layer::Message { title, lines, top } => {
            let rows = layout::wrap_lines(lines, editor.width, editor.width_mode);
            let mut canvas = draw_frame(editor, title, rows.len(), canvas);
            let area = canvas.area();
            let top = (*top).min(rows.len().saturating_sub(usize::from(area.height)));
            for (y, row) in (0..).zip(rows.iter().skip(top).take(usize::from(area.height))) {
                canvas.text(0, y, row, StyleRole::Text);
            }
            if rows.len() > top + usize::from(area.height) {
                draw_more_below(editor, &mut canvas);
            }
            (area.x, area.y)
        }
        Layer::Picker { picker, line, at } => {
            let items = picker::picker_items(editor, *picker, line.text());
            let title = picker::picker_title(editor, *picker);
            let mut canvas = draw_frame(editor, &title, usize::from(editor.height), canvas);
            let area = canvas.area();
            let end = draw_input(&mut canvas, 0, "> ", line, true);
            let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
            draw_list(&mut canvas.within(list), &items, *at);
            end
        }
        Layer::Prompt { purpose, fields, at, fault } => {
            let mut canvas = draw_frame(editor, purpose.title(), fields.len() + 2, canvas);
            let area = canvas.area();
            let mut cursor = (area.x, area.y);
            for (y, (label, line)) in fields.iter().enumerate() {
                let row = u16::try_from(y).unwrap_or(0);
                let end = draw_input(&mut canvas, row, &format!("{label}："), line, y == *at);
                if y == *at {
                    cursor = end;
                }
            }
            let below = u16::try_from(fields.len()).unwrap_or(0) + 1;
            canvas.text(0, below, fault, StyleRole::Wrong);
            cursor
        }
        Layer::Conflicts { origin, conflicts, choices, at, .. } => {
            draw_conflicts(editor, *origin, (conflicts, choices), *at, canvas)
        }
        Layer::Versions { versions, at, top } => draw_versions(editor, versions, *at, *top, canvas),
        Layer::Confirm { title, message, answers, at } => {
            let rows = layout::wrap_lines(std::slice::from_ref(message), editor.width, editor.width_mode);
            let mut canvas = draw_frame(editor, title, rows.len() + 2, canvas);
            let area = canvas.area();
            for (y, row) in (0..).zip(&rows) {
                canvas.text(0, y, row, StyleRole::Text);
            }
            let y = u16::try_from(rows.len()).unwrap_or(0) + 1;
            let (mut x, mut cursor) = (0, (area.x, area.y + y));
            for (number, (answer, _)) in answers.iter().enumerate() {
                let style = if number == *at { StyleRole::ButtonChosen } else { StyleRole::Button };
                if number == *at {
                    cursor.0 = area.x + x + 1;
                }
                x = canvas.text(x, y, &format!("[{answer}]"), style) + 2;
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
    canvas: &mut Canvas,
) -> (u16, u16) {
    let chosen = choosing(editor, [Command::Left, Command::Right]);
    let taken = editor.keys.using(Scope::Window, Command::Enter, "确定");
    let title = format!("以下内容两处修改不一致，请选择（{chosen}，{taken}）");
    let mut canvas = draw_frame(editor, &title, usize::from(editor.height), canvas);
    let area = canvas.area();
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
        canvas.text(0, y, &place, if chosen { StyleRole::Cursor } else { StyleRole::Heading });
        let choice = choices.get(number).copied().unwrap_or_default();
        let sides = [(Resolution::Ours, mine, ours), (Resolution::Theirs, other, theirs)];
        for (below, (side, name, text)) in (1..).zip(sides) {
            let taken = choice == side || choice == Resolution::Both;
            let line = format!("{} {name}：{text}", if taken { "*" } else { " " });
            let line = truncated(&line, usize::from(area.width)).into_owned();
            canvas.text(2, y + below, &line, if taken { StyleRole::Text } else { StyleRole::Note });
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
    canvas: &mut Canvas,
) -> (u16, u16) {
    let chosen = choosing(editor, [Command::Up, Command::Down]);
    let taken = editor.keys.using(Scope::Window, Command::Enter, "恢复");
    let title = format!("历史版本（{chosen}，{taken}，恢复后可以撤销）");
    let mut canvas = draw_frame(editor, &title, usize::from(editor.height), canvas);
    let area = canvas.area();
    let Some((document, view)) = editor.open() else { return (area.x, area.y) };
    let mut cursor = (area.x, area.y);
    for (y, (number, version)) in (0..).zip(all.iter().enumerate()) {
        let chosen = number == at;
        if chosen {
            cursor.1 = area.y + y;
        }
        canvas.text(0, y, if chosen { canvas.signs().row_mark } else { " " }, StyleRole::Accent);
        let line = versions::version_line(document, version);
        canvas.text(2, y, &line, if chosen { StyleRole::Cursor } else { StyleRole::Text });
    }
    let rows = versions::difference_rows(document, view, all.get(at), editor.width);
    let height = versions::difference_height(editor, all.len());
    let first = area.height.saturating_sub(u16::try_from(height).unwrap_or(u16::MAX));
    for (y, row) in (first..).zip(rows.iter().skip(top).take(height)) {
        canvas.text(0, y, row, StyleRole::Text);
    }
    if rows.len() > top + height {
        draw_more_below(editor, &mut canvas);
    }
    cursor
}

/// Says at the lower edge that there is more than is shown.
fn draw_more_below(editor: &Editor, canvas: &mut Canvas) {
    let text = match editor.keys.label(Scope::Window, Command::PageDown) {
        Some(key) => format!(" 下面还有，按 {key} "),
        None => " 下面还有 ".into(),
    };
    let edge = Rect { y: canvas.area().bottom(), height: 1, ..canvas.area() };
    canvas.within(edge).text_right(edge.width, 0, &text, StyleRole::Accent);
}

/// Returns the hint for moving between items.
fn choosing(editor: &Editor, both: [Command; 2]) -> String {
    editor.keys.labels(Scope::Window, &both).map_or("请选".into(), |keys| format!("{keys}选"))
}

/// Draws a cleared area with a border and a title, and returns the canvas inside.
fn draw_frame<'c>(editor: &Editor, title: &str, rows: usize, canvas: &'c mut Canvas) -> Canvas<'c> {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX);
    let inside = layout::layer_area(editor.width, editor.height, layout::MAX_LAYER_WIDTH, rows);
    let outside = Rect {
        x: inside.x.saturating_sub(2),
        y: inside.y.saturating_sub(1),
        width: inside.width + 4,
        height: inside.height + 2,
    };
    let mut around = canvas.within(outside);
    around.clear();
    around.frame(title);
    canvas.within(inside)
}

/// Draws an input line with its label, and returns the position of its caret.
fn draw_input(canvas: &mut Canvas, y: u16, label: &str, line: &LineInput, chosen: bool) -> (u16, u16) {
    let area = canvas.area();
    let style = if chosen { StyleRole::Heading } else { StyleRole::Text };
    let x = canvas.text(0, y, label, style);
    let mut before = line.before();
    while x + text_width(before) + 1 > area.width && !before.is_empty() {
        let mut letters = before.chars();
        letters.next();
        before = letters.as_str();
    }
    let caret = canvas.text(x, y, before, StyleRole::Text);
    canvas.text(caret, y, line.after(), StyleRole::Text);
    (area.x + caret, area.y + y)
}

fn draw_list(canvas: &mut Canvas, items: &[PickerItem], at: usize) {
    let area = canvas.area();
    let height = usize::from(area.height);
    let top = scrolled(0, at, height);
    if items.is_empty() {
        canvas.text(2, 0, "没有相符的。换几个字试试", StyleRole::Note);
    }
    for (y, (number, item)) in (0..).zip(items.iter().enumerate().skip(top).take(height)) {
        let style = if number == at { StyleRole::Cursor } else { StyleRole::Text };
        let aside = truncated(&item.detail, usize::from(area.width / 3)).into_owned();
        let available = usize::from(area.width.saturating_sub(text_width(&aside) + 3));
        canvas.text(0, y, if number == at { canvas.signs().row_mark } else { " " }, StyleRole::Accent);
        canvas.text(2, y, &truncated(&item.label, available), style);
        canvas.text_right(area.width, y, &aside, StyleRole::Note);
    }
}
