//! What others did: a journal left by a session that ended badly, a draft that somebody else
//! has open, a file that somebody else has saved meanwhile.

use super::action::Action;
use super::command::Command;
use super::document::Document;
use super::layer::{ConfirmAction, Layer, LeaveTarget};
use super::list_cursor::moved;
use super::{Editor, Effect, MergeOrigin, Opened, RecoveryAnswer, file, layout};
use crate::draft::Draft;
use crate::edit::History;
use crate::form::FieldId;
use crate::merge::{self, Conflict, Resolution};

/// Asks what to do with what an earlier session left. What is newer is the answer that Enter gives.
pub fn ask_recovery(lines: &[String], outdated: bool) -> Vec<Action> {
    let answer = |words, answer| (words, ConfirmAction::AnswerRecovery(answer));
    let answers = if outdated {
        vec![
            answer("保留文件内容", RecoveryAnswer::Postpone),
            answer("合并恢复", RecoveryAnswer::Restore),
            answer("放弃这些改动", RecoveryAnswer::Discard),
        ]
    } else {
        vec![
            answer("恢复", RecoveryAnswer::Restore),
            answer("放弃这些改动", RecoveryAnswer::Discard),
            answer("以后再决定", RecoveryAnswer::Postpone),
        ]
    };
    vec![Layer::Confirm { title: "恢复未保存的内容", message: lines.join("\n"), answers, at: 0 }.into()]
}

/// Takes back the question about what an earlier session left, since the draft is read-only now. Returns
/// what has to be done then.
pub fn withdraw_recovery(editor: &mut Editor) -> Vec<Action> {
    let asks = |layer: &Layer| match layer {
        Layer::Confirm { answers, .. } => {
            answers.iter().any(|(_, answer)| matches!(answer, ConfirmAction::AnswerRecovery(_)))
        }
        _ => false,
    };
    let before = editor.layers.len();
    editor.layers.retain(|layer| !asks(layer));
    let asked = before > editor.layers.len();
    asked.then_some(Effect::Recover(RecoveryAnswer::Postpone).into()).into_iter().collect()
}

/// Opens the recovered draft with the undo history it had.
pub fn on_recovered(editor: &mut Editor, opened: Opened, history: History) {
    file::show_document(editor, opened);
    if let Some(document) = editor.document_mut() {
        document.history = history;
    }
}

/// Asks what to do with a draft that somebody else has open.
pub fn ask_about_owner(owner: &str) -> Vec<Action> {
    let ask = Layer::Confirm {
        title: "草稿已打开",
        message: format!("{owner}。可以同时编辑，保存时合并两处的改动。"),
        answers: vec![
            ("只读打开", ConfirmAction::ReadOnly),
            ("同时编辑", ConfirmAction::Dismiss),
            ("返回首页", ConfirmAction::Leave(LeaveTarget::Home)),
        ],
        at: 0,
    };
    vec![ask.into()]
}

/// Merges another draft into the open one; asks only for what both changed.
pub fn merge_theirs(
    editor: &mut Editor,
    (mut base, theirs): (Draft, Draft),
    origin: MergeOrigin,
    mut then_save: bool,
) -> Vec<Action> {
    // They have saved again while the clerk is still asked: one question, from where both began.
    editor.layers.retain(|layer| {
        let Layer::Conflicts { sides, then_save: saving, origin: other, .. } = layer else { return true };
        if (*other == MergeOrigin::Journal) != (origin == MergeOrigin::Journal) {
            return true;
        }
        base = sides.0.clone();
        then_save |= saving;
        false
    });
    let Some(document) = editor.document() else { return Vec::new() };
    let (merged, conflicts) = merge::merge(&document.form, &base, &document.draft, &theirs);
    if conflicts.is_empty() {
        return apply_merge(document, &merged, &theirs, origin, then_save);
    }
    // What is newer is taken unless the clerk says otherwise.
    let newer = if origin == MergeOrigin::NewerFile { Resolution::Theirs } else { Resolution::Ours };
    let choices = vec![newer; conflicts.len()];
    let sides = Box::new((base, theirs));
    vec![Layer::Conflicts { sides, origin, conflicts, choices, at: 0, then_save }.into()]
}

