//! What keys do in the windows over the screen.

use std::path::PathBuf;

use super::command::Command;
use super::desk::{Desk, proposed_name};
use super::layer::{Answer, Choice, Layer, Leave, Purpose};
use super::line::Line;
use super::list_cursor::moved;
use super::{
    Editor, Effect, Page, adjust, block, conflict, file, hand, layout, pick, run, text, units, versions,
};
use crate::draft::{Draft, Value, read};
use crate::edit::Edit;
use crate::form::Kind;

/// Types into the line of the top window.
pub fn type_in(editor: &mut Editor, words: &str) {
    let Some(layer) = editor.layers.last_mut() else { return };
    if let Some(line) = layer.line_mut() {
        line.insert(words);
        narrowed(layer);
    }
}

/// A list that was narrowed starts from its first item again.
fn narrowed(layer: &mut Layer) {
    if let Layer::Picker { at, .. } = layer {
        *at = 0;
    }
}

/// Runs a key of the top window.
pub fn run(editor: &mut Editor, command: Command) -> Vec<Effect> {
    let (width, height, ruler) = (editor.width, editor.height, editor.ruler);
    let page = usize::from(layout::areas(editor.width, editor.height).body.height).max(2) - 1;
    let items = match editor.layers.last() {
        Some(Layer::Picker { picker, line, .. }) => pick::items(editor, *picker, line.text()),
        _ => Vec::new(),
    };
    let Some(layer) = editor.layers.last_mut() else { return Vec::new() };
    if let Layer::Conflicts { .. } = layer {
        return conflict::run(editor, command);
    }
    if command == Command::Cancel {
        editor.layers.pop();
        // Who does not go on saving does not go on leaving.
        editor.leaving = None;
        return Vec::new();
    }
    if let Some(line) = layer.line_mut()
        && in_line(line, command)
    {
        narrowed(layer);
        return Vec::new();
    }
    match layer {
        Layer::Conflicts { .. } => {}
        Layer::Versions { .. } => return versions::run(editor, command),
        Layer::Text { lines, top, .. } => {
            let rows = layout::text_rows(lines, width, ruler);
            let shown =
                layout::window(width, height, layout::WIDEST, u16::try_from(rows.len()).unwrap_or(u16::MAX));
            let last = rows.len().saturating_sub(usize::from(shown.height));
            match command {
                Command::Enter => drop(editor.layers.pop()),
                _ => *top = moved(*top, command, last + 1, page),
            }
        }
        Layer::Picker { at, .. } => match command {
            Command::Enter => {
                let choice = items.get(*at).map(|item| item.choice.clone());
                return choice.map_or_else(Vec::new, |choice| take(editor, choice));
            }
            _ => *at = moved(*at, command, items.len(), page),
        },
        Layer::Ask { answers, at, .. } => match command {
            Command::Enter => {
                let answer = answers.get(*at).map(|(_, answer)| answer.clone());
                editor.layers.pop();
                return answer.map_or_else(Vec::new, |answer| answered(editor, answer));
            }
            Command::Left => *at = moved(*at, Command::Up, answers.len(), page),
            Command::Right => *at = moved(*at, Command::Down, answers.len(), page),
            _ => *at = moved(*at, command, answers.len(), page),
        },
        Layer::Fields { fields, at, .. } => match command {
            Command::Enter if *at + 1 < fields.len() => *at += 1,
            Command::Enter => return accept(editor),
            _ => *at = moved(*at, command, fields.len(), page),
        },
    }
    Vec::new()
}

/// Editing keys of a line; whether the command was one.
fn in_line(line: &mut Line, command: Command) -> bool {
    match command {
        Command::Left | Command::Right => line.step(command == Command::Right),
        Command::RowStart | Command::RowEnd => line.jump(command == Command::RowEnd),
        Command::EraseLeft => line.erase_left(),
        Command::EraseRight => line.erase_right(),
        _ => return false,
    }
    true
}

fn take(editor: &mut Editor, choice: Choice) -> Vec<Effect> {
    editor.layers.pop();
    match choice {
        Choice::Run(scope, command) => return run::run(editor, scope, command),
        Choice::Go(field, byte) => {
            if let Some(desk) = editor.desk_mut() {
                desk.go(&field, byte);
            }
        }
        Choice::Insert(words) => text::type_in(editor, &words),
        Choice::Export(format) => hand::ask_export(editor, format),
        Choice::Adjust(field) => adjust::open(editor, field),
        Choice::DropAdjustment(at) => adjust::ask(editor, at),
        Choice::Unit(path) => return file::leave(editor, Leave::Unit(path)),
        Choice::Fill(field, text) => {
            if let Some(desk) = editor.desk_mut() {
                let edit = Edit::typed(&desk.form, &desk.draft, &field, &text);
                desk.run(edit, false);
                desk.open.retain(|open| open.field != field);
                desk.go(&field, None);
            }
        }
        Choice::Stay => {}
    }
    Vec::new()
}

