//! An open report: the draft with its form, its history, and what derives from them.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{ComparedFigure, Context, Finding, LastYear, RuleSettings, Units, check_with_figures};
use crate::compile::CurrentUnits;
use crate::draft::{Amount, Draft, FilledCells, FormIds, Ledger, TwinText};
use crate::edit::{Change, Edit, History};
use crate::form::{FieldId, Form, Kind, Library};
use crate::import::Unplaced;
use crate::text::safe_file_name;

/// The most units that a finding names.
const MAX_UNITS: usize = 3;

/// An open report. It does not know the screen; the `View` of it does.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it is saved; `None` if it never was.
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
    /// How many of the cells to be filled in hold something, and how many there are.
    pub progress: FilledCells,
    /// What the last check found.
    pub findings: Vec<Finding>,
    /// The figures of the narratives as the last check read them, in the order of the text.
    pub figures: Vec<ComparedFigure>,
    /// The day for which deadlines are judged.
    pub today: Option<Date>,
    /// Other units' reports with nearly the same text, where the folder was read before.
    pub twins: Vec<TwinText>,
    /// What the folder of the draft wants of the rules.
    pub settings: Option<RuleSettings>,
    /// What of an import has no place in the form.
    pub unplaced: Vec<Unplaced>,
    /// The first cell of each row of the import whose digits its sum told apart.
    pub decided_by_sums: Vec<FieldId>,
    /// Whether the draft must not be changed, because somebody else has it open.
    pub read_only: bool,
    /// Whether it is the built-in sample, through which a tutorial leads.
    pub is_sample: bool,
    /// What the units of a compiled report say now, once they have been read.
    pub current_units: Option<CurrentUnits>,
    /// Whether to update from the units' reports when they have been read again.
    pub pending_update: bool,
    /// Whether they have to be read again, because the report keeps something else of them.
    pub(super) needs_unit_refresh: bool,
    /// Last year's report.
    pub last_year: Option<LastYear>,
    /// Whether a finding is held back because its sentence is being typed.
    pub(super) has_suppressed: bool,
    checked_forms: FormIds,
}

