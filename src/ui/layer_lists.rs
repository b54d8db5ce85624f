//! Windows over the screen with a list: what to choose, the saved versions, what two sides changed.

use super::canvas::{Canvas, text_width, to_u16, truncated};
use super::layer_frame::{draw_edge_hint, draw_filter, draw_frame, draw_scrollbar};
use super::theme_file::StyleRole;
use crate::editor::layer::{BAR_WIDTH, PickerItem, PickerKind};
use crate::editor::layer_edge::{self, FILTER_LABEL};
use crate::editor::line_input::LineInput;
use crate::editor::{Editor, MergeOrigin, SavedVersion, picker, versions};
use crate::editor::{layer_layout, layer_lines};
use crate::merge::{Conflict, Resolution, describe_conflict};

/// Draws a list that is narrowed by typing, and returns the position of the caret.
pub fn draw_picker(
    editor: &Editor,
    kind: PickerKind,
    line: &LineInput,
    at: usize,
    canvas: &mut Canvas,
) -> (u16, u16) {
    let items = picker::picker_items(editor, kind, line.text());
    let list = layer_layout::picker_list(editor, kind, at, items.len());
    let inside = layer_layout::picker_area(editor, kind);
    draw_frame(&picker::picker_title(editor, kind), inside, canvas);
    draw_edge_hint(editor, inside, &layer_edge::picker_hints(kind), canvas);
    let mut content = canvas.within(inside);
    let mut row = content.row(0);
    let caret = draw_filter(line, kind.placeholder(), &mut row);
    let count = format!("{}/{}", items.len().min(at + 1), items.len());
    if row.width() > text_width(FILTER_LABEL) + text_width(line.text()) + text_width(&count) + 2 {
        row.text_right(row.width(), 0, &count, StyleRole::Note);
    }
    let mut rows = canvas.within(list.area);
    if items.is_empty() {
        rows.text(2, 0, "没有相符的内容，请换几个字", StyleRole::Note);
    }
    let shown = || items.iter().enumerate().skip(list.top).take(usize::from(list.area.height));
    let columns = ItemColumns::of(list.area.width, shown().map(|(_, item)| item));
    for (y, (number, item)) in (0..).zip(shown()) {
        draw_item(item, line.text().trim(), number == at, kind, &columns, &mut rows.row(y));
    }
    draw_scrollbar(list, canvas);
    caret
}

/// The columns of a list: what stands at the right, the group before it, the label's.
struct ItemColumns {
    detail: u16,
    group: u16,
    label: u16,
}

impl ItemColumns {
    fn of<'i>(width: u16, shown: impl Iterator<Item = &'i PickerItem>) -> Self {
        let (mut detail, mut group, mut label) = (0, 0, 0);
        for item in shown {
            let bar = item.bar.map_or(0, |_| to_u16(BAR_WIDTH) + 1);
            detail = detail.max(text_width(&item.detail) + bar);
            group = group.max(text_width(item.group));
            label = label.max(text_width(&item.label));
        }
        let detail = detail.min((width / 3).max(26).min(width / 2));
        let left = width.saturating_sub(2 + detail + 2);
        // The group is the first to go.
        let group = if group > 0 && label + group + 2 <= left { group } else { 0 };
        let taken = if group > 0 { group + 2 } else { 0 };
        ItemColumns { detail, group, label: left.saturating_sub(taken) }
    }
}

fn draw_item(
    item: &PickerItem,
    typed: &str,
    is_chosen: bool,
    kind: PickerKind,
    columns: &ItemColumns,
    row: &mut Canvas,
) {
    mark_chosen(row, is_chosen);
    // Where nothing stands at the right, the label goes on.
    let is_alone = columns.group == 0 && item.detail.is_empty() && item.bar.is_none();
    let available = if is_alone { row.width().saturating_sub(2) } else { columns.label };
    let label = truncated(&item.label, usize::from(available));
    let role = if is_chosen { StyleRole::Chosen } else { StyleRole::Text };
    let mut x = 2;
    let mut rest = &*label;
    // What was typed is highlighted where it occurs.
    while let Some(at) = rest.find(typed).filter(|_| !typed.is_empty()) {
        x = row.text(x, 0, &rest[..at], role);
        x = row.text(x, 0, &rest[at..at + typed.len()], (role, StyleRole::Accent));
        rest = &rest[at + typed.len()..];
    }
    row.text(x, 0, rest, role);
    let width = row.width();
    if columns.group > 0 {
        row.text(width.saturating_sub(columns.detail + 2 + columns.group), 0, item.group, StyleRole::Note);
    }
    let role = match kind {
        PickerKind::Palette => StyleRole::Key,
        PickerKind::Breakdown if item.bar.is_some() => StyleRole::Text,
        _ => StyleRole::Note,
    };
    let detail = truncated(&item.detail, usize::from(columns.detail));
    row.text_right(width, 0, &detail, role);
    if let Some(bar) = item.bar {
        let [full, empty] = row.signs().progress;
        let x = row.text(width.saturating_sub(columns.detail), 0, &full.repeat(bar), StyleRole::Accent);
        row.text(x, 0, &empty.repeat(BAR_WIDTH.saturating_sub(bar)), StyleRole::Rule);
    }
}

