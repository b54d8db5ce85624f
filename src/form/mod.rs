//! The form as data: sections, tables with nested headings, narratives, fields and relations.
//!
//! A form is read from a file (`assets/forms/*.ron`, or one of the user's), checked once, and never
//! changes while a draft is open. Nothing in the program names a heading or a sum in code.

mod error;
mod file;
mod grid;
mod id;
mod kind;
mod library;
mod resolve;
#[cfg(test)]
mod tests;

pub use error::{FormError, ron_message};
pub use file::{Per, Years};
pub use grid::{Grid, GridCell, Role};
pub use id::FieldId;
pub use kind::Kind;
pub use library::Library;

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A printed label in three lengths, which are often the same. Headings, columns, rows and fields share
/// them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The official text, as printed on the form.
    pub text: Arc<str>,
    /// At most 16 columns for a row and 8 for a column, for narrow screens.
    pub short: Arc<str>,
    /// The name used in messages, without its numbering.
    pub name: Arc<str>,
}

/// A heading or row label with those below it; only a leaf has an `id`.
#[derive(Clone, Debug)]
pub struct Node {
    /// The column or row part of the field names below; empty if there are nodes under it.
    pub id: String,
    /// The printed text.
    pub label: Label,
    /// The nodes below this one, in print order.
    pub children: Vec<Node>,
}

impl Node {
    /// Returns the number of leaves below this node; 1 for a leaf.
    pub fn leaf_count(&self) -> usize {
        if self.children.is_empty() { 1 } else { self.children.iter().map(Node::leaf_count).sum() }
    }

    /// Returns the number of levels from this node down; 1 for a leaf.
    pub fn depth(&self) -> usize {
        1 + self.children.iter().map(Node::depth).max().unwrap_or(0)
    }
}

/// One row of a block as entered on the screen: its label, the labels above it, its cells.
#[derive(Clone, Debug)]
pub struct FormRow {
    /// The row part of the field names.
    pub id: String,
    /// The row's own label.
    pub label: Label,
    /// The labels above it, outermost first (三、本年度办理结果, （三）不予公开).
    pub parents: Vec<Label>,
    /// The fields of the row, one for each column.
    pub cells: Vec<FieldId>,
}

/// A part of a table with headings of its own (section 二 has four or five, the others one).
#[derive(Clone, Debug)]
pub struct Block {
    /// The caption across the table, or empty.
    pub caption: String,
    /// The text in the corner above the row labels, or empty.
    pub corner: String,
    /// The heading tree in print order.
    pub column_headings: Vec<Node>,
    /// The tree of row labels in print order; empty if one unlabelled row is printed.
    pub row_labels: Vec<Node>,
    /// The columns of the block as entered on the screen: column part of the name, and label.
    pub columns: Vec<Column>,
    /// The rows of the block as entered on the screen.
    pub rows: Vec<FormRow>,
}

impl Block {
    /// Returns `true` if the headings name the rows: one row in print, one row per heading on the screen.
    pub fn is_stacked(&self) -> bool {
        self.row_labels.is_empty()
    }
}

/// A column of a block as entered on the screen.
#[derive(Clone, Debug)]
pub struct Column {
    /// The column part of the field names.
    pub id: String,
    /// Its label.
    pub label: Label,
    /// What its cells hold.
    pub kind: Kind,
}

/// What a section consists of.
#[derive(Clone, Debug)]
pub enum Body {
    /// The fields of the cover: unit, year, title, signature.
    Cover(Vec<FieldId>),
    /// A narrative; `skeleton` holds the usual sub-headings, one per paragraph, or nothing.
    Narrative {
        /// The usual sub-headings that a command inserts into an empty section.
        skeleton: Vec<String>,
    },
    /// One or more blocks of cells.
    Table(Vec<Block>),
    /// The text printed behind the table of the section before it, whose id it shares. No form asks for
    /// it: published reports have it, and most have none.
    TableText,
}

/// A section of the report, in the order of the form.
#[derive(Clone, Debug)]
pub struct Section {
    /// The first part of its field names. Only the text behind a table shares it with another section.
    pub id: String,
    /// 一 … 六; empty for the cover and the preface.
    pub numeral: String,
    /// The official heading, without numeral.
    pub title: String,
    /// The label of its tab; empty if it shares the tab of the section before it.
    pub tab: String,
    /// What it consists of.
    pub body: Body,
    fields: Range<usize>,
}

impl Section {
    /// Returns the official heading with its numeral, `一、总体情况`.
    pub fn heading(&self) -> String {
        if self.numeral.is_empty() {
            self.title.clone()
        } else {
            format!("{}、{}", self.numeral, self.title)
        }
    }

