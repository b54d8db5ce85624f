//! The screen over a folder: one line a unit, numbers under their headings, bars beside some.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::{draw_text, draw_text_right, fill_area, text_width, truncated};
use super::status;
use super::theme::Theme;
use crate::check::Severity;
use crate::compile::UnitStatus;
use crate::editor::folder::{ColumnArea, Folder, FolderColumn, FolderRow, HEADING_ROWS, column_areas};
use crate::editor::{Command, Editor, Scope, layout};

/// Draws the folder overview, and returns the position of the caret in the filter line.
pub fn draw(editor: &Editor, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let folder = editor.folder.as_deref()?;
    let areas = layout::screen_areas(editor.width, editor.height);
    draw_title(folder, areas.title, theme, buffer);
    let caret = draw_filter(folder, areas.tabs, theme, buffer);
    let columns = column_areas(editor.width);
    draw_headings(folder, &columns, areas.body, theme, buffer);
    let height = usize::from(areas.body.height.saturating_sub(HEADING_ROWS));
    if folder.rows.is_empty() {
        let text = match (folder.complete, folder.filter.text()) {
            (false, _) => "正在读……".into(),
            (true, "") => "这个文件夹里没有草稿（.ron 文件）。".into(),
            (true, _) => {
                let all = editor.keys.press(Scope::Folder, Command::Cancel, "列出全部");
                format!("没有相符的单位。{all}。")
            }
        };
        draw_text(buffer, areas.body, 2, HEADING_ROWS, &text, theme.plain());
    }
    for (y, at) in (HEADING_ROWS..).zip(folder.top..folder.rows.len()).take(height) {
        let Some(row) = folder.rows.get(at) else { break };
        draw_row(folder, row, at == folder.selected, &columns, areas.body, y, theme, buffer);
    }
    draw_summary(editor, folder, areas.location, areas.finding, theme, buffer);
    status::draw_footer(editor, theme, areas.footer, buffer);
    Some(caret)
}

fn draw_title(folder: &Folder, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    fill_area(buffer, area, theme.bar());
    let read = folder.files.len();
    let right =
        if folder.complete { format!("共 {read} 份 ") } else { format!("正在读，已读 {read} 份 ") };
    let name = folder.path.file_name().unwrap_or(folder.path.as_os_str());
    let year = folder.year.map_or(String::new(), |year| format!("{year}年度"));
    let left = format!(" 年报  各单位一览  {year}  {}", name.to_string_lossy());
    let available = usize::from(area.width.saturating_sub(text_width(&right) + 1));
    draw_text(buffer, area, 0, 0, &truncated(&left, available), theme.bar());
    draw_text_right(buffer, area, area.width, 0, &right, theme.bar());
}

fn draw_filter(folder: &Folder, area: Rect, theme: &Theme, buffer: &mut Buffer) -> (u16, u16) {
    let x = draw_text(buffer, area, 2, 0, "查找：", theme.strong());
    let typed = folder.filter.text();
    let caret = draw_text(buffer, area, x, 0, typed, theme.plain());
    let text = if typed.is_empty() {
        "打字查找：单位、状态或文件名".into()
    } else {
        format!("{} 个", folder.rows.len())
    };
    if caret + text_width(&text) + 4 < area.width {
        draw_text_right(buffer, area, area.width - 1, 0, &text, theme.dimmed());
    }
    (area.x + caret.min(area.width.saturating_sub(1)), area.y)
}

fn draw_headings(folder: &Folder, columns: &[ColumnArea], area: Rect, theme: &Theme, buffer: &mut Buffer) {
    for place in columns {
        // The sign shows the direction of sorting: text from the first, numbers from the largest.
        let down = folder.reversed == place.column.is_text();
        let sign = if folder.sort_column != place.column {
            ""
        } else if down {
            "v"
        } else {
            "^"
        };
        let text = format!("{}{sign}", place.column.heading());
        let style = if folder.sort_column == place.column {
            theme.strong().patch(theme.related())
        } else {
            theme.strong()
        };
        draw_column(buffer, area, place, 0, &text, style);
    }
}

