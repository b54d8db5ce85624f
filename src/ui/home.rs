//! The home screen: the drafts to go on with, the ways to begin, the folder of units.

use ratatui::layout::Rect;

use super::canvas::{Canvas, text_width, truncated};
use super::progress::draw_progress;
use super::theme_file::StyleRole;
use super::{file_preview, status};
use crate::draft::{FilledCells, ReportState};
use crate::editor::folder::Folder;
use crate::editor::home::{FIRST_STEPS, HomeItem, HomeLayout, MENU};
use crate::editor::home_input::{current_layout, detailed_draft, open_hint};
use crate::editor::spoken_date::{days_left, reporting_year, spoken_time};
use crate::editor::{Command, Editor, RecentEntry, Scope};
use crate::text::line_break;

/// The columns of a progress line: as wide as it becomes, and as narrow as it is still worth showing.
const PROGRESS: (u16, u16) = (12, 6);

/// Draws the boxes, and returns the position of the selected line.
pub fn draw(editor: &Editor, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let (layout, selected) = current_layout(editor)?;
    let chosen = layout.item(selected);
    draw_title(editor, chosen, &mut canvas.row(0));
    draw_recent(editor, &layout, chosen, canvas);
    draw_detail(editor, canvas);
    draw_start(editor, &layout, chosen, canvas);
    draw_units(editor, &layout, chosen, canvas);
    let height = canvas.height();
    let mut said = canvas.row(height.saturating_sub(3));
    let notification = truncated(&editor.notification, usize::from(said.width().saturating_sub(2)));
    said.text(1, 0, &notification, StyleRole::Notice);
    let width = canvas.width();
    canvas.line(0, width, height.saturating_sub(2));
    status::draw_footer(editor, &mut canvas.row(height.saturating_sub(1)));
    layout.area(chosen).map(|area| (area.x + 1, area.y))
}

/// Draws what the program is for, the year that is being reported and until when.
fn draw_title(editor: &Editor, chosen: HomeItem, canvas: &mut Canvas) {
    canvas.fill(StyleRole::Bar);
    let width = canvas.width();
    let chosen = if let HomeItem::Recent(at) = chosen { editor.recent.get(at) } else { None };
    let due = chosen.and_then(|recent| recent.progress).and_then(|progress| progress.due);
    let due = match due.map(|due| due.month()) {
        Some(3) => "政府应于3月31日前公布",
        Some(_) => "部门应于1月31日前报送",
        None => "部门1月31日前报送，政府3月31日前公布",
    };
    let year = editor.today.map_or(String::new(), |today| format!("{}年度　", reporting_year(today)));
    let right = format!("{year}{due} ");
    let start = canvas.text_right(width, 0, &right, StyleRole::Bar);
    let x = canvas.text(1, 0, "年报", (StyleRole::Bar, StyleRole::BarTitle)) + 1;
    let name = "政府信息公开工作年度报告";
    if x + text_width(name) < start {
        canvas.text(x, 0, name, StyleRole::Bar);
    }
}

/// Marks the line chosen, and returns the style of its name.
fn mark_chosen(canvas: &mut Canvas, is_chosen: bool) -> StyleRole {
    if !is_chosen {
        return StyleRole::Text;
    }
    let width = canvas.width();
    canvas.ground(0, 0, width, StyleRole::TintRow);
    canvas.text(0, 0, canvas.signs().row_mark, (StyleRole::TintRow, StyleRole::Accent));
    StyleRole::Chosen
}

