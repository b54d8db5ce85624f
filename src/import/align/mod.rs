//! Aligns the paragraphs and tables of any source with a form: one matcher for every format.
//!
//! Sections are found by their headings, rows by their labels within their section, numbers by their
//! positions beside a label. What is not certain stays open.
//!
//! On its way from the source to the form a row is, in this order:
//!
//! 1. [`OutlineItem`]: a line of text, or a [`TableRow`](outline::TableRow) with its cells in their columns;
//! 2. [`NumberRow`](number_row::NumberRow): the numbers of it, and the text before and behind them;
//! 3. [`TargetRow`](target_row::TargetRow): the row of the form that an
//!    [`Assignment`](assign::Assignment) gives it to by its label;
//! 4. [`Extracted`](extract::Extracted): its numbers, one for each field of that row, or why there is no telling;
//! 5. [`Cell`]: what became of one field, once the rows around it are known.

mod assign;
mod cells;
mod columns;
mod cuts;
mod digit_search;
mod extract;
mod front_matter;
mod heading;
mod label;
mod leftovers;
mod normalize;
mod number;
mod number_row;
mod outline;
mod paragraphs;
#[cfg(test)]
mod round_trip;
mod row_scanner;
mod several_reports;
mod signature;
mod stacked;
mod table;
mod table_search;
mod target_row;
#[cfg(test)]
mod tests;
mod unfold;
#[cfg(test)]
mod variants;
mod vocabulary;
mod wrapped_labels;

use crate::import::SourceFormat;
use std::collections::HashSet;
use std::sync::Arc;

use super::source::{MAX_COLUMNS, Source, SourcePart};
use super::{Import, ImportError, OpenField, OpenState, Unplaced};
use crate::draft::{Draft, Totals, Value, parse_value};
use crate::form::{Body, Form, Library, Section};
use cells::{Cell, Table};
use leftovers::{LeftoverSearch, Surroundings};
use normalize::normalize_letters;
use outline::{OutlineItem, SectionPosition};
use signature::Signature;
use table_search::TableSearch;

pub use front_matter::unit_and_year_of;

/// Aligns a source with the form, and returns the draft and what is open in it.
///
/// # Errors
/// Returns an error if the source holds nothing of a report, or more than one report.
pub fn align(source: &Source, library: &Library) -> Result<Import, ImportError> {
    let wrapped = source.format == SourceFormat::Text;
    let known: Vec<Arc<Form>> = library.list().iter().filter_map(|(id, ..)| library.get(id)).collect();
    let newest = library.for_year(u16::MAX);
    let Some(newest) = known.iter().find(|form| form.id == newest) else { return Err(ImportError::NoReport) };
    let headings = heading::Headings::of(newest);
    let vocabulary = vocabulary::Vocabulary::of(&known);
    let is_table = |section: usize| newest.sections.get(section).is_some_and(|it| !it.is_narrative());
    let columns = target_row::column_headings(&known);
    let items = outline::outline(source, &headings, |rows| unfold::unfold(rows, &columns));
    if several_reports::holds_several_reports(&items, &headings) {
        return Err(ImportError::SeveralReports);
    }
    let (items, sections) = outline::locate_sections(items, &headings, &vocabulary, wrapped, is_table);
    let start = sections.first().map_or(items.len(), |place| place.heading);
    let head = front_matter::read_front_matter(&items[..start], wrapped);
    let mut tables = TableSearch::new(&items, &sections);
    let forms = tables.detect_forms(library, &known, head.year);
    let mut aligner = Aligner {
        items: &items,
        sections: &sections,
        tables,
        wrapped,
        used_lines: HashSet::new(),
        cover_lines: HashSet::new(),
        unassigned: Vec::new(),
        import: Import { draft: Draft::empty(forms.clone()), ..Import::default() },
    };
    aligner.import.draft.totals = Totals::Typed;
    let Some(form) = library.compose(&forms.disclosure, &forms.requests) else {
        return Err(ImportError::NoReport);
    };
    let titled = head.title.is_some() || head.unit.is_some();
    let dates = aligner.set_front_matter(head);
    aligner.report_cut_off(source);
    aligner.read_labelled_cover(&form);
    for (number, section) in form.sections.iter().enumerate() {
        match &section.body {
            Body::Table(_) => aligner.read_table(&form, section, number),
            Body::Narrative { .. } if !section.numeral.is_empty() => aligner.read_narrative(section, number),
            _ => {}
        }
    }
    if sections.is_empty() && !titled && aligner.import.read_count == 0 {
        return Err(ImportError::NoReport);
    }
    aligner.complete_cover(dates);
    aligner.report_leftovers(&form, &vocabulary);
    aligner.report_asides(source);
    Ok(aligner.finish(&form))
}

