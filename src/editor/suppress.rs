//! What is half typed is not yet wrong: a number in its cell, a sentence at the caret.

use super::document::Document;
use super::narrative_editor::NarrativeEditor;
use super::view::View;

/// The rule that finds sentences which lost their number or their end: every sentence that is being
/// typed has not got them yet.
const UNFINISHED_RULE: &str = "S9";

/// Hides that a number cannot be read while it is being typed.
pub fn hide_unfinished_cell(document: &mut Document, view: &View) {
    if let Some(entry) = &view.cell_edit {
        document
            .findings
            .retain(|finding| finding.rule != "D1" || finding.fields.first() != Some(&entry.field));
    }
}

/// Hides what is wrong with the end of a sentence while letters are put to it.
pub fn hide_unfinished_sentence(document: &mut Document, view: &View) {
    let caret = view.narrative_editor(document).filter(|_| view.in_text()).map(NarrativeEditor::caret);
    let Some((field, caret)) = view.current_field(document).zip(caret) else { return };
    let at = document.findings.iter().position(|finding| {
        let here =
            |span: &crate::check::Span| span.field == field && (span.start..=span.end).contains(&caret);
        finding.rule == UNFINISHED_RULE && finding.span.as_ref().is_some_and(here)
    });
    if let Some(at) = at {
        document.findings.remove(at);
        document.has_suppressed = true;
    }
}

#[cfg(test)]
mod tests {
    use crate::editor::key::Event;
    use crate::editor::tests::{open_editor, press};
    use crate::editor::{Editor, Msg, update};

    fn unfinished(editor: &Editor) -> usize {
        editor
            .document()
            .unwrap()
            .findings
            .iter()
            .filter(|finding| finding.rule == super::UNFINISHED_RULE)
            .count()
    }

    #[test]
    fn a_sentence_is_checked_once_its_typing_has_ended() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+1 按 照 公 开 条");
        assert_eq!(unfinished(&editor), 0, "公开条例 may be meant");
        press(&mut editor, "例 的 要 求 ，");
        assert_eq!(unfinished(&editor), 0, "the sentence goes on");
        press(&mut editor, "Left");
        assert_eq!(unfinished(&editor), 1, "it does not");
        press(&mut editor, "Right 认 真 办 理");
        assert_eq!(unfinished(&editor), 0);
    }

    #[test]
    fn a_sentence_left_unfinished_is_judged_before_it_is_saved() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+1 按 照 要 求 ，");
        update(&mut editor, Msg::Event(Event::Timeout));
        assert_eq!(unfinished(&editor), 0, "an input method takes its time");
        press(&mut editor, "Ctrl+S");
        assert_eq!(unfinished(&editor), 1);
    }
}
