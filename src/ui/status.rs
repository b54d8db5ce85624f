//! Under the body: where the cursor is, the balance of its column, what is wrong there, and the keys that
//! work.

use super::canvas::{Canvas, text_width, truncated};
use super::theme::{severity_mark, severity_role};
use super::theme_file::StyleRole;
use crate::check::OVERVIEW_LENGTH;
use crate::editor::balance::{Balance, BalanceResult, balance};
use crate::editor::document::Document;
use crate::editor::figures::figure_line;
use crate::editor::finding_entries::findings_summary;
use crate::editor::layout::ScreenAreas;
use crate::editor::narrative_editor::NarrativeEditor;
use crate::editor::view::{Tab, View};
use crate::editor::{Command, Editor};
use crate::editor::{alarm, choices, footer, location, remedy, tally_sentence, tutorial};
use crate::form::FieldId;
use crate::text::line_break;
use std::borrow::Cow;

/// Draws all of it.
pub fn draw(editor: &Editor, document: &Document, view: &View, areas: &ScreenAreas, canvas: &mut Canvas) {
    let mut rule = canvas.within(areas.rule);
    rule.line(0, areas.rule.width, 0);
    draw_location(editor, document, view, &mut canvas.within(areas.location));
    let balance = balance(document, view).filter(|_| !view.is_list());
    if let Some(balance) = &balance {
        draw_balance(balance, &mut canvas.within(areas.balance));
    }
    draw_options(document, view, &mut canvas.within(areas.balance));
    let finding = remedy::finding_area(document, view, areas);
    draw_finding(editor, document, view, balance.as_ref(), &mut canvas.within(finding));
    match tutorial::tutorial_hint(editor) {
        Some(message) => draw_tutorial(&message, &mut canvas.within(areas.footer)),
        None => draw_footer(editor, &mut canvas.within(areas.footer)),
    }
}

/// What to do next in the sample, in place of the keys.
fn draw_tutorial(message: &str, canvas: &mut Canvas) {
    canvas.text(1, 0, &truncated(message, usize::from(canvas.width()) - 1), StyleRole::Accent);
}

/// Draws the place of the cursor from the section inwards; at the right what is worth knowing of the cell,
/// last year's number, and which row of all it is.
fn draw_location(editor: &Editor, document: &Document, view: &View, canvas: &mut Canvas) {
    let width = canvas.width();
    let selected = location::selection_line(document, view);
    let (left, rights) = match (&view.tabs[view.tab], view.current_field(document)) {
        (Tab::Findings, _) => (findings_summary(document), Vec::new()),
        (Tab::Preview, _) => ("导出效果预览".into(), vec![findings_summary(document)]),
        (_, Some(_)) if selected.is_some() => {
            let (place, numbers) = selected.unwrap_or_default();
            (place, vec![numbers])
        }
        (_, Some(id)) if view.in_text() => {
            let place = location::location_parts(document, view, false).join(" / ");
            let available = width.saturating_sub(text_width(&place) + 4);
            let hint = text_hint(editor, document, view, &id, available);
            (place, vec![hint])
        }
        (_, Some(id)) => {
            let whole = location::location_parts(document, view, false).join(" / ");
            let fits = text_width(&whole) + 24 <= width;
            let short = || location::location_parts(document, view, true).join(" / ");
            let rights = [
                location::row_of_rows(document, view).unwrap_or_default(),
                location::last_year_text(document, &id).unwrap_or_default(),
                location::this_year_text(editor, document, &id).unwrap_or_default(),
                location::cell_hint(editor, document, &id),
            ];
            (if fits { whole } else { short() }, rights.into())
        }
        (_, None) => (String::new(), Vec::new()),
    };
    let left = truncated(&left, usize::from(width.saturating_sub(1)));
    let mut end = width.saturating_sub(1);
    let start = canvas.text(1, 0, &left, StyleRole::Location);
    for right in rights.iter().filter(|text| !text.is_empty()) {
        if start + 2 + text_width(right) <= end {
            end = canvas.text_right(end, 0, right, StyleRole::LocationNote).saturating_sub(2);
        }
    }
}

/// Returns what the program reads in the passage under the caret, with the key that leads to the cell if
/// there is room for it; the length of the text if it reads nothing there.
fn text_hint(editor: &Editor, document: &Document, view: &View, id: &FieldId, available: u16) -> String {
    if let Some(figure) = view.figure_at_caret(document) {
        let key = editor.keys.using(editor.scope_below_layers(), Command::FollowFigure, "转到该格");
        let read = figure_line(document, figure);
        let whole = format!("{}{read}", figure.quoted);
        let fits = |line: &String| text_width(line) <= available;
        return [format!("{whole}  {key}"), whole].into_iter().find(fits).unwrap_or(read);
    }
    let count = view.narrative_editor(document).map_or(0, NarrativeEditor::count_characters);
    match id.as_str() {
        "overview" => format!("字数 {count}（参考 {OVERVIEW_LENGTH}）"),
        _ => format!("字数 {count}"),
    }
}

