//! The saved versions of the draft on the desk: what bringing one back would change, and doing it.

use std::sync::Arc;

use super::command::Command;
use super::desk::Desk;
use super::layer::Layer;
use super::list_cursor::moved;
use super::{Editor, Effect, layout, run};
use crate::draft::Draft;
use crate::form::Form;
use crate::merge::{self, Difference};

/// A version of the draft that was saved earlier.
#[derive(Clone, Debug)]
pub struct Version {
    /// When it was saved, as the clerk reads it.
    pub when: String,
    /// The size of its file, in bytes.
    pub bytes: u64,
    /// The draft in its form, or why it cannot be read.
    pub report: Result<Box<(Arc<Form>, Draft)>, String>,
}

/// Asks for the versions of the draft.
pub fn ask(editor: &mut Editor) -> Vec<Effect> {
    match editor.desk().map(|desk| desk.path.clone()) {
        Some(Some(path)) => vec![Effect::Versions(path)],
        Some(None) => none(editor),
        None => Vec::new(),
    }
}

fn none(editor: &mut Editor) -> Vec<Effect> {
    editor.notice = "还没有历史版本。每次保存都会留下一版，最多五版".into();
    Vec::new()
}

/// Shows them, the last saved first.
pub fn arrived(editor: &mut Editor, versions: Vec<Version>) -> Vec<Effect> {
    if versions.is_empty() {
        return none(editor);
    }
    editor.layers.push(Layer::Versions { versions, at: 0, top: 0 });
    Vec::new()
}

/// What bringing a version back would change, each thing with what it is now and what it was then.
pub fn differences(desk: &Desk, version: &Version) -> Result<Vec<Difference>, String> {
    let (form, draft) = &**version.report.as_ref().map_err(Clone::clone)?;
    Ok(merge::compare((&desk.form, &desk.draft), (form, draft)))
}

/// The version on one line.
pub fn line(desk: &Desk, version: &Version) -> String {
    let words = match differences(desk, version) {
        Ok(differences) if differences.is_empty() => "和现在一样".into(),
        Ok(differences) => format!("和现在有 {} 处不同", differences.len()),
        Err(_) => "读不出".into(),
    };
    format!("{}  {:>4} KB  {words}", version.when, version.bytes.div_ceil(1024))
}

/// The rows under the list, for a screen of this width: the differences of the version chosen.
pub fn rows(desk: &Desk, version: Option<&Version>, width: u16) -> Vec<String> {
    let lines = match version.map(|version| differences(desk, version)) {
        None => Vec::new(),
        Some(Err(words)) => vec![words],
        Some(Ok(differences)) if differences.is_empty() => vec!["和现在一样。".into()],
        Some(Ok(differences)) => {
            let head = format!("恢复这一版会改 {} 处（现在 → 恢复后）：", differences.len());
            std::iter::once(head).chain(differences.iter().flat_map(Difference::words)).collect()
        }
    };
    layout::text_rows(&lines, width, desk.ruler)
}

/// How many rows the window has for the differences, under a list of so many versions.
pub fn height(editor: &Editor, count: usize) -> usize {
    let area = layout::window(editor.width, editor.height, layout::WIDEST, u16::MAX);
    usize::from(area.height).saturating_sub(count + 1)
}

/// Keys of the window.
pub fn run(editor: &mut Editor, command: Command) -> Vec<Effect> {
    let Some(Layer::Versions { versions, at, top }) = editor.layers.last() else { return Vec::new() };
    let (count, shown) = (versions.len(), height(editor, versions.len()));
    let Some(desk) = editor.desk() else { return Vec::new() };
    let below = rows(desk, versions.get(*at), editor.width).len().saturating_sub(shown);
    let (mut chosen, mut scrolled) = (*at, *top);
    match command {
        Command::Enter => return bring_back(editor),
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
fn bring_back(editor: &mut Editor) -> Vec<Effect> {
    let Some(Layer::Versions { versions, at, .. }) = editor.layers.pop() else { return Vec::new() };
    let library = editor.library.clone();
    let undo = editor.press_hint(Command::Undo, "撤销");
    let (Some(desk), Some(version)) = (editor.desk_mut(), versions.get(at)) else { return Vec::new() };
    editor.notice = match &version.report {
        Err(_) => "这一版读不出，没有恢复".into(),
        Ok(_) if desk.read_only => "只看不改，没有恢复".into(),
        Ok(report) => {
            let edit = merge::difference(&desk.form, &desk.draft, &report.1);
            let same = edit.is_empty();
            desk.history.close_group();
            desk.heed(&edit);
            desk.history.apply(&mut desk.draft, edit);
            run::changed(desk, &library);
            match same {
                true => "和现在一样，没有改动".into(),
                false => format!("已恢复 {} 存的一版，可以{undo}", version.when),
            }
        }
    };
    Vec::new()
}
