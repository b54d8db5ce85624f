//! The line of tabs: which words stand where. `draw` paints it and the mouse finds its tab in it.
//!
//! A tab keeps its place and its width whatever is typed: behind its name there is always room for a mark.

use super::command::{Command, Scope};
use super::document::Document;
use super::keymap::Keymap;
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
    /// What leads to it, behind what the keys of all tabs have in common; empty where there is no room.
    pub key: String,
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
    /// Returns the mark as a tab shows it: a sign and one digit.
    pub fn text(self) -> String {
        let (sign, count) = self.sign_and_count();
        if count > 9 { format!("{sign}+") } else { format!("{sign}{count}") }
    }

    /// Returns the mark where there is room for any number.
    pub fn whole_text(self) -> String {
        let (sign, count) = self.sign_and_count();
        format!("{sign}{count}")
    }

    fn sign_and_count(self) -> (char, usize) {
        match self {
            TabMark::Wrong(count) => ('!', count),
            TabMark::Unread(count) => ('?', count),
            TabMark::Attention(count) => ('~', count),
        }
    }
}

/// The columns of a mark, and those before and behind a tab.
const MARK: usize = 2;
const BLANKS: usize = 1;

/// How much a tab says, from all to little.
#[derive(Clone, Copy, PartialEq)]
enum LabelLength {
    Keyed,
    Spaced,
    Tight,
    Short,
    Numeral,
}

/// The line of tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabLine {
    /// What the keys of all tabs begin with, `Alt+`, before the first tab; empty where they are not named.
    pub held_key: String,
    /// The tabs.
    pub labels: Vec<TabLabel>,
}

/// The tabs in a line of this width, with as many words as fit, and their keys where there is room for them too.
pub fn tab_line(keys: &Keymap, document: &Document, view: &View, width: u16) -> TabLine {
    use LabelLength::{Keyed, Numeral, Short, Spaced, Tight};
    let (held_key, tab_keys) = tab_keys(keys, view.tabs.len());
    let pieces = |length| -> Vec<(String, String)> {
        let names = view.tabs.iter().map(|tab| tab_name(document, tab, length));
        match length {
            Keyed => tab_keys.iter().cloned().zip(names).collect(),
            _ => names.map(|name| (String::new(), name)).collect(),
        }
    };
    let before = |length| if length == Keyed { BLANKS + display_width(&held_key) } else { 0 };
    // A key is not to be taken for a part of the mark before it.
    let gap = |length| usize::from(length == Keyed);
    let columns = |(key, name): &(String, String)| {
        let key = if key.is_empty() { 0 } else { display_width(key) + BLANKS };
        BLANKS + key + display_width(name) + MARK
    };
    let fits = |length: &LabelLength| {
        let tabs = pieces(*length);
        before(*length) + tabs.iter().map(|piece| gap(*length) + columns(piece)).sum::<usize>()
            <= usize::from(width)
    };
    let with_keys = (!held_key.is_empty()).then_some(Keyed);
    let length = with_keys.into_iter().chain([Spaced, Tight, Short]).find(fits).unwrap_or(Numeral);
    let unread = unread_sections(document);
    let mut x = to_u16(before(length));
    let tabs = view.tabs.iter().zip(pieces(length));
    let labels = tabs.map(|(tab, piece)| {
        let (here, wide) = (x + to_u16(gap(length)), to_u16(columns(&piece)));
        x = here + wide;
        let (key, name) = piece;
        TabLabel { x: here, width: wide, key, name, mark: mark_of(document, tab, &unread) }
    });
    let labels = labels.collect();
    TabLine { held_key: if length == Keyed { held_key } else { String::new() }, labels }
}

fn to_u16(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// Returns what the keys of the tabs have in common, and what each has of its own; nothing in common where they
/// cannot be named in this way.
fn tab_keys(keys: &Keymap, count: usize) -> (String, Vec<String>) {
    let sections = count.saturating_sub(LAST_TABS.len());
    let commands = Command::SECTION_TABS.iter().take(sections).chain(&LAST_TABS);
    let labels: Vec<String> = commands.map(|command| keys.key_label(Scope::Everywhere, *command)).collect();
    let first = labels.first().and_then(|label| label.rfind('+').map(|at| label[..=at].to_string()));
    let Some(held) = first.filter(|_| sections <= Command::SECTION_TABS.len()) else {
        return (String::new(), Vec::new());
    };
    let own: Option<Vec<String>> = labels
        .iter()
        .map(|label| label.strip_prefix(&held).filter(|own| !own.is_empty()).map(String::from))
        .collect();
    own.map_or_else(|| (String::new(), Vec::new()), |own| (held, own))
}

/// The commands that lead to the two last tabs.
const LAST_TABS: [Command; 2] = [Command::TabFindings, Command::TabPreview];

fn tab_name(document: &Document, tab: &Tab, length: LabelLength) -> String {
    match tab {
        Tab::Findings => "检查".to_string(),
        Tab::Preview => "预览".to_string(),
        Tab::Section { cells, text } => {
            let section = cells.or(*text).and_then(|at| document.form.sections.get(at));
            section.map_or(String::new(), |section| match length {
                _ if section.numeral.is_empty() => section.tab.clone(),
                LabelLength::Spaced => format!("{} {}", section.numeral, section.tab),
                LabelLength::Keyed | LabelLength::Tight => format!("{}{}", section.numeral, section.tab),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::tests::open_editor;

    fn line(editor: &crate::editor::Editor, keys: &Keymap, width: u16) -> TabLine {
        let (document, view) = editor.open_report().unwrap();
        tab_line(keys, document, view, width)
    }

    #[test]
    fn tabs_name_their_keys_where_there_is_room() {
        let editor = open_editor(2025);
        let wide = line(&editor, &editor.keys, 120);
        assert_eq!(wide.held_key, "Alt+");
        let keys: Vec<&str> = wide.labels.iter().map(|tab| tab.key.as_str()).collect();
        assert_eq!(keys, ["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
        let narrow = line(&editor, &editor.keys, 100);
        assert!(narrow.held_key.is_empty() && narrow.labels.iter().all(|tab| tab.key.is_empty()));
        let own = "[(scope: everywhere, command: tab_3, on: [\"F12\"], words: \"\")]";
        let own = Keymap::shipped().with_overrides(own).unwrap();
        assert!(line(&editor, &own, 200).held_key.is_empty(), "these keys have nothing in common");
    }

    #[test]
    fn a_mark_is_one_digit_in_a_tab_and_whole_elsewhere() {
        assert_eq!(TabMark::Wrong(9).text(), "!9");
        assert_eq!(
            (TabMark::Unread(22).text(), TabMark::Unread(22).whole_text()),
            ("?+".into(), "?22".into())
        );
    }
}
