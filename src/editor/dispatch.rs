//! Commands that are not movement or typing: saving and leaving, undo, findings, layers.

use super::action::{Action, notify};
use super::command::{Command, Scope};
use super::file_list::{self, FilePurpose};
use super::layer::{Layer, LeaveTarget, PickerKind, PromptKind};
use super::view::Tab;
use super::{
    Editor, Effect, cell_edit, compiled, cursor, file, fix, folder, help, home_input, import_review, jump,
    layout, narrative, replace, report_state, search, versions, zeros,
};
use crate::draft::Totals;
use crate::edit::Edit;

/// Runs a command as if the cursor were in that scope, or says why it cannot be run now.
pub fn run_command(editor: &mut Editor, scope: Scope, command: Command) -> Vec<Action> {
    use Command::*;
    // A row of the palette for everywhere acts where the cursor is.
    let place = if scope == Scope::Everywhere { editor.scope_below_layers() } else { scope };
    let refused = editor.document().filter(|_| command.changes_draft()).and_then(report_state::refuse_change);
    if let Some(refused) = refused {
        return refused;
    }
    let works_on_all = matches!(command, CompileUnits | ReturnNotes | CopyReminder | ExportUnits);
    if let Some(refused) = folder::refuse_while_reading(editor).filter(|_| works_on_all) {
        return refused;
    }
    match command {
        Save => vec![Action::Save],
        SaveAs => file::prompt_save_as(editor),
        Quit => vec![Action::Leave(LeaveTarget::Back)],
        GoHome => vec![Action::Leave(LeaveTarget::Home)],
        Suspend => vec![Effect::Suspend.into()],
        Redraw => vec![Effect::Redraw.into()],
        ToggleMouse => toggle_mouse(editor),
        Undo => vec![Action::Undo],
        Redo => vec![Action::Redo],
        Help => help::show_keys(place),
        Manual => help::manual(),
        Palette => vec![Layer::picker(PickerKind::Palette).into()],
        Find => vec![Layer::picker(PickerKind::Find).into()],
        InsertFigure => vec![Layer::picker(PickerKind::Figures).into()],
        Replace => replace::prompt_replace(editor),
        FindNext | FindPrevious => search::go_to_next(editor, command == FindNext),
        NewReport => file::prompt_new_report(editor, None),
        OpenFile => file_list::open_file_list(editor, FilePurpose::Open, None),
        CarryReport => home_input::prompt_carry(editor),
        OpenFolder => home_input::open_folder(editor),
        OpenSample => vec![Effect::OpenSample.into()],
        ImportFile => file_list::open_file_list(editor, FilePurpose::Import, None),
        ReportState => report_state::choose_state(editor),
        Export => vec![Layer::picker(PickerKind::Formats).into()],
        CompileUnits => folder::prompt_compile(editor),
        ReturnNotes => folder::ask_return_notes(editor),
        CopyReminder => folder::copy_reminder(editor),
        ExportUnits => folder::ask_table_format(editor),
        ListOpenCells => import_review::open_review(editor, None),
        ChooseLastYear => choose_last_year(editor),
        ToggleChanges => toggle_changes(editor),
        Breakdown => compiled::pick_breakdown(editor),
        RefreshUnits => compiled::request_update(editor),
        Versions => versions::request_versions(editor),
        TabCover | Tab1 | Tab2 | Tab3 | Tab4 | Tab5 | Tab6 | TabFindings | TabPreview | NextTab
        | PreviousTab => switch_tab(editor, command),
        NextFinding | PreviousFinding => go_to_next_finding(editor, command == NextFinding),
        ApplyFix => fix::apply_fix(editor),
        ApplyFixToAll => fix::apply_fix_to_all(editor),
        FollowFigure => jump::follow_figure(editor),
        JumpBack => jump::jump_back(editor),
        ExplainFinding => help::explain_finding(editor),
        Ignore => toggle_ignored(editor),
        ToggleTotals => toggle_totals(editor),
        ToggleEnterDirection => toggle_enter_direction(editor),
        ZeroRow | ZeroTable | ZeroAll => zeros::fill_zeros(editor, command),
        InsertHeadings => narrative::insert_headings(editor),
        TableText => narrative::go_to_table_text(editor),
        InsertLastYear => narrative::insert_last_year(editor),
        _ => run_in_scope(editor, place, command),
    }
}

