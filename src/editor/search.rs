//! What was searched for in the whole report: where it stands, and going from one place to the next.

use std::ops::Range;

use super::Editor;
use super::action::{Action, notify};
use super::command::Command;
use super::document::Document;
use super::layer::{Layer, PickerKind};
use super::view::View;
use crate::draft::Draft;
use crate::form::{Field, FieldId, Kind};

/// A place where a text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The field.
    pub field: FieldId,
    /// The bytes of its text.
    pub bytes: Range<usize>,
    /// Whether it stands in a text, of which it may be a part; a number is found as a whole.
    pub is_text: bool,
}

/// Which places are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchScope {
    /// All that are shown.
    Shown,
    /// Those that can be replaced: parts of texts, and whole numbers that were entered.
    Replaceable,
}

/// Returns every place where a text stands in the report, in the order of the form.
pub fn search_hits(document: &Document, draft: &Draft, text: &str, scope: SearchScope) -> Vec<SearchHit> {
    if text.is_empty() {
        return Vec::new();
    }
    let of_field = |field: &Field| {
        let is_text = matches!(field.kind, Kind::Prose | Kind::Text | Kind::Date);
        let is_computed = document.is_computed(&field.id);
        let shown = if is_computed {
            document.ledger.display_text(&document.form, draft, field.id.as_str())
        } else {
            draft.get(field.id.as_str()).typed().into_owned()
        };
        let is_fixed = is_computed || matches!(field.kind, Kind::Choice(_));
        let is_unread = draft.get(field.id.as_str()).unread().is_some();
        let starts: Vec<usize> = match scope {
            _ if is_unread => Vec::new(),
            SearchScope::Replaceable if is_fixed => Vec::new(),
            SearchScope::Replaceable if !is_text => (shown == text).then_some(0).into_iter().collect(),
            _ => shown.match_indices(text).map(|(at, _)| at).collect(),
        };
        let hit = |at: usize| SearchHit { field: field.id.clone(), bytes: at..at + text.len(), is_text };
        starts.into_iter().map(hit).collect::<Vec<_>>()
    };
    document.form.fields().iter().flat_map(of_field).collect()
}

/// Returns the number of the hit that the cursor is on.
pub fn hit_at_cursor(document: &Document, view: &View, hits: &[SearchHit]) -> Option<usize> {
    let (field, byte) = place(document, view)?;
    hits.iter().position(|hit| hit.field == field && (!view.in_text() || hit.bytes.start == byte))
}

/// Returns the number of the next hit after the cursor, or before it, around the report.
pub fn next_hit(document: &Document, view: &View, hits: &[SearchHit], forward: bool) -> Option<usize> {
    let position = |field: &FieldId| document.form.position(field.as_str());
    let here = place(document, view).map(|(field, byte)| (position(&field), byte));
    let at = |hit: &SearchHit| (position(&hit.field), hit.bytes.start);
    let last = hits.len().checked_sub(1)?;
    let Some(here) = here else { return Some(if forward { 0 } else { last }) };
    // In a cell the cursor is on all of it.
    let is_after = |hit: &SearchHit| if view.in_text() { at(hit) > here } else { at(hit).0 > here.0 };
    let is_before = |hit: &SearchHit| if view.in_text() { at(hit) < here } else { at(hit).0 < here.0 };
    let next = if forward { hits.iter().position(is_after) } else { hits.iter().rposition(is_before) };
    Some(next.unwrap_or(if forward { 0 } else { last }))
}

/// The field under the cursor, and the byte of its text.
fn place(document: &Document, view: &View) -> Option<(FieldId, usize)> {
    let field = view.current_field(document).filter(|_| !view.is_list())?;
    let caret = view.narrative_editor(document).filter(|_| view.in_text()).map(|narrative| narrative.caret());
    Some((field, caret.unwrap_or(0)))
}

/// Goes to the next place of what was searched for last, or to the one before it.
pub fn go_to_next(editor: &mut Editor, forward: bool) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let Some(text) = view.search.clone() else { return vec![Layer::picker(PickerKind::Find).into()] };
    let hits = search_hits(document, &document.draft, &text, SearchScope::Shown);
    let Some(at) = next_hit(document, view, &hits, forward) else {
        return notify(format!("没有找到“{text}”"));
    };
    vec![Action::CloseGroup, go_to(&hits[at]), Action::Notify(found_message(editor, &text, at, hits.len()))]
}

