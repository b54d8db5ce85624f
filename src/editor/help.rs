//! Layers to read: the keys, the manual, and why something is a finding.

use super::Editor;
use super::action::{Action, notify};
use super::command::{Command, Scope};
use super::key::Key;
use super::layer::Layer;
use crate::check;
use crate::text::markdown::plain_lines;
use crate::text::width::display_width;

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

/// The help is made from the rows of the keys: those for this place first. Over them stands where the
/// manual is, whose name is taken from the key map too.
pub fn show_keys(editor: &Editor, place: Scope) -> Vec<Action> {
    let mut lines = Vec::new();
    let palette = editor.keys.key_label(place, Command::Palette);
    let manual = editor.keys.rows().iter().find(|row| row.command == Command::Manual);
    if let Some(manual) = manual.filter(|_| !palette.is_empty()) {
        lines.push(format!("详细说明：按 {palette}，选“{}”", manual.words));
        lines.push(String::new());
    }
    let mut scopes = place.lookup_order().to_vec();
    if place == Scope::Table {
        scopes.insert(1, Scope::Typing);
    }
    if place != Scope::Home {
        scopes.push(Scope::Window);
    }
    for scope in scopes {
        lines.push(format!("〔{}〕", scope.label()));
        let rows = editor.keys.rows().iter().filter(|row| row.scope == scope);
        let widest = rows.clone().map(|row| display_width(&row.words)).max().unwrap_or(0);
        for row in rows {
            let keys: Vec<String> = row.on.iter().map(Key::to_string).collect();
            let keys = if keys.is_empty() { "（在全部命令里）".into() } else { keys.join(" ") };
            lines.push(format!("  {}  {keys}", pad_right(&row.words, widest)));
        }
        lines.push(String::new());
    }
    vec![Layer::Message { title: "帮助：可以用的按键".into(), lines, top: 0 }.into()]
}

fn pad_right(words: &str, widest: usize) -> String {
    format!("{words}{}", " ".repeat(widest.saturating_sub(display_width(words))))
}
