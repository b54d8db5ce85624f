//! Places the paragraphs and tables of any source in a draft: one matcher for every format.
//!
//! Sections are found by their headings, rows by the words of their labels inside their section,
//! numbers by their places beside a label. What is not certain stays open.

mod assign;
mod cells;
mod columns;
mod cover;
mod digits;
mod heading;
mod label;
mod number;
mod outline;
mod prose;
mod record;
#[cfg(test)]
mod round;
mod stacked;
mod table;
mod taken;
mod target;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod variants;
mod words;

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::source::{Part, Source, WIDEST};
use super::{Import, Open, State, Unplaced};
use crate::draft::{Draft, Forms, Totals, Value, read};
use crate::form::{Body, Form, Library, Section};
use cells::{Cell, Table};
use outline::{Item, Place};
use table::Rows;
use words::letters;

/// The draft that a source holds, and what of it is open.
pub fn place(source: &Source, library: &Library) -> Import {
    let wrapped = source.format == "txt";
    let known: Vec<Arc<Form>> = library.list().iter().filter_map(|(id, ..)| library.get(id)).collect();
    let newest = library.for_year(u16::MAX);
    let Some(newest) = known.iter().find(|form| form.id == newest) else { return Import::default() };
    let headings = heading::Headings::of(newest);
    let items = outline::items(source, &headings);
    let places = outline::places(&items, &headings);
    let start = places.first().map_or(items.len(), |place| place.heading);
    let head = cover::head(&items[..start], wrapped);
    let mut parts = Parts { items: &items, places: &places, read: Vec::new() };
    let forms = forms(&mut parts, library, &known, head.year);
    let mut placing = Placing {
        items: &items,
        places: &places,
        parts,
        wrapped,
        found: Import { draft: Draft::empty(forms.clone()), ..Import::default() },
    };
    placing.found.draft.totals = Totals::Typed;
    let Some(form) = library.compose(&forms.disclosure, &forms.requests) else { return placing.found };
    placing.head(head);
    placing.cut_off(source);
    placing.labelled(&form);
    for (number, section) in form.sections.iter().enumerate() {
        match &section.body {
            Body::Table(_) => placing.table(&form, section, number),
            Body::Narrative { .. } if !section.numeral.is_empty() => placing.narrative(section, number),
            _ => {}
        }
    }
    placing.cover();
    placing.finish(&form)
}

/// How much is shown of what stands beyond the columns that are read, in characters.
const CUT_OFF: usize = 100;

/// Two formats that fit a table as well as this: the one of the report's year is meant.
const TIE: f32 = 0.02;

/// The form of each table, told by the table itself.
fn forms(parts: &mut Parts, library: &Library, known: &[Arc<Form>], year: Option<u16>) -> Forms {
    let usual = library.for_year(year.unwrap_or(u16::MAX)).to_string();
    let mut forms = Forms::same(&usual);
    let mut best = [0.0f32; 2];
    // The year's own form first: it wins a tie.
    let mut list: Vec<&Arc<Form>> = known.iter().collect();
    list.sort_by_key(|form| form.id != usual);
    for form in list {
        for (at, section) in ["disclosure", "requests"].into_iter().enumerate() {
            let Some((number, section)) = form.sections.iter().enumerate().find(|(_, own)| own.id == section)
            else {
                continue;
            };
            let fit = table::read(form, section, &parts.of(number)).fit;
            if fit > best[at] + TIE {
                best[at] = fit;
                if at == 0 {
                    forms.disclosure.clone_from(&form.id)
                } else {
                    forms.requests.clone_from(&form.id)
                }
            }
        }
    }
    forms
}

/// The items that a section's table can stand in: its own, or where it has no heading those of the
/// section before it.
fn range(items: &[Item], places: &[Place], section: usize) -> Range<usize> {
    match places.iter().rev().find(|place| place.section <= section) {
        Some(place) => place.body.clone(),
        None => 0..places.first().map_or(items.len(), |place| place.heading),
    }
}

