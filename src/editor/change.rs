//! How a change of the document reaches its view: both are brought up to date together.

use super::being_typed;
use super::document::Document;
use super::formula::{FormulaResult, evaluate};
use super::view::View;
use crate::draft::ReportState;
use crate::edit::{Change, Edit};
use crate::form::Library;

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

/// Undoes the last step, or redoes the last one undone, and moves the cursor to what that changed. Returns
/// whether there was one.
pub fn undo_or_redo(document: &mut Document, view: &mut View, undo: bool, library: &Library) -> bool {
    let Some(edit) = document.undo_or_redo(undo) else { return false };
    sync(document, view, library);
    if let Some(field) = edit.fields().next() {
        view.go_to_field(document, field, None);
    }
    true
}

/// Takes back what was typed into a cell since it was opened.
pub fn cancel_group(document: &mut Document, view: &mut View) {
    document.history.cancel_group(&mut document.draft);
    recheck(document, view);
}

/// Ends typing: the cell keeps what was typed, or what a formula comes to. Returns what is to be said of it.
pub fn commit_edit(document: &mut Document, view: &mut View) -> Option<String> {
    let open = view.cell_edit.take()?;
    let result = document.field_kind(&open.field).and_then(|kind| evaluate(kind, open.input.text()));
    let message = match result {
        None => None,
        Some(FormulaResult::Refused(why)) => Some(why),
        Some(FormulaResult::Value(text, equation)) => {
            let edit = Edit::from_typed(&document.form, &document.draft, &open.field, &text);
            document.apply(edit, true);
            Some(equation)
        }
    };
    document.history.close_group();
    recheck(document, view);
    message
}

/// Judges a sentence that was being typed as any other, at the next key that types nothing. A pause is
/// no sign: an input method takes its time between two words.
pub fn recheck_suppressed(document: &mut Document, view: &mut View) {
    if document.has_suppressed {
        recheck(document, view);
    }
}
