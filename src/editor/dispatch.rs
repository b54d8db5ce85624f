//! Commands that are not movement or typing: saving and leaving, undo, findings, windows.

use super::change;
use super::command::{Command, Scope};
use super::layer::{Layer, LeaveTarget, PickerKind, PromptKind};
use super::view::Tab;
use super::{
    Editor, Effect, Page, cell_edit, compiled, cursor, file, folder, help, home, layout, list_cursor,
    narrative, versions,
};
use crate::edit::Edit;

/// Runs a command as if at that place, or says why it cannot be run now.
pub fn run_command(editor: &mut Editor, scope: Scope, command: Command) -> Vec<Effect> {
    use Command::*;
    let below = editor.scope_below_layers();
    // A row of the palette for everywhere acts where the cursor is.
    let place = if scope == Scope::Everywhere { below } else { scope };
    if (scope != Scope::Typing || !keeps_cell_edit(command))
        && let Some((document, view)) = editor.open_mut()
    {
        change::commit_edit(document, view);
    }
    match command {
        Save => return file::save(editor),
        SaveAs => file::prompt_save_as(editor),
        Quit => return file::request_leave(editor, LeaveTarget::Back),
        GoHome => return file::request_leave(editor, LeaveTarget::Home),
        Suspend => return vec![Effect::Suspend],
        Redraw => return vec![Effect::Redraw],
        Undo | Redo => undo_or_redo(editor, command == Undo),
        Help => help::show_keys(editor, place),
        Manual => help::manual(editor),
        Palette => editor.layers.push(Layer::picker(PickerKind::Palette)),
        Find => editor.layers.push(Layer::picker(PickerKind::Find)),
        InsertFigure => editor.layers.push(Layer::picker(PickerKind::Figures)),
        Replace => editor.layers.push(Layer::prompt(PromptKind::Replace, &[("查找", ""), ("替换为", "")])),
        NewReport => file::prompt_new_report(editor, None),
        OpenFile => editor.layers.push(Layer::prompt(PromptKind::Open, &[("文件", "")])),
        OpenFolder => editor.layers.push(Layer::prompt(PromptKind::Folder, &[("文件夹", "")])),
        OpenSample => return vec![Effect::OpenSample],
        ImportFile => editor.layers.push(Layer::prompt(PromptKind::Import, &[("文件", "")])),
        Export => editor.layers.push(Layer::picker(PickerKind::Formats)),
        OpenCells => pick_open_cells(editor),
        Compare => toggle_changes(editor),
        Shares => compiled::pick_breakdown(editor),
        TakeUnits => return compiled::request_update(editor),
        Versions => return versions::request_versions(editor),
        TabCover | Tab1 | Tab2 | Tab3 | Tab4 | Tab5 | Tab6 | TabFindings | TabPreview | NextTab
        | PreviousTab => switch_tab(editor, command),
        NextFinding | PreviousFinding => go_to_next_finding(editor, command == NextFinding),
        Cure => apply_fix(editor),
        Why => help::explain_finding(editor),
        Waive => toggle_ignored(editor),
        SwitchTotals => toggle_totals(editor),
        SwitchFlow => toggle_enter_direction(editor),
        ZeroRow | ZeroTable | ZeroAll => cell_edit::fill_zeros(editor, command),
        Skeleton => narrative::insert_headings(editor),
        LastText => narrative::insert_last_year(editor),
        _ => return run_in_scope(editor, place, command),
    }
    Vec::new()
}

/// Whether a command belongs to the cell being typed, so that typing goes on.
fn keeps_cell_edit(command: Command) -> bool {
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

fn run_in_scope(editor: &mut Editor, scope: Scope, command: Command) -> Vec<Effect> {
    let height = usize::from(layout::screen_areas(editor.width, editor.height).body.height);
    match scope {
        Scope::Home => return run_home_command(editor, command),
        Scope::Folder => return folder::run_folder_command(editor, command),
        Scope::Text if matches!(command, Command::NextCell | Command::PreviousCell) => {
            tab_out_of_narrative(editor, command)
        }
        Scope::Text => return narrative::run_narrative_command(editor, command),
        Scope::Findings => {
            if let Some((document, view)) = editor.open_mut() {
                match command {
                    Command::Enter if view.tabs[view.tab] == Tab::Findings => {
                        cursor::go_to_finding(document, view, view.current_finding)
                    }
                    _ => cursor::move_in_findings(document, view, command, height),
                }
            }
        }
        Scope::Table | Scope::Typing => return cell_edit::run_cell_command(editor, command),
        Scope::Everywhere | Scope::Window => {}
    }
    Vec::new()
}

/// Tab leaves a narrative for the next tab; Shift+Tab for the cells over it, or the tab before.
fn tab_out_of_narrative(editor: &mut Editor, command: Command) {
    match editor.open_mut() {
        Some((document, view))
            if command == Command::PreviousCell && view.cell_section(document).is_some() =>
        {
            view.cursor_mut().in_text = false
        }
        _ => switch_tab(
            editor,
            if command == Command::NextCell { Command::NextTab } else { Command::PreviousTab },
        ),
    }
}

fn run_home_command(editor: &mut Editor, command: Command) -> Vec<Effect> {
    let count = home::MENU.len() + editor.recent.len();
    let Page::Home(home) = &mut editor.page else { return Vec::new() };
    match command {
        Command::Enter => {
            let at = home.selected;
            if let Some((way, ..)) = home::MENU.get(at) {
                return run_command(editor, Scope::Home, *way);
            }
            let recent = editor.recent.get(at - home::MENU.len());
            return recent.map_or_else(Vec::new, |recent| vec![Effect::Open(recent.path.clone())]);
        }
        _ => home.selected = list_cursor::moved(home.selected, command, count, count),
    }
    Vec::new()
}

fn undo_or_redo(editor: &mut Editor, back: bool) {
    let library = editor.library.clone();
    let Some((document, view)) = editor.open_mut().filter(|(document, _)| !document.read_only) else {
        return;
    };
    let Some(edit) = document.undo_or_redo(back) else {
        editor.notification =
            if back { "没有可撤销的了".into() } else { "没有可重做的了".into() };
        return;
    };
    change::sync(document, view, &library);
    if let Some(field) = edit.fields().next() {
        view.go_to_field(document, field, None);
    }
}

fn switch_tab(editor: &mut Editor, command: Command) {
    use Command::*;
    let Some((document, view)) = editor.open_mut() else { return };
    document.history.close_group();
    let count = view.tabs.len();
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
        NextTab => (view.tab + 1) % count,
        _ => (view.tab + count - 1) % count,
    };
    view.tab = wanted.min(count - 1);
}

