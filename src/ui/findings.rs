//! The list of findings: groups under their headings, one entry for each slip.

use super::canvas::{Canvas, text_width, to_u16, truncated};
use super::theme::{severity_mark, severity_role};
use super::theme_file::StyleRole;
use crate::editor::document::Document;
use crate::editor::finding_entries::{FindingEntry, FindingGroup};
use crate::editor::findings_list::{self, FindingsList, INDENT, ListLine};
use crate::editor::view::View;
use crate::editor::{Command, Editor, Scope};

/// Draws the list, and returns the position of what is chosen.
pub fn draw(editor: &Editor, document: &Document, view: &View, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let area = canvas.area();
    if document.findings.is_empty() {
        canvas.text(1, 1, "没有发现问题。", StyleRole::Agree);
        draw_settings(document, &mut canvas.row(0));
        return Some((area.x + 1, area.y + 1));
    }
    let list = FindingsList::new(document, view, area.width);
    let top = list.top(view, usize::from(area.height));
    let chosen = list.chosen_lines(view);
    for (y, (at, line)) in (0..area.height).zip(list.lines.iter().enumerate().skip(top)) {
        let is_chosen = chosen.contains(&at);
        let mut row = canvas.row(y);
        if at == 0 && top == 0 {
            // Beside the first heading.
            draw_settings(document, &mut row);
        }
        if is_chosen {
            row.ground(0, 0, area.width, StyleRole::TintRow);
            row.text(0, 0, row.signs().row_mark, (StyleRole::TintRow, StyleRole::Accent));
        }
        match *line {
            ListLine::Gap => {}
            ListLine::Heading(group, count) => draw_heading(editor, view, group, count, &mut row),
            ListLine::Entry(entry, 0) => {
                draw_place(editor, document, &list.entries[entry], list.text(entry, 0), is_chosen, &mut row);
            }
            ListLine::Entry(entry, number) => {
                let is_ignored = list.entries[entry].group == FindingGroup::Ignored;
                let role = if is_ignored { StyleRole::Note } else { StyleRole::Text };
                row.text(INDENT, 0, list.text(entry, number), role);
            }
        }
    }
    canvas.scrollbar(area.width.saturating_sub(1), top, list.lines.len());
    Some((area.x, area.y + to_u16(chosen.start.saturating_sub(top))))
}

/// Draws what the folder of the draft wants of the rules, at the right.
fn draw_settings(document: &Document, row: &mut Canvas) {
    let Some(settings) = &document.settings else { return };
    let words = format!("按 nianbao.ron：{}", settings.describe());
    let width = row.width();
    let words = truncated(&words, usize::from(width.saturating_sub(16)));
    row.text_right(width.saturating_sub(2), 0, &words, StyleRole::Attention);
}

fn draw_heading(editor: &Editor, view: &View, group: FindingGroup, count: usize, row: &mut Canvas) {
    let x = row.text(1, 0, group.label(), StyleRole::Heading) + 1;
    let mut x = row.text(x, 0, &count.to_string(), StyleRole::Note) + 1;
    if view.folded_groups.contains(&group) {
        let unfold = editor.keys.using(Scope::Findings, Command::Right, "展开");
        x = row.text(x, 0, &format!("已收起，{unfold}"), StyleRole::Note) + 1;
    }
    row.line(x, row.width().saturating_sub(2), 0);
}

/// Draws where an entry is, and at the right what can be done and its rules.
fn draw_place(
    editor: &Editor,
    document: &Document,
    entry: &FindingEntry,
    place: &str,
    is_chosen: bool,
    row: &mut Canvas,
) {
    let Some(lead) = document.findings.get(entry.lead()) else { return };
    let (mark, role) = match entry.group {
        FindingGroup::Unfinished | FindingGroup::Remarks | FindingGroup::Ignored => (" ", StyleRole::Note),
        _ => (severity_mark(lead.severity), severity_role(lead.severity)),
    };
    row.text(2, 0, mark, role);
    let aside = findings_list::entry_aside(editor, document, entry, row.width());
    let mut end = row.text_right(row.width().saturating_sub(2), 0, &aside.rules, StyleRole::Note);
    if aside.fix_start < aside.fix_end {
        let x = row.text(aside.fix_start, 0, &aside.key, StyleRole::Key);
        row.text(x, 0, &format!(" {}", aside.fix), StyleRole::Note);
        end = aside.fix_start;
    }
    let role = match (is_chosen, entry.group) {
        (true, _) => StyleRole::Chosen,
        (false, FindingGroup::Ignored) => StyleRole::Note,
        (false, _) => StyleRole::Text,
    };
    let place = place.replace('·', " / ");
    let available = end.saturating_sub(INDENT + 2);
    let place =
        if text_width(&place) > available { truncated(&place, usize::from(available)) } else { place.into() };
    row.text(INDENT, 0, &place, role);
}
