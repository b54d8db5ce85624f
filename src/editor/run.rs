//! Commands that are not movement or typing: saving and leaving, undo, findings, windows.

use super::command::{Command, Scope};
use super::desk::{Desk, Tab};
use super::layer::{Layer, Leave, Picker, Purpose};
use super::{
    Editor, Effect, Page, cell, cursor, file, folder, help, home, layout, list_cursor, text, units, versions,
};
use crate::edit::Edit;

/// Runs a command as if at that place, or says why it cannot be run now.
pub fn run(editor: &mut Editor, scope: Scope, command: Command) -> Vec<Effect> {
    use Command::*;
    let below = editor.scope_below();
    // A row of the palette for everywhere acts where the cursor is.
    let place = if scope == Scope::Everywhere { below } else { scope };
    if scope == Scope::Typing
        && !is_of_cell(command)
        && let Some(desk) = editor.desk_mut()
    {
        cell::commit(desk);
    }
    match command {
        Save => return file::save(editor),
        SaveAs => file::save_as(editor),
        Quit => return file::leave(editor, Leave::Back),
        GoHome => return file::leave(editor, Leave::Home),
        Suspend => return vec![Effect::Suspend],
        Redraw => return vec![Effect::Redraw],
        Undo | Redo => undo(editor, command == Undo),
        Help => help::keys(editor, place),
        Manual => help::manual(editor),
        Palette => editor.layers.push(Layer::pick(Picker::Palette)),
        Find => editor.layers.push(Layer::pick(Picker::Find)),
        InsertFigure => editor.layers.push(Layer::pick(Picker::Figures)),
        Replace => editor.layers.push(Layer::fields(Purpose::Replace, &[("查找", ""), ("替换为", "")])),
        NewReport => file::new_report(editor, None),
        OpenFile => editor.layers.push(Layer::fields(Purpose::Open, &[("文件", "")])),
        OpenFolder => editor.layers.push(Layer::fields(Purpose::Folder, &[("文件夹", "")])),
        OpenSample => return vec![Effect::OpenSample],
        ImportFile => editor.layers.push(Layer::fields(Purpose::Import, &[("文件", "")])),
        Export => editor.layers.push(Layer::pick(Picker::Formats)),
        OpenCells => open_cells(editor),
        Compare => compare(editor),
        Shares => units::open(editor),
        TakeUnits => return units::ask(editor),
        Versions => return versions::ask(editor),
        TabCover | Tab1 | Tab2 | Tab3 | Tab4 | Tab5 | Tab6 | TabFindings | TabPreview | NextTab
        | PreviousTab => tab(editor, command),
        NextFinding | PreviousFinding => to_finding(editor, command == NextFinding),
        Cure => cure(editor),
        Why => help::why(editor),
        Waive => waive(editor),
        SwitchTotals => switch_totals(editor),
        SwitchFlow => switch_flow(editor),
        ZeroRow | ZeroTable | ZeroAll => cell::zero(editor, command),
        Skeleton => text::skeleton(editor),
        LastText => text::last_year(editor),
        _ => return at_place(editor, place, command),
    }
    Vec::new()
}

/// Whether a command belongs to the cell being typed, so that typing goes on.
fn is_of_cell(command: Command) -> bool {
    use Command::*;
    matches!(
        command,
        Cancel
            | Enter
            | NextCell
            | PreviousCell
            | Up
            | Down
            | Left
            | Right
            | RowStart
            | RowEnd
            | EraseLeft
            | EraseRight
            | EditCell
    )
}

fn at_place(editor: &mut Editor, scope: Scope, command: Command) -> Vec<Effect> {
    let height = usize::from(layout::areas(editor.width, editor.height).body.height);
    match scope {
        Scope::Home => return at_home(editor, command),
        Scope::Folder => return folder::run(editor, command),
        Scope::Text if matches!(command, Command::NextCell | Command::PreviousCell) => {
            from_text(editor, command)
        }
        Scope::Text => return text::run(editor, command),
        Scope::Findings => {
            if let Some(desk) = editor.desk_mut() {
                match command {
                    Command::Enter if desk.tabs[desk.tab] == Tab::Findings => {
                        cursor::to_finding(desk, desk.finding)
                    }
                    _ => cursor::in_findings(desk, command, height),
                }
            }
        }
        Scope::Table | Scope::Typing => return cell::run(editor, command),
        Scope::Everywhere | Scope::Window => {}
    }
    Vec::new()
}

/// Tab leaves a narrative for the next tab; Shift+Tab for the cells over it, or the tab before.
fn from_text(editor: &mut Editor, command: Command) {
    match editor.desk_mut() {
        Some(desk) if command == Command::PreviousCell && desk.cells().is_some() => {
            desk.spot_mut().in_text = false
        }
        _ => tab(editor, if command == Command::NextCell { Command::NextTab } else { Command::PreviousTab }),
    }
}