fn draw_recent(editor: &Editor, layout: &HomeLayout, chosen: HomeItem, canvas: &mut Canvas) {
    let mut frame = canvas.within(layout.recent);
    let inside = frame.frame("继续", matches!(chosen, HomeItem::Recent(_)));
    if let Some((text, area)) = open_hint(editor) {
        frame.text(area.x - layout.recent.x, 0, &text, StyleRole::Note);
    }
    if editor.recent.is_empty() {
        let mut inside = canvas.within(inside);
        inside.text(1, 0, "还没有草稿。新建、打开或导入以后列在这里", StyleRole::Note);
        return;
    }
    let (first, count) = layout.shown;
    let shown = || editor.recent.iter().enumerate().skip(first).take(count);
    let columns = RecentColumns::of(editor, inside.width, shown().map(|(_, recent)| recent));
    for (at, recent) in shown() {
        let Some(area) = layout.area(HomeItem::Recent(at)) else { continue };
        let mut line = canvas.within(area);
        let style = mark_chosen(&mut line, chosen == HomeItem::Recent(at));
        draw_recent_line(editor, recent, &columns, style, &mut line);
    }
    let mut inside = canvas.within(inside);
    inside.scrollbar(inside.width().saturating_sub(1), first, editor.recent.len() + 1);
    let at = if let HomeItem::Recent(at) = chosen { at } else { first };
    if let Some(recent) = editor.recent.get(at) {
        draw_place(editor, recent, &mut inside);
    }
}

/// Where a recent draft lies, and the days left if there is still something to do.
fn draw_place(editor: &Editor, recent: &RecentEntry, inside: &mut Canvas) {
    let (width, y) = (inside.width(), inside.height().saturating_sub(1));
    let open =
        recent.progress.filter(|progress| progress.cells.filled < progress.cells.all || progress.errors > 0);
    let open = open.filter(|progress| progress.state != ReportState::Final);
    let left = open.and_then(|progress| Some(days_left(progress.due?, editor.today?)));
    let mut end = width.saturating_sub(2);
    if let Some((left, hurry)) = left {
        let role = if hurry { StyleRole::Attention } else { StyleRole::Note };
        end = inside.text_right(end, y, &left, role).saturating_sub(2);
    }
    let path = editor.shown_path(&recent.path);
    inside.text(2, y, &truncated(&path, usize::from(end.saturating_sub(2))), StyleRole::Note);
}

/// What is known of the draft chosen, without opening it.
fn draw_detail(editor: &Editor, canvas: &mut Canvas) {
    let Some((at, area)) = detailed_draft(editor) else { return };
    if editor.recent.is_empty() && !area.is_empty() {
        return draw_first_steps(editor, &mut canvas.within(area));
    }
    let Some(recent) = editor.recent.get(at).filter(|_| !area.is_empty()) else { return };
    let inside = canvas.within(area).frame(&recent_name(editor, recent), false);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    if let Some(preview) = editor.preview.as_ref().filter(|preview| preview.path == recent.path) {
        file_preview::draw(editor, preview, &mut canvas.within(inside));
    }
}

/// What the ways to begin are for.
fn draw_first_steps(editor: &Editor, canvas: &mut Canvas) {
    let inside = canvas.frame("第一次使用", false);
    let mut canvas = canvas.within(inside);
    for (y, (command, purpose)) in (0..).zip(FIRST_STEPS) {
        let x = canvas.text(1, y, &editor.keys.key_label(Scope::Home, command), StyleRole::Key) + 1;
        let columns = usize::from(canvas.width().saturating_sub(x + 1));
        canvas.text(x, y, &truncated(purpose, columns), StyleRole::Text);
    }
}

/// The columns of the recent drafts: the name's, the progress line's, and where the others begin.
struct RecentColumns {
    name: u16,
    bar: u16,
    cells: u16,
    state: u16,
}

