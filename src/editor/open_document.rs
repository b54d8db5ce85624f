//! One open report: the draft, its history, its findings, and where the cursor is in each tab.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::narrative_editor::NarrativeEditor;
use super::view::{CachedLayout, CellEdit, CursorState, Tab};
use crate::check::{Context, Finding, LastYear, Severity, Units, check};
use crate::compile::CurrentUnits;
use crate::draft::{Draft, FormIds, Ledger};
use crate::edit::{Change, Edit, History};
use crate::form::{FieldId, Form, Kind, Library, Section};
use crate::import::{OpenField, Unplaced};
use crate::text::ambiguous::WidthMode;
use crate::text::safe_file_name;

/// One open report.
#[derive(Clone, Debug)]
pub struct OpenDocument {
    /// Where it is saved; none for one that never was.
    pub path: Option<PathBuf>,
    /// The file name proposed or shown.
    pub name: String,
    /// The form of the draft.
    pub form: Arc<Form>,
    /// The draft.
    pub draft: Draft,
    /// Undo and redo.
    pub history: History,
    /// Its amounts, as the last check saw them.
    pub ledger: Ledger,
    /// What the last check found.
    pub findings: Vec<Finding>,
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
    /// The finding that was jumped to last, or is chosen in the list.
    pub current_finding: usize,
    /// The day for which deadlines are judged.
    pub today: Option<Date>,
    /// The first line of the preview on the screen.
    pub preview_top: usize,
    /// What an import left open.
    pub open_cells: Vec<OpenField>,
    /// What of an import has no place in the form.
    pub unplaced: Vec<Unplaced>,
    /// Whether the draft is only looked at: somebody else has it open.
    pub read_only: bool,
    /// Whether it is the built-in sample, through which the clerk is led.
    pub is_sample: bool,
    /// What the units of a compiled report say now, once they have been read.
    pub current_units: Option<CurrentUnits>,
    /// Whether their numbers are to be taken in when they have been read again.
    pub pending_update: bool,
    /// Whether they have to be read again: what the report keeps of them is another.
    pub(super) needs_unit_refresh: bool,
    /// Last year's report.
    pub last_year: Option<LastYear>,
    /// How its text is measured on this terminal.
    pub width_mode: WidthMode,
    pub(super) cached_layout: Option<CachedLayout>,
    /// Whether a finding is held back because its sentence is being typed.
    pub(super) has_suppressed: bool,
    checked_forms: FormIds,
}

impl OpenDocument {
    /// A desk with this draft on it.
    pub fn new(
        path: Option<PathBuf>,
        form: Arc<Form>,
        draft: Draft,
        last: Option<(Arc<Form>, Draft)>,
        today: Option<Date>,
    ) -> Self {
        let name = path
            .as_deref()
            .and_then(|path| path.file_name())
            .map_or_else(|| proposed_name(&draft), |name| name.to_string_lossy().into_owned());
        let tabs = tabs_of(&form);
        let mut document = OpenDocument {
            path,
            name,
            ledger: Ledger::default(),
            cursors: vec![CursorState::default(); tabs.len()],
            checked_forms: draft.forms.clone(),
            form,
            draft,
            history: History::new(),
            findings: Vec::new(),
            has_suppressed: false,
            tabs,
            tab: 0,
            cell_edit: None,
            narrative_editors: BTreeMap::new(),
            current_finding: 0,
            today,
            last_year: last.map(|(form, draft)| LastYear::new(form, draft)),
            read_only: false,
            current_units: None,
            pending_update: false,
            needs_unit_refresh: false,
            width_mode: WidthMode::default(),
            cached_layout: None,
            is_sample: false,
            preview_top: 0,
            open_cells: Vec::new(),
            unplaced: Vec::new(),
        };
        document.recheck();
        for (at, tab) in document.tabs.iter().enumerate() {
            if let Tab::Section { cells: None, text: Some(_) } = tab {
                document.cursors[at].in_text = true;
            }
        }
        document
    }

    /// Computes totals and findings anew; takes the other form where the draft was given one.
    pub fn recheck(&mut self) {
        self.ledger = Ledger::new(&self.form, &self.draft);
        self.cached_layout = None;
        let last = self.last_year.as_ref();
        let units = self.current_units.as_ref().map(|now| Units {
            sums: &now.sums,
            changed: &now.changes.changed,
            unread: &now.changes.unread,
            newly_filed: &now.changes.newly_filed,
            duplicates: &now.changes.duplicates,
        });
        let context = Context { last_year: last, today: self.today, units };
        self.findings = check(&self.form, &self.draft, context);
        self.current_finding = self.current_finding.min(self.findings.len().saturating_sub(1));
        self.has_suppressed = false;
        self.suppress_unfinished_cell();
    }

    /// Takes the form that the draft names, where an edit changed it.
    pub fn sync_form(&mut self, library: &Library) {
        if self.checked_forms != self.draft.forms
            && let Ok(form) = self.draft.form(library)
        {
            self.checked_forms = self.draft.forms.clone();
            self.form = form;
            self.cell_edit = None;
        }
    }

    /// Makes a change, as a step of its own or joined to the typing before it.
    pub fn apply_edit(&mut self, edit: Edit, typing: bool) {
        if self.read_only {
            return;
        }
        self.note_compiled_change(&edit);
        if typing {
            self.history.apply_grouped(&mut self.draft, edit);
        } else {
            self.history.apply(&mut self.draft, edit);
        }
        self.recheck();
        if typing {
            self.suppress_unfinished_sentence();
        }
    }

