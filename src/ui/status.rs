//! Under the body: where the cursor is, what is wrong there, and the keys that work.

use ratatui::buffer::Buffer;

use super::look::{Look, mark};
use super::paint;
use crate::editor::desk::{Desk, Tab};
use crate::editor::layout::Areas;
use crate::editor::{Command, Editor, Scope};
use crate::editor::{block, guide, listing};
use crate::form::{FieldId, Kind, Per, Relation};
use crate::text::breaking;

pub fn draw(editor: &Editor, desk: &Desk, areas: &Areas, look: &Look, buffer: &mut Buffer) {
    let beside = place(editor, desk, areas, look, buffer);
    if editor.notice.is_empty() && desk.findings_here().is_empty() {
        let last = areas.finding.height.saturating_sub(1);
        paint::put_right(buffer, areas.finding, areas.finding.width, last, &beside, look.plain());
    }
    finding(editor, desk, areas, look, buffer);
    match guide::words(editor) {
        Some(words) => led(&words, look, areas.foot, buffer),
        None => foot(editor, look, areas.foot, buffer),
    }
}

/// What to do next in the sample, in place of the keys.
fn led(words: &str, look: &Look, area: ratatui::layout::Rect, buffer: &mut Buffer) {
    paint::fill(buffer, area, look.bar());
    paint::put(buffer, area, 1, 0, &paint::fitted(words, usize::from(area.width) - 1), look.bar());
}

/// The cell's official labels, without the row's where it can be read whole beside the cell, and, at
/// the right, what the cell takes. What has no room beside the labels is given back.
fn place(editor: &Editor, desk: &Desk, areas: &Areas, look: &Look, buffer: &mut Buffer) -> String {
    let area = areas.place;
    paint::fill(buffer, area, look.involved());
    let style = look.involved();
    let (left, right) = match (&desk.tabs[desk.tab], desk.field()) {
        (Tab::Findings, _) => (said(desk), String::new()),
        (Tab::Preview, _) => ("导出后就是这个样子".into(), said(desk)),
        (_, Some(id)) if desk.in_text() => {
            let count = || desk.prose_shown().map_or(0, |prose| prose.characters());
            let said = desk.reading().unwrap_or_else(|| format!("共 {} 字", count()));
            (desk.form.place(&id).to_string(), said)
        }
        (_, Some(id)) => {
            let note = desk
                .draft
                .notes
                .get(&id)
                .map_or_else(|| hint(editor, desk, &id), |note| format!("注：{note}"));
            (labels(desk, &id, areas).into(), note)
        }
        (_, None) => (String::new(), String::new()),
    };
    let (whole, beside) = (paint::columns(&left), paint::columns(&right) + 1);
    let left = if whole > area.width { own_label(&left) } else { &left };
    paint::put(buffer, area, 0, 0, &paint::fitted(left, usize::from(area.width)), style);
    if paint::columns(left) + beside > area.width {
        return right;
    }
    paint::put_right(buffer, area, area.width, 0, &right, style);
    String::new()
}

/// What a cell is called, as far as the table does not say it on the same row: a move along a column
/// then sends few bytes.
fn labels<'d>(desk: &'d Desk, id: &'d FieldId, areas: &Areas) -> &'d str {
    let place = desk.form.place(id);
    let (width, height) = (usize::from(areas.body.width), usize::from(areas.body.height));
    let (row, top) = (desk.spot().row, desk.spot().top);
    let is_told = desk.sheet(width).is_some_and(|sheet| sheet.tells(row, top, height));
    if is_told { place.rsplit_once('·').map_or(place, |(_, column)| column) } else { place }
}

/// The row's own label and the column, without the section and the group they stand in; the label
/// alone is never wider than the smallest window that is common.
fn own_label(place: &str) -> &str {
    let inner = place.split_once('·').map_or(place, |(_, inner)| inner);
    let own = inner.split_once(' ').map_or(inner, |(_, own)| own);
    if paint::columns(own) <= 80 { own } else { own.rsplit_once('·').map_or(own, |(label, _)| label) }
}

fn said(desk: &Desk) -> String {
    let (errors, warnings) = desk.count(&Tab::Findings);
    match (errors, warnings) {
        (0, 0) => "没有错误，也没有提醒".into(),
        _ => format!("错误 {errors} 个，提醒 {warnings} 个"),
    }
}

