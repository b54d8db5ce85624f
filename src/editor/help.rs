//! Layers to read: the keys, the manual, and why something is a finding.

use super::Editor;
use super::action::{Action, notify};
use super::command::{Command, Scope};
use super::key_label::key_label;
use super::layer::Layer;
use super::layout::MAX_LAYER_WIDTH;
use super::likeness;
use super::line_input::LineInput;
use crate::check;
use crate::text::markdown::plain_lines;

/// Why the finding under the cursor is one: what is wanted, on what it rests, which cells it is about.
pub fn explain_finding(editor: &Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
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
    vec![Layer::Keys { place, line: LineInput::default(), top: 0 }.into()]
}

/// A cell of the help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum HelpCell {
    /// Nothing.
    #[default]
    Blank,
    /// A sentence.
    Text(String),
    /// What stands below it: where keys work, or the signs.
    Heading(&'static str),
    /// What a command does, and its keys; none if it has no key. What a sign means, and the sign.
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

/// The help as lines of cells, made from the rows of the keys: those for this place first, the signs of the
/// screen last. What was typed leaves the rows that it finds.
pub fn help_lines(editor: &Editor, place: Scope, typed: &str) -> Vec<Vec<HelpCell>> {
    let typed = typed.trim().to_lowercase();
    let mut lines = if typed.is_empty() { introduction(editor, place) } else { Vec::new() };
    let mut scopes = place.lookup_order().to_vec();
    if place == Scope::Table {
        scopes.insert(1, Scope::Typing);
    }
    if place != Scope::Home {
        scopes.push(Scope::Window);
    }
    let groups = scopes.into_iter().map(|scope| key_group(editor, scope, &typed));
    let groups: Vec<Vec<HelpCell>> =
        groups.chain([sign_group(editor, &typed)]).filter(|group| group.len() > 2).collect();
    if groups.is_empty() {
        lines.push(vec![HelpCell::Text("没有相符的内容，请换几个字".into())]);
    }
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

/// What stands over all keys: where the manual is, and how the terminal's own copying comes back. The names are
/// those of the palette.
fn introduction(editor: &Editor, place: Scope) -> Vec<Vec<HelpCell>> {
    let palette = editor.keys.key_label(place, Command::Palette);
    if palette.is_empty() {
        return Vec::new();
    }
    let name = |command| editor.keys.rows().iter().find(|row| row.command == command);
    let line = |purpose: &str, command| {
        let name = name(command)?;
        Some(vec![HelpCell::Text(format!("{purpose}：按 {palette}，选择“{}”", name.words))])
    };
    let lines = [line("详细说明", Command::Manual), line("改用终端选中复制", Command::ToggleMouse)];
    lines.into_iter().flatten().chain([Vec::new()]).collect()
}

fn key_group(editor: &Editor, scope: Scope, typed: &str) -> Vec<HelpCell> {
    let rows = editor.keys.rows().iter().filter(|row| row.scope == scope);
    let keys = rows.filter_map(|row| {
        let keys: Vec<String> = row.on.iter().copied().map(key_label).collect();
        let keys = keys.join("  ");
        let is_found = row.match_rank(typed).is_some() || keys.to_lowercase().contains(typed);
        is_found.then(|| HelpCell::Key(row.words.clone(), keys))
    });
    [HelpCell::Heading(scope.label())].into_iter().chain(keys).chain([HelpCell::Blank]).collect()
}

/// The signs of the screen, and what they mean.
fn sign_group(editor: &Editor, typed: &str) -> Vec<HelpCell> {
    let [row, blank, bar] = if editor.width_mode.box_lines { ["▌", "·", "█"] } else { [">", ".", "#"] };
    let signs = [
        ("!", "有错，请改正"),
        ("~", "请核对"),
        ("?", "待核对：导入时未能确认"),
        (blank, "空白：还没有填，不等于 0"),
        (row, "光标所在的行"),
        ("*", "有改动还没有保存；或选用的一方"),
        ("!2 ~1 ?3", "页签和标题上：几处有错、请核对、待核对"),
        ("=", "相符"),
        ("差2", "两边相差 2"),
        ("< >", "左边、右边还有没显示的内容"),
        ("^ v", "按这一栏从小到大、从大到小排序"),
        (bar, "滚动条：现在显示的部分"),
        ("下划线", "正文中与表格对应的数，或查找到的内容"),
        ("删除线", "已核实、不再提示的问题"),
    ];
    let found = signs
        .into_iter()
        .filter(|(sign, words)| sign.contains(typed) || words.contains(typed) || "符号图例".contains(typed));
    let cells = found.map(|(sign, words)| HelpCell::Key(words.into(), sign.into()));
    [HelpCell::Heading("屏幕上的符号")].into_iter().chain(cells).chain([HelpCell::Blank]).collect()
}
