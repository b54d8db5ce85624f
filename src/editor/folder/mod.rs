//! The screen over a folder: every unit with what it has filed, sorted and narrowed by typing.

mod arrange;
mod columns;
#[cfg(test)]
pub(crate) mod tests;

pub use arrange::{Row, Tally};
pub use columns::{Column, Place, places};

use std::path::PathBuf;

use super::command::Command;
use super::line::Line;
use super::list_cursor::{moved, scrolled};
use super::{Editor, Effect, Page, Return, layout};
use crate::rollup::{Filed, Roster};

/// Rows of the body that no unit stands in: the headings.
pub const HEADINGS: u16 = 1;

/// A folder of units' drafts, as far as it has been read.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// The units that have to report, where a list lies there.
    pub roster: Option<Roster>,
    /// The files read so far.
    pub filed: Vec<Filed>,
    /// Whether all have been read.
    pub ended: bool,
    /// What was typed to narrow the list.
    pub line: Line,
    /// The column that it is sorted by.
    pub by: Column,
    /// Whether the order of that column is turned round.
    pub backwards: bool,
    /// The year that is shown, once a draft with one was read.
    pub year: Option<u16>,
    /// The rows shown, in their order.
    pub rows: Vec<Row>,
    /// What is counted over all rows of the year, narrowed or not.
    pub tally: Tally,
    /// The row chosen, among those shown.
    pub at: usize,
    /// The first row on the screen.
    pub top: usize,
    /// The year that the clerk has asked for.
    wanted: Option<u16>,
    /// The unit and file chosen, to find them again when rows come or the order changes.
    chosen: Option<(String, Option<PathBuf>)>,
}

impl Folder {
    /// The file of a row; none for a unit that has filed nothing.
    pub fn filed(&self, row: &Row) -> Option<&Filed> {
        self.filed.get(row.filed?)
    }

    /// The row chosen.
    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.at)
    }

    /// What a column shows of a row.
    pub fn shown(&self, row: &Row, column: Column) -> String {
        arrange::shown(self, row, column)
    }

    /// How many signs the bar in a column is long, of so many at the most.
    pub fn bar(&self, row: &Row, column: Column, room: u16) -> usize {
        arrange::bar(self, row, column, room)
    }

    fn choose(&mut self, at: usize) {
        self.at = at.min(self.rows.len().saturating_sub(1));
        self.chosen =
            self.row().map(|row| (row.unit.clone(), self.filed(row).map(|filed| filed.file.clone())));
    }

    /// Arranges the rows anew; the unit chosen stays chosen while it is shown.
    fn arrange(&mut self, this_year: Option<u16>) {
        self.year = arrange::year(&self.filed, self.wanted, this_year);
        (self.rows, self.tally) = arrange::rows(self);
        let is_chosen = |row: &Row| {
            self.chosen.as_ref().is_some_and(|(unit, file)| {
                row.unit == *unit && self.filed(row).map(|filed| &filed.file) == file.as_ref()
            })
        };
        let at = self.rows.iter().position(is_chosen);
        self.at = at.unwrap_or(self.at).min(self.rows.len().saturating_sub(1));
    }
}

/// A folder is looked over: what is in it comes bit by bit. Read again, it keeps its order.
pub fn opened(
    editor: &mut Editor,
    path: PathBuf,
    roster: Option<Roster>,
    words: Option<String>,
) -> Vec<Effect> {
    let before = editor.folder.take().filter(|before| before.path == path);
    let before = before.map(|folder| *folder).unwrap_or_default();
    editor.folder = Some(Box::new(Folder { path, roster, filed: Vec::new(), ended: false, ..before }));
    editor.page = Page::Folder;
    editor.returns.clear();
    editor.layers.clear();
    editor.notice = words.unwrap_or_default();
    arrange(editor);
    Vec::new()
}

/// More files were read, or one again.
pub fn filed(editor: &mut Editor, filed: Vec<Filed>, ended: bool) {
    let Some(folder) = editor.folder.as_deref_mut() else { return };
    folder.ended |= ended;
    if let [one] = filed.as_slice()
        && let Some(old) = folder.filed.iter_mut().find(|old| old.file == one.file)
    {
        *old = one.clone();
    } else {
        folder.filed.extend(filed);
    }
    arrange(editor);
}

/// Types into the line that narrows the list.
pub fn type_in(editor: &mut Editor, text: &str) {
    narrow(editor, |line| line.insert(text));
}

