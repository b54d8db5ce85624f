//! The keys and the mouse of the home screen, and what is read for it.

use std::path::Path;

use ratatui::layout::Rect;

use super::action::Action;
use super::command::{Command, Scope};
use super::file_list::{self, FilePurpose};
use super::home::{HomeItem, HomeLayout, MENU, home_layout};
use super::list_cursor::moved;
use super::spoken_date::reporting_year;
use super::{DraftProgress, Editor, Effect, Page, RecentEntry};
use crate::text::width::display_width;

/// The layout of the home screen as it is now, and its state.
pub fn current_layout(editor: &Editor) -> Option<(HomeLayout, usize)> {
    let Page::Home(home) = &editor.page else { return None };
    let layout = home_layout(editor.width, editor.height, editor.recent.len(), home.selected);
    Some((layout, home.selected.min(layout.item_count() - 1)))
}

/// Runs a key of the home screen.
pub fn run_home_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    let Some((layout, selected)) = current_layout(editor) else { return Vec::new() };
    if command == Command::Enter {
        return open_item(editor, layout.item(selected));
    }
    let count = layout.item_count();
    if let Page::Home(home) = &mut editor.page {
        home.selected = moved(selected, command, count, count);
    }
    Vec::new()
}

/// The key that opens what is chosen, as it stands in the upper edge of the recent drafts, and where.
pub fn open_hint(editor: &Editor) -> Option<(String, Rect)> {
    let (layout, _) = current_layout(editor)?;
    let key = editor.keys.key_label(Scope::Home, Command::Enter);
    let text = format!(" {key} 打开 ");
    let width = u16::try_from(display_width(&text)).unwrap_or(u16::MAX);
    let x = layout.recent.right().checked_sub(width + 2).filter(|_| !key.is_empty())?;
    Some((text, Rect { x, width, height: 1, ..layout.recent }))
}

/// Returns the draft that the box under the list is about, by its place in the list, and where the box stands; the
/// first one shown where no draft is chosen.
pub fn detailed_draft(editor: &Editor) -> Option<(usize, Rect)> {
    let (layout, selected) = current_layout(editor)?;
    let HomeItem::Recent(at) = layout.item(selected) else { return Some((layout.shown.0, layout.detail)) };
    Some((at, layout.detail))
}

/// Returns the line that stands at a place of the screen.
pub fn line_at(editor: &Editor, column: u16, row: u16) -> Option<usize> {
    let (layout, _) = current_layout(editor)?;
    let is_there =
        |at: &usize| layout.area(layout.item(*at)).is_some_and(|area| area.contains((column, row).into()));
    (0..layout.item_count()).find(is_there)
}

/// Chooses a line; opens it when it was the one already.
pub fn click(editor: &mut Editor, at: usize) -> Vec<Action> {
    let Some((_, selected)) = current_layout(editor) else { return Vec::new() };
    if at == selected {
        return vec![Action::Run(Scope::Home, Command::Enter)];
    }
    if let Page::Home(home) = &mut editor.page {
        home.selected = at;
    }
    Vec::new()
}

fn open_item(editor: &Editor, item: HomeItem) -> Vec<Action> {
    match item {
        HomeItem::Recent(at) => {
            let recent = editor.recent.get(at);
            recent.map(|recent| Effect::Open(recent.path.clone()).into()).into_iter().collect()
        }
        HomeItem::Start(way) => {
            MENU.get(way).map(|(command, ..)| Action::Run(Scope::Home, *command)).into_iter().collect()
        }
        HomeItem::Units => vec![Action::Run(Scope::Home, Command::OpenFolder)],
    }
}

/// Opens the folder of units that was opened last, or asks for one.
pub fn open_folder(editor: &Editor) -> Vec<Action> {
    match editor.folder.as_deref().filter(|_| matches!(editor.page, Page::Home(_))) {
        Some(folder) => vec![Effect::ReadFolder(folder.path.clone()).into()],
        None => file_list::open_file_list(editor, FilePurpose::Folder, None),
    }
}

/// Asks for last year's draft, from which the next year's report is started: the one chosen, unless it is of
/// the year that is collected now; else the one opened last that is of an earlier year.
pub fn prompt_carry(editor: &Editor) -> Vec<Action> {
    let chosen = current_layout(editor).map(|(layout, selected)| layout.item(selected));
    let at = if let Some(HomeItem::Recent(at)) = chosen { at } else { 0 };
    let collected = editor.today.map(reporting_year);
    let is_earlier = |recent: &&RecentEntry| {
        recent.year.zip(collected).is_some_and(|(year, now)| i32::from(year) < i32::from(now))
    };
    let chosen = editor.recent.get(at);
    let recent = chosen.filter(is_earlier).or_else(|| editor.recent.iter().find(is_earlier)).or(chosen);
    file_list::open_file_list(editor, FilePurpose::Carry, recent.map(|recent| recent.path.clone()))
}

/// The recent drafts were listed. What was read of them before is shown until it is read again.
pub fn on_recent_listed(editor: &mut Editor, mut recent: Vec<RecentEntry>) {
    for entry in &mut recent {
        let known = editor.recent.iter().find(|known| known.path == entry.path);
        entry.progress = entry.progress.or(known.and_then(|known| known.progress));
    }
    editor.recent = recent;
}

/// It was read how far a recent draft is.
pub fn on_progress_read(editor: &mut Editor, path: &Path, progress: Result<DraftProgress, &'static str>) {
    if let Some(recent) = editor.recent.iter_mut().find(|recent| recent.path == path) {
        (recent.progress, recent.fault) = (progress.ok(), progress.err());
    }
}
