//! The title line and the tabs.

use ratatui::buffer::Buffer;

use super::look::Look;
use super::paint;
use crate::draft::Totals;
use crate::editor::desk::{Desk, Tab};
use crate::editor::layout::Areas;

pub fn draw(desk: &Desk, areas: &Areas, look: &Look, buffer: &mut Buffer) {
    title(desk, areas, look, buffer);
    tabs(desk, areas, look, buffer);
}

fn title(desk: &Desk, areas: &Areas, look: &Look, buffer: &mut Buffer) {
    let area = areas.title;
    paint::fill(buffer, area, look.bar());
    let unit = if desk.draft.unit().is_empty() { "（未填单位）" } else { desk.draft.unit() };
    let year = desk.draft.year().map_or("（未填年度）".into(), |year| format!("{year}年度"));
    let totals = if desk.draft.totals == Totals::Auto { "总计自动算" } else { "总计自己填" };
    let forms = &desk.draft.forms;
    let form = if forms.disclosure == forms.requests {
        desk.form.name.clone()
    } else {
        format!("表二{}、表三{}格式", forms.disclosure, forms.requests)
    };
    let state = if desk.history.is_modified() { "*未保存" } else { "已保存" };
    let right = format!("{} {state} ", paint::fitted(&desk.name, usize::from(area.width) / 3));
    let room = area.width.saturating_sub(paint::columns(&right) + 1);
    let left = format!(" 年报  {unit} {year}  {form}  {totals}");
    paint::put(buffer, area, 0, 0, &paint::fitted(&left, usize::from(room)), look.bar());
    paint::put_right(buffer, area, area.width, 0, &right, look.bar());
}

/// How much a tab says, from all to little.
#[derive(Clone, Copy, PartialEq)]
enum Saying {
    Loose,
    Tight,
    Numeral,
}

fn tabs(desk: &Desk, areas: &Areas, look: &Look, buffer: &mut Buffer) {
    let line = |saying: Saying| -> Vec<String> {
        let said =
            |at: usize| if at == desk.tab && saying == Saying::Numeral { Saying::Tight } else { saying };
        desk.tabs.iter().enumerate().map(|(at, tab)| words(desk, tab, said(at))).collect()
    };
    let fits = |saying: Saying| {
        let between = if saying == Saying::Tight { 1 } else { 2 };
        line(saying).iter().map(|words| paint::columns(words) + between).sum::<u16>() <= areas.tabs.width
    };
    let saying =
        [Saying::Loose, Saying::Tight].into_iter().find(|&saying| fits(saying)).unwrap_or(Saying::Numeral);
    let mut x = 0;
    for (at, text) in line(saying).into_iter().enumerate() {
        let style = if at == desk.tab { look.bar() } else { look.plain() };
        let blank = if saying == Saying::Tight { "" } else { " " };
        x = paint::put(buffer, areas.tabs, x, 0, blank, style);
        x = paint::put(buffer, areas.tabs, x, 0, &text, style);
        x = paint::put(
            buffer,
            areas.tabs,
            x,
            0,
            " ",
            if saying == Saying::Tight { look.plain() } else { style },
        );
    }
}

/// A tab's word and the number of its findings: `三 依申请!2`.
fn words(desk: &Desk, tab: &Tab, saying: Saying) -> String {
    let name = match tab {
        Tab::Findings => "检查".to_string(),
        Tab::Section { cells, text } => {
            let section = cells.or(*text).and_then(|at| desk.form.sections.get(at));
            section.map_or(String::new(), |section| match saying {
                _ if section.numeral.is_empty() => section.tab.clone(),
                Saying::Loose => format!("{} {}", section.numeral, section.tab),
                Saying::Tight => format!("{}{}", section.numeral, section.tab),
                Saying::Numeral => section.numeral.clone(),
            })
        }
    };
    match desk.count(tab) {
        (0, 0) => name,
        (0, warnings) => format!("{name}~{warnings}"),
        (errors, _) => format!("{name}!{errors}"),
    }
}
