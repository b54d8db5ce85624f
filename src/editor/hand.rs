//! Handing the report in and taking a published one up: export and import from the screen.

use std::path::PathBuf;

use super::desk::Desk;
use super::layer::{Answer, Layer, Picker, Purpose};
use super::{Editor, Effect, Opened, SaveFault, cell, file};
use crate::check::Weight;
use crate::export::Format;
use crate::import::{Open, State, Unplaced};

/// A published report that was read.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The draft made from it, never saved.
    pub opened: Opened,
    /// The file's name, from which the draft's is made.
    pub name: String,
    /// How many cells were read.
    pub read: usize,
    /// What is open in it.
    pub open: Vec<Open>,
    /// What has no place in the form.
    pub unplaced: Vec<Unplaced>,
}

/// Asks for the file to export to, with a name proposed.
pub fn ask_export(editor: &mut Editor, format: Format) {
    let Some(desk) = editor.desk_mut() else { return };
    cell::commit(desk);
    let own = desk.path.clone().unwrap_or_else(|| PathBuf::from(&desk.name));
    let name = own.with_extension(format.ending()).to_string_lossy().into_owned();
    editor.layers.push(Layer::fields(Purpose::Export(format), &[("文件名", &name)]));
}

/// Asks for the report to be written there in that format.
pub fn export_to(editor: &mut Editor, format: Format, path: PathBuf, overwrite: bool) -> Vec<Effect> {
    let Some(desk) = editor.desk() else { return Vec::new() };
    let (form, draft) = (desk.form.clone(), Box::new(desk.draft.clone()));
    vec![Effect::Export { format, path, form, draft, overwrite }]
}

/// The report was exported, or was not.
pub fn exported(editor: &mut Editor, format: Format, path: PathBuf, result: Result<(), SaveFault>) {
    let errors = editor.desk().map_or(0, |desk| {
        desk.findings.iter().filter(|finding| finding.is_open() && finding.weight == Weight::Error).count()
    });
    match result {
        Ok(()) if errors > 0 => {
            editor.notice = format!("已导出“{}”。注意：还有 {errors} 个错误没有改", path.display());
        }
        Ok(()) => editor.notice = format!("已导出“{}”", path.display()),
        Err(SaveFault::Exists) => editor.layers.push(Layer::Ask {
            words: format!("“{}”已经存在。要覆盖它吗？", path.display()),
            answers: vec![("不覆盖", Answer::Back), ("覆盖", Answer::Export(format, path))],
            at: 0,
        }),
        Err(SaveFault::Failed(words)) => {
            editor.layers.push(Layer::Text { title: "没有导出".into(), lines: vec![words], top: 0 });
        }
        Err(SaveFault::Gone | SaveFault::Linked(_) | SaveFault::Comments(_) | SaveFault::Changed) => {}
    }
}

/// A published report was read: it goes on the desk, and what is open in it is listed.
pub fn imported(editor: &mut Editor, imported: Imported) -> Vec<Effect> {
    let Imported { opened, name, read, open, unplaced } = imported;
    let started =
        Effect::Started { path: None, form: opened.form.clone(), draft: Box::new(opened.draft.clone()) };
    let effects = file::on_desk(editor, opened);
    let Some(desk) = editor.desk_mut() else { return effects };
    desk.name = name;
    // Nothing of it is on disk yet.
    desk.history.mark_unsaved();
    desk.open = open;
    desk.unplaced = unplaced;
    let blank = desk.open.iter().filter(|open| open.state == State::Blank).count();
    let (open, unplaced) = (desk.open.len() - blank, desk.unplaced.len());
    editor.notice =
        format!("读出 {read} 格，原文空着 {blank} 处，没读准 {open} 处，没放进表里 {unplaced} 处。请核对");
    if open + unplaced > 0 {
        editor.layers.push(Layer::pick(Picker::Open));
    }
    std::iter::once(started).chain(effects).collect()
}

/// One open question of an import in words.
pub fn question(desk: &Desk, open: &Open) -> String {
    let place = desk.form.place(&open.field);
    let source = if open.line > 0 {
        format!("（原文第 {} 行：{}）", open.line, open.text)
    } else {
        open.text.clone()
    };
    let state = match open.state {
        State::Blank => "原文是空的",
        State::NotFound => "没有找到",
        State::Ambiguous => "拿不准",
    };
    format!("{place}：{state} {source}")
}
