//! The footer: the few keys that matter where the cursor is. `draw` paints them and the mouse presses them.

use super::command::{Command, Scope};
use super::key_label::key_label;
use super::view::Tab;
use super::{Editor, KeyBinding, alarm};
use crate::check::Finding;
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
    let scope = editor.scope();
    let (own, shared) = own_and_shared(editor, scope, width);
    // While a cell is typed, the keys that its table has too stay where they are.
    let kept = match scope {
        Scope::Typing => total_width(&own_and_shared(editor, Scope::Table, width).0),
        _ => 0,
    };
    let mut x = 1;
    let mut keys = Vec::new();
    let mut place = |x: &mut u16, end: u16, one: Candidate| {
        let wide = columns(&one);
        if *x + wide < end {
            let (row, key) = one;
            keys.push(FooterKey { x: *x, end: *x + wide, key, text: row.foot.clone(), command: row.command });
            *x += wide + GAP;
        }
    };
    for (at, one) in own.into_iter().enumerate() {
        let end = if at > 0 && kept > 0 { width.min(kept) } else { width };
        place(&mut x, end, one);
    }
    x = x.max(1 + kept);
    shared.into_iter().for_each(|one| place(&mut x, width, one));
    keys
}

/// Columns between two keys.
const GAP: u16 = 2;

/// The columns of a key with its word.
fn columns((row, key): &(&KeyBinding, String)) -> u16 {
    u16::try_from(display_width(key) + 1 + display_width(&row.foot)).unwrap_or(u16::MAX)
}

/// The columns of keys with their words, and the gaps after them.
fn total_width(keys: &[Candidate]) -> u16 {
    keys.iter().map(|it| columns(it) + GAP).sum()
}

/// Returns the keys that only this place has, as many as there is a place for, and those that others have too. The
/// way to all commands is left even in a narrow window.
fn own_and_shared(editor: &Editor, scope: Scope, width: u16) -> (Vec<Candidate<'_>>, Vec<Candidate<'_>>) {
    let rank = |it: &Candidate| FIRST.iter().chain(&LAST).position(|command| *command == it.0.command);
    let (mut shared, mut own): (Vec<_>, Vec<_>) =
        candidates(editor, scope).into_iter().partition(|it| rank(it).is_some());
    shared.sort_by_key(rank);
    own.truncate(MOST.saturating_sub(shared.len()).max(1));
    // The help is the first of all commands, so that its own key may be missing. The first column stays free, and
    // no gap follows the last key.
    let is_needed = |it: &&Candidate| it.0.command != Command::Help;
    let fits = |own: &[Candidate], shared: &[Candidate]| {
        let shared: u16 = shared.iter().filter(is_needed).map(|it| columns(it) + GAP).sum();
        total_width(own) + shared < width + GAP - 1
    };
    for (least, less_needed) in [(2, Command::ExplainFinding), (1, Command::Save)] {
        while own.len() > least && !fits(&own, &shared) {
            own.pop();
        }
        if !fits(&own, &shared) {
            shared.retain(|it| it.0.command != less_needed);
        }
    }
    (own, shared)
}

/// A row of the key map with its key.
type Candidate<'e> = (&'e KeyBinding, String);

/// Returns the rows of the key map that have a word for the footer and can be used here, with their key.
fn candidates(editor: &Editor, scope: Scope) -> Vec<Candidate<'_>> {
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
    let here = editor.open_report().filter(|_| is_below).map(|(document, view)| {
        // What is only unfinished, or just being typed, is not asked about.
        let is_asked = |finding: &&Finding| view.is_list() || alarm::is_alarm(document, view, finding);
        let at = view.findings_at_cursor(document).into_iter().map(|at| &document.findings[at]);
        let at: Vec<_> = at.filter(is_asked).collect();
        (!at.is_empty(), at.iter().any(|finding| finding.fix.is_some()))
    });
    let can = |command: Command| match (command, here) {
        (Command::ApplyFix, Some((_, has_fix))) => has_fix,
        (Command::ExplainFinding, Some((has_finding, _))) => has_finding,
        // What is looked at there is what is exported.
        (Command::Export, _) => in_preview,
        (Command::Undo | Command::Quit, _) => !in_preview,
        _ => true,
    };
    let is_wanted = |row: &KeyBinding| !row.foot.is_empty() && is_shown(row.scope) && can(row.command);
    let rows = editor.keys.bindings_of(scope, is_wanted);
    rows.filter_map(|(row, key)| Some((row, key_label(key?)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::tests::{open_editor, press};

    fn place_of(editor: &Editor, command: Command) -> Option<u16> {
        footer_keys(editor, 80).iter().find(|key| key.command == command).map(|key| key.x)
    }

    #[test]
    fn keys_of_the_table_stay_in_place_while_a_cell_is_typed() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3");
        let before = LAST.map(|command| place_of(&editor, command));
        press(&mut editor, "5");
        assert!(place_of(&editor, Command::Cancel).is_some());
        assert_eq!(LAST.map(|command| place_of(&editor, command)), before);
    }

    #[test]
    fn a_narrow_window_still_leads_to_all_commands() {
        let mut editor = open_editor(2025);
        for keys in ["Alt+1", "Alt+3", "Alt+7"] {
            press(&mut editor, keys);
            let named: Vec<Command> = footer_keys(&editor, 60).iter().map(|key| key.command).collect();
            assert!(named.contains(&Command::Palette), "{keys}: {named:?}");
        }
    }

    #[test]
    fn the_preview_offers_to_export_what_it_shows() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+8");
        assert!(place_of(&editor, Command::Export).is_some());
        press(&mut editor, "Alt+3");
        assert_eq!(place_of(&editor, Command::Export), None);
    }
}
