//! The mouse, where the terminal has one: tabs, cells, the caret, findings, the wheel. Nothing
//! needs it.

use super::command::{Command, Scope};
use super::desk::{Desk, Tab};
use super::key::{Mouse, MouseKind};
use super::sheet::Kind;
use super::{Editor, Effect, Page, block, cell, cursor, folder, home, layout, listing, run, tabs};

/// How many rows a step of the wheel moves.
const WHEEL: usize = 3;

/// Takes what the mouse did.
pub fn take(editor: &mut Editor, mouse: Mouse) -> Vec<Effect> {
    if !editor.layers.is_empty() {
        return wheel_in_window(editor, mouse.kind);
    }
    match mouse.kind {
        MouseKind::WheelUp => wheel(editor, Command::Up),
        MouseKind::WheelDown => wheel(editor, Command::Down),
        MouseKind::Press => press(editor, mouse),
        MouseKind::Drag | MouseKind::Release => Vec::new(),
    }
}

fn wheel_in_window(editor: &mut Editor, kind: MouseKind) -> Vec<Effect> {
    match kind {
        MouseKind::WheelUp => super::window::run(editor, Command::Up),
        MouseKind::WheelDown => super::window::run(editor, Command::Down),
        _ => Vec::new(),
    }
}

fn wheel(editor: &mut Editor, command: Command) -> Vec<Effect> {
    let scope = editor.scope();
    (0..WHEEL).flat_map(|_| run::run(editor, scope, command)).collect()
}

fn press(editor: &mut Editor, mouse: Mouse) -> Vec<Effect> {
    let areas = layout::areas(editor.width, editor.height);
    let recent = editor.recent.len();
    let desk = match &mut editor.page {
        Page::Home(home) => {
            let chosen = home::line_at(mouse.row, recent);
            let Some(at) = chosen else { return Vec::new() };
            let again = home.at == at;
            home.at = at;
            return if again { run::run(editor, Scope::Home, Command::Enter) } else { Vec::new() };
        }
        Page::Folder if mouse.row < areas.body.y || mouse.row >= areas.body.bottom() => return Vec::new(),
        Page::Folder => return folder::press(editor, mouse.row - areas.body.y, mouse.column),
        Page::Desk(desk) => desk,
    };
    cell::commit(desk);
    desk.history.close_group();
    if mouse.row == areas.tabs.y {
        let line = tabs::line(desk, areas.tabs.width);
        if let Some(at) = line.iter().rposition(|tab| tab.x <= mouse.column) {
            desk.tab = at;
        }
    } else if mouse.row >= areas.body.y && mouse.row < areas.body.bottom() {
        let row = usize::from(mouse.row - areas.body.y);
        in_body(
            desk,
            usize::from(mouse.column),
            row,
            usize::from(areas.body.width),
            usize::from(areas.body.height),
        );
    }
    Vec::new()
}

fn in_body(desk: &mut Desk, x: usize, y: usize, width: usize, height: usize) {
    if desk.tabs[desk.tab] == Tab::Findings {
        let lines = listing::lines(desk, "", width);
        let first = listing::first_shown(&lines, desk.finding, height);
        let mut below = y;
        for (at, lines) in lines.iter().enumerate().skip(first) {
            if below < lines.len() {
                let again = desk.finding == at;
                desk.finding = at;
                if again {
                    cursor::to_finding(desk, at);
                }
                return;
            }
            below -= lines.len();
        }
        return;
    }
    let above = desk.sheet(width).map_or(0, |_| cursor::text_offset(desk, width));
    if let Some(sheet) = desk.sheet(width)
        && let Some(&line) = sheet.view(desk.spot().top, height).get(y)
    {
        if let Kind::Row(row, _) = sheet.lines[line].kind {
            let left = desk.spot().left;
            let column = (left..sheet.rows[row].cells.len()).find(|&at| {
                sheet.column(sheet.rows[row].block, at, left).is_some_and(|(start, wide)| x < start + wide)
            });
            block::unselect(desk);
            let spot = desk.spot_mut();
            spot.in_text = false;
            (spot.row, spot.column) = (row, column.unwrap_or(spot.column));
        }
        return;
    }
    if desk.narrative().is_some() && y >= above {
        desk.spot_mut().in_text = true;
        if let Some(prose) = desk.prose() {
            let rows = prose.rows(width);
            let byte = prose.byte_at(&rows, prose.top + y - above, x);
            prose.unselect();
            prose.jump(byte);
        }
    }
}
