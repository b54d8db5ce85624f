//! The list of findings: groups with their entries, one for each slip, as lines. `draw` paints them, and keys and
//! mouse find their entry among them.

use std::ops::Range;

use super::Editor;
use super::command::{Command, Scope};
use super::document::Document;
use super::finding_entries::{FindingEntry, FindingGroup, entries, entry_of, entry_rules};
use super::list_cursor::moved;
use super::unfinished::is_about_unread;
use super::view::View;
use crate::check::Finding;
use crate::draft::IgnoredFinding;
use crate::edit::{Change, Edit};
use crate::text::line_break;
use crate::text::width::display_width;

/// The columns that the lines of an entry are set in.
pub const INDENT: u16 = 4;
/// The columns kept free at the right: a space, and the scrollbar.
const MARGIN: u16 = 3;

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListLine {
    /// The space before a group.
    Gap,
    /// The heading of a group, and how many entries it has.
    Heading(FindingGroup, usize),
    /// A line of an entry, both by their places; the first says where it is.
    Entry(usize, usize),
}

/// The list as it is laid out for a width.
#[derive(Clone, Debug)]
pub struct FindingsList {
    /// The entries.
    pub entries: Vec<FindingEntry>,
    /// What the lines of each entry say.
    texts: Vec<Vec<String>>,
    /// The lines shown.
    pub lines: Vec<ListLine>,
}

impl FindingsList {
    /// The list of a document for so many columns.
    pub fn new(document: &Document, view: &View, width: u16) -> Self {
        let entries = entries(document);
        let columns = usize::from(width.saturating_sub(INDENT + MARGIN));
        let texts: Vec<_> = entries.iter().map(|entry| entry_texts(document, view, entry, columns)).collect();
        let mut lines = Vec::new();
        for group in FindingGroup::ALL {
            let of_group = || (0..entries.len()).filter(|&at| entries[at].group == group);
            let count = of_group().count();
            if count == 0 {
                continue;
            }
            if !lines.is_empty() {
                lines.push(ListLine::Gap);
            }
            lines.push(ListLine::Heading(group, count));
            if !view.folded_groups.contains(&group) {
                let rows = |at: usize| (0..texts[at].len()).map(move |row| ListLine::Entry(at, row));
                lines.extend(of_group().flat_map(rows));
            }
        }
        FindingsList { entries, texts, lines }
    }

    /// What a line of an entry says.
    pub fn text(&self, entry: usize, row: usize) -> &str {
        self.texts.get(entry).and_then(|rows| rows.get(row)).map_or("", String::as_str)
    }

    /// What can be chosen, in order: entries, and the headings of folded groups, each with the finding that it
    /// leads to and its lines.
    fn stops(&self, view: &View) -> Vec<(usize, Range<usize>)> {
        let mut stops: Vec<(usize, Range<usize>)> = Vec::new();
        for (line, kind) in self.lines.iter().enumerate() {
            match *kind {
                ListLine::Heading(group, _) if view.folded_groups.contains(&group) => {
                    let first = self.entries.iter().find(|entry| entry.group == group);
                    stops.push((first.map_or(0, FindingEntry::lead), line..line + 1));
                }
                ListLine::Entry(entry, 0) => stops.push((self.entries[entry].lead(), line..line + 1)),
                ListLine::Entry(..) => {
                    if let Some((_, lines)) = stops.last_mut() {
                        lines.end = line + 1;
                    }
                }
                ListLine::Gap | ListLine::Heading(..) => {}
            }
        }
        stops
    }

    /// The place among the stops of what is chosen.
    fn chosen_stop(&self, view: &View, stops: &[(usize, Range<usize>)]) -> usize {
        let entry = self.entries.iter().find(|entry| entry.findings.contains(&view.current_finding));
        let Some(entry) = entry else { return 0 };
        let folded = view.folded_groups.contains(&entry.group);
        let first = self.entries.iter().find(|other| other.group == entry.group).filter(|_| folded);
        let lead = first.unwrap_or(entry).lead();
        stops.iter().position(|(finding, _)| *finding == lead).unwrap_or(0)
    }

    /// The lines of what is chosen.
    pub fn chosen_lines(&self, view: &View) -> Range<usize> {
        let stops = self.stops(view);
        stops.get(self.chosen_stop(view, &stops)).map_or(0..0, |(_, lines)| lines.clone())
    }

    /// The first line shown, so that what is chosen is whole in a window of that height; wherever the clerk has
    /// scrolled to.
    pub fn top(&self, view: &View, height: usize) -> usize {
        let chosen = self.chosen_lines(view);
        let last = self.lines.len().saturating_sub(height);
        // With the first entry of a group its heading is seen.
        let before = chosen.start.checked_sub(1).filter(|_| chosen.len() < height);
        let heading = before.filter(|&at| matches!(self.lines.get(at), Some(ListLine::Heading(..))));
        let highest = heading.unwrap_or(chosen.start);
        let lowest = chosen.end.saturating_sub(height).min(highest);
        let top = view.findings_top;
        if view.shows_chosen { top.clamp(lowest, highest) } else { top }.min(last)
    }

