//! The report as it is printed: its lines and tables in order, before any file format.
//!
//! Every format and the preview draw from this one layout, so they cannot disagree. What was typed
//! is what stands here (`251000元`, `/`, 减4, nothing for a blank); only characters that no document
//! can hold are replaced, see [`super`].

use std::ops::Range;

use super::plain;
use crate::draft::{Amount, Draft, Ledger};
use crate::form::{Body, FieldId, Form, Grid, GridCell, Role, Section};
use crate::text::numerals;

/// What a line of text is, and so how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The title of the report.
    Title,
    /// Under the title: the unit or the year, where the title does not say them.
    Under,
    /// The heading of a section, `一、总体情况`.
    Section,
    /// A paragraph that begins with `（一）`; [`Paragraph::lead`] says how much of it is heading.
    Sub,
    /// A paragraph of text.
    Body,
    /// The unit that signs.
    Signed,
    /// The date of the signature.
    Dated,
}

/// One line of the cover, one heading, or one paragraph of a narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub level: Level,
    /// Its words, without the blanks around them; never empty.
    pub text: String,
    /// How many bytes of `text` are a heading that runs into the paragraph (`（一）主动公开。`).
    pub lead: usize,
    /// The fields whose values it shows; for a section's heading, the narrative under it or nothing.
    pub fields: Vec<FieldId>,
    /// For a paragraph of a narrative: its bytes in the field's own text.
    pub source: Option<Range<usize>>,
}

/// A table as printed, its value cells filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The section's name in field names, `requests`.
    pub section: String,
    /// The section's heading, `三、收到和处理政府信息公开申请情况`.
    pub heading: String,
    /// The printed cells; [`GridCell::text`] of a field is what the report shows.
    pub grid: Grid,
    /// For each place of the grid, row by row, which cell covers it.
    places: Vec<usize>,
}

impl Table {
    fn new(section: &Section, mut grid: Grid, mut shown: impl FnMut(&FieldId) -> String) -> Self {
        let mut places = vec![usize::MAX; grid.rows * grid.columns];
        for (at, cell) in grid.cells.iter_mut().enumerate() {
            if let Role::Value(field) = &cell.role {
                cell.text = shown(field);
            }
            for row in cell.row..cell.row + cell.rows {
                for column in cell.column..cell.column + cell.columns {
                    if let Some(place) = places.get_mut(row * grid.columns + column) {
                        *place = at;
                    }
                }
            }
        }
        Table { section: section.id.clone(), heading: plain::line(&section.heading()), grid, places }
    }

    /// The cell that covers a place; none outside the table.
    pub fn cell(&self, row: usize, column: usize) -> Option<&GridCell> {
        if column >= self.grid.columns {
            return None;
        }
        self.grid.cells.get(*self.places.get(row * self.grid.columns + column)?)
    }

    /// The cells that begin in a row, from left to right.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &GridCell> {
        self.grid.cells.iter().filter(move |cell| cell.row == row)
    }

    /// The rows of each block: from its caption to the next one; the whole table where it has none.
    pub fn blocks(&self) -> Vec<Range<usize>> {
        let captions = self.grid.cells.iter().filter(|cell| cell.role == Role::Caption);
        let mut starts: Vec<usize> = captions.map(|cell| cell.row).collect();
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        let ends = starts.iter().skip(1).copied().chain([self.grid.rows]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }
}

/// A part of the report, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(Paragraph),
    /// A table.
    Table(Table),
}

/// A whole report as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the document calls itself; the name of all such reports where the title is blank.
    pub name: String,
    /// Every line of the cover, the ones that are not printed too: field, label, value.
    pub cover: Vec<(FieldId, String, String)>,
    /// Its parts from top to bottom.
    pub pieces: Vec<Piece>,
    /// Computed totals that are printed blank because a part of them cannot be read.
    pub unknown: Vec<FieldId>,
}

