//! The line of tabs: which words stand where. `draw` paints it and the mouse finds its tab in it.

use super::document::Document;
use super::view::{Tab, View};
use crate::text::width::display_width;

/// One tab as it stands in its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabLabel {
    /// Its first column.
    pub x: u16,
    /// Its words with the blanks that belong to it.
    pub text: String,
}

/// How much a tab says, from all to little.
#[derive(Clone, Copy, PartialEq)]
enum LabelLength {
    Spaced,
    Tight,
    Numeral,
}

/// The tabs in a line of this width, with as many words as fit.
pub fn tab_labels(document: &Document, view: &View, width: u16) -> Vec<TabLabel> {
    let whole = |saying: LabelLength| -> Vec<String> {
        let said = |at: usize| {
            if at == view.tab && saying == LabelLength::Numeral { LabelLength::Tight } else { saying }
        };
        let blank = if saying == LabelLength::Tight { "" } else { " " };
        view.tabs
            .iter()
            .enumerate()
            .map(|(at, tab)| format!("{blank}{} ", tab_text(document, tab, said(at))))
            .collect()
    };
    let fits = |saying: &LabelLength| {
        whole(*saying).iter().map(|w| display_width(w)).sum::<usize>() <= usize::from(width)
    };
    let saying =
        [LabelLength::Spaced, LabelLength::Tight].into_iter().find(fits).unwrap_or(LabelLength::Numeral);
    let mut x = 0;
    whole(saying)
        .into_iter()
        .map(|text| {
            let here = x;
            x += u16::try_from(display_width(&text)).unwrap_or(0);
            TabLabel { x: here, text }
        })
        .collect()
}

/// A tab's word and the number of its findings: `三 依申请!2`.
fn tab_text(document: &Document, tab: &Tab, saying: LabelLength) -> String {
    let name = match tab {
        Tab::Findings => "检查".to_string(),
        Tab::Preview => "预览".to_string(),
        Tab::Section { cells, text } => {
            let section = cells.or(*text).and_then(|at| document.form.sections.get(at));
            section.map_or(String::new(), |section| match saying {
                _ if section.numeral.is_empty() => section.tab.clone(),
                LabelLength::Spaced => format!("{} {}", section.numeral, section.tab),
                LabelLength::Tight => format!("{}{}", section.numeral, section.tab),
                LabelLength::Numeral => section.numeral.clone(),
            })
        }
    };
    match tab.count_findings(document) {
        (0, 0) => name,
        (0, warnings) => format!("{name}~{warnings}"),
        (errors, _) => format!("{name}!{errors}"),
    }
}
