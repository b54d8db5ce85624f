//! Files from the editor's side: opening, saving, leaving, and what is asked on the way.

use std::path::PathBuf;

use super::change;
use super::command::Command;
use super::document::Document;
use super::layer::{ConfirmAction, Layer, LeaveTarget, PromptKind};
use super::view::View;
use super::{BackTarget, Editor, Effect, Opened, Page, SaveError, home};

/// Asks for the unit and the year of a new report.
pub fn prompt_new_report(editor: &mut Editor, path: Option<PathBuf>) {
    // The report of a year is written in the January after it.
    let year = editor.today.map_or(String::new(), |today| (today.year() - 1).to_string());
    editor.layers.push(Layer::prompt(PromptKind::New(path), &[("单位名称", ""), ("报告年度", &year)]));
}

/// Saves where the draft was saved before; asks for a name where it never was.
pub fn save(editor: &mut Editor) -> Vec<Effect> {
    let Some((document, view)) = editor.open_mut() else { return Vec::new() };
    change::commit_edit(document, view);
    if document.read_only {
        editor.notification = "只看不改，没有保存".into();
        return Vec::new();
    }
    match document.path.clone() {
        Some(path) => save_to(editor, path, false),
        None => {
            prompt_save_as(editor);
            Vec::new()
        }
    }
}

/// Asks for a name to save under.
pub fn prompt_save_as(editor: &mut Editor) {
    let Some((document, view)) = editor.open_mut() else { return };
    change::commit_edit(document, view);
    let name =
        document.path.as_ref().map_or(document.name.clone(), |path| path.to_string_lossy().into_owned());
    editor.layers.push(Layer::prompt(PromptKind::SaveAs, &[("文件名", &name)]));
}

/// Asks for the draft to be written there.
pub fn save_to(editor: &mut Editor, path: PathBuf, overwrite: bool) -> Vec<Effect> {
    let Some(document) = editor.document_mut() else { return Vec::new() };
    document.history.close_group();
    let (form, draft) = (document.form.clone(), Box::new(document.draft.clone()));
    vec![Effect::Save { path, form, draft, overwrite }]
}

/// The draft was written, or was not.
pub fn on_saved(editor: &mut Editor, path: PathBuf, result: Result<(), SaveError>) -> Vec<Effect> {
    let leaving = editor.navigation.leave_after_save.take();
    let Some(document) = editor.document_mut() else { return Vec::new() };
    match result {
        Ok(()) => {
            document.name =
                path.file_name().map_or(document.name.clone(), |name| name.to_string_lossy().into_owned());
            document.path = Some(path);
            document.history.mark_saved();
            editor.notification = "已保存".into();
            leaving.map_or_else(Vec::new, |leaving| leave_now(editor, leaving))
        }
        Err(SaveError::Exists) => {
            editor.navigation.leave_after_save = leaving;
            editor.layers.push(Layer::Confirm {
                message: format!("“{}”已经存在。要覆盖它吗？", path.display()),
                answers: vec![("不覆盖", ConfirmAction::Dismiss), ("覆盖", ConfirmAction::Overwrite(path))],
                at: 0,
            });
            Vec::new()
        }
        Err(SaveError::ChangedOnDisk) => {
            editor.navigation.leave_after_save = leaving;
            Vec::new()
        }
        Err(SaveError::Gone) => {
            editor.navigation.leave_after_save = leaving;
            editor.layers.push(Layer::Confirm {
                message: format!("文件已不在原处（可能被移走、改名或删除）：{}。", path.display()),
                answers: vec![
                    ("仍存到原处", ConfirmAction::Overwrite(path)),
                    ("另存为…", ConfirmAction::SaveAs),
                    ("取消", ConfirmAction::Dismiss),
                ],
                at: 0,
            });
            Vec::new()
        }
        Err(SaveError::HardLinked(names)) => {
            editor.navigation.leave_after_save = leaving;
            editor.layers.push(Layer::Confirm {
                message: format!(
                    "这个文件有 {names} 个名字（硬链接）。保存后只有“{}”是新内容，别的名字还是旧的。",
                    path.display()
                ),
                answers: vec![
                    ("照样保存", ConfirmAction::Overwrite(path)),
                    ("先不存", ConfirmAction::Dismiss),
                ],
                at: 0,
            });
            Vec::new()
        }
        Err(SaveError::Comments(count)) => {
            editor.navigation.leave_after_save = leaving;
            editor.layers.push(Layer::Confirm {
                message: format!(
                    "别人在文件里写了 {count} 处批注（//）。草稿里没有放批注的地方，保存后文件里不再有；\
                     那一版会留在“历史版本”里。"
                ),
                answers: vec![
                    ("照样保存", ConfirmAction::Overwrite(path)),
                    ("先不存", ConfirmAction::Dismiss),
                ],
                at: 0,
            });
            Vec::new()
        }
        Err(SaveError::Failed(words)) => {
            let palette = editor.press_hint(Command::Palette, "用“另存为”存到别处");
            let save_as = format!("内容还在屏幕上，没有丢。可以{palette}。");
            let lines = vec![words, String::new(), save_as];
            editor.layers.push(Layer::Message { title: "没有存上".into(), lines, top: 0 });
            Vec::new()
        }
    }
}

