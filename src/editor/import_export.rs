//! Handing the report in and taking a published one up: export and import from the screen.

use std::path::PathBuf;

use super::action::{Action, notify};
use super::file_list::{self, FilePurpose};
use super::layer::{ConfirmAction, Layer};
use super::{Editor, Effect, Imported, SaveError, file, import_review, unfinished};
use crate::export::Format;
use crate::import::OpenState;

/// Asks for the file to export to, with a name proposed.
pub fn prompt_export(editor: &Editor, format: Format) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let own = document.path.clone().unwrap_or_else(|| PathBuf::from(&document.name));
    let path = own.with_extension(format.extension());
    file_list::open_file_list(editor, FilePurpose::Export(format), Some(path))
}

/// Asks for the report to be written there in that format.
pub fn export_to(editor: &Editor, format: Format, path: PathBuf, overwrite: bool) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let (form, draft) = (document.form.clone(), Box::new(document.draft.clone()));
    vec![Effect::Export { format, path, form, draft, overwrite }.into()]
}

/// The report was exported, or was not.
pub fn on_exported(
    editor: &Editor,
    format: Format,
    path: PathBuf,
    result: Result<(), SaveError>,
) -> Vec<Action> {
    match result {
        Ok(()) => {
            let open = |document| unfinished::open_summary(document, "，文件里留空");
            let left = editor.document().map(open).filter(|left| !left.is_empty());
            let left = left.map_or(String::new(), |left| format!("。注意：{left}"));
            notify(format!("已导出到“{}”{left}", editor.shown_path(&path)))
        }
        Err(SaveError::Exists) => {
            let message = format!("“{}”已存在，是否覆盖？", editor.shown_path(&path));
            let answers =
                vec![("取消", ConfirmAction::Dismiss), ("覆盖原文件", ConfirmAction::Export(format, path))];
            vec![Layer::Confirm { title: "文件已存在", message, answers, at: 0 }.into()]
        }
        Err(SaveError::Failed(message)) => {
            vec![Layer::Message { title: "导出失败".into(), lines: vec![message], top: 0 }.into()]
        }
        Err(_) => Vec::new(),
    }
}

/// A published report was read: opens it, and lists what is open in it.
pub fn on_imported(editor: &mut Editor, imported: Imported) -> Vec<Action> {
    let Imported { opened, name, cells_read: read, open_cells: open, decided_by_sums, unplaced } = imported;
    let started =
        Effect::StartJournal { path: None, form: opened.form.clone(), draft: Box::new(opened.draft.clone()) };
    file::show_document(editor, opened);
    let Some(document) = editor.document_mut() else { return Vec::new() };
    document.name = name;
    // Nothing of it is on disk yet.
    document.history.mark_unsaved();
    document.unplaced = unplaced;
    document.decided_by_sums = decided_by_sums;
    let (unread, unplaced) = (document.draft.unread_cells(&document.form).count(), document.unplaced.len());
    let blank = open.iter().filter(|open| open.state == OpenState::Blank).count();
    let decided = match document.decided_by_sums.len() {
        0 => String::new(),
        rows => format!("按合计关系判定 {rows} 行，"),
    };
    let missing = match open.len() - blank - unread {
        0 => String::new(),
        missing => format!("未找到 {missing} 处，"),
    };
    let message = format!(
        "已读入 {read} 格；原文空白 {blank} 处，{missing}{decided}待核对 {unread} 处，未填入表中 {unplaced} 处，请核对"
    );
    let mut actions = vec![started.into(), Action::Notify(message)];
    if unread + unplaced + document.decided_by_sums.len() > 0 {
        actions.extend(import_review::open_review(editor, None));
    }
    actions
}