impl RecentColumns {
    fn of<'r>(editor: &Editor, width: u16, shown: impl Iterator<Item = &'r RecentEntry>) -> Self {
        let mut columns = RecentColumns { name: 0, bar: 0, cells: 0, state: 0 };
        let mut time = 0;
        for recent in shown {
            columns.name = columns.name.max(text_width(&recent_name(editor, recent)));
            time = time.max(text_width(&opened(editor, recent)));
            if let Some(progress) = recent.progress {
                columns.cells = columns.cells.max(text_width(&cells_text(progress.cells)) + 1);
            }
            let state: u16 = state_pieces(recent).iter().map(|(text, _)| text_width(text) + 1).sum();
            columns.state = columns.state.max(state + 1);
        }
        // One column for the mark, one at the right edge, two between the columns.
        let available = width.saturating_sub(columns.cells + columns.state + time + 6);
        let bar = available.saturating_sub(columns.name + 2).min(PROGRESS.0);
        columns.bar = if bar < PROGRESS.1 || columns.cells == 0 { 0 } else { bar };
        let taken = if columns.bar == 0 { 0 } else { columns.bar + 2 };
        columns.name = columns.name.min(available.saturating_sub(taken));
        columns
    }
}

/// Unit and year; of several drafts with the same also the name of the file.
fn recent_name(editor: &Editor, recent: &RecentEntry) -> String {
    let unit = if recent.unit.is_empty() { "（未填单位）" } else { &recent.unit };
    let name = recent.year.map_or_else(|| unit.to_string(), |year| format!("{unit} {year}"));
    let is_same = |other: &&RecentEntry| (&other.unit, other.year) == (&recent.unit, recent.year);
    let file = recent.path.file_stem().filter(|_| editor.recent.iter().filter(is_same).count() > 1);
    file.map_or_else(|| name.clone(), |file| format!("{name}（{}）", file.to_string_lossy()))
}

fn opened(editor: &Editor, recent: &RecentEntry) -> String {
    recent.opened.map_or(String::new(), |opened| spoken_time(opened, editor.today))
}

fn cells_text(cells: FilledCells) -> String {
    format!("{}/{}", cells.filled, cells.all)
}

/// What the check says of a recent draft.
fn state_pieces(recent: &RecentEntry) -> Vec<(String, StyleRole)> {
    let Some(progress) = recent.progress else {
        return recent.fault.map(|fault| (fault.to_string(), StyleRole::Wrong)).into_iter().collect();
    };
    let counts = [("!", progress.errors, StyleRole::Wrong), ("~", progress.warnings, StyleRole::Attention)];
    let counts = counts.into_iter().filter(|(_, count, _)| *count > 0);
    let mut pieces: Vec<_> = counts.map(|(sign, count, role)| (format!("{sign}{count}"), role)).collect();
    if progress.state != ReportState::Filling {
        pieces.push((progress.state.label().into(), StyleRole::Agree));
        return pieces;
    }
    if pieces.is_empty() && progress.cells.filled == progress.cells.all {
        return vec![("检查通过".into(), StyleRole::Agree)];
    }
    pieces
}

fn draw_recent_line(
    editor: &Editor,
    recent: &RecentEntry,
    columns: &RecentColumns,
    style: StyleRole,
    line: &mut Canvas,
) {
    line.text(1, 0, &truncated(&recent_name(editor, recent), usize::from(columns.name)), style);
    let mut x = 1 + columns.name + 2;
    if let Some(progress) = recent.progress {
        draw_progress(line, (x, 0), columns.bar, progress.cells);
        x += if columns.bar == 0 { 0 } else { columns.bar + 1 };
        line.text_right(x + columns.cells, 0, &cells_text(progress.cells), StyleRole::Text);
        x += columns.cells + 2;
    }
    for (text, role) in state_pieces(recent) {
        x = line.text(x, 0, &text, role) + 1;
    }
    let end = line.width().saturating_sub(2);
    line.text_right(end, 0, &opened(editor, recent), StyleRole::Note);
}

fn draw_start(editor: &Editor, layout: &HomeLayout, chosen: HomeItem, canvas: &mut Canvas) {
    canvas.within(layout.start).frame("开始", matches!(chosen, HomeItem::Start(_)));
    let keys: Vec<String> =
        MENU.iter().map(|(command, ..)| editor.keys.key_label(Scope::Home, *command)).collect();
    let widest = keys.iter().map(|key| text_width(key)).max().unwrap_or(0);
    for (way, ((_, name, more), key)) in MENU.iter().zip(&keys).enumerate() {
        let item = HomeItem::Start(way);
        let Some(area) = layout.area(item) else { continue };
        let mut line = canvas.within(area);
        let style = mark_chosen(&mut line, chosen == item);
        line.text(1, 0, key, StyleRole::Key);
        let x = line.text(1 + widest + 1, 0, name, style);
        if x + text_width(more) < line.width() {
            line.text(x, 0, more, StyleRole::Note);
        }
    }
}

