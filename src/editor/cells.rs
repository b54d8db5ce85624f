//! The cells of a tab: which one is under the cursor, what each shows, and how they are laid out.

use std::borrow::Cow;

use super::desk::Desk;
use super::last::COUNT_COLUMNS;
use super::sheet::Sheet;
use crate::form::{Body, FieldId};
use crate::text::ambiguous::Ruler;
use crate::text::width::columns;

/// A tab as it was laid out, and for what: many keys move over a layout that stays.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    place: Place,
    sheet: Sheet,
}

/// What a layout depends on beside the values, whose change undoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    tab: usize,
    width: usize,
    ruler: Ruler,
    /// The cell being typed, and its columns.
    typed: Option<(FieldId, usize)>,
}

impl Desk {
    /// The rows of cells of the tab, over which the cursor goes.
    pub fn rows(&self) -> Vec<&[FieldId]> {
        match self.cells().map(|section| &section.body) {
            Some(Body::Cover(fields)) => fields.chunks(1).collect(),
            Some(Body::Table(blocks)) => {
                blocks.iter().flat_map(|block| &block.lines).map(|line| line.cells.as_slice()).collect()
            }
            Some(Body::Narrative { .. }) | None => Vec::new(),
        }
    }

    /// The cells of the tab laid out for a width: as [`lay`](Self::lay) has left them, or anew.
    pub fn sheet(&self, width: usize) -> Option<Cow<'_, Sheet>> {
        match &self.laid {
            Some(laid) if laid.place == self.place(width) => Some(Cow::Borrowed(&laid.sheet)),
            _ => self.lay_out(width).map(Cow::Owned),
        }
    }

    /// Lays the tab out for a width, unless it lies so already.
    pub fn lay(&mut self, width: usize) {
        let place = self.place(width);
        if self.laid.as_ref().is_none_or(|laid| laid.place != place) {
            self.laid = self.lay_out(width).map(|sheet| Laid { place, sheet });
        }
    }

    fn place(&self, width: usize) -> Place {
        let typed = self.entry.as_ref().map(|entry| (entry.field.clone(), columns(entry.line.text())));
        Place { tab: self.tab, width, ruler: self.ruler, typed }
    }

    fn lay_out(&self, width: usize) -> Option<Sheet> {
        let beside = self.shows_last_year(width);
        let shown = |id: &FieldId| {
            let own = columns(&self.shown(id));
            let last = if beside { self.last_year(id).map_or(0, |last| last.len() + 1) } else { 0 };
            if last > 0 { own.max(COUNT_COLUMNS) + last } else { own }
        };
        self.cells().map(|section| Sheet::new(&self.form, section, width, self.ruler, &shown))
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
        // A cursor beyond the end of a short row is in its last cell.
        let rows = self.rows();
        let row = rows.get(spot.row)?;
        row.get(spot.column).or(row.last()).cloned()
    }

    /// Whether the field is a total computed by the program.
    pub fn computes(&self, id: &FieldId) -> bool {
        self.ledger.computes(&self.form, id.as_str())
    }
}
