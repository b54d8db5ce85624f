//! What keys do in the list of files.

use std::path::{Path, PathBuf};

use super::listing::FileList;
use super::rows::file_rows;
use crate::editor::layer::Layer;
use crate::editor::tests::{open_editor, press};
use crate::editor::{
    DraftProgress, DraftSummary, Editor, Effect, Keymap, ListedFile, ListedKind, Msg, update,
};
use crate::form::Library;
use crate::import::FileKind;

fn file(path: &str, kind: ListedKind) -> ListedFile {
    ListedFile { path: path.into(), kind, bytes: 9, saved_at: None, summary: None }
}

/// Answers as a disk does that has a few files in `/家/年报`.
fn answer(editor: &mut Editor, effects: Vec<Effect>) -> Vec<Effect> {
    let mut others = Vec::new();
    for effect in effects {
        let Effect::ListFiles(folder) = effect else {
            others.push(effect);
            continue;
        };
        let files = match folder.to_string_lossy().replace('\\', "/").as_str() {
            "/" => Ok(vec![file("/家", ListedKind::Folder)]),
            "/家" => Ok(vec![file("/家/下载", ListedKind::Folder), file("/家/年报", ListedKind::Folder)]),
            "/家/年报" => Ok(vec![
                file("/家/年报/2024", ListedKind::Folder),
                file("/家/年报/水利局-2025.ron", ListedKind::Draft),
                file("/家/年报/水务局-2025.ron", ListedKind::Draft),
                file("/家/年报/公报.docx", ListedKind::Report(FileKind::Word)),
            ]),
            "/同名" => {
                Ok(vec![file("/同名/config", ListedKind::Folder), file("/同名/f", ListedKind::Folder)])
            }
            _ => Err("没有这个文件夹".to_string()),
        };
        let more = update(editor, Msg::FilesListed(folder, files));
        others.extend(answer(editor, more));
    }
    others
}

fn keys(editor: &mut Editor, keys: &str) -> Vec<Effect> {
    keys.split_whitespace()
        .flat_map(|key| {
            let effects = press(editor, key);
            answer(editor, effects)
        })
        .collect()
}

fn at_home() -> Editor {
    let mut editor = Editor::new(Library::new(), Keymap::shipped(), 80, 24, None);
    editor.current_dir = "/家/年报".into();
    editor.home_dir = Some("/家".into());
    editor
}

fn list(editor: &Editor) -> &FileList {
    match editor.layers.last() {
        Some(Layer::Files(list)) => list,
        other => panic!("no list of files: {other:?}"),
    }
}

fn names(editor: &Editor) -> Vec<String> {
    file_rows(list(editor)).into_iter().map(|row| row.name).collect()
}

