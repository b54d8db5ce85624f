//! What of a source has found no place: every row and line that is neither in the draft nor the form's own.

use std::collections::{HashMap, HashSet};

use super::number::{holds_text, parse_cell};
use super::outline::{OutlineItem, TableRow};
use super::vocabulary::Vocabulary;

/// As much of a row as the alignment keeps of it, in characters.
const MAX_KEY: usize = 120;

/// How many texts left on one line are compared with a row of numbers there; a page can be one line.
const MAX_COMPARED: usize = 50;

/// Returns what a row is known by: its line, and its cells as printed.
pub fn row_key(row: &TableRow) -> (usize, String) {
    let cells: Vec<&str> = row.cells.iter().map(|(_, text)| text.as_str()).collect();
    (row.line, cells.join(" | ").chars().take(MAX_KEY).collect())
}

/// What is around an item.
#[derive(Clone, Copy, PartialEq)]
pub enum Surroundings {
    /// Nothing: it is the heading of a section.
    Heading,
    /// What is before the first section: its lines have found their place there.
    FrontMatter,
    /// A table of the form: its labels and headings are no text of the report.
    Table,
    /// A narrative: its lines have found their place there.
    Narrative,
}

/// A source that was read, searched for what of it found no place.
pub struct LeftoverSearch<'a> {
    /// Everything in order.
    pub items: &'a [OutlineItem],
    /// The rows and lines that cells were read from, as [`row_key`] has them.
    pub used_lines: &'a HashSet<(usize, String)>,
    /// The words of the forms.
    pub vocabulary: &'a Vocabulary,
}

impl LeftoverSearch<'_> {
    /// Returns what found no place, each row and line once. `unassigned` are rows and lines with numbers that
    /// belong to no row of their section.
    pub fn leftovers(
        &self,
        surroundings: impl Fn(usize) -> Surroundings,
        unassigned: &[(usize, String)],
    ) -> Vec<(usize, String)> {
        let mut left: Vec<(usize, String)> = Vec::new();
        let rows: Vec<&TableRow> = self.items.iter().filter_map(OutlineItem::row).collect();
        let is_used = |row: &&&TableRow| self.used_lines.contains(&row_key(row));
        let used_tables: HashSet<usize> = rows.iter().filter(is_used).map(|row| row.table).collect();
        for (at, item) in self.items.iter().enumerate() {
            let around = surroundings(at);
            let row = item.row().filter(|row| row.filled().nth(1).is_some());
            match (item, item.running_text()) {
                (OutlineItem::Picture { line }, _) if around != Surroundings::FrontMatter => {
                    left.push((*line, "（图片）".into()));
                }
                (_, Some(text)) if around == Surroundings::Table => {
                    let parts = foreign_text(text, self.vocabulary).into_iter();
                    left.extend(parts.map(|text| (item.line(), text.to_string())));
                }
                _ => left.extend(row.and_then(|row| {
                    let is_form = around == Surroundings::Table || used_tables.contains(&row.table);
                    Some((row.line, self.leftover_cells(row, is_form)?))
                })),
            }
        }
        let rows: HashSet<_> =
            rows.iter().filter(|row| row.filled().nth(1).is_some()).map(|row| row_key(row)).collect();
        let mut lines: HashMap<usize, Vec<String>> = HashMap::new();
        left.iter().for_each(|(line, text)| lines.entry(*line).or_default().push(text.clone()));
        for entry in unassigned {
            let (line, text) = entry;
            let listed = lines.get(line).map_or(&[][..], Vec::as_slice);
            let mut listed = listed.iter().take(MAX_COMPARED);
            let is_listed = listed.any(|whole| whole.contains(text.trim()) || text.contains(whole.as_str()));
            if !is_listed && !self.used_lines.contains(entry) && !rows.contains(entry) {
                left.push(entry.clone());
                // Sections that share their rows name each of them more than once.
                lines.entry(*line).or_default().push(text.clone());
            }
        }
        left
    }

    /// Returns the cells of a row that have found no place: the whole row, or what a row that was read has
    /// beside its label and numbers. `is_form` says that its table is the form's.
    fn leftover_cells(&self, row: &TableRow, is_form: bool) -> Option<String> {
        let vocabulary = self.vocabulary;
        let is_sentence = |text: &str| vocabulary.is_prose(text) && parse_cell(text).is_none();
        let is_own =
            |text: &&str| is_sentence(text) || vocabulary.is_foreign(text) && parse_cell(text).is_none();
        let cells: Vec<&str> = if self.used_lines.contains(&row_key(row)) {
            // The label of a row that was read may be spelled in any way.
            let has_sentence = row.filled().any(is_sentence);
            // What stands behind its numbers is a remark.
            let cells: Vec<&str> = row.filled().collect();
            let label = cells.iter().rposition(|text| !holds_text(text)).map_or(cells.len(), |at| at + 1);
            let own =
                cells.iter().enumerate().filter(|(at, text)| is_own(text) && (has_sentence || *at >= label));
            own.map(|(_, text)| *text).collect()
        } else if is_form && row.filled().all(|text| is_label(text, vocabulary)) {
            Vec::new()
        } else {
            row.filled().collect()
        };
        // Dashes say nothing without a label.
        cells.iter().any(|text| text.contains(char::is_alphanumeric)).then(|| cells.join(" | "))
    }
}

/// Returns whether a cell is a label, a heading, or blank in print.
fn is_label(text: &str, vocabulary: &Vocabulary) -> bool {
    let is_number = parse_cell(text).is_some_and(|number| !number.raw.is_empty());
    !is_number && !vocabulary.is_foreign(text)
}

/// Returns the words of a line that are not the form's: all of a line that has no more of it.
fn foreign_text<'t>(text: &'t str, vocabulary: &Vocabulary) -> Vec<&'t str> {
    let parts = vocabulary.foreign_parts(text);
    let foreign: usize = parts.iter().map(|part| part.len()).sum();
    if foreign * 2 > text.trim().len() { vec![text.trim()] } else { parts }
}