    /// The finding that is chosen after a key.
    pub fn moved(&self, view: &View, command: Command, page: usize) -> usize {
        let stops = self.stops(view);
        let at = moved(self.chosen_stop(view, &stops), command, stops.len(), page);
        stops.get(at).map_or(0, |(finding, _)| *finding)
    }
}

/// The finding to choose once some are ignored: that of the entry after the one chosen, or of the one before it.
/// Those that are ignored go to a group at the end of the list.
pub fn finding_beside(document: &Document, current: usize, ignored: &[IgnoredFinding]) -> usize {
    let entries = entries(document);
    let stays = |entry: &&FindingEntry| {
        let is_ignored = |&at: &usize| ignored.contains(&document.findings[at].ignore_key());
        entry.group != FindingGroup::Ignored && !entry.findings.iter().any(is_ignored)
    };
    let at = entries.iter().position(|entry| entry.findings.contains(&current)).unwrap_or(0);
    let (before, after) = entries.split_at(at);
    let beside = after.iter().find(stays).or_else(|| before.iter().rev().find(stays));
    beside.map_or(current, FindingEntry::lead)
}

/// What an entry says: where it is, the sentence of the finding that leads, the reasons for which it is
/// ignored.
fn entry_texts(document: &Document, view: &View, entry: &FindingEntry, columns: usize) -> Vec<String> {
    let Some(lead) = document.findings.get(entry.lead()) else { return Vec::new() };
    let place = lead.suspect.as_ref().or(lead.fields.first()).map_or("", |id| document.form.location(id));
    let mut texts = vec![place.to_string()];
    let rows = line_break::wrap(&lead.message, columns, view.width_mode);
    texts.extend(rows.into_iter().map(|row| lead.message[row].to_string()));
    if let Some(reason) = &lead.ignored {
        let reason = format!("已核实，理由：{reason}");
        let rows = line_break::wrap(&reason, columns, view.width_mode);
        texts.extend(rows.into_iter().map(|row| reason[row].to_string()));
    }
    texts
}

/// What stands at the right of an entry's first line, and the columns of its fix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryAside {
    /// The key of the fix; empty if there is none, or no key.
    pub key: String,
    /// What the fix does.
    pub fix: String,
    /// The first column of the two.
    pub fix_start: u16,
    /// The column behind them.
    pub fix_end: u16,
    /// The rules.
    pub rules: String,
}

/// Returns what stands at the right of an entry's first line, in a list of so many columns.
pub fn entry_aside(editor: &Editor, document: &Document, entry: &FindingEntry, width: u16) -> EntryAside {
    let columns = |text: &str| u16::try_from(display_width(text)).unwrap_or(u16::MAX);
    let rules = entry_rules(document, entry);
    let end = width.saturating_sub(MARGIN - 1).saturating_sub(columns(&rules));
    let none = EntryAside { fix_start: end, fix_end: end, rules, ..EntryAside::default() };
    let lead = document.findings.get(entry.lead()).filter(|lead| lead.is_open());
    let key = editor.keys.label(Scope::Findings, Command::ApplyFix);
    match lead.and_then(fix_text).zip(key) {
        None => none,
        Some((fix, key)) => {
            let fix_end = end.saturating_sub(2);
            let fix_start = fix_end.saturating_sub(columns(&key) + 1 + columns(&fix));
            EntryAside { key, fix, fix_start, fix_end, ..none }
        }
    }
}

/// The longest change of a text that is said whole beside its finding, in characters.
const SHORT_CHANGE: usize = 12;

/// Returns what the fix of a finding does: `改为 5` where it changes one cell; `None` if it has none.
pub fn fix_text(finding: &Finding) -> Option<String> {
    if finding.has_follow_ups() {
        return Some("一并改正".into());
    }
    if is_about_unread(finding) {
        return Some("列出选项".into());
    }
    let fix = finding.fix.as_ref()?;
    Some(whole_fix_text(fix).unwrap_or_else(|| "改正".into()))
}

/// Returns all that a fix does, if it is so little that it is said beside the finding.
pub fn whole_fix_text(fix: &Edit) -> Option<String> {
    let [Change::Field { before, after, .. }] = &fix.changes[..] else { return None };
    let (old, new) = (before.typed(), after.typed());
    if !after.is_blank() && after.number().is_some() {
        return Some(format!("改为 {new}"));
    }
    let start = common_length(old.chars(), new.chars());
    let most = old.chars().count().min(new.chars().count()) - start;
    let end = common_length(old.chars().rev(), new.chars().rev()).min(most);
    let middle =
        |text: &str| -> String { text.chars().take(text.chars().count() - end).skip(start).collect() };
    let (removed, added) = (middle(&old), middle(&new));
    if removed.chars().count() + added.chars().count() > SHORT_CHANGE {
        return None;
    }
    Some(match (removed.is_empty(), added.is_empty()) {
        (true, _) => format!("加“{added}”"),
        (_, true) => format!("删“{removed}”"),
        _ => format!("“{removed}”改为“{added}”"),
    })
}

