//! The parts and columns of the screen over a folder, and where they stand: pure functions for `draw` and the
//! mouse.

use ratatui::layout::Rect;

use crate::text::width::display_width;

/// What a column says of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FolderColumn {
    /// Its name.
    Unit,
    /// What it has filed.
    #[default]
    State,
    /// Open errors and warnings.
    Problems,
    /// Applications received.
    Received,
    /// Applications dealt with.
    Handled,
    /// Applications carried into the next year.
    Carried,
    /// By how much those received differ from the year before.
    Change,
}

impl FolderColumn {
    /// Every column, from left to right.
    pub const ALL: [FolderColumn; 7] = [
        FolderColumn::Unit,
        FolderColumn::State,
        FolderColumn::Problems,
        FolderColumn::Received,
        FolderColumn::Handled,
        FolderColumn::Carried,
        FolderColumn::Change,
    ];

    /// Its heading.
    pub fn heading(self) -> &'static str {
        match self {
            FolderColumn::Unit => "单位",
            FolderColumn::State => "状态",
            FolderColumn::Problems => "问题",
            FolderColumn::Received => "新收",
            FolderColumn::Handled => "办结",
            FolderColumn::Carried => "结转",
            FolderColumn::Change => "比上年",
        }
    }

    /// The columns it needs, with the space before it. The unit's depend on the names.
    fn width(self) -> u16 {
        match self {
            FolderColumn::Unit => 0,
            FolderColumn::State => 10,
            FolderColumn::Change => 9,
            _ => 8,
        }
    }

    /// The column beside it, and from the last the first.
    pub fn neighbor(self, right: bool) -> Self {
        let count = Self::ALL.len();
        let here = Self::ALL.iter().position(|column| *column == self).unwrap_or(0);
        let beside = if right { here + 1 } else { here + count - 1 };
        Self::ALL[beside % count]
    }

    /// Whether it holds words, which stand at the left.
    pub fn is_text(self) -> bool {
        matches!(self, FolderColumn::Unit | FolderColumn::State)
    }
}

/// The columns that give way to long names, the first one first.
const GIVE_WAY: [FolderColumn; 3] = [FolderColumn::Handled, FolderColumn::Carried, FolderColumn::Change];

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnArea {
    /// Which.
    pub column: FolderColumn,
    /// Its home screen column.
    pub x: u16,
    /// The columns of its words or number.
    pub width: u16,
}

/// The columns before the names: the mark of the row chosen.
const MARK: u16 = 2;
/// The columns after the names and after the last column, with the scrollbar.
const EDGE: u16 = 3;
/// The narrowest that the column of names becomes, and the widest that it grows without need.
const NAMES: (u16, u16) = (20, 44);

/// The columns in a window of this width, for names of at most so many columns. Names are whole as long as
/// another column can give way to them.
pub fn column_areas(width: u16, names: u16) -> Vec<ColumnArea> {
    let mut shown = FolderColumn::ALL.to_vec();
    let others =
        |shown: &[FolderColumn]| shown.iter().map(|column| column.width()).sum::<u16>() + MARK + EDGE;
    for column in GIVE_WAY {
        if names.max(NAMES.0) + others(&shown) > width {
            shown.retain(|shown| *shown != column);
        }
    }
    let available = width.saturating_sub(others(&shown));
    // In a wide window the numbers stay near the names.
    let unit = available.min(names.max(NAMES.1)) + 1;
    let mut x = MARK;
    shown
        .into_iter()
        .map(|column| {
            let width = if column == FolderColumn::Unit { unit } else { column.width() };
            let place = ColumnArea { column, x, width };
            x += width;
            place
        })
        .collect()
}

/// Where the parts of the screen stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FolderAreas {
    /// The title line.
    pub title: Rect,
    /// The line that narrows the list, and the days left.
    pub filter: Rect,
    /// The headings of the columns.
    pub headings: Rect,
    /// The units.
    pub rows: Rect,
    /// The line under them.
    pub rule: Rect,
    /// The unit chosen in words.
    pub detail: Rect,
    /// The keys.
    pub footer: Rect,
}

/// The parts of the screen in a window of this size.
pub fn folder_areas(width: u16, height: u16) -> FolderAreas {
    let detail = if height >= 20 { 4 } else { 2 };
    let rows = height.saturating_sub(5 + detail);
    let row = |y: u16, rows: u16| {
        let y = y.min(height);
        Rect::new(0, y, width, rows.min(height - y))
    };
    FolderAreas {
        title: row(0, 1),
        filter: row(1, 1),
        headings: row(2, 1),
        rows: row(3, rows),
        rule: row(3 + rows, 1),
        detail: row(4 + rows, detail),
        footer: row(4 + rows + detail, 1),
    }
}

/// The columns of the widest of these names.
pub(super) fn widest<'n>(names: impl Iterator<Item = &'n str>) -> u16 {
    u16::try_from(names.map(display_width).max().unwrap_or(0)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_while_another_column_can_give_way() {
        for width in 60..=200 {
            for names in 0..=30 {
                let columns = column_areas(width, names);
                let last = columns.last().unwrap();
                assert!(last.x + last.width + 1 < width, "{width} {names}");
                let unit = columns[0];
                assert!(unit.width > names || width < 31 + names, "{width} {names}: {unit:?}");
                assert!(columns.windows(2).all(|two| two[0].x + two[0].width == two[1].x));
            }
        }
        let shown = |width, names| column_areas(width, names).len();
        assert_eq!((shown(80, 24), shown(60, 20), shown(60, 60)), (7, 5, 4));
    }
}
