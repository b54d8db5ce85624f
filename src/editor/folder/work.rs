//! What is done with all units of a folder: adding them up, sending reports back, reminding, listing.

use std::path::{Path, PathBuf};

use super::columns::FolderColumn;
use super::listing::{Folder, FolderRow};
use crate::compile::{UnitFile, UnitStatus};
use crate::editor::action::{Action, notify};
use crate::editor::layer::{ConfirmAction, Layer, PromptKind};
use crate::editor::msg::{Effect, SaveError};
use crate::editor::navigation::BackTarget;
use crate::editor::state::Editor;
use crate::export::{Format, NOTES_NAME};
use crate::text::safe_file_name;

/// How many units with errors are named.
const NAMED: usize = 3;

/// How many lines a question shows of what was said.
const MAX_LINES: usize = 8;

impl Folder {
    /// The drafts of the year that are shown, sums apart.
    fn unit_files(&self) -> impl Iterator<Item = &UnitFile> {
        let of_year = |file: &&UnitFile| file.year == self.year || file.error.is_some();
        self.files.iter().filter(of_year).filter(|file| !file.compiled)
    }
}

/// What is said instead of something that is done with all units, while some of them are not read yet.
pub fn refuse_while_reading(editor: &Editor) -> Option<Vec<Action>> {
    let folder = editor.folder.as_deref().filter(|folder| !folder.complete)?;
    Some(notify(format!("正在读取各单位的草稿，已读 {} 份，请读完后再试", folder.files.len())))
}

