//! What keys do, from one press to the draft.

mod unread;

use super::command::{Command, Scope};
use super::event::Event;
use super::key::{Key, KeyCode};
use super::{Editor, Effect, Keymap, Msg, Opened, RecentEntry, folder, update};
use crate::draft::{Draft, Unread, Value};
use crate::export::Format;
use crate::form::Library;
use crate::text::invisible::is_invisible;

/// An editor with a new draft open.
pub(super) fn open_editor(year: u16) -> Editor {
    let library = Library::new();
    let draft = Draft::new("示例市水务局", year, &library);
    let form = draft.form(&library).unwrap();
    let mut editor = Editor::new(library, Keymap::shipped(), 80, 24, None);
    let opened =
        Opened { path: Some("草稿.ron".into()), form, draft, last_year: None, message: String::new() };
    update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
    editor
}

/// Presses keys by their names, with blanks between them.
pub(super) fn press(editor: &mut Editor, keys: &str) -> Vec<Effect> {
    let event = |key: &str| Msg::Event(Event::Key(key.parse().unwrap()));
    keys.split_whitespace().flat_map(|key| update(editor, event(key))).collect()
}

/// 新收 3 (自然人) and 1 (商业企业), 予以公开 4, totals computed; and this text in 一.
pub(super) fn with_text(text: &str) -> Editor {
    let mut editor = open_editor(2025);
    press(&mut editor, "Alt+3 Ctrl+Home 3 Right 1 Enter F4 F4 Alt+1");
    paste(&mut editor, text);
    editor
}

fn paste(editor: &mut Editor, text: &str) {
    update(editor, Msg::Event(Event::Paste(text.into())));
}

/// A draft of the list on the home screen.
pub fn recent(path: &str) -> RecentEntry {
    RecentEntry {
        path: path.into(),
        unit: "示例市水务局".into(),
        year: Some(2025),
        opened: None,
        progress: None,
        fault: None,
    }
}

#[test]
fn giving_up_a_cell_leaves_the_text_typed_before_it() {
    let mut editor = open_editor(2025);
    press(&mut editor, "Ctrl+End Down 导 语 Shift+Tab F2 Esc");
    assert_eq!(editor.draft().unwrap().text("preface"), "导语");
    press(&mut editor, "Ctrl+Z");
    assert_eq!(editor.draft().unwrap().text("preface"), "");
}

#[test]
fn nothing_invisible_gets_in_by_keys_or_paste() {
    let all: String = ('\0'..=char::MAX).filter(|c| is_invisible(*c)).collect();
    let mut editor = open_editor(2025);
    // Each of them pasted everywhere, and typed into a cover field, a text or a cell.
    for (at, tab) in ["Alt+0", "Alt+1", "Alt+3 Down Right"].into_iter().enumerate() {
        press(&mut editor, tab);
        paste(&mut editor, &format!("甲{all}乙"));
        for c in all.chars().skip(at).step_by(3).chain("丙".chars()) {
            let key = Key { code: KeyCode::Char(c), ctrl: false, alt: false, shift: false };
            update(&mut editor, Msg::Event(Event::Key(key)));
        }
        press(&mut editor, "Alt+6");
    }
    let draft = editor.draft().unwrap();
    let texts: Vec<_> = draft.values().map(|(_, value)| value.typed().into_owned()).collect();
    assert!(texts.iter().filter(|text| text.contains('丙')).count() >= 3, "{texts:?}");
    assert!(texts.iter().flat_map(|text| text.chars()).all(|c| c == '\n' || !is_invisible(c)), "{texts:?}");
}

#[test]
fn every_command_has_a_row_in_the_key_file() {
    // The names as they stand in the enum, so that a command without a row is seen.
    let source = include_str!("../command.rs");
    let body = source.split("pub enum Command {").nth(1).and_then(|rest| rest.split('}').next()).unwrap();
    let names = body.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let names: Vec<&str> = names.filter_map(|line| line.strip_suffix(',')).collect();
    assert!(names.len() > 60);
    let keys = Keymap::shipped();
    for name in names {
        assert!(keys.rows().iter().any(|row| format!("{:?}", row.command) == name), "{name} has no row");
    }
}

