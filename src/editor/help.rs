//! Layers to read: the keys, the manual, and why something is a finding.

use super::Editor;
use super::action::{Action, notify};
use super::command::{Command, Scope};
use super::key_label::key_label;
use super::layer::Layer;
use super::layout::MAX_LAYER_WIDTH;
use super::likeness;
use crate::check;
use crate::text::markdown::plain_lines;

/// Why the finding under the cursor is one: what is wanted, on what it rests, which cells it is about.
pub fn explain_finding(editor: &Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open() else { return Vec::new() };
    let Some(finding) = view.findings_at_cursor(document).first().map(|&at| &document.findings[at]) else {
        return notify(no_finding(editor));
    };
    let mut lines = vec![format!("{} {}", finding.severity.label(), finding.message), String::new()];
    if let Some(rule) = check::rules().find(|rule| rule.id == finding.rule) {
        lines.push(format!("要求：{}", rule.description));
        lines.push(format!("依据：{}", rule.basis));
    } else {
        lines.push(format!("要求：“{}”自己规定的勾稽关系。", document.form.name));
    }
    if let Some(actions) = likeness::compare_texts(editor, finding, lines.clone()) {
        return actions;
    }
    let places: Vec<&str> = finding.fields.iter().map(|id| document.form.location(id)).collect();
    lines.push(String::new());
    lines.push(format!("涉及：{}", places.join("、")));
    if finding.fix.is_some() {
        lines.push(format!("{}。", editor.press_hint(Command::ApplyFix, "可以直接改正")));
    }
    vec![Layer::Message { title: format!("核对依据 {}", finding.rule), lines, top: 0 }.into()]
}

/// What is said where the cursor is on no finding.
pub fn no_finding(editor: &Editor) -> String {
    format!("光标处没有问题。{}", editor.press_hint(Command::NextFinding, "到下一个问题"))
}

/// The manual, as `nianbao manual` prints it.
pub fn manual() -> Vec<Action> {
    let lines = plain_lines(crate::MANUAL);
    vec![Layer::Message { title: "使用手册".into(), lines, top: 0 }.into()]
}

/// Shows the keys that work at a place.
pub fn show_keys(place: Scope) -> Vec<Action> {
    vec![Layer::Keys { place, top: 0 }.into()]
}

/// A cell of the help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum HelpCell {
    /// Nothing.
    #[default]
    Blank,
    /// A sentence.
    Text(String),
    /// Where the keys below it work.
    Heading(&'static str),
    /// What a command does, and its keys; none if it has no key.
    Key(String, String),
}

/// The columns of the help in a window of this width: two columns of keys from 120 on.
pub fn help_width(width: u16) -> u16 {
    if width >= 120 { 112 } else { MAX_LAYER_WIDTH }
}

/// The columns of one cell of the help, in a window of this width.
pub fn help_cell_width(width: u16) -> u16 {
    if width >= 120 { 55 } else { MAX_LAYER_WIDTH.min(width.saturating_sub(6)) }
}

/// The help as lines of cells, made from the rows of the keys: those for this place first. Over them stands
/// where the manual is, whose name is taken from the key map too.
pub fn key_lines(editor: &Editor, place: Scope) -> Vec<Vec<HelpCell>> {
    let mut lines = Vec::new();
    let palette = editor.keys.key_label(place, Command::Palette);
    let manual = editor.keys.rows().iter().find(|row| row.command == Command::Manual);
    if let Some(manual) = manual.filter(|_| !palette.is_empty()) {
        lines.push(vec![HelpCell::Text(format!("详细说明：按 {palette}，选择“{}”", manual.words))]);
        lines.push(Vec::new());
    }
    let mut scopes = place.lookup_order().to_vec();
    if place == Scope::Table {
        scopes.insert(1, Scope::Typing);
    }
    if place != Scope::Home {
        scopes.push(Scope::Window);
    }
    let groups: Vec<Vec<HelpCell>> = scopes.into_iter().map(|scope| key_group(editor, scope)).collect();
    if editor.width < 120 {
        lines.extend(groups.into_iter().flatten().map(|cell| vec![cell]));
        return lines;
    }
    // The left column ends with the group that reaches half of all.
    let half = groups.iter().map(Vec::len).sum::<usize>() / 2;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for group in groups {
        let column = if left.len() < half && right.is_empty() { &mut left } else { &mut right };
        column.extend(group);
    }
    let count = left.len().max(right.len());
    left.resize(count, HelpCell::Blank);
    right.resize(count, HelpCell::Blank);
    lines.extend(left.into_iter().zip(right).map(|(left, right)| vec![left, right]));
    lines
}

fn key_group(editor: &Editor, scope: Scope) -> Vec<HelpCell> {
    let rows = editor.keys.rows().iter().filter(|row| row.scope == scope);
    let keys = rows.map(|row| {
        let keys: Vec<String> = row.on.iter().copied().map(key_label).collect();
        HelpCell::Key(row.words.clone(), keys.join("  "))
    });
    [HelpCell::Heading(scope.label())].into_iter().chain(keys).chain([HelpCell::Blank]).collect()
}
