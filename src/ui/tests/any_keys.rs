//! Whatever is pressed, pasted or resized: nothing panics, nothing hidden is drawn, the cursor is on
//! the screen, and what was made can be saved and read again.

use proptest::prelude::*;

use super::hand::{Stage, deeds, size, start, written};
use crate::editor::key::Event;
use crate::editor::tests::{combinations, edited};
use crate::editor::{Msg, update};
use crate::form::Library;
use crate::store;

/// Few cases here, for the many runs of a day; `PROPTEST_CASES` asks for more.
pub fn few(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(cases), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(few(24))]

    #[test]
    fn an_unbound_combination_never_edits(
        start in start(),
        deeds in deeds(30),
        keys in prop::collection::vec(prop::sample::select(combinations()), 30),
    ) {
        let mut stage = Stage::new(start);
        for (deed, &key) in deeds.iter().zip(&keys) {
            stage.perform(deed);
            if stage.editor.keys.command(stage.editor.scope(), key).is_none() {
                let before = edited(&stage.editor);
                let effects = update(&mut stage.editor, Msg::Event(Event::Key(key)));
                prop_assert!(effects.is_empty(), "{} {:?}", key, effects);
                prop_assert_eq!(edited(&stage.editor), before);
            }
        }
    }

    #[test]
    fn any_deeds_at_any_size_are_taken_and_drawn(
        start in start(),
        first in size(),
        deeds in deeds(50),
        other in size(),
    ) {
        let mut stage = Stage::new(start);
        stage.perform(&super::hand::Deed::Resize(first.0, first.1));
        for deed in &deeds {
            stage.perform(deed);
            stage.holds();
            stage.look((stage.editor.width, stage.editor.height));
        }
        // A window that became another before the program heard of it.
        stage.look(other);
        if let Some(desk) = stage.editor.desk() {
            let text = written(desk);
            let read = store::parse("草稿.ron", text.as_bytes(), &Library::new()).unwrap();
            prop_assert_eq!(&read.draft, &desk.draft, "{}", text);
        }
    }
}

#[test]
fn every_size_of_the_window_can_be_drawn() {
    use super::hand::Start;
    for start in [Start::Home, Start::New(2020), Start::Sample, Start::Folder, Start::Compiled] {
        for tab in ["Alt+0", "Alt+1", "Alt+3", "Alt+7", "F1"] {
            let mut stage = Stage::new(start);
            stage.press(tab);
            for (width, height) in (1u16..=250).step_by(7).zip((1u16..=80).cycle()) {
                stage.perform(&super::hand::Deed::Resize(width, height));
                stage.look((width, height));
            }
        }
    }
}

#[test]
fn a_window_laid_out_for_another_size_is_cut_by_the_frame() {
    use super::hand::{Deed, Start};
    let sizes = [(60, 16), (80, 24), (120, 40), (248, 34), (1, 1)];
    for start in [Start::Home, Start::Sample, Start::Folder] {
        for key in ["F1", "Ctrl+P", "Ctrl+Q"] {
            let mut stage = Stage::new(start);
            stage.press(key);
            for (width, height) in sizes {
                stage.perform(&Deed::Resize(width, height));
                sizes.into_iter().for_each(|frame| stage.look(frame));
            }
        }
    }
}

#[test]
fn the_sign_for_hidden_columns_cuts_no_heading_in_half() {
    use super::hand::{Deed, Start};
    for width in 60..=140 {
        let mut stage = Stage::new(Start::Sample);
        stage.perform(&Deed::Resize(width, 30));
        stage.press("Alt+3");
        for digit in "1234567890123".chars() {
            stage.press(&digit.to_string());
            stage.look((width, 30));
        }
    }
}
