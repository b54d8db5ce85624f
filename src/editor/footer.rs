//! The footer: the few keys that matter where the cursor is. `draw` paints them and the mouse presses them.

use super::command::{Command, Scope};
use super::key_label::key_label;
use super::view::Tab;
use super::{Editor, KeyBinding};
use crate::text::width::display_width;

/// How many keys the footer names at the most.
const MOST: usize = 7;
/// These come first, whatever the order of the key file: what is wrong here, then what is always good to
/// know. The others fill the rest.
const FIRST: [Command; 3] = [Command::NextFinding, Command::ApplyFix, Command::ExplainFinding];
const LAST: [Command; 3] = [Command::Save, Command::Palette, Command::Help];

/// One key of the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterKey {
    /// Its first column.
    pub x: u16,
    /// Its last column and one more.
    pub end: u16,
    /// The key as shown.
    pub key: String,
    /// What it does, in a word.
    pub text: String,
    /// What it does.
    pub command: Command,
}

/// Returns the keys of the footer of a window of this width.
pub fn footer_keys(editor: &Editor, width: u16) -> Vec<FooterKey> {
    let mut rows = candidates(editor);
    let last: Vec<usize> =
        LAST.iter().filter_map(|it| rows.iter().position(|row| row.0.command == *it)).collect();
    let other = (0..rows.len()).filter(|at| !last.contains(at));
    let mut order: Vec<usize> = other.clone().filter(|&at| !FIRST.contains(&rows[at].0.command)).collect();
    let first: Vec<usize> = other.filter(|&at| FIRST.contains(&rows[at].0.command)).collect();
    let own = order.len().min(MOST.saturating_sub(first.len() + last.len()).max(1));
    order.truncate(own);
    order.extend(first);
    order.extend(last);
    let mut x = 1;
    let mut keys = Vec::new();
    for at in order {
        let (row, key) = &mut rows[at];
        let wide = u16::try_from(display_width(key) + 1 + display_width(&row.foot)).unwrap_or(u16::MAX);
        if keys.len() < MOST.max(own) && x + wide < width {
            let (key, text) = (std::mem::take(key), row.foot.clone());
            keys.push(FooterKey { x, end: x + wide, key, text, command: row.command });
            x += wide + 2;
        }
    }
    keys
}

/// Returns the rows of the key map that have a word for the footer and can be used here, with their key.
fn candidates(editor: &Editor) -> Vec<(&KeyBinding, String)> {
    let scope = editor.scope();
    // The preview scrolls with the keys of the findings, and has none of their commands; a cell being typed
    // has the keys of its table too, but no space to show them.
    let is_below = editor.layers.is_empty();
    let view = editor.view().filter(|_| is_below);
    let in_preview = view.is_some_and(|view| view.tabs[view.tab] == Tab::Preview);
    let is_shown = |place: Scope| match place {
        Scope::Everywhere => true,
        Scope::Table => scope == Scope::Table,
        _ => !in_preview,
    };
    let here = editor.open().filter(|_| is_below).map(|(document, view)| {
        let at = view.findings_at_cursor(document);
        (!at.is_empty(), at.iter().any(|&at| document.findings[at].fix.is_some()))
    });
    let can = |command: Command| match (command, here) {
        (Command::ApplyFix, Some((_, has_fix))) => has_fix,
        (Command::ExplainFinding, Some((has_finding, _))) => has_finding,
        _ => true,
    };
    let rows = editor.keys.bindings_in(scope).filter(|(row, _)| !row.foot.is_empty());
    rows.filter(|(row, _)| is_shown(row.scope) && can(row.command))
        .filter_map(|(row, key)| Some((row, key_label(key?))))
        .collect()
}
