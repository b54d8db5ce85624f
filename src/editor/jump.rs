//! Between a number of the text and the cells that it quotes, and back, with one key: from a number to its
//! cells one after another, from a cell to the passages that quote it, and at the end to where it began.

use super::action::{Action, notify};
use super::document::Document;
use super::figures;
use super::jump_round::CursorPlace;
use super::view::View;
use super::{Editor, selection};
use crate::form::FieldId;

/// Goes from a number in the text to the cell that it quotes, or from a cell to the passage that quotes it;
/// again, to the next.
pub fn follow_figure(editor: &mut Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    let Some(here) = cursor_place(document, view) else {
        return notify("请先转到正文中的数，或者表中的格");
    };
    if !view.jumps.is_at(&here) {
        let targets = targets_of(document, &here);
        if targets.is_empty() {
            return notify(match here.byte {
                Some(_) => "光标处没有读出引用表格的数",
                None => "正文没有引用这一格的数",
            });
        }
        view.jumps.begin(here, targets);
    }
    let Some((place, at, count)) = view.jumps.advance() else { return Vec::new() };
    go_to_place(document, view, &place);
    let message = match (at, count) {
        (_, 1) => None,
        (0, _) => Some("已回到原处".to_string()),
        _ => Some(format!("第{at}处，共{count}处")),
    };
    [Action::CloseGroup].into_iter().chain(message.map(Action::Notify)).collect()
}

/// Goes back to where the last round began.
pub fn jump_back(editor: &mut Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    let Some(place) = view.jumps.go_back() else { return notify("没有可返回的位置") };
    go_to_place(document, view, &place);
    vec![Action::CloseGroup]
}

fn cursor_place(document: &Document, view: &View) -> Option<CursorPlace> {
    let field = view.current_field(document).filter(|_| !view.is_list())?;
    let byte = view.narrative_editor(document).filter(|_| view.in_text()).map(|narrative| narrative.caret());
    Some(CursorPlace { field, byte })
}

fn targets_of(document: &Document, here: &CursorPlace) -> Vec<CursorPlace> {
    let mut targets: Vec<CursorPlace> = Vec::new();
    let mut add = |field: &FieldId, byte| {
        let place = CursorPlace { field: field.clone(), byte };
        if !targets.contains(&place) {
            targets.push(place);
        }
    };
    match here.byte {
        Some(byte) => figures::figures_at(document, &here.field, byte)
            .flat_map(|figure| &figure.fields)
            .for_each(|cell| add(cell, None)),
        None => figures::quotations(document, &here.field)
            .for_each(|it| add(&it.figure.span.field, Some(it.figure.number.start))),
    }
    targets
}

