//! The home screen: the drafts to go on with, the ways to begin, and the folder of units opened last. Where
//! its boxes and lines stand is one pure function that `draw`, keys and mouse call.

use ratatui::layout::Rect;

use super::command::Command;
use super::list_cursor::scrolled;

/// The home screen: which line is chosen.
#[derive(Clone, Debug, Default)]
pub struct HomeScreen {
    /// The line chosen, of all in the order of [`HomeLayout::item`].
    pub selected: usize,
}

/// A line of the home screen that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeItem {
    /// A recent draft, by its place in the list.
    Recent(usize),
    /// A way to begin, by its place in [`MENU`].
    Start(usize),
    /// The folder of units.
    Units,
}

/// The ways to begin, in the order shown: the command, its name, and what is added where there is space.
pub const MENU: [(Command, &str, &str); 5] = [
    (Command::NewReport, "新建报告", ""),
    (Command::CarryReport, "接上年的报告", ""),
    (Command::ImportFile, "导入已公布的报告", "（Word、网页、Excel、PDF）"),
    (Command::OpenFile, "打开草稿或文件夹", ""),
    (Command::OpenSample, "打开示例报告", "，三分钟学会"),
];

/// The ways to begin in whole sentences, for whom there is no draft yet.
pub const FIRST_STEPS: [(Command, &str); 5] = [
    (Command::OpenSample, "先看示例：里面有两处对不上，按最下面一行的提示改正，三分钟学会"),
    (Command::CarryReport, "有上年的草稿：单位等各项沿用，上年结转的数自动填好"),
    (Command::ImportFile, "有 Word、网页、Excel、PDF 报告：读成草稿，不能确定的逐处核对，原文件不变"),
    (Command::NewReport, "从空白开始：填写单位名称和年度，格式按年度选用"),
    (Command::OpenFolder, "收齐各单位的报告：看哪些已报送、哪份有错，写退回意见，汇总成一份"),
];

/// The widest that the boxes become.
const MAX_WIDTH: u16 = 120;
/// The rows of the box about the draft chosen, as many as it has anything for and as few as are worth showing;
/// the list of drafts leaves it some more.
const DETAIL_ROWS: (u16, u16) = (24, 8);
const DETAIL_KEEPS: u16 = 15;
/// The drafts that are listed before the box about one of them takes space.
const RECENT_KEEPS: u16 = 3;

/// Where the parts of the home screen stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HomeLayout {
    /// The box of recent drafts.
    pub recent: Rect,
    /// The box of what is known of the draft chosen, or of the ways to begin where there is none; empty in a low
    /// window.
    pub detail: Rect,
    /// The box of the ways to begin.
    pub start: Rect,
    /// The box of the folder of units.
    pub units: Rect,
    /// The recent drafts shown: the first, and how many.
    pub shown: (usize, usize),
    /// How many recent drafts there are.
    count: usize,
}

impl HomeLayout {
    /// The line chosen, by its place.
    pub fn item(&self, at: usize) -> HomeItem {
        match at.checked_sub(self.count) {
            None => HomeItem::Recent(at),
            Some(way) if way < MENU.len() => HomeItem::Start(way),
            Some(_) => HomeItem::Units,
        }
    }

    /// How many lines can be chosen.
    pub fn item_count(&self) -> usize {
        self.count + MENU.len() + 1
    }

    /// Where the line stands; `None` for a draft that is scrolled out.
    pub fn area(&self, item: HomeItem) -> Option<Rect> {
        let row = |area: Rect, row: usize| Rect {
            x: area.x + 1,
            y: area.y + 1 + u16::try_from(row).unwrap_or(u16::MAX),
            width: area.width.saturating_sub(2),
            height: 1,
        };
        match item {
            HomeItem::Recent(at) => {
                let shown = at.checked_sub(self.shown.0).filter(|row| *row < self.shown.1)?;
                Some(row(self.recent, shown))
            }
            HomeItem::Start(way) => Some(row(self.start, way)),
            HomeItem::Units => Some(row(self.units, usize::from(self.units.height.saturating_sub(3)))),
        }
    }
}

/// The parts of the home screen in a window of this size, with so many recent drafts and this line chosen.
pub fn home_layout(width: u16, height: u16, count: usize, selected: usize) -> HomeLayout {
    let wide = width.min(MAX_WIDTH);
    let left = (width - wide) / 2;
    // Over the boxes the title, under them a message, a line and the keys.
    let gap = u16::from(height >= 20);
    let lower = if height >= 30 { 9 } else { 7 + gap };
    let available = height.saturating_sub(4 + gap + lower).max(4);
    // Two edges and the path of the draft chosen.
    let most = available - 3;
    let kept =
        if count == 0 || height < 30 { most } else { most.saturating_sub(DETAIL_KEEPS).max(RECENT_KEEPS) };
    let rows = usize::from(most.min(kept));
    let shown = count.min(rows).max(1);
    let recent = Rect::new(left, 1 + gap, wide, u16::try_from(shown).unwrap_or(1) + 3);
    let most = if count == 0 { DETAIL_ROWS.1 } else { DETAIL_ROWS.0 };
    let free = available.saturating_sub(recent.height).min(most);
    let has_detail = height >= 30 && free >= DETAIL_ROWS.1;
    let detail = Rect::new(left, recent.bottom(), wide, if has_detail { free } else { 0 });
    let below = detail.bottom();
    let start = Rect::new(left, below, wide * 19 / 40, lower);
    let units = Rect::new(start.right() + 1, below, wide - start.width - 1, lower);
    let top = scrolled(0, selected.min(count.saturating_sub(1)), rows);
    HomeLayout { recent, detail, start, units, shown: (top, shown), count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boxes_of_every_size_stand_apart_and_on_the_screen() {
        for (width, height) in [(60, 16), (61, 17), (80, 24), (120, 40), (160, 45), (200, 60)] {
            for count in [0, 1, 3, 20] {
                for selected in 0..count + MENU.len() + 1 {
                    let layout = home_layout(width, height, count, selected);
                    let screen = Rect::new(0, 1, width, height - 3);
                    let boxes = [layout.recent, layout.detail, layout.start, layout.units];
                    for (at, area) in boxes.iter().enumerate() {
                        assert_eq!(area.intersection(screen), *area, "{width}x{height} {count}");
                        assert!(boxes[at + 1..].iter().all(|other| !area.intersects(*other)));
                    }
                    let chosen = layout.area(layout.item(selected));
                    assert!(chosen.is_some(), "the line chosen is on the screen");
                }
            }
        }
    }
}