fn run_in_scope(editor: &mut Editor, scope: Scope, command: Command) -> Vec<Action> {
    let body = layout::screen_areas(editor.width, editor.height).body;
    match scope {
        Scope::Home => home_input::run_home_command(editor, command),
        Scope::Folder => folder::run_folder_command(editor, command),
        Scope::Text if matches!(command, Command::NextCell | Command::PreviousCell) => {
            tab_out_of_narrative(editor, command)
        }
        Scope::Text => narrative::run_narrative_command(editor, command),
        Scope::Findings => {
            if let Some((document, view)) = editor.open_view_mut() {
                match command {
                    Command::Enter if view.tabs[view.tab] == Tab::Findings => {
                        cursor::go_to_finding(document, view, view.current_finding)
                    }
                    _ => cursor::move_in_findings(
                        document,
                        view,
                        command,
                        (body.width, usize::from(body.height)),
                    ),
                }
            }
            Vec::new()
        }
        Scope::Table | Scope::Typing => cell_edit::run_cell_command(editor, command),
        Scope::Everywhere | Scope::Window => Vec::new(),
    }
}

/// Tab leaves a narrative for the next tab; Shift+Tab for the cells over it, or the tab before.
fn tab_out_of_narrative(editor: &mut Editor, command: Command) -> Vec<Action> {
    match editor.open_view_mut() {
        Some((document, view))
            if command == Command::PreviousCell && view.cell_section(document).is_some() =>
        {
            view.cursor_mut().in_text = false;
            Vec::new()
        }
        _ if command == Command::NextCell => switch_tab(editor, Command::NextTab),
        _ => switch_tab(editor, Command::PreviousTab),
    }
}

fn switch_tab(editor: &mut Editor, command: Command) -> Vec<Action> {
    use Command::*;
    let Some((_, view)) = editor.open_view_mut() else { return Vec::new() };
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
    vec![Action::CloseGroup]
}

fn go_to_next_finding(editor: &mut Editor, forward: bool) -> Vec<Action> {
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    let mut actions = vec![Action::CloseGroup];
    match cursor::next_finding(document, view, forward) {
        Some(at) => cursor::go_to_finding(document, view, at),
        None => actions.push(Action::Notify("没有发现问题".into())),
    }
    actions
}

fn toggle_ignored(editor: &Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    // In the preview the list of findings is not seen: nothing of it is ignored there.
    if view.tabs[view.tab] != Tab::Findings {
        return Vec::new();
    }
    // One slip is ignored as a whole.
    let here = view.findings_at_cursor(document);
    let findings: Vec<_> = here.iter().map(|&at| &document.findings[at]).collect();
    let ignored: Vec<_> = findings.iter().map(|finding| finding.ignore_key()).collect();
    match findings.first() {
        None => Vec::new(),
        Some(finding) if finding.is_open() => {
            vec![Layer::prompt(PromptKind::Ignore(ignored), &[("理由", "")]).into()]
        }
        Some(_) => {
            let edit = Edit::ignore_findings(&document.draft, ignored, None);
            vec![Action::Edit(edit), Action::Notify("已取消“已核实”，恢复提示".into())]
        }
    }
}

fn toggle_totals(editor: &Editor) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let edit = Edit::switch_totals(&document.form, &document.draft);
    let message = if document.draft.totals == Totals::Typed {
        let undo = editor.keys.using(editor.scope_below_layers(), Command::Undo, "可撤销");
        format!("总计改为自动计算，原填的总计不再采用（{undo}）")
    } else {
        "总计改为手工填写，已写入现在的合计".into()
    };
    vec![Action::Edit(edit), Action::Notify(message)]
}

/// Asks for last year's report; that of the same unit is proposed where it was opened lately.
fn choose_last_year(editor: &Editor) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let year = document.draft.year().and_then(|year| year.checked_sub(1));
    let mut recent = editor.recent.iter().filter(|_| year.is_some());
    let last = recent.find(|recent| recent.year == year && recent.unit == document.draft.unit());
    let path = last.map(|recent| recent.path.clone());
    file_list::open_file_list(editor, FilePurpose::LastYear, path)
}

fn toggle_changes(editor: &mut Editor) -> Vec<Action> {
    let has_last = editor.document().is_some_and(|document| document.last_year.is_some());
    if !has_last && !editor.show_changes {
        return choose_last_year(editor);
    }
    editor.show_changes = !editor.show_changes;
    notify(if editor.show_changes {
        "各格显示与上年相比的增减，再按一次恢复显示原数"
    } else {
        "各格显示原数"
    })
}

fn toggle_mouse(editor: &mut Editor) -> Vec<Action> {
    editor.mouse = !editor.mouse;
    let message = if editor.mouse {
        "鼠标已启用，下次打开仍是如此".into()
    } else {
        let again = editor.press_hint(Command::Palette, "可再次启用");
        format!("鼠标已停用：可用终端选中和复制，下次打开仍是如此。{again}")
    };
    vec![Effect::SetMouse(editor.mouse).into(), Action::Notify(message)]
}

fn toggle_enter_direction(editor: &mut Editor) -> Vec<Action> {
    editor.enter_moves_right = !editor.enter_moves_right;
    let way = if editor.enter_moves_right {
        "改为向右，到行尾接下一行"
    } else {
        "改为向下，到列尾接下一列"
    };
    notify(editor.keys.using(Scope::Table, Command::Enter, way))
}