fn draw_column(buffer: &mut Buffer, area: Rect, place: &ColumnArea, y: u16, text: &str, style: Style) {
    let text = truncated(text, usize::from(place.width.saturating_sub(1)));
    if place.column.is_text() {
        draw_text(buffer, area, place.x, y, &text, style);
    } else {
        draw_text_right(buffer, area, place.x + place.width - 1, y, &text, style);
    }
}

#[expect(clippy::too_many_arguments, reason = "a painter's place, look and canvas")]
fn draw_row(
    folder: &Folder,
    row: &FolderRow,
    chosen: bool,
    columns: &[ColumnArea],
    area: Rect,
    y: u16,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    draw_text(buffer, area, 0, y, if chosen { ">" } else { " " }, theme.strong());
    for place in columns {
        let style = match place.column {
            FolderColumn::Unit if chosen => theme.bar(),
            FolderColumn::State => status_style(row, theme),
            FolderColumn::Errors if folder.file_of(row).is_some_and(|filed| filed.errors > 0) => {
                theme.severity(Severity::Error)
            }
            _ => theme.plain(),
        };
        draw_column(buffer, area, place, y, &folder.cell_text(row, place.column), style);
        let bar = "#".repeat(folder.bar_length(row, place.column, place.bar));
        draw_text(buffer, area, place.x + place.width, y, &bar, theme.dimmed());
    }
}

/// Returns the style of a status: units that have to be reminded are highlighted.
fn status_style(row: &FolderRow, theme: &Theme) -> Style {
    match row.status {
        Some(UnitStatus::Filed) => theme.plain(),
        Some(UnitStatus::Missing) => theme.severity(Severity::Error),
        Some(_) => theme.severity(Severity::Warning),
        None if row.status_label == "汇总" => theme.plain(),
        None => theme.severity(Severity::Error),
    }
}

/// The file of the row chosen, then what is counted over all.
fn draw_summary(
    editor: &Editor,
    folder: &Folder,
    place: Rect,
    finding: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    fill_area(buffer, place, theme.related());
    let text = folder.selected_row().map_or(String::new(), |row| match folder.file_of(row) {
        Some(filed) => match &filed.error {
            Some(fault) => fault.clone(),
            None => {
                let file = filed.file.strip_prefix(&folder.path).unwrap_or(&filed.file);
                format!("{}  {}", row.unit, file.display())
            }
        },
        None => format!("{}  未报送", row.unit),
    });
    draw_text(buffer, place, 0, 0, &truncated(&text, usize::from(place.width)), theme.related());
    let last = finding.height.saturating_sub(1);
    let counts = counts_text(folder);
    let available = usize::from(finding.width);
    // With one line only, what just happened takes it.
    if last > 0 || editor.notification.is_empty() {
        draw_text(buffer, finding, 0, 0, &truncated(&counts, available), theme.plain());
    }
    if !editor.notification.is_empty() {
        draw_text(buffer, finding, 0, last, &truncated(&editor.notification, available), theme.strong());
    }
}

fn counts_text(folder: &Folder) -> String {
    let tally = &folder.counts;
    let mut text = match &folder.roster {
        Some(_) => format!("应报 {} 个单位", tally.units),
        None => format!("{} 个单位", tally.units),
    };
    let counts = [
        (tally.missing, "未报"),
        (tally.unfinished, UnitStatus::Unfinished.label()),
        (tally.with_errors, "有错误"),
        (tally.unreadable, "无法读取"),
    ];
    for (count, label) in counts {
        if count > 0 || label == "未报" && folder.roster.is_some() {
            text.push_str(&format!("，{label} {count}"));
        }
    }
    if tally.other_years > 0 {
        text.push_str(&format!("；另有 {} 份是别的年度的", tally.other_years));
    }
    if folder.roster.is_none() && folder.complete {
        text.push_str("。放一份 名单.txt（一行一个单位），就看得出哪些单位未报送");
    }
    text
}