fn answered(editor: &mut Editor, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Back => {
            editor.leaving = None;
            Vec::new()
        }
        Answer::Export(format, path) => hand::export_to(editor, format, path, true),
        Answer::Recover(answer) => vec![Effect::Recover(answer)],
        Answer::ReadOnly => {
            if let Some(desk) = editor.desk_mut() {
                desk.read_only = true;
            }
            editor.notice = "只看不改。要改请重新打开".into();
            conflict::withdraw_recovery(editor)
        }
        Answer::Leave(leave) => file::go(editor, leave),
        Answer::SaveThenLeave(leave) => {
            editor.leaving = Some(leave);
            file::save(editor)
        }
        Answer::Overwrite(path) => file::save_to(editor, path, true),
        Answer::SaveAs => {
            file::save_as(editor);
            Vec::new()
        }
        Answer::TakeUnits => {
            units::take(editor, true);
            Vec::new()
        }
        Answer::DropAdjustment(at) => {
            adjust::take_out(editor, at);
            Vec::new()
        }
        Answer::Paste(plan) => {
            block::apply(editor, &plan);
            Vec::new()
        }
    }
}

/// Takes what was filled in, or says what is wrong with it.
fn accept(editor: &mut Editor) -> Vec<Effect> {
    let Some(Layer::Fields { purpose, fields, .. }) = editor.layers.last().cloned() else {
        return Vec::new();
    };
    let typed: Vec<String> = fields.iter().map(|(_, line)| line.text().trim().to_string()).collect();
    let first = typed.first().cloned().unwrap_or_default();
    let second = typed.get(1).cloned().unwrap_or_default();
    let fault = match &purpose {
        Purpose::New(_) if first.is_empty() => "请填写单位名称",
        Purpose::New(_) if !matches!(read(&Kind::Year, &second), Value::Count(_)) => {
            "请填写四位数的年度，如 2025"
        }
        Purpose::Open | Purpose::SaveAs | Purpose::Import | Purpose::Export(_) if first.is_empty() => {
            "请填写文件名"
        }
        Purpose::Folder if first.is_empty() => "请填写文件夹的位置",
        Purpose::Replace if fields[0].1.text().is_empty() => "请填写要查找的文字",
        Purpose::Waive(_) if first.is_empty() => "请写明理由，会存进草稿",
        Purpose::Adjust(field) => adjust::fault(editor, field, &first, &second),
        _ => "",
    };
    if !fault.is_empty() {
        if let Some(Layer::Fields { fault: said, .. }) = editor.layers.last_mut() {
            *said = fault.into();
        }
        return Vec::new();
    }
    editor.layers.pop();
    match purpose {
        Purpose::New(path) => {
            if let Value::Count(year) = read(&Kind::Year, &second) {
                return new_report(editor, path, &first, u16::try_from(year).unwrap_or(0));
            }
        }
        Purpose::Open => return vec![Effect::Open(PathBuf::from(first))],
        Purpose::Folder => return vec![Effect::Folder(PathBuf::from(first))],
        Purpose::Import => return vec![Effect::Import(PathBuf::from(first))],
        Purpose::Export(format) => return hand::export_to(editor, format, PathBuf::from(first), false),
        Purpose::SaveAs => {
            let name = if first.ends_with(".ron") { first } else { format!("{first}.ron") };
            return file::save_to(editor, PathBuf::from(name), false);
        }
        Purpose::Replace => text::replace(editor, fields[0].1.text(), fields[1].1.text()),
        Purpose::Adjust(field) => adjust::make(editor, &field, &first, &second),
        Purpose::Waive(finding) => {
            if let Some(desk) = editor.desk_mut() {
                let edit = Edit::waive(&desk.draft, finding, Some(first));
                desk.run(edit, false);
            }
        }
    }
    Vec::new()
}

fn new_report(editor: &mut Editor, path: Option<PathBuf>, unit: &str, year: u16) -> Vec<Effect> {
    let draft = Draft::new(unit, year, &editor.library);
    let Ok(form) = draft.form(&editor.library) else { return Vec::new() };
    let started = Effect::Started { path: path.clone(), form: form.clone(), draft: Box::new(draft.clone()) };
    let name = form.name.clone();
    let mut desk = Desk::new(path, form, draft, None, editor.today);
    if desk.path.is_none() {
        desk.name = proposed_name(&desk.draft);
    }
    // Nothing of it is on disk yet.
    desk.history.mark_unsaved();
    editor.page = Page::Desk(Box::new(desk));
    editor.notice = format!("新报告：{name}。填好后{}", editor.press_hint(Command::Save, "保存"));
    vec![started]
}
