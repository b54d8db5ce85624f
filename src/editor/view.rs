//! The view of an open report: its tabs, where the cursor is, what is being typed.

use std::collections::BTreeMap;

use super::document::Document;
use super::finding_entries::{self, FindingGroup};
use super::jump_round::Jumps;
use super::line_input::LineInput;
use super::narrative_editor::NarrativeEditor;
use super::table_layout::TableLayout;
use crate::check::{self, Finding, Severity};
use crate::export::preview::PreviewLine;
use crate::form::{Body, FieldId, Form, Section};
use crate::text::ambiguous::WidthMode;

/// The view of an open report.
#[derive(Clone, Debug)]
pub struct View {
    /// The tabs.
    pub tabs: Vec<Tab>,
    /// The tab shown.
    pub tab: usize,
    /// Where the cursor is in each tab.
    pub cursors: Vec<CursorState>,
    /// The cell being typed.
    pub cell_edit: Option<CellEdit>,
    /// The narratives on their tabs.
    pub narrative_editors: BTreeMap<FieldId, NarrativeEditor>,
    /// What was searched for last: it is lit until Esc.
    pub search: Option<String>,
    /// The finding that was jumped to last, or is chosen in the list.
    pub current_finding: usize,
    /// The first line of the list of findings on the screen.
    pub findings_top: usize,
    /// Whether the finding chosen is kept on the screen.
    pub shows_chosen: bool,
    /// The groups of the list of findings that are folded.
    pub folded_groups: Vec<FindingGroup>,
    /// The first line of the preview on the screen.
    pub preview_top: usize,
    /// How its text is measured on this terminal.
    pub width_mode: WidthMode,
    pub(super) cached_layout: Option<CachedLayout>,
    pub(super) cached_preview: Option<CachedPreview>,
    /// The jumps between numbers of the text and cells.
    pub(super) jumps: Jumps,
}

impl View {
    /// The view of a report that has just been opened: its first tab, with the cursor at the start.
    pub fn new(form: &Form) -> Self {
        let tabs = tabs_of(form);
        let only_text = |tab: &Tab| matches!(tab, Tab::Section { cells: None, text: Some(_) });
        let cursor = |tab| CursorState { in_text: only_text(tab), ..CursorState::default() };
        View {
            cursors: tabs.iter().map(cursor).collect(),
            tabs,
            tab: 0,
            cell_edit: None,
            narrative_editors: BTreeMap::new(),
            search: None,
            current_finding: 0,
            findings_top: 0,
            shows_chosen: true,
            folded_groups: Vec::new(),
            preview_top: 0,
            width_mode: WidthMode::default(),
            cached_layout: None,
            cached_preview: None,
            jumps: Jumps::default(),
        }
    }

    /// Whether the tab shows no fields: the findings, or the preview.
    pub fn is_list(&self) -> bool {
        matches!(self.tabs[self.tab], Tab::Findings | Tab::Preview)
    }

    /// Where the cursor is in the tab shown.
    pub fn cursor(&self) -> &CursorState {
        &self.cursors[self.tab]
    }

    /// Where the cursor is in the tab shown, to move it.
    pub fn cursor_mut(&mut self) -> &mut CursorState {
        &mut self.cursors[self.tab]
    }

    /// The section whose cells the tab shows.
    pub fn cell_section<'d>(&self, document: &'d Document) -> Option<&'d Section> {
        match self.tabs[self.tab] {
            Tab::Section { cells: Some(at), .. } => document.form.sections.get(at),
            _ => None,
        }
    }

    /// The narrative that the tab shows. The text behind a table is shown where there is one, and while the
    /// cursor is in it.
    pub fn narrative_section<'d>(&self, document: &'d Document) -> Option<&'d Section> {
        let section = self.text_section(document)?;
        let blank = !self.cursor().in_text && document.draft.get(&section.id).is_blank();
        (!blank || !matches!(section.body, Body::TableText)).then_some(section)
    }

    /// The narrative that the tab can show.
    pub fn text_section<'d>(&self, document: &'d Document) -> Option<&'d Section> {
        match self.tabs[self.tab] {
            Tab::Section { text: Some(at), .. } => document.form.sections.get(at),
            _ => None,
        }
    }

    /// Whether the cursor is in a narrative.
    pub fn in_text(&self) -> bool {
        matches!(self.tabs[self.tab], Tab::Section { text: Some(_), .. }) && self.cursor().in_text
    }

    /// The narrative's text on the screen, made from the draft where it is not there yet.
    pub fn narrative_editor_mut(&mut self, document: &Document) -> Option<&mut NarrativeEditor> {
        let id = FieldId::new(&self.narrative_section(document)?.id);
        let text = document.draft.text(id.as_str());
        Some(self.narrative_editors.entry(id).or_insert_with(|| NarrativeEditor::new(text)))
    }

    /// The narrative's text as it stands on the screen.
    pub fn narrative_editor(&self, document: &Document) -> Option<&NarrativeEditor> {
        self.narrative_editors.get(self.narrative_section(document)?.id.as_str())
    }

    /// Goes to a field: its tab, its cell, or the place in its text.
    pub fn go_to_field(&mut self, document: &Document, id: &FieldId, byte: Option<usize>) {
        let is_of = |it: &Section| it.id == id.section() && (it.blocks().is_empty() || !id.row().is_empty());
        let Some(section) = document.form.sections.iter().position(is_of) else { return };
        let found = self.tabs.iter().position(|tab| match tab {
            Tab::Section { cells, text } => *cells == Some(section) || *text == Some(section),
            Tab::Findings | Tab::Preview => false,
        });
        let Some(tab) = found else { return };
        self.tab = tab;
        let in_text = document.form.sections[section].is_narrative();
        self.cursor_mut().in_text = in_text;
        if in_text {
            if let (Some(narrative), Some(byte)) = (self.narrative_editor_mut(document), byte) {
                narrative.clear_selection();
                narrative.set_caret(byte);
            }
        } else {
            let rows = self.cell_rows(document).into_iter().enumerate();
            let place =
                rows.into_iter().find_map(|(at, row)| Some((at, row.iter().position(|cell| cell == id)?)));
            if let Some((row, column)) = place {
                let cursor = self.cursor_mut();
                (cursor.row, cursor.column) = (row, column);
            }
        }
    }

    /// The findings that name the field under the cursor, heaviest first; with the cursor in a
    /// text, those whose words it stands in come first.
    pub fn findings_at_cursor(&self, document: &Document) -> Vec<usize> {
        if self.tabs[self.tab] == Tab::Findings {
            let entry = finding_entries::entry_of(document, self.current_finding);
            return entry.map_or(Vec::new(), |entry| entry.findings);
        }
        let Some(field) = self.current_field(document) else { return Vec::new() };
        let caret = self.narrative_editor(document).filter(|_| self.in_text()).map(NarrativeEditor::caret);
        let mut here: Vec<usize> = (0..document.findings.len())
            .filter(|&at| document.findings[at].is_open() && document.findings[at].fields.contains(&field))
            .collect();
        here.sort_by_key(|&at| {
            let finding = &document.findings[at];
            let under = finding.span.as_ref().is_some_and(|span| {
                span.field == field && caret.is_some_and(|caret| (span.start..=span.end).contains(&caret))
            });
            (at != self.current_finding, !under, std::cmp::Reverse(finding.severity))
        });
        here
    }
}

