//! The report as it is printed: its lines and tables in order, before any file format.
//!
//! Every format and the preview draw from this one layout, so they cannot disagree. What was typed is what
//! is here (`251000元`, `/`, 减4, nothing for a blank or for what is not known); only characters that no document can hold are
//! replaced, see [`super`].

use std::ops::Range;

use super::printable::{paragraph_ranges, printable_line};
use crate::draft::{Amount, Draft, Ledger};
use crate::form::{Body, FieldId, Form, Grid, GridCell, Role, Section};
use crate::text::numerals;

/// What a line of text is, and so how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphStyle {
    /// The title of the report.
    Title,
    /// Under the title: the unit or the year, if the title does not name them.
    Subtitle,
    /// The heading of a section, `一、总体情况`.
    Heading,
    /// A paragraph that begins with `（一）`; [`Paragraph::lead`] is the length of the heading.
    Subheading,
    /// A paragraph of text.
    Body,
    /// The unit that signs.
    Signature,
    /// The date of the signature.
    Date,
}

/// One line of the cover, one heading, or one paragraph of a narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub style: ParagraphStyle,
    /// Its text, without surrounding blanks; never empty.
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
pub struct PrintedTable {
    /// The section's name in field names, `requests`.
    pub section: String,
    /// The section's heading, `三、收到和处理政府信息公开申请情况`.
    pub heading: String,
    /// The printed cells; [`GridCell::text`] of a field is what the report shows.
    pub grid: Grid,
    /// For each place of the grid, row by row, which cell covers it.
    cell_indices: Vec<usize>,
}

impl PrintedTable {
    fn new(section: &Section, mut grid: Grid, mut shown: impl FnMut(&FieldId) -> String) -> Self {
        let mut cell_indices = vec![usize::MAX; grid.rows * grid.columns];
        for (at, cell) in grid.cells.iter_mut().enumerate() {
            if let Role::Value(field) = &cell.role {
                cell.text = shown(field);
            }
            for row in cell.row..cell.row + cell.rows {
                for column in cell.column..cell.column + cell.columns {
                    if let Some(place) = cell_indices.get_mut(row * grid.columns + column) {
                        *place = at;
                    }
                }
            }
        }
        PrintedTable {
            section: section.id.clone(),
            heading: printable_line(&section.heading()),
            grid,
            cell_indices,
        }
    }

    /// Returns the cell that covers a position, or `None` outside the table.
    pub fn cell(&self, row: usize, column: usize) -> Option<&GridCell> {
        if column >= self.grid.columns {
            return None;
        }
        self.grid.cells.get(*self.cell_indices.get(row * self.grid.columns + column)?)
    }

    /// Returns the cells that begin in a row, from left to right.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &GridCell> {
        self.grid.cells.iter().filter(move |cell| cell.row == row)
    }

    /// Returns the rows of each block: from its caption to the next one; the whole table if it has none.
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
pub enum ReportPart {
    /// Words.
    Text(Paragraph),
    /// A table.
    Table(PrintedTable),
}

/// A whole report as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the document calls itself; the name of all such reports where the title is blank.
    pub name: String,
    /// The unit that reports; empty where the draft does not say.
    pub unit: String,
    /// Every line of the cover, the ones that are not printed too: field, label, value.
    pub cover: Vec<(FieldId, String, String)>,
    /// Its parts from top to bottom.
    pub parts: Vec<ReportPart>,
    /// Computed totals that are printed blank because a part of them cannot be read.
    pub unknown_totals: Vec<FieldId>,
    /// Cells that are printed blank because an import could not tell them and nobody has answered.
    pub unread_cells: Vec<FieldId>,
}

impl Report {
    /// Lays out a draft. Nothing is left out but blank lines inside narratives.
    pub fn new(form: &Form, draft: &Draft) -> Self {
        let ledger = Ledger::new(form, draft);
        let name = printable_line(draft.text("cover.title"));
        let unread = draft.unread_cells(form).map(|(field, _)| field.id.clone());
        let mut report = Report {
            name,
            unit: printable_line(draft.unit()),
            cover: vec![],
            parts: vec![],
            unknown_totals: vec![],
            unread_cells: unread.collect(),
        };
        if report.name.is_empty() {
            report.name = "政府信息公开工作年度报告".into();
        }
        report.add_line(ParagraphStyle::Title, &["cover.title"], draft.text("cover.title"));
        report.add_subtitle(draft);
        for section in &form.sections {
            match &section.body {
                Body::Cover(fields) => report.cover.extend(fields.iter().filter_map(|id| {
                    let label = form.field(id.as_str())?.row.to_string();
                    Some((id.clone(), label, printable_line(&draft.get(id.as_str()).typed())))
                })),
                Body::Narrative { .. } | Body::TableText => {
                    // The opening paragraph and the text behind a table are printed without a heading.
                    if !section.numeral.is_empty() {
                        report.add_line(ParagraphStyle::Heading, &[&section.id], &section.heading());
                    }
                    report.add_narrative(&section.id, draft.text(&section.id));
                }
                Body::Table(_) => {
                    report.add_line(ParagraphStyle::Heading, &[], &section.heading());
                    let mut unknown = Vec::new();
                    let table = PrintedTable::new(section, Grid::of(section), |field| {
                        let id = field.as_str();
                        if ledger.is_computed(form, id) && ledger.amount(form, id) == Amount::Unknown {
                            unknown.push(field.clone());
                            return String::new();
                        }
                        if draft.get(id).unread().is_some() && !ledger.is_computed(form, id) {
                            return String::new();
                        }
                        printable_line(&ledger.display_text(form, draft, id))
                    });
                    report.unknown_totals.append(&mut unknown);
                    report.parts.push(ReportPart::Table(table));
                }
            }
        }
        // The unit signs unless somebody else is named.
        let signed = if draft.get("cover.signed_by").is_blank() { "cover.unit" } else { "cover.signed_by" };
        report.add_line(ParagraphStyle::Signature, &[signed], &draft.get(signed).typed());
        report.add_line(ParagraphStyle::Date, &["cover.date"], &draft.get("cover.date").typed());
        report
    }