fn go_to_next_finding(editor: &mut Editor, forward: bool) {
    let Some((document, view)) = editor.open_mut() else { return };
    document.history.close_group();
    match cursor::next_finding(document, view, forward) {
        Some(at) => cursor::go_to_finding(document, view, at),
        None => editor.notification = "没有发现问题".into(),
    }
}

fn apply_fix(editor: &mut Editor) {
    let library = editor.library.clone();
    let undo = editor.press_hint(Command::Undo, "可撤销");
    let Some((document, view)) = editor.open_mut() else { return };
    let here = view.findings_at_cursor(document);
    let Some(edit) = here.iter().find_map(|&at| document.findings[at].fix.clone()) else {
        editor.notification = match here.first() {
            Some(_) => "这个问题没有唯一的改法，请核对后自己改".into(),
            None => help::no_finding(editor),
        };
        return;
    };
    let fields: Vec<&str> = edit.fields().map(|id| document.form.location(id)).collect();
    let message = format!("已改：{}。{undo}", fields.join("、"));
    change::apply_edit(document, view, edit, false);
    change::sync(document, view, &library);
    editor.notification = message;
}

fn toggle_ignored(editor: &mut Editor) {
    let Some((document, view)) = editor.open_mut() else { return };
    // In the preview the list of findings is not seen: nothing of it is set aside there.
    if view.tabs[view.tab] != Tab::Findings {
        return;
    }
    let Some(finding) = document.findings.get(view.current_finding) else { return };
    let waiver = finding.ignore_key();
    if finding.is_open() {
        editor.layers.push(Layer::prompt(PromptKind::Ignore(waiver), &[("理由", "")]));
    } else {
        let edit = Edit::ignore_finding(&document.draft, waiver, None);
        change::apply_edit(document, view, edit, false);
        editor.notification = "这个问题又会提示了".into();
    }
}

fn toggle_totals(editor: &mut Editor) {
    let undo = editor.keys.using(editor.scope_below_layers(), Command::Undo, "可撤销");
    let Some((document, view)) = editor.open_mut() else { return };
    let edit = Edit::switch_totals(&document.form, &document.draft);
    change::apply_edit(document, view, edit, false);
    editor.notification = match document.draft.totals {
        crate::draft::Totals::Auto => {
            format!("总计改为自动计算，原来填的总计已放下（{undo}）")
        }
        crate::draft::Totals::Typed => "总计改为自己填，已写入现在的合计".into(),
    };
}

fn pick_open_cells(editor: &mut Editor) {
    let nothing = editor
        .document()
        .is_none_or(|document| document.open_cells.is_empty() && document.unplaced.is_empty());
    if nothing {
        editor.notification = "没有没读准的地方（只有刚导入的报告才有）".into();
    } else {
        editor.layers.push(Layer::picker(PickerKind::OpenCells));
    }
}

fn toggle_changes(editor: &mut Editor) {
    if editor.document().is_none_or(|document| document.last_year.is_none()) {
        editor.notification = "没有上年的报告可比。用 nianbao carry 从上年开始，或在草稿里写 last".into();
        return;
    }
    editor.show_changes = !editor.show_changes;
    editor.notification = if editor.show_changes {
        "各格显示比上年增减多少，再按一次回到原数"
    } else {
        "各格显示原数"
    }
    .into();
}

fn toggle_enter_direction(editor: &mut Editor) {
    editor.enter_moves_right = !editor.enter_moves_right;
    let way = if editor.enter_moves_right {
        "改为向右，到行尾接下一行"
    } else {
        "改为向下，到列尾接下一列"
    };
    editor.notification = editor.keys.using(Scope::Table, Command::Enter, way);
}
