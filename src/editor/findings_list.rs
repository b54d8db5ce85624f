//! The list of findings as lines: `draw` paints them and the mouse finds its finding among them.

use super::command::{Command, Scope};
use super::document::Document;
use super::keymap::Keymap;
use super::view::View;
use crate::check::Finding;
use crate::edit::Change;
use crate::text::line_break;

/// The columns that the lines under a finding's first are set in.
pub const INDENT: u16 = 4;

/// Each finding as lines of at most `width` columns: where and what kind, then the message. `hint` names
/// the key of those with a fix; it adds no line.
pub fn finding_lines(
    document: &Document,
    view: &View,
    hint: &dyn Fn(&Finding) -> String,
    width: usize,
) -> Vec<Vec<String>> {
    document
        .findings
        .iter()
        .map(|finding| lines_of(document, view, finding, hint, width.saturating_sub(usize::from(INDENT) + 2)))
        .collect()
}

/// What stands by a finding that can be put right at once, with the key for it; nothing by the others.
pub fn fix_hint(keys: &Keymap, scope: Scope, finding: &Finding) -> String {
    let what = if finding.has_follow_ups() { "跟着改" } else { "改正" };
    match (&finding.fix, keys.label(scope, Command::ApplyFix)) {
        (None, _) => String::new(),
        (Some(_), Some(key)) => format!("〔{key} {what}〕"),
        (Some(_), None) => format!("〔可{what}〕"),
    }
}

/// Whether a finding asks for cells that an import could not tell.
pub fn is_about_unread(finding: &Finding) -> bool {
    finding.rule == "D2c"
}

/// Returns what the fix of a finding does: `改为 5` where it changes one cell; `None` if it has none.
pub fn fix_text(finding: &Finding) -> Option<String> {
    if finding.has_follow_ups() {
        return Some("跟着改".into());
    }
    if is_about_unread(finding) {
        return Some("列出可选的".into());
    }
    Some(match &finding.fix.as_ref()?.changes[..] {
        [Change::Field { after, .. }] if !after.is_blank() && after.number().is_some() => {
            format!("改为 {}", after.typed())
        }
        _ => "改正".into(),
    })
}

fn lines_of(
    document: &Document,
    view: &View,
    finding: &Finding,
    hint: &dyn Fn(&Finding) -> String,
    width: usize,
) -> Vec<String> {
    let place = finding.fields.first().map_or("", |id| document.form.location(id));
    let hint = if finding.fix.is_some() { format!("  {}", hint(finding)) } else { String::new() };
    let mut lines = vec![format!("{} {}  {place}{hint}", finding.rule, finding.severity.label())];
    lines.extend(
        line_break::wrap(&finding.message, width, view.width_mode)
            .into_iter()
            .map(|row| finding.message[row].to_string()),
    );
    if let Some(reason) = &finding.ignored {
        lines.push(format!("已核实，理由：{reason}"));
    }
    lines
}

/// The first finding shown so that the chosen one is whole in a window of that height.
pub fn first_shown(lines: &[Vec<String>], chosen: usize, height: usize) -> usize {
    let mut used = 0;
    let before = lines.iter().take(chosen + 1).rev().take_while(|lines| {
        used += lines.len();
        used <= height
    });
    (chosen + 1).saturating_sub(before.count().max(1))
}