/// An editor in which every command of that place has something to do.
fn editors_for(scope: Scope) -> Vec<Editor> {
    let mut editors = Vec::new();
    let filled = || {
        let mut editor = open_editor(2025);
        for (tab, keys) in [("Alt+2", "3 Enter 4 Enter"), ("Alt+3", "5 Right Down 7 Enter Alt+=")] {
            press(&mut editor, tab);
            press(&mut editor, keys);
        }
        press(&mut editor, "Alt+1");
        paste(&mut editor, "第一段，有话。\n第二段，也有话。");
        press(&mut editor, "Alt+6");
        paste(&mut editor, "无。");
        editor
    };
    match scope {
        Scope::Home => {
            let mut editor = Editor::new(Library::new(), Keymap::shipped(), 80, 24, None);
            editors.push(editor.clone());
            press(&mut editor, "Down");
            editors.push(editor);
        }
        Scope::Table | Scope::Everywhere => {
            for keys in [
                "Alt+0 Ctrl+Home",
                "Alt+0 Ctrl+End",
                "Alt+2 Ctrl+Home",
                "Alt+3 Down Right",
                "Alt+3 Ctrl+End Up",
                "Alt+3 Ctrl+Home Down Down Down",
                "Alt+0 F8",
                "Alt+3 Down Right Shift+Down Shift+Right",
                "Ctrl+Z",
            ] {
                let mut editor = filled();
                press(&mut editor, keys);
                editors.push(editor);
            }
        }
        Scope::Typing => {
            for keys in ["Alt+3 Down Right 1 2", "Alt+3 Down Right 1 2 F2 Left", "Alt+3 Down Right 1 2 Home"]
            {
                let mut editor = filled();
                press(&mut editor, keys);
                editors.push(editor);
            }
        }
        Scope::Text => {
            for keys in [
                "Alt+1 Ctrl+Home",
                "Alt+1 Ctrl+End",
                "Alt+1 Ctrl+Home Right Right",
                "Alt+1 Ctrl+Home Shift+Right",
                "Alt+5",
                "Alt+1 Ctrl+Home Shift+Right Ctrl+C",
            ] {
                let mut editor = filled();
                press(&mut editor, keys);
                editors.push(editor);
            }
        }
        Scope::Findings => {
            for keys in ["Alt+7", "Alt+7 Down Down", "Alt+7 Left"] {
                let mut editor = filled();
                press(&mut editor, keys);
                editors.push(editor);
            }
        }
        Scope::Folder => {
            let units = ["甲局", "乙局", "丙局"].map(|unit| folder::tests::unit_file(unit, 2025, 3));
            let earlier = folder::tests::unit_file("甲局", 2024, 3);
            for keys in ["", "Down", "End", "丙 局", "Right"] {
                let mut editor = folder::tests::folder_screen(
                    "丙局\n甲局",
                    [&units[..], std::slice::from_ref(&earlier)].concat(),
                );
                press(&mut editor, keys);
                editors.push(editor);
            }
        }
        Scope::Window => {
            for keys in [
                "F1 PgDn",
                "Ctrl+P Down",
                "Ctrl+P z Left",
                "Ctrl+P z",
                "Alt+1 Ctrl+R a Tab",
                "Ctrl+Q",
                "Ctrl+F 总",
                "Ctrl+E",
                "Alt+1 F4",
                "Alt+7 Delete 理",
                "Alt+3 F4 F4 F4",
            ] {
                let mut editor = filled();
                press(&mut editor, keys);
                editors.push(editor);
            }
        }
    }
    editors
}

