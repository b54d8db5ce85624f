//! Handing the report in and taking a published one up: export and import from the screen.

use std::path::PathBuf;

use super::action::{Action, notify};
use super::document::Document;
use super::layer::{ConfirmAction, Layer, PickerKind, PromptKind};
use super::{Editor, Effect, Imported, SaveError, file};
use crate::check::{Finding, Severity};
use crate::export::Format;
use crate::import::{OpenField, OpenState};

/// Asks for the file to export to, with a name proposed.
pub fn prompt_export(editor: &Editor, format: Format) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let own = document.path.clone().unwrap_or_else(|| PathBuf::from(&document.name));
    let name = own.with_extension(format.extension()).to_string_lossy().into_owned();
    vec![Layer::prompt(PromptKind::Export(format), &[("文件名", &name)]).into()]
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
    let is_error = |finding: &&Finding| finding.is_open() && finding.severity == Severity::Error;
    let errors = editor.document().map_or(0, |document| document.findings.iter().filter(is_error).count());
    match result {
        Ok(()) if errors > 0 => {
            notify(format!("已导出“{}”。注意：仍有 {errors} 个错误未改正", path.display()))
        }
        Ok(()) => notify(format!("已导出“{}”", path.display())),
        Err(SaveError::Exists) => {
            let message = format!("“{}”已存在，是否覆盖？", path.display());
            let answers =
                vec![("取消", ConfirmAction::Dismiss), ("覆盖原文件", ConfirmAction::Export(format, path))];
            vec![Layer::Confirm { title: "文件已存在", message, answers, at: 0 }.into()]
        }
        Err(SaveError::Failed(message)) => {
            vec![Layer::Message { title: "导出失败".into(), lines: vec![message], top: 0 }.into()]
        }
        Err(
            SaveError::Gone | SaveError::HardLinked(_) | SaveError::Comments(_) | SaveError::ChangedOnDisk,
        ) => Vec::new(),
    }
}

/// A published report was read: opens it, and lists what is open in it.
pub fn on_imported(editor: &mut Editor, imported: Imported) -> Vec<Action> {
    let Imported { opened, name, cells_read: read, open_cells: open, unplaced } = imported;
    let started =
        Effect::StartJournal { path: None, form: opened.form.clone(), draft: Box::new(opened.draft.clone()) };
    file::show_document(editor, opened);
    let Some(document) = editor.document_mut() else { return Vec::new() };
    document.name = name;
    // Nothing of it is on disk yet.
    document.history.mark_unsaved();
    document.open_cells = open;
    document.unplaced = unplaced;
    let blank = document.open_cells.iter().filter(|open| open.state == OpenState::Blank).count();
    let (open, unplaced) = (document.open_cells.len() - blank, document.unplaced.len());
    let message =
        format!("已读入 {read} 格；原文空白 {blank} 处，待核对 {open} 处，未填入表中 {unplaced} 处，请核对");
    let mut actions = vec![started.into(), Action::Notify(message)];
    if open + unplaced > 0 {
        actions.push(Layer::picker(PickerKind::OpenCells).into());
    }
    actions
}

/// One open question of an import in words.
pub fn describe_open_cell(document: &Document, open: &OpenField) -> String {
    let place = document.form.location(&open.field);
    let source = if open.line > 0 {
        format!("（原文第 {} 行：{}）", open.line, open.text)
    } else {
        open.text.clone()
    };
    let state = match open.state {
        OpenState::Blank => "原文空白",
        OpenState::NotFound => "未找到",
        OpenState::Ambiguous => "待核对",
    };
    format!("{place}：{state} {source}")
}
