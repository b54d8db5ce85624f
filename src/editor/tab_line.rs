//! The line of tabs: which words stand where. `draw` paints it and the mouse finds its tab in it.
//!
//! A tab keeps its place and its width whatever is typed: behind its name there is always room for a mark.

use super::document::Document;
use super::view::{Tab, View};
use crate::check::{Severity, count_marked};
use crate::form::FieldId;
use crate::text::width::display_width;

/// One tab as it stands in its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabLabel {
    /// Its first column.
    pub x: u16,
    /// Its columns, with the blanks that belong to it.
    pub width: u16,
    /// Its words.
    pub name: String,
    /// What is to be done there.
    pub mark: Option<TabMark>,
}

/// What is to be done in the section of a tab; the heaviest of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabMark {
    /// So many things are wrong: `!2`.
    Wrong(usize),
    /// So many cells of an import are to be answered: `?3`.
    Unread(usize),
    /// So many things are to be looked at: `~1`.
    Attention(usize),
}

impl TabMark {
    /// Returns the mark as it is shown: a sign and one digit.
    pub fn text(self) -> String {
        let (sign, count) = match self {
            TabMark::Wrong(count) => ('!', count),
            TabMark::Unread(count) => ('?', count),
            TabMark::Attention(count) => ('~', count),
        };
        if count > 9 { format!("{sign}+") } else { format!("{sign}{count}") }
    }
}

/// The columns of a mark, and those before and behind a tab.
const MARK: usize = 2;
const BLANKS: usize = 1;

/// How much a tab says, from all to little.
#[derive(Clone, Copy, PartialEq)]
enum LabelLength {
    Spaced,
    Tight,
    Short,
    Numeral,
}

/// The tabs in a line of this width, with as many words as fit.
pub fn tab_labels(document: &Document, view: &View, width: u16) -> Vec<TabLabel> {
    use LabelLength::{Numeral, Short, Spaced, Tight};
    let names =
        |length| -> Vec<String> { view.tabs.iter().map(|tab| tab_name(document, tab, length)).collect() };
    let columns = |name: &String| BLANKS + display_width(name) + MARK;
    let fits = |length: &LabelLength| names(*length).iter().map(columns).sum::<usize>() <= usize::from(width);
    let length = [Spaced, Tight, Short].into_iter().find(fits).unwrap_or(Numeral);
    let unread = unread_sections(document);
    let mut x = 0;
    let tabs = view.tabs.iter().zip(names(length));
    tabs.map(|(tab, name)| {
        let (here, wide) = (x, u16::try_from(columns(&name)).unwrap_or(u16::MAX));
        x += wide;
        TabLabel { x: here, width: wide, name, mark: mark_of(document, tab, &unread) }
    })
    .collect()
}

fn tab_name(document: &Document, tab: &Tab, length: LabelLength) -> String {
    match tab {
        Tab::Findings => "检查".to_string(),
        Tab::Preview => "预览".to_string(),
        Tab::Section { cells, text } => {
            let section = cells.or(*text).and_then(|at| document.form.sections.get(at));
            section.map_or(String::new(), |section| match length {
                _ if section.numeral.is_empty() => section.tab.clone(),
                LabelLength::Spaced => format!("{} {}", section.numeral, section.tab),
                LabelLength::Tight => format!("{}{}", section.numeral, section.tab),
                LabelLength::Short => section.numeral.chars().chain(section.tab.chars().take(2)).collect(),
                LabelLength::Numeral => section.numeral.clone(),
            })
        }
    }
}

/// Returns what is to be done in the section of a tab, in the whole report for the list of findings.
/// What is only unfinished is no mark.
pub fn tab_mark(document: &Document, tab: &Tab) -> Option<TabMark> {
    mark_of(document, tab, &unread_sections(document))
}

/// Returns the section of each unread cell.
fn unread_sections(document: &Document) -> Vec<&str> {
    document.draft.unread_fields().map(FieldId::section).collect()
}

fn mark_of(document: &Document, tab: &Tab, unread: &[&str]) -> Option<TabMark> {
    if *tab == Tab::Preview {
        return None;
    }
    // The cells of a finding about unread cells are counted, as what is unread.
    let report = (&*document.form, &document.draft, &document.ledger);
    let count = |severity| count_marked(tab.findings(document), severity, report);
    let unread = || {
        let sections = if unread.is_empty() { Vec::new() } else { tab.sections(document) };
        unread.iter().filter(|section| sections.contains(section)).count()
    };
    let marks = [
        TabMark::Wrong(count(Severity::Error)),
        TabMark::Unread(unread()),
        TabMark::Attention(count(Severity::Warning)),
    ];
    let is_any = |mark: &TabMark| match mark {
        TabMark::Wrong(count) | TabMark::Unread(count) | TabMark::Attention(count) => *count > 0,
    };
    marks.into_iter().find(is_any)
}
