//! What keys do in the layers over the screen.

use std::path::PathBuf;

use super::action::{Action, notify};
use super::command::{Command, Scope};
use super::document::{Document, proposed_name};
use super::file_list::FilePurpose;
use super::layer::{ConfirmAction, Layer, LeaveTarget, PickerAction, PromptKind};
use super::line_input::LineInput;
use super::list_cursor::moved;
use super::view::View;
use super::{
    Editor, Effect, Page, adjustments, compiled, conflict, file, file_list, findings_list, folder,
    import_export, import_review, last_year, layer_lines, layout, narrative, picker, replace, report_state,
    search, selection, versions, year,
};
use crate::draft::{Draft, Value, parse_value};
use crate::edit::Edit;
use crate::form::Kind;

/// Types into the line of the top layer.
pub fn type_text(editor: &mut Editor, text: &str) -> Vec<Action> {
    match editor.layers.last_mut() {
        Some(Layer::Files(_)) => return file_list::type_text(editor, text),
        Some(Layer::ImportReview(_)) => return import_review::type_text(editor, text),
        _ => {}
    }
    if matches!(editor.layers.last(), Some(Layer::Confirm { .. })) {
        // Whoever types here has not seen that something is asked.
        let arrows = editor.keys.labels(Scope::Window, &[Command::Left, Command::Right]).unwrap_or_default();
        let enter = editor.keys.press(Scope::Window, Command::Enter, "确定");
        return notify(format!("请用{arrows}选择，{enter}"));
    }
    let Some(layer) = editor.layers.last_mut() else { return Vec::new() };
    let is_year = matches!(layer, Layer::Prompt { purpose: PromptKind::New(_), at: 1, .. });
    if let Some(line) = layer.input_mut() {
        match year::year_digits(line.text(), text).filter(|_| is_year) {
            Some(digits) => line.insert(&digits),
            None => line.insert(text),
        }
        reset_selection(layer);
    }
    Vec::new()
}

/// Chooses a line of the top layer; takes it if it was chosen already, or is an answer.
pub fn click_choice(editor: &mut Editor, choice: usize) -> Vec<Action> {
    match editor.layers.last() {
        Some(Layer::Files(_)) => return file_list::click(editor, choice),
        Some(Layer::ImportReview(_)) => return import_review::click(editor, choice),
        _ => {}
    }
    let takes = match editor.layers.last_mut() {
        Some(Layer::Confirm { at, .. } | Layer::Review { at, .. }) => {
            *at = choice;
            true
        }
        Some(Layer::Replace { at, .. }) => {
            *at = choice;
            true
        }
        Some(Layer::Picker { at, .. } | Layer::Versions { at, .. }) => {
            std::mem::replace(at, choice) == choice
        }
        _ => false,
    };
    if takes { run_layer_command(editor, Command::Enter) } else { Vec::new() }
}

/// A list that was narrowed starts from its first item again.
fn reset_selection(layer: &mut Layer) {
    if let Layer::Picker { at: first, .. } | Layer::Keys { top: first, .. } = layer {
        *first = 0;
    }
}

/// Leaves the program from layers that only show something; what is asked has to be answered first.
fn quit_from_layers(editor: &mut Editor) -> Vec<Action> {
    if !editor.layers.iter().all(Layer::only_shows) {
        return Vec::new();
    }
    editor.layers.clear();
    vec![Action::Run(editor.scope(), Command::Quit)]
}

