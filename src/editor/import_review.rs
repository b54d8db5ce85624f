//! The review of an import: every cell that it could not tell, beside the line of the source, with the ways
//! to read it. It is there until all is answered, and comes back from the list of findings.

use ratatui::layout::Rect;

use super::action::{Action, notify};
use super::command::{Command, Scope};
use super::document::Document;
use super::layer::{ImportReview, Layer, Question};
use super::layer_layout::{ListArea, tall_area};
use super::list_cursor::{moved, scrolled};
use super::state::Editor;
use crate::draft::Provenance;
use crate::edit::Edit;
use crate::form::FieldId;
use crate::text::digits;

/// The part of the window for the questions, in hundredths of its width.
const LEFT_PART: u16 = 42;

/// Opens the review at a cell, else at the one under the cursor, else at the first; says so if nothing is
/// open.
pub fn open_review(editor: &Editor, asked: Option<FieldId>) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let cells = document.draft.unread_cells(&document.form);
    let cells = cells.map(|(field, unread)| Question::Cell(field.id.clone(), unread.clone()));
    let rows = document.draft.provenance.as_ref().map(|own| &own.rows);
    let source = |id: &FieldId| rows.and_then(|rows| rows.get(&Provenance::row_name(id))).cloned();
    let decided = document.decided_by_sums.iter();
    let decided = decided.map(|id| Question::Decided(id.clone(), source(id).unwrap_or_default()));
    let unplaced = document.unplaced.iter().cloned().map(Question::Unplaced);
    let questions: Vec<Question> = cells.chain(decided).chain(unplaced).collect();
    if questions.is_empty() {
        return notify("没有待核对的内容（只有导入的报告才有）");
    }
    let here = asked.or_else(|| view.current_field(document));
    let is_here =
        |question: &Question| matches!(question, Question::Cell(id, _) if Some(id) == here.as_ref());
    let at = questions.iter().position(is_here).unwrap_or(0);
    vec![Layer::ImportReview(Box::new(ImportReview { questions, at })).into()]
}

impl Question {
    /// The cell it is about; `None` for a text that has no place in the form.
    pub fn field(&self) -> Option<&FieldId> {
        match self {
            Question::Cell(id, _) | Question::Decided(id, _) => Some(id),
            Question::Unplaced(_) => None,
        }
    }

    /// What the cell holds since it was answered; `None` while it is open.
    pub fn answer(&self, document: &Document) -> Option<String> {
        let id = self.field()?;
        let value = document.draft.get(id.as_str());
        value.unread().is_none().then(|| {
            let shown = document.ledger.display_text(&document.form, &document.draft, id.as_str());
            if shown.is_empty() { "空白".into() } else { shown }
        })
    }

    /// The ways to read it.
    pub fn candidates(&self) -> &[String] {
        if let Question::Cell(_, unread) = self { &unread.candidates } else { &[] }
    }

    /// Where it stands in the source, and the text there.
    pub fn source(&self) -> (usize, &str) {
        match self {
            Question::Cell(_, unread) => (unread.line, &unread.text),
            Question::Decided(_, text) => (0, text),
            Question::Unplaced(unplaced) => (unplaced.line, &unplaced.text),
        }
    }
}

/// A line of the list of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewLine {
    /// The row of the table that the next questions belong to.
    Heading(String),
    /// A question by its place, with the name of its column.
    Question(usize, String),
}

/// The lines of the list: the questions of a row of the table under its name.
pub fn review_lines(document: &Document, review: &ImportReview) -> Vec<ReviewLine> {
    let mut lines = Vec::new();
    let mut last = String::new();
    for (at, question) in review.questions.iter().enumerate() {
        let field = question.field().and_then(|id| document.form.field(id.as_str()));
        let (heading, column) = match field {
            Some(field) => {
                let row = field.location.trim_end_matches(&*field.column).trim_end_matches('·');
                (row.to_string(), field.column.to_string())
            }
            None => ("未填入表中的文字".into(), format!("第 {} 行", question.source().0)),
        };
        if heading != last {
            lines.push(ReviewLine::Heading(heading.clone()));
            last = heading;
        }
        lines.push(ReviewLine::Question(at, column));
    }
    lines
}

/// Where the two panes of the review stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewAreas {
    /// All of it.
    pub inside: Rect,
    /// The questions.
    pub list: ListArea,
    /// The source, and the ways to read it.
    pub source: Rect,
}

/// The panes in the window as it is.
pub fn review_areas(editor: &Editor, document: &Document, review: &ImportReview) -> ReviewAreas {
    let inside = tall_area(editor);
    let left = inside.width * LEFT_PART / 100;
    let lines = review_lines(document, review);
    let chosen =
        lines.iter().position(|line| matches!(line, ReviewLine::Question(at, _) if *at == review.at));
    // A blank and the line between the panes, or the scrollbar in its place, are no part of the list.
    let area = Rect { width: left.saturating_sub(1), ..inside };
    // The name of the row is seen with its first question.
    let top = scrolled(0, chosen.unwrap_or(0), usize::from(area.height));
    let source = Rect { x: inside.x + left + 2, width: inside.width.saturating_sub(left + 2), ..inside };
    ReviewAreas { inside, list: ListArea { area, top, count: lines.len() }, source }
}

fn top_review(editor: &mut Editor) -> Option<&mut ImportReview> {
    match editor.layers.last_mut() {
        Some(Layer::ImportReview(review)) => Some(review),
        _ => None,
    }
}