#[test]
fn every_row_of_the_key_file_does_something_where_it_holds() {
    let keys = Keymap::shipped();
    let mut idle = Vec::new();
    let all: Vec<(Scope, Vec<Editor>)> = [
        Scope::Everywhere,
        Scope::Table,
        Scope::Typing,
        Scope::Text,
        Scope::Findings,
        Scope::Home,
        Scope::Folder,
        Scope::Window,
    ]
    .map(|scope| (scope, editors_for(scope)))
    .into();
    for row in keys.rows() {
        let editors = &all.iter().find(|(scope, _)| *scope == row.scope).unwrap().1;
        let does = |run: &dyn Fn(&mut Editor) -> Vec<Effect>| {
            editors.iter().any(|editor| {
                let mut after = editor.clone();
                after.notification.clear();
                let before = format!("{:?}", visible_state(&after));
                let effects = run(&mut after);
                !effects.is_empty() || format!("{:?}", visible_state(&after)) != before
            })
        };
        for key in &row.on {
            if !does(&|editor| press(editor, &key.to_string())) {
                idle.push(format!("{:?} {key} {}", row.scope, row.id()));
            }
        }
        // Those without a key, and all others, by the palette.
        let by_palette = |editor: &mut Editor| {
            let open = super::action::Action::Run(row.scope, Command::Palette);
            super::update::perform(editor, vec![open]);
            let layer = editor.layers.len();
            paste(editor, &row.id());
            let items = super::picker::picker_items(editor, super::layer::PickerKind::Palette, &row.id());
            let at = items
                .iter()
                .position(|item| item.detail == row.on.first().map_or(String::new(), Key::to_string));
            for _ in 0..at.unwrap_or(0) {
                press(editor, "Down");
            }
            assert_eq!(editor.layers.len(), layer);
            press(editor, "Enter")
        };
        if row.on.is_empty() && !does(&by_palette) {
            idle.push(format!("{:?} palette {}", row.scope, row.id()));
        }
    }
    assert!(keys.rows().iter().any(|row| row.command == Command::Save));
    assert!(idle.is_empty(), "does nothing:\n{}", idle.join("\n"));
}

/// What a command may change: where the cursor is, what is open, what is said, the draft.
fn visible_state(editor: &Editor) -> impl std::fmt::Debug + use<> {
    let page = format!("{:?} {:?} {:?}", editor.page, editor.folder, editor.scope());
    (page, format!("{:?}", editor.layers), editor.notification.clone(), editor.width)
}

#[test]
fn a_read_only_report_is_not_changed_by_anything() {
    let mut editor = open_editor(2025);
    press(&mut editor, "Alt+1");
    paste(&mut editor, "第一段。");
    update(&mut editor, Msg::LockedBy("李四".into()));
    press(&mut editor, "Enter");
    let before = format!("{:?}", editor.draft());
    for keys in [
        "Alt+1 x Enter Backspace Delete F3 Shift+Left Ctrl+X Ctrl+V",
        "Alt+3 1 2 Enter F4 Delete F2 3 Tab Alt+= F9 Ctrl+Z Ctrl+Y",
        "Alt+0 x Enter Alt+7 Delete x Enter",
        "Alt+1 Ctrl+R 第 Tab 某 Enter",
        "Alt+5 F3",
    ] {
        press(&mut editor, keys);
        paste(&mut editor, "别的\n1\t2");
        press(&mut editor, "Esc Esc");
    }
    assert_eq!(format!("{:?}", editor.draft()), before);
    let (document, view) = editor.open_report().unwrap();
    assert!(
        view.narrative_editors.iter().all(|(id, prose)| prose.text() == document.draft.text(id.as_str()))
    );
}

#[test]
fn a_read_only_report_claims_no_change() {
    let mut editor = open_editor(2025);
    press(&mut editor, "Alt+3 1 Right 2 Ctrl+Home Ctrl+C");
    update(&mut editor, Msg::LockedBy("李四".into()));
    press(&mut editor, "Enter");
    for keys in ["Shift+Right Delete", "Ctrl+X", "Ctrl+V", "F4", "F2", "5", "Alt+0 End Space"] {
        press(&mut editor, keys);
        assert_eq!(editor.notification, super::report_state::READ_ONLY, "{keys}");
    }
    press(&mut editor, "Alt+3");
    paste(&mut editor, "1\t2");
    assert_eq!(editor.notification, super::report_state::READ_ONLY);
}

