//! What is half typed is not yet wrong: a number in its cell, a sentence at the caret.

use super::desk::Desk;
use super::prose::Prose;

/// The rule that finds sentences which lost their number or their end: every sentence that is being
/// typed has not got them yet.
const UNFINISHED: &str = "S9";

impl Desk {
    /// A number that is half typed is not yet one that cannot be read.
    pub(super) fn spare_cell(&mut self) {
        if let Some(entry) = &self.entry {
            self.findings
                .retain(|finding| finding.rule != "D1" || finding.fields.first() != Some(&entry.field));
        }
    }

    /// A sentence is not judged by its end while letters are put to it.
    pub(super) fn spare_sentence(&mut self) {
        let caret = self.prose_shown().filter(|_| self.in_text()).map(Prose::caret);
        let Some((field, caret)) = self.field().zip(caret) else { return };
        let at = self.findings.iter().position(|finding| {
            let here =
                |span: &crate::check::Span| span.field == field && (span.start..=span.end).contains(&caret);
            finding.rule == UNFINISHED && finding.span.as_ref().is_some_and(here)
        });
        if let Some(at) = at {
            self.findings.remove(at);
            self.spares = true;
        }
    }

    /// Judges it as any other at the next key that types nothing. A pause is no sign: an input method
    /// takes its time between two words.
    pub(super) fn look_again(&mut self) {
        if self.spares {
            self.recheck();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::editor::key::Event;
    use crate::editor::tests::{desk, press};
    use crate::editor::{Editor, Msg, update};

    fn unfinished(editor: &Editor) -> usize {
        editor.desk().unwrap().findings.iter().filter(|finding| finding.rule == super::UNFINISHED).count()
    }

    #[test]
    fn a_sentence_is_checked_once_its_typing_has_ended() {
        let mut editor = desk(2025);
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
        let mut editor = desk(2025);
        press(&mut editor, "Alt+1 按 照 要 求 ，");
        update(&mut editor, Msg::Event(Event::Pause));
        assert_eq!(unfinished(&editor), 0, "an input method takes its time");
        press(&mut editor, "Ctrl+S");
        assert_eq!(unfinished(&editor), 1);
    }
}
