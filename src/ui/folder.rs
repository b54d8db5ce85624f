//! The screen over a folder: one line a unit, numbers under their headings, bars beside some.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::Look;
use super::{paint, status};
use crate::check::Weight;
use crate::editor::folder::{Column, Folder, HEADINGS, Place, Row, places};
use crate::editor::{Command, Editor, Scope, layout};
use crate::rollup::Standing;

/// Draws the folder that is looked over; the caret is in the line that narrows it.
pub fn draw(editor: &Editor, look: &Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let folder = editor.folder.as_deref()?;
    let areas = layout::areas(editor.width, editor.height);
    title(folder, areas.title, look, buffer);
    let caret = search(folder, areas.tabs, look, buffer);
    let places = places(editor.width);
    headings(folder, &places, areas.body, look, buffer);
    let height = usize::from(areas.body.height.saturating_sub(HEADINGS));
    if folder.rows.is_empty() {
        let words = match (folder.ended, folder.line.text()) {
            (false, _) => "正在读……".into(),
            (true, "") => "这个文件夹里没有草稿（.ron 文件）。".into(),
            (true, _) => {
                let all = editor.keys.press(Scope::Folder, Command::Cancel, "列出全部");
                format!("没有相符的单位。{all}。")
            }
        };
        paint::put(buffer, areas.body, 2, HEADINGS, &words, look.plain());
    }
    for (y, at) in (HEADINGS..).zip(folder.top..folder.rows.len()).take(height) {
        let Some(row) = folder.rows.get(at) else { break };
        line(folder, row, at == folder.at, &places, areas.body, y, look, buffer);
    }
    below(editor, folder, areas.place, areas.finding, look, buffer);
    status::foot(editor, look, areas.foot, buffer);
    Some(caret)
}

fn title(folder: &Folder, area: Rect, look: &Look, buffer: &mut Buffer) {
    paint::fill(buffer, area, look.bar());
    let read = folder.filed.len();
    let right =
        if folder.ended { format!("共 {read} 份 ") } else { format!("正在读，已读 {read} 份 ") };
    let name = folder.path.file_name().unwrap_or(folder.path.as_os_str());
    let year = folder.year.map_or(String::new(), |year| format!("{year}年度"));
    let left = format!(" 年报  各单位一览  {year}  {}", name.to_string_lossy());
    let room = usize::from(area.width.saturating_sub(paint::columns(&right) + 1));
    paint::put(buffer, area, 0, 0, &paint::fitted(&left, room), look.bar());
    paint::put_right(buffer, area, area.width, 0, &right, look.bar());
}

fn search(folder: &Folder, area: Rect, look: &Look, buffer: &mut Buffer) -> (u16, u16) {
    let x = paint::put(buffer, area, 2, 0, "查找：", look.strong());
    let typed = folder.line.text();
    let caret = paint::put(buffer, area, x, 0, typed, look.plain());
    let words = if typed.is_empty() {
        "打字查找：单位、状态或文件名".into()
    } else {
        format!("{} 个", folder.rows.len())
    };
    if caret + paint::columns(&words) + 4 < area.width {
        paint::put_right(buffer, area, area.width - 1, 0, &words, look.quiet());
    }
    (area.x + caret.min(area.width.saturating_sub(1)), area.y)
}

fn headings(folder: &Folder, places: &[Place], area: Rect, look: &Look, buffer: &mut Buffer) {
    for place in places {
        // The sign says which way the column is sorted: words from the first, numbers from the largest.
        let down = folder.backwards == place.column.is_words();
        let sign = if folder.by != place.column {
            ""
        } else if down {
            "v"
        } else {
            "^"
        };
        let words = format!("{}{sign}", place.column.say());
        let style =
            if folder.by == place.column { look.strong().patch(look.involved()) } else { look.strong() };
        put(buffer, area, place, 0, &words, style);
    }
}

fn put(buffer: &mut Buffer, area: Rect, place: &Place, y: u16, words: &str, style: Style) {
    let words = paint::fitted(words, usize::from(place.width.saturating_sub(1)));
    if place.column.is_words() {
        paint::put(buffer, area, place.x, y, &words, style);
    } else {
        paint::put_right(buffer, area, place.x + place.width - 1, y, &words, style);
    }
}

#[expect(clippy::too_many_arguments, reason = "a painter's place, look and canvas")]
fn line(
    folder: &Folder,
    row: &Row,
    chosen: bool,
    places: &[Place],
    area: Rect,
    y: u16,
    look: &Look,
    buffer: &mut Buffer,
) {
    paint::put(buffer, area, 0, y, if chosen { ">" } else { " " }, look.strong());
    for place in places {
        let style = match place.column {
            Column::Unit if chosen => look.bar(),
            Column::State => state(row, look),
            Column::Errors if folder.filed(row).is_some_and(|filed| filed.errors > 0) => {
                look.weight(Weight::Error)
            }
            _ => look.plain(),
        };
        put(buffer, area, place, y, &folder.shown(row, place.column), style);
        let bar = "#".repeat(folder.bar(row, place.column, place.bar));
        paint::put(buffer, area, place.x + place.width, y, &bar, look.quiet());
    }
}

/// What has to be chased stands out.
fn state(row: &Row, look: &Look) -> Style {
    match row.standing {
        Some(Standing::Filed) => look.plain(),
        Some(Standing::Missing) => look.weight(Weight::Error),
        Some(_) => look.weight(Weight::Warning),
        None if row.state == "汇总" => look.plain(),
        None => look.weight(Weight::Error),
    }
}

/// The file of the row chosen, then what is counted over all.
fn below(editor: &Editor, folder: &Folder, place: Rect, finding: Rect, look: &Look, buffer: &mut Buffer) {
    paint::fill(buffer, place, look.involved());
    let said = folder.row().map_or(String::new(), |row| match folder.filed(row) {
        Some(filed) => match &filed.fault {
            Some(fault) => fault.clone(),
            None => {
                let file = filed.file.strip_prefix(&folder.path).unwrap_or(&filed.file);
                format!("{}  {}", row.unit, file.display())
            }
        },
        None => format!("{}  没有报", row.unit),
    });
    paint::put(buffer, place, 0, 0, &paint::fitted(&said, usize::from(place.width)), look.involved());
    let last = finding.height.saturating_sub(1);
    let told = tally(folder);
    let room = usize::from(finding.width);
    // With one line only, what just happened takes it.
    if last > 0 || editor.notice.is_empty() {
        paint::put(buffer, finding, 0, 0, &paint::fitted(&told, room), look.plain());
    }
    if !editor.notice.is_empty() {
        paint::put(buffer, finding, 0, last, &paint::fitted(&editor.notice, room), look.strong());
    }
}

fn tally(folder: &Folder) -> String {
    let tally = &folder.tally;
    let mut words = match &folder.roster {
        Some(_) => format!("应报 {} 个单位", tally.units),
        None => format!("{} 个单位", tally.units),
    };
    for (count, said) in [(tally.missing, "未报"), (tally.faulty, "有错误"), (tally.unread, "读不出")]
    {
        if count > 0 || said == "未报" && folder.roster.is_some() {
            words.push_str(&format!("，{said} {count}"));
        }
    }
    if tally.other_years > 0 {
        words.push_str(&format!("；另有 {} 份是别的年度的", tally.other_years));
    }
    if folder.roster.is_none() && folder.ended {
        words.push_str("。放一份 名单.txt（一行一个单位），就看得出谁没报");
    }
    words
}
