//! What the screen over a folder promises.

use std::path::{Path, PathBuf};

use super::super::event::Event;
use super::super::{Editor, Effect, Keymap, Msg, Opened, Page, update};
use super::{Folder, FolderImport, ImportedDocument};
use crate::compile::{Contribution, CurrentUnits, Roster, UnitFile};
use crate::draft::{Amount, Compiled, CompiledUnit, Draft, Value};
use crate::editor::layer::Layer;
use crate::form::Library;

/// One draft of a unit.
pub fn unit_file(unit: &str, year: u16, received: u32) -> UnitFile {
    UnitFile {
        file: PathBuf::from(format!("{unit}-{year}.ron")),
        unit: unit.into(),
        year: Some(year),
        received: Amount::Known(received.into()),
        handled: Amount::Known(received.into()),
        ..UnitFile::default()
    }
}

/// The screen over a folder with these files and this list of units.
pub fn folder_screen(roster: &str, all: Vec<UnitFile>) -> Editor {
    let today = jiff::civil::date(2026, 1, 12);
    let mut editor = Editor::new(Library::new(), Keymap::shipped(), 80, 24, Some(today));
    let roster = (!roster.is_empty()).then(|| Roster::parse(roster));
    update(&mut editor, Msg::FolderOpened { path: "各单位".into(), roster, words: None });
    update(&mut editor, Msg::FolderFiles { filed: all, ended: true });
    editor
}

fn folder(editor: &Editor) -> &Folder {
    editor.folder.as_deref().unwrap()
}

fn units(editor: &Editor) -> Vec<String> {
    folder(editor).rows.iter().map(|row| format!("{} {}", row.unit, row.status_label)).collect()
}

fn press(editor: &mut Editor, keys: &str) -> Vec<Effect> {
    keys.split_whitespace()
        .flat_map(|key| update(editor, Msg::Event(Event::Key(key.parse().unwrap()))))
        .collect()
}

#[test]
fn all_units_stand_in_the_order_of_the_roster() {
    let all = vec![unit_file("丙局", 2025, 3), unit_file("甲局", 2025, 1), unit_file("外局", 2025, 1)];
    let mut editor = folder_screen("甲局\n乙局\n丙局", all);
    assert_eq!(units(&editor), ["乙局 未报", "甲局 已报", "丙局 已报", "外局 已报"], "who is missing first");
    press(&mut editor, "Left");
    assert_eq!(units(&editor), ["甲局 已报", "乙局 未报", "丙局 已报", "外局 已报"]);
    let counts = &folder(&editor).counts;
    assert_eq!((counts.units, counts.filed, counts.missing), (3, 2, 1));
}

#[test]
fn who_has_to_be_reminded_stands_before_who_is_done() {
    let state = |unit: &str, change: fn(&mut UnitFile)| {
        let mut file = unit_file(unit, 2025, 3);
        change(&mut file);
        file
    };
    let all = vec![
        state("汇总", |file| file.compiled = true),
        state("已报", |_| ()),
        state("有错", |file| file.errors = 2),
        state("两份", |file| file.file = "一.ron".into()),
        state("两份", |file| file.file = "二.ron".into()),
        state("旧格式", |file| file.old_format = true),
        state("坏的", |file| file.error = Some("无法读取".into())),
    ];
    let mut editor = folder_screen("未报\n已报\n有错\n两份\n旧格式", all);
    let order = ["未报", "坏的", "旧格式", "两份", "两份", "有错", "已报", "汇总"];
    let names = |editor: &Editor| folder(editor).rows.iter().map(|row| row.unit.clone()).collect::<Vec<_>>();
    // A file that cannot be read is called by its name.
    assert_eq!(names(&editor).iter().filter(|name| *name != "坏的").count(), 7, "{:?}", names(&editor));
    assert_eq!(names(&editor), order);
    press(&mut editor, "F3");
    assert_eq!(names(&editor).first().map(String::as_str), Some("汇总"));
}

#[test]
fn a_change_is_large_by_number_and_by_part() {
    let change = |now, before| {
        let all = vec![unit_file("甲局", 2024, before), unit_file("甲局", 2025, now)];
        folder(&folder_screen("", all)).rows[0].is_large_change
    };
    assert!(change(241, 288) && change(30, 2) && change(0, 40));
    assert!(!change(9, 2), "a handful changes every year");
    assert!(!change(1030, 1000), "thirty of a thousand");
}

