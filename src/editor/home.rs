//! The first screen: recent drafts, and the ways to begin.

use super::command::Command;

/// The first screen: which line is chosen.
#[derive(Clone, Debug, Default)]
pub struct HomeScreen {
    /// The line chosen: first the ways to begin, then the recent drafts.
    pub selected: usize,
}

/// The screen row of the first way to begin.
pub const FIRST_MENU_ROW: u16 = 3;
/// The screen row of the first recent draft.
pub const FIRST_RECENT_ROW: u16 = 9;

/// The line that stands in a row of the screen.
pub fn item_at(row: u16, recent: usize) -> Option<usize> {
    let way = row.checked_sub(FIRST_MENU_ROW).map(usize::from).filter(|&at| at < MENU.len());
    let draft = row.checked_sub(FIRST_RECENT_ROW).map(usize::from).filter(|&at| at < recent);
    way.or(draft.map(|at| at + MENU.len()))
}

/// The ways to begin, in the order shown.
pub const MENU: [(Command, &str, &str); 4] = [
    (Command::NewReport, "新建报告", "填单位和年度，格式按年度自动选好"),
    (Command::OpenFile, "打开文件", "打开已有的草稿（.ron 文件）"),
    (Command::OpenFolder, "单位一览", "一个文件夹里哪些单位已报送、哪些未报送、哪份有错"),
    (Command::OpenSample, "看示例报告", "里面有两处对不上的地方，试着找出来"),
];