fn draw_units(editor: &Editor, layout: &HomeLayout, chosen: HomeItem, canvas: &mut Canvas) {
    let folder = editor.folder.as_deref();
    let title = folder
        .map_or("单位一览".into(), |folder| format!("单位一览 {}", editor.shown_path(&folder.path)));
    let inside = canvas.within(layout.units).frame(&title, chosen == HomeItem::Units);
    let mut box_inside = canvas.within(inside);
    match folder {
        Some(folder) => draw_folder(editor, folder, &mut box_inside),
        None => {
            let text = "把各单位的草稿放在一个文件夹里，可以看出哪些单位已报送、哪些未报送、哪份有错。";
            draw_wrapped(&mut box_inside, 0, usize::from(inside.height.saturating_sub(2)), text);
        }
    }
    let Some(area) = layout.area(HomeItem::Units) else { return };
    let mut line = canvas.within(area);
    let style = mark_chosen(&mut line, chosen == HomeItem::Units);
    let x = line.text(1, 0, &editor.keys.key_label(Scope::Home, Command::OpenFolder), StyleRole::Key) + 1;
    line.text(x, 0, if folder.is_some() { "打开上次的文件夹" } else { "选择文件夹" }, style);
}

/// Draws text over at most so many rows from row `y` on, and returns the row after it.
fn draw_wrapped(canvas: &mut Canvas, y: u16, rows: usize, text: &str) -> u16 {
    let columns = usize::from(canvas.width().saturating_sub(2));
    let wrapped = line_break::wrap(text, columns, canvas.width_mode());
    let last = rows.saturating_sub(1);
    let mut y = y;
    for (number, row) in wrapped.into_iter().take(rows).enumerate() {
        // The last row that fits says by `>` that there is more.
        let shown = if number == last { &text[row.start..] } else { &text[row] };
        canvas.text(1, y, &truncated(shown, columns), StyleRole::Note);
        y += 1;
    }
    y
}

/// What the folder opened last holds: how many have filed, who has not, the days left.
fn draw_folder(editor: &Editor, folder: &Folder, canvas: &mut Canvas) {
    let counts = &folder.counts;
    if !folder.complete {
        canvas.text(1, 0, &format!("已读 {} 份草稿，打开后读完", folder.files.len()), StyleRole::Note);
        return;
    }
    let mut x = 1;
    for (label, count, role) in super::folder::count_pieces(folder) {
        if x + text_width(label) + 1 + text_width(&count) < canvas.width() {
            let number = canvas.text(x, 0, label, StyleRole::Text) + 1;
            x = canvas.text(number, 0, &count, role) + 2;
        }
    }
    let columns = canvas.width().saturating_sub(2).min(36);
    draw_progress(canvas, (1, 1), columns, FilledCells { filled: counts.filed, all: counts.units });
    let missing: Vec<&str> = folder.missing_units().collect();
    let text = match missing.is_empty() {
        false => format!("未报：{}", missing.join("、")),
        true if folder.roster.is_some() => "应报单位均已报送".into(),
        true => "文件夹里没有应报单位名单（名单.txt）".into(),
    };
    let rows = usize::from(canvas.height().saturating_sub(4));
    let y = draw_wrapped(canvas, 2, rows, &text);
    let left = folder.due().and_then(|due| Some(days_left(due, editor.today?)));
    if let Some((left, hurry)) = left.filter(|_| counts.missing > 0) {
        canvas.text(1, y, &left, if hurry { StyleRole::Attention } else { StyleRole::Note });
    }
}