fn narrow(editor: &mut Editor, change: impl FnOnce(&mut Line)) {
    let Some(folder) = editor.folder.as_deref_mut() else { return };
    change(&mut folder.line);
    (folder.at, folder.chosen) = (0, None);
    arrange(editor);
}

/// Runs a key of the screen over a folder.
pub fn run(editor: &mut Editor, command: Command) -> Vec<Effect> {
    let page = page(editor).max(2) - 1;
    let Some(folder) = editor.folder.as_deref_mut() else { return Vec::new() };
    match command {
        Command::SortRight | Command::SortLeft => {
            let by = folder.by.next(command == Command::SortRight);
            sort(editor, by);
        }
        Command::SortBack => {
            folder.backwards = !folder.backwards;
            folder.chosen = None;
            folder.at = 0;
            arrange(editor);
        }
        Command::OtherYear => other_year(editor),
        Command::EraseLeft => narrow(editor, Line::erase_left),
        Command::Cancel => narrow(editor, |line| *line = Line::default()),
        Command::Reread => return vec![Effect::Folder(folder.path.clone())],
        Command::Enter => return enter(editor),
        Command::Up | Command::Down | Command::PageUp | Command::PageDown | Command::Start | Command::End => {
            folder.choose(moved(folder.at, command, folder.rows.len(), page))
        }
        _ => {}
    }
    Vec::new()
}

/// Sorts by a column; by the one that it is sorted by already, the other way round.
pub fn sort(editor: &mut Editor, by: Column) {
    let Some(folder) = editor.folder.as_deref_mut() else { return };
    folder.backwards = folder.by == by && !folder.backwards;
    folder.by = by;
    (folder.at, folder.chosen) = (0, None);
    arrange(editor);
}

fn other_year(editor: &mut Editor) {
    let Some(folder) = editor.folder.as_deref_mut() else { return };
    let mut years: Vec<u16> = folder.filed.iter().filter_map(|filed| filed.year).collect();
    years.sort_unstable();
    years.dedup();
    // The one before; from the earliest to the latest again.
    let earlier = years.iter().rev().find(|year| Some(**year) < folder.year).or(years.last());
    match earlier.copied() {
        Some(year) if Some(year) != folder.year => {
            folder.wanted = Some(year);
            (folder.at, folder.chosen) = (0, None);
            arrange(editor);
        }
        _ => editor.notice = "文件夹里没有别的年度的报告".into(),
    }
}

fn enter(editor: &mut Editor) -> Vec<Effect> {
    let folder = editor.folder.as_deref();
    let Some((folder, row)) = folder.and_then(|folder| Some((folder, folder.row()?))) else {
        return Vec::new();
    };
    match folder.filed(row) {
        Some(filed) => {
            let path = filed.file.clone();
            editor.opening = Some(Return::Folder);
            vec![Effect::Open(path)]
        }
        None => {
            editor.notice = format!("“{}”还没有报，没有可打开的草稿", row.unit);
            Vec::new()
        }
    }
}

/// Chooses the row that stands in a row of the body; opens it when it was the one already.
pub fn press(editor: &mut Editor, row: u16, column: u16) -> Vec<Effect> {
    let width = editor.width;
    let Some(folder) = editor.folder.as_deref_mut() else { return Vec::new() };
    let Some(row) = row.checked_sub(HEADINGS) else {
        let places = places(width);
        let under = places.iter().rev().find(|place| place.x <= column);
        if let Some(place) = under {
            sort(editor, place.column);
        }
        return Vec::new();
    };
    let at = folder.top + usize::from(row);
    if at >= folder.rows.len() {
        return Vec::new();
    }
    let again = folder.at == at;
    folder.choose(at);
    if again { enter(editor) } else { Vec::new() }
}

fn arrange(editor: &mut Editor) {
    // The report of a year is collected in the months after it.
    let this_year = editor.today.and_then(|today| u16::try_from(today.year() - 1).ok());
    if let Some(folder) = editor.folder.as_deref_mut() {
        folder.arrange(this_year);
    }
}

/// How many units stand on the screen.
fn page(editor: &Editor) -> usize {
    usize::from(layout::areas(editor.width, editor.height).body.height.saturating_sub(HEADINGS))
}

/// Keeps the row chosen on the screen.
pub fn follow(editor: &mut Editor) {
    let page = page(editor);
    if let Some(folder) = editor.folder.as_deref_mut() {
        folder.top = scrolled(folder.top, folder.at, page);
    }
}
