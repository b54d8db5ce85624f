//! The saved versions of the open draft: what restoring one would change, and doing it.

use super::action::{Action, notify};
use super::command::Command;
use super::document::Document;
use super::layer::Layer;
use super::list_cursor::moved;
use super::view::View;
use super::{Editor, Effect, SavedVersion, layer_layout, layout};
use crate::merge::{self, Difference};

const NO_VERSIONS: &str = "还没有历史版本。每次保存都会保留一版，最多五版";

/// Asks for the versions of the draft.
pub fn request_versions(editor: &Editor) -> Vec<Action> {
    match editor.document().map(|document| document.path.clone()) {
        Some(Some(path)) => vec![Effect::ListVersions(path).into()],
        Some(None) => notify(NO_VERSIONS),
        None => Vec::new(),
    }
}

/// Shows them, the last saved first.
pub fn on_versions_listed(versions: Vec<SavedVersion>) -> Vec<Action> {
    if versions.is_empty() {
        return notify(NO_VERSIONS);
    }
    vec![Layer::Versions { versions, at: 0, top: 0 }.into()]
}

/// What restoring a version would change, each thing with what it is now and what it was then.
pub fn differences(document: &Document, version: &SavedVersion) -> Result<Vec<Difference>, String> {
    let (form, draft) = &**version.report.as_ref().map_err(Clone::clone)?;
    Ok(merge::diff_drafts((&document.form, &document.draft), (form, draft)))
}

/// The columns of the list of versions: when, how large, how it differs from what is open.
pub const VERSION_HEADINGS: [&str; 3] = ["保存时间", "大小", "与当前内容相比"];

/// What the columns say of a version.
pub fn version_cells(document: &Document, version: &SavedVersion) -> [String; 3] {
    let text = match differences(document, version) {
        Ok(differences) if differences.is_empty() => "相同".into(),
        Ok(differences) => format!("{} 处不同", differences.len()),
        Err(_) => "无法读取".into(),
    };
    [version.saved_at.clone(), format!("{} KB", version.bytes.div_ceil(1024)), text]
}

/// The rows under the list, for a screen of this width: the differences of the version chosen.
pub fn difference_rows(
    document: &Document,
    view: &View,
    version: Option<&SavedVersion>,
    width: u16,
) -> Vec<String> {
    let lines = match version.map(|version| differences(document, version)) {
        None => Vec::new(),
        Some(Err(text)) => vec![text],
        Some(Ok(differences)) if differences.is_empty() => vec!["与当前内容相同。".into()],
        Some(Ok(differences)) => {
            let head = format!("恢复这一版将改动 {} 处（当前 → 恢复后）：", differences.len());
            std::iter::once(head).chain(differences.iter().flat_map(Difference::to_lines)).collect()
        }
    };
    layout::wrap_lines(&lines, width, view.width_mode)
}

/// How many rows the window has for the differences, under a list of so many versions.
pub fn difference_height(editor: &Editor, count: usize) -> usize {
    usize::from(layer_layout::tall_area(editor).height).saturating_sub(count + 2)
}

/// Keys of the window.
pub fn run_versions_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    let Some(Layer::Versions { versions, at, top }) = editor.layers.last() else { return Vec::new() };
    let (count, shown) = (versions.len(), difference_height(editor, versions.len()));
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let below = difference_rows(document, view, versions.get(*at), editor.width).len().saturating_sub(shown);
    let (mut chosen, mut scrolled) = (*at, *top);
    match command {
        Command::Enter => return restore_version(editor),
        Command::PageUp | Command::PageDown => {
            scrolled = moved(scrolled, command, below + 1, shown.saturating_sub(1).max(1));
        }
        _ => {
            chosen = moved(chosen, command, count, count);
            scrolled = if chosen == *at { scrolled } else { 0 };
        }
    }
    if let Some(Layer::Versions { at, top, .. }) = editor.layers.last_mut() {
        (*at, *top) = (chosen, scrolled);
    }
    Vec::new()
}

/// Makes the draft what it was in the version chosen, as one step that can be undone.
fn restore_version(editor: &mut Editor) -> Vec<Action> {
    let Some(Layer::Versions { versions, at, .. }) = editor.layers.pop() else { return Vec::new() };
    let (Some(document), Some(version)) = (editor.document(), versions.get(at)) else { return Vec::new() };
    let draft = match &version.report {
        Err(_) => return notify("这一版无法读取，未恢复"),
        Ok(report) => &report.1,
    };
    let edit = merge::edit_between(&document.form, &document.draft, draft);
    let message = if edit.is_empty() {
        "与当前内容相同，没有改动".into()
    } else {
        let undo = editor.press_hint(Command::Undo, "撤销");
        format!("已恢复 {} 保存的版本，可以{undo}", version.saved_at)
    };
    vec![Action::CloseGroup, Action::Edit(edit), Action::Notify(message)]
}