fn hint(editor: &Editor, desk: &Desk, id: &FieldId) -> String {
    if block::is_selecting(desk) {
        let cells = block::selected(desk).concat();
        let sum = desk.ledger.sum(&desk.form, &cells).words();
        let blanks = cells.iter().filter(|id| desk.shown(id).is_empty()).count();
        return format!("选中 {} 格，空 {blanks} 格，合计 {sum}", cells.len());
    }
    let mut said = sums(desk, id);
    // Numbers are compared; that the unit is called as it was is no news.
    let is_number = desk.kind(id).is_some_and(Kind::is_number);
    if let Some(last) = desk.last_year(id).filter(|_| is_number) {
        said = format!("上年 {last}  {said}");
    }
    if !said.is_empty() {
        return said;
    }
    if desk.computes(id) {
        return "自动计算".into();
    }
    match desk.kind(id) {
        Some(Kind::Change) => "如 +3、减4、0".into(),
        Some(Kind::Money { unit: Some(unit) }) => format!("单位：{unit}"),
        Some(Kind::Money { unit: None }) => "可带单位，如 251000元".into(),
        Some(Kind::Choice(_)) => editor.keys.using(Scope::Table, Command::NextChoice, "换选项"),
        Some(Kind::Date) => "如 2026年1月20日".into(),
        _ => String::new(),
    }
}

/// The sums that the cell is a part of, as far as they are filled, to compare with the paper.
fn sums(desk: &Desk, id: &FieldId) -> String {
    let Some(at) = desk.form.position(id.as_str()) else { return String::new() };
    let is_in = |relation: &&Relation| {
        relation.is_total && (relation.left_places().contains(&at) || relation.right_places().contains(&at))
    };
    let here = desk.form.relations().iter().filter(is_in);
    let said = here.map(|relation| {
        let place = if relation.per == Per::Row { "本行" } else { "本列" };
        format!("{place}合计 {}", desk.ledger.sum_at(relation.right_places()).words())
    });
    let mut said: Vec<String> = said.filter(|words| !words.ends_with(' ')).collect();
    if desk.computes(id) {
        said.push("自动计算".into());
    }
    said.join("  ")
}

fn finding(editor: &Editor, desk: &Desk, areas: &Areas, look: &Look, buffer: &mut Buffer) {
    let area = areas.finding;
    let mut room = usize::from(area.height);
    if !editor.notice.is_empty() {
        room -= 1;
        let y = u16::try_from(room).unwrap_or(0);
        paint::put(
            buffer,
            area,
            0,
            y,
            &paint::fitted(&editor.notice, usize::from(area.width)),
            look.strong(),
        );
    }
    let here = desk.findings_here();
    let Some(finding) = here.first().map(|&at| &desk.findings[at]) else { return };
    if desk.tabs[desk.tab] == Tab::Findings && room == 0 {
        return;
    }
    let more = if here.len() > 1 { format!("（共 {} 个）", here.len()) } else { String::new() };
    let cure =
        finding.cure.as_ref().map_or(String::new(), |_| listing::cure(&editor.keys, editor.scope_below()));
    // What can be done comes before the sentence, which may be longer than its place.
    let words = format!("{} {} {cure}{more}{}", mark(finding.weight), finding.rule, finding.message);
    let rows = breaking::rows(&words, usize::from(area.width), editor.ruler);
    let last = room.saturating_sub(1);
    for (y, row) in rows.iter().take(room).enumerate() {
        // The last line that fits says by `>` that there is more; F10 shows all.
        let text = if y == last { &words[row.start..] } else { &words[row.clone()] };
        let text = paint::fitted(text, usize::from(area.width));
        let y = u16::try_from(y).unwrap_or(0);
        paint::put(buffer, area, 0, y, &text, look.weight(finding.weight));
    }
}

/// The keys that work here, this place's first.
pub fn foot(editor: &Editor, look: &Look, area: ratatui::layout::Rect, buffer: &mut Buffer) {
    paint::fill(buffer, area, look.bar());
    let scope = editor.scope();
    // The preview scrolls with the keys of the findings, and has none of their commands; a cell being
    // typed has the keys of its table too, but no room to show them.
    let in_preview = editor.layers.is_empty() && editor.desk().is_some_and(|d| d.tabs[d.tab] == Tab::Preview);
    let is_shown = |place: Scope| match place {
        Scope::Everywhere => true,
        Scope::Table => scope == Scope::Table,
        _ => !in_preview,
    };
    let rows = editor.keys.rows_at(scope).filter(|(row, _)| is_shown(row.scope));
    let mut x = 1;
    let rows = rows.filter(|(row, _)| !row.foot.is_empty());
    for (row, key) in rows.filter_map(|(row, key)| Some((row, key?))) {
        let text = format!("{key} {}", row.foot);
        if x + paint::columns(&text) > area.width {
            continue;
        }
        x = paint::put(buffer, area, x, 0, &text, look.bar()) + 2;
    }
}
