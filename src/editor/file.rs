//! Files from the editor's side: opening, saving, leaving, and what is asked on the way.

use std::path::{Path, PathBuf};

use super::action::{Action, notify};
use super::command::Command;
use super::document::Document;
use super::file_list::{self, FilePurpose};
use super::finding_entries;
use super::layer::{ConfirmAction, Layer, LeaveTarget, PromptKind};
use super::spoken_date::reporting_year;
use super::view::View;
use super::{BackTarget, Editor, Effect, Opened, Page, SaveError, SavedVersion, home};
use crate::check::RuleSettings;

/// Asks for the unit and the year of a new report.
pub fn prompt_new_report(editor: &Editor, path: Option<PathBuf>) -> Vec<Action> {
    let year = editor.today.map_or(String::new(), |today| reporting_year(today).to_string());
    vec![Layer::prompt(PromptKind::New(path), &[("单位名称", ""), ("报告年度", &year)]).into()]
}

/// Saves where the draft was saved before; asks for a name where it never was.
pub fn save(editor: &Editor) -> Vec<Action> {
    match editor.document() {
        Some(document) if document.read_only => notify("草稿以只读方式打开，未保存"),
        Some(Document { path: Some(path), .. }) => save_to(editor, path.clone(), false),
        _ => prompt_save_as(editor),
    }
}

/// Asks for a name to save under.
pub fn prompt_save_as(editor: &Editor) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let path = document.path.clone().unwrap_or_else(|| new_path(editor, document));
    file_list::open_file_list(editor, FilePurpose::SaveAs, Some(path))
}

/// Where a draft that was never saved is proposed to go: to the drafts that were opened lately.
fn new_path(editor: &Editor, document: &Document) -> PathBuf {
    let folder = editor.recent_paths().find_map(Path::parent);
    folder.unwrap_or(&editor.current_dir).join(&document.name)
}

/// Asks for the draft to be written there.
pub fn save_to(editor: &Editor, path: PathBuf, overwrite: bool) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let (form, draft) = (document.form.clone(), Box::new(document.draft.clone()));
    vec![Action::CloseGroup, Effect::Save { path, form, draft, overwrite }.into()]
}

/// The draft was written, or was not.
pub fn on_saved(editor: &mut Editor, path: PathBuf, result: Result<(), SaveError>) -> Vec<Action> {
    let leaving = editor.navigation.leave_after_save.take();
    let shown = editor.shown_path(&path);
    let Some(document) = editor.document_mut() else { return Vec::new() };
    let failure = match result {
        Ok(()) => {
            document.name =
                path.file_name().map_or(document.name.clone(), |name| name.to_string_lossy().into_owned());
            document.path = Some(path);
            document.history.mark_saved();
            let saved = Action::Notify(format!("已保存到“{shown}”"));
            return [saved].into_iter().chain(leaving.map(Action::LeaveUnsaved)).collect();
        }
        Err(SaveError::Failed(why)) => {
            let elsewhere = editor.press_hint(Command::SaveAs, "另存到其他位置");
            let save_as = format!("内容仍在屏幕上，没有丢失。可以{elsewhere}。");
            let lines = vec![why, String::new(), save_as];
            return vec![Layer::Message { title: "保存失败".into(), lines, top: 0 }.into()];
        }
        Err(failure) => failure,
    };
    // Leaving waits for the answer.
    editor.navigation.leave_after_save = leaving;
    let folder = path.parent().map_or(String::new(), |folder| editor.shown_path(folder));
    ask_before_saving(&failure, path, &shown, &folder).map(Action::Push).into_iter().collect()
}

