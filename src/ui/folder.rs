//! The screen over a folder: one line a unit, numbers under their headings, and the unit chosen in words.

use super::canvas::{Canvas, text_width, truncated};
use super::status;
use super::theme_file::StyleRole;
use crate::compile::UnitStatus;
use crate::editor::folder::{ColumnArea, Folder, FolderColumn, FolderRow, folder_areas};
use crate::editor::spoken_date::{days_left, spoken_time};
use crate::editor::{Command, Editor, Scope};

/// Draws the folder overview, and returns the position of the caret in the filter line.
pub fn draw(editor: &Editor, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let folder = editor.folder.as_deref()?;
    let areas = folder_areas(editor.width, editor.height);
    draw_title(editor, folder, &mut canvas.within(areas.title));
    let caret = draw_filter(editor, folder, &mut canvas.within(areas.filter));
    let columns = folder.column_areas(editor.width);
    draw_headings(folder, &columns, &mut canvas.within(areas.headings));
    let mut rows = canvas.within(areas.rows);
    if folder.rows.is_empty() {
        rows.text(2, 0, &empty_text(editor, folder), StyleRole::Note);
    }
    for (y, at) in (0..areas.rows.height).zip(folder.top..folder.rows.len()) {
        if let Some(row) = folder.rows.get(at) {
            draw_row(folder, row, at == folder.selected, &columns, &mut rows.row(y));
        }
    }
    rows.scrollbar(areas.rows.width.saturating_sub(1), folder.top, folder.rows.len());
    let mut rule = canvas.within(areas.rule);
    rule.line(0, areas.rule.width, 0);
    if let Some(settings) = &folder.settings {
        // What is not checked here, or otherwise, must be seen.
        let words = format!(" 按 nianbao.ron：{} ", settings.describe());
        rule.text(
            2,
            0,
            &truncated(&words, usize::from(areas.rule.width.saturating_sub(4))),
            StyleRole::Attention,
        );
    }
    draw_detail(editor, folder, &mut canvas.within(areas.detail));
    status::draw_footer(editor, &mut canvas.within(areas.footer));
    Some(caret)
}

fn empty_text(editor: &Editor, folder: &Folder) -> String {
    match (folder.complete, folder.filter.text()) {
        (false, _) => "正在读取……".into(),
        (true, "") => "这个文件夹里没有草稿（.ron 文件）。".into(),
        (true, _) => {
            let all = editor.keys.press(Scope::Folder, Command::Cancel, "列出全部");
            format!("没有相符的单位。{all}。")
        }
    }
}

/// How many units have to report, have filed, have not, and have errors: each word with its number, and the role
/// of the number.
pub fn count_pieces(folder: &Folder) -> Vec<(&'static str, String, StyleRole)> {
    let counts = &folder.counts;
    let mut pieces = Vec::new();
    if folder.roster.is_some() {
        pieces.push(("应报", counts.units.to_string(), StyleRole::Text));
    }
    pieces.push(("已报", counts.filed.to_string(), StyleRole::Text));
    let wrong = [
        ("其中有错", counts.with_errors),
        ("未报", counts.missing),
        ("未填完", counts.unfinished),
        ("名单外", counts.unlisted),
        ("无法读取", counts.unreadable),
    ];
    let wrong = wrong.into_iter().filter(|(_, count)| *count > 0);
    pieces.extend(wrong.map(|(label, count)| (label, count.to_string(), StyleRole::Wrong)));
    pieces
}