fn common_length(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

/// Folds or unfolds a group.
pub fn toggle_fold(view: &mut View, group: FindingGroup) {
    if view.folded_groups.contains(&group) {
        view.folded_groups.retain(|folded| *folded != group);
    } else {
        view.folded_groups.push(group);
    }
}

/// Folds the group of what is chosen, or unfolds it.
pub fn fold_chosen(document: &Document, view: &mut View, fold: bool) {
    if let Some(entry) = entry_of(document, view.current_finding)
        && view.folded_groups.contains(&entry.group) != fold
    {
        toggle_fold(view, entry.group);
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding_entries::findings_summary;
    use super::*;
    use crate::editor::event::Event;
    use crate::editor::layer::Layer;
    use crate::editor::tests::press;
    use crate::editor::{Editor, Msg, Opened, update};
    use crate::form::Library;
    use crate::store;

    const SAMPLE: &str = include_str!("../../assets/sample.ron");

    fn sample() -> Editor {
        let library = Library::new();
        let loaded = store::parse("示例.ron", SAMPLE.as_bytes(), &library).unwrap();
        let mut editor = Editor::new(library, crate::editor::Keymap::shipped(), 80, 24, None);
        let (form, draft, message) = (loaded.form, loaded.draft, String::new());
        let opened = Opened { path: Some("草稿.ron".into()), form, draft, last_year: None, message };
        update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
        editor
    }

    fn groups(editor: &Editor) -> Vec<(FindingGroup, usize)> {
        let (document, _) = editor.open_report().unwrap();
        entries(document).iter().map(|entry| (entry.group, entry.findings.len())).collect()
    }

    #[test]
    fn one_wrong_cell_that_breaks_two_sums_is_one_entry() {
        let mut editor = sample();
        assert_eq!(groups(&editor), [(FindingGroup::Errors, 2), (FindingGroup::Errors, 2)]);
        press(&mut editor, "Alt+7 Down F9");
        assert_eq!(groups(&editor), [(FindingGroup::Errors, 2)], "the fix of either mends both");
    }

    #[test]
    fn a_slip_is_ignored_as_a_whole_and_listed_last() {
        let mut editor = sample();
        press(&mut editor, "Alt+7 Delete");
        update(&mut editor, Msg::Event(Event::Paste("与纸质报告一致".into())));
        press(&mut editor, "Enter");
        assert_eq!(groups(&editor)[0], (FindingGroup::Errors, 2));
        assert!(groups(&editor)[1..].iter().all(|(group, _)| *group == FindingGroup::Ignored));
        let ignored = editor.draft().unwrap().ignored_findings.len();
        assert_eq!(ignored, 2, "each finding of it, for whoever checks the draft elsewhere");
    }

    #[test]
    fn the_entry_beside_one_that_is_ignored_is_chosen() {
        let mut editor = sample();
        let entries_of = |editor: &Editor| entries(editor.open_report().unwrap().0);
        let second = entries_of(&editor)[1].lead();
        press(&mut editor, "Alt+7 Delete Enter");
        let Some(Layer::Prompt { fault, .. }) = editor.layers.last() else { panic!("not asked") };
        assert!(fault.contains("理由不能为空"), "{fault}");
        update(&mut editor, Msg::Event(Event::Paste("与纸质报告一致".into())));
        press(&mut editor, "Enter");
        assert_eq!(editor.open_report().unwrap().1.current_finding, second);
        assert_eq!(entries_of(&editor)[0].lead(), second, "not the one ignored, which is the last");
    }

    #[test]
    fn the_heading_of_a_group_is_seen_with_its_first_entry() {
        let mut editor = sample();
        press(&mut editor, "Alt+7");
        let (document, view) = editor.open_report_mut().unwrap();
        let list = FindingsList::new(document, view, 80);
        assert_eq!(list.lines[0], ListLine::Heading(FindingGroup::Errors, 2));
        view.findings_top = 4;
        assert_eq!(list.top(view, 5), 0);
    }

    #[test]
    fn what_is_blank_is_unfinished_and_no_warning() {
        let mut editor = sample();
        press(&mut editor, "Alt+2 Delete");
        assert!(groups(&editor).contains(&(FindingGroup::Unfinished, 1)), "{:?}", groups(&editor));
        // The line under the list counts what stands under the headings.
        let summary = findings_summary(editor.open_report().unwrap().0);
        assert_eq!(summary, "错误 2 个，提醒 0 个，未填 1 个");
    }

    #[test]
    fn a_folded_group_is_one_line_to_choose() {
        let mut editor = sample();
        press(&mut editor, "Alt+2 Delete Alt+7 Home Left");
        let (document, view) = editor.open_report().unwrap();
        let list = FindingsList::new(document, view, 80);
        assert_eq!(list.lines[0], ListLine::Heading(FindingGroup::Errors, 2));
        assert_eq!(list.chosen_lines(view), 0..1);
        press(&mut editor, "Down Up Right");
        let (document, view) = editor.open_report().unwrap();
        assert!(FindingsList::new(document, view, 80).chosen_lines(view).len() > 1);
    }
}
