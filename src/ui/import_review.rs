//! The review of an import: the open cells at the left, the source of the one chosen at the right, with the
//! ways to read it.

use super::canvas::{Canvas, truncated};
use super::layer_frame::{draw_edge_hint, draw_frame, draw_scrollbar};
use super::theme_file::StyleRole;
use crate::editor::document::Document;
use crate::editor::import_review::{
    ReviewAreas, ReviewLine, SOURCE_ROWS, candidate_area, review_areas, review_lines, review_title,
};
use crate::editor::layer::{ImportReview, Question};
use crate::editor::{Command, Editor, Scope, layer_edge};
use crate::text::line_break;

/// Draws both panes, and returns the position of the question chosen.
pub fn draw(editor: &Editor, review: &ImportReview, canvas: &mut Canvas) -> (u16, u16) {
    let Some(document) = editor.document() else { return (0, 0) };
    let areas = review_areas(editor, document, review);
    draw_frame(&review_title(document, review), areas.inside, canvas);
    draw_edge_hint(editor, areas.inside, &layer_edge::IMPORT_HINTS, canvas);
    let cursor = draw_questions(document, review, &areas, canvas);
    // Where the list scrolls, its scrollbar stands between the panes.
    if areas.list.count <= usize::from(areas.list.area.height) {
        let (x, sign) = (areas.source.x.saturating_sub(2), canvas.signs().vertical);
        for y in areas.inside.y..areas.inside.bottom() {
            canvas.text(x, y, sign, StyleRole::Rule);
        }
    }
    if let Some(question) = review.questions.get(review.at) {
        draw_source(editor, document, question, &areas, canvas);
    }
    cursor
}

fn draw_questions(
    document: &Document,
    review: &ImportReview,
    areas: &ReviewAreas,
    canvas: &mut Canvas,
) -> (u16, u16) {
    let lines = review_lines(document, review);
    let area = areas.list.area;
    let mut cursor = (area.x, area.y);
    let mut pane = canvas.within(area);
    for (y, line) in (0..area.height).zip(lines.iter().skip(areas.list.top)) {
        let mut row = pane.row(y);
        let width = row.width();
        match line {
            ReviewLine::Heading(text) => {
                let place = text.replace('·', " / ");
                row.text(0, 0, &truncated(&place, usize::from(width)), StyleRole::Heading);
            }
            ReviewLine::Question(at, column) => {
                let is_chosen = *at == review.at;
                if is_chosen {
                    row.ground(0, 0, width, StyleRole::TintRow);
                    row.text(0, 0, row.signs().row_mark, (StyleRole::TintRow, StyleRole::Accent));
                    cursor.1 = area.y + y;
                }
                let question = review.questions.get(*at);
                let answer = question.and_then(|question| question.answer(document));
                let is_cell = question.is_some_and(|question| question.field().is_some());
                let (text, role) = match &answer {
                    Some(answer) => {
                        (truncated(answer, usize::from(width / 3)).into_owned(), StyleRole::Agree)
                    }
                    None if is_cell => ("?".into(), StyleRole::Attention),
                    None => (String::new(), StyleRole::Note),
                };
                let end = row.text_right(width, 0, &text, role);
                let role = if is_chosen { StyleRole::Chosen } else { StyleRole::Text };
                row.text(3, 0, &truncated(column, usize::from(end.saturating_sub(4))), role);
            }
        }
    }
    draw_scrollbar(areas.list, canvas);
    cursor
}

fn draw_source(
    editor: &Editor,
    document: &Document,
    question: &Question,
    areas: &ReviewAreas,
    canvas: &mut Canvas,
) {
    let (line, text) = question.source();
    let mut pane = canvas.within(areas.source);
    let width = usize::from(pane.width());
    let heading = if line > 0 { format!("原文第 {line} 行") } else { "原文".into() };
    pane.text(0, 0, &heading, StyleRole::Note);
    let text: String = text.chars().map(|c| if c == '\t' || c == '\n' { ' ' } else { c }).collect();
    let is_missing = text.trim().is_empty();
    if is_missing {
        pane.text(0, 1, &truncated("没有读到这一格所在的行", width), StyleRole::Text);
    }
    let rows = line_break::wrap(&text, width, editor.width_mode);
    for (y, row) in (1..SOURCE_ROWS).zip(rows) {
        draw_marked(&mut pane.row(y), &text[row], question.candidates());
    }
    let ask = match (question, question.candidates()) {
        (Question::Unplaced(_), _) => "",
        (Question::Decided(..), _) => "数字连在一起，按合计关系判定，请对照原文",
        (Question::Cell(..), []) if is_missing => "请打开原来的文件查看",
        (Question::Cell(..), []) => "无法判断，请对照原文",
        (Question::Cell(..), _) => "按数字键选择：",
    };
    pane.text(0, SOURCE_ROWS, &truncated(ask, width), StyleRole::Note);
    for (number, candidate) in (1..).zip(question.candidates().iter().take(9)) {
        let mut row = canvas.within(candidate_area(areas, number));
        if row.height() == 0 {
            break;
        }
        let shown = if candidate.is_empty() { "空白" } else { candidate };
        let x = row.text(1, 0, &number.to_string(), StyleRole::Key);
        row.text(x + 2, 0, &truncated(shown, width.saturating_sub(6)), StyleRole::Text);
    }
    // What to do otherwise: directly under the question, or after a blank line under the candidates.
    let below = match question.candidates().len().min(9) {
        0 => 1,
        candidates => candidates + 2,
    };
    let mut row = canvas.within(candidate_area(areas, below));
    if row.height() == 0 {
        return;
    }
    let fill = editor.keys.press(Scope::Window, Command::Complete, "转到该格填写");
    let said = match (question, question.answer(document)) {
        (Question::Unplaced(_), _) => String::new(),
        (Question::Cell(..), Some(answer)) => format!("已填：{answer}"),
        (Question::Cell(..), None) if question.candidates().is_empty() => fill,
        (Question::Cell(..), None) => format!("都不对的，{fill}"),
        (Question::Decided(..), _) => format!("不对的，{fill}"),
    };
    row.text(0, 0, &truncated(&said, width), StyleRole::Note);
    if question.is_open_without_candidates(document) {
        let mut row = canvas.within(candidate_area(areas, below + 1));
        if row.height() > 0 {
            row.text(0, 0, &truncated(MANY_AT_ONCE, width), StyleRole::Note);
        }
    }
}

/// What is said where nothing is left but to fill in the cell: not every one has to be typed.
const MANY_AT_ONCE: &str = "在原文件中复制整行、整表，可一次粘贴";

/// Draws a line of the source; what can be read as the cell's number is marked.
fn draw_marked(row: &mut Canvas, text: &str, candidates: &[String]) {
    let mut x = 0;
    let mut rest = text;
    loop {
        let found = candidates.iter().filter(|candidate| !candidate.is_empty()).filter_map(|candidate| {
            let at = rest.find(candidate.as_str())?;
            Some((at, std::cmp::Reverse(candidate.len())))
        });
        let Some((at, length)) = found.min() else { break };
        let end = at + length.0;
        x = row.text(x, 0, &rest[..at], StyleRole::Text);
        x = row.text(x, 0, &rest[at..end], (StyleRole::Text, StyleRole::Accent));
        rest = &rest[end..];
    }
    row.text(x, 0, rest, StyleRole::Text);
}