    /// Returns what it is called for short: its numeral, or its title where it has none.
    pub fn short_name(&self) -> String {
        if self.numeral.is_empty() { self.title.clone() } else { self.numeral.clone() }
    }

    /// Returns the blocks of a table; empty for the cover and the narratives.
    pub fn blocks(&self) -> &[Block] {
        if let Body::Table(blocks) = &self.body { blocks } else { &[] }
    }

    /// Returns `true` if this section is a narrative.
    pub fn is_narrative(&self) -> bool {
        matches!(self.body, Body::Narrative { .. } | Body::TableText)
    }
}

/// A field of the form: one cell, one line of the cover, or one narrative.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub id: FieldId,
    /// What it holds.
    pub kind: Kind,
    /// Its location in the form's own terms: `三·（一）予以公开·自然人`.
    pub location: String,
    /// The name of its row in messages, or of the field itself outside tables.
    pub row: Arc<str>,
    /// The name of its column in messages; empty outside tables.
    pub column: Arc<str>,
    /// The first relation that computes it, as an index into [`Form::relations`].
    pub sum: Option<usize>,
}

/// Two lists of cells whose sums must be equal (勾稽关系). If `is_total`, `left` is a single total and `right`
/// its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// `T1` … `T4`, or what a user's form calls it.
    pub id: String,
    /// Whether it applies to a row or to a column.
    pub per: Per,
    /// The name of the row or column it applies to.
    pub name: Arc<str>,
    /// The fields on the left; only the total if `is_total`.
    pub left: Vec<FieldId>,
    /// The fields on the right.
    pub right: Vec<FieldId>,
    /// Whether `left` is a total that can be computed from `right`.
    pub is_total: bool,
    /// The positions of the fields in the form's order, left side first. Kept because every check adds
    /// them up.
    positions: Vec<usize>,
}

impl Relation {
    /// Returns the positions of the left fields in the form's order.
    pub fn left_positions(&self) -> &[usize] {
        &self.positions[..self.left.len()]
    }

    /// Returns the positions of the right fields in the form's order.
    pub fn right_positions(&self) -> &[usize] {
        &self.positions[self.left.len()..]
    }

    /// Returns all fields of the relation, left side first.
    pub fn fields(&self) -> impl Iterator<Item = &FieldId> {
        self.left.iter().chain(&self.right)
    }
}

/// A form: what a report consists of. Built by [`Library`], where every name has been resolved.
#[derive(Clone, Debug)]
pub struct Form {
    /// `2019`, `2021`, or what a user's form calls itself.
    pub id: String,
    /// The name shown to the clerk.
    pub name: String,
    /// The notice that prescribes it.
    pub instrument: String,
    /// The report years it applies to.
    pub years: Years,
    /// The report years that its section 二 applies to, which may come from another format.
    pub disclosure_years: Years,
    /// The sections in print order.
    pub sections: Vec<Section>,
    fields: Vec<Field>,
    index: HashMap<FieldId, usize, FixedState>,
    relations: Vec<Relation>,
}

impl Form {
    /// Returns every field in the form's order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Returns the fields of one section in the form's order.
    pub fn fields_of<'a>(&'a self, section: &Section) -> &'a [Field] {
        &self.fields[section.fields.clone()]
    }

    /// Returns the positions of a section's fields in the form's order.
    pub fn positions_of(&self, section: &Section) -> Range<usize> {
        section.fields.clone()
    }

    /// Returns the field of that name; `None` if the form has none.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.position(id).map(|at| &self.fields[at])
    }

    /// Returns the position of a field in the form's order; `None` if the form has no such field.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Returns the section of that name, the table where its text shares the name; `None` if the form
    /// has none.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// Returns `true` if the field is the text behind a table, which no report has to have.
    pub fn is_table_text(&self, id: &str) -> bool {
        self.position(id).is_some() && self.section(id).is_some_and(|section| !section.is_narrative())
    }

    /// Returns the sections that are tables, in print order.
    pub fn tables(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| !section.blocks().is_empty())
    }

    /// Returns every tally relation in the form's order.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// Returns a field's location in the form's own terms; its name if the form has no such field.
    pub fn location<'a>(&'a self, id: &'a FieldId) -> &'a str {
        self.field(id.as_str()).map_or(id.as_str(), |field| &field.location)
    }

    /// Returns `true` if the field is a total computed by a relation.
    pub fn is_total(&self, id: &str) -> bool {
        self.field(id).is_some_and(|field| field.sum.is_some())
    }
}