struct Aligner<'a> {
    items: &'a [OutlineItem],
    sections: &'a [SectionPosition],
    tables: TableSearch<'a>,
    wrapped: bool,
    /// The rows and lines that cells were read from: line, and the text as printed.
    used_lines: HashSet<(usize, String)>,
    /// The rows of which the label and all the rest are of the cover.
    cover_lines: HashSet<usize>,
    /// Rows and lines with numbers that belong to no row of their section.
    unassigned: Vec<(usize, String)>,
    import: Import,
}

impl Aligner<'_> {
    fn set_text(&mut self, field: &str, text: &str) {
        if !text.is_empty() {
            self.import.draft.set(field, Value::Text(text.into()));
        }
    }

    fn add_unplaced(&mut self, list: impl IntoIterator<Item = (usize, String)>) {
        self.import.unplaced.extend(list.into_iter().map(|(line, text)| Unplaced { line, text }));
    }

    /// Sets what the source holds before its sections, and returns the dates among it.
    fn set_front_matter(&mut self, head: front_matter::FrontMatter) -> Vec<(usize, String)> {
        self.set_text("cover.title", head.title.as_deref().unwrap_or_default());
        self.set_text("cover.unit", head.unit.as_deref().unwrap_or_default());
        if let Some(year) = head.year {
            self.import.draft.set("cover.year", Value::Count(year.into()));
        }
        self.set_text("preface", &head.preface.join("\n"));
        self.add_unplaced(head.unplaced);
        head.dates
    }

    /// What a table holds beyond the columns that are read.
    fn report_cut_off(&mut self, source: &Source) {
        for part in &source.parts {
            let SourcePart::Table(table) = part else { continue };
            let message = |text: String| format!("（第 {MAX_COLUMNS} 列以后）{text}");
            self.add_unplaced(table.cut_off_rows().into_iter().map(|(line, text)| (line, message(text))));
        }
    }

    /// What is printed beside the text.
    fn report_asides(&mut self, source: &Source) {
        let aside = |part: &SourcePart| match part {
            SourcePart::Aside { line, text } => Some((*line, text.clone())),
            _ => None,
        };
        self.add_unplaced(source.parts.iter().filter_map(aside));
    }

    /// Fields of the cover that are beside their label in a table, as an exported report has them.
    fn read_labelled_cover(&mut self, form: &Form) {
        let cover = form.sections.iter().filter(|section| matches!(section.body, Body::Cover(_)));
        let fields: Vec<_> = cover.flat_map(|section| form.fields_of(section)).collect();
        let start = self.sections.first().map_or(self.items.len(), |place| place.heading);
        for item in &self.items[..start] {
            let OutlineItem::Row(row) = item else { continue };
            let mut filled = row.filled();
            let (Some(label), Some(text), None) = (filled.next(), filled.next(), filled.next()) else {
                continue;
            };
            if let Some(field) =
                fields.iter().find(|field| normalize_letters(&field.row) == normalize_letters(label))
            {
                self.import.draft.set(field.id.clone(), parse_value(&field.kind, text));
                self.cover_lines.insert(row.line);
            }
        }
        let around = |text: &str| {
            form.sections.iter().any(|section| section.numeral.is_empty() && section.title == text)
                || fields.iter().any(|field| *field.row == *text)
        };
        self.import.unplaced.retain(|it| !around(&it.text) && !self.cover_lines.contains(&it.line));
    }

    fn read_table(&mut self, form: &Form, section: &Section, number: usize) {
        let Table { cells, unplaced, mut decided, .. } = self.tables.table(form, section, number);
        decided.retain(|field| matches!(cells.get(field), Some((Cell::Read(_), ..))));
        self.import.decided_by_sums.extend(decided);
        let place = self.sections.iter().find(|place| place.section == number);
        let is_picture = |item: &OutlineItem| matches!(item, OutlineItem::Picture { .. });
        let has_picture = place.is_some_and(|place| self.items[place.body.clone()].iter().any(is_picture));
        // Without a heading of its own, the rows left over may be another section's.
        let is_in_source = cells.values().any(|(cell, _, text)| *cell != Cell::NotFound || !text.is_empty())
            || has_picture
            || place.is_some() && !unplaced.is_empty();
        for field in form.fields_of(section) {
            let Some((cell, line, text)) = cells.get(&field.id) else { continue };
            if *cell != Cell::NotFound {
                self.used_lines.insert((*line, text.clone()));
                self.import.note_row(&field.id, *line, text);
            }
            let (state, candidates) = match cell {
                Cell::Read(number) if number.raw.is_empty() => (OpenState::Blank, Vec::new()),
                Cell::Read(number) => {
                    self.import.draft.set(field.id.clone(), parse_value(&field.kind, &number.raw));
                    if !number.note.is_empty() {
                        self.import.draft.notes.insert(field.id.clone(), number.note.clone());
                    }
                    self.import.read_count += 1;
                    continue;
                }
                Cell::Ambiguous(candidates) => (OpenState::Ambiguous, candidates.clone()),
                Cell::NotFound => (OpenState::NotFound, Vec::new()),
            };
            let open =
                OpenField { field: field.id.clone(), state, candidates, line: *line, text: text.clone() };
            if open.state != OpenState::Blank && is_in_source {
                self.import.draft.set(field.id.clone(), open.to_unread());
            }
            self.import.open.push(open);
        }
        // What is a narrative as well has its place there.
        let last = self.sections.iter().rev().find(|place| place.section <= number);
        if last.is_some_and(|place| !form.sections[place.section].is_narrative()) {
            self.unassigned.extend(unplaced);
        }
        if let Some(place) = self.sections.iter().find(|place| place.section == number) {
            let lines = self.items[place.body.clone()].iter().filter_map(|item| match item {
                OutlineItem::Prose { text, .. } => Some(text.as_str()),
                _ => None,
            });
            let text = paragraphs::join_paragraphs(lines, self.wrapped).join("\n");
            self.set_text(&section.id, &text);
        }
    }

    fn read_narrative(&mut self, section: &Section, number: usize) {
        let Some(place) = self.sections.iter().find(|place| place.section == number) else {
            self.import.open.push(open_text(&section.id, OpenState::NotFound, 0));
            return;
        };
        let is_last = self.sections.last() == Some(place);
        let items = &self.items[place.body.clone()];
        let mut lines: Vec<(usize, &str)> =
            items.iter().filter_map(|item| Some((item.line(), item.running_text()?))).collect();
        let mut signed = Signature { lines: lines.len()..lines.len(), ..Signature::default() };
        if is_last {
            let unit = self.import.draft.unit();
            let unit = (!unit.is_empty()).then_some(unit);
            lines = lines
                .into_iter()
                .flat_map(|(line, text)| {
                    signature::cut_signature(text, unit).into_iter().map(move |text| (line, text))
                })
                .collect();
            let texts: Vec<&str> = lines.iter().map(|(_, text)| *text).collect();
            signed = signature::find_signature(&texts, unit);
        }
        let behind = lines.split_off(signed.lines.end);
        lines.truncate(signed.lines.start);
        let text = paragraphs::join_paragraphs(lines.iter().map(|(_, text)| *text), self.wrapped).join("\n");
        self.set_text(&section.id, &text);
        if text.is_empty() {
            let line = self.items.get(place.heading).map_or(0, OutlineItem::line);
            self.import.open.push(open_text(&section.id, OpenState::Blank, line));
        }
        self.set_text("cover.signed_by", signed.unit.as_deref().unwrap_or_default());
        self.set_text("cover.date", signed.date.as_deref().unwrap_or_default());
        self.add_unplaced(behind.into_iter().map(|(line, text)| (line, text.trim().to_string())));
    }

    /// Fills in what the cover lacks and the rest of the source has: `dates` are those before its sections.
    fn complete_cover(&mut self, dates: Vec<(usize, String)>) {
        let draft = &self.import.draft;
        let signed = draft.text("cover.signed_by").to_string();
        if draft.unit().is_empty() {
            self.set_text("cover.unit", &signed);
        }
        if self.import.draft.text("cover.date").is_empty()
            && let Some((_, date)) = dates.last()
        {
            self.set_text("cover.date", date);
        }
        let date = self.import.draft.text("cover.date").to_string();
        self.add_unplaced(dates.into_iter().filter(|(_, other)| *other != date));
        for field in ["cover.year", "cover.unit"] {
            if self.import.draft.get(field).is_blank() {
                self.import.open.insert(0, open_text(field, OpenState::NotFound, 0));
            }
        }
    }

    /// Lists what found no place, each row and line once.
    fn report_leftovers(&mut self, form: &Form, vocabulary: &vocabulary::Vocabulary) {
        let surroundings = |at: usize| {
            let place = self.sections.iter().rev().find(|place| place.heading <= at);
            match place {
                Some(place) if place.heading == at => Surroundings::Heading,
                Some(place) if form.sections.get(place.section).is_some_and(|it| !it.is_narrative()) => {
                    Surroundings::Table
                }
                Some(_) => Surroundings::Narrative,
                None => Surroundings::FrontMatter,
            }
        };
        let search = LeftoverSearch { items: self.items, used_lines: &self.used_lines, vocabulary };
        let mut left = search.leftovers(surroundings, &self.unassigned);
        left.retain(|(line, _)| !self.cover_lines.contains(line));
        self.add_unplaced(left);
    }

    fn finish(mut self, form: &Form) -> Import {
        self.import.open.sort_by_key(|open| form.position(open.field.as_str()));
        self.import.unplaced.sort_by_key(|unplaced| unplaced.line);
        self.import
    }
}

/// Returns a text that is open, without candidates.
fn open_text(field: &str, state: OpenState, line: usize) -> OpenField {
    OpenField { field: field.into(), state, candidates: Vec::new(), line, text: String::new() }
}