/// Leaves the report, after asking where something is not saved.
pub fn request_leave(editor: &mut Editor, leave: LeaveTarget) -> Vec<Effect> {
    if let Some((document, view)) = editor.open_mut() {
        change::commit_edit(document, view);
    }
    if !editor.is_modified() {
        return leave_now(editor, leave);
    }
    editor.layers.push(Layer::Confirm {
        message: "有改动还没有保存。".into(),
        answers: vec![
            ("保存后离开", ConfirmAction::SaveThenLeave(leave.clone())),
            ("不保存", ConfirmAction::Leave(leave)),
            ("接着填", ConfirmAction::Dismiss),
        ],
        at: 0,
    });
    Vec::new()
}

/// Leaves without asking.
pub fn leave_now(editor: &mut Editor, leave: LeaveTarget) -> Vec<Effect> {
    match leave {
        LeaveTarget::Quit => vec![Effect::CloseDocument, Effect::Quit],
        LeaveTarget::Back => navigate_back(editor),
        LeaveTarget::Unit(path) => {
            let here = editor.open().and_then(|(document, view)| {
                Some(BackTarget::Compiled(document.path.clone()?, view.current_field(document)))
            });
            // What is here stays until the other draft could be read.
            editor.navigation.return_after_open = here;
            vec![Effect::Open(path)]
        }
        LeaveTarget::Home => {
            editor.folder = None;
            editor.navigation.back_stack.clear();
            editor.page = Page::Home(home::HomeScreen::default());
            vec![Effect::CloseDocument, Effect::ListRecent]
        }
    }
}

/// Goes back to where the report was opened from.
fn navigate_back(editor: &mut Editor) -> Vec<Effect> {
    match editor.navigation.back_stack.pop() {
        None => leave_now(editor, LeaveTarget::Quit),
        Some(BackTarget::Folder) => {
            let path = editor.document().and_then(|document| document.path.clone());
            editor.page = Page::Folder;
            let mut effects = vec![Effect::CloseDocument];
            effects.extend(path.map(Effect::ReadUnitFile));
            effects
        }
        Some(BackTarget::Compiled(path, field)) => {
            editor.navigation.goto_after_open = field;
            vec![Effect::Open(path)]
        }
    }
}

/// A draft was read; the sample is the one that is read from no file.
pub fn on_opened(editor: &mut Editor, opened: Opened) -> Vec<Effect> {
    let is_sample = opened.path.is_none();
    show_document(editor, opened);
    if let Some(document) = editor.document_mut() {
        document.is_sample = is_sample;
    }
    Vec::new()
}

/// Shows a report that was opened.
pub fn show_document(editor: &mut Editor, opened: Opened) {
    let document = Document::new(opened.path, opened.form, opened.draft, opened.last_year, editor.today);
    let mut view = View::new(&document.form);
    if let Some(field) = editor.navigation.arrive() {
        view.go_to_field(&document, &field, None);
    }
    editor.page = Page::Document(Box::new(document), Box::new(view));
    editor.layers.clear();
    editor.notification = opened.message;
    let back = match editor.navigation.back_stack.last() {
        Some(BackTarget::Folder) => "各单位一览",
        Some(BackTarget::Compiled(..)) => "汇总",
        None => "",
    };
    if editor.notification.is_empty() && !back.is_empty() {
        editor.notification = format!("看完{}", editor.press_hint(Command::Quit, &format!("回到{back}")));
    }
}

/// A draft could not be read.
pub fn on_open_failed(editor: &mut Editor, words: String) -> Vec<Effect> {
    editor.navigation.cancel_open();
    let lines = words.lines().map(String::from).collect();
    editor.layers.push(Layer::Message { title: "打不开".into(), lines, top: 0 });
    Vec::new()
}

/// The draft to open does not exist yet.
pub fn on_missing(editor: &mut Editor, path: PathBuf) -> Vec<Effect> {
    if editor.navigation.cancel_open() {
        return on_open_failed(editor, format!("“{}”不在了，可能已经移走或改名", path.display()));
    }
    editor.notification = format!("“{}”还没有，先新建", path.display());
    prompt_new_report(editor, Some(path));
    Vec::new()
}