fn at_home(editor: &mut Editor, command: Command) -> Vec<Effect> {
    let count = home::WAYS.len() + editor.recent.len();
    let Page::Home(home) = &mut editor.page else { return Vec::new() };
    match command {
        Command::Enter => {
            let at = home.at;
            if let Some((way, ..)) = home::WAYS.get(at) {
                return run(editor, Scope::Home, *way);
            }
            let recent = editor.recent.get(at - home::WAYS.len());
            return recent.map_or_else(Vec::new, |recent| vec![Effect::Open(recent.path.clone())]);
        }
        _ => home.at = list_cursor::moved(home.at, command, count, count),
    }
    Vec::new()
}

fn undo(editor: &mut Editor, back: bool) {
    let library = editor.library.clone();
    let Some(desk) = editor.desk_mut().filter(|desk| !desk.read_only) else { return };
    let edit = if back { desk.history.undo(&mut desk.draft) } else { desk.history.redo(&mut desk.draft) };
    let Some(edit) = edit else {
        editor.notice = if back { "没有可撤销的了".into() } else { "没有可重做的了".into() };
        return;
    };
    desk.heed(&edit);
    changed(desk, &library);
    if let Some(field) = edit.fields().next() {
        desk.go(field, None);
    }
}

/// After a change that did not come from typing: form, text and findings follow the draft.
pub fn changed(desk: &mut Desk, library: &crate::form::Library) {
    desk.follow_form(library);
    text::follow(desk);
    desk.recheck();
}

fn tab(editor: &mut Editor, command: Command) {
    use Command::*;
    let Some(desk) = editor.desk_mut() else { return };
    desk.history.close_group();
    let count = desk.tabs.len();
    let wanted = match command {
        TabCover => 0,
        Tab1 => 1,
        Tab2 => 2,
        Tab3 => 3,
        Tab4 => 4,
        Tab5 => 5,
        Tab6 => 6,
        TabFindings => count - 2,
        TabPreview => count - 1,
        NextTab => (desk.tab + 1) % count,
        _ => (desk.tab + count - 1) % count,
    };
    desk.tab = wanted.min(count - 1);
}

fn to_finding(editor: &mut Editor, forward: bool) {
    let Some(desk) = editor.desk_mut() else { return };
    desk.history.close_group();
    match cursor::next_finding(desk, forward) {
        Some(at) => cursor::to_finding(desk, at),
        None => editor.notice = "没有发现问题".into(),
    }
}

fn cure(editor: &mut Editor) {
    let library = editor.library.clone();
    let undo = editor.press_hint(Command::Undo, "可撤销");
    let Some(desk) = editor.desk_mut() else { return };
    let here = desk.findings_here();
    let Some(edit) = here.iter().find_map(|&at| desk.findings[at].cure.clone()) else {
        editor.notice = match here.first() {
            Some(_) => "这个问题没有唯一的改法，请核对后自己改".into(),
            None => help::no_finding(editor),
        };
        return;
    };
    let fields: Vec<&str> = edit.fields().map(|id| desk.form.place(id)).collect();
    let words = format!("已改：{}。{undo}", fields.join("、"));
    desk.run(edit, false);
    changed(desk, &library);
    editor.notice = words;
}

fn waive(editor: &mut Editor) {
    let Some(desk) = editor.desk_mut() else { return };
    // In the preview the list of findings is not seen: nothing of it is set aside there.
    if desk.tabs[desk.tab] != Tab::Findings {
        return;
    }
    let Some(finding) = desk.findings.get(desk.finding) else { return };
    let waiver = finding.waiver();
    if finding.is_open() {
        editor.layers.push(Layer::fields(Purpose::Waive(waiver), &[("理由", "")]));
    } else {
        let edit = Edit::waive(&desk.draft, waiver, None);
        desk.run(edit, false);
        editor.notice = "这个问题又会提示了".into();
    }
}

fn switch_totals(editor: &mut Editor) {
    let undo = editor.keys.using(editor.scope_below(), Command::Undo, "可撤销");
    let Some(desk) = editor.desk_mut() else { return };
    let edit = Edit::switch_totals(&desk.form, &desk.draft);
    desk.run(edit, false);
    editor.notice = match desk.draft.totals {
        crate::draft::Totals::Auto => {
            format!("总计改为自动计算，原来填的总计已放下（{undo}）")
        }
        crate::draft::Totals::Typed => "总计改为自己填，已写入现在的合计".into(),
    };
}

fn open_cells(editor: &mut Editor) {
    let nothing = editor.desk().is_none_or(|desk| desk.open.is_empty() && desk.unplaced.is_empty());
    if nothing {
        editor.notice = "没有没读准的地方（只有刚导入的报告才有）".into();
    } else {
        editor.layers.push(Layer::pick(Picker::Open));
    }
}

fn compare(editor: &mut Editor) {
    if editor.desk().is_none_or(|desk| desk.last.is_none()) {
        editor.notice = "没有上年的报告可比。用 nianbao carry 从上年开始，或在草稿里写 last".into();
        return;
    }
    editor.compare = !editor.compare;
    editor.notice = if editor.compare {
        "各格显示比上年增减多少，再按一次回到原数"
    } else {
        "各格显示原数"
    }
    .into();
}

fn switch_flow(editor: &mut Editor) {
    editor.along = !editor.along;
    let way = if editor.along {
        "改为向右，到行尾接下一行"
    } else {
        "改为向下，到列尾接下一列"
    };
    editor.notice = editor.keys.using(Scope::Table, Command::Enter, way);
}