/// Asks about what stands in the way of saving; `None` if nothing is to be asked.
fn ask_before_saving(failure: &SaveError, path: PathBuf, shown: &str, folder: &str) -> Option<Layer> {
    let message = match failure {
        SaveError::Exists => format!("“{shown}”已存在，是否覆盖？"),
        SaveError::Gone => format!("文件已不在原处（可能被移走、改名或删除）：{shown}。"),
        SaveError::HardLinked(names) => {
            format!("此文件有 {names} 个名称（硬链接）。保存后只有“{shown}”是新内容，其他名称仍是旧内容。")
        }
        SaveError::ReadOnly { folder: false } => {
            format!("“{shown}”是只读文件。请另存为其他文件，或者仍然保存到原处（仍为只读）。")
        }
        SaveError::ReadOnly { folder: true } => {
            format!("文件夹“{folder}”是只读的。请另存到其他文件夹，或者仍然保存到原处。")
        }
        SaveError::Comments(count) => format!(
            "文件中有他人写的 {count} 处批注（//）。草稿不保存批注，保存后文件中将不再有；\
             原文保留在“历史版本”中。"
        ),
        SaveError::ChangedOnDisk | SaveError::Failed(_) => return None,
    };
    let overwrite = ConfirmAction::Overwrite(path);
    let answers = match failure {
        SaveError::Exists => vec![("取消", ConfirmAction::Dismiss), ("覆盖原文件", overwrite)],
        SaveError::Gone => vec![
            ("仍保存到原处", overwrite),
            ("另存为…", ConfirmAction::Run(Command::SaveAs)),
            ("取消", ConfirmAction::Dismiss),
        ],
        SaveError::ReadOnly { .. } => vec![
            ("另存为…", ConfirmAction::Run(Command::SaveAs)),
            ("仍然保存", overwrite),
            ("取消", ConfirmAction::Dismiss),
        ],
        _ => vec![("仍然保存", overwrite), ("取消", ConfirmAction::Dismiss)],
    };
    let title = match failure {
        SaveError::Exists => "文件已存在",
        SaveError::Gone => "文件不在原处",
        SaveError::HardLinked(_) => "文件有多个名称",
        SaveError::ReadOnly { folder } => {
            if *folder {
                "文件夹为只读"
            } else {
                "文件为只读"
            }
        }
        _ => "文件中有批注",
    };
    Some(Layer::Confirm { title, message, answers, at: 0 })
}

/// Leaves the report, after asking where something is not saved.
pub fn request_leave(editor: &Editor, leave: LeaveTarget) -> Vec<Action> {
    if !editor.is_modified() {
        return vec![Action::LeaveUnsaved(leave)];
    }
    let has_back = !editor.navigation.back_stack.is_empty();
    let [title, save, discard] = match &leave {
        LeaveTarget::Unit(_) => ["打开单位草稿", "保存并打开", "不保存打开"],
        LeaveTarget::Back if has_back => ["返回", "保存并返回", "不保存返回"],
        LeaveTarget::Home => ["返回首页", "保存并返回", "不保存返回"],
        LeaveTarget::Back | LeaveTarget::Quit => ["退出", "保存并退出", "不保存退出"],
    };
    let ask = Layer::Confirm {
        title,
        message: "有改动尚未保存。".into(),
        answers: vec![
            (save, ConfirmAction::SaveThenLeave(leave.clone())),
            (discard, ConfirmAction::Leave(leave)),
            ("取消", ConfirmAction::Dismiss),
        ],
        at: 0,
    };
    vec![ask.into()]
}

/// Leaves without asking.
pub fn leave_now(editor: &mut Editor, leave: LeaveTarget) -> Vec<Action> {
    match leave {
        LeaveTarget::Quit => vec![Effect::CloseDocument.into(), Effect::Quit.into()],
        LeaveTarget::Back => navigate_back(editor),
        LeaveTarget::Unit(path) => {
            let here = editor.open_report().and_then(|(document, view)| {
                Some(BackTarget::Compiled(document.path.clone()?, view.current_field(document)))
            });
            // What is here stays until the other draft could be read.
            editor.navigation.return_after_open = here;
            vec![Effect::Open(path).into()]
        }
        LeaveTarget::Home => {
            editor.navigation.back_stack.clear();
            editor.page = Page::Home(home::HomeScreen::default());
            vec![Effect::CloseDocument.into(), Effect::ListRecent.into()]
        }
    }
}

/// Goes back to where the report was opened from.
fn navigate_back(editor: &mut Editor) -> Vec<Action> {
    match editor.navigation.back_stack.pop() {
        None => leave_now(editor, LeaveTarget::Quit),
        Some(BackTarget::Folder) => {
            let path = editor.document().and_then(|document| document.path.clone());
            editor.page = Page::Folder;
            let unit_file = path.map(Effect::ReadUnitFile);
            [Effect::CloseDocument].into_iter().chain(unit_file).map(Action::from).collect()
        }
        Some(BackTarget::Compiled(path, field)) => {
            editor.navigation.goto_after_open = field;
            vec![Effect::Open(path).into()]
        }
    }
}

/// A draft was read; the sample is the one that is read from no file.
pub fn on_opened(editor: &mut Editor, opened: Opened) {
    let is_sample = opened.path.is_none();
    show_document(editor, opened);
    if let Some(document) = editor.document_mut() {
        document.is_sample = is_sample;
    }
}

/// A report was started from last year's: nothing of it is on disk yet.
pub fn on_carried(editor: &mut Editor, opened: Opened) -> Vec<Action> {
    let (path, form, draft) = (opened.path.clone(), opened.form.clone(), Box::new(opened.draft.clone()));
    show_document(editor, opened);
    if let Some(document) = editor.document_mut() {
        document.history.mark_unsaved();
    }
    vec![Effect::StartJournal { path, form, draft }.into()]
}