fn opened(effects: &[Effect]) -> &Path {
    match effects {
        [Effect::Open(path)] => path,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_draft_is_opened_by_its_pinyin_initials() {
    let mut editor = at_home();
    keys(&mut editor, "o");
    assert_eq!(
        names(&editor),
        ["这个文件夹（内有草稿 2 份）", "2024/", "水利局-2025.ron", "水务局-2025.ron", "公报.docx"]
    );
    keys(&mut editor, "s w j");
    assert_eq!(names(&editor), ["水务局-2025.ron"]);
    let effects = keys(&mut editor, "Enter");
    assert_eq!(opened(&effects), Path::new("/家/年报/水务局-2025.ron"));
    assert!(editor.layers.is_empty());
}

#[test]
fn left_goes_up_and_chooses_the_folder_left() {
    let mut editor = at_home();
    keys(&mut editor, "o g Backspace Left");
    assert_eq!((list(&editor).folder.as_path(), list(&editor).at), (Path::new("/家"), Some(1)));
    keys(&mut editor, "Enter");
    assert_eq!(list(&editor).folder, Path::new("/家/年报"));
    keys(&mut editor, "Left Left Left Left");
    assert_eq!(list(&editor).folder, Path::new("/"), "there is nothing over the root");
}

#[test]
fn backspace_held_down_stays_in_the_folder() {
    let mut editor = at_home();
    keys(&mut editor, "o g Backspace Backspace Backspace");
    assert_eq!(list(&editor).folder, Path::new("/家/年报"));
    let mut editor = open_editor(2025);
    editor.current_dir = "/家/年报".into();
    keys(&mut editor, &format!("Ctrl+P l c w Enter {}", "Backspace ".repeat(20)));
    assert_eq!((list(&editor).folder.as_path(), list(&editor).line.text()), (Path::new("/家/年报"), ""));
    keys(&mut editor, ". . Enter");
    assert_eq!(list(&editor).folder, Path::new("/家"), "two dots go up");
}

#[test]
fn a_folder_whose_whole_name_is_typed_is_opened() {
    let mut editor = at_home();
    editor.current_dir = "/同名".into();
    keys(&mut editor, "o f");
    assert_eq!((names(&editor), list(&editor).at), (vec!["config/".into(), "f/".into()], Some(1)));
    keys(&mut editor, "Enter");
    assert_eq!(list(&editor).folder, Path::new("/同名/f"));
    keys(&mut editor, "Esc d / 同 名 / f");
    let effects = keys(&mut editor, "Enter");
    assert!(
        matches!(&effects[..], [Effect::ReadFolder(path)] if path == Path::new("/同名/f")),
        "{effects:?}"
    );
}

#[test]
fn an_absolute_path_replaces_the_proposed_name() {
    let mut editor = open_editor(2025);
    editor.current_dir = "/家/年报".into();
    keys(&mut editor, "Ctrl+P l c w Enter / 家 / x");
    assert_eq!((list(&editor).folder.as_path(), list(&editor).line.text()), (Path::new("/家"), "x"));
    keys(&mut editor, "Ctrl+U");
    assert_eq!(list(&editor).line.text(), "");
}

#[test]
fn a_typed_path_leads_to_its_folder() {
    // Also with the separator of the system, where that is another one.
    for separator in ["/", std::path::MAIN_SEPARATOR_STR] {
        let mut editor = at_home();
        keys(&mut editor, &"o ~ / 下 载 /".replace('/', separator));
        assert_eq!(list(&editor).folder, Path::new("/家/下载"));
        assert!(matches!(list(&editor).files, Some(Err(_))));
        keys(&mut editor, &". . / 年 报 / 水 务".replace('/', separator));
        assert_eq!((list(&editor).folder.as_path(), names(&editor).len()), (Path::new("/家/年报"), 1));
        let effects = keys(&mut editor, "Enter");
        assert_eq!(opened(&effects), Path::new("/家/年报/水务局-2025.ron"));
    }
}

#[test]
fn tab_completes_as_far_as_the_names_agree() {
    let mut editor = at_home();
    keys(&mut editor, "o 水 Tab");
    assert_eq!((list(&editor).line.text(), list(&editor).at), ("水", Some(1)), "two names: the next row");
    keys(&mut editor, "务 Tab");
    assert_eq!(list(&editor).line.text(), "水务局-2025.ron");
    keys(&mut editor, "Esc o 2 0 2 4 / Esc o / 家 / 年 Tab");
    assert_eq!(list(&editor).folder, Path::new("/家/年报"), "the only folder is entered");
}

#[test]
fn a_name_that_is_not_there_is_asked_for_as_typed() {
    let mut editor = at_home();
    let effects = keys(&mut editor, "o 示 Enter");
    assert_eq!(opened(&effects), Path::new("/家/年报/示"));
    answer(&mut editor, effects);
    update(&mut editor, Msg::Missing("/家/年报/示".into()));
    let Some(Layer::Confirm { title, answers, .. }) = editor.layers.last() else { panic!("not asked") };
    assert_eq!(*title, "找不到文件");
    assert!(answers.iter().any(|(answer, _)| *answer == "新建报告"));
}

#[test]
fn a_report_in_the_list_is_imported_right_there() {
    let mut editor = at_home();
    let effects = keys(&mut editor, "o g b Enter");
    assert!(matches!(&effects[..], [Effect::Import(path)] if path == Path::new("/家/年报/公报.docx")));
    keys(&mut editor, "i");
    assert_eq!(names(&editor), ["2024/", "公报.docx"], "only what can be imported");
}

#[test]
fn a_file_that_is_there_gives_its_name_to_save_under() {
    let mut editor = open_editor(2025);
    editor.current_dir = "/家/年报".into();
    keys(&mut editor, "Ctrl+P l c w Enter");
    assert_eq!((list(&editor).line.text(), list(&editor).at), ("草稿.ron", None));
    assert_eq!(names(&editor), ["2024/", "水利局-2025.ron", "水务局-2025.ron"]);
    keys(&mut editor, "Down Down Enter");
    assert_eq!((list(&editor).line.text(), list(&editor).at), ("水利局-2025.ron", None));
    let effects = keys(&mut editor, "Enter");
    let saved = |effect: &Effect| match effect {
        Effect::Save { path, overwrite: false, .. } => Some(path.clone()),
        _ => None,
    };
    assert_eq!(effects.iter().find_map(saved), Some(PathBuf::from("/家/年报/水利局-2025.ron")));
}

#[test]
fn a_name_gets_the_ending_of_a_draft() {
    let mut editor = open_editor(2025);
    editor.current_dir = "/家/年报".into();
    keys(&mut editor, "Ctrl+P l c w Enter Backspace Backspace Backspace Backspace 二");
    let effects = keys(&mut editor, "Enter");
    let is_named =
        |effect: &Effect| matches!(effect, Effect::Save { path, .. } if path.ends_with("草稿二.ron"));
    assert!(effects.iter().any(is_named), "{effects:?}");
}

#[test]
fn a_folder_of_units_is_chosen_with_enter_and_entered_with_tab() {
    let mut editor = at_home();
    keys(&mut editor, "d Down Tab");
    assert_eq!(list(&editor).folder, Path::new("/家/年报/2024"));
    let effects = keys(&mut editor, "Esc d Down Enter");
    assert!(matches!(&effects[..], [Effect::ReadFolder(path)] if path == Path::new("/家/年报/2024")));
    let effects = keys(&mut editor, "d Enter");
    assert!(matches!(&effects[..], [Effect::ReadFolder(path)] if path == Path::new("/家/年报")));
    let effects = keys(&mut editor, "o Home Enter");
    assert!(
        matches!(&effects[..], [Effect::Open(path)] if path == Path::new("/家/年报")),
        "the first row too"
    );
    let effects = keys(&mut editor, "o End Enter");
    assert!(matches!(&effects[..], [Effect::Import(path)] if path.ends_with("公报.docx")), "the last row");
}

#[test]
fn saving_as_proposes_a_name_that_is_free() {
    let mut editor = open_editor(2025);
    editor.current_dir = "/家/年报".into();
    editor.home_dir = Some("/家".into());
    editor.document_mut().unwrap().path = Some("/家/年报/水务局-2025.ron".into());
    let effects = keys(&mut editor, "F12 Enter");
    let [Effect::Save { path, overwrite: false, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(path, Path::new("/家/年报/水务局-2025-2.ron"));
}

#[test]
fn last_years_report_of_the_unit_is_chosen_beforehand() {
    let mut editor = open_editor(2025);
    editor.current_dir = "/家/年报".into();
    let unit = editor.draft().unwrap().unit().to_string();
    keys(&mut editor, "Alt+L");
    let summary = |unit: &str, year| DraftSummary {
        unit: unit.into(),
        year: Some(year),
        progress: DraftProgress {
            cells: crate::draft::FilledCells { filled: 0, all: 1 },
            errors: 0,
            warnings: 0,
            due: None,
            state: crate::draft::ReportState::Filling,
        },
    };
    let read = [("水利局-2025.ron", summary(&unit, 2025)), ("水务局-2025.ron", summary(&unit, 2024))];
    let read = read.map(|(name, summary)| (Path::new("/家/年报").join(name), Ok(summary)));
    update(&mut editor, Msg::FilesRead(read.into()));
    let effects = keys(&mut editor, "Enter");
    let [Effect::ReadLastYear { last, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert!(last.ends_with("水务局-2025.ron"), "{last:?}");
}