    /// Looks whether a change is of what a compiled report keeps of its units: then what they say now was
    /// read for another list of them.
    pub(super) fn note_compiled_change(&mut self, edit: &Edit) {
        if edit.changes.iter().any(|change| matches!(change, Change::Compiled(..))) {
            (self.current_units, self.needs_unit_refresh) = (None, true);
        }
    }

    /// Makes form, text on the screen and findings follow the draft after a change that did not come from
    /// typing.
    pub fn sync_after_change(&mut self, library: &Library) {
        self.sync_form(library);
        for (id, narrative) in &mut self.narrative_editors {
            narrative.follow(self.draft.text(id.as_str()));
        }
        self.recheck();
    }

    /// Ends typing: the cell keeps what was typed.
    pub fn commit_edit(&mut self) {
        if self.cell_edit.take().is_some() {
            self.history.close_group();
            self.recheck();
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
    pub fn cell_section(&self) -> Option<&Section> {
        match self.tabs[self.tab] {
            Tab::Section { cells: Some(at), .. } => self.form.sections.get(at),
            _ => None,
        }
    }

    /// The narrative that the tab shows.
    pub fn narrative_section(&self) -> Option<&Section> {
        match self.tabs[self.tab] {
            Tab::Section { text: Some(at), .. } => self.form.sections.get(at),
            _ => None,
        }
    }

    /// Whether the cursor is in a narrative.
    pub fn in_text(&self) -> bool {
        self.narrative_section().is_some() && self.cursor().in_text
    }

    /// What the field under the cursor holds.
    pub fn field_kind(&self, id: &FieldId) -> Option<&Kind> {
        self.form.field(id.as_str()).map(|field| &field.kind)
    }

    /// The narrative's text on the screen, made from the draft where it is not there yet.
    pub fn narrative_editor_mut(&mut self) -> Option<&mut NarrativeEditor> {
        let id = FieldId::new(&self.narrative_section()?.id);
        let text = self.draft.text(id.as_str());
        Some(self.narrative_editors.entry(id).or_insert_with(|| NarrativeEditor::new(text)))
    }

    /// The narrative's text as it stands on the screen.
    pub fn narrative_editor(&self) -> Option<&NarrativeEditor> {
        self.narrative_editors.get(self.narrative_section()?.id.as_str())
    }

    /// Goes to a field: its tab, its cell, or the place in its text.
    pub fn go_to_field(&mut self, id: &FieldId, byte: Option<usize>) {
        let Some(section) = self.form.sections.iter().position(|section| section.id == id.section()) else {
            return;
        };
        let found = self.tabs.iter().position(|tab| match tab {
            Tab::Section { cells, text } => *cells == Some(section) || *text == Some(section),
            Tab::Findings | Tab::Preview => false,
        });
        let Some(tab) = found else { return };
        self.tab = tab;
        let in_text = self.form.sections[section].is_narrative();
        self.cursor_mut().in_text = in_text;
        if in_text {
            if let (Some(narrative), Some(byte)) = (self.narrative_editor_mut(), byte) {
                narrative.clear_selection();
                narrative.set_caret(byte);
            }
        } else {
            let rows = self.cell_rows().into_iter().enumerate();
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
    pub fn findings_at_cursor(&self) -> Vec<usize> {
        if self.tabs[self.tab] == Tab::Findings {
            return if self.findings.is_empty() { Vec::new() } else { vec![self.current_finding] };
        }
        let Some(field) = self.current_field() else { return Vec::new() };
        let caret = self.narrative_editor().filter(|_| self.in_text()).map(NarrativeEditor::caret);
        let mut here: Vec<usize> = (0..self.findings.len())
            .filter(|&at| self.findings[at].is_open() && self.findings[at].fields.contains(&field))
            .collect();
        here.sort_by_key(|&at| {
            let finding = &self.findings[at];
            let under = finding.span.as_ref().is_some_and(|span| {
                span.field == field && caret.is_some_and(|caret| (span.start..=span.end).contains(&caret))
            });
            (at != self.current_finding, !under, std::cmp::Reverse(finding.severity))
        });
        here
    }

    /// How many errors and warnings the sections of a tab have.
    pub fn count_findings(&self, tab: &Tab) -> (usize, usize) {
        let ids: Vec<&str> = match tab {
            Tab::Preview => Vec::new(),
            Tab::Findings => self.form.sections.iter().map(|s| s.id.as_str()).collect(),
            Tab::Section { cells, text } => [cells, text]
                .into_iter()
                .flatten()
                .filter_map(|&at| self.form.sections.get(at))
                .map(|section| section.id.as_str())
                .collect(),
        };
        let of = |weight| {
            let here = |finding: &&Finding| {
                let first = finding.fields.first().map(FieldId::section);
                finding.is_open()
                    && finding.severity == weight
                    && (*tab == Tab::Findings || first.is_some_and(|first| ids.contains(&first)))
            };
            self.findings.iter().filter(here).count()
        };
        (of(Severity::Error), of(Severity::Warning))
    }
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

/// The file name for a draft that has none: `U-Y.ron`, whatever the unit is called.
pub fn proposed_name(draft: &Draft) -> String {
    let year = draft.year().map_or(String::new(), |year| format!("-{year}"));
    safe_file_name(draft.unit(), &format!("{year}.ron"))
}