/// All that typing can change: the draft, a cell or text being typed, a window's fields.
pub(crate) fn edited(editor: &Editor) -> String {
    let document = editor.open_report().map(|(document, view)| {
        let texts: Vec<String> = view.narrative_editors.values().map(|prose| prose.text()).collect();
        (&document.draft, &view.cell_edit, texts, document.history.is_modified())
    });
    let folder = editor.folder.as_ref().map(|folder| folder.filter.text());
    format!("{:?}", (document, folder, &editor.layers))
}

/// Every key with Ctrl or Alt that terminals send, Shift held too or not; and every key that types
/// nothing, by itself and with Shift.
pub(crate) fn combinations() -> Vec<Key> {
    use KeyCode::*;
    let named =
        [Enter, Tab, Esc, Backspace, Delete, Insert, Home, End, PageUp, PageDown, Up, Down, Left, Right];
    let letters = (' '..='~').chain(['　', '，', '依']).map(Char);
    let codes: Vec<KeyCode> = named.into_iter().chain((1..=24).map(F)).chain(letters).collect();
    let held = [(true, false), (false, true), (true, true)];
    let keys = held.iter().flat_map(|&(ctrl, alt)| {
        let keys = codes.iter().map(move |&code| Key::new(code, ctrl, alt, false));
        keys.chain(codes.iter().map(move |&code| Key::new(code, ctrl, alt, true)))
    });
    let silent = codes.iter().filter(|code| !matches!(code, Char(_)));
    let silent = silent.flat_map(|&code| [false, true].map(|shift| Key::new(code, false, false, shift)));
    keys.chain(silent).collect()
}

#[test]
fn a_combination_bound_to_nothing_edits_nothing() {
    // As shipped, and with every combination taken away from its command.
    let shipped = Keymap::shipped();
    let rows = shipped.rows().iter().map(|row| {
        let scope = format!("{:?}", row.scope).to_lowercase();
        format!("(scope: {scope}, command: {}, on: []),", row.id())
    });
    let none = shipped.clone().with_overrides(&format!("[{}]", rows.collect::<String>())).unwrap();
    let places = [Scope::Everywhere, Scope::Typing, Scope::Text, Scope::Findings, Scope::Home, Scope::Folder];
    for scope in places.into_iter().chain([Scope::Window]) {
        for (mut editor, keys) in
            editors_for(scope).into_iter().flat_map(|editor| [(editor.clone(), &shipped), (editor, &none)])
        {
            editor.keys = keys.clone();
            let before = edited(&editor);
            let scope = editor.scope();
            for key in combinations().into_iter().filter(|key| keys.command(scope, *key).is_none()) {
                let effects = update(&mut editor, Msg::Event(Event::Key(key)));
                assert!(effects.is_empty(), "{scope:?} {key} {effects:?}");
            }
            assert_eq!(edited(&editor), before, "{scope:?}");
        }
    }
}

#[test]
fn the_program_is_left_from_lists_but_not_from_questions() {
    for keys in ["Ctrl+P", "Ctrl+F", "F12", "F1"] {
        let mut editor = open_editor(2025);
        press(&mut editor, keys);
        assert!(!editor.layers.is_empty(), "{keys} shows something");
        let effects = press(&mut editor, "Ctrl+Q");
        assert!(matches!(effects.as_slice(), [Effect::CloseDocument, Effect::Quit]), "{keys}: {effects:?}");
    }
    let mut editor = open_editor(2025);
    press(&mut editor, "Alt+3 3 Enter Ctrl+Q");
    assert_eq!(editor.layers.len(), 1, "the question whether to save");
    assert!(press(&mut editor, "Ctrl+Q").is_empty());
    assert_eq!(editor.layers.len(), 1, "it is still there");
}