    /// Marks with `?` what is printed blank because it is not known: the screen shows a clerk which cells
    /// those are, and the file that is handed in has no such sign.
    pub fn mark_unknown(&mut self) {
        let Report { parts, unknown_totals, unread_cells, .. } = self;
        for part in parts {
            let ReportPart::Table(table) = part else { continue };
            for cell in &mut table.grid.cells {
                if let Role::Value(field) = &cell.role
                    && (unknown_totals.contains(field) || unread_cells.contains(field))
                {
                    cell.text = Amount::Unknown.display_text();
                }
            }
        }
    }

    /// Returns the tables in print order.
    pub fn tables(&self) -> impl Iterator<Item = &PrintedTable> {
        self.parts
            .iter()
            .filter_map(|piece| if let ReportPart::Table(table) = piece { Some(table) } else { None })
    }

    /// One line, unless it is blank.
    fn add_line(&mut self, level: ParagraphStyle, fields: &[&str], text: &str) {
        let text = printable_line(text);
        if !text.is_empty() {
            let fields = fields.iter().map(|id| FieldId::new(id)).collect();
            self.parts.push(ReportPart::Text(Paragraph {
                style: level,
                text,
                lead: 0,
                fields,
                source: None,
            }));
        }
    }

    /// Adds the line under the title: unit and year as far as the title does not name them.
    fn add_subtitle(&mut self, draft: &Draft) {
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let title = squeezed(draft.text("cover.title"));
        let mut fields = Vec::new();
        let mut content = Vec::new();
        if !title.contains(&squeezed(draft.unit())) {
            fields.push("cover.unit");
            content.push(draft.unit().to_string());
        }
        let year = draft.get("cover.year").typed();
        if !year.is_empty() && !names_year(&title, &year) {
            fields.push("cover.year");
            content.push(if draft.year().is_some() { format!("{year}年度") } else { year.into_owned() });
        }
        self.add_line(ParagraphStyle::Subtitle, &fields, &content.join("　"));
    }

    fn add_narrative(&mut self, id: &str, text: &str) {
        for source in paragraph_ranges(text) {
            let content = printable_line(text.get(source.clone()).unwrap_or_default());
            if content.is_empty() {
                continue;
            }
            let lead = lead_length(&content);
            self.parts.push(ReportPart::Text(Paragraph {
                style: if lead > 0 { ParagraphStyle::Subheading } else { ParagraphStyle::Body },
                text: content,
                lead,
                fields: vec![FieldId::new(id)],
                source: Some(source),
            }));
        }
    }
}

/// The longest heading that runs into a paragraph, in characters.
const MAX_LEAD: usize = 40;

/// Returns how many bytes of a paragraph are its heading: from `（一）` to the first 。 or ：, or all of a short
/// line without one; 0 if it does not begin like that.
fn lead_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['（', '(']) else { return 0 };
    let Some((number, rest)) = rest.split_once(['）', ')']) else { return 0 };
    if number.is_empty() || !number.chars().all(|c| numerals::ordinal_value(c).is_some()) {
        return 0;
    }
    let numbered = text.len() - rest.len();
    for (at, (byte, c)) in text.char_indices().enumerate() {
        if at > MAX_LEAD {
            return numbered;
        }
        if matches!(c, '。' | '：' | ':') {
            return byte + c.len_utf8();
        }
    }
    text.len()
}

/// Returns whether a title holds the year, in digits or in Chinese digits (二〇二一, 二○二一, 二零二一).
fn names_year(title: &str, year: &str) -> bool {
    let chars: Vec<char> = title.chars().collect();
    let names_it = |four: &[char]| numerals::parse_year(four).is_some_and(|named| named.to_string() == year);
    title.contains(year) || chars.windows(4).any(names_it)
}
