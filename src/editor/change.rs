//! How a change of the document reaches its view: both are brought up to date together.

use std::collections::BTreeSet;

use super::being_typed;
use super::document::Document;
use super::formula::{FormulaResult, evaluate};
use super::view::View;
use crate::draft::{ReportState, printed_date};
use crate::edit::{Change, Edit};
use crate::form::{Body, FieldId, Kind, Library};

/// Recomputes totals and findings, and drops what the view has cached of the old ones.
pub fn recheck(document: &mut Document, view: &mut View) {
    document.recheck();
    view.cached_layout = None;
    view.cached_preview = None;
    view.jumps.end_round();
    view.current_finding = view.current_finding.min(document.findings.len().saturating_sub(1));
    being_typed::hide_unfinished_cell(document, view);
}

/// Makes a change, as a step of its own; none if the document is read-only, or final.
pub fn apply_edit(document: &mut Document, view: &mut View, edit: Edit, library: &Library) {
    let sets_state = matches!(edit.changes[..], [Change::State(..)]);
    if !document.read_only && (sets_state || document.draft.state != ReportState::Final) {
        document.apply(edit, false);
        sync(document, view, library);
    }
}

/// Makes the change that a merge asks for, and notes whether the file holds the merged draft.
pub fn apply_merge(
    document: &mut Document,
    view: &mut View,
    edit: Edit,
    saved: Option<bool>,
    library: &Library,
) {
    document.history.close_group();
    document.apply(edit, false);
    match saved {
        Some(true) => document.history.mark_saved(),
        Some(false) => document.history.mark_unsaved(),
        None => {}
    }
    sync(document, view, library);
}

/// Makes a change by typing, which the view shows already; none if the document is read-only.
pub fn apply_typing(document: &mut Document, view: &mut View, edit: Edit) {
    if !document.read_only && document.draft.state != ReportState::Final {
        document.apply(edit, true);
        recheck(document, view);
        being_typed::hide_unfinished_sentence(document, view);
    }
}

/// Makes form, text on the screen and findings follow the draft after a change that did not come from
/// typing.
pub fn sync(document: &mut Document, view: &mut View, library: &Library) {
    if document.sync_form(library) {
        view.cell_edit = None;
    }
    for (id, narrative) in &mut view.narrative_editors {
        narrative.follow(document.draft.text(id.as_str()));
    }
    recheck(document, view);
}

/// Undoes the last step, or redoes the last one undone, and moves the cursor to what that changed, on the tab
/// that is shown if something of it did. Returns what is to be said: nothing of one field, which is seen; `None`
/// if there was no step.
pub fn undo_or_redo(
    document: &mut Document,
    view: &mut View,
    undo: bool,
    library: &Library,
) -> Option<String> {
    let edit = document.undo_or_redo(undo)?;
    sync(document, view, library);
    let here = view.cell_section(document).map(|section| &section.id);
    let shown = edit.fields().find(|field| here.is_some_and(|id| id == field.section()));
    if let Some(field) = shown.or_else(|| edit.fields().next()) {
        view.go_to_field(document, field, None);
    }
    let fields: BTreeSet<&FieldId> = edit.fields().collect();
    let sections = document.form.sections.iter().filter(|section| !matches!(section.body, Body::TableText));
    let parts = sections.filter_map(|section| {
        let count = fields.iter().filter(|field| field.section() == section.id).count();
        (count > 0).then(|| format!("{} {count} 处", section.short_name()))
    });
    let parts = parts.collect::<Vec<_>>().join("，");
    let what = if undo { "撤销" } else { "重做" };
    let many = fields.len() > 1;
    Some(if many { format!("已{what} {} 处改动：{parts}", fields.len()) } else { String::new() })
}

/// Takes back what was typed into a cell since it was opened.
pub fn cancel_group(document: &mut Document, view: &mut View) {
    document.history.cancel_group(&mut document.draft);
    recheck(document, view);
}

/// Ends typing: the cell keeps what was typed, or what a formula comes to. Returns what is to be said of it.
pub fn commit_edit(document: &mut Document, view: &mut View) -> Option<String> {
    let open = view.cell_edit.take()?;
    let steps = document.history.depth();
    let result = document.field_kind(&open.field).and_then(|kind| evaluate(kind, open.input.text()));
    let date = match document.field_kind(&open.field) {
        Some(Kind::Date) => printed_date(open.input.text()).into_owned(),
        _ => open.input.text().into(),
    };
    let (text, message) = match result {
        None => (date, None),
        Some(FormulaResult::Refused(why)) => (open.input.text().into(), Some(why)),
        Some(FormulaResult::Value(text, equation)) => (text, Some(equation)),
    };
    let is_other = text != open.input.text();
    if is_other {
        let edit = Edit::from_typed(&document.form, &document.draft, &open.field, &text);
        document.apply(edit, true);
    }
    document.history.close_group();
    // What was typed has been checked at its last key, unless something was held back then.
    if is_other || document.has_suppressed || document.history.depth() != steps {
        recheck(document, view);
    }
    message
}

/// Judges a sentence that was being typed as any other, at the next key that types nothing. A pause is
/// no sign: an input method takes its time between two words.
pub fn recheck_suppressed(document: &mut Document, view: &mut View) {
    if document.has_suppressed {
        recheck(document, view);
    }
}

#[cfg(test)]
mod tests {
    use crate::editor::tests::{open_editor, press};

    #[test]
    fn a_cell_that_is_left_has_the_findings_of_a_new_check() {
        for typed in ["5 8", "5 x", "= 1 + 2", "= 1 + x", "1 . 5", "5 Backspace"] {
            let mut editor = open_editor(2025);
            press(&mut editor, "Alt+3 3 Down 4 Down Up");
            press(&mut editor, typed);
            press(&mut editor, "Enter");
            let mut again = editor.document().unwrap().clone();
            again.recheck();
            assert_eq!(editor.document().unwrap().findings, again.findings, "{typed}");
        }
    }

    #[test]
    fn a_date_is_shown_as_printed_when_its_cell_is_left() {
        for typed in ["2 0 2 6 . 1 . 1 5", "2 0 2 6 - 1 - 1 5", "2 0 2 6 年 1 月 1 5 日"] {
            let mut editor = open_editor(2025);
            press(&mut editor, "Alt+0 Ctrl+Home Down Down Down Down");
            press(&mut editor, typed);
            press(&mut editor, "Enter");
            assert_eq!(editor.draft().unwrap().text("cover.date"), "2026年1月15日", "{typed}");
            press(&mut editor, "Ctrl+Z");
            assert_eq!(editor.draft().unwrap().text("cover.date"), "", "one step");
        }
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+0 Ctrl+Home Down Down Down Down 1 月 底 Enter");
        assert_eq!(editor.draft().unwrap().text("cover.date"), "1月底", "no date is made of it");
        let findings = &editor.document().unwrap().findings;
        assert!(findings.iter().any(|finding| finding.message.contains("“1月底”无法识别")));
    }
}