/// Asks for the name of the whole, and the file, to add the units up.
pub fn prompt_compile(editor: &Editor) -> Vec<Action> {
    let Some(folder) = editor.folder.as_deref() else { return Vec::new() };
    if folder.unit_files().all(|file| file.error.is_some()) {
        return notify("这个文件夹里没有可汇总的草稿");
    }
    let year = folder.year.map_or(String::new(), |year| format!("-{year}"));
    let fields = [("汇总单位", common_government(folder)), ("文件名", format!("汇总{year}.ron"))];
    let fields: Vec<(&'static str, &str)> =
        fields.iter().map(|(label, text)| (*label, text.as_str())).collect();
    vec![Layer::prompt(PromptKind::Compile, &fields).into()]
}

/// The government to which the units belong: the place by which most of their names begin.
fn common_government(folder: &Folder) -> String {
    let names = folder.unit_files().map(|file| file.unit.as_str()).filter(|unit| !unit.is_empty());
    let names: Vec<&str> = names.collect();
    let begin = |place: &&str| names.iter().filter(|name| name.starts_with(place)).count() * 2 > names.len();
    let places = names.iter().flat_map(|name| {
        name.match_indices(|c| "省市州盟县区旗".contains(c)).map(|(at, end)| &name[..at + end.len()])
    });
    let place = places.filter(begin).max_by_key(|place| place.len());
    place.map_or(String::new(), |place| format!("{place}人民政府"))
}

/// Adds the units up into a file; with `again`, one that is there takes the numbers anew.
pub fn compile_units(editor: &Editor, unit: String, name: &str, again: bool) -> Vec<Action> {
    let Some(folder) = editor.folder.as_deref() else { return Vec::new() };
    let name = if name.ends_with(".ron") { name.to_string() } else { format!("{name}.ron") };
    let files = folder.unit_files().map(|file| file.file.clone()).collect();
    let output = folder.path.join(name);
    let effect = Effect::Compile { files, folder: folder.path.clone(), output, unit, again };
    vec![Action::Notify("正在汇总……".into()), effect.into()]
}

/// The units were added up, or were not.
pub fn on_compiled(
    editor: &mut Editor,
    output: PathBuf,
    unit: String,
    result: Result<Vec<String>, SaveError>,
) -> Vec<Action> {
    editor.notification.clear();
    let shown = editor.shown_path(&output);
    match result {
        Ok(mut lines) => {
            if let Some(wrong) = editor.folder.as_deref().and_then(describe_wrong_units) {
                lines.insert(1.min(lines.len()), wrong);
            }
            let all = lines.len();
            lines.truncate(MAX_LINES);
            if all > MAX_LINES {
                lines.push("……".into());
            }
            let message = lines.join("\n").replace(&output.display().to_string(), &shown);
            let answers =
                vec![("打开汇总", ConfirmAction::OpenUnit(output.clone())), ("返回", ConfirmAction::Dismiss)];
            let ask = Layer::Confirm { title: "汇总完成", message, answers, at: 0 };
            vec![ask.into(), Effect::ReadUnitFile(output).into()]
        }
        Err(SaveError::Exists) => {
            let name = output.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let message = format!("“{shown}”已存在。重新取数后，其中的文字、封面和调整不变。");
            let again = ConfirmAction::CompileAgain { unit, name };
            let answers = vec![("取消", ConfirmAction::Dismiss), ("重新取数", again)];
            vec![Layer::Confirm { title: "文件已存在", message, answers, at: 0 }.into()]
        }
        Err(SaveError::Failed(why)) => {
            let lines = why.lines().map(String::from).collect();
            vec![Layer::Message { title: "没有汇总".into(), lines, top: 0 }.into()]
        }
        Err(_) => Vec::new(),
    }
}

/// The units among those added up whose reports have errors.
fn describe_wrong_units(folder: &Folder) -> Option<String> {
    let is_wrong = |file: &&UnitFile| file.error.is_none() && file.is_finished() && file.errors > 0;
    let wrong: Vec<&str> = folder.unit_files().filter(is_wrong).map(|file| file.unit.as_str()).collect();
    let more = if wrong.len() > NAMED { " 等" } else { "" };
    let names = wrong.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
    (!wrong.is_empty()).then(|| format!("其中有错误，已经计入（{}）：{names}{more}", wrong.len()))
}

/// Opens a draft of the folder; leaving it leads back.
pub fn open_unit_file(editor: &mut Editor, path: PathBuf) -> Vec<Action> {
    editor.navigation.return_after_open = Some(BackTarget::Folder);
    vec![Effect::Open(path).into()]
}

/// Asks before a note is written for every unit with errors.
pub fn ask_return_notes(editor: &Editor) -> Vec<Action> {
    let Some(folder) = editor.folder.as_deref() else { return Vec::new() };
    let files: Vec<PathBuf> =
        folder.unit_files().filter(|file| file.errors > 0).map(|file| file.file.clone()).collect();
    if files.is_empty() {
        return notify("没有查出错误的报告，不需要退回");
    }
    let target = folder.path.join(NOTES_NAME);
    let message = format!(
        "为 {} 份有错误的报告各写一份退回意见（表、栏、现为、应为），存到“{}”。同名文件将被替换。",
        files.len(),
        editor.shown_path(&target)
    );
    // Who adds the units up has said so on the sum's cover.
    let sum = folder.files.iter().find(|file| file.compiled && file.year == folder.year);
    let write = |format| ConfirmAction::WriteNotes {
        folder: target.clone(),
        files: files.clone(),
        format,
        sender: sum.map_or(String::new(), |file| file.unit.clone()),
    };
    let answers = vec![
        ("写成 Word 文件", write(Format::Docx)),
        ("写成纯文本", write(Format::Text)),
        ("取消", ConfirmAction::Dismiss),
    ];
    vec![Layer::Confirm { title: "退回意见", message, answers, at: 0 }.into()]
}

/// Copies the units that have not filed, as a text to be sent.
pub fn copy_reminder(editor: &mut Editor) -> Vec<Action> {
    let Some(folder) = editor.folder.as_deref() else { return Vec::new() };
    if folder.roster.is_none() {
        return notify("文件夹里没有应报单位名单（名单.txt，一行一个单位），不知道哪些单位未报送");
    }
    let waiting = |row: &&FolderRow| matches!(row.status, Some(UnitStatus::Missing | UnitStatus::Unfinished));
    let units: Vec<String> = folder.all_rows().iter().filter(waiting).map(reminder_line).collect();
    if units.is_empty() {
        return notify("应报单位均已报送");
    }
    let year = folder.year.map_or(String::new(), |year| format!("{year}年度"));
    let due = folder
        .due()
        .map_or(String::new(), |due| format!("{}年{}月{}日前", due.year(), due.month(), due.day()));
    let list: Vec<String> = (1..).zip(&units).map(|(number, unit)| format!("{number}. {unit}")).collect();
    let text = format!(
        "以下 {} 个单位尚未报送{year}政府信息公开工作年度报告，请于{due}报送：\n{}\n",
        units.len(),
        list.join("\n")
    );
    let message = format!("已复制催报名单（{} 个单位），可粘贴到其他程序", units.len());
    editor.clipboard.clone_from(&text);
    vec![Effect::Copy(text).into(), Action::Notify(message)]
}

fn reminder_line(row: &FolderRow) -> String {
    if row.status == Some(UnitStatus::Unfinished) {
        format!("{}（未填完）", row.unit)
    } else {
        row.unit.clone()
    }
}

/// Asks in which format the table of the units is wanted.
pub fn ask_table_format(editor: &Editor) -> Vec<Action> {
    let Some(folder) = editor.folder.as_deref() else { return Vec::new() };
    let count = folder.all_rows().len();
    let message = format!("导出全部 {count} 行：单位、状态、问题、新收、办结、结转、比上年、文件。");
    let answers = vec![
        ("Excel 表格", ConfirmAction::NameTable(Format::Xlsx)),
        ("CSV 表格", ConfirmAction::NameTable(Format::Csv)),
        ("取消", ConfirmAction::Dismiss),
    ];
    vec![Layer::Confirm { title: "导出单位一览表", message, answers, at: 0 }.into()]
}

/// The name proposed for the table of the units.
pub fn table_path(editor: &Editor, format: Format) -> Option<PathBuf> {
    let folder = editor.folder.as_deref()?;
    let year = folder.year.map_or(String::new(), |year| format!("-{year}"));
    Some(folder.path.join(safe_file_name("单位一览", &format!("{year}.{}", format.extension()))))
}

/// Writes the table of the units, as a workbook where the name says so.
pub fn export_table(editor: &Editor, path: &Path, overwrite: bool) -> Vec<Action> {
    let Some(folder) = editor.folder.as_deref() else { return Vec::new() };
    let headings = FolderColumn::ALL.iter().map(|column| column.heading().to_string()).chain(["文件".into()]);
    let row = |row: &FolderRow| {
        let file = folder.file_of(row).map(|file| file.file.strip_prefix(&folder.path).unwrap_or(&file.file));
        let file = file.map_or(String::new(), |file| file.display().to_string());
        FolderColumn::ALL.iter().map(|column| folder.cell_text(row, *column)).chain([file]).collect()
    };
    let rows = folder.all_rows();
    let lines: Vec<Vec<String>> = [headings.collect()].into_iter().chain(rows.iter().map(row)).collect();
    let is_workbook = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let format = if is_workbook { Format::Xlsx } else { Format::Csv };
    vec![Effect::WriteTable { format, path: path.into(), rows: lines, overwrite }.into()]
}

/// The table was written, or was not.
pub fn on_table_written(editor: &Editor, path: PathBuf, result: Result<(), SaveError>) -> Vec<Action> {
    match result {
        Ok(()) => notify(format!("已导出到“{}”", editor.shown_path(&path))),
        Err(SaveError::Exists) => {
            let message = format!("“{}”已存在，是否覆盖？", editor.shown_path(&path));
            let answers =
                vec![("取消", ConfirmAction::Dismiss), ("覆盖原文件", ConfirmAction::ExportTable(path))];
            vec![Layer::Confirm { title: "文件已存在", message, answers, at: 0 }.into()]
        }
        Err(SaveError::Failed(why)) => {
            vec![Layer::Message { title: "导出失败".into(), lines: vec![why], top: 0 }.into()]
        }
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{folder_screen, unit_file};
    use crate::compile::UnitFile;
    use crate::editor::layer::Layer;
    use crate::editor::tests::press;
    use crate::editor::{Editor, Effect, Msg, SaveError, update};
    use crate::export::Format;

    fn editor() -> Editor {
        let wrong = UnitFile { errors: 2, ..unit_file("示例县教育局", 2025, 3) };
        let other_year = unit_file("示例县水利局", 2024, 3);
        let units = vec![wrong, unit_file("示例县水利局", 2025, 5), other_year];
        folder_screen("示例县教育局\n示例县水利局\n示例县民政局\n", units)
    }

    #[test]
    fn the_units_of_the_year_are_added_up_under_a_proposed_name() {
        let mut editor = editor();
        let effects = press(&mut editor, "F7 Enter Enter");
        let [Effect::Compile { files, output, unit, again: false, .. }] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert_eq!((files.len(), unit.as_str()), (2, "示例县人民政府"));
        assert!(output.ends_with("汇总-2025.ron"), "{output:?}");
        let msg =
            Msg::Compiled { output: output.clone(), unit: unit.clone(), result: Err(SaveError::Exists) };
        update(&mut editor, msg);
        let again = press(&mut editor, "Right Enter");
        assert!(matches!(&again[..], [Effect::Compile { again: true, .. }]), "{again:?}");
        let result = Ok(vec!["已汇总 2 个单位".to_string()]);
        update(&mut editor, Msg::Compiled { output: output.clone(), unit: unit.clone(), result });
        let Some(Layer::Confirm { message, .. }) = editor.layers.last() else { panic!("not said") };
        assert_eq!(message, "已汇总 2 个单位\n其中有错误，已经计入（1）：示例县教育局");
        let opened = press(&mut editor, "Enter");
        assert!(matches!(&opened[..], [Effect::Open(path)] if path == output), "{opened:?}");
    }

    #[test]
    fn the_government_is_that_of_most_units() {
        let proposed = |names: &[&str]| {
            let units = names.iter().map(|name| unit_file(name, 2025, 3)).collect();
            super::common_government(folder_screen("", units).folder.as_deref().unwrap())
        };
        let most = ["示例县教育局", "示例县市场监督管理局", "示例县水利局", "示例镇人民政府"];
        assert_eq!(proposed(&most), "示例县人民政府");
        assert_eq!(proposed(&["甲县教育局", "乙县教育局", "水利局"]), "");
    }

    #[test]
    fn nothing_is_done_with_all_units_before_all_are_read() {
        let mut editor = folder_screen("", vec![unit_file("示例县教育局", 2025, 3)]);
        press(&mut editor, "F5");
        update(&mut editor, Msg::FolderOpened { path: "各单位".into(), roster: None, words: None });
        for key in ["F7", "F9", "F10", "Ctrl+E"] {
            assert!(press(&mut editor, key).is_empty() && editor.layers.is_empty(), "{key}");
            assert!(editor.notification.contains("正在读取"), "{key}: {}", editor.notification);
        }
    }

    #[test]
    fn only_reports_with_errors_are_sent_back() {
        let mut editor = editor();
        let effects = press(&mut editor, "F9 Enter");
        let [Effect::WriteNotes { folder, files, format: Format::Docx, .. }] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert!(folder.ends_with(super::NOTES_NAME) && files.len() == 1, "{files:?}");
        let effects = press(&mut editor, "F9 Right Enter");
        assert!(matches!(&effects[..], [Effect::WriteNotes { format: Format::Text, .. }]), "{effects:?}");
    }

    #[test]
    fn the_reminder_names_who_has_not_filed_and_until_when() {
        let mut editor = editor();
        let effects = press(&mut editor, "F10");
        let [Effect::Copy(text)] = &effects[..] else { panic!("{effects:?}") };
        assert!(text.contains("2025年度") && text.contains("1. 示例县民政局\n"), "{text}");
        assert!(text.contains("2026年1月31日前报送") && !text.contains("教育局"), "{text}");
    }

    #[test]
    fn the_table_has_every_unit_whatever_is_typed() {
        let mut editor = editor();
        let table = |effects: Vec<Effect>| {
            let written = effects.into_iter().find_map(|effect| match effect {
                Effect::WriteTable { format, rows, path, .. } => Some((format, rows, path)),
                _ => None,
            });
            written.unwrap()
        };
        let (format, rows, path) = table(press(&mut editor, "水 Ctrl+E Right Enter Enter"));
        assert!(path.ends_with("单位一览-2025.csv") && format == Format::Csv);
        assert_eq!(rows.len(), 4, "{rows:?}");
        assert!(rows.iter().any(|row| row[..2] == ["示例县民政局", "未报"]), "{rows:?}");
        let (format, again, path) = table(press(&mut editor, "Ctrl+E Enter Enter"));
        assert!(path.ends_with("单位一览-2025.xlsx") && format == Format::Xlsx);
        assert_eq!(again, rows);
    }
}