impl Document {
    /// Opens a draft and checks it.
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
        let mut document = Document {
            path,
            name,
            ledger: Ledger::default(),
            checked_forms: draft.forms.clone(),
            // A compiled report is compared with what its units say now.
            needs_unit_refresh: draft.compiled.is_some(),
            form,
            draft,
            history: History::new(),
            findings: Vec::new(),
            progress: FilledCells::default(),
            figures: Vec::new(),
            has_suppressed: false,
            today,
            last_year: last.map(|(form, draft)| LastYear::new(form, draft)),
            read_only: false,
            settings: None,
            twins: Vec::new(),
            current_units: None,
            pending_update: false,
            is_sample: false,
            unplaced: Vec::new(),
            decided_by_sums: Vec::new(),
        };
        document.recheck();
        document
    }

    /// Recomputes totals and findings.
    pub(super) fn recheck(&mut self) {
        self.ledger = Ledger::new(&self.form, &self.draft);
        self.progress = FilledCells::count(&self.form, &self.draft, &self.ledger);
        let units = self.current_units.as_ref().map(|now| Units {
            sums: &now.sums,
            changed: &now.changes.changed,
            unread: &now.changes.unread,
            newly_filed: &now.changes.newly_filed,
            duplicates: &now.changes.duplicates,
            with_blanks: &now.changes.with_blanks,
        });
        let (last_year, history) = (self.last_year.as_ref(), Some(&self.history));
        let settings = self.settings.as_ref();
        let (today, twins) = (self.today, &self.twins[..]);
        let context = Context { last_year, today, units, history, settings, twins, folder_units: None };
        (self.findings, self.figures) = check_with_figures(&self.form, &self.draft, &self.ledger, context);
        self.name_unbalanced_units();
        self.has_suppressed = false;
    }

    /// Names the units whose own numbers break a balance that is broken in their sum.
    fn name_unbalanced_units(&mut self) {
        let Some(now) = self.current_units.as_ref().filter(|now| !now.unbalanced.is_empty()) else { return };
        for finding in &mut self.findings {
            let is_its = |at: &usize| {
                let relation = self.form.relations().get(*at);
                let has_all = |left: &[FieldId]| left.iter().all(|id| finding.fields.contains(id));
                relation.is_some_and(|relation| relation.id == finding.rule && has_all(&relation.left))
            };
            let units = now.unbalanced.iter().filter(|(at, _)| is_its(at)).map(|(_, unit)| unit.as_str());
            let units: Vec<&str> = units.collect();
            if !units.is_empty() {
                let named = units.iter().take(MAX_UNITS).copied().collect::<Vec<_>>().join("、");
                let all = units.len();
                let named = if all > MAX_UNITS { format!("{named}等 {all} 个单位") } else { named };
                finding.message.push_str(&format!("。不平的单位：{named}"));
            }
        }
    }

    /// Takes the form that the draft names, where a change named another; returns whether it did.
    pub(super) fn sync_form(&mut self, library: &Library) -> bool {
        if self.checked_forms == self.draft.forms {
            return false;
        }
        let Ok(form) = self.draft.form(library) else { return false };
        self.checked_forms = self.draft.forms.clone();
        self.form = form;
        true
    }

    /// Makes a change, as a step of its own or joined to the typing before it.
    pub(super) fn apply(&mut self, edit: Edit, typing: bool) {
        self.note_compiled_change(&edit);
        if typing {
            self.history.apply_grouped(&mut self.draft, edit);
        } else {
            self.history.apply(&mut self.draft, edit);
        }
    }

    /// Undoes the last step, or redoes the last one undone; returns what that changed.
    pub(super) fn undo_or_redo(&mut self, undo: bool) -> Option<Edit> {
        let (history, draft) = (&mut self.history, &mut self.draft);
        let edit = if undo { history.undo(draft) } else { history.redo(draft) }?;
        self.note_compiled_change(&edit);
        Some(edit)
    }

    /// Notes whether a change is of what a compiled report keeps of its units: what they say now was
    /// then read for another list of them.
    fn note_compiled_change(&mut self, edit: &Edit) {
        if edit.changes.iter().any(|change| matches!(change, Change::Compiled(..))) {
            (self.current_units, self.needs_unit_refresh) = (None, true);
        }
    }

    /// What kind of value a field holds.
    pub fn field_kind(&self, id: &FieldId) -> Option<&Kind> {
        self.form.field(id.as_str()).map(|field| &field.kind)
    }

    /// Whether the field is a total computed by the program.
    pub fn is_computed(&self, id: &FieldId) -> bool {
        self.ledger.is_computed(&self.form, id.as_str())
    }

    /// By how much a cell has changed since last year; none where either is no number.
    pub fn change_since_last_year(&self, id: &FieldId) -> Option<String> {
        let last = self.last_year.as_ref()?;
        match (self.ledger.amount(&self.form, id.as_str()), last.ledger.amount(&last.form, id.as_str())) {
            (Amount::Known(now), Amount::Known(before)) => {
                let change = now - before;
                let grown = change.is_sign_positive() && !change.is_zero();
                Some(if grown { format!("+{change}") } else { change.to_string() })
            }
            _ => None,
        }
    }

    /// What stood in the cell last year; none where nothing did, or the form was another.
    pub fn last_year_text(&self, id: &FieldId) -> Option<String> {
        let last = self.last_year.as_ref()?;
        let shown = last.ledger.display_text(&last.form, &last.draft, id.as_str());
        (!shown.is_empty()).then_some(shown)
    }
}

/// The file name for a draft that has none: `U-Y.ron`, whatever the unit is called.
pub fn proposed_name(draft: &Draft) -> String {
    let year = draft.year().map_or(String::new(), |year| format!("-{year}"));
    safe_file_name(draft.unit(), &format!("{year}.ron"))
}