#[test]
fn a_draft_without_its_tables_is_not_filed_on_the_screen() {
    let unfinished =
        |unit| UnitFile { blank_tables: vec!["三".into()], errors: 1, ..unit_file(unit, 2025, 0) };
    let beside = UnitFile { file: "丙局-旧.ron".into(), ..unfinished("丙局") };
    let all = vec![unit_file("甲局", 2025, 1), unfinished("乙局"), unit_file("丙局", 2025, 3), beside];
    let mut editor = folder_screen("甲局\n乙局\n丙局\n丁局", all);
    assert_eq!(units(&editor), ["丁局 未报", "乙局 未填完", "丙局 未填完", "甲局 已报", "丙局 已报"]);
    let counts = &folder(&editor).counts;
    assert_eq!((counts.units, counts.missing, counts.unfinished), (4, 1, 1));
    update(&mut editor, Msg::Event(Event::Paste("未填完 乙".into())));
    assert_eq!(units(&editor), ["乙局 未填完"]);
}

#[test]
fn the_year_collected_is_compared_with_the_one_before() {
    let all = vec![unit_file("甲局", 2024, 9), unit_file("甲局", 2025, 12), unit_file("乙局", 2024, 4)];
    let mut editor = folder_screen("甲局\n乙局", all);
    assert_eq!(folder(&editor).year, Some(2025));
    assert_eq!(units(&editor), ["乙局 未报", "甲局 已报"]);
    assert_eq!(folder(&editor).rows[1].change, Some(3.into()));
    assert_eq!(folder(&editor).counts.other_years, 2);
    press(&mut editor, "F4");
    assert_eq!(units(&editor), ["甲局 已报", "乙局 已报"]);
    press(&mut editor, "F4");
    assert_eq!(folder(&editor).year, Some(2025), "and round again");
}

#[test]
fn of_two_drafts_of_one_unit_neither_is_chosen() {
    let mut second = unit_file("甲局", 2025, 5);
    second.file = "甲局二.ron".into();
    let editor = folder_screen("", vec![unit_file("甲局", 2025, 4), second]);
    assert_eq!(units(&editor), ["甲局 多份", "甲局 多份"]);
}

#[test]
fn a_file_that_comes_twice_at_once_is_one_row() {
    let again = UnitFile { warnings: 1, ..unit_file("甲局", 2025, 4) };
    let editor = folder_screen("", vec![unit_file("甲局", 2025, 4), again]);
    assert_eq!(units(&editor), ["甲局 已报"]);
    assert_eq!(folder(&editor).files[0].warnings, 1);
}

#[test]
fn numbers_sort_from_the_largest_with_the_others_last() {
    let mut unknown = unit_file("丁局", 2025, 0);
    unknown.received = Amount::Unknown;
    let all =
        vec![unit_file("甲局", 2025, 2), unknown, unit_file("乙局", 2025, 30), unit_file("丙局", 2025, 7)];
    let mut editor = folder_screen("", all);
    let order =
        |editor: &Editor| units(editor).iter().filter_map(|unit| unit.chars().next()).collect::<String>();
    press(&mut editor, "Right Right");
    assert_eq!(order(&editor), "乙丙甲丁");
    press(&mut editor, "F3");
    assert_eq!(order(&editor), "甲丙乙丁");
}

#[test]
fn the_unit_chosen_stays_chosen_while_more_come() {
    let mut editor = folder_screen("", vec![unit_file("乙局", 2025, 2), unit_file("丙局", 2025, 3)]);
    press(&mut editor, "Down");
    let more = vec![unit_file("一局", 2025, 1), unit_file("丁局", 2025, 9)];
    update(&mut editor, Msg::FolderFiles { filed: more, ended: false });
    assert_eq!(folder(&editor).selected_row().unwrap().unit, "乙局");
    press(&mut editor, "Right Right");
    assert_eq!(folder(&editor).selected, 0, "another order begins at its top");
}

#[test]
fn typing_narrows_and_escape_lists_all_again() {
    let mut editor = folder_screen("甲局\n乙局", vec![unit_file("甲局", 2025, 2)]);
    update(&mut editor, Msg::Event(Event::Paste("未报".into())));
    assert_eq!(units(&editor), ["乙局 未报"]);
    assert!(press(&mut editor, "Enter").is_empty() && editor.notification.contains("未报送"));
    press(&mut editor, "Esc");
    assert_eq!(units(&editor).len(), 2);
}

#[test]
fn opening_a_file_that_is_gone_makes_no_new_report() {
    let mut editor = folder_screen("", vec![unit_file("甲局", 2025, 2)]);
    let effects = press(&mut editor, "Enter");
    assert!(matches!(effects.as_slice(), [Effect::Open(_)]), "{effects:?}");
    update(&mut editor, Msg::Missing("甲局-2025.ron".into()));
    assert!(matches!(editor.page, Page::Folder) && editor.layers.len() == 1);
    press(&mut editor, "Esc");
    assert!(editor.layers.is_empty() && editor.navigation.back_stack.is_empty());
    assert!(matches!(press(&mut editor, "Ctrl+Q").as_slice(), [Effect::CloseDocument, Effect::Quit]));
}

