//! Undo without limit: all the way back is the first draft byte for byte, all the way forth the last.

use proptest::prelude::*;

use super::any_keys::config;
use super::driver::{TestScreen, draft_file, start, user_inputs};

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn undo_all_gives_the_first_draft_and_redo_all_the_last(start in start(), deeds in user_inputs(80)) {
        let mut stage = TestScreen::new(start);
        for deed in &deeds {
            stage.input(deed);
        }
        stage.close_windows();
        let Some(document) = stage.editor.document_mut() else { return Ok(()) };
        // A reader cannot undo either.
        document.read_only = false;
        let last = draft_file(document);
        let reach = |stage: &TestScreen| stage.editor.document().map_or((0, 0), |document| document.history.depth());
        // What had been undone by the deeds themselves is redone at the end too.
        let all_redone = reach(&stage).1 == 0;
        for _ in 0..10_000 {
            if reach(&stage).0 == 0 {
                break;
            }
            stage.press("Ctrl+Z");
            stage.check_invariants();
        }
        prop_assert_eq!(&draft_file(stage.editor.document().unwrap()), stage.first.as_ref().unwrap());
        while reach(&stage).1 > 0 {
            stage.press("Ctrl+Y");
        }
        if all_redone {
            prop_assert_eq!(draft_file(stage.editor.document().unwrap()), last);
        }
    }
}
