//! The headings over pasted numbers: they say which columns the numbers stand in, or that they belong to
//! another table.

use crate::form::{Block, Form, Node, Section};
use crate::text::{digits, numerals};

/// A label that names a column of another table only by containing its words has at least so many of them.
const LONG_LABEL: usize = 4;

/// What a label without a number names.
#[derive(Clone, Debug)]
enum Named {
    /// Columns of this table, each by its block and its position there.
    Columns(Vec<(usize, usize)>),
    /// Something of another table, which is called so.
    OtherTable(String),
    /// No column: a row, a group, a caption, words that the form does not have.
    Nothing,
}

/// A label that names something, with its position in its line.
#[derive(Clone, Debug)]
struct Heading {
    label: String,
    position: usize,
    named: Named,
}

/// Why pasted numbers go nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadingError {
    /// A heading belongs to the table that is called so.
    OtherTable {
        /// The heading.
        label: String,
        /// The id of the section of that table.
        section: String,
    },
    /// A heading is none of the row that the numbers would go to.
    OtherRow(String),
    /// The order of the columns cannot be told.
    Unordered,
}

/// The lines of headings that stand over the next pasted numbers.
pub struct PastedHeadings<'f> {
    form: &'f Form,
    section: &'f Section,
    lines: Vec<Vec<Heading>>,
    /// Whether numbers have followed: the next heading begins a new table.
    is_used: bool,
}

impl<'f> PastedHeadings<'f> {
    /// No headings yet, over numbers for this table.
    pub fn new(form: &'f Form, section: &'f Section) -> Self {
        PastedHeadings { form, section, lines: Vec::new(), is_used: false }
    }

    /// Takes a line of labels; one that names no column changes nothing.
    pub fn push(&mut self, labels: &[String]) {
        let named = |(position, label): (usize, &String)| {
            let named = self.what_is_named(label);
            let label = label.trim().to_string();
            (!matches!(named, Named::Nothing)).then_some(Heading { label, position, named })
        };
        let line: Vec<Heading> = labels.iter().enumerate().filter_map(named).collect();
        if line.is_empty() {
            return;
        }
        if std::mem::take(&mut self.is_used) {
            self.lines.clear();
        }
        self.lines.push(line);
    }

    /// Returns the columns of a block that the numbers below stand in, in their order; `None` without headings.
    ///
    /// # Errors
    ///
    /// Returns an error if a heading names something else than a column of the block, or if the order of the
    /// columns cannot be told.
    pub fn columns(&mut self, block: usize) -> Result<Option<Vec<usize>>, HeadingError> {
        self.is_used = true;
        let mut found: Vec<(usize, usize)> = Vec::new();
        for heading in self.lines.iter().flatten() {
            let label = heading.label.clone();
            match &heading.named {
                Named::OtherTable(section) => {
                    return Err(HeadingError::OtherTable { label, section: section.clone() });
                }
                Named::Columns(columns) => match columns.iter().find(|(of, _)| *of == block) {
                    Some((_, column)) => found.push((heading.position, *column)),
                    None => return Err(HeadingError::OtherRow(label)),
                },
                Named::Nothing => {}
            }
        }
        if found.is_empty() {
            return Ok(None);
        }
        let count = self.section.blocks().get(block).map_or(0, |block| block.columns.len());
        let columns: Vec<usize> = found.iter().map(|(_, column)| *column).collect();
        let all = || (0..count).collect::<Vec<usize>>();
        let is_stacked = self.section.blocks().get(block).is_some_and(Block::is_stacked);
        // In print the rows stand side by side, each under headings of its own.
        if is_stacked && columns.len() > count && columns.chunks(count.max(1)).all(|part| part == all()) {
            return Ok(Some(all()));
        }
        if (1..columns.len()).any(|at| columns[..at].contains(&columns[at])) {
            return Err(HeadingError::Unordered);
        }
        // Headings of several levels are read line by line, not in the order of their columns.
        if self.lines.len() == 1 || columns.is_sorted() {
            return Ok(Some(columns));
        }
        if columns.len() == count {
            return Ok(Some(all()));
        }
        found.sort_unstable();
        let is_placed = found.windows(2).all(|two| two[0].0 != two[1].0);
        if is_placed {
            Ok(Some(found.into_iter().map(|(_, column)| column).collect()))
        } else {
            Err(HeadingError::Unordered)
        }
    }

    fn what_is_named(&self, label: &str) -> Named {
        let wanted = normalize_label(label);
        if wanted.is_empty() {
            return Named::Nothing;
        }
        let same = |own: &str| normalize_label(own) == wanted;
        let own = columns_with(self.section, &same);
        if !own.is_empty() {
            return Named::Columns(own);
        }
        if names_something(self.section, &same) {
            return Named::Nothing;
        }
        let others = || self.form.tables().filter(|other| other.id != self.section.id);
        let is_named =
            |other: &&Section| !columns_with(other, &same).is_empty() || names_something(other, &same);
        if let Some(other) = others().find(is_named) {
            return Named::OtherTable(other.id.clone());
        }
        let close = |own: &str| {
            let own = normalize_label(own);
            // A title that happens to contain the words is no heading.
            let is_alike = own.len().max(wanted.len()) <= 2 * own.len().min(wanted.len());
            is_alike && (own.contains(&wanted) || wanted.contains(&own))
        };
        let near = columns_with(self.section, &close);
        let is_one = near.iter().all(|(block, _)| near.iter().filter(|(of, _)| of == block).count() == 1);
        if !near.is_empty() && is_one {
            return Named::Columns(near);
        }
        let long = |own: &str| normalize_label(own).chars().count() >= LONG_LABEL && close(own);
        match others().find(|other| !columns_with(other, &long).is_empty()) {
            Some(other) if near.is_empty() => Named::OtherTable(other.id.clone()),
            _ => Named::Nothing,
        }
    }
}

/// Returns the columns of a table one of whose names is wanted.
fn columns_with(section: &Section, is_wanted: &dyn Fn(&str) -> bool) -> Vec<(usize, usize)> {
    let blocks = section.blocks().iter().enumerate();
    let columns =
        blocks.flat_map(|(of, block)| block.columns.iter().enumerate().map(move |(at, it)| ((of, at), it)));
    let names = |label: &crate::form::Label| [label.text.clone(), label.short.clone(), label.name.clone()];
    columns.filter(|(_, it)| names(&it.label).iter().any(|name| is_wanted(name))).map(|(at, _)| at).collect()
}

/// Returns whether a table has a title, caption, corner, group or row of that name.
fn names_something(section: &Section, is_wanted: &dyn Fn(&str) -> bool) -> bool {
    fn in_tree(nodes: &[Node], is_wanted: &dyn Fn(&str) -> bool) -> bool {
        nodes.iter().any(|node| {
            is_wanted(&node.label.text) || is_wanted(&node.label.short) || in_tree(&node.children, is_wanted)
        })
    }
    is_wanted(&section.title)
        || section.blocks().iter().any(|block| {
            is_wanted(&block.caption)
                || is_wanted(&block.corner)
                || in_tree(&block.column_headings, is_wanted)
                || in_tree(&block.row_labels, is_wanted)
        })
}

/// Returns the Chinese words of a label: no numbering, no brackets, no punctuation.
pub fn normalize_label(label: &str) -> String {
    let is_numbering = |c: char| {
        digits::digit(c).is_some() || numerals::ordinal_value(c).is_some() || "（）()、.． ".contains(c)
    };
    let bare = label.trim().trim_start_matches(is_numbering);
    bare.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect()
}
