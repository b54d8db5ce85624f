//! The layers over the screen, bottom one first: text to read, questions, lines to fill in.

use ratatui::layout::Rect;

use super::canvas::{Canvas, text_width, to_u16, truncated};
use super::layer_frame::{draw_edge_hint, draw_filter, draw_frame, draw_input, draw_scrollbar};
use super::side_by_side;
use super::theme_file::StyleRole;
use super::{file_list, import_review, layer_lists};
use crate::editor::help::{self, HelpCell};
use crate::editor::layer::{ConfirmAction, Layer, PromptKind};
use crate::editor::layer_layout::{self, ListArea};
use crate::editor::line_input::LineInput;
use crate::editor::{Editor, Scope, layer_edge, layout, replace};

/// The columns that two keys of one command take in the help.
const KEYS_WIDTH: u16 = 17;

/// Draws every layer, and returns the cursor of the top one.
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
        Layer::Keys { place, line, top } => draw_keys(editor, *place, line, *top, canvas),
        Layer::Review { title, lines, answers, at, top } => {
            draw_review(editor, title, lines, (answers, *at), *top, canvas)
        }
        Layer::Picker { picker, line, at } => layer_lists::draw_picker(editor, *picker, line, *at, canvas),
        Layer::ImportReview(review) => import_review::draw(editor, review, canvas),
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
        Layer::SideBySide { texts, top } => side_by_side::draw(editor, texts, *top, canvas),
        Layer::Replace { from, to, at, .. } => draw_replace(editor, from, to, *at, canvas),
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
    let mut content = canvas.within(inside);
    for (y, row) in (0..inside.height).zip(rows.iter().skip(top)) {
        content.text(0, y, row, StyleRole::Text);
    }
    draw_scrollbar(ListArea { area: inside, top, count: rows.len() }, canvas);
    (inside.x, inside.y)
}

fn draw_keys(editor: &Editor, place: Scope, line: &LineInput, top: usize, canvas: &mut Canvas) -> (u16, u16) {
    let lines = help::help_lines(editor, place, line.text());
    let list = layer_layout::help_list(editor, lines.len(), top);
    let inside = Rect { y: list.area.y - 1, height: list.area.height + 1, ..list.area };
    draw_frame("帮助：按键和符号", inside, canvas);
    let caret = draw_filter(line, "按键、做什么、拼音或符号", &mut canvas.within(inside).row(0));
    let cell_width = help::help_cell_width(editor.width);
    let widest = |cell: &HelpCell| if let HelpCell::Key(words, _) = cell { text_width(words) } else { 0 };
    let words =
        lines.iter().flatten().map(widest).max().unwrap_or(0).min(cell_width.saturating_sub(KEYS_WIDTH + 3));
    let mut content = canvas.within(list.area);
    for (y, line) in (0..list.area.height).zip(lines.iter().skip(list.top)) {
        for (number, cell) in (0..).zip(line) {
            let x = (cell_width + 2) * number;
            let mut cell_area = content.within(Rect {
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
    caret
}

fn draw_prompt(
    editor: &Editor,
    purpose: &PromptKind,
    (fields, at): (&[(&'static str, LineInput)], usize),
    fault: &str,
    canvas: &mut Canvas,
) -> (u16, u16) {
    let (inside, widest) = layer_edge::prompt_area(editor, fields);
    let (rows, widest) = (inside.height, to_u16(widest));
    draw_frame(purpose.title(), inside, canvas);
    draw_edge_hint(editor, inside, layer_edge::prompt_hints(fields, at), canvas);
    let mut content = canvas.within(inside);
    let mut cursor = (inside.x, inside.y);
    for (number, (label, line)) in fields.iter().enumerate() {
        let mut row = content.row(to_u16(number));
        row.text(widest - text_width(label), 0, &format!("{label}："), StyleRole::Note);
        let end = draw_input(&mut row, widest + 2, line, number == at);
        if number == at {
            cursor = end;
        }
    }
    content.text(0, rows - 1, fault, StyleRole::Wrong);
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
    let mut content = canvas.within(inside);
    for (y, row) in (0..).zip(&rows) {
        content.text(0, y, row, StyleRole::Text);
    }
    draw_answers((answers, at), inside, &areas, canvas)
}

/// Draws the bar of replacing into the lines under the page.
fn draw_replace(editor: &Editor, from: &str, to: &str, at: usize, canvas: &mut Canvas) -> (u16, u16) {
    let Some(bar) = replace::replace_bar(editor, from, to) else { return (0, 0) };
    let mut lines = canvas.within(bar.area);
    lines.clear();
    let width = usize::from(bar.area.width.saturating_sub(2));
    lines.text(1, 0, &truncated(&bar.summary, width), StyleRole::Notice);
    lines.text(1, 1, &truncated(&bar.place, width), StyleRole::Text);
    let mut cursor = (bar.area.x, bar.area.y);
    for (number, (words, area)) in bar.buttons.iter().enumerate() {
        let role = if number == at { StyleRole::ButtonChosen } else { StyleRole::Button };
        canvas.within(*area).text(0, 0, &format!("[{words}]"), role);
        if number == at {
            cursor = (area.x + 1, area.y);
        }
    }
    cursor
}

/// Draws what would be changed, and the answers under it.
fn draw_review(
    editor: &Editor,
    title: &str,
    lines: &[String],
    (answers, at): (&[(&'static str, ConfirmAction)], usize),
    top: usize,
    canvas: &mut Canvas,
) -> (u16, u16) {
    let (inside, rows, list, areas) = layer_layout::review_areas(editor, lines, answers, top);
    draw_frame(title, inside, canvas);
    let mut content = canvas.within(list.area);
    for (y, row) in (0..list.area.height).zip(rows.iter().skip(list.top)) {
        content.text(0, y, row, StyleRole::Text);
    }
    draw_scrollbar(list, canvas);
    draw_answers((answers, at), inside, &areas, canvas)
}

/// Draws the answers of a layer, and returns the position of the one chosen.
fn draw_answers(
    (answers, at): (&[(&'static str, ConfirmAction)], usize),
    inside: Rect,
    areas: &[Rect],
    canvas: &mut Canvas,
) -> (u16, u16) {
    let mut cursor = (inside.x, inside.bottom().saturating_sub(1));
    for (number, ((answer, _), area)) in answers.iter().zip(areas).enumerate() {
        let role = if number == at { StyleRole::ButtonChosen } else { StyleRole::Button };
        canvas.within(*area).text(0, 0, &format!("[{answer}]"), role);
        if number == at {
            cursor.0 = area.x + 1;
        }
    }
    cursor
}