fn draw_title(editor: &Editor, folder: &Folder, canvas: &mut Canvas) {
    canvas.fill(StyleRole::Bar);
    let mut end = canvas.width().saturating_sub(1);
    if let Some((done, total)) = folder.importing {
        let text =
            if total == 0 { "正在查找文件".into() } else { format!("正在导入 {done}/{total}") };
        end = canvas.text_right(end, 0, &text, (StyleRole::Bar, StyleRole::BarNote)).saturating_sub(2);
    } else if folder.complete {
        for (label, count, role) in count_pieces(folder).into_iter().rev() {
            let role = if role == StyleRole::Wrong { StyleRole::BarWrong } else { StyleRole::Bar };
            let x = canvas.text_right(end, 0, &count, (StyleRole::Bar, role)).saturating_sub(1);
            end = canvas.text_right(x, 0, label, StyleRole::Bar).saturating_sub(2);
        }
    } else {
        let read = format!("正在读取，已读 {} 份", folder.files.len());
        end = canvas.text_right(end, 0, &read, (StyleRole::Bar, StyleRole::BarNote)).saturating_sub(2);
    }
    let x = canvas.text(1, 0, "单位一览", (StyleRole::Bar, StyleRole::BarTitle)) + 1;
    let year = folder.year.map_or(String::new(), |year| format!("{year}年度"));
    let whole = format!("{year} {}", editor.shown_path(&folder.path));
    let name = folder.path.file_name().unwrap_or_default().to_string_lossy();
    let short = format!("{year} {name}");
    let available = end.saturating_sub(x);
    if let Some(text) = [whole, short, year].into_iter().find(|text| text_width(text) <= available) {
        canvas.text(x, 0, &text, StyleRole::Bar);
    }
}

fn draw_filter(editor: &Editor, folder: &Folder, canvas: &mut Canvas) -> (u16, u16) {
    let (area, width) = (canvas.area(), canvas.width());
    let x = canvas.text(1, 0, "查找：", StyleRole::Note);
    let typed = folder.filter.text();
    let caret = canvas.text(x, 0, typed, StyleRole::Text);
    let (right, role) = match folder.due().zip(editor.today).map(|(due, today)| (due, days_left(due, today)))
    {
        _ if !typed.is_empty() => (format!("相符 {} 个", folder.rows.len()), StyleRole::Note),
        Some((due, (left, hurry))) => {
            let role = if hurry { StyleRole::Attention } else { StyleRole::Note };
            (format!("{}月{}日前报送，{left}", due.month(), due.day()), role)
        }
        None => (String::new(), StyleRole::Note),
    };
    let right = right.replace("距报送期限", "");
    if caret + text_width(&right) + 4 < width {
        let end = canvas.text_right(width.saturating_sub(1), 0, &right, role);
        let hint = "输入单位、状态或文件名";
        if typed.is_empty() && caret + text_width(hint) + 2 < end {
            canvas.text(caret, 0, hint, StyleRole::Blank);
        }
    }
    (area.x + caret.min(width.saturating_sub(1)), area.y)
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
        draw_column(canvas, place, &format!("{}{sign}", place.column.heading()), StyleRole::Heading);
    }
}

fn draw_column(canvas: &mut Canvas, place: &ColumnArea, text: &str, role: StyleRole) {
    let text = truncated(text, usize::from(place.width.saturating_sub(1)));
    if place.column.is_text() {
        canvas.text(place.x, 0, &text, role);
    } else {
        canvas.text_right(place.x + place.width, 0, &text, role);
    }
}

fn draw_row(folder: &Folder, row: &FolderRow, chosen: bool, columns: &[ColumnArea], canvas: &mut Canvas) {
    if chosen {
        let width = canvas.width();
        canvas.ground(0, 0, width, StyleRole::TintRow);
        canvas.text(0, 0, canvas.signs().row_mark, (StyleRole::TintRow, StyleRole::Accent));
    }
    for place in columns {
        let text = folder.cell_text(row, place.column);
        let role = match place.column {
            FolderColumn::Unit if chosen => StyleRole::Chosen,
            FolderColumn::Unit => StyleRole::Text,
            FolderColumn::State if folder.awaits(row) => StyleRole::Note,
            FolderColumn::State => status_role(row),
            FolderColumn::Problems => {
                draw_problems(canvas, place, &text);
                continue;
            }
            FolderColumn::Change if row.is_large_change => StyleRole::Attention,
            FolderColumn::Change => StyleRole::Note,
            _ if text == "0" => StyleRole::Zero,
            _ => StyleRole::Text,
        };
        draw_column(canvas, place, &text, role);
    }
}

