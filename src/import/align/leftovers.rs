//! What of a source has found no place: every row and line that is neither in the draft nor the form's own.

use std::collections::HashSet;

use super::number::parse_cell;
use super::outline::{OutlineItem, TableRow};
use super::vocabulary::Vocabulary;

/// As much of a row as the alignment keeps of it, in characters.
const MAX_KEY: usize = 120;

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

/// The parts of a source, and which of them were read.
pub struct Parts<'a> {
    /// Everything in order.
    pub items: &'a [OutlineItem],
    /// The rows and lines that cells were read from, as [`row_key`] has them.
    pub used_lines: &'a HashSet<(usize, String)>,
    /// The words of the forms.
    pub vocabulary: &'a Vocabulary,
}

impl Parts<'_> {
    /// Returns what found no place, each row and line once. `unassigned` are rows and lines with numbers that
    /// belong to no row of their section.
    pub fn leftovers(
        &self,
        surroundings: impl Fn(usize) -> Surroundings,
        unassigned: &[(usize, String)],
    ) -> Vec<(usize, String)> {
        let mut left: Vec<(usize, String)> = Vec::new();
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
                _ => left.extend(row.and_then(|row| Some((row.line, self.leftover_cells(row, around)?)))),
            }
        }
        let rows = self.items.iter().filter_map(|item| item.row());
        let rows: HashSet<_> = rows.filter(|row| row.filled().nth(1).is_some()).map(row_key).collect();
        for entry in unassigned {
            let (line, text) = entry;
            let is_named = left.iter().any(|(other, whole)| {
                other == line && (whole.contains(text.trim()) || text.contains(whole.as_str()))
            });
            if !is_named && !self.used_lines.contains(entry) && !rows.contains(entry) {
                left.push(entry.clone());
            }
        }
        left
    }

    /// Returns the cells of a row that have found no place: the whole row, or what a row that was read has
    /// beside its label and numbers.
    fn leftover_cells(&self, row: &TableRow, around: Surroundings) -> Option<String> {
        let vocabulary = self.vocabulary;
        let is_sentence = |text: &str| vocabulary.is_prose(text) && parse_cell(text).is_none();
        let is_own =
            |text: &&str| is_sentence(text) || vocabulary.is_foreign(text) && parse_cell(text).is_none();
        let is_used = |row: &TableRow| self.used_lines.contains(&row_key(row));
        let is_beside_used = || {
            let rows = self.items.iter().filter_map(|item| item.row());
            rows.filter(|other| other.table == row.table).any(is_used)
        };
        let cells: Vec<&str> = if is_used(row) {
            // The label of a row that was read may be spelled in any way.
            let has_sentence = row.filled().any(is_sentence);
            row.filled().filter(is_own).filter(|_| has_sentence).collect()
        } else if row.filled().all(|text| is_label(text, vocabulary))
            && (around == Surroundings::Table || is_beside_used())
        {
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
