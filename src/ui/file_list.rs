//! The list of files: the folder, the line that is typed, a row for each file, the one chosen in words.

use ratatui::layout::Rect;

use super::canvas::{Canvas, text_width, to_u16, truncated};
use super::file_preview;
use super::layer_frame::{draw_edge_hint, draw_frame, draw_input, draw_scrollbar};
use super::theme_file::StyleRole;
use crate::draft::ReportState;
use crate::editor::file_list::{FileList, FileRow, file_list_areas, file_rows};
use crate::editor::spoken_date::spoken_time;
use crate::editor::{DraftSummary, Editor, ListedFile, ListedKind, layer_edge};

/// From so many columns on, unit and year stand in the rows.
const UNIT_FROM: u16 = 100;
/// The columns of the kind of a file.
const KIND_WIDTH: u16 = 6;

/// Draws the list, and returns the position of the caret or of the row chosen.
pub fn draw(editor: &Editor, list: &FileList, canvas: &mut Canvas) -> (u16, u16) {
    let rows = file_rows(list);
    let areas = file_list_areas(editor, list, rows.len());
    draw_frame(list.purpose.title(), areas.inside, canvas);
    draw_edge_hint(editor, areas.inside, &layer_edge::file_hints(list), canvas);
    let mut line = canvas.within(areas.folder);
    let x = line.text(0, 0, "文件夹：", StyleRole::Note);
    let folder = editor.shown_path(&list.folder);
    line.text(x, 0, &shortened(&folder, line.width().saturating_sub(x)), StyleRole::Heading);
    let mut line = canvas.within(areas.line);
    let x = line.text(0, 0, list.purpose.label(), StyleRole::Note);
    let caret = draw_input(&mut line, x, &list.line, list.at.is_none() || !list.purpose.is_naming());
    let end = x + text_width(list.line.text());
    if list.line.text().is_empty() {
        line.text(x, 0, "名称、拼音首字母或路径", StyleRole::Blank);
    } else if !list.fault.is_empty() && end + 2 + text_width(&list.fault) <= line.width() {
        line.text_right(line.width(), 0, &list.fault, StyleRole::Wrong);
    }
    draw_rows(editor, list, &rows, canvas);
    draw_preview(editor, list, &rows, areas.preview, canvas);
    let mut detail = canvas.within(areas.detail);
    let chosen = list.at.and_then(|at| rows.get(at));
    let (text, role) = match chosen {
        _ if !list.fault.is_empty() => (list.fault.clone(), StyleRole::Wrong),
        Some(row) => (described(row), StyleRole::Note),
        None => (String::new(), StyleRole::Note),
    };
    detail.text(0, 0, &truncated(&text, usize::from(areas.detail.width)), role);
    match list.at {
        Some(at) if list.purpose.is_naming() => {
            (areas.list.area.x, areas.list.area.y + to_u16(at.saturating_sub(areas.list.top)))
        }
        _ => caret,
    }
}

/// What is in the file chosen, behind a line beside the list.
fn draw_preview(editor: &Editor, list: &FileList, rows: &[FileRow], area: Rect, canvas: &mut Canvas) {
    if area.is_empty() {
        return;
    }
    let (line, scrolls) = (area.x - 2, rows.len() > usize::from(area.height));
    let sign = canvas.signs().vertical;
    // Where the list scrolls, its scrollbar stands there.
    for y in (area.y..area.bottom()).filter(|_| !scrolls) {
        canvas.text(line, y, sign, StyleRole::Rule);
    }
    let Some(row) = list.at.and_then(|at| rows.get(at)) else { return };
    let mut beside = canvas.within(area);
    let name = match row.file.and_then(|file| file.summary.as_ref()) {
        Some(Ok(summary)) => unit_and_year(summary),
        _ => row.name.clone(),
    };
    beside.text(0, 0, &truncated(&name, usize::from(area.width)), StyleRole::Total);
    if let Some(preview) = &editor.preview {
        let below = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        file_preview::draw(editor, preview, &mut canvas.within(below));
    }
}

/// A path that fits: its beginning gives way.
fn shortened(path: &str, width: u16) -> String {
    let mut rest = path;
    while text_width(rest) + 3 > width && text_width(path) > width {
        let mut letters = rest.chars();
        if letters.next().is_none() {
            break;
        }
        rest = letters.as_str();
    }
    if rest.len() < path.len() { format!("...{rest}") } else { path.into() }
}