/// Shows a report that was opened.
pub fn show_document(editor: &mut Editor, opened: Opened) {
    let path = opened.path.clone();
    let mut document = Document::new(opened.path, opened.form, opened.draft, opened.last_year, editor.today);
    // What the folder that it was chosen from knows of it.
    let files = editor.folder.iter().flat_map(|folder| &folder.files);
    let filed = files.into_iter().find(|filed| Some(&filed.file) == path.as_ref());
    if let Some(filed) = filed.filter(|filed| !filed.twins.is_empty()) {
        document.twins = filed.twins.clone();
        document.recheck();
    }
    let mut view = View::new(&document.form);
    // The list of findings begins with the worst.
    view.current_finding = finding_entries::entries(&document).first().map_or(0, |entry| entry.lead());
    if let Some(field) = editor.navigation.arrive() {
        view.go_to_field(&document, &field, None);
    }
    editor.page = Page::Document(Box::new(document), Box::new(view));
    editor.layers.clear();
    editor.notification = opened.message;
    let back = match editor.navigation.back_stack.last() {
        Some(BackTarget::Folder) => "单位一览",
        Some(BackTarget::Compiled(..)) => "汇总",
        None => "",
    };
    if editor.notification.is_empty() && !back.is_empty() {
        editor.notification = format!("看完后{}", editor.press_hint(Command::Quit, &format!("回到{back}")));
    }
}

/// The folder of the draft just opened wants something of the rules: they are checked again, and it is said.
pub fn on_settings_read(editor: &mut Editor, settings: RuleSettings) {
    let Some(document) = editor.document_mut() else { return };
    let words = settings.describe();
    document.settings = Some(settings);
    document.recheck();
    if editor.notification.is_empty() {
        editor.notification = format!("按文件夹里的 nianbao.ron 核对：{words}");
    }
}

/// A draft could not be read.
pub fn on_open_failed(editor: &mut Editor, words: String) -> Vec<Action> {
    editor.navigation.cancel_open();
    let lines = words.lines().map(String::from).collect();
    vec![Layer::Message { title: "无法打开".into(), lines, top: 0 }.into()]
}

/// A draft could not be read, but a version of it that was saved earlier can.
pub fn on_damaged(editor: &mut Editor, why: &str, version: SavedVersion) -> Vec<Action> {
    editor.navigation.cancel_open();
    let kept = format!("本机留有 {} 保存的一版，可以打开核对后另存；原文件不会改动。", version.saved_at);
    let answers = vec![("打开这一版", ConfirmAction::OpenVersion(version)), ("返回", ConfirmAction::Dismiss)];
    vec![Layer::Confirm { title: "无法打开", message: format!("{why}\n\n{kept}"), answers, at: 0 }.into()]
}

/// Opens a version of a draft whose file cannot be read: nothing of it is in a file.
pub fn open_version(editor: &mut Editor, version: SavedVersion) -> Vec<Action> {
    let (form, draft) = match version.report {
        Ok(report) => *report,
        Err(why) => return on_open_failed(editor, why),
    };
    let message = format!("这是 {} 保存的一版，请核对后另存", version.saved_at);
    on_carried(editor, Opened { path: None, form, draft, last_year: None, message })
}

/// The draft to open does not exist yet.
pub fn on_missing(editor: &mut Editor, path: PathBuf) -> Vec<Action> {
    if editor.navigation.cancel_open() {
        return on_open_failed(editor, format!("找不到“{}”，可能已被移走或改名", path.display()));
    }
    let message = format!("找不到文件“{}”。", editor.shown_path(&path));
    let path = if path.extension().is_some() { path } else { path.with_extension("ron") };
    let answers = vec![
        ("打开其他文件", ConfirmAction::Run(Command::OpenFile)),
        ("新建报告", ConfirmAction::NewReport(path)),
        ("取消", ConfirmAction::Dismiss),
    ];
    vec![Layer::Confirm { title: "找不到文件", message, answers, at: 0 }.into()]
}

/// The file to open is a document of another kind.
pub fn on_foreign_file(path: PathBuf, kind: &str) -> Vec<Action> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let message = format!("这是{kind}，是否导入？\n“{name}”导入后生成草稿，原文件不变。");
    let answers = vec![("导入", ConfirmAction::Import(path)), ("取消", ConfirmAction::Dismiss)];
    vec![Layer::Confirm { title: "导入", message, answers, at: 0 }.into()]
}