/// What the sections' tables can stand in, each read once.
struct Parts<'a> {
    items: &'a [Item],
    places: &'a [Place],
    read: Vec<(Range<usize>, Rc<Rows<'a>>)>,
}

impl<'a> Parts<'a> {
    /// The rows that a section's table can be read from.
    fn of(&mut self, section: usize) -> Rc<Rows<'a>> {
        let range = range(self.items, self.places, section);
        if let Some((_, rows)) = self.read.iter().find(|(own, _)| *own == range) {
            return Rc::clone(rows);
        }
        let rows = Rc::new(Rows::of(&self.items[range.clone()]));
        self.read.push((range, Rc::clone(&rows)));
        rows
    }
}

struct Placing<'a> {
    items: &'a [Item],
    places: &'a [Place],
    parts: Parts<'a>,
    wrapped: bool,
    found: Import,
}

impl Placing<'_> {
    fn text(&mut self, field: &str, text: &str) {
        if !text.is_empty() {
            self.found.draft.set(field, Value::Text(text.into()));
        }
    }

    fn unplaced(&mut self, list: impl IntoIterator<Item = (usize, String)>) {
        self.found.unplaced.extend(list.into_iter().map(|(line, text)| Unplaced { line, text }));
    }

    fn head(&mut self, head: cover::Cover) {
        self.text("cover.title", head.title.as_deref().unwrap_or_default());
        self.text("cover.unit", head.unit.as_deref().unwrap_or_default());
        if let Some(year) = head.year {
            self.found.draft.set("cover.year", Value::Count(year.into()));
        }
        self.text("preface", &head.preface.join("\n"));
        self.unplaced(head.unplaced);
    }

    /// What a table holds beyond the columns that are read.
    fn cut_off(&mut self, source: &Source) {
        for part in &source.parts {
            let Part::Table(table) = part else { continue };
            let words = |text: String| {
                let shown: String = text.chars().take(CUT_OFF).collect();
                let more = if shown.len() < text.len() { "……" } else { "" };
                format!("（第 {WIDEST} 列以后）{shown}{more}")
            };
            self.unplaced(table.cut_off().into_iter().map(|(line, text)| (line, words(text))));
        }
    }

    /// Fields of the cover that stand beside their label in a table, as an exported report has them.
    fn labelled(&mut self, form: &Form) {
        let cover = form.sections.iter().filter(|section| matches!(section.body, Body::Cover(_)));
        let fields: Vec<_> = cover.flat_map(|section| form.fields_of(section)).collect();
        let start = self.places.first().map_or(self.items.len(), |place| place.heading);
        for item in &self.items[..start] {
            let Item::Row(row) = item else { continue };
            let mut filled = row.cells.iter().map(|(_, text)| text).filter(|text| !text.is_empty());
            let (Some(label), Some(text), None) = (filled.next(), filled.next(), filled.next()) else {
                continue;
            };
            if let Some(field) = fields.iter().find(|field| letters(&field.row) == letters(label)) {
                self.found.draft.set(field.id.clone(), read(&field.kind, text));
            }
        }
        let around = |text: &str| {
            form.sections.iter().any(|section| section.numeral.is_empty() && section.title == text)
        };
        self.found.unplaced.retain(|unplaced| !around(&unplaced.text));
    }

    fn table(&mut self, form: &Form, section: &Section, number: usize) {
        let range = range(self.items, self.places, number);
        let items = &self.items[range];
        let Table { cells, mut unplaced, .. } = table::read(form, section, &self.parts.of(number));
        for field in form.fields_of(section) {
            let Some((cell, line, text)) = cells.get(&field.id) else { continue };
            let (state, candidates) = match cell {
                Cell::Read(number) if number.raw.is_empty() => (State::Blank, Vec::new()),
                Cell::Read(number) => {
                    self.found.draft.set(field.id.clone(), read(&field.kind, &number.raw));
                    if !number.note.is_empty() {
                        self.found.draft.notes.insert(field.id.clone(), number.note.clone());
                    }
                    self.found.read += 1;
                    continue;
                }
                Cell::Ambiguous(candidates) => (State::Ambiguous, candidates.clone()),
                Cell::NotFound => (State::NotFound, Vec::new()),
            };
            let open = Open { field: field.id.clone(), state, candidates, line: *line, text: text.clone() };
            self.found.open.push(open);
        }
        // Sections that share their items would report each other's rows.
        if !self.places.iter().any(|place| place.section == number) {
            unplaced.clear();
        }
        unplaced.extend(items.iter().filter_map(|item| match item {
            Item::Picture { line } => Some((*line, "（图片）".to_string())),
            Item::Text { line, text } if is_remark(text) => Some((*line, text.trim().to_string())),
            _ => None,
        }));
        self.unplaced(unplaced);
    }

    fn narrative(&mut self, section: &Section, number: usize) {
        let Some(place) = self.places.iter().find(|place| place.section == number) else {
            let field = section.id.as_str().into();
            self.found.open.push(Open {
                field,
                state: State::NotFound,
                candidates: Vec::new(),
                line: 0,
                text: String::new(),
            });
            return;
        };
        let is_last = self.places.last() == Some(place);
        let (mut lines, others) = prose::lines(&self.items[place.body.clone()]);
        lines.insert(0, &place.rest);
        let mut signed = (lines.len(), None, None);
        if is_last {
            let unit = self.found.draft.unit();
            signed = cover::signature(&lines, (!unit.is_empty()).then_some(unit));
        }
        let tail: Vec<&str> = lines.split_off(signed.0.min(lines.len()));
        let text = prose::paragraphs(lines, self.wrapped).join("\n");
        let taken = usize::from(signed.1.is_some()) + usize::from(signed.2.is_some());
        let line = self.items.last().map_or(0, Item::line);
        let same_line = tail.first().is_some_and(|text| {
            signed.1.is_some()
                && cover::day(text).is_none()
                && signed.2.is_some()
                && tail.get(1).is_none_or(|next| cover::day(next).is_none())
        });
        let after = if same_line { 1 } else { taken };
        let left = tail.iter().skip(after).map(|text| (line, text.trim().to_string())).collect();
        let left = cover::gathered(left);
        self.text(&section.id, &text);
        if text.is_empty() {
            let line = self.items.get(place.heading).map_or(0, Item::line);
            let field = section.id.as_str().into();
            self.found.open.push(Open {
                field,
                state: State::Blank,
                candidates: Vec::new(),
                line,
                text: String::new(),
            });
        }
        self.text("cover.signed_by", signed.1.as_deref().unwrap_or_default());
        self.text("cover.date", signed.2.as_deref().unwrap_or_default());
        self.unplaced(others);
        self.unplaced(left);
    }

    /// What the cover still lacks and the rest of the source says.
    fn cover(&mut self) {
        let draft = &self.found.draft;
        let signed = draft.text("cover.signed_by").to_string();
        if draft.unit().is_empty() {
            self.text("cover.unit", &signed);
        }
        if self.found.draft.text("cover.date").is_empty() {
            let start = self.places.first().map_or(0, |place| place.heading);
            let mut dates = self.items[..start].iter().filter_map(|item| cover::day(item.running_text()?));
            if let Some(date) = dates.next_back() {
                self.text("cover.date", &date);
            }
        }
        for field in ["cover.year", "cover.unit"] {
            if self.found.draft.get(field).is_blank() {
                let open = Open {
                    field: field.into(),
                    state: State::NotFound,
                    candidates: Vec::new(),
                    line: 0,
                    text: String::new(),
                };
                self.found.open.insert(0, open);
            }
        }
    }

    fn finish(mut self, form: &Form) -> Import {
        self.found.open.sort_by_key(|open| form.position(open.field.as_str()));
        self.found.unplaced.sort_by_key(|unplaced| unplaced.line);
        self.found.unplaced.dedup();
        self.found
    }
}

/// Whether a line between tables says something in a sentence.
fn is_remark(text: &str) -> bool {
    let text = text.trim();
    text.contains('。')
        || ["注：", "注:", "备注", "说明：", "说明:"].iter().any(|start| text.starts_with(start))
}
