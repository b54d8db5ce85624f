//! The windows over the screen, bottom one first: text to read, questions, lines to fill in.

use ratatui::layout::Rect;

use super::canvas::{Canvas, text_width, to_u16};
use super::layer_frame::{draw_frame, draw_input, draw_scrollbar};
use super::theme_file::StyleRole;
use super::{file_list, layer_lists, review};
use crate::editor::help::{self, HelpCell};
use crate::editor::layer::{ConfirmAction, Layer, PromptKind};
use crate::editor::layer_layout::{self, ListArea};
use crate::editor::line_input::LineInput;
use crate::editor::{Editor, Scope, layout};

/// The columns that two keys of one command take in the help.
const KEYS_WIDTH: u16 = 17;

/// Draws every window, and returns the cursor of the top one.
pub fn draw(editor: &Editor, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let mut cursor = None;
    for layer in &editor.layers {
        cursor = Some(draw_layer(editor, layer, canvas));
    }
    if !editor.layers.is_empty() {
        super::status::draw_footer(editor, &mut canvas.row(editor.height.saturating_sub(1)));
    }
    cursor
}

fn draw_layer(editor: &Editor, layer: &Layer, canvas: &mut Canvas) -> (u16, u16) {
    match layer {
        Layer::Message { title, lines, top } => draw_message(editor, title, lines, *top, canvas),
        Layer::Keys { place, top } => draw_keys(editor, *place, *top, canvas),
        Layer::Picker { picker, line, at } => layer_lists::draw_picker(editor, *picker, line, *at, canvas),
        Layer::Review(review) => review::draw(editor, review, canvas),
        Layer::Files(list) => file_list::draw(editor, list, canvas),
        Layer::Prompt { purpose, fields, at, fault } => {
            draw_prompt(editor, purpose, (fields, *at), fault, canvas)
        }
        Layer::Conflicts { origin, conflicts, choices, at, .. } => {
            layer_lists::draw_conflicts(editor, *origin, (conflicts, choices), *at, canvas)
        }
        Layer::Versions { versions, at, top } => {
            layer_lists::draw_versions(editor, versions, *at, *top, canvas)
        }
        Layer::Confirm { title, message, answers, at } => {
            draw_question(editor, title, message, (answers, *at), canvas)
        }
    }
}

fn draw_message(
    editor: &Editor,
    title: &str,
    lines: &[String],
    top: usize,
    canvas: &mut Canvas,
) -> (u16, u16) {
    let rows = layout::wrap_lines(lines, editor.width, editor.width_mode);
    let inside = layer_layout::fitting_area(editor, &rows, text_width(title).into(), 0);
    let top = top.min(rows.len().saturating_sub(usize::from(inside.height)));
    draw_frame(title, inside, canvas);
    let mut window = canvas.within(inside);
    for (y, row) in (0..inside.height).zip(rows.iter().skip(top)) {
        window.text(0, y, row, StyleRole::Text);
    }
    draw_scrollbar(ListArea { area: inside, top, count: rows.len() }, canvas);
    (inside.x, inside.y)
}

fn draw_keys(editor: &Editor, place: Scope, top: usize, canvas: &mut Canvas) -> (u16, u16) {
    let lines = help::key_lines(editor, place);
    let list = layer_layout::help_list(editor, lines.len(), top);
    draw_frame("帮助：可用的按键", list.area, canvas);
    let cell_width = help::help_cell_width(editor.width);
    let widest = |cell: &HelpCell| if let HelpCell::Key(words, _) = cell { text_width(words) } else { 0 };
    let words =
        lines.iter().flatten().map(widest).max().unwrap_or(0).min(cell_width.saturating_sub(KEYS_WIDTH + 3));
    let mut window = canvas.within(list.area);
    for (y, line) in (0..list.area.height).zip(lines.iter().skip(list.top)) {
        for (number, cell) in (0..).zip(line) {
            let x = (cell_width + 2) * number;
            let mut cell_area = window.within(Rect {
                x: list.area.x + x,
                y: list.area.y + y,
                width: cell_width.min(list.area.width.saturating_sub(x)),
                height: 1,
            });
            match cell {
                HelpCell::Blank => {}
                HelpCell::Text(text) => drop(cell_area.text(0, 0, text, StyleRole::Text)),
                HelpCell::Heading(label) => {
                    let x = cell_area.text(0, 0, label, StyleRole::Heading) + 1;
                    cell_area.line(x, cell_area.width(), 0);
                }
                HelpCell::Key(words_text, keys) => {
                    let x = cell_area.text(1, 0, words_text, StyleRole::Text);
                    let keys_x = (words + 3).max(x + 2);
                    match keys.is_empty() {
                        true => cell_area.text(keys_x, 0, "在全部命令中", StyleRole::Note),
                        false => cell_area.text(keys_x, 0, keys, StyleRole::Key),
                    };
                }
            }
        }
    }
    draw_scrollbar(list, canvas);
    (list.area.x, list.area.y)
}

fn draw_prompt(
    editor: &Editor,
    purpose: &PromptKind,
    (fields, at): (&[(&'static str, LineInput)], usize),
    fault: &str,
    canvas: &mut Canvas,
) -> (u16, u16) {
    let rows = to_u16(fields.len()) + 2;
    let inside = layout::layer_area(editor.width, editor.height, layout::MAX_LAYER_WIDTH, rows);
    draw_frame(purpose.title(), inside, canvas);
    let mut window = canvas.within(inside);
    let widest = fields.iter().map(|(label, _)| text_width(label)).max().unwrap_or(0);
    let mut cursor = (inside.x, inside.y);
    for (number, (label, line)) in fields.iter().enumerate() {
        let mut row = window.row(to_u16(number));
        row.text(widest - text_width(label), 0, &format!("{label}："), StyleRole::Note);
        let end = draw_input(&mut row, widest + 2, line, number == at);
        if number == at {
            cursor = end;
        }
    }
    window.text(0, rows - 1, fault, StyleRole::Wrong);
    cursor
}

fn draw_question(
    editor: &Editor,
    title: &str,
    message: &str,
    (answers, at): (&[(&'static str, ConfirmAction)], usize),
    canvas: &mut Canvas,
) -> (u16, u16) {
    let (inside, rows, areas) = layer_layout::answer_areas(editor, message, answers);
    draw_frame(title, inside, canvas);
    let mut window = canvas.within(inside);
    for (y, row) in (0..).zip(&rows) {
        window.text(0, y, row, StyleRole::Text);
    }
    let mut cursor = (inside.x, inside.bottom().saturating_sub(1));
    for (number, ((answer, _), area)) in answers.iter().zip(areas).enumerate() {
        let role = if number == at { StyleRole::ButtonChosen } else { StyleRole::Button };
        canvas.within(area).text(0, 0, &format!("[{answer}]"), role);
        if number == at {
            cursor.0 = area.x + 1;
        }
    }
    cursor
}
