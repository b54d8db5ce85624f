//! The columns of the screen over a folder and where they stand: one pure function for `draw` and
//! the mouse.

/// What a column says of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
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

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Column; 8] = [
        Column::Unit,
        Column::State,
        Column::Errors,
        Column::Warnings,
        Column::Received,
        Column::Handled,
        Column::Carried,
        Column::Change,
    ];

    /// Its heading.
    pub fn say(self) -> &'static str {
        match self {
            Column::Unit => "单位",
            Column::State => "状态",
            Column::Errors => "错误",
            Column::Warnings => "提醒",
            Column::Received => "新收",
            Column::Handled => "办结",
            Column::Carried => "结转",
            Column::Change => "比上年",
        }
    }

    /// The column beside it, and from the last the first.
    pub fn next(self, right: bool) -> Self {
        let count = Self::ALL.len();
        let here = Self::ALL.iter().position(|column| *column == self).unwrap_or(0);
        let beside = if right { here + 1 } else { here + count - 1 };
        Self::ALL[beside % count]
    }

    /// Whether it holds words, which stand at the left.
    pub fn is_words(self) -> bool {
        matches!(self, Column::Unit | Column::State)
    }
}

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub column: Column,
    /// Its first screen column.
    pub x: u16,
    /// The columns of its words or number.
    pub width: u16,
    /// The columns of the bar behind the number; 0 where there is no room for one.
    pub bar: u16,
}

/// From this width on the small windows' columns are all there.
const USUAL: u16 = 78;
/// From this width on more columns have a bar.
const WIDE: u16 = 108;

/// The columns in a window of this width. What the others leave is the unit's.
pub fn places(width: u16) -> Vec<Place> {
    let of = |column: Column| match column {
        Column::Unit => (0, 0),
        Column::State => (7, 0),
        Column::Errors if width >= WIDE => (6, 8),
        Column::Received if width >= WIDE => (8, 12),
        Column::Received if width >= USUAL => (7, 8),
        Column::Carried if width >= WIDE => (7, 8),
        Column::Errors | Column::Warnings => (6, 0),
        Column::Received | Column::Handled | Column::Carried => (7, 0),
        Column::Change => (8, 0),
    };
    let shown = Column::ALL.into_iter().filter(|column| width >= USUAL || *column != Column::Handled);
    let shown: Vec<_> = shown.map(|column| (column, of(column))).collect();
    let whole = |bar: u16| if bar > 0 { bar + 1 } else { 0 };
    let others: u16 = shown.iter().map(|(_, (width, bar))| width + whole(*bar)).sum();
    // Two columns for the mark of the row chosen.
    let mut x = 2;
    let unit = width.saturating_sub(others + x + 1);
    shown
        .into_iter()
        .map(|(column, (width, bar))| {
            let width = if column == Column::Unit { unit } else { width };
            let place = Place { column, x, width, bar };
            x += width + whole(bar);
            place
        })
        .collect()
}