#[test]
fn a_folder_without_drafts_takes_every_key() {
    let mut editor = folder_screen("", Vec::new());
    for row in Keymap::shipped().rows() {
        for key in &row.on {
            press(&mut editor, &key.to_string());
        }
    }
}

/// A report of a unit, or one added up from the first, as it comes to the desk.
fn opened(name: &str, compiled: bool) -> Msg {
    let library = Library::new();
    let mut draft = Draft::new(name, 2025, &library);
    for cell in ["disclosure.licensing.decisions", "requests.new.natural", "review.direct_suit.upheld"] {
        draft.set(cell, Value::Count(3));
    }
    if compiled {
        let units =
            vec![CompiledUnit { unit: "甲局".into(), file: "甲局.ron".into(), print: "旧".into() }];
        draft.compiled = Some(Compiled { units, ..Compiled::default() });
    }
    let form = draft.form(&library).unwrap();
    let path = Some(PathBuf::from(format!("各单位/{name}.ron")));
    Msg::Opened(Ok(Box::new(Opened { path, form, draft, last_year: None, message: String::new() })))
}

/// Answers what reads the units of a compiled report.
fn answer(editor: &mut Editor, effects: Vec<Effect>) {
    for effect in effects {
        if let Effect::ReadUnits { path, form, draft } = effect {
            let mut gathered = CurrentUnits::default();
            let compiled = draft.compiled.as_ref().unwrap();
            for part in &compiled.units {
                gathered.add_unit(&form, &draft, part, Ok(Contribution::of(&form, &draft)), true);
            }
            gathered.finish(&form, compiled);
            update(editor, Msg::UnitsRead(path, Box::new(gathered)));
        }
    }
}

#[test]
fn from_the_folder_to_the_total_to_a_unit_and_all_the_way_back() {
    let mut editor = folder_screen("", vec![unit_file("示例县", 2025, 3)]);
    let opens = |effects: &[Effect], name: &str| {
        assert!(matches!(effects, [Effect::Open(path)] if path == Path::new(name)), "{effects:?}");
    };
    opens(&press(&mut editor, "Enter"), "示例县-2025.ron");
    let effects = update(&mut editor, opened("示例县", true));
    answer(&mut editor, effects);
    opens(&press(&mut editor, "Alt+3 Right Alt+U Enter"), "各单位/甲局.ron");
    update(&mut editor, opened("甲局", false));
    assert_eq!(editor.navigation.back_stack.len(), 2);
    // A change that is not saved is asked about on the way; not saving it leads on.
    press(&mut editor, "Alt+3 9 Enter Ctrl+Q");
    opens(&press(&mut editor, "Right Enter"), "各单位/示例县.ron");
    let effects = update(&mut editor, opened("示例县", true));
    answer(&mut editor, effects);
    let (document, view) = editor.open_report().unwrap();
    assert_eq!(
        view.current_field(document).unwrap().as_str(),
        "requests.new.business",
        "the cell that was looked at"
    );
    let effects = press(&mut editor, "Ctrl+Q");
    assert!(matches!(effects.as_slice(), [Effect::CloseDocument, Effect::ReadUnitFile(_)]), "{effects:?}");
    assert!(matches!(editor.page, Page::Folder) && editor.navigation.back_stack.is_empty());
}

#[test]
fn a_folder_known_from_before_is_kept_for_the_first_screen() {
    let today = jiff::civil::date(2026, 1, 12);
    let mut editor = Editor::new(Library::new(), Keymap::shipped(), 80, 24, Some(today));
    update(&mut editor, Msg::FolderKnown("各单位".into(), Some(Roster::parse("甲局\n乙局"))));
    update(&mut editor, Msg::FolderFiles { filed: vec![unit_file("甲局", 2025, 2)], ended: true });
    assert!(matches!(editor.page, Page::Home(_)), "it is not opened by itself");
    assert_eq!(folder(&editor).missing_units().collect::<Vec<_>>(), ["乙局"]);
    let effects = press(&mut editor, "d");
    assert!(matches!(effects.as_slice(), [Effect::ReadFolder(path)] if path.to_str() == Some("各单位")));
}