impl Report {
    /// Lays out a draft. Nothing is left out but blank lines inside narratives.
    pub fn new(form: &Form, draft: &Draft) -> Self {
        let ledger = Ledger::new(form, draft);
        let name = plain::line(draft.text("cover.title"));
        let mut report = Report { name, cover: vec![], pieces: vec![], unknown: vec![] };
        if report.name.is_empty() {
            report.name = "政府信息公开工作年度报告".into();
        }
        report.text(Level::Title, &["cover.title"], draft.text("cover.title"));
        report.under(draft);
        for section in &form.sections {
            match &section.body {
                Body::Cover(fields) => report.cover.extend(fields.iter().filter_map(|id| {
                    let label = form.field(id.as_str())?.row.to_string();
                    Some((id.clone(), label, plain::line(&draft.get(id.as_str()).typed())))
                })),
                Body::Narrative { .. } => {
                    // The opening paragraph has no numeral and is printed without a heading.
                    if !section.numeral.is_empty() {
                        report.text(Level::Section, &[&section.id], &section.heading());
                    }
                    report.narrative(&section.id, draft.text(&section.id));
                }
                Body::Table(_) => {
                    report.text(Level::Section, &[], &section.heading());
                    let mut unknown = Vec::new();
                    let table = Table::new(section, Grid::of(section), |field| {
                        let id = field.as_str();
                        if ledger.computes(form, id) && ledger.amount(form, id) == Amount::Unknown {
                            unknown.push(field.clone());
                            return String::new();
                        }
                        plain::line(&ledger.shown(form, draft, id))
                    });
                    report.unknown.append(&mut unknown);
                    report.pieces.push(Piece::Table(table));
                }
            }
        }
        // The unit signs where nobody else is named (FORM.md section 10).
        let signed = if draft.get("cover.signed_by").is_blank() { "cover.unit" } else { "cover.signed_by" };
        report.text(Level::Signed, &[signed], &draft.get(signed).typed());
        report.text(Level::Dated, &["cover.date"], &draft.get("cover.date").typed());
        report
    }

    /// The tables in print order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.pieces
            .iter()
            .filter_map(|piece| if let Piece::Table(table) = piece { Some(table) } else { None })
    }

    /// One line, unless it is blank.
    fn text(&mut self, level: Level, fields: &[&str], text: &str) {
        let text = plain::line(text);
        if !text.is_empty() {
            let fields = fields.iter().map(|id| FieldId::new(id)).collect();
            self.pieces.push(Piece::Text(Paragraph { level, text, lead: 0, fields, source: None }));
        }
    }

    /// The line under the title: what the title does not say of unit and year.
    fn under(&mut self, draft: &Draft) {
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let title = squeezed(draft.text("cover.title"));
        let mut fields = Vec::new();
        let mut words = Vec::new();
        if !title.contains(&squeezed(draft.unit())) {
            fields.push("cover.unit");
            words.push(draft.unit().to_string());
        }
        let year = draft.get("cover.year").typed();
        if !year.is_empty() && !says_year(&title, &year) {
            fields.push("cover.year");
            words.push(if draft.year().is_some() { format!("{year}年度") } else { year.into_owned() });
        }
        self.text(Level::Under, &fields, &words.join("　"));
    }

    fn narrative(&mut self, id: &str, text: &str) {
        for source in plain::paragraphs(text) {
            let words = plain::line(text.get(source.clone()).unwrap_or_default());
            if words.is_empty() {
                continue;
            }
            let lead = lead(&words);
            self.pieces.push(Piece::Text(Paragraph {
                level: if lead > 0 { Level::Sub } else { Level::Body },
                text: words,
                lead,
                fields: vec![FieldId::new(id)],
                source: Some(source),
            }));
        }
    }
}

/// The longest heading that runs into a paragraph, in characters.
const LEAD: usize = 40;

/// How many bytes of a paragraph are its heading: from `（一）` to the first 。 or ：, or all of a
/// short line without one; 0 where it does not begin so.
fn lead(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['（', '(']) else { return 0 };
    let Some((number, rest)) = rest.split_once(['）', ')']) else { return 0 };
    if number.is_empty() || !number.chars().all(|c| numerals::ordinal(c).is_some()) {
        return 0;
    }
    let numbered = text.len() - rest.len();
    for (at, (byte, c)) in text.char_indices().enumerate() {
        if at > LEAD {
            return numbered;
        }
        if matches!(c, '。' | '：' | ':') {
            return byte + c.len_utf8();
        }
    }
    text.len()
}

/// Whether a title holds the year, in digits or in Chinese digits (二〇二一, 二○二一, 二零二一).
fn says_year(title: &str, year: &str) -> bool {
    let chars: Vec<char> = title.chars().collect();
    let is_said = |four: &[char]| numerals::year(four).is_some_and(|said| said.to_string() == year);
    title.contains(year) || chars.windows(4).any(is_said)
}