fn mark_chosen(row: &mut Canvas, is_chosen: bool) {
    if is_chosen {
        let width = row.width();
        row.ground(0, 0, width, StyleRole::TintRow);
        row.text(0, 0, row.signs().row_mark, (StyleRole::TintRow, StyleRole::Accent));
    }
}

/// Draws what both sides changed: a block for each conflict, ours and theirs under its location, the chosen
/// one marked.
pub fn draw_conflicts(
    editor: &Editor,
    origin: MergeOrigin,
    (conflicts, choices): (&[Conflict], &[Resolution]),
    at: usize,
    canvas: &mut Canvas,
) -> (u16, u16) {
    let inside = layer_layout::tall_area(editor);
    draw_frame("以下内容两处修改不一致，请选择", inside, canvas);
    draw_edge_hint(editor, inside, &layer_edge::CONFLICT_HINTS, canvas);
    let Some(document) = editor.document() else { return (inside.x, inside.y) };
    let (mine, other) = match origin {
        MergeOrigin::File => ("本机修改", "对方修改"),
        MergeOrigin::NewerFile => ("恢复记录", "文件内容"),
        MergeOrigin::Journal => ("当前内容", "较早记录"),
    };
    let list = layer_lines::conflict_list(editor, at, conflicts.len());
    let (each, first) = (layer_lines::CONFLICT_ROWS, list.top / layer_lines::CONFLICT_ROWS);
    let mut cursor = (inside.x, inside.y);
    let mut content = canvas.within(inside);
    for (y, (number, conflict)) in (0u16..).step_by(each).zip(conflicts.iter().enumerate().skip(first)) {
        let (place, ours, theirs) = describe_conflict(&document.form, conflict);
        let is_chosen = number == at;
        if is_chosen {
            cursor.1 = inside.y + y;
        }
        let mut row = content.row(y);
        mark_chosen(&mut row, is_chosen);
        row.text(2, 0, &place, if is_chosen { StyleRole::Chosen } else { StyleRole::Heading });
        let choice = choices.get(number).copied().unwrap_or_default();
        let sides = [(Resolution::Ours, mine, ours), (Resolution::Theirs, other, theirs)];
        for (below, (side, name, text)) in (1..).zip(sides) {
            let is_taken = choice == side || choice == Resolution::Both;
            let mut row = content.row(y + below);
            row.text(3, 0, if is_taken { "*" } else { " " }, StyleRole::Accent);
            let line = format!("{name}：{text}");
            let line = truncated(&line, usize::from(inside.width.saturating_sub(5)));
            row.text(5, 0, &line, if is_taken { StyleRole::Text } else { StyleRole::Note });
        }
    }
    draw_scrollbar(list, canvas);
    cursor
}

/// Draws the saved versions, and under them how the selected one differs from the open draft.
pub fn draw_versions(
    editor: &Editor,
    all: &[SavedVersion],
    at: usize,
    top: usize,
    canvas: &mut Canvas,
) -> (u16, u16) {
    let (inside, list) = (layer_layout::tall_area(editor), layer_layout::version_list(editor, all.len()));
    draw_frame("历史版本", inside, canvas);
    draw_edge_hint(editor, inside, &layer_edge::VERSION_HINTS, canvas);
    let Some((document, view)) = editor.open_report() else { return (inside.x, inside.y) };
    let cells: Vec<[String; 3]> =
        all.iter().map(|version| versions::version_cells(document, version)).collect();
    let widest = |column: usize| {
        let texts = cells.iter().map(|row| text_width(&row[column]));
        texts.max().unwrap_or(0).max(text_width(versions::VERSION_HEADINGS[column]))
    };
    let (size_end, text_x) = (2 + widest(0) + 2 + widest(1), 2 + widest(0) + 2 + widest(1) + 3);
    let draw_cells = |row: &mut Canvas, [time, size, text]: [&str; 3], roles: [StyleRole; 3]| {
        row.text(2, 0, time, roles[0]);
        row.text_right(size_end, 0, size, roles[1]);
        row.text(text_x, 0, text, roles[2]);
    };
    let mut content = canvas.within(inside);
    draw_cells(&mut content.row(0), versions::VERSION_HEADINGS, [StyleRole::Heading; 3]);
    for (y, (number, [time, size, text])) in (0..list.area.height).zip(cells.iter().enumerate()) {
        let mut row = content.row(y + 1);
        mark_chosen(&mut row, number == at);
        let name = if number == at { StyleRole::Chosen } else { StyleRole::Text };
        draw_cells(&mut row, [time, size, text], [name, StyleRole::Note, StyleRole::Text]);
    }
    let rows = versions::difference_rows(document, view, all.get(at), editor.width);
    let below_list = layer_lines::difference_list(editor, all.len(), top, rows.len());
    let (below, height) = (below_list.area, below_list.area.height);
    content.line(0, inside.width, below.y.saturating_sub(inside.y + 1));
    let mut differences = canvas.within(below);
    for (y, row) in (0..height).zip(rows.iter().skip(top)) {
        differences.text(0, y, row, StyleRole::Text);
    }
    draw_scrollbar(below_list, canvas);
    (inside.x, list.area.y + to_u16(at))
}