/// Runs a key of the top layer.
pub fn run_layer_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    if command == Command::Quit {
        return quit_from_layers(editor);
    }
    let page = usize::from(layout::screen_areas(editor.width, editor.height).page.height).max(2) - 1;
    let items = match editor.layers.last() {
        Some(Layer::Picker { picker, line, .. }) => picker::picker_items(editor, *picker, line.text()),
        _ => Vec::new(),
    };
    let list = editor.layers.last().and_then(|layer| layer_lines::scrolled_lines(editor, layer));
    let tops = list.map_or(1, |list| list.count.saturating_sub(usize::from(list.area.height)) + 1);
    let Some(layer) = editor.layers.last_mut() else { return Vec::new() };
    match layer {
        Layer::Conflicts { .. } => return conflict::run_conflict_command(editor, command),
        Layer::Files(_) => return file_list::run_file_list_command(editor, command),
        Layer::ImportReview(_) => return import_review::run_review_command(editor, command),
        Layer::Replace { .. } => return replace::run_replace_command(editor, command),
        _ => {}
    }
    // Only names of files are completed.
    let command = if command == Command::Complete { Command::Down } else { command };
    if command == Command::Cancel {
        editor.layers.pop();
        // Not saving means not leaving either.
        editor.navigation.leave_after_save = None;
        return Vec::new();
    }
    if let Some(line) = layer.input_mut()
        && edit_line(line, command)
    {
        reset_selection(layer);
        return Vec::new();
    }
    match layer {
        Layer::Conflicts { .. } | Layer::Replace { .. } | Layer::Files(_) | Layer::ImportReview(_) => {}
        Layer::Versions { .. } => return versions::run_versions_command(editor, command),
        Layer::Message { top, .. } | Layer::Keys { top, .. } | Layer::SideBySide { top, .. } => match command
        {
            Command::Enter => drop(editor.layers.pop()),
            _ => *top = moved((*top).min(tops - 1), command, tops, page),
        },
        Layer::Review { answers, at, .. } | Layer::Confirm { answers, at, .. }
            if command == Command::Enter =>
        {
            let answer = answers.get(*at).map(|(_, answer)| answer.clone());
            editor.layers.pop();
            return answer.map_or_else(Vec::new, |answer| run_confirm_action(editor, answer));
        }
        Layer::Review { answers, at, .. } | Layer::Confirm { answers, at, .. }
            if matches!(command, Command::Left | Command::Right) =>
        {
            let way = if command == Command::Left { Command::Up } else { Command::Down };
            *at = moved(*at, way, answers.len(), page);
        }
        // What stands over the answers of a review scrolls.
        Layer::Review { top, .. } => *top = moved((*top).min(tops - 1), command, tops, page),
        Layer::Confirm { answers, at, .. } => *at = moved(*at, command, answers.len(), page),
        Layer::Picker { at, line, .. } => match command {
            Command::Enter => {
                let choice = items.get(*at).map(|item| item.action.clone());
                let searched = line.text().trim().to_string();
                return choice.map_or_else(Vec::new, |choice| run_picker_action(editor, choice, &searched));
            }
            _ => *at = moved(*at, command, items.len(), page),
        },
        Layer::Prompt { fields, at, .. } => match command {
            Command::Enter if *at + 1 < fields.len() => *at += 1,
            Command::Enter => return submit_prompt(editor),
            _ => *at = moved(*at, command, fields.len(), page),
        },
    }
    Vec::new()
}

/// Editing keys of a line; whether the command was one.
fn edit_line(line: &mut LineInput, command: Command) -> bool {
    match command {
        Command::Left | Command::Right => line.move_by(command == Command::Right),
        Command::RowStart | Command::RowEnd => line.move_to_end(command == Command::RowEnd),
        Command::EraseLeft => line.erase_left(),
        Command::EraseRight => line.erase_right(),
        Command::ClearLine => *line = LineInput::default(),
        _ => return false,
    }
    true
}

fn run_picker_action(editor: &mut Editor, choice: PickerAction, searched: &str) -> Vec<Action> {
    editor.layers.pop();
    match choice {
        PickerAction::RunCommand(scope, command) => vec![Action::Run(scope, command)],
        PickerAction::GoToField(field, byte) => search::begin_search(editor, searched, field, byte),
        PickerAction::InsertText(text) => narrative::type_text(editor, &text),
        PickerAction::Export(format) => import_export::prompt_export(editor, format),
        PickerAction::PromptAdjustment(field) => adjustments::prompt_adjustment(field),
        PickerAction::ConfirmRemoval(at) => adjustments::confirm_removal(editor, at),
        PickerAction::OpenUnit(path) => vec![Action::Leave(LeaveTarget::Unit(path))],
        PickerAction::Nothing => Vec::new(),
    }
}