fn draw_rows(editor: &Editor, list: &FileList, rows: &[FileRow], canvas: &mut Canvas) {
    let area = file_list_areas(editor, list, rows.len()).list;
    let mut lines = canvas.within(area.area);
    let empty = match &list.files {
        None => Some("正在读取……".to_string()),
        Some(Err(message)) => Some(format!("这个文件夹不能读取：{message}")),
        Some(Ok(_)) if rows.is_empty() && list.line.text().is_empty() => {
            Some(list.purpose.nothing_here().into())
        }
        Some(Ok(_)) if rows.is_empty() => Some(list.purpose.no_match().into()),
        Some(Ok(_)) => None,
    };
    let shown = || rows.iter().enumerate().skip(area.top).take(usize::from(area.area.height));
    let with_unit = area.area.width >= UNIT_FROM;
    let cells = |row: &FileRow| row_cells(editor, row, with_unit);
    let mut widths = [0; 4];
    for (_, row) in shown() {
        let all = cells(row);
        widths.iter_mut().zip(&all).for_each(|(width, cell)| *width = text_width(cell).max(*width));
    }
    for (y, (number, row)) in (0..).zip(shown()) {
        draw_row(row, &cells(row), widths, list.at == Some(number), &mut lines.row(y));
    }
    if let Some(text) = empty {
        let y = to_u16(rows.len().min(usize::from(area.area.height.saturating_sub(1))));
        lines.text(2, y, &text, StyleRole::Note);
    }
    draw_scrollbar(area, canvas);
}

/// What stands at the right of a row: unit and year, state, size, time.
fn row_cells(editor: &Editor, row: &FileRow, with_unit: bool) -> [String; 4] {
    let Some(file) = row.file else { return Default::default() };
    let summary = file.summary.as_ref().and_then(|summary| summary.as_ref().ok());
    let unit = summary.filter(|_| with_unit).map_or(String::new(), unit_and_year);
    let size = if file.kind == ListedKind::Folder { String::new() } else { spoken_size(file.bytes) };
    let time = file.saved_at.map_or(String::new(), |time| spoken_time(time, editor.today));
    [unit, state_text(file), size, time]
}

fn unit_and_year(summary: &DraftSummary) -> String {
    let unit = if summary.unit.is_empty() { "（未填单位）" } else { &summary.unit };
    summary.year.map_or_else(|| unit.to_string(), |year| format!("{unit} {year}"))
}

/// How far a draft is, with what was found.
fn state_text(file: &ListedFile) -> String {
    match &file.summary {
        None => String::new(),
        Some(Err(_)) => "无法读取".into(),
        Some(Ok(summary)) => {
            let progress = summary.progress;
            let mut text = format!("{}/{}", progress.cells.filled, progress.cells.all);
            for (sign, count) in [("!", progress.errors), ("~", progress.warnings)] {
                if count > 0 {
                    text.push_str(&format!(" {sign}{count}"));
                }
            }
            if progress.state != ReportState::Filling {
                text.push_str(&format!(" {}", progress.state.label()));
            }
            text
        }
    }
}

fn spoken_size(bytes: u64) -> String {
    match bytes {
        ..1024 => format!("{bytes}B"),
        1024..1_048_576 => format!("{}K", bytes.div_ceil(1024)),
        _ => format!("{}M", bytes.div_ceil(1_048_576)),
    }
}

fn draw_row(row: &FileRow, cells: &[String; 4], widths: [u16; 4], is_chosen: bool, line: &mut Canvas) {
    let role = if is_chosen {
        let width = line.width();
        line.ground(0, 0, width, StyleRole::TintRow);
        line.text(0, 0, line.signs().row_mark, (StyleRole::TintRow, StyleRole::Accent));
        StyleRole::Chosen
    } else {
        StyleRole::Text
    };
    line.text(2, 0, row.label, StyleRole::Note);
    let mut end = line.width();
    let is_unreadable = matches!(row.file.map(|file| &file.summary), Some(Some(Err(_))));
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate().rev().filter(|(_, (_, width))| *width > 0)
    {
        // A long name is worth more than the unit that is in it.
        let from = end.saturating_sub(width);
        if at == 0 && from < 2 + KIND_WIDTH + 2 + text_width(&row.name) {
            continue;
        }
        let role = if at == 1 && is_unreadable { StyleRole::Attention } else { StyleRole::Note };
        if at < 2 {
            line.text(from, 0, cell, role);
        } else {
            line.text_right(end, 0, cell, role);
        }
        end = from.saturating_sub(2);
    }
    let x = 2 + KIND_WIDTH + 2;
    line.text(x, 0, &truncated(&row.name, usize::from(end.saturating_sub(x))), role);
}

/// The row chosen in words.
fn described(row: &FileRow) -> String {
    match row.file {
        Some(ListedFile { summary: Some(Ok(summary)), .. }) => {
            let progress = summary.progress;
            let counts = [(progress.errors, "个错误"), (progress.warnings, "个提醒")];
            let counts = counts.into_iter().filter(|(count, _)| *count > 0);
            let counts: String = counts.map(|(count, what)| format!("，{count} {what}")).collect();
            let cells = progress.cells;
            format!("{}，已填 {}/{}{counts}", unit_and_year(summary), cells.filled, cells.all)
        }
        Some(ListedFile { summary: Some(Err(message)), .. }) => format!("无法读取：{message}"),
        Some(ListedFile { kind: ListedKind::Report(_), .. }) => "可以导入，原文件不变".into(),
        _ => String::new(),
    }
}
