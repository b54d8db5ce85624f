//! Modes, for key sets that have them: where the keys give a row to the normal mode of narratives,
//! letters are commands until the clerk asks to type. Tables need no state for it: moving about is
//! their normal mode, a cell being typed the other.

use super::command::{Command, Scope};
use super::key::Key;
use super::{Editor, cell, cursor, layout};

/// Whether a character goes into the cell or the text; `is_command` says that it is a command too,
/// as `?` and the space are in tables.
pub fn types(editor: &Editor, scope: Scope, c: char, is_command: bool) -> bool {
    match scope {
        Scope::Text | Scope::Folder | Scope::Window => true,
        // Where letters are commands, they end a number and move on from it.
        Scope::Typing if editor.keys.has_modes() && !editor.desk().is_some_and(cell::is_line_of_text) => {
            !is_command || !c.is_ascii_alphabetic()
        }
        Scope::Typing => true,
        Scope::Normal => false,
        // A number still needs no key before it.
        Scope::Table if editor.keys.has_modes() => {
            !is_command && (c.is_ascii_digit() || "+-.".contains(c) || !c.is_ascii())
        }
        Scope::Table => !is_command || editor.desk().is_some_and(cell::is_line_of_text),
        Scope::Home | Scope::Findings | Scope::Everywhere => !is_command,
    }
}

/// The mode in the clerk's words; nothing where the keys have none, or where nothing can be typed.
pub fn words(editor: &Editor) -> Option<&'static str> {
    match editor.scope() {
        _ if !editor.keys.has_modes() => None,
        Scope::Text | Scope::Typing => Some("打字"),
        Scope::Normal | Scope::Table => Some("普通"),
        _ => None,
    }
}

/// Says how to begin, where a letter was pressed that is no command.
pub fn hint(editor: &mut Editor, key: Key) {
    if editor.scope() == Scope::Normal && key.typed().is_some() {
        let insert = editor.keys.shown(Scope::Normal, Command::Insert);
        editor.notice = format!("现在是普通模式。按 {insert} 开始打字");
    }
}

/// Begins to type at the caret, or behind the character at it.
pub fn begin(editor: &mut Editor, behind: bool) {
    let body = layout::areas(editor.width, editor.height).body;
    editor.inserting = true;
    let Some(desk) = editor.desk_mut() else { return };
    desk.history.close_group();
    if behind {
        cursor::in_text(desk, Command::Right, usize::from(body.width), usize::from(body.height));
    }
}

/// Typing has ended: an undo takes it back and nothing before it.
pub fn end(editor: &mut Editor) {
    editor.inserting = false;
    if let Some(desk) = editor.desk_mut() {
        desk.history.close_group();
    }
}