fn run_confirm_action(editor: &mut Editor, answer: ConfirmAction) -> Vec<Action> {
    match answer {
        ConfirmAction::Dismiss => {
            editor.navigation.leave_after_save = None;
            Vec::new()
        }
        ConfirmAction::Export(format, path) => import_export::export_to(editor, format, path, true),
        ConfirmAction::AnswerRecovery(answer) => vec![Effect::Recover(answer).into()],
        ConfirmAction::ReadOnly => {
            let mut actions = vec![Action::SetReadOnly, Action::Notify(report_state::READ_ONLY.into())];
            actions.extend(conflict::withdraw_recovery(editor));
            actions
        }
        ConfirmAction::Leave(leave) => vec![Action::LeaveUnsaved(leave)],
        ConfirmAction::SaveThenLeave(leave) => {
            editor.navigation.leave_after_save = Some(leave);
            vec![Action::Save]
        }
        ConfirmAction::Overwrite(path) => file::save_to(editor, path, true),
        ConfirmAction::Run(command) => vec![Action::Run(editor.scope_below_layers(), command)],
        ConfirmAction::NewReport(path) => file::prompt_new_report(editor, Some(path)),
        ConfirmAction::UseLastYear(name, last) => last_year::use_last_year(editor, name, last),
        ConfirmAction::OpenVersion(version) => file::open_version(editor, version),
        ConfirmAction::OpenUnit(path) => folder::open_unit_file(editor, path),
        ConfirmAction::CompileAgain { unit, name } => folder::compile_units(editor, unit, &name, true),
        ConfirmAction::WriteNotes { folder, files, format, sender } => {
            vec![Effect::WriteNotes { folder, files, format, sender }.into()]
        }
        ConfirmAction::NameTable(format) => {
            file_list::open_file_list(editor, FilePurpose::UnitTable, folder::table_path(editor, format))
        }
        ConfirmAction::ExportTable(path) => folder::export_table(editor, &path, true),
        ConfirmAction::Import(path) => vec![Effect::Import(path).into()],
        ConfirmAction::UpdateWithoutUnreadable => compiled::update_from_units(editor, true),
        ConfirmAction::RemoveAdjustment(at) => adjustments::remove_adjustment(editor, at),
        ConfirmAction::ApplyEdit { edit, message } => {
            let Some(document) = editor.document() else { return Vec::new() };
            if edit.changes.iter().all(|change| change.fits(&document.draft)) {
                vec![Action::Edit(edit), Action::Notify(message)]
            } else {
                notify(report_state::CHANGED_MEANWHILE)
            }
        }
        ConfirmAction::Reopen { edit, message } => {
            let document = editor.document();
            document.map_or_else(Vec::new, |document| report_state::reopen(document, edit, message))
        }
        ConfirmAction::Paste(plan) => selection::apply_paste_plan(editor, &plan),
    }
}

/// Takes what was filled in, or says what is wrong with it.
fn submit_prompt(editor: &mut Editor) -> Vec<Action> {
    let Some(Layer::Prompt { purpose, fields, .. }) = editor.layers.last().cloned() else {
        return Vec::new();
    };
    let typed: Vec<String> = fields.iter().map(|(_, line)| line.text().trim().to_string()).collect();
    let first = typed.first().cloned().unwrap_or_default();
    let second = typed.get(1).cloned().unwrap_or_default();
    let fault = match &purpose {
        PromptKind::New(_) if first.is_empty() => "请填写单位名称",
        PromptKind::New(_) if !matches!(parse_value(&Kind::Year, &second), Value::Count(_)) => {
            year::year_fault(&second)
        }
        PromptKind::Compile if first.is_empty() => "请填写汇总单位的名称",
        PromptKind::Compile if second.is_empty() => "请填写文件名",
        PromptKind::Replace if fields[0].1.text().is_empty() => "请填写要查找的文字",
        PromptKind::Ignore(_) if first.is_empty() => "理由不能为空，请写明后再确定",
        PromptKind::Adjust(field) => adjustments::adjustment_error(editor, field, &first, &second),
        _ => "",
    };
    if !fault.is_empty() {
        if let Some(Layer::Prompt { fault: said, .. }) = editor.layers.last_mut() {
            *said = fault.into();
        }
        return Vec::new();
    }
    editor.layers.pop();
    match purpose {
        PromptKind::New(path) => match parse_value(&Kind::Year, &second) {
            Value::Count(year) => create_report(editor, path, &first, u16::try_from(year).unwrap_or(0)),
            _ => Vec::new(),
        },
        PromptKind::Compile => folder::compile_units(editor, first, &second, false),
        PromptKind::Replace => replace::begin_replace(editor, fields[0].1.text(), fields[1].1.text()),
        PromptKind::Adjust(field) => adjustments::add_adjustment(editor, &field, &first, &second),
        PromptKind::Ignore(findings) => {
            if let Some((document, view)) = editor.open_report_mut().filter(|(_, view)| view.is_list()) {
                view.current_finding =
                    findings_list::finding_beside(document, view.current_finding, &findings);
            }
            let edit = |draft| Edit::ignore_findings(draft, findings, Some(first));
            editor.draft().map(|draft| Action::Edit(edit(draft))).into_iter().collect()
        }
    }
}

fn create_report(editor: &mut Editor, path: Option<PathBuf>, unit: &str, year: u16) -> Vec<Action> {
    let draft = Draft::new(unit, year, &editor.library);
    let Ok(form) = draft.form(&editor.library) else { return Vec::new() };
    let started =
        Effect::StartJournal { path: path.clone(), form: form.clone(), draft: Box::new(draft.clone()) };
    let name = form.name.clone();
    let mut document = Document::new(path, form, draft, None, editor.today);
    if document.path.is_none() {
        document.name = proposed_name(&document.draft);
    }
    // Nothing of it is on disk yet.
    document.history.mark_unsaved();
    let view = View::new(&document.form);
    editor.page = Page::Document(Box::new(document), Box::new(view));
    editor.notification = format!("已新建报告（{name}）。填好后{}", editor.press_hint(Command::Save, "保存"));
    vec![started.into()]
}