/// Draws the counts of errors and warnings, each in its role.
fn draw_problems(canvas: &mut Canvas, place: &ColumnArea, text: &str) {
    let mut end = place.x + place.width;
    for count in text.rsplit(' ') {
        let role = if count.starts_with('!') { StyleRole::Wrong } else { StyleRole::Attention };
        end = canvas.text_right(end, 0, count, role).saturating_sub(1);
    }
}

/// Returns the role of a status: units that have to be reminded are highlighted.
fn status_role(row: &FolderRow) -> StyleRole {
    match row.status {
        Some(UnitStatus::Filed) => StyleRole::Agree,
        Some(UnitStatus::Missing | UnitStatus::Errors) => StyleRole::Wrong,
        Some(UnitStatus::Unfinished | UnitStatus::OldFormat | UnitStatus::Duplicate) => StyleRole::Attention,
        None if row.is_compiled() => StyleRole::Note,
        None => StyleRole::Wrong,
    }
}

/// The unit chosen in words: its file, its first findings; what was said about the last key.
fn draw_detail(editor: &Editor, folder: &Folder, canvas: &mut Canvas) {
    let (width, last) = (canvas.width(), canvas.height().saturating_sub(1));
    let mut y = 0;
    if let Some(row) = folder.selected_row() {
        draw_file(editor, folder, row, canvas);
        y = 1;
        let filed = folder.file_of(row);
        if let Some(error) = filed.and_then(|filed| filed.error.as_ref()) {
            canvas.text(1, y, &truncated(error, usize::from(width.saturating_sub(2))), StyleRole::Wrong);
            y += 1;
        }
        let findings = filed.map_or(&[][..], |filed| &filed.first_findings);
        for finding in findings.iter().take(usize::from(last + 1 - y)) {
            let (sign, role) =
                if finding.is_error { ("! ", StyleRole::Wrong) } else { ("~ ", StyleRole::Attention) };
            let end = canvas.text_right(width.saturating_sub(1), y, &finding.rule, StyleRole::Note);
            let text = format!("{sign}{}", finding.message);
            canvas.text(1, y, &truncated(&text, usize::from(end.saturating_sub(2))), role);
            y += 1;
        }
    }
    if !editor.notification.is_empty() {
        let mut row = canvas.row(last);
        row.fill(StyleRole::Text);
        let text = truncated(&editor.notification, usize::from(width.saturating_sub(2)));
        row.text(1, 0, &text, StyleRole::Notice);
    } else if y <= last {
        let hint = folder_hint(editor, folder);
        canvas.text(1, last, &truncated(&hint, usize::from(width.saturating_sub(2))), StyleRole::Note);
    }
}

fn draw_file(editor: &Editor, folder: &Folder, row: &FolderRow, canvas: &mut Canvas) {
    let available = usize::from(canvas.width().saturating_sub(2));
    let x = canvas.text(1, 0, &truncated(&row.unit, available), StyleRole::Total) + 2;
    let text = match folder.file_of(row) {
        Some(filed) => {
            let file = filed.file.strip_prefix(&folder.path).unwrap_or(&filed.file).display();
            let saved = filed.saved_at.map_or(String::new(), |saved| spoken_time(saved, editor.today));
            format!("{file}　{saved}")
        }
        None if folder.awaits(row) => "正在读取".into(),
        None => "未报送".into(),
    };
    let available = canvas.width().saturating_sub(x + 1);
    canvas.text(x, 0, &truncated(&text, usize::from(available)), StyleRole::Note);
}

/// What else is worth knowing of the folder.
fn folder_hint(editor: &Editor, folder: &Folder) -> String {
    if folder.roster.is_none() && folder.complete {
        return "在文件夹里放一份 名单.txt（一行一个单位），即可看出哪些单位未报送".into();
    }
    match folder.counts.other_years {
        0 => String::new(),
        count => {
            let key = editor.keys.using(Scope::Folder, Command::CycleYear, "换年度");
            format!("另有 {count} 份为其他年度的报告，{key}")
        }
    }
}