/// Takes the way of reading that was typed by its number.
pub fn type_text(editor: &mut Editor, text: &str) -> Vec<Action> {
    let mut actions = Vec::new();
    // Half of a paste of digits must not answer the questions after this one.
    let mut typed = text.chars().filter_map(digit);
    if let (Some(number), None) = (typed.next(), typed.next()) {
        actions.extend(choose_candidate(editor, number));
    }
    actions
}

fn digit(c: char) -> Option<usize> {
    digits::digit(c).and_then(|digit| usize::try_from(digit).ok())
}

/// Runs a key of the review.
pub fn run_review_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    let Some(Layer::ImportReview(review)) = editor.layers.last() else { return Vec::new() };
    let Some(document) = editor.document() else { return Vec::new() };
    let count = review.questions.len();
    let page = usize::from(review_areas(editor, document, review).list.area.height).max(2) - 1;
    let field = review.questions.get(review.at).and_then(Question::field).cloned();
    let Some(review) = top_review(editor) else { return Vec::new() };
    match command {
        Command::Cancel => {
            editor.layers.pop();
            return notify(left_open(editor));
        }
        // None of the ways is right: the cell is filled by hand.
        Command::Complete => {
            editor.layers.pop();
            return field.map(|field| Action::GoTo(field, None)).into_iter().collect();
        }
        Command::Enter if review.at + 1 == count => {
            editor.layers.pop();
            return notify(left_open(editor));
        }
        Command::Enter => review.at += 1,
        Command::Left => review.at = review.at.saturating_sub(1),
        Command::Right => review.at = (review.at + 1).min(count.saturating_sub(1)),
        _ => review.at = moved(review.at, command, count, page),
    }
    show_cell(editor)
}

/// Moves the cursor of the report to the cell that is asked about.
fn show_cell(editor: &mut Editor) -> Vec<Action> {
    let Some(review) = top_review(editor) else { return Vec::new() };
    let field = review.questions.get(review.at).and_then(Question::field).cloned();
    field.map(|field| Action::GoTo(field, None)).into_iter().collect()
}

/// Fills the cell with one of its candidates, counted from 1, and goes on to the next open question; closes
/// the review after the last.
fn choose_candidate(editor: &mut Editor, number: usize) -> Vec<Action> {
    let Some((document, Layer::ImportReview(review))) = editor.document().zip(editor.layers.last()) else {
        return Vec::new();
    };
    let Some(Question::Cell(field, unread)) = review.questions.get(review.at) else { return Vec::new() };
    let Some(candidate) = number.checked_sub(1).and_then(|at| unread.candidates.get(at)) else {
        return Vec::new();
    };
    let edit = Edit::from_typed(&document.form, &document.draft, field, candidate);
    let mut actions = vec![Action::GoTo(field.clone(), None), Action::Edit(edit)];
    let is_open = |at: &usize| {
        let question = &review.questions[*at];
        *at != review.at && question.field().is_some() && question.answer(document).is_none()
    };
    let count = review.questions.len();
    let next = (review.at + 1..count).chain(0..review.at).find(is_open);
    match next {
        Some(next) => {
            let field = review.questions.get(next).and_then(Question::field).cloned();
            actions.extend(field.map(|field| Action::GoTo(field, None)));
            if let Some(review) = top_review(editor) {
                review.at = next;
            }
        }
        None => {
            editor.layers.pop();
            actions.push(Action::Notify("待核对的内容已全部核对".into()));
        }
    }
    actions
}

/// What is said when the review is left.
fn left_open(editor: &Editor) -> String {
    let open = editor.document().map_or(0, |document| document.draft.unread_cells(&document.form).count());
    match open {
        0 => "待核对的内容已全部核对".into(),
        open => {
            let again = editor.keys.press(Scope::Everywhere, Command::TabFindings, "转到检查页可继续核对");
            format!("还有 {open} 格待核对，{again}")
        }
    }
}

/// What stands at a place of the screen: the ways to read the cell, then the lines of the list.
pub fn choice_at(editor: &Editor, review: &ImportReview, column: u16, row: u16) -> Option<usize> {
    let areas = review_areas(editor, editor.document()?, review);
    let count = review.questions.get(review.at).map_or(0, |question| question.candidates().len());
    let candidate = (0..count).find(|at| candidate_area(&areas, at + 1).contains((column, row).into()));
    candidate.or_else(|| Some(count + areas.list.line_at(column, row)?))
}

/// Takes the way of reading that was clicked, or goes to the question.
pub fn click(editor: &mut Editor, choice: usize) -> Vec<Action> {
    let Some((document, Layer::ImportReview(review))) = editor.document().zip(editor.layers.last()) else {
        return Vec::new();
    };
    let count = review.questions.get(review.at).map_or(0, |question| question.candidates().len());
    let Some(line) = choice.checked_sub(count) else { return choose_candidate(editor, choice + 1) };
    let line = review_lines(document, review).get(line).cloned();
    let Some(ReviewLine::Question(at, _)) = line else { return Vec::new() };
    if let Some(review) = top_review(editor) {
        review.at = at;
    }
    show_cell(editor)
}

/// Goes to a question near that line of the list: lines are a little more than questions.
pub fn show_line(review: &mut ImportReview, line: usize) {
    review.at = line.min(review.questions.len().saturating_sub(1));
}

/// Where a way of reading stands, counted from 1: at the bottom of the source's pane.
pub fn candidate_area(areas: &ReviewAreas, number: usize) -> Rect {
    let below = u16::try_from(number).unwrap_or(u16::MAX);
    let row = Rect {
        y: areas.source.y.saturating_add(SOURCE_ROWS).saturating_add(below),
        height: 1,
        ..areas.source
    };
    row.intersection(areas.source)
}

/// The rows of the source above the ways to read it.
pub const SOURCE_ROWS: u16 = 6;
