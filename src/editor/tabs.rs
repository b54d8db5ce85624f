//! The line of tabs: which words stand where. `draw` paints it and the mouse finds its tab in it.

use super::desk::{Desk, Tab};
use crate::text::width::columns;

/// One tab as it stands in its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its first column.
    pub x: u16,
    /// Its words with the blanks that belong to it.
    pub words: String,
}

/// How much a tab says, from all to little.
#[derive(Clone, Copy, PartialEq)]
enum Saying {
    Loose,
    Tight,
    Numeral,
}

/// The tabs in a line of this width, with as many words as fit.
pub fn line(desk: &Desk, width: u16) -> Vec<Shown> {
    let whole = |saying: Saying| -> Vec<String> {
        let said =
            |at: usize| if at == desk.tab && saying == Saying::Numeral { Saying::Tight } else { saying };
        let blank = if saying == Saying::Tight { "" } else { " " };
        desk.tabs
            .iter()
            .enumerate()
            .map(|(at, tab)| format!("{blank}{} ", words(desk, tab, said(at))))
            .collect()
    };
    let fits =
        |saying: &Saying| whole(*saying).iter().map(|w| columns(w)).sum::<usize>() <= usize::from(width);
    let saying = [Saying::Loose, Saying::Tight].into_iter().find(fits).unwrap_or(Saying::Numeral);
    let mut x = 0;
    whole(saying)
        .into_iter()
        .map(|words| {
            let here = x;
            x += u16::try_from(columns(&words)).unwrap_or(0);
            Shown { x: here, words }
        })
        .collect()
}

/// A tab's word and the number of its findings: `三 依申请!2`.
fn words(desk: &Desk, tab: &Tab, saying: Saying) -> String {
    let name = match tab {
        Tab::Findings => "检查".to_string(),
        Tab::Preview => "预览".to_string(),
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
