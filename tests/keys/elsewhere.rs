//! The same work in spreadsheets of the terminal: the cells lie in one sheet, a row for each row of
//! the report, totals left out. Both may fill a range with 0 first, and go from cell to cell the
//! shortest way, row by row as the numbers stand on paper.

use super::Paper;
use crate::pty::Pty;
use nianbao::editor::key::{Key, KeyCode};

/// The sheet: rows of cells, each with what it holds before and after.
pub struct Grid {
    rows: Vec<Vec<(String, String)>>,
    /// Whether all is filled with 0 first.
    fill: bool,
}

impl Grid {
    /// The cells in the form's order, of one section where it is named; without a sheet to begin with
    /// they are blank, and filled with 0 first.
    pub fn new(ids: &[String], before: Option<&Paper>, after: &Paper, section: &str) -> Self {
        let mut rows: Vec<(&str, Vec<(String, String)>)> = Vec::new();
        for id in ids.iter().filter(|id| id.starts_with(section)) {
            let row = id.rsplit_once('.').map_or("", |(row, _)| row);
            if rows.last().is_none_or(|(last, _)| *last != row) {
                rows.push((row, Vec::new()));
            }
            let cell = (before.map_or(String::new(), |paper| paper[id].clone()), after[id].clone());
            rows.last_mut().unwrap().1.push(cell);
        }
        Grid { rows: rows.into_iter().map(|(_, cells)| cells).collect(), fill: before.is_none() }
    }

    fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The cells that are to be typed or blanked: row, column, text.
    fn others(&self) -> Vec<(usize, usize, &str)> {
        let mut others = Vec::new();
        for (r, row) in self.rows.iter().enumerate() {
            for (c, (before, after)) in row.iter().enumerate() {
                if after != if self.fill { "0" } else { before } {
                    others.push((r, c, after.as_str()));
                }
            }
        }
        others
    }

    /// The sheet as a file of tabs, with a column of labels.
    fn tsv(&self, text: impl Fn(&(String, String)) -> &str) -> String {
        let cell =
            |row: &[(String, String)], at: usize| row.get(at).map_or(String::new(), |cell| text(cell).into());
        let head = (0..self.columns()).map(|at| format!("c{at}")).collect();
        let rows =
            self.rows.iter().map(|row| (0..self.columns()).map(|at| cell(row, at)).collect::<Vec<_>>());
        let lines = std::iter::once(head).chain(rows).enumerate();
        lines.map(|(at, cells)| format!("r{at}\t{}\n", cells.join("\t"))).collect()
    }
}

/// The names of the keys that go so far, each pressed as often as needed.
fn way(from: (usize, usize), to: (usize, usize), keys: [&str; 4]) -> Vec<String> {
    let [left, down, up, right] = keys;
    let steps = |a: usize, b: usize, more: &str, less: &str| {
        let key = if b > a { more } else { less };
        vec![key.to_string(); a.abs_diff(b)]
    };
    [steps(from.0, to.0, down, up), steps(from.1, to.1, right, left)].concat()
}

fn typed(text: &str) -> impl Iterator<Item = String> + '_ {
    text.chars().map(String::from)
}

/// VisiData: `ge` fills the selected rows of a column; while a cell is edited, Shift with an arrow
/// takes it and edits the next.
pub fn visidata(grid: &Grid) -> Vec<String> {
    let words = |line: &str| line.split(' ').map(String::from).collect::<Vec<_>>();
    let mut keys = words("l");
    let mut at = (0, 0);
    if grid.fill {
        keys.extend(words("g s"));
        for column in 0..grid.columns() {
            keys.extend(words(if column == 0 { "g e 0 Enter" } else { "l g e 0 Enter" }));
        }
        at = (0, grid.columns() - 1);
    }
    let mut editing = false;
    for (row, column, text) in grid.others() {
        let moves = if editing && !text.is_empty() {
            ["Shift+Left", "Shift+Down", "Shift+Up", "Shift+Right"]
        } else {
            ["h", "j", "k", "l"]
        };
        keys.extend(way(at, (row, column), moves));
        if text.is_empty() {
            keys.extend(words("z d"));
        } else {
            keys.extend((!editing).then(|| "e".to_string()));
            keys.extend(typed(text));
            editing = true;
        }
        at = (row, column);
    }
    if editing {
        keys.push("Enter".into());
    }
    keys.extend(words("Ctrl+S Enter y g q"));
    keys
}

/// sc-im, by its manual: `:fill A0:F32 0 0`, `=` before a number, Enter behind it, which may be set to
/// go one to the right; `x` blanks; `:x` saves and leaves.
pub fn sc_im(grid: &Grid) -> usize {
    let mut keys = if grid.fill { format!(":fill A0:F{} 0 0", grid.rows.len() - 1).len() + 1 } else { 0 };
    let mut at = (0, 0);
    for (row, column, text) in grid.others() {
        keys += way(at, (row, column), ["h", "j", "k", "l"]).len();
        keys += if text.is_empty() { 1 } else { text.chars().count() + 2 };
        at = (row, column + usize::from(!text.is_empty()));
    }
    keys + ":x".len() + 1
}

/// Plays the keys in the real VisiData, and compares the file that it saves.
pub fn play(grid: &Grid) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.tsv");
    std::fs::write(&file, grid.tsv(|cell| &cell.0)).unwrap();
    let command = Pty::command("vd").arg("sheet.tsv").current_dir(folder.path()).env("HOME", folder.path());
    let mut pty = Pty::start(command, 120, 50);
    // It paints all the time, so that it never settles; keys that come early wait.
    pty.until_text("r1");
    for key in &visidata(grid) {
        match key.parse::<Key>() {
            Ok(Key { code: KeyCode::Char(c), ctrl: false, alt: false, .. }) => pty.text(&c.to_string()),
            Ok(_) => pty.keys(key),
            Err(error) => panic!("{key}: {error}"),
        };
    }
    assert!(pty.end().success());
    let wanted = grid.tsv(|cell| &cell.1);
    let saved = std::fs::read_to_string(file).unwrap();
    for (line, (saved, wanted)) in saved.lines().zip(wanted.lines()).enumerate() {
        // What lies beyond the end of a short row was filled too.
        let cells = grid.rows.get(line.wrapping_sub(1)).map_or(usize::MAX, |row| row.len() + 1);
        let kept = |text: &str| text.split('\t').take(cells).map(String::from).collect::<Vec<_>>();
        assert_eq!(kept(saved), kept(wanted), "row {line}");
    }
    assert_eq!(saved.lines().count(), wanted.lines().count());
}