#[test]
fn a_report_carried_on_is_a_new_one_beside_the_old() {
    let today = jiff::civil::date(2026, 1, 12);
    let mut editor = Editor::new(Library::new(), Keymap::shipped(), 80, 24, Some(today));
    press(&mut editor, "c");
    update(&mut editor, Msg::Event(Event::Paste("各单位/甲局-2024.ron".into())));
    let effects = press(&mut editor, "Enter");
    assert!(matches!(effects.as_slice(), [Effect::Carry(_)]), "{effects:?}");
    let library = Library::new();
    let draft = Draft::new("甲局", 2025, &library);
    let form = draft.form(&library).unwrap();
    let path = Some(PathBuf::from("各单位/甲局-2025.ron"));
    let carried = Opened { path, form, draft, last_year: None, message: String::new() };
    let effects = update(&mut editor, Msg::Carried(Box::new(carried)));
    assert!(matches!(effects.as_slice(), [Effect::StartJournal { path: Some(_), .. }]), "{effects:?}");
    assert!(editor.is_modified(), "nothing of it is on disk");
}

#[test]
fn the_documents_of_a_folder_are_imported_on_one_key() {
    let mut editor = folder_screen("甲局\n乙局", vec![unit_file("丙局", 2025, 3)]);
    let effects = press(&mut editor, "F6");
    assert!(matches!(effects.as_slice(), [Effect::ImportFolder(path)] if path.to_str() == Some("各单位")));
    assert!(press(&mut editor, "F6").is_empty(), "once at a time");
    let document = |name: &str, filed, remark: &str| ImportedDocument {
        file: format!("各单位/{name}").into(),
        filed,
        remark: remark.into(),
    };
    let import = |documents, ended| {
        Msg::FolderImport(FolderImport { folder: "各单位".into(), total: 3, documents, ended })
    };
    let filed = Some(unit_file("甲局", 2025, 1));
    update(&mut editor, import(vec![document("甲.docx", filed, "")], false));
    assert_eq!(folder(&editor).importing, Some((1, 3)));
    assert_eq!(units(&editor), ["乙局 未报", "甲局 已报", "丙局 已报"]);
    let filed = Some(unit_file("乙局", 2025, 2));
    let rest = vec![document("乙.pdf", filed, "待核对 2 栏"), document("丁.doc", None, "未能导入。原因")];
    update(&mut editor, import(rest, true));
    assert_eq!(folder(&editor).importing, None);
    assert_eq!(units(&editor), ["甲局 已报", "乙局 已报", "丙局 已报"]);
    let Some(Layer::Message { lines, .. }) = editor.layers.last() else { panic!("{:?}", editor.layers) };
    assert_eq!(lines, &["乙.pdf：待核对 2 栏", "丁.doc：未能导入。原因"]);
    // What comes of a folder that is no longer shown is left to its files.
    let elsewhere = FolderImport { folder: "别处".into(), total: 1, documents: Vec::new(), ended: true };
    update(&mut editor, Msg::FolderImport(elsewhere));
    assert_eq!(editor.layers.len(), 1);
}

#[test]
fn the_units_counted_are_those_of_the_list() {
    let wrong = UnitFile { errors: 2, ..unit_file("甲局", 2025, 1) };
    let unfinished = UnitFile { blank_tables: vec!["三".into()], errors: 1, ..unit_file("修改", 2025, 0) };
    let twice = UnitFile { errors: 1, file: "乙局-旧.ron".into(), ..unit_file("乙局", 2025, 1) };
    let all = vec![wrong, unit_file("乙局", 2025, 1), twice, unfinished];
    let counts = folder(&folder_screen("甲局\n乙局\n丙局", all)).counts.clone();
    assert_eq!((counts.units, counts.filed, counts.missing, counts.unfinished), (3, 2, 1, 0));
    assert_eq!((counts.with_errors, counts.unlisted), (2, 1), "units, not files");
}

#[test]
fn esc_ends_the_search_and_then_leads_home() {
    let mut editor = folder_screen("", vec![unit_file("甲局", 2025, 1), unit_file("乙局", 2025, 1)]);
    press(&mut editor, "甲 Esc");
    assert_eq!((units(&editor).len(), matches!(editor.page, Page::Folder)), (2, true));
    press(&mut editor, "Esc");
    assert!(matches!(editor.page, Page::Home(_)));
}

#[test]
fn nobody_is_called_missing_before_all_is_read() {
    let mut editor = folder_screen("甲局\n乙局", Vec::new());
    let roster = folder(&editor).roster.clone();
    update(&mut editor, Msg::FolderOpened { path: "各单位".into(), roster, words: None });
    let states = |editor: &Editor| -> Vec<String> {
        let folder = folder(editor);
        folder.rows.iter().map(|row| folder.cell_text(row, super::FolderColumn::State)).collect()
    };
    let read = |filed, ended| Msg::FolderFiles { filed, ended };
    update(&mut editor, read(vec![unit_file("甲局", 2025, 1)], false));
    assert_eq!(states(&editor), ["正在读取", "已报"]);
    update(&mut editor, read(Vec::new(), true));
    assert_eq!(states(&editor), ["未报", "已报"]);
}
