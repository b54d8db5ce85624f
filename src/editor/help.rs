//! Windows to read: the keys, and why something is a finding.

use super::Editor;
use super::command::{Command, Scope};
use super::key::Key;
use super::layer::Layer;
use crate::check;
use crate::text::markdown::plain_lines;
use crate::text::width::columns;

/// Why the finding under the cursor is one: what is wanted, on what it rests, which cells it is about.
pub fn why(editor: &mut Editor) {
    let Some(desk) = editor.desk() else { return };
    let Some(finding) = desk.findings_here().first().map(|&at| &desk.findings[at]) else {
        editor.notice = no_finding(editor);
        return;
    };
    let mut lines = vec![format!("{} {}", finding.weight.say(), finding.message), String::new()];
    if let Some(rule) = check::rules().find(|rule| rule.id == finding.rule) {
        lines.push(format!("要求：{}", rule.wants));
        lines.push(format!("依据：{}", rule.rests_on));
    } else {
        lines.push(format!("要求：“{}”自己规定的勾稽关系。", desk.form.name));
    }
    let places: Vec<&str> = finding.fields.iter().map(|id| desk.form.place(id)).collect();
    lines.push(String::new());
    lines.push(format!("涉及：{}", places.join("、")));
    if finding.cure.is_some() {
        lines.push(format!("{}。", editor.press_hint(Command::Cure, "可以直接改正")));
    }
    editor.layers.push(Layer::Text { title: format!("为什么提示 {}", finding.rule), lines, top: 0 });
}

/// What is said where the cursor is on no finding.
pub fn no_finding(editor: &Editor) -> String {
    format!("光标处没有问题。{}", editor.press_hint(Command::NextFinding, "到下一个问题"))
}

/// The manual, as `nianbao manual` prints it.
pub fn manual(editor: &mut Editor) {
    let lines = plain_lines(crate::MANUAL);
    editor.layers.push(Layer::Text { title: "使用手册".into(), lines, top: 0 });
}

/// The help is made from the rows of the keys: those for this place first. Over them stands where the
/// manual is, whose name is taken from the key map too.
pub fn keys(editor: &mut Editor, place: Scope) {
    let mut lines = Vec::new();
    let palette = editor.keys.shown(place, Command::Palette);
    let manual = editor.keys.rows().iter().find(|row| row.command == Command::Manual);
    if let Some(manual) = manual.filter(|_| !palette.is_empty()) {
        lines.push(format!("详细说明：按 {palette}，选“{}”", manual.words));
        lines.push(String::new());
    }
    let mut scopes = place.rows().to_vec();
    if place == Scope::Table {
        scopes.insert(1, Scope::Typing);
    }
    if place != Scope::Home {
        scopes.push(Scope::Window);
    }
    for scope in scopes {
        lines.push(format!("〔{}〕", scope.words()));
        let rows = editor.keys.rows().iter().filter(|row| row.scope == scope);
        let widest = rows.clone().map(|row| columns(&row.words)).max().unwrap_or(0);
        for row in rows {
            let keys: Vec<String> = row.on.iter().map(Key::to_string).collect();
            let keys = if keys.is_empty() { "（在全部命令里）".into() } else { keys.join(" ") };
            lines.push(format!("  {}  {keys}", padded(&row.words, widest)));
        }
        lines.push(String::new());
    }
    editor.layers.push(Layer::Text { title: "帮助：可以用的按键".into(), lines, top: 0 });
}

fn padded(words: &str, widest: usize) -> String {
    format!("{words}{}", " ".repeat(widest.saturating_sub(columns(words))))
}