fn go_to_place(document: &Document, view: &mut View, place: &CursorPlace) {
    view.go_to_field(document, &place.field, place.byte);
    selection::clear_selection(view);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::tests::{press, with_text};
    use proptest::prelude::*;

    const TEXT: &str = "收到政府信息公开申请4件，其中自然人3件。\n不予公开0件。收到申请4件。培训2次。";

    /// Where the cursor is: the cell, or the text after the caret.
    fn place(editor: &Editor) -> String {
        let (document, view) = editor.open_report().unwrap();
        let place = cursor_place(document, view).unwrap();
        match place.byte {
            Some(byte) => document.draft.text(place.field.as_str())[byte..].chars().take(6).collect(),
            None => place.field.to_string(),
        }
    }

    fn visited(editor: &mut Editor, keys: &str) -> Vec<String> {
        let at = |key: &str, editor: &mut Editor| {
            press(editor, key);
            place(editor)
        };
        keys.split(' ').map(|key| at(key, editor)).collect()
    }

    #[test]
    fn one_key_goes_from_a_number_to_its_cell_and_back() {
        let mut editor = with_text(TEXT);
        press(&mut editor, "Ctrl+Home Right Right");
        let way = visited(&mut editor, "Alt+J Alt+J Alt+J");
        assert_eq!(way, ["requests.new.total", "政府信息公开", "requests.new.total"]);
    }

    #[test]
    fn a_sum_leads_through_all_its_cells() {
        let mut editor = with_text(TEXT);
        press(&mut editor, "Ctrl+Home Down Right");
        let way = visited(&mut editor, "Alt+J Alt+J");
        assert_eq!(way, ["requests.refused_secret.total", "requests.refused_law.total"]);
        assert_eq!(editor.notification, "第2处，共8处");
        let way = visited(&mut editor, "Alt+J Alt+J Alt+J Alt+J Alt+J Alt+J Alt+J");
        assert_eq!((way[5].as_str(), way[6].as_str()), ("requests.refused_query.total", "予公开0件。"));
        assert_eq!(editor.notification, "已回到原处");
    }

    #[test]
    fn a_cell_leads_to_the_sentences_that_quote_it() {
        let mut editor = with_text(TEXT);
        press(&mut editor, "Alt+3 Ctrl+Home End End");
        let way = visited(&mut editor, "Alt+J Alt+J Alt+J");
        assert_eq!(way, ["4件，其中自", "4件。培训2", "requests.new.total"]);
    }

    #[test]
    fn after_another_movement_the_key_begins_anew() {
        let mut editor = with_text(TEXT);
        press(&mut editor, "Alt+3 Ctrl+Home End End");
        let way = visited(&mut editor, "Alt+J Right Alt+J Home Alt+J");
        assert_eq!(way[2], "requests.new.total", "from the number, not on to the next sentence");
        assert_eq!(way[4], "3件。\n不予", "from the cell");
    }

    #[test]
    fn back_leads_to_where_each_jump_began() {
        let mut editor = with_text(TEXT);
        press(&mut editor, "Ctrl+Home Alt+J Home Alt+J Right Alt+J Down");
        let way = visited(&mut editor, "Alt+K Alt+K Alt+K");
        assert_eq!(way, ["件。\n不予公", "requests.new.natural", "收到政府信息"]);
        press(&mut editor, "Alt+K");
        assert_eq!(editor.notification, "没有可返回的位置");
    }

    #[test]
    fn where_nothing_is_quoted_that_is_said() {
        let mut editor = with_text(TEXT);
        press(&mut editor, "Ctrl+End Left Alt+J");
        assert_eq!(editor.notification, "光标处没有读出引用表格的数");
        press(&mut editor, "Alt+2 Ctrl+Home Alt+J");
        assert_eq!(editor.notification, "正文没有引用这一格的数");
        press(&mut editor, "Alt+7 Alt+J");
        assert_eq!(editor.notification, "请先转到正文中的数，或者表中的格");
    }

    #[test]
    fn a_change_ends_the_round() {
        let mut editor = with_text(TEXT);
        press(&mut editor, "Ctrl+Home Alt+J Ctrl+Z Alt+3");
        assert_eq!(place(&editor), "requests.new.total", "where the round was");
        press(&mut editor, "Alt+J");
        assert_eq!(editor.notification, "正文没有引用这一格的数");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn jumping_never_changes_the_draft(
            keys in prop::collection::vec(prop::sample::select(vec![
                "Alt+J", "Alt+J", "Alt+K", "Left", "Right", "Up", "Down", "End", "Home", "Alt+1", "Alt+3",
                "Ctrl+Space", "Alt+4", "Ctrl+Right",
            ]), 1..40)
        ) {
            let mut editor = with_text(TEXT);
            let before = editor.document().unwrap().draft.clone();
            for key in keys {
                press(&mut editor, key);
            }
            prop_assert_eq!(&editor.document().unwrap().draft, &before);
            press(&mut editor, "Esc Ctrl+Z");
            prop_assert_ne!(&editor.document().unwrap().draft, &before, "the text is still the last step");
        }
    }
}