/// Searches for a text, and goes to one of its places.
pub fn begin_search(editor: &mut Editor, text: &str, field: FieldId, byte: Option<usize>) -> Vec<Action> {
    let mut actions = vec![Action::GoTo(field.clone(), byte)];
    let Some((document, view)) = editor.open_view_mut() else { return actions };
    let hits = search_hits(document, &document.draft, text, SearchScope::Shown);
    let is_chosen = |hit: &SearchHit| hit.field == field && byte.is_none_or(|byte| hit.bytes.start == byte);
    if let Some(at) = hits.iter().position(is_chosen) {
        view.search = Some(text.into());
        actions.push(Action::Notify(found_message(editor, text, at, hits.len())));
    }
    actions
}

fn found_message(editor: &Editor, text: &str, at: usize, count: usize) -> String {
    let next = editor.keys.using(editor.scope_below_layers(), Command::FindNext, "下一处");
    match count {
        1 => format!("“{text}”共 1 处"),
        _ => format!("“{text}”第 {} 处，共 {count} 处，{next}", at + 1),
    }
}

/// The action that goes to a hit.
pub fn go_to(hit: &SearchHit) -> Action {
    Action::GoTo(hit.field.clone(), Some(hit.bytes.start))
}

/// Returns where a text of the screen has what was searched for; nothing where nothing was.
pub fn lit_ranges(view: &View, text: &str) -> Vec<Range<usize>> {
    let Some(wanted) = view.search.as_deref().filter(|wanted| !wanted.is_empty()) else { return Vec::new() };
    text.match_indices(wanted).map(|(at, _)| at..at + wanted.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::event::Event;
    use crate::editor::tests::{press, with_text};
    use crate::editor::{Msg, update};

    fn find(editor: &mut Editor, text: &str) {
        press(editor, "Ctrl+F");
        update(editor, Msg::Event(Event::Paste(text.into())));
        press(editor, "Enter");
    }

    fn here(editor: &Editor) -> (FieldId, usize) {
        let (document, view) = editor.open_report().unwrap();
        place(document, view).unwrap()
    }

    #[test]
    fn the_places_of_a_text_are_gone_through_around_the_report() {
        let mut editor = with_text("示例市水务局收到申请3件。\n水务局办结3件。");
        press(&mut editor, "Alt+0 Ctrl+Home");
        find(&mut editor, "办结3");
        let first = here(&editor);
        assert_eq!(first.0.as_str(), "overview");
        assert_eq!(editor.notification, "“办结3”共 1 处");
        find(&mut editor, "水务局");
        let mut seen = vec![here(&editor)];
        for _ in 0..4 {
            press(&mut editor, "Alt+N");
            seen.push(here(&editor));
        }
        assert!(editor.notification.contains("共 5 处"), "{}", editor.notification);
        assert_eq!(seen.iter().filter(|it| it.0.as_str() == "overview").count(), 2, "{seen:?}");
        press(&mut editor, "Alt+N");
        assert_eq!(here(&editor), seen[0], "around");
        press(&mut editor, "Alt+P");
        assert_eq!(here(&editor), seen[4], "and back");
    }

    #[test]
    fn what_was_found_is_lit_until_esc() {
        let mut editor = with_text("甲乙甲");
        find(&mut editor, "甲");
        assert_eq!(lit_ranges(editor.view().unwrap(), "甲乙甲"), [0..3, 6..9]);
        press(&mut editor, "Esc");
        assert!(lit_ranges(editor.view().unwrap(), "甲乙甲").is_empty());
    }

    #[test]
    fn unread_cells_and_options_are_never_replaced() {
        let editor = with_text("部门");
        let document = editor.document().unwrap();
        let mut draft = document.draft.clone();
        draft.set("cover.kind", crate::draft::Value::Text("部门".into()));
        draft.set("review.direct_suit.upheld", crate::draft::Value::Unread(Box::default()));
        let hits = |text| search_hits(document, &draft, text, SearchScope::Replaceable);
        assert!(hits("部门").iter().all(|hit| hit.field.as_str() == "overview"));
        assert!(hits("?").is_empty());
    }
}
