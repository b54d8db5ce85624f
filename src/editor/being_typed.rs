//! What is half typed is not yet wrong: a number in its cell, a sentence at the caret. Its findings are taken out
//! of the list until something else happens; which of the others are loud is in [`alarm`](super::alarm).

use super::document::Document;
use super::narrative_editor::NarrativeEditor;
use super::view::View;
use crate::check::Span;

/// The rules about sentences which lost their number or their end, and about numbers that are not the
/// table's: a sentence that is being typed has not got them yet.
const UNFINISHED_RULES: [&str; 4] = ["S9", "N1", "N2", "N3"];

/// Hides that a number cannot be read while it is being typed.
pub fn hide_unfinished_cell(document: &mut Document, view: &View) {
    let Some(entry) = &view.cell_edit else { return };
    let before = document.findings.len();
    document.findings.retain(|finding| finding.rule != "D1" || finding.fields.first() != Some(&entry.field));
    document.has_suppressed |= document.findings.len() < before;
}

/// Hides what is wrong with the sentence or the number at the caret while it is typed.
pub fn hide_unfinished_sentence(document: &mut Document, view: &View) {
    let caret = view.narrative_editor(document).filter(|_| view.in_text()).map(NarrativeEditor::caret);
    let Some((field, caret)) = view.current_field(document).zip(caret) else { return };
    let here = |span: &Span| span.field == field && (span.start..=span.end).contains(&caret);
    let before = document.findings.len();
    document.findings.retain(|finding| {
        let is_unfinished = UNFINISHED_RULES.contains(&finding.rule.as_str());
        !(is_unfinished && finding.span.as_ref().is_some_and(here))
    });
    document.has_suppressed |= document.findings.len() < before;
}

#[cfg(test)]
mod tests {
    use crate::editor::event::Event;
    use crate::editor::tests::{open_editor, press, with_text};
    use crate::editor::{Editor, Msg, update};

    fn unfinished(editor: &Editor) -> usize {
        let findings = &editor.document().unwrap().findings;
        findings.iter().filter(|finding| super::UNFINISHED_RULES.contains(&finding.rule.as_str())).count()
    }

    #[test]
    fn a_number_is_compared_once_its_typing_has_ended() {
        let mut editor = with_text("收到申请6件，均已答复。");
        press(&mut editor, "Ctrl+Home Right Right Right Right Right");
        assert_eq!(unfinished(&editor), 1);
        press(&mut editor, "Backspace 1");
        assert_eq!(unfinished(&editor), 0, "14 may be meant");
        press(&mut editor, "Backspace 4");
        assert_eq!(unfinished(&editor), 0);
        press(&mut editor, "Backspace 5 Right");
        assert_eq!(unfinished(&editor), 1);
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