/// What one tab shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Cells of the section, and the narrative under them, by their numbers in the form.
    Section { cells: Option<usize>, text: Option<usize> },
    /// The list of findings.
    Findings,
    /// The report as it will be printed.
    Preview,
}

impl Tab {
    /// Returns the ids of the sections it is about: every section for the list of findings.
    pub fn sections<'d>(&self, document: &'d Document) -> Vec<&'d str> {
        let sections = &document.form.sections;
        let shown: Vec<&Section> = match self {
            Tab::Preview => Vec::new(),
            Tab::Findings => sections.iter().collect(),
            Tab::Section { cells, text } => {
                [cells, text].into_iter().flatten().filter_map(|&at| sections.get(at)).collect()
            }
        };
        shown.into_iter().map(|section| section.id.as_str()).collect()
    }

    /// Returns the findings about its sections, those that are ignored included.
    pub fn findings<'d>(&self, document: &'d Document) -> impl Iterator<Item = &'d Finding> {
        let (all, sections) = (*self == Tab::Findings, self.sections(document));
        document.findings.iter().filter(move |finding| {
            let first = finding.fields.first().map(FieldId::section);
            all || first.is_some_and(|first| sections.contains(&first))
        })
    }

    /// How many slips its sections have that are errors and that are warnings.
    pub fn count_findings(&self, document: &Document) -> (usize, usize) {
        let of = |severity| check::count_slips(self.findings(document), severity);
        (of(Severity::Error), of(Severity::Warning))
    }
}

/// Where the cursor is in a tab.
#[derive(Clone, Debug, Default)]
pub struct CursorState {
    /// The row of cells.
    pub row: usize,
    /// The column.
    pub column: usize,
    /// The first line on the screen.
    pub top: usize,
    /// The first column on the screen.
    pub left: usize,
    /// Whether the cursor is in the narrative of the tab.
    pub in_text: bool,
    /// Where a selection of cells was started.
    pub anchor: Option<(usize, usize)>,
    /// Whether movement without Shift carries the selection along.
    pub extending: bool,
    /// The column where Tab was pressed first, and the cell where Tab has come to since.
    pub tab_origin: Option<(usize, (usize, usize))>,
}

/// A cell being typed.
#[derive(Clone, Debug)]
pub struct CellEdit {
    /// Which field.
    pub field: FieldId,
    /// What is typed.
    pub input: LineInput,
    /// Whether Left and Right move in the text (after F2) or go on to the next cell.
    pub in_place: bool,
}

/// A tab as it was laid out, and for what: many keys move over a layout that stays.
#[derive(Clone, Debug)]
pub(super) struct CachedLayout {
    pub(super) key: LayoutKey,
    pub(super) layout: TableLayout,
}

/// The report as it will be printed in so many columns, so measured; a change of the report undoes it.
#[derive(Clone, Debug)]
pub(super) struct CachedPreview {
    pub(super) key: (usize, WidthMode),
    pub(super) lines: Vec<PreviewLine>,
}

/// What a layout depends on beside the values, whose change undoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LayoutKey {
    pub(super) tab: usize,
    pub(super) width: usize,
    pub(super) width_mode: WidthMode,
    /// The cell being typed, and its columns.
    pub(super) edited_cell: Option<(FieldId, usize)>,
}

/// The tabs of a form: one for each section that has a word for it, and the findings.
fn tabs_of(form: &Form) -> Vec<Tab> {
    let mut tabs: Vec<Tab> = Vec::new();
    for (at, section) in form.sections.iter().enumerate() {
        match (tabs.last_mut(), section.tab.is_empty()) {
            (Some(Tab::Section { text: text @ None, .. }), true) if section.is_narrative() => {
                *text = Some(at)
            }
            _ if section.is_narrative() => tabs.push(Tab::Section { cells: None, text: Some(at) }),
            _ => tabs.push(Tab::Section { cells: Some(at), text: None }),
        }
    }
    tabs.push(Tab::Findings);
    tabs.push(Tab::Preview);
    tabs
}
