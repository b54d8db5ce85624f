//! Importing all documents of a folder, and what is said of them.

use super::listing::{Folder, FolderImport, ImportedDocument};
use crate::editor::action::{Action, notify};
use crate::editor::layer::Layer;
use crate::editor::{Editor, Effect, Page};

/// Asks for the documents of the folder to be imported.
pub fn import_folder(folder: &mut Folder) -> Vec<Action> {
    if let Some((done, total)) = folder.importing {
        return notify(format!("正在导入，已完成 {done}/{total} 份"));
    }
    folder.importing = Some((0, 0));
    vec![Effect::ImportFolder(folder.path.clone()).into()]
}

/// Some documents were imported: their drafts join the list. After the last one it is said what is open.
pub fn on_folder_import(editor: &mut Editor, import: FolderImport) -> Vec<Action> {
    // Another folder may have been opened since.
    let folder = editor.folder.as_deref_mut().filter(|folder| folder.path == import.folder);
    let Some(folder) = folder else { return Vec::new() };
    let done = folder.importing.map_or(0, |(done, _)| done) + import.documents.len();
    folder.importing = Some((done, import.total));
    for ImportedDocument { file, filed, remark } in import.documents {
        if !remark.is_empty() {
            let name = file.strip_prefix(&folder.path).unwrap_or(&file).display();
            folder.import_lines.push(format!("{name}：{remark}"));
        }
        let Some(filed) = filed else { continue };
        match folder.files.iter_mut().find(|known| known.file == filed.file) {
            Some(known) => *known = filed,
            None => folder.files.push(filed),
        }
    }
    folder.rebuild_rows();
    if !import.ended {
        return Vec::new();
    }
    folder.importing = None;
    let lines = std::mem::take(&mut folder.import_lines);
    if done == 0 {
        return notify("没有需要导入的文件：文件夹里的 Word、网页、Excel、PDF 文件都已导入，或没有这类文件");
    }
    if lines.is_empty() {
        return notify(format!("已导入 {done} 份，没有待核对的内容"));
    }
    let mut actions = notify(format!("已处理 {done} 份，其中 {} 份有待核对的内容或未能导入", lines.len()));
    if matches!(editor.page, Page::Folder) {
        actions.push(Layer::Message { title: "导入结果".into(), lines, top: 0 }.into());
    }
    actions
}
