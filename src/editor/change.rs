//! How a change of the document reaches its view: both are brought up to date together.

use super::document::Document;
use super::suppress;
use super::view::View;
use crate::edit::Edit;
use crate::form::Library;

/// Computes totals and findings anew, and drops what the view kept of the old ones.
pub fn recheck(document: &mut Document, view: &mut View) {
    document.recheck();
    view.cached_layout = None;
    view.current_finding = view.current_finding.min(document.findings.len().saturating_sub(1));
    suppress::hide_unfinished_cell(document, view);
}

/// Makes a change, as a step of its own or joined to the typing before it; none if the document is
/// read-only.
pub fn apply_edit(document: &mut Document, view: &mut View, edit: Edit, typing: bool) {
    if document.read_only {
        return;
    }
    document.apply(edit, typing);
    recheck(document, view);
    if typing {
        suppress::hide_unfinished_sentence(document, view);
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

/// Ends typing: the cell keeps what was typed.
pub fn commit_edit(document: &mut Document, view: &mut View) {
    if view.cell_edit.take().is_some() {
        document.history.close_group();
        recheck(document, view);
    }
}

/// Judges a sentence that was being typed as any other, at the next key that types nothing. A pause is
/// no sign: an input method takes its time between two words.
pub fn recheck_suppressed(document: &mut Document, view: &mut View) {
    if document.has_suppressed {
        recheck(document, view);
    }
}
