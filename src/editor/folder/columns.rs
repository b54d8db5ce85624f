//! The columns of the screen over a folder and where they stand: one pure function for `draw` and
//! the mouse.

/// What a column says of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FolderColumn {
    /// Its name.
    #[default]
    Unit,
    /// What it has filed.
    State,
    /// Open errors.
    Errors,
    /// Open warnings.
    Warnings,
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
    pub const ALL: [FolderColumn; 8] = [
        FolderColumn::Unit,
        FolderColumn::State,
        FolderColumn::Errors,
        FolderColumn::Warnings,
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
            FolderColumn::Errors => "错误",
            FolderColumn::Warnings => "提醒",
            FolderColumn::Received => "新收",
            FolderColumn::Handled => "办结",
            FolderColumn::Carried => "结转",
            FolderColumn::Change => "比上年",
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

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnArea {
    /// Which.
    pub column: FolderColumn,
    /// Its first screen column.
    pub x: u16,
    /// The columns of its words or number.
    pub width: u16,
    /// The columns of the bar behind the number; 0 where there is no room for one.
    pub bar: u16,
}

/// From this width on the small windows' columns are all there.
const FULL_WIDTH: u16 = 78;
/// From this width on more columns have a bar.
const BAR_WIDTH: u16 = 108;

/// The columns in a window of this width. What the others leave is the unit's.
pub fn column_areas(width: u16) -> Vec<ColumnArea> {
    let of = |column: FolderColumn| match column {
        FolderColumn::Unit => (0, 0),
        FolderColumn::State => (7, 0),
        FolderColumn::Errors if width >= BAR_WIDTH => (6, 8),
        FolderColumn::Received if width >= BAR_WIDTH => (8, 12),
        FolderColumn::Received if width >= FULL_WIDTH => (7, 8),
        FolderColumn::Carried if width >= BAR_WIDTH => (7, 8),
        FolderColumn::Errors | FolderColumn::Warnings => (6, 0),
        FolderColumn::Received | FolderColumn::Handled | FolderColumn::Carried => (7, 0),
        FolderColumn::Change => (8, 0),
    };
    let shown = FolderColumn::ALL
        .into_iter()
        .filter(|column| width >= FULL_WIDTH || *column != FolderColumn::Handled);
    let shown: Vec<_> = shown.map(|column| (column, of(column))).collect();
    let whole = |bar: u16| if bar > 0 { bar + 1 } else { 0 };
    let others: u16 = shown.iter().map(|(_, (width, bar))| width + whole(*bar)).sum();
    // Two columns for the mark of the row chosen.
    let mut x = 2;
    let unit = width.saturating_sub(others + x + 1);
    shown
        .into_iter()
        .map(|(column, (width, bar))| {
            let width = if column == FolderColumn::Unit { unit } else { width };
            let place = ColumnArea { column, x, width, bar };
            x += width + whole(bar);
            place
        })
        .collect()
}