/// Keys of the window of conflicts.
pub fn run_conflict_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    let page = layout::layer_area(editor.width, editor.height, layout::MAX_LAYER_WIDTH, u16::MAX).height;
    let Some(Layer::Conflicts { sides, origin, conflicts, choices, at, then_save }) =
        editor.layers.last_mut()
    else {
        return Vec::new();
    };
    match command {
        Command::Left | Command::Right => {
            let in_text = matches!(conflicts.get(*at), Some(Conflict::Paragraphs { .. }));
            if let Some(choice) = choices.get_mut(*at) {
                *choice = match *choice {
                    Resolution::Ours => Resolution::Theirs,
                    Resolution::Theirs if in_text => Resolution::Both,
                    Resolution::Theirs | Resolution::Both => Resolution::Ours,
                };
            }
        }
        // Esc keeps ours where nothing else was chosen; theirs was on the screen, and stays in the
        // versions that are kept.
        Command::Enter | Command::Cancel => {
            let (sides, choices, origin, then_save) = (sides.clone(), choices.clone(), *origin, *then_save);
            editor.layers.pop();
            let Some(document) = editor.document() else { return Vec::new() };
            let (base, theirs) = *sides;
            let (merged, _) =
                merge::merge_resolved(&document.form, &base, &document.draft, &theirs, &choices);
            return apply_merge(document, &merged, &theirs, origin, then_save);
        }
        // Three rows a conflict.
        _ => *at = moved(*at, command, conflicts.len(), usize::from(page) / 3),
    }
    Vec::new()
}

/// Takes one side of a conflict.
pub fn choose_side(editor: &mut Editor, conflict: usize, ours: bool) {
    if let Some(Layer::Conflicts { choices, at, .. }) = editor.layers.last_mut()
        && let Some(choice) = choices.get_mut(conflict)
    {
        *choice = if ours { Resolution::Ours } else { Resolution::Theirs };
        *at = conflict;
    }
}

/// Changes the draft into the merged one as one step, and saves if that was asked for.
fn apply_merge(
    document: &Document,
    merged: &Draft,
    theirs: &Draft,
    origin: MergeOrigin,
    then_save: bool,
) -> Vec<Action> {
    let edit = merge::edit_between(&document.form, &document.draft, merged);
    let message = merge_summary(document, &edit.fields().cloned().collect::<Vec<_>>(), origin);
    let mut after = document.draft.clone();
    edit.apply(&mut after);
    // Merging an older journal leaves the file as it was.
    let saved = (origin != MergeOrigin::Journal).then(|| after == *theirs);
    let save = then_save.then_some(Action::Save);
    [Action::Merge { edit, saved }, Action::Notify(message)].into_iter().chain(save).collect()
}

fn merge_summary(document: &Document, fields: &[FieldId], origin: MergeOrigin) -> String {
    let places: Vec<&str> = fields.iter().take(3).map(|id| document.form.location(id)).collect();
    let (same, changed) = match origin {
        MergeOrigin::File => ("文件已被他人保存，与此处的改动不冲突", "他人修改了文件，已合并"),
        MergeOrigin::NewerFile => {
            ("已恢复上次的改动，与文件中的内容不冲突", "已恢复上次的改动，并与文件中的内容合并")
        }
        MergeOrigin::Journal => ("较早的恢复记录中没有其他内容", "已并入较早的恢复记录"),
    };
    match fields.len() {
        0 => same.into(),
        1..=3 => format!("{changed}：{}", places.join("、")),
        count => format!("{changed} {count} 处：{} 等", places.join("、")),
    }
}
