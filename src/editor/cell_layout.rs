//! The cells of a tab: which one is under the cursor, what each shows, and how they are laid out.

use std::borrow::Cow;

use super::document::Document;
use super::last_year::{MIN_COUNT_WIDTH, last_year_fits};
use super::table_layout::TableLayout;
use super::view::{CachedLayout, LayoutKey, View};
use crate::form::{Body, FieldId};
use crate::text::width::display_width;

impl View {
    /// The rows of cells of the tab, over which the cursor goes.
    pub fn cell_rows<'d>(&self, document: &'d Document) -> Vec<&'d [FieldId]> {
        match self.cell_section(document).map(|section| &section.body) {
            Some(Body::Cover(fields)) => fields.chunks(1).collect(),
            Some(Body::Table(blocks)) => {
                blocks.iter().flat_map(|block| &block.rows).map(|line| line.cells.as_slice()).collect()
            }
            Some(Body::Narrative { .. } | Body::TableText) | None => Vec::new(),
        }
    }

    /// The cells of the tab laid out for a width: as [`ensure_layout`](Self::ensure_layout) cached them, or computed now.
    pub fn table_layout(&self, document: &Document, width: usize) -> Option<Cow<'_, TableLayout>> {
        match &self.cached_layout {
            Some(laid) if laid.key == self.layout_key(width) => Some(Cow::Borrowed(&laid.layout)),
            _ => self.compute_layout(document, width).map(Cow::Owned),
        }
    }

    /// Caches the layout of the tab for a width, unless it is cached already.
    pub fn ensure_layout(&mut self, document: &Document, width: usize) {
        let place = self.layout_key(width);
        if self.cached_layout.as_ref().is_none_or(|laid| laid.key != place) {
            self.cached_layout =
                self.compute_layout(document, width).map(|sheet| CachedLayout { key: place, layout: sheet });
        }
    }

    fn layout_key(&self, width: usize) -> LayoutKey {
        let typed =
            self.cell_edit.as_ref().map(|entry| (entry.field.clone(), display_width(entry.input.text())));
        LayoutKey { tab: self.tab, width, width_mode: self.width_mode, edited_cell: typed }
    }

    fn compute_layout(&self, document: &Document, width: usize) -> Option<TableLayout> {
        let beside = last_year_fits(document, width);
        let shown = |id: &FieldId| {
            let own = display_width(&self.display_text(document, id));
            let last = if beside { document.last_year_text(id).map_or(0, |last| last.len() + 1) } else { 0 };
            if last > 0 { own.max(MIN_COUNT_WIDTH) + last } else { own }
        };
        self.cell_section(document)
            .map(|section| TableLayout::new(&document.form, section, width, self.width_mode, &shown))
    }

    /// What a cell shows: what is being typed, what was typed, or the computed total.
    pub fn display_text(&self, document: &Document, id: &FieldId) -> String {
        match &self.cell_edit {
            Some(entry) if entry.field == *id => entry.input.text().into(),
            _ => document.ledger.display_text(&document.form, &document.draft, id.as_str()),
        }
    }

    /// The field under the cursor: a cell, or the narrative.
    pub fn current_field(&self, document: &Document) -> Option<FieldId> {
        if self.in_text() {
            return self.narrative_section(document).map(|section| FieldId::new(&section.id));
        }
        let cursor = self.cursor();
        // A cursor beyond the end of a short row is in its last cell.
        let rows = self.cell_rows(document);
        let row = rows.get(cursor.row)?;
        row.get(cursor.column).or(row.last()).cloned()
    }
}
