//! Whatever is pressed, pasted or resized: nothing panics, nothing hidden is drawn, the cursor is on
//! the screen, and what was made can be saved and read again.

use proptest::prelude::*;

use super::driver::{TestScreen, draft_file, size, start, user_inputs};
use crate::editor::event::Event;
use crate::editor::tests::{combinations, edited};
use crate::editor::{Msg, update};
use crate::form::Library;
use crate::store;

/// Few cases here, for the many runs of a day; `PROPTEST_CASES` asks for more.
pub fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(cases), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn an_unbound_combination_never_edits(
        start in start(),
        deeds in user_inputs(30),
        keys in prop::collection::vec(prop::sample::select(combinations()), 30),
    ) {
        let mut stage = TestScreen::new(start);
        for (deed, &key) in deeds.iter().zip(&keys) {
            stage.input(deed);
            if stage.editor.keys.command(stage.editor.scope(), key).is_none() {
                let before = edited(&stage.editor);
                let effects = update(&mut stage.editor, Msg::Event(Event::Key(key)));
                prop_assert!(effects.is_empty(), "{} {:?}", key, effects);
                prop_assert_eq!(edited(&stage.editor), before);
            }
        }
    }

    #[test]
    fn one_key_fills_no_blank_of_another_tab(
        start in start(),
        deeds in user_inputs(30),
        keys in prop::collection::vec(prop::sample::select(vec!["F4", "F9"]), 30),
    ) {
        let mut stage = TestScreen::new(start);
        for (deed, key) in deeds.iter().zip(&keys) {
            stage.input(deed);
            stage.close_windows();
            let Some((document, view)) = stage.editor.open_report() else { continue };
            let (before, form) = (document.draft.clone(), document.form.clone());
            let section = view.cell_section(document).map(|section| section.id.clone());
            stage.press(key);
            let Some(document) = stage.editor.document() else { continue };
            let filled = form.fields().iter().filter(|field| {
                before.get(field.id.as_str()).is_blank() && !document.draft.get(field.id.as_str()).is_blank()
            });
            let filled: Vec<&str> = filled.map(|field| field.id.section()).collect();
            let here = filled.iter().all(|other| Some(*other) == section.as_deref());
            prop_assert!(here || filled.len() == 1, "{} fills {:?} from {:?}", key, filled, section);
        }
    }

    #[test]
    fn any_deeds_at_any_size_are_taken_and_drawn(
        start in start(),
        first in size(),
        deeds in user_inputs(50),
        other in size(),
    ) {
        let mut stage = TestScreen::new(start);
        stage.input(&super::driver::UserInput::Resize(first.0, first.1));
        for deed in &deeds {
            stage.input(deed);
            stage.check_invariants();
            stage.check_frame((stage.editor.width, stage.editor.height));
        }
        // A window that became another before the program heard of it.
        stage.check_frame(other);
        if let Some(document) = stage.editor.document() {
            let text = draft_file(document);
            let read = store::parse("草稿.ron", text.as_bytes(), &Library::new()).unwrap();
            prop_assert_eq!(&read.draft, &document.draft, "{}", text);
        }
    }
}

#[test]
fn every_size_of_the_window_can_be_drawn() {
    use super::driver::StartState;
    for start in [
        StartState::Home,
        StartState::New(2020),
        StartState::Sample,
        StartState::Folder,
        StartState::Compiled,
        StartState::Imported,
    ] {
        for tab in ["Alt+0", "Alt+1", "Alt+3", "Alt+7", "Alt+8", "F1"] {
            let mut stage = TestScreen::new(start);
            stage.press(tab);
            for (width, height) in (1u16..=250).step_by(7).zip((1u16..=80).cycle()) {
                stage.input(&super::driver::UserInput::Resize(width, height));
                stage.check_frame((width, height));
            }
        }
    }
}

#[test]
fn a_window_laid_out_for_another_size_is_cut_by_the_frame() {
    use super::driver::{StartState, UserInput};
    let sizes = [(60, 16), (80, 24), (120, 40), (248, 34), (1, 1)];
    for start in [StartState::Home, StartState::Sample, StartState::Folder] {
        for key in ["F1", "Ctrl+P", "Ctrl+Q"] {
            let mut stage = TestScreen::new(start);
            stage.press(key);
            for (width, height) in sizes {
                stage.input(&UserInput::Resize(width, height));
                sizes.into_iter().for_each(|frame| stage.check_frame(frame));
            }
        }
    }
}

#[test]
fn the_sign_for_hidden_columns_cuts_no_heading_in_half() {
    use super::driver::{StartState, UserInput};
    for width in 60..=140 {
        let mut stage = TestScreen::new(StartState::Sample);
        stage.input(&UserInput::Resize(width, 30));
        stage.press("Alt+3");
        for digit in "1234567890123".chars() {
            stage.press(&digit.to_string());
            stage.check_frame((width, 30));
        }
    }
}
