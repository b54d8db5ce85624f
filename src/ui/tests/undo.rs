//! Undo without limit: all the way back is the first draft byte for byte, all the way forth the last.

use proptest::prelude::*;

use super::any_keys::few;
use super::hand::{Stage, deeds, start, written};

proptest! {
    #![proptest_config(few(24))]

    #[test]
    fn undo_all_gives_the_first_draft_and_redo_all_the_last(start in start(), deeds in deeds(80)) {
        let mut stage = Stage::new(start);
        for deed in &deeds {
            stage.perform(deed);
        }
        stage.close_windows();
        let Some(desk) = stage.editor.desk_mut() else { return Ok(()) };
        // Who only looks cannot undo either.
        desk.read_only = false;
        let last = written(desk);
        let reach = |stage: &Stage| stage.editor.desk().map_or((0, 0), |desk| desk.history.depth());
        // What had been undone by the deeds themselves is redone at the end too.
        let all_redone = reach(&stage).1 == 0;
        for _ in 0..10_000 {
            if reach(&stage).0 == 0 {
                break;
            }
            stage.press("Ctrl+Z");
            stage.holds();
        }
        prop_assert_eq!(&written(stage.editor.desk().unwrap()), stage.first.as_ref().unwrap());
        while reach(&stage).1 > 0 {
            stage.press("Ctrl+Y");
        }
        if all_redone {
            prop_assert_eq!(written(stage.editor.desk().unwrap()), last);
        }
    }
}
