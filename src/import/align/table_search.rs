//! Where the tables of a source are, and of which form each of them is.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::cells::Table;
use super::outline::{OutlineItem, SectionPosition};
use super::table::{SectionRows, read_section};
use crate::draft::FormIds;
use crate::form::{Form, Library, Section};

/// Two formats that fit a table as well as this: the one of the report's year is meant.
const TIE: f32 = 0.02;

/// The tables that exist in several formats.
const TABLES: [&str; 2] = ["disclosure", "requests"];

/// What the sections' tables can be in, each prepared once, and the tables that were read to choose a format.
pub struct TableSearch<'a> {
    items: &'a [OutlineItem],
    sections: &'a [SectionPosition],
    prepared: Vec<(Range<usize>, Rc<SectionRows<'a>>)>,
    /// By section: its number, and the table as read by the format that fits it best.
    chosen: BTreeMap<String, (usize, Table)>,
}

impl<'a> TableSearch<'a> {
    /// Prepares to read the tables of these sections.
    pub fn new(items: &'a [OutlineItem], sections: &'a [SectionPosition]) -> Self {
        TableSearch { items, sections, prepared: Vec::new(), chosen: BTreeMap::new() }
    }

    /// Returns the form of each table, determined from the table itself.
    pub fn detect_forms(&mut self, library: &Library, known: &[Arc<Form>], year: Option<u16>) -> FormIds {
        let usual = library.for_year(year.unwrap_or(u16::MAX)).to_string();
        let mut forms = FormIds::same(&usual);
        let mut best = [0.0f32; 2];
        // The year's own form first: it wins a tie.
        let mut list: Vec<&Arc<Form>> = known.iter().collect();
        list.sort_by_key(|form| form.id != usual);
        for form in list {
            for (at, id) in TABLES.into_iter().enumerate() {
                let Some((number, section)) = form.sections.iter().enumerate().find(|(_, own)| own.id == id)
                else {
                    continue;
                };
                let table = read_section(form, section, &self.rows_of(number));
                if table.fit > best[at] + TIE {
                    best[at] = table.fit;
                    if at == 0 {
                        forms.disclosure.clone_from(&form.id)
                    } else {
                        forms.requests.clone_from(&form.id)
                    }
                    self.chosen.insert(id.to_string(), (number, table));
                }
            }
        }
        forms
    }

    /// Returns a section's table, read by the form that was detected.
    pub fn table(&mut self, form: &Form, section: &Section, number: usize) -> Table {
        match self.chosen.remove(&section.id) {
            Some((own, table)) if own == number => table,
            _ => read_section(form, section, &self.rows_of(number)),
        }
    }

    /// Returns the rows that a section's table can be read from.
    fn rows_of(&mut self, section: usize) -> Rc<SectionRows<'a>> {
        let range = section_items(self.items, self.sections, section);
        if let Some((_, rows)) = self.prepared.iter().find(|(own, _)| *own == range) {
            return Rc::clone(rows);
        }
        let rows = Rc::new(SectionRows::of(&self.items[range.clone()]));
        self.prepared.push((range, Rc::clone(&rows)));
        rows
    }
}

/// Returns the items that a section's table can be in: its own, or if it has no heading those of the
/// section before it.
fn section_items(items: &[OutlineItem], sections: &[SectionPosition], section: usize) -> Range<usize> {
    match sections.iter().rev().find(|place| place.section <= section) {
        Some(place) => place.body.clone(),
        None => 0..sections.first().map_or(items.len(), |place| place.heading),
    }
}