fn draw_balance(balance: &Balance, canvas: &mut Canvas) {
    let (result, role) = match &balance.result {
        BalanceResult::Equal => ("=".to_string(), StyleRole::Agree),
        BalanceResult::Wrong(gap) => (format!("差{gap}"), StyleRole::Wrong),
        BalanceResult::Unfinished(gap) => (format!("差{gap}"), StyleRole::Note),
        BalanceResult::Unknown => ("?".to_string(), StyleRole::Attention),
    };
    let available = canvas.width().saturating_sub(text_width(&result) + 3);
    let tight = balance.text.replace(" + ", "+").replace(" = ", "=");
    let lengths = [&balance.text, &tight, &balance.numbers];
    let text = lengths.into_iter().find(|text| text_width(text) <= available).unwrap_or(&balance.numbers);
    let end = canvas.text(1, 0, &truncated(text, usize::from(available)), StyleRole::Text);
    canvas.text(end + 1, 0, &result, role);
}

/// Draws what is said about the last key, and the finding at the cursor: its sentence, and at the end of its
/// first line what to do, the key for it, and the rule. A sum that is only unfinished stands in the balance.
fn draw_finding(
    editor: &Editor,
    document: &Document,
    view: &View,
    balance: Option<&Balance>,
    canvas: &mut Canvas,
) {
    let width = canvas.width();
    let mut available = canvas.height();
    if !editor.notification.is_empty() {
        available -= 1;
        let text = truncated(&editor.notification, usize::from(width.saturating_sub(1)));
        canvas.text(1, available, &text, StyleRole::Notice);
    }
    let here = view.findings_at_cursor(document);
    let Some(finding) = here.first().map(|&at| &document.findings[at]) else { return };
    // The list of findings has said it already.
    if available == 0 || view.is_list() {
        return;
    }
    let is_alarm = alarm::is_alarm(document, view, finding);
    if !is_alarm && balance.is_some_and(|balance| balance.covers(finding)) {
        return;
    }
    let role = if is_alarm { severity_role(finding.severity) } else { StyleRole::Note };
    let mark = if is_alarm { severity_mark(finding.severity) } else { " " };
    let remedy = remedy::remedy(editor, document, view).unwrap_or_default();
    let pieces = [remedy.fix, remedy.rest].into_iter().filter(|text| !text.is_empty());
    let beside = pieces.collect::<Vec<_>>().join("  ");
    let end = canvas.text_right(width.saturating_sub(1), 0, &beside, StyleRole::Accent);
    canvas.text(1, 0, mark, role);
    let first = usize::from(end.saturating_sub(5));
    let message = tally_sentence::sentence(document, view, finding);
    let mut rest = message.as_str();
    for y in 0..available {
        let columns = if y == 0 { first } else { usize::from(width.saturating_sub(4)) };
        let row = line_break::wrap(rest, columns, editor.width_mode).into_iter().next().unwrap_or(0..0);
        let is_last = y + 1 == available;
        // The last line that fits says by `>` that there is more; all of it stands with the basis.
        let text = if is_last { cut_at_sentence(rest, columns) } else { rest[row.clone()].into() };
        canvas.text(3, y, &text, role);
        rest = rest.get(row.end..).unwrap_or("").trim_start();
        if rest.is_empty() {
            break;
        }
    }
}

/// Returns the start of a text that fits, with `>` where it was cut: after a whole sentence if one fits.
fn cut_at_sentence(text: &str, columns: usize) -> Cow<'_, str> {
    if usize::from(text_width(text)) <= columns {
        return truncated(text, columns);
    }
    let whole = text.match_indices('。').map(|(at, stop)| format!("{}>", &text[..at + stop.len()]));
    let whole = whole.take_while(|start| usize::from(text_width(start)) <= columns).last();
    whole.map_or_else(|| truncated(text, columns), |start| truncated(&start, columns).into_owned().into())
}

/// Draws what can be chosen for the cell of the cursor, the one that it holds marked.
fn draw_options(document: &Document, view: &View, canvas: &mut Canvas) {
    for label in choices::option_labels(document, view) {
        let role = if label.is_current { StyleRole::ButtonChosen } else { StyleRole::Button };
        canvas.text(label.x, 0, &label.text, role);
    }
}

/// The keys that work here, this place's first.
pub fn draw_footer(editor: &Editor, canvas: &mut Canvas) {
    canvas.fill(StyleRole::Text);
    for key in footer::footer_keys(editor, canvas.width()) {
        canvas.pieces(
            key.x,
            0,
            &[(&key.key, StyleRole::Key), (" ", StyleRole::Note), (&key.text, StyleRole::Note)],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_fits_is_not_cut_into_the_next() {
        assert_eq!(cut_at_sentence("总计没有跟上。自然人不符", 17), "总计没有跟上。>");
        assert_eq!(cut_at_sentence("总计没有跟上。自然人", 20), "总计没有跟上。自然人");
        assert_eq!(cut_at_sentence("总计没有跟上。自然人", 10), "总计没有>");
    }
}
