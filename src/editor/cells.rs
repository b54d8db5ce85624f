//! The cells of a tab: which one is under the cursor, what each shows, and how they are laid out.

use unicode_width::UnicodeWidthStr;

use super::desk::Desk;
use super::last::COUNT_COLUMNS;
use super::sheet::Sheet;
use crate::draft::{Draft, Ledger};
use crate::form::{Body, FieldId, Form, Section};

/// The columns that each field's value takes, in the form's order. A tab is laid out several times a
/// key, so this is done once a change.
pub fn extents(form: &Form, draft: &Draft, ledger: &Ledger) -> Vec<usize> {
    form.fields().iter().map(|field| ledger.shown(form, draft, field.id.as_str()).width()).collect()
}

/// The cell in a row and a column of a section, or in the row's last column where it has fewer.
fn at(section: &Section, row: usize, column: usize) -> Option<&FieldId> {
    match &section.body {
        Body::Cover(fields) => fields.get(row),
        Body::Table(blocks) => {
            let line = blocks.iter().flat_map(|block| &block.lines).nth(row)?;
            line.cells.get(column).or(line.cells.last())
        }
        Body::Narrative { .. } => None,
    }
}

impl Desk {
    /// The cells of the tab laid out for a width.
    pub fn sheet(&self, width: usize) -> Option<Sheet> {
        let beside = self.shows_last_year(width);
        let shown = |id: &FieldId| {
            let own = self.extent(id);
            let last = if beside { self.last_year(id).map_or(0, |last| last.len() + 1) } else { 0 };
            if last > 0 { own.max(COUNT_COLUMNS) + last } else { own }
        };
        self.cells().map(|section| Sheet::new(&self.form, section, width, self.ruler, &shown))
    }

    /// How many columns the value in a cell takes.
    fn extent(&self, id: &FieldId) -> usize {
        match &self.entry {
            Some(entry) if entry.field == *id => entry.line.text().width(),
            _ => self.form.position(id.as_str()).and_then(|at| self.extents.get(at)).copied().unwrap_or(0),
        }
    }

    /// What a cell shows: what is being typed, what was typed, or the computed total.
    pub fn shown(&self, id: &FieldId) -> String {
        match &self.entry {
            Some(entry) if entry.field == *id => entry.line.text().into(),
            _ => self.ledger.shown(&self.form, &self.draft, id.as_str()),
        }
    }

    /// The field under the cursor: a cell, or the narrative.
    pub fn field(&self) -> Option<FieldId> {
        if self.in_text() {
            return self.narrative().map(|section| FieldId::new(&section.id));
        }
        let spot = self.spot();
        at(self.cells()?, spot.row, spot.column).cloned()
    }

    /// Whether the field is a total computed by the program.
    pub fn computes(&self, id: &FieldId) -> bool {
        self.ledger.computes(&self.form, id.as_str())
    }
}
