//! The screen over a folder: one line a unit, numbers under their headings, bars beside some.

use super::canvas::{Canvas, text_width, truncated};
use super::status;
use super::theme_file::StyleRole;
use crate::compile::UnitStatus;
use crate::editor::folder::{ColumnArea, Folder, FolderColumn, FolderRow, HEADING_ROWS, column_areas};
use crate::editor::{Command, Editor, Scope, layout};

/// Draws the folder overview, and returns the position of the caret in the filter line.
pub fn draw(editor: &Editor, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let folder = editor.folder.as_deref()?;
    let areas = layout::screen_areas(editor.width, editor.height);
    draw_title(folder, &mut canvas.within(areas.title));
    let caret = draw_filter(folder, &mut canvas.within(areas.tabs));
    let columns = column_areas(editor.width);
    let mut body = canvas.within(areas.page);
    draw_headings(folder, &columns, &mut body);
    let height = usize::from(areas.page.height.saturating_sub(HEADING_ROWS));
    if folder.rows.is_empty() {
        let text = match (folder.complete, folder.filter.text()) {
            (false, _) => "正在读……".into(),
            (true, "") => "这个文件夹里没有草稿（.ron 文件）。".into(),
            (true, _) => {
                let all = editor.keys.press(Scope::Folder, Command::Cancel, "列出全部");
                format!("没有相符的单位。{all}。")
            }
        };
        body.text(2, HEADING_ROWS, &text, StyleRole::Text);
    }
    for (y, at) in (HEADING_ROWS..).zip(folder.top..folder.rows.len()).take(height) {
        let Some(row) = folder.rows.get(at) else { break };
        draw_row(folder, row, at == folder.selected, &columns, y, &mut body);
    }
    draw_summary(editor, folder, &areas, canvas);
    status::draw_footer(editor, &mut canvas.within(areas.footer));
    Some(caret)
}

fn draw_title(folder: &Folder, canvas: &mut Canvas) {
    canvas.fill(StyleRole::Bar);
    let read = folder.files.len();
    let right =
        if folder.complete { format!("共 {read} 份 ") } else { format!("正在读，已读 {read} 份 ") };
    let name = folder.path.file_name().unwrap_or(folder.path.as_os_str());
    let year = folder.year.map_or(String::new(), |year| format!("{year}年度"));
    let left = format!(" 年报  各单位一览  {year}  {}", name.to_string_lossy());
    let available = usize::from(canvas.width().saturating_sub(text_width(&right) + 1));
    canvas.text(0, 0, &truncated(&left, available), StyleRole::BarTitle);
    canvas.text_right(canvas.width(), 0, &right, StyleRole::Bar);
}

fn draw_filter(folder: &Folder, canvas: &mut Canvas) -> (u16, u16) {
    let area = canvas.area();
    let x = canvas.text(2, 0, "查找：", StyleRole::Note);
    let typed = folder.filter.text();
    let caret = canvas.text(x, 0, typed, StyleRole::Text);
    let text = if typed.is_empty() {
        "打字查找：单位、状态或文件名".into()
    } else {
        format!("{} 个", folder.rows.len())
    };
    if caret + text_width(&text) + 4 < area.width {
        canvas.text_right(area.width - 1, 0, &text, StyleRole::Note);
    }
    (area.x + caret.min(area.width.saturating_sub(1)), area.y)
}

fn draw_headings(folder: &Folder, columns: &[ColumnArea], canvas: &mut Canvas) {
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
        draw_column(canvas, place, 0, &text, StyleRole::Heading);
    }
}

fn draw_column(canvas: &mut Canvas, place: &ColumnArea, y: u16, text: &str, role: StyleRole) {
    let text = truncated(text, usize::from(place.width.saturating_sub(1)));
    if place.column.is_text() {
        canvas.text(place.x, y, &text, role);
    } else {
        canvas.text_right(place.x + place.width - 1, y, &text, role);
    }
}

fn draw_row(
    folder: &Folder,
    row: &FolderRow,
    chosen: bool,
    columns: &[ColumnArea],
    y: u16,
    canvas: &mut Canvas,
) {
    canvas.text(0, y, if chosen { canvas.signs().row_mark } else { " " }, StyleRole::Accent);
    for place in columns {
        let style = match place.column {
            FolderColumn::Unit if chosen => StyleRole::Cursor,
            FolderColumn::State => status_role(row),
            FolderColumn::Errors if folder.file_of(row).is_some_and(|filed| filed.errors > 0) => {
                StyleRole::Wrong
            }
            _ => StyleRole::Text,
        };
        draw_column(canvas, place, y, &folder.cell_text(row, place.column), style);
        let bar = "#".repeat(folder.bar_length(row, place.column, place.bar));
        canvas.text(place.x + place.width, y, &bar, StyleRole::Note);
    }
}

/// Returns the role of a status: units that have to be reminded are highlighted.
fn status_role(row: &FolderRow) -> StyleRole {
    match row.status {
        Some(UnitStatus::Filed) => StyleRole::Text,
        Some(UnitStatus::Missing) => StyleRole::Wrong,
        Some(_) => StyleRole::Attention,
        None if row.status_label == "汇总" => StyleRole::Text,
        None => StyleRole::Wrong,
    }
}

/// The file of the row chosen, then what is counted over all.
fn draw_summary(editor: &Editor, folder: &Folder, areas: &layout::ScreenAreas, canvas: &mut Canvas) {
    let mut place = canvas.within(areas.location);
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
    place.text(1, 0, &truncated(&text, usize::from(place.width().saturating_sub(1))), StyleRole::Notice);
    let mut finding = canvas.within(areas.finding_without_balance());
    let last = finding.height().saturating_sub(1);
    let counts = counts_text(folder);
    let available = usize::from(finding.width());
    // With one line only, what just happened takes it.
    if last > 0 || editor.notification.is_empty() {
        finding.text(0, 0, &truncated(&counts, available), StyleRole::Text);
    }
    if !editor.notification.is_empty() {
        finding.text(0, last, &truncated(&editor.notification, available), StyleRole::Notice);
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
